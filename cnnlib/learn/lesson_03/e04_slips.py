"""Ways in which a filter with stride, padding and dilation goes wrong on an image: edits of right ways, for 03.4."""

import numpy as np

from ..exercise import Wrong
from ..slips import not_yet, slips, without


def looped(x, w, S=1, P=0, D=1):
    big, (Fh, Fw) = np.pad(x, P), w.shape
    (H, W), h, v = big.shape, D * (Fh - 1) + 1, D * (Fw - 1) + 1
    y = np.zeros(((H - h) // S + 1, (W - v) // S + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(Fh, Fw):
            y[i, j] += big[i * S + a * D, j * S + b * D] * w[a, b]
    return y


def sliced(x, w, S=1, P=0, D=1):
    big, (Fh, Fw) = np.pad(x, P), w.shape
    (H, W), h, v = big.shape, D * (Fh - 1) + 1, D * (Fw - 1) + 1
    y = np.zeros(((H - h) // S + 1, (W - v) // S + 1))
    for i, j in np.ndindex(y.shape):
        y[i, j] = (big[i * S:i * S + h:D, j * S:j * S + v:D] * w).sum()
    return y


def stepping(x, w, S=1, P=0, D=1):
    big, (Fh, Fw) = np.pad(x, P), w.shape
    (H, W), h, v = big.shape, D * (Fh - 1) + 1, D * (Fw - 1) + 1
    return [[(big[r:r + h:D, c:c + v:D] * w).sum() for c in range(0, W - v + 1, S)] for r in range(0, H - h + 1, S)]


def viewed(x, w, S=1, P=0, D=1):
    big, (Fh, Fw) = np.pad(x, P), w.shape
    spread = np.zeros((D * (Fh - 1) + 1, D * (Fw - 1) + 1))
    spread[::D, ::D] = w
    windows = np.lib.stride_tricks.sliding_window_view(big, spread.shape)
    return (windows * spread).sum(axis=(2, 3))[::S, ::S]


def asking(x, w, S=1, P=0, D=1):
    (H, W), (Fh, Fw) = x.shape, w.shape
    y = np.zeros(((H + 2 * P - D * (Fh - 1) - 1) // S + 1, (W + 2 * P - D * (Fw - 1) - 1) // S + 1))
    for i, j in np.ndindex(y.shape):
        for a, b in np.ndindex(Fh, Fw):
            r, c = i * S - P + a * D, j * S - P + b * D
            if 0 <= r < H and 0 <= c < W:           # outside there are only zeros
                y[i, j] += x[r, c] * w[a, b]
    return y


WAYS = [looped, sliced, stepping, viewed, asking]
PAD, SPANS, I, J = "np.pad(x, P)", "D * (Fh - 1) + 1, D * (Fw - 1) + 1", "i * S", "j * S"
A, B, H, W = " + a * D", " + b * D", "(H - h) // S + 1", "(W - v) // S + 1"
ONCE = "The padding below and on the right is missing: it belongs on all four sides, so height and width grow by " \
       "`2 * padding`."
ON_X = "The last rows and columns are missing: with padding, count the places on the larger image."
FEW = "One place is missing where the jumps come out even: a window ends on the last cell there, and `range` " \
      "leaves out its end."
MORE = "There is one place too many along each side: at the last one the window hangs over the border."
CEIL = "Where the jumps do not come out even, you go one place too far: round down, because a window that hangs " \
       "over the border reads nothing."
LESS_X = "You leave out pixels of x: the window jumps, but inside it no pixel is left out."
THIN_X = "You leave out pixels of x for all windows: dilation leaves them out inside each window, and the next " \
         "window reads them."
SHORT = "Your window is one cell too short: it spans `dilation * (F - 1) + 1` cells along a side."
SPAN = "With dilation your window runs over the border: it spans `dilation * (F - 1) + 1` cells along a side, not `F`."
LONG = "With dilation D the next weight is D cells on: your weights are D + 1 apart."
SQUARE = "You assume somewhere that height and width are equal: `x.shape` and `w.shape` hold both, and they may differ."
SWAPPED = "Height and width are swapped somewhere: `x.shape` and `w.shape` begin with the height."
WHOLE = "You cut off the decimals: outputs can be fractions."
ONE_PLACE = "You return after the first place: `return` belongs after both loops."
ONE_ROW = "You return after the first row: `return` belongs after both loops."

PADDING = slips(   # told apart with and without dilation
    WAYS,
    (ONCE, PAD, "np.pad(x, (P, 0))"), (ONCE, "2 * P", "P"),
    (ONCE, H, "(H - P - h) // S + 1", W, "(W - P - v) // S + 1"),
    ("There are zeros below and to the right only: `padding` of them belong on each of the four sides.",
     PAD, "np.pad(x, (0, P))"),
    ("There are zeros above and below only: they belong to the left and to the right as well.",
     PAD, "np.pad(x, ((P, P), (0, 0)))"),
    ("There are zeros on the left and the right only: they belong above and below as well.",
     PAD, "np.pad(x, ((0, 0), (P, P)))"),
    ("There are twice as many zeros as there should be: `padding` counts those of one side.", PAD, "np.pad(x, 2 * P)"),
    ("You add one zero on each side, also where `padding` is more.", PAD, "np.pad(x, min(P, 1))"),
    ("You pad by half of the filter, whatever `padding` is.", PAD, "np.pad(x, [(f // 2, f // 2) for f in w.shape])"),
    ("You pad with copies of the border: put zeros there.", PAD, "np.pad(x, P, 'edge')"),
    ("You pad with pixels of the opposite border: put zeros there.", PAD, "np.pad(x, P, 'wrap')"),
    ("You pad with a mirror image of x: put zeros there.", PAD, "np.pad(x, P, 'reflect')"),
    ("You pad with ones: put zeros there.", PAD, "np.pad(x, P, constant_values=1)"),
    ("You put the zeros around the output: they belong around the input, before the filter slides.",
     PAD, "x", "return y", "return np.pad(y, P)"),
    (ON_X, "(H, W), h, v = big.shape", "(H, W), h, v = x.shape"), (ON_X, " + 2 * P", ""),
    ("Above and left of x you take pixels from its other end, because `x[-1]` is its last row: count 0 there.",
     "0 <= r < H and 0 <= c < W", "r < H and c < W"),
    ("The padding has the wrong sign: window 0 begins before x, at row `-padding`, so it is `i * stride - padding`.",
     " - P", " + P"),
)
STRIDE = slips(   # told apart also without padding and dilation
    WAYS,
    ("The size uses the stride, the window does not: it starts at row `i * stride` and column `j * stride`.",
     I, "i", J, "j"),
    (LESS_X, PAD, "np.pad(x[::S, ::S], P)", "// S", "// 1", I, "i", J, "j"),
    (LESS_X, PAD, "np.pad(x[::S, ::S], P)", ", S)", ")"), (LESS_X, PAD, "np.pad(x[::S, ::S], P)", "[::S, ::S]\n", "\n"),
    (LESS_X, PAD, "np.pad(x, P)[::S, ::S]", "// S", "// 1", I, "i", J, "j"),
    (LESS_X, PAD, "np.pad(x, P)[::S, ::S]", ", S)", ")"),
    ("Your window jumps to the right, but not down: `i * stride`, too.", H, "H - h + 1", I, "i"),
    ("Your window jumps down, but not to the right: `j * stride`, too.", W, "W - v + 1", J, "j"),
    ("The size is right, but the window does not jump downwards: it starts at row `i * stride`.", I, "i"),
    ("The size is right, but the window does not jump to the right: it starts at column `j * stride`.", J, "j"),
    ("Your + 1 comes before the division: first divide the room by the stride, then add 1.",
     H, "(H - h + 1) // S", W, "(W - v + 1) // S"),
    (FEW, PAD, "np.pad(x, P)[:-1, :-1]"), (MORE, PAD, "np.pad(np.pad(x, P), (0, S))"),
    (MORE, " - 1) // S + 1", " - 1) // S + 2"),
    (MORE, "h + 1, S", "h + 1 + S, S", "v + 1, S", "v + 1 + S, S"),
    (CEIL, H, "-(-(H - h) // S) + 1", W, "-(-(W - v) // S) + 1"),
    (CEIL, " - 1) // S", " - 1 + S - 1) // S"), (CEIL, "v + 1, S", "v + S, S", "h + 1, S", "h + S, S"),
    (CEIL, PAD, "np.pad(x, [(P, P + (D * (f - 1) + 1 - n - 2 * P) % S) for n, f in zip(x.shape, w.shape)])"),
    ("Your y has room for all places, and those that the stride skips stay 0: make it smaller, and write window i, "
     "j into `y[i, j]`.",
     H, "H - h + 1", W, "W - v + 1", "y[i, j]", "if i % S + j % S == 0: y[i, j]", I, "i", J, "j"),
    ("You write into y where the window begins in x, at 0, S, 2S: the outputs go into `y[0]`, `y[1]`, `y[2]`, with "
     "no gaps.", "y[i, j]", "y[i * S, j * S]"),
)
WRONG = [
    Wrong(without(looped, S=1, P=0, D=1), "Without stride, padding and dilation it is right. Now add the stride: "
                                          "`i * stride`, `j * stride`."),
    Wrong(without(looped, P=0, D=1), "The stride is right. Padding and dilation change nothing so far: padding is "
                                     "next."),
    Wrong(without(looped, S=1, D=1), "The padding is right. Stride and dilation change nothing so far."),
    Wrong(without(looped, S=1, P=0), "The dilation is right. Stride and padding change nothing so far."),
    Wrong(without(looped, S=1), "Padding and dilation are right. The stride changes nothing so far."),
    Wrong(without(looped, P=0), "Stride and dilation are right. The padding changes nothing so far."),
    Wrong(without(looped, D=1), "Stride and padding are right. The dilation changes nothing so far."),
    *PADDING, *STRIDE, *not_yet(PADDING + STRIDE, "The dilation changes nothing so far.", D=1),
    *not_yet(STRIDE, "Padding and dilation change nothing so far.", P=0, D=1),
    *slips(
        WAYS,
        ("Your filter is spread out across, but not downwards: `u * dilation`, too.",
         "D * (Fh - 1) + 1, D", "Fh, D", A, " + a"),
        ("Your filter is spread out downwards, but not across: `v * dilation`, too.",
         "1, D * (Fw - 1) + 1", "1, Fw", B, " + b"),
        ("Your dilation moves the window as well: it belongs to `u` and `v` alone, `i * stride + u * dilation`.",
         I + A, "(i * S + a) * D", J + B, "(j * S + b) * D"),
        ("Your stride spreads out the weights: it belongs to `i` and `j` alone, `i * stride + u * dilation`.",
         I + A, "(i + a * D) * S", J + B, "(j + b * D) * S"),
        ("Padding is counted twice: after `np.pad` the shape of x already includes it.",
         H, "(H + 2 * P - h) // S + 1", W, "(W + 2 * P - v) // S + 1"),
        ("Your windows begin P rows and columns too early: either x is padded by 2P, or P is subtracted from "
         "places in the padded x.", I, "i * S - P", J, "j * S - P", PAD, "np.pad(x, P)"),
        ("The size is that of the padded image, but the windows are cut from the one without padding.", "big[", "x["),
        ("Row 0 and column 0 are left out: they hold pixels, so check `0 <= row`.",
         "0 <= r < H and 0 <= c", "0 < r < H and 0 < c"),
        ("You check that a row or column is 0 or more. There are no cells below x or on its right either: check "
         "`row < x.shape[0]`, too.", "0 <= r < H and 0 <= c < W", "r >= 0 and c >= 0"),
        ("Stride and dilation are swapped: the stride moves the window, the dilation spreads it out.",
         "big, (Fh", "S, D = D, S\n    big, (Fh"),
        (SHORT, SPANS, "D * (Fh - 1), D * (Fw - 1)"),
        ("The size uses the dilation, the window does not: its weights lie `dilation` cells apart, at row `i * "
         "stride + u * dilation`, and likewise for columns.", A, " + a", B, " + b"),
        ("The brackets are missing: your size is for a window of `dilation * F + 1` cells. It spans `dilation * (F "
         "- 1) + 1`.", SPANS, "D * Fh + 1, D * Fw + 1"),
        (THIN_X, PAD, "np.pad(x, P)[::D, ::D]", SPANS, "Fh, Fw", A, " + a", B, " + b"),
        (THIN_X, PAD, "np.pad(x[::D, ::D], P)", SPANS, "Fh, Fw", A, " + a", B, " + b"),
        (THIN_X, SPANS, "Fh, Fw", ":D", "", PAD, "np.pad(x, P)[::D, ::D]"),
        (THIN_X, SPANS, "Fh, Fw", ":D", "", PAD, "np.pad(x[::D, ::D], P)"),
        (SPAN, "D * (Fh - 1) - 1", "Fh", "D * (Fw - 1) - 1", "Fw"), (SPAN, SPANS, "Fh, Fw"),
        (SPAN, SPANS, "Fh + D - 1, Fw + D - 1"),
        (SPAN, SPANS, "Fh, Fw", "r + h", "r + h * D", "c + v", "c + v * D"),
        ("With dilation the last outputs are missing: a window spans `dilation * (F - 1) + 1` cells along a side, not "
         "`dilation * F`.", SPANS, "D * Fh, D * Fw"),
        (LONG, SPANS, "(D + 1) * (Fh - 1) + 1, (D + 1) * (Fw - 1) + 1", A, " + a * (D + 1)", B, " + b * (D + 1)"),
        (LONG, SPANS, "(D + 1) * (Fh - 1) + 1, (D + 1) * (Fw - 1) + 1", ":D", ":D + 1"),
        ("You leave out weights: dilation leaves out pixels of x, and every weight takes part.",
         SPANS, "Fh, Fw", A, " + a", B, " + b", "* w[a, b]", "* w[a, b] * (a % D + b % D == 0)"),
        ("Your filter is rotated by 180°: `w[0, 0]` belongs on the top left cell of each window.",
         "w[a, b]", "w[-1 - a, -1 - b]"),
        ("In each window the last row and the last column are missing: u goes up to F - 1, and `range` leaves out its "
         "end.", "np.ndindex(Fh, Fw)", "np.ndindex(Fh - 1, Fw - 1)"),
        (SQUARE, "big.shape", "big.shape[:1] * 2"), (SQUARE, "w.shape", "w.shape[:1] * 2"),
        (SQUARE, "big.shape", "big.shape[:1] * 2", "w.shape", "w.shape[:1] * 2"),
        (SQUARE, "x.shape", "x.shape[:1] * 2"),
        (SWAPPED, "big.shape", "big.shape[::-1]"), (SWAPPED, "w.shape", "w.shape[::-1]"),
        (SWAPPED, "x.shape", "x.shape[::-1]"),
        (ONE_PLACE, lambda y, x, w, *_: y * (np.indices(y.shape).sum(axis=0) == 0)),
        (ONE_PLACE, lambda y, x, w, *_: y[0, 0]), (ONE_PLACE, lambda y, x, w, *_: y[:1, :1]),
        (ONE_ROW, lambda y, x, w, *_: y * (np.indices(y.shape)[0] == 0)),
        (ONE_ROW, lambda y, x, w, *_: y[0]), (ONE_ROW, lambda y, x, w, *_: y[:1]),
        ("Rows and columns of y are swapped.", lambda y, x, w, *_: y.T),
        ("The numbers are right, but in one long list: start a new row for each i.", lambda y, x, w, *_: y.ravel()),
        ("The last row and the last column are missing: add 1 to the number of whole jumps.",
         lambda y, x, w, *_: y[:-1, :-1]),
        ("You take the mean of the products: an output is their sum.", lambda y, x, w, *_: y / w.size),
        (WHOLE, lambda y, x, w, *_: y.astype(int)), (WHOLE, lambda y, x, w, *_: y.astype(x.dtype)),
    ),
]
