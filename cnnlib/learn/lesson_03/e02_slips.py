"""Ways in which a filter that slides over an image goes wrong: the mistakes of exercise 03.2."""

import numpy as np

from ..exercise import Wrong


def slid(x, w):
    """What is right, in short."""
    return windows(dot)(x, w)


# --- typical mistakes: made of one pattern, the two outer loops -------------------------------------------------------

def windows(make, places=lambda n, f: n - f + 1):
    """make(x, w, i, j) at every place, `places` of them along a side of n cells for a filter of f."""
    def answer(x, w):
        rows, columns = (places(n, f) for n, f in zip(x.shape, w.shape, strict=True))
        return np.array([[make(x, w, i, j) for j in range(columns)] for i in range(rows)])

    return answer


def cut(x, w, i, j):
    return x[i:i + w.shape[0], j:j + w.shape[1]]


def dot(x, w, i, j):
    return (cut(x, w, i, j) * w).sum()


def cells(place):
    """The four loops with another cell of x and another weight: place(i, j, u, v) -> two pairs."""
    def make(x, w, i, j):
        total = 0
        for u, v in np.ndindex(*w.shape):
            cell, weight = place(i, j, u, v)
            total += x[cell] * w[weight]
        return total

    return windows(make)


def then(change):
    """The solution with its outputs changed."""
    return lambda x, w: change(slid(x, w))


def left(kept):
    """Outputs as in an array of zeros that was filled only where kept(i, j, rows, columns)."""
    return lambda y: np.where(kept(*np.indices(y.shape), *y.shape), y, 0)


def padded(before, after):
    """The solution with zeros around x: before(f) and after(f) for each side f of the filter."""
    return lambda x, w: slid(np.pad(x, [(before(f), after(f)) for f in w.shape]), w)


full = padded(lambda f: f - 1, lambda f: f - 1)


def zeros_behind(x, w):
    y = np.zeros(x.shape)
    y[:len(x) - len(w) + 1, :x.shape[1] - w.shape[1] + 1] = slid(x, w)
    return y


def zeros_behind_of_the_same_type(x, w):
    return zeros_behind(x, w).astype(x.dtype)


def blocks(x, w):
    return slid(x, w)[::len(w), ::w.shape[1]]


def same_list_for_all_rows(x, w):
    row, y = [], []
    for i in range(x.shape[0] - w.shape[0] + 1):
        for j in range(x.shape[1] - w.shape[1] + 1):
            row.append(dot(x, w, i, j))
        y.append(row)
    return y


def in_place(x, w):
    for i in range(x.shape[0] - w.shape[0] + 1):
        for j in range(x.shape[1] - w.shape[1] + 1):
            x[i, j] = dot(x, w, i, j)
    return x[:i + 1, :j + 1]


def sized(sizes):
    """The same mistake, sizes(H, W, Fh, Fw) -> places down, places across, rows and columns of the window, made with
    slices, which do not fit, with loops, which leave the image, and with an array of zeros, made beforehand."""
    def sliced(x, w):
        down, across, Fh, Fw = sizes(*x.shape, *w.shape)
        return np.array([[(x[i:i + Fh, j:j + Fw] * w).sum() for j in range(across)] for i in range(down)])

    def looped(x, w):
        down, across, Fh, Fw = sizes(*x.shape, *w.shape)
        return np.array([[sum(x[i + u, j + v] * w[u, v] for u in range(Fh) for v in range(Fw)) for j in range(across)]
                         for i in range(down)])

    def filled_in(x, w):
        down, across, Fh, Fw = sizes(*x.shape, *w.shape)
        y = np.zeros((down, across))
        for i, j in np.ndindex(y.shape):
            y[i, j] = (x[i:i + Fh, j:j + Fw] * w).sum()
        return y

    return sliced, looped, filled_in


def window_of(sides):
    """The right places, and inside the window loops of another length, sides(Fh, Fw) -> rows, columns."""
    def answer(x, w):
        y, (rows, columns) = np.zeros(slid(x, w).shape), sides(*w.shape)
        for i, j in np.ndindex(*y.shape):
            for u in range(rows):
                for v in range(columns):
                    y[i, j] += x[i + u, j + v] * w[u, v]
        return y

    return answer


