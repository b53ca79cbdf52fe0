"""Convolution as mathematics has it."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution(x, w):
    F = len(w)
    y = []
    for i in range(len(x) - F + 1):
        total = 0
        for k in range(F):
            total += x[i + k] * w[F - 1 - k]      # the first cell meets the last weight
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def turned_and_slid(x, w):
    return np.correlate(x, w[::-1], "valid")


def numpys_own(x, w):
    return np.convolve(x, w, "valid")


def from_the_end(x, w):
    return [sum(x[i + k] * w[-1 - k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def window_turned(x, w):
    return [(x[i:i + len(w)][::-1] * w).sum().item() for i in range(len(x) - len(w) + 1)]


def spread(x, w):
    y = np.zeros(len(x) + len(w) - 1, np.float32)
    for i, value in enumerate(x):
        y[i:i + len(w)] += value * w
    return y[len(w) - 1:len(x)]


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _slide(x, w):
    return solution(x, w[::-1])


def not_flipped(x, w):
    return _slide(x, w)


def signal_flipped(x, w):
    return _slide(x[::-1], w)


def both_flipped(x, w):
    return _slide(x[::-1], w[::-1])


def output_flipped_as_well(x, w):
    return solution(x, w)[::-1]


def signs_changed(x, w):
    return _slide(x, -w)


def flipped_and_signs_changed(x, w):
    return _slide(x, -w[::-1])


def wrapped(x, w):
    return _slide(x, np.roll(w[::-1], 1))


def ends_swapped(x, w):
    w = w.copy()
    w[0], w[-1] = w[-1], w[0]
    return _slide(x, w)


def two_weights_only(x, w):
    return _slide(x, w[::-1] if len(w) == 2 else w)


def swapped_in_a_loop(x, w):   # all the way through, so that every pair is swapped twice
    w = w.copy()
    for k in range(len(w)):
        w[k], w[len(w) - 1 - k] = w[len(w) - 1 - k], w[k]
    return _slide(x, w)


def overwritten(x, w):
    w = w.copy()
    for k in range(len(w)):
        w[k] = w[len(w) - 1 - k]
    return _slide(x, w)


def sorted_weights(x, w):
    return _slide(x, np.sort(w))


def sorted_down(x, w):
    return _slide(x, np.sort(w)[::-1])


def full(x, w):
    return np.convolve(x, w, "full")


def same(x, w):
    return np.convolve(x, w, "same")


def full_not_flipped(x, w):
    return np.correlate(x, w, "full")


def same_not_flipped(x, w):
    return np.correlate(x, w, "same")


def in_place(x, w):
    w[:] = w[::-1].copy()
    return _slide(x, w)


def one_short(x, w):
    return solution(x, w)[:-1]


def mean(x, w):
    return solution(x, w) / len(w)


def first_weight_left_out(x, w):
    return [sum(x[i + k] * w[len(w) - 1 - k] for k in range(len(w) - 1)) for i in range(len(x) - len(w) + 1)]


def slice_without_first_weight(x, w):
    if len(w) == 1:
        raise ValueError
    return _slide(x, w[:0:-1])


def first_weight_left_out_not_flipped(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w) - 1, 0, -1)) for i in range(len(x) - len(w) + 1)]


def last_weight_dropped(x, w):
    if len(w) == 1:
        raise ValueError
    return _slide(x, w[:-1])


def last_weight_only(x, w):
    return _slide(x, np.full(len(w), w[-1]))


def indices_of_two(x, w):
    return [sum(x[i + k] * w[1 - k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def two_by_hand(x, w):
    return _slide(x, [w[1], w[0]])


def ends_only(x, w):
    return _slide(x, [w[-1], w[0]])


def over_the_start(x, w):
    return [sum(x[i - k] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def full_to_the_end(x, w):
    return full(x, w)[len(w) - 1:]


def full_from_the_start(x, w):
    return full(x, w)[:len(x)]


def full_cut_at_the_end(x, w):
    return full(x, w)[:len(x) - len(w) + 1]


def never_reset(x, w):
    return np.cumsum(solution(x, w))


def draw(rng):
    F = rng.integers(1, 6)
    return rng.integers(-9, 10, F + rng.integers(2, 8)), rng.integers(-9, 10, F)


NOT_FLIPPED = "Your filter is not turned round, or it is twice, which is the same: you have cross-correlation."
TWO = "It turns filters of two weights round, others not: for F weights the index is `F - 1 - k`."
FIRST = "`w[0]` never takes part: turned round, it is the last one, and `range` and slices leave out their end."
REVERSED = "The numbers are right, but in the other order: turn only w round, not x, and not what comes out."
ENDS = "The zeros around x make more outputs: stay on x, as `mode=\"valid\"` does."

EXERCISE = Exercise(
    id="01.5",
    title="The flip",
    statement="""Write `convolve(x, w)`: *true* convolution, with the filter turned round, at every place where it lies
on `x` from end to end. It should give the numbers of `np.convolve(x, w, mode="valid")`, without calling it.

$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[F - 1 - k]$$

