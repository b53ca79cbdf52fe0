"""What a unit sees: the field that it can see, in every layer below it, and what of it really moves it. The twin is
static/fields.js.

The box of a field is (top, left, height, width), in cells of the map it lies on; it may reach over the edge, into the
padding.
"""

from typing import NamedTuple

import numpy as np

FAINT = 1e-6   # as a share of the largest slope: what rounding leaves of none


class Seen(NamedTuple):
    """`field`: the box of the unit in the input; `pixels`: how many pixels of the picture it covers; `moving`: on how
    many of these the unit's gradient is not zero; `central`: (height, width) of the central half of the field, both
    ways; `share`: what part of the gradient lies there, None if it is zero everywhere; `most`: how many pixels hold
    95 % of it.
    """

    field: tuple
    pixels: int
    moving: int
    central: tuple
    share: float | None
    most: int


class Field(NamedTuple):
    """`box`: (top, left, height, width); which `rows` and `columns` of the map it covers: where padding reads on at the
    other side, those too that the box finds beyond the edge."""

    box: tuple
    rows: np.ndarray
    columns: np.ndarray


def fields(layers, last, place, shape):
    """The `Field` of the unit at `place` (row, column) of layer `last`: first in the input, (C, H, W), then in the
    output of every layer up to its own. None in place of fields in what has no rows and columns."""
    field = None
    if len(layers[last]["shape"]) == 3:
        size = layers[last]["shape"][1:]
        field = Field((*place, 1, 1), *(_line(at, 1, n) for at, n in zip(place, size, strict=True)))
    found = [field]
    for n in range(last, -1, -1):
        layer, before = layers[n], layers[n - 1]["shape"] if n else list(shape)
        if field is not None:
            field = _below(layer, field, before[1:])
        elif len(before) == 3:   # all of it
            field = Field((0, 0, *before[1:]), *(np.ones(size, bool) for size in before[1:]))
        found.append(field)
    return found[::-1]


def _below(layer, field, size):
    top, left, height, width = field.box
    if "padding" not in layer:
        return field
    start, counts, lines = [], [], []
    for axis, (at, n, line) in enumerate(zip((top, left), (height, width), field[1:], strict=True)):
        before = layer["padding"][axis][0]
        if layer["kind"] == "Pad":
            stride = span = 1
        else:
            stride = layer["stride"][axis]
            span = layer["dilation"][axis] * (layer["kernel_size"][axis] - 1) + 1
        start.append(at * stride - before)
        counts.append((n - 1) * stride + span)
        lines.append(np.zeros(size[axis], bool))
        for cell in np.flatnonzero(line):
            lines[-1] |= _line(int(cell) * stride - before, span, size[axis], layer.get("wrap", False))
    return Field((*start, *counts), *lines)


def _line(at, count, n, wraps=False):
    """Which of n cells lie within `count` from `at` on; over the edge, at the other side if it `wraps`."""
    places, line = np.arange(at, at + count), np.zeros(n, bool)
    line[places % n if wraps else places[(places >= 0) & (places < n)]] = True
    return line


def covered(box, size, wraps):
    """Which cells of a map (H, W) a box covers; what lies over the edge comes in at the other side, if it `wraps`."""
    rows, columns = (_line(at, n, cells, wraps) for at, n, cells in zip(box[:2], box[2:], size, strict=True))
    return rows[:, None] & columns


def central(box):
    """The central half of a box, both ways."""
    top, left, height, width = box
    return top + height // 4, left + width // 4, height - 2 * (height // 4), width - 2 * (width // 4)


def seen(field, slopes, wraps):
    """What a unit sees of a picture whose `slopes` (H, W) are the sizes of its gradient there."""
    within, total = field.rows[:, None] & field.columns, slopes.sum()
    middle = central(field.box)
    share = float(slopes[covered(middle, slopes.shape, wraps)].sum() / total) if total else None
    falling = np.sort(slopes.ravel())[::-1]
    most = int((np.cumsum(falling) < 0.95 * total * (1 - FAINT)).sum()) + 1 if total else 0
    moving = int((slopes > FAINT * slopes.max()).sum())
    return Seen(tuple(map(int, field.box)), int(within.sum()), moving, tuple(map(int, middle[2:])), share, most)
