"""Convolution by SciPy: an oracle that shares no line with cnnlib, nor with the loops of oracles.py."""

import cases
import numpy as np
import oracles
import scipy


def spread(kernel, dilation):
    """A dilated kernel: zeros between the taps."""
    wide = np.zeros([d * (f - 1) + 1 for f, d in zip(kernel.shape, dilation, strict=True)])
    wide[tuple(slice(None, None, d) for d in dilation)] = kernel
    return wide


def convolution(x, w, b, stride, padding, dilation):
    """Pad, correlate at stride 1, keep every S-th output; any number of axes."""
    axes = x.ndim - 2
    stride, padding, dilation = ([cases.on_axis(v, a) for a in range(axes)] for v in (stride, padding, dilation))
    geometry = zip(x.shape[2:], w.shape[2:], stride, padding, dilation, strict=True)
    x = np.pad(x, [(0, 0), (0, 0), *(oracles.padding_sides(*numbers) for numbers in geometry)])
    keep = tuple(slice(None, None, s) for s in stride)

    def one(example, filter_):
        pairs = zip(example, filter_, strict=True)
        return sum(scipy.signal.correlate(c, spread(f, dilation), "valid", "direct")[keep] for c, f in pairs)

    return np.array([[one(example, w[k]) + b[k] for k in range(len(w))] for example in x])
