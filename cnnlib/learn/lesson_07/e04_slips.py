"""Ways in which the way back through a filter that slides over an image goes wrong: edits of right ways, for 07.4."""

import itertools

import numpy as np

from ..slips import each_way, slips


def looped(dy, x, w):
    (rows, columns), (Fh, Fw) = dy.shape, w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), 0
    for i in range(rows):
        for j in range(columns):
            for u in range(Fh):
                for v in range(Fw):
                    dx[i + u, j + v] += dy[i, j] * w[u, v]
                    dw[u, v] += dy[i, j] * x[i + u, j + v]
            db += dy[i, j]
    return dx, dw, db


def windowed(dy, x, w):
    (rows, columns), (Fh, Fw) = dy.shape, w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), 0
    for i in range(rows):
        for j in range(columns):
            dx[i:i + Fh, j:j + Fw] += dy[i, j] * w
            dw += dy[i, j] * x[i:i + Fh, j:j + Fw]
            db += dy[i, j]
    return dx, dw, db


def by_weight(dy, x, w):
    (rows, columns), (Fh, Fw) = dy.shape, w.shape
    dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), dy.sum()
    for u in range(Fh):
        for v in range(Fw):
            dx[u:u + rows, v:v + columns] += w[u, v] * dy
            dw[u, v] = (x[u:u + rows, v:v + columns] * dy).sum()
    return dx, dw, db


def gathered(dy, x, w):
    (H, W), (rows, columns), (Fh, Fw) = x.shape, dy.shape, w.shape
    around, turned = np.pad(dy, ((Fh - 1, Fh - 1), (Fw - 1, Fw - 1))), w[::-1, ::-1]
    dx = [[(around[i:i + Fh, j:j + Fw] * turned).sum() for j in range(W)] for i in range(H)]
    dw = [[(x[u:u + rows, v:v + columns] * dy).sum() for v in range(Fw)] for u in range(Fh)]
    db = dy.sum()
    return dx, dw, db


def by_places(dy, x, w):
    (H, W), (rows, columns), (Fh, Fw) = x.shape, dy.shape, w.shape
    dx, dw = np.zeros((H, W)), np.zeros((Fh, Fw))
    for a in range(H):
        for b in range(W):
            for u in range(Fh):
                for v in range(Fw):
                    if 0 <= a - u < rows and 0 <= b - v < columns:
                        dx[a, b] += dy[a - u, b - v] * w[u, v]
                        dw[u, v] += dy[a - u, b - v] * x[a, b]
    return dx, dw, dy.sum()


def part(place, change):
    """A right result with one of its three parts changed: change(part, dy, x, w)."""
    def changed(y, *given):
        made = list(y)
        made[place] = change(y[place], *given)
        return tuple(made)

    return changed


WAYS = [looped, windowed, by_weight, gathered, by_places]
TO_X, TO_W = "dx[i + u, j + v] += dy[i, j] * w[u, v]", "dw[u, v] += dy[i, j] * x[i + u, j + v]"
TO_WINDOW, FROM_WINDOW = "+= dy[i, j] * w\n", "dw += dy[i, j] * x[i:i + Fh, j:j + Fw]"
I, J, U, V = "for i in range(rows)", "for j in range(columns)", "for u in range(Fh)", "for v in range(Fw)"
PADS, TURN = "((Fh - 1, Fh - 1), (Fw - 1, Fw - 1))", "turned = np.pad(dy, ((Fh - 1, Fh - 1), (Fw - 1, Fw - 1))), w"

AS_IT_IS = "Your dx slides the filter over dy as it is: dx[i + u, j + v] gets dy[i, j] · w[u, v], so rotate the " \
           "filter by 180°."
UPRIGHT = "In dx your filter is flipped from left to right only: it takes both, `w[::-1, ::-1]`."
NO_MIRROR = "In dx your filter is flipped upside down only: it takes both, `w[::-1, ::-1]`."
ASIDE = "In dx rows and columns of the filter are swapped: rotate w by 180°, which is not `w.T`."
FLIPPED = "Your dw rotates dy: weight [u, v] met x[i + u, j + v], so that cell is multiplied by dy[i, j]. For w " \
          "nothing is rotated."
