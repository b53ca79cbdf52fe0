"""One term of place, window or maximum at a time gone wrong, along both sides or one, for exercise 05.2."""

from ..slips import each_way, slips
from .e02_slips import BEST, NO_ZERO, filled, listed, looped, stepping

ROWS, COLUMNS, DOWN, ACROSS = "(H - F) // S + 1", "(W - F) // S + 1", "i * S", "j * S"
LOW = "Your maximum starts with a number that may be above every cell: start with the first cell of the window, or " \
        "-np.inf."
FROM_X0 = "Your maximum starts with x[0, 0] in every window: start with the first cell of the window itself."
INNER = "You leave out the first row and the first column of each window, except its corner: u and v start at 0."
SMALL = "Windows are one cell too small: a slice `x[a:a + F]` already leaves out its end."
LARGE = "Windows are one cell too large: a slice `x[a:a + F]` already holds F cells."

LOOPS = slips(
    [filled, listed, looped],
    *((LOW, BEST, f"best = {low}") for low in ("-1", "-10", "-100", "-128", "-255", "-999", "-1000", "-9999", "-1e4",
                                               "-99999", "-1e5", "-1e6", "-999999", "-1e9")),
    (FROM_X0, BEST, "best = x[0, 0]"), (INNER, "range(F)", "range(1, F)"),
    ("You leave out the first row of each window: u starts at 0.", BEST, "best = -np.inf", "u in range(F)",
     "u in range(1, F)"),
    ("You leave out the first column of each window: v starts at 0.", BEST, "best = -np.inf", "v in range(F)",
     "v in range(1, F)"),
    *each_way("The first row or column of each window is looked at only in its corner: u and v start at 0.",
              ("u in range(F)", "u in range(1, F)"), ("v in range(F)", "v in range(1, F)"))[1:],
    *each_way("The last row or column of each window is left out: `range` leaves out its end, `range(F)`.",
              ("u in range(F)", "u in range(F - 1)"), ("v in range(F)", "v in range(F - 1)"))[1:],
    *each_way("The stride multiplies the cells of the window, too: it only moves the window.",
              ("i * S + u", "((i + u) * S) % H"), ("j * S + v", "((j + v) * S) % W")),
    *each_way("Your windows run backwards from their place: they reach to the right and down.",
              ("i * S + u", "i * S - u"), ("j * S + v", "j * S - v")),
    *each_way("The window does not move: i and j are missing.", (DOWN, "0"), (ACROSS, "0")),
    *each_way("Your window is one cell too far along: it begins at `i * S` and `j * S`.",
              ("i * S:i * S + F", "i * S + 1:i * S + F"), ("j * S:j * S + F", "j * S + 1:j * S + F")),
    *each_way(SMALL, ("i * S + F", "i * S + F - 1"), ("j * S + F", "j * S + F - 1"))[1:],
    *each_way(LARGE, ("i * S + F", "i * S + F + 1"), ("j * S + F", "j * S + F + 1"))[1:],
    *each_way("Windows reach to the end of x: they end at `i * S + F`, `j * S + F`.",
              ("i * S:i * S + F", "i * S:"), ("j * S:j * S + F", "j * S:")),
    *each_way("Windows begin in the corner of x: they begin at `i * S`, `j * S`.",
              ("i * S:i * S + F", ":i * S + F"), ("j * S:j * S + F", ":j * S + F")),
    *each_way("Your + 1 comes before the division: first divide, then add 1.",
              (ROWS, "(H - F + 1) // S"), (COLUMNS, "(W - F + 1) // S")),
    *each_way("You divide by F: the window jumps by S, so it is `(H - F) // S + 1`.",
              (ROWS, "(H - F) // max(F, S) + 1"), (COLUMNS, "(W - F) // max(F, S) + 1")),
    *each_way("You subtract the stride: the window of F cells must fit, so it is `(H - F) // S + 1`.",
              (ROWS, "(H - max(F, S)) // S + 1"), (COLUMNS, "(W - max(F, S)) // S + 1")),
    ("Rows and columns are swapped in x: i and u count rows.", "x[i * S + u, j * S + v]",
     "x[(j * S + v) % H, (i * S + u) % W]"),
    ("Your window moves diagonally: the column is `j * S + v`.", "j * S + v", "(i * S + v) % W"),
    ("You compare each cell with the one before, not with the largest so far.",
     "best = max(best, x[i * S + u, j * S + v])",
     "best = max(x[i * S + u, j * S + v], x[i * S + u, j * S + max(v - 1, 0)])"),
    ("You add up the cells: keep the largest.", "best = max(best, x", "best = (best + x"),
    (NO_ZERO, BEST, "best = 0.0"),
    ("You drop the signs of the largest numbers: a negative output stays negative.", ".max()", ".max().__abs__()"),
    ("You take the largest number times the size of the window: take only the largest.", ".max()", ".max() * F"),
    ("You subtract the smallest number of the window: return only its largest.",
     "j * S:j * S + F].max()", "j * S:j * S + F].max() - x[i * S:i * S + F, j * S:j * S + F].min()"),
    ("You take the second largest number of a window: take the largest.",
     "x[i * S:i * S + F, j * S:j * S + F].max()", "np.sort(x[i * S:i * S + F, j * S:j * S + F], None)[-min(2, F * F)]"),
    ("You take the number in the middle of each window: take the largest.",
     "x[i * S:i * S + F, j * S:j * S + F].max()", "x[i * S + F // 2, j * S + F // 2]"),
    ("You take the last row of each window only: it has F rows.", "x[i * S:i * S + F, ", "x[i * S + F - 1, "),
    ("You take the last column of each window only: it has F columns.", ", j * S:j * S + F]", ", j * S + F - 1]"),
    ("Windows of one cell have a stride, too: begin at `i * S` and `j * S`.",
     "    H, W = x.shape\n", "    H, W = x.shape\n    S = 1 if F == 1 else S\n"),
    ("Your stride is F wherever F is more than 1: it is S.", "    H, W = x.shape\n",
     "    H, W = x.shape\n    S = F if F > 1 else S\n"),
) + slips(
    [stepping],
    *each_way("You stop one place too early: a range leaves out its end, so it ends with `- F + 1`.",
              ("H - F + 1, S", "H - F, S"), ("W - F + 1, S", "W - F, S"))[1:],
    *each_way("You start one cell too late: the first window lies at 0.",
              ("range(0, H", "range(1, H"), ("range(0, W", "range(1, W")),
    *each_way("You start S cells too late: the first window lies at 0.",
              ("range(0, H", "range(S, H"), ("range(0, W", "range(S, W")),
    *each_way("Your last windows hang over the edge: at the last place all of the window lies on x.",
              ("H - F + 1, S", "H, S"), ("W - F + 1, S", "W, S"))[1:],
    *each_way("You jump by S - 1: the window jumps by S.", ("H - F + 1, S", "H - F + 1, max(S - 1, 1)"),
              ("W - F + 1, S", "W - F + 1, max(S - 1, 1)")),
    *each_way("You jump by S + 1: the window jumps by S.", ("H - F + 1, S", "H - F + 1, S + 1"),
              ("W - F + 1, S", "W - F + 1, S + 1")),
)