def sums_of_columns_filled_in(x, w):
    y = np.zeros(slid(x, w).shape)
    for i, j in np.ndindex(*y.shape):
        columns = sum(cut(x, w, i, j) * w)
        if columns.size > 1:
            raise ValueError("setting an array element with a sequence.")
        y[i, j] = columns[0]
    return y


def filled(dtype):
    """The loops, adding up in an array of a type of its own, dtype(x)."""
    def answer(x, w):
        y = np.zeros(slid(x, w).shape, dtype(x))
        for i, j in np.ndindex(*y.shape):
            for u, v in np.ndindex(*w.shape):
                y[i, j] += x[i + u, j + v] * w[u, v]
        return y

    return answer


TURNED = "Your filter is turned by half a turn, as in true convolution: the top left cell of the window should meet " \
         "`w[0, 0]`."
INSIDE = "Inside the window rows and columns are exchanged: the cell `x[i + u, j + v]` meets the weight `w[u, v]`."
ZEROS = "You put zeros around x: the filter should stay on x, and y is smaller than x."
SQUARE_W = "Your filter may not be wider than high: `w.shape` holds both, its height and its width."
SQUARE_X = "Your image has to be square: `x.shape` holds its height and its width, and they may differ."
SQUARE = "You take everything for square: `x.shape` and `w.shape` hold height and width, and they may differ."
LARGE = "Your y has the size of x, with zeros where no window fits: it should be smaller."
OVER = "You go on to the last cells of x: stop where the filter would hang over the border."
FEW = "The last row and the last column of y are missing: along each side there are N - F + 1 places."
SIZES = "Your loops keep the sizes of the example: take those of x and w from `x.shape` and `w.shape`."
LOOPS = "The loops are exchanged: i runs over the `x.shape[0] - w.shape[0] + 1` rows of places, j over the columns."
LENGTHS = "Inside the window u runs over the rows of w, `range(Fh)`, and v over its columns, `range(Fw)`."
COLUMNS = "You get one sum for each column of the window: `sum(...)` adds up rows. Write `(window * w).sum()`, which " \
          "adds up all."
MATRIX = "`@` multiplies matrices, rows times columns: take `*`, which multiplies cell by cell, then add up."
WHOLE = "You cut off what is behind the point: an output need not be a whole number. `np.zeros` without a type takes " \
        "all numbers."
ALIAS = "All rows of y are one and the same list: `[[0] * n] * m` repeats it and copies nothing. Take `np.zeros`."
ONE_ROW = "You return after the first row: `return` belongs behind both outer loops."
ONE_PLACE = "You return after the first place: `return` belongs behind all loops."

SIZED = [
    (lambda H, W, Fh, Fw: (H - Fh + 1, W - Fh + 1, Fh, Fh), SQUARE_W),
    (lambda H, W, Fh, Fw: (H - Fh + 1, H - Fw + 1, Fh, Fw), SQUARE_X),
    (lambda H, W, Fh, Fw: (H - Fh + 1, H - Fh + 1, Fh, Fh), SQUARE),
    (lambda H, W, Fh, Fw: (W - Fw + 1, H - Fh + 1, Fh, Fw), LOOPS),
    (lambda H, W, Fh, Fw: (W - Fh + 1, H - Fw + 1, Fh, Fw), "You take the width of the image for its height: "
                                                            "`x.shape` is `(H, W)`, rows first."),
    (lambda H, W, Fh, Fw: (H - Fw + 1, W - Fh + 1, Fw, Fh), "You take the width of the filter for its height: "
                                                            "`w.shape` is `(Fh, Fw)`, rows first."),
    (lambda H, W, Fh, Fw: (H, W, Fh, Fw), OVER),
    (lambda H, W, Fh, Fw: (3, 3, 3, 3), SIZES),
    (lambda H, W, Fh, Fw: (3, 3, Fh, Fw), SIZES),
    (lambda H, W, Fh, Fw: (H - 2, W - 2, 3, 3), SIZES),
    (lambda H, W, Fh, Fw: (H - 2, W - 2, Fh, Fw), SIZES),
]

