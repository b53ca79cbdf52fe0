"""A 1 × 1 convolution by loops and by one product, with one thing at a time gone wrong, for exercise 04.4."""

import numpy as np

from ..slips import slips
from .e04_slips import BACK, BIAS, SCRAMBLED, bias_first, bias_last, row_for_each_pixel


def maps_added(x, w, b):
    y = np.zeros((len(w), *x.shape[1:]))
    for k in range(len(w)):
        for c in range(len(x)):
            y[k] += w[k, c, 0, 0] * x[c]
        y[k] += b[k]
    return y


def pixel_by_pixel(x, w, b):
    (C, H, W), K = x.shape, len(w)
    y = np.zeros((K, H, W))
    for k in range(K):
        for i in range(H):
            for j in range(W):
                total = b[k]
                for c in range(C):
                    total += w[k, c, 0, 0] * x[c, i, j]
                y[k, i, j] = total
    return y


WEIGHT, ADD, END = "w[k, c, 0, 0]", "        y[k] += b[k]\n", "    return y\n"
FILTERS, CHANNELS = "k in range(len(w))", "c in range(len(x))"
ONE_FILTER = "All maps are made by filter 0: map k is made by filter k."
IN_LOOP = "Your bias is added once for each channel: add it once for each output."
FIRST_MAP = "Only the map of filter 0 is filled: is `return` inside the loop over filters?"
EARLY = "You add the bias to the weights, before the product: add it to the result."
LOST_CHANNEL = "The last channel is missing: `range` already leaves out its end."
REVERSED = "The channels are in reverse order: weight `w[k, c, 0, 0]` belongs to channel c."
COLUMNS = "Your last `reshape` fills the maps column by column: rows come first, as in a plain `reshape`."
RUNS_ON = "Your sum carries over from pixel to pixel: start each from its bias."

