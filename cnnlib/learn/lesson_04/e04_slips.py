"""Ways in which a 1 × 1 convolution as a matrix product goes wrong: edits of right ways, for exercise 04.4."""

from ..slips import slips


def bias_last(x, w, b):
    (C, H, W), K = x.shape, len(w)
    y = w.reshape(K, C) @ x.reshape(C, H * W)
    return y.reshape(K, H, W) + b[:, None, None]


def bias_first(x, w, b):
    (C, H, W), K = x.shape, len(w)
    y = w.reshape(K, C) @ x.reshape(C, H * W) + b[:, None]
    return y.reshape(K, H, W)


def row_for_each_pixel(x, w, b):
    (C, H, W), K = x.shape, len(w)
    y = x.reshape(C, H * W).T @ w.reshape(K, C).T + b
    return y.T.reshape(K, H, W)


def channels_last_and_back(x, w, b):
    y = x.transpose(1, 2, 0) @ w[:, :, 0, 0].T + b
    return y.transpose(2, 0, 1)


def products_added(x, w, b):
    return (w * x).sum(1) + b[:, None, None]


WAYS = [bias_last, bias_first, row_for_each_pixel, channels_last_and_back, products_added]
END, LAST, ADDED, PIXELS = "y.reshape(K, H, W)", " + b[:, None, None]", "(w * x).sum(1)", "x.reshape(C, H * W)"

SCRAMBLED = "You mix numbers of different pixels: `reshape(H * W, C)` cuts x into pieces of C numbers in stored " \
            "order, and these are not pixels. `reshape(C, H * W)` keeps the channels apart."
AGAIN = "At the end the maps must come first again: take `.T` before `reshape(K, H, W)`."
BACK = "The results are right, but scattered: `reshape` cannot bring the last axis to the front. Take `.T` first."
BIAS = "The bias is missing: every pixel of map k gets b[k]."
FLAT = "Your maps are still one long row each: bring them back with `reshape(K, H, W)`."
PRODUCTS = "You have a map for each pair of filter and channel: add up the channels of each filter."
FILTERS = "You add up along the filters: add up along the channels, so that each filter keeps a map."

