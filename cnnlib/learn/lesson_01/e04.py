"""Slide a filter with stride, padding and dilation."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong
from ..slips import not_yet, slips, without


def solution(x, w, stride=1, padding=0, dilation=1):
    x = [0] * padding + list(x) + [0] * padding   # the longer list
    span = dilation * (len(w) - 1) + 1
    y = []
    for i in range((len(x) - span) // stride + 1):
        total = 0
        for k in range(len(w)):
            total += x[i * stride + k * dilation] * w[k]
        y.append(total)
    return np.array(y)


# --- other right ways -------------------------------------------------------------------------------------------------

def without_a_longer_list(x, w, stride=1, padding=0, dilation=1):
    N, F = len(x), len(w)
    y = np.zeros((N + 2 * padding - dilation * (F - 1) - 1) // stride + 1)
    for i in range(len(y)):
        for k in range(F):
            c = i * stride - padding + k * dilation
            if 0 <= c < N:
                y[i] += x[c] * w[k]
    return y


def without_defaults(x, w, stride, padding, dilation):
    return solution(x, w, stride, padding, dilation)


def by_starts(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [x[start:start + span:dilation] @ w for start in range(0, len(x) - span + 1, stride)]


def zipped(x, w, stride=1, padding=0, dilation=1):
    x, span = np.pad(x, padding), dilation * (len(w) - 1) + 1
    return [sum(a * b for a, b in zip(x[start:start + span:dilation], w, strict=False))
            for start in range(0, len(x) - span + 1, stride)]


def every_place_then_some(x, w, stride=1, padding=0, dilation=1):
    spread = np.zeros(dilation * (len(w) - 1) + 1)
    spread[::dilation] = w
    return np.correlate(np.pad(x, padding), spread, "valid")[::stride]


def all_at_once(x, w, stride=1, padding=0, dilation=1):
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, padding), dilation * (len(w) - 1) + 1)
    return (windows[::stride, ::dilation] @ w).astype(np.float32)


def draw(rng):
    F, S, P, D = (int(rng.integers(low, high)) for low, high in ((1, 5), (1, 4), (0, 4), (1, 4)))
    N = max(P + 1, D * (F - 1) + 1) + int(rng.integers(0, 7))
    return rng.integers(-9, 10, N), rng.integers(-9, 10, F), S, P, D


# --- typical mistakes -------------------------------------------------------------------------------------------------

LATER = "The dilation changes nothing so far."
EARLY = "Padding and dilation change nothing so far."
FLIPPED = "Your filter is flipped: `w[0]` belongs on the first cell of each window."
LEFT = "The zeros on the right are missing: `padding` of them belong on each side, N + 2P cells in all."
TOO_FAR_RIGHT = "In the longer list your cells are `padding` places off: it begins with `padding` zeros, and window " \
                "i starts at `i * stride`, without `- padding`."
ADDED = "You add the 1 before you divide: the first place is not a jump, so add it afterwards."
SPANS = "With dilation your window runs over the end: it spans `dilation * (len(w) - 1) + 1` cells, not `len(w)`."
SPREAD = "You make only one gap longer: dilation widens every gap, and the window spans `dilation * (len(w) - 1) + 1` "\
         "cells."
LESS_X = "You leave out cells of x: the window jumps, but inside it no cell is left out."
LESS_W = "You leave out weights: dilation leaves out cells of x, and every weight takes part."
SWAPPED = "Stride and dilation are swapped: it is `i * stride + k * dilation`."
PLACE = "You return after the first place: `return` belongs after both loops."
WHOLE = "You cut off the decimals: outputs can be fractions, so drop `int`."
TYPE = "Your outputs have the type of x: if x holds whole numbers, decimals are cut off. Use a list, or `np.zeros(n)`."
FEW = "One place is missing where the jumps come out even: a window ends on the last cell there, and `range` leaves " \
      "out its end."
PAD, SPAN, CELL, INSIDE = "np.pad(x, padding)", "dilation * (len(w) - 1) + 1", "i * stride + k * dilation", "0 <= c < N"
ZEROS, PLACES, ENOUGH = "[0] * padding + list(x) + [0] * padding", "// stride + 1", "- span + 1"

PADDING = slips(   # told apart with and without dilation
    [by_starts],
    (LEFT, PAD, "np.pad(x, (padding, 0))"),
    ("There are zeros on the right only: `padding` of them belong on each side.", PAD, "np.pad(x, (0, padding))"),
    ("There are twice as many zeros as there should be: `padding` counts those of one side.",
     PAD, "np.pad(x, 2 * padding)"),
    ("All the zeros are on the right: half of them, `padding`, belong on each side.",
     PAD, "np.pad(x, (0, 2 * padding))"),
    (TOO_FAR_RIGHT, PAD, "np.pad(x, (2 * padding, 0))"),
    ("You split the zeros between the two sides: `padding` of them belong on each.",
     PAD, "np.pad(x, (padding // 2, padding - padding // 2))"),
    ("You always add one zero on each side: `[0 * padding]` is a list with a single 0, `[0] * padding` has `padding` "
     "of them.", PAD, "np.pad(x, 1)"),
    ("You add one zero on each side, also where `padding` is more.", PAD, "np.pad(x, min(padding, 1))"),
    ("You pad by half of the filter, whatever `padding` is.", PAD, "np.pad(x, len(w) // 2)"),
    ("You pad with copies of the first and last number: put zeros there.", PAD, "np.pad(x, padding, 'edge')"),
    ("You pad with numbers from the other end of x: put zeros there.", PAD, "np.pad(x, padding, 'wrap')"),
    ("You pad with a mirror image of x: put zeros there.", PAD, "np.pad(x, padding, 'reflect')"),
    ("You pad with ones: put zeros there.", PAD, "np.pad(x, padding, constant_values=1)"),
    ("You put the number `padding` at the ends: it says how many zeros belong there.",
     PAD, "np.pad(x, 1, constant_values=padding)"),
    ("You overwrite the ends of x with zeros: padding adds cells and keeps those that are there.",
     f"x, span = {PAD},", "x[:padding] = x[len(x) - padding:] = 0; span ="),
) + slips(
    [solution, without_a_longer_list, zipped],
    (TOO_FAR_RIGHT, CELL, "i * stride - padding + k * dilation"),
    ("`[0] * padding + x` adds zeros to the numbers of an array: make a list of it first, `list(x)`.", "list(x)", "x"),
    ("You put the zeros around the output: they belong around the input, before the filter slides.",
     ZEROS, "list(x)", "np.array(y)", "np.pad(np.array(y), padding)"),
    ("Your longer list already holds the padding: its own length is enough, without `+ 2 * padding`.",
     "len(x) - span", "len(x) + 2 * padding - span"),
    ("The last outputs are missing: with padding, N is the length of the longer list.",
     f"x = {ZEROS}", f"N = len(x); x = {ZEROS}", "len(x) - span", "N - span"),
    ("You read cells outside x: on the left Python takes cells from its end, on the right there are none. Count 0 "
     "there.", INSIDE, "True"),
    ("Left of x you take cells from its end, because `x[-1]` is the last one: count 0 there.", INSIDE, "c < N"),
    ("On the right you read past the last cell, `x[len(x) - 1]`: count 0 there, too.", INSIDE, "0 <= c"),
    ("You never read `x[0]`: cells are counted from 0.", INSIDE, "0 < c < N"),
    ("You never read the last cell, `x[N - 1]`: check `c < N`.", INSIDE, "0 <= c < N - 1"),
    ("Your first window begins `padding` cells too far right: padding moves it to the left.",
     "- padding +", "+ padding +"),
    ("You leave the whole window at its first cell outside x: `break` ends the loop, `continue` goes on.",
     f"if {INSIDE}:\n                y", f"if not {INSIDE}:\n                break\n            y"),
)
STRIDE = slips(   # told apart with and without all the rest
    [solution, without_a_longer_list],
    ("The length knows the stride, the window does not: window i starts at `i * stride`.", "i * stride", "i"),
    ("The window knows the stride, the length does not: divide the room by the stride, rounded down, and add 1.",
     PLACES, "+ 1"),
    (ADDED, f"span) {PLACES}", "span + 1) // stride"), (ADDED, f"1) {PLACES}", "1 + 1) // stride"),
    ("The last place is missing: add 1 to the number of whole jumps.", PLACES, "// stride"),
)
SHORT = slips([by_starts], (FEW, ENOUGH, "- span"))

WRONG = [
    Wrong(without(solution, stride=1, padding=0, dilation=1), "Without stride, padding and dilation it is right. Now "
                                                              "add the stride: `i * stride`."),
    Wrong(without(solution, padding=0, dilation=1), "The stride is right. Padding and dilation change nothing so far: "
                                                    "padding is next."),
    Wrong(without(solution, stride=1, dilation=1), "The padding is right. Stride and dilation change nothing so far."),
    Wrong(without(solution, stride=1, padding=0), "The dilation is right. Stride and padding change nothing so far."),
    Wrong(without(solution, stride=1), "Padding and dilation are right. The stride changes nothing so far."),
    Wrong(without(solution, padding=0), "Stride and dilation are right. The padding changes nothing so far."),
    Wrong(without(solution, dilation=1), "Stride and padding are right. The dilation changes nothing so far."),
    *PADDING, *STRIDE, *SHORT, *not_yet(PADDING + SHORT, LATER, dilation=1),
    *not_yet(STRIDE, EARLY, padding=0, dilation=1),
    *slips(   # loops
        [solution, without_a_longer_list],
        (FLIPPED, lambda y, x, w, *given: solution(x, w[::-1], *given)),
        ((FLIPPED, LEFT), "list(x) + [0] * padding", "list(x)", "w[k]", "w[-1 - k]"),
        ("Your padding is counted in steps of the stride: it is counted in cells, `i * stride - padding`.",
         "i * stride - padding", "(i - padding) * stride"),
        ("Your y has zeros for the places that the stride jumps over: only the places that it visits have a cell.",
         PLACES, "+ 1", "i * stride", "i", INSIDE, f"i % stride == 0 and {INSIDE}"),
        (PLACE, "    return", "        return"),
        ("Your dilation moves the window as well: it belongs to `k` alone, `i * stride + k * dilation`.",
         CELL, "(i * stride + k) * dilation"),
        ("Your stride spreads out the weights: it belongs to `i` alone, `i * stride + k * dilation`.",
         CELL, "(i + k * dilation) * stride"),
        (SWAPPED, CELL, "i * dilation + k * stride"),
        (SWAPPED, "i * stride - padding + k * dilation", "i * dilation - padding + k * stride"),
        (SPANS, SPAN, "len(w)"), (SPANS, "dilation * (F - 1) - 1", "F"), (SPREAD, SPAN, "len(w) + dilation - 1"),
        ("With dilation the last outputs are missing: a window spans `dilation * (len(w) - 1) + 1` cells, not "
         "`dilation * len(w)`.", SPAN, "dilation * len(w)"),
        ("With dilation D the next weight is D cells on: your weights are D + 1 apart.",
         SPAN, "(dilation + 1) * (len(w) - 1) + 1", "k * dilation", "k * (dilation + 1)"),
        ("The length knows the dilation, the cells do not: `w[k]` meets the cell `k * dilation` after the first of its "
         "window.", "k * dilation", "k"),
        (LESS_W, "range(len(w))", "range(0, len(w), dilation)", "k * dilation", "k", SPAN, "len(w)"),
        ("Your window runs backwards from its place: `w[k]` meets the cell `k * dilation` after the first.",
         CELL, "i * stride - k * dilation"),
        ("All weights of a window meet the same cell: it moves on with k.", CELL, "i * stride"),
        ("Your window stays at the start: it moves on with i.", CELL, "k * dilation"),
        ("You add the weights to the cells: multiply each cell by its weight, then add up.", "] * w[k]", "] + w[k]"),
        ("Only the last product of each window is left: add up, with `+=`.", "total +=", "total ="),
        ("Only the last product of each window is left: add up, with `+=`.", "y[i] +=", "y[i] ="),
        ("You append after every product: `append` belongs after the inner loop.",
         "        y.append", "            y.append"),
        ("Your window is one cell too short: it spans `dilation * (len(w) - 1) + 1` cells.",
         SPAN, "dilation * (len(w) - 1)"),
        ("There is one place too many: at the last one the window hangs over the end.",
         f"1) {PLACES}", "1) // stride + 2"),
        ("You divide by the number of weights: an output is the sum of the products, not their mean.",
         lambda y, x, w, *_: y / len(w)),
        ("Your sum carries over from place to place: reset it to 0 for each.", lambda y, *_: np.cumsum(y)),
        (WHOLE, lambda y, *_: y.astype(int)), (TYPE, lambda y, x, *_: y.astype(x.dtype)),
        (WHOLE, f"1) {PLACES})", f"1) {PLACES}, int)"), (TYPE, f"1) {PLACES})", f"1) {PLACES}, x.dtype)"),
    ), *slips(   # slices
        [by_starts, zipped],
        (LESS_X, PAD, "np.pad(x[::stride], padding)", ", stride)", ")"),
        (LESS_X, PAD, "np.pad(x, padding)[::stride]", ", stride)", ")"),
        (SPANS, "start + span", "start + len(w) * dilation", ENOUGH, "- len(w) + 1"),
        (SPANS, "x[start:start + span:dilation] @ w", "(x[start:start + len(w) * dilation:dilation] * w).sum()",
         ENOUGH, "- len(w) + 1"),
        (SPREAD, SPAN, "len(w) + dilation - 1"),
        ("Your first window starts at cell 1: counting starts at 0.", "range(0,", "range(1,"),
        ("These are the products of each window: add them up, to one number for each place.", "@ w", "* w"),
        ("Your slice ends too early: with dilation a window spans `dilation * (len(w) - 1) + 1` cells, and ends there.",
         "start + span", "start + len(w)"),
        ("You leave out cells of x for good: dilation leaves them out inside a window only, and windows start at every "
         "cell.", ":dilation]", "]", SPAN, "len(w)", PAD, "np.pad(x, padding)[::dilation]"),
        (LESS_W, ":dilation]", "]", SPAN, "len(w)", "x, span =", "w = w[::dilation]; x, span ="),
        ("You repeat the weights: with dilation D each weight is there once, D cells after the one before.",
         ":dilation]", "]", SPAN, "len(w)", "x, span =", "w = np.repeat(w, dilation); x, span ="),
        ("Where the jumps do not come out even, you go one place too far: round down, because a window that hangs "
         "over the end reads nothing.", ENOUGH, "- span + stride"),
        ("You go on to the last cell of x: stop where the window would hang over the end.",
         f"len(x) {ENOUGH}", "len(x)"),
        ("This works only if the window spans an odd number of cells. An even one has no middle, so the last place is "
         "missing: count from its first cell.", ENOUGH, "- 2 * (span // 2)"),
    ),
]

EXERCISE = Exercise(
    id="01.4",
    title="Stride, padding, dilation",
    statement="""Give your loops a stride, a padding and a dilation: write `conv1d(x, w, stride, padding, dilation)`.

