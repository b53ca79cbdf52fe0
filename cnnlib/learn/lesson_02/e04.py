"""The matrix of a filter."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution(w, n):
    F = len(w)
    M = np.zeros((n - F + 1, n))        # one row for each output, one column for each cell of x
    for i in range(n - F + 1):
        M[i, i:i + F] = w               # row i: the filter where window i lies
    return M


# --- other right ways -------------------------------------------------------------------------------------------------

def two_loops(w, n):
    rows = []
    for i in range(n - len(w) + 1):
        row = []
        for j in range(n):
            row.append(w[j - i] if 0 <= j - i < len(w) else 0)
        rows.append(row)
    return rows


def zeros_around(w, n):
    return [[0] * i + list(w) + [0] * (n - len(w) - i) for i in range(n - len(w) + 1)]


def by_diagonals(w, n):
    return sum(w[k] * np.eye(n - len(w) + 1, n, k) for k in range(len(w)))


def by_columns(w, n):
    # Column j is what the filter makes of an input that is 1 in cell j and 0 elsewhere.
    return np.stack([np.correlate(unit, w, "valid") if len(w) <= n else unit for unit in np.eye(n)], axis=1)


def by_rolling(w, n):
    first = np.concatenate([w, np.zeros(n - len(w))])
    return np.array([np.roll(first, i) for i in range(n - len(w) + 1)])


def single_precision(w, n):
    return solution(w, n).astype(np.float32)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def transposed(w, n):
    return solution(w, n).T


def flipped(w, n):
    return solution(w[::-1], n)


def flipped_and_transposed(w, n):
    return solution(w[::-1], n).T


def cut_off(w, n):
    M = np.zeros((n, n))
    for i in range(n):
        M[i, i:i + len(w)] = w[:n - i]
    return M


def around_the_end(w, n):
    M = np.zeros((n, n))
    for i in range(n):
        for k in range(len(w)):
            M[i, (i + k) % n] += w[k]
    return M


def padded(w, n):
    P = (len(w) - 1) // 2
    M = np.zeros((n, n + 2 * len(w)))
    for i in range(n):
        M[i, i - P + len(w):i - P + 2 * len(w)] = w
    return M[:, len(w):len(w) + n]


def full(w, n):
    F = len(w)
    M = np.zeros((n + F - 1, n + 2 * F - 2))
    for i in range(n + F - 1):
        M[i, i:i + F] = w
    return M[:, F - 1:F - 1 + n]


def one_row_short(w, n):
    return solution(w, n)[:-1]


def never_moved(w, n):
    M = np.zeros((n - len(w) + 1, n))
    M[:, :len(w)] = w
    return M


def in_blocks(w, n):
    M = np.zeros((n // len(w), n))
    for i in range(n // len(w)):
        M[i, i * len(w):(i + 1) * len(w)] = w
    return M


def ones_for_weights(w, n):
    return solution(np.ones(len(w)), n)


def places_for_weights(w, n):
    return solution(np.arange(1, len(w) + 1), n)


def from_the_end(w, n):
    return solution(w, n)[::-1]


def in_every_entry(w, n):
    M = np.zeros((n - len(w) + 1, n))
    for i in range(len(M)):
        for j in range(n):
            M[i, j] = w[(j - i) % len(w)]
    return M


def first_weight_only(w, n):
    return w[0] * np.eye(n - len(w) + 1, n)


def last_weight_only(w, n):
    return w[-1] * np.eye(n - len(w) + 1, n, len(w) - 1)


def only_the_filter(w, n):
    return np.tile(w, (n - len(w) + 1, 1))


def first_row_only(w, n):
    M = np.zeros((n - len(w) + 1, n))
    M[0, :len(w)] = w
    return M


def last_row_only(w, n):
    M = np.zeros((n - len(w) + 1, n))
    M[-1, -len(w):] = w
    return M


def too_narrow(w, n):
    rows = n - len(w) + 1
    M = np.zeros((rows, rows))
    for i in range(rows):
        M[i, i:i + len(w)] = w[:rows - i]
    return M


def one_flat_list(w, n):
    return solution(w, n).ravel()


def draw(rng):
    F = rng.integers(2, 5)
    w = rng.permutation([-9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9])[:F]   # no two alike, no zero
    return w, F + int(rng.integers(1, 6))


EXERCISE = Exercise(
    id="02.4",
    title="Build the matrix",
    statement="""Write `banded(w, n)`: the matrix that does to an `x` of `n` cells what the filter `w` does when it
