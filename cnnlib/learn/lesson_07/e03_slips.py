"""Ways in which the way back through a filter that slides over a signal goes wrong: edits of right ways, for 07.3."""

import numpy as np

from ..slips import slips


def looped(dy, x, w):
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for i in range(len(dy)):
        for k in range(len(w)):
            dx[i + k] += dy[i] * w[k]
            dw[k] += dy[i] * x[i + k]
    return dx, dw


def windowed(dy, x, w):
    F = len(w)
    dx, dw = np.zeros(len(x)), np.zeros(len(w))
    for i in range(len(dy)):
        dx[i:i + F] += dy[i] * w
        dw += dy[i] * x[i:i + F]
    return dx, dw


def gathered(dy, x, w):
    F, n = len(w), len(dy)
    around, turned = np.pad(dy, F - 1), w[::-1]
    dx = [(around[i:i + F] * turned).sum() for i in range(len(x))]
    dw = [(x[k:k + n] * dy).sum() for k in range(F)]
    return dx, dw


def by_places(dy, x, w):
    F, n = len(w), len(dy)
    dx = [0] * len(x)
    for i in range(len(x)):
        for k in range(F):
            if 0 <= i - k < n:
                dx[i] += dy[i - k] * w[k]
    dw = [0] * F
    for k in range(F):
        for i in range(n):
            dw[k] += dy[i] * x[i + k]
    return dx, dw


def with_numpy(dy, x, w):
    dx = np.convolve(dy, w)
    dw = np.correlate(x, dy)
    return dx, dw


def turned_and_slid(dy, x, w):
    dx = np.correlate(dy, w[::-1], "full")
    dw = np.correlate(x, dy, "valid")
    return dx, dw


WAYS = [looped, windowed, gathered, by_places, with_numpy, turned_and_slid]
ZEROS, EACH = "dx, dw = np.zeros(len(x)), np.zeros(len(w))", "for i in range(len(dy))"
ADD_X, ADD_W, WIN_X, WIN_W = "dx[i + k] += dy[i] * w[k]", "dw[k] += dy[i] * x[i + k]", "dx[i:i + F] += dy[i] * w\n", \
    "dw += dy[i] * x[i:i + F]"
GET_X, GET_W = "(around[i:i + F] * turned).sum()", "(x[k:k + n] * dy).sum()"

AS_IT_IS = "Your dx slides the filter over dy as it is: the cell x[i + k] met w[k], so dx[i + k] gets dy[i] · " \
           "w[k]. Seen from dx, the filter is flipped."
FLIPPED = "Your dw flips dy: weight k met x[i + k] in window i, so x[i + k] is multiplied by dy[i]. Do not flip for w."
BACKWARDS = "Your dw is in reverse order: `dw[0]` belongs to the weight that met the first cell of each window."
LAST_X = "In dx only the last product of each cell is left: a cell is in several windows, so add with `+=`."
FIRST_X = "In dx only one product of each cell is left: a cell is in several windows, so all of them add up."
LAST_W = "In dw only the last product of each weight is left: all windows use it, so add with `+=`."
NO_DY_X = "In dx the dy are missing: multiply each weight by the dy of its window."
NO_DY_W = "In dw the dy are missing: multiply each cell by the dy of its window."
TIMES_X = "You multiply dx by x, too: the slope of y for a cell is just its weight."
TIMES_W = "You multiply dw by w, too: the slope of y for a weight is just its cell."
MEAN_W = "Your dw is a mean over the windows: all of them use the same weight, so their shares add up."
MEAN_X = "Your dx is a mean: the shares of all windows that hold a cell add up."
ORDER = "Your two results are swapped: dx first, then dw."
WHOLE = "You cut off the decimals: a gradient can be a fraction. `np.zeros(n)` without a type takes all numbers."
TYPE_X = "Your dx has the type of x: dx can hold fractions even if x does not. Use `np.zeros(n)`."
TYPE_W = "Your dw has the type of w: dw can hold fractions even if w does not. Use `np.zeros(n)`."
TYPES = "Your dx and dw have the types of x and w: they can hold fractions even if x and w do not. Use `np.zeros(n)`."
IN_X = "You write dx into x itself: later windows read it, and the caller loses it. Make a new array."
IN_W = "You write dw into w itself: later windows read it, and the caller loses it. Make a new array."
NO_LAST = "The last window is missing: there are `len(dy)` of them, and `range` already leaves out its end."
NO_FIRST = "The first window is missing: counting starts at 0."
SIZES = "Your loops keep the sizes of the example: there are `len(dy)` windows and `len(w)` weights."
ENDS = "Your dx is 0 at its ends: the end cells are in few windows, but not in none. Put F - 1 zeros on each side " \
        "of dy."
