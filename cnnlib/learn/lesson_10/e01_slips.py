"""Ways in which an occlusion map goes wrong: edits of right ways, for exercise 10.1."""

import numpy as np

from ..slips import slips
from .e01_covered import (
    beside,
    centred,
    chained,
    covered_at,
    covering,
    each_way_round,
    filled,
    in_a_frame,
    in_tiles,
    kept_alone,
    over_the_edge,
    painted,
    painted_over,
    per_pixel,
    places,
)


def fresh(score, x, size, fill):
    H, W = x.shape
    before = score(x)
    y = np.zeros((H - size + 1, W - size + 1))
    for i in range(H - size + 1):
        for j in range(W - size + 1):
            covered = x.astype(float)
            covered[i:i + size, j:j + size] = fill
            y[i, j] = before - score(covered)
    return y


def in_one_copy(score, x, size, fill):
    rows, columns = x.shape[0] - size + 1, x.shape[1] - size + 1
    covered, y = x.astype(float), np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            covered[i:i + size, j:j + size] = fill
            y[i, j] = score(x) - score(covered)
            covered[i:i + size, j:j + size] = x[i:i + size, j:j + size]
    return y


def put_back(score, x, size, fill):
    x, y = x.astype(float), []
    before = score(x)
    for i in range(x.shape[0] - size + 1):
        y.append([])
        for j in range(x.shape[1] - size + 1):
            kept = x[i:i + size, j:j + size].copy()
            x[i:i + size, j:j + size] = fill
            y[i].append(before - score(x))
            x[i:i + size, j:j + size] = kept
    return np.array(y)


EACH, COPY, COVER, FALL = "y[i, j] = before - score(covered)", "covered = x.astype(float)", \
    "covered[i:i + size, j:j + size] = fill", "before - score(covered)"
ROWS, COLUMNS = "for i in range(H - size + 1)", "for j in range(W - size + 1)"
ALL = "np.zeros((H - size + 1, W - size + 1))"
SIGN = "The sign is wrong: subtract the score of the copy from the score of x, so that a fall is above 0."
LEFT = "That is the score that is left: the fall is the score of x minus this."
ABS = "A rising score gives a fall below 0: keep its sign, without `abs`."
CUT = "You write 0 where the score rises: the fall there is below 0."
WHOLE = "Your copy holds whole numbers, so a fill of 0.5 becomes 0: use `x.astype(float)`, a copy that can hold " \
        "fractions."
STAY = "Earlier squares stay covered: start with a fresh copy of x at every place."
IN_X = "You cover x itself: `covered = x` is not a copy, so work on `x.astype(float)`."
NOTHING = "You score an image with nothing covered: set the square to `fill` in the copy, then score the copy."
ZERO, ONE, MEAN = "You always fill with 0: fill with `fill`.", "You always fill with 1: fill with `fill`.", \
    "You fill with the mean of the image: fill with `fill`."
NO_LAST = "The last row and column of places are missing: there are H - size + 1 rows and W - size + 1 columns of " \
        "places."
OVER = "Your squares reach over the edge of the image: use only squares inside it, at H - size + 1 rows."
ONE_PIXEL = "You cover one pixel only: cover `size` rows and `size` columns."
ENDS = "The end of a slice is a place, not a length: the square goes from i to i + size."
RELATIVE = "You divide by the score of x: return the fall itself, not a share."
EARLY = "You return after the first row: `return` belongs after the loop."
JUMPS = "Your square jumps by its own size: move it by one pixel."
HALF = "Your map is as large as the image, with a square around each pixel: entry [i, j] belongs to the square whose " \
       "upper left corner is there."

