"""What predicts, and ways in which steadiness is counted wrong: edits of right ways, for exercise 10.6."""

import numpy as np

from ..slips import slips
from .of_images import OfImage

# --- what predicts ----------------------------------------------------------------------------------------------------

BRIGHTEST = OfImage("the place of the largest pixel", lambda x: int(np.argmax(x)))
ROW = OfImage("the row of the largest pixel", lambda x: int(np.argmax(x.max(1))))
COLUMN = OfImage("the column of the largest pixel", lambda x: int(np.argmax(x.max(0))))
HALF = OfImage("0 if the left half is brighter, else 1", lambda x: int(
    x[:, :x.shape[1] // 2].sum() <= x[:, (x.shape[1] + 1) // 2:].sum()))
MIDDLE = OfImage("1 if the middle pixel is above 2, else 0", lambda x: int(x[len(x) // 2, x.shape[1] // 2] > 2))
COUNT = OfImage("how many pixels are above 2", lambda x: int(np.sum(x > 2)))
CORNER = OfImage("the pixel x[0, 0]", lambda x: int(x[0, 0]))
FUNCTIONS = (ROW, COLUMN, HALF, MIDDLE, CORNER)


# --- right ways that are edited ---------------------------------------------------------------------------------------

def counted(predict, x, most):
    before = predict(x)
    same, count = 0, 0
    for dy in range(-most, most + 1):
        for dx in range(-most, most + 1):
            if dy == 0 and dx == 0:
                continue
            moved = np.roll(x, (dy, dx), axis=(0, 1))
            count += 1
            if predict(moved) == before:
                same += 1
    return same / count


def with_a_list(predict, x, most):
    steps = range(-most, most + 1)
    shifts = [(dy, dx) for dy in steps for dx in steps if (dy, dx) != (0, 0)]
    stays = [predict(np.roll(x, shift, axis=(0, 1))) == predict(x) for shift in shifts]
    return np.mean(stays)


def over(shifts, moved=None):
    """A change of the result: the share over other shifts, `shifts(most)`; or moved in another way."""
    def changed(share, predict, x, most):
        pairs = shifts(most)
        move = moved or (lambda x, dy, dx: np.roll(x, (dy, dx), (0, 1)))
        return sum(predict(move(x, *pair)) == predict(x) for pair in pairs) / len(pairs)

    return changed


def field(most, low=None):
    steps = range(-most if low is None else low, most + 1)
    return [(dy, dx) for dy in steps for dx in steps if dy or dx]


def rolled_on(predict, x, most, start, skip):
    """Rolled by dy in the outer loop, by dx in the inner one, and never back; or begun with -most, then one by one."""
    before, stays = predict(x), []
    x = np.roll(x, (-most, -most), (0, 1)) if start else x
    for dy in range(-most, most + 1):
        x = x if start else np.roll(x, dy, 0)
        for dx in range(-most, most + 1):
            x = x if start else np.roll(x, dx, 1)
            if dy or dx or not skip:
                stays.append(predict(x) == before)
            x = np.roll(x, 1, 1) if start else x
        x = np.roll(x, 1, 0) if start else x
    return np.mean(stays)


def rolled_twice(share, predict, x, most):
    """Rolled on by every shift, and once more in place of back."""
    before, stays = predict(x), []
    for shift in field(most):
        x = np.roll(x, shift, (0, 1))
        stays.append(predict(x) == before)
        x = np.roll(x, shift, (0, 1))
    return np.mean(stays)


def made(moved):
    """A change of the result: moved in another way."""
    return over(field, moved)


def _filled(x, dy, dx, value=0.0):
    """Moved, with something else coming in than what left."""
    y = np.full(x.shape, value)
    H, W = x.shape
    for i in range(H):
        for j in range(W):
            if 0 <= i - dy < H and 0 <= j - dx < W:
                y[i, j] = x[i - dy, j - dx]
    return y


def _edge(x, dy, dx):
    i = np.clip(np.arange(len(x)) - dy, 0, len(x) - 1)
    j = np.clip(np.arange(x.shape[1]) - dx, 0, x.shape[1] - 1)
    return x[np.ix_(i, j)]


SKIP, ROLL, STEPS, RESULT = "dy == 0 and dx == 0", "np.roll(x, (dy, dx), axis=(0, 1))", "range(-most, most + 1)", \
    "return same / count"
SAME, MEAN = "predict(moved) == before", "np.mean(stays)"
NO_SHIFT = "You count (0, 0), too: an unmoved image always keeps its class, so leave it out."
AXES = "You leave out all shifts along one side: leave out only (0, 0)."
END = "`range(-most, most)` ends at most - 1: the shift by most is missing."
ONE_WAY = "You move down and to the right only: move up and to the left, too, from -most to most."
CHANGED = "This is the share that changes: return the share that stays."
NO_COUNT = "You count the shifts for which the class stays: divide by the number of shifts."
PER_CENT = "This is a percentage: return a share, from 0 to 1."
LONG_ROW = "`np.roll` without `axis` rolls the image as one long row: add `axis=(0, 1)`."
ADD_UP = "Your shifts add up: roll the original x each time."
ZEROS = "Zeros come in where the image leaves: with `np.roll`, what leaves comes in on the other side."
ALL = "This is 1 only where the class always stays, and 0 otherwise: return a share, and divide with `/`, because " \
      "`//` rounds down."
BOTH_ENDS = "The shifts by -most and by most are missing: both ends are included, `range(-most, most + 1)`."
ONCE = "You count shifts that give the same image once: every combination of dy and dx counts."
RIGHT = "Your dx goes to the right only: it runs from -most to most."
DOWN = "Your dy goes down only: it runs from -most to most."
ANY = "This is 1 if the class stays even once: divide how often it stays by the number of all shifts."
ONE_STAYS = "You count one too many: does your count start from 1, or include (0, 0)?"
ONE_MORE = "You divide by one shift too many: (0, 0) does not count."
NEVER_MOVED = "This is always 1: compare the class of the moved image with that of x."
ONE_STEP = "You roll by the same step along both sides: axis 0 by dy, axis 1 by dx."
OFTEN = "You compare with the most frequent class: compare with the class of x itself."
CHAIN = "You compare with the shift before: compare every one with x itself."
EARLY = "You return inside the loop: `return` belongs after both."

WRONG = slips(
    [counted, with_a_list],
    (NO_SHIFT, SKIP, "False"), (NO_SHIFT, " if (dy, dx) != (0, 0)]", "]"),
    (ONE_STAYS, RESULT, "return (same + 1) / count"), (ONE_MORE, RESULT, "return same / (count + 1)"),
    (AXES, SKIP, "dy == 0 or dx == 0"), (AXES, "(dy, dx) != (0, 0)", "dy and dx"),
    ((AXES, "You still divide by all shifts."), SKIP, "dy == 0 or dx == 0",
     RESULT, "return same / ((2 * most + 1)**2 - 1)"),
    ((AXES, "You still divide by all shifts, and (0, 0)."), SKIP, "dy == 0 or dx == 0",
     RESULT, "return same / (2 * most + 1)**2"),
    ("You leave out all shifts by equal steps: leave out only (0, 0).",
     SKIP, "dy == dx"), ("You leave out all shifts by equal steps: leave out only (0, 0).",
                         "(dy, dx) != (0, 0)", "dy != dx"),
    ("You leave out all shifts that add up to 0: leave out only (0, 0).", SKIP, "dy + dx == 0"),
    ("You leave out all shifts with dy = 0: dx may still move the image.", SKIP, "dy == 0"),
    ("You leave out all shifts with dx = 0: dy may still move the image.", SKIP, "dx == 0"),
    ("`break` ends the whole row at (0, 0): `continue` leaves out this one shift.",
     "                continue", "                break"),
    (END, STEPS, "range(-most, most)"), ((END, NO_SHIFT), STEPS, "range(-most, most)", SKIP, "False"),
    ((END, NO_SHIFT), STEPS, "range(-most, most)", " if (dy, dx) != (0, 0)]", "]"),
    ("The shift by -most is missing: start with it.", STEPS, "range(-most + 1, most + 1)"),
    (BOTH_ENDS, STEPS, "range(-most + 1, most)"),
    (BOTH_ENDS, lambda share, predict, x, most: over(lambda most: field(most - 1))(share, predict, x, most) if most > 1
     else np.nan),
    ("You go one step too far: both end at most.", STEPS, "range(-most - 1, most + 2)"),
    ("You go one step too far: both end at most.", STEPS, "range(-most, most + 2)"),
    (ONE_WAY, STEPS, "range(0, most + 1)"), (ONE_WAY, STEPS, "range(most + 1)"),
    ((ONE_WAY, NO_SHIFT), STEPS, "range(0, most + 1)", SKIP, "False"),
    ((ONE_WAY, END), over(lambda most: field(most - 1, 0) or [(0, 0)])),
    ("You move down and right by 1 to most, never along one side: both go from -most to most.",
     STEPS, "range(1, most + 1)"),
    (RIGHT, over(lambda most: [(a, b) for a in range(-most, most + 1) for b in range(most + 1) if a or b])),
    ((RIGHT, NO_SHIFT), over(lambda most: [(a, b) for a in range(-most, most + 1) for b in range(most + 1)])),
    (DOWN, over(lambda most: [(a, b) for a in range(most + 1) for b in range(-most, most + 1) if a or b])),
    ((DOWN, NO_SHIFT), over(lambda most: [(a, b) for a in range(most + 1) for b in range(-most, most + 1)])),
    ("You move up and to the left only: move down and to the right, too.", STEPS, "range(-most, 1)"),
    ("You move only by most itself: smaller steps count, too.", STEPS, "(-most, 0, most)"),
    ("You move only by one step: all steps up to most count.", STEPS, "range(-1, 2)"),
    ("You take every second step only: take all from -most to most.", STEPS, "range(-most, most + 1, 2)"),
    ("You move up and down only: move in both directions, in every combination.",
     over(lambda most: [(d, 0) for d in range(-most, most + 1) if d])),
    ("You move left and right only: move in both directions, in every combination.",
     over(lambda most: [(0, d) for d in range(-most, most + 1) if d])),
    ("You move along one side at a time: use every combination of both directions.",
     over(lambda most: [p for d in range(-most, most + 1) if d for p in ((d, 0), (0, d))])),
    ("You move by the same step down and to the right: both take every number, in every combination.",
     over(lambda most: [(d, d) for d in range(-most, most + 1) if d])),
    ("You move in four directions by most: both take every number from -most to most.",
     over(lambda most: [(most, 0), (-most, 0), (0, most), (0, -most)])),
    ("You move to the four corners, by most each: both take every number from -most to most.",
     over(lambda most: [(a, b) for a in (-most, most) for b in (-most, most)])),
    ("You move down, or to the right: move up and to the left, too, in every combination.",
     over(lambda most: [p for d in range(1, most + 1) for p in ((d, 0), (0, d))])),
    ("You leave out the corners: dy and dx take every number, in every combination.",
     over(lambda most: [p for p in field(most) if abs(p[0]) + abs(p[1]) <= most])),
    ("You take the shifts within a circle: dy and dx take every number, in every combination.",
     over(lambda most: [p for p in field(most) if p[0]**2 + p[1]**2 <= most**2])),
    ("You use only the largest shifts: smaller ones count, too.",
     over(lambda most: [p for p in field(most) if max(map(abs, p)) == most])),
    ("You make a single shift, by (most, most): use all combinations.",
     over(lambda most: [(most, most)])),
    (CHANGED, SAME, "predict(moved) != before"), (CHANGED, MEAN, "1 - np.mean(stays)"),
    ((CHANGED, NO_SHIFT), SAME, "predict(moved) != before", SKIP, "False"),
    ((CHANGED, NO_COUNT), SAME, "predict(moved) != before", RESULT, "return same"),
    (NO_COUNT, RESULT, "return same"), (NO_COUNT, MEAN, "np.sum(stays)"),
    ((NO_COUNT, NO_SHIFT), RESULT, "return same + 1"),
    (PER_CENT, RESULT, "return 100 * same / count"),
    ("You divide by 8, the number of shifts for `most` = 1: divide by the number of all "
     "shifts.", RESULT, "return same / 8"),
    (ONCE, lambda share, predict, x, most: _share(predict, x, {
        (dy % len(x), dx % x.shape[1]) for dy, dx in field(most)} - {(0, 0)})),
    (ONCE, lambda share, predict, x, most: _share(predict, x, {
        (dy % len(x), dx % x.shape[1]) for dy, dx in field(most)})),
    ("You leave out shifts that do not change the image: leave out only (0, 0).",
     lambda share, predict, x, most: _share(predict, x, [
         shift for shift in field(most) if (np.roll(x, shift, (0, 1)) != x).any()])),
    ("You divide by the number of shifts along one side: use all combinations.",
     RESULT, "return same / (2 * most + 1)"),
    ("You divide by the number of pixels: divide by the number of shifts.", RESULT, "return same / x.size"),
    ("You divide by 4 · most · most: there are (2 · most + 1)² − 1 shifts.", RESULT, "return same / (2 * most)**2"),
    ("You divide by most: divide by the number of shifts.", RESULT, "return same / most"),
    ("You divide by most · most: divide by the number of shifts.", RESULT, "return same / most**2"),
    ("You divide what stays by what changes: divide by all shifts.", RESULT, "return same / max(count - same, 1)"),
    (ALL, RESULT, "return same // count"),
    ("You round the share to 0 or 1: leave it as it is.", RESULT, "return round(same / count)"),
    ("You round the share to two digits: leave it as it is.", RESULT, "return round(same / count, 2)"),
    ("You round the share to one digit: leave it as it is.", RESULT, "return round(same / count, 1)"),
    (ALL, MEAN, "bool(np.all(stays))"), (ALL, MEAN, "float(np.all(stays))"),
    (ANY, MEAN, "bool(np.any(stays))"), (ANY, MEAN, "float(np.any(stays))"),
    ("You return one answer for each shift: return the share of those that stay.",
     MEAN, "np.array(stays).astype(int)"),
    ("You count the different classes: return how often the class of x stays.",
     lambda share, predict, x, most: len({predict(np.roll(x, p, (0, 1))) for p in field(most)})),
    (OFTEN, lambda share, predict, x, most: _most([predict(np.roll(x, p, (0, 1))) for p in field(most)])),
    (OFTEN, lambda share, predict, x, most: _most([predict(np.roll(x, p, (0, 1))) for p in [(0, 0), *field(most)]])),
    ("You return the mean class: return how often the class of x stays.",
     lambda share, predict, x, most: np.mean([predict(np.roll(x, p, (0, 1))) for p in field(most)])),
    ("You return how far apart the class numbers are: count the shifts for which the class stays.",
     lambda share, predict, x, most: np.mean([abs(predict(np.roll(x, p, (0, 1))) - predict(x)) for p in field(most)])),
    ("You count class 1: compare with the class of x itself.", SAME, "predict(moved)"),
    ("You compare with class 0: compare with the class of x itself.", SAME, "predict(moved) == 0"),
    ("You compare the images: compare the classes that `predict` returns.", SAME, "(moved == x).all()"),
    (NEVER_MOVED, "before = predict(x)",
     "before = None", SAME, "predict(moved) == predict(moved)"),
    (CHAIN, "                same += 1\n", "                same += 1\n            before = predict(moved)\n"),
    ("You count a smaller class number as the same: compare with `==`.", SAME, "predict(moved) <= before"),
    ("You count a larger class number as the same: compare with `==`.", SAME, "predict(moved) >= before"),
    ("You count neighbouring class numbers as the same: compare with `==`.",
     SAME, "abs(predict(moved) - before) <= 1"),
    (LONG_ROW, made(lambda x, dy, dx: np.roll(x, dy * x.shape[1] + dx))),
    (LONG_ROW, ROLL, "np.roll(x, (dy, dx))"), (LONG_ROW, "np.roll(x, shift, axis=(0, 1))", "np.roll(x, shift)"),
    (LONG_ROW, ROLL, "np.roll(np.roll(x, dy), dx)"),
    (LONG_ROW, ROLL, "np.roll(np.roll(x, dy, axis=0), dx)"), (LONG_ROW, ROLL, "np.roll(np.roll(x, dy), dx, axis=1)"),
    ((LONG_ROW, NO_SHIFT), ROLL, "np.roll(x, (dy, dx))", SKIP, "False"),
    ((ZEROS, NO_SHIFT), lambda share, predict, x, most: over(lambda most: [(0, 0), *field(most)], _filled)(
        share, predict, x, most)),
    (("You move up and down only: move in both directions, in every combination.", NO_SHIFT), over(
        lambda most: [(d, 0) for d in range(-most, most + 1)])),
    (("You move left and right only: move in both directions, in every combination.", NO_SHIFT), over(
        lambda most: [(0, d) for d in range(-most, most + 1)])),
    ("You roll the rows twice, and never the columns: axis 0 by dy, axis 1 by dx.",
     ROLL, "np.roll(x, (dy, dx), axis=0)"), ("You roll the columns twice, and never the rows: axis 0 by dy, axis 1 by "
                                             "dx.", ROLL, "np.roll(x, (dy, dx), axis=1)"),
    (ONE_STEP, ROLL, "np.roll(x, (dy, dy), axis=(0, 1))"),
    (ONE_STEP, ROLL, "np.roll(x, (dx, dx), axis=(0, 1))"),
    ("You never use dx: roll the columns, too, `axis=(0, 1)`.", ROLL, "np.roll(x, dy, axis=0)"),
    ("You never use dy: roll the rows, too, `axis=(0, 1)`.", ROLL, "np.roll(x, dx, axis=1)"),
    ("You roll by twice the step: roll by dy and dx.", ROLL, "np.roll(x, (2 * dy, 2 * dx), axis=(0, 1))"),
    (ADD_UP, "before = predict(x)", "before, moved = predict(x), x", ROLL, "np.roll(moved, (dy, dx), axis=(0, 1))"),
    (ADD_UP, ROLL, "x = np.roll(x, (dy, dx), axis=(0, 1))"),
    ((ADD_UP, NO_SHIFT), ROLL, "x = np.roll(x, (dy, dx), axis=(0, 1))", SKIP, "False"),
    *((said, lambda share, predict, x, most, start=start, skip=skip: rolled_on(predict, x, most, start, skip))
      for said, start, skip in ((ADD_UP, False, True), ((ADD_UP, NO_SHIFT), False, False), (ADD_UP, True, True),
                                ((ADD_UP, NO_SHIFT), True, False))),
    (ADD_UP, rolled_twice), (ADD_UP, ROLL, "x\n            moved[:] = np.roll(x, (dy, dx), axis=(0, 1))"),
    (NEVER_MOVED, SAME, "predict(x) == before"),
    (ZEROS, made(_filled)),
    ("The mean comes in where the image leaves: with `np.roll`, what leaves comes in on the other side.",
     made(lambda x, dy, dx: _filled(x, dy, dx, float(x.mean())))),
    ("Copies of the edge come in where the image leaves: with `np.roll`, what leaves comes in on the other side.",
     made(_edge)),
    ("You cut off what leaves: with `np.roll`, it comes in on the other side.", made(
        lambda x, dy, dx: x[max(-dy, 0):len(x) - max(dy, 0) or None, max(-dx, 0):x.shape[1] - max(dx, 0) or None]
        if abs(dy) < len(x) and abs(dx) < x.shape[1] else x)),
    ("You add the step to the pixels: `np.roll` moves them.", ROLL, "x + dy + dx"),
    ("You mirror the image: `np.roll` moves it.", ROLL, "x[::-1, ::-1]"),
    (ONE_STAYS, "same, count = 0, 0", "same, count = 1, 0"), (ONE_MORE, "same, count = 0, 0", "same, count = 0, 1"),
    ("The counts restart in every row: put `same, count = 0, 0` before the loops.",
     "    same, count = 0, 0\n    for dy in range(-most, most + 1):\n",
     "    for dy in range(-most, most + 1):\n        same, count = 0, 0\n"),
    (ANY, "            count += 1\n", "",
     "                same += 1\n", "                same += 1\n                count += 1\n", RESULT,
     "return same / max(count, 1)"),
    ("You stop at the first shift that changes the class: look at all of them.", "                same += 1\n",
     "                same += 1\n            else:\n                break\n"),
    (EARLY, "    return same", "        return same"),
    (EARLY, "    return same / count", "            return same / count"),
)


def _share(predict, x, shifts):
    return np.mean([predict(np.roll(x, shift, (0, 1))) == predict(x) for shift in shifts]) if shifts else 1.0


def _most(classes):
    return max(classes.count(each) for each in classes) / len(classes)
