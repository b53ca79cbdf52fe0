"""Slide a filter over an image with stride, padding and dilation."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e04_slips import WRONG, asking, stepping, viewed
from .e04_terms import TERMS


def solution(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)                                  # zeros on all four sides
    span_h = dilation * (w.shape[0] - 1) + 1
    span_w = dilation * (w.shape[1] - 1) + 1
    rows = (x.shape[0] - span_h) // stride + 1
    columns = (x.shape[1] - span_w) // stride + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            y[i, j] = (x[top:top + span_h:dilation, left:left + span_w:dilation] * w).sum()
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def by_weight(x, w, stride=1, padding=0, dilation=1):
    x = np.pad(x, padding)
    rows, columns = ((n - dilation * (f - 1) - 1) // stride + 1 for n, f in zip(x.shape, w.shape, strict=True))
    y = np.zeros((rows, columns), np.float32)
    for u, v in np.ndindex(*w.shape):
        y += w[u, v] * x[u * dilation::stride, v * dilation::stride][:rows, :columns]
    return y


def the_librarys(x, w, stride=1, padding=0, dilation=1):
    return cnn.correlate2d(x, w, stride, padding, dilation)


def without_defaults(x, w, stride, padding, dilation):
    return asking(x, w, stride, padding, dilation)


def draw(rng):
    S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 4), (0, 3), (1, 4)))
    F = rng.integers(1, 4, 2)
    size = np.maximum(P + 1, D * (F - 1) + 1) + rng.integers(0, 5, 2)
    return rng.integers(-9, 10, size), rng.integers(-9, 10, F), S, P, D


EXERCISE = Exercise(
    id="03.4",
    title="Stride, padding, dilation in two dimensions",
    statement="""Give your loops a stride, a padding and a dilation, the same number for both directions: write
`conv2d(x, w, stride, padding, dilation)`.

$$y[i, j] = \\sum_{u} \\sum_{v} x[i \\cdot S - P + u \\cdot D,\\; j \\cdot S - P + v \\cdot D] \\cdot w[u, v]$$

Where $x$ has no cell, it counts as 0. Go step by step: stride, padding, dilation, without `cnn.correlate2d`. Run the
check after each step; it notices what already works. You can assume that the window fits at least once.""",
    signature="conv2d(x, w, stride, padding, dilation): (H, W), (Fh, Fw), three whole numbers -> the outputs",
    difficulty=3,
    minutes=7,
    hints=(
        "Start from your `slide2d`. Each step is that of exercise 01.4, once for the rows and once for the columns.",
        "`np.pad(x, padding)` puts zeros on all four sides; then forget that x was ever smaller. Window i, j "
        "starts at row `i * stride` and column `j * stride` of it.",
        "Along a side of n cells there are `(n - span) // stride + 1` places, where `span = dilation * (F - 1) + 1`; a "
        "slice with a step, `x[top:top + span:dilation]`, takes every D-th row.",
    ),
    solution=solution,
    errors="""- *Outputs missing with padding*: the size was taken before padding, or padding was added only once.
- *IndexError or broadcast with dilation*: the window's span was taken to be $F$.
- *'float' object cannot be interpreted as an integer*: `/` gives a decimal even for 4 / 2. Use `//`.
- *Right for squares only*: somewhere a height is used as a width.
- *The right size, wrong numbers with stride*: the window starts at $i$ and not at $i \\cdot S$, or $j$ was
  forgotten.""",
    praise="Stride, padding and dilation, along both sides.",
    insight="All this is lesson 01, done twice: the two directions know nothing of each other.",
    cases=[   # all five arguments each time, so that a function without default values is as good
        ([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
         [[1, 0, 1], [0, 1, 0], [1, 0, 1]], 1, 0, 1),
        ([[1, 0, 2], [3, 1, 0], [0, 2, 1]], [[1, 2], [3, -1]], 1, 0, 1),
        ([[1, 2, 0, 1], [0, 3, 1, 2]], [[0.5, -1], [2, 0.25]], 1, 0, 1),
        ([[3, 1, 4, 1, 5], [9, 2, 6, 5, 7], [5, 8, 9, 7, 9], [3, 2, 3, 8, 4], [6, 2, 6, 4, 3]],
         [[1, 2, 0], [0, -1, 1], [2, 0, 1]], 2, 0, 1),
        ([[3, 1, 4, 1, 5, 9], [2, 6, 5, 3, 5, 8], [9, 7, 9, 3, 2, 3], [8, 4, 6, 2, 6, 4]], [[1, 2], [-1, 3]], 3, 0, 1),
        ([[2, 1], [0, 3]], [[1, 2], [3, -1]], 1, 1, 1), ([[2, 1, 4], [0, 3, 5]], [[1, 2, 3]], 1, 2, 1),
        ([[2, 1, 0, 1], [3, 2, 1, 4], [1, 0, 2, 5], [4, 1, 3, 2], [1, 5, 2, 7]], [[1, 2], [3, -1]], 1, 0, 2),
        ([[5, 3, 8, 1, 9], [2, 7, 4, 6, 1], [3, 3, 7, 2, 5]], [[1, -2], [2, 1]], 2, 1, 2),
        ([[5, 3, 8, 1, 9, 2], [2, 7, 4, 6, 1, 7], [3, 3, 7, 2, 5, 1]], [[1, -2], [2, 1], [4, 3]], 2, 2, 1),
    ],
    draw=draw,
    edges=[
        ([[5]], [[-2, 1]], 3, 2, 2), ([[2, -1], [0, 3]], [[1, 2], [3, 4]], 1, 0, 1),
        ([[-1, -2, -3]], [[-2, -2], [-2, -2]], 1, 3, 3), ([[2], [2], [2]], [[1], [-1]], 1, 0, 1),
        ([[0.5, 2, 0.0625], [1, 0.25, 3]], [[1, 0.0625]], 1, 1, 1),
        ([[300, -200], [-250, 150]], [[300, -150]], 1, 0, 1), ([[0.5, 2, 0.25], [1, 0.75, 3]], [[1, 2]], 1, 1, 1),
        ([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 5]],
         [[1, 2, 0, 3], [0, 1, -1, 1], [2, 0, 1, 2], [1, 3, 2, -2]], 1, 1, 1),
    ],
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: cnn.viz.slide(x, w, None, stride, padding, dilation),
    right=[asking, stepping, viewed, by_weight, the_librarys, without_defaults],
    wrong=[*WRONG, *TERMS],
)
