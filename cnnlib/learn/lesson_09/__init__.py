"""Exercises of lesson 09: segmentation."""

TITLE = "Segmentation"
