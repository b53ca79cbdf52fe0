"""A 1 × 1 convolution as a product of two matrices."""

import numpy as np

import cnnlib as cnn

from ...ops import conv2d
from ..exercise import Exercise
from .e04_loops import LOOPS
from .e04_slips import WRONG, bias_first, channels_last_and_back, products_added, row_for_each_pixel


def solution(x, w, b):
    C, H, W = x.shape
    K = len(w)
    table = w.reshape(K, C)                    # one row for each filter
    pixels = x.reshape(C, H * W)               # one column for each pixel
    y = table @ pixels                         # (K, C) @ (C, H * W) -> (K, H * W)
    return y.reshape(K, H, W) + b[:, None, None]


# --- other right ways -------------------------------------------------------------------------------------------------

def by_pixel(x, w, b):
    _, H, W = x.shape
    y = np.zeros((len(w), H, W))
    for i in range(H):
        for j in range(W):
            y[:, i, j] = w[:, :, 0, 0] @ x[:, i, j] + b
    return y


def by_einsum(x, w, b):
    return np.einsum("kcuv,cij->kij", w, x) + b.reshape(-1, 1, 1)


def as_convolution(x, w, b):
    return conv2d(x[None], w, b)[0]


def by_loops(x, w, b):
    return [[[sum(w[k, c, 0, 0] * x[c, i, j] for c in range(len(x))) + b[k] for j in range(x.shape[2])]
             for i in range(x.shape[1])] for k in range(len(w))]


def channel_by_channel(x, w, b):
    return [sum(w[k, c, 0, 0] * x[c] for c in range(len(x))) + b[k] for k in range(len(w))]


def single_precision(x, w, b):
    return solution(x, w, b).astype(np.float32)


def draw(rng):
    C, K, H, W = rng.integers(1, 5), rng.integers(1, 5), rng.integers(2, 5), rng.integers(2, 5)
    return rng.integers(0, 10, (C, H, W)), rng.integers(-3, 4, (K, C, 1, 1)), rng.integers(-5, 6, K) + 0.5


EXERCISE = Exercise(
    id="04.4",
    title="A 1 × 1 convolution is a matrix product",
    statement="""Write `mix(x, w, b)`: a 1 × 1 convolution with `K` filters, each with one weight for each channel.

$$y[k, i, j] = b[k] + \\sum_{c} w[k, c, 0, 0] \\cdot x[c, i, j]$$

Do it without a loop over pixels and without `cnn.conv2d`: three calls of `reshape` and one `@` are enough. (`A @ B` is
the matrix product of two tables: the dot product of each row of A with each column of B.)""",
    signature="mix(x, w, b): (C, H, W), (K, C, 1, 1), (K,) -> (K, H, W)",
    difficulty=3,
    minutes=5,
    hints=(
        "A filter is a list of C numbers, and so is a pixel. How must both be arranged in tables so that `A @ B` "
        "gives the dot product of each filter with each pixel?",
        "`w.reshape(K, C)` has one row for each filter. The other table needs one column for each pixel: "
        "`x.reshape(C, H * W)`. The product is (K, H · W).",
        "`(w.reshape(K, C) @ x.reshape(C, H * W)).reshape(K, H, W)`, and then the bias: `b[:, None, None]` has the "
        "shape (K, 1, 1), one number for each map.",
    ),
    solution=solution,
    errors="""- `x.reshape(H * W, C)` has the right shape and the wrong numbers: `reshape` never moves an axis.
- `y + b` adds along the columns, or ends in an error. `b[:, None, None]` adds to each map.
- The table of filters is (K, C), one row each. Transposed, it fits only if $C$ and $K$ are equal.
- `w * x` gives the products. You still have to add them up over the channels.
- *"mismatch in its core dimension"* means that a row of A and a column of B differ in length: the order is (K, C) @ (C,
  H · W), and both must be tables before `@`.""",
    praise="Every pixel mixes its channels; none looks at its neighbours.",
    insight="A layer of 1 × 1 filters is one fully connected layer, used at every pixel.",
    cases=[
        ([[[1, 2, 3], [4, 5, 6]], [[0, 1, 0], [2, 0, 1]]], [[[[1]], [[2]]]], [0.5]),
        ([[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 0], [1, 2]]],
         [[[[1]], [[0]], [[2]]], [[[0]], [[1]], [[-1]]]], [1, -3]),
        ([[[200, 30], [80, 255]], [[100, 30], [90, 255]], [[20, 30], [10, 255]]],
         [[[[0.3]], [[0.6]], [[0.1]]]], [0]),
        ([[[1, 5, 2]], [[3, 3, 0]]], [[[[1]], [[2]]], [[[3]], [[-1]]]], [10, 20.5]),
        ([[[2, 1, 4], [0, 3, 7]]], [[[[1]]], [[[-2]]], [[[3]]]], [0, 1, 2.5]),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[[[-2]]]], [10]), ([[[-2, -2]]], [[[[-2]]], [[[-2]]]], [4, 4]),
        ([[[0.5], [0.0625]], [[-1], [-3]]], [[[[1]], [[0.0625]]]], [0.0625]),
        ([[[300, -200]], [[-250, 150]]], [[[[300]], [[-150]]], [[[-200]], [[50]]]], [400, -300]),
        ([[[0.5, 2]], [[1, 0.25]]], [[[[0.75]], [[1]]]], [3]), ([[[1, 3]]], [[[[2]]]], [0.5]),
    ],
    player=lambda x, w, b: cnn.viz.slide(x, w, b),
    right=[bias_first, row_for_each_pixel, channels_last_and_back, products_added, by_pixel, by_einsum, as_convolution,
           by_loops, channel_by_channel, single_precision],
    wrong=WRONG + LOOPS,
)
