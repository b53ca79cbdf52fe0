"""How far a layer is from moving along with its input: ||f(Tx) - T f(x)|| / ||f(x)||. The twin is static/meter.js.

T moves the input by (dy, dx) pixels, and a map by as many of its cells as that is. So the meter is defined where both
are whole multiples of the layer's stride, as `cnn.viz.shifts` has it. Elsewhere there is no place to move to: then the
meter says how far the best of the whole moves beside it is off, and `exact` is False. What has no places (the
numbers after a global pooling, a single cell, scores) can only stay the same: there T does nothing.

With borders "wrap", what leaves comes in at the other side. With "zeros" it is gone, and zeros come in; then only those
cells are compared that the moved map brings along.
"""

from typing import NamedTuple

import numpy as np

BORDERS = ("wrap", "zeros")
NOISE = 1e-6   # what rounding leaves of nothing


class Reading(NamedTuple):
    """What the meter of a layer says: `off` from 0, or None where f(x) is zero; `moved` (cells down, cells across), or
    None for what has no places; `exact`: whether the shift is a whole number of the layer's cells."""

    off: float | None
    moved: tuple | None
    exact: bool


def moved(a, dy, dx, borders):
    """The last two axes of an array moved down by dy and right by dx cells.

    >>> moved(np.array([[1, 2, 3]]), 0, 1, "wrap").tolist(), moved(np.array([[1, 2, 3]]), 0, 1, "zeros").tolist()
    ([[3, 1, 2]], [[0, 1, 2]])
    """
    turned = np.roll(a, (dy, dx), (-2, -1))
    return turned if borders == "wrap" else np.where(kept(a.shape[-2:], dy, dx, borders), turned, 0)


def kept(size, dy, dx, borders):
    """Which cells (H, W) of a moved map were there before."""
    if borders == "wrap":
        return np.ones(size, bool)
    rows, columns = (np.arange(n) - d for n, d in zip(size, (dy, dx), strict=True))
    inside = [(at >= 0) & (at < n) for at, n in zip((rows, columns), size, strict=True)]
    return inside[0][:, None] & inside[1]


def reading(before, after, stride, dy, dx, borders):
    """The `Reading` of one layer: its output `before` and `after` the input moved, its cells `stride` (down, across)
    pixels apart."""
    if before.ndim != 3 or before.shape[1:] == (1, 1):
        return Reading(_off(before, after, np.ones_like(before, bool)), None, True)
    ways = [_whole(d, s) for d, s in zip((dy, dx), stride, strict=True)]
    best = None
    for down in ways[0]:
        for across in ways[1]:
            mask = np.broadcast_to(kept(before.shape[1:], down, across, borders), before.shape)
            off = _off(moved(before, down, across, borders), after, mask)
            if best is None or (off is not None and (best[0] is None or off < best[0] - NOISE)):
                best = off, (down, across)
    return Reading(*best, len(ways[0]) == len(ways[1]) == 1)


def difference(before, after, said, borders):
    """Where a layer did not move along: f(Tx) - T f(x), as its `Reading` has it; NaN where nothing is compared."""
    if said.moved is None:
        return after - before
    return np.where(kept(before.shape[1:], *said.moved, borders), after - moved(before, *said.moved, borders), np.nan)


def _whole(d, stride):
    """The whole numbers of cells next to d pixels: one, or one on either side, the smaller move first."""
    low = d // stride
    return [low] if d % stride == 0 else sorted([low, low + 1], key=abs)


def _off(a, b, mask):
    size = np.sqrt((a[mask] ** 2).sum())
    gap = np.sqrt(((a - b)[mask] ** 2).sum())
    if size < 1e-30:
        return 0.0 if gap < 1e-30 else None
    return 0.0 if gap < NOISE * size else float(gap / size)


def shares(values):
    """Softmax of the scores."""
    powers = np.exp(values - values.max())
    return powers / powers.sum()
