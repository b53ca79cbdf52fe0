"""A meter for invariance: the share of outputs that a roll of the input leaves as they are."""

import numpy as np

from ..exercise import Exercise, Wrong
from ..named import Named


def solution(f, x, s):
    rolled = np.roll(x, s)               # s cells to the right; what leaves there comes in on the left
    return (f(rolled) == f(x)).mean()    # True counts 1, False 0


# --- other right ways -------------------------------------------------------------------------------------------------

def with_a_loop(f, x, s):
    before, after, same = f(x), f(np.roll(x, s)), 0
    for a, b in zip(before, after, strict=True):
        if a == b:
            same += 1
    return same / len(before)


def by_hand_rolled(f, x, s):
    x, s = list(x), s % len(x)
    rolled = np.array(x[len(x) - s:] + x[:len(x) - s])
    return np.count_nonzero(f(rolled) == f(np.array(x))) / np.size(f(rolled))


def one_less_what_changed(f, x, s):
    return 1 - np.mean(f(np.roll(x, s)) != f(x))


def nearly_the_same(f, x, s):
    return np.isclose(f(np.roll(x, s)), f(x), rtol=0, atol=1e-9).mean()


def single_precision(f, x, s):
    return np.float32(np.sum(np.abs(f(np.roll(x, s)) - f(x)) == 0) / len(f(x)))


# --- typical mistakes -------------------------------------------------------------------------------------------------

def compared(change):
    """A comparison of another kind: change(outputs before, outputs after)."""
    return lambda f, x, s: change(f(x), f(np.roll(x, s)))


def moved_along(f, x, s):
    return (f(np.roll(x, s)) == np.roll(f(x), s)).mean()


def moved_back(f, x, s):
    return (np.roll(f(np.roll(x, s)), s) == f(x)).mean()


def of_the_inputs(f, x, s):
    return (np.roll(x, s) == x).mean()


def outputs_rolled(f, x, s):
    return (np.roll(f(x), s) == f(x)).mean()


def left(f, x, s):
    return solution(f, x, -s)


def by_one(f, x, s):
    return solution(f, x, 1)


def cut(f, x, s):
    after, before = f(x[s:]), f(x)
    n = min(len(after), len(before))
    return (after[:n] == before[:n]).mean()


def zeros_come_in(f, x, s):
    return (f(np.concatenate([np.zeros(s), x])[:len(x)]) == f(x)).mean()


def over_the_inputs(f, x, s):
    return (f(np.roll(x, s)) == f(x)).sum() / len(x)


def ends_stay(f, x, s):
    rolled = np.concatenate([np.full(s, x[0]), x])[:len(x)]
    return (f(rolled) == f(x)).mean()


# --- what is measured -------------------------------------------------------------------------------------------------

def _windows(x, F, S):
    return np.lib.stride_tricks.sliding_window_view(x, F)[::S]


MAX = Named("max-pooling, F=2, S=2", lambda x: _windows(x, 2, 2).max(axis=1))
DENSE = Named("max-pooling, F=3, S=1", lambda x: _windows(x, 3, 1).max(axis=1))
MEAN = Named("average pooling, F=2, S=2", lambda x: _windows(x, 2, 2).mean(axis=1))
STRIDED = Named("every second cell", lambda x: x[::2])
FILTER = Named("the filter [-1, 1]", lambda x: np.correlate(x, [-1, 1], "valid"))
SQUARES = Named("the square of every number", np.square)
WHOLE = Named("global max-pooling", lambda x: x.max(keepdims=True))
SIZES = Named("largest and smallest", lambda x: np.array([x.max(), x.min()]))
FIRST = Named("the largest, then x itself", lambda x: np.array([x.max(), *x]))
LAYERS = (MAX, DENSE, MEAN, STRIDED, FILTER, WHOLE, SIZES, FIRST)


def draw(rng):
    return LAYERS[rng.integers(len(LAYERS))], rng.integers(0, 4, 2 * rng.integers(4, 7)), int(rng.integers(1, 5))


ADDED = "You change the numbers of x: `np.roll(x, s)` moves its cells."
ALL_OR_NOTHING = "You ask whether all outputs stay: say how many of them do, as a share."
MOVED = "You move the outputs along and ask whether they agree then: that would be equivariance. Leave them in place."

