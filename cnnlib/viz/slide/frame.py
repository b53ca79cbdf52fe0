"""What happens in one step of a scene: its products, their sums, and the value written. Plain numbers, never pixels."""

from math import prod
from typing import NamedTuple

import numpy as np

from ... import shapes, taps
from ...arguments import shown
from ...taps.readings import collected


class Term(NamedTuple):
    """One product of a step; its indices are tuples into the arrays as the user gave them.

    `x_index` is None for a padding cell. Of a backward pass the two factors are dy and w (dx) or x and dy (dw); of a
    pooling the weight is a window cell.
    """

    x_index: tuple | None
    x: float
    w_index: tuple
    w: float
    product: float


class Frame(NamedTuple):
    """One step: where it writes, what it multiplies, the sums per channel, the bias and the value.

    `value` is the sum of `channel_sums` plus `bias`; of a max-pooling it is the product of the term `winner`.
    """

    step: int
    out: tuple
    terms: list
    channel_sums: list
    bias: float
    value: float
    winner: int | None


class Numbers(NamedTuple):
    """All steps of a scene at once: per row of its taps `x`, `w` and their product, per step the sums and the value."""

    x: np.ndarray          # (n,)
    w: np.ndarray          # (n,)
    products: np.ndarray   # (n,)
    sums: np.ndarray       # (steps, channels)
    bias: np.ndarray       # (steps,)
    values: np.ndarray     # (steps,)
    winners: np.ndarray | None   # (steps,), places within a step's terms
    starts: list           # steps + 1 places in the taps


def numbers(scene):
    """The `Numbers` of a scene. The products of a channel, then the channels, then the bias are added in this order."""
    table, steps = scene.taps, scene.steps
    cells = scene.source.values.ravel()
    cells = np.append(cells, -np.inf if scene.record.action == "max" else 0.0)   # what a padding cell, -1, counts as
    x, w = cells[table[:, 1]], _weights(scene)[table[:, 2]]
    products = x * w
    starts = taps.starts(table, steps).tolist()
    bias, winners = np.zeros(steps), None
    if scene.record.action == "max":
        windows = products.reshape(steps, -1)
        winners = windows.argmax(axis=1)   # the first of several equal ones
        sums = windows.max(axis=1)[:, None]
    else:
        group, groups = _groups(scene, table)
        sums = collected(groups * table[:, 0] + group, products, groups * steps).reshape(steps, groups)
        if scene.record.action == "mean":
            # The mean itself: adding nine times x·(1/9) would give 2.9999999999999996 for nine threes.
            sums = collected(table[:, 0], x, steps)[:, None] / prod(scene.kernel)
        if scene.b is not None:
            bias = np.repeat(scene.b, steps // len(scene.b))
    values = sums[:, 0].copy()
    for channel in sums.T[1:]:
        values += channel
    values += bias
    for array in (x, w, products, sums, bias, values):
        array.setflags(write=False)
    return Numbers(x, w, products, sums, bias, values, winners, starts)


def _weights(scene):
    if scene.weights is not None:
        return scene.weights.values.ravel()
    cells = scene.kernel[0] * scene.kernel[1]
    return np.full(cells, 1.0 if scene.record.action == "max" else 1 / cells)


def _groups(scene, table):
    """Which partial sum each tap belongs to, and how many there are: one per channel, or per filter for dx."""
    if scene.record.lane is None:
        return 0, 1
    shape = scene.weights.values.shape   # (K, C, Fh, Fw), of transposed convolution (C, K, Fh, Fw)
    axis = 1 if scene.record.by == "output" else 0
    return table[:, 2] // prod(shape[axis + 1:]) % shape[axis], shape[axis]


def frame(scene, step):
    """The `Frame` of one step, counted from 0. Raises IndexError for a step that does not exist, TypeError for no int.

    >>> from cnnlib.viz import slide
    >>> frame(slide([0, 1, 0, 1, 1], [-1, 1]), 1).value
    -1.0
    """
    step = _step(scene, step)
    n = scene.numbers
    here = slice(n.starts[step], n.starts[step + 1])
    _, x_cells, w_cells = scene.taps[here].T
    terms = zip(
        _indices(x_cells, scene.source.shape), n.x[here].tolist(),
        _indices(w_cells, scene.weights.shape if scene.weights is not None else scene.kernel[2 - scene.axes:]),
        n.w[here].tolist(), n.products[here].tolist(), strict=True,
    )
    return Frame(
        step=step,
        out=_indices(np.array([step]), scene.destination.shape)[0],
        terms=list(map(Term._make, terms)),
        channel_sums=n.sums[step].tolist(),
        bias=float(n.bias[step]),
        value=float(n.values[step]),
        winner=None if n.winners is None else int(n.winners[step]),
    )


def _step(scene, step):
    try:
        number = shapes.integer(step, "step", 0)
    except ValueError:
        number = -1
    if not 0 <= number < scene.steps:
        raise IndexError(
            f"step must be 0 to {scene.steps - 1}, found {shown(int(step))}: this scene has {scene.steps} steps, "
            "counted from 0"
        )
    return number


def _indices(cells, shape):
    """Flat cells as index tuples into an array of this shape; None for padding."""
    if not len(cells):
        return []
    places = zip(*(axis.tolist() for axis in np.unravel_index(np.maximum(cells, 0), shape)), strict=True)
    return [place if cell >= 0 else None for place, cell in zip(places, cells.tolist(), strict=True)]
