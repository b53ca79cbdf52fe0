"""Exercises of lesson 01: convolution in one dimension."""
