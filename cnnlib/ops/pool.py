"""Pooling: slide a window and keep its maximum or its mean, each channel by itself. No parameters.

All of it is one idea: for tap (u, v) of the window, a strided slice of the input holds what every window has there.
A running maximum (or sum) over the Fh·Fw slices is the result.

The shape that a line leaves stands at its end: N batch, C channels (Cp in one part of the work), H W image (Hp Wp
padded), Fh Fw window, h w output size; L and l for signals.
"""

import math

import numpy as np

from .. import shapes
from ..arguments import quiet, truth
from . import check, parallel
from .layout import batch_first, batch_last, in_phases, joined, routed, seen, total
from .window import geometry, thin

FEW = 64   # terms of a sum that single precision is precise enough for, wherever they lie
LARGE = 16 << 20   # bytes of input that are worth more than one thread


def _padded(x, g, fill):
    return x if not any(map(any, g.pad)) else batch_first(batch_last(x, g.pad, fill))


def _cropped(dx, g):
    (top, bottom), (left, right) = g.pad
    return dx[:, :, top:dx.shape[2] - bottom, left:dx.shape[3] - right]


def window(size, kernel_size, stride, padding, axes=("input height", "input width")):
    """The `Geometry` of a pooling window; the stride is the kernel size unless given."""
    g = geometry(size, kernel_size, kernel_size if stride is None else stride, padding, axes=axes)
    shapes.pooling_padding(g.pad, g.kernel)
    return g


def _shared(task, x):
    """task(channels) for all channels of x at once; where x is large, for some of them in each of several threads."""
    parallel.run(task, parallel.cut(x.shape[1]) if x.nbytes > LARGE else [slice(None)])


def max_forward(x, g):
    """Running maximum on checked arrays; padding is -inf, so it never wins."""
    y = np.empty_like(x, shape=(*x.shape[:2], *g.out))   # (N, C, h, w)

    def fill(part):
        first, *rest = seen(in_phases(_padded(x[:, part], g, -np.inf), g), g)   # (N, Cp, h, w), as many as taps
        here = y[:, part]   # (N, Cp, h, w)
        here[...] = first
        for view in rest:
            np.maximum(here, view, out=here)

    _shared(fill, x)
    return y


def max_backward(dy, x, y, g):
    """Each dy goes to the cell that was the maximum; of several equal ones, to the first in row-major order."""
    apart = g.stride[0] >= g.kernel[0] and g.stride[1] >= g.kernel[1]   # no cell is in two windows
    covered = g.stride == g.kernel and tuple(np.multiply(g.out, g.kernel)) == x.shape[2:]   # and every cell is in one
    dx = (np.empty_like if covered else np.zeros_like)(x, dtype=_summing(x.dtype, _overlap(g)))

    def spread(part):
        here, target = x[:, part], dx[:, part]   # (N, Cp, H, W), the same
        share = dy[:, part].astype(dx.dtype, copy=False)   # (N, Cp, h, w)
        padded = _padded(here, g, -np.inf)   # (N, Cp, Hp, Wp)
        pieces = in_phases(padded, g)
        direct = pieces[0] is here   # neither padded nor taken to pieces: add to dx itself
        dpieces = [target] if direct else [np.zeros_like(piece, dtype=dx.dtype) for piece in pieces]
        free = np.ones_like(share, dtype=bool)   # windows whose maximum has not been met yet
        for view, dview in zip(seen(pieces, g), seen(dpieces, g), strict=True):   # (N, Cp, h, w), the same
            hit = view == y[:, part]
            hit &= free
            free ^= hit
            if apart:
                routed(share, hit, out=dview)   # write: there is nothing to add to
            else:
                dview += routed(share, hit)
        if not direct:
            target[...] = _cropped(joined(dpieces, padded), g)   # (N, Cp, H, W)

    _shared(spread, x)
    return dx.astype(x.dtype, copy=False)


def _summing(dtype, terms):
    """The dtype in which to add so many terms one after the other: float64 where single would be off by 4e-6."""
    return check.working(dtype) if terms <= FEW else np.result_type(dtype, np.float64)


