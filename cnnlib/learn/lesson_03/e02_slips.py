"""Ways in which a filter that slides over an image goes wrong: edits of right ways, for exercise 03.2."""

import numpy as np

from ..exercise import Wrong
from ..slips import slips


def looped(x, w):
    (H, W), (Fh, Fw) = x.shape, w.shape
    y = np.zeros((H - Fh + 1, W - Fw + 1))
    for i in range(H - Fh + 1):
        for j in range(W - Fw + 1):
            for u in range(Fh):
                for v in range(Fw):
                    y[i, j] += x[i + u, j + v] * w[u, v]
    return y


def filled(x, w):
    (H, W), (Fh, Fw) = x.shape, w.shape
    y = np.zeros((H - Fh + 1, W - Fw + 1))
    for i in range(H - Fh + 1):
        for j in range(W - Fw + 1):
            y[i, j] = (x[i:i + Fh, j:j + Fw] * w).sum()
    return y


def listed(x, w):
    (H, W), (Fh, Fw) = x.shape, w.shape
    y = []
    for i in range(H - Fh + 1):
        row = []
        for j in range(W - Fw + 1):
            total = 0
            for u in range(Fh):
                for v in range(Fw):
                    total += x[i + u, j + v] * w[u, v]
            row.append(total)
        y.append(row)
    return y


def sliced(x, w):
    (H, W), (Fh, Fw) = x.shape, w.shape
    return [[(x[i:i + Fh, j:j + Fw] * w).sum() for j in range(W - Fw + 1)] for i in range(H - Fh + 1)]


def padded(before, after):
    """The right way with zeros around x: before(f) and after(f) for each side f of the filter."""
    return lambda x, w: filled(np.pad(x, [(before(f), after(f)) for f in w.shape]), w)


def left(kept):
    """Outputs as in an array of zeros that was filled only where kept(i, j, rows, columns)."""
    return lambda y, x, w: np.where(kept(*np.indices(y.shape), *y.shape), y, 0)


WAYS = [filled, looped, listed, sliced]
ROWS, COLUMNS, ZEROS, CELL, ONE = "H - Fh + 1", "W - Fw + 1", "np.zeros((H - Fh + 1, W - Fw + 1))", "x[i + u, j + v]", \
    "(x[i:i + Fh, j:j + Fw] * w).sum()"
I, J, U, V = "for i in range(H - Fh + 1)", "for j in range(W - Fw + 1)", "for u in range(Fh)", "for v in range(Fw)"

TURNED = "Your filter is rotated by 180°, as in true convolution: the top left cell of the window should meet " \
         "`w[0, 0]`."
INSIDE = "Inside the window rows and columns are swapped: cell `x[i + u, j + v]` meets weight `w[u, v]`."
LYING = "Rows and columns are swapped somewhere: i and u count rows, in `x[i + u, j + v]` as in `y[i, j]`."
FRAME = "You put zeros around x: the filter should stay on x, and y is smaller than x."
SQUARE_W = "Your code needs a filter no wider than high: `w.shape` holds both, its height and its width."
SQUARE_X = "Your code needs a square image: `x.shape` holds its height and its width, and they may differ."
SQUARE = "You treat everything as square: `x.shape` and `w.shape` hold height and width, and they may differ."
LARGE = "Your y has the size of x, with zeros where no window fits: it should be smaller."
OVER = "You go on to the last cells of x: stop where the filter would hang over the border."
FEW = "The last row and the last column of y are missing: along each side there are N - F + 1 places."
NO_LAST_ROW = "The last row of places is missing: there are H - Fh + 1, and `range` already leaves out its end."
NO_LAST_COLUMN = "The last column of places is missing: there are W - Fw + 1, and `range` already leaves out its end."
FROM_1 = "The first row and the first column of places are missing: the first window lies on row 0 and column 0."
SIZES = "Your loops keep the sizes of the example: take those of x and w from `x.shape` and `w.shape`."
LOOPS = "Your loops are swapped: i runs over the `x.shape[0] - w.shape[0] + 1` rows of places, j over the columns."
LENGTHS = "Inside the window u runs over the rows of w, `range(Fh)`, and v over its columns, `range(Fw)`."
JUMPS = "Your window jumps by its own size: it should move by one cell."
SUMS = "You get one sum for each column of the window: `sum(...)` adds up rows. Write `(window * w).sum()`, which " \
       "adds up all."
MATRIX = "`@` multiplies matrices, rows times columns: take `*`, which multiplies cell by cell, then add up."
WHOLE = "You cut off the decimals: outputs can be fractions. `np.zeros` without a type takes all numbers."
ALIAS = "All rows of y are the same list: `[[0] * n] * m` repeats it without copying. Take `np.zeros`."
ONE_ROW = "You return after the first row: `return` belongs after both outer loops."
ONE_PLACE = "You return after the first place: `return` belongs after all loops."