BACKWARDS = "Your dw is rotated by 180°: `dw[0, 0]` belongs to the weight on the top left cell of each window."
LAST_X = "In dx only one product of each cell is left: a cell is in several windows, so add with `+=`."
LAST_W = "In dw only one product of each weight is left: all windows use it, so add with `+=`."
LAST_B = "In db only the last dy is left: the bias is in every output, so add with `+=`."
NO_DY_X = "In dx the dy are missing: multiply each weight by the dy of its window."
NO_DY_W = "In dw the dy are missing: multiply each cell by the dy of its window."
TIMES_X = "You multiply dx by x, too: the slope of y for a cell is just its weight."
TIMES_W = "You multiply dw by w, too: the slope of y for a weight is just its cell."
MEAN_W = "Your dw is a mean over the windows: all of them use the same weight, so their shares add up."
MEAN_B = "Your db is a mean: the bias is in every output, so all dy add up."
OFTEN_B = "Your db has a dy for every product: `db += dy[i, j]` belongs after the two inner loops."
FRAME = "The zeros around dy do not fit: each side needs Fh - 1 rows and Fw - 1 columns of zeros."
LOOPS = "There are `dy.shape[0]` rows of windows, and `dy.shape[1]` windows in a row: i and j go over these."
COUNT = "Your db counts the outputs: each adds its dy."
COLUMNS_B = "Your db adds up columns, as `sum(dy)` does: there is one bias, so add up all, `dy.sum()`."
ROWS_B = "Your db adds up rows: there is one bias, so add up all, `dy.sum()`."
ALL_B = "Your db is dy itself: there is one bias, in every output, so add up all, `dy.sum()`."
EXCHANGED = "The first two are swapped: dx, then dw, then db."
ENDS = "Your dx is 0 at its border: the cells there are in few windows, but not in none. Put zeros around dy."
SHORT = "Your dx has the shape of dy: it needs the shape of x. Each cell of x gets a share, even at the border."
AWAY = "In dx the shares go to the window's corner: dy[i, j] · w[u, v] belongs to cell x[i + u, j + v]."
STAYS_W = "In dw the window stays in the corner: in window i, j the weight u, v meets x[i + u, j + v]."
TYPES = "Your dx and dw have the types of x and w: they can hold fractions even if x and w do not. Use " \
        "`np.zeros(x.shape)`."
WHOLE = "You cut off the decimals: a gradient can be a fraction."
IN_X = "You write dx into x itself: later windows read it, and the caller loses it. Make a new array."
IN_W = "You write dw into w itself: later windows read it, and the caller loses it. Make a new array."
SQUARE_W = "Your code needs a filter no wider than high: `w.shape` holds both, its height and its width."
SQUARE_X = "Your code needs an image no wider than high: `x.shape` holds both, its height and its width."
EARLY = "You return too early: `return` belongs after all loops."
CUT = "In dx and dw the last windows are missing: `range` already leaves out its end."
SUMMED = "You add up dy first: multiply each dy in its own window, and add last."
AROUND = "`dy[a - u, b - v]` below 0 counts from the end: a cell is in that window only if the window exists."
OUT = "An index runs over the end: there are as many windows as `dy` has numbers, and in window i, j cell x[i + u, " \
      "j + v] gets dy[i, j] · w[u, v]."


def full(w_of, pads=lambda F: F - 1):
    """dx as a filter that slides over dy with zeros around it: w_of(w) lies on the window."""
    def change(dx, dy, x, w):
        laid = w_of(w)
        around = np.pad(dy, [(pads(F), pads(F)) for F in w.shape])
        return (np.lib.stride_tricks.sliding_window_view(around, laid.shape) * laid).sum((2, 3))

    return change


def inner(dx, dy, x, w):
    """dx with 0 where there are fewer windows than could be."""
    keep = np.zeros(x.shape, bool)
    keep[w.shape[0] - 1:dy.shape[0], w.shape[1] - 1:dy.shape[1]] = True
    return np.where(keep, dx, 0)


def flipped(dw, dy, x, w):
    return gathered(dy[::-1, ::-1], x, w)[1]


def cut(rows, columns):
    """dx and dw without the windows behind these, and db with all of them."""
    def change(y, dy, x, w):
        some = dy * (np.arange(len(dy)) < len(dy) - rows)[:, None] * (np.arange(dy.shape[1]) < dy.shape[1] - columns)
        return (*gathered(some, x, w)[:2], y[2])

    return change


