"""A function as an argument of an exercise."""

import numpy as np


class Named:
    """A function from a row of numbers to a row of outputs, that says in a message which one it is.

    >>> Named("twice", lambda x: 2 * x)([1, 2]), Named("twice", lambda x: 2 * x)
    (array([2., 4.]), twice)
    """

    def __init__(self, name, function):
        self.name, self.function = name, function

    def __call__(self, x):
        """The outputs for a row of numbers."""
        return self.function(np.asarray(x, float))

    def __repr__(self):
        return self.name

    def __eq__(self, other):
        return isinstance(other, Named) and self.name == other.name

    __hash__ = None
