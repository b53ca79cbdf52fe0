"""Ways in which a score of windows goes wrong: the mistakes of exercise 02.2."""

import numpy as np

from ..exercise import Wrong


def scored(x, w):
    """What is right, in short."""
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v) * _norm(t))


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
    return scored(x, w[::-1])


def flat_is_nan(x, w):
    _, v, t = _pieces(x, w)
    with np.errstate(all="ignore"):
        return v @ t / (_norm(v) * _norm(t))


def flat_is_one(x, w):
    _, v, _ = _pieces(x, w)
    return np.where(_norm(v) > 0, scored(x, w), 1)


def flat_is_left_out(x, w):
    _, v, _ = _pieces(x, w)
    return scored(x, w)[_norm(v) > 0]


def flat_keeps_the_last(x, w):
    _, v, _ = _pieces(x, w)
    scores = scored(x, w)
    for i in range(1, len(v)):
        if not v[i].any():
            scores[i] = scores[i - 1]
    return scores


def norms_without_brackets(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, _norm(v)) * _norm(t)


def divided_by_the_sum(x, w):
    _, v, t = _pieces(x, w)
    return _over(v @ t, (_norm(v) + _norm(t)) * (_norm(v) > 0))


def only_zeros_are_flat(x, w):
    windows, _, _ = _pieces(x, w)
    return np.where(windows.any(axis=1), flat_is_nan(x, w), 0)


def stopped_at_a_flat_one(x, w):
    _, v, _ = _pieces(x, w)
    return scored(x, w) * (np.cumsum(_norm(v) == 0) == 0)


def cut_at_a_flat_one(x, w):
    _, v, _ = _pieces(x, w)
    return scored(x, w)[np.cumsum(_norm(v) == 0) == 0]


def zero_for_all(x, w):
    _, v, _ = _pieces(x, w)
    return scored(x, w) if _norm(v).all() else 0.0


def whole_numbers(x, w):
    return scored(x, w).astype(int)


def no_sign(x, w):
    return np.abs(scored(x, w))


def one_short(x, w):
    return scored(x, w)[:-1]


def best_only(x, w):
    return scored(x, w).max()


def first_only(x, w):
    return scored(x, w)[0]


def last_only(x, w):
    return scored(x, w)[-1]


def no_negatives(x, w):
    return scored(x, w).clip(0)


def rounded(x, w):
    return scored(x, w).round(2)


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


WRONG = [
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
    Wrong(norms_without_brackets, "You divide by the norm of the window and then multiply by that of the template: "
                                  "`p / a * b` is `(p / a) * b`. Write `p / (a * b)`."),
    Wrong(divided_by_the_sum, "You divide by the sum of the two norms: divide by their product."),
    Wrong(only_zeros_are_flat, "Only windows of zeros get the score 0. [9, 9, 9, 9] is flat, too: ask whether the norm "
                               "of the centred window is 0."),
    Wrong(stopped_at_a_flat_one, "From the first flat window on all scores are 0: `break` or `return` ends the whole "
                                 "loop. Give this one window its 0, and go on."),
    Wrong(cut_at_a_flat_one, "Your scores end at the first flat window: `break` or `return` ends the whole loop. Give "
                             "this one window its 0, and go on."),
    Wrong(zero_for_all, "A flat window makes you return 0 for the whole of x: only its own score is 0."),
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
]
