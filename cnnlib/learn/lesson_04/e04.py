"""A 1 × 1 convolution as a product of two matrices."""

import numpy as np

import cnnlib as cnn

from ...ops import conv2d
from ..exercise import Exercise, Wrong
from . import e04_slips as slips


def solution(x, w, b):
    C, H, W = x.shape
    K = len(w)
    table = w.reshape(K, C)                    # one row for each filter
    pixels = x.reshape(C, H * W)               # one column for each pixel
    y = table @ pixels                         # (K, C) @ (C, H * W) -> (K, H * W)
    return y.reshape(K, H, W) + b[:, None, None]


# --- other right ways -------------------------------------------------------------------------------------------------

def by_pixel(x, w, b):
    _, H, W = x.shape
    y = np.zeros((len(w), H, W))
    for i in range(H):
        for j in range(W):
            y[:, i, j] = w[:, :, 0, 0] @ x[:, i, j] + b
    return y


def by_einsum(x, w, b):
    return np.einsum("kcuv,cij->kij", w, x) + b.reshape(-1, 1, 1)


def as_convolution(x, w, b):
    return conv2d(x[None], w, b)[0]


def channels_last_and_back(x, w, b):
    return (x.transpose(1, 2, 0) @ w[:, :, 0, 0].T + b).transpose(2, 0, 1)


def by_loops(x, w, b):
    return [[[sum(w[k, c, 0, 0] * x[c, i, j] for c in range(len(x))) + b[k] for j in range(x.shape[2])]
             for i in range(x.shape[1])] for k in range(len(w))]


def channel_by_channel(x, w, b):
    return [sum(w[k, c, 0, 0] * x[c] for c in range(len(x))) + b[k] for k in range(len(w))]


def single_precision(x, w, b):
    return solution(x, w, b).astype(np.float32)


def draw(rng):
    C, K, H, W = rng.integers(1, 5), rng.integers(1, 5), rng.integers(2, 5), rng.integers(2, 5)
    return rng.integers(0, 10, (C, H, W)), rng.integers(-3, 4, (K, C, 1, 1)), rng.integers(-5, 6, K) + 0.5


SCRAMBLED = ("Numbers of different pixels are mixed: `reshape(H * W, C)` cuts x into pieces of C numbers in the order "
             "in which they lie, and these are not pixels. `reshape(C, H * W)` keeps the channels apart.")
BACK = ("The results are right, but scattered: `reshape` cannot bring the last axis to the front. Take `.T` first.")
BIAS = "The bias is missing: every pixel of map k gets b[k]."
FLAT = "Your maps are still one long row each: bring them back with `reshape(K, H, W)`."
PRODUCTS = "You have a map for each pair of filter and channel: add up the channels of each filter."

