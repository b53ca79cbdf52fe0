"""Exercises of lesson 00."""

TITLE = "Start here"
