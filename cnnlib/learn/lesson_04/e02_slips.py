"""Ways in which several filters on several channels go wrong: edits of right ways, for exercise 04.2."""

import numpy as np

from ...ops import correlate2d
from ..exercise import Wrong
from ..slips import slips


def looped(x, w, b):
    (C, H, W), (K, _, F, _) = x.shape, w.shape
    y = np.zeros((K, H - F + 1, W - F + 1))
    for k in range(K):
        for i in range(H - F + 1):
            for j in range(W - F + 1):
                total = b[k]
                for c in range(C):
                    for u in range(F):
                        for v in range(F):
                            total += x[c, i + u, j + v] * w[k, c, u, v]
                y[k, i, j] = total
    return y


def filled(x, w, b):
    (_, H, W), (K, _, F, _) = x.shape, w.shape
    y = np.zeros((K, H - F + 1, W - F + 1))
    for k in range(K):
        for i in range(H - F + 1):
            for j in range(W - F + 1):
                y[k, i, j] = (x[:, i:i + F, j:j + F] * w[k]).sum() + b[k]
    return y


def sliced(x, w, b):
    (_, H, W), (K, _, F, _) = x.shape, w.shape
    return [[[(x[:, i:i + F, j:j + F] * w[k]).sum() + b[k] for j in range(W - F + 1)] for i in range(H - F + 1)]
            for k in range(K)]


def by_channel(x, w, b):
    y = []
    for k in range(len(w)):
        maps = [correlate2d(x[c], w[k, c]) for c in range(len(x))]
        y.append(sum(maps) + b[k])
    return np.array(y)


def bias_last(x, w, b):
    y = [sum(correlate2d(x[c], w[k, c]) for c in range(len(x))) for k in range(len(w))]
    return y + b[:, None, None]


def padded(x, w, b, frame):
    return filled(np.pad(x, ((0, 0), frame, frame)), w, b)


def alone(k):
    """y with the maps of all other filters 0."""
    return lambda y, x, w, b: np.where(np.arange(len(y))[:, None, None] == k % len(y), y, 0)


WAYS = [filled, looped, sliced, by_channel, bias_last]
ROWS, COLUMNS, CELL, WEIGHT = "H - F + 1", "W - F + 1", "x[c, i + u, j + v]", "w[k, c, u, v]"
K, I, J, U, V = "for k in range(K)", "for i in range(H - F + 1)", "for j in range(W - F + 1)", "u in range(F)", \
    "v in range(F)"
START = "                total = b[k]\n"

PER_PAIR = "You make a map for each pair of filter and channel: all channels of a filter go into one sum, so each " \
           "filter makes one map."
BIAS = "The bias is missing: every output of filter k gets b[k], once."
RUNS_ON = "Your sum carries over from place to place: start each output from the bias."
FRAME = "Your image has zeros around it: the filter should stay on x."
SIZES = "Your loops keep the sizes of the example: read them off the shapes of x and w."
FLIPPED = "Your filters are rotated: cell `x[c, i + u, j + v]` meets `w[k, c, u, v]`."
LAST_CHANNEL = "Only the last channel is left: "
TURNED = "Rows and columns are mixed up: there are H − F + 1 places i and W − F + 1 places j."
HALVES = "The decimals are lost: your y holds only whole numbers. `np.zeros(shape)` holds others, too."
ONE_MAP = "Only the map of filter 0 is filled: is `return` inside the loop over filters?"

