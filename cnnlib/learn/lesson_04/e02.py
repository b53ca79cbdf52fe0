"""Several filters on several channels, with a bias, by loops."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e02_loops import LOOPS
from .e02_slips import WRONG, bias_last, by_channel, sliced


def solution(x, w, b):
    C, H, W = x.shape
    K, C, F, F = w.shape
    y = np.zeros((K, H - F + 1, W - F + 1))
    for k in range(K):                                  # every filter makes one map
        for i in range(H - F + 1):
            for j in range(W - F + 1):                  # every place of the window
                total = b[k]                            # its bias, once
                for c in range(C):                      # all channels into the same sum
                    for u in range(F):
                        for v in range(F):
                            total += x[c, i + u, j + v] * w[k, c, u, v]
                y[k, i, j] = total
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def by_dot_product(x, w, b):
    F = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F), axis=(1, 2))      # (C, H', W', F, F)
    return np.einsum("cijuv,kcuv->kij", windows, w) + b[:, None, None]


def by_weight(x, w, b):
    K, _, F, _ = w.shape
    rows, columns = x.shape[1] - F + 1, x.shape[2] - F + 1
    y = np.zeros((K, rows, columns)) + b.reshape(K, 1, 1)
    for u in range(F):
        for v in range(F):
            y += np.tensordot(w[:, :, u, v], x[:, u:u + rows, v:v + columns], axes=1)
    return y


def recursive(x, w, b):
    if len(w) == 0:
        return []
    return [by_channel(x, w[:1], b[:1])[0].tolist(), *recursive(x, w[1:], b[1:])]


def single_precision(x, w, b):
    return solution(x, w, b).astype(np.float32)


def draw(rng):
    F, C, K = rng.integers(1, 4), rng.integers(1, 4), rng.integers(1, 4)
    x = rng.integers(-4, 5, (C, F + rng.integers(1, 4), F + rng.integers(1, 4)))
    return x, rng.integers(-3, 4, (K, C, F, F)), rng.integers(-9, 10, K) + 0.5 * rng.integers(0, 2, K)


EXERCISE = Exercise(
    id="04.2",
    title="Several filters, several channels",
    statement="""Write `conv(x, w, b)`: slide every filter over the image, one cell at a time, without padding.

$$y[k, i, j] = b[k] + \\sum_{c} \\sum_{u} \\sum_{v} x[c, i + u, j + v] \\cdot w[k, c, u, v]$$

The filters are square; the image does not have to be. Do not use `cnn.conv2d` or `cnn.correlate2d`. Start from the
loops above:
they are for one filter.""",
    signature="conv(x, w, b): (C, H, W), (K, C, F, F), (K,) -> (K, H - F + 1, W - F + 1)",
    difficulty=3,
    minutes=8,
    hints=(
        "What must be done once for every filter? And which of the loops above runs again for each?",
        "Three loops outside: filters $k$, places $i$ and $j$. Three inside: channels $c$, and $u$ and $v$ in the "
        "window. Between them the sum starts again, from the bias.",
        "`total = b[k]` inside the loop over $j$; innermost, `total += x[c, i + u, j + v] * w[k, c, u, "
        "v]`; then, after the three inner loops, `y[k, i, j] = total`.",
    ),
    solution=solution,
    errors="""- *Too many maps*: $c$ belongs to the inner loops. Each filter makes one map, however many channels go in.
- *Off by a multiple of the bias*: `b[k]` was added inside a loop over channels or weights.
- *Rows and columns mixed up*: $H$ and $W$ differ in some of the images.
- *Decimals are lost*: `np.zeros(..., int)` and `np.zeros_like(x)` keep whole numbers only.""",
    praise="Every filter reads all channels and makes one map.",
    insight="The six loops are the whole layer: `cnn.conv2d` does the same, only faster.",
    cases=[
        ([[[1, 2, 0], [0, 1, 3], [2, 0, 1]], [[0, 1, 1], [2, 0, 1], [1, 3, 0]]],
         [[[[1, 0], [0, 2]], [[0, 1], [-1, 0]]]], [5]),
        ([[[3, 1, 2]], [[0, 4, 1]], [[2, 2, 5]]],
         [[[[1]], [[2]], [[0]]], [[[0]], [[1]], [[-1]]]], [0.5, -1]),
        ([[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1]]],
         [[[[1, 2], [0, -1]]], [[[0, 1], [1, 0]]], [[[2, 0], [1, 3]]]], [1, -2, 10]),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[[[-2]]]], [10]), ([[[-2, -2]]], [[[[-2]]], [[[-2]]]], [4, 4]),
        ([[[2, -1], [0, 3]]], [[[[1, 2], [3, 4]]], [[[2, 2], [2, 2]]]], [0, 0]),
        ([[[0.5, 2, 0.0625]], [[1, 0.25, 3]]], [[[[1]], [[0.0625]]]], [0.0625]),
        ([[[300], [-200]], [[-250], [150]]], [[[[300]], [[-150]]], [[[-200]], [[50]]]], [400, -300]),
        ([[[1, 0]], [[0, 1]], [[2, 1]], [[1, 3]]], [[[[1]], [[2]], [[1]], [[3]]]] * 3 + [[[[0]], [[1]], [[4]], [[-1]]]],
         [0, 1, 2, 3]),
        ([[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 5], [2, 4, 3, 1]]],
         [[[[1, 2, 0, 3], [0, 1, -1, 1], [2, 0, 1, 2], [1, 3, 2, -2]]]], [1]),
        ([[[0.5, 2]], [[1, 0.25]]], [[[[0.75]], [[1]]]], [3]), ([[[1, 3]]], [[[[2]]]], [0.5]),
    ],
    player=lambda x, w, b: cnn.viz.slide(x, w, b),
    right=[sliced, by_channel, bias_last, by_dot_product, by_weight, recursive, single_precision],
    wrong=WRONG + LOOPS,
)
