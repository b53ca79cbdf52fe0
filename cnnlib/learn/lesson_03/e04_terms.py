"""One term at a time of `x[i * S - P + u * D, j * S - P + v * D]` and of the size gone wrong, for exercise 03.4."""

from ..slips import each_way, slips
from .e04_slips import asking, looped, sliced, stepping

ROW, COLUMN, IN_BIG, BESIDE = "i * S - P + a * D", "j * S - P + b * D", "i * S + a * D", "j * S + b * D"
ROWS, COLUMNS = "(H + 2 * P - D * (Fh - 1) - 1) // S + 1", "(W + 2 * P - D * (Fw - 1) - 1) // S + 1"
ONE = "(big[r:r + h:D, c:c + v:D] * w).sum()"

NO_DILATION = "Inside the window the dilation is missing: weight u lies at `u * dilation`, weight v at `v * dilation`."
CHANGED = "Stride and dilation are swapped: it is `i * stride` and `u * dilation`."
BRACKETS = "The dilation multiplies everything: it belongs to u and v alone, `i * stride - padding + u * dilation`."
STRETCHED = "The stride multiplies everything: it belongs to i and j alone, `i * stride - padding + u * dilation`."
BACKWARDS = "Inside the window you count backwards: `+ u * dilation` and `+ v * dilation`."
MATRIX = "`@` multiplies matrices, rows times columns: take `*`, which multiplies cell by cell."
ADDED = "You add the dilation: weight u is `u * dilation` cells further on, so multiply."
ADDED_STRIDE = "You add the stride: window i begins at `i * stride`, so multiply."
WINDOWS = "Your windows lie side by side: window i begins at `i * stride`, whatever the size of the filter is."
BELOW_0 = "Cells before x count as well, because `x[-1]` is the last one: check `0 <=` in both directions."
LEFT_OUT = "Row 0 or column 0 is left out: it holds pixels, so check `0 <=`, not `0 <`."
LAST_OUT = "The last row or column of x is left out: it is number `n - 1`, so check `< n`."
UNPADDED = "The size lacks the padding: along a side there are `n + 2 * padding` cells."
ONCE = "The size counts the padding once: it is on both sides, `n + 2 * padding`."
TWICE = "The size counts the padding more than twice: `n + 2 * padding` cells lie along a side."
NO_SPAN = "The size lacks the dilation: a window spans `dilation * (F - 1) + 1` cells."
BACK = "The size does not divide by the stride: there are `(n - span) // stride + 1` places along a side."
ONE_FEW = "A place is missing along a side: add 1 to the number of whole jumps."
ONE_MORE = "There is one place too many along a side: at the last one the window hangs over the border."

