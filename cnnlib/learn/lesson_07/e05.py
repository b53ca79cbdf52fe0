"""Back through max-pooling."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e05_slips import WRONG, by_argmax, looped, masked, searched


def solution(dy, x, kernel_size, stride):
    F, S = kernel_size, stride
    dx = np.zeros(x.shape)
    for i in range(dy.shape[0]):                              # every row of windows
        for j in range(dy.shape[1]):                          # every window in it
            window = x[i * S:i * S + F, j * S:j * S + F]
            u, v = divmod(window.argmax(), F)                 # row and column of the first of the largest
            dx[i * S + u, j * S + v] += dy[i, j]              # it gets all, the others nothing
    return dx


# --- other right ways -------------------------------------------------------------------------------------------------

def all_at_once(dy, x, F, S):
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    u, v = np.divmod(windows.reshape(*dy.shape, -1).argmax(-1), F)
    i, j = np.indices(dy.shape)
    dx = np.zeros(x.shape)
    np.add.at(dx, (i * S + u, j * S + v), dy)
    return dx


def by_sorting(dy, x, F, S):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape):
        cells = [(-x[i * S + u, j * S + v], i * S + u, j * S + v) for u in range(F) for v in range(F)]
        _, a, b = sorted(cells)[0]
        dx[a, b] += dy[i, j]
    return dx


def as_one_layer(dy, x, F, S):
    return cnn.ops.max_pool2d_backward(np.float32(dy)[None, None], np.float32(x)[None, None], F, S)[0, 0]


def draw(rng):
    F, S = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    places = rng.integers(2, 4, 2)
    size = F + (places - 1) * S + rng.integers(0, S, 2)
    return rng.integers(-9, 10, places), rng.integers(-4, 5, size), F, S


EXERCISE = Exercise(
    id="07.5",
    title="Back through max-pooling",
    statement="""Max-pooling has laid windows of $F \\times F$ on `x`, with stride $S$ and no padding, and kept the
largest cell of each:

$$y[i, j] = \\max_{u,\\,v} \\; x[i \\cdot S + u,\\; j \\cdot S + v]$$

`dy` tells how fast the loss grows with each output. Write `max_pool2d_backward(dy, x, kernel_size, stride)`, which
returns `dx`: how fast it grows with each cell of $x$. If the largest number occurs several times in a window, its first
cell wins, row by row. Do not use `cnn.ops.max_pool2d_backward`.""",
    signature="max_pool2d_backward(dy, x, kernel_size, stride): (H', W'), (H, W), two whole numbers -> dx (H, W)",
    difficulty=3,
    minutes=7,
    hints=(
        "In a window the largest cell is 8, the next 5. If the 5 grows a little, what happens to the output? And "
        "if the 8 does?",
        "Only the largest cell moves the output, by as much as it grows: it gets `dy[i, j]`, the others 0. A cell "
        "can win in several windows. `window.argmax()` counts the cells of a window row by row.",
        "Start from `dx = np.zeros(x.shape)`. For every `i`, `j`: `u, v = divmod(window.argmax(), F)`, then `dx[i "
        "* S + u, j * S + v] += dy[i, j]`.",
    ),
    solution=solution,
    errors="""- *`dx += (window == window.max()) * dy[i, j]`* gives dy several times if cells are equal. After a ReLU
  whole windows are 0, so that is not rare.
- *`=` instead of `+=`*: if $S$ is smaller than $F$, a cell may win in several windows.
- *`dx[u, v]`*: `argmax` gives places inside the window; in $x$ the window begins at $i \\cdot S$, $j \\cdot S$.
- *dy times the largest number*: that number only decides where dy goes.
- *dy / F² for all*: that is average pooling.
- *`np.zeros_like(x)`* takes the type of $x$: whole numbers stay whole.""",
    praise="Every dy went to the winning cell, and to no other.",
    insight="Max-pooling is a switch: forward it picks a cell, backward it sends everything there. The others get "
            "nothing.",
    cases=[
        ([[1, 2], [3, 4]], [[1, 3, 2, 0], [5, 2, 1, 7], [0, 8, 4, 2], [4, 0, 3, 6]], 2, 2),
        ([[1, 2, 4], [3, 5, -1]], [[1, 3, 2, 0], [5, 9, 1, 1], [0, 8, 4, 2]], 2, 1),
        ([[2, -3], [5, 1]], [[0, 0, 1, 1], [0, 0, 1, 0], [3, 1, 2, 5], [3, 3, 5, 5]], 2, 2),
        ([[2, 3]], [[-1, -2, -5, -3], [-4, -5, -3, -4]], 2, 2),
        ([[4, -2], [1, 3]], [[2, 7, 1], [8, 2, 8], [1, 1, 2]], 1, 2),
        ([[1.5, 0.25]], [[1, 2, 3, 4, 5], [5, 9, 3, 9, 1], [0, 9, 0, 2, 0]], 3, 2),
        ([[2.5, 0.75]], [[1.5, 2.25, 0, 1], [0.5, 1, 3, 2.5]], 2, 2),
        ([[1], [2], [7]], [[4, 8], [1, 2], [9, 3], [5, 5], [0, 7], [1, 1]], 2, 2),
        ([[1, 2], [4, 8]], [[3, 1, 3], [1, 5, 1], [3, 1, 3]], 2, 1),
    ],
    draw=draw,
    edges=[
        ([[3]], [[5]], 1, 1), ([[3]], [[-5, -2], [-3, -2]], 2, 3), ([[-1, -2]], [[-1, -5, -7]], 1, 2),
        ([[300, -200]], [[400, 300, 500], [1, 2, 3]], 2, 1), ([[0, 0]], [[1, 2, 3], [4, 5, 6]], 2, 1),
        ([[0.0625, 2.5]], [[0.0621, 0.0622, 0.5, 0.25], [0, 0.03, 0.4, 0.1]], 2, 2),
        ([[40000, 2]], [[-8000000, -7000000, -300], [-9000000, -8000000, -200]], 2, 1),
        ([[2, 3]], [[0, 0, 0], [0, 0, 0]], 2, 1), ([[2, 3]], [[2, -2, 0], [-1, 0, 1]], 2, 1),
        ([[1, 2, 3, 4, 5], [2, 3, 4, 5, 6], [3, 4, 5, 6, 7], [4, 5, 6, 7, 8]],
         [[1, 0, 2, 1, 3, 1], [3, 1, 0, 2, 1, 4], [0, 2, 1, 5, 1, 0], [2, 4, 3, 1, 6, 2], [0, 1, 2, 1, 3, 9]], 2, 1),
        ([[1]], [[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 9], [2, 4, 3, 1]], 4, 4),
    ],
    returns="dx",
    right=[by_argmax, looped, searched, masked, all_at_once, by_sorting, as_one_layer],
    wrong=WRONG,
)