WRONG = slips(
    [fresh, in_one_copy, put_back],
    (SIGN, FALL, "score(covered) - before"), (SIGN, "score(x) - score(covered)", "score(covered) - score(x)"),
    (SIGN, "before - score(x)", "score(x) - before"),
    (LEFT, FALL, "score(covered)"), (LEFT, "score(x) - score(covered)", "score(covered)"),
    (ABS, FALL, "abs(before - score(covered))"), (CUT, FALL, "max(0, before - score(covered))"),
    ("You write 0 where the score falls: return the falls.", FALL, "min(0, before - score(covered))"),
    ((SIGN, "You write 0 for negative numbers: keep the sign."), FALL, "max(0, score(covered) - before)"),
    (RELATIVE, FALL, "(before - score(covered)) / before if before else 0"),
    ("This is a percentage of the score of x: return the fall itself.",
     FALL, "100 * (before - score(covered)) / before if before else 0"),
    ("You square the fall: return it as it is.", FALL, "(before - score(covered))**2"),
    ("You divide the score that is left by the score of x: subtract it from the score of x.",
     FALL, "score(covered) / before if before else 0"),
    ("You add the two scores: return their difference.", FALL, "before + score(covered)"),
    ("You score the difference of the two images: score each of them, then take the difference.",
     FALL, "score(x - covered)"),
    ("That is the score of the square alone: score the whole image with the square covered.",
     FALL, "score(x[i:i + size, j:j + size])"),
    ("You subtract the score of the square alone from that of x: score the whole image with the square covered.",
     FALL, "before - score(x[i:i + size, j:j + size])"),
    ("You subtract the score of the square alone from that of the copy: the fall is from x to the copy.",
     FALL, "score(x[i:i + size, j:j + size]) - score(covered)"),
    (NOTHING, FALL, "before - score(x)"),
    (NOTHING, f"            {COVER}\n            {EACH}\n", f"            {EACH}\n            {COVER}\n"),
    ("You compare with an image that is all `fill`: compare with the score of x.",
     "before = score(x)", "before = score(np.full(x.shape, float(fill)))"),
    ("You compare with a score of 0: compare with the score of x.", "before = score(x)", "before = 0"),
    ("You compare each copy with the one before: compare every copy with x.", beside),
    (WHOLE, COPY, "covered = x.copy()"), (WHOLE, COPY, "covered = np.array(x)"),
    (WHOLE, "covered, y = x.astype(float), np", "covered, y = x.copy(), np"),
    (WHOLE, "x, y = x.astype(float), []", "x, y = x.copy(), []"),
    (WHOLE, "x, y = x.astype(float), []", "x, y = x, []"),   # x itself, put back each time
    *(((said, WHOLE), COPY, "covered = x.copy()", FALL, fall) for said, fall in (
        (SIGN, "score(covered) - before"), (LEFT, "score(covered)"), (ABS, "abs(before - score(covered))"),
        (CUT, "max(0, before - score(covered))"))),
    ((WHOLE, STAY), f"            {COPY}\n", "", "before = score(x)", "before, covered = score(x), x.copy()"),
    (STAY, f"            {COPY}\n", "", "before = score(x)", "before, covered = score(x), x.astype(float)"),
    (STAY, "            covered[i:i + size, j:j + size] = x[i:i + size, j:j + size]\n", ""),
    (STAY, "            x[i:i + size, j:j + size] = kept\n", ""),
    ("The squares of a row stay covered: start with a fresh copy of x at every place, not for every row.",
     f"            {COPY}\n", "", f"        {COLUMNS}", f"        {COPY}\n        {COLUMNS}"),
    (IN_X, COPY, "covered = x"), (IN_X, "covered, y = x.astype(float), np", "covered, y = x, np"),
    ((SIGN, STAY), f"            {COPY}\n", "", "before = score(x)", "before, covered = score(x), x.astype(float)",
     FALL, "score(covered) - before"),
    ((LEFT, STAY), f"            {COPY}\n", "", "before = score(x)", "before, covered = score(x), x.astype(float)",
     FALL, "score(covered)"),
    ((SIGN, NO_LAST), FALL, "score(covered) - before", ALL, "np.zeros((H - size, W - size))",
     ROWS, "for i in range(H - size)", COLUMNS, "for j in range(W - size)"),
    ((WHOLE, NO_LAST), COPY, "covered = x.copy()", ALL, "np.zeros((H - size, W - size))",
     ROWS, "for i in range(H - size)", COLUMNS, "for j in range(W - size)"),
    ((IN_X, SIGN), COPY, "covered = x", FALL, "score(covered) - before"),
    ((IN_X, LEFT), COPY, "covered = x", FALL, "score(covered)"),
    (IN_X, COPY, "covered = x", FALL, "score(x) - score(covered)"),
    (ZERO, COVER, "covered[i:i + size, j:j + size] = 0"), (ONE, COVER, "covered[i:i + size, j:j + size] = 1"),
    ((ZERO, SIGN), COVER, "covered[i:i + size, j:j + size] = 0", FALL, "score(covered) - before"),
    ((ZERO, LEFT), COVER, "covered[i:i + size, j:j + size] = 0", FALL, "score(covered)"),
    (MEAN, filled(lambda x, fill: x.mean())),
    ("You always fill with 0.5: fill with `fill`.", filled(lambda x, fill: 0.5)),
    ("You fill with the largest pixel: fill with `fill`.", filled(lambda x, fill: x.max())),
    ("You fill with the smallest pixel: fill with `fill`.", filled(lambda x, fill: x.min())),
    ("You fill with the size of the square: the order is score, x, size, fill.", COVER,
     "covered[i:i + size, j:j + size] = size"),
    ("You fill with `-fill`: set the pixels to `fill`.", COVER,
     "covered[i:i + size, j:j + size] = -fill"),
    ("You add `fill` to the pixels: set them to it.", COVER, "covered[i:i + size, j:j + size] += fill"),
    ("You subtract `fill` from the pixels: set them to it.", COVER, "covered[i:i + size, j:j + size] -= fill"),
    ("You multiply the pixels by `fill`: set them to it.", COVER, "covered[i:i + size, j:j + size] *= fill"),
    ("You fill with the mean of the square: fill with `fill`.", COVER,
     "covered[i:i + size, j:j + size] = covered[i:i + size, j:j + size].mean()"),
    ("You round `fill` down to a whole number: it may be a fraction.",
     COVER, "covered[i:i + size, j:j + size] = int(fill)"),
    (ONE_PIXEL, covering(lambda i, j, size: (i, j))), (ONE_PIXEL, each_way_round),
    ("You cover one row of the square only: cover `size` rows and `size` columns.",
     covering(lambda i, j, size: np.s_[i, j:j + size])),
    ("You cover one column of the square only: cover `size` rows and `size` columns.",
     covering(lambda i, j, size: np.s_[i:i + size, j])),
    ("You cover whole rows: cover only the columns from j to j + size.",
     covering(lambda i, j, size: np.s_[i:i + size])),
    ("You cover whole columns: cover only the rows from i to i + size.",
     covering(lambda i, j, size: np.s_[:, j:j + size])),
    ("You cover one pixel too many down and across: a slice ends before i + size.",
     covering(lambda i, j, size: np.s_[i:i + size + 1, j:j + size + 1])),
    ("You cover one pixel too few down and across: a slice already leaves out its end.",
     covering(lambda i, j, size: np.s_[i:i + size - 1, j:j + size - 1])),
    (ENDS, covering(lambda i, j, size: np.s_[i:size, j:size])),
    ("Your square is centred on [i, j]: its upper left corner belongs there.",
     covering(lambda i, j, size: np.s_[max(i - size // 2, 0):i - size // 2 + size,
                                       max(j - size // 2, 0):j - size // 2 + size])),
    ("Your square begins one pixel too far down and right: it begins at [i, j].",
     covering(lambda i, j, size: np.s_[i + 1:i + 1 + size, j + 1:j + 1 + size])),
    ("You cover everything from the upper left of the image to the square: cover only the square.",
     covering(lambda i, j, size: np.s_[:i + size, :j + size])),
    ("You cover everything from the square to the lower right of the image: cover only the square.",
     covering(lambda i, j, size: np.s_[i:, j:])),
    ("Row and column of the square are swapped: i counts rows, j columns.",
     covering(lambda i, j, size: np.s_[j:j + size, i:i + size])),
    ("Your square goes up and left from [i, j]: its upper left corner belongs there.",
     covering(lambda i, j, size: np.s_[max(i - size + 1, 0):i + 1, max(j - size + 1, 0):j + 1])),
    ("You keep the square and cover everything else: cover the square.", kept_alone),
    ("You keep the square and cover everything else, and return the score: cover the square, and return how much the "
     "score falls.", lambda y, score, x, size, fill: score(x) - kept_alone(y, score, x, size, fill)),
    ("You cover everything: cover one square.", COVER, "covered[:] = fill"),
    (NOTHING, f"            {COVER}\n", ""),
    ("You set every pixel that is not `fill` to 0: set the pixels of the square to `fill`.", COVER,
     "covered[covered != fill] = 0"),
    (NO_LAST, ALL, "np.zeros((H - size, W - size))", ROWS, "for i in range(H - size)", COLUMNS,
     "for j in range(W - size)"),
    (NO_LAST, ROWS, "for i in range(H - size)", COLUMNS, "for j in range(W - size)"),
    ("The last row of places is missing: there are H - size + 1.", ROWS, "for i in range(H - size)"),
    ("The last column of places is missing: there are W - size + 1.", COLUMNS, "for j in range(W - size)"),
    ("The first row and column of places are missing: counting starts at 0.",
     ROWS, "for i in range(1, H - size + 1)", COLUMNS, "for j in range(1, W - size + 1)"),
    ("The first row of places is missing: counting starts at 0.", ROWS, "for i in range(1, H - size + 1)"),
    ("The first column of places is missing: counting starts at 0.", COLUMNS, "for j in range(1, W - size + 1)"),
    (OVER, over_the_edge), (OVER, ALL, "np.zeros((H, W))", ROWS, "for i in range(H)", COLUMNS, "for j in range(W)"),
    (OVER, ALL, "np.zeros((H - size + 2, W - size + 2))", ROWS, "for i in range(H - size + 2)", COLUMNS,
     "for j in range(W - size + 2)"),
    (HALF, centred), (HALF, lambda *given: centred(*given, more=1)),
    ("Both of your slices take rows: write `covered[i:i + size, j:j + size]`, in one pair of brackets.", chained),
    ("Your map is as large as the image, with zeros at the end: the square fits only at H - size + 1 rows.",
     in_a_frame),
    (JUMPS, lambda y, score, x, size, fill: y[::size, ::size]), (JUMPS, in_tiles),
    ("You paint every fall onto its square, over those before: entry [i, j] is the fall of one square.", painted_over),
    (JUMPS, ROWS, "for i in range(0, H - size + 1, size)", COLUMNS, "for j in range(0, W - size + 1, size)"),
    ("You paint every fall onto its square and add up: entry [i, j] is the fall of one square.", painted),
    ("You paint every fall onto its square and take the mean: entry [i, j] is the fall of one square.",
     lambda *given: painted(*given, mean=True)),
    ("Rows and columns are swapped: `x.shape` gives first the number of rows, H, then of columns, W.",
     "H, W = x.shape", "W, H = x.shape"),
    ("Your loops use H for both sides: the image may be wider than high.", ALL, "np.zeros((H - size + 1,) * 2)",
     COLUMNS, "for j in range(H - size + 1)"),
    ("Rows and columns of your map are swapped: [i, j] is row i, column j.", lambda y, *_: y.T),
    (("Rows and columns of your map are swapped: [i, j] is row i, column j.", SIGN), lambda y, *_: -y.T),
    ("Your map is filled column by column: row 0 should hold the first row of places, from left to right.",
     lambda y, *_: y.T.reshape(y.shape)),
    ("Your map is in reverse order: [0, 0] is the place at the upper left.", lambda y, *_: y[::-1, ::-1]),
    ("Your map is upside down: row 0 is the top row.", lambda y, *_: y[::-1]),
    ("You return one long list: return a map, (H - size + 1, W - size + 1).", lambda y, *_: y.ravel()),
    ("You divide by the number of pixels in the square: return the fall itself.", per_pixel),
    ("You divide by the largest fall: return the falls as they are.",
     lambda y, *_: y / np.abs(y).max() if y.any() else y),
    ("You divide by the largest fall: return the falls as they are.", lambda y, *_: y / y.max() if y.any() else y),
    ("You squeeze the map between 0 and 1: return the falls as they are.",
     lambda y, *_: (y - y.min()) / np.ptp(y) if np.ptp(y) else y),
    ("You divide by the sum of all falls: return them as they are.", lambda y, *_: y / y.sum() if y.sum() else y),
    ("You subtract the mean from the falls: return them as they are.", lambda y, *_: y - y.mean()),
    ("You return the largest fall: return the map of all.", lambda y, *_: y.max()),
    ("You return the mean fall: return the map of all.", lambda y, *_: y.mean()),
    ("You return the sum of all falls: return the map of them.", lambda y, *_: y.sum()),
    ("You return where the score falls most: return the map of all falls.",
     lambda y, *_: np.unravel_index(y.argmax(), y.shape)),
    ("You return where the score falls: return by how much.", lambda y, *_: (y > 0).astype(int)),
    ("You return only the signs: return by how much the score falls.", lambda y, *_: np.sign(y)),
    ("Your map holds whole numbers: a fall may be a fraction.", ALL, "np.zeros((H - size + 1, W - size + 1), int)"),
    ("Your map holds whole numbers: a fall may be a fraction.", ALL,
     "np.zeros((H - size + 1, W - size + 1), dtype=x.dtype)"),
    ("You round the falls: return them as they are.", lambda y, *_: np.round(y)),
    ("You round the falls to two digits: return them as they are.", lambda y, *_: np.round(y, 2)),
    ("You return the last fall only: does each replace the one before?", lambda y, *_: y[-1, -1]),
    ("You add each fall to those before it: each place has its own.", "y[i, j] = before - score(covered)",
     "y[i, j] = y.sum() + before - score(covered)"),
    ("You always score with the sum of the pixels: call the given `score`.",
     lambda y, score, x, size, fill: places(
         np.sum, x, size, fill, lambda copy, i, j: covered_at(copy, i, j, size, fill))),
    ("You return the covered image: return how much the score falls.", "    return y", "    return covered"),
    (EARLY, "    return y", "        return y"), (EARLY, "    return np.array(y)", "        return np.array(y)"),
    ("You return after the first place: `return` belongs after both loops.", "    return y", "            return y"),
)
