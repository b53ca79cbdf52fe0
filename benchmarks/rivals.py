"""The other ways to compute a convolution in NumPy and SciPy, as people write them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal


def loops(x, w):
    """Four nested loops, one dot product a window: the definition."""
    N, _, H, W = x.shape
    K, _, Fh, Fw = w.shape
    y = np.empty((N, K, H - Fh + 1, W - Fw + 1), x.dtype)
    for n in range(N):
        for k in range(K):
            for i in range(y.shape[2]):
                for j in range(y.shape[3]):
                    y[n, k, i, j] = (x[n, :, i:i + Fh, j:j + Fw] * w[k]).sum()
    return y


def windows_tensordot(x, w, stride=1):
    """All windows as a view, summed up by tensordot."""
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.tensordot(windows, w, axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)


def windows_einsum(x, w, stride=1):
    """All windows as a view, summed up by einsum (which may choose a matrix product)."""
    windows = sliding_window_view(x, w.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijuv,kcuv->nkij", windows, w, optimize=True)


def im2col(x, w, stride=1):
    """The usual course code: patches in (N, ...) order, one matrix product, a transpose."""
    N, C, H, W = x.shape
    K, _, Fh, Fw = w.shape
    oh, ow = (H - Fh) // stride + 1, (W - Fw) // stride + 1
    columns = np.empty((N, C, Fh, Fw, oh, ow), x.dtype)
    for u in range(Fh):
        for v in range(Fw):
            columns[:, :, u, v] = x[:, :, u:u + stride * oh:stride, v:v + stride * ow:stride]
    columns = columns.transpose(0, 4, 5, 1, 2, 3).reshape(N * oh * ow, -1)
    return (columns @ w.reshape(K, -1).T).reshape(N, oh, ow, K).transpose(0, 3, 1, 2)


def scipy_correlate(x, w):
    """scipy.signal.correlate, one image, channel and filter at a time."""
    def one(image, kernel):
        return sum(signal.correlate(c, f, mode="valid") for c, f in zip(image, kernel, strict=True))

    return np.stack([np.stack([one(image, kernel) for kernel in w]) for image in x])
