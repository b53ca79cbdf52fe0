"""The matrix of a filter."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


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


def entry_by_entry(w, N):
    M = np.zeros((N - len(w) + 1, N))
    for i in range(len(M)):
        for k in range(len(w)):
            M[i, i + k] = w[k]
    return M


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


# --- typical mistakes -------------------------------------------------------------------------------------------------

SHORT = "The last row is missing: there are N - F + 1 places, and `range` already leaves out its end."
TWO = "The last two rows are missing: there are N - F + 1, not N - (F + 1)."
BLOCKS = "Your filter jumps by its own width from row to row: it should move by one column."
FULL = "The filter also lies half outside of x at both ends: it should lie on x all the time."
ROWS, PIECE, PUT, PLACES, K = "N - F + 1", "[i, i:i + F]", "] = w", "N - len(w) + 1", "range(len(w))"

EXERCISE = Exercise(
    id="02.4",
    title="Build the matrix",
    statement="""Write `banded(w, N)`: the matrix that does to an `x` of `N` cells what the sliding filter `w` does,
with stride 1 and no padding. For every such `x`, `banded(w, N) @ x` gives the outputs.

(`cnn.as_matrix` does this in one call; here you build it yourself.) `np.zeros((3, 5))` makes a matrix of 3 rows and 5
columns, all 0.""",
    signature="banded(w, N): (F,), a whole number -> (N - F + 1, N)",
    difficulty=3,
    minutes=7,
    hints=(
        "Start with a matrix of zeros. How many rows, how many columns? Then take one row: where in it does the "
        "filter lie?",
        "One row for each output, `N - len(w) + 1` of them, and `N` columns. In row `i` the filter starts at column "
        "`i`.",
        "`M[i, i:i + len(w)] = w` writes the filter into row `i`. Put that line in a loop over all rows, then "
        "`return M`.",
    ),
    solution=solution,
    errors="""- *`N` rows*: rows are outputs, and the filter finds only `N - F + 1` places.
