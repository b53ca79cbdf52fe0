"""Break cnnlib on purpose, one small change at a time, and see that the tests turn red."""
