"""Ways in which pixels are counted wrongly: edits of right ways, for exercise 03.5."""

import numpy as np

import cnnlib as cnn

from ..exercise import Wrong
from ..slips import slips, without


def marked(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)
    for i in range(0, H + 2 * P - F + 1, S):
        for j in range(0, W + 2 * P - F + 1, S):
            counts[i:i + F, j:j + F] += 1
    return counts[P:P + H, P:P + W]


def numbered(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)
    for i in range((H + 2 * P - F) // S + 1):
        for j in range((W + 2 * P - F) // S + 1):
            for u in range(F):
                for v in range(F):
                    counts[i * S + u, j * S + v] += 1
    return counts[P:P + H, P:P + W]


def asking(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            for r in range(i, i + F):
                for c in range(j, j + F):
                    if 0 <= r < H and 0 <= c < W:
                        counts[r, c] += 1
    return counts


def cut_off(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            counts[max(i, 0):max(i + F, 0), max(j, 0):max(j + F, 0)] += 1
    return counts


def one_side(N, F, S=1, P=0):
    """How many windows along one side cover each of its N cells."""
    starts = np.arange(0, N + 2 * P - F + 1, S)[:, None] - P
    cells = np.arange(N)
    return ((starts <= cells) & (cells < starts + F)).sum(axis=0)


def by_sides(H, W, F, S=1, P=0):
    rows, columns = one_side(H, F, S, P), one_side(W, F, S, P)
    return np.outer(rows, columns)


def windows(H, W, F, S=1, P=0):
    return ((H + 2 * P - F) // S + 1) * ((W + 2 * P - F) // S + 1)


WAYS = [marked, numbered, asking, cut_off, by_sides]
CELLS, CROP, BOTH = "i:i + F, j:j + F", "[P:P + H, P:P + W]", "np.outer(rows, columns)"
DOWN, ACROSS = "range(0, H + 2 * P - F + 1, S)", "range(0, W + 2 * P - F + 1, S)"
SMALL = "Your windows are one cell too small: `i:i + F` already ends before `i + F`."
FRAME = "The frame of zeros is still there: return the counts of the pixels, an array of shape (H, W)."
ONE_CELL = "You cut off one cell on each side, whatever P is: the frame is P cells wide."
FEW = "The last window along each side is missing where it just fits: `range` leaves out its end, `n - F + 1`."
OVER = "You also count windows that hang over the border: along a side they begin at most at `n - F`, padding included."
SQUARE = "You treat the image as square: H is its height and W its width, and they may differ."
FIRST = "Only the first window left its marks: `return` belongs after both loops."
SHIFTED = "Your counts are shifted by P cells: the pixels begin at row P of the padded image, the first window at `-P`."
TWICE = "The padding is subtracted twice above and on the left: the pixels begin at row P, the first window at `-P`."
ONCE = "You have padding above and on the left only: the padded image has `H + 2 * P` rows and `W + 2 * P` columns."
SHORT = "The last window along each side is missing: add 1 to the number of whole jumps."
NO_JUMP = "The number of windows is right, but each begins one cell after the last: window i begins at row `i * S`."
FROM_1 = "You start from 1: a pixel that no window reads has the count 0."

WRONG = [
    *slips(
        WAYS,
        ("You write 1 where you should add 1: `=` notes that a pixel is read, `+=` counts how often.", "+= 1", "= 1"),
        ("You mark only the first cell of each window: it reads all F times F cells.", CELLS, "i, j"),
        ("You mark one column of each window: it reads all F times F cells.", CELLS, "i:i + F, j"),
        ("You mark one row of each window: it reads all F times F cells.", CELLS, "i, j:j + F"),
        ("You mark only the middle of each window: it reads all F times F cells.", CELLS, "i + F // 2, j + F // 2"),
        ("You mark only the diagonal of each window: it reads all F times F cells.", "v in range(F)", "v in [u]"),
        ("Your windows are one cell too large: `i:i + F` already ends before `i + F`.",
         CELLS, "i:i + F + 1, j:j + F + 1"),
        (SMALL, CELLS, "i:i + F - 1, j:j + F - 1"), (SMALL, "range(F)", "range(F - 1)"),
        ("Your windows begin one cell too late: the first row and the first column belong to a window as well.",
         "range(F)", "range(1, F)"),
        ("Your stride leaves out cells inside the window: it moves the window, which reads all its cells.",
         CELLS, "i:i + F:S, j:j + F:S"),
        (FRAME, CROP, ""),
        ("For P = 0 nothing is left: `[0:-0]` is `[0:0]`. Cut with `[P:P + H, P:P + W]`.", CROP, "[P:-P, P:-P]"),
        (SHIFTED, CROP, "[:H, :W]"),
        (TWICE, CROP, "[2 * P:, 2 * P:]"),
        ("You cut off the frame above and on the left only: the pixels end before row P + H and column P + W.",
         CROP, "[P:, P:]"),
        ("The last pixels are cut off: they begin at row P, so they end before row `P + H`, not `H`.",
         CROP, "[P:H, P:W]"),
        (ONE_CELL, CROP, "[1:-1, 1:-1]"), (ONE_CELL, CROP, "[1:-1, 1:-1] if P else counts"),
        (ONCE, "2 * P", "P"),
        (FEW, " - F + 1, S", " - F, S"),
        (SHORT, "// S + 1", "// S"),
        (OVER, "H + 2 * P - F + 1, S", "H + 2 * P, S", "W + 2 * P - F + 1, S", "W + 2 * P, S"),
        (OVER, " - F + 1, S", " - F + S, S"), (OVER, " - F + 1, S", " - F + 2, S"),
        ("The stride changes nothing so far: windows begin at 0, S, 2S, ….", ", S)", ", 1)"),
        ("Your windows lie side by side: they begin S cells apart, not F.", ", S)", ", F)"),
        ("Your windows begin S + F cells apart: a window begins S cells after the one before.", ", S)", ", S + F)"),
        (NO_JUMP, "i * S", "i", "j * S", "j"),
        ("You use the stride twice: `range` already jumps by S, so the window begins at `i`.",
         CELLS, "i * S:i * S + F, j * S:j * S + F"),
        ("Your windows jump down, but not to the right: the second loop needs the stride, too.",
         ACROSS, "range(0, W + 2 * P - F + 1)"),
        ("Your windows jump to the right, but not down: the first loop needs the stride, too.",
         DOWN, "range(0, H + 2 * P - F + 1)"),
        ("All rows of your counts are the same list: `[[0] * W] * H` repeats it without copying. Take `np.zeros`.",
         "np.zeros((H, W), int)", "[[0] * W] * H", "counts[r, c]", "counts[r][c]"),
        (FROM_1, lambda y, *_: y + 1), (FROM_1, lambda y, *_: np.maximum(y, 1)),
        ("Your windows move diagonally: you need two loops, one for rows and one for columns.",
         ACROSS, "[i] if i + F <= W + 2 * P else []"),
        ("Windows that begin above or left of the image mark its other end, because row −1 is the last one: check "
         "`0 <= r` as well.", "0 <= r < H and 0 <= c < W", "r < H and c < W"),
        ("Slices that begin below 0 count from the other end of the array: count on the padded image, and cut off "
         "the frame at the end.", "max(i, 0):max(i + F, 0), max(j, 0):max(j + F, 0)", CELLS),
        ("A window that lies wholly in the padding ends below 0, which a slice counts from the other end: take "
         "`max(i + F, 0)`, or count on the padded image.", "max(i + F, 0)", "i + F", "max(j + F, 0)", "j + F"),
        ("You mark whole rows: a window has F columns, too, and it moves to the right.",
         BOTH, "np.tile(rows[:, None], (1, W))"),
        ("You leave out windows that reach into the padding: they read pixels, too.",
         "0 <= r < H and 0 <= c < W", "0 <= i <= H - F and 0 <= j <= W - F"),
        ("You add up all counts: each pixel has its own.", lambda y, *_: y.sum()),
        ("You divide by the number of weights: give the counts as they are.", lambda y, H, W, F, *_: y / F**2),
        ("You divide by the number of windows: give the counts as they are.", lambda y, *args: y / windows(*args)),
        (SQUARE, "W + 2 * P - F + 1, S", "H + 2 * P - F + 1, S"),
        (SQUARE, "H + 2 * P - F + 1, S", "W + 2 * P - F + 1, S"),
        ("S and P are swapped: stride first, then padding, `reads(H, W, F, S, P)`.",
         "counts = np", "S, P = P, S\n    counts = np"),
        (FIRST, DOWN, "[0]", ACROSS, "[0]"),
        ("Only the first row of windows left its marks: `return` belongs after both loops.", DOWN, "[0]"),
        ("Only the last window left its marks: make `counts` before the loops.",
         DOWN, "[(H + 2 * P - F) // S * S]", ACROSS, "[(W + 2 * P - F) // S * S]"),
        ("Your slices end in the same place whatever i and j are: write `counts[i:i + F, j:j + F]`.",
         CELLS, "i:F, j:F"),
        ("You add the counts of rows and columns: 2 rows and 3 columns of windows are 2 · 3 windows.",
         BOTH, "rows[:, None] + columns"),
        ("You count along one side only: a pixel has a row and a column.", BOTH, "rows"),
    ),
    Wrong(without(marked, P=0), "The padding changes nothing so far: windows may begin in the frame of zeros."),
    Wrong(without(marked, S=1, P=0), "Stride and padding change nothing so far."),
    Wrong(lambda H, W, F, S=1, P=0: cnn.correlate2d(np.ones((H, W)), np.ones((F, F)), S, P),
          "You count how many pixels each window reads: count how many windows read each pixel."),
    Wrong(windows, "That is the number of windows: count for each pixel how many of them read it."),
    Wrong(lambda H, W, F, S=1, P=0: marked(W, H, F, S, P), "Height and width are swapped: the array has H rows and "
                                                           "W columns."),
    Wrong(lambda H, W, F, S=1, P=0: marked(H, H, F, S, P), SQUARE),
    Wrong(lambda H, W, F, S=1, P=0: marked(W, W, F, S, P), SQUARE),
    Wrong(lambda H, W, F, S=1, P=0: np.full((H, W), F * F), "You give F · F for every pixel: fewer windows reach "
          "the border, and a stride makes fewer windows."),
]
