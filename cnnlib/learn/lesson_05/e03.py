"""Padding that never wins: max-pooling with a border of minus infinity."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong


def solution(x, kernel_size, stride, padding):
    F, S, P = kernel_size, stride, padding
    border = [-np.inf] * P                        # lower than every number
    longer = border + list(x) + border
    y = []
    for start in range(0, len(longer) - F + 1, S):
        y.append(max(longer[start:start + F]))
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def only_real_cells(x, F, S, P):
    starts = range(-P, len(x) + P - F + 1, S)
    return [x[max(start, 0):start + F].max() for start in starts]


def padded_by_numpy(x, F, S, P):
    longer = np.pad(x.astype(float), P, constant_values=-np.inf)
    return np.lib.stride_tricks.sliding_window_view(longer, F)[::S].max(axis=1)


def filled_in(x, F, S, P):
    longer = np.full(len(x) + 2 * P, -np.inf)
    longer[P:P + len(x)] = x
    return np.array([longer[i * S:i * S + F].max() for i in range((len(longer) - F) // S + 1)])


def with_the_smallest(x, F, S, P):
    longer = np.pad(x, P, constant_values=x.min())
    return [longer[start:start + F].max() for start in range(0, len(longer) - F + 1, S)]


def with_copies_of_the_ends(x, F, S, P):   # each window that reaches out holds the end itself
    longer = np.pad(x, P, "edge")
    return [longer[start:start + F].max() for start in range(0, len(longer) - F + 1, S)]


def looked_up(x, F, S, P):
    y = []
    for i in range((len(x) + 2 * P - F) // S + 1):
        best = None
        for k in range(F):
            c = i * S - P + k
            if 0 <= c < len(x) and (best is None or x[c] > best):
                best = x[c]
        y.append(best)
    return y


def single_precision(x, F, S, P):
    return cnn.max_pool1d(np.float32(x)[None, None], F, S, P)[0, 0]


# --- typical mistakes -------------------------------------------------------------------------------------------------

def pooled(longer, F, S):
    return np.array([max(longer[start:start + F]) for start in range(0, len(longer) - F + 1, S)])


def filled(value):
    """Another number in the border."""
    return lambda x, F, S, P: pooled([value] * P + list(x) + [value] * P, F, S)


def padded(pad):
    """Another border: pad(x, P, F), a list."""
    return lambda x, F, S, P: pooled(list(pad(x.astype(float), P, F)), F, S)


def border(x, left, right):
    return np.pad(x, (left, right), constant_values=-np.inf)


def whole_numbers_too(x, F, S, P):
    return pooled(np.pad(x, P, constant_values=-np.inf), F, S)


def added_to_x(x, F, S, P):
    return pooled([-np.inf] * P + x + [-np.inf] * P, F, S)


def from_P_to_minus_P(x, F, S, P):
    longer = np.full(len(x) + 2 * P, -np.inf)
    longer[P:-P] = x
    return pooled(longer, F, S)


def padded_output(x, F, S, P):
    return border(solution(x, F, S, 0), P, P)


def length_before_padding(x, F, S, P):
    return solution(x, F, S, P)[:max((len(x) - F) // S + 1, 0)]


def from_zero(x, F, S, P):
    return np.maximum(solution(x, F, S, P), 0)


def over_the_left_end(x, F, S, P):
    y = []
    for i in range((len(x) + 2 * P - F) // S + 1):
        y.append(max(x[c] for c in range(i * S - P, i * S - P + F) if c < len(x)))
    return y


def shifted(x, F, S, P):
    longer = border(x.astype(float), 0, 2 * P + F * S)
    return [longer[i * S:i * S + F].max() for i in range((len(x) + 2 * P - F) // S + 1)]


def one_short(x, F, S, P):
    longer = list(border(x.astype(float), P, P))
    return [max(longer[start:start + F]) for start in range(0, len(longer) - F, S)]


def hanging_over(x, F, S, P):
    longer = list(border(x.astype(float), P, P))
    return [max(longer[start:start + F]) for start in range(0, len(longer), S)]


def looking(first, last):
    """Cells of the longer list from first(i, S) to last(F) further on, at every place i."""
    def answer(x, F, S, P):
        longer = list(border(x.astype(float), P, P))
        places = range((len(longer) - F) // S + 1)
        return [max(longer[first(i, S):first(i, S) + last(F)]) for i in places]

    return answer


def from_below_zero(x, F, S, P):
    return [x[start:start + F].max() for start in range(-P, len(x) + P - F + 1, S)]


def without_the_first(x, F, S, P):
    starts = range(-P, len(x) + P - F + 1, S)
    return [max([x[c] for c in range(start, start + F) if 0 < c < len(x)], default=-np.inf) for start in starts]


def over_the_right_end(x, F, S, P):
    return [max(x[c] for c in range(start, start + F) if c >= 0) for start in range(-P, len(x) + P - F + 1, S)]


def then(change):
    """The solution with its outputs changed: change(y, x)."""
    return lambda x, F, S, P: change(solution(x, F, S, P), x)


def mean(x, F, S, P):
    return cnn.avg_pool1d(np.asarray(x, float)[None, None], F, S, P)[0, 0]


def smallest(x, F, S, P):
    return -solution(-x, F, S, P)


def ends_lost(x, F, S, P):
    x = x.astype(float)
    if P:
        x[:P] = x[-P:] = -np.inf
    return pooled(x, F, S)


def draw(rng):
    F = int(rng.integers(2, 6))
    S, P = int(rng.integers(1, 4)), int(rng.integers(0, F // 2 + 1))
    x = rng.integers(-9, 4, F + rng.integers(2, 7))
    return x if rng.integers(2) else x / 2, F, S, P


LOW = "The number you pad with is not always the lowest: −∞, `-np.inf`, is lower than every other."
SIDES = "There is a border on one side only: P cells of it belong on each."
PLACES = "The last place is missing: of the longer list, the window finds (N + 2P - F) // S + 1 places."
EARLY = "You return after the first window: `return` belongs behind the loop."
WHOLE = "Whole numbers have no −∞, so an array of them cannot hold it: make a list, or `x.astype(float)`, first."

EXERCISE = Exercise(
    id="05.3",
    title="Padding that never wins",
    statement="""Write `max_pool1d(x, kernel_size, stride, padding)`, in short $F$, $S$ and $P$: max-pooling of a row of
