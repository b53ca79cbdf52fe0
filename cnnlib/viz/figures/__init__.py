"""Plain pictures: numbers in, a matplotlib Figure out."""
