"""Convolution as mathematics has it."""

import numpy as np

from ..exercise import Exercise
from ..slips import slips


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


def draw(rng):
    F = rng.integers(1, 6)
    return rng.integers(-9, 10, F + rng.integers(2, 8)), rng.integers(-9, 10, F)


# --- typical mistakes -------------------------------------------------------------------------------------------------

NOT_FLIPPED = "Your filter is not flipped, or flipped twice, which is the same: you have cross-correlation."
TWO = "This flips only filters of two weights: for F weights the index is `F - 1 - k`."
FIRST = "`w[0]` never takes part: flipped, it comes last, and `range` and slices leave out their end."
DROPPED = "`w[:-1]` is w without its last weight: backwards is `w[::-1]`."
SORTED = "You sorted the weights: a flip keeps their order, read from the end."
ENDS = "The zeros around x make more outputs: stay on x, as `mode=\"valid\"` does."
WHOLE = "You cut off the decimals: outputs can be fractions, so drop `int`."
TYPE = "Your outputs have the type of x: if x holds whole numbers, decimals are cut off. Use a list, or `np.zeros(n)`."
OVERWRITTEN = "Your loop overwrites weights that it needs later: write into a new list, or use `w[::-1]`."
TURN, CELL, INDEX, K, N = "w[::-1]", "x[i + k] * w[F - 1 - k]", "F - 1 - k", "k in range(F)", "len(x) - F + 1"
OVERWRITE = "for k in range(len(w)):\n        w[k] = w[len(w) - 1 - k]"

