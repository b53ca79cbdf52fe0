"""Slide a filter over an image."""

import numpy as np

from ...viz import slide as scene
from ..exercise import Exercise, Wrong


def solution(x, w):
    Fh, Fw = w.shape
    y = np.zeros((x.shape[0] - Fh + 1, x.shape[1] - Fw + 1))
    for i in range(y.shape[0]):                   # every row of places
        for j in range(y.shape[1]):               # every place in it
            for u in range(Fh):                   # every row of the window
                for v in range(Fw):               # every cell in it
                    y[i, j] += x[i + u, j + v] * w[u, v]
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def with_slices(x, w):
    Fh, Fw = w.shape
    return [[(x[i:i + Fh, j:j + Fw] * w).sum() for j in range(x.shape[1] - Fw + 1)]
            for i in range(x.shape[0] - Fh + 1)]


def by_weight(x, w):
    H, W = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    return sum(w[u, v] * x[u:u + H, v:v + W] for u, v in np.ndindex(*w.shape))


def all_at_once(x, w):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)
    return windows.reshape(*windows.shape[:2], -1) @ w.ravel()


def row_by_row(x, w):
    y = []
    for i in range(len(x) - len(w) + 1):
        y.append(sum(np.correlate(x[i + u], w[u]) for u in range(len(w))))
    return np.array(y, np.float32)


def recursive(x, w):
    def row(lines):
        return [] if lines.shape[1] < w.shape[1] else [(lines[:, :w.shape[1]] * w).sum(), *row(lines[:, 1:])]

    return [] if len(x) < len(w) else [row(x[:len(w)]), *recursive(x[1:], w)]


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
    return lambda x, w: change(solution(x, w))


def padded(before, after):
    """The solution with zeros around x: before(f) and after(f) for each side f of the filter."""
    return lambda x, w: solution(np.pad(x, [(before(f), after(f)) for f in w.shape]), w)


full = padded(lambda f: f - 1, lambda f: f - 1)


def zeros_behind(x, w):
    y = np.zeros(x.shape)
    y[:len(x) - len(w) + 1, :x.shape[1] - w.shape[1] + 1] = solution(x, w)
    return y


def blocks(x, w):
    return solution(x, w)[::len(w), ::w.shape[1]]


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
    """Twice the same mistake, sizes(H, W, Fh, Fw) -> places down, places across, rows and columns of the window: once
    with slices, which do not fit, once with loops, which leave the image."""
    def sliced(x, w):
        down, across, Fh, Fw = sizes(*x.shape, *w.shape)
        return np.array([[(x[i:i + Fh, j:j + Fw] * w).sum() for j in range(across)] for i in range(down)])

    def looped(x, w):
        down, across, Fh, Fw = sizes(*x.shape, *w.shape)
        return np.array([[sum(x[i + u, j + v] * w[u, v] for u in range(Fh) for v in range(Fw)) for j in range(across)]
                         for i in range(down)])

    return sliced, looped


def filled(dtype):
    """The loops, adding up in an array of a type of its own, dtype(x)."""
    def answer(x, w):
        y = np.zeros(solution(x, w).shape, dtype(x))
        for i, j in np.ndindex(*y.shape):
            for u, v in np.ndindex(*w.shape):
                y[i, j] += x[i + u, j + v] * w[u, v]
        return y

    return answer


def draw(rng):
    F, more = rng.integers(1, 4, 2), rng.integers(1, 5, 2)
    return rng.integers(-9, 10, F + more), rng.integers(-9, 10, F)


TURNED = "Your filter is turned by half a turn, as in true convolution: the top left cell of the window should meet " \
         "`w[0, 0]`."
INSIDE = "Inside the window rows and columns are exchanged: the cell `x[i + u, j + v]` meets the weight `w[u, v]`."
ZEROS = "You put zeros around x: the filter should stay on x, and y is smaller than x."
SQUARE_W = "Your filter may not be wider than high: `w.shape` holds both, its height and its width."
SQUARE_X = "Your image has to be square: `x.shape` holds its height and its width, and they may differ."
SQUARE = "You take everything for square: `x.shape` and `w.shape` hold height and width, and they may differ."
SIZES = "Your loops keep the sizes of the example: take those of x and w from `x.shape` and `w.shape`."
LOOPS = "The loops are exchanged: i runs over the `x.shape[0] - w.shape[0] + 1` rows of places, j over the columns."
WHOLE = "You cut off what is behind the point: an output need not be a whole number. `np.zeros` without a type takes " \
        "all numbers."
