"""Start, window and maximum of a padded row gone wrong one at a time: edits of right ways, for exercise 05.3."""

import numpy as np

from ..slips import slips


def clipped(x, F, S, P):
    y = []
    for i in range((len(x) + 2 * P - F) // S + 1):
        start = i * S - P
        y.append(x[max(start, 0):start + F].max())
    return np.array(y)


def compared(x, F, S, P):
    y = []
    for start in range(-P, len(x) + P - F + 1, S):
        best = -np.inf
        for c in range(start, start + F):
            if 0 <= c < len(x):
                best = max(best, x[c])
        y.append(best)
    return y


START, SLICE, NEW, IF = "start = i * S - P", "max(start, 0):start + F", "        best = -np.inf\n", "0 <= c < len(x)"
SAFE = ".max(initial=-np.inf)"
RUNS_ON = "Your maximum carries over from window to window: restart it in each."
FROM_X0 = "Your maximum starts with x[0], which is not in every window: start with −∞, or with a cell of the window."
LOW = "The number your maximum starts with is not always the lowest: start with −∞, `-np.inf`."
FIRST = "Your first window begins at `x[0]`: with padding it begins P cells before."
SIDES = "There is a border on one side only: each side needs P cells."
MOVED = "You move windows that begin before x: they keep their end, `start + F`, and only lose the cells before x."

MORE = slips(
    [clipped, compared],
    (RUNS_ON, "y = []", "y, best = [], -np.inf", NEW, ""), (FROM_X0, "best = -np.inf", "best = x[0]"),
    ("Your maximum starts with the last cell of x, which is not in every window: start with −∞.",
     "best = -np.inf", "best = x[-1]"),
    ("Your maximum never goes below 0: start with the first cell of the window, or with −∞.",
     "best = -np.inf", "best = 0"),
    *((LOW, "best = -np.inf", f"best = {low}") for low in (
        "-1", "-10", "-99", "-100", "-128", "-255", "-999", "-1000", "-9999", "-10**4", "-10**5", "-10**6", "-10**9")),
    (MOVED, START, "start = max(i * S - P, 0)"),
    (FIRST, START, "start = i * S"),
    ("The padding has the wrong sign: the first window begins P cells before x, at `i * S - P`.",
     START, "start = i * S + P", ".max()", SAFE),
    ("You multiply the padding by the stride: the window begins at `i * S - P`.",
     START, "start = (i - P) * S", SLICE, "max(start, 0):max(start + F, 0)", ".max()", SAFE),
    ("Your window begins at cell `i`: it begins at `i * S`.", START, "start = i - P"),
    ("You add the stride: window i begins at `i * S - P`.", START, "start = i + S - P", ".max()", SAFE),
    ("Your windows lie side by side: they begin S cells apart, at `i * S - P`, not F.",
     START, "start = i * F - P", ".max()", SAFE),
    ("Your window begins 2P cells before x: it begins P cells before.", START, "start = i * S - 2 * P",
     SLICE, "max(start, 0):max(start + F, 0)", ".max()", SAFE),
    ("Your first window begins one cell before x, whatever P is: it begins P cells before.",
     START, "start = i * S - 1"),
    ("Your first window begins half its size before x: it begins P cells before.", START, "start = i * S - F // 2"),
    ("Your window is S cells wide: it ends at `start + F`.", SLICE, "max(start, 0):max(start + S, 0)", ".max()", SAFE),
    ("All windows end in the same place: they end at `start + F`.", SLICE, "max(start, 0):F", ".max()", SAFE),
    ("The window has no end: it ends at `start + F`.", SLICE, "max(start, 0):"),
    ("Every window begins at x[0]: it begins at `max(start, 0)`.", SLICE, "0:start + F"),
    ("`abs(start)` is the wrong place for a window that begins before x: begin at `max(start, 0)`.",
     SLICE, "abs(start):start + F", ".max()", SAFE),
    ("A slice that begins below 0 counts from the end of x, and is empty here: begin at `max(start, 0)`.",
     SLICE, "start:start + F", ".max()", SAFE),
    ("The first cell of every window is left out: it begins at `start`.",
     "range(start, start + F)", "range(start + 1, start + F)"),
    ("Your window is one cell too small: a slice `[a:a + F]` already leaves out its end.",
     "range(start, start + F)", "range(start, start + F - 1)"),
    ("Your window is one cell too large: a slice `[a:a + F]` already holds F cells.",
     "range(start, start + F)", "range(start, start + F + 1)"),
    ("You write the largest so far after each cell: write once, after the inner loop.",
     "        y.append(best)", "            y.append(best)"),
    ("You write a number after each real cell: write once, after the inner loop.",
     "        y.append(best)", "                y.append(best)"),
    ("Only the last cell of each window is left: compare it with the largest so far.",
     "best = max(best, x[c])", "best = x[c]"),
    ("You take the smallest number of each window: take the largest.",
     "best = -np.inf", "best = np.inf", "max(best", "min(best"),
    ("You add up the cells: keep the largest.", "best = -np.inf", "best = 0", "max(best, x[c])", "best + x[c]"),
    ("You leave out `x[0]`: it is a real cell, too, so the first is at `0 <= c`.", "0 <= c", "0 < c"),
    ("You leave out the last cell of x: it is at `len(x) - 1`, so check `c < len(x)`.",
     "c < len(x)", "c < len(x) - 1"),
    ("Left of x you take cells from its end, because `x[-1]` is the last one: leave them "
     "out.", "0 <= c < len", "c < len"),
    ("You go on to the end of the padding: the last window must fit as a whole.",
     "P - F + 1, S", "P, S"),
    ("Your first window begins at `x[0]`: with padding it begins P cells before.",
     "range(-P, len(x) + P", "range(0, len(x) + 2 * P"),
    (SIDES, "range(-P", "range(0"),
    (SIDES, "len(x) + P -", "len(x) -"),
    (SIDES, "2 * P", "P"),
    ("The last outputs are missing: with padding, N is the length of the longer list.", " + 2 * P - F", " - F"),
    ("The size does not divide by the stride: there are `(N + 2 * P - F) // S + 1` places.",
     "// S + 1", "+ 1", ".max()", SAFE),
    ("There is one place too many: at the last one the window hangs over the end.", "// S + 1", "// S + 2",
     ".max()", SAFE),
    ("F and S are swapped: F cells are in a window, S is the jump.", "y = []", "y = []\n    F, S = S, F",
     ".max()", SAFE),
    ("Only the last window is left: collect all of them in a list.", "return y", "return y[-1]"),
    ("You return after the first window: `return` belongs after the loop.",
     "    return np.array(y)", "        return np.array(y)"),
    ("The first place is missing: the first window begins P cells before x.", "return np.array(y)",
     "return np.array(y)[1:]"),
)
