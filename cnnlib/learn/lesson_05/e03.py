"""A maximum with padding: max-pooling with a border of minus infinity."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from ..slips import slips
from .e03_slips import MORE


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


def draw(rng):
    F = int(rng.integers(2, 6))
    S, P = int(rng.integers(1, 4)), int(rng.integers(0, F // 2 + 1))
    x = rng.integers(-9, 4, F + rng.integers(2, 7))
    return x if rng.integers(2) else x / 2, F, S, P


BOTH = "border + list(x) + border"
LOW = "Your padding is not always the lowest number: −∞, `-np.inf`, is lower than any other."
WHOLE = "An array filled with a whole number holds only whole numbers: fill it with `-np.inf` to hold all."
LOW_NUMBERS = (-10, -99, -100, -128, -255, -256, -999, -1000, -9999, -10**4, -2**15, -99999, -10**5, -999999, -10**6,
               -9999999, -10**7, -10**8, -999999999, -10**9, -2**31)
NAN = "Your padding is no number, NaN: comparing with it is always False. Pad with −∞, `-np.inf`."
MEAN = "You pad with the mean of x: it wins where the real cells are smaller. Pad with −∞, `-np.inf`."
MEANS = "You take means: take the largest number of each window."
SMALLEST = "You take the smallest number of each window: take the largest."
SIDES = "There is a border on one side only: each side needs P cells."
AROUND_Y = "You put the border around the output: it belongs around x, before you pool."
OVER = "You go on to the end of the padding: the last window must fit as a whole."
EARLY = "You return after the first window: `return` belongs after the loop."

EXERCISE = Exercise(
    id="05.3",
    title="A maximum with padding",
    statement="""Write `max_pool1d(x, kernel_size, stride, padding)`, in short $F$, $S$ and $P$: max-pooling of a row of
numbers, with $P$ cells of padding on each side that are **never** the largest of a window. $P$ is at most half of $F$,
so every window holds a real cell.

Beware: `x` may hold whole numbers, including negative and very low ones. Do not use `cnn.max_pool1d`.""",
    signature="max_pool1d(x, kernel_size, stride, padding): (N,), three whole numbers -> (N',)",
    difficulty=2,
    minutes=4,
    hints=(
        "Which number is lower than every other? Or another way: which cells of the window are real?",
        "A list can hold whole numbers and `-np.inf` side by side; an array of whole numbers cannot hold it. First "
        "make a longer list, as in lesson 01.",
        "`longer = [-np.inf] * P + list(x) + [-np.inf] * P`, then the maximum of `longer[start:start + F]` for every "
        "`start` in `range(0, len(longer) - F + 1, S)`.",
    ),
    solution=solution,
    errors="""- *Zeros* win against every negative number: the border gets an output that is nowhere in x.
