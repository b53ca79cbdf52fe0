"""The normalised score of every window."""

import numpy as np

from ..exercise import Exercise, Wrong


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


# --- typical mistakes: all of them are made from these pieces ---------------------------------------------------------

def _pieces(x, w):
    """The windows of x as rows, centred, and the template, centred."""
    windows = np.array([x[i:i + len(w)] for i in range(len(x) - len(w) + 1)], float)
    return windows, windows - windows.mean(axis=1, keepdims=True), w - w.mean()


def _norm(a):
    return np.sqrt((a ** 2).sum(axis=-1))


def _over(products, norms):
    """Products divided by norms; 0 where a norm is 0."""
    return np.divide(products, norms, out=np.zeros(len(products)), where=np.asarray(norms) > 0)


def plain(x, w):
    windows, _, _ = _pieces(x, w)
    return windows @ w


def only_centred(x, w):
    _, v, t = _pieces(x, w)
    return v @ t


def cosine(x, w):
    windows, _, _ = _pieces(x, w)
    return _over(windows @ w, _norm(windows) * _norm(w))


def template_not_centred(x, w):
    _, v, _ = _pieces(x, w)
    return _over(v @ w, _norm(v) * _norm(w))


def window_not_centred(x, w):
    windows, _, t = _pieces(x, w)
    return _over(windows @ t, _norm(windows) * _norm(t))


def neither_norm_centred(x, w):
    windows, v, t = _pieces(x, w)
    return _over(v @ t, _norm(windows) * _norm(w))


def template_norm_only(x, w):
    _, v, t = _pieces(x, w)
    return v @ t / _norm(t)


def window_norm_only(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v))


def norm_of_all(x, w):
    _, v, t = _pieces(x, w)
    return v @ t / (_norm(x - x.mean()) * _norm(t)) if np.ptp(x) else np.zeros(len(v))


def raw_norm_of_all(x, w):
    _, v, t = _pieces(x, w)
    return v @ t / (_norm(x) * _norm(t))


def mean_of_template(x, w):
    windows, _, t = _pieces(x, w)
    v = windows - w.mean()
    return _over(v @ t, _norm(v) * _norm(t))


def mean_of_all(x, w):
    windows, _, t = _pieces(x, w)
    v = windows - x.mean()
    return _over(v @ t, _norm(v) * _norm(t))


def without_roots(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v) ** 2 * _norm(t) ** 2)


def without_root_of_window(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v) ** 2 * _norm(t))


def without_root_of_template(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v) * _norm(t) ** 2)


def absolute_norm(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, np.abs(v).sum(axis=1) * np.abs(t).sum())


def with_std(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, v.std(axis=1) * t.std())


def mean_of_products(x, w):
    _, v, t = _pieces(x, w)
    return _over((v * t).mean(axis=1), _norm(v) * _norm(t))


def flipped(x, w):
    return solution(x, w[::-1])


def flat_is_nan(x, w):
    _, v, t = _pieces(x, w)
    with np.errstate(all="ignore"):
        return v @ t / (_norm(v) * _norm(t))


def flat_is_one(x, w):
    _, v, _ = _pieces(x, w)
    return np.where(_norm(v) > 0, solution(x, w), 1)


def flat_is_left_out(x, w):
    _, v, _ = _pieces(x, w)
    return solution(x, w)[_norm(v) > 0]


def flat_keeps_the_last(x, w):
    _, v, _ = _pieces(x, w)
    scores = solution(x, w)
    for i in range(1, len(v)):
        if not v[i].any():
            scores[i] = scores[i - 1]
    return scores


def whole_numbers(x, w):
    return solution(x, w).astype(int)


def no_sign(x, w):
    return np.abs(solution(x, w))


def one_short(x, w):
    return solution(x, w)[:-1]


def best_only(x, w):
    return solution(x, w).max()


def first_only(x, w):
    return solution(x, w)[0]


def last_only(x, w):
    return solution(x, w)[-1]


def no_negatives(x, w):
    return solution(x, w).clip(0)


def rounded(x, w):
    return solution(x, w).round(2)


def centred_flipped(x, w):
    return only_centred(x, w[::-1])


def cosine_of_all(x, w):
    windows, _, _ = _pieces(x, w)
    return windows @ w / (_norm(x) * _norm(w))


def plain_flipped(x, w):
    return plain(x, w[::-1])


