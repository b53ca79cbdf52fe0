"""The scene of a sliding filter as plain data: what the browser, the figures and the exports draw.

`slide`, `pool` and `transpose` make one. Everything in it follows from the arrays and the tap table (`cnnlib.taps`).
Behind the public functions arrays have all their axes: x (C, H, W), w (K, C, Fh, Fw), y (K, H', W'); a signal is an
image of one row. What a scene hands out is shaped as the user gave it, so `scene.x[index]` is what a frame says.
"""

from functools import cached_property
from math import prod

import numpy as np

from ... import taps
from ...ops import check
from . import frame as frames

KINDS = ("conv", "max", "avg", "transpose", "dx", "dw")
MOST_SIDE = 4096         # cells of a side that can still be scrolled and drawn
MOST = 2_000_000         # products, or cells of an array: more would make the page slow and the notebook large
LARGEST = 1e100          # the sum of products of two such numbers is still finite


def slide(x, w, b=None, stride=1, padding=0, dilation=1, direction="forward", dy=None):
    """The scene of a convolution, or of one of its two gradients.

    x (L,), (C, L), (H, W) or (C, H, W) with w (F,), (K, C, F), (Fh, Fw), (C, Fh, Fw) or (K, C, Fh, Fw); b is a number
    or (K,). `stride`, `padding` and `dilation` as in `conv1d` and `conv2d`. `direction` is "forward", "dx" or "dw"; the
    gradients need dy, shaped like the output (all ones unless given), and no b. Values are computed as float64.

    Raises ValueError and TypeError as `conv2d` does, and ValueError for infinite or huge values and for scenes too
    large to show.

    >>> scene = slide([0, 1, 0, 1, 1], [-1, 1])
    >>> scene.output
    array([ 1., -1.,  1.,  0.])
    >>> scene.frame(1).terms[0]
    Term(x_index=(1,), x=1.0, w_index=(0,), w=-1.0, product=-1.0)
    """
    kinds = {"forward": "conv", "dx": "dx", "dw": "dw"}
    if not isinstance(direction, str) or direction not in kinds:
        raise ValueError(f'direction must be "forward", "dx" or "dw", found {direction!r}')
    x, w = values(x, "x"), values(w, "w")
    (_, *size), (*_, Fh, Fw), axes = taps.full_shapes(x.shape, w.shape)
    win = taps.window(size[2 - axes:], (Fh, Fw)[2 - axes:], stride, padding, dilation)
    return Scene(kinds[direction], x, w, b, dy, win)


def pool(x, kernel_size, stride=None, padding=0, mode="max"):
    """The scene of a pooling of x (L,), (H, W) or (C, H, W), each channel by itself.

    `mode` is "max" or "avg"; other arguments and errors as in `max_pool2d`, and as in `slide`. Padding never wins a
    maximum and counts as 0 in a mean.

    >>> scene = pool([0, 0, 1, 1, 0, 0, 1, 1], 2)
    >>> scene.output, scene.frame(0).winner      # two are equal: the first wins
    (array([0., 1., 0., 1.]), 0)
    """
    if not isinstance(mode, str) or mode not in ("max", "avg"):
        raise ValueError(f'mode must be "max" or "avg", found {mode!r}')
    x = values(x, "x")
    if not 1 <= x.ndim <= 3:
        slip = ": one example of a batch? x[0]" if x.ndim == 4 else ""
        raise ValueError(f"x must have the shape (L,), (H, W) or (C, H, W), found {x.shape}{slip}")
    return Scene(mode, x, None, None, None, taps.pooling_window(x.shape[-2:], kernel_size, stride, padding))


def transpose(x, w, b=None, stride=1, padding=0, output_padding=0):
    """The scene of a transposed convolution: every output gathers the inputs that spread onto it.

    Shapes of x and w as in `slide`, but w has C before K; other arguments and errors as in `conv_transpose2d`.

    >>> transpose([1, 2], [1, 10, 100], stride=2).output
    array([  1.,  10., 102.,  20., 200.])
    """
    x, w = values(x, "x"), values(w, "w")
    (_, *size), (*_, Fh, Fw), axes = taps.full_shapes(x.shape, w.shape, transposed=True)
    win = taps.transposed_window(size[2 - axes:], (Fh, Fw)[2 - axes:], stride, padding, output_padding)
    return Scene("transpose", x, w, b, None, win)


def values(value, name):
    """A read-only float64 copy of `value`. Raises as `conv2d` does, and ValueError for infinite and huge numbers."""
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


def seen(full, several, axes):
    """A shape (K, H, W) as the user sees it: without K unless there are `several`, a signal without H."""
    return (*full[:1][:several], *full[3 - axes:])


