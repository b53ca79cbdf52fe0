"""Arrays to be shown: checked when they come in, and with the name by which they are spoken of."""

from typing import NamedTuple

import numpy as np

from ...ops import check

LARGEST = 1e100          # the sum of products of two such numbers is still finite


class Array(NamedTuple):
    """An array of a scene: its name ("x", "w", "y", "dy", "dx", "dw"), its values with all axes, the user's shape."""

    name: str
    values: np.ndarray
    shape: tuple


def values(value, name):
    """A read-only float64 copy of `value`. Raises as `conv2d` does, and ValueError for infinite and huge numbers.

    >>> values([1, 2], "x")
    array([1., 2.])
    """
    array = np.array(check.floats(value, name, nan=False), np.float64)
    largest = np.abs(array).max()
    if largest > LARGEST:
        at = tuple(map(int, np.unravel_index(np.abs(array).argmax(), array.shape)))
        raise ValueError(
            f"{name} must hold numbers of size at most {LARGEST:g}, found {array[at]} at index {at}: products of "
            "larger ones are no longer finite"
        )
    array.setflags(write=False)
    return array
