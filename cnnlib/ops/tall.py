"""Several output rows in one go: a layer of few filters, computed as one of more and taller filters.

A matrix product with few rows leaves most of the processor idle. So let a filter come q times, each copy one row
further down in a taller filter that is zero elsewhere, and let all of them slide q rows at a time: copy i then makes
the output rows i, q + i, 2q + i, ... The same sums come out of a product with q times the rows, from patches that hold
every input cell fewer times: 8 rows of an input for 4 rows of output of a 5x5 filter, where there were 4·5.

(The matrix of the taller filters is a block of the banded Toeplitz matrix that `as_matrix` shows whole.)

The shape that a line leaves stands at its end: N batch, C channels that a filter sees, K filters, Fh Fw kernel, h w
output size.
"""

import numpy as np

from ..arguments import quiet
from .layout import batch_first, batch_last

FILTERS = 32   # as many rows of a product keep it busy
GROWTH = 2   # how much taller than before filters may get: their zeros are multiplied too


def rows(w, g, groups):
    """q, how many output rows to compute in one go; 1 where that would not be worth it."""
    filters = len(w) // groups
    if g.kernel[0] == 1 or g.stride[0] > 1 or g.dilation[0] > 1:   # few cells, or none, that two rows share
        return 1
    most = min(FILTERS // filters, (GROWTH - 1) * g.kernel[0] + 1)
    return max((q for q in range(2, most + 1) if g.out[0] % q == 0), default=1)


@quiet
def harmless(x):
    """Whether zeros may be multiplied with x: zero times an infinity is NaN."""
    return bool(np.isfinite(x.sum()))


def geometry(g, q):
    """The way of the taller filters over the same input."""
    return g._replace(kernel=(g.kernel[0] + q - 1, g.kernel[1]), stride=(q, g.stride[1]), out=(g.out[0] // q, g.out[1]))


def filters(w, q):
    """(K, C, Fh, Fw) -> (K·q, C, Fh + q - 1, Fw): filter k·q + i is filter k, i rows further down."""
    K, C, Fh, Fw = w.shape
    taller = np.zeros((K, q, C, Fh + q - 1, Fw), w.dtype)
    for i in range(q):
        taller[:, i, :, i:i + Fh] = w
    return taller.reshape(K * q, C, -1, Fw)   # (K·q, C, Fh + q - 1, Fw)


def filters_back(dtaller, q):
    """The gradient of `filters`: every weight collects from its q copies."""
    Kq, C, height, Fw = dtaller.shape
    K, Fh = Kq // q, height - q + 1
    dtaller = dtaller.reshape(K, q, C, height, Fw)
    return sum(dtaller[:, i, :, i:i + Fh] for i in range(q))   # (K, C, Fh, Fw)


def output(y, q):
    """(N, K·q, h/q, w) -> (N, K, h, w): the rows of every filter, which its copies made, in their order."""
    N, Kq, steps, w = y.shape
    K, h = Kq // q, steps * q
    buffer = batch_last(y).reshape(K, q, steps, w, N)
    together = buffer.swapaxes(1, 2)   # (K, h/q, q, w, N)
    return batch_first(together.reshape(K, h, w, N))   # (N, K, h, w)


def output_back(y, q):
    """The reverse of `output`."""
    N, K, h, w = y.shape
    buffer = batch_last(y).reshape(K, h // q, q, w, N)
    apart = buffer.swapaxes(1, 2)   # (K, q, h/q, w, N)
    return batch_first(apart.reshape(K * q, h // q, w, N))   # (N, K·q, h/q, w)
