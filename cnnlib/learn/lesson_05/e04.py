"""Average pooling at the border: divide by all cells of the window, or by the real ones."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise
from ..slips import slips
from .e04_slips import MORE


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


def draw(rng):
    F = int(rng.integers(2, 6))
    S, P = int(rng.integers(1, 4)), int(rng.integers(0, F // 2 + 1))
    x = rng.integers(-9, 10, F + rng.integers(2, 7))
    x[rng.integers(0, 2)] = 0                                     # a real cell that is 0
    return x, F, S, P, bool(rng.integers(2))


REAL, PAD, NEW = "real[start:start + F].sum()", "np.pad(x, P),", "        total = cells = 0\n"
NOT_ZERO = "You count the cells that are not 0: a real cell may be 0, but counts."
TWO_P = "You subtract 2P cells in every window: only windows at the border hold padding."
COPIES = "If `count_include_pad` is True you pad with copies of the ends: padding counts as 0."
FROM_X0 = "Your first window begins at `x[0]`: with padding it begins P cells before."
BELOW_0 = "A slice that begins below 0 counts from the end of x, and is empty here: begin at `max(start, 0)`."
OVER = "You go on to the end of the padding: the last window must fit as a whole."
LARGEST = "You take the largest number of each window: take the mean."
RUNS_ON = "Your sum carries over from place to place: start each window from 0."
EARLY = "You return after the first place: `return` belongs after the loop."

EXERCISE = Exercise(
    id="05.4",
    title="What counts in a mean?",
    statement="""Write `avg_pool1d(x, kernel_size, stride, padding, count_include_pad)`: average pooling of a row of
numbers, with $P$ cells of padding on each side. In short: $F$, $S$, $P$, and True or False.

- `count_include_pad` is `True`: padding counts as 0, and every sum is divided by $F$.
- `count_include_pad` is `False`: padding is left out; the sum is divided by the number of *real* cells in the window.

$P$ is at most half of $F$, so every window holds a real cell. Do not use `cnn.avg_pool1d`.""",
    signature="avg_pool1d(x, kernel_size, stride, padding, count_include_pad): (N,), numbers, True or False -> (N',)",
    difficulty=3,
    minutes=5,
    hints=(
        "The sum is the same in both cases, because zeros add nothing. Only the divisor differs.",
        "Window $i$ begins at cell $i \\cdot S - P$ of x. A slice that begins below 0 counts from the end of x: "
        "begin at `max(start, 0)` instead. At the other end, a slice stops by itself.",
        "`for start in range(-P, N + P - F + 1, S):`, `real = x[max(start, 0):start + F]`, and `sum(real)` divided by "
        "`F` or by `len(real)`.",
    ),
    solution=solution,
    errors="""- *Counting what is not 0* is not counting what is real: x itself may hold zeros.
