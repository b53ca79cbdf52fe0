"""The matrix of a filter."""

import numpy as np

from ..exercise import Exercise
from .e04_slips import WRONG


def solution(w, N):
    F = len(w)
    M = np.zeros((N - F + 1, N))        # one row for each output, one column for each cell of x
    for i in range(N - F + 1):
        M[i, i:i + F] = w               # row i: the filter where window i lies
    return M


# --- other right ways -------------------------------------------------------------------------------------------------

def two_loops(w, N):
    rows = []
    for i in range(N - len(w) + 1):
        row = []
        for j in range(N):
            row.append(w[j - i] if 0 <= j - i < len(w) else 0)
        rows.append(row)
    return rows


def zeros_around(w, N):
    return [[0] * i + list(w) + [0] * (N - len(w) - i) for i in range(N - len(w) + 1)]


def by_diagonals(w, N):
    return sum(w[k] * np.eye(N - len(w) + 1, N, k) for k in range(len(w)))


def by_columns(w, N):
    # Column j is what the filter makes of an input that is 1 in cell j and 0 elsewhere.
    return np.stack([np.correlate(unit, w, "valid") if len(w) <= N else unit for unit in np.eye(N)], axis=1)


def by_rolling(w, N):
    first = np.concatenate([w, np.zeros(N - len(w))])
    return np.array([np.roll(first, i) for i in range(N - len(w) + 1)])


def single_precision(w, N):
    return solution(w, N).astype(np.float32)


def draw(rng):
    F = rng.integers(2, 5)
    w = rng.permutation([-9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9])[:F]   # no two alike, no zero
    return w, F + int(rng.integers(1, 6))


EXERCISE = Exercise(
    id="02.4",
    title="Build the matrix",
    statement="""Write `banded(w, N)`: the matrix that does to an `x` of `N` cells what the filter `w` does when it
slides over it, stride 1, no padding. So for every such `x`, `banded(w, N) @ x` are the outputs.

(`cnn.as_matrix` does this in one call; here you find out how.) `np.zeros((3, 5))` makes a matrix of 3 rows and 5
columns, all 0.""",
    signature="banded(w, N): (F,), a whole number -> (N - F + 1, N)",
    difficulty=3,
    minutes=7,
    hints=(
        "Begin with a matrix of zeros. How many rows, how many columns? Then ask of one row: where in it does the "
        "filter lie?",
        "One row for each output, `N - len(w) + 1` of them, and `N` columns. In row `i` the filter starts at column "
        "`i`.",
        "`M[i, i:i + len(w)] = w` writes the filter into row `i`. That line in a loop over all rows, and `return M`.",
    ),
    solution=solution,
    errors="""- *`N` rows*: rows are outputs, and the filter finds only `N - F + 1` places.
- *Rows and columns exchanged*: with M[j, i] the matrix could not even be multiplied with `x`.
- *"could not broadcast"*: the piece of the row must be as long as the filter, `i:i + F`, not `i:F`.
- *The filter in the wrong order*: within a row the weights stand as they lie on the window, first weight first.
- *A row that wraps around its end* (`np.roll` over `N` rows) joins the end of `x` to its beginning.
- *`[[0] * N] * rows`* is one row under several names: what is written into one stands in all.""",
    praise="Sliding, without anything that slides.",
    insight="What a filter does is linear: a matrix, almost all zeros, with the same few numbers in every row.",
    cases=[([-1, 1], 5), ([2, 3, 5], 5), ([4], 3), ([1, 2, 3], 3), ([7, 1, 2, 9], 6), ([0.25, 1.5, 0.5], 5)],
    draw=draw,
    edges=[([5], 1), ([0.0625], 2), ([2, 2], 3), ([0, 1, 0], 4), ([3, 0, 2], 5), ([40000, -300], 3)],
    returns="M",
    right=[two_loops, zeros_around, by_diagonals, by_columns, by_rolling, single_precision],
    wrong=WRONG,
)
