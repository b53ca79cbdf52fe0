"""Which colour a value has: the scale of one board, in figures as in the browser, whose twin is static/scale.js.

Numbers are signed: blue below zero, white at zero, red above. A few values that lie far beyond all others do not make
these pale: the scale ends where the others do, and cells beyond it are marked. A picture is grey, and each of the
three channels of a colour picture goes from black to its colour; all three together are the picture in colour.
"""

from typing import NamedTuple

import numpy as np

from .numbers import number, power

SIDE = 16             # cells: smaller arrays are no pictures, but numbers to be read
FAR, FEW = 8, 0.05    # so much larger than all others, so few of all cells are beyond the scale;
FARTHEST = 1000       # or up to half of them, if they are so much larger
_NOISE = 1e-13        # of the largest: what rounding leaves of zeros
BEYOND = "◥"          # how such a cell is marked

CHANNELS = ("red", "green", "blue")


class Scale(NamedTuple):
    """`kind` ("signed", "grey", "rgb", or one of its channels), its ends `low` and `high`, the larger of which is
    `limit`; `beyond` cells lie outside of it, the farthest of them has the value `most`."""

    kind: str
    limit: float
    low: float = 0.0
    high: float = 0.0
    beyond: int = 0
    most: float = 0.0

    def lane(self, channel):
        """The scale of one channel."""
        return self._replace(kind=CHANNELS[channel]) if self.kind == "rgb" else self

    def outside(self, value):
        """Is this value beyond the scale?"""
        return bool(np.isfinite(value)) and abs(value) > self.limit * (1 + 1e-9)

    def told(self, name):
        """What the legend says: "x from −4 (blue) to 9 (red); ◥ 1 cell beyond, up to 100"."""
        ends = {"signed": ("blue" if self.low else "white", "red" if self.high else "white"),
                "rgb": ("black", "red, green and blue; in colour, all three together")}
        low, high = ends.get(self.kind, ("black", "white"))
        cells = f"; {BEYOND} {self.beyond} cell{'s' * (self.beyond > 1)} beyond, up to {_brief(self.most)}"
        return f"{name} from {_brief(self.low)} ({low}) to {_brief(self.high)} ({high}){cells * bool(self.beyond)}"


def _brief(value):
    return number(value) if value == 0 or 0.01 <= abs(value) < 1e5 else power(value, 2)


def white(x):
    """Which value is white if x (C, H, W) is plainly a picture, 1 or 255; None if it is not.

    It has one channel or three, at least 16 rows and columns, nothing below 0 and nothing above 255; and its brightest
    value is at least a quarter of 1, or of 255.

    >>> white(np.full((1, 28, 28), 0.5)), white(np.full((1, 7, 7), 0.5)), white(np.full((1, 28, 28), 9.0))
    (1.0, None, None)
    """
    channels, rows, columns = x.shape
    if channels not in (1, 3) or min(rows, columns) < SIDE or not (x >= 0).all():
        return None
    end = 1.0 if x.max() <= 1 else 255.0
    return end if end / 4 <= x.max() <= end else None


def scale_of(values, picture=None):
    """The scale of some values; `picture` says which of them is white, where they are the (C, H, W) of a picture.

    >>> scale_of(np.array([1.0, 2, 3, -4, 100]))
    Scale(kind='signed', limit=4.0, low=-4.0, high=4.0, beyond=1, most=100.0)
    """
    if picture:
        return Scale("rgb" if len(values) == 3 else "grey", picture, 0.0, picture)
    finite = values[np.isfinite(values)]
    sizes = np.sort(np.abs(finite))[::-1]
    limit = _end(sizes, len(finite))
    outside = finite[np.abs(finite) > limit * (1 + 1e-9)]
    most = float(outside[np.abs(outside).argmax()]) if len(outside) else 0.0
    inside = finite[np.abs(finite) <= limit]
    low, high = (limit * bool((sign * inside > 0).any()) for sign in (-1, 1))
    return Scale("signed", limit, -low + 0.0, high, len(outside), most)


def _end(sizes, count):
    """Where the scale of magnitudes (falling) of so many cells ends."""
    if not len(sizes) or not sizes[0]:
        return 1.0
    sizes = sizes[sizes > _NOISE * sizes[0]]
    n = np.arange(1, len(sizes))   # so many would be beyond
    gap = sizes[:-1] / sizes[1:]
    far = (gap > FAR) & (n <= max(1, FEW * count)) | (gap > FARTHEST) & (n <= len(sizes) / 2)
    cut = n[far & (len(sizes) - n >= 3)]
    return float(sizes[cut[-1]] if len(cut) else sizes[0])
