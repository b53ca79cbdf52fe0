"""Ways in which a gradient that is measured goes wrong: edits of right ways, for exercise 07.6."""

import numpy as np

from ..slips import slips


def two_copies(f, x, h):
    g = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


def appended(f, x, h):
    g = []
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)
        up[i] += h
        down[i] -= h
        g.append((f(up) - f(down)) / (2 * h))
    return np.array(g)


def one_copy(f, x, h):
    g, p = np.zeros(len(x)), x.astype(float)
    for i in range(len(x)):
        p[i] += h
        up = f(p)
        p[i] -= 2 * h
        down = f(p)
        p[i] += h
        g[i] = (up - down) / (2 * h)
    return g


def put_back(f, x, h):
    g, p = np.zeros(len(x)), x.astype(float)
    for i in range(len(x)):
        old = p[i]
        p[i] = old + h
        up = f(p)
        p[i] = old - h
        down = f(p)
        p[i] = old
        g[i] = (up - down) / (2 * h)
    return g


def by_steps(f, x, h):
    steps = np.eye(len(x)) * h
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps])


def by_lists(f, x, h):
    return [(f([*x[:i], x[i] + h, *x[i + 1:]]) - f([*x[:i], x[i] - h, *x[i + 1:]])) / (2 * h) for i in range(len(x))]


WAYS = [two_copies, appended, one_copy, put_back, by_steps, by_lists]
WHOLE = "x.copy(), x.copy()"
COPIES, COPY = "x.astype(float), x.astype(float)", "p = np.zeros(len(x)), x.astype(float)"
OVER, EACH = "/ (2 * h)", "for i in range(len(x))"

FORWARD = "You step to one side only, from x to x + h, and divide by h. Step to both sides, and divide by 2h."
BACKWARD = "You step down only, from x - h to x, and divide by h. Step to both sides, and divide by 2h."
HALF = "You step to one side only, and divide by 2h: from x - h to x + h it is 2h, so step down, too."
DOUBLE = "From x - h to x + h it is 2h, not h: all your slopes are twice too large."
NO_H = "You do not divide by the width of the step: that is how much f changes, not how fast. Divide by 2h."
BY_2 = "You divide by 2: the step is 2h wide."
BRACKETS = "`/ 2 * h` divides by 2 and then multiplies by h: write `/ (2 * h)`."
SIGN = "The signs are flipped: take f at x + h minus f at x - h."
ALL = "You move all numbers of x at once: for the slope of x[i] move only x[i]."
STAYS_MOVED = "You do not put x[i] back: when you move the next number, the earlier ones must be where they were."
WHOLE_X = "A step of 0.5 is lost if x holds whole numbers: take a copy that can hold fractions, `x.astype(float)`."
WHOLE_G = "Your slopes have the type of x: decimals are cut off. Take `np.zeros(len(x))`."
CUT = "You cut off the decimals: a slope can be a fraction."
OWN_H = "You use your own step: use h."
ONE_NUMBER = "You give f a single number: f takes all of x, with x[i] moved."
SAME = "Both steps are the same array: `up = down = ...` makes no second copy."
IN_X = "You move x itself: the caller loses it, and later slopes start elsewhere. Work on a copy."
EARLY = "You return after the first number: `return` belongs after the loop."
ONE = "Only one slope is left: return one for each number of x."
SECOND = "That is how fast the slope changes, the second derivative: take f(x + h) - f(x - h), divided by 2h."
NO_LAST = "The slope of the last number is missing: `range` already leaves out its end."
NO_FIRST = "The slope of the first number is missing: counting starts at 0."
FAR = "Your step goes h / 2 to each side: go h to each side, and divide by 2h."
TWICE = "Your step goes 2h to each side: go h to each side, and divide by 2h."
ABS = "You drop the sign: if f falls, its slope is below 0."
GROWS = "Your step grows with x[i]: it is h for every number."
INDEX = "`index` finds the first of equal numbers: count with `for i in range(len(x))`."
SUMMED = "You add up the slopes: each number of x has its own."
MEAN = "You divide by how many numbers x has: do not average the slopes."
NUMPY = "`np.gradient` measures how the numbers of a list change from one to the next, and never calls f."
NORMED = "You divide by the length of the gradient: return the slopes as they are."


def stepped(f, x, h, change):
    """For each number of x what change(f at x, f one step up, f one step down) makes of it."""
    steps = np.eye(len(x)) * h
    return np.array([change(f(x), f(x + step), f(x - step)) for step in steps])


