"""Exercises of lesson 05."""

TITLE = "Pooling and invariance"
