"""Convolution, forward and backward, in two dimensions (conv1d.py: one; plain.py: one filter on one image).

What every CNN library calls convolution is cross-correlation: the kernel is not flipped.

    y[n, k, i, j] = b[k] + sum over c, u, v of  w[k, c, u, v] · x[n, c, i·S + u·D - P, j·S + v·D - P]

    forward           reading the taps by output cell gives y = w @ patches,
    weight_gradient   by weight: dw = dy @ patchesᵀ,
    input_gradient    by input cell: wᵀ @ dy, added back to where the patches came from; or, where that is less work,
                      the convolution of dy with the filters turned by half a turn.

How it is computed: for each kernel tap (u, v), copy the input cells it touches into one row of a matrix of *patches*;
then all sums at once are the matrix product `w @ patches`. Backward, the same patches give dw, and the transposed
product scatters dy back to dx. Patches are built for a block of output rows at a time, so they stay small. A layer of
few filters first becomes one of more and taller ones (tall.py), which changes nothing of this.

Source: the lowering of Chellapilla, Puri & Simard (2006), "High performance convolutional neural networks for document
processing", with the batch last in memory (see layout.py).

The shape that a line leaves stands at its end: N batch, C channels, H W image (Hp Wp padded), K filters, G groups,
Fh Fw kernel, h w output size, r output rows of a block, Gp groups and Cp channels of each in one part of the work, q
as in tall.py, rest whatever else there is.
"""

from functools import reduce
from operator import iadd

import numpy as np

from ..arguments import quiet
from . import check, parallel, tall
from .layout import batch_first, batch_last, in_phases, joined, padded_shape, seen
from .window import geometry

BLOCK_BYTES = 8 << 20   # of patches built at a time by one thread; what fits is not worth a second thread
SHORT_SUMS = 512   # output cells: gradients of weights that few cells have seen are quicker made as they will lie


