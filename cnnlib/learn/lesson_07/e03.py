"""Back through a filter that slides over a signal."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e03_slips import WRONG, by_places, gathered, turned_and_slid, windowed, with_numpy


def solution(dy, x, w):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for i in range(len(dy)):                  # every output: y[i] = x[i] * w[0] + x[i + 1] * w[1] + ...
        for k in range(len(w)):               # every product in its sum
            dx[i + k] += dy[i] * w[k]         # what the cell gets: its weight
            dw[k] += dy[i] * x[i + k]         # what the weight gets: its cell
    return dx, dw


# --- other right ways -------------------------------------------------------------------------------------------------

def by_matrix(dy, x, w):
    M = np.zeros((len(dy), len(x)))
    for i in range(len(dy)):
        M[i, i:i + len(w)] = w
    windows = np.array([x[i:i + len(w)] for i in range(len(dy))])
    return dy @ M, dy @ windows


def as_one_layer(dy, x, w):
    dx, dw, _ = cnn.ops.conv1d_backward(np.float32(dy)[None, None], np.float32(x)[None, None], w[None, None])
    return dx[0, 0], dw[0, 0]


def draw(rng):
    F = rng.integers(1, 5)
    n = rng.integers(2, 8)
    return rng.integers(-9, 10, n), rng.integers(-9, 10, n + F - 1), rng.integers(-9, 10, F)


EXERCISE = Exercise(
    id="07.3",
    title="Back through a filter",
    statement="""A filter `w` of $F$ weights has slid over a signal `x` of $N$ cells: stride 1, no padding.

$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[k]$$

The layers above give `dy`: how fast the loss grows with each of the $N - F + 1$ outputs. Write
`conv1d_backward(dy, x, w)`, which returns `dx` and `dw`: how fast the loss grows with each cell of $x$, and with each
weight. Do not use `cnn.ops.conv1d_backward`.""",
    signature="conv1d_backward(dy, x, w): (N - F + 1,), (N,), (F,) -> dx (N,), dw (F,)",
    difficulty=3,
    minutes=8,
    hints=(
        "How many numbers does `dx` hold, and how many `dw`? Write the two loops of the way *forward*, over $i$ "
        "and $k$: each product in them gives back two shares.",
        "In window $i$, cell $i + k$ meets weight $k$. The cell gets `dy[i]` times the weight, the weight gets "
        "`dy[i]` times the cell. Start from two arrays of zeros, and add.",
        "`dx, dw = np.zeros(len(x)), np.zeros(len(w))`, then in the inner loop `dx[i + k] += dy[i] * w[k]` and "
        "`dw[k] += dy[i] * x[i + k]`.",
    ),
    solution=solution,
    errors="""- *`=` instead of `+=`*: a cell is in several windows, a weight in all of them; every share counts.
- *`np.correlate(dy, w, "full")` for dx* lays the filter on $dy$ as it is. `np.convolve(dy, w)` flips it, as you need
  here.
- *`np.convolve(x, dy, "valid")` for dw* flips $dy$. Do not flip here: `np.correlate(x, dy)`.
- *dx too short*: it has as many cells as $x$. Backwards, $dy$ has $F - 1$ zeros on each side.
- *`np.zeros_like(x)`* takes the type of $x$: whole numbers stay whole.
- *Divided by the number of windows*: the shares add up; you do not average them.""",
    praise="Each product of the way forward gave back two shares.",
    insight="For dx the flipped filter slides over dy with zeros around it; for dw, dy slides over x as it is.",
    cases=[
        ([2, -1, 3], [2, 1, 0, 3], [3, 1]),
        ([1, 0, 0], [1, 2, 3, 4, 5], [1, 2, -1]),
        ([1, 2, 4, 3], [0, 1, 0, 1, 1], [-1, 1]),
        ([2, 3], [5, 7], [3]),
        ([2], [1, 2, 3], [4, 5, 6]),
        ([1, 2, 1], [1, 3, 2, 0], [0.5, 0.25]),
        ([0.5, 1, 0.25], [2, 1, 3, 5], [1, 3]),
        ([0.5, 1], [0.5, 3, 1.25], [1, 3]),
    ],
    draw=draw,
    edges=[
        ([4], [3], [2]), ([-1, -3], [-2, -5, -1], [-2, -3]), ([300, -200], [300, -150, 250], [400, -300]),
        ([2, 2, 2], [1, 1, 1, 1], [3, 3]), ([0, 0, 0], [1, 2, 3, 4], [1, 2]), ([1, 2], [0, 0, 0], [1, 2]),
        ([1, 2], [3, 1, 2], [0, 0]), ([1, 2], [0.0625, 1, 2.5], [3, 0.0625]), ([0.0625, 1.5], [1, 2, 3], [2, 1]),
    ],
    returns=("dx", "dw"),
    player={name: lambda dy, x, w, name=name: cnn.viz.slide(x, w, dy=dy, direction=name) for name in ("dx", "dw")},
    right=[windowed, gathered, by_places, with_numpy, turned_and_slid, by_matrix, as_one_layer],
    wrong=WRONG,
)
