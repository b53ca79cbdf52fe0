"""Ways in which the way back through max-pooling goes wrong: edits of right ways, for exercise 07.5."""

import numpy as np

import cnnlib as cnn

from ..slips import each_way, slips


def by_argmax(dy, x, F, S):
    rows, columns = dy.shape
    dx = np.zeros(x.shape)
    for i in range(rows):
        for j in range(columns):
            window = x[i * S:i * S + F, j * S:j * S + F]
            u, v = np.unravel_index(window.argmax(), window.shape)
            dx[i * S + u, j * S + v] += dy[i, j]
    return dx


def by_divmod(dy, x, F, S):
    rows, columns = dy.shape
    dx = np.zeros(x.shape)
    for i in range(rows):
        for j in range(columns):
            window = x[i * S:i * S + F, j * S:j * S + F]
            u, v = divmod(np.argmax(window), F)
            dx[i * S + u, j * S + v] += dy[i, j]
    return dx


def looped(dy, x, F, S):
    rows, columns = dy.shape
    dx = np.zeros(x.shape)
    for i in range(rows):
        for j in range(columns):
            best, a, b = x[i * S, j * S], i * S, j * S
            for u in range(F):
                for v in range(F):
                    if x[i * S + u, j * S + v] > best:
                        best, a, b = x[i * S + u, j * S + v], i * S + u, j * S + v
            dx[a, b] += dy[i, j]
    return dx


def searched(dy, x, F, S):
    rows, columns = dy.shape
    dx = np.zeros(x.shape)
    for i in range(rows):
        for j in range(columns):
            window = x[i * S:i * S + F, j * S:j * S + F]
            free = True
            for u in range(F):
                for v in range(F):
                    if free and window[u, v] == window.max():
                        dx[i * S + u, j * S + v] += dy[i, j]
                        free = False
    return dx


def masked(dy, x, F, S):
    rows, columns = dy.shape
    dx = np.zeros(x.shape)
    for i in range(rows):
        for j in range(columns):
            window = x[i * S:i * S + F, j * S:j * S + F]
            mask = np.arange(F * F).reshape(F, F) == window.argmax()
            dx[i * S:i * S + F, j * S:j * S + F] += mask * dy[i, j]
    return dx


WAYS = [by_argmax, by_divmod, looped, searched, masked]
LARGEST, MASK, ADD = "np.arange(F * F).reshape(F, F) == window.argmax()", "mask * dy[i, j]", "+= dy[i, j]"
I, J, WINDOW = "for i in range(rows)", "for j in range(columns)", "x[i * S:i * S + F, j * S:j * S + F]"
FIRST, BEST = "if free and window[u, v] == window.max()", "best, a, b = x[i * S, j * S], i * S, j * S"

TIES = "If several cells of a window are equally large, you give dy to each of them: only the first gets it."
SHARED = "If several cells of a window are equally large, you share dy among them: the first gets all of it."
LAST = "If several cells of a window are equally large, you take the last: take the first, row by row."
OVERWRITTEN = "A cell that wins in several windows gets only one dy: windows overlap, so add with `+=`."
ALL = "You give dy to every cell of the window: only the largest made the output, the others get nothing."
AVERAGE = "You share dy among all cells of the window, as average pooling does: here the largest gets all of it."
VALUE = "You give back the largest number itself: it only decides where dy goes."
TIMES = "You multiply dy by the largest number: if it grows by 1, so does the output, so it gets dy as it is."
ONES = "You write 1 instead of dy: the winning cell gets the dy of its window."
CORNER = "Your places are those inside the window: in x they are `i * S + u` and `j * S + v`."
NO_S = "Your windows begin in row `i` and column `j`: they begin at `i * S` and `j * S`."
NO_S_BACK = "You read at `i * S` and write at `i`: the winning cell is at `i * S + u`, `j * S + v`."
S_IS_F = "Your windows jump by their own size: they should jump by S."
EXCHANGED = "Row and column inside the window are swapped: place p is in row `p // F`, column `p % F`."
WIDTH = "You count places as if the window were as wide as x: a row of the window has F cells."
ONE_NUMBER = "`argmax` is one number p, a place in the window, counted row by row: row `p // F`, column `p % F`."
ELSEWHERE = "You look for the window's largest number in all of x, where it may occur elsewhere: look in the window."
COPIED = "You copy each dy to F × F cells: that fits only windows side by side, and only one cell in each gets dy."
SMALLEST = "You give dy to the smallest cell of each window: the largest made the output."
SIGNS = "You drop the signs before you compare: −8 is smaller than 2."
BY_DY = "You look for the largest dy: x decides which cell wins."
NO_ZERO = "Your maximum never goes below 0: in a window of negative numbers the largest is negative, too."
GATE = "If a window's largest is not above 0, nothing gets dy, as with ReLU: it gets dy, whatever its sign."
TYPE = "Your dx has the type of x: dx can hold fractions even if x does not. Use `np.zeros(x.shape)`."
WHOLE = "You cut off the decimals: a gradient can be a fraction."
IN_X = "You write into x itself: later windows read it, and the caller loses it. Make a new array."
ONE_ROW = "You return after the first row of windows: `return` belongs after both loops."
ONE_WINDOW = "You return after the first window: `return` belongs after both loops."
NOT_ALL = "Only the largest cell of x gets something: each window has its own largest cell."
SHAPE = "Your dx has the shape of dy: it needs the shape of x, with 0 in all cells that did not win."
SUMMED = "You add up dy first: each goes to the winning cell of its own window."
LOOPS = "There are `dy.shape[0]` rows of windows, and `dy.shape[1]` windows in a row: i and j go over these."
SPLIT = "You divide by how many windows hold a cell: its shares from all of them add up."
JOINED = "Your numbers are in one list: dx has the shape of x."
TURNED = "The signs are flipped: dy is passed on as it is."