SHORT = "Your dx is too short: each cell of x gets a share, even at the ends. Backwards, dy has F - 1 zeros on " \
        "each side."
OFF = "Your dw has more places than there are weights: dy stays on x."
PADS = "Put F - 1 zeros on each side of dy: then there are as many windows as cells of x."
OUT = "An index runs over the end: there are `len(dy)` windows, and in window i, cell i + k gets dy[i] · w[k]."
AROUND = "`dy[i - k]` below 0 counts from the end: cell i is in window i - k only if that window exists."
SUMMED = "You add up dy first: multiply each dy in its own window, and add last."
STAYS = "In dx the window stays at the start: dy[i] · w[k] belongs to cell i + k."

WRONG = slips(
    WAYS,
    (AS_IT_IS, "turned = np.pad(dy, F - 1), w[::-1]", "turned = np.pad(dy, F - 1), w"),
    (AS_IT_IS, "np.convolve(dy, w)", "np.correlate(dy, w, 'full')"),
    (AS_IT_IS, "dy[i] * w[k]", "dy[i] * w[-1 - k]"), (AS_IT_IS, WIN_X, "dx[i:i + F] += dy[i] * w[::-1]\n"),
    (FLIPPED, "np.correlate(x, dy)", "np.convolve(x, dy, 'valid')"), (FLIPPED, ADD_W, "dw[k] += dy[-1 - i] * x[i + k]"),
    (FLIPPED, WIN_W, "dw += dy[-1 - i] * x[i:i + F]"), (FLIPPED, GET_W, "(x[k:k + n] * dy[::-1]).sum()"),
    (BACKWARDS, lambda y, *_: (y[0], y[1][::-1])),
    ("Your dx is in reverse order: `dx[0]` belongs to the first cell of x.", lambda y, *_: (y[0][::-1], y[1])),
    ("Both are in reverse order: the first numbers belong to the first cell and the first weight.",
     lambda y, *_: (y[0][::-1], y[1][::-1])),
    ((AS_IT_IS, FLIPPED), "dy[i] * w[k]", "dy[i] * w[-1 - k]", "dy[i] * x[i + k]", "dy[-1 - i] * x[i + k]"),
    ((AS_IT_IS, FLIPPED), "turned = np.pad(dy, F - 1), w[::-1]", "turned = np.pad(dy, F - 1), w",
     GET_W, "(x[k:k + n] * dy[::-1]).sum()"),
    ((AS_IT_IS, BACKWARDS), lambda y, dy, x, w: (np.correlate(dy, w, "full"), y[1][::-1])),
    (LAST_X, ADD_X, "dx[i + k] = dy[i] * w[k]"), (FIRST_X, "dx[i] += dy", "dx[i] = dy"),
    (LAST_X, WIN_X, "dx[i:i + F] = dy[i] * w\n"),
    (LAST_W, ADD_W, "dw[k] = dy[i] * x[i + k]"), (LAST_W, WIN_W, "dw = dy[i] * x[i:i + F]"),
    ((LAST_X, LAST_W), ADD_X, "dx[i + k] = dy[i] * w[k]", ADD_W, "dw[k] = dy[i] * x[i + k]"),
    ((LAST_X, LAST_W), WIN_X, "dx[i:i + F] = dy[i] * w\n", WIN_W, "dw = dy[i] * x[i:i + F]"),
    (NO_DY_X, "dy[i] * w[k]", "w[k]"), (NO_DY_X, "dy[i - k] * w[k]", "w[k]"), (NO_DY_X, "= dy[i] * w\n", "= w\n"),
    (NO_DY_W, "dy[i] * x[", "x["), (NO_DY_W, GET_W, "x[k:k + n].sum()"),
    ("In both the dy are missing: multiply each share by the dy of its window.", ADD_X, ADD_X.replace("dy[i] * ", ""),
     ADD_W, ADD_W.replace("dy[i] * ", "")),
    (TIMES_X, "dy[i] * w[k]", "dy[i] * w[k] * x[i + k]"), (TIMES_X, "= dy[i] * w\n", "= dy[i] * w * x[i:i + F]\n"),
    (TIMES_X, lambda y, dy, x, w: (y[0] * x, y[1])), (TIMES_W, lambda y, dy, x, w: (y[0], y[1] * w)),
    (TIMES_W, "dy[i] * x[i + k]", "dy[i] * x[i + k] * w[k]"),
    ((TIMES_X, TIMES_W), lambda y, dy, x, w: (y[0] * x, y[1] * w)),
    (MEAN_W, lambda y, dy, x, w: (y[0], y[1] / len(dy))), (MEAN_W, GET_W, "(x[k:k + n] * dy).mean()"),
    (MEAN_X, lambda y, dy, x, w: (y[0] / len(w), y[1])), (MEAN_X, GET_X, "(around[i:i + F] * turned).mean()"),
    ("Both are divided by how many windows there are: the shares add up.",
     lambda y, dy, x, w: (y[0] / len(dy), y[1] / len(dy))),
    ((MEAN_X, MEAN_W), lambda y, dy, x, w: (y[0] / len(w), y[1] / len(dy))),
    (ORDER, lambda y, *_: y[::-1]), ((ORDER, AS_IT_IS), lambda y, dy, x, w: (y[1], np.correlate(dy, w, "full"))),
    ((ORDER, FLIPPED), lambda y, dy, x, w: (np.convolve(x, dy, "valid"), y[0])),
    ("Your dx adds up the shares of dw, and dw those of dx: a cell is multiplied by its weight, a weight by its cell.",
     ADD_X, "dx[i + k] += dy[i] * x[i + k]", ADD_W, "dw[k] += dy[i] * w[k]"),
    ("For a cell you multiply by the cell: multiply by the weight that it meets.",
     ADD_X, "dx[i + k] += dy[i] * x[i + k]"),
    ("For a weight you multiply by the weight: multiply by the cell that it meets.",
     ADD_W, "dw[k] += dy[i] * w[k]"), (
     "For a weight you multiply by the weight: multiply by the cell that it meets.",
     WIN_W, "dw += dy[i] * w"),
    ("You return only dx: `return dx, dw`.", lambda y, *_: y[0]),
    ("You return only dw: `return dx, dw`.", lambda y, *_: y[1]),
    ("You return dx twice: `return dx, dw`.", lambda y, *_: (y[0], y[0])),
    ("You return dw twice: `return dx, dw`.", lambda y, *_: (y[1], y[1])),
    ("You return dy: it goes in; dx and dw come out.", lambda y, dy, x, w: (dy, y[1])),
    ("You join your two results into one list: keep them apart, `return dx, dw`.",
     lambda y, *_: np.concatenate([y[0], y[1]])),
    ("Your signs are flipped: dy is given, so only multiply and add.", lambda y, *_: (-y[0], -y[1])),
    ("In dx the sign is wrong.", lambda y, *_: (-y[0], y[1])),
    ("In dw the sign is wrong.", lambda y, *_: (y[0], -y[1])),
    (NO_LAST, EACH, "for i in range(len(dy) - 1)"), (NO_FIRST, EACH, "for i in range(1, len(dy))"),
    ("In dw the last window is missing: there are `len(dy)` of them.",
     "for i in range(n)", "for i in range(n - 1)"),
    ("In dw the last window is missing: there are `len(dy)` of them.", GET_W, "(x[k:k + n] * dy)[:-1].sum()"),
    ("In dw the first window is missing: counting starts at 0.", GET_W, "(x[k:k + n] * dy)[1:].sum()"),
    ("The last weight is missing: there are `len(w)` of them, and `range` already leaves out its end.",
     "for k in range(len(w))", "for k in range(len(w) - 1)"),
    ("The first weight is missing: counting starts at 0.", "for k in range(len(w))", "for k in range(1, len(w))"),
    ("You return after the first product: `return` belongs after both loops.",
     ADD_W, f"{ADD_W}\n            return dx, dw"),
    (STAYS, ADD_X, "dx[k] += dy[i] * w[k]"), (STAYS, WIN_X, "dx[:F] += dy[i] * w\n"),
    ("In dx all shares of a window go to its first cell: dy[i] · w[k] belongs to cell i + k.",
     ADD_X, "dx[i] += dy[i] * w[k]"),
    ("In dw the window stays at the start: in window i weight k meets x[i + k].", "* x[i + k]", "* x[k]"),
    ("In dw the window stays at the start: in window i weight k meets x[i + k].", "* x[i:i + F]", "* x[:F]"),
    ("In dw all weights meet the same cell: in window i weight k meets x[i + k].", "* x[i + k]", "* x[i]"),
    ("In dx your windows wrap round the end: x has no cells past its end.",
     lambda y, dy, x, w: (sum(np.roll(np.append(dy, np.zeros(len(w) - 1)), -k) * w[k] for k in range(len(w))), y[1])),
    (ENDS, lambda y, dy, x, w: (np.where((np.arange(len(x)) < len(w) - 1) | (np.arange(len(x)) >= len(dy)), 0, y[0]),
                                y[1])),
    ((AS_IT_IS, ENDS), lambda y, dy, x, w: (np.where(
        (np.arange(len(x)) < len(w) - 1) | (np.arange(len(x)) >= len(dy)), 0, np.correlate(dy, w, "full")), y[1])),
    *((SHORT, "np.convolve(dy, w)", f"np.convolve(dy, w, '{mode}')") for mode in ("same", "valid")),
    *(((AS_IT_IS, SHORT), "np.convolve(dy, w)", f"np.correlate(dy, w, '{mode}')") for mode in ("same", "valid")),
    (SHORT, "np.convolve(dy, w)", "np.convolve(dy, w)[:len(dy)]"), (SHORT, "np.convolve(dy, w)", "dy * w[0]"),
    ((SHORT, FLIPPED), "np.convolve(dy, w)", "np.convolve(dy, w, 'valid')", "np.correlate(x, dy)",
     "np.convolve(x, dy, 'valid')"),
    (SHORT, "len(x))", "len(dy))", "i + k", "i"), (SHORT, "len(x))", "len(dy))", "dx[i + k]", "dx[i]"),
    (PADS, "np.pad(dy, F - 1)", "np.pad(dy, F)"), (PADS, "np.pad(dy, F - 1)", "np.pad(dy, F // 2)"),
    (OUT, EACH, "for i in range(len(x))"), (OUT, ADD_X, "dx[i + k] += dy[i + k] * w[k]"),
    (AROUND, "0 <= i - k < n", "i - k < n"), (AROUND, "0 <= i - k < n", "i < n"),
    ("Your dx looks for windows to the right: cell i is in the windows i - k, which begin at it or before it.",
     "0 <= i - k < n", "i + k < n", "dy[i - k]", "dy[i + k]"),
    (SUMMED, lambda y, dy, x, w: (dy.sum() * w, dy.sum() * x)),
    (SUMMED, lambda y, dy, x, w: (dy.sum() * x, dy.sum() * w)),
    ("You treat dy as a target for y: it is already the slope of the loss, so only multiply and add.",
     lambda y, dy, x, w: (np.convolve(np.correlate(x, w) - dy, w), np.correlate(x, np.correlate(x, w) - dy))),
    ("You append every product: add up the shares of each cell and each weight.",
     lambda y, dy, x, w: (np.outer(dy, w).ravel(), (np.lib.stride_tricks.sliding_window_view(x, len(w)) * dy[:, None]
                                                    ).ravel())),
    ("Your dx is too long: F - 1 zeros per side are enough around dy.",
     "np.pad(dy, F - 1)", "np.pad(dy, F)", "range(len(x))", "range(len(x) + 2)"),
    *((OFF, "np.correlate(x, dy)", f"np.{way}, '{mode}')") for mode in ("full", "same")
      for way in ("correlate(x, dy", "correlate(dy, x", "convolve(x, dy")),
    ("Your dw slides the filter over x: that is y again. It is dy that slides over x.",
     "np.correlate(x, dy)", "np.correlate(x, w)"),
    ("Your dx slides the filter over x: multiply the weights by dy.",
     "np.convolve(dy, w)", "np.convolve(x, w)"),
    ("Both are the same array: `a = b = np.zeros(n)` makes one. Each needs its own.",
     ZEROS, "dx = dw = np.zeros(len(x))"),
    (IN_X, ZEROS, "dx, dw = x, np.zeros(len(w))"), (IN_W, ZEROS, "dx, dw = np.zeros(len(x)), w"),
    ((IN_X, IN_W), ZEROS, "dx, dw = x, w"),
    ("Your dx starts from x: a sum starts from 0.", ZEROS, "dx, dw = x.astype(float), np.zeros(len(w))"),
    ("Your dw starts from w: a sum starts from 0.", ZEROS, "dx, dw = np.zeros(len(x)), w.astype(float)"),
    ("Both start from x and w: a sum starts from 0.", ZEROS, "dx, dw = x.astype(float), w.astype(float)"),
    ("Both start from ones: a sum starts from 0.", ZEROS, "dx, dw = np.ones(len(x)), np.ones(len(w))"),
    ("Your dw is w after a step against its slope: return the slope itself.", lambda y, dy, x, w: (y[0], w - y[1])),
    (WHOLE, lambda y, *_: (y[0].astype(int), y[1].astype(int))),
    (TYPE_X, ZEROS, "dx, dw = np.zeros_like(x), np.zeros(len(w))"),
    (TYPE_W, ZEROS, "dx, dw = np.zeros(len(x)), np.zeros_like(w)"),
    (TYPES, ZEROS, "dx, dw = np.zeros_like(x), np.zeros_like(w)"),
    (SIZES, EACH, "for i in range(3)", "range(len(w))", "range(2)"), (SIZES, "range(len(w))", "range(2)"),
    (SIZES, EACH, "for i in range(3)"),
) + slips(
    [looped, windowed],
    ("You return after the first window: `return` belongs after both loops.", "    return", "        return"),
)
