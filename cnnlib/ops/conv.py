"""Convolution, forward and backward, in one and two dimensions.

What every CNN library calls convolution is cross-correlation: the kernel is not flipped.

    y[n, k, i, j] = b[k] + sum over c, u, v of  w[k, c, u, v] · x[n, c, i·S + u·D - P, j·S + v·D - P]

How it is computed: for each kernel tap (u, v), copy the input cells it touches into one row of a matrix of *patches*;
then all sums at once are the matrix product `w @ patches`. Backward, the same patches give dw, and the transposed
product scatters dy back to dx. Patches are built for a block of output rows at a time, so they stay small.

Source: the lowering of Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for document
processing", with the batch last in memory (see layout.py).
"""

from typing import NamedTuple

import numpy as np

from .. import shapes
from . import check
from .layout import batch_first, batch_last, tap_slices

BLOCK_BYTES = 8 << 20   # of patches built at a time: about what a processor's cache holds


class Geometry(NamedTuple):
    """The window's way over a 2-D input; every entry is a pair (vertical, horizontal)."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    pad: tuple[tuple[int, int], tuple[int, int]]   # ((top, bottom), (left, right))
    dilation: tuple[int, int]
    out: tuple[int, int]


def geometry(size, kernel, stride, padding, dilation=1, axes=("input height", "input width"), name="kernel_size"):
    """The `Geometry` of a kernel over an input of `size` (H, W); the four numbers are ints or pairs.

    Errors call the two axes by `axes`, and the argument the kernel came from by `name`.
    """
    kernel, stride = shapes.pair(kernel, "kernel_size", 1), shapes.pair(stride, "stride", 1)
    padding, dilation = shapes.padding_pair(padding), shapes.pair(dilation, "dilation", 1)
    ways = [
        shapes.axis(*numbers, name) for numbers in zip(size, kernel, stride, padding, dilation, axes, strict=True)
    ]
    return Geometry(kernel, stride, tuple((a.before, a.after) for a in ways), dilation, tuple(a.out for a in ways))


def _patches(padded, g, rows):
    """(C, H, W, N) -> the matrix (C·Fh·Fw, output cells·N) whose columns are the windows of these output rows."""
    C, _, _, N = padded.shape
    patches = np.empty((C, *g.kernel, rows[1] - rows[0], g.out[1], N), padded.dtype)
    for u, v, i, j in tap_slices(g.kernel, g.stride, g.dilation, rows, g.out[1]):
        patches[:, u, v] = padded[:, i, j]
    return patches.reshape(C * g.kernel[0] * g.kernel[1], -1)


def _blocks(padded, g):
    """Ranges of output rows whose patches stay near BLOCK_BYTES."""
    C, _, _, N = padded.shape
    row = C * g.kernel[0] * g.kernel[1] * g.out[1] * N * padded.itemsize
    step = max(1, BLOCK_BYTES // row)
    return [(r, min(r + step, g.out[0])) for r in range(0, g.out[0], step)]


def forward(x, w, b, g):
    """The convolution itself on checked arrays; also returns what `backward` needs."""
    padded, weights = batch_last(x, g.pad), w.reshape(len(w), -1)
    N, (oh, ow) = len(x), g.out
    y = np.empty((len(w), oh * ow * N), x.dtype)
    blocks = _blocks(padded, g)
    for r0, r1 in blocks:
        patches = _patches(padded, g, (r0, r1))
        np.matmul(weights, patches, out=y[:, r0 * ow * N:r1 * ow * N])
    if b is not None:
        y += b[:, None]
    # One block: keep its patches, backward wants the same ones. Several: they are too big to keep.
    cache = padded, w, g, patches if len(blocks) == 1 else None
    return batch_first(y.reshape(len(w), oh, ow, N)), cache


def backward(dy, cache, need_dx=True):
    """Gradients of the loss with respect to x, w and b, given dy; dx is None unless needed."""
    padded, w, g, patches = cache
    dy = batch_last(dy)
    K, _, ow, N = dy.shape
    dw = np.zeros((K, w[0].size), w.dtype)
    dpadded = np.zeros_like(padded) if need_dx else None
    weights_t = np.ascontiguousarray(w.reshape(K, -1).T)
    for rows in _blocks(padded, g):
        dy_rows = dy[:, rows[0]:rows[1]].reshape(K, -1)
        dw += dy_rows @ (_patches(padded, g, rows) if patches is None else patches).T
        if need_dx:   # each tap hands its share of dy back to the cells it read
            dpatches = (weights_t @ dy_rows).reshape(len(padded), *g.kernel, -1, ow, N)
            for u, v, i, j in tap_slices(g.kernel, g.stride, g.dilation, rows, ow):
                dpadded[:, i, j] += dpatches[:, u, v]
    return _crop(dpadded, g) if need_dx else None, dw.reshape(w.shape), dy.reshape(K, -1).sum(axis=1)


def _crop(dpadded, g):
    """The gradient without its padding, as users see it."""
    (top, bottom), (left, right) = g.pad
    _, H, W, _ = dpadded.shape
    return batch_first(dpadded[:, top:H - bottom, left:W - right])


def _checked(x, w, b, axes, w_axes):
    """Arguments of a convolution as arrays of one dtype: that of x (half precision is computed in single)."""
    x = check.floats(x, "x", axes, nan=False)
    w = check.floats(w, "w", w_axes)
    check.channels(x, w, w_axes)
    kind = check.working(x.dtype)
    if b is not None:
        b = check.floats(b, "b", "K")
        check.same_shape(b, "b", (len(w),), "one bias per filter of w")
        b = b.astype(kind, copy=False)
    return x.astype(kind, copy=False), w.astype(kind, copy=False), b, x.dtype


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    """Convolve a batch of images with a bank of filters.

    x (N, C, H, W), w (K, C, Fh, Fw), b (K,) or None -> y (N, K, H', W') with H' = `output_size(H, Fh, ...)`; the
    dtype is that of x (integers are computed as float64). `stride`, `padding` and `dilation` are an int or a pair
    (h, w); `padding` counts cells *per side*, or is "same" or "valid".

    Raises ValueError for shapes that do not go together, a kernel larger than the padded input, an empty batch, NaN
    in x; TypeError for arrays that are not real numbers.

    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d(x, np.ones((1, 1, 3, 3)))[0, 0]
    array([[45., 54.],
           [81., 90.]])
    """
    x, w, b, dtype = _checked(x, w, b, "N, C, H, W", "K, C, Fh, Fw")
    y, _ = forward(x, w, b, geometry(x.shape[2:], w.shape[2:], stride, padding, dilation, name="w"))
    return y.astype(dtype, copy=False)


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    """Gradients of `conv2d`: dy (N, K, H', W') -> dx like x, dw like w, db (K,).

    Other arguments, and errors, as in `conv2d`; dy must have the shape of its output.

    >>> x, w = np.ones((1, 1, 3, 3)), np.full((1, 1, 2, 2), 2.0)
    >>> dx, dw, db = conv2d_backward(np.ones((1, 1, 2, 2)), x, w)
    >>> dx[0, 0, 1, 1], dw[0, 0, 0, 0], db[0]      # the centre pixel is read four times
    (np.float64(8.0), np.float64(4.0), np.float64(4.0))
    """
    x, w, _, dtype = _checked(x, w, None, "N, C, H, W", "K, C, Fh, Fw")
    g = geometry(x.shape[2:], w.shape[2:], stride, padding, dilation, name="w")
    dy = check.floats(dy, "dy")
    check.same_shape(dy, "dy", (len(x), len(w), *g.out), "the shape of conv2d's output")
    gradients = backward(dy.astype(x.dtype, copy=False), (batch_last(x, g.pad), w, g, None))
    return tuple(gradient.astype(dtype, copy=False) for gradient in gradients)


# One dimension is two with the second of size 1: (N, C, L) -> (N, C, L, 1).

def _thin(number, name, other):
    """A 1-D kernel size, stride, padding or dilation as a pair whose second entry does nothing."""
    if isinstance(number, (tuple, list)):
        raise TypeError(f"{name} must be one integer in one dimension, found {number!r}")
    return (number, other)


def _thin_geometry(x, w, stride, padding, dilation):
    stride, dilation = _thin(stride, "stride", 1), _thin(dilation, "dilation", 1)
    size, kernel = (x.shape[2], 1), (w.shape[2], 1)
    return geometry(size, kernel, stride, _thin(padding, "padding", 0), dilation, ("input length", "width"), "w")


def conv1d(x, w, b=None, stride=1, padding=0, dilation=1):
    """Convolve a batch of signals with a bank of filters.

    x (N, C, L), w (K, C, F), b (K,) or None -> (N, K, L') with L' = `output_size(L, F, stride, padding, dilation)`.
    Otherwise as `conv2d`, errors included.

    >>> conv1d([[[0, 1, 0, 1, 1]]], [[[-1, 1]]])
    array([[[ 1., -1.,  1.,  0.]]])
    """
    x, w, b, dtype = _checked(x, w, b, "N, C, L", "K, C, F")
    g = _thin_geometry(x, w, stride, padding, dilation)
    y, _ = forward(x[..., None], w[..., None], b, g)
    return y[..., 0].astype(dtype, copy=False)


def conv1d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    """Gradients of `conv1d`: dy (N, K, L') -> dx like x, dw like w, db (K,). Errors as in `conv2d_backward`.

    >>> dx, dw, db = conv1d_backward([[[1, 1, 1, 1]]], [[[0, 1, 0, 1, 1]]], [[[-1, 1]]])
    >>> dx, dw
    (array([[[-1.,  0.,  0.,  0.,  1.]]]), array([[[2., 3.]]]))
    """
    x, w, _, dtype = _checked(x, w, None, "N, C, L", "K, C, F")
    g = _thin_geometry(x, w, stride, padding, dilation)
    dy = check.floats(dy, "dy")
    check.same_shape(dy, "dy", (len(x), len(w), g.out[0]), "the shape of conv1d's output")
    dy, padded = dy[..., None].astype(x.dtype, copy=False), batch_last(x[..., None], g.pad)
    dx, dw, db = backward(dy, (padded, w[..., None], g, None))
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dx[..., 0], dw[..., 0], db))


def correlate1d(x, w, stride=1, padding=0, dilation=1):
    """Slide one filter along one signal: x (L,), w (F,) -> (L',), the dtype that of x.

    Raises ValueError and TypeError as `conv1d` does.

    >>> correlate1d([0, 1, 0, 1, 1], [-1, 1])
    array([ 1., -1.,  1.,  0.])
    """
    x, w = check.floats(x, "x", "L", nan=False), check.floats(w, "w", "F")
    return conv1d(x[None, None], w[None, None], None, stride, padding, dilation)[0, 0]


def correlate2d(image, kernel, stride=1, padding=0, dilation=1):
    """Slide one kernel over one grey image: image (H, W), kernel (Fh, Fw) -> (H', W'), the dtype that of image.

    Raises ValueError and TypeError as `conv2d` does.

    >>> image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    >>> correlate2d(image, [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    array([[4., 3., 4.],
           [2., 4., 3.],
           [2., 3., 4.]])
    """
    image, kernel = check.floats(image, "image", "H, W", nan=False), check.floats(kernel, "kernel", "Fh, Fw")
    # Only to have its errors speak of image and kernel; conv2d works it out again.
    geometry(image.shape, kernel.shape, stride, padding, dilation, ("image height", "image width"), "kernel")
    return conv2d(image[None, None], kernel[None, None], None, stride, padding, dilation)[0, 0]
