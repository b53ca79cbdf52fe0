"""Ways in which the largest number of every window is missed: edits of right ways, for exercise 05.2."""

import numpy as np

from ..exercise import Wrong
from ..slips import slips


def filled(x, F, S):
    H, W = x.shape
    rows, columns = (H - F) // S + 1, (W - F) // S + 1
    y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            y[i, j] = x[i * S:i * S + F, j * S:j * S + F].max()
    return y


def listed(x, F, S):
    H, W = x.shape
    rows, columns = (H - F) // S + 1, (W - F) // S + 1
    return [[x[i * S:i * S + F, j * S:j * S + F].max() for j in range(columns)] for i in range(rows)]


def stepping(x, F, S):
    H, W = x.shape
    return [[x[i:i + F, j:j + F].max() for j in range(0, W - F + 1, S)] for i in range(0, H - F + 1, S)]


def looped(x, F, S):
    H, W = x.shape
    rows, columns = (H - F) // S + 1, (W - F) // S + 1
    y = []
    for i in range(rows):
        y.append([])
        for j in range(columns):
            best = x[i * S, j * S]
            for u in range(F):
                for v in range(F):
                    best = max(best, x[i * S + u, j * S + v])
            y[-1].append(best)
    return y


WAYS = [filled, listed, stepping, looped]
ROWS, COLUMNS, DOWN, ACROSS = "(H - F) // S + 1", "(W - F) // S + 1", "range(0, H - F + 1, S)", "range(0, W - F + 1, S)"
I, J, IN_ROWS, IN_COLUMNS, MAX = "i * S", "j * S", "range(rows)", "range(columns)", "].max()"
NEW, BEST = "            best = x[i * S, j * S]\n", "best = x[i * S, j * S]"

NO_ZERO = "Your maximum never goes below 0: in a window of negative numbers the largest is negative, too. Start with " \
          "the first cell of the window."
ENDS = "Your last windows hang over the edge: at the last place all of the window lies on x."
NEAREST = "You round to the nearest number of places: round down, because a window that hangs over the edge does " \
        "not count."
START = "Your window begins in row `i` and column `j`: it begins at `i * S` and `j * S`."
ONE = "Only a single number is left: each place has its own, so `return` belongs after both loops."
ONE_ROW = "You return after the first row of places: `return` belongs after both loops."
RUNS_ON = "Your maximum carries over from window to window: restart it in each."
ZERO = "It also starts at 0: start with the first cell of the window."
EARLY = "Is `return` inside a loop? It belongs after both."
LAST = "The last places are missing: there are (H - F) // S + 1 rows of places, with (W - F) // S + 1 in each."
ALL = "`max()` without an axis looks at the whole window."