EXERCISE = Exercise(
    id="05.5",
    title="A meter for invariance",
    statement="""Write `unchanged(f, x, s)`. Here `f` is a function that makes a row of outputs from a row of numbers,
whatever it does; call it like any other, `f(x)`. Roll `x` by `s` cells to the right with `np.roll` and compare the
outputs before and after, place by place. Return the **share** of outputs that stayed the same: 1 if `f` is invariant to
this shift, 0 if every output changed.""",
    signature="unchanged(f, x, s): function, (N,), whole number -> a number from 0 to 1",
    difficulty=2,
    minutes=4,
    hints=(
        "Two calls of f, one on `x` and one on the rolled `x`. What has to be compared with what?",
        "`f(np.roll(x, s)) == f(x)` is an array of True and False. How many of them are True, and out of how many?",
        "True counts as 1 and False as 0, so the share is the mean of that array: `(a == b).mean()`.",
    ),
    solution=solution,
    errors="""- *`np.roll(f(x), s)`* moves the outputs along, too: that asks for equivariance.
- *Divided by `len(x)`*: there are fewer outputs than inputs, and the share is one of outputs.
- *`np.array_equal`* says yes or no; a share says how much.
- *Cutting*, `x[s:]`: then cells are missing, and the outputs of the end have nothing to be compared with.""",
    praise="Same place, same number: that is all that invariance asks.",
    insight="A global maximum passes with 1, but only because nothing leaves: `np.roll` carries it in again on the "
            "other side.",
    cases=[
        (MAX, [0, 0, 1, 1, 0, 0, 1, 1], 1), (MAX, [0, 0, 1, 1, 0, 0, 1, 1], 4), (WHOLE, [3, 1, 2, 5], 1),
        (STRIDED, [0, 1, 0, 2, 0, 2, 0, 1], 2), (FIRST, [4, 0, 0, 1], 3), (FILTER, [0, 0, 2, 5, 2, 0, 0, 0], 2),
        (MEAN, [1, 3, 3, 1, 2, 2, 0, 4], 1), (SIZES, [7, 3, 9, 1], 1),
    ],
    draw=draw,
    edges=[
        (MAX, [0, 0, 1, 1], 5), (FIRST, [4, 0, 0, 1, 1], 5), (STRIDED, [2, 7, 2, 2, 7], 0), (FIRST, [2, 2, 2], 3),
        (FIRST, [4, 0, 0], 7), (SQUARES, [3], 1), (STRIDED, [5, 6], 1), (SQUARES, [-1, 1, 2, -2], 1),
        (FIRST, [-1, 1, 1], 1), (FIRST, [-2, -1, -1], 1), (FIRST, [0.0001, 0.0002, 0.0002], 1),
        (FIRST, [65536, 131072, -200, -300], 1),
    ],
    returns="share",
    right=[with_a_loop, by_hand_rolled, one_less_what_changed, nearly_the_same, single_precision],
    wrong=[
        Wrong(moved_along, MOVED), Wrong(moved_back, MOVED),
        Wrong(compared(lambda a, b: (a != b).mean()), "This is the share that changed: return that of the outputs that "
                                                      "stayed."),
        Wrong(compared(lambda a, b: (a == b).sum()), "You count the outputs that stayed: divide by how many there "
                                                      "are."),
        Wrong(compared(lambda a, b: (a != b).sum()), "You count the outputs that changed: return the share of those "
                                                     "that stayed."),
        Wrong(compared(lambda a, b: 100 * (a == b).mean()), "This is in per cent: return a share, from 0 to 1."),
        Wrong(compared(lambda a, b: (a == b).astype(int)), "This is one 0 or 1 for each output: return their mean."),
        Wrong(compared(lambda a, b: bool((a == b).all())), ALL_OR_NOTHING),
        Wrong(compared(lambda a, b: float((a == b).all())), "This is 1 only where all outputs stay, and 0 otherwise: "
              "return the share that stays, and divide by `/`, for `//` rounds down."),
        Wrong(compared(lambda a, b: round((a == b).mean())), "You round the share to 0 or 1: leave it as it is."),
        Wrong(compared(lambda a, b: (a[0] == b[0]) / len(a)), "You return after the first output: `return` belongs "
                                                              "behind the loop."),
        Wrong(compared(lambda a, b: 1 - np.abs(a - b).mean()), "You take the average change off 1: count the outputs "
                                                               "that did not change."),
        Wrong(lambda f, x, s: (f(x + s) == f(x)).mean(), ADDED),
        Wrong(lambda f, x, s: (f(x - s) == f(x)).mean(), ADDED),
        Wrong(lambda f, x, s: solution(MAX, x, s), "You always measure max-pooling: call the f that is given."),
        Wrong(compared(lambda a, b: float((a == b).any())), "You ask whether any output stays: say how many do, as a "
                                                            "share."),
        Wrong(over_the_inputs, "You divide by the number of inputs: the share is one of outputs, `len(f(x))`."),
        Wrong(of_the_inputs, "You compare the inputs: f should work on both, and its outputs are compared."),
        Wrong(outputs_rolled, "You roll the outputs: roll x, then call f on it."),
        Wrong(left, "You roll to the left: `np.roll(x, s)` with a positive s moves to the right."),
        Wrong(by_one, "You always roll by one cell: roll by s."),
        Wrong(cut, "You cut off the first s cells: roll x instead, so that as many cells are left."),
        Wrong(zeros_come_in, "Zeros come in on the left: with `np.roll` the cells that leave on the right do."),
        Wrong(ends_stay, "Copies of the first cell come in on the left: with `np.roll` those that leave on the right "
                         "do."),
        Wrong(compared(lambda a, b: (np.sort(a) == np.sort(b)).mean()), "You sort the outputs before you compare: "
              "the same number at another place is not the same output."),
        Wrong(compared(lambda a, b: np.isin(b, a).mean()), "You ask whether each output stood anywhere before: it has "
                                                           "to have stood at the same place."),
        Wrong(compared(lambda a, b: np.isin(a, b).mean()), "You ask whether each output still stands anywhere: it has "
                                                           "to stand at the same place."),
        Wrong(compared(lambda a, b: np.abs(a - b).mean()), "This is how far the outputs moved on average: count those "
                                                           "that did not change."),
        Wrong(compared(lambda a, b: np.abs(a - b).max()), "This is the largest change: count the outputs that did not "
                                                          "change."),
        Wrong(compared(lambda a, b: float(a[0] == b[0])), "You compare the first output only: compare all of them."),
        Wrong(compared(lambda a, b: float(a[-1] == b[-1])), "You compare the last output only: does a loop overwrite "
                                                            "its result?"),
        Wrong(compared(lambda a, b: float(a.mean() == b.mean())), "You compare the means: compare place by place."),
        Wrong(compared(lambda a, b: float(a.max() == b.max())), "You compare the largest outputs: compare place by "
                                                                "place."),
    ],
)
