"""Exercises of lesson 03: convolution in two dimensions."""

TITLE = "Convolution in two dimensions"