WRONG = slips(
    WAYS,
    (FORWARD, lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up - here) / h)),
    (BACKWARD, lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (here - down) / h)),
    (HALF, lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up - here) / (2 * h))),
    (HALF, "p[i] -= 2 * h", "p[i] -= h", "        p[i] += h\n        g", "        g"),
    ("You step down only, and divide by 2h: from x - h to x + h it is 2h, so step up, too.",
     lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (here - down) / (2 * h))),
    (DOUBLE, OVER, "/ h"), (NO_H, f" {OVER}", ""), (BY_2, OVER, "/ 2"), (BRACKETS, OVER, "/ 2 * h"),
    ("You multiply by 2h: divide the change of f by the width of the step.", OVER, "* 2 * h"),
    ("You multiply by h: divide the change of f by the width of the step.", OVER, "* h"),
    ("You divide by 2h twice: the width of the step is 2h, not its square.", OVER, "/ (2 * h)**2"),
    ("You divide by h squared: the width of the step is 2h.", OVER, "/ h**2"),
    ("You divide by 2 + h: the width of the step is 2 · h.", OVER, "/ (2 + h)"),
    ((FORWARD, NO_H), lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: up - here)),
    ((FORWARD, SIGN), lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (here - up) / h)),
    ((HALF, BRACKETS), lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up - here) / 2 * h)),
    (SIGN, lambda g, *_: -g), ((SIGN, DOUBLE), lambda g, *_: -2 * g),
    ("You add the two: take their difference.",
     lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up + down) / (2 * h))),
    ("That is f at x + h: take the change of f, divided by 2h.",
     lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: up)),
    ("You divide f at x + h: take its change, f(x + h) - f(x - h).",
     lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: up / (2 * h))),
    (SECOND, lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up - 2 * here + down) / h**2)),
    ("You divide by f at x: return how fast f changes, not by which share.",
     lambda g, f, x, h: stepped(f, x, h, lambda here, up, down: (up - down) / (2 * h * here) if here else 0)),
    (ALL, "up[i] += h", "up += h", "down[i] -= h", "down -= h"),
    (ALL, lambda g, f, x, h: (f(x + h) - f(x - h)) / (2 * h)),
    ((ALL, FORWARD), lambda g, f, x, h: (f(x + h) - f(x)) / h),
    ((ALL, DOUBLE), lambda g, f, x, h: (f(x + h) - f(x - h)) / h),
    ("You move x[i] up and all numbers down: move only x[i] in both.", "down[i] -= h", "down -= h"),
    ("You move all numbers up and x[i] down: move only x[i] in both.", "up[i] += h", "up += h"),
    (STAYS_MOVED, "        p[i] += h\n        g", "        g"), (STAYS_MOVED, "        p[i] = old\n", ""),
    (STAYS_MOVED, "    for i in range(len(x)):\n        up, down = x.astype(float), x.astype(float)\n",
     "    up, down = x.astype(float), x.astype(float)\n    for i in range(len(x)):\n"),
    (WHOLE_X, COPIES, WHOLE), (WHOLE_X, COPY, "p = np.zeros(len(x)), x.copy()"),
    (WHOLE_X, COPY, "p = np.zeros(len(x)), x", "p[i] = old\n", "p[i] = old\n"),   # x itself, put back each time
    *(((said, WHOLE_X), COPIES, WHOLE, "f(down)", "f(x)", OVER, over) for said, over in (
        (FORWARD, "/ h"), (HALF, OVER), (NO_H, ""))),
    *(((said, WHOLE_X), COPIES, WHOLE, OVER, over) for said, over in (
        (BRACKETS, "/ 2 * h"), (DOUBLE, "/ h"), (NO_H, ""), (BY_2, "/ 2"))),
    (WHOLE_G, "np.zeros(len(x))", "np.zeros_like(x)"), (CUT, "np.zeros(len(x))", "np.zeros(len(x), int)"),
    (CUT, lambda g, *_: g.astype(int)), ("You round down with `//`: a slope can be a fraction.", OVER,
                                         "// (2 * h)"),
    ("You round to two digits: return the slopes as they are.", lambda g, *_: np.round(g, 2)),
    *((OWN_H, lambda g, f, x, h, own=own: by_steps(f, x, own)) for own in (
        1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 0.1, 0.5, 1)),
    (FAR, lambda g, f, x, h: by_steps(f, x, h / 2) / 2),
    ("Your step goes h / 2 to each side: go h to each side.", lambda g, f, x, h: by_steps(f, x, h / 2)),
    (TWICE, lambda g, f, x, h: by_steps(f, x, 2 * h)), (TWICE, lambda g, f, x, h: by_steps(f, x, 2 * h) * 2),
    (ONE_NUMBER, "f(up) - f(down)", "f(x[i] + h) - f(x[i] - h)"),
    (ONE_NUMBER, "f(up) - f(down)", "f([x[i] + h]) - f([x[i] - h])"),
    ((ONE_NUMBER, FORWARD), "f(up) - f(down)", "f(x[i] + h) - f(x[i])", OVER, "/ h"),
    ("You give f only the part of x up to x[i]: f takes all of x, with x[i] moved.",
     "f(up) - f(down)", "f(up[:i + 1]) - f(down[:i + 1])"),
    ("You set all other numbers to 0: f takes all of x, with x[i] moved.",
     lambda g, f, x, h: [(f(e * (n + h)) - f(e * (n - h))) / (2 * h) for e, n in zip(np.eye(len(x)), x, strict=True)]),
    ("You replace x[i] by the step: add it to x[i], and subtract it.",
     "up[i] += h", "up[i] = h", "down[i] -= h", "down[i] = -h"),
    ("You multiply x[i] by 1 + h: add h to it, and subtract it.",
     "up[i] += h", "up[i] *= 1 + h", "down[i] -= h", "down[i] *= 1 - h"),
    *((GROWS, "up[i] += h", f"up[i] += h * {size}", "down[i] -= h", f"down[i] -= h * {size}", OVER,
       f"/ (2 * h * {size})") for size in ("x[i]", "abs(x[i])", "max(1, abs(x[i]))", "(1 + abs(x[i]))")),
    ("You only give f the step, without x: add it to x, and subtract it.",
     lambda g, f, x, h: by_steps(f, np.zeros(len(x)), h)),
    (SAME, "up, down = x.astype(float), x.astype(float)", "up = down = x.astype(float)"),
    (SAME, "up, down = x.astype(float), x.astype(float)", "up = down = x.copy()"),
    (IN_X, COPIES, "x, x.astype(float)"), (IN_X, COPIES, "x.astype(float), x"), (IN_X, COPIES, "x, x.copy()"),
    ((SAME, IN_X), COPIES, "x, x"),
    *((IN_X, COPY, "p = np.zeros(len(x)), x", "p[i] -= 2 * h", moved) for moved in (
        "p[i] -= 2 * h", "p[i] -= h\n        p[i] -= h")),
    (ONE, lambda g, *_: g[-1]), (ONE, lambda g, *_: g[0]), (SUMMED, lambda g, *_: g.sum()), (ABS, lambda g, *_: abs(g)),
    (MEAN, lambda g, *_: g / len(g)), (MEAN, lambda g, *_: g.mean()),
    (NUMPY, lambda g, f, x, h: np.gradient(x, h)), (NUMPY, lambda g, f, x, h: np.gradient(x)),
    (NUMPY, lambda *_: []),
    ("Only the second value is divided by 2h: take the difference of both first, then divide it.",
     "(f(up) - f(down)) / (2 * h)", "f(up) - f(down) / (2 * h)"),
    ("These are the slopes of the sum of squares: measure the given f.", lambda g, f, x, h: 2 * x),
    ("Your step is 1: go h to each side.", lambda g, f, x, h: by_steps(f, x, 1) / h),
    (NORMED, lambda g, *_: g / np.linalg.norm(g) if g.any() else g),
    ("Your slopes are in reverse order.", lambda g, *_: g[::-1]),
    ("You return x after a step against its slope: return the slopes.", lambda g, f, x, h: x - h * g),
    ("You return x after a step against its slope: return the slopes.", lambda g, f, x, h: x - g),
    ("You return f, too: return only the slopes.", lambda g, f, x, h: [f(x), *g]),
    (NO_LAST, EACH, "for i in range(len(x) - 1)"), (NO_FIRST, EACH, "for i in range(1, len(x))"),
    ("You add each slope to those before: just set `g[i] = ...`.", lambda g, *_: np.cumsum(g)),
) + slips(
    [appended],
    (INDEX, "for i in range(len(x)):\n", "for n in x:\n        i = list(x).index(n)\n"),
) + slips(
    [two_copies, appended],
    (EARLY, "    return", "        return"),
)
