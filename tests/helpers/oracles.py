"""The slow, obvious versions: every operation as the loops of its definition.

The tests hold cnnlib to these, and the lessons show the same loops. Nothing here is imported from cnnlib, nothing is
clever: a window is a list of cells, a sum is a `+=`.
"""

import itertools
import math

import numpy as np

# Where the window goes. ------------------------------------------------------------------------------------------

def window_starts(cells, kernel_size, stride=1, dilation=1):
    """Slide the window for as long as its last tap still falls on a cell; the first cell of every stop."""
    starts, start = [], 0
    while start + dilation * (kernel_size - 1) < cells:
        starts.append(start)
        start += stride
    return starts


def padding_sides(n, kernel_size, stride=1, padding=0, dilation=1):
    """Cells of padding (before, after). "same": the fewest for ceil(n / stride) outputs, an odd one at the end."""
    if padding == "valid":
        return 0, 0
    if padding != "same":
        return padding, padding
    before = after = 0
    while len(window_starts(before + n + after, kernel_size, stride, dilation)) < math.ceil(n / stride):
        if after > before:
            before += 1
        else:
            after += 1
    return before, after


def output_size(n, kernel_size, stride=1, padding=0, dilation=1):
    """Slide the window and count."""
    before, after = padding_sides(n, kernel_size, stride, padding, dilation)
    return len(window_starts(before + n + after, kernel_size, stride, dilation))


def both(value):
    """An int or a word for both axes, or a pair, as a pair."""
    return value if isinstance(value, tuple) else (value, value)


def padded_and_starts(x, kernel_size, stride=1, padding=0, dilation=1, fill=0.0):
    """Frame the last two axes of x with `fill`: the framed array, where windows start vertically and horizontally."""
    sides, starts = [], []
    geometry = zip(x.shape[-2:], *map(both, (kernel_size, stride, padding, dilation)), strict=True)
    for n, f, s, p, d in geometry:
        before, after = padding_sides(n, f, s, p, d)
        sides.append((before, after))
        starts.append(window_starts(before + n + after, f, s, d))
    framed = np.pad(np.asarray(x, float), [(0, 0)] * (x.ndim - 2) + sides, constant_values=fill)
    return framed, sides, *starts


def without_frame(x, sides):
    """Undo the frame."""
    (top, bottom), (left, right) = sides
    return x[..., top:x.shape[-2] - bottom, left:x.shape[-1] - right]


# Convolution. ----------------------------------------------------------------------------------------------------

def correlate1d(x, w, stride=1, padding=0, dilation=1):
    """x (L,), w (F,): slide, multiply, add."""
    before, after = padding_sides(len(x), len(w), stride, padding, dilation)
    x = np.pad(np.asarray(x, float), (before, after))
    y = []
    for start in window_starts(len(x), len(w), stride, dilation):
        total = 0.0
        for u in range(len(w)):
            total += w[u] * x[start + u * dilation]
        y.append(total)
    return np.array(y)


def correlate2d(image, kernel, stride=1, padding=0, dilation=1):
    """image (H, W), kernel (Fh, Fw): the same in two directions."""
    image, _, tops, lefts = padded_and_starts(image, kernel.shape, stride, padding, dilation)
    (Fh, Fw), (Dh, Dw) = kernel.shape, both(dilation)
    y = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            for u in range(Fh):
                for v in range(Fw):
                    y[i, j] += kernel[u, v] * image[top + u * Dh, left + v * Dw]
    return y


def conv1d(x, w, b=None, stride=1, padding=0, dilation=1):
    """x (N, C, L), w (K, C, F): every filter over every example, summed over the channels."""
    y = []
    for example in x:
        maps = []
        for k, filter_ in enumerate(w):
            total = 0.0 if b is None else b[k]
            for channel, weights in zip(example, filter_, strict=True):
                total = total + correlate1d(channel, weights, stride, padding, dilation)
            maps.append(total)
        y.append(maps)
    return np.array(y)


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    """x (N, C, H, W), w (K, C, Fh, Fw): the seven loops."""
    x, _, tops, lefts = padded_and_starts(x, w.shape[2:], stride, padding, dilation)
    (N, C), (K, _, Fh, Fw), (Dh, Dw) = x.shape[:2], w.shape, both(dilation)
    y = np.zeros((N, K, len(tops), len(lefts)))
    for n in range(N):
        for k in range(K):
            for i, top in enumerate(tops):
                for j, left in enumerate(lefts):
                    y[n, k, i, j] = 0 if b is None else b[k]
                    for c in range(C):
                        for u in range(Fh):
                            for v in range(Fw):
                                y[n, k, i, j] += w[k, c, u, v] * x[n, c, top + u * Dh, left + v * Dw]
    return y


