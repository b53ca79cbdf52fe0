"""Max-pooling in two dimensions, with visible loops."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e02_loops import LOOPS
from .e02_slips import WRONG, listed, looped, stepping


def solution(x, kernel_size, stride):
    (H, W), F, S = x.shape, kernel_size, stride
    rows, columns = (H - F) // S + 1, (W - F) // S + 1
    y = np.zeros((rows, columns))
    for i in range(rows):                     # every row of places
        for j in range(columns):              # every place in it
            window = x[i * S:i * S + F, j * S:j * S + F]
            y[i, j] = window.max()
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def all_at_once(x, F, S):
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    return windows.max(axis=(2, 3))


def running_maximum(x, F, S):
    rows, columns = (x.shape[0] - F) // S + 1, (x.shape[1] - F) // S + 1
    y = np.full((rows, columns), -np.inf)
    for u in range(F):
        for v in range(F):
            y = np.maximum(y, x[u:u + rows * S:S, v:v + columns * S:S][:rows, :columns])
    return y


def rows_then_columns(x, F, S):
    high = np.array([x[top:top + F].max(axis=0) for top in range(0, x.shape[0] - F + 1, S)])
    return np.array([high[:, left:left + F].max(axis=1) for left in range(0, x.shape[1] - F + 1, S)]).T


def recursive(x, F, S):
    def along(row):
        return [] if len(row[0]) < F else [row[:, :F].max(), *along(row[:, S:])]

    return [] if len(x) < F else [along(x[:F]), *recursive(x[S:], F, S)]


def single_precision(x, F, S):
    return cnn.max_pool2d(np.float32(x)[None, None], F, S)[0, 0]


def draw(rng):
    F, S = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    H, W = F + rng.integers(1, 6, 2)
    return rng.integers(-9, 10, (H, W)) / 2, F, S


EXERCISE = Exercise(
    id="05.2",
    title="Two loops and a maximum",
    statement="""Write `max_pool2d(x, kernel_size, stride)`, in short $F$ and $S$: lay a window of $F \\times F$ on the
top left corner of `x` and write down the largest number in it. Move on by $S$ cells along the row, then by $S$ rows, as
long as the window lies on `x`.

$$y[i, j] = \\max_{u,\\,v} \\; x[i \\cdot S + u,\\; j \\cdot S + v], \\qquad u, v = 0, \\dots, F - 1$$

There is no padding, and one map of any height and width, which may hold negative numbers. Do not use
`cnn.max_pool2d`.""",
    signature="max_pool2d(x, kernel_size, stride): (H, W), two whole numbers -> (H', W')",
    difficulty=2,
    minutes=6,
    hints=(
        "Two loops over the places, $i$ and $j$. Where does the window of place $i$, $j$ begin?",
        "It begins in row `i * S` and column `j * S` and is F cells high and wide: a slice in both directions. "
        "There are `(H - F) // S + 1` rows of places.",
        "`y = np.zeros((rows, columns))`, then for every `i` and `j`: `y[i, j] = x[i*S:i*S+F, j*S:j*S+F].max()`.",
    ),
    solution=solution,
    errors="""- *A maximum that starts at 0* never goes below 0: start with the window's first cell, or with `-np.inf`.
- *`x[i:i + F]`* forgets the jump: place $i$ begins at $i \\cdot S$.
- *`H // S` places*: right for $F = S$; for $F = 3$, $S = 2$ the last window hangs over the edge.
- *The same number of rows and columns*: pictures do not have to be square.
- *TypeError, 'float' object*: `/` gives a decimal, but sizes are whole. Use `//`.
- Python's *`max(window)`* compares whole rows. Use `window.max()`.
- `x.reshape(H // F, F, W // F, F).max(axis=(1, 3))` is neat and quick, but works only for $S = F$, and only if the
  blocks fit.""",
    praise="Every window passes on its largest number.",
    insight="It is the sliding window of lesson 03 with a different question: not a dot product, but the largest "
            "number.",
    cases=[
        ([[1, 3, 2, 0], [5, 2, 1, 1], [0, 8, 4, 2], [4, 0, 3, 6]], 2, 2),
        ([[1, 3, 2, 0], [5, 2, 1, 1], [0, 8, 4, 2], [4, 0, 3, 6]], 2, 1),
        ([[-1, -2, -3], [-4, -5, -6], [-7, -8, -9]], 2, 1),
        ([[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [0, 9, 0, 9, 0, 9, 0]], 3, 2),
        ([[4, 8], [1, 2], [9, 3], [5, 5], [0, 7]], 2, 2),
        ([[2, 7, 1], [8, 2, 8]], 1, 1),
    ],
    draw=draw,
    edges=[
        ([[3, 1], [4, 2]], 2, 1), ([[5]], 1, 3), ([[0, 0, 0]], 1, 2), ([[0.5], [0.0625], [-0.75]], 1, 1),
        ([[40000, -200, -400], [-250, -300, -500]], 2, 1), ([[3, 1, 0], [4, 2, 7], [5, 0, 2]], 3, 1),
        ([[4, 0, 0, 0, 0, 7, 0, 0, 0, 0, 5]], 1, 5), ([[4], [0], [0], [0], [0], [7], [0], [0], [0], [0], [5]], 1, 5),
        ([[-8 * 10**9, -7 * 10**9, -9 * 10**9], [-6 * 10**9, -8 * 10**9, -8 * 10**9]], 2, 1),
    ],
    player=lambda x, F, S: cnn.viz.pool(x, F, S),
    right=[looped, listed, stepping, all_at_once, running_maximum, rows_then_columns, recursive, single_precision],
    wrong=WRONG + LOOPS,
)