Change as little of your `slide` as you can; or use `cnn.correlate1d`, which does not flip.""",
    signature="convolve(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=2,
    minutes=3,
    hints=(
        "Write down for $F = 3$ which weight meets the first cell of the window, which the second, which the third.",
        "Either the index of the weight runs backwards while $k$ runs forwards, or you turn the whole filter round "
        "first and slide it as before.",
        "The last weight is `w[len(w) - 1]`, and it meets the first cell: `w[len(w) - 1 - k]`. A whole array backwards "
        "is `w[::-1]`.",
    ),
    solution=solution,
    errors="""- `w[F - k]` begins one behind the last weight: for $k = 0$ there is no such weight. `w[-k]` begins with \
`w[0]`.
- Turning $x$ round as well, or $y$, turns back what the flip did.
- *The signs changed*: for $[-1, 1]$ the flip looks like a minus sign. For other filters it is not one.
- `w.reverse()` and `w[:] = w[::-1]` turn round the caller's filter; `w[::-1]` alone makes a new view and leaves it.
- In one line: `return cnn.correlate1d(x, w[::-1])`.""",
    praise="Turned round, and slid.",
    insight="A network never needs the flip: it would simply learn the weights the other way round.",
    cases=[([0, 1, 0, 1, 1], [-1, 1]), ([0, 0, 1, 0, 0], [1, 2, 3]), ([2, 0, 1, 3], [1, 2, -1]), ([5, 7], [3]),
           ([1, 2, 0, 4, 3, 1], [4, 1, 2, 3]), ([3, 1, 4, 1, 5, 9, 2], [2, 7, 1, 8, 0])],
    draw=draw,
    edges=[
        ([1, 2, 3], [4, 5, 6]), ([4], [3]), ([1, 2, 3, 4], [0.5, 0.25]), ([0.0625, 1, 2.25], [1, 0.0625]),
        ([2, 2, 2], [-1, 1]), ([-3, -1, -2], [2, 2]), ([300, -200, -250, 150], [300, -150]),
    ],
    right=[turned_and_slid, numpys_own, from_the_end, window_turned, spread],
    wrong=[
        Wrong(not_flipped, NOT_FLIPPED), Wrong(swapped_in_a_loop, NOT_FLIPPED),
        Wrong(signal_flipped, REVERSED), Wrong(output_flipped_as_well, REVERSED),
        Wrong(both_flipped, "That is cross-correlation in the other order, as when both x and w are turned round, or "
                            "the outputs alone. Turn only w."),
        Wrong(signs_changed, "You changed the signs: for `[-1, 1]` that looks like turning round, for other filters "
                             "it is not."),
        Wrong(flipped_and_signs_changed, "Turned round it is; but you changed the signs as well."),
        Wrong(wrapped, "Your index is off by one: `w[-0]` is `w[0]`. The first cell should meet the last weight, "
                       "`w[-1]`."),
        Wrong(ends_swapped, "You swapped the first and the last weight only: those between change places, too."),
        Wrong(two_weights_only, TWO), Wrong(indices_of_two, TWO), Wrong(two_by_hand, TWO), Wrong(ends_only, TWO),
        Wrong(overwritten, "Your loop overwrites weights that it needs later: write into a new list, or use "
                           "`w[::-1]`."),
        Wrong(sorted_weights, "You sorted the weights: turning round keeps their order, read from the end."),
        Wrong(sorted_down, "You sorted the weights: turning round keeps their order, read from the end."),
        Wrong(full, ENDS), Wrong(same, ENDS), Wrong(full_to_the_end, ENDS), Wrong(full_from_the_start, ENDS),
        Wrong(full_not_flipped, NOT_FLIPPED, ENDS), Wrong(same_not_flipped, NOT_FLIPPED, ENDS),
        Wrong(in_place, "You turn round the caller's own w: whoever gave it to you now has it backwards. Use "
                        "`w[::-1]`, which leaves it as it is."),
        Wrong(one_short, "The last place is missing: there are N - F + 1 places."),
        Wrong(mean, "You divide by the number of weights: an output is the sum of the products, not their mean."),
        Wrong(first_weight_left_out, FIRST), Wrong(slice_without_first_weight, FIRST),
        Wrong(first_weight_left_out_not_flipped, NOT_FLIPPED, "`k = 0` is left out: `range(F - 1, 0, -1)` ends before "
                                                              "0, and counting k down does not turn w round."),
        Wrong(last_weight_dropped, "`w[:-1]` is w without its last weight: backwards is `w[::-1]`."),
        Wrong(last_weight_only, "Every cell meets the last weight: its index must move on with k, `w[F - 1 - k]`."),
        Wrong(over_the_start, "Your window runs backwards over the start of x, where Python takes cells from the end: "
                              "begin at `i + len(w) - 1`."),
        Wrong(full_cut_at_the_end, "You cut off the wrong outputs: the first ones are those that hang over the start "
                                   "of x."),
        Wrong(never_reset, "Your sum runs on from place to place: set it back to 0 for each of them."),
    ],
)
