"""A sliding filter as plain data: its arrays, its geometry, and what happens in each of its steps.

Everything follows from the arrays and the tap table (`cnnlib.taps`). In here arrays have all their axes: x (C, H, W),
w (K, C, Fh, Fw), y (K, H', W'); a signal is an image of one row. What is handed out is shaped as the user gave it, so
`scene.x[index]` is what a frame says.
"""

from functools import cached_property
from math import prod

import numpy as np

from ... import taps
from ...ops import check
from ..kit.arrays import Array, values
from . import frame as frames
from .kinds import KINDS

MOST_SIDE = 4096         # cells of a side that can still be scrolled and drawn
MOST = 2_000_000         # products, or cells of an array: more would make the page slow and the notebook large


def window_of(record, x_shape, w_shape, kernel, stride, padding, dilation=1, output_padding=0, pairs=False):
    """How the window of a kind of scene slides, a `taps.Window`; of a transposed convolution, that of the way back.

    The numbers are what users give, or, with `pairs`, (vertical, horizontal) also for a signal; `kernel` counts for a
    pooling only. Raises ValueError and TypeError as the operations do.
    """
    if record.pooling:
        if not 1 <= len(x_shape) <= 3:
            slip = ": one example of a batch? x[0]" if len(x_shape) == 4 else ""
            raise ValueError(f"x must have the shape (L,), (H, W) or (C, H, W), found {x_shape}{slip}")
        size = (1, *x_shape)[-2:] if pairs else x_shape[-2:]
        return taps.pooling_window(size, kernel, stride, padding)
    (_, *size), (*_, Fh, Fw), axes = taps.full_shapes(x_shape, w_shape, record.transposed)
    unsaid = 0 if pairs else 2 - axes
    size, kernel = size[unsaid:], (Fh, Fw)[unsaid:]
    if record.transposed:
        return taps.transposed_window(size, kernel, stride, padding, output_padding)
    return taps.window(size, kernel, stride, padding, dilation)


def seen(full, several, axes):
    """A shape (K, H, W) as the user sees it: without K unless there are `several`, a signal without H."""
    return (*full[:1][:several], *full[3 - axes:])


