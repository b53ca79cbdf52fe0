"""Exercises of lesson 07: backpropagation."""

TITLE = "Backpropagation"