LOOPS = slips(
    [maps_added, pixel_by_pixel, bias_last, bias_first, row_for_each_pixel],
    (ONE_FILTER, WEIGHT, "w[0, c, 0, 0]"), (ONE_FILTER, "w.reshape(K, C)", "w.reshape(K, C)[[0] * K]"),
    ("All maps are made by the last filter: map k is made by filter k.", WEIGHT, "w[-1, c, 0, 0]"),
    ("The filters are in reverse order: map k is made by filter k.", WEIGHT, "w[-1 - k, c, 0, 0]"),
    ("All channels meet the weight for channel 0: it is `w[k, c, 0, 0]`.", WEIGHT, "w[k, 0, 0, 0]"),
    ("Every weight meets channel 0 of x: channel c meets `w[k, c, 0, 0]`.", "* x[c", "* x[0"),
    ("Filter k reads channel k only: it should read all channels.", WEIGHT, "w[k, c, 0, 0] * (c == k)"),
    (REVERSED, WEIGHT, "w[k, -1 - c, 0, 0]"),
    ("You add up the channels without the weights.", WEIGHT + " * ", ""),
    ("You add the weights to the pixels: multiply, then add up the channels.", WEIGHT + " * ", WEIGHT + " + "),
    ("You drop the signs of the weights: a negative product is subtracted.", WEIGHT, "abs(w[k, c, 0, 0])"),
    ("Only the last channel is left: does each channel overwrite the one before? `+=` adds.",
     "+= w[k", "= w[k", ADD, ADD),
    ("Only the last channel is left, and without its bias: `+=` adds, `=` replaces.", "total += w", "total = w"),
    ("The bias overwrites the map: `+=` adds, `=` replaces.", "y[k] += b[k]", "y[k] = b[k]"),
    (BIAS, ADD, ""), (BIAS, "total = b[k]", "total = 0"),
    (IN_LOOP, ADD, "    " + ADD), (IN_LOOP, "total += w[k, c, 0, 0] * x[c, i, j]",
                                   "total += w[k, c, 0, 0] * x[c, i, j] + b[k] * (c > 0)"),
    ("All maps have the bias of filter 0: map k has b[k].", "b[k]", "b[0]"),
    ("All maps have the last bias: map k has b[k].", "b[k]", "b[-1]"),
    ("The biases are in reverse order: map k has b[k].", "b[k]", "b[-1 - k]"),
    ("Every map has the mean of the biases: map k has b[k].", "b[k]", "b.mean()"),
    ("You subtract the bias: it is added.", "y[k] += b[k]", "y[k] -= b[k]"),
    ("You multiply by the bias: it is added.", "y[k] += b[k]", "y[k] *= b[k]"),
    (EARLY, "w.reshape(K, C) @ x.reshape(C, H * W)", "(w.reshape(K, C) + b[:, None]) @ x.reshape(C, H * W)"),
    (EARLY, "w.reshape(K, C) @ x.reshape(C, H * W)", "(w.reshape(K, C) + b[:, None]) @ x.reshape(C, H * W)",
     " + b[:, None, None]", ""),
    (BACK, " + b\n", "\n", "y.T.reshape(K, H, W)", "y.reshape(K, H, W) + b[:, None, None]"),
    ((BACK, BIAS), " + b\n", "\n", "y.T.reshape(K, H, W)", "y.reshape(K, H, W)"),
    (COLUMNS, "y.reshape(K, H, W)", "y.reshape(K, H, W, order='F')"),
    ("Your last `reshape` cuts the maps into pieces of K numbers: plain `reshape(K, H, W)` is enough.",
     "y.reshape(K, H, W)", "y.reshape(H, W, K).transpose(2, 0, 1)"),
    (SCRAMBLED, "@ x.reshape(C, H * W)", "@ x.reshape(H * W, C).T"),
    ("The pixels of x are in reverse order: `x.reshape(C, H * W)` takes them as they lie.",
     "@ x.reshape(C, H * W)", "@ x.reshape(C, H * W)[:, ::-1]"),
    ("The first channel is missing: counting starts at 0.", CHANNELS, "c in range(1, len(x))"),
    ("The first channel is missing: counting starts at 0.", "c in range(C)", "c in range(1, C)"),
    (LOST_CHANNEL, CHANNELS, "c in range(len(x) - 1)"), (LOST_CHANNEL, "c in range(C)", "c in range(C - 1)"),
    ("Only channel 0 takes part: add up all channels.", CHANNELS, "c in range(1)"),
    ("You always use three channels: there are len(x) of them.", CHANNELS, "c in range(min(3, len(x)))"),
    ("The map of the last filter stays 0: `range` already leaves out its end.", FILTERS, "k in range(len(w) - 1)"),
    ("The map of filter 0 stays 0: counting starts at 0.", FILTERS, "k in range(1, len(w))"),
    (FIRST_MAP, END, "        return y\n"), (FIRST_MAP, FILTERS, "k in range(1)"),
    ("Only the first channel is added: is `return` inside the loop over channels?",
     ADD, "            return y\n" + ADD),
    ("Only the map of the last filter is filled: make y before the loops.", FILTERS, "k in [len(w) - 1]"),
    ("The last row of each map stays 0: `range` already leaves out its end.", "i in range(H)", "i in range(H - 1)"),
    ("The last column of each map stays 0: `range` already leaves out its end.", "j in range(W)",
     "j in range(W - 1)"),
    ("The last row and the last column of each map stay 0: `range` already leaves out its end.",
     "i in range(H)", "i in range(H - 1)", "j in range(W)", "j in range(W - 1)"),
    ("The first row of each map stays 0: counting starts at 0.", "i in range(H)", "i in range(1, H)"),
    ("The first column of each map stays 0: counting starts at 0.", "j in range(W)", "j in range(1, W)"),
    ("Only the first row of each map is filled.", "i in range(H)", "i in range(1)"),
    ("Only the first pixel of each map is filled.", "i in range(H)", "i in range(1)", "j in range(W)", "j in range(1)"),
    ("The decimals are lost: y must be able to hold fractions.", "(K, H, W))", "(K, H, W), int)"),
    (RUNS_ON, "        for i in", "        total = b[k]\n        for i in", "                total = b[k]\n", ""),
    (RUNS_ON, "    for k in", "    total = 0\n    for k in", "                total = b[k]\n", "",
     "        for i in", "        total += b[k]\n        for i in"),
    ("You add up all pixels: an output belongs to one pixel, and adds up its channels.",
     END, "    return y[:, :1, :1].repeat(1, 1) * 0 + y.sum((1, 2), keepdims=True)\n"),
    ("You have one number for each filter, of all its pixels: each pixel has its own.",
     "y.reshape(K, H, W) +", "y.sum(1)[:, None, None] +"),
    ("You added up everything, filters too: each filter has a map, each pixel a number.",
     "y.reshape(K, H, W) + b[:, None, None]", "y.sum() + b"),
    ("You divide sum and bias by the number of channels: an output is the sum, and then the bias.",
     "y.reshape(K, H, W) + b[:, None, None]", "(y.reshape(K, H, W) + b[:, None, None]) / C"),
    ("You round: keep the decimals.", END,
     "    return np.round(y)\n"),
    ("You drop the signs: a negative output stays negative.", END,
     "    return abs(y)\n"),
    ("Where a map is as wide as there are filters, `y + b` adds along the columns: write `b[:, None, None]`.",
     "+ b[:, None, None]", "+ (b if W == K else b[:, None, None])"),
)
