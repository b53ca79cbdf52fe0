"""A meter for invariance: the share of outputs that a roll of the input leaves as they are."""

import numpy as np

from ..exercise import Exercise
from ..named import Named
from ..slips import slips
from .e05_slips import ALWAYS_1, MORE


def solution(f, x, s):
    rolled = np.roll(x, s)               # s cells to the right; what leaves there comes in on the left
    return (f(rolled) == f(x)).mean()    # True counts 1, False 0


# --- other right ways -------------------------------------------------------------------------------------------------

def step_by_step(f, x, s):
    a, b = f(x), f(np.roll(x, s))
    return np.mean(a == b)


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


SAME, ROLL = "np.mean(a == b)", "np.roll(x, s)"
ADDED = "You change the numbers of x: `np.roll(x, s)` moves its cells."
MOVED = "You move the outputs along before you compare: that would be equivariance. Leave them in place."
CUT = "You cut off the first s cells: roll x instead, so that no cells are lost."
EARLY = "You return after the first output: `return` belongs after the loop."

EXERCISE = Exercise(
    id="05.5",
    title="A meter for invariance",
    statement="""Write `unchanged(f, x, s)`. Here `f` is any function that makes a row of outputs from a row of numbers;
call it as usual, `f(x)`. Roll `x` by `s` cells to the right with `np.roll` and compare the outputs before and after,
place by place. Return the **share** of outputs that stayed the same: 1 if `f` is invariant to this shift, 0 if every
output changed.""",
    signature="unchanged(f, x, s): function, (N,), whole number -> a number from 0 to 1",
    difficulty=2,
    minutes=4,
    hints=(
        "Two calls of f, one on `x` and one on the rolled `x`. Which two things do you compare?",
        "`f(np.roll(x, s)) == f(x)` is an array of True and False. How many of them are True, and out of how many?",
        "True counts as 1 and False as 0, so the share is the mean of that array: `(a == b).mean()`.",
    ),
    solution=solution,
    errors="""- *`np.roll(f(x), s)`* moves the outputs along, too: that asks for equivariance.
- *Divided by `len(x)`*: there are fewer outputs than inputs, and you want the share of outputs.
- *`np.array_equal`* says yes or no; a share says how many.
- *Cutting*, `x[s:]`: then cells are missing, and the last outputs have no partner.""",
    praise="Same place, same number: that is all invariance means.",
    insight="A global maximum scores 1, but only because nothing leaves: `np.roll` brings it back on the other side.",
    cases=[
        (MAX, [0, 0, 1, 1, 0, 0, 1, 1], 1), (MAX, [0, 0, 1, 1, 0, 0, 1, 1], 4), (WHOLE, [3, 1, 2, 5], 1),
        (STRIDED, [0, 1, 0, 2, 0, 2, 0, 1], 2), (FIRST, [4, 0, 0, 1], 3), (FILTER, [0, 0, 2, 5, 2, 0, 0, 0], 2),
        (MEAN, [1, 3, 3, 1, 2, 2, 0, 4], 1), (SIZES, [7, 3, 9, 1], 1), (MAX, [0, 0, 1, 1], 5),
    ],
    draw=draw,
    edges=[
        (FIRST, [4, 0, 0, 1, 1], 5), (STRIDED, [2, 7, 2, 2, 7], 0), (FIRST, [2, 2, 2], 3),
        (FIRST, [4, 0, 0], 7), (SQUARES, [3], 1), (STRIDED, [5, 6], 1), (SQUARES, [-1, 1, 2, -2], 1),
        (FIRST, [-1, 1, 1], 1), (FIRST, [-2, -1, -1], 1), (FIRST, [0.0001, 0.0002, 0.0002], 1),
        (FIRST, [65536, 131072, -200, -300], 1),
    ],
    returns="share",
    right=[step_by_step, with_a_loop, by_hand_rolled, one_less_what_changed, nearly_the_same, single_precision],
    wrong=MORE + slips(
        [step_by_step, with_a_loop],
        (MOVED, SAME, "np.mean(np.roll(a, s) == b)"), (MOVED, SAME, "np.mean(a == np.roll(b, s))"),
        ("This is the share that changed: return the share that stayed.", "a == b", "a != b"),
        ("You count the outputs that stayed: divide by how many there are.", " / len(before)", ""),
        ("You count the outputs that changed: return the share of those that stayed.", SAME, "np.sum(a != b)"),
        ("This is a percentage: return a share, from 0 to 1.", SAME, "100 * np.mean(a == b)"),
        ("This is one 0 or 1 for each output: return their mean.", SAME, "(a == b).astype(int)"),
        ("You check whether all outputs stay: return the share that does.", SAME, "bool((a == b).all())"),
        ("This is 1 only where all outputs stay, and 0 otherwise: return the share that stays, and divide with "
         "`/`, because `//` rounds down.", "/ len", "// len"),
        ("You round the share to 0 or 1: leave it as it is.", SAME, "round(np.mean(a == b))"),
        (EARLY, "    return same", "        return same"),
        ("You return at the first output that stayed: `return` belongs after the loop.",
         "    return same", "            return same"),
        ("The first output is left out: counting starts at 0.", "zip(before, after, strict=True)",
         "zip(before[1:], after[1:])"),
        ("The last output is left out: `range` already leaves out its end.", "zip(before, after, strict=True)",
         "zip(before[:-1], after[:-1])"),
        ("You subtract the average change from 1: count the outputs that did not change.",
         SAME, "1 - np.mean(np.abs(a - b))"),
        ("Your tolerance is too large: only outputs that stay the same count, so allow 1e-9 at most.",
         SAME, "np.mean(np.abs(a - b) <= 1)"),
        ("An output that grew is taken for unchanged: compare with `==`, or take `np.abs` of the difference.",
         SAME, "np.mean(a - b <= 0)"),
        ("An output that fell is taken for unchanged: compare with `==`, or take `np.abs` of the difference.",
         SAME, "np.mean(b - a <= 0)"),
        ("You cut off the decimals before you compare: outputs can be fractions.",
         SAME, "np.mean(a.astype(int) == b.astype(int))"),
        (ADDED, ROLL, "x + s"), (ADDED, ROLL, "x - s"),
        ("You always measure max-pooling: call the given f.", "f(x), f(", "MAX(x), MAX("),
        ("You check whether any output stays: return the share that does.", SAME, "float((a == b).any())"),
        ("You divide by the number of inputs: you want the share of outputs, `len(f(x))`.", "len(before)", "len(x)"),
        ("You compare the inputs: call f on both, and compare its outputs.", "f(x), f(", "x, ("),
        ("You roll the outputs: roll x, then call f on it.", "f(np.roll(x, s))", "np.roll(f(x), s)"),
        (ALWAYS_1, ROLL, "x"),
        ("You roll to the left: `np.roll(x, s)` with a positive s moves to the right.", ROLL, "np.roll(x, -s)"),
        ("You always roll by one cell: roll by s.", ROLL, "np.roll(x, 1)"),
        (CUT, ROLL, "x[s:]", SAME, "np.mean([p == q for p, q in zip(a, b)])"),
        ("You cut off the last s cells: roll x instead, so that no cells are lost.",
         ROLL, "x[:-s]", SAME, "np.mean([p == q for p, q in zip(a, b)])"),
        ("Zeros come in on the left: with `np.roll`, the cells that leave on the right come in.",
         ROLL, "np.concatenate([np.zeros(s), x])[:len(x)]"),
        ("Copies of the first cell come in on the left: with `np.roll`, the cells that leave on the right come in.",
         ROLL, "np.concatenate([np.full(s, x[0]), x])[:len(x)]"),
        ("You sort the outputs before you compare: the same number at another place is not the same output.",
         SAME, "np.mean(np.sort(a) == np.sort(b))"),
        ("You check whether each output was anywhere before: it must have been at the same place.",
         SAME, "np.mean(np.isin(b, a))"),
        ("You check whether each output is still somewhere: it must be at the same place.",
         SAME, "np.mean(np.isin(a, b))"),
        ("You compare sets, which forget the places: an output must stay where it is.",
         SAME, "len({*a} & {*b}) / len({*a})"),
        ("This is how far the outputs moved on average: count those that did not change.",
         SAME, "np.mean(np.abs(a - b))"),
        ("This is the largest change: count the outputs that did not change.", SAME, "np.max(np.abs(a - b))"),
        ("You compare the first output only: compare all of them.", SAME, "float(a[0] == b[0])"),
        ("You compare the last output only: does a loop overwrite its result?", SAME, "float(a[-1] == b[-1])"),
        ("You compare the means: compare place by place.", SAME, "float(np.mean(a) == np.mean(b))"),
        ("You compare the largest outputs: compare place by place.", SAME, "float(np.max(a) == np.max(b))"),
    ),
)
