"""Exercises of lesson 08: famous architectures."""

TITLE = "Famous architectures"