WRONG = [
    *slips(
        WAYS,
        (TURNED, "w[u, v]", "w[-1 - u, -1 - v]"),
        ("Your filter is upside down: the upper row of the window should meet `w[0]`.", "w[u, v]", "w[-1 - u, v]"),
        ("Your filter is mirrored: the left cells of the window should meet `w[:, 0]`.", "w[u, v]", "w[u, -1 - v]"),
        ("Rows and columns of y are swapped: `y[i, j]` is the place i rows down and j to the right.",
         lambda y, x, w: y.T),
        (LYING, CELL, "x[j + u, i + v]"), (LYING, "y[i, j]", "y[j, i]"),
        (INSIDE, CELL, "x[i + v, j + u]"), (INSIDE, "w[u, v]", "w[v, u]"), (INSIDE, "* w)", "* w.T)"),
        ("Your window moves diagonally: the column is `j + v`.", CELL, "x[i + u, i + v]"),
        ("In each row of the window you read only one cell: the column is `j + v`.", CELL, "x[i + u, j + u]"),
        ("All weights meet the same cell: u and v are missing in `x[i + u, j + v]`.", CELL, "x[i, j]"),
        ("Your window stays in the corner: i and j are missing in `x[i + u, j + v]`.", CELL, "x[u, v]"),
        ("Your window runs backwards from its place: it covers `x[i, j]` and what lies below and right.",
         CELL, "x[i - u, j - v]"),
        (FEW, ROWS, "H - Fh", COLUMNS, "W - Fw"), (NO_LAST_ROW, ROWS, "H - Fh"), (NO_LAST_COLUMN, COLUMNS, "W - Fw"),
        (OVER, ROWS, "H", COLUMNS, "W"), (OVER, I, "for i in range(H)", J, "for j in range(W)"),
        ("The numbers are right, but in one long list: start a new row for each i.", lambda y, x, w: y.ravel()),
        ("Your row is never emptied: `row = []` belongs inside the loop over i.",
         "y = []", "y, row = [], []", "        row = []\n", ""),
        (ALIAS, ZEROS, "[[0] * (W - Fw + 1)] * (H - Fh + 1)", "y[i, j]", "y[i][j]"),
        (ONE_ROW, lambda y, x, w: y[:1]), (ONE_ROW, lambda y, x, w: y[0]),
        (ONE_ROW, left(lambda i, j, rows, columns: i == 0)),
        (ONE_PLACE, lambda y, x, w: y[0, 0]), (ONE_PLACE, lambda y, x, w: y[:1, :1]),
        (ONE_PLACE, left(lambda i, j, rows, columns: i + j == 0)),
        ("You have one number for each row: the window must also move to the right.", lambda y, x, w: y[:, 0]),
        ("Only the last place of y is not 0: make y before the loops, not inside them.",
         left(lambda i, j, rows, columns: (i == rows - 1) & (j == columns - 1))),
        ("Only the last row of y is not 0: make y before the loops, not inside them.",
         left(lambda i, j, rows, columns: i == rows - 1)),
        ("Only the last row is returned: collect all rows in y, which is made before the loops.",
         lambda y, x, w: y[-1]),
        ("You add up all places: each has its own number.", lambda y, x, w: y.sum()),
        ("Your sum carries over from place to place: reset it to 0 for each.",
         "y = []", "y, total = [], 0", "            total = 0\n", ""),
        ("Your sum carries over along the row: reset it to 0 for each place, inside the loop over j.",
         "row = []", "row, total = [], 0", "            total = 0\n", ""),
        (JUMPS, I, "for i in range(0, H - Fh + 1, Fh)", J, "for j in range(0, W - Fw + 1, Fw)"),
        ("You take the mean: an output is the sum of the products.", ".sum()", ".mean()"),
        ("You add up the window without the weights.", " * w)", ")"), ("You add up the window without the weights.",
                                                                       " * w[u, v]", ""),
        ("You add first, then multiply: each cell meets its own weight, and adding comes last.",
         " * w).sum()", ").sum() * w.sum()"),
        ("In each window the last row and the last column are missing: F - 1 is the last u and v, and `range` leaves "
         "out its end.", U, "for u in range(Fh - 1)", V, "for v in range(Fw - 1)"),
        ("In each window the first row and the first column are missing: u and v start at 0.",
         U, "for u in range(1, Fh)", V, "for v in range(1, Fw)"),
        ("In each window the first row is missing: u starts at 0.", U, "for u in range(1, Fh)"),
        ("In each window the first column is missing: v starts at 0.", V, "for v in range(1, Fw)"),
        ("In each window the last row is missing: u goes up to Fh - 1, and `range` leaves out its end.",
         U, "for u in range(Fh - 1)"),
        ("In each window the last column is missing: v goes up to Fw - 1, and `range` leaves out its end.",
         V, "for v in range(Fw - 1)"),
        ("Your slices end in the same place whatever i and j are: write `x[i:i + Fh, j:j + Fw]`.",
         "i + Fh, j:j + Fw", "Fh, j:Fw"),
        ("You add the weights to the cells: multiply them, then add up.", "* w", "+ w"),
        ("You keep the largest product of each window: add them all up.", ".sum()", ".max()"),
        ("You drop the signs: a negative product is subtracted.", "(x[", "abs(x["),
        ("Only the last product of each window is left: `+=` adds, `=` replaces.", "+=", "="),
        ("Only the first cell of each window counts: do you return or store something too early, inside the inner "
         "loops?", CELL, "(u + v == 0) * x[i + u, j + v]"),
        ("Only the upper row of each window counts: u runs over all rows of w.", U, "for u in range(1)"),
        ("Only the left column of each window counts: v runs over all columns of w.", V, "for v in range(1)"),
        ("Only the diagonal of each window counts: you need two loops inside the window, one for rows and one for "
         "columns.", CELL, "(u == v) * x[i + u, j + v]"),
        (MATRIX, "* w)", "@ w)"), (MATRIX, "* w)", "@ w.T)"),
        (LENGTHS, V, "for v in range(Fh)"), (LENGTHS, U, "for u in range(Fw)"),
        (LENGTHS, U, "for u in range(Fw)", V, "for v in range(Fh)"),
        ("You write the outputs into x itself, where later windows read them: make a new array.",
         ZEROS, "x", ONE, ONE, "return y", "return y[:i + 1, :j + 1]"),
        ("Both of your slices cut rows: a second pair of brackets cuts the rows of what the first has left. Write "
         "`x[a:b, c:d]`.", "Fh, j:j", "Fh][j:j"),
        (SQUARE_W, "w.shape", "w.shape[:1] * 2"), (SQUARE_X, "x.shape", "x.shape[:1] * 2"),
        (SQUARE, "w.shape", "w.shape[:1] * 2", "x.shape", "x.shape[:1] * 2"),
        (LOOPS, ROWS, "(W) - Fw + 1", COLUMNS, "H - Fh + 1"),
        (LOOPS, I, "for i in range((W) - Fw + 1)", J, "for j in range(H - Fh + 1)"),
        ("You use the width of the image as its height: `x.shape` is `(H, W)`, rows first.",
         "x.shape", "x.shape[::-1]"),
        ("You use the width of the filter as its height: `w.shape` is `(Fh, Fw)`, rows first.",
         "w.shape", "w.shape[::-1]"),
        (SIZES, "w.shape", "(3, 3)", ROWS, "3", COLUMNS, "3"), (SIZES, ROWS, "3", COLUMNS, "3"),
        (SIZES, "w.shape", "(3, 3)"), (SIZES, ROWS, "H - 2", COLUMNS, "W - 2"),
        (WHOLE, "Fw + 1))", "Fw + 1), int)"), (WHOLE, "Fw + 1))", "Fw + 1), x.dtype)"),
        (WHOLE, lambda y, x, w: y.astype(int)), (WHOLE, lambda y, x, w: np.round(y)),
    ),
    *slips(
        [filled],   # what stays 0 in an array that was made first
        ("The last row and the last column of y stay 0: `range` leaves out its end, so go up to `N - F + 1`.",
         I, "for i in range(H - Fh)", J, "for j in range(W - Fw)"),
        ("The last row of y stays 0: `range` leaves out its end.", I, "for i in range(H - Fh)"),
        ("The last column of y stays 0: `range` leaves out its end.", J, "for j in range(W - Fw)"),
        ("The first row and the first column of y stay 0: the first window lies on row 0 and column 0, so i and j "
         "start at 0.", I, "for i in range(1, H - Fh + 1)", J, "for j in range(1, W - Fw + 1)"),
        (SUMS, ".sum()", ".sum(axis=0)[0 if Fw == 1 else slice(None)]"),   # older NumPy takes [0]
        (LARGE, ZEROS, "np.zeros(x.shape)"), (LARGE, ZEROS, "np.zeros(x.shape, x.dtype)"),
    ),
    *slips(
        [sliced],   # where an array of zeros would not take what comes out, or not notice what is missing
        (SUMS, ".sum()", ".sum(axis=0)"), (MATRIX, "* w).sum()", "@ w)"),
        ("You get one sum for each row of the window: `sum()` without an axis adds up all.", ".sum()", ".sum(axis=1)"),
        ("These are the products of each window: add them up, to one number for each place.", ".sum()", ""),
        (FROM_1, I, "for i in range(1, H - Fh + 1)", J, "for j in range(1, W - Fw + 1)"),
    ),
    Wrong(padded(lambda f: 0, lambda f: 1), "There is one place too many along each side: at the last ones the "
                                            "filter hangs over the border."),
    Wrong(padded(lambda f: 0, lambda f: f - 1), OVER),
    Wrong(padded(lambda f: f // 2, lambda f: f - 1 - f // 2), FRAME),
    Wrong(padded(lambda f: f - 1, lambda f: f - 1), FRAME), Wrong(padded(lambda f: 1, lambda f: 1), FRAME),
    Wrong(lambda x, w: padded(lambda f: f - 1, lambda f: f - 1)(x, w[::-1, ::-1]),
          "Your filter is rotated by 180°.", "There are zeros around x: the filter should stay on x."),
]