def turned(a):
    return np.asarray(a)[::-1, ::-1]


PARTS = {   # which of the three, and what goes wrong with it; two in different parts get both sentences
    0: [(AS_IT_IS, full(lambda w: w)), (NO_MIRROR, full(lambda w: w[::-1])), (ENDS, inner)],
    1: [(FLIPPED, flipped), (BACKWARDS, lambda dw, *_: turned(dw)), (MEAN_W, lambda dw, dy, *_: dw / dy.size)],
    2: [(MEAN_B, lambda db, dy, *_: dy.mean()), (COUNT, lambda db, dy, *_: dy.size), (ALL_B, lambda db, dy, *_: dy),
        (COLUMNS_B, lambda db, dy, *_: dy.sum(0)), (OFTEN_B, lambda db, dy, x, w: db * w.size)],
}
WRONG = slips(
    WAYS,
    (AS_IT_IS, TURN + "[::-1, ::-1]", TURN),
    (UPRIGHT, part(0, full(lambda w: w[:, ::-1]))),
    (ASIDE, part(0, full(lambda w: w.T))),
    (ASIDE, "w[::-1, ::-1]", "w.T"), (ASIDE, "dy[i, j] * w[u, v]", "dy[i, j] * w.T[u, v]"),
    (ASIDE, TO_WINDOW, "+= dy[i, j] * w.T\n"),
    *((FRAME, part(0, full(turned, pads))) for pads in (lambda F: 1, lambda F: 0, lambda F: F, lambda F: F // 2)),
    *(((AS_IT_IS, FRAME), part(0, full(lambda w: w, pads))) for pads in (
        lambda F: 1, lambda F: 0, lambda F: F, lambda F: F // 2)),
    *((said, part(place, change)) for place, slips in PARTS.items() for said, change in slips),
    *(((first, second), lambda y, *given, a=a, b=b, one=one, two=two: part(b, two)(part(a, one)(y, *given), *given))
      for a, b in itertools.combinations(PARTS, 2) for first, one in PARTS[a] for second, two in PARTS[b]),
    ("In dw, dy is flipped upside down: for w nothing is flipped.",
     part(1, lambda dw, dy, x, w: gathered(dy[::-1], x, w)[1])),
    ("In dw, dy is flipped from left to right: for w nothing is flipped.",
     part(1, lambda dw, dy, x, w: gathered(dy[:, ::-1], x, w)[1])),
    ("Your dx is rotated by 180°: `dx[0, 0]` belongs to the top left cell of x.",
     part(0, lambda dx, *_: turned(dx))),
    ("Rows and columns of dx are swapped: it has the shape of x.", part(0, lambda dx, *_: dx.T)),
    ("Rows and columns of dw are swapped: it has the shape of w.", part(1, lambda dw, *_: dw.T)),
    (LAST_X, TO_X, TO_X.replace("+=", "=")), (LAST_X, TO_WINDOW, TO_WINDOW.replace("+=", "=")),
    (LAST_X, "+= w[u, v] * dy", "= w[u, v] * dy"), (LAST_X, "dx[a, b] +=", "dx[a, b] ="),
    (LAST_W, TO_W, TO_W.replace("+=", "=")), (LAST_W, FROM_WINDOW, FROM_WINDOW.replace("+=", "=")),
    ((LAST_X, LAST_W), TO_X, TO_X.replace("+=", "="), TO_W, TO_W.replace("+=", "=")),
    ((LAST_X, LAST_W), TO_WINDOW, TO_WINDOW.replace("+=", "="), FROM_WINDOW, FROM_WINDOW.replace("+=", "=")),
    (LAST_B, "db += dy[i, j]", "db = dy[i, j]"),
    ("Your db has a dy for every column of the window: `db += dy[i, j]` belongs after the two inner loops.",
     part(2, lambda db, dy, x, w: db * w.shape[0])),
    ("In all three only the last share of each number is left: add with `+=`.", "db +=", "db =", "+=", "="),
    (NO_DY_X, TO_X, "dx[i + u, j + v] += w[u, v]"), (NO_DY_X, TO_WINDOW, "+= w\n"),
    (NO_DY_W, TO_W, "dw[u, v] += x[i + u, j + v]"), (NO_DY_W, FROM_WINDOW, "dw += x[i:i + Fh, j:j + Fw]"),
    (NO_DY_W, "(x[u:u + rows, v:v + columns] * dy).sum()", "x[u:u + rows, v:v + columns].sum()"),
    ("In dx and dw the dy are missing: multiply each share by the dy of its window.",
     TO_X, "dx[i + u, j + v] += w[u, v]", TO_W, "dw[u, v] += x[i + u, j + v]"),
    ("The dy are missing in all three: multiply each share by the dy of its window.",
     TO_X, "dx[i + u, j + v] += w[u, v]", TO_W, "dw[u, v] += x[i + u, j + v]", "db += dy[i, j]", "db += 1"),
    (TIMES_X, part(0, lambda dx, dy, x, w: dx * x)), (TIMES_W, part(1, lambda dw, dy, x, w: dw * w)),
    ("Your dx is a mean: the shares of all windows that hold a cell add up.",
     part(0, lambda dx, dy, x, w: dx / w.size)),
    ("All three are divided by how many windows there are: the shares add up.",
     lambda y, dy, x, w: tuple(each / dy.size for each in y)),
    (ROWS_B, part(2, lambda db, dy, x, w: dy.sum(1))),
    ("Your db is an array: start from `db = 0` to get one number.", part(2, lambda db, dy, *_: np.full(dy.shape, db))),
    ("Your db is a list of one number: return the number.", part(2, lambda db, *_: [db])),
    ("Your db misses most dy: `db += dy[i, j]` belongs inside the loop over j.",
     part(2, lambda db, dy, *_: dy[:, -1].sum())),
    ("Your db is 1: if the bias grows by 1, so does every output, and each has its dy.", part(2, lambda *_: 1)),
    ("Your db is always 0: the bias is in every output, so all dy add up.", part(2, lambda *_: 0)),
    ("Your db is the first dy: the bias is in every output, so all dy add up.", part(2, lambda db, dy, *_: dy[0, 0])),
    ("Your db is the largest dy: the bias is in every output, so all dy add up.", part(2, lambda db, dy, *_: dy.max())),
    ("Your db adds up dx: the bias meets no weight and no cell, so only the dy add up.",
     part(2, lambda db, dy, x, w: (db * w).sum())),
    (EXCHANGED, lambda y, *_: (y[1], y[0], y[2])),
    ("The last two are swapped: dx, then dw, then db.", lambda y, *_: (y[0], y[2], y[1])),
    ("They are in reverse order: dx, then dw, then db.", lambda y, *_: y[::-1]),
    ("Your order is dw, db, dx: it should be dx, then dw, then db.", lambda y, *_: (y[1], y[2], y[0])),
    ("Your signs are flipped: dy is given, so only multiply and add.",
     lambda y, *_: tuple(-each for each in y)),
    ("Your dx adds up the shares of dw, and dw those of dx: a cell is multiplied by its weight, a weight by its cell.",
     TO_X, "dx[i + u, j + v] += dy[i, j] * x[i + u, j + v]", TO_W, "dw[u, v] += dy[i, j] * w[u, v]"),
    ("For a cell you multiply by the cell: multiply by the weight that it meets.",
     TO_X, "dx[i + u, j + v] += dy[i, j] * x[i + u, j + v]"),
    ("For a weight you multiply by the weight: multiply by the cell that it meets.",
     TO_W, "dw[u, v] += dy[i, j] * w[u, v]"),
    ("For a weight you multiply by the weight: multiply by the cell that it meets.",
     FROM_WINDOW, "dw += dy[i, j] * w"),
    *each_way("The last windows are missing: `range` already leaves out its end.",
              (I, "for i in range(rows - 1)"), (J, "for j in range(columns - 1)")),
    (CUT, cut(1, 1)), (f"{CUT} This happens only vertically.", cut(1, 0)),
    (f"{CUT} This happens only horizontally.", cut(0, 1)),
    *each_way("The first windows are missing: counting starts at 0.",
              (I, "for i in range(1, rows)"), (J, "for j in range(1, columns)")),
    *each_way("The last weights are missing: `range` already leaves out its end.",
              (U, "for u in range(Fh - 1)"), (V, "for v in range(Fw - 1)")),
    *each_way("The first weights are missing: counting starts at 0.",
              (U, "for u in range(1, Fh)"), (V, "for v in range(1, Fw)")),
    (AWAY, TO_X, "dx[i, j] += dy[i, j] * w[u, v]"),
    ("In dx the window stays in the corner: dy[i, j] · w[u, v] belongs to cell x[i + u, j + v].",
     TO_X, "dx[u, v] += dy[i, j] * w[u, v]"),
    ("In dx the window stays in the corner: dy[i, j] · w[u, v] belongs to cell x[i + u, j + v].",
     "dx[i:i + Fh, j:j + Fw]", "dx[:Fh, :Fw]"),
    (STAYS_W, "* x[i + u, j + v]", "* x[u, v]"), (STAYS_W, "* x[i:i + Fh, j:j + Fw]", "* x[:Fh, :Fw]"),
    ("In dw all weights meet the same cell: in window i, j the weight u, v meets x[i + u, j + v].",
     "* x[i + u, j + v]", "* x[i, j]"),
    ("In dw rows and columns of the window are swapped: in window i, j the weight u, v meets x[i + u, j + v].",
     "* x[i + u, j + v]", "* x[i + v, j + u]"),
    ((AS_IT_IS, ENDS), part(0, lambda *args: inner(full(lambda w: w)(*args), *args[1:]))),
    (SHORT, part(0, lambda dx, dy, x, w: dx[:dy.shape[0], :dy.shape[1]])),
    (SHORT, part(0, lambda dx, dy, x, w: dy * w.sum())),
    *((SHORT, part(0, lambda dx, dy, x, w, c=c: dx[c(w.shape[0]):c(w.shape[0]) + dy.shape[0], c(w.shape[1]):
                   c(w.shape[1]) + dy.shape[1]])) for c in (lambda F: F // 2, lambda F: (F - 1) // 2)),
    (SUMMED, lambda y, dy, x, w: (y[0], y[2] * x, y[2])), (SUMMED, lambda y, dy, x, w: (y[2] * w, y[2] * x, y[2])),
    (SUMMED, lambda y, dy, x, w: (y[2] * x, y[2] * w, y[2])),
    (LOOPS, I, "for i in range(columns)", J, "for j in range(rows)"), (LOOPS, J, "for j in range(rows)"),
    *((FRAME, PADS, zeros)
      for zeros in ("((Fh, Fh), (Fw, Fw))", "((Fh // 2,) * 2, (Fw // 2,) * 2)")),
    ("Your zeros around dy fit a square filter: Fh - 1 rows above and below, Fw - 1 columns left and right.",
     PADS, "Fh - 1"),
    (OUT, I, "for i in range(len(x))", J, "for j in range(x.shape[1])"),
    (OUT, TO_X, TO_X.replace("dy[i,", "dy[i + u,")),
    (AROUND, "if 0 <= a - u < rows and 0 <= b - v < columns", "if a - u < rows and b - v < columns"),
    ("Both start from x and w: a sum starts from 0.", "np.zeros(x.shape), np.zeros(w.shape)",
     "x.astype(float), w.astype(float)"),
    ("Both start from x and w: a sum starts from 0.", "np.zeros(x.shape), np.zeros(w.shape)", "x.copy(), w.copy()"),
    (IN_X, "np.zeros(x.shape), np", "x, np"), (IN_W, "np.zeros(w.shape)", "w"),
    ((IN_X, IN_W), "np.zeros(x.shape), np.zeros(w.shape)", "x, w"),
    (TYPES, "np.zeros(x.shape), np.zeros(w.shape)", "np.zeros_like(x), np.zeros_like(w)"),
    ("Your dx has the type of x: dx can hold fractions even if x does not. Use `np.zeros(x.shape)`.",
     "np.zeros(x.shape)", "np.zeros_like(x)"),
    ("Your dw has the type of w: dw can hold fractions even if w does not. Use `np.zeros(w.shape)`.",
     "np.zeros(w.shape)", "np.zeros_like(w)"),
    (WHOLE, lambda y, *_: tuple(np.asarray(each).astype(int) for each in y)),
    (SQUARE_W, "w.shape\n", "(len(w), len(w))\n"), (SQUARE_X, "(H, W)", "(H, H)", "range(W)", "range(H)"),
) + slips(
    [looped, windowed],
    (EARLY, "    return", "        return"), (EARLY, "    return", "            return"),
)