class Scene:
    """All steps of one operation as plain data; `slide`, `pool` and `transpose` make it. Nothing in it ever changes.

    `kind` ("conv", "max", "avg", "transpose", "dx" or "dw"), `axes` (1 or 2); `x`, `w`, `b`, `dy`: the user's arrays,
    or None; `stride`, `dilation`, `kernel`, `output_padding`: pairs (vertical, horizontal); `padding`: ((top, bottom),
    (left, right)); `window`: these numbers as `taps.Window`, of a transposed convolution for the way back.

    >>> slide([[1, 2, 3], [4, 5, 6]], [[1, 0], [0, -1]]).steps
    2
    """

    def __init__(self, kind, x, w, b, dy, window):
        self.kind, self.x, self.w, self.window = kind, x, w, window
        self.kernel, self.stride, self.padding, self.dilation = window[1:5]
        if w is None:
            self.x_shape = (*((1,) * (3 - x.ndim)), *x.shape)
            self.w_shape, self.axes = None, 1 if x.ndim == 1 else 2
        else:
            self.x_shape, self.w_shape, self.axes = taps.full_shapes(x.shape, w.shape, kind == "transpose")
        self._refuse_large()
        self.b, self.dy = self._bias(b), self._gradient(dy)

    # --- geometry -----------------------------------------------------------------------------------------------------

    @property
    def output_padding(self):
        """Rows and columns that a transposed convolution adds at the end; (0, 0) for all others."""
        if self.kind != "transpose":
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
        if self.kind == "transpose":
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
        return {"dx": self.x_shape, "dw": self.w_shape}.get(self.kind, self.y_shape)

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
        if b is None or self.kind in ("dx", "dw"):   # no gradient but its own depends on the bias
            return None
        b = values(b, "b")
        filters = self.y_shape[0]
        if b.ndim and b.shape != (filters,):
            raise ValueError(f"b must be a number or have shape ({filters},), one per filter of w, found {b.shape}")
        return np.broadcast_to(b, (filters,))

    def _gradient(self, dy):
        if self.kind not in ("dx", "dw"):
            if dy is not None:
                raise ValueError('dy is the gradient of a backward pass, found it with direction="forward"')
            return None
        shape = self._y_seen
        dy = values(np.ones(shape) if dy is None else dy, "dy")
        check.same_shape(dy, "dy", shape, "the shape of the output")
        return dy

    # --- boards -------------------------------------------------------------------------------------------------------

    @property
    def source(self):
        """The `Board` that the steps read: x, or dy for dx."""
        if self.kind == "dx":
            return frames.Board("dy", self.dy.reshape(self.y_shape), self.dy.shape)
        return frames.Board("x", self.x.reshape(self.x_shape), self.x.shape)

    @property
    def weights(self):
        """The `Board` that the steps multiply with: w, or dy for dw; None for a pooling."""
        if self.kind == "dw":
            return frames.Board("dy", self.dy.reshape(self.y_shape), self.dy.shape)
        return None if self.w is None else frames.Board("w", self.w.reshape(self.w_shape), self.w.shape)

    @property
    def destination(self):
        """The `Board` that the steps fill, step by step: y, dx or dw."""
        shape = self.x.shape if self.kind == "dx" else self.w.shape if self.kind == "dw" else self._y_seen
        filled = self.numbers.values.reshape(self.destination_shape)
        return frames.Board(self.kind if self.kind in ("dx", "dw") else "y", filled, shape)

    @property
    def output(self):
        """All values written, in the shape that the user would see."""
        return self.destination.values.reshape(self.destination.shape)

    # --- steps --------------------------------------------------------------------------------------------------------

    @cached_property
    def taps(self):
        """The tap table, int64 (n, 3): what each step (out) multiplies, a source cell (or -1) and a weight."""
        win = self.window
        if self.w is None:
            table = taps.pooling(self.x_shape, win.kernel, win.stride, win.padding)
        elif self.kind == "transpose":
            table = taps.transposed(self.x_shape, self.w_shape, win.stride, win.padding, self.output_padding)
        else:
            table = taps.convolution(self.x_shape, self.w_shape, win.stride, win.padding, win.dilation)
            table = {"dx": taps.swapped, "dw": taps.weight_gradient}.get(self.kind, np.asarray)(table)
        table.setflags(write=False)
        return table

    @cached_property
    def numbers(self):
        """Products, sums and values of all steps as arrays (`frame.Numbers`)."""
        return frames.numbers(self)

    def frame(self, i):
        """The `Frame` of step i, counted from 0; IndexError for a step that does not exist."""
        return frames.frame(self, i)

    # --- as text and JSON ---------------------------------------------------------------------------------------------

    @cached_property
    def digest(self):
        """One line that is the same on every machine: the operation, its sizes, its steps, a hash of its values."""
        from .spec import digest

        return digest(self)

    def __repr__(self):
        return self.digest

    @property
    def spec(self):
        """The scene as JSON-ready data, which `Scene.from_spec` reads; a new dict each time."""
        from .spec import to_spec

        return to_spec(self)

    @classmethod
    def from_spec(cls, spec):
        """The scene of a spec. Raises ValueError or TypeError, with a sentence, for one that makes no sense."""
        from .spec import from_spec

        return from_spec(spec)

    # --- to look at ---------------------------------------------------------------------------------------------------

    def figure(self, i=None):
        """A matplotlib Figure of step i; of the whole scene when i is None."""
        from . import figure

        return figure.figure(self, i)

    def alt(self, i=None):
        """What `figure(i)` shows, in words."""
        from . import figure

        return figure.alt(self, i)

    def player(self, **traits):
        """The `SlidePlayer` widget of this scene."""
        from .player import SlidePlayer

        return SlidePlayer(self, **traits)

    def save(self, path, **options):
        """Write the scene to a file: .html, .gif, .svg or .png."""
        from ..kit import files

        return files.save(self, path, **options)
