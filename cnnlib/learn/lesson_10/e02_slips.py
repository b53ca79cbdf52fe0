"""Ways in which a saliency goes wrong: edits of right ways, for exercise 10.2."""

import numpy as np

from ..slips import slips


def step_by_step(x, w, v):
    h = w @ x
    on = h > 0
    dh = v * on
    dx = w.T @ dh
    return np.abs(dx)


def with_loops(x, w, v):
    dx = [0] * len(x)
    for m in range(len(w)):
        h = 0
        for n in range(len(x)):
            h += w[m][n] * x[n]
        if h > 0:
            for n in range(len(x)):
                dx[n] += v[m] * w[m][n]
    return [abs(slope) for slope in dx]


def by_paths(x, w, v):
    h = w @ x
    dx = np.zeros(len(x))
    for n in range(len(x)):
        for m in range(len(v)):
            if h[m] > 0:
                dx[n] += w[m, n] * v[m]
    return abs(dx)


def relu(h):
    return np.maximum(h, 0)


def score(x, w, v):
    return v @ relu(w @ x)


def measured(x, w, v, h, kind=float):
    """The slopes to one side, with a step of h, in a copy of x that holds this kind of number."""
    slopes = np.zeros(len(x))
    for n in range(len(x)):
        moved = x.astype(kind)
        moved[n] += h
        slopes[n] = (score(moved, w, v) - score(x, w, v)) / h
    return slopes


ON, BACK, DX, RESULT = "on = h > 0", "dh = v * on", "dx = w.T @ dh", "return np.abs(dx)"
NO_ABS = "Keep only the size of a slope, without its sign: `np.abs`."
LINEAR = "You forget relu: where h is not above 0, nothing comes back."
VALUE = "You multiply by what relu lets through: on the way back you need its slope, 1 or 0."
EARLY_ABS = "You drop the signs before you add up the paths: paths of opposite sign cancel, so `abs` comes last."
TIMES_X = "That is gradient times input: return only the slope."
NO_V = "`v` is missing: the slope for each h is v times that of relu."
NO_W = "That is the slope for each h: go on through w to each input."
ZERO = "At exactly 0 the slope of relu is 0: check `> 0`."
TURNED = "Your mask is inverted: what is above 0 passes."
NOT_T = "You multiply by w as on the way forwards: on the way back use `w.T @ dh`, or `dh @ w`."
SECOND = "A second relu cuts off slopes below 0 on the way back: only the h decide what passes."
BELOW_0 = "You count only slopes below 0: count all, without their signs."
ROWS = "You add up each row of w: add up over the rows instead, which leaves one slope for each input."
BY_X = "You switch off by the sign of x: the sign of h = w @ x decides."
ONE_SIDE = "Where h is exactly 0, a step to one side may switch it on: but the slope of relu there is 0. Derive " \
        "the slope."
WHOLE = "Your copy of x holds whole numbers, so a small step is lost: use `x.astype(float)`."
ALONG = "Your `v` lies along the columns of w: v[m] belongs to row m, `v[:, None]`."
SCORE = "That is the score: return how fast it changes with each input."

