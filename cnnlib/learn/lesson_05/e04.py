"""Average pooling at the border: divide by all cells of the window, or by the real ones."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong


def solution(x, kernel_size, stride, padding, count_include_pad):
    N, F, S, P = len(x), kernel_size, stride, padding
    y = []
    for start in range(-P, N + P - F + 1, S):            # the first window begins P cells before x
        real = x[max(start, 0):start + F]                # the cells of x that lie in it
        y.append(sum(real) / (F if count_include_pad else len(real)))
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def zeros_and_ones(x, F, S, P, count_padding):
    longer, real = np.pad(x, P), np.pad(np.ones(len(x)), P)
    y = []
    for start in range(0, len(longer) - F + 1, S):
        cells = F if count_padding else real[start:start + F].sum()
        y.append(longer[start:start + F].sum() / cells)
    return y


def two_convolutions(x, F, S, P, count_padding):
    sums = cnn.correlate1d(x, np.ones(F), stride=S, padding=P)
    cells = cnn.correlate1d(np.ones(len(x)), np.ones(F), stride=S, padding=P)
    return sums / (F if count_padding else cells)


def with_nan(x, F, S, P, count_padding):
    longer = np.pad(x.astype(float), P, constant_values=0 if count_padding else np.nan)
    return np.nanmean(np.lib.stride_tricks.sliding_window_view(longer, F)[::S], axis=1)


def cell_by_cell(x, F, S, P, count_padding):
    y = []
    for i in range((len(x) + 2 * P - F) // S + 1):
        total = cells = 0
        for c in range(i * S - P, i * S - P + F):
            if 0 <= c < len(x):
                total += x[c]
                cells += 1
        y.append(total / F if count_padding else total / cells)
    return y


def from_the_library(x, F, S, P, count_padding):
    return np.float32(cnn.avg_pool1d(x[None, None], F, S, P, count_padding)[0, 0])


# --- typical mistakes -------------------------------------------------------------------------------------------------

def made(total=sum, cells=None, pad=None):
    """The two loops with another sum, another number of cells, cells(real, F, S, P, count), or another border."""
    def answer(x, F, S, P, count_padding):
        x = x.astype(float)
        around = pad(x, P) if pad else np.pad(x, P)
        inside = np.pad(np.ones(len(x)), (len(around) - len(x) + 1) // 2)[:len(around)]
        y = []
        for start in range(0, len(around) - F + 1, S):
            window, real = around[start:start + F], inside[start:start + F] > 0
            n = (F if count_padding else real.sum()) if cells is None else cells(window, real, F, S, P, count_padding)
            y.append(total(window) / n)
        return np.array(y)

    return answer


def given(always):
    """The solution that does not listen to count_padding."""
    return lambda x, F, S, P, count_padding: solution(x, F, S, P, always(count_padding))


def sized(change):
    """The solution for other sizes: change(F, S, P)."""
    return lambda x, F, S, P, count_padding: solution(x, *change(F, S, P), count_padding)


def then(change):
    """The solution with its outputs changed: change(y)."""
    return lambda x, F, S, P, count_padding: change(solution(x, F, S, P, count_padding))


def left_only(x, F, S, P, count_padding):
    real, longer = np.pad(np.ones(len(x)), (P, 0)), np.pad(x, (P, 0))
    starts = range(0, len(longer) - F + 1, S)
    return [longer[s:s + F].sum() / (F if count_padding else real[s:s + F].sum()) for s in starts]


def last_element(x, F, S, P, count_padding):
    y = []
    for start in range(-P, len(x) + P - F + 1, S):
        cells = [x[c] for c in range(start, min(start + F, len(x)))]
        y.append(sum(cells) / (F if count_padding else len(cells)))
    return y


def empty_slices(x, F, S, P, count_padding):
    y = []
    for start in range(-P, len(x) + P - F + 1, S):
        cells = x[start:start + F]
        y.append(sum(cells) / (F if count_padding else max(len(cells), 1)))
    return y


def hanging_over(x, F, S, P, count_padding):
    y = []
    for start in range(-P, len(x) + P, S):
        real = x[max(start, 0):max(start + F, 0)]
        y.append(sum(real) / (F if count_padding else max(len(real), 1)))
    return y


def from_the_first_cell(x, F, S, P, count_padding):
    windows = [x[start:start + F] for start in range(0, len(x) + 2 * P - F + 1, S)]
    return [sum(real) / (F if count_padding else max(len(real), 1)) for real in windows]


def right_only(x, F, S, P, count_padding):
    windows = [x[start:start + F] for start in range(0, len(x) + P - F + 1, S)]
    return [sum(real) / (F if count_padding else len(real)) for real in windows]


def ends_only(x, F, S, P, count_padding):
    y = solution(x, F, S, P, True)
    if not count_padding:
        for i in {0, len(y) - 1}:
            y[i] *= F / (F - P)
    return y


def maximum(x, F, S, P, count_padding):
    return cnn.max_pool1d(x[None, None], F, S, P)[0, 0]


def with_minus_infinity(x, F, S, P, count_padding):
    longer = np.pad(x.astype(float), P, constant_values=-np.inf)
    return [longer[start:start + F].mean() for start in range(0, len(longer) - F + 1, S)]


def draw(rng):
    F = int(rng.integers(2, 6))
    S, P = int(rng.integers(1, 4)), int(rng.integers(0, F // 2 + 1))
    x = rng.integers(-9, 10, F + rng.integers(2, 7))
    x[rng.integers(0, 2)] = 0                                     # a real cell that is 0
    return x, F, S, P, bool(rng.integers(2))


NOT_ZERO = "You count the cells that are not 0: a real cell may be 0, and counts."

EXERCISE = Exercise(
    id="05.4",
    title="What counts in a mean?",
    statement="""Write `avg_pool1d(x, kernel_size, stride, padding, count_include_pad)`: average pooling of a row of
