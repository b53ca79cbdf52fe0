"""Ways in which a transposed convolution goes wrong: edits of right ways, for exercise 09.3."""

import numpy as np

from ...ops import correlate2d
from ..exercise import Wrong
from ..slips import each_way, slips


def stamped(x, w, stride):
    (H, W), F = x.shape, len(w)
    y = np.zeros(((H - 1) * stride + F, (W - 1) * stride + F))
    for i in range(H):
        for j in range(W):
            y[i * stride:i * stride + F, j * stride:j * stride + F] += x[i, j] * w
    return y


def looped(x, w, stride):
    (H, W), F = x.shape, len(w)
    y = np.zeros(((H - 1) * stride + F, (W - 1) * stride + F))
    for i in range(H):
        for j in range(W):
            for u in range(F):
                for v in range(F):
                    y[i * stride + u, j * stride + v] += x[i, j] * w[u, v]
    return y


def gathered(x, w, stride):
    (H, W), F = x.shape, len(w)
    y = np.zeros(((H - 1) * stride + F, (W - 1) * stride + F))
    for a in range(len(y)):
        for b in range(y.shape[1]):
            for i in range(H):
                for j in range(W):
                    if 0 <= a - i * stride < F and 0 <= b - j * stride < F:
                        y[a, b] += x[i, j] * w[a - i * stride, b - j * stride]
    return y


def slid(between=lambda S: S - 1, turned=True, frame=lambda F: F - 1):
    """A convolution over the input with zeros between its cells, so many, and around it."""
    def answer(x, w, stride):
        step = between(stride) + 1
        spread = np.zeros([(n - 1) * step + 1 for n in x.shape])
        spread[::step, ::step] = x
        return correlate2d(np.pad(spread, frame(len(w))), w[::-1, ::-1] if turned else w)

    return answer


def enlarged(x, w, stride):
    """A convolution over the input with each cell repeated, padded to the right size."""
    large = x.repeat(stride, 0).repeat(stride, 1)[:(x.shape[0] - 1) * stride + 1, :(x.shape[1] - 1) * stride + 1]
    return correlate2d(np.pad(large, len(w) - 1), w[::-1, ::-1])


def seen(x, w, stride):
    """How many stamps lie on each output cell; 1 where there is none."""
    return np.maximum(stamped(np.ones(x.shape), np.ones(w.shape), stride), 1)


def largest(x, w, stride):
    F = len(w)
    y = np.full(stamped(x, w, stride).shape, -np.inf)
    for i, j in np.ndindex(x.shape):
        window = y[i * stride:i * stride + F, j * stride:j * stride + F]
        np.maximum(window, x[i, j] * w, out=window)
    return np.where(np.isinf(y), 0, y)


def first_only(x, w, stride):
    F, y = len(w), np.full(stamped(x, w, stride).shape, np.nan)
    for i, j in np.ndindex(x.shape):
        window = y[i * stride:i * stride + F, j * stride:j * stride + F]
        window[...] = np.where(np.isnan(window), x[i, j] * w, window)
    return np.nan_to_num(y)


STAMP, PRODUCT, SIZE = "y[i * stride:i * stride + F, j * stride:j * stride + F] += x[i, j] * w", "x[i, j] * w\n", \
    "np.zeros(((H - 1) * stride + F, (W - 1) * stride + F))"
WINDOW = "y[i * stride:i * stride + F, j * stride:j * stride + F]"
LARGEST = "Where stamps overlap, you keep the largest number: they add."
OVERWRITES = "Each stamp wipes out what lies under it: overlaps add, so use `+=` instead of `=`."
NO_STRIDE = "Your stamps lie one cell apart, whatever the stride is: stamp i, j begins in row i · S and column j · S."
FLIPPED = "Your stamp is rotated by 180°. Stamping rotates nothing; only to slide w over inputs with zeros between " \
          "them, rotate it, `w[::-1, ::-1]`."
BETWEEN = "Your stamps lie S + 1 cells apart: with S − 1 zeros between two inputs they are S apart."
TOO_LARGE = "The output is too large: the last stamp begins at (H − 1) · S and is F rows high."
SMALL = "Your output is S · H by S · W: it should be as large as the stamps reach, (H − 1) · S + F by (W − 1) · S + F."
MEAN = "Where stamps overlap, you take their mean: they add."
EXCHANGED = "You swap x and w: a cell of x stamps all of w, and the stamps lie S cells apart."
KRON = "Your stamps lie side by side, F cells apart: they should be S apart, and overlap if S is less than F."
REPEATED = "You repeat each input and slide w over that: put zeros between the inputs instead."
FORWARD = "That is a convolution, which makes the map smaller: here each input cell spreads over F · F outputs."
WHOLE = "The fractions are lost: your array holds only whole numbers. `np.zeros(shape)` holds others, too."
SQUARE = "Your code needs a square x: it has H rows and W columns."

