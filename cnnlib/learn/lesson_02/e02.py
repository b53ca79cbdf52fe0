"""The normalised score of every window."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution(x, w):
    t = w - w.mean()
    t_norm = np.sqrt((t ** 2).sum())
    scores = []
    for i in range(len(x) - len(w) + 1):
        window = x[i:i + len(w)]
        v = window - window.mean()
        v_norm = np.sqrt((v ** 2).sum())
        scores.append((v * t).sum() / (v_norm * t_norm) if v_norm > 0 else 0.0)
    return np.array(scores)


# --- other right ways -------------------------------------------------------------------------------------------------

def without_numpy(x, w):
    x, w, F = [float(n) for n in x], [float(n) for n in w], len(w)

    def centred(numbers):
        return [n - sum(numbers) / F for n in numbers]

    def norm(numbers):
        return sum(n * n for n in numbers) ** 0.5

    windows = [centred(x[i:i + F]) for i in range(len(x) - F + 1)]
    t = centred(w)
    return [sum(a * b for a, b in zip(v, t, strict=True)) / (norm(v) * norm(t)) if any(v) else 0.0 for v in windows]


def all_at_once(x, w):
    v = np.lib.stride_tricks.sliding_window_view(x, len(w)).astype(float)
    v = v - v.mean(axis=1, keepdims=True)
    t = w - w.mean()
    norms = np.linalg.norm(v, axis=1) * np.linalg.norm(t)
    return np.divide(v @ t, norms, out=np.zeros(len(v)), where=norms > 0)


def three_filters(x, w):
    F, ones = len(w), np.ones(len(w))
    x = np.asarray(x, float)
    product = np.correlate(x, w - w.mean(), "valid")           # the template's mean is enough: it sums to zero
    squares = np.correlate(x * x, ones, "valid") - np.correlate(x, ones, "valid") ** 2 / F
    norms = np.sqrt(np.maximum(squares, 0)) * np.linalg.norm(w - w.mean())
    return np.where(squares > 1e-9, product / np.where(norms > 0, norms, 1), 0)


def by_corrcoef(x, w):
    windows = [x[i:i + len(w)] for i in range(len(x) - len(w) + 1)]
    return [np.corrcoef(v, w)[0, 1] if v.min() < v.max() else 0 for v in windows]


def flat_first(x, w):
    t, y = w - w.mean(), np.zeros(len(x) - len(w) + 1)
    for i in range(len(y)):
        window = x[i:i + len(w)]
        if window.min() < window.max():
            v = window - window.mean()
            y[i] = (v * t).sum() / (np.linalg.norm(v) * np.linalg.norm(t))
    return y


def by_std(x, w):
    windows = [x[i:i + len(w)] for i in range(len(x) - len(w) + 1)]
    return np.array([((v - v.mean()) * (w - w.mean())).mean() / (v.std() * w.std()) if v.std() else 0.0
                     for v in windows])


def single_precision(x, w):
    return flat_first(x, w).astype(np.float32)


def draw(rng):
    F = rng.integers(3, 6)
    x, w = rng.integers(0, 10, F + rng.integers(4, 9)), rng.integers(0, 10, F)
    w[0] += 10 * (np.ptp(w) == 0)                                 # a template must have a shape
    start = rng.integers(0, len(x) - F + 1)
    x[start:start + F] = rng.choice([x[start], 20])               # and somewhere x has none
    return x, w


# --- typical mistakes -------------------------------------------------------------------------------------------------

NOTHING = "Nothing is centred: subtract the means first."
ROOTS = "The roots are missing: a norm is the root of the sum of squares."
ALL = "You divide by the norm of the whole of x: every window has a norm of its own."
FIRST = "Only the score of the first place comes back: is `return` inside the loop?"
LAST = "Only the score of the last place comes back: collect all of them in a list."
WHOLE = "Your scores are whole numbers: the decimals are lost. Collect them in a list, or in " \
        "`np.zeros(...)`, which holds decimals."
STD = "One of your norms is `std`, which divides by the number of cells under the root: a norm does not."
FLOORED = "Your means are whole numbers, because `//` rounds down: divide with `/`."
T, V, NORMS, FLAT = "w - w.mean()", "window - window.mean()", "(v_norm * t_norm)", " if v_norm > 0 else 0.0"
UNCENTRED, SCORE = (T, "w", V, "window"), f"(v * t).sum() / {NORMS}{FLAT}"

EXERCISE = Exercise(
    id="02.2",
    title="Score every window",
    statement="""Write `match(x, w)`: the normalised score of the template `w` at every place of `x`.

