"""Ways in which start, window, sum and divisor of a mean go wrong, one at a time: edits of right ways, for 05.4."""

import numpy as np

from ..slips import slips


def placed(x, F, S, P, count_padding):
    y = np.zeros((len(x) + 2 * P - F) // S + 1)
    for i in range((len(x) + 2 * P - F) // S + 1):
        start = i * S - P
        real = x[max(start, 0):start + F]
        if count_padding:
            y[i] = real.sum() / F
        else:
            y[i] = real.sum() / len(real)
    return y


def cell_by_cell(x, F, S, P, count_padding):
    y = []
    for i in range((len(x) + 2 * P - F) // S + 1):
        start = i * S - P
        total = cells = 0
        for c in range(start, start + F):
            if 0 <= c < len(x):
                total += x[c]
                cells += 1
        y.append(total / F if count_padding else total / cells)
    return y


def padded(x, F, S, P, count_padding):
    longer, real = np.pad(x, P), np.pad(np.ones(len(x)), P)
    y = []
    for start in range(0, len(longer) - F + 1, S):
        cells = F if count_padding else real[start:start + F].sum()
        y.append(longer[start:start + F].sum() / cells)
    return y


START, SIZE, SLICE, NEW = "start = i * S - P", "(len(x) + 2 * P - F) // S + 1", "max(start, 0):start + F", \
    "        total = cells = 0\n"
SAFE = "/ max(len(real), 1)"

UNPADDED = "The size lacks the padding: there are `(N + 2 * P - F) // S + 1` places."
SIGN = "The padding has the wrong sign: the first window begins P cells before x, at `i * S - P`."
NO_P = "Your first window begins at `x[0]`: with padding it begins P cells before."
NO_S = "The window moves by one cell only: it begins at `i * S - P`."
BRACKETS = "You multiply the padding by the stride: the window begins at `i * S - P`."
SIDE = "Your windows lie side by side: they begin S cells apart, at `i * S - P`, not F."
MOVED = "You move windows that begin before x: they keep their end, `start + F`, and only lose the cells before x."
SHORT = "Your window is one cell too small: a slice leaves out its end, so write `start + F`."
LONG = "Your window is one cell too large: a slice leaves out its end, so write `start + F`."
BY_S = "Your window is S cells wide: it ends at `start + F`."
ABOVE_0 = "You count the cells above 0: a real cell may be 0 or negative, but counts."
WHOLE_X = "If `count_include_pad` is False you divide by the length of x: divide by the real cells of the window."
CELLS_ON = "Your count of real cells carries over from place to place: start each window from 0."
TOTAL_ON = "Your sum carries over from place to place: start each window from 0."
LOST = "You cut off the decimals: a mean can be a fraction."
CHANGED = "F and S are swapped: F cells are in a window, S is the jump."
SUMS = "If `count_include_pad` is False you give the sum: divide it by the real cells, counted with `+= 1`."
ONE_MORE = "If `count_include_pad` is False you divide by one too many: count the real cells from 0."
TWICE = "Your window begins 2P cells before x: it begins P cells before, at `i * S - P`."

MORE = slips(
    [placed, cell_by_cell, padded],
    (NO_P, START, "start = i * S"), (NO_P, START, "start = i * S", "/ len(real)", SAFE),
    (SIGN, START, "start = i * S + P"), (SIGN, START, "start = i * S + P", "/ len(real)", SAFE),
    (SIGN, START, "start = i * S + P", "total / cells", "total / max(cells, 1)"),
    (NO_S, START, "start = i - P"), (BRACKETS, START, "start = (i - P) * S"),
    (BRACKETS, START, "start = (i - P) * S", "/ len(real)", SAFE),
    (BRACKETS, START, "start = (i - P) * S", "total / cells", "total / max(cells, 1)"),
    (SIDE, START, "start = i * F - P"), (SIDE, START, "start = i * F - P", "/ len(real)", SAFE),
    (SIDE, START, "start = i * F - P", "total / cells", "total / max(cells, 1)"),
    (TWICE, START, "start = i * S - 2 * P"), (TWICE, START, "start = i * S - 2 * P", SLICE, "max(start, 0):max(start + "
                                              "F, 0)", "/ len(real)", SAFE),
    (TWICE, START, "start = i * S - 2 * P", "total / cells", "total / max(cells, 1)"),
    ("Your first window begins one cell before x, whatever P is: it begins P cells before.",
     START, "start = i * S - 1"),
    ("Your first window begins half its size before x: it begins P cells before.", START, "start = i * S - F // 2"),
    ("You add the stride: window i begins at `i * S - P`.", START, "start = i + S - P"),
    ("You add the stride: window i begins at `i * S - P`.", START, "start = i + S - P", "/ len(real)", SAFE),
    (MOVED, START, "start = max(i * S - P, 0)"),
    (SHORT, "start + F", "start + F - 1"), (LONG, "start + F", "start + F + 1"), (BY_S, "start + F", "start + S"),
    (SHORT, SLICE, "max(start, 0):start + F - 1", "/ len(real)", SAFE),
    (BY_S, SLICE, "max(start, 0):max(start + S, 0)", "/ len(real)", SAFE),
    ("All windows end in the same place: they end at `start + F`.", "start + F", "F"),
    ("All windows end in the same place: they end at `start + F`.", SLICE, "max(start, 0):F", "/ len(real)", SAFE),
    ("The window has no end: it ends at `start + F`.", SLICE, "max(start, 0):"),
    ("Every window begins at x[0]: it begins at `max(start, 0)`.", SLICE, "0:start + F"),
    ("The first cell of every window is left out: it begins at `start`.",
     "range(start, start + F)", "range(start + 1, start + F)"),
    ("A slice that begins below 0 counts from the end of x, and is empty here: begin at `max(start, 0)`.",
     SLICE, "start:start + F"),
    ("A slice that begins below 0 counts from the end of x, and is empty here: begin at `max(start, 0)`.",
     SLICE, "start:start + F", "/ len(real)", SAFE),
    ("A slice that begins below 0 counts from the end: `abs(start)` begins elsewhere, `max(start, 0)` at x[0].",
     SLICE, "abs(start):start + F", "/ len(real)", SAFE),
    (WHOLE_X, "/ len(real)", "/ len(x)"), (WHOLE_X, "total / cells", "total / len(x)"),
    (ABOVE_0, "/ len(real)", "/ (real > 0).sum()"), (ABOVE_0, "/ len(real)", "/ max((real > 0).sum(), 1)"),
    (ABOVE_0, "cells += 1", "cells += x[c] > 0"), (ABOVE_0, "cells += 1", "cells += x[c] > 0",
                                                   "total / cells", "total / max(cells, 1)"),
    ("You count the cells that are not 0: a real cell may be 0, but counts.", "/ len(real)", "/ (real != 0).sum()"),
    ("You count the cells that are not 0: a real cell may be 0, but counts.", "cells += 1", "cells += x[c] != 0"),
    ("If `count_include_pad` is True you divide by the length of x: divide by F.", " / F", " / len(x)"),
    ("If `count_include_pad` is True you divide by F + P: the window holds F cells.", " / F", " / (F + P)"),
    ("If `count_include_pad` is True you divide by F - 1: the window holds F cells.", " / F", " / max(F - 1, 1)"),
    ("You divide by the stride: a mean is over all cells of the window.", " / F", " / S"),
    ("If `count_include_pad` is True you do not divide: divide by F.", " / F", ""),
    (SUMS, " / len(real)", ""),
    (ONE_MORE, "len(real)\n", "(len(real) + 1)\n"),
    ("If `count_include_pad` is False you divide by one too few: divide by the real cells.",
     "len(real)\n", "max(len(real) - 1, 1)\n"),
    ("You round down if `count_include_pad` is False: `//` does that, `/` does not.", "/ len(real)", "// len(real)"),
    ("You round down if `count_include_pad` is True: `//` does that, `/` does not.", " / F", " // F"),
    ("You multiply by the number of cells: a mean is the sum divided by it.", " / F", " * F", "/ len", "* len"),
    ("You divide by the number of places: divide by the cells of the window.",
     " / F", " / len(y)", "/ len(real)", "/ len(y)"),
    ("You always divide by the number of real cells: if `count_include_pad` is True, padding counts, too.",
     "if count_padding", "if False"),
    ("The last place stays 0: `range` already leaves out its end.", "return y", "return np.append(y[:-1], 0)"),
    ("The first place stays 0: counting starts at 0.", "return y", "return np.append(0, y[1:])"),
    ("Only the first place is filled: is `return` inside the loop?",
     "return y", "return y * (np.arange(len(y)) == 0)"),
    ("Only the last place is filled: do you create y in every turn of the loop?",
     "return y", "return y * (np.arange(len(y)) == len(y) - 1)"),
    (LOST, "// S + 1)\n    for", "// S + 1, int)\n    for"),
    (CELLS_ON, "y = []", "y, cells = [], 0", NEW, "        total = 0\n"),
    (CELLS_ON, "y = []", "y, cells = [], 0", NEW, "        total = 0\n",
     "        y.append(total / F if count_padding else total / cells)",
     "        cells = F if count_padding else cells\n        y.append(total / cells)"),
    (TOTAL_ON, "y = []", "y, total = [], 0", NEW, "        cells = 0\n"),
    ("Only the last cell of each window is left: `+=` adds, `=` replaces.", "total += x[c]", "total = x[c]"),
    (SUMS, "cells += 1", "cells = 1"),
    (ONE_MORE, NEW, "        total, cells = 0, 1\n"),
    ("Your sum starts from 1: start from 0.", NEW, "        total, cells = 1, 0\n"),
    ("You always divide by F: if `count_include_pad` is False, divide by the number of real cells.",
     "                cells += 1\n", "            cells += 1\n"),
    ("You leave out x[0]: it is a real cell, too, so check `0 <= c`.", "0 <= c", "0 < c"),
    ("You leave out x[0]: it is a real cell, too, so check `0 <= c`.", "0 <= c", "0 < c", "total / cells",
     "total / max(cells, 1)"),
    ("You leave out the last cell of x: it is number `len(x) - 1`, so check `c < len(x)`.",
     "c < len(x)", "c < len(x) - 1"),
    ("You leave out the last cell of x: it is number `len(x) - 1`, so check `c < len(x)`.",
     "c < len(x)", "c < len(x) - 1", "total / cells", "total / max(cells, 1)"),
    ("Left of x you take cells from its end, because `x[-1]` is the last one: count 0 "
     "there.", "0 <= c < len", "c < len"),
    (UNPADDED, " + 2 * P - F", " - F"),
    ("The window never reaches the padding on the right: each side needs P cells.",
     "2 * P", "P"),
    ("There is one place too many: at the last one the window hangs over the end.", "// S + 1", "// S + 2"),
    ("There is one place too many: at the last one the window hangs over the end.", "// S + 1", "// S + 2",
     "/ len(real)", SAFE),
    ("There is one place too many: at the last one the window hangs over the end.", "// S + 1", "// S + 2",
     "total / cells", "total / max(cells, 1)"),
    ("The size does not divide by the stride: there are `(N + 2 * P - F) // S + 1` places.", "// S + 1", "+ 1"),
    (CHANGED, "longer, real =", "F, S = S, F\n    longer, real ="),
    (CHANGED, "y = np.zeros(", "F, S = S, F\n    y = np.zeros(", "/ len(real)", SAFE),
    ("Nothing is padded: `P` changes nothing so far.", "longer, real =", "P = 0\n    longer, real ="),
    ("You leave out cells that are 0: zeros of x count as cells, too.",
     "real = x[max(start, 0):start + F]", "real = x[max(start, 0):start + F]\n        real = real[real > 0] if "
     "(real > 0).any() else real[:1]"),
    ("You count from one side only: a window longer than x may hold padding on both.",
     "real[start:start + F].sum()", "F - (P - start if start < P else max(start + F - P - len(x), 0))"),
    ("If P is 0, you assume one cell of padding: it is P cells wide.", "longer, real =",
     "P = max(P, 1)\n    longer, real ="),
)
