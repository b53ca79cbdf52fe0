"""Answers that are nearly right, made by machine: is each of them refused, or is there a case missing?"""
