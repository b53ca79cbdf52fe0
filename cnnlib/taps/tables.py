"""Tap tables from sizes: convolution, pooling and transposed convolution."""

import numpy as np

from ..arguments import room, shown
from .readings import PADDING, swapped
from .sizes import full_shapes, pooling_window, sizes, transposed_window, window


def convolution(x_shape, w_shape, stride=1, padding=0, dilation=1):
    """The taps of a convolution of x with w, int64 (n, 3); shapes as in `full_shapes`, numbers as in `window`.

    Outputs count as (K, H', W'); each adds its products in the order channel, kernel row, kernel column.

    >>> convolution((3,), (2,), padding=1)      # out, in, weight; the first output begins in the padding
    array([[ 0, -1,  0],
           [ 0,  0,  1],
           [ 1,  0,  0],
           [ 1,  1,  1],
           [ 2,  1,  0],
           [ 2,  2,  1],
           [ 3,  2,  0],
           [ 3, -1,  1]])
    """
    (C, H, W), (K, _, Fh, Fw), axes = full_shapes(x_shape, w_shape)
    win = window((H, W)[2 - axes:], (Fh, Fw)[2 - axes:], stride, padding, dilation)
    _refuse_many(K, *win.out, C, Fh, Fw)
    cells = _reads(win)[None, :, :, None]
    channels = H * W * np.arange(C)[:, None, None]
    return _rows(
        (K, *win.out, C, Fh, Fw),
        np.arange(K * win.out[0] * win.out[1]).reshape(K, *win.out, 1, 1, 1),
        np.where(cells < 0, PADDING, cells + channels),
        np.arange(K * C * Fh * Fw).reshape(K, 1, 1, C, Fh, Fw),
    )


def pooling(x_shape, kernel_size, stride=None, padding=0):
    """The taps of a pooling of x (L,), (H, W) or (C, H, W), int64 (n, 3); the weight of window cell (u, v) is u·Fw + v.

    Errors as in `pooling_window`.

    >>> pooling((4,), 2).tolist()
    [[0, 0, 0], [0, 1, 1], [1, 2, 0], [1, 3, 1]]
    """
    x = sizes(x_shape, "x_shape")
    if not 1 <= len(x) <= 3:
        slip = ": one example of a batch? x[0]" if len(x) == 4 else ""
        raise ValueError(f"x_shape must be (L,), (H, W) or (C, H, W), found {shown(x)}{slip}")
    win = pooling_window(x[-2:], kernel_size, stride, padding)
    C = x[0] if len(x) == 3 else 1
    _refuse_many(C, *win.out, *win.kernel)
    cells = _reads(win)[None]
    channels = win.size[0] * win.size[1] * np.arange(C).reshape(C, 1, 1, 1, 1)
    return _rows(
        (C, *win.out, *win.kernel),
        np.arange(C * win.out[0] * win.out[1]).reshape(C, *win.out, 1, 1),
        np.where(cells < 0, PADDING, cells + channels),
        np.arange(win.kernel[0] * win.kernel[1]).reshape(win.kernel),
    )


def transposed(x_shape, w_shape, stride=1, padding=0, output_padding=0):
    """The taps of a transposed convolution, int64 (n, 3): those of the convolution back, swapped. w has C before K.

    Outputs count as (K, H', W'); each gathers its products in the order of the input cells, channel by channel.
    Products that would land in the cut-off border do not exist. Errors as in `full_shapes` and `transposed_window`.

    >>> transposed((2,), (3,), stride=2).tolist()     # the middle output collects from both inputs
    [[0, 0, 0], [1, 0, 1], [2, 0, 2], [2, 1, 0], [3, 1, 1], [4, 1, 2]]
    """
    (_, H, W), (C, K, Fh, Fw), axes = full_shapes(x_shape, w_shape, transposed=True)
    win = transposed_window((H, W)[2 - axes:], (Fh, Fw)[2 - axes:], stride, padding, output_padding)
    return swapped(convolution((K, *win.size), (C, K, Fh, Fw), win.stride, win.padding))


def _refuse_many(*taps):
    """Raise ValueError for a table of too many rows: before any of it is made."""
    room((*taps, 3), 8, "x_shape: the table", "use a smaller input or kernel")


def _reads(win):
    """The cell of one channel that each output (i, j) reads at tap (u, v): (H', W', Fh, Fw), -1 where it is padding."""
    rows, columns = (
        s * np.arange(out)[:, None] + d * np.arange(f) - before
        for out, f, s, d, (before, _) in zip(win.out, win.kernel, win.stride, win.dilation, win.padding, strict=True)
    )
    rows, columns = rows[:, None, :, None], columns[None, :, None, :]
    inside = (rows >= 0) & (rows < win.size[0]) & (columns >= 0) & (columns < win.size[1])
    return np.where(inside, win.size[1] * rows + columns, PADDING)


def _rows(shape, *columns):
    """Three arrays, spread to `shape`, as the columns of a table."""
    table = np.empty((*shape, 3), np.int64)
    for place, column in enumerate(columns):
        table[..., place] = column
    return table.reshape(-1, 3)
