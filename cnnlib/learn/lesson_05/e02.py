"""Max-pooling in two dimensions, with visible loops."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong
from . import e02_slips as slips


def solution(x, kernel_size, stride):
    (H, W), F, S = x.shape, kernel_size, stride
    rows, columns = (H - F) // S + 1, (W - F) // S + 1
    y = np.zeros((rows, columns))
    for i in range(rows):                     # every row of places
        for j in range(columns):              # every place in it
            window = x[i * S:i * S + F, j * S:j * S + F]
            y[i, j] = window.max()
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def four_loops(x, F, S):
    y = []
    for top in range(0, len(x) - F + 1, S):
        y.append([])
        for left in range(0, len(x[0]) - F + 1, S):
            best = x[top][left]
            for u in range(F):
                for v in range(F):
                    if x[top + u][left + v] > best:
                        best = x[top + u][left + v]
            y[-1].append(best)
    return y


def all_at_once(x, F, S):
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F))[::S, ::S]
    return windows.max(axis=(2, 3))


def running_maximum(x, F, S):
    rows, columns = (x.shape[0] - F) // S + 1, (x.shape[1] - F) // S + 1
    y = np.full((rows, columns), -np.inf)
    for u in range(F):
        for v in range(F):
            y = np.maximum(y, x[u:u + rows * S:S, v:v + columns * S:S][:rows, :columns])
    return y


def rows_then_columns(x, F, S):
    high = np.array([x[top:top + F].max(axis=0) for top in range(0, x.shape[0] - F + 1, S)])
    return np.array([high[:, left:left + F].max(axis=1) for left in range(0, x.shape[1] - F + 1, S)]).T


def recursive(x, F, S):
    def along(row):
        return [] if len(row[0]) < F else [row[:, :F].max(), *along(row[:, S:])]

    return [] if len(x) < F else [along(x[:F]), *recursive(x[S:], F, S)]


def single_precision(x, F, S):
    return cnn.max_pool2d(np.float32(x)[None, None], F, S)[0, 0]


def draw(rng):
    F, S = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    H, W = F + rng.integers(1, 6, 2)
    return rng.integers(-9, 10, (H, W)) / 2, F, S


ENDS = "You go on where the window hangs over the edge: the last place is the last where all of it lies on x."
START = "Your window begins in row `i` and column `j`: it begins at `i * S` and `j * S`."
ONE = "Only a single number is left: each place has its own, so `return` belongs behind both loops."
RUNS_ON = "Your maximum runs on from window to window: begin it anew in each."
ZERO = "It begins at 0, too: begin with the first cell of the window."
EARLY = "Does `return` stand inside a loop? It belongs behind both."
LAST = "The last places are missing: there are (H - F) // S + 1 rows of them and (W - F) // S + 1 in a row."

EXERCISE = Exercise(
    id="05.2",
    title="Two loops and a maximum",
    statement="""Write `max_pool2d(x, kernel_size, stride)`, in short $F$ and $S$: lay a window of $F \\times F$
on the top left corner of `x` and write down the largest number in it. Move on by $S$ cells along the row, then by $S$
rows, as long as the window lies on `x`.

$$y[i, j] = \\max_{u,\\,v} \\; x[i \\cdot S + u,\\; j \\cdot S + v], \\qquad u, v = 0, \\dots, F - 1$$

No padding, one map of any height and width, also with negative numbers. Do not use `cnn.max_pool2d`.""",
    signature="max_pool2d(x, kernel_size, stride): (H, W), two whole numbers -> (H', W')",
    difficulty=2,
    minutes=6,
    hints=(
        "Two loops over the places, $i$ and $j$. Where does the window of place $i$, $j$ begin?",
        "It begins in row `i * S` and column `j * S`, and is F cells high and wide: a slice in both directions. There "
        "are `(H - F) // S + 1` rows of places.",
        "`y = np.zeros((rows, columns))`, then for every `i` and `j`: `y[i, j] = x[i*S:i*S+F, j*S:j*S+F].max()`.",
    ),
    solution=solution,
    errors="""- *A maximum that starts at 0* never goes below 0: start with the window's first cell, or with `-np.inf`.