EXERCISE = Exercise(
    id="04.4",
    title="A 1 × 1 convolution is a matrix product",
    statement="""Write `mix(x, w, b)`: a 1 × 1 convolution with `K` filters. Each filter has one weight for each
channel.

$$y[k, i, j] = b[k] + \\sum_{c} w[k, c, 0, 0] \\cdot x[c, i, j]$$

Do it without a loop over pixels, and without `cnn.conv2d`: three calls of `reshape` and one `@` are enough. (`A @ B` of
two tables is the matrix product: each row of A times each column of B, a dot product each.)""",
    signature="mix(x, w, b): (C, H, W), (K, C, 1, 1), (K,) -> (K, H, W)",
    difficulty=3,
    minutes=5,
    hints=(
        "A filter is a list of C numbers, a pixel too. How must both stand in tables so that `A @ B` makes the dot "
        "product of each filter with each pixel?",
        "`w.reshape(K, C)` has one row for each filter. So the other table needs one column for each pixel: "
        "`x.reshape(C, H * W)` is just that. The product is (K, H · W).",
        "`(w.reshape(K, C) @ x.reshape(C, H * W)).reshape(K, H, W)`, and then the bias: `b[:, None, None]` has the "
        "shape (K, 1, 1), one number for each map.",
    ),
    solution=solution,
    errors="""- `x.reshape(H * W, C)` has the right shape and the wrong numbers: `reshape` never moves an axis.
- `y + b` adds along the columns, or ends in an error. `b[:, None, None]` adds to each map.
- The table of filters is (K, C), one row each. Turned on its side it fits only where $C$ and $K$ are equal.
- `w * x` are the products. Their sum over the channels is still to be taken.
- *"mismatch in its core dimension"* says that a row of A and a column of B differ in length: the order is (K, C) @
  (C, H · W), and both must be tables before `@`.""",
    praise="Every pixel is mixed anew, none looks at its neighbours.",
    insight="A layer of 1 × 1 filters is one and the same fully connected layer, used at every pixel.",
    cases=[
        ([[[1, 2, 3], [4, 5, 6]], [[0, 1, 0], [2, 0, 1]]], [[[[1]], [[2]]]], [0.5]),
        ([[[1, 2], [3, 4]], [[5, 6], [7, 8]], [[9, 0], [1, 2]]],
         [[[[1]], [[0]], [[2]]], [[[0]], [[1]], [[-1]]]], [1, -3]),
        ([[[200, 30], [80, 255]], [[100, 30], [90, 255]], [[20, 30], [10, 255]]],
         [[[[0.3]], [[0.6]], [[0.1]]]], [0]),
        ([[[1, 5, 2]], [[3, 3, 0]]], [[[[1]], [[2]]], [[[3]], [[-1]]]], [10, 20.5]),
        ([[[2, 1, 4], [0, 3, 7]]], [[[[1]]], [[[-2]]], [[[3]]]], [0, 1, 2.5]),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[[[-2]]]], [10]), ([[[-2, -2]]], [[[[-2]]], [[[-2]]]], [4, 4]),
        ([[[0.5], [0.0625]], [[-1], [-3]]], [[[[1]], [[0.0625]]]], [0.0625]),
        ([[[300, -200]], [[-250, 150]]], [[[[300]], [[-150]]], [[[-200]], [[50]]]], [400, -300]),
    ],
    player=lambda x, w, b: cnn.viz.slide(x, w, b),
    right=[by_pixel, by_einsum, as_convolution, channels_last_and_back, by_loops, channel_by_channel, single_precision],
    wrong=[
        Wrong(slips.no_bias, BIAS), Wrong(slips.flat, FLAT),
        Wrong(slips.flat_without_bias, FLAT, BIAS),
        Wrong(slips.bias_per_channel, "Your bias is added once for each channel: add it once for each output."),
        Wrong(slips.bias_of_the_first, "All maps have the bias of filter 0: map k has b[k]."),
        Wrong(slips.bias_along_columns, "`y + b` adds along the last axis, the columns of a map: write `b[:, None, "
                                        "None]`, one bias for each map."),
        Wrong(slips.flat_and_bias_along_columns, "Your maps are one long row each when the bias comes: `b` has to "
                                                 "become a column, and the rows must be brought back to (K, H, W)."),
        Wrong(slips.channels_last_by_reshape, "The right numbers in the wrong shape: your last `reshape` should make "
                                              "(K, H, W), maps first."),
        Wrong(slips.filters_added_instead, "You add up along the filters: add up along the channels, so that a map is "
                                           "left for each filter.", BIAS),
        Wrong(slips.bias_along_the_row, "`y + b` adds along the last axis, the pixels: on rows that are still long it "
                                        "is `b[:, None]`, one bias for each row."),
        Wrong(slips.maps_last_by_reshape, "Your last `reshape` puts the maps last and scatters the numbers: make (K, "
                                          "H, W) of it, then add `b[:, None, None]`."),
        Wrong(slips.filters_by_reshape, "Your `reshape(C, K)` cuts the filters to pieces: `w.reshape(K, C)` has one "
                                        "row for each filter, and needs no `.T`."),
        Wrong(slips.all_axes_turned, "`.T` turns all three axes of x round: `x.reshape(C, H * W)` needs no `.T`."),
        Wrong(slips.column_by_column, "Your pixels are taken column by column, and put back row by row: `x.reshape(C, "
                                      "H * W)` takes them row by row."),
        Wrong(slips.all_pixels_added, "You have one number for each filter: add up the channels only, anew for every "
                                      "pixel."),
        Wrong(slips.biases_added, "All biases go into every map: map k has b[k] alone."),
        Wrong(slips.bias_subtracted, "You subtract the bias: it is added."),
        Wrong(slips.channels_last, "The numbers are right, but the filters are the last axis: they are the first, (K, "
                                   "H, W)."),
        Wrong(slips.pixels_by_reshape, SCRAMBLED),
        Wrong(slips.pixels_by_reshape_flat, SCRAMBLED, "On the way back the maps must come first again: take `.T` "
                                                       "before `reshape(K, H, W)`."),
        Wrong(slips.reshaped_and_no_bias, SCRAMBLED, BIAS), Wrong(slips.back_by_reshape, BACK),
        Wrong(slips.columns_first, "H and W have changed places in your last `reshape`: rows come first."),
        Wrong(slips.images_transposed, "Your maps are lying on their side: rows come first, then columns."),
        Wrong(slips.weights_transposed, "Your table of weights is turned on its side: each of its rows should be a "
                                        "filter, so no `.T`."),
        Wrong(slips.products, PRODUCTS), Wrong(slips.products_without_bias, PRODUCTS, BIAS),
        Wrong(slips.first_channel, "Only channel 0 takes part: add up all channels."),
        Wrong(slips.last_channel, "Only the last channel is left: does each channel overwrite the one before? `+=` "
                                  "adds."),
        Wrong(slips.mean_of_channels, "You take the mean of the channels: add them up."),
        Wrong(slips.sum_of_channels, "You add up the channels without the weights."),
        Wrong(slips.weights_added, "You add the weights to the pixels: multiply, then add up the channels."),
        Wrong(slips.normalised, "You divide by the sum of the weights: an output is the sum of the products."),
        Wrong(slips.first_filter, "You return the map of filter 0 only: there are K."),
        Wrong(slips.filters_added, "You add up the maps of all filters: keep them apart."),
        Wrong(slips.no_negatives, "Your negative outputs became 0: keep them as they are."),
        Wrong(slips.cut_to_integers, "What stands behind the point is lost: let y hold numbers that are not whole."),
        Wrong(slips.batch_axis_left, "Your result has one axis too many, that of a batch: take its entry [0]."),
        Wrong(slips.channels_in_reverse, "The channels stand in reverse order: weight `w[k, c, 0, 0]` belongs to "
                                         "channel c."),
    ],
)
