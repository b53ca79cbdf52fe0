"""What a picture of a scene has to show: three boards, and for each step the cells that are tied together.

A part is one of these boards: the source, the weights (of a pooling, what its window holds) or the result. It has one
panel (a block of rows and columns) for each channel or filter. Nothing is drawn here.
"""

from typing import NamedTuple

import numpy as np

from ..kit.scale import CHANNELS, scale_of, white
from .kinds import ARRAYS

_NO_PADDING = ((0, 0), (0, 0))


class Part(NamedTuple):
    """One board: `values` (n, rows, columns) are its panels without padding, `titles` their names as NumPy indexes them
    ("x", "x[2]", "w[0, 2]"), `pad` is ((top, bottom), (left, right)). Of a colour picture these are the channels,
    and it is seen as a `whole` beside them."""

    name: str
    role: str
    values: np.ndarray
    titles: list
    pad: tuple = _NO_PADDING
    whole: bool = False

    @property
    def size(self):
        """Rows and columns of one panel, with its padding."""
        return tuple(n + sum(pad) for n, pad in zip(self.values.shape[1:], self.pad, strict=True))


class Step(NamedTuple):
    """What one step ties together: cells as (panel, row, column), those of the source counted with their padding."""

    source: list
    weights: list
    result: tuple


class Plan:
    """The parts of a scene (`source`, `result`, and `weights(step)`), and the cells of each step (`at(step)`)."""

    def __init__(self, scene):
        """`scene` is a `Scene`; all that is read of it is its public data."""
        self.scene, self.record, self.axes = scene, scene.record, scene.axes
        self.pooling, self.backward, self.padded = self.record.pooling, self.record.backward, self.record.padded
        whole = _white(scene) is not None and len(scene.source.values) == len(CHANNELS)
        self.source = _part(scene.source, scene.axes, scene.padding if self.padded else _NO_PADDING, whole)
        self.result = _part(scene.destination, scene.axes, whole=whole and self.pooling)
        self._whole = _part(scene.weights, scene.axes) if scene.weights is not None else None
        self._starts = scene.numbers.starts

    @property
    def roles(self):
        """The roles of a product's two factors and of the result, by which they are coloured."""
        middle = "product" if self.pooling else self._whole.role
        return self.source.role, middle, self.result.role

    @property
    def padded_cells(self):
        """Has the source any padding?"""
        return any(map(any, self.source.pad))

    @property
    def channels(self):
        """Channels of x."""
        return self.scene.x_shape[0]

    def weights(self, step):
        """The middle board at a step: the filter in use, the whole gradient, or the numbers in the pooling window."""
        if self.pooling:
            values = np.array([term.x for term in self.scene.frame(step).terms]).reshape(1, *self.scene.kernel)
            return Part("window", "product", values, ["window"])
        if self.record.by == "weight":
            return self._whole
        second = self.scene.weights.values.shape[1]
        panel = self._place(step)[0]
        used = slice(panel * second, (panel + 1) * second) if self.record.by == "output" else slice(panel, None, second)
        return self._whole._replace(values=self._whole.values[used], titles=self._whole.titles[used])

    def at(self, step):
        """The cells of one step."""
        rows = self.scene.taps[self._starts[step]:self._starts[step + 1]].tolist()
        result = self._place(step)
        weights = [self._weight(weight) for _, _, weight in rows]
        source = [self._read(cell, weight, result) for (_, cell, _), weight in zip(rows, weights, strict=True)]
        return Step(source, weights, result)

    def _place(self, step):
        return _unravel(step, self.result.values.shape)

    def _weight(self, flat):
        """(panel, row, column) of a weight on the middle board."""
        if self.pooling:
            return (0, *_unravel(flat, self.scene.kernel))
        if self.record.by == "weight":
            return _unravel(flat, self._whole.values.shape)
        first, second, u, v = _unravel(flat, self.scene.weights.values.shape)
        return (second if self.record.by == "output" else first, u, v)

    def _read(self, flat, weight, result):
        """(panel, row, column) of a cell of the source; that of a padding cell follows from the geometry."""
        (top, _), (left, _) = self.source.pad
        if flat >= 0:
            panel, row, column = _unravel(flat, self.source.values.shape)
            return (panel, row + top, column + left)
        turned = self.record.by == "weight"   # the weights are the places, the results the taps
        panel = result[0] % len(self.source.values) if turned or self.pooling else weight[0]
        place, tap = (weight, result) if turned else (result, weight)
        ways = zip(place[1:], self.scene.stride, tap[1:], self.scene.dilation, strict=True)
        return (panel, *(p * s + t * d for p, s, t, d in ways))

    def unread(self):
        """Rows and columns of the padded input (two lists) that no step of a convolution or pooling reads."""
        if not self.padded:
            return [], []
        win = self.scene.window
        lost = []
        for n, out, s, f, d in zip(self.source.size, win.out, win.stride, win.kernel, win.dilation, strict=True):
            read = {i * s + u * d for i in range(out) for u in range(f)}
            lost.append([place for place in range(n) if place not in read])
        return tuple(lost)


def scales_of(scene):
    """The `Scale` of each board. x may be a picture, and what a pooling takes from it is measured with the same. The
    player's twin is in static/stage.js."""
    source, weights, result = scene.source, scene.weights, scene.destination
    of_x = scale_of(source.values, _white(scene))
    if weights is None:
        return {"source": of_x, "weights": of_x, "result": of_x}
    return {"source": of_x, "weights": scale_of(weights.values), "result": scale_of(result.values)}


def _white(scene):
    """Which value is white in the picture that x is, or None."""
    return white(scene.source.values) if scene.source.name == "x" and scene.axes == 2 else None


def _part(board, axes, pad=_NO_PADDING, whole=False):
    """A `Part` of one of the scene's boards."""
    values = board.values.reshape(-1, *board.values.shape[-2:])
    leading = board.shape[:-axes]
    name, role = board.name, ARRAYS[board.name].role
    places = [", ".join(map(str, _unravel(panel, leading))) if leading else "" for panel in range(len(values))]
    return Part(name, role, values, [f"{name}[{p}]" if p else name for p in places], pad, whole)


def _unravel(flat, shape):
    return tuple(int(n) for n in np.unravel_index(flat, shape))