WRONG = [
    *slips(
        [stamped, looped, gathered],
        (OVERWRITES, "+= x[i, j]", "= x[i, j]"),
        ((OVERWRITES, FLIPPED), "+= x[i, j] * w\n", "= x[i, j] * w[::-1, ::-1]\n"),
        ((OVERWRITES, NO_STRIDE), STAMP, STAMP.replace(" * stride", "").replace("+=", "=")),
        (NO_STRIDE, STAMP, STAMP.replace(" * stride", "")),
        (NO_STRIDE, "y[i * stride + u, j * stride + v]", "y[i + u, j + v]"),
        ("Your stamps lie one row apart: stamp i, j begins in row i · S.", STAMP, STAMP.replace("i * stride", "i")),
        ("Your stamps lie one column apart: stamp i, j begins in column j · S.",
         STAMP, STAMP.replace("j * stride", "j")),
        (KRON, lambda y, x, w, stride: stamped(x, w, len(w))),
        ("The stride is missing, even in the size: stamps lie S cells apart.", "stride", "1"),
        ("You use the stride twice: stamp i begins at i · S.", "* stride", "* stride * stride"),
        (BETWEEN,
         "* stride", "* (stride + 1)"),
        (FLIPPED, PRODUCT, "x[i, j] * w[::-1, ::-1]\n"), (FLIPPED, "w[u, v]", "w[-1 - u, -1 - v]"),
        ("Your stamp is upside down: use w as it is.", PRODUCT, "x[i, j] * w[::-1]\n"),
        ("Your stamp is mirrored: use w as it is.", PRODUCT, "x[i, j] * w[:, ::-1]\n"),
        ("Rows and columns of your stamp are swapped: u goes down in w and in y.", PRODUCT, "x[i, j] * w.T\n"),
        ("Rows and columns of x are swapped: the cell in row i and column j stamps in row i · S and column j · S.",
         "y[i * stride + u, j * stride + v]", "y[j * stride + u, i * stride + v]"),
        ("Your output lies on its side: rows come first.", lambda y, *_: y.T),
        ("The last input stamps first: x[0, 0] belongs to the upper left corner.",
         lambda y, x, w, stride: stamped(x[::-1, ::-1], w, stride)),
        ("Your stamps are just w: multiply each by its input, x[i, j].", PRODUCT, "w\n"),
        ("Your stamps are flat: each of their cells has its own number from w.", PRODUCT, "x[i, j]\n"),
        ("You add the input to the stamp: multiply.", PRODUCT, "x[i, j] + w\n"),
        ("Your stamp is divided by its size: each stamp is x[i, j] · w, undivided.", PRODUCT, "x[i, j] * w / w.size\n"),
        ("Your stamp is divided by its sum: each stamp is x[i, j] · w, as it is.",
         PRODUCT, "x[i, j] * w / (w.sum() or 1)\n"),
        (TOO_LARGE, SIZE, "np.zeros((H * stride + F, W * stride + F))"),
        (TOO_LARGE, SIZE, "np.zeros((H * stride + F - 1, W * stride + F - 1))"),
        (SMALL, SIZE, "np.zeros((H * stride, W * stride))"),
        (LARGEST, STAMP, f"{WINDOW} = np.maximum({WINDOW}, x[i, j] * w)"),
        (LARGEST, "y[i * stride + u, j * stride + v] += x[i, j] * w[u, v]",
         "y[i * stride + u, j * stride + v] = max(y[i * stride + u, j * stride + v], x[i, j] * w[u, v])"),
        ("Your slices end at i + F and j + F: the stride belongs at both ends, `i * stride:i * stride + F`.",
         STAMP, STAMP.replace(":i * stride", ":i").replace(":j * stride", ":j")),
        *each_way("There is an extra row or column of zeros: the output ends where the last stamp ends.",
                  ("(H - 1) * stride + F, (W", "(H - 1) * stride + F + 1, (W"),
                  ("(W - 1) * stride + F))", "(W - 1) * stride + F + 1))")),
        ("The last stamp hangs over the end: the output has (H − 1) · S + F rows, so one is missing.",
         lambda y, *_: y[:-1, :-1]),
        ("The last row is missing: the output has (H − 1) · S + F rows.", lambda y, *_: y[:-1]),
        ("The last column is missing: the output has (W − 1) · S + F columns.", lambda y, *_: y[:, :-1]),
        ("You cut off the border, F − 1 cells on each side: the output is as large as the stamps reach.",
         lambda y, x, w, stride: y[len(w) - 1:1 - len(w), len(w) - 1:1 - len(w)]),
        ("You cut off one cell on each side, as padding would: there is no padding here.", lambda y, *_: y[1:-1, 1:-1]),
        ("You cut the output to H · S rows and W · S columns: it is as large as the stamps reach.",
         lambda y, x, w, stride: y[:x.shape[0] * stride, :x.shape[1] * stride]),
        (SMALL, lambda y, x, w, S: np.pad(y, ((0, S), (0, S)))[:x.shape[0] * S, :x.shape[1] * S]),
        ("The last row and column of inputs stamp nothing: `range` already leaves out its end.",
         "for i in range(H)", "for i in range(H - 1)", "for j in range(W)", "for j in range(W - 1)"),
        ("The last row of inputs stamps nothing: `range` already leaves out its end.",
         "for i in range(H)", "for i in range(H - 1)"),
        ("The last column of inputs stamps nothing: `range` already leaves out its end.",
         "for j in range(W)", "for j in range(W - 1)"),
        ("The first row and column of inputs stamp nothing: i and j start at 0.",
         "for i in range(H)", "for i in range(1, H)", "for j in range(W)", "for j in range(1, W)"),
        ("In each stamp the last row and column are missing: u and v go up to F − 1, and `range` leaves out its end.",
         "u in range(F)", "u in range(F - 1)", "v in range(F)", "v in range(F - 1)"),
        ("In each stamp the first row and column are missing: u and v start at 0.",
         "u in range(F)", "u in range(1, F)", "v in range(F)", "v in range(1, F)"),
        ("All inputs stamp like x[0, 0]: use x[i, j].", "x[i, j]", "x[0, 0]"),
        ("All inputs of a row stamp like its first: use x[i, j].", "x[i, j]", "x[i, 0]"),
        ("Only the first stamp is there: is `return` inside a loop?",
         lambda y, x, w, stride: stamped(x * (np.indices(x.shape).sum(0) == 0), w, stride)),
        ("Only the first row of inputs stamps: is `return` inside the loop over rows?",
         lambda y, x, w, stride: stamped(x * (np.arange(len(x)) == 0)[:, None], w, stride)),
        ("You add up each stamp in its corner: spread it over F × F cells.",
         STAMP, "y[i * stride, j * stride] += (x[i, j] * w).sum()"),
        (FORWARD, "for i in range(H)", "for i in range(H - F + 1)", "for j in range(W)", "for j in range(W - F + 1)",
         STAMP, f"{WINDOW} += x[i:i + F, j:j + F] * w"),
        (MEAN, lambda y, x, w, stride: y / seen(x, w, stride)),
        (WHOLE, lambda y, *_: y.astype(int)), (WHOLE, "stride + F))\n", "stride + F), int)\n"),
        (WHOLE, "stride + F))\n", "stride + F), x.dtype)\n"),
        ("You add up each stamp: spread it.", PRODUCT, "(x[i, j] * w).sum()\n"),
        ("That is the sum of everything: return the map.", lambda y, *_: y.sum()),
        ("Your array starts with ones: start with zeros.", "np.zeros(", "np.ones("),
        (SQUARE, lambda y, x, w, stride: stamped(x[:, :len(x)], w, stride)),
    ),
    Wrong(largest, LARGEST),
    Wrong(first_only, "Where stamps overlap, only the first is left: they add."),
    Wrong(lambda x, w, stride: np.kron(x, w), KRON),
    Wrong(lambda x, w, stride: np.kron(w, x), EXCHANGED),
    Wrong(lambda x, w, stride: stamped(w, x, stride) if x.shape[0] == x.shape[1] else stamped(w, x[:, :len(x)], stride),
          EXCHANGED),
    Wrong(enlarged, REPEATED),
    *(Wrong(lambda x, w, S, turn=turn: correlate2d(x.repeat(S, 0).repeat(S, 1), w[::turn, ::turn], 1, len(w) - 1),
            REPEATED) for turn in (1, -1)),
    Wrong(lambda x, w, stride: x.repeat(stride, 0).repeat(stride, 1),
          "You repeat each input, and w is never used: each input stamps its multiple of w."),
    Wrong(lambda x, w, stride: correlate2d(x, w, stride, len(w) - 1), FORWARD),
    Wrong(lambda x, w, stride: correlate2d(x, w[::-1, ::-1], stride, len(w) - 1), FORWARD),
    Wrong(slid(lambda S: S), BETWEEN), Wrong(slid(turned=False), FLIPPED),
    Wrong(slid(frame=lambda F: F // 2), "Put F − 1 zeros around the inputs, so that each meets all of w."),
    Wrong(slid(frame=lambda F: 1), "Put F − 1 zeros around the inputs, so that each meets all of w."),
    Wrong(slid(lambda S: S, turned=False), BETWEEN, FLIPPED),
]
