"""Exercises of lesson 00: the map."""