EXERCISE = Exercise(
    id="01.5",
    title="The flip",
    statement="""Write `convolve(x, w)`: *true* convolution, with the filter flipped, at every place where all of it
lies on `x`. It should give the numbers of `np.convolve(x, w, mode="valid")`, without calling it.

$$y[i] = \\sum_{k=0}^{F-1} x[i + k] \\cdot w[F - 1 - k]$$

Change as little of your `slide` as you can; or use `cnn.correlate1d`, which does not flip.""",
    signature="convolve(x, w): (N,), (F,) -> (N - F + 1,)",
    difficulty=2,
    minutes=3,
    hints=(
        "Write down for $F = 3$ which weight meets the first cell of the window, which the second, which the third.",
        "Either the index of the weight runs backwards while $k$ runs forwards, or you flip the whole filter first "
        "and slide it as before.",
        "The last weight is `w[len(w) - 1]`, and it meets the first cell: `w[len(w) - 1 - k]`. A whole array backwards "
        "is `w[::-1]`.",
    ),
    solution=solution,
    errors="""- `w[F - k]` begins one past the last weight: for $k = 0$ there is no such weight. `w[-k]` begins with \
`w[0]`.
- Flipping $x$ or $y$ as well undoes the flip.
- *The signs changed*: for $[-1, 1]$ the flip looks like a minus sign. For other filters it does not.
- `w.reverse()` and `w[:] = w[::-1]` flip the caller's filter; `w[::-1]` alone makes a new view and leaves it as it is.
- In one line: `return cnn.correlate1d(x, w[::-1])`.""",
    praise="Flipped, then slid.",
    insight="A network never needs the flip: it would simply learn the weights the other way round.",
    cases=[([0, 1, 0, 1, 1], [-1, 1]), ([0, 0, 1, 0, 0], [1, 2, 3]), ([2, 0, 1, 3], [1, 2, -1]), ([5, 7], [3]),
           ([1, 2, 0, 4, 3, 1], [4, 1, 2, 3]), ([3, 1, 4, 1, 5, 9, 2], [2, 7, 1, 8, 0]),
           ([1, 2, 3, 4], [0.5, 0.25]), ([0.0625, 1, 2.25], [1, 0.0625])],
    draw=draw,
    edges=[
        ([1, 2, 3], [4, 5, 6]), ([4], [3]), ([2, 2, 2], [-1, 1]), ([-3, -1, -2], [2, 2]),
        ([300, -200, -250, 150], [300, -150]), ([0.00012, 0.00003, 0.00017], [0.0003, 0.0011]),
        ([0.5, 1.25, 2], [2, 1]),
    ],
    right=[turned_and_slid, numpys_own, from_the_end, window_turned, spread],
    wrong=[*slips(
        [solution],
        ("The numbers are right, but in reverse order: flip only w, not x or the outputs.",
         lambda y, x, w: y[::-1]),
        ("Your index is off by one: `w[-0]` is `w[0]`. The first cell should meet the last weight, `w[-1]`.",
         INDEX, "-k"),
        ("A negative index counts from the end again: write `F - 1 - k`, or `-1 - k`.", INDEX, f"-({INDEX})"),
        (TWO, INDEX, "1 - k"), (FIRST, K, "k in range(F - 1)"),
        (FIRST, "F =", "w = w[:0:-1]; F =", INDEX, "k"), (DROPPED, "F =", "w = w[:-1]; F =", INDEX, "k"),
        ("You take every second weight: backwards, one by one, is `w[::-1]`.", "F =", "w = w[::-2]; F =", INDEX, "k"),
        ("These are the products of each window: add them up, to one number for each place.",
         "total = 0", "total = []", CELL, f"[{CELL}]"),
        ((NOT_FLIPPED, "`k = 0` is left out: `range(F - 1, 0, -1)` ends before 0, and counting k down does not flip "
                       "w."), INDEX, "k", K, "k in range(F - 1, 0, -1)"),
        ("Every cell meets the last weight: its index must move on with k, `w[F - 1 - k]`.", INDEX, "F - 1"),
        ("Your window runs backwards over the start of x, where Python takes cells from the end: begin at "
         "`i + len(w) - 1`.", CELL, "x[i - k] * w[k]"),
        ("You flip w at every place, so at every second place it is as before: flip it once, before the loop.",
         "total = 0", "w, total = w[::-1], 0", INDEX, "k"),
        ("Your window runs backwards over the start of x: flip w instead, and keep the cell `x[i + k]`.",
         "x[i + k]", "x[i - k]"),
        ("Your index is off by one: the first cell should meet the last weight, `w[F - 1]`.", INDEX, "F - 2 - k"),
        ("All outputs but the first stay 0: `return` belongs after both loops.",
         lambda y, x, w: [*y[:1], *(0 * y[1:])]),
        (WHOLE, f"total += {CELL}", f"total = int(total + {CELL})"), (WHOLE, lambda y, x, w: y.astype(int)),
        (TYPE, f"total += {CELL}", f"total = x.dtype.type(total + {CELL})"), (TYPE, lambda y, x, w: y.astype(x.dtype)),
        ("All weights of a window meet the same cell: it is `x[i + k]` that moves on with k.", "x[i + k]", "x[i]"),
        ("Your window stays at the start: it is `x[i + k]` that moves on with i.", "x[i + k]", "x[k]"),
        ("You add the weights to the cells: multiply each cell by its weight, then add up.", "] * w", "] + w"),
        ("You append after every product: `append` belongs after the inner loop.",
         "        y.append", "            y.append"),
        ("Only the last place is left: `append` belongs in the outer loop.", "        y.append", "    y.append"),
        ("The last two places are missing: there are N - F + 1, not N - (F + 1).", N, "len(x) - (F + 1)"),
        ("The last place is missing: there are N - F + 1 places.", N, "len(x) - F"),
        ("The first place is missing: counting starts at 0.", N, f"1, {N}"),
        ("You return after the first place: `return` belongs after both loops.", "    return", "        return"),
        ("Only the last product of each window is left: add up, with `+=`.", "+=", "="),
        ("You divide by the number of weights: an output is the sum of the products, not their mean.",
         lambda y, x, w: y / len(w)),
        ("Your sum carries over from place to place: reset it to 0 for each.", lambda y, x, w: np.cumsum(y)),
    ), *slips(
        [turned_and_slid],
        (NOT_FLIPPED, TURN, "w"), ((NOT_FLIPPED, ENDS), TURN, "w", "valid", "full"),
        ((NOT_FLIPPED, ENDS), TURN, "w", "valid", "same"),
        ("That is cross-correlation in reverse order, as if both x and w were flipped, or only the outputs. Flip only "
         "w.", "(x", "(x[::-1]"),
        ("You changed the signs: for `[-1, 1]` that looks like a flip; for other filters it does not.",
         TURN, "-w"),
        ("The flip is right, but you changed the signs as well.", TURN, "-w[::-1]"),
        ("Your weights are shifted by one place, the last one in front: a flip reverses them all.",
         TURN, "np.roll(w, 1)"),
        (TWO, TURN, "w[::-1] if len(w) == 2 else w"), (TWO, TURN, "[w[1], w[0]]"), (TWO, TURN, "[w[-1], w[0]]"),
        (SORTED, TURN, "np.sort(w)"), (SORTED, TURN, "np.sort(w)[::-1]"),
        (FIRST, TURN, "w[:0:-1]"), (DROPPED, TURN, "w[:-1]"),
        ("`w[-1:]` is the last weight alone: backwards is `w[::-1]`.", TURN, "w[-1:]"),
        ("You swapped the first and the last weight only: those between them move, too.",
         TURN, "w", "return", "w = w.copy(); w[[0, -1]] = w[[-1, 0]]; return"),
        (OVERWRITTEN, TURN, "w", "return", f"w = w.copy()\n    {OVERWRITE}\n    return"),
        (OVERWRITTEN, TURN, "w", "return", f"{OVERWRITE}\n    return"),
        ("You flip the caller's own w, which stays backwards: use `w[::-1]`, which leaves it alone.",
         TURN, "w", "return", "w[:] = w[::-1].copy(); return"),
    ), *slips(
        [numpys_own],
        (ENDS, "valid", "full"), (ENDS, "valid", "same"), (ENDS, '"valid")', '"full")[len(w) - 1:]'),
        (ENDS, '"valid")', '"full")[:len(x)]'), (ENDS, '"valid")', '"full")[len(w) // 2:][:-(len(w) // 2) or None]'),
        ("You cut off the wrong outputs: it is the first ones that hang over the start of x.",
         '"valid")', '"full")[:len(x) - len(w) + 1]'),
        ("You cut one place too early: the first F - 1 outputs hang over the start of x.",
         '"valid")', '"full")[len(w) - 2:len(x) - 1]'),
        ("Your x wraps round: the first outputs mix its end with its start. Stay on x.",
         'np.convolve(x, w, "valid")', "sum(w[k] * np.roll(x, k) for k in range(len(w)))"),
    )],
)
