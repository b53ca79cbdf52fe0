"""Exercises of lesson 02: template matching."""

TITLE = "Template matching"
