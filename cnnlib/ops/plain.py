"""One filter on one signal or image: plain arrays, as the first lessons use them.

Sliding is a matrix product here too. A *band matrix* holds the kernel once per output, each copy S cells further on
(see `as_matrix`); times the cells that a line of outputs reads, it gives these outputs. A band for a whole line would
be nearly all zeros, so a few outputs at a time share one.

On an image the lines are its columns: a band holds a column of the kernel, and the rows that a block of output rows
reads go into the product just as they lie, nothing is copied. The bands of all columns of the kernel stand one under
the other, for one product; the shares it gives are added up, each from as far right as its column of the kernel stands.

The shape that a line leaves stands at its end: H W image (Hp Wp padded), Fh Fw kernel, h w output size; a signal is an
image of H = 1. A band serves B outputs and reads `span` cells; m blocks of B outputs are made by one product.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .. import arguments
from ..arguments import quiet, room
from . import check
from .layout import padded_shape, seen
from .window import THIN_AXES, geometry, thin

ROWS, CELLS = 8, 16       # outputs that share a band, on images and signals: enough for a fast product, few zeros in it
WIDE = 16                 # cells per tap: a band that reads more would be nearly all zeros
SHORT = 11                # taps for which np.correlate has a loop that is faster than any product
CHUNK_BYTES = 512 << 10   # that one product works with: they stay in the processor's cache


def _span(taps, outputs, stride, dilation):
    """How many cells in a line so many outputs in a line read."""
    return stride * (outputs - 1) + dilation * (taps - 1) + 1


def _bands(w, B, stride, dilation):
    """The band matrix of each column of w (Fh, Fw), one under the other: (Fw·B, span)."""
    outputs = np.arange(B)
    bands = np.zeros((w.shape[1], B, _span(len(w), B, stride, dilation)), w.dtype)   # (Fw, B, span)
    for u, row in enumerate(w):
        bands[:, outputs, outputs * stride + u * dilation] = row[:, None]   # (Fw, 1)
    return bands.reshape(-1, bands.shape[2])   # (Fw·B, span)


def _steps(outputs, B, most):
    """The way along a line, product by product: the first output, and how many blocks of B, `most` at most."""
    whole = outputs // B * B
    for first in range(0, whole, most * B):
        yield first, min(most, (whole - first) // B)
    if outputs > whole:
        yield outputs - B, 1   # a block that ends with the line, and makes some outputs a second time


def _padded(x, g):
    (top, bottom), (left, right) = g.pad
    if not (top or bottom or left or right):
        return x
    padded_shape((1, *x.shape, 1), g.pad, x)   # which refuses what would be far too large
    return np.pad(x, g.pad)   # (Hp, Wp)


def _slide(x, w, g):
    """The correlation of x (H, W), already padded, with w (Fh, Fw); also whether all numbers in it are finite."""
    (oh, ow), Fw, (down, right), (line, cell), total = g.out, w.shape[1], g.stride, x.strides, 0
    B = min(ROWS, oh)
    y, bands = np.empty((oh, ow), x.dtype), _bands(w, B, down, g.dilation[0])   # (h, w), (Fw·B, span)
    columns = [slice(v * g.dilation[1], v * g.dilation[1] + right * (ow - 1) + 1, right) for v in range(Fw)]
    some = min(oh // B, max(1, CHUNK_BYTES // (len(bands) * x.shape[1] * x.itemsize)))   # blocks in one product
    product = np.empty((some, len(bands), x.shape[1]), x.dtype)   # (m, Fw·B, Wp)
    for i, m in _steps(oh, B, some):
        rows = x[i * down:]
        reads = as_strided(rows, (m, bands.shape[1], x.shape[1]), (B * down * line, line, cell))   # (m, span, Wp)
        np.matmul(bands, reads, out=product[:m])   # (Fw·B, span) @ (m, span, Wp)
        shares = product[:m].reshape(m, Fw, B, -1)   # (m, Fw, B, Wp)
        first, second, *others = [*(shares[:, v, :, columns[v]] for v in range(Fw)), 0][:max(Fw, 2)]
        here = np.add(first, second, out=y[i:i + m * B].reshape(m, B, ow))   # (m, B, w)
        for share in others:
            here += share
        total += here.sum()
    return y, np.isfinite(total)   # (h, w), whether


def _slide_line(x, w, g):
    """The same for a signal x (1, L): the cells of some blocks side by side, times one band."""
    (_, ow), (_, s), cell, total = g.out, g.stride, x.strides[1], 0
    B = min(CELLS, ow)
    y, band = np.empty((1, ow), x.dtype), _bands(w.T, B, s, g.dilation[1]).T   # (h, w), (span, B)
    some = max(1, CHUNK_BYTES // (sum(band.shape) * x.itemsize))   # blocks in one product
    for j, m in _steps(ow, B, some):
        reads = as_strided(x[0, j * s:], (m, len(band)), (B * s * cell, cell))   # (m, span)
        product = reads @ band   # (m, span) @ (span, B)
        total += product.sum()
        y[0, j:j + m * B] = product.ravel()
    return y, np.isfinite(total)   # (h, w), whether


def _by_taps(x, w, g):
    """The same without a band, tap by tap: for windows so wide or far apart that a band would be nearly all zeros."""
    y = np.zeros(g.out, x.dtype)   # (h, w)
    for weight, view in zip(w.flat, seen([x], g), strict=True):   # a number, (h, w)
        y += weight * view
    return y


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
    if len(x) == len(w) == 1:   # a signal
        slide, taps, reads = _slide_line, w.size, _span(w.size, CELLS, g.stride[1], g.dilation[1])
    else:   # between strides to the right the product is made in vain
        slide, taps, reads = _slide, len(w), _span(len(w), ROWS, g.stride[0], g.dilation[0]) * g.stride[1]
    y, finite = slide(x, w, g) if reads <= WIDE * taps else (None, False)
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
