"""Slide a filter along a signal."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from ..slips import slips


def solution(x, w):
    y = []
    for i in range(len(x) - len(w) + 1):      # every place of the window
        total = 0
        for k in range(len(w)):               # every cell inside it
            total += x[i + k] * w[k]
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def with_slices(x, w):
    return np.array([(x[i:i + len(w)] * w).sum() for i in range(len(x) - len(w) + 1)])


def all_at_once(x, w):
    return np.lib.stride_tricks.sliding_window_view(x, len(w)) @ w


def by_weight(x, w):
    places = len(x) - len(w) + 1
    return sum(w[k] * x[k:k + places] for k in range(len(w)))


def recursive(x, w):
    if len(x) < len(w):
        return []
    return [np.dot(x[:len(w)], w), *recursive(x[1:], w)]


def flipped_twice(x, w):
    return np.convolve(x, w[::-1], "valid")


def single_precision(x, w):
    return np.correlate(x.astype(np.float32), w.astype(np.float32)).astype(np.float32)


def filled(x, w):
    y = np.zeros(len(x) - len(w) + 1)
    for i in range(len(y)):
        for k in range(len(w)):
            y[i] += x[i + k] * w[k]
    return y


def zipped(x, w):
    return [sum(a * b for a, b in zip(x[i:], w, strict=False)) for i in range(len(x) - len(w) + 1)]


def draw(rng):
    F = rng.integers(1, 5)
    return rng.integers(-9, 10, F + rng.integers(2, 9)), rng.integers(-9, 10, F)


# --- typical mistakes -------------------------------------------------------------------------------------------------

SHORT = "The last place is missing: there are N - F + 1 places, and `range` already leaves out its end."
PADDED = "Your x has zeros around it: the filter should stay on x all the time."
FIRST_CELL = "Only the first cell of each window counts: do you return or overwrite the sum inside the inner loop?"
IN_PLACE = "You write the outputs into x itself, so the caller loses x: make a new list."
OFTEN = "You append after every product: `append` belongs after the inner loop."
SIZES = "Your loops keep the sizes of the example: any x has `len(x) - len(w) + 1` places, any w `len(w)` weights."
ZEROS = "There are zeros at the end where no window fits: y has N - F + 1 cells."
TYPE = "Your outputs have the type of x: if x holds whole numbers, decimals are cut off. Use a list, or `np.zeros(n)`."
N, CELL = "len(x) - len(w) + 1", "x[i + k]"
AT_FIRST = ("y = []", "y, total = [], 0", "        total = 0\n", "")
APPENDED = ("        y.append", "            y.append")

EXERCISE = Exercise(
    id="01.2",
    title="Slide it",
    statement="""Write `slide(x, w)`: lay the filter `w` on the first cells of `x`, multiply cell by cell and add up;
then move on by one cell, as long as the whole filter stays on `x`.

$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[k]$$

Do not use `cnn.correlate1d` or `np.correlate`.""",
    signature="slide(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=2,
    minutes=6,
    hints=(
        "How many places are there for the window? Count them for five cells and a filter of two.",
        "Two loops: the outer one over the places $i$, the inner one over the cells $k$ inside the window. Start each "
        "place with a sum of 0.",
        "`for i in range(len(x) - len(w) + 1):` and inside `for k in range(len(w)):` add up `x[i + k] * w[k]`; after "
        "the inner loop append the sum to a list.",
    ),
    solution=solution,
    errors="""- `range(len(x) - len(w))` stops one place too early: counting from 0 to $N - F$ gives $N - F + 1$ places.