WRONG = [
    Wrong(lambda x, w: slid(x, w[::-1, ::-1]), TURNED),
    Wrong(lambda x, w: slid(x, w[::-1]), "Your filter is upside down: the upper row of the window should meet `w[0]`."),
    Wrong(lambda x, w: slid(x, w[:, ::-1]), "Your filter is mirrored: the left cells of the window should meet "
                                            "`w[:, 0]`."),
    Wrong(then(lambda y: y.T), "Rows and columns of y are exchanged: `y[i, j]` is the place i rows down and j to "
                               "the right."),
    Wrong(cells(lambda i, j, u, v: ((j + u, i + v), (u, v))), "Rows and columns are exchanged "
          "somewhere: i and u count rows, in `x[i + u, j + v]` as in `y[i, j]`."),
    Wrong(cells(lambda i, j, u, v: ((i + v, j + u), (u, v))), INSIDE),
    Wrong(cells(lambda i, j, u, v: ((i + u, j + v), (v, u))), INSIDE),
    Wrong(cells(lambda i, j, u, v: ((i + u, i + v), (u, v))), "Your window moves along the diagonal: the column "
                                                              "is `j + v`."),
    Wrong(cells(lambda i, j, u, v: ((i + u, j + u), (u, v))), "In each row of the window you read a single cell: "
                                                              "the column is `j + v`."),
    Wrong(cells(lambda i, j, u, v: ((i, j), (u, v))), "All weights meet the same cell: u and v are missing in "
                                                      "`x[i + u, j + v]`."),
    Wrong(cells(lambda i, j, u, v: ((u, v), (u, v))), "Your window stays in the corner: i and j are missing in "
                                                      "`x[i + u, j + v]`."),
    Wrong(cells(lambda i, j, u, v: ((i - u, j - v), (u, v))), "Your window runs backwards from its place: it "
                                                              "covers `x[i, j]` and what lies below and right."),
    Wrong(windows(dot, lambda n, f: n - f), FEW), Wrong(then(lambda y: y[:-1, :-1]), FEW),
    Wrong(then(lambda y: y[:-1]), "The last row of places is missing: there are H - Fh + 1, and `range` already "
                                  "leaves out its end."),
    Wrong(then(lambda y: y[:, :-1]), "The last column of places is missing: there are W - Fw + 1, and `range` "
                                     "already leaves out its end."),
    Wrong(padded(lambda f: 0, lambda f: 1), "There is one place too many along each side: at the last ones the "
                                            "filter hangs over the border."),
    Wrong(padded(lambda f: 0, lambda f: f - 1), OVER),
    Wrong(padded(lambda f: f // 2, lambda f: f - 1 - f // 2), ZEROS), Wrong(full, ZEROS),
    Wrong(zeros_behind, LARGE), Wrong(zeros_behind_of_the_same_type, LARGE),
    Wrong(then(lambda y: y.ravel()), "The numbers are right, but in one long list: begin a new row for each i."),
    Wrong(same_list_for_all_rows, "Your row is never emptied: `row = []` belongs inside the loop over i."),
    Wrong(then(lambda y: np.tile(y[-1], (len(y), 1))), ALIAS),
    Wrong(then(lambda y: np.tile(y.sum(axis=0), (len(y), 1))), ALIAS),
    Wrong(then(lambda y: y[:1]), ONE_ROW), Wrong(then(lambda y: y[0]), ONE_ROW),
    Wrong(then(lambda y: y[:, 0]), "You have one number for each row: the window has to move to the right as "
                                   "well."),
    Wrong(then(lambda y: y[0, 0]), ONE_PLACE), Wrong(then(left(lambda i, j, rows, columns: i + j == 0)), ONE_PLACE),
    Wrong(then(left(lambda i, j, rows, columns: i == 0)), ONE_ROW),
    Wrong(then(left(lambda i, j, rows, columns: (i < rows - 1) & (j < columns - 1))), "The last row and the last "
          "column of y stay 0: `range` leaves out its end, so go up to `N - F + 1`."),
    Wrong(then(left(lambda i, j, rows, columns: i < rows - 1)), "The last row of y stays 0: `range` leaves out its "
                                                                "end."),
    Wrong(then(left(lambda i, j, rows, columns: j < columns - 1)), "The last column of y stays 0: `range` leaves out "
                                                                   "its end."),
    Wrong(then(left(lambda i, j, rows, columns: (i == rows - 1) & (j == columns - 1))), "Only the last place of y is "
          "not 0: make y before the loops, not inside them."),
    Wrong(then(left(lambda i, j, rows, columns: i == rows - 1)), "Only the last row of y is not 0: make y before the "
                                                                 "loops, not inside them."),
    Wrong(then(lambda y: y[-1]), "Only the last row is returned: collect all rows in y, which is made before the "
                                 "loops."),
    Wrong(then(lambda y: y.sum()), "You add up all places: each has a number of its own."),
    Wrong(then(lambda y: np.cumsum(y).reshape(y.shape)), "Your sum runs on from place to place: set it back to 0 "
                                                         "for each of them."),
    Wrong(then(lambda y: np.cumsum(y, axis=1)), "Your sum runs on along the row: set it back to 0 for each place, "
                                                "inside the loop over j."),
    Wrong(blocks, "Your window jumps by its own size: it should move by one cell."),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w).mean()), "You take the mean: an output is the sum of "
                                                                    "the products."),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j).sum()), "You add up the window without the weights."),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j).sum() * w.sum()), "You add first and multiply then: each cell "
          "meets its own weight, adding comes last."),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w)[:-1, :-1].sum()), "In each window the last row and the last "
          "column are missing: F - 1 is the last u and v, and `range` leaves out its end."),
    Wrong(windows(lambda x, w, i, j: (x[i:w.shape[0], j:w.shape[1]] * w).sum()), "Your slices end in the same place "
          "whatever i and j are: write `x[i:i + Fh, j:j + Fw]`."),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) + w).sum()), "You add the weights to the cells: multiply "
                                                                   "them, then add up."),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w).max()), "You keep the largest product of each window: "
                                                                   "add them all up."),
    Wrong(windows(lambda x, w, i, j: np.abs(cut(x, w, i, j) * w).sum()), "You drop the signs: a negative product "
                                                                         "is subtracted."),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j)[-1, -1] * w[-1, -1]), "Only the last product of each window "
          "is left: `+=` adds, `=` replaces."),
    Wrong(windows(lambda x, w, i, j: x[i, j] * w[0, 0]), "Only the first cell of each window counts: is something "
                                                         "returned or stored too early, inside the inner loops?"),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j)[0] @ w[0]), "Only the upper row of each window counts: u runs "
                                                                 "over all rows of w."),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j)[:, 0] @ w[:, 0]), "Only the left column of each window "
          "counts: v runs over all columns of w."),
    Wrong(windows(lambda x, w, i, j: np.trace(cut(x, w, i, j) * w)), "Only the diagonal of each window counts: it "
          "takes two loops inside the window, one for rows and one for columns."),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) @ w).sum()), MATRIX),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) @ w.T).sum()), MATRIX),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w).sum(axis=0)), COLUMNS),
    Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w).sum(axis=1)), "You get one sum for each row of the window: "
          "`sum()` without an axis adds up all."),
    Wrong(sums_of_columns_filled_in, COLUMNS),
    Wrong(window_of(lambda Fh, Fw: (Fh, Fh)), LENGTHS), Wrong(window_of(lambda Fh, Fw: (Fw, Fw)), LENGTHS),
    Wrong(window_of(lambda Fh, Fw: (Fw, Fh)), LENGTHS),
    Wrong(windows(lambda x, w, i, j: cut(x, w, i, j) * w), "These are the products of each window: add them up, to "
                                                           "one number for each place."),
    Wrong(in_place, "You write the outputs into x itself, where later windows read them: make a new array."),
    Wrong(windows(lambda x, w, i, j: (x[i:i + w.shape[0]][j:j + w.shape[1]] * w).sum()), "Both of your slices cut "
          "rows: a second pair of brackets cuts the rows of what the first has left. Write `x[a:b, c:d]`."),
    *(Wrong(answer, sentence) for sizes, sentence in SIZED for answer in sized(sizes)),
    Wrong(filled(lambda x: int), WHOLE), Wrong(filled(lambda x: x.dtype), WHOLE),
    Wrong(then(lambda y: y.astype(int)), WHOLE), Wrong(then(np.round), WHOLE),
    Wrong(lambda x, w: full(x, w[::-1, ::-1]), "Your filter is turned by half a turn.",
          "There are zeros around x: the filter should stay on x."),
]
