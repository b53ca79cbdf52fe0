"""One filter on one signal or image: plain arrays, as the first lessons use them.

Sliding is a matrix product here too. A *band matrix* holds the kernel once per output, each copy S cells further on
(see `as_matrix`); times the cells that a line of outputs reads, it gives these outputs. A band for a whole line would
be nearly all zeros, so lines are cut into blocks of a few outputs: then one small band serves all blocks of all lines,
and each cell is copied little more than Fh times, where patches would copy it Fh·Fw times.

The shape that a line leaves stands at its end: H W image (Hp Wp padded), Fh Fw kernel, h w output size; a signal is an
image of H = 1. `blocks` of BLOCK outputs make a line, from `span` cells each; m of them, b in each of a lines, make one
product.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .. import arguments
from ..arguments import quiet, room
from . import check
from .layout import padded_shape, seen
from .window import THIN_AXES, geometry, thin

BLOCK = 16                # outputs that share a band: enough for a fast product, few enough to multiply few zeros
WIDE = 16                 # cells per tap: a band that reads more would be nearly all zeros
SHORT = 11                # taps for which np.correlate has a loop that is faster than any product
CHUNK_BYTES = 256 << 10   # of cells gathered for one product: they stay in the processor's cache


def _span(w, g):
    """How many cells of a line one block of outputs reads."""
    return g.stride[1] * (BLOCK - 1) + g.dilation[1] * (w.shape[1] - 1) + 1


def _band(w, g):
    """The band matrix of one block: (Fh·cells it reads per line, BLOCK)."""
    s, d = g.stride[1], g.dilation[1]
    outputs = np.arange(BLOCK)
    band = np.zeros((len(w), _span(w, g), BLOCK), w.dtype)   # (Fh, span, BLOCK)
    for u in range(w.shape[0]):
        for v in range(w.shape[1]):
            band[u, outputs * s + v * d, outputs] = w[u, v]
    return band


def _padded(x, g):
    (top, bottom), (left, right) = g.pad
    if not (top or bottom or left or right):
        return x
    padded_shape((1, *x.shape, 1), g.pad, x)   # which refuses what would be far too large
    return np.pad(x, g.pad)   # (Hp, Wp)


def _slide(x, w, g):
    """The correlation of x (H, W), already padded, with w (Fh, Fw); also whether all numbers in it are finite."""
    band, (oh, ow) = _band(w, g), g.out
    blocks, span, step = -(-ow // BLOCK), band.shape[1], BLOCK * g.stride[1]
    y = np.empty((oh, blocks, BLOCK), x.dtype)
    whole = min(max((x.shape[1] - span) // step + 1, 0), blocks)   # blocks that x holds to their end
    rest = np.zeros((len(x), step * (blocks - whole - 1) + span if whole < blocks else 0), x.dtype)
    rest[:, :x.shape[1] - step * whole] = x[:, step * whole:step * whole + rest.shape[1]]
    total = _fill(y[:, :whole], x, band, g) + _fill(y[:, whole:], rest, band, g)
    return np.ascontiguousarray(y.reshape(oh, -1)[:, :ow]), np.isfinite(total)   # (h, w), whether


def _by_taps(x, w, g):
    """The same without a band, tap by tap: for windows so wide or far apart that a band would be nearly all zeros."""
    y = np.zeros(g.out, x.dtype)   # (h, w)
    for weight, view in zip(w.flat, seen([x], g), strict=True):   # a number, (h, w)
        y += weight * view
    return y


def _fill(y, lines, band, g):
    """Write the blocks y (oh, blocks, BLOCK) that begin where `lines` do; returns the sum of all that was written."""
    if not y.size:
        return 0
    line, cell = lines.strides
    taps, span = band.shape[:2]
    # reads[i, k] are the cells of block k of output line i
    strides = line * g.stride[0], cell * BLOCK * g.stride[1], line * g.dilation[0], cell
    reads = as_strided(lines, (*y.shape[:2], taps, span), strides, writeable=False)   # (h, blocks, Fh, span)
    per_block, total = taps * span * lines.itemsize, 0
    some_blocks = min(y.shape[1], max(1, CHUNK_BYTES // per_block))
    some_lines = max(1, CHUNK_BYTES // (per_block * some_blocks))
    band = band.reshape(-1, BLOCK)   # (Fh·span, BLOCK)
    for i in range(0, y.shape[0], some_lines):
        for k in range(0, y.shape[1], some_blocks):
            here = np.s_[i:i + some_lines, k:k + some_blocks]
            product = reads[here].reshape(-1, len(band)) @ band   # (m, Fh·span) @ (Fh·span, BLOCK)
            total += product.sum()
            y[here] = product.reshape(y[here].shape)   # (a, b, BLOCK)
    return total


def _correlate(x, w, g):
    """The correlation of x with w, both (L,) or (H, W) and checked, as an array with two axes."""
    dtype, kind = x.dtype, check.working(x.dtype)
    x, w = (np.atleast_2d(array).astype(kind, copy=False) for array in (x, w))   # (H, W), (Fh, Fw)
    x = _padded(x, g)   # (Hp, Wp)
    if len(x) == len(w) == 1 and g.stride == g.dilation == (1, 1) and w.size <= SHORT:
        y = np.correlate(x[0], w[0], mode="valid")[None]   # (1, w)
        return y if kind == dtype else quiet(y.astype)(dtype)
    return _banded(x, w, g, dtype)


@quiet
def _banded(x, w, g, dtype):
    """The same for what is not a short filter on a signal."""
    y, finite = _slide(x, w, g) if _span(w, g) <= WIDE * w.shape[1] else (None, False)
    if not finite:   # or a zero of the band times an infinite cell made NaN, in every output of its block
        y = _by_taps(x, w, g)
    return y.astype(dtype, copy=False)


def _line(n, f, stride, padding, dilation, name):
    """The `Geometry` of a signal as an image of one line."""
    numbers = thin(stride, "stride", 1), thin(padding, "padding", 0), thin(dilation, "dilation", 1)
    return geometry((1, n), (1, f), *(pair[::-1] for pair in numbers), THIN_AXES[::-1], name)


def correlate1d(x, w, stride=1, padding=0, dilation=1):
    """Slide one filter along one signal: x (L,), w (F,) -> (L',), the dtype that of x.

    `stride`, `padding` and `dilation` as in `output_size`. Raises ValueError and TypeError as `conv1d` does.

    >>> correlate1d([0, 1, 0, 1, 1], [-1, 1])
    array([ 1., -1.,  1.,  0.])
    """
    x, w = check.floats(x, "x", "L", nan=False), check.floats(w, "w", "F")
    return _correlate(x, w, _line(len(x), len(w), stride, padding, dilation, "w"))[0]


def correlate2d(image, kernel, stride=1, padding=0, dilation=1):
    """Slide one kernel over one grey image: image (H, W), kernel (Fh, Fw) -> (H', W'), the dtype that of image.

    `stride`, `padding` and `dilation` as in `conv2d`, which also says what raises ValueError and TypeError.

    >>> image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    >>> correlate2d(image, [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    array([[4., 3., 4.],
           [2., 4., 3.],
           [2., 3., 4.]])
    """
    image, kernel = check.floats(image, "image", "H, W", nan=False), check.floats(kernel, "kernel", "Fh, Fw")
    g = geometry(image.shape, kernel.shape, stride, padding, dilation, ("image height", "image width"), "kernel")
    return _correlate(image, kernel, g)


def as_matrix(kernel, input_shape, stride=1, padding=0, dilation=1):
    """The matrix M that does what sliding does: M @ x.ravel() == correlate(x, kernel).ravel().

    kernel (F,) with `input_shape` L or (L,), or kernel (Fh, Fw) with (H, W). M has one row per output and one column
    per input cell; row i holds the kernel where window i lies and zeros elsewhere. Its dtype is that of kernel.

    Raises ValueError and TypeError as `correlate1d` and `correlate2d` do, and where kernel and input_shape disagree.

    >>> as_matrix([-1, 1], 4)
    array([[-1.,  1.,  0.,  0.],
           [ 0., -1.,  1.,  0.],
           [ 0.,  0., -1.,  1.]])
    """
    kernel = check.floats(kernel, "kernel")
    shape = arguments.shape(input_shape if isinstance(input_shape, (tuple, list)) else (input_shape,), "input_shape")
    if kernel.ndim not in (1, 2) or len(shape) != kernel.ndim:
        raise ValueError(
            "kernel and input_shape must both have one dimension or both two, found kernel of shape "
            f"{kernel.shape} and input_shape {shape}"
        )
    if kernel.ndim == 1:
        g = _line(*shape, len(kernel), stride, padding, dilation, "kernel")
    else:
        g = geometry(shape, kernel.shape, stride, padding, dilation, name="kernel")
    sizes = (math.prod(g.out), math.prod(shape))   # rows, columns
    room(sizes, kernel.itemsize, "input_shape: the matrix", "use a smaller input_shape or a larger stride")
    matrix = np.zeros((*g.out, *((1, *shape)[-2:])), kernel.dtype)   # (h, w, H, W)
    for (u, v), weight in np.ndenumerate(np.atleast_2d(kernel)):
        # The outputs (i, j) that see the image at this tap, and the rows and columns that they see there.
        i, rows = _met(u, g, 0, matrix.shape[2])
        j, columns = _met(v, g, 1, matrix.shape[3])
        matrix[(*np.ix_(i, j), *np.ix_(rows, columns))] = weight
    return matrix.reshape(sizes)   # (h·w, H·W)


def _met(tap, g, axis, cells):
    """Which outputs read a cell, and no padding, at this tap of the kernel along an axis; and which cells those are."""
    outputs = np.arange(g.out[axis])
    read = outputs * g.stride[axis] + tap * g.dilation[axis] - g.pad[axis][0]
    inside = (read >= 0) & (read < cells)
    return outputs[inside], read[inside]
