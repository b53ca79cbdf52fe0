"""Ways in which exercise 03.5 goes wrong."""

import numpy as np

import cnnlib as cnn

from ..exercise import Wrong

FRAME = "The frame of zeros is still there: return the counts of the pixels, an array of shape (H, W)."
ONE_SQUARE = "You take the image for square: H is its height and W its width, and they may differ."
OVER = "You also count windows that hang over the border: along a side they begin at most at `n - F`, padding included."


def one_side(N, F, S=1, P=0):
    """How many windows along one side cover each of its N cells."""
    starts = np.arange(0, N + 2 * P - F + 1, S)[:, None] - P
    cells = np.arange(N)
    return ((starts <= cells) & (cells < starts + F)).sum(axis=0)


def right(H, W, F, S=1, P=0):
    """What is right, in short."""
    return np.outer(one_side(H, F, S, P), one_side(W, F, S, P))


# --- typical mistakes: made of one pattern ----------------------------------------------------------------------------

def counted(mark=lambda counts, i, j, F, S: counts[i:i + F, j:j + F].__iadd__(1), end=lambda n, F, S: n - F + 1,
            crop=lambda counts, H, W, P: counts[P:P + H, P:P + W], grown=2, step=lambda F, S: S):
    """The solution with another way to mark a window, another last place, another cut, other padding, other steps."""
    def answer(H, W, F, S=1, P=0):
        counts = np.zeros((H + grown * P, W + grown * P), int)
        for i in range(0, end(counts.shape[0], F, S), step(F, S)):
            for j in range(0, end(counts.shape[1], F, S), step(F, S)):
                mark(counts, i, j, F, S)
        return crop(counts, H, W, P)

    return answer


def set_to_one(counts, i, j, F, S):
    counts[i:i + F, j:j + F] = 1


def corner_only(counts, i, j, F, S):
    counts[i, j] += 1


