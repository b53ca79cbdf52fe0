"""A stack of convolutions: what each unit sees, and what a shift of the input does to every layer."""
