"""A function of one image as an argument of an exercise: the score of a class, or the class itself."""

import numpy as np

from ..named import Named


class OfImage(Named):
    """A `Named` function of one image, (H, W); of anything else it is an error, as in a network.

    >>> OfImage("the sum", np.sum)([[1, 2], [3, 4]])
    np.float64(10.0)
    """

    def __call__(self, x):
        """What the function makes of the image."""
        if np.ndim(x) != 2:
            raise ValueError(f"expected one image, (H, W), found shape {np.shape(x)}")
        return super().__call__(x)
