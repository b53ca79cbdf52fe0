"""Occlusion: how much a score falls when a part of the image is covered."""

import numpy as np

from ..exercise import Exercise
from .e01_covered import (
    CORNER,
    COUNT,
    EDGES,
    FUNCTIONS,
    LARGEST,
    PLACES,
    PROBABILITY,
    SQUARES,
    TOTAL,
)
from .e01_slips import WRONG, in_one_copy, put_back


def solution(score, x, size, fill):
    H, W = x.shape
    before = score(x)
    falls = np.zeros((H - size + 1, W - size + 1))
    for i in range(H - size + 1):
        for j in range(W - size + 1):
            covered = x.astype(float)                      # a copy that can hold fractions
            covered[i:i + size, j:j + size] = fill
            falls[i, j] = before - score(covered)          # above 0: the square was needed
    return falls


# --- other right ways -------------------------------------------------------------------------------------------------

def by_lists(score, x, size, fill):
    def fall(i, j):
        rows = [[float(n) for n in row] for row in x]
        for a in range(i, i + size):
            for b in range(j, j + size):
                rows[a][b] = fill
        return score(x) - score(rows)

    return [[fall(i, j) for j in range(len(x[0]) - size + 1)] for i in range(len(x) - size + 1)]


def by_masks(score, x, size, fill):
    i, j = np.indices(x.shape)
    falls = [score(x) - score(np.where((a <= i) & (i < a + size) & (b <= j) & (j < b + size), fill, x))
             for a in range(x.shape[0] - size + 1) for b in range(x.shape[1] - size + 1)]
    return np.reshape(falls, (x.shape[0] - size + 1, -1))


def around_a_view(score, x, size, fill):
    covered = np.array(x, float)
    windows = np.lib.stride_tricks.sliding_window_view(covered, (size, size), writeable=True)
    falls = np.empty(windows.shape[:2])
    for place in np.ndindex(falls.shape):
        kept = windows[place].copy()
        windows[place] = fill
        falls[place] = score(x) - score(covered)
        windows[place] = kept
    return falls


def single_precision(score, x, size, fill):
    return np.float32(in_one_copy(score, x, size, fill))


def draw(rng):
    x = rng.integers(-4, 10, rng.integers(3, 6, 2)) / rng.choice([1, 1, 2])
    return (FUNCTIONS[rng.integers(len(FUNCTIONS))], x if (x != np.round(x)).any() else x.astype(int),
            int(rng.integers(1, 4)), (0, 1, 0.5, -2, 3.25)[rng.integers(5)])


EXERCISE = Exercise(
    id="10.1",
    title="Cover a part, and see what is lost",
    statement="""Write `occlusion(score, x, size, fill)`. `x` is one image, $(H, W)$; `score` is a function that makes
one number from an image: `score(x)`.

In a copy of `x`, set a square of `size` × `size` pixels to `fill`. By how much does the score **fall** from `x` to the
copy? Do this wherever the square fits inside the image. Return the map of all falls: entry $[i, j]$ belongs to the
square whose upper left corner is at row $i$, column $j$.

A rise is a negative fall. `x` may hold whole numbers while `fill` is a fraction. Leave `x` as it was.""",
    signature="occlusion(score, x, size, fill): function, (H, W), whole number, number -> (H - size + 1, W - size + 1)",
    difficulty=3,
    minutes=8,
    hints=(
        "How many places are there for the square, down and across? How often is `score` called?",
        "Use two loops, over the rows and columns where the upper left corner can be. At each place take a fresh "
        "copy of `x`, so that only one square is covered. The copy must be able to hold fractions, as "
        "`x.astype(float)` does.",
        "Inside the loops: `covered = x.astype(float)`, then `covered[i:i + size, j:j + size] = fill`, and "
        "`falls[i, j] = score(x) - score(covered)`.",
    ),
    solution=solution,
    errors="""- *`score(covered) - score(x)`* has the wrong sign: where the network relies on a part, the score falls.
- *`covered = x`* is not a copy: it covers `x` itself, and every square stays covered.
- *`x.copy()` of whole numbers* holds whole numbers: a `fill` of 0.5 becomes 0 without an error.
- *A copy made before the loops* keeps all earlier squares covered.
- *`range(H - size)`* leaves out the last place: there are $H - size + 1$.""",
    praise="It works for any score you can call.",
    insight="It needs only a network's answers, no derivatives. But what you fill with is your own guess.",
    cases=[
        (TOTAL, [[1, 2], [3, 4]], 1, 0),
        (TOTAL, [[1, 2, 3], [4, 5, 6]], 2, 0),
        (TOTAL, [[1, 0, 3], [2, 5, 1], [7, 4, 2]], 2, 1),
        (LARGEST, [[1, 2, 9], [4, 5, 6], [0, 3, 2], [8, 1, 0]], 2, 0),
        (PLACES, [[1, 2, 0], [4, 5, 6], [2, 3, 2]], 1, 0.5),
        (CORNER, [[4, 2, 1, 0], [1, 3, 2, 2]], 2, 3),
        (EDGES, [[0, 0, 5, 5], [0, 0, 5, 5], [1, 0, 5, 4]], 2, 2),
        (SQUARES, [[1, -2, 3, 0], [2, 2, -1, 4], [0, 1, 5, -3]], 3, -1),
        (PROBABILITY, [[1, 2, -1], [0, 3, 1], [2, -2, 1]], 2, 0.5),
        (TOTAL, [[0.5, 2, 1], [1.5, 3, 2.5]], 1, 1.5),
        (COUNT, [[3, 0, 4], [1, 5, 2], [6, 0, 1]], 2, 4),
    ],
    draw=draw,
    edges=[
        (SQUARES, [[1, 2, 0], [4, -5, 6], [2, 3, 2], [0, 1, 5], [3, 3, -1]], 3, 2),
        (SQUARES, [[3]], 1, 2), (TOTAL, [[2, 3], [4, 5]], 2, 0), (PLACES, [[2, 3, 5, 1]], 1, 0),
        (PLACES, [[2], [3], [5], [1]], 1, 3), (SQUARES, [[5, 2, 1], [0, 1, 3]], 2, 4),
        (PLACES, [[-1, -2], [-3, -4], [-2, -5]], 2, 1), (PLACES, [[300, -200], [70000, -400]], 1, 50),
        (TOTAL, [[0.0012, 0.0034], [0.0021, 0]], 1, 0), (PLACES, [[2, 2, 2], [2, 2, 2]], 1, 2),
        (PLACES, [[1, -1], [2, -2]], 1, 5), (PLACES, [[0, 0], [0, 0]], 1, 1),
        (PLACES, [[1, 2, 3, 4, 5], [2, 0, 4, 1, 5], [7, 1, 2, 0, 1], [2, 3, 1, 4, 6], [1, 0, 2, 2, 8]], 4, 7),
    ],
    returns="map",
    right=[in_one_copy, put_back, by_lists, by_masks, around_a_view, single_precision],
    wrong=WRONG,
)