WRONG = slips(
    WAYS,
    (BIAS, LAST, ""), (FLAT, "return " + END + "\n", "return y\n"), ((FLAT, BIAS), END + LAST, "y"),
    ("Your bias is added once for each channel: add it once for each output.", LAST, " + len(x) * b[:, None, None]"),
    ("Your bias is added twice: add it once for each output.", LAST, " + 2 * b[:, None, None]"),
    ("All maps have the bias of filter 0: map k has b[k].", LAST, " + b[0]"),
    ("All biases go into every map: map k has only b[k].", LAST, " + b.sum()"),
    ("You subtract the bias: it is added.", LAST, " - b[:, None, None]"),
    ("You multiply by the bias: it is added.", LAST, " * b[:, None, None]"),
    ("`y + b` adds along the last axis, the columns of a map: write `b[:, None, None]`, one bias for each map.",
     LAST, " + b"),
    ("Your maps are long rows when you add the bias: make `b` a column, and bring the rows back to (K, H, "
     "W).", END + LAST, "y + b"),
    ("`y + b` adds along the last axis, the pixels: for long rows write `b[:, None]`, one bias for each "
     "row.", " + b[:, None]\n", " + b\n"),
    ("The right numbers in the wrong shape: your last `reshape` should make (K, H, W), maps first.",
     "return " + END + "\n", "return y.reshape(H, W, K)\n"),
    ("Your last `reshape` puts the maps last and scatters the numbers: use (K, H, W), then add `b[:, None, "
     "None]`.", END + LAST, "y.reshape(H, W, K) + b"),
    ("Your `reshape(C, K)` cuts the filters to pieces: `w.reshape(K, C)` has one row for each filter, and needs no "
     "`.T`.", "w.reshape(K, C)", "w.reshape(C, K).T"),
    ("You treat the image as square: H and W may differ.", "H * W", "H * H", "(K, H, W)", "(K, H, H)"),
    ("`.T` reverses all three axes of x: `x.reshape(C, H * W)` needs no `.T`.", PIXELS, "x.T.reshape(C, H * W)"),
    ("You take the pixels column by column, but put them back row by row: `x.reshape(C, H * W)` takes them row by row.",
     PIXELS, "x.transpose(0, 2, 1).reshape(C, H * W)"),
    ("You have one number for each filter: add up only the channels, separately for every pixel.",
     ADDED + LAST, "(w * x).sum((1, 2, 3)) + b"),
    (SCRAMBLED, PIXELS + ".T", "x.reshape(H * W, C)"), (BACK, "y.T.reshape", "y.reshape"),
    ((SCRAMBLED, AGAIN), PIXELS + ".T", "x.reshape(H * W, C)", "y.T.reshape", "y.reshape"),
    ((SCRAMBLED, AGAIN), PIXELS + ".T", "x.reshape(H * W, C)", "+ b\n", "\n", "y.T.reshape(K, H, W)", END + LAST),
    ("All three of your `reshape` mix up numbers, because `reshape` never moves an axis: use `w.reshape(K, C) @ "
     "x.reshape(C, H * W)`.", PIXELS + ".T", "x.reshape(H * W, C)", "w.reshape(K, C).T", "w.reshape(C, K)",
     "+ b\n", "\n", "y.T.reshape(K, H, W)", END + LAST),
    ((SCRAMBLED, BIAS), PIXELS + ".T", "x.reshape(H * W, C)", " + b\n", "\n"),
    ("H and W are swapped in your last `reshape`: rows come first.", "(K, H, W)", "(K, W, H)"),
    ("Your maps lie on their side: rows come first, then columns.", lambda y, x, w, b: y.transpose(0, 2, 1)),
    ("The numbers are right, but the filters are the last axis: put them first, (K, H, W).",
     "y.transpose(2, 0, 1)", "y"),
    ("Your table of weights is transposed: each of its rows should be a filter, so no `.T`.",
     "w.reshape(K, C) @", "w.reshape(K, C).T @"),
    (PRODUCTS, ADDED, "(w * x)", LAST, " + b[:, None, None, None]"), ((PRODUCTS, BIAS), ADDED + LAST, "w * x"),
    (FILTERS, ADDED, "(w * x).sum(0)"), ((FILTERS, BIAS), ADDED + LAST, "(w * x).sum(0)"),
    ("Only channel 0 takes part: add up all channels.", ADDED, "(w * x)[:, 0]"),
    ("Only the last channel is left: does each channel overwrite the one before? `+=` adds.", ADDED, "(w * x)[:, -1]"),
    ("You take the mean of the channels: add them up.", ADDED, "(w * x).mean(1)"),
    ("You keep the largest of the channels: add them up.", ADDED, "(w * x).max(1)"),
    ("You add up the channels without the weights.", "w * x", "w**0 * x"),
    ("You add the weights to the pixels: multiply, then add up the channels.", "w * x", "w + x"),
    ("You divide by the sum of the weights: an output is the sum of the products.", LAST, " / w.sum(1)" + LAST),
    ("You return the map of filter 0 only: there are K.", lambda y, x, w, b: y[0]),
    ("You add up the maps of all filters: keep them apart.", lambda y, x, w, b: y.sum(0)),
    ("Your negative outputs became 0: keep them as they are.", lambda y, x, w, b: y.clip(0)),
    ("The decimals are lost: y must be able to hold fractions.",
     lambda y, x, w, b: y.astype(int)),
    ("Your result has an extra axis for a batch: take its entry [0].", lambda y, x, w, b: y[None]),
    ("The channels are in reverse order: weight `w[k, c, 0, 0]` belongs to channel c.", PIXELS,
     "x[::-1].reshape(C, H * W)"),
)