def conv2d_backward(dy, x, w, stride=1, padding=0, dilation=1):
    """The same seven loops: each product w·x went into one y, so that dy flows back to its w and to its x."""
    x, sides, tops, lefts = padded_and_starts(x, w.shape[2:], stride, padding, dilation)
    (N, C), (K, _, Fh, Fw), (Dh, Dw) = x.shape[:2], w.shape, both(dilation)
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(K)
    for n in range(N):
        for k in range(K):
            for i, top in enumerate(tops):
                for j, left in enumerate(lefts):
                    db[k] += dy[n, k, i, j]
                    for c in range(C):
                        for u in range(Fh):
                            for v in range(Fw):
                                row, column = top + u * Dh, left + v * Dw
                                dx[n, c, row, column] += dy[n, k, i, j] * w[k, c, u, v]
                                dw[k, c, u, v] += dy[n, k, i, j] * x[n, c, row, column]
    return without_frame(dx, sides), dw, db


def by_group(array, axis, groups):
    """The groups of channels or filters, one after the other."""
    size = array.shape[axis] // groups
    for g in range(groups):
        yield array[(slice(None),) * axis + (slice(g * size, (g + 1) * size),)]


def grouped(conv, x, w, b=None, groups=1, **geometry):
    """Every group a convolution of its own (`conv`) on its own channels; the maps of all groups, one after another."""
    biases = [None] * groups if b is None else by_group(b, 0, groups)
    maps = [conv(*own, **geometry) for own in zip(by_group(x, 1, groups), by_group(w, 0, groups), biases, strict=True)]
    return np.concatenate(maps, axis=1)


def grouped_backward(conv_backward, dy, x, w, groups=1, **geometry):
    """The gradients of every group by itself, put together."""
    parts = zip(by_group(dy, 1, groups), by_group(x, 1, groups), by_group(w, 0, groups), strict=True)
    dx, dw, db = zip(*(conv_backward(*own, **geometry) for own in parts), strict=True)
    return np.concatenate(dx, axis=1), np.concatenate(dw), np.concatenate(db)


def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0):
    """x (N, C, H, W), w (C, K, Fh, Fw): every input cell stamps the kernel onto the output, then the edges are cut."""
    (N, C, H, W), (_, K, Fh, Fw) = x.shape, w.shape
    (Sh, Sw), (Ph, Pw), (Eh, Ew) = both(stride), both(padding), both(output_padding)
    y = np.zeros((N, K, (H - 1) * Sh + Fh + Eh, (W - 1) * Sw + Fw + Ew))
    for n in range(N):
        for c in range(C):
            for i in range(H):
                for j in range(W):
                    for k in range(K):
                        for u in range(Fh):
                            for v in range(Fw):
                                y[n, k, i * Sh + u, j * Sw + v] += x[n, c, i, j] * w[c, k, u, v]
    for k in range(K):
        y[:, k] += 0 if b is None else b[k]
    return without_frame(y, ((Ph, Ph), (Pw, Pw)))


def conv_transpose2d_backward(dy, x, w, stride=1, padding=0, output_padding=0):
    """The same loops: each product x·w went into one y, so that dy flows back to its x and to its w."""
    (Sh, Sw), (Ph, Pw) = both(stride), both(padding)
    dy = np.pad(dy, ((0, 0), (0, 0), (Ph, Ph), (Pw, Pw)))   # what was cut off had no influence
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for n, c, i, j in np.ndindex(*x.shape):
        for k, u, v in np.ndindex(*w.shape[1:]):
            dx[n, c, i, j] += dy[n, k, i * Sh + u, j * Sw + v] * w[c, k, u, v]
            dw[c, k, u, v] += dy[n, k, i * Sh + u, j * Sw + v] * x[n, c, i, j]
    return dx, dw, dy.sum(axis=(0, 2, 3))


def as_matrix(kernel, shape, stride=1, padding=0, dilation=1):
    """Row by row: where the window of this output lies, its taps; taps on padding have no column."""
    kernel = np.asarray(kernel, float)
    sizes = zip(shape, kernel.shape, *(v if isinstance(v, tuple) else (v,) * len(shape)
                                       for v in (stride, padding, dilation)), strict=True)
    ways = []
    for n, f, s, p, d in sizes:
        before, after = padding_sides(n, f, s, p, d)
        starts = window_starts(before + n + after, f, s, d)
        ways.append([[start + u * d - before for u in range(f)] for start in starts])
    rows = []
    for window in itertools.product(*ways):   # the cells that the window covers, axis by axis
        row = np.zeros(shape)
        for tap in np.ndindex(*kernel.shape):
            cell = tuple(cells[u] for cells, u in zip(window, tap, strict=True))
            if all(0 <= i < n for i, n in zip(cell, shape, strict=True)):
                row[cell] += kernel[tap]
        rows.append(row.ravel())
    return np.array(rows)