numbers, with $P$ cells of padding on each side. In short: $F$, $S$, $P$, and True or False.

- `count_include_pad` is `True`: padding counts as 0, and every sum is divided by $F$.
- `count_include_pad` is `False`: padding is left out; the sum is divided by the number of *real* cells in the window.

$P$ is at most half of $F$, so that every window holds a real cell. Do not use `cnn.avg_pool1d`.""",
    signature="avg_pool1d(x, kernel_size, stride, padding, count_include_pad): (N,), numbers, True or False -> (N',)",
    difficulty=3,
    minutes=5,
    hints=(
        "The sum is the same in both cases: zeros add nothing. Only what it is divided by differs.",
        "Window $i$ begins at cell $i \\cdot S - P$ of x. A slice that begins below 0 counts from the end of x: begin "
        "at `max(start, 0)` instead. At the other end a slice stops by itself.",
        "`for start in range(-P, N + P - F + 1, S):`, `real = x[max(start, 0):start + F]`, and `sum(real)` divided by "
        "`F` or by `len(real)`.",
    ),
    solution=solution,
    errors="""- *Counting what is not 0* is not counting what is real: x may hold zeros of its own.
- *`x[-1:2]`* begins at the last cell of x, and is empty: slices that begin below 0 count from the end.
- *`.mean()` of the longer list* always divides by F.
- *−∞* is for the maximum. In a sum it swallows everything.""",
    praise="One sum, and two ways to divide it.",
    insight="Away from the border the two agree. At the border the first darkens a picture, as it averages with black; "
            "this library and PyTorch do that unless they are told not to.",
    cases=[
        ([6, 6, 6, 6], 3, 1, 1, True), ([6, 6, 6, 6], 3, 1, 1, False), ([4, 0, 2, 8], 2, 2, 1, False),
        ([0, 3, 6, 0, 9, 0], 4, 2, 2, False), ([1, 2, 3, 4, 5], 2, 1, 0, True), ([0, 3, 6, 0, 9, 0], 4, 2, 2, True),
        ([-5, 1, 7], 3, 3, 1, False),
    ],
    draw=draw,
    edges=[
        ([0], 2, 1, 1, True), ([2, 3], 1, 2, 0, False), ([-4], 4, 2, 2, True),
        ([-3, -4, -5, -3, -6, -7], 6, 2, 3, False), ([0.0625, -0.5, 1], 2, 1, 1, True),
        ([-200, 300, 40000], 2, 1, 1, False),
    ],
    right=[zeros_and_ones, two_convolutions, with_nan, cell_by_cell, from_the_library],
    wrong=[
        Wrong(given(lambda c: True), "You always divide by F: where `count_include_pad` is False, divide by the "
                                     "number of real cells."),
        Wrong(given(lambda c: False), "You always divide by the number of real cells: where `count_include_pad` is "
                                      "True, padding counts, too."),
        Wrong(given(lambda c: not c), "True and False are exchanged: `count_include_pad=True` divides by F."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else max((w != 0).sum(), 1)), NOT_ZERO),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else (w != 0).sum()), NOT_ZERO),
        Wrong(lambda x, F, S, P, count_padding: solution(x, F, S, P if count_padding else 0, True), "Where "
              "`count_include_pad` is False you leave the padding away, and with it places at the border: only what "
              "the sum is divided by changes."),
        Wrong(made(cells=lambda w, real, F, S, P, count: 1), "You do not divide: these are the sums."),
        Wrong(made(cells=lambda w, real, F, S, P, count: S), "You divide by the stride: a mean is over all cells of "
                                                             "the window."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else F - P), "You take P cells off every window: "
              "only those at the border hold padding, and not always P of it."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F + 2 * P if count else real.sum()), "You divide by "
              "F + 2P: the window itself grows no larger, it holds F cells."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else F - 2 * P or 1), "You take 2P cells off every "
              "window: only those at the border hold padding."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else F - real.argmax()), "You leave the padding on "
              "the left out, but divide by that on the right."),
        Wrong(made(cells=lambda w, real, F, S, P, count: F if count else F - real[::-1].argmax()), "You leave the "
              "padding on the right out, but divide by that on the left."),
        Wrong(ends_only, "You leave P cells out of the first and the last window: others may hold padding, too, and "
                         "the last need not hold P of it."),
        Wrong(made(pad=lambda x, P: np.pad(x, P, "edge")), "You pad with copies of the ends: padding counts as 0."),
        Wrong(made(pad=lambda x, P: np.pad(x, P, "reflect")), "You pad with a mirror image of x: padding counts as 0."),
        Wrong(made(pad=lambda x, P: np.pad(x, P, "wrap")), "You pad with cells from the other end of x: padding counts "
                                                           "as 0."),
        Wrong(made(pad=lambda x, P: np.pad(x, P, constant_values=1)), "You pad with ones: padding counts as 0."),
        Wrong(with_minus_infinity, "You pad with −∞: that is for a maximum, in a sum it swallows everything."),
        Wrong(left_only, "The window never reaches the padding on the right: P cells of it belong on each side."),
        Wrong(right_only, "There is padding on the right only: P cells of it belong on each side."),
        Wrong(from_the_first_cell, "Your first window begins at `x[0]`: with padding it begins P cells before."),
        Wrong(sized(lambda F, S, P: (F, S, 2 * P)), "There is twice as much padding as there should be: P counts the "
                                                    "cells of one side."),
        Wrong(sized(lambda F, S, P: (F, S, 0)), "Nothing is padded: `P` changes nothing so far."),
        Wrong(sized(lambda F, S, P: (F, 1, P)), "Your stride changes nothing: the window jumps by S."),
        Wrong(sized(lambda F, S, P: (F, F, P)), "Your window jumps by its own size F: it should jump by S."),
        Wrong(last_element, "Left of x you take cells from its end, for `x[-1]` is the last one: count 0 there."),
        Wrong(empty_slices, "A slice that begins below 0 counts from the end of x, and is empty here: begin at "
                            "`max(start, 0)`."),
        Wrong(hanging_over, "You go on to the end of the padding: the last window is the last that fits as a whole."),
        Wrong(maximum, "You take the largest number of each window: take the mean."),
        Wrong(then(lambda y: np.floor(y)), "You round down: `//` and `int` do so, `/` does not."),
        Wrong(then(lambda y: np.trunc(y)), "You cut off what is behind the point: a mean need not be a whole number."),
        Wrong(then(lambda y: np.round(y)), "You round: keep what is behind the point."),
        Wrong(then(lambda y: y[:-1]), "The last place is missing: there are (N + 2P - F) // S + 1."),
        Wrong(then(lambda y: y[1:]), "The first place is missing: the first window begins P cells before x."),
        Wrong(then(np.cumsum), "Your sum runs on from place to place: begin each window with 0."),
        Wrong(then(lambda y: y[-1]), "Only the last place is left: collect all of them in a list."),
        Wrong(then(lambda y: y[0]), "You return after the first place: `return` belongs behind the loop."),
    ],
)
