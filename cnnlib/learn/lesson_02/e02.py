"""The normalised score of every window."""

import numpy as np

from ..exercise import Exercise
from .e02_slips import WRONG


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


def by_std(x, w):
    windows = [x[i:i + len(w)] for i in range(len(x) - len(w) + 1)]
    return np.array([((v - v.mean()) * (w - w.mean())).mean() / (v.std() * w.std()) if v.std() else 0.0
                     for v in windows])


def single_precision(x, w):
    return solution(x, w).astype(np.float32)


def draw(rng):
    F = rng.integers(3, 6)
    x, w = rng.integers(0, 10, F + rng.integers(4, 9)), rng.integers(0, 10, F)
    w[0] += 10 * (np.ptp(w) == 0)                                 # a template must have a shape
    start = rng.integers(0, len(x) - F + 1)
    x[start:start + F] = rng.choice([x[start], 20])               # and somewhere x has none
    return x, w


EXERCISE = Exercise(
    id="02.2",
    title="Score every window",
    statement="""Write `match(x, w)`: the normalised score of the template `w` at every place of `x`.

Slide as in lesson 01. At every place: subtract the window's own mean; multiply with the centred template and add up;
divide by both norms. A window whose numbers are all equal has nothing to match: its score is 0. (The template always
has a shape.)""",
    signature="match(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=3,
    minutes=9,
    hints=(
        "Two lines of the section above score one window. What is missing is the loop over the places, and the "
        "flat window.",
        "Before the loop: the centred template and its norm. In the loop: the window `x[i:i + len(w)]`, minus its own "
        "mean, then its norm. Is the norm 0? Then the score is 0.",
        "`v = window - window.mean()`, `n = np.sqrt((v ** 2).sum())`, then append `(v * t).sum() / (n * t_norm)` if "
        "`n > 0`, otherwise `0.0`.",
    ),
    solution=solution,
    errors="""- *The mean of the whole of `x`* is not the mean of the window: a bump on a high plateau stays high.
- *A score beyond 1* shows that a norm is missing; `v.std()` in place of both norms makes it F times too large.
- *NaN* is what 0 divided by 0 gives: ask for a flat window before you divide.
- *"Cannot cast"*: `window -= window.mean()` tries to change `x` itself. Write `v = window - window.mean()`.
- *"could not be broadcast"*: the last windows hang over the end of `x`; there are only `N - F + 1` places.
- *"size 4 is different from 3"*: a `t` or a 4 from the notebook is used inside; make both from `w`.""",
    praise="Every window is judged by its shape alone.",
    insight="The score is the same for a window, for the window plus 100, and for the window times 3: try it.",
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
    ],
    right=[without_numpy, all_at_once, three_filters, by_corrcoef, by_std, single_precision],
    wrong=WRONG,
)