def _patches(pieces, g, rows, groups):
    """The windows of these output rows, one a column."""
    (N, C, *_), taps, (first, end) = pieces[0].shape, g.kernel[0] * g.kernel[1], rows
    patches = np.empty((C, taps, end - first, g.out[1], N), pieces[0].dtype)   # (C, Fh·Fw, r, w, N)
    for tap, view in enumerate(seen(pieces, g, rows)):   # tap, (N, C, r, w)
        patches[:, tap] = view.transpose(1, 2, 3, 0)   # (C, r, w, N)
    return patches.reshape(groups, C // groups * taps, -1)   # (G, C/G·Fh·Fw, r·w·N)


def _blocks(N, C, g, itemsize):
    """The output rows as blocks whose patches stay near BLOCK_BYTES.

    A block is a range of output rows, and its slice of the flat output cells.
    """
    cells = g.out[1] * N
    step = max(1, BLOCK_BYTES // (C * g.kernel[0] * g.kernel[1] * cells * itemsize))
    for first in range(0, g.out[0], step):
        end = min(first + step, g.out[0])
        yield (first, end), slice(first * cells, end * cells)


def _by_group(array, groups):
    """(K, ...) -> (G, K/G, the rest flat): each group of filters sees its own channels only."""
    return array.reshape(groups, len(array) // groups, -1)   # (G, K/G, rest)


def _grouped(x, groups):
    """(N, C, H, W) -> (N, G, C/G, H, W), a view of the same cells."""
    N, C, H, W = x.shape
    return x.reshape(N, groups, C // groups, H, W)


def read(x, g):
    """x as windows read it: padded, the batch last in memory, and its columns in phases of the stride."""
    padded = batch_first(batch_last(x, g.pad))   # (N, C, Hp, Wp)
    return in_phases(padded, g)


def forward(x, w, b, g):
    """The convolution itself on checked arrays; also returns what `weight_gradient` can use again."""
    groups = x.shape[1] // w.shape[1]
    if (q := tall.rows(w, g, groups)) > 1 and tall.harmless(x):
        y, cache = forward(x, tall.filters(w, q), None if b is None else np.repeat(b, q), tall.geometry(g, q))
        return tall.output(y, q), cache   # (N, K, h, w), cache
    pieces = read(x, g)
    y = np.empty((len(w), *g.out, len(x)), x.dtype)   # (K, h, w, N)
    flat, weights = _by_group(y, groups), _by_group(w, groups)   # (G, K/G, h·w·N), (G, K/G, C/G·Fh·Fw)
    blocks = list(_blocks(*x.shape[:2], g, x.itemsize))

    def fill(block):
        rows, cells = block
        patches, here = _patches(pieces, g, rows, groups), flat[:, :, cells]   # (G, C/G·Fh·Fw, r·w·N), (G, K/G, r·w·N)
        np.matmul(weights, patches, out=here)   # (G, K/G, C/G·Fh·Fw) @ (G, C/G·Fh·Fw, r·w·N)
        if b is not None:
            here += b.reshape(groups, -1, 1)   # (G, K/G, 1)
        return patches if len(blocks) == 1 and q == 1 else None   # for dw, unless too big to keep or of another kind

    return batch_first(y), (pieces, parallel.run(fill, blocks)[0])   # (N, K, h, w), cache


def weight_gradient(dy, cache, w, g):
    """dw: every weight collects dy times what it was multiplied with."""
    (pieces, kept), (N, C) = cache, cache[0][0].shape[:2]
    groups = C // w.shape[1]
    if (q := tall.rows(w, g, groups)) > 1:
        dtaller = weight_gradient(tall.output_back(dy, q), cache, tall.filters(w, q), tall.geometry(g, q))
        return tall.filters_back(dtaller, q)   # (K, C/G, Fh, Fw)
    flat = _by_group(batch_last(dy), groups)   # (G, K/G, h·w·N)

    def share(block):
        rows, cells = block
        patches = _patches(pieces, g, rows, groups) if kept is None else kept
        return _times_transposed(flat[:, :, cells], patches)   # (G, K/G, C/G·Fh·Fw)

    def collect(blocks):
        return reduce(iadd, map(share, blocks))   # (G, K/G, C/G·Fh·Fw)

    blocks = list(_blocks(N, C, g, dy.itemsize))
    parts = [blocks[part] for part in parallel.cut(len(blocks))]
    dw = reduce(iadd, parallel.run(collect, parts))   # (G, K/G, C/G·Fh·Fw)
    return np.ascontiguousarray(dw).reshape(w.shape)   # (K, C/G, Fh, Fw)


def _times_transposed(dy, patches):
    """dy @ patchesᵀ, or (patches @ dyᵀ)ᵀ: two thirds of the time where sums are long enough to pay for turning back."""
    if dy.shape[2] <= SHORT_SUMS:
        return dy @ patches.transpose(0, 2, 1)   # (G, K/G, r·w·N) @ (G, r·w·N, C/G·Fh·Fw)
    turned = patches @ dy.transpose(0, 2, 1)   # (G, C/G·Fh·Fw, r·w·N) @ (G, r·w·N, K/G)
    return turned.transpose(0, 2, 1)   # (G, K/G, C/G·Fh·Fw)


def input_gradient(dy, w, g, shape):
    """dx of `shape` (N, C, H, W): each tap hands its share of dy back to the cells that it read."""
    (N, C, H, W), ((top, _), (left, _)), groups = shape, g.pad, shape[1] // w.shape[1]
    taps, depth = g.kernel[0] * g.kernel[1], C // groups
    if back := _way_back(g, len(w), shape, w):
        return forward(dy, _turned(w, groups), None, back)[0]   # (N, C, H, W)
    if (q := tall.rows(w, g, groups)) > 1 and tall.harmless(dy):
        return input_gradient(tall.output_back(dy, q), tall.filters(w, q), tall.geometry(g, q), shape)
    dpadded = batch_first(np.zeros(padded_shape((C, H, W, N), g.pad, dy), dy.dtype))   # (N, C, Hp, Wp)
    flat, blocks = _by_group(batch_last(dy), groups), list(_blocks(N, C, g, dy.itemsize))   # (G, K/G, h·w·N), blocks
    weights = w.reshape(groups, -1, depth, taps).swapaxes(1, 2)   # (G, C/G, K/G, Fh·Fw)
    dpieces = in_phases(dpadded, g)

    def scatter(part):
        some_groups, some_channels = part   # Gp and Cp of them
        Gp, Cp, filters, _ = weights[part].shape
        turned = weights[part].swapaxes(1, 2).reshape(Gp, filters, -1).transpose(0, 2, 1)   # (Gp, Cp·Fh·Fw, K/G)
        targets = [_grouped(piece, groups)[:, some_groups, some_channels] for piece in dpieces]
        for rows, cells in blocks:
            # The product turns the weights itself: a copy of those of a wide layer would take longer than all the rest.
            dpatches = turned @ flat[some_groups, :, cells]   # (Gp, Cp·Fh·Fw, K/G) @ (Gp, K/G, r·w·N)
            dpatches = dpatches.reshape(Gp, Cp, taps, -1, g.out[1], N)   # (Gp, Cp, Fh·Fw, r, w, N)
            for tap, view in enumerate(seen(targets, g, rows)):   # tap, (N, Gp, Cp, r, w)
                view += dpatches[:, :, tap].transpose(4, 0, 1, 2, 3)   # (N, Gp, Cp, r, w)

    # Cut by channel, or by group where a group has few, so that no two parts add to the same cell.
    parts = parallel.cut(max(groups, depth)) if len(blocks) > 1 else [np.s_[:]]
    parallel.run(scatter, [(part, np.s_[:]) if groups > depth else (np.s_[:], part) for part in parts])
    return joined(dpieces, dpadded)[:, :, top:top + H, left:left + W]   # (N, C, H, W)


def _way_back(g, K, shape, w):
    """The way of a filter over dy that reads what the scattering would write; None where that costs more.

    With stride 1, dx is a convolution, too: of dy with the turned filters. Its windows are those of all cells of dx, of
    K maps, where scattering writes those of all cells of dy, of C. Its zeros of padding meet every weight.
    """
    _, C, H, W = shape
    reach = [d * (f - 1) for f, d in zip(g.kernel, g.dilation, strict=True)]
    pad = tuple((far - before, far - after) for far, (before, after) in zip(reach, g.pad, strict=True))
    if g.stride != (1, 1) or min(map(min, pad)) < 0 or C * g.out[0] * g.out[1] < K * H * W or not tall.harmless(w):
        return None
    return g._replace(pad=pad, out=(H, W))


def _turned(w, groups):
    """(K, C/G, Fh, Fw) -> (C, K/G, Fh, Fw), each filter turned by half a turn."""
    K, depth, Fh, Fw = w.shape
    turned = w.reshape(groups, K // groups, depth, Fh, Fw)[..., ::-1, ::-1].swapaxes(1, 2)   # (G, C/G, K/G, Fh, Fw)
    return turned.reshape(groups * depth, K // groups, Fh, Fw)   # (C, K/G, Fh, Fw)


def bias_gradient(dy):
    """db: every bias collects dy itself, over the batch and all cells."""
    flat = batch_last(dy).reshape(dy.shape[1], -1)   # (K, h·w·N)
    return flat.sum(axis=1)   # (K,)


def checked(x, w, b, axes, w_axes, groups=1):
    """Arguments of a convolution as arrays of one dtype, that of x (half is computed in single), and the dtype of x."""
    x = check.floats(x, "x", axes, nan=False)
    w = check.floats(w, "w", w_axes)
    check.channels(x, w, w_axes, groups)
    return check.one_dtype(x, w, b, len(w), "one bias per filter of w")


@quiet
def conv2d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolve a batch of images with a bank of filters.

    x (N, C, H, W), w (K, C/groups, Fh, Fw), b (K,) or None -> y (N, K, H', W') with H' = `output_size(H, Fh, ...)`; the
    dtype is that of x (integers are computed as float64). `stride`, `padding` and `dilation` are an int or a pair
    (h, w); `padding` counts cells *per side*, or is "same" or "valid". With `groups`, channels and filters fall into
    that many groups and each filter sees only the channels of its group; groups = C is a depthwise convolution.

    Raises ValueError for shapes that do not fit together, groups that do not divide C and K, a kernel larger than the
    padded input, an empty batch, NaN in x; TypeError for arrays that are not real numbers.

    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> conv2d(x, np.ones((1, 1, 3, 3)))[0, 0]
    array([[45., 54.],
           [81., 90.]])
    """
    x, w, b, dtype = checked(x, w, b, "N, C, H, W", "K, C, Fh, Fw", groups)
    y, _ = forward(x, w, b, geometry(x.shape[2:], w.shape[2:], stride, padding, dilation, name="w"))
    return y.astype(dtype, copy=False)


@quiet
def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    """Gradients of `conv2d`: dy (N, K, H', W') -> dx like x, dw like w, db (K,).

    Other arguments, and errors, as in `conv2d`; dy must have the shape of its output.

    >>> x, w = np.ones((1, 1, 3, 3)), np.full((1, 1, 2, 2), 2.0)
    >>> dx, dw, db = conv2d_backward(np.ones((1, 1, 2, 2)), x, w)
    >>> dx[0, 0, 1, 1], dw[0, 0, 0, 0], db[0]      # the centre pixel is read four times
    (np.float64(8.0), np.float64(4.0), np.float64(4.0))
    """
    x, w, _, dtype = checked(x, w, None, "N, C, H, W", "K, C, Fh, Fw", groups)
    g = geometry(x.shape[2:], w.shape[2:], stride, padding, dilation, name="w")
    dy = check.floats(dy, "dy")
    check.same_shape(dy, "dy", (len(x), len(w), *g.out), "the shape of conv2d's output")
    return tuple(gradient.astype(dtype, copy=False) for gradient in gradients(dy.astype(x.dtype, copy=False), x, w, g))


def gradients(dy, x, w, g):
    """dx, dw and db on checked arrays, without the help of a forward pass."""
    return input_gradient(dy, w, g, x.shape), weight_gradient(dy, (read(x, g), None), w, g), bias_gradient(dy)