WRONG = [
    *slips(
        WAYS,
        (BIAS, " + b[k]", ""),
        ("Your bias is added once for each channel: add it once for each output.", "= b[k]", "= len(x) * b[k]"),
        ("Your bias is added twice: add it once for each output.", "= b[k]", "= 2 * b[k]"),
        ("Your bias is added with every product: add it once for each output.", "= b[k]", "= w[0].size * b[k]"),
        ("All maps have the bias of filter 0: filter k has b[k].", "b[k]", "b[0]"),
        ("All biases go into every map: filter k has only b[k].", "b[k]", "sum(b)"),
        ("You multiply by the bias: it is added.", "+ b[k]", "* b[k]"),
        ("You subtract the bias: it is added.", "+ b[k]", "- b[k]"),
        ("`y + b` adds along the last axis, the columns of a map: write `b[:, None, None]`, one bias for each map.",
         "b[:, None, None]", "b"),
        ("Only the first place of each map has the bias: every output gets it.",
         lambda y, x, w, b: y - b[:, None, None] * (np.indices(y.shape)[1:].sum(0) > 0)),
        ("You add the bias of a channel, b[c], in the loop over channels: add b[k], once.",
         "= b[k]", "= sum(b[c] for c in range(C))"),
        (PER_PAIR, "sum(maps)", "np.array(maps)"), (PER_PAIR, "append(sum(maps)", "extend(np.array(maps)"),
        ((PER_PAIR, BIAS), "sum(maps) + b[k]", "np.array(maps)"),
        ("Only channel 0 is read: add up the products of all channels.", "c in range(C)", "c in range(1)"),
        (LAST_CHANNEL + "does each channel overwrite the one before? `+=` adds.", "sum(maps)", "maps[-1]"),
        (LAST_CHANNEL + "is the sum reset to 0 for each channel? Start from b[k], before the loop over channels.",
         "sum(maps) + b[k]", "maps[-1]"),
        ("You take the mean of the channels: add them up.", "sum(maps)", "np.mean(maps, 0)"),
        ("You take the mean of the products: add them up.", ".sum()", ".mean()"),
        ("You keep the largest of the channels: add them up.", "sum(maps)", "np.max(maps, 0)"),
        ("`@` is the matrix product: in a window each number is multiplied by the weight on it, `*`.",
         "* w[k]", "@ w[k]"),
        ("You add up channels before you multiply: channel c of x meets its own weights, `w[k, c]`.",
         "x[:, i:i + F, j:j + F] * w[k]", "x[:, i:i + F, j:j + F].sum(0) * w[k].sum(0)"),
        ("All channels meet the weights for channel 0: use `w[k, c, u, v]`, with the loop's c.",
         "w[k, c", "w[k, 0"),
        ("All weights meet channel 0 of x: use `x[c, i + u, j + v]`, with the loop's c.", "x[c", "x[0"),
        ("Your loop over channels counts the filters: there are `x.shape[0]` channels and `w.shape[0]` "
         "filters.", "c in range(C)", "c in range(K)"),
        ("C and K are swapped: the shape of w is (K, C, F, F), filters first.", "(K, _, F, _)", "(_, K, F, _)"),
        ("In w the filter comes first, then the channel: it is `w[k, c, u, v]`.", "w[k, c", "w[c, k"),
        ("Only filter 0 was used: make a map for each filter.", lambda y, x, w, b: y[0]),
        ("All maps are made with filter 0: use `w[k, c, u, v]`, with the loop's k.", "w[k", "w[0"),
        ("You return the map of the last filter only: keep all of them, in y[k].", lambda y, x, w, b: y[-1]),
        ("All maps come from the last filter: make a new array for each filter, or fill in y[k].",
         lambda y, x, w, b: np.repeat(y[-1:], len(y), 0)),
        ("All maps but the last are zero: do you create y inside the loop over filters?", alone(-1)),
        ("The map of filter 0 is missing: filters are counted from 0, `range(K)`.", K, "for k in range(1, K)"),
        ("You add up the maps of all filters: keep them apart, one for each filter.", lambda y, x, w, b: y.sum(0)),
        ("The maps of the filters add up in one array: start each filter with a new one.",
         lambda y, x, w, b: np.cumsum(y - b[:, None, None], 0) + b[:, None, None]),
        ("Filter k reads channel k only: it should read all channels.", "sum(maps)", "maps[k]"),
        ("Filter k reads channel k only: it should read all channels.", "sum(maps)", "maps[k % len(x)]"),
        (RUNS_ON, K + ":", "total = 0\n    " + K + ":\n        total += b[k]", START, ""),
        (RUNS_ON, K + ":", K + ":\n        total = b[k]", START, ""),
        (RUNS_ON, I + ":", I + ":\n            total = b[k]", START, ""),
        (ONE_MAP, alone(0)), (ONE_MAP, lambda y, x, w, b: y[:1]),
        (FLIPPED, WEIGHT, "w[k, c, -1 - u, -1 - v]"),
        ((FLIPPED, BIAS), WEIGHT, "w[k, c, -1 - u, -1 - v]", "= b[k]", "= 0"),
        ("Your filters are rotated, and their channels are in reverse order: cell `x[c, i + u, j + v]` meets `w[k, "
         "c, u, v]`.", WEIGHT, "w[k, -1 - c, -1 - u, -1 - v]"),
        ("The channels of the filters are in reverse order: channel c of x meets channel c of w.",
         WEIGHT, "w[k, -1 - c, u, v]"),
        ("Rows and columns of the filters are mixed up: u goes down in x and in w, v to the right.",
         WEIGHT, "w[k, c, v, u]"),
        ("The numbers are right, but the filters are the last axis: put them first, (K, H', W').",
         lambda y, x, w, b: y.transpose(1, 2, 0)),
        ("Your maps lie on their side: rows come first, then columns.",
         lambda y, x, w, b: y.transpose(0, 2, 1)),
        ("Your result has an extra axis for a batch: take its entry [0].", lambda y, x, w, b: y[None]),
        ("The last row and the last column of each map are missing: there are H − F + 1 rows, and `range` already "
         "leaves out its end.", ROWS, "H - F", COLUMNS, "W - F"),
        ("Your filter jumps by its own size: move it by one cell.",
         I, "for i in range(0, H - F + 1, F)", J, "for j in range(0, W - F + 1, F)"),
        ("In each window the last row and the last column are missing: u and v go up to F − 1, and `range` leaves out "
         "its end.", U, "u in range(F - 1)", V, "v in range(F - 1)"),
        ("In each window the first row and the first column are missing: u and v start at 0.",
         U, "u in range(1, F)", V, "v in range(1, F)"),
        (SIZES, K, "for k in range(2)", ROWS, "2", COLUMNS, "2", "+ F", "+ 2"),
        (SIZES, "+ F", "+ 2", "w[k]", "w[k, :, :2, :2]"), (SIZES, "range(len(x))", "range(3)"),
        (SIZES, ROWS, "2", COLUMNS, "2", "range(C)", "range(3)", "range(F)", "range(2)"),
        (TURNED, I, "for i in range((W) - F + 1)", J, "for j in range(H - F + 1)"),
        ("You have one number for each filter, that of the first window: slide it to every place.",
         lambda y, x, w, b: y[:, 0, 0]),
        (HALVES, lambda y, x, w, b: y.astype(int)), (HALVES, "W - F + 1))", "W - F + 1), int)"),
        (HALVES, "np.zeros((K, H - F + 1, W - F + 1))", "np.zeros((K, H - F + 1, W - F + 1), x.dtype)"),
        ("Only the last product of each window is left: `+=` adds, `=` replaces.", "+= x", "= x"),
    ),
    *slips(
        [filled],
        ("The last row and the last column of each map stay 0: `range` already leaves out its end, so go up to "
         "`H - F + 1`.", I, "for i in range(H - F)", J, "for j in range(W - F)"),
        ("The first row and the first column of each map stay 0: the first window lies on row 0 and column 0, so i "
         "and j start at 0.", I, "for i in range(1, H - F + 1)", J, "for j in range(1, W - F + 1)"),
    ),
    *slips([sliced], ("Every output became a list: you add all of b to it. Filter k has b[k].", "+ b[k]", "+ b")),
    Wrong(lambda x, w, b: padded(x, w, b, [w.shape[2] - 1] * 2), FRAME),
    Wrong(lambda x, w, b: padded(x, w, b, [w.shape[2] // 2] * 2), FRAME),
    Wrong(lambda x, w, b: padded(x, w, b, [w.shape[2] // 2, (w.shape[2] - 1) // 2]), FRAME),
    Wrong(lambda x, w, b: padded(x, w, b, [(w.shape[2] - 1) // 2, w.shape[2] // 2]), FRAME),
]