def equal(y, dy, x, F, S, share=lambda same: same):
    """What comes out if all cells as large as the largest of a window get their share of dy."""
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(dy.shape):
        window = x[i * S:i * S + F, j * S:j * S + F]
        dx[i * S:i * S + F, j * S:j * S + F] += share(window == window.max()) * dy[i, j]
    return dx


def copies(dy, x, F, S):
    """A counter of the windows that each cell lies in, 1 or more."""
    return np.maximum(equal(0, np.ones(dy.shape), x, F, S, np.ones_like), 1)


def copied(a, F):
    """Each number of an array F × F times."""
    return a.repeat(F, 0).repeat(F, 1)


def pooled(x, F, S):
    """The way forward."""
    return cnn.max_pool2d(x[None, None], F, S)[0, 0]


def emptied(dy, x, F, S):
    """What comes out of a copy of x in which each window is set to 0, except its largest cell."""
    dx = x.copy()
    for i, j in np.ndindex(dy.shape):
        window = dx[i * S:i * S + F, j * S:j * S + F]
        place = divmod(window.argmax(), F)
        window[...] = 0
        window[place] = dy[i, j]
    return dx


WRONG = slips(
    WAYS,
    (TIES, equal), (TIES, FIRST, "if window[u, v] == window.max()"), (TIES, LARGEST, "window == window.max()"),
    ((TIES, TYPE), LARGEST, "window == window.max()", "np.zeros(x.shape)", "np.zeros_like(x)"),
    (SHARED, lambda *args: equal(*args, share=lambda same: same / same.sum())),
    (LAST, "> best", ">= best"),
    (LAST, "window.argmax(), window.shape", "F * F - 1 - window[::-1, ::-1].argmax(), window.shape"),
    ("If several cells of a window are equally large, you take the first by columns: go row by row.",
     "if x[i * S + u, j * S + v] > best", "if x[i * S + v, j * S + u] > best",
     "best, a, b = x[i * S + u, j * S + v], i * S + u, j * S + v",
     "best, a, b = x[i * S + v, j * S + u], i * S + v, j * S + u"),
    ("If several cells of a window are equally large, none gets dy: the first gets all of it.",
     lambda *args: equal(*args, share=lambda same: same * (same.sum() == 1))),
    (OVERWRITTEN, ADD, "= dy[i, j]"), (OVERWRITTEN, f"+= {MASK}", f"= {MASK}"),
    ((TIES, OVERWRITTEN), FIRST, "if window[u, v] == window.max()", ADD, "= dy[i, j]"),
    ((TIES, OVERWRITTEN), LARGEST, "window == window.max()", f"+= {MASK}", f"= {MASK}"),
    ((LAST, OVERWRITTEN), "> best", ">= best", ADD, "= dy[i, j]"),
    (ALL, f"+= {MASK}", "+= dy[i, j]"), ((ALL, OVERWRITTEN), f"+= {MASK}", "= dy[i, j]"),
    (AVERAGE, f"+= {MASK}", "+= dy[i, j] / F**2"), ((AVERAGE, OVERWRITTEN), f"+= {MASK}", "= dy[i, j] / F**2"),
    (AVERAGE, f"+= {MASK}", "+= dy[i, j] / F"),
    (VALUE, ADD, f"= {WINDOW}.max()"), (VALUE, ADD, f"+= {WINDOW}.max()"),
    (VALUE, MASK, "mask * window"), (TIMES, MASK, "mask * window * dy[i, j]"),
    (TIMES, ADD, f"+= dy[i, j] * {WINDOW}.max()"),
    (ONES, "+= dy[i, j]", "+= 1"), (ONES, "+= dy[i, j]", "= 1"), (ONES, MASK, "mask"),
    (CORNER, "dx[i * S + u, j * S + v]", "dx[u, v]"), (CORNER, "i * S + u, j * S + v\n", "u, v\n"),
    (CORNER, "dx[i * S + u, j * S + v]", "dx[i + u, j + v]"),
    (NO_S, WINDOW, "x[i:i + F, j:j + F]", "dx[i * S + u, j * S + v]", "dx[i + u, j + v]"),
    (NO_S, "i * S", "i", "j * S", "j"),
    (NO_S_BACK, "dx[i * S + u, j * S + v]", "dx[i, j]"), (NO_S_BACK, "dx[a, b]", "dx[i, j]"),
    (NO_S_BACK, "dx[i * S + u, j * S + v]", "dx[i * S, j * S]"),
    ("You read at `i` and write at `i * S`: the window begins at `i * S`, `j * S` in both.",
     f"window = {WINDOW}", "window = x[i:i + F, j:j + F]"),
    (S_IS_F, "i * S", "i * F", "j * S", "j * F"),
    (EXCHANGED, "u, v = ", "v, u = "), (WIDTH, "np.argmax(window), F", "np.argmax(window), x.shape[1]"),
    (ONE_NUMBER, "u, v = divmod(np.argmax(window), F)", "u = v = np.argmax(window)"),
    (ONE_NUMBER, "dx[i * S + u, j * S + v]", "dx[window.argmax()]"),
    (ONE_NUMBER, "dx[i * S + u, j * S + v]", "dx.flat[window.argmax()]"),
    ("You look for row and column separately: if cells are equally large, they may belong to different cells.",
     "np.unravel_index(window.argmax(), window.shape)", "window.max(1).argmax(), window.max(0).argmax()"),
    ("You look for the largest row and column separately: the largest cell may lie elsewhere.",
     "np.unravel_index(window.argmax(), window.shape)", "window.sum(1).argmax(), window.sum(0).argmax()"),
    ("You look for the largest row and column separately: the largest cell may lie elsewhere.",
     "np.unravel_index(window.argmax(), window.shape)", "window[:, 0].argmax(), window[0].argmax()"),
    (SMALLEST, ".argmax()", ".argmin()"), (SMALLEST, "np.argmax", "np.argmin"), (SMALLEST, "> best", "< best"),
    (SIGNS, "window.argmax()", "abs(window).argmax()"), (SIGNS, "np.argmax(window)", "np.argmax(abs(window))"),
    (BY_DY, "np.argmax(window)", "min(np.argmax(dy), F * F - 1)"),
    (NO_ZERO, BEST, "best, a, b = 0, 0, 0"), (NO_ZERO, BEST, "best, a, b = 0, i * S, j * S"),
    (NO_ZERO, BEST, "best, a, b = 0, i, j"), (NO_ZERO, BEST, "best = 0"),
    (GATE, ADD, f"+= dy[i, j] * ({WINDOW}.max() > 0)"),
    ("Your maximum starts with x[0, 0] in every window: start with the first cell of the window itself.",
     BEST, "best, a, b = x[0, 0], 0, 0"),
    *(("Your maximum starts with a number that may be above every cell: start with the first cell, or with -np.inf.",
       BEST, f"best, a, b = {low}, 0, 0") for low in (-1, -10, -100, -999, -1000, -1e6)),
    ("Your largest number carries over from window to window: restart it in each.",
     "    dx = np.zeros(x.shape)\n", "    dx = np.zeros(x.shape)\n    best, a, b = -np.inf, 0, 0\n",
     "            best, a, b = x[i * S, j * S], i * S, j * S\n", ""),
    ("You compare each cell with the one before: keep the largest so far in `best`.",
     "best, a, b = x[i * S + u, j * S + v], i * S + u, j * S + v", "a, b = i * S + u, j * S + v"),
    (GATE, lambda y, dy, x, F, S: y * (x > 0)),
    ("You pass on only some dy: a dy below 0 counts, too, because only x decides which cell gets "
     "it.", lambda y, dy, x, F, S: equal(
        0, np.maximum(dy, 0), x, F, S, lambda same: same & (np.cumsum(same).reshape(same.shape) == 1))),
    (TYPE, "np.zeros(x.shape)", "np.zeros_like(x)"), (TYPE, "np.zeros(x.shape)", "np.zeros(x.shape, x.dtype)"),
    (WHOLE, lambda y, *_: y.astype(int)), (IN_X, "np.zeros(x.shape)", "x"),
    ("Your dx starts from x: a sum starts from 0.", "np.zeros(x.shape)", "x.astype(float)"),
    ("Your dx starts from x: a sum starts from 0.", "np.zeros(x.shape)", "x.copy()"),
    ("Your dx starts from ones: a sum starts from 0.", "np.zeros(x.shape)", "np.ones(x.shape)"),
    (NOT_ALL, lambda y, dy, x, F, S: dy.sum() * (x == x.max())),
    (NOT_ALL, lambda y, dy, x, F, S: dy.sum() * (np.arange(x.size).reshape(x.shape) == x.argmax())),
    (SUMMED, f"+= {MASK}", "+= mask * dy.sum()"), (SUMMED, "+= dy[i, j]", "+= dy.sum()"),
    ("You multiply the mask by the whole dy: each window has one dy, `dy[i, j]`.",
     lambda y, dy, x, F, S: np.where(y != 0, dy.flat[0], 0)),
    ("You add dy every time you find a larger cell: add it once, after the two inner loops.",
     "            best, a, b = x[i * S, j * S], i * S, j * S\n",
     "            best, a, b = x[i * S, j * S], i * S, j * S\n            dx[a, b] += dy[i, j]\n",
     "i * S + u, j * S + v\n", "i * S + u, j * S + v\n                        dx[a, b] += dy[i, j]\n",
     "            dx[a, b] += dy[i, j]\n    return", "    return"),
    (ELSEWHERE, lambda y, dy, x, F, S: sum(
        each * (x == x[i * S:i * S + F, j * S:j * S + F].max()) for (i, j), each in np.ndenumerate(dy))),
    (ELSEWHERE, "dx[i * S + u, j * S + v]", "dx[tuple(np.argwhere(x == window.max())[0])]"),
    ("Your dx stays 0: do you add to a copy, such as `flatten()` makes?", lambda y, *_: 0 * y),
    ("You start from a copy of x and set each window to 0 except one cell: this erases what earlier windows left.",
     lambda y, *given: emptied(*given)),
    (COPIED, lambda y, dy, x, F, S: copied(dy, F)),
    (COPIED, lambda y, dy, x, F, S: copied(dy, F) * (x == copied(pooled(x, F, S), F))),
    ((SHAPE, TIMES), lambda y, dy, x, F, S: dy * pooled(x, F, S)),
    ("That is the way forward, the largest number of each window: backwards, dx has the shape of x, and each dy "
     "goes to the largest cell.", lambda y, dy, x, F, S: pooled(x, F, S)),
    (SHAPE, lambda y, dy, *_: dy), (JOINED, lambda y, *_: y.ravel()), (TURNED, lambda y, *_: -y),
    (SPLIT, lambda y, *given: y / copies(*given)),
    ("You divide by the number of cells in a window: the largest gets all of dy.", lambda y, dy, x, F, S: y / F**2),
    *each_way("The last windows are missing: `range` already leaves out its end.",
              (I, "for i in range(rows - 1)"), (J, "for j in range(columns - 1)")),
    *each_way("The first windows are missing: counting starts at 0.",
              (I, "for i in range(1, rows)"), (J, "for j in range(1, columns)")),
    *each_way("The first row or column of each window never wins: u and v start at 0.",
              ("for u in range(F)", "for u in range(1, F)"), ("for v in range(F)", "for v in range(1, F)")),
    *each_way("The last row or column of each window never wins: `range` leaves out its end.",
              ("for u in range(F)", "for u in range(F - 1)"), ("for v in range(F)", "for v in range(F - 1)")),
    (LOOPS, I, "for i in range(columns)", J, "for j in range(rows)"), (LOOPS, J, "for j in range(rows)"),
    (LOOPS, I, "for i in range(-(-x.shape[0] // S))", J, "for j in range(-(-x.shape[1] // S))"),
    (LOOPS, I, "for i in range(x.shape[0] // S)", J, "for j in range(x.shape[1] // S)"),
    (LOOPS, I, "for i in range(x.shape[0] // F)", J, "for j in range(x.shape[1] // F)"),
    (LOOPS, I, "for i in range(x.shape[0] - F + 1)", J, "for j in range(x.shape[1] - F + 1)"),
) + slips(
    [by_argmax, masked],
    (ONE_ROW, "    return", "        return"), (ONE_WINDOW, "    return", "            return"),
)
