"""Slide a filter over an image."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e02_slips import WRONG, filled, listed, sliced


def solution(x, w):
    Fh, Fw = w.shape
    y = np.zeros((x.shape[0] - Fh + 1, x.shape[1] - Fw + 1))
    for i in range(y.shape[0]):                   # every row of places
        for j in range(y.shape[1]):               # every place in it
            for u in range(Fh):                   # every row of the window
                for v in range(Fw):               # every cell in it
                    y[i, j] += x[i + u, j + v] * w[u, v]
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def by_weight(x, w):
    H, W = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return sum(w[u, v] * x[u:u + H, v:v + W] for u, v in np.ndindex(*w.shape))


def all_at_once(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return windows.reshape(*windows.shape[:2], -1) @ w.ravel()


def row_by_row(x, w):
    y = []
    for i in range(len(x) - len(w) + 1):
        y.append(sum(np.correlate(x[i + u], w[u]) for u in range(len(w))))
    return np.array(y, np.float32)


def recursive(x, w):
    def row(lines):
        return [] if lines.shape[1] < w.shape[1] else [(lines[:, :w.shape[1]] * w).sum(), *row(lines[:, 1:])]

    return [] if len(x) < len(w) else [row(x[:len(w)]), *recursive(x[1:], w)]


def draw(rng):
    F, more = rng.integers(1, 4, 2), rng.integers(1, 5, 2)
    return rng.integers(-9, 10, F + more), rng.integers(-9, 10, F)


EXERCISE = Exercise(
    id="03.2",
    title="Slide it over an image",
    statement="""Write `slide2d(x, w)`: lay the filter `w` on the top left corner of the image `x`, multiply cell by
cell and add up; then move on along the row, then down to the next, as long as the whole filter stays on `x`.

$$y[i, j] = \\sum_{u=0}^{F_h-1} \\sum_{v=0}^{F_w-1} x[i + u,\\, j + v] \\cdot w[u, v]$$

The image has $H$ rows and $W$ columns, the filter $F_h$ rows and $F_w$ columns: neither has to be square. Do not use
`cnn.correlate2d`.""",
    signature="slide2d(x, w): (H, W), (Fh, Fw) -> (H - Fh + 1, W - Fw + 1)",
    difficulty=2,
    minutes=5,
    hints=(
        "Each side works as in lesson 01: how many places are there downwards, and how many to the right?",
        "`Fh, Fw = w.shape` gives the height and the width. Begin with `y = np.zeros((rows, columns))`, and fill it in "
        "two loops, `for i in range(rows):` and inside it `for j in range(columns):`.",
        "`rows` is `x.shape[0] - Fh + 1`, `columns` is `x.shape[1] - Fw + 1`, and inside both loops you write "
        "`y[i, j] = (x[i:i + Fh, j:j + Fw] * w).sum()`.",
    ),
    solution=solution,
    errors="""- *Broadcast or IndexError for some images only*: somewhere height and width are swapped, or taken to be
  equal. `x.shape` is `(H, W)`, height first.
- *Only the first output, or the first row, is not 0*: `return` is inside a loop.
- *`(window @ w).sum()`*: `@` multiplies matrices, rows times columns. You want `*`, cell by cell.
- *One long list*: with `append`, start a new row for each `i`.
- *`np.zeros_like(x)`* has the shape of `x`, which is too large, and its type, which may cut off the decimals.""",
    praise="Every window of the image meets every weight.",
    insight="Two loops over the places, two over the weights: only the second direction is new.",
    cases=[
        ([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
         [[1, 0, 1], [0, 1, 0], [1, 0, 1]]),
        ([[1, 0, 2], [3, 1, 0], [0, 2, 1]], [[1, 2], [3, -1]]),
        ([[1, 2, 0, 1], [0, 3, 1, 2]], [[1, -1], [2, 0]]),
        ([[1, 2], [0, 3], [4, 1], [2, 2]], [[1, 2], [0, -1]]),
        ([[2, 1, 0, 3], [1, 4, 2, 0], [3, 0, 1, 5]], [[1, 2, -1]]),
        ([[5, 1], [2, 7], [1, 3]], [[1], [3]]),
        ([[1, 3, 2], [3, 4, 5]], [[0.5, 0.25], [1, -1.5]]),
        ([[3, 5], [7, 2]], [[2]]),
    ],
    draw=draw,
    edges=[
        ([[5]], [[-2]]), ([[2, -1], [0, 3]], [[1, 2], [3, 4]]), ([[-1, -2, -3]], [[2, 2]]),
        ([[2], [2], [2]], [[1], [-1]]), ([[0.5, 2, 0.0625], [1, 0.25, 3]], [[1, 0.0625]]),
        ([[300, -200], [-250, 150]], [[300, -150]]), ([[0.5, 2, 0.25], [1, 0.75, 3]], [[1, 2]]),
        ([[1, 0, 2, 1, 1], [3, 1, 0, 2, 4], [0, 2, 1, 5, 1], [2, 4, 3, 1, 0]],
         [[1, 2, 0, 3], [0, 1, -1, 1], [2, 0, 1, 2], [1, 3, 2, -2]]),
    ],
    player=lambda x, w: cnn.viz.slide(x, w),
    right=[filled, listed, sliced, by_weight, all_at_once, row_by_row, recursive],
    wrong=WRONG,
)
