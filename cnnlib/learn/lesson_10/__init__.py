"""Exercises of lesson 10: looking inside."""

TITLE = "Looking inside"