- *−999* is a guess about x. The check uses numbers far below it.
- *OverflowError, cannot convert float infinity to integer*: an array of whole numbers has no −∞. Use `x.astype(float)`.
- Not a mistake: `x.min()`, or copies of the end cells. Neither can beat a cell that is already in the window.""",
    praise="The border is there, but never seen.",
    insight="After a ReLU nothing is below 0, so zeros do no harm. That is why this mistake is so rarely noticed.",
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
    wrong=MORE + slips(
        [solution, only_real_cells, padded_by_numpy, filled_in, with_copies_of_the_ends, looked_up],
        ("Your padding is 0: if all real cells of a window are negative, the invented 0 wins. Pad with −∞, "
         "`-np.inf`.", "[-np.inf]", "[0]"),
        *((LOW, "[-np.inf]", f"[{low}]") for low in (1, -1, *LOW_NUMBERS)),
        *(((LOW, WHOLE), "2 * P, -np.inf)", f"2 * P, {low})") for low in (-1, *LOW_NUMBERS)),   # np.full(n, -999)
        ("You pad with the negative of the largest number: it is not below numbers that are all negative.",
         "[-np.inf]", "[-x.max()]"),
        ("Your padding is +∞, larger than every number: it wins in every window it is in. Pad with −∞, `-np.inf`.",
         "[-np.inf]", "[np.inf]"),
        (NAN, "[-np.inf]", "[np.nan]"), (NAN, "P, -np.inf)", "P, np.nan)"),
        ("Whole numbers have no −∞, so an array of them cannot hold it: make a list, or `x.astype(float)`, first.",
         "x.astype(float)", "x"),
        ("`[-np.inf] * P + x` adds −∞ to the numbers of an array: make a list first, `list(x)`.", "list(x)", "x"),
        ("If P is 0, `longer[P:-P]` is empty: write `longer[P:P + len(x)]`.", "P:P + len(x)", "P:-P"),
        (SIDES, BOTH, "border + list(x)"), (SIDES, BOTH, "list(x) + border"),
        ("There is twice too much padding: P counts the cells of one side.",
         "[-np.inf] * P", "[-np.inf] * 2 * P"),
        ("You pad by half of the window, whatever P is.", "[-np.inf] * P", "[-np.inf] * (F // 2)"),
        ("You pad by one cell on each side, whatever P is.", "[-np.inf] * P", "[-np.inf]"),
        ("Nothing is padded: `P` changes nothing so far.", BOTH, "list(x)"),
        ("You pad with cells from the other end of x: they may win. Pad with −∞, `-np.inf`.", "edge", "wrap"),
        ("You pad with a mirror image of x, whose cells win in windows where they do not belong. Pad with −∞, "
         "`-np.inf`.",
         "edge", "reflect"),
        (MEAN, "np.pad(x, P, \"edge", "np.pad(x.astype(float), P, \"mean"), (MEAN, "edge", "mean"),
        ("You pad with the largest number of x: it wins in every window it is in. Pad with −∞, `-np.inf`.",
         "edge", "maximum"),
        (AROUND_Y, BOTH, "list(x)", "np.array(y)", "np.array(border + y + border)"),
        (AROUND_Y, BOTH, "list(x)", "np.array(y)", "np.pad(y, P, constant_values=-np.inf)"),
        ("The last outputs are missing: with padding, N is the length of the longer list.",
         "len(longer) -", "len(x) -"),
        ("You overwrite the ends of x: padding adds cells and keeps those that are there.",
         BOTH, "border + list(x[P:len(x) - P]) + border"),
        ("Your maximum never goes below 0: start with the first cell of the window, or with −∞.",
         "max(longer[start:start + F])", "max(0, *longer[start:start + F])"),
        ("Left of x you take cells from its end, because `x[-1]` is the last one: leave them out.",
         "0 <= c < len", "c < len"),
        ("You read cells past the end of x: leave out those from `len(x)` on.", "0 <= c < len(x)", "0 <= c"),
        ("You leave out `x[0]`: it is a real cell, too, so the first is at `0 <= c`.",
         "0 <= c", "0 < c", "best = None", "best = -np.inf"),
        ("You leave out the last cell of x: it is at `len(x) - 1`, so check `c < len(x)`.",
         "c < len(x)", "c < len(x) - 1", "best = None", "best = -np.inf"),
        ("Your first window begins at `x[0]`: with padding it begins P cells before.",
         BOTH, "list(x) + border + border"),
        (MEANS, "[-np.inf]", "[0]", "max(", "np.mean("), (MEANS, ".max()", ".mean()"),
        (SMALLEST, ".max()", ".min()"), (SMALLEST, "max(", "min("),
        ("Your stride changes nothing: the window jumps by S.", ", S)", ")"),
        ("Your window jumps by its own size F: it should jump by S.", ", S)", ", F)"),
        (("Your padding is 0: pad with `-np.inf`.", "Your stride changes nothing: the window jumps by S."),
         "[-np.inf]", "[0]", ", S)", ")"),
        ("The last place is missing: on the longer list there are (N + 2P - F) // S + 1 places.",
         "// S + 1", "// S"),
        ("You stop one place too early: a range leaves out its end, so it ends with `- F + 1`.",
         "- F + 1, S", "- F, S"),
        (OVER, "len(longer) - F + 1, S", "len(longer), S"), (OVER, "(longer) - F + 1, S", "(longer) - F + S, S"),
        (OVER, "(len(longer) - F) // S", "-(-(len(longer) - F) // S)"),
        (OVER, "(len(longer) - F) // S", "-(-(len(longer) - F) // S)", ".max()", ".max(initial=-np.inf)"),
        ("Your window begins at cell `i`: it begins at `i * S`.", "i * S", "i"),
        ("Your window is one cell too small: a slice `[a:a + F]` already leaves out its end.", "+ F]", "+ F - 1]"),
        ("Your window is one cell too large: a slice `[a:a + F]` already holds F cells.", "+ F]", "+ F + 1]"),
        ("A slice that begins below 0 counts from the end of x, and is empty here: begin at `max(start, 0)`.",
         "max(start, 0)", "start"),
        (EARLY, lambda y, *_: y[:1]), (EARLY, lambda y, *_: y[0]),
        ("You cut off the decimals: an output is an unchanged number of x.", lambda y, *_: y.astype(int)),
        ("Only a single number is left: each window has its own, so collect them in a list.", lambda y, *_: y.max()),
        ("This is the largest number of the whole row, global pooling: each window has its own.",
         lambda y, x, *_: max(x)),
    ),
)