WRONG = [
    *slips(
        WAYS,
        (NO_ZERO, BEST, "best = 0"),
        ("You take the mean of each window: that is average pooling. Take the largest.", ".max()", ".mean()"),
        ("You add up each window: take its largest number.", ".max()", ".sum()"),
        ("You take the smallest number of each window: take the largest.", ".max()", ".min()"),
        ("You drop the signs before you compare: −8 is smaller than 2.", "x[i", "abs(x)[i"),
        ("You take the number farthest from 0: −8 is smaller than 2.", "+ v])", "+ v], key=abs)"),
        ("You return where the largest number is, not the number itself: `max`, not `argmax`.",
         ".max()", ".argmax()"),
        ("You take the middle number of each window: take the largest.",
         "x[i:i + F, j:j + F].max()", "np.median(x[i:i + F, j:j + F])"),
        ("You take the first cell of each window: compare it with the others.", MAX, "][0, 0]"),
        ("Only the last cell of each window is left: is it overwritten in the inner loop?", MAX, "][-1, -1]"),
        ("You look at the first row of each window only.", MAX, "][0].max()"),
        ("You look at the first column of each window only.", MAX, "][:, 0].max()"),
        ("You look at the diagonal of each window only: every `u` meets every `v`.", MAX, "].diagonal().max()"),
        ("You leave out the first row and the first column of each window: u and v start at 0.",
         BEST, "best = -np.inf", "range(F)", "range(1, F)"),
        ("You leave out the last row and the last column of each window: `range` leaves out its end, `range(F)`.",
         "range(F)", "range(F - 1)"),
        ("You leave out the last row and the last column of each window: `range` leaves out its end, `range(F)`.",
         BEST, "best = -np.inf", "range(F)", "range(F - 1)"),
        ("Your stride changes nothing: the window moves by one cell, not by S.", ", S)", ")"),
        ("Your window jumps down, but not to the right: both loops need the stride.", ACROSS, "range(W - F + 1)"),
        ("Your window jumps to the right, but not down: both loops need the stride.", DOWN, "range(H - F + 1)"),
        ("Your window jumps by its own size F: it should jump by S.", ", S)", ", F)"),
        ("Your window is S cells high and wide: it ends at `i * S + F`, `j * S + F`.", "i + F", "i + S", "j + F",
         "j + S"),
        ("Your window is S cells wide: it ends at `j * S + F`.", "j + F", "j + S"),
        ("Your window is S cells high: it ends at `i * S + F`.", "i + F", "i + S"),
        ((START, "There are `(H - F) // S + 1` places in a column, not `H // S`."),
         DOWN, "range(H // S)", ACROSS, "range(W // S)"),
        (START, I, "i", J, "j"), ("Your window begins in column `j`: it begins at `j * S`.", J, "j"),
        ("Your window begins in row `i`: it begins at `i * S`.", I, "i"),
        ("Your window begins at `i * F` and `j * F`: it begins at `i * S` and `j * S`.", I, "i * F", J, "j * F"),
        ("Your window is one cell too large: a slice `x[a:a + F]` already holds F cells.",
         "i + F", "i + F + 1", "j + F", "j + F + 1"),
        ("Your window is one cell too small: a slice `x[a:a + F]` already leaves out its end.",
         "i + F", "i + F - 1", "j + F", "j + F - 1"),
        ("All your windows end at F: a window that begins at `i * S` ends at `i * S + F`.",
         "i * S + F", "F", "j * S + F", "F"),
        (ENDS, "F + 1, S", "F + S, S"), (ENDS, "F + 1, S", "F + 2, S"),
        (ENDS, DOWN, "range(0, H, S)", ACROSS, "range(0, W, S)"),
        (ENDS, "(H - F) // S", "-(-(H - F) // S)", "(W - F) // S", "-(-(W - F) // S)"),
        (ENDS, "(H - F) // S", "-(-(H - F) // S)", "(W - F) // S", "-(-(W - F) // S)",
         ".max()", ".max(initial=-np.inf)"),
        (ENDS, "(H - F) // S", "-(-(H - F) // S)", "(W - F) // S", "-(-(W - F) // S)",
         ".max()", ".max() if i * S < H and j * S < W else 0"),
        (NEAREST, ROWS, "round((H - F) / S) + 1", COLUMNS, "round((W - F) / S) + 1"),
        ("You have `H // S` places in a column: the window of F cells must fit, so it is `(H - F) // S + 1`.",
         ROWS, "H // S", COLUMNS, "W // S"),
        ("You have `H // F` places in a column: it is `(H - F) // S + 1`.", ROWS, "H // F", COLUMNS, "W // F"),
        ("You have as many places as x has cells: it is `(H - F) // S + 1` in a column.", ROWS, "H", COLUMNS, "W"),
        (LAST, "// S + 1", "// S"),
        ("The last row of places is missing: there are (H - F) // S + 1.", ROWS, "(H - F) // S"),
        ("The last place of each row is missing: there are (W - F) // S + 1.", COLUMNS, "(W - F) // S"),
        ("You stop one place too early: a range leaves out its end, so it is `range(0, H - F + 1, S)`.",
         " + 1, S)", ", S)"),
        ("You count the places along the width like those along the height: a map does not have to be square.",
         COLUMNS, ROWS),
        ("Height and width are swapped in your number of places.", "rows, columns =", "columns, rows ="),
        ("Rows and columns are swapped: `y[i, j]` is in row i.", lambda y, x, F, S: y.T),
        ("You make one long list: start a new row for every i.", lambda y, x, F, S: y.ravel()),
        ("This is the largest number of the whole map, global pooling: each window has its own.",
         lambda y, x, F, S: x.max()),
        ("You cut off the decimals: an output is an unchanged number of x.",
         lambda y, x, F, S: y.astype(int)),
        ("Your window is one column wide: it should be F columns wide.",
         "j:j + F", "j", ACROSS, "range(W)"),
        ("Your window is one row high: it should be F rows high.", "i:i + F", "i", DOWN, "range(H)"),
        ("You keep every S-th cell without a window: take the largest of F × F cells.",
         lambda y, x, F, S: x[::S, ::S]),
        (RUNS_ON, "y = []", "y, best = [], x[0, 0]", NEW, ""),
        (RUNS_ON, "y.append([])", "y.append([])\n        best = x[i * S, 0]", NEW, ""),
        ((RUNS_ON, ZERO), "y = []", "y, best = [], 0", NEW, ""),
        ((RUNS_ON, ZERO), "y.append([])", "y.append([])\n        best = 0", NEW, ""),
        (ONE, lambda y, x, F, S: y[0, 0]), (ONE, lambda y, x, F, S: y[:1, :1]),
        ("Only the last place is left: write each into `y[i, j]`.", lambda y, x, F, S: y[-1, -1]),
        (ONE_ROW, lambda y, x, F, S: y[0]), (ONE_ROW, lambda y, x, F, S: y[:1]),
        ("Only the last row of places is left: do you create the list for every i?", lambda y, x, F, S: y[-1]),
    ),
    *slips(
        [filled],   # what stays 0, or does not fit, in an array that was made first
        ("The last row and the last column of y stay 0: `range(rows)` already leaves out its end.",
         IN_ROWS, "range(rows - 1)", IN_COLUMNS, "range(columns - 1)"),
        ("The last row of y stays 0: `range(rows)` already leaves out its end.", IN_ROWS, "range(rows - 1)"),
        ("The last column of y stays 0: `range(columns)` already leaves out its end.",
         IN_COLUMNS, "range(columns - 1)"),
        ("The first row and the first column of y stay 0: places are counted from 0.",
         IN_ROWS, "range(1, rows)", IN_COLUMNS, "range(1, columns)"),
        (f"Only the first row of y is filled. {EARLY}", IN_ROWS, "[0]"),
        (f"Only the first place of y is filled. {EARLY}", IN_ROWS, "[0]", IN_COLUMNS, "[0]"),
        ("Only the last row of y is filled: do you create y in every turn of the loop?", IN_ROWS, "[rows - 1]"),
        ("Your i and j count the cells of x, but y has one number for each place: it is `y[i // S, j // S]`.",
         IN_ROWS, DOWN, IN_COLUMNS, ACROSS, I, "i", J, "j"),
        ("Your y is as large as x: it needs only one row for each row of places.",
         "np.zeros((rows, columns))", "np.zeros_like(x)"),
        ("You write the outputs into x itself, so that x is lost: make a new array.",
         "np.zeros((rows, columns))", "x", "return y", "return y[:rows, :columns]"),
    ),
    *slips(
        [listed],
        (f"You get the largest number of each column of the window: {ALL}", ".max()", ".max(axis=0)"),
        (f"You get the largest number of each row of the window: {ALL}", ".max()", ".max(axis=1)"),
        ("Python's `max` does not look into the rows of an array: write `window.max()`.",
         "x[i * S:i * S + F, j * S:j * S + F].max()", "max(x[i * S:i * S + F, j * S:j * S + F])"),
    ),
    Wrong(lambda x, F, S: filled(x, S, S), "Your window is S cells wide: it jumps by S and is F wide."),
    Wrong(lambda x, F, S: filled(x, S, F), "Window and stride are swapped: F is the size, S the jump."),
    Wrong(lambda x, F, S: filled(x, 2, 2), "Your window is 2 × 2 with stride 2, whatever F and S are."),
    Wrong(lambda x, F, S: filled(np.pad(x, F // 2), F, S), "You put zeros around x: the window should stay on x."),
    Wrong(lambda x, F, S: x.reshape(len(x) // F, F, x.shape[1] // F, F).max(axis=(1, 3)),
          "Cutting x into blocks with `reshape` works only if S is F and the blocks come out even."),
]