def cosine_without_roots(x, w):
    windows, _, _ = _pieces(x, w)
    return _over(windows @ w, _norm(windows) ** 2 * _norm(w) ** 2)


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
    right=[without_numpy, all_at_once, three_filters, by_corrcoef, by_std, single_precision],
    wrong=[
        Wrong(plain, "This is the plain product: neither centred nor divided by the norms."),
        Wrong(only_centred, "This is the product of the centred window and the centred template. Divide it by both "
                            "norms."),
        Wrong(cosine, "Nothing is centred: subtract from each window its mean and from the template its own, also "
                      "before you take the norms."),
        Wrong(template_not_centred, "The norm of the template is too large: take it of the centred template, w minus "
                                    "its mean."),
        Wrong(window_not_centred, "The norms of the windows are too large: take them of the centred windows, each "
                                  "minus its own mean."),
        Wrong(neither_norm_centred, "Both norms are too large: take them of the centred window and of the centred "
                                    "template."),
        Wrong(template_norm_only, "You divide by the norm of the template only: divide by that of the window, too."),
        Wrong(window_norm_only, "You divide by the norm of the window only: divide by that of the template, too."),
        Wrong(norm_of_all, "You divide by the norm of the whole of x: every window has a norm of its own."),
        Wrong(raw_norm_of_all, "You divide by the norm of the whole of x: every window has a norm of its own, taken "
                               "after its mean is subtracted."),
        Wrong(mean_of_all, "You subtract the mean of the whole of x: every window has a mean of its own."),
        Wrong(mean_of_template, "You subtract the mean of the template from the windows: every window has a mean of "
                                "its own."),
        Wrong(without_roots, "The roots are missing: a norm is the root of the sum of squares."),
        Wrong(without_root_of_window, "The norm of the window lacks its root: square, add up, take the root."),
        Wrong(without_root_of_template, "The norm of the template lacks its root: square, add up, take the root."),
        Wrong(absolute_norm, "Your norm adds up the numbers without their signs: square, add up, take the root."),
        Wrong(with_std, "Your scores are F times too large: `std` divides by the number of cells inside the root, a "
                        "norm does not. Either use sums everywhere or means everywhere."),
        Wrong(mean_of_products, "Your scores are F times too small: a mean of the products over norms made of sums. "
                                "Either use sums everywhere or means everywhere."),
        Wrong(flipped, "Your template is turned round: the first cell of a window should meet its first number."),
        Wrong(flat_is_nan, "A flat window gives 0 divided by 0, which is NaN, not a number: ask for a norm of 0 "
                           "before you divide, and give 0."),
        Wrong(flat_is_one, "A flat window gets the score 1. It matches nothing: give 0."),
        Wrong(flat_is_left_out, "Flat windows are left out: every place gets a score, theirs is 0. Otherwise nobody "
                                "can tell which score belongs to which place."),
        Wrong(flat_keeps_the_last, "A flat window repeats the score of the place before: set its own score to 0, "
                                   "inside the loop."),
        Wrong(no_sign, "The signs got lost: the opposite of the template should score −1."),
        Wrong(one_short, "The last place is missing: there are N - F + 1 places."),
        Wrong(best_only, "Only the best score is returned: return the scores of all places."),
        Wrong(first_only, "Only the score of the first place comes back: does `return` stand inside the loop?"),
        Wrong(last_only, "Only the score of the last place comes back: collect all of them in a list."),
        Wrong(no_negatives, "Scores below 0 became 0: they say that a window looks like the opposite, keep them."),
        Wrong(rounded, "Your scores are rounded to two decimals: round when you print, not when you calculate."),
        Wrong(whole_numbers, "Your scores are whole numbers: what stands behind the point got lost. Collect them in a "
                             "list, or in `np.zeros(...)`, which holds decimals."),
        Wrong(centred_flipped, "The product is not divided by the two norms.",
              "The template is turned round: `np.convolve` does that."),
        Wrong(cosine_of_all, "Nothing is centred: subtract the means first.",
              "You divide by the norm of the whole of x: every window has a norm of its own."),
        Wrong(plain_flipped, "This is the plain product, neither centred nor divided by the norms.",
              "The template is turned round."),
        Wrong(cosine_without_roots, "Nothing is centred: subtract the means first.",
              "The roots are missing: a norm is the root of the sum of squares."),
    ],
)
