"""Exercises of lesson 06: a full convolutional network."""

TITLE = "A full convolutional network"