- *Rows and columns swapped*: with M[j, i] the matrix could not even be multiplied with `x`.
- *"could not broadcast"*: the piece of the row must be as long as the filter, `i:i + F`, not `i:F`.
- *The filter in the wrong order*: within a row the weights are in the order of the window, first weight first.
- *A row that wraps around its end* (`np.roll` over `N` rows) joins the end of `x` to its beginning.
- *`[[0] * N] * rows`* is one row under several names: writing into one writes into all.""",
    praise="Sliding, but nothing slides.",
    insight="What a filter does is linear: a matrix, almost all zeros, with the same few numbers in every row.",
    cases=[([-1, 1], 5), ([2, 3, 5], 5), ([4], 3), ([1, 2, 3], 3), ([7, 1, 2, 9], 6), ([0.25, 1.5, 0.5], 5)],
    draw=draw,
    edges=[([5], 1), ([0.0625], 2), ([2, 2], 3), ([0, 1, 0], 4), ([3, 0, 2], 5), ([40001, -300], 3), ([0.1, 0.3], 2)],
    returns="M",
    right=[two_loops, entry_by_entry, zeros_around, by_diagonals, by_columns, by_rolling, single_precision],
    wrong=[*slips(
        [solution],
        ("Rows and columns are swapped: one row for each output, one column for each cell of x.",
         lambda M, w, N: M.T),
        ("The filter is reversed in the rows: the first weight meets the first cell of the window.",
         PUT, f"{PUT}[::-1]"),
        (("Rows and columns are swapped.", "The filter is reversed."), lambda M, w, N: M[::-1, ::-1].T),
        ("There are too many rows: in the last ones the filter hangs over the end and is cut off. The number of "
         "rows is N - F + 1.", ROWS, "N", PUT, f"{PUT}[:N - i]"),
        (SHORT, ROWS, "N - F"), (TWO, ROWS, "N - (F + 1)"), (TWO, ROWS, "max(N - (F + 1), 0)"),
        ("There are too many rows, and they stay 0: the matrix has N - F + 1 rows, one for each output.",
         f"({ROWS}, N)", "(N, N)"),
        ("The last row stays 0: there are N - F + 1 rows to fill, and `range` already leaves out its end.",
         f"range({ROWS})", "range(N - F)"),
        ("The first row stays 0: counting starts at 0.", f"range({ROWS})", f"range(1, {ROWS})"),
        ("You fill one row for each weight: fill one for each output, N - F + 1 of them.",
         f"range({ROWS})", "range(F)"),
        ("`M[i] = w` writes into the whole row, which is longer than the filter: write into its piece `M[i, i:i + F]`.",
         PIECE, "[i]"),
        ("Your piece of the row ends at column F whatever i is: it ends at `i + F`.", PIECE, "[i, i:F]"),
        ("Some piece of M that you write into is shorter than the filter: there are N - F + 1 rows, and in row i "
         "the filter lies at `M[i, i:i + F]`.", ROWS, "N"),
        ("The filter lies at the start in every row: in row i it starts at column i.", PIECE, "[i, :F]"),
        (BLOCKS, ROWS, "N // F", PIECE, "[i, i * F:(i + 1) * F]"),
        ("Everything is in its place, but you wrote ones instead of the weights.", PUT, "] = 1"),
        ("Everything is in its place, but you wrote 1, 2, 3 instead of the weights.",
         PUT, "] = range(1, F + 1)"),
        ("Your rows are upside down: the first output belongs in the first row.", lambda M, w, N: M[::-1]),
        ("Only the first row is filled: is `return` inside the loop?", "    return", "        return"),
        ("Only the last row is filled: do you create the matrix inside the loop?",
         "M[i", f"M = np.zeros(({ROWS}, N)); M[i"),
        ("There are columns missing: there is one for each cell of x, including the last ones.",
         f"({ROWS}, N)", f"({ROWS}, {ROWS})", PUT, f"{PUT}[:{ROWS} - i]"),
        ("Your matrix holds whole numbers only, so 0.25 became 0: `np.zeros(...)` without `dtype` holds decimals, too.",
         lambda M, w, N: M.astype(int)),
        ("Weights of the rows above are left in your rows: start every row with zeros.", PIECE, "[i:, i:i + F]"),
        ("All rows are in one long list: return a matrix, one row below the other.", lambda M, w, N: M.ravel()),
    ), *slips(
        [two_loops],
        ("This is the matrix with padding on both sides: without padding only N - F + 1 rows are left.",
         PLACES, "N", "j - i", "j - i + (len(w) - 1) // 2"),
        ("This is the matrix with padding on both sides: without padding only N - F + 1 rows are left.",
         PLACES, "N", "j - i", "j - i + len(w) // 2"),
        (FULL, PLACES, "N + len(w) - 1", "j - i", "j - i + len(w) - 1"),
        ((FULL, "The filter is reversed."), PLACES, "N + len(w) - 1", "j - i", "i - j"),
        (SHORT, PLACES, "N - len(w)"), (TWO, PLACES, "N - (len(w) + 1)"), (BLOCKS, "j - i", "j - i * len(w)"),
        ("Your filter is repeated along the whole row: outside its window the row is 0.",
         "w[j - i] if 0 <= j - i < len(w) else 0", "w[(j - i) % len(w)]"),
        ("In your rows the filter runs from column i to the left, and is cut off: it should run to the right, "
         "weight k in column i + k.", "j - i", "i - j"),
        ("Your row is never started again: `row = []` belongs inside the loop over i.",
         "rows = []", "rows, row = [], []", "        row = []\n", ""),
        ("You append the row after every column: it belongs after the inner loop.",
         "        rows.append", "            rows.append"),
        ("You return after the first row: `return` belongs after both loops.", "    return", "        return"),
    ), *slips(
        [entry_by_entry, by_rolling, by_diagonals, zeros_around],
        ("Only the first weight is in its place: a row holds the whole filter.", K, "range(1)"),
        ("Only the last weight is left in each row: does each one overwrite the one before?",
         "M[i, i + k]", "M[i] = 0; M[i, i + k]"),
        ("The last weight is missing in every row: `range` already leaves out its end.", K, "range(len(w) - 1)"),
        ("The first weight is missing in every row: counting starts at 0.", K, "range(1, len(w))"),
        ("Your weight is chosen by the row: in every row weight k is `w[k]`.", "] = w[k]", "] = w[i % len(w)]"),
        ("`w[-k]` counts from the end, but `w[-0]` is `w[0]`: column i + k holds `w[k]`.", "w[k]", "w[-k]"),
        ("Your weights are one place off, the last one in front: column i + k holds `w[k]`.", "w[k]", "w[k - 1]"),
        ("Outside its window a row is 0: start with `np.zeros`.", "np.zeros((", "np.ones(("),
        ("All weights are written into the same column: weight k belongs in column i + k.", "i + k", "i"),
        ("In your rows the filter runs from column i to the left, and on from the end: it should run to the right, "
         "weight k in column i + k.", "i + k", "i - k"),
        ("All rows of your matrix are the same row, so each i writes into all of them: make a new row of zeros for "
         "every i.", f"np.zeros(({PLACES}, N))", f"[[0] * N] * ({PLACES})", "M[i, i + k]", "M[i][i + k]"),
        ("There are too many rows: in the last ones the filter hangs over the end and wraps round to the left. The "
         "number of rows is N - F + 1.", f"i) for i in range({PLACES})", "i) for i in range(N)"),
        ("Your filter begins one column too late: row 0 begins with the filter, and is moved only for row 1.",
         "(first, i)", "(first, i + 1)"),
        ("Your filter moves to the left from row to row: `np.roll` moves to the right by a positive number.",
         "(first, i)", "(first, -i)"),
        ("All weights lie on one diagonal, added up: weight k lies k columns further right, `np.eye(rows, N, k)`.",
         "N, k)", "N)"),
        ("Your rows hold the filter and nothing else: a row is as long as x, with zeros where the filter does not lie.",
         "[0] * i + list(w) + [0] * (N - len(w) - i)", "list(w)"),
    )],
)
