"""A classifier of patches, slid over a picture: a convolution."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from .e01_slips import WRONG, looped


def solution(x, w, b, size):
    _, H, W = x.shape
    scores = np.zeros((len(w), H - size + 1, W - size + 1))
    for i in range(H - size + 1):
        for j in range(W - size + 1):
            patch = x[:, i:i + size, j:j + size]
            scores[:, i, j] = w @ patch.ravel() + b      # the classifier, as for a single patch
    return scores


# --- other right ways -------------------------------------------------------------------------------------------------

def as_convolution(x, w, b, size):
    return cnn.conv2d(x[None], w.reshape(len(w), len(x), size, size), b)[0]


def all_patches(x, w, b, size):
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), (1, 2))      # (C, H', W', size, size)
    patches = np.moveaxis(windows, 0, 2)                                             # (H', W', C, size, size)
    scores = patches.reshape(*patches.shape[:2], -1) @ w.T + b
    return np.moveaxis(scores, -1, 0)


def class_by_class(x, w, b, size):
    maps = []
    for k in range(len(w)):
        filters = w[k].reshape(len(x), size, size)
        maps.append(sum(cnn.correlate2d(x[c], filters[c]) for c in range(len(x))) + b[k])
    return np.stack(maps)


def by_rows(x, w, b, size):
    rows = [[w @ x[:, i:i + size, j:j + size].flatten() + b for j in range(x.shape[2] - size + 1)]
            for i in range(x.shape[1] - size + 1)]
    return np.array(rows, np.float32).transpose(2, 0, 1)


def draw(rng):
    C, K, size = rng.integers(1, 4), rng.integers(2, 5), int(rng.integers(2, 4))
    H, W = size + rng.integers(1, 5, 2)
    return (rng.integers(-5, 6, (C, H, W)), rng.integers(-3, 4, (K, C * size * size)), rng.integers(-5, 6, K), size)


EXERCISE = Exercise(
    id="09.1",
    title="A classifier that slides",
    statement="""A linear classifier reads patches of `size` × `size` pixels. It writes the numbers of a patch
$(C, size, size)$ in one long row $p$, channel by channel and row by row, as `patch.ravel()` does, and gives each of $K$
classes a score: $w\\,p + b$.

Write `slide_classifier(x, w, b, size)`: lay the patch on every place of the picture `x` where all of it fits, one pixel
apart. `scores[k, i, j]` is the score of class $k$ for the patch whose upper left corner is in row $i$ and column
$j$.""",
    signature="slide_classifier(x, w, b, size): (C, H, W), (K, C·size·size), (K,), whole number "
              "-> (K, H − size + 1, W − size + 1)",
    difficulty=2,
    minutes=7,
    hints=(
        "Start with a single patch, the one in the upper left corner. What are its scores? How many places are "
        "there along each side?",
        "Use two loops, over the rows and columns of places. `x[:, i:i + size, j:j + size]` is the patch, with all "
        "its channels; `w @ p + b` gives all K scores at once.",
        "`scores = np.zeros((len(w), H - size + 1, W - size + 1))`, and inside both loops `scores[:, i, j] = w @ "
        "x[:, i:i + size, j:j + size].ravel() + b`.",
    ),
    solution=solution,
    errors="""- *The right numbers, classes last*: `scores[:, i, j]`, classes are the first axis.
- *`w.reshape(K, size, size, C)`*: each row of `w` has the order of the patch: channels, rows, columns.
- *`patch[::-1, ::-1]`* or similar: nothing is flipped; weight and pixel meet as they lie.
- *`scores + b`* adds along the last axis, the columns. For whole maps write `b[:, None, None]`.
- *The best class of each place*: return the scores. Choosing comes later.""",
    praise="One classifier, used at every place.",
    insight="The same weights serve every place of the picture.",
    cases=[
        ([[[1, 2, 0], [0, 3, 1], [2, 1, 0]]], [[1, 0, 0, 1], [0, 1, -1, 0]], [0, 1], 2),
        ([[[1, 2, 0], [0, 3, 1]], [[2, 0, 1], [1, 1, 4]]],
         [[1, 0, 0, 1, 2, 0, 0, 0], [0, 1, -1, 0, 0, 3, 0, 1]], [5, -2], 2),
        ([[[1, 2], [3, 4], [5, 6]]], [[1, 2, 3, 4], [0, 1, 0, -1], [2, 0, 0, 1]], [1, 0, -3], 2),
        ([[[1, 2, 3, 1], [0, 4, 1, 2]], [[3, 1, 0, 5], [2, 2, 1, 0]]], [[1, -1], [2, 3], [0, 1]], [0.5, 0.25, -1], 1),
        ([[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [2, 1, 0, 3]]], [[1, 2, 0, 0, 1, -1, 3, 0, 1]], [2], 3),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[-2]], [1], 1), ([[[1, 2], [3, 5]]], [[1, 2, 3, 4], [2, 0, -1, 0]], [1, 2], 2),
        ([[[0.5, 1.25, -2], [0.125, 3, 1]]], [[0.5, 1, -0.25, 2]], [0.75], 2),
        ([[[1, 2, 3], [4, 5, 6], [7, 8, 8]]], [[0.5, 1.5, 0, 0.25]], [1], 2),
        ([[[70000, -300], [200, -400]]], [[300], [-70000]], [40000, -300], 1),
        ([[[-1, -2, -3]], [[-2, -1, -4]]], [[-1, -2]], [-3], 1), ([[[0, 0], [0, 0]]], [[1], [2]], [0, 0], 1),
        ([[[2, 2, 2, 2, 2]] * 5], [[1] * 16, [2] * 16], [3, 3], 4),
        ([[[1, 2]], [[0, 1]], [[3, 1]], [[2, 5]], [[1, 4]]], [[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]], [0, 1], 1),
        ([[[0.00012, 0.00034]], [[0.0005, 0.0001]]], [[0.00213, 1.2345], [0.0004, 0.0003]], [0.00025, 0.0001], 1),
        ([[[1, 2, 3]]], [[2], [-2]], [1, 2], 1),
        ([[[1, 2], [3, 5]]], [[2, 2, 2, 2]], [1], 2), ([[[1, 2], [3, 5]]], [[2, -2, 1, -1]], [1], 2),
        ([[[3], [1]], [[2], [2]]], [[1, 2], [0, 1]], [1, -1], 1),
    ],
    returns="scores",
    right=[looped, as_convolution, all_patches, class_by_class, by_rows],
    wrong=WRONG,
)