def _overlap(g):
    """How many windows at most one cell is in."""
    return math.prod(-(-f // s) for f, s in zip(g.kernel, g.stride, strict=True))


def _counts(x, g, count_include_pad):
    """How many cells each mean is over: Fh·Fw, or only the real ones among them."""
    cells = g.kernel[0] * g.kernel[1]
    kind = check.working(x.dtype)
    if count_include_pad or not any(map(any, g.pad)):
        return kind.type(cells)
    real = _padded(np.ones((1, 1, *x.shape[2:]), kind), g, 0)   # (1, 1, Hp, Wp)
    return sum(seen([real], g))   # (1, 1, h, w)


def avg_forward(x, g, count_include_pad=True):
    """Running sum over the taps, divided by the number of cells."""
    first, *rest = seen(in_phases(_padded(x, g, 0), g), g)   # (N, C, h, w), as many as taps
    y = first.astype(_summing(x.dtype, math.prod(g.kernel)))
    for view in rest:
        y += view
    y /= _counts(x, g, count_include_pad)
    return y.astype(x.dtype, copy=False)


def avg_backward(dy, x, g, count_include_pad=True):
    """Each dy is shared out equally among the cells of its window."""
    share = dy / _counts(x, g, count_include_pad)
    dpadded = np.zeros_like(_padded(x, g, 0), dtype=_summing(x.dtype, _overlap(g)))   # (N, C, Hp, Wp)
    dpieces = in_phases(dpadded, g)
    for dview in seen(dpieces, g):   # (N, C, h, w)
        dview += share
    return _cropped(joined(dpieces, dpadded), g).astype(x.dtype, copy=False)   # (N, C, H, W)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    """The maximum of every window: x (N, C, H, W) -> (N, C, H', W'), sizes as in `output_size`.

    `kernel_size`, `stride` (the kernel size unless given) and `padding` (with -inf; at most half the kernel, or
    "same", "valid") are an int or a pair (h, w). Raises ValueError and TypeError as `conv2d` does.

    >>> max_pool2d(np.arange(16.0).reshape(1, 1, 4, 4), 2)[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """
    x = check.floats(x, "x", "N, C, H, W", nan=False)
    return max_forward(x, window(x.shape[2:], kernel_size, stride, padding))


@quiet
def max_pool2d_backward(dy, x, kernel_size, stride=None, padding=0):
    """Gradient of `max_pool2d`: dy (N, C, H', W') -> dx like x. Ties: the first in row-major order takes it all.

    >>> max_pool2d_backward([[[[7.0]]]], [[[[3, 3], [1, 3]]]], 2)[0, 0]
    array([[7., 0.],
           [0., 0.]])
    """
    x = check.floats(x, "x", "N, C, H, W", nan=False)
    g = window(x.shape[2:], kernel_size, stride, padding)
    return max_backward(_gradient(dy, x, g), x, max_forward(x, g), g)


@quiet
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """The mean of every window: x (N, C, H, W) -> (N, C, H', W').

    Padding cells count as zeros; with `count_include_pad=False` they are left out of the mean. Otherwise as
    `max_pool2d`, errors included.

    >>> avg_pool2d(np.arange(16.0).reshape(1, 1, 4, 4), 2)[0, 0]
    array([[ 2.5,  4.5],
           [10.5, 12.5]])
    """
    x, counted = check.floats(x, "x", "N, C, H, W", nan=False), truth(count_include_pad, "count_include_pad")
    return avg_forward(x, window(x.shape[2:], kernel_size, stride, padding), counted)


@quiet
def avg_pool2d_backward(dy, x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Gradient of `avg_pool2d`: dy (N, C, H', W') -> dx like x.

    >>> avg_pool2d_backward([[[[8.0]]]], np.zeros((1, 1, 2, 2)), 2)[0, 0]
    array([[2., 2.],
           [2., 2.]])
    """
    x = check.floats(x, "x", "N, C, H, W", nan=False)
    g = window(x.shape[2:], kernel_size, stride, padding)
    return avg_backward(_gradient(dy, x, g), x, g, truth(count_include_pad, "count_include_pad"))


def max_pool1d(x, kernel_size, stride=None, padding=0):
    """The maximum of every window: x (N, C, L) -> (N, C, L'). Otherwise as `max_pool2d`.

    >>> max_pool1d([[[0, 0, 1, 1, 0, 0, 1, 1]]], 2)
    array([[[0., 1., 0., 1.]]])
    """
    x, g = _thin_window(x, kernel_size, stride, padding)
    return max_forward(x, g)[..., 0]   # (N, C, l)


@quiet
def avg_pool1d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """The mean of every window: x (N, C, L) -> (N, C, L'). Otherwise as `avg_pool2d`.

    >>> avg_pool1d([[[1, 3, 5, 7]]], 2)
    array([[[2., 6.]]])
    """
    x, g = _thin_window(x, kernel_size, stride, padding)
    return avg_forward(x, g, truth(count_include_pad, "count_include_pad"))[..., 0]   # (N, C, l)


@quiet
def global_avg_pool2d(x):
    """The mean of every feature map: x (N, C, H, W) -> (N, C).

    >>> global_avg_pool2d(np.arange(8.0).reshape(1, 2, 2, 2))
    array([[1.5, 5.5]])
    """
    x = check.floats(x, "x", "N, C, H, W", nan=False)
    return (total(x, (2, 3)) / (x.shape[2] * x.shape[3])).astype(x.dtype)   # (N, C)


@quiet
def global_avg_pool2d_backward(dy, x):
    """Gradient of `global_avg_pool2d`: dy (N, C) -> dx like x, every cell dy / (H·W).

    >>> global_avg_pool2d_backward([[8.0]], np.zeros((1, 1, 2, 2)))[0, 0]
    array([[2., 2.],
           [2., 2.]])
    """
    x = check.floats(x, "x", "N, C, H, W")
    dy = check.floats(dy, "dy").astype(x.dtype, copy=False)
    check.same_shape(dy, "dy", x.shape[:2], "the shape of global_avg_pool2d's output")
    dx = np.empty_like(x)
    dx[...] = (dy / (x.shape[2] * x.shape[3]))[:, :, None, None]   # (N, C, 1, 1)
    return dx


def global_max_pool2d(x):
    """The maximum of every feature map: x (N, C, H, W) -> (N, C).

    >>> global_max_pool2d(np.arange(8.0).reshape(1, 2, 2, 2))
    array([[3., 7.]])
    """
    return check.floats(x, "x", "N, C, H, W", nan=False).max(axis=(2, 3))   # (N, C)


def _thin_window(x, kernel_size, stride, padding):
    """A signal as an image of width 1, and the window over it."""
    x = check.floats(x, "x", "N, C, L", nan=False)[..., None]   # (N, C, L, 1)
    stride = kernel_size if stride is None else stride
    kernel, stride = thin(kernel_size, "kernel_size", 1), thin(stride, "stride", 1)
    return x, window(x.shape[2:], kernel, stride, thin(padding, "padding", 0), ("input length", "width"))


def _gradient(dy, x, g):
    dy = check.floats(dy, "dy").astype(x.dtype, copy=False)
    check.same_shape(dy, "dy", (*x.shape[:2], *g.out), "the shape of the pooling's output")
    return dy
