"""Why the convolutions here are fast: arrays are (N, C, H, W) to everyone, but lie in memory with the batch last.

Seen as (C, H, W, N), the cells under one kernel tap, for all positions and the whole batch, are long contiguous runs:
copying them is as fast as memory allows, and one matrix product then serves the whole batch. NumPy's element-wise
functions keep the layout of their input, so ReLU and pooling need not know about it. Arrays in ordinary order work
too; they cost one transposing copy.

The shape that a line leaves stands at its end: N batch, C channels, H W rows and columns of whatever is laid out, r w
those that windows see, rest whatever else there is.
"""

import numpy as np

from ..arguments import room

_SMALLER = "use less padding, or with \"same\" a smaller dilation or kernel_size"


def batch_last(x, pad=((0, 0), (0, 0)), fill=0):
    """(N, C, H, W) -> contiguous (C, top + H + bottom, left + W + right, N); no copy if it lies so already."""
    N, C, H, W = x.shape
    x = x.transpose(1, 2, 3, 0)   # (C, H, W, N)
    (top, bottom), (left, right) = pad
    if not (top or bottom or left or right):
        return np.ascontiguousarray(x)
    padded = np.empty(padded_shape((C, H, W, N), pad, x), x.dtype)
    padded[:, :top] = padded[:, top + H:] = padded[:, :, :left] = padded[:, :, left + W:] = fill
    padded[:, top:top + H, left:left + W] = x
    return padded


def padded_shape(shape, pad, x):
    """The shape (C, top + H + bottom, left + W + right, N); ValueError where x would become far too large."""
    (C, H, W, N), ((top, bottom), (left, right)) = shape, pad
    made = C, top + H + bottom, left + W + right, N
    if top or bottom or left or right:
        room(made, x.itemsize, "padding: what it makes of the input", _SMALLER, x.nbytes)
    return made


def batch_first(buffer):
    """A (C, H, W, N) buffer as the (N, C, H, W) array that users see: a view, nothing moves."""
    return buffer.transpose(3, 0, 1, 2)   # (N, C, H, W)


def in_phases(x, g):
    """The columns of x (..., W) as a list of pieces that windows jump over one by one.

    One piece, x itself, as a rule. Where windows overlap and jump, S pieces: columns p, p + S, p + 2S, ... Neighbouring
    windows then read neighbouring cells. That costs a copy, but each column is read more than once.
    """
    s = g.stride[1]
    return [x[..., p::s].copy(order="K") for p in range(s)] if g.kernel[1] > s > 1 else [x]


def joined(pieces, like):
    """The reverse of `in_phases`, as an array like `like`."""
    if len(pieces) == 1:
        return pieces[0]
    x = np.empty_like(like, dtype=pieces[0].dtype)
    for p, piece in enumerate(pieces):
        x[..., p::len(pieces)] = piece
    return x


def seen(pieces, g, rows=None):
    """For each tap of the window, in row-major order: what all windows see there, a view (..., rows, columns).

    `pieces` as from `in_phases`; `rows` is a range of output rows `(first, last + 1)`, all of them unless given.
    """
    (first, end), phases = rows or (0, g.out[0]), len(pieces)
    jump = g.stride[1] // phases
    for u in range(g.kernel[0]):
        i = first * g.stride[0] + u * g.dilation[0]
        for v in range(g.kernel[1]):
            j, phase = divmod(v * g.dilation[1], phases)
            columns = slice(j, j + jump * (g.out[1] - 1) + 1, jump)
            yield pieces[phase][..., i:i + g.stride[0] * (end - first - 1) + 1:g.stride[0], columns]


def routed(x, way, out=None):
    """x where `way` holds, 0 elsewhere: as quick as times 0 or 1, which would make NaN of what is infinite.

    So it is taken for integers of the same size: times 1 they keep every bit, times 0 they lose all. `out`, of the
    dtype of x, is where to write it.
    """
    if x.itemsize > 8:   # extended precision: no integer is as long
        out = np.empty_like(x) if out is None else out
        out[...] = np.where(way, x, 0)
        return out
    bits = np.dtype(f"i{x.itemsize}")
    return np.multiply(x.view(bits), way, out=None if out is None else out.view(bits)).view(x.dtype)


def by_channel(x):
    """(N, C, H, W) -> (C, H·W·N), contiguous: NumPy adds up pairwise, so precisely, only what lies side by side."""
    return batch_last(x).reshape(x.shape[1], -1)   # (C, rest)


def total(x, axis, keepdims=False):
    """Sum along an axis or several in float64, as precise in every layout.

    Along what does not lie side by side NumPy adds one number after the other: 65,536 times 0.1 in single precision is
    then off by 6e-4.
    """
    return x.sum(axis=axis, dtype=np.result_type(x.dtype, np.float64), keepdims=keepdims)
