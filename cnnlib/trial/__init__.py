"""Somebody else's function, run safely, and in plain words what became of it."""