ALIAS = "All rows of y are one and the same list: `[[0] * n] * m` repeats it and copies nothing. Take `np.zeros`."
ONE_ROW = "You return after the first row: `return` belongs behind both outer loops."

SIZED = [
    (lambda H, W, Fh, Fw: (H - Fh + 1, W - Fh + 1, Fh, Fh), SQUARE_W),
    (lambda H, W, Fh, Fw: (H - Fh + 1, H - Fw + 1, Fh, Fw), SQUARE_X),
    (lambda H, W, Fh, Fw: (H - Fh + 1, H - Fh + 1, Fh, Fh), SQUARE),
    (lambda H, W, Fh, Fw: (W - Fw + 1, H - Fh + 1, Fh, Fw), LOOPS),
    (lambda H, W, Fh, Fw: (3, 3, 3, 3), SIZES),
    (lambda H, W, Fh, Fw: (3, 3, Fh, Fw), SIZES),
    (lambda H, W, Fh, Fw: (H - 2, W - 2, 3, 3), SIZES),
    (lambda H, W, Fh, Fw: (H - 2, W - 2, Fh, Fw), SIZES),
]

EXERCISE = Exercise(
    id="03.2",
    title="Slide it over an image",
    statement="""Write `slide2d(x, w)`: lay the filter `w` on the top left corner of the image `x`, multiply cell by
cell and add up; then move on, along the row and down to the next, as long as the whole filter lies on `x`.

$$y[i, j] = \\sum_{u=0}^{F_h-1} \\sum_{v=0}^{F_w-1} x[i + u,\\, j + v] \\cdot w[u, v]$$

The image has $H$ rows and $W$ columns, the filter $F_h$ rows and $F_w$ columns: neither need be square. Do not use
`cnn.correlate2d`.""",
    signature="slide2d(x, w): (H, W), (Fh, Fw) -> (H - Fh + 1, W - Fw + 1)",
    difficulty=2,
    minutes=5,
    hints=(
        "Along each side it is lesson 01: how many places are there downwards, and how many to the right?",
        "`Fh, Fw = w.shape` gives the height and the width. Begin with `y = np.zeros((rows, columns))`, and fill it in "
        "two loops, `for i in range(rows):` and inside it `for j in range(columns):`.",
        "`rows` is `x.shape[0] - Fh + 1`, `columns` is `x.shape[1] - Fw + 1`, and inside both loops stands `y[i, j] = "
        "(x[i:i + Fh, j:j + Fw] * w).sum()`.",
    ),
    solution=solution,
    errors="""- *Broadcast or IndexError for some images only*: somewhere height and width are exchanged, or taken to be
  equal. `x.shape` is `(H, W)`, height first.
- *`(window @ w).sum()`*: `@` multiplies matrices, rows times columns. Here `*` is meant, cell by cell.
- *One long list*: with `append`, a new row has to begin for each `i`.
- *`np.zeros_like(x)`* has the shape of `x`, which is too large, and its type, which may cut off what is behind the
  point.""",
    praise="Every window of the image meets every weight.",
    insight="Two loops over the places, two over the weights: nothing is new but a second direction.",
    cases=[
        ([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
         [[1, 0, 1], [0, 1, 0], [1, 0, 1]]),
        ([[1, 0, 2], [3, 1, 0], [0, 2, 1]], [[1, 2], [3, -1]]),
        ([[1, 2, 0, 1], [0, 3, 1, 2]], [[1, -1], [2, 0]]),
        ([[1, 2], [0, 3], [4, 1], [2, 2]], [[1, 2], [0, -1]]),
        ([[2, 1, 0, 3], [1, 4, 2, 0], [3, 0, 1, 5]], [[1, 2, -1]]),
        ([[5, 1], [2, 7], [1, 3]], [[1], [3]]),
        ([[1, 2], [3, 4]], [[0.5, 0.25], [1, 0]]),
        ([[3, 5], [7, 2]], [[2]]),
    ],
    draw=draw,
    player=lambda x, w: scene(x, w),
    right=[with_slices, by_weight, all_at_once, row_by_row, recursive],
    wrong=[
        Wrong(lambda x, w: solution(x, w[::-1, ::-1]), TURNED),
        Wrong(lambda x, w: solution(x, w[::-1]), "Your filter is upside down: the upper row of the window should meet "
                                                 "`w[0]`."),
        Wrong(lambda x, w: solution(x, w[:, ::-1]), "Your filter is mirrored: the left cells of the window should meet "
                                                    "`w[:, 0]`."),
        Wrong(then(lambda y: y.T), "Rows and columns of y are exchanged: `y[i, j]` is the place i rows down and j to "
                                   "the right."),
        Wrong(cells(lambda i, j, u, v: ((j + u, i + v), (u, v))), "The places are exchanged: the cell is "
                                                                  "`x[i + u, j + v]`, i and u count rows."),
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
        Wrong(windows(dot, lambda n, f: n - f), "The last row and the last column of y are missing: along each side "
                                                "there are N - F + 1 places."),
        Wrong(then(lambda y: y[:-1]), "The last row of places is missing: there are H - Fh + 1, and `range` already "
                                      "leaves out its end."),
        Wrong(then(lambda y: y[:, :-1]), "The last column of places is missing: there are W - Fw + 1, and `range` "
                                         "already leaves out its end."),
        Wrong(padded(lambda f: 0, lambda f: 1), "There is one place too many along each side: at the last ones the "
                                                "filter hangs over the border."),
        Wrong(padded(lambda f: 0, lambda f: f - 1), "You go on to the last cells of x: stop where the filter would "
                                                    "hang over the border."),
        Wrong(padded(lambda f: f // 2, lambda f: f - 1 - f // 2), ZEROS), Wrong(full, ZEROS),
        Wrong(zeros_behind, "Your y has the size of x, with zeros where no window fits: it should be smaller."),
        Wrong(then(lambda y: y.ravel()), "The numbers are right, but in one long list: begin a new row for each i."),
        Wrong(same_list_for_all_rows, "Your row is never emptied: `row = []` belongs inside the loop over i."),
        Wrong(then(lambda y: np.tile(y[-1], (len(y), 1))), ALIAS),
        Wrong(then(lambda y: np.tile(y.sum(axis=0), (len(y), 1))), ALIAS),
        Wrong(then(lambda y: y[:1]), ONE_ROW), Wrong(then(lambda y: y[0]), ONE_ROW),
        Wrong(then(lambda y: y[:, 0]), "You have one number for each row: the window has to move to the right as "
                                       "well."),
        Wrong(then(lambda y: y[0, 0]), "You return after the first place: `return` belongs behind all loops."),
        Wrong(then(lambda y: y.sum()), "You add up all places: each has a number of its own."),
        Wrong(then(lambda y: np.cumsum(y).reshape(y.shape)), "Your sum runs on from place to place: set it back to 0 "
                                                             "for each of them."),
        Wrong(then(lambda y: np.cumsum(y, axis=1)), "Your sum runs on along the row: set it back to 0 for each place, "
                                                    "inside the loop over j."),
        Wrong(blocks, "Your window jumps by its own size: it should move by one cell."),
        Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) * w).mean()), "You take the mean: an output is the sum of "
                                                                        "the products."),
        Wrong(windows(lambda x, w, i, j: cut(x, w, i, j).sum()), "You add up the window without the weights."),
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
        Wrong(windows(lambda x, w, i, j: (cut(x, w, i, j) @ w).sum()), "`@` multiplies matrices, rows times columns: "
              "take `*`, which multiplies cell by cell, then add up."),
        Wrong(windows(lambda x, w, i, j: cut(x, w, i, j) * w), "These are the products of each window: add them up, to "
                                                               "one number for each place."),
        Wrong(in_place, "You write the outputs into x itself, where later windows read them: make a new array."),
        Wrong(windows(lambda x, w, i, j: (x[i:i + w.shape[0]][j:j + w.shape[1]] * w).sum()), "Both of your slices cut "
              "rows: a second pair of brackets cuts the rows of what the first has left. Write `x[a:b, c:d]`."),
        *(Wrong(answer, sentence) for sizes, sentence in SIZED for answer in sized(sizes)),
        Wrong(filled(lambda x: int), WHOLE), Wrong(filled(lambda x: x.dtype), WHOLE),
        Wrong(lambda x, w: full(x, w[::-1, ::-1]), "Your filter is turned by half a turn.",
              "There are zeros around x: the filter should stay on x."),
    ],
)
