"""One term at a time of where windows lie, which cells they mark and what is cut off gone wrong, for exercise 03.5."""

import numpy as np

from ..slips import each_way, slips
from .e05_slips import (
    ACROSS,
    CELLS,
    CROP,
    DOWN,
    NO_JUMP,
    ONCE,
    OVER,
    SHIFTED,
    SHORT,
    TWICE,
    by_sides,
    marked,
)


def indexed(H, W, F, S=1, P=0):
    counts = np.zeros((H, W), int)
    for i in range((H + 2 * P - F) // S + 1):
        for j in range((W + 2 * P - F) // S + 1):
            for u in range(F):
                for v in range(F):
                    r, c = i * S - P + u, j * S - P + v
                    if 0 <= r < H and 0 <= c < W:
                        counts[r, c] += 1
    return counts


R, C, ROWS, COLUMNS = "i * S - P + u", "j * S - P + v", "(H + 2 * P - F) // S + 1", "(W + 2 * P - F) // S + 1"
INSIDE = "0 <= r < H and 0 <= c < W"
UNPADDED = "Windows also reach into the padding on the far side: there are (n + 2P - F) // S + 1 along a side."
INDEX = {   # what is wrong with the cell: n is i or j, u is u or v
    SHIFTED: "n * S + u",
    "The padding has the wrong sign: the first window begins P cells before the image, at `-P`.": "n * S + P + u",
    TWICE: "n * S - 2 * P + u",
    "You multiply the padding by the stride: a window begins at `i * S - P`.": "(n - P) * S + u",
    "The first window begins one cell before the image, whatever P is: it begins at `-P`.": "n * S - 1 + u",
    "The first window begins half its size before the image: it begins at `-P`.": "n * S - F // 2 + u",
    "The stride multiplies the cells of the window, too: it only moves the window.": "(n + u) * S - P",
    "The stride spreads out the window: it only moves the window.": "n + u * S - P",
    NO_JUMP: "n - P + u",
    "You add the stride: a window begins at `i * S - P`.": "n + S - P + u",
    "Windows lie side by side: they begin S cells apart, not F.": "n * F - P + u",
    "Windows read backwards: they reach to the right and down.": "n * S - P - u",
    "A window marks the same cell again and again: u and v are missing.": "n * S - P",
    "Every window lies in the corner: i and j are missing.": "u - P",
}
SIZE = {   # what is wrong with the number of windows along a side
    UNPADDED: "(n - F) // S + 1",
    ONCE: "(n + P - F) // S + 1",
    SHORT: "(n + 2 * P - F) // S",
    "There is one window too many along a side: the last hangs over the border.": "(n + 2 * P - F) // S + 2",
    "The number of windows ignores the stride: it is (n + 2P - F) // S + 1.": "n + 2 * P - F + 1",
    "You take as many windows as there are cells: it is (n + 2P - F) // S + 1.": "n",
    OVER: "-(-(n + 2 * P - F) // S) + 1",
    "You count windows by F, not by S: they begin S cells apart.": "(n + 2 * P - F) // F + 1",
}
FEW = "The last window along a side is missing where it just fits: `range` leaves out its end, `n - F + 1`."
NO_STRIDE = "The stride is missing: windows begin at 0, S, 2S, …."
LARGE, SMALL = "Windows are one cell too large: `i:i + F` already ends before `i + F`.", \
    "Windows are one cell too small: `i:i + F` already ends before `i + F`."
BELOW_0 = "Cells before the image mark its other end, because −1 is the last one: check `0 <=`."

TERMS = slips(
    [indexed],
    *(row for text, new in INDEX.items() for row in each_way(
        text, (R, new.replace("n", "i")), (C, new.replace("n", "j").replace("u", "v")))),
    *(row for text, new in SIZE.items() for row in each_way(
        text, (ROWS, new.replace("n", "H")), (COLUMNS, new.replace("n", "W")))),
    *each_way(BELOW_0, ("0 <= r", "-H <= r"), ("0 <= c", "-W <= c"))[1:],
    *each_way("Row or column 0 is left out: they hold pixels, so check `0 <=`, not `0 <`.",
              ("0 <= r", "0 < r"), ("0 <= c", "0 < c")),
    *each_way("The last row or column is left out: it is number n - 1, so check `< n`.",
              ("r < H", "r < H - 1"), ("c < W", "c < W - 1")),
    ("Rows and columns are swapped: i and u count rows.", f"r, c = {R}, {C}", f"c, r = {R}, {C}"),
    ("Windows move diagonally: the column comes from j and v.", C, R),
    ("You mark where windows are, not what they read: window i, j reads the cells from row `i * S - P` on.",
     "counts[r, c]", "counts[i % H, j % W]"),
    ("You mark the same cells for all windows: u and v count from the window's corner.", "counts[r, c]",
     "counts[u % H, v % W]"),
    ("Each mark counts F · F times: add 1 for each window.", "+= 1", "+= F * F"),
    ("Each mark counts the number of the window: add 1 for each.", "+= 1", "+= i + j"),
    ("Each mark counts F times: add 1 for each window.", "+= 1", "+= F"),
    ("Each mark counts twice: add 1 for each window.", "+= 1", "+= 2"),
    ("You subtract marks: add 1 for each window.", "+= 1", "-= 1"),
    ("The count of every pixel is too small by 1: start from 0 and add 1 for each window.",
     "return counts", "return counts - 1"),
) + slips(
    [marked],
    *each_way("Windows begin P cells too late: the padded image begins at 0.",
              (DOWN, "range(P, H + 2 * P - F + 1, S)"), (ACROSS, "range(P, W + 2 * P - F + 1, S)")),
    *each_way(FEW, (DOWN, "range(0, H + 2 * P - F, S)"), (ACROSS, "range(0, W + 2 * P - F, S)"))[1:],
    *each_way("Windows begin one cell too late: they begin at 0.",
              (DOWN, "range(1, H + 2 * P - F + 1, S)"), (ACROSS, "range(1, W + 2 * P - F + 1, S)")),
    *each_way("Your last windows hang over the border: along a side they begin at most at `n - F`.",
              (DOWN, "range(0, H + 2 * P, S)"), (ACROSS, "range(0, W + 2 * P, S)"))[1:],
    *each_way("Windows lie side by side: they begin S cells apart, not F.",
              (DOWN, DOWN.replace(", S", ", F")), (ACROSS, ACROSS.replace(", S", ", F")))[1:],
    *each_way(LARGE, ("i:i + F", "i:i + F + 1"), ("j:j + F", "j:j + F + 1"))[1:],
    *each_way(SMALL, ("i:i + F", "i:i + F - 1"), ("j:j + F", "j:j + F - 1"))[1:],
    *each_way("Windows are S cells wide: they move by S, and are F wide.", ("i:i + F", "i:i + S"),
              ("j:j + F", "j:j + S")),
    ("All windows reach back to the corner: they begin at i and j.", CELLS, ":i + F, :j + F"),
    ("All windows reach to the far corner: they end at i + F and j + F.", CELLS, "i:, j:"),
    ("You use F as half a window: it reaches from i to i + F.", CELLS, "max(i - F, 0):i + F, max(j - F, 0):j + F"),
    ("Your windows are centred on their place: they begin there, `i:i + F`.",
     CELLS, "max(i - F // 2, 0):i + F // 2 + 1, max(j - F // 2, 0):j + F // 2 + 1"),
    ("The frame is cut off twice: the pixels are rows P to P + H.", CROP, "[2 * P:H, 2 * P:W]"),
    ("Too much is cut off: the pixels are rows P to P + H, and columns P to P + W.", CROP,
     "[2 * P:H + P, 2 * P:W + P]"),
    ("Only rows are cut off: columns P to P + W are the pixels.", CROP, "[P:P + H]"),
    ("Only columns are cut off: rows P to P + H are the pixels.", CROP, "[:, P:P + W]"),
    ("Half of the frame is cut off: it is P cells wide on each side.", CROP, "[P // 2:P // 2 + H, P // 2:P // 2 + W]"),
    ("You cut off half a window, not the padding: the pixels begin at row P and column P.",
     CROP, "[F // 2:F // 2 + H, F // 2:F // 2 + W]"),
    ("Height and width are swapped where you cut: rows P to P + H, columns P to P + W.", CROP, "[P:P + W, P:P + H]"),
    ("You divide the counts by their total: give them as they are.",
     CROP, CROP + " / counts.max()"),
    ("Your counts run from the last window on: the image is upside down.", CROP, CROP + "[::-1, ::-1]"),
    ("Only the last row of windows left its marks: make `counts` before the loops.",
     DOWN, "[(H + 2 * P - F) // S * S]"),
    ("F and S are swapped: windows are F wide and begin S cells apart.", "counts = np",
     "F, S = S, F\n    counts = np"),
    ("F and P are swapped: the order is `reads(H, W, F, S, P)`.", "counts = np", "F, P = P, F\n    counts = np"),
    ("You return 1 where F is larger than the image: with padding, windows may still fit, so count them.",
     "counts = np", "if F > min(H, W): return np.ones((H, W), int)\n    counts = np"),
    ("Pixels that a large stride skips have the count 0: leave it.",
     CROP, CROP + " if P or S <= F else np.maximum(counts, 1)"),
    ("You leave the frame on when P is 1: cut it off for every P.", CROP,
     CROP + " if P != 1 else counts"),
) + slips(
    [by_sides],
    ("Your counts run up to F and down again: with a stride above 1, or with padding, they do not.",
     "rows, columns = one_side(H, F, S, P), one_side(W, F, S, P)",
     "rows, columns = (np.minimum(np.minimum(np.arange(1, n + 1), np.arange(n, 0, -1)), F) for n in (H, W))"),
    ("You take the larger of the counts of row and column: 2 rows and 3 columns of windows are 2 · 3 windows.",
     "np.outer(rows, columns)", "np.maximum(rows[:, None], columns)"),
    ("You take the smaller of the counts of row and column: 2 rows and 3 columns of windows are 2 · 3 windows.",
     "np.outer(rows, columns)", "np.minimum(rows[:, None], columns)"),
)