numbers, with $P$ cells of padding on each side that are **never** the largest of a window. $P$ is at most half of $F$,
so every window holds a real cell.

Beware: `x` may hold whole numbers, also negative ones and very low ones. Do not use `cnn.max_pool1d`.""",
    signature="max_pool1d(x, kernel_size, stride, padding): (N,), three whole numbers -> (N',)",
    difficulty=2,
    minutes=4,
    hints=(
        "Which number is lower than every other? Or do without: which cells of the window are real?",
        "A list can hold whole numbers and `-np.inf` side by side; an array of whole numbers cannot hold it. As in "
        "lesson 01 make a longer list first.",
        "`longer = [-np.inf] * P + list(x) + [-np.inf] * P`, then the maximum of `longer[start:start + F]` for every "
        "`start` in `range(0, len(longer) - F + 1, S)`.",
    ),
    solution=solution,
    errors="""- *Zeros* win against every negative number: at the border an output appears that was nowhere in x.
- *−999* is a guess about x. The check comes with numbers far below it.
- *OverflowError, cannot convert float infinity to integer*: an array of whole numbers has no −∞. `x.astype(float)`.
- Not a mistake: `x.min()`, or copies of the end cells. Neither can beat a cell that is in the window already.""",
    praise="The border is there, and is never seen.",
    insight="After a ReLU nothing is below 0, and zeros would do no harm: that is why the slip is so rarely noticed.",
    cases=[
        ([-1, -1, -1, -1], 3, 1, 1), ([2, -3, -5, -4], 2, 2, 1), ([-7, -2, -6, -3, -8], 3, 2, 1),
        ([4, 1, 3], 3, 1, 0), ([-5, -9, -4, -6, -1, -2], 4, 1, 2), ([-0.5, -1.5, -2.5], 3, 1, 1),
        ([-8 * 10**9, -7 * 10**9, -6 * 10**9, -8 * 10**9], 3, 1, 1),
    ],
    draw=draw,
    edges=[
        ([0], 2, 1, 1), ([2, 3], 1, 2, 0), ([-4], 4, 2, 2), ([-3, -4, -5, -3, -6, -7], 6, 2, 3),
        ([0.0625, -0.5, -0.75], 2, 1, 1), ([300, -200, 40000], 1, 1, 0),
    ],
    player=lambda x, F, S, P: cnn.viz.pool(x, F, S, P),
    right=[only_real_cells, padded_by_numpy, filled_in, with_the_smallest, with_copies_of_the_ends, looked_up,
           single_precision],
    wrong=[
        Wrong(filled(0), "Your padding is 0: where all real cells of a window are negative, the invented 0 wins. Pad "
                          "with −∞, `-np.inf`."),
        *(Wrong(filled(low), LOW) for low in (1, -1, -10, -99, -100, -999, -1000, -9999, -10**4, -99999, -10**5, -10**6,
                                              -10**7, -10**8, -10**9, -2**31)),
        Wrong(filled(np.inf), "Your padding is +∞, larger than every number: it wins in every window it is in. Pad "
                               "with −∞, `-np.inf`."),
        Wrong(filled(np.nan), "Your padding is no number, NaN: comparing with it is always False. Pad with −∞, "
                               "`-np.inf`."),
        Wrong(whole_numbers_too, WHOLE),
        Wrong(added_to_x, "`[-np.inf] * P + x` adds −∞ to the numbers of an array: make a list first, `list(x)`."),
        Wrong(from_P_to_minus_P, "Where P is 0, `longer[P:-P]` is empty: write `longer[P:P + len(x)]`."),
        Wrong(padded(lambda x, P, F: border(x, P, 0)), SIDES), Wrong(padded(lambda x, P, F: border(x, 0, P)), SIDES),
        Wrong(padded(lambda x, P, F: border(x, 2 * P, 2 * P)), "There is twice as much padding as there should be: P "
                                                               "counts the cells of one side."),
        Wrong(padded(lambda x, P, F: border(x, F // 2, F // 2)), "You pad by half of the window, whatever P is."),
        Wrong(padded(lambda x, P, F: border(x, 1, 1)), "You pad by one cell on each side, whatever P is."),
        Wrong(padded(lambda x, P, F: x), "Nothing is padded: `P` changes nothing so far."),
        Wrong(padded(lambda x, P, F: np.pad(x, P, "wrap")), "You pad with cells from the other end of x: they may win. "
                                                            "Pad with −∞, `-np.inf`."),
        Wrong(padded(lambda x, P, F: np.pad(x, P, "reflect")), "You pad with a mirror image of x, and cells of it win "
                                                               "in windows they are not in. Pad with −∞, `-np.inf`."),
        Wrong(padded(lambda x, P, F: np.pad(x, P, "mean")), "You pad with the mean of x: it wins where the real cells "
                                                            "lie below it. Pad with −∞, `-np.inf`."),
        Wrong(padded(lambda x, P, F: np.pad(x, P, "maximum")), "You pad with the largest number of x: it wins in every "
                                                               "window it is in. Pad with −∞, `-np.inf`."),
        Wrong(padded_output, "You put the border around the output: it belongs around x, before you pool."),
        Wrong(length_before_padding, "The last outputs are missing: with padding, N is the length of the longer list."),
        Wrong(ends_lost, "You overwrite the ends of x: padding adds cells and keeps those that are there."),
        Wrong(from_zero, "Your maximum never goes below 0: start with the first cell of the window, or with −∞."),
        Wrong(over_the_left_end, "Left of x you take cells from its end, for `x[-1]` is the last one: leave them out."),
        Wrong(shifted, "Your first window begins at `x[0]`: with padding it begins P cells before."),
        Wrong(mean, "You take means: take the largest number of each window."),
        Wrong(smallest, "You take the smallest number of each window: take the largest."),
        Wrong(lambda x, F, S, P: solution(x, F, 1, P), "Your stride changes nothing: the window jumps by S."),
        Wrong(lambda x, F, S, P: solution(x, F, F, P), "Your window jumps by its own size F: it should jump by S."),
        Wrong(then(lambda y, x: y[:-1]), PLACES),
        Wrong(one_short, "You stop one place too early: a range leaves out its end, so it ends with `- F + 1`."),
        Wrong(hanging_over, "You go on to the end of the padding: the last window is the last that fits as a whole."),
        Wrong(looking(lambda i, S: i, lambda F: F), "Your window begins at cell `i`: it begins at `i * S`."),
        Wrong(looking(lambda i, S: i * S, lambda F: F - 1), "Your window is one cell too small: a slice `[a:a + F]` "
                                                            "leaves out its end already."),
        Wrong(looking(lambda i, S: i * S, lambda F: F + 1), "Your window is one cell too large: a slice `[a:a + F]` "
                                                            "already holds F cells."),
        Wrong(from_below_zero, "A slice that begins below 0 counts from the end of x, and is empty here: begin at "
                               "`max(start, 0)`."),
        Wrong(without_the_first, "You leave out `x[0]`: it is a real cell, too, so the first is at `0 <= c`."),
        Wrong(over_the_right_end, "You look for cells behind the end of x: leave out those from `len(x)` on."),
        Wrong(then(lambda y, x: y[:1]), EARLY), Wrong(then(lambda y, x: y[0]), EARLY),
        Wrong(then(lambda y, x: y.astype(int)), "You cut off what is behind the point: an output is a number of x, "
                                                "unchanged."),
        Wrong(then(lambda y, x: y.max()), "Only a single number is left: each window has its own, so collect them in a "
                                          "list."),
        Wrong(lambda x, F, S, P: max(x), "This is the largest number of the whole row, global pooling: each window has "
                                         "its own."),
        Wrong(lambda x, F, S, P: pooled([0] * P + list(x) + [0] * P, F, 1), "Your padding is 0: pad with `-np.inf`.",
              "Your stride changes nothing: the window jumps by S."),
    ],
)
