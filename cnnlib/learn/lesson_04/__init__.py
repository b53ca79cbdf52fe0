"""Exercises of lesson 04: channels, several filters, tensors."""

TITLE = "Channels and tensors"
