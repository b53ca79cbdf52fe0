"""Exercises of lesson 01."""

TITLE = "Convolution in one dimension"
