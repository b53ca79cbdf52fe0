"""Why the convolutions here are fast: arrays are (N, C, H, W) to everyone, but lie in memory with the batch last.

Seen as (C, H, W, N), the cells under one kernel tap, for all positions and the whole batch, are long contiguous runs:
copying them is as fast as memory allows, and one matrix product then serves the whole batch. NumPy's element-wise
functions keep the layout of their input, so ReLU and pooling need not know about it. Arrays in ordinary order work
too; they cost one transposing copy.
"""

import numpy as np


def batch_last(x, pad=((0, 0), (0, 0)), fill=0):
    """(N, C, H, W) -> contiguous (C, top + H + bottom, left + W + right, N); no copy if it lies so already."""
    x = x.transpose(1, 2, 3, 0)
    (top, bottom), (left, right) = pad
    if not (top or bottom or left or right):
        return np.ascontiguousarray(x)
    C, H, W, N = x.shape
    padded = np.empty((C, top + H + bottom, left + W + right, N), x.dtype)
    padded[:, :top] = padded[:, top + H:] = padded[:, :, :left] = padded[:, :, left + W:] = fill
    padded[:, top:top + H, left:left + W] = x
    return padded


def batch_first(buffer):
    """A (C, H, W, N) buffer as the (N, C, H, W) array that users see: a view, nothing moves."""
    return buffer.transpose(3, 0, 1, 2)


def tap_slices(kernel, stride, dilation, rows, columns):
    """For every tap (u, v) of a kernel: which rows and columns of the padded input it touches.

    `rows` is a range of output rows `(first, last + 1)`, `columns` the number of output columns.
    """
    first, end = rows
    for u in range(kernel[0]):
        i = first * stride[0] + u * dilation[0]
        for v in range(kernel[1]):
            j = v * dilation[1]
            yield (
                u,
                v,
                slice(i, i + stride[0] * (end - first - 1) + 1, stride[0]),
                slice(j, j + stride[1] * (columns - 1) + 1, stride[1]),
            )