- *`x[i:i + F]`* forgets the jump: place $i$ begins at $i \\cdot S$.
- *`H // S` places*: right for $F = S$; for $F = 3$, $S = 2$ the last window hangs over the edge.
- *The same number of rows and columns*: pictures need not be square.
- *TypeError, 'float' object*: `/` makes a number with a point, and sizes are whole. `//`.
- *`max(window)`*, without the point, compares whole rows. `window.max()`.
- `x.reshape(H // F, F, W // F, F).max(axis=(1, 3))` is neat and quick, but only for $S = F$, and only if it fits.""",
    praise="Every window hands on its largest number.",
    insight="It is the sliding window of lesson 03 with another question: not a dot product, but which is the largest.",
    cases=[
        ([[1, 3, 2, 0], [5, 2, 1, 1], [0, 8, 4, 2], [4, 0, 3, 6]], 2, 2),
        ([[1, 3, 2, 0], [5, 2, 1, 1], [0, 8, 4, 2], [4, 0, 3, 6]], 2, 1),
        ([[-1, -2, -3], [-4, -5, -6], [-7, -8, -9]], 2, 1),
        ([[1, 2, 3, 4, 5, 6, 7], [7, 6, 5, 4, 3, 2, 1], [0, 9, 0, 9, 0, 9, 0]], 3, 2),
        ([[4, 8], [1, 2], [9, 3], [5, 5], [0, 7]], 2, 2),
        ([[2, 7, 1], [8, 2, 8]], 1, 1),
    ],
    draw=draw,
    edges=[
        ([[3, 1], [4, 2]], 2, 1), ([[5]], 1, 3), ([[0, 0, 0]], 1, 2), ([[0.5], [0.0625], [-0.75]], 1, 1),
        ([[40000, -200, -400], [-250, -300, -500]], 2, 1), ([[3, 1, 0], [4, 2, 7], [5, 0, 2]], 3, 1),
        ([[4, 0, 0, 0, 0, 7, 0, 0, 0, 0, 5]], 1, 5), ([[4], [0], [0], [0], [0], [7], [0], [0], [0], [0], [5]], 1, 5),
    ],
    player=lambda x, F, S: cnn.viz.pool(x, F, S),
    right=[four_loops, all_at_once, running_maximum, rows_then_columns, recursive, single_precision],
    wrong=[
        Wrong(slips.from_zero, "Your maximum never goes below 0: in a window of negative numbers the largest is "
                               "negative, too. Start with the first cell of the window."),
        Wrong(slips.looking(np.mean), "You take the mean of each window: that is average pooling. Take the largest."),
        Wrong(slips.looking(np.sum), "You add up each window: take its largest number."),
        Wrong(slips.looking(np.min), "You take the smallest number of each window: take the largest."),
        Wrong(slips.looking(lambda w: np.abs(w).max()), "You drop the signs before you compare: −8 is smaller than 2."),
        Wrong(slips.looking(lambda w: w.flat[np.abs(w).argmax()]), "You take the number farthest from 0: −8 is smaller "
                                                              "than 2."),
        Wrong(slips.looking(np.argmax), "You return where in the window the largest number stands, not the number "
                                        "itself: `max`, not `argmax`."),
        Wrong(slips.looking(np.median), "You take the middle number of each window: take the largest."),
        Wrong(slips.looking(lambda w: w[0, 0]), "You take the first cell of each window: compare it with the others."),
        Wrong(slips.looking(lambda w: w[-1, -1]), "Only the last cell of each window is left: is it overwritten in "
                                                  "the inner loop?"),
        Wrong(slips.looking(lambda w: w[0].max()), "You look at the first row of each window only."),
        Wrong(slips.looking(lambda w: w[:, 0].max()), "You look at the first column of each window only."),
        Wrong(slips.looking(lambda w: w.diagonal().max()), "You look at the diagonal of each window only: every `u` "
                                                           "meets every `v`."),
        Wrong(slips.with_sizes(lambda F, S: (F, 1)), "Your stride changes nothing: the window moves by one cell, "
                                                     "not by S."),
        Wrong(slips.with_sizes(lambda F, S: (F, F)), "Your window jumps by its own size F: it should jump by S."),
        Wrong(slips.with_sizes(lambda F, S: (S, S)), "Your window is S cells wide: it jumps by S, and is F wide."),
        Wrong(slips.with_sizes(lambda F, S: (S, F)), "Window and stride are exchanged: F is the size, S the jump."),
        Wrong(slips.with_sizes(lambda F, S: (2, 2)), "Your window is 2 × 2 with stride 2, whatever F and S are."),
        Wrong(slips.sized(lambda F, S: S, lambda F, S: S), "Your window is S cells high and wide: it ends at `i * S "
                                                           "+ F`, `j * S + F`."),
        Wrong(slips.sized(lambda F, S: F, lambda F, S: S), "Your window is S cells wide: it ends at `j * S + F`."),
        Wrong(slips.sized(lambda F, S: S, lambda F, S: F), "Your window is S cells high: it ends at `i * S + F`."),
        Wrong(slips.starts_and_number, START, "There are `(H - F) // S + 1` places in a column, not `H // S`."),
        Wrong(slips.starts_at_i, START),
        Wrong(slips.starts_at_i_times_F, "Your window begins at `i * F` and `j * F`: it begins at `i * S` and `j * "
                                         "S`."),
        Wrong(slips.sized(lambda F, S: F + 1, lambda F, S: F + 1), "Your window is one cell too large: a slice "
                                                                   "`x[a:a + F]` already holds F cells."),
        Wrong(slips.sized(lambda F, S: F - 1, lambda F, S: F - 1), "Your window is one cell too small: a slice "
                                                                   "`x[a:a + F]` leaves out its end already."),
        Wrong(slips.ends_at_F, "All your windows end at F: a window that begins at `i * S` ends at `i * S + F`."),
        Wrong(slips.hanging_over, ENDS), Wrong(slips.rounded_up, ENDS),
        Wrong(slips.size_over_stride, "You have `H // S` places in a column: the window of F cells must fit as "
                                      "well, so it is `(H - F) // S + 1`."),
        Wrong(slips.cut(-1, -1), LAST),
        Wrong(slips.cut(-1, None), "The last row of places is missing: there are (H - F) // S + 1."),
        Wrong(slips.cut(None, -1), "The last place of each row is missing: there are (W - F) // S + 1."),
        Wrong(slips.square, "You count the places along the width like those along the height: a map need not be "
                            "square."),
        Wrong(slips.sides_exchanged, "Height and width are exchanged in your number of places."),
        Wrong(slips.transposed, "Rows and columns are exchanged: `y[i, j]` stands in row i."),
        Wrong(slips.one_list, "You make one long list: start a new row for every i."),
        Wrong(slips.padded, "You put zeros around x: the window should stay on x."),
        Wrong(slips.reshaped, "Cutting x into blocks with `reshape` works only where S is F and the blocks come out "
                              "even."),
        Wrong(slips.whole, "This is the largest number of the whole map, global pooling: each window has its own."),
        Wrong(slips.into_whole_numbers, "You cut off what is behind the point: an output is a number of x, unchanged."),
        Wrong(slips.rows_only, "Your window is as wide as one column: it goes F cells to the right, too."),
        Wrong(slips.columns_only, "Your window is one row high: it goes F cells down, too."),
        Wrong(slips.written_into_x, "You write the outputs into x itself, so that x is lost: make a new array."),
        Wrong(slips.range_one_short, "You stop one place too early: a range leaves out its end, so it is `range(0, H - "
                                     "F + 1, S)`."),
        Wrong(slips.filled_up_to(-1, -1), "The last row and the last column of y stay 0: `range(rows)` leaves out its "
                                          "end already."),
        Wrong(slips.filled_up_to(-1, None), "The last row of y stays 0: `range(rows)` leaves out its end already."),
        Wrong(slips.filled_up_to(None, -1), "The last column of y stays 0: `range(columns)` leaves out its end "
                                            "already."),
        Wrong(slips.filled_up_to(1, None), f"Only the first row of y is filled. {EARLY}"),
        Wrong(slips.filled_up_to(1, 1), f"Only the first place of y is filled. {EARLY}"),
        Wrong(slips.last_row_filled, "Only the last row of y is filled: is y made anew in every turn of the loop?"),
        Wrong(slips.never_begun_anew, RUNS_ON), Wrong(slips.begun_anew_in_each_row, RUNS_ON),
        Wrong(slips.from_zero_and_never_anew, RUNS_ON, ZERO),
        Wrong(slips.from_zero_and_anew_in_each_row, RUNS_ON, ZERO),
        Wrong(slips.cells_for_places, "Your i and j count the cells of x, and y has a number for each place only: it "
                                      "is `y[i // S, j // S]`."),
        Wrong(slips.corner_of_a_map, "Your y is as large as x: it needs one row for each row of places only."),
        Wrong(slips.python_max, "Python's `max` does not look into the rows of an array: write `window.max()`."),
        Wrong(slips.size_over_window, "You have `H // F` places in a column: it is `(H - F) // S + 1`."),
        Wrong(slips.as_many_as_cells, "You have as many places as x has cells: it is `(H - F) // S + 1` in a column."),
        Wrong(slips.every_cell_and_no_window, "You keep every S-th cell, and look at no window: take the largest of "
                                              "F × F cells."),
        Wrong(slips.starts_at_j, "Your window begins in column `j`: it begins at `j * S`."),
        Wrong(slips.starts_at_row_i, "Your window begins in row `i`: it begins at `i * S`."),
        Wrong(slips.first_place, ONE),
        Wrong(slips.last_place, "Only the last place is left: write each into `y[i, j]`."),
        Wrong(slips.first_row, "You return after the first row of places: `return` belongs behind both loops."),
        Wrong(slips.last_row, "Only the last row of places is left: is the list made anew for every i?"),
    ],
)