- *`x[-1:2]`* begins at the last cell of x, so it is empty: slices that begin below 0 count from the end.
- *`.mean()` of the longer list* always divides by F.
- *−∞* is for the maximum. In a sum it swallows everything.""",
    praise="One sum, and two ways to divide it.",
    insight="Away from the border the two agree. At the border the first darkens a picture, because it averages in "
            "black; this library and PyTorch do that by default.",
    cases=[
        ([6, 6, 6, 6], 3, 1, 1, True), ([6, 6, 6, 6], 3, 1, 1, False), ([4, 0, 2, 8], 2, 2, 1, False),
        ([0, 3, 6, 0, 9, 0], 4, 2, 2, False), ([1, 2, 3, 4, 5], 2, 1, 0, True), ([0, 3, 6, 0, 9, 0], 4, 2, 2, True),
        ([-5, 1, 7], 3, 3, 1, False),
    ],
    draw=draw,
    edges=[
        ([0], 2, 1, 1, True), ([2, 3], 1, 2, 0, False), ([-4], 4, 2, 2, True),
        ([-3, -4, -5, -3, -6, -7], 6, 2, 3, False), ([0.0625, -0.5, 1], 2, 1, 1, True),
        ([-200, 300, 40000], 2, 1, 1, False), ([3, 6], 4, 1, 1, False),
    ],
    right=[zeros_and_ones, two_convolutions, with_nan, cell_by_cell, from_the_library],
    wrong=MORE + slips(
        [solution, zeros_and_ones, with_nan, cell_by_cell],
        ("You always divide by F: if `count_include_pad` is False, divide by the number of real cells.", REAL, "F"),
        ("You always divide by the number of real cells: if `count_include_pad` is True, padding counts, too.",
         "F if count_padding else ", ""),
        ("True and False are swapped: `count_include_pad=True` divides by F.",
         "if count_padding", "if not count_padding"),
        (NOT_ZERO, REAL, "(longer[start:start + F] != 0).sum()"),
        (NOT_ZERO, REAL, "max((longer[start:start + F] != 0).sum(), 1)"),
        ("If `count_include_pad` is False you drop the padding, and with it places at the border: only the divisor "
         "should change.", "stride, padding", "stride, padding if count_include_pad else 0"),
        ("You do not divide: these are the sums.", "sum() / cells)", "sum())"),
        ("You divide by the stride: a mean is over all cells of the window.", " / cells)", " / S)"),
        ("You divide by the stride: a mean is over all cells of the window.", "(F if", "(S if"),
        ("You divide by the length of x: a mean is over the cells of the window.",
         "F if count_padding else " + REAL, "len(longer) if count_padding else len(x)"),
        ("You subtract P cells in every window: only windows at the border hold padding, and not always P cells.",
         REAL, "F - P"),
        ("You divide by F + 2P: the window does not grow, it holds F cells.", "= F if", "= F + 2 * P if"),
        (TWO_P, REAL, "F - 2 * P"), (TWO_P, REAL, "(F - 2 * P or 1)"),
        ("You leave out the padding on the left, but count the padding on the right.",
         REAL, "F - real[start:start + F].argmax()"),
        ("You leave out the padding on the right, but count the padding on the left.",
         REAL, "F - real[start:start + F][::-1].argmax()"),
        ("You leave P cells out of the first and the last window: others may hold padding, too, and the last may "
         "hold less than P.", REAL, "(F - P if start in (0, (len(longer) - F) // S * S) else F)"),
        ("Brackets are missing around the divisor, `/ (F if … else …)`: what comes after `else` is not a mean.",
         "/ (F if count_include_pad else len(real))", "/ F if count_include_pad else len(real)"),
        ("You pad with copies of the ends: padding counts as 0.", PAD, "np.pad(x, P, 'edge'),"),
        (COPIES, PAD, "np.pad(x, P, 'edge' if count_padding else 'constant'),"),
        ("You pad with a mirror image of x: padding counts as 0.", PAD, "np.pad(x, P, 'reflect'),"),
        ("You pad with cells from the other end of x: padding counts as 0.", PAD, "np.pad(x, P, 'wrap'),"),
        ("You pad with ones: padding counts as 0.", PAD, "np.pad(x, P, constant_values=1),"),
        ("You pad with −∞: that is for a maximum; in a sum it swallows everything.",
         "0 if count_padding else np.nan", "-np.inf"),
        ("You pad with NaN, and a single one spoils the sum: use `np.nanmean`, or no NaN.",
         "nanmean", "mean"),
        ("The window never reaches the padding on the right: each side needs P cells.", ", P)", ", (P, 0))"),
        ("There is padding on the right only: each side needs P cells.", "range(-P", "range(0"),
        (FROM_X0, "range(-P, N + P", "range(0, N + 2 * P"),
        (FROM_X0, "range(-P, N + P", "range(0, N + 2 * P", "else len(real)", "else max(len(real), 1)"),
        ("There is twice too much padding: P counts the cells of one side.",
         "stride, padding", "stride, 2 * padding"),
        ("Nothing is padded: `P` changes nothing so far.", "stride, padding", "stride, 0"),
        ("Your stride changes nothing: the window jumps by S.", ", S)", ")"),
        ("Your window jumps by its own size F: it should jump by S.", ", S)", ", F)"),
        ("Left of x you take cells from its end, because `x[-1]` is the last one: count 0 there.",
         "0 <= c < len", "c < len"),
        (BELOW_0, "max(start, 0)", "start"),
        (BELOW_0, "max(start, 0)", "start", "else len(real)", "else len(real) or 1"),
        (OVER, "- F + 1, S", "- F + S, S"), (OVER, "- F + 1, S", "- F + S, S", "else len(real)", "else len(real) or 1"),
        ("F and S are swapped: F cells are in a window, S is the jump.",
         "kernel_size, stride, padding", "stride, kernel_size, padding", "else len(real)", "else len(real) or 1"),
        (OVER, "P - F + 1, S", "P, S"), (OVER, "P - F + 1, S", "P, S", "else len(real)", "else len(real) or 1"),
        (OVER, "(len(x) + 2 * P - F) // S", "-(-(len(x) + 2 * P - F) // S)"),
        (OVER, "(len(x) + 2 * P - F) // S", "-(-(len(x) + 2 * P - F) // S)", "total / cells", "total / max(cells, 1)"),
        (LARGEST, "sum(real) / (F if count_include_pad else len(real))", "max(real)"),
        (LARGEST, "longer[start:start + F].sum() / cells", "longer[start:start + F].max()"),
        ("You take the middle number of each window: take the mean.", "nanmean", "nanmedian"),
        ("You round down: `//` and `int` do that, `/` does not.", lambda y, *_: np.floor(y)),
        ("You cut off the decimals: a mean can be a fraction.", lambda y, *_: np.trunc(y)),
        ("You round: keep the decimals.", lambda y, *_: np.round(y)),
        ("The last place is missing: there are (N + 2P - F) // S + 1.", "// S + 1", "// S"),
        ("The last place is missing where it just fits: `range` leaves out its end, so it is `- F + 1`.",
         "- F + 1, S", "- F, S"),
        ("The first place is missing: the first window begins P cells before x.", lambda y, *_: y[1:]),
        (RUNS_ON, lambda y, *_: np.cumsum(y)), (RUNS_ON, "y = []", "y, total, cells = [], 0, 0", NEW, ""),
        (RUNS_ON, "y = []", "y, total = [], 0", NEW, "        cells = 0\n"),
        ("Only the last place is left: collect all of them in a list.", lambda y, *_: y[-1]),
        (EARLY, lambda y, *_: y[0]), (EARLY, lambda y, *_: y[:1]),
    ),
)