# Normalisation. --------------------------------------------------------------------------------------------------

def channel_moments(x):
    """The mean and the variance of every channel, in Python's exact sums."""
    means, variances = [], []
    for c in range(x.shape[1]):
        values = [float(v) for v in x[:, c].ravel()]
        mean = math.fsum(values) / len(values)
        means.append(mean)
        variances.append(math.fsum((v - mean) ** 2 for v in values) / len(values))
    return np.array(means), np.array(variances)


def batch_norm2d(x, gamma, beta, mean=None, var=None, eps=1e-5):
    """Cell by cell, with the moments of its channel or with given ones."""
    if mean is None:
        mean, var = channel_moments(x)
    y = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*x.shape):
        y[n, c, i, j] = gamma[c] * (float(x[n, c, i, j]) - mean[c]) / math.sqrt(var[c] + eps) + beta[c]
    return y


# Pooling. --------------------------------------------------------------------------------------------------------

def windows(x, kernel_size, stride=None, padding=0, fill=0.0):
    """Every window of pooling: (n, c, i, j), where in the framed x it is, and what it holds."""
    (Fh, Fw), stride = both(kernel_size), kernel_size if stride is None else stride
    x, _, tops, lefts = padded_and_starts(x, kernel_size, stride, padding, fill=fill)
    for n in range(x.shape[0]):
        for c in range(x.shape[1]):
            for i, top in enumerate(tops):
                for j, left in enumerate(lefts):
                    where = (n, c, slice(top, top + Fh), slice(left, left + Fw))
                    yield (n, c, i, j), where, x[where]


def pooled(cells):
    """The values found at (n, c, i, j), as an array."""
    shape = [last + 1 for last in max(cells)]
    return np.array([cells[index] for index in np.ndindex(*shape)]).reshape(shape)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    """The largest cell of every window; padding is -inf, smaller than anything."""
    return pooled({out: max(window.flat) for out, _, window in windows(x, kernel_size, stride, padding, -np.inf)})


def max_pool2d_backward(dy, x, kernel_size, stride=None, padding=0):
    """dy goes to the largest cell of the window, of equal ones to the first in reading order."""
    dx, sides, *_ = padded_and_starts(np.zeros(x.shape), kernel_size, stride or kernel_size, padding)
    for out, where, window in windows(x, kernel_size, stride, padding, -np.inf):
        values = list(window.flat)
        dx[where].flat[values.index(max(values))] += dy[out]
    return without_frame(dx, sides)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """The mean of every window: padding counts as zeros, or not at all."""
    real = windows(np.ones(x.shape), kernel_size, stride, padding)
    means = {}
    for (out, _, window), (_, _, inside) in zip(windows(x, kernel_size, stride, padding), real, strict=True):
        means[out] = sum(window.flat) / (window.size if count_include_pad else sum(inside.flat))
    return pooled(means)


def avg_pool2d_backward(dy, x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """dy is shared out among the cells its window counted."""
    dx, sides, *_ = padded_and_starts(np.zeros(x.shape), kernel_size, stride or kernel_size, padding)
    for out, where, inside in windows(np.ones(x.shape), kernel_size, stride, padding):
        dx[where] += dy[out] / (inside.size if count_include_pad else sum(inside.flat))
    return without_frame(dx, sides)


# By experiment. --------------------------------------------------------------------------------------------------

def cells_seen(layers, n):
    """Poke every input cell of a stack of 1-D layers; the cells that each unit of the last layer answers to.

    Filters of ones never cancel, so a unit changes exactly when the cell is in its receptive field.
    """
    def stack(x):
        for kernel_size, stride, padding, dilation in layers:
            x = correlate1d(x, np.ones(kernel_size), stride, padding, dilation)
        return x

    still = stack(np.zeros(n))
    seen = [[] for _ in still]
    for cell in range(n):
        poked = np.zeros(n)
        poked[cell] = 1
        for unit in np.flatnonzero(stack(poked) != still):
            seen[unit].append(cell)
    return seen


def numerical_gradient(f, x, step=1e-5):
    """The slope of the scalar f(x) in every entry of x, by central differences: (f(x + h) - f(x - h)) / 2h."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[index] += step
        down[index] -= step
        gradient[index] = (f(up) - f(down)) / (2 * step)
    return gradient