- *IndexError*: the window moved past the end of $x$; or the example's 4 and 2 were left in the loops.
- The sum must start at 0 for *every* place; if it is set before the outer loop, it keeps growing.
- `w[F - 1 - k]` or `np.convolve` flip the filter; networks do not.""",
    praise="Every window meets every weight.",
    insight="This is all a filter ever does: a dot product at every place.",
    cases=[([0, 1, 0, 1, 1], [-1, 1]), ([2, 0, 1, 3], [1, 2, -1]), ([5, 7], [3]), ([1, 2, 3], [4, 5, 6]),
           ([1, 2, 3, 4], [0.5, 0.25]), ([0.5, 1, 2.25], [1, 3])],
    draw=draw,
    edges=[([4], [3]), ([0.0625, 1, 2.25], [1, 0.0625]), ([2, 2, 2], [-1, 1]), ([-3, -1, -2], [2, 2]),
           ([300, -200, -250, 150], [300, -150]), ([0.00012, 0.00003, 0.00017], [0.0003, 0.0011])],
    player=lambda x, w: cnn.viz.slide(x, w),
    right=[with_slices, filled, zipped, all_at_once, by_weight, recursive, flipped_twice, single_precision],
    wrong=[*slips(
        [solution],   # loops that make a list
        ("Your filter is flipped: the first cell of the window should meet `w[0]`, the second `w[1]`. What you have "
         "is true convolution, as `np.convolve` does it.", lambda y, x, w: solution(x, w[::-1])),
        (SHORT, N, "len(x) - len(w)"),
        ("The last two places are missing: there are N - F + 1, not N - (F + 1).", N, "len(x) - (len(w) + 1)"),
        ("The first place is missing: counting starts at 0.", N, f"1, {N}"),
        ("You wrap round the end: the last windows read cells from the start of x again. Stop earlier.", N, "len(x)",
         CELL, "x[(i + k) % len(x)]"),
        (PADDED, lambda y, x, w: np.correlate(x, w, "full")), (PADDED, lambda y, x, w: np.correlate(x, w, "same")),
        (PADDED, lambda y, x, w: solution(np.pad(x, len(w) // 2), w)),
        (("Your filter is flipped, as `np.convolve` does it.",
          "Your x has zeros around it, the \"full\" mode of `np.convolve`: the filter should stay on x."),
         lambda y, x, w: np.convolve(x, w, "full")),
        ("You divide by the number of weights: an output is the sum of the products, not their mean.",
         lambda y, x, w: y / len(w)),
        ("You add up the window without the weights.", " * w[k]", ""),
        ("You add the weights to the cells: multiply each cell by its weight, then add up.", "* w[k]", "+ w[k]"),
        (FIRST_CELL, "* w[k]", "* w[k]; break"),
        ("Only the last product of each window is left: do you reset the sum inside the inner loop, or is there "
         "`=` where `+=` belongs?", "+=", "="),
        ("Your sum carries over from place to place: reset it to 0 for each.", *AT_FIRST),
        (OFTEN, *APPENDED), ((OFTEN, "The sum is never reset to 0."), *APPENDED, *AT_FIRST),
        ("You return after the first place: `return` belongs after both loops.", "    return", "        return"),
        ("Only the last place is left: `append` belongs in the outer loop.", "        y.append", "    y.append"),
        ("Only the sum of the last place comes back: collect those of all places in a list.", lambda y, x, w: y[-1]),
        ("Only the sum of the first place comes back: is `return` inside the loop?", lambda y, x, w: y[0]),
        ("You add up all places: each has a sum of its own, so collect them in a list.", lambda y, x, w: y.sum()),
        (IN_PLACE, "y.append(total)", "x[i] = total", "np.array(y)", f"x[:{N}]"),
        (IN_PLACE, "y.append(total)", "x[i] = total", "np.array(y)", "x"),
        ("Your window jumps by its own width: it should move by one cell.", N, f"0, {N}, len(w)"),
        ("Your window moves on by two cells: it should move by one.", N, f"0, {N}, 2"),
        ("All weights of a window meet the same cell: it is `x[i + k]` that moves on with k.", CELL, "x[i]"),
        ("Your window stays at the start: it is `x[i + k]` that moves on with i.", CELL, "x[k]"),
        ("Your window runs backwards from its place: it covers `x[i]` and those that come after it.", CELL, "x[i - k]"),
        ("`w[-k]` counts from the end, but `w[-0]` is `w[0]`: cell k of a window meets `w[k]`.", "w[k]", "w[-k]"),
        ("Your weights are one place off, the last one in front: cell k of a window meets `w[k]`.",
         "w[k]", "w[k - 1]"),
        ("Your weight is chosen by the place: inside the window it is `w[k]`.", "w[k]", "w[i]"),
        ("The last weight never takes part: `range` and slices already leave out their end.", "range(len(w))",
         "range(len(w) - 1)"),
        ("The first weight never takes part: counting starts at 0.", "range(len(w))", "range(1, len(w))"),
        ("You have a sum for each weight: the outer loop goes over the places $i$, the inner one over the weights.",
         lambda y, x, w: [x[k:k + len(y)].sum() * w[k] for k in range(len(w))]),
        ("There is an extra 0 in front: start with an empty list.", "y = []", "y = [0]"),
        (SIZES, N, "4"), (SIZES, "range(len(w))", "range(2)"), (SIZES, N, "4", "range(len(w))", "range(2)"),
        (SIZES, N, "len(x) - 1", "range(len(w))", "range(2)"),
        ("You cut off the decimals: outputs can be fractions, so drop `int`.",
         "append(total)", "append(int(total))"),
    ), *slips(
        [filled],   # loops that add up in an array
        ("The last place stays 0: `range` already leaves out its end.", "len(y)", "len(y) - 1"),
        ("The first place stays 0: counting starts at 0.", "len(y)", "1, len(y)"),
        ("You return after the first product: `return` belongs after both loops.", "* w[k]", "* w[k]; return y"),
        ("You return after the first place: `return` belongs after both loops.", "    return", "        return"),
        (ZEROS, N, "len(x)", "len(y)", N), ((ZEROS, TYPE), f"zeros({N})", "zeros_like(x)", "len(y)", N),
        (TYPE, f"zeros({N})", f"zeros({N}, x.dtype)"), (TYPE, lambda y, x, w: y.astype(x.dtype)),
        ("You cut off the decimals: `np.zeros(n)`, without a type, holds fractions as well.",
         f"zeros({N})", f"zeros({N}, int)"),
    ), *slips(
        [with_slices, zipped],
        ("There is one place too many: at the last one the filter hangs over the end of x.", N,
         "len(x) - len(w) + 2"),
        ("You go on to the last cell of x: stop where the filter would hang over the end.", N, "len(x)"),
        ("You add first and then multiply: each cell meets its own weight, and adding comes last.",
         "* w).sum()", ").sum() * w.sum()"),
        ("`.sum()` adds up w alone: write `(x[i:i + F] * w).sum()`.", "* w).sum()", "* w.sum())"),
        ("You multiply the products together: add them up.", ".sum()", ".prod()"),
        ("You keep the largest product of each window: add them all up.", ".sum()", ".max()"),
        ("These are the products of each window: add them up, to one number for each place.", ".sum()", ""),
        ("These are the windows themselves: multiply each by w, then add up.", "(x[i:i + len(w)] * w).sum()",
         "x[i:i + len(w)]"),
        ("You drop the signs: a negative product is subtracted.", "(x[i:i + len(w)] * w)", "abs(x[i:i + len(w)] * w)"),
    )],
)
