"""A transposed convolution: every input stamps its multiple of the kernel."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e03_slips import WRONG, gathered, looped


def solution(x, w, stride):
    (H, W), F = x.shape, len(w)
    y = np.zeros(((H - 1) * stride + F, (W - 1) * stride + F))
    for i in range(H):
        for j in range(W):
            top, left = i * stride, j * stride
            y[top:top + F, left:left + F] += x[i, j] * w      # a stamp; what overlaps adds up
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def by_weight(x, w, stride):
    (H, W), F = x.shape, len(w)
    y = np.zeros(((H - 1) * stride + F, (W - 1) * stride + F), np.float32)
    for u in range(F):
        for v in range(F):
            y[u:u + (H - 1) * stride + 1:stride, v:v + (W - 1) * stride + 1:stride] += w[u, v] * x
    return y


def by_library(x, w, stride):
    return cnn.conv_transpose2d(x[None, None], w[None, None], stride=stride)[0, 0]


def spread_and_slid(x, w, stride):
    (H, W), F = x.shape, len(w)
    spread = np.zeros(((H - 1) * stride + 1, (W - 1) * stride + 1))     # zeros between the inputs
    spread[::stride, ::stride] = x
    return cnn.correlate2d(np.pad(spread, F - 1), w[::-1, ::-1])


def as_matrices(x, w, stride):
    F = len(w)
    y = 0
    for u, v in np.ndindex(F, F):
        down = np.eye(x.shape[0]).repeat(stride, 0)[:(x.shape[0] - 1) * stride + 1]
        down[np.arange(len(down)) % stride > 0] = 0
        across = np.eye(x.shape[1]).repeat(stride, 0)[:(x.shape[1] - 1) * stride + 1]
        across[np.arange(len(across)) % stride > 0] = 0
        y = y + np.pad(w[u, v] * (down @ x @ across.T), ((u, F - 1 - u), (v, F - 1 - v)))
    return y


def draw(rng):
    return rng.integers(-5, 6, rng.integers(2, 5, 2)), rng.integers(-4, 5, [int(rng.integers(2, 5))] * 2), \
        int(rng.integers(1, 4))


EXERCISE = Exercise(
    id="09.3",
    title="Stamps that overlap",
    statement="""A transposed convolution makes a map larger again. Its kernel `w` is a stamp of $F \\times F$ numbers.
Each input cell $x[i, j]$ stamps its own multiple, $x[i, j] \\cdot w$, on the output, with the stamp's upper left corner
in row $i \\cdot S$ and column $j \\cdot S$. Where stamps overlap, they **add**.

Write `conv_transpose(x, w, stride)`; `stride` is $S$. The output is exactly as large as the stamps reach:
$(H - 1) \\cdot S + F$ rows and $(W - 1) \\cdot S + F$ columns. Where no stamp reaches, it is 0. Do not use
`cnn.conv_transpose2d`.""",
    signature="conv_transpose(x, w, stride): (H, W), (F, F), whole number -> ((H − 1)·stride + F, (W − 1)·stride + F)",
    difficulty=3,
    minutes=7,
    hints=(
        "Try two cells on paper, [1, 2], and the stamp [1, 10, 100] with stride 2. Where does the second stamp "
        "begin? Which cell gets something from both?",
        "Start with zeros in the output's shape. Loop over the cells of x, in both directions; each cell adds F × "
        "F numbers to a window of the output.",
        "`y[i * stride:i * stride + F, j * stride:j * stride + F] += x[i, j] * w`.",
    ),
    solution=solution,
    errors="""- *`=` instead of `+=`*: each stamp wipes out what lies under it.
- *`y[i:i + F, j:j + F]`*: the stride is missing. In a convolution it moves the window on the input, here on the output.
- *$H \\cdot S$ rows*: the last stamp begins at $(H - 1) \\cdot S$ and is $F$ rows high.
- *The kernel flipped*: nothing is flipped. It appears flipped only if you *gather*, output by output.
- *`np.kron(x, w)`* is right only if stride and size are equal: then nothing overlaps.""",
    praise="Every input left its stamp.",
    insight="Put an output's gradient in place of x, and you get dx of a convolution: the same stamps, the same sums.",
    cases=[
        ([[1, 2]], [[1, 3], [5, 7]], 1),
        ([[1, 2], [3, 4]], [[1, 0, 2], [0, 1, 0], [3, 0, 1]], 2),
        ([[2, 1, 3]], [[1, 2], [0, 4]], 2),
        ([[1], [4]], [[1, 10], [100, 1000]], 1),
        ([[1, -2], [0, 3], [2, 1]], [[2, -1], [1, 3]], 3),
        ([[1, 2, 0], [3, 1, 2]], [[0.5, 1, 0], [2, 0.25, 1], [1, 1, 4]], 1),
        ([[0.5, 2], [1, -0.25]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2),
    ],
    draw=draw,
    edges=[
        ([[5]], [[-2]], 1), ([[3]], [[1, 2], [3, 4]], 3), ([[1, 2], [3, 4]], [[2]], 1), ([[1, 2], [3, 4]], [[2]], 3),
        ([[0.5, -1.25], [2, 0.125]], [[0.25, 1.5], [-2, 3]], 1), ([[-1, -2]], [[-3, -1], [-2, -4]], 2),
        ([[70000, -300], [200, 0]], [[300, -70000], [1, 2]], 1), ([[0, 0], [0, 0]], [[1, 2], [3, 4]], 1),
        ([[2, 2, 2], [2, 2, 2]], [[1] * 5] * 5, 4), ([[1, 2, 3]], [[0, 0], [0, 0]], 1),
        ([[1, 2, 3], [4, 5, 6]], [[1.5]], 2), ([[0.00012, 0.00345]], [[0.00213, 1.2345], [0.0004, 0]], 2),
    ],
    returns="y",
    player=lambda x, w, stride: cnn.viz.transpose(x, w, stride=stride),
    right=[looped, gathered, by_weight, by_library, spread_and_slid, as_matrices],
    wrong=WRONG,
)