INDEX = slips(
    [asking],
    *each_way(NO_DILATION, (ROW, "i * S - P + a"), (COLUMN, "j * S - P + b"))[1:],
    *each_way(CHANGED, (ROW, "i * D - P + a * S"), (COLUMN, "j * D - P + b * S")),
    *each_way("The stride spreads out the weights: it is `u * dilation`.",
              (ROW, "i * S - P + a * S"), (COLUMN, "j * S - P + b * S")),
    *each_way("The dilation moves the window: it is `i * stride`.",
              (ROW, "i * D - P + a * D"), (COLUMN, "j * D - P + b * D")),
    *each_way("The stride multiplies the padding: it is `i * stride - padding`.",
              (ROW, "(i - P) * S + a * D"), (COLUMN, "(j - P) * S + b * D")),
    *each_way("The dilation multiplies the padding: it is `u * dilation - padding`.",
              (ROW, "i * S + (a - P) * D"), (COLUMN, "j * S + (b - P) * D")),
    *each_way(BRACKETS, (ROW, "(i * S - P + a) * D"), (COLUMN, "(j * S - P + b) * D")),
    *each_way("Dilation and stride both multiply i: it is `i * stride + u * dilation`.",
              (ROW, "(i * S + a) * D - P"), (COLUMN, "(j * S + b) * D - P")),
    *each_way(STRETCHED, (ROW, "(i - P + a * D) * S"), (COLUMN, "(j - P + b * D) * S")),
    *each_way(STRETCHED + " Subtract the padding last.", (ROW, "(i + a * D) * S - P"), (COLUMN, "(j + b * D) * S - P")),
    *each_way("The padding is missing: window 0 begins before x, at `-padding`.",
              (ROW, "i * S + a * D"), (COLUMN, "j * S + b * D")),
    *each_way("The padding has the wrong sign: window 0 begins before x, at `-padding`.",
              (ROW, "i * S + P + a * D"), (COLUMN, "j * S + P + b * D"))[1:],
    *each_way("The padding is subtracted twice: window 0 begins at `-padding`.",
              (ROW, "i * S - 2 * P + a * D"), (COLUMN, "j * S - 2 * P + b * D"))[1:],
    *each_way("Your first window begins one cell before x, whatever the padding is: it begins at `-padding`.",
              (ROW, "i * S - 1 + a * D"), (COLUMN, "j * S - 1 + b * D")),
    *each_way("Your first window begins half a filter before x: it begins at `-padding`.",
              (ROW, "i * S - Fh // 2 + a * D"), (COLUMN, "j * S - Fw // 2 + b * D")),
    *each_way(BACKWARDS, (ROW, "i * S - P - a * D"), (COLUMN, "j * S - P - b * D")),
    *each_way(ADDED, (ROW, "i * S - P + a + D"), (COLUMN, "j * S - P + b + D")),
    *each_way("With dilation D the next weight is D cells on, not D + 1.",
              (ROW, "i * S - P + a * (D + 1)"), (COLUMN, "j * S - P + b * (D + 1)")),
    *each_way("With dilation D the next weight is D cells on, not D - 1.",
              (ROW, "i * S - P + a * (D - 1)"), (COLUMN, "j * S - P + b * (D - 1)")),
    *each_way(ADDED_STRIDE, (ROW, "i + S - P + a * D"), (COLUMN, "j + S - P + b * D")),
    *each_way(WINDOWS, (ROW, "i * Fh - P + a * D"), (COLUMN, "j * Fw - P + b * D")),
    *each_way("All weights meet the same cells: u and v are missing.", (ROW, "i * S - P"), (COLUMN, "j * S - P")),
    *each_way("The window never moves: i and j are missing.", (ROW, "-P + a * D"), (COLUMN, "-P + b * D")),
    *each_way(BELOW_0, ("0 <= r", "-H <= r"), ("0 <= c", "-W <= c"))[1:],
    *each_way(LEFT_OUT, ("0 <= r", "0 < r"), ("0 <= c", "0 < c"))[1:],
    *each_way(LAST_OUT, ("r < H", "r < H - 1"), ("c < W", "c < W - 1")),
    ("Rows and columns are swapped in x: i and u count rows, `x[row, column]`.",
     f"r, c = {ROW}, {COLUMN}", f"c, r = {ROW}, {COLUMN}"),
    ("You move diagonally: the column comes from j and v.", COLUMN, ROW),
    ("You check whether the cell lies in the padded image, not in x: its number runs from 0 to `n - 1`, without "
     "the padding.",
     "0 <= r < H and 0 <= c < W", "P <= r < H + P and P <= c < W + P and r < H and c < W"),
    ("You leave out windows that reach outside x: their cells in x count, those outside are 0.",
     "0 <= r < H and 0 <= c < W", "min(i * S, j * S) >= P and i * S - P + D * (Fh - 1) < H and "
     "j * S - P + D * (Fw - 1) < W"),
    ("You check for a row or a column in x: the cell needs both, so use `and`.",
     "0 <= r < H and 0 <= c < W", "(0 <= r < H or 0 <= c < W) and -H <= r < H and -W <= c < W"),
)
SIZE = slips(
    [asking],
    *each_way(UNPADDED, ("H + 2 * P", "H"), ("W + 2 * P", "W"))[1:],
    *each_way(ONCE, ("H + 2 * P", "H + P"), ("W + 2 * P", "W + P"))[1:],
    *each_way(TWICE, ("H + 2 * P", "H + 4 * P"), ("W + 2 * P", "W + 4 * P")),
    *each_way(NO_SPAN, ("D * (Fh - 1) - 1", "Fh"), ("D * (Fw - 1) - 1", "Fw"))[1:],
    *each_way("The size takes `dilation * F` cells for the span: it is `dilation * (F - 1) + 1`.",
              ("D * (Fh - 1) - 1", "D * Fh"), ("D * (Fw - 1) - 1", "D * Fw"))[1:],
    *each_way("The size lacks 1 in the span: it is `dilation * (F - 1) + 1`.",
              ("D * (Fh - 1) - 1", "D * (Fh - 1)"), ("D * (Fw - 1) - 1", "D * (Fw - 1)"))[1:],
    *each_way("The size adds the dilation to the filter: a window spans `dilation * (F - 1) + 1` cells.",
              ("D * (Fh - 1) - 1", "(Fh + D - 1)"), ("D * (Fw - 1) - 1", "(Fw + D - 1)")),
    *each_way(BACK, (ROWS, "H + 2 * P - D * (Fh - 1)"), (COLUMNS, "W + 2 * P - D * (Fw - 1)")),
    *each_way("The size divides by the dilation: the stride makes places fewer, not the dilation.",
              (ROWS, "(H + 2 * P - D * (Fh - 1) - 1) // D + 1"), (COLUMNS, "(W + 2 * P - D * (Fw - 1) - 1) // D + 1")),
    *each_way(ONE_FEW, (ROWS, ROWS[:-4]), (COLUMNS, COLUMNS[:-4]))[1:],
    *each_way(ONE_MORE, (ROWS, ROWS[:-1] + "2"), (COLUMNS, COLUMNS[:-1] + "2"))[1:],
    ("There are as many columns as rows: count the columns from the widths of x and w.", COLUMNS, ROWS),
    ("There are as many rows as columns: count the rows from the heights of x and w.", ROWS, COLUMNS),
    ("Height and width of y are swapped: rows first.", f"{ROWS}, {COLUMNS}", f"{COLUMNS}, {ROWS}"),
)
REST = slips(
    [looped, sliced, stepping, asking],
    *each_way(NO_DILATION,
              (IN_BIG, "i * S + a"), (BESIDE, "j * S + b"))[1:],
    ("Only the last product of each window is left: `+=` adds, `=` replaces.", "+=", "="),
    ("The weights are missing: you add up the cells.", " * w[a, b]", ""),
    ("The weights are missing: you add up the cells.", " * w)", ")"),
    ("You add the weights to the cells: multiply them, then add up.", "* w", "+ w"),
    ("You keep the largest product of each window: add them all up.", ".sum()", ".max()"),
    (MATRIX, ONE, ONE.replace("*", "@")), (MATRIX, ONE, ONE.replace("* w", "@ w.T")),
    ("You get one sum for each row of the window: `sum()` without an axis adds up all.", ONE, ONE[:-1] + "axis=1)"),
    ("You get one sum for each column of the window: `sum()` without an axis adds up all.", ONE, ONE[:-1] + "axis=0)"),
    ("These are the products of each window: add them up, to one number for each place.", ONE, ONE[:-6]),
    ("Your filter is upside down: the upper row of the window meets `w[0]`.", "w[a, b]", "w[-1 - a, b]"),
    ("Your filter is mirrored: the left cells of the window meet `w[:, 0]`.", "w[a, b]", "w[a, -1 - b]"),
    ("Rows and columns of the filter are swapped: u counts the rows of x and of w.", "w[a, b]", "w[b, a]"),
    ("Rows and columns of the filter are swapped: u counts the rows of x and of w.", " * w).sum", " * w.T).sum"),
    ("In each window the last row is missing: u goes up to Fh - 1, and `range` leaves out its end.",
     "np.ndindex(Fh, Fw)", "np.ndindex(Fh - 1, Fw)"),
    ("In each window the last column is missing: v goes up to Fw - 1, and `range` leaves out its end.",
     "np.ndindex(Fh, Fw)", "np.ndindex(Fh, Fw - 1)"),
    ("In each window the first row and the first column are missing: u and v start at 0.",
     " * w[a, b]", " * w[a, b] * (a > 0 and b > 0)"),
    ("In each window the first row is missing: u starts at 0.", " * w[a, b]", " * w[a, b] * (a > 0)"),
    ("In each window the first column is missing: v starts at 0.", " * w[a, b]", " * w[a, b] * (b > 0)"),
    ("Inside the window u runs over the columns of w, and v over its rows: `w.shape` is `(Fh, Fw)`.",
     "np.ndindex(Fh, Fw)", "np.ndindex(Fw, Fh)"),
    ("Only the upper left weight takes part: does something end inside the window?",
     "np.ndindex(Fh, Fw)", "np.ndindex(1, 1)"),
    ("Only the first row of weights takes part: u runs over all of them.", "np.ndindex(Fh, Fw)", "np.ndindex(1, Fw)"),
    ("Only the first column of weights takes part: v runs over all of them.",
     "np.ndindex(Fh, Fw)", "np.ndindex(Fh, 1)"),
    ("You cut off the decimals: outputs can be fractions.",
     "// S + 1))", "// S + 1), int)"),
    ("Your sum carries over from place to place: start each from 0.", "return y", "return y.cumsum().reshape(y.shape)"),
    ("Your sum carries over along the row: start each place from 0.", "return y", "return y.cumsum(axis=1)"),
    ("Every output starts from 1: a sum starts from 0.", "return y", "return y + 1"),
    ("You drop the signs: a negative output stays negative.", "return y", "return abs(y)"),
    ("The last row of y stays 0: `range` already leaves out its end.", "np.ndindex(y.shape)",
     "np.ndindex(len(y) - 1, y.shape[1])"),
    ("The last column of y stays 0: `range` already leaves out its end.", "np.ndindex(y.shape)",
     "np.ndindex(len(y), y.shape[1] - 1)"),
    ("The last row and the last column of y stay 0: `range` already leaves out its end.", "np.ndindex(y.shape)",
     "np.ndindex(len(y) - 1, y.shape[1] - 1)"),
    ("Only the last place of y is filled: make y once, before the loops.",
     "return y", "return y * (np.arange(y.size) == y.size - 1).reshape(y.shape)"),
    ("Only the last row of y is filled: make y once, before the loops.",
     "return y", "return y * (np.arange(len(y)) == len(y) - 1)[:, None]"),
    ("If padding is 0, your padded image stays empty: always write x into it, in rows `P` to `P + H`.",
     "np.pad(x, P)", "np.pad(x, P) if P else 0 * x"),
    ("All your slices end at the span: a window that begins at `top` ends at `top + span`.",
     "r + h", "h", "c + v", "v"),
)
TERMS = INDEX + SIZE + REST