WRONG = slips(
    [step_by_step, with_loops, by_paths],
    (NO_ABS, RESULT, "return dx"), (NO_ABS, "[abs(slope) for slope in dx]", "dx"),
    (NO_ABS, "return abs(dx)", "return dx"),
    (LINEAR, ON, "on = 1"), (LINEAR, "if h > 0", "if True"), (LINEAR, "if h[m] > 0", "if True"),
    ((LINEAR, NO_ABS), ON, "on = 1", RESULT, "return dx"),
    ((LINEAR, EARLY_ABS), BACK, "dh = np.abs(v)", DX, "dx = np.abs(w).T @ dh"),
    ((LINEAR, NO_V), BACK, "dh = np.ones(len(v))"), ((LINEAR, TIMES_X), ON, "on = 1", RESULT, "return np.abs(dx * x)"),
    (VALUE, ON, "on = np.maximum(h, 0)"), (VALUE, "dx[n] += v[m] * w[m][n]", "dx[n] += h * v[m] * w[m][n]"),
    (VALUE, "dx[n] += w[m, n] * v[m]", "dx[n] += h[m] * w[m, n] * v[m]"),
    ((VALUE, NO_ABS), ON, "on = np.maximum(h, 0)", RESULT, "return dx"),
    ("You multiply by h: on the way back you need the slope of relu, 1 or 0.", ON, "on = h"),
    ((VALUE, NO_V), BACK, "dh = np.maximum(h, 0)"),
    (EARLY_ABS, BACK, "dh = np.abs(v) * on", DX, "dx = np.abs(w).T @ dh"),
    (EARLY_ABS, "dx[n] += v[m] * w[m][n]", "dx[n] += abs(v[m] * w[m][n])"),
    ("You drop the signs of w before you add up the paths: `abs` comes last.", DX, "dx = np.abs(w).T @ dh"),
    ("You drop the signs of v before you add up the paths: `abs` comes last.", BACK, "dh = np.abs(v) * on"),
    (TIMES_X, RESULT, "return np.abs(dx * x)"),
    (TIMES_X, "[abs(slope) for slope in dx]", "[abs(slope * n) for slope, n in zip(dx, x)]"),
    ((TIMES_X, NO_ABS), RESULT, "return dx * x"),
    (NO_V, BACK, "dh = on * 1"), (NO_V, "v[m] * w[m][n]", "w[m][n]"), (NO_V, "w[m, n] * v[m]", "w[m, n]"),
    ((LINEAR, NO_ABS), "if h > 0", "if True", "[abs(slope) for slope in dx]", "dx"),
    (EARLY_ABS, "w[m, n] * v[m]", "abs(w[m, n] * v[m])"),
    ((NO_V, NO_ABS), BACK, "dh = on * 1", RESULT, "return dx"),
    (NO_W, DX, "dx = dh"), ((NO_W, NO_ABS), RESULT, "return dh"),
    ("That tells which h are on: return the slope for each input.", RESULT, "return on.astype(int)"),
    ("Those are the h: return how fast the score changes with each input.", RESULT, "return h"),
    ("Those are the h after relu, the slopes for v: return the slopes for x.",
     RESULT, "return np.maximum(h, 0)"),
    ("`w` is missing on the way back: `w.T @ dh`.", DX, "dx = np.full(len(x), dh.sum())"),
    (ZERO, ON, "on = h >= 0"), (ZERO, "if h > 0", "if h >= 0"), (ZERO, "if h[m] > 0", "if h[m] >= 0"),
    ((ZERO, NO_ABS), ON, "on = h >= 0", RESULT, "return dx"),
    ("At exactly 0 you take a half: the slope of relu there is 0.", ON, "on = np.heaviside(h, 0.5)"),
    (TURNED, ON, "on = h < 0"), (TURNED, ON, "on = h <= 0"), (TURNED, "if h > 0", "if h < 0"),
    ("You compare with 1: relu is on as soon as h is above 0.", ON, "on = h > 1"),
    ("You compare with 1: relu is on as soon as h is above 0.", ON, "on = h >= 1"),
    ("You check where h is not 0: relu is on only above 0.", ON, "on = h != 0"),
    ("The slope of relu is 0 below 0, not −1.", ON, "on = np.sign(h)"),
    ("The slope of relu is 0 below 0: yours is leaky.", ON, "on = np.where(h > 0, 1, 0.01)"),
    ("The slope of relu is 0 below 0: yours is leaky.", ON, "on = np.where(h > 0, 1, 0.1)"),
    ("That is the slope of a sigmoid: the slope of relu is 1 above 0, and 0 elsewhere.",
     ON, "on = np.exp(-np.abs(h)) / (1 + np.exp(-np.abs(h)))**2"),
    ("You check which v times h are above 0: only the h decide.", ON, "on = v * h > 0"),
    ("You check which v are above 0: the h decide.", ON, "on = v > 0"),
    ("You check whether the score is above 0: each h decides for itself.",
     lambda y, x, w, v: np.abs(v @ w) * (score(x, w, v) > 0)),
    ("You multiply by the sum of v: each row has its own v.", DX, "dx = (w.T @ on) * v.sum()"),
    (NOT_T, DX, "dx = w @ dh"),
    ("The matrix is transposed in h: h is `w @ x`.", "h = w @ x", "h = w.T @ x"),
    ("You read w by columns: row m belongs to h[m].", "w[m, n]", "w[n, m]"),
    (SECOND, BACK, "dh = np.maximum(v * on, 0)"),
    ("You cut off slopes below 0: take their size, `np.abs`.", RESULT, "return np.maximum(dx, 0)"),
    ("You leave out paths with negative slopes: they count, too, and `abs` comes last.",
     RESULT, "return np.maximum(w * dh[:, None], 0).sum(0)"),
    ((SECOND, "You leave out weights below 0: they count, too."),
     BACK, "dh = np.maximum(v * on, 0)", DX, "dx = np.maximum(w, 0).T @ dh"),
    (BELOW_0, BACK, "dh = np.minimum(v * on, 0)"), (BELOW_0, RESULT, "return np.maximum(-dx, 0)"),
    ((SECOND, "You cut off slopes below 0: take their size, `np.abs`."),
     BACK, "dh = np.maximum(v * on, 0)", RESULT, "return np.maximum(dx, 0)"),
    (BY_X, DX, "dx = (w * (x > 0)).T @ v"), (BY_X, RESULT, "return np.abs((w.T @ v) * (x > 0))"),
    ("You return 0 for inputs that are not above 0: they have a slope, too.",
     RESULT, "return np.abs(dx) * (x > 0)"),
    ("You switch off single weights: relu acts on their sum, h = w @ x.", DX, "dx = (w * (w * x > 0)).T @ v"),
    ("You switch off weights below 0: the h decide what passes.", DX, "dx = np.maximum(w, 0).T @ dh"),
    ("You square the slopes: take their size.", RESULT, "return dx**2"),
    ("Your sign is flipped, and still there: take the size of a slope, `np.abs`.", RESULT, "return -dx"),
    ("You divide by the largest slope: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.abs(dx).max() if dx.any() else np.abs(dx)"),
    ("You divide by the sum of the slopes: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.abs(dx).sum() if dx.any() else np.abs(dx)"),
    ("You divide by the length of the gradient: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.linalg.norm(dx) if dx.any() else np.abs(dx)"),
    ("You squeeze the slopes between 0 and 1: return them as they are.",
     RESULT, "return (np.abs(dx) - np.abs(dx).min()) / np.ptp(np.abs(dx)) if np.ptp(np.abs(dx)) else np.abs(dx)"),
    ("You divide by the number of inputs: add up the paths.", RESULT, "return np.abs(dx) / len(x)"),
    ("You divide by the number of rows of w: add up the paths, do not average them.", RESULT,
     "return np.abs(dx) / len(w)"),
    ("You divide by how many h are on: add up the paths, do not average them.", RESULT,
     "return np.abs(dx) / max(on.sum(), 1)"),
    ("You divide by how many h are on: add up the paths, do not average them.",
     RESULT, "return np.abs((w * dh[:, None])[on].mean(axis=0))"),
    ("You multiply by the share of h that are on: add up the paths as they are.",
     RESULT, "return np.abs(dx) * on.mean()"),
    *(("You return the order of the inputs: return the slopes themselves.", RESULT, f"return np.argsort({by}){turn}")
      for by, turn in (("np.abs(dx)", ""), ("-np.abs(dx)", ""), ("np.abs(dx)", "[::-1]"), ("dx", ""), ("-dx", ""))),
    ("You return the ranks of the inputs: return the slopes themselves.",
     RESULT, "return np.argsort(np.argsort(np.abs(dx)))"),
    ("You return the input that matters most: return the slope for each.", RESULT, "return np.argmax(np.abs(dx))"),
    ("You return the largest slope: return one for each input.", RESULT, "return np.abs(dx).max()"),
    ("You add up the slopes of all inputs: return one for each.", RESULT, "return np.abs(dx).sum()"),
    ("You add up all inputs: return one slope for each.", RESULT,
     "return abs(dx.sum())"),
    ("You sort the slopes: leave each at the place of its input.", RESULT, "return np.sort(np.abs(dx))"),
    ("You sort the slopes: leave each at the place of its input.", RESULT, "return np.sort(np.abs(dx))[::-1]"),
    ("Your slopes are in reverse order.", RESULT, "return np.abs(dx)[::-1]"),
    ("You keep the strongest path only: add up the slopes of all paths.",
     RESULT, "return np.abs(w * dh[:, None]).max(axis=0)"),
    ("You return the separate paths: add them up for each input.", RESULT, "return np.abs(w * dh[:, None])"),
    (SCORE, RESULT, "return score(x, w, v)"), (SCORE, RESULT, "return abs(score(x, w, v))"),
    ("That is what each h adds to the score: go back to the inputs.", RESULT, "return np.abs(v * np.maximum(h, 0))"),
    ("A step of 1 is too long: it switches on other h. Derive the slope, or take a small step.",
     lambda y, x, w, v: np.abs(measured(x, w, v, 1))),
    (("A step of 1 is too long: it switches on other h. Derive the slope, or take a small step.", NO_ABS),
     lambda y, x, w, v: measured(x, w, v, 1)),
    (ONE_SIDE, lambda y, x, w, v: np.abs(measured(x, w, v, 1e-6))),
    (ONE_SIDE, lambda y, x, w, v: np.abs(measured(x, w, v, -1e-6))),
    *((WHOLE, lambda y, x, w, v, h=h: np.abs(measured(x, w, v, h, x.dtype))) for h in (1e-6, 1e-5, 1e-4, 1e-3, 0.01)),
    ((ONE_SIDE, NO_ABS), lambda y, x, w, v: measured(x, w, v, 1e-6)),
    (ALONG, lambda y, x, w, v: np.abs((w * v * (w @ x > 0)[:, None]).sum(0))),
    (ALONG, lambda y, x, w, v: np.abs((w * (v * (w @ x > 0))).sum(0))),
    (ROWS,
     lambda y, x, w, v: np.abs((w * (v * (w @ x > 0))[:, None]).sum(1))),
    ((ROWS, NO_ABS), lambda y, x, w, v: (w * (v * (w @ x > 0))[:, None]).sum(1)),
    ((ROWS, EARLY_ABS), lambda y, x, w, v: np.abs(w * (v * (w @ x > 0))[:, None]).sum(1)),
    ((LINEAR, "You leave out weights below 0: they count, too."), lambda y, x, w, v: np.abs(v @ np.maximum(w, 0))),
    ("You set an input to 0 and see how far the score falls: that is occlusion. Return the slope.",
     lambda y, x, w, v: [abs(score(x, w, v) - score(x * (1 - e), w, v)) for e in np.eye(len(x))]),
    ("You set an input to 0 and see how far the score falls: that is occlusion. Return the slope.",
     lambda y, x, w, v: [score(x, w, v) - score(x * (1 - e), w, v) for e in np.eye(len(x))]),
    ("That is the gradient for w: return the gradient for x.", RESULT, "return np.abs(np.outer(dh, x))"),
    ("You add 1 to h: there is no bias.", "h = w @ x", "h = w @ x + 1"),
    ("You use only the first row of w: add up the paths through all rows.", "range(len(w))", "range(1)"),
    ("You leave out the last row of w: `range` leaves out its end already.", "range(len(w))", "range(len(w) - 1)"),
    ("You leave out the first row of w: counting starts at 0.", "range(len(w))", "range(1, len(w))"),
    ("You leave out the last row of w: `range` leaves out its end already.", "range(len(v))", "range(len(v) - 1)"),
    ("The last input is left out: `range` leaves out its end already.", "range(len(x)):\n        for",
     "range(len(x) - 1):\n        for"),
    ("Each path replaces the one before: add them up, `+=`.", "dx[n] += w", "dx[n] = w"),
    ("Each path replaces the one before: add them up, `+=`.", "dx[n] += v", "dx[n] = v"),
    ("You do not restart `h` for each row: put `h = 0` inside the loop over m.",
     "    for m in range(len(w)):\n        h = 0\n", "    h = 0\n    for m in range(len(w)):\n"),
    ("Your h keeps only the last product: add them up, `+=`.", "h += w", "h = w"),
    ("You stop at the first h that is off: look at all of them.",
     "                dx[n] += v[m] * w[m][n]\n", "                dx[n] += v[m] * w[m][n]\n        else:\n            "
     "break\n"),
    ("You return after the first input: `return` belongs after the loop.", "* v[m]\n    return",
     "* v[m]\n        return"),
)