$$y[i] = \\sum_{k=0}^{F-1} x[i \\cdot S - P + k \\cdot D] \\cdot w[k], \\qquad \\text{and } 0 \\text{ where } x \
\\text{ has no cell}$$

Go step by step: stride first, then padding, then dilation. Run the check after each step; it notices what already
works. You can assume that the window fits at least once.""",
    signature="conv1d(x, w, stride, padding, dilation): (N,), (F,), three whole numbers -> the outputs",
    difficulty=3,
    minutes=8,
    hints=(
        "Start from your `slide`. The formula shows what goes in the square brackets of `x[...]`; the length is that "
        "of exercise 01.3.",
        "For the padding make a longer list first: `[0] * padding + list(x) + [0] * padding`. Then forget that it was "
        "ever shorter: your N is now the length of this list.",
        "A window covers `span = dilation * (len(w) - 1) + 1` cells, there are `(len(x) - span) // stride + 1` "
        "places, and `w[k]` meets `x[i * stride + k * dilation]` of the longer list.",
    ),
    solution=solution,
    errors="""- *Outputs missing with padding*: padded on one side only, or $N$ was taken before padding.
- *IndexError with dilation* (you reached for a cell that is not there): the window's span was taken to be $F$.
- *The right length, wrong numbers with stride*: $i$ was not multiplied by $S$.
- *Could not be broadcast*: with a NumPy array, the `+` in `[0] * padding + x` adds number to number. With `list(x)` it
  joins lists.""",
    praise="Stride, padding and dilation in two loops.",
    insight="A library's `conv1d` does the same for one signal and one filter, only faster.",
    cases=[   # all five arguments each time, so that a function without default values is as good
        ([0, 1, 0, 1, 1], [-1, 1], 1, 0, 1), ([2, 0, 1, 3], [1, 2, -1], 1, 0, 1), ([1, 2, 3, 4], [0.5, 0.25], 1, 0, 1),
        ([0.5, 1, 2.25], [1, 3], 1, 0, 1), ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 2, 0, 1),
        ([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], 3, 0, 1), ([3, 1, 4, 1, 5, 9, 2, 6], [1, -2, 3], 2, 0, 1),
        ([2, 1, 0, 1, 3], [1, 1, 2], 1, 1, 1), ([2, 1, 5], [1, -1], 1, 2, 1), ([4, 7, 2], [1, 2, 3, 4], 1, 2, 1),
        ([2, 1, 0, 1, 3, 2, 1], [1, 2, -1], 1, 0, 2), ([5, 3, 8, 1, 9, 2, 7, 4, 6], [1, -2], 1, 0, 3),
        ([2, 7, 1, 8, 2, 8, 1, 8, 2, 8], [1, 2, 3], 2, 1, 2),
    ],
    draw=draw,
    edges=[
        ([2], [3, 1], 3, 2, 2), ([-3, -1, -2], [2, 2], 3, 3, 3), ([0.0625, 1, 2.25], [1, 0.0625], 2, 1, 1),
        ([300, -200, -250, 150], [300, -150], 1, 0, 2), ([2, 2, 2], [-1, 1], 1, 0, 1),
        ([0.00012, 0.00003, 0.00017], [0.0003, 0.0011], 1, 0, 1),
    ],
    drawn=16,
    player=lambda x, w, stride=1, padding=0, dilation=1: cnn.viz.slide(x, w, None, stride, padding, dilation),
    right=[by_starts, zipped, without_a_longer_list, every_place_then_some, all_at_once, without_defaults],
    wrong=WRONG,
)