slides over it, stride 1, no padding. So for every such `x`, `banded(w, n) @ x` are the outputs.

Do not use `cnn.as_matrix`. `np.zeros((3, 5))` makes a matrix of 3 rows and 5 columns, all 0.""",
    signature="banded(w, n): (F,), number -> (n - F + 1, n)",
    difficulty=3,
    minutes=7,
    hints=(
        "Begin with a matrix of zeros. How many rows, how many columns? Then ask of one row: where in it does the "
        "filter lie?",
        "One row for each output, `n - len(w) + 1` of them, and `n` columns. In row `i` the filter starts at column "
        "`i`.",
        "`M[i, i:i + len(w)] = w` writes the filter into row `i`. That line in a loop over all rows, and `return M`.",
    ),
    solution=solution,
    errors="""- *`n` rows*: rows are outputs, and the filter finds only `n - F + 1` places.
- *Rows and columns exchanged*: with M[j, i] the matrix could not even be multiplied with `x`.
- *The filter in the wrong order*: within a row the weights stand as they lie on the window, first weight first.
- *A row that wraps around its end* (`np.roll` over `n` rows) joins the end of `x` to its beginning.""",
    praise="Sliding, without anything that slides.",
    insight="What a filter does is linear: a matrix, almost all zeros, with the same few numbers in every row.",
    cases=[([-1, 1], 5), ([2, 3, 5], 5), ([4], 3), ([1, 2, 3], 3), ([7, 1, 2, 9], 6)],
    draw=draw,
    returns="M",
    right=[two_loops, zeros_around, by_diagonals, by_columns, by_rolling, single_precision],
    wrong=[
        Wrong(transposed, "Rows and columns are exchanged: one row for each output, one column for each cell of x."),
        Wrong(flipped, "The filter stands in the rows the wrong way round: the first weight meets the first cell of "
                       "the window."),
        Wrong(flipped_and_transposed, "Rows and columns are exchanged.", "The filter is the wrong way round."),
        Wrong(cut_off, "There are rows too many: in the last ones the filter hangs over the end and is cut off. The "
                       "number of rows is n - F + 1."),
        Wrong(around_the_end, "There are rows too many: in the last ones the filter hangs over the end and comes in "
                              "again on the left. The number of rows is n - F + 1."),
        Wrong(padded, "This is the matrix with padding on both sides: without padding only n - F + 1 rows are left."),
        Wrong(full, "The filter also lies half outside of x at both ends: it should lie on x all the time."),
        Wrong(one_row_short, "The last row is missing: there are n - F + 1 places, and `range` already leaves out its "
                             "end."),
        Wrong(never_moved, "The filter lies at the start in every row: in row i it starts at column i."),
        Wrong(in_blocks, "Your filter jumps by its own width from row to row: it should move by one column."),
        Wrong(ones_for_weights, "Everything is in its place, but you wrote ones instead of the weights."),
        Wrong(places_for_weights, "Everything is in its place, but you wrote the numbers of the weights, 1, 2, 3, "
                                  "instead of the weights."),
        Wrong(from_the_end, "Your rows stand upside down: the first output belongs in the first row."),
        Wrong(in_every_entry, "Your filter is repeated along the whole row: outside of its window the row is 0."),
        Wrong(first_weight_only, "Only the first weight is in its place: a row holds the whole filter."),
        Wrong(last_weight_only, "Only the last weight is left in each row: does each one overwrite the one before?"),
        Wrong(only_the_filter, "Your rows hold the filter and nothing else: a row is as long as x, with zeros where "
                               "the filter does not lie."),
        Wrong(first_row_only, "Only the first row is filled: does `return` stand inside the loop?"),
        Wrong(last_row_only, "Only the last row is filled: is the matrix made anew inside the loop?"),
        Wrong(too_narrow, "There are columns missing: one for each cell of x, also for the last ones."),
        Wrong(one_flat_list, "All rows stand in one long list: return a matrix, one row below the other."),
    ],
)
