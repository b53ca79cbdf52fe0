"""Back through a filter that slides over an image."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e04_slips import WRONG, by_places, by_weight, gathered, looped


def solution(dy, x, w):
    Fh, Fw = w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), 0
    for i in range(dy.shape[0]):                          # every row of outputs
        for j in range(dy.shape[1]):                      # every output in it gives its slope
            dx[i:i + Fh, j:j + Fw] += dy[i, j] * w        # to each cell, times the weight on it
            dw += dy[i, j] * x[i:i + Fh, j:j + Fw]        # to each weight, times the cell below it
            db += dy[i, j]                                # to the bias, as it is
    return dx, dw, db


# --- other right ways -------------------------------------------------------------------------------------------------

def all_at_once(dy, x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    spread = dy[:, :, None, None] * w
    dx = np.zeros(x.shape)
    np.add.at(dx, tuple(np.lib.stride_tricks.sliding_window_view(n, w.shape) for n in np.indices(x.shape)), spread)
    return dx, np.tensordot(dy, windows, 2), dy.sum()


def filters_again(dy, x, w):
    around = np.pad(dy, [(F - 1, F - 1) for F in w.shape])
    return cnn.correlate2d(around, w[::-1, ::-1]), cnn.correlate2d(x, dy), dy.sum()


def as_one_layer(dy, x, w):
    dx, dw, db = cnn.ops.conv2d_backward(np.float32(dy)[None, None], np.float32(x)[None, None], w[None, None])
    return dx[0, 0], dw[0, 0], db[0]


def draw(rng):
    F, places = rng.integers(1, 4, 2), rng.integers(2, 5, 2)
    return rng.integers(-9, 10, places), rng.integers(-9, 10, places + F - 1), rng.integers(-9, 10, F)


EXERCISE = Exercise(
    id="07.4",
    title="Back through a filter over an image",
    statement="""A filter `w` has slid over an image `x`: one channel, stride 1, no padding, and a bias $b$ added to
every output.

$$y[i, j] = \\sum_{u=0}^{F_h-1} \\sum_{v=0}^{F_w-1} x[i + u,\\, j + v] \\cdot w[u, v] + b$$

`dy` tells how fast the loss grows with each output. Write `conv2d_backward(dy, x, w)`, which returns three things: `dx`
of the shape of $x$, `dw` of the shape of $w$, and `db`, one number. Neither the image nor the filter has to be square.
Do not use `cnn.ops.conv2d_backward`.""",
    signature="conv2d_backward(dy, x, w): (H - Fh + 1, W - Fw + 1), (H, W), (Fh, Fw) -> dx (H, W), dw (Fh, Fw), db",
    difficulty=3,
    minutes=8,
    hints=(
        "As with a signal, in two directions: what does one output `dy[i, j]` give to the cells of its window, "
        "to the weights, and to the bias?",
        "Use two loops over the outputs. The window `x[i:i + Fh, j:j + Fw]` lies under the filter: its place in "
        "`dx` gets `dy[i, j]` times the whole filter, `dw` gets `dy[i, j]` times the whole window.",
        "Inside both loops: `dx[i:i + Fh, j:j + Fw] += dy[i, j] * w`, then `dw += dy[i, j] * x[i:i + Fh, j:j + Fw]`, "
        "then `db += dy[i, j]`.",
    ),
    solution=solution,
    errors="""- *`w[::-1]` flips the rows only*: rotating by 180° is `w[::-1, ::-1]`. `w.T` is something else.
- *`=` instead of `+=`*: windows overlap, and each leaves its share.
- *dy rotated in dw*: nothing is rotated there. In dx only the filter is.
- *`sum(dy)`* adds up columns: `dy.sum()` is one number.
- *dx of the shape of dy*: it has the shape of $x$. Backwards, $dy$ has $F_h - 1$ rows and $F_w - 1$ columns of zeros on
  each side.
- *`np.zeros_like(x)`* takes the type of $x$: whole numbers stay whole.""",
    praise="Cells, weights and bias all have their slopes.",
    insight="These three lines are how the filters of every network learn; channels and batches only repeat them.",
    cases=[
        ([[1, 2], [0, -1]], [[1, 0, 2], [3, 1, 0], [0, 2, 1]], [[1, 2], [3, -1]]),
        ([[1, 0, 0], [0, 0, 2]], [[1, 2, 0, 1], [0, 3, 1, 2], [2, 1, 4, 0]], [[1, -1], [2, 0]]),
        ([[2], [1], [3]], [[1, 2], [0, 3], [4, 1]], [[5, -2]]),
        ([[1, 3, 2]], [[1, 4, 2], [0, 5, 1]], [[2], [-3]]),
        ([[3, 1], [2, 4]], [[3, 5], [7, 2]], [[2]]),
        ([[2]], [[1, 2, 0], [4, 5, 1]], [[1, 3, -1], [0, 2, 4]]),
        ([[1, 2]], [[1, 3, 2], [3, 4, 5]], [[0.5, 0.25], [1, -1.5]]),
        ([[0.5, 1.25]], [[1, 3, 2], [3, 4, 5]], [[1, 2], [4, -3]]),
        ([[0.5, 1.25]], [[1.5, 3, 2], [3, 4, 5]], [[1, 2], [4, -3]]),
    ],
    draw=draw,
    edges=[
        ([[4]], [[3]], [[2]]), ([[-1], [-3]], [[-2], [-5]], [[-2]]), ([[300, -200]], [[300, -150]], [[-400]]),
        ([[40000, 200]], [[3, 1, 2]], [[1, 2]]), ([[-300], [100]], [[3], [1]], [[400]]),
        ([[1, -2], [2, 3]], [[1, 2, 0, 3, 1, 2], [0, 1, 5, 1, 0, 2], [2, 0, 1, 2, 3, 1], [1, 3, 2, -2, 0, 1],
                             [4, 1, 0, 2, 1, 3]],
         [[1, 0, 2, 1, 1], [3, 1, 0, 2, 4], [0, 2, 1, 5, 1], [2, 4, 3, 1, 7]]),
        ([[2, 2], [2, 2]], [[1, 1, 1]] * 3, [[3, 3], [3, 3]]), ([[0, 0]], [[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4]]),
        ([[1, -1]], [[0, 0, 0], [0, 0, 0]], [[1, 2], [3, 4]]), ([[1, 2]], [[3, 1, 2]], [[0, 0]]),
        ([[1, 2]], [[0.0625, 1, 2.5]], [[3, 0.0625]]), ([[0.0625, 1.5]], [[1, 2, 3]], [[2, 1]]),
    ],
    returns=("dx", "dw", "db"),
    player={name: lambda dy, x, w, name=name: cnn.viz.slide(x, w, dy=dy, direction=name) for name in ("dx", "dw")},
    right=[looped, by_weight, gathered, by_places, all_at_once, filters_again, as_one_layer],
    wrong=WRONG,
)