Slide as in lesson 01. At every place: subtract the window's own mean; multiply by the centred template and add up;
divide by both norms. A window of equal numbers has nothing to match: its score is 0. (The template always has a
shape.)""",
    signature="match(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=3,
    minutes=9,
    hints=(
        "The lesson has just scored single windows. Still missing: the loop over the places, and the flat window.",
        "Before the loop: the centred template and its norm. In the loop: the window `x[i:i + len(w)]`, minus its own "
        "mean, then its norm. Is the norm 0? Then the score is 0.",
        "`v = window - window.mean()`, `n = np.sqrt((v ** 2).sum())`, then append `(v * t).sum() / (n * t_norm)` if "
        "`n > 0`, otherwise `0.0`.",
    ),
    solution=solution,
    errors="""- *The mean of the whole of `x`* is not the mean of the window: a bump on a high plateau stays high.
- *A score beyond 1* shows that a norm is missing; `v.std()` instead of both norms makes it F times too large.
- *NaN* is what 0 divided by 0 gives: check for a flat window before you divide.
- *"Cannot cast"*: `window -= window.mean()` tries to change `x` itself. Write `v = window - window.mean()`.
- *"could not be broadcast"*: the last windows hang over the end of `x`; there are only `N - F + 1` places.
- *"size 4 is different from 3"*: a `t` or a 4 from the notebook is used inside; make both from `w`.""",
    praise="Only the shape of a window counts.",
    insight="The score is the same for a window, for the window plus 100 and for the window times 3. Try it.",
    cases=[
        ([0, 2, 2, 0, 9, 9, 9, 9, 0, 4, 4, 0], [0, 2, 2, 0]),
        ([1, 5, 5, 1], [0, 2, 2, 0]),
        ([3, 3, 3, 3, 4], [1, 2, 4]),
        ([100, 103, 101, 100, 100, 100], [0, 3, 1]),
    ],
    draw=draw,
    edges=[
        ([3, 1], [1, 2]), ([3, 3, 3], [1, 2]), ([-1, 0, 1, 2, -2], [1, 0, -1]), ([-1, -5, -3, -1, -2], [-3, -1, -2]),
        ([0, 0.001, 0, 0.0025], [0.5, 0.0625, 1]), ([300, -303, 301, 999], [400, -200, 500]),
        ([5, 5, 9, 5, 5, 5], [0, 2, 1, 3]), ([5, 9, 5, 9, 5], [1, 2, 0, 3, 1]),
        ([64, 64 + 2 ** -12, 64, 64], [0, 1, 0, 2]),   # not flat, though nearly
    ],
    right=[without_numpy, all_at_once, three_filters, by_corrcoef, by_std, single_precision],
    wrong=[*slips(
        [solution, flat_first],
        ("This is the plain product: neither centred nor divided by the norms.", SCORE, "window @ w"),
        (("This is the plain product, neither centred nor divided by the norms.", "The template is flipped."),
         SCORE, "window @ w[::-1]"),
        ("This is the product of the centred window and the centred template. Divide it by both norms.",
         SCORE, "v @ t"),
        (("The product is not divided by the two norms.", "The template is flipped: `np.convolve` does that."),
         SCORE, "v @ t[::-1]"),
        ("Nothing is centred: subtract the mean of each window and of the template first, also before you take the "
         "norms.", *UNCENTRED),
        ((NOTHING, ALL), SCORE, "window @ w / (np.linalg.norm(x) * np.linalg.norm(w))"),
        ((NOTHING, ROOTS), *UNCENTRED, "np.sqrt", ""),
        ("The template's norm is too large: take the norm of the centred template, w minus its mean.", T, "w"),
        ("The norms of the windows are too large: take the norms of the centred windows, each minus its own mean.",
         V, "window"),
        ("Both norms are too large: take the norms of the centred window and the centred template.",
         "(t ** 2)", "(w ** 2)", "(v ** 2)", "(window ** 2)"),
        ("You divide by the norm of the template only: divide by that of the window, too.", NORMS, "t_norm"),
        ("You divide by the norm of the window only: divide by that of the template, too.", NORMS, "v_norm"),
        (ALL, NORMS, "(np.linalg.norm(x - x.mean()) * t_norm)"),
        ("You divide by the norm of the whole of x: every window has a norm of its own, taken after its mean is "
         "subtracted.", NORMS, "(np.linalg.norm(x) * t_norm)"),
        ("You divide all products by the largest of them: every window has a norm of its own.",
         SCORE, "v @ t", "np.array(scores)", "np.array(scores) / np.abs(scores).max()"),
        ("You subtract the mean of the whole of x: every window has a mean of its own.", "window.mean()", "x.mean()"),
        ("You subtract the mean of the template from the windows: every window has a mean of its own.",
         "window.mean()", "w.mean()"),
        ("You subtract the median: the mean is the sum divided by how many there are.",
         "window.mean()", "np.median(window)", "w.mean()", "np.median(w)"),
        ("You subtract the smallest number: subtract the mean.",
         "window.mean()", "window.min()", "w.mean()", "w.min()"),
        ("You add the mean: it is subtracted.", V, "window + window.mean()", T, "w + w.mean()"),
        (ROOTS, "np.sqrt", ""),
        ("You take half of the sum of squares: the root is `np.sqrt(...)` or `** 0.5`.", "np.sqrt", "0.5 * "),
        ("The norm of the window lacks its root: square, add up, take the root.", "np.sqrt((v", "((v"),
        ("The norm of the template lacks its root: square, add up, take the root.", "np.sqrt((t", "((t"),
        ("Your norm adds up the numbers without their signs: square, add up, take the root.",
         "np.sqrt((v ** 2).sum())", "abs(v).sum()", "np.sqrt((t ** 2).sum())", "abs(t).sum()"),
        ("The norm of the window adds up the numbers without their signs: square, add up, take the root.",
         "np.sqrt((v ** 2).sum())", "abs(v).sum()"),
        ("The norm of the template adds up the numbers without their signs: square, add up, take the root.",
         "np.sqrt((t ** 2).sum())", "abs(t).sum()"),
        ("You divide by the number of cells where the norm of the window belongs.", NORMS, "(len(w) * t_norm)"),
        ("You divide by the number of cells where the norm of the template belongs.", NORMS, "(v_norm * len(w))"),
        (STD, NORMS, "(v_norm * w.std())"), (STD, NORMS, "(v.std() * t_norm)"),
        (FLOORED, "window.mean()", "window.sum() // len(w)", "w.mean()", "w.sum() // len(w)"),
        (FLOORED, "window.mean()", "window.sum() // len(w)"), (FLOORED, "w.mean()", "w.sum() // len(w)"),
        ("You subtract the median of the window: the mean is the sum divided by how many there are.",
         "window.mean()", "np.median(window)"),
        ("Your scores are F times too small: you divide a mean of products by norms made of sums. Use sums "
         "everywhere, or means everywhere.", "(v * t).sum()", "(v * t).mean()"),
        ("You divide by the norm of the window and then multiply by that of the template: `p / a * b` is "
         "`(p / a) * b`. Write `p / (a * b)`.", NORMS, "v_norm * t_norm"),
        ("You multiply by the norms: divide by them.", f"/ {NORMS}", f"* {NORMS}"),
        ("You divide the norms by the product: it is the product divided by the norms.",
         f"(v * t).sum() / {NORMS}", f"{NORMS} / (v * t).sum()"),
        ("You divide by the sum of the two norms: divide by their product.", "v_norm * t", "v_norm + t"),
        ("Your template is flipped: the first cell of a window should meet its first number.",
         lambda y, x, w: solution(x, w[::-1])),
        ("A flat window gives 0 divided by 0, which is NaN, not a number: check for a norm of 0 before you divide, "
         "and give 0.", FLAT, ""),
        ("Only windows of zeros get the score 0. [9, 9, 9, 9] is flat, too: check whether the norm of the centred "
         "window is 0.", "if v_norm > 0", "if window.any()"),
        ("Your scores are all 0. Centred numbers always add up to 0: do you take their sum instead of a norm or a "
         "product?", "v_norm > 0", "abs(v.sum()) > 1e-9"),
        ("In a flat window all numbers are equal, not just the first and the last.",
         "window.min() < window.max()", "window[0] != window[-1]"),
        ("A flat window gets the score 1. It matches nothing: give 0.", FLAT, " if v_norm > 0 else 1.0"),
        ("Flat windows are left out: give them the score 0, or nobody can tell which score belongs to which place.",
         "scores.append", "if v_norm > 0: scores.append"),
        ("A flat window repeats the score of the place before: set its own score to 0, inside the loop.",
         "scores = []", "scores, score = [], 0", FLAT, " if v_norm > 0 else score", "append((v", "append(score := (v"),
        ("From the first flat window on all scores are 0: `break` or `return` ends the whole loop. Give only this "
         "window its 0, and go on.", "norm(t))", "norm(t))\n        else: break"),
        ("Your scores end at the first flat window: `break` or `return` ends the whole loop. Give only this window "
         "its 0, and go on.", "scores.append", "if v_norm == 0: break\n        scores.append"),
        ("A flat window makes you return 0 for the whole of x: only its own score is 0.",
         "scores.append", "if v_norm == 0: return 0.0\n        scores.append"),
        ("The signs are lost: the opposite of the template should score −1.", lambda y, x, w: abs(y)),
        ("Scores below 0 became 0: keep them, because they show windows that look like the opposite.",
         lambda y, x, w: y.clip(0)),
        ("The last place is missing: there are N - F + 1 places.", lambda y, x, w: y[:-1]),
        ("Only the best score is returned: return the scores of all places.", lambda y, x, w: y.max()),
        ("This is the place of the best score: return the scores of all places.", lambda y, x, w: y.argmax()),
        (FIRST, lambda y, x, w: y[0]), (FIRST, lambda y, x, w: y[:1]),
        (LAST, lambda y, x, w: y[-1]), (LAST, lambda y, x, w: y[-1:]),
        ("All scores but the first stay 0: is `return` inside the loop?", "    return y", "        return y"),
        ("Only one score is calculated: is `return` inside the loop?",
         "np.linalg.norm(t))", "np.linalg.norm(t)); return y"),
        ("Your window jumps by its own width: it should move by one cell.",
         "range(len(x) - len(w) + 1)", "range(0, len(x) - len(w) + 1, len(w))"),
        ("Your x has zeros around it: the template should stay on x all the time.",
         lambda y, x, w: solution(np.pad(x, (len(w) // 2, (len(w) - 1) // 2)), w)),
        ("Your scores are rounded to two decimals: round when you print, not when you calculate.",
         lambda y, x, w: y.round(2)),
        (WHOLE, lambda y, x, w: y.astype(int)),
    ), *slips(
        [by_std, by_corrcoef, all_at_once],
        ("`np.corrcoef` has ones on its diagonal, each list with itself: the score is at `[0, 1]`.",
         "[0, 1]", "[0, 0]"),
        ("You subtract one mean of all windows together: every window has a mean of its own, `axis=1`.",
         "v.mean(axis=1, keepdims=True)", "v.mean()"),
        ("You take the means over all windows, cell by cell: every window has a mean of its own, `axis=1`.",
         "v.mean(axis=1", "v.mean(axis=0"),
        ("You take one norm of all windows together: every window has a norm of its own, `axis=1`.",
         "norm(v, axis=1)", "norm(v)"),
        ("Your scores are F times too large: `std` divides by the number of cells under the root, a norm does not. "
         "Use sums everywhere, or means everywhere.", ").mean() /", ").sum() /"),
        ("`std(ddof=1)` divides by F - 1 under the root, the mean of the products by F: use the same for both.",
         "(v.std() * w.std())", "(v.std(ddof=1) * w.std(ddof=1))"),
    )],
)