def middle_only(counts, i, j, F, S):
    counts[i + F // 2, j + F // 2] += 1


def too_wide(counts, i, j, F, S):
    counts[i:i + F + 1, j:j + F + 1] += 1


def too_narrow(counts, i, j, F, S):
    counts[i:i + F - 1, j:j + F - 1] += 1


def with_steps(counts, i, j, F, S):
    counts[i:i + F:S, j:j + F:S] += 1


def diagonal(counts, i, j, F, S):
    for u in range(F):
        counts[i + u, j + u] += 1


def rows_in_common(H, W, F, S=1, P=0):
    counts = [[0] * W] * H
    for r, c in np.ndindex(H, W):
        counts[r][c] += int(right(H, W, F, S, P)[r, c])
    return counts


def stride_along(axis):
    """Stride along one axis only: 0 downwards, 1 across."""
    return lambda H, W, F, S=1, P=0: np.outer(one_side(H, F, (S, 1)[axis], P), one_side(W, F, (1, S)[axis], P))


def stride_twice(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)
    for i in range(0, H + 2 * P - F + 1, S):
        for j in range(0, W + 2 * P - F + 1, S):
            counts[i * S:i * S + F, j * S:j * S + F] += 1
    return counts[P:P + H, P:P + W]


def starts_one_cell_apart(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)
    for i in range((H + 2 * P - F) // S + 1):
        for j in range((W + 2 * P - F) // S + 1):
            counts[i:i + F, j:j + F] += 1
    return counts[P:P + H, P:P + W]


def windows_on_the_diagonal(H, W, F, S=1, P=0):
    counts = np.zeros((H + 2 * P, W + 2 * P), int)
    for i in range(0, min(H, W) + 2 * P - F + 1, S):
        counts[i:i + F, i:i + F] += 1
    return counts[P:P + H, P:P + W]


def from_the_other_end(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            for r in range(i, i + F):
                for c in range(j, j + F):
                    if r < H and c < W:
                        counts[r, c] += 1
    return counts


def negative_slices(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            counts[i:i + F, j:j + F] += 1
    return counts


def negative_ends(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            counts[max(i, 0):i + F, max(j, 0):j + F] += 1
    return counts


def whole_rows(H, W, F, S=1, P=0):
    return np.tile(one_side(H, F, S, P)[:, None], (1, W))


def whole_windows_only(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range(-P, H + P - F + 1, S):
        for j in range(-P, W + P - F + 1, S):
            if 0 <= i <= H - F and 0 <= j <= W - F:
                counts[i:i + F, j:j + F] += 1
    return counts


def pixels_of_each_window(H, W, F, S=1, P=0):
    return cnn.correlate2d(np.ones((H, W)), np.ones((F, F)), S, P)


def then(change):
    """The solution with its counts changed: change(counts, F)."""
    return lambda H, W, F, S=1, P=0: change(right(H, W, F, S, P), F)


def without(**fixed):
    """The solution that takes no notice of S or P."""
    return lambda H, W, F, S=1, P=0: right(H, W, F, **{"S": S, "P": P} | fixed)


def plus(H, W, F, S=1, P=0):
    return one_side(H, F, S, P)[:, None] + one_side(W, F, S, P)


def hanging(n, F, S):
    return n


def first_window_only(row):
    """Counts of the first window, or of the first row of windows."""
    return lambda H, W, F, S=1, P=0: np.outer(one_side(H, F, H + 2 * P, P), one_side(W, F, S if row else W + 2 * P, P))


def last_window_only(H, W, F, S=1, P=0):
    ends = [((n + 2 * P - F) // S * S - P + F, np.arange(n)) for n in (H, W)]
    return np.outer(*[(cells >= end - F) & (cells < end) for end, cells in ends]).astype(int)


WRONG = [
    Wrong(counted(set_to_one), "You write 1 where you should add 1: `=` says that a pixel is read, `+=` counts how "
                               "often."),
    Wrong(counted(corner_only), "You mark only the first cell of each window: it reads all its F times F cells."),
    Wrong(counted(middle_only), "You mark only the middle of each window: it reads all its F times F cells."),
    Wrong(counted(diagonal), "You mark only the diagonal of each window: it reads all its F times F cells."),
    Wrong(counted(too_wide), "Your windows are one cell too large: `i:i + F` already ends before `i + F`."),
    Wrong(counted(too_narrow), "Your windows are one cell too small: `i:i + F` already ends before `i + F`."),
    Wrong(counted(with_steps), "Your stride leaves out cells inside the window: it moves the window, which reads "
                               "all its cells."),
    Wrong(counted(crop=lambda counts, H, W, P: counts), FRAME),
    Wrong(counted(crop=lambda counts, H, W, P: counts[P:-P, P:-P]), "For P = 0 nothing is left: `[0:-0]` is "
          "`[0:0]`. Cut with `[P:P + H, P:P + W]`."),
    Wrong(counted(crop=lambda counts, H, W, P: counts[:H, :W]), "You cut the frame off on one side only: the "
                                                                "pixels begin at row P and column P."),
    Wrong(counted(crop=lambda counts, H, W, P: counts[2 * P:, 2 * P:]), "You cut off the frame twice above and on "
          "the left: the pixels begin at row P and column P."),
    Wrong(counted(crop=lambda counts, H, W, P: counts[P:, P:]), "You cut the frame off above and on the left only: "
          "the pixels end before row P + H and column P + W."),
    Wrong(counted(crop=lambda counts, H, W, P: counts[P:H, P:W]), "The last pixels are cut off: they begin at row "
          "P, so they end before row `P + H`, not `H`."),
    Wrong(counted(grown=1), "There is padding above and on the left only: the padded image has `H + 2 * P` rows "
                            "and `W + 2 * P` columns."),
    Wrong(counted(end=lambda n, F, S: n - F), "The last window along each side is missing where it just fits: "
                                              "`range` leaves out its end, `n - F + 1`."),
    Wrong(counted(end=hanging), OVER),
    Wrong(counted(end=lambda n, F, S: n - F + S), OVER),
    Wrong(counted(step=lambda F, S: 1), "The stride changes nothing so far: windows begin at 0, S, 2S, …."),
    Wrong(counted(step=lambda F, S: F), "Your windows lie side by side: they begin S cells apart, not F."),
    Wrong(starts_one_cell_apart, "There are as many windows as there should be, but each begins one cell after the "
                               "last: window i begins at row `i * S`."),
    Wrong(stride_twice, "The stride counts twice: `range` already jumps by S, so the window begins at `i`."),
    Wrong(stride_along(0), "Your windows jump down, but not to the right: the second loop has a stride as well."),
    Wrong(stride_along(1), "Your windows jump to the right, but not down: the first loop has a stride as well."),
    Wrong(rows_in_common, "All rows of your counts are one and the same list: `[[0] * W] * H` repeats it and "
                          "copies nothing. Take `np.zeros`."),
    Wrong(then(lambda counts, F: counts + 1), "You begin with 1: a pixel that no window reads has the count 0."),
    Wrong(without(P=0), "The padding changes nothing so far: windows may begin in the frame of zeros."),
    Wrong(without(S=1, P=0), "Stride and padding change nothing so far."),
    Wrong(windows_on_the_diagonal, "Your windows move along the diagonal: it takes two loops, one for rows and one "
                                   "for columns."),
    Wrong(from_the_other_end, "Windows that begin above or left of the image mark its other end, for row −1 is the "
                              "last one: ask for `0 <= r` as well."),
    Wrong(negative_slices, "Slices that begin below 0 count from the other end of the array: count on the padded "
                           "image, and cut the frame off at the end."),
    Wrong(negative_ends, "A window that lies wholly in the padding ends below 0, and a slice counts that from the "
                         "other end: take `max(i + F, 0)`, or count on the padded image."),
    Wrong(whole_rows, "You mark whole rows: a window has F columns, too, and it moves to the right."),
    Wrong(whole_windows_only, "You leave out the windows that reach into the padding: they read pixels as well."),
    Wrong(pixels_of_each_window, "You say how many pixels each window reads: the question is how many windows read "
                                 "each pixel."),
    Wrong(then(lambda counts, F: counts.sum()), "You add up all counts: each pixel has its own."),
    Wrong(then(lambda counts, F: counts / F**2), "You divide by the number of weights: give the counts as they "
                                                 "are."),
    Wrong(lambda H, W, F, S=1, P=0: right(W, H, F, S, P), "Height and width are exchanged: the array has H rows "
                                                             "and W columns."),
    Wrong(lambda H, W, F, S=1, P=0: right(H, H, F, S, P), ONE_SQUARE),
    Wrong(lambda H, W, F, S=1, P=0: right(W, W, F, S, P), ONE_SQUARE),
    Wrong(lambda H, W, F, S=1, P=0: one_side(H, F, S, P), "You count along one side only: a pixel has a row and a "
                                                          "column."),
    Wrong(first_window_only(row=False), "Only the first window has left its marks: `return` belongs behind both "
                                        "loops."),
    Wrong(first_window_only(row=True), "Only the first row of windows has left its marks: `return` belongs behind "
                                       "both loops."),
    Wrong(last_window_only, "Only the last window has left its marks: make `counts` before the loops."),
    Wrong(lambda H, W, F, S=1, P=0: np.full((H, W), F * F), "You say that every pixel is read F times F times: at "
          "the border fewer windows reach it, and a stride makes fewer windows."),
    Wrong(counted(lambda counts, i, j, F, S: counts[i:F, j:F].__iadd__(1)), "Your slices end in the same place "
          "whatever i and j are: write `counts[i:i + F, j:j + F]`."),
    Wrong(plus, "You add the counts of rows and columns: 2 rows and 3 columns of windows are 2 · 3 windows."),
]
