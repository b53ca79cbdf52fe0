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
LINEAR = "Relu is forgotten: where h is not above 0, nothing comes back."
VALUE = "You multiply by what relu lets through: on the way back its slope is needed, 1 or 0."
EARLY_ABS = "You take the signs away before you add up the paths: paths of opposite sign cancel, so `abs` comes last."
TIMES_X = "That is gradient times input: the slope alone is asked for."
NO_V = "`v` is missing: the slope of each h is v times that of relu."
NO_W = "That is the slope for each h: go on through w, to each input."
ZERO = "At exactly 0 the slope of relu is 0: ask for `> 0`."
TURNED = "The mask is turned round: what is above 0 passes."
NOT_T = "You multiply by w as on the way forwards: on the way back it is `w.T @ dh`, or `dh @ w`."
SECOND = "A second relu cuts off slopes below 0 on the way back: only the h decide what passes."
BELOW_0 = "Only slopes below 0 count in yours: all do, without their signs."
ROWS = "You add up each row of w: add up over the rows, which leaves one slope for each input."
BY_X = "You switch off by the sign of x: the sign of h = w @ x decides."
ONE_SIDE = "Where h is exactly 0, a step to one side may switch it on: there the slope of relu is 0. Derive the slope."
WHOLE = "Your copy of x holds whole numbers, so a small step is cut off: take `x.astype(float)`."
ALONG = "`v` lies along the columns of w in yours: v[m] belongs to row m, `v[:, None]`."
SCORE = "That is the score: how fast it changes with each input is asked for."

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
    ("You multiply by h: on the way back the slope of relu is needed, 1 or 0.", ON, "on = h"),
    ((VALUE, NO_V), BACK, "dh = np.maximum(h, 0)"),
    (EARLY_ABS, BACK, "dh = np.abs(v) * on", DX, "dx = np.abs(w).T @ dh"),
    (EARLY_ABS, "dx[n] += v[m] * w[m][n]", "dx[n] += abs(v[m] * w[m][n])"),
    ("You take the signs of w away before you add up the paths: `abs` comes last.", DX, "dx = np.abs(w).T @ dh"),
    ("You take the signs of v away before you add up the paths: `abs` comes last.", BACK, "dh = np.abs(v) * on"),
    (TIMES_X, RESULT, "return np.abs(dx * x)"),
    (TIMES_X, "[abs(slope) for slope in dx]", "[abs(slope * n) for slope, n in zip(dx, x)]"),
    ((TIMES_X, NO_ABS), RESULT, "return dx * x"),
    (NO_V, BACK, "dh = on * 1"), (NO_V, "v[m] * w[m][n]", "w[m][n]"), (NO_V, "w[m, n] * v[m]", "w[m, n]"),
    ((LINEAR, NO_ABS), "if h > 0", "if True", "[abs(slope) for slope in dx]", "dx"),
    (EARLY_ABS, "w[m, n] * v[m]", "abs(w[m, n] * v[m])"),
    ((NO_V, NO_ABS), BACK, "dh = on * 1", RESULT, "return dx"),
    (NO_W, DX, "dx = dh"), ((NO_W, NO_ABS), RESULT, "return dh"),
    ("That says which h are on: the slope for each input is asked for.", RESULT, "return on.astype(int)"),
    ("Those are the h: how fast the score changes with each input is asked for.", RESULT, "return h"),
    ("Those are the h after relu, the slopes for v: the slopes for x are asked for.",
     RESULT, "return np.maximum(h, 0)"),
    ("`w` is missing on the way back: `w.T @ dh`.", DX, "dx = np.full(len(x), dh.sum())"),
    (ZERO, ON, "on = h >= 0"), (ZERO, "if h > 0", "if h >= 0"), (ZERO, "if h[m] > 0", "if h[m] >= 0"),
    ((ZERO, NO_ABS), ON, "on = h >= 0", RESULT, "return dx"),
    ("At exactly 0 you take half: there the slope of relu is 0.", ON, "on = np.heaviside(h, 0.5)"),
    (TURNED, ON, "on = h < 0"), (TURNED, ON, "on = h <= 0"), (TURNED, "if h > 0", "if h < 0"),
    ("You compare with 1: relu is on as soon as h is above 0.", ON, "on = h > 1"),
    ("You compare with 1: relu is on as soon as h is above 0.", ON, "on = h >= 1"),
    ("You ask where h is not 0: relu is on only above 0.", ON, "on = h != 0"),
    ("The slope of relu is 0 below 0, not −1.", ON, "on = np.sign(h)"),
    ("The slope of relu is 0 below 0: yours is leaky.", ON, "on = np.where(h > 0, 1, 0.01)"),
    ("The slope of relu is 0 below 0: yours is leaky.", ON, "on = np.where(h > 0, 1, 0.1)"),
    ("That is the slope of a sigmoid: the slope of relu is 1 above 0, and 0 elsewhere.",
     ON, "on = np.exp(-np.abs(h)) / (1 + np.exp(-np.abs(h)))**2"),
    ("You ask which v times h are above 0: the h alone decide.", ON, "on = v * h > 0"),
    ("You ask which v are above 0: the h decide.", ON, "on = v > 0"),
    ("You ask whether the score is above 0: each h decides for itself.",
     lambda y, x, w, v: np.abs(v @ w) * (score(x, w, v) > 0)),
    ("You multiply by the sum of v: the row of each h has its own v.", DX, "dx = (w.T @ on) * v.sum()"),
    (NOT_T, DX, "dx = w @ dh"),
    ("The matrix is turned in h: h is `w @ x`.", "h = w @ x", "h = w.T @ x"),
    ("You read w by columns: row m belongs to h[m].", "w[m, n]", "w[n, m]"),
    (SECOND, BACK, "dh = np.maximum(v * on, 0)"),
    ("Slopes below 0 are cut off: take their size, `np.abs`.", RESULT, "return np.maximum(dx, 0)"),
    ("Paths of slopes below 0 are left out: they count, too, and `abs` comes last.",
     RESULT, "return np.maximum(w * dh[:, None], 0).sum(0)"),
    ((SECOND, "You leave out weights below 0: they count, too."),
     BACK, "dh = np.maximum(v * on, 0)", DX, "dx = np.maximum(w, 0).T @ dh"),
    (BELOW_0, BACK, "dh = np.minimum(v * on, 0)"), (BELOW_0, RESULT, "return np.maximum(-dx, 0)"),
    ((SECOND, "Slopes below 0 are cut off: take their size, `np.abs`."),
     BACK, "dh = np.maximum(v * on, 0)", RESULT, "return np.maximum(dx, 0)"),
    (BY_X, DX, "dx = (w * (x > 0)).T @ v"), (BY_X, RESULT, "return np.abs((w.T @ v) * (x > 0))"),
    ("Inputs that are not above 0 get 0 in yours: the slope for them is asked for, too.",
     RESULT, "return np.abs(dx) * (x > 0)"),
    ("You switch off single weights: relu acts on their sum, h = w @ x.", DX, "dx = (w * (w * x > 0)).T @ v"),
    ("You switch off weights below 0: the h decide what passes.", DX, "dx = np.maximum(w, 0).T @ dh"),
    ("You square the slopes: take their size.", RESULT, "return dx**2"),
    ("Your sign is turned round, and kept: take the size of a slope, `np.abs`.", RESULT, "return -dx"),
    ("You divide by the largest slope: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.abs(dx).max() if dx.any() else np.abs(dx)"),
    ("You divide by the sum of the slopes: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.abs(dx).sum() if dx.any() else np.abs(dx)"),
    ("You divide by the length of the gradient: return the slopes as they are.",
     RESULT, "return np.abs(dx) / np.linalg.norm(dx) if dx.any() else np.abs(dx)"),
    ("You bring the slopes between 0 and 1: return them as they are.",
     RESULT, "return (np.abs(dx) - np.abs(dx).min()) / np.ptp(np.abs(dx)) if np.ptp(np.abs(dx)) else np.abs(dx)"),
    ("You divide by the number of inputs: the paths are added up.", RESULT, "return np.abs(dx) / len(x)"),
    ("You divide by the number of rows of w: the paths are added up, not averaged.", RESULT,
     "return np.abs(dx) / len(w)"),
    ("You divide by how many h are on: the paths are added up, not averaged.", RESULT,
     "return np.abs(dx) / max(on.sum(), 1)"),
    ("You divide by how many h are on: the paths are added up, not averaged.",
     RESULT, "return np.abs((w * dh[:, None])[on].mean(axis=0))"),
    ("You multiply by the share of h that are on: the paths are added up as they are.",
     RESULT, "return np.abs(dx) * on.mean()"),
    *(("You return the order of the inputs: return the slopes themselves.", RESULT, f"return np.argsort({by}){turn}")
      for by, turn in (("np.abs(dx)", ""), ("-np.abs(dx)", ""), ("np.abs(dx)", "[::-1]"), ("dx", ""), ("-dx", ""))),
    ("You return the ranks of the inputs: return the slopes themselves.",
     RESULT, "return np.argsort(np.argsort(np.abs(dx)))"),
    ("You return the input that matters most: return the slope for each.", RESULT, "return np.argmax(np.abs(dx))"),
    ("You return the largest slope: return one for each input.", RESULT, "return np.abs(dx).max()"),
    ("You add up the slopes of all inputs: return one for each.", RESULT, "return np.abs(dx).sum()"),
    ("You add up before you take the signs away, too: return one slope for each input.", RESULT,
     "return abs(dx.sum())"),
    ("You sort the slopes: leave each in the place of its input.", RESULT, "return np.sort(np.abs(dx))"),
    ("You sort the slopes: leave each in the place of its input.", RESULT, "return np.sort(np.abs(dx))[::-1]"),
    ("Your slopes are in reverse order.", RESULT, "return np.abs(dx)[::-1]"),
    ("You keep the strongest path only: add up the slopes of all paths.",
     RESULT, "return np.abs(w * dh[:, None]).max(axis=0)"),
    ("You return every path by itself: add them up for each input.", RESULT, "return np.abs(w * dh[:, None])"),
    (SCORE, RESULT, "return score(x, w, v)"), (SCORE, RESULT, "return abs(score(x, w, v))"),
    ("That is what each h adds to the score: go back to the inputs.", RESULT, "return np.abs(v * np.maximum(h, 0))"),
    ("A step of 1 is too long: it switches other h on. Derive the slope, or take a small step.",
     lambda y, x, w, v: np.abs(measured(x, w, v, 1))),
    (("A step of 1 is too long: it switches other h on. Derive the slope, or take a small step.", NO_ABS),
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
    ("You set an input to 0 and see how far the score falls: that is occlusion. The slope is asked for.",
     lambda y, x, w, v: [abs(score(x, w, v) - score(x * (1 - e), w, v)) for e in np.eye(len(x))]),
    ("You set an input to 0 and see how far the score falls: that is occlusion. The slope is asked for.",
     lambda y, x, w, v: [score(x, w, v) - score(x * (1 - e), w, v) for e in np.eye(len(x))]),
    ("That is the gradient for w: the one for x is asked for.", RESULT, "return np.abs(np.outer(dh, x))"),
    ("You add 1 to h: there is no bias.", "h = w @ x", "h = w @ x + 1"),
    ("Only the first row of w counts in yours: add up the paths through all rows.", "range(len(w))", "range(1)"),
    ("You leave out the last row of w: `range` leaves out its end already.", "range(len(w))", "range(len(w) - 1)"),
    ("You leave out the first row of w: counting starts at 0.", "range(len(w))", "range(1, len(w))"),
    ("You leave out the last row of w: `range` leaves out its end already.", "range(len(v))", "range(len(v) - 1)"),
    ("The last input is left out: `range` leaves out its end already.", "range(len(x)):\n        for",
     "range(len(x) - 1):\n        for"),
    ("Each path takes the place of the one before: add them up, `+=`.", "dx[n] += w", "dx[n] = w"),
    ("Each path takes the place of the one before: add them up, `+=`.", "dx[n] += v", "dx[n] = v"),
    ("`h` is not begun anew for each row: `h = 0` stands inside of the loop over m.",
     "    for m in range(len(w)):\n        h = 0\n", "    h = 0\n    for m in range(len(w)):\n"),
    ("Your h keeps only the last product: add them up, `+=`.", "h += w", "h = w"),
    ("You stop at the first h that is off: look at all of them.",
     "                dx[n] += v[m] * w[m][n]\n", "                dx[n] += v[m] * w[m][n]\n        else:\n            "
     "break\n"),
    ("You return after the first input: `return` belongs after the loop.", "* v[m]\n    return",
     "* v[m]\n        return"),
)
