"""What a unit sees: the field that it can see, in every layer below it, and what of it really moves it. Twin: static/fields.js.

A field is (top, left, height, width), in cells of the map it lies on; it may reach over the edge, into the padding.
"""

from typing import NamedTuple

import numpy as np


FAINT = 1e-6   # as a share of the largest slope: what rounding leaves of none


class Seen(NamedTuple):
    """`field`: of the unit in the input; `pixels`: how many of its places lie in the picture; `moving`: on how many of
    these the unit's gradient is not zero; `central`: (height, width) of the central half of the field, both ways;
    `share`: what part of the gradient lies there, None if it is zero everywhere; `most`: how many pixels hold 95 % of it.
    """

    field: tuple
    pixels: int
    moving: int
    central: tuple
    share: float | None
    most: int


def fields(layers, last, place, shape):
    """The field of the unit at `place` (row, column) of layer `last`, in the output of every layer up to this, and in the
    input, (C, H, W), which comes first. None in place of fields in what has no rows and columns."""
    unit = len(layers[last]["shape"]) == 3
    field = (*place, 1, 1) if unit else None
    found = [field]
    for n in range(last, -1, -1):
        layer, before = layers[n], layers[n - 1]["shape"] if n else list(shape)
        if field is not None:
            field = _below(layer, field)
        elif len(before) == 3:
            field = (0, 0, *before[1:])   # all of it
        found.append(field)
    return found[::-1]


def _below(layer, field):
    top, left, height, width = field
    if layer["kind"] == "Pad":
        (up, _), (before, _) = layer["padding"]
        return top - up, left - before, height, width
    if "kernel_size" not in layer:
        return field
    start, size = [], []
    for at, n, f, s, d, (before, _) in zip((top, left), (height, width), layer["kernel_size"], layer["stride"],
                                           layer["dilation"], layer["padding"], strict=True):
        start.append(at * s - before)
        size.append((n - 1) * s + d * (f - 1) + 1)
    return *start, *size


def covered(field, size, wraps):
    """Which cells of a map (H, W) a field covers; what reaches over the edge comes in at the other side, if it `wraps`."""
    lines = []
    for at, n, cells in zip(field[:2], field[2:], size, strict=True):
        places = np.arange(at, at + n)
        line = np.zeros(cells, bool)
        line[places % cells if wraps else places[(places >= 0) & (places < cells)]] = True
        lines.append(line)
    return lines[0][:, None] & lines[1]


def central(field):
    """The central half of a field, both ways."""
    top, left, height, width = field
    return top + height // 4, left + width // 4, height - 2 * (height // 4), width - 2 * (width // 4)


def seen(field, slopes, wraps):
    """What a unit sees of a picture whose `slopes` (H, W) are the sizes of its gradient there."""
    within, total = covered(field, slopes.shape, wraps), slopes.sum()
    middle = central(field)
    share = float(slopes[covered(middle, slopes.shape, wraps)].sum() / total) if total else None
    falling = np.sort(slopes.ravel())[::-1]
    most = int((np.cumsum(falling) < 0.95 * total * (1 - FAINT)).sum()) + 1 if total else 0
    moving = int((slopes > FAINT * slopes.max()).sum())
    return Seen(tuple(map(int, field)), int(within.sum()), moving, tuple(map(int, middle[2:])), share, most)