class Data:
    """All steps of one operation. Nothing in it ever changes. Raises ValueError for scenes too large to show.

    `kind` ("conv", "max", "avg", "transpose", "dx" or "dw"), `axes` (1 or 2); `x`, `w`, `b`, `dy`: the user's arrays,
    or None; `stride`, `dilation`, `kernel`, `output_padding`: pairs (vertical, horizontal); `padding`: ((top, bottom),
    (left, right)); `window`: these numbers as `taps.Window`, of a transposed convolution for the way back.
    """

    known = None   # of a scene to be predicted, the steps whose values may be seen,
    sized = True   # and whether its size may be

    def __init__(self, kind, x, w, b, dy, window):
        self.kind, self.record, self.x, self.w, self.window = kind, KINDS[kind], x, w, window
        self.kernel, self.stride, self.padding, self.dilation = window[1:5]
        if w is None:
            self.x_shape = (*((1,) * (3 - x.ndim)), *x.shape)
            self.w_shape, self.axes = None, 1 if x.ndim == 1 else 2
        else:
            self.x_shape, self.w_shape, self.axes = taps.full_shapes(x.shape, w.shape, self.record.transposed)
        self._refuse_large()
        self.b, self.dy = self._bias(b), self._gradient(dy)

    # --- geometry -----------------------------------------------------------------------------------------------------

    @property
    def output_padding(self):
        """Rows and columns that a transposed convolution adds at the end; (0, 0) for all others."""
        if not self.record.transposed:
            return (0, 0)
        win = self.window
        return tuple(made + sum(p) - (n - 1) * s - f for made, p, n, s, f in
                     zip(win.size, win.padding, win.out, win.stride, win.kernel, strict=True))

    @property
    def steps(self):
        """How many output cells (times filters) the animation visits."""
        return prod(self.destination_shape)

    @property
    def y_shape(self):
        """The shape of the output with all axes, (K, H', W')."""
        if self.w is None:
            return (self.x_shape[0], *self.window.out)
        if self.record.transposed:
            return (self.w_shape[1], *self.window.size)
        return (self.w_shape[0], *self.window.out)

    @property
    def _y_seen(self):
        """The shape of the output as the user sees it: with filters if w has them, with channels if x has."""
        several = self.x.ndim == 3 if self.w is None else self.w.ndim == self.axes + 2
        return seen(self.y_shape, several, self.axes)

    @property
    def destination_shape(self):
        """The shape of what the steps fill, with all axes: that of y, x (dx) or w (dw)."""
        return {"x": self.x_shape, "w": self.w_shape, "y": self.y_shape}[self.record.result[-1]]

    def _refuse_large(self):
        win, arrays = self.window, [shape for shape in (self.x_shape, self.w_shape, self.y_shape) if shape]
        padded = [n + sum(sides) for n, sides in zip(win.size, win.padding, strict=True)]
        side = max(*padded, *win.stride, *win.dilation, *(n for shape in arrays for n in shape))
        if side > MOST_SIDE:
            raise ValueError(
                f"the scene has a side or a stride of {side} cells, padding included, expected at most {MOST_SIDE}: "
                "take a part of x, for example x[..., :100]"
            )
        filters, channels = self.w_shape[:2] if self.w_shape else (self.x_shape[0], 1)
        products, cells = filters * channels * prod((*win.out, *win.kernel)), max(map(prod, arrays))
        if max(products, cells) > MOST:
            what = f"{products} products" if products > MOST else f"an array of {cells} cells"
            raise ValueError(
                f"the scene has {what}, expected at most {MOST}: take a part of x, fewer filters or a larger stride "
                "(the operations themselves, such as cnn.conv2d, have no such limit)"
            )

    def _bias(self, b):
        if b is None or self.record.backward:   # no gradient but its own depends on the bias
            return None
        b = values(b, "b")
        filters = self.y_shape[0]
        if b.ndim and b.shape != (filters,):
            raise ValueError(f"b must be a number or have shape ({filters},), one per filter of w, found {b.shape}")
        return np.broadcast_to(b, (filters,))

    def _gradient(self, dy):
        if not self.record.backward:
            if dy is not None:
                raise ValueError('dy is the gradient of a backward pass, found it with direction="forward"')
            return None
        shape = self._y_seen
        dy = values(np.ones(shape) if dy is None else dy, "dy")
        check.same_shape(dy, "dy", shape, "the shape of the output")
        return dy

    # --- arrays -------------------------------------------------------------------------------------------------------

    @property
    def source(self):
        """The `Array` that the steps read: x, or dy for dx."""
        return self._array(self.record.source)

    @property
    def weights(self):
        """The `Array` that the steps multiply with: w, or dy for dw; None for a pooling."""
        return None if self.record.pooling else self._array(self.record.weights)

    @property
    def destination(self):
        """The `Array` that the steps fill, step by step: y, dx or dw."""
        shape = {"x": self.x.shape, "w": self.w is not None and self.w.shape, "y": self._y_seen}[self.record.result[-1]]
        return Array(self.record.result, self.numbers.values.reshape(self.destination_shape), shape)

    @property
    def output(self):
        """All values written, in the shape that the user would see."""
        return self.destination.values.reshape(self.destination.shape)

    def _array(self, name):
        array = getattr(self, name)
        return Array(name, array.reshape({"x": self.x_shape, "w": self.w_shape, "dy": self.y_shape}[name]), array.shape)

    # --- steps --------------------------------------------------------------------------------------------------------

    @cached_property
    def taps(self):
        """The tap table, int64 (n, 3): what each step (out) multiplies, a source cell (or -1) and a weight."""
        win = self.window
        if self.w is None:
            table = taps.pooling(self.x_shape, win.kernel, win.stride, win.padding)
        elif self.record.transposed:
            table = taps.transposed(self.x_shape, self.w_shape, win.stride, win.padding, self.output_padding)
        else:
            table = taps.convolution(self.x_shape, self.w_shape, win.stride, win.padding, win.dilation)
            table = {"input": taps.swapped, "weight": taps.weight_gradient}.get(self.record.by, np.asarray)(table)
        table.setflags(write=False)
        return table

    @cached_property
    def numbers(self):
        """Products, sums and values of all steps as arrays (`frame.Numbers`)."""
        return frames.numbers(self)

    def asks(self, i):
        """Whether the value of step i is to be predicted, so that nothing may say it."""
        return self.known is not None and i not in self.known

    def frame(self, i):
        """The `Frame` of step i, counted from 0; IndexError for a step that does not exist."""
        return frames.frame(self, i)
