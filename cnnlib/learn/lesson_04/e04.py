"""A 1 × 1 convolution as a product of two matrices."""

import numpy as np

from ...ops import conv2d
from ...viz import slide as scene
from ..exercise import Exercise, Wrong


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


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _y(x, w):
    return np.einsum("kcuv,cij->kij", w, x)


def no_bias(x, w, b):
    return _y(x, w)


def flat(x, w, b):
    return solution(x, w, b).reshape(len(w), -1)


def flat_without_bias(x, w, b):
    return _y(x, w).reshape(len(w), -1)


def flat_and_bias_along_columns(x, w, b):
    return flat_without_bias(x, w, b) + b


def channels_last_by_reshape(x, w, b):
    _, H, W = x.shape
    return (flat_without_bias(x, w, b) + b[:, None]).reshape(H, W, len(w))


def filters_added_instead(x, w, b):
    return (w * x).sum(0)


def bias_per_channel(x, w, b):
    return _y(x, w) + len(x) * b[:, None, None]


def bias_of_the_first(x, w, b):
    return _y(x, w) + b[0]


def bias_along_columns(x, w, b):
    return _y(x, w) + b


def biases_added(x, w, b):
    return _y(x, w) + b.sum()


def bias_subtracted(x, w, b):
    return _y(x, w) - b[:, None, None]


def channels_last(x, w, b):
    return solution(x, w, b).transpose(1, 2, 0)


def pixels_by_reshape(x, w, b):
    C, H, W = x.shape
    return (x.reshape(H * W, C) @ w[:, :, 0, 0].T).T.reshape(len(w), H, W) + b[:, None, None]


def pixels_by_reshape_flat(x, w, b):
    C, H, W = x.shape
    return (x.reshape(H * W, C) @ w[:, :, 0, 0].T + b).reshape(len(w), H, W)


def back_by_reshape(x, w, b):
    C, H, W = x.shape
    return (x.reshape(C, H * W).T @ w[:, :, 0, 0].T + b).reshape(len(w), H, W)


def columns_first(x, w, b):
    return solution(x, w, b).reshape(len(w), x.shape[2], x.shape[1])


def images_transposed(x, w, b):
    return solution(x, w, b).transpose(0, 2, 1)


def weights_transposed(x, w, b):
    C, H, W = x.shape
    return (w[:, :, 0, 0].T @ x.reshape(C, H * W)).reshape(len(w), H, W) + b[:, None, None]


def products(x, w, b):
    return w * x[None] + b[:, None, None, None]


def products_without_bias(x, w, b):
    return w * x[None]


def first_channel(x, w, b):
    return w[:, 0] * x[:1] + b[:, None, None]


def last_channel(x, w, b):
    return w[:, -1] * x[-1:] + b[:, None, None]


def mean_of_channels(x, w, b):
    return _y(x, w) / len(x) + b[:, None, None]


def sum_of_channels(x, w, b):
    return np.zeros(solution(x, w, b).shape) + x.sum(0) + b[:, None, None]


def weights_added(x, w, b):
    return x.sum(0) + w.sum(1) + b[:, None, None]


def normalised(x, w, b):
    with np.errstate(all="ignore"):
        return _y(x, w) / w.sum(1) + b[:, None, None]


def first_filter(x, w, b):
    return solution(x, w, b)[0]


def filters_added(x, w, b):
    return solution(x, w, b).sum(0)


def no_negatives(x, w, b):
    return solution(x, w, b).clip(0)


def cut_to_integers(x, w, b):
    return solution(x, w, b).astype(int)


def batch_axis_left(x, w, b):
    return solution(x, w, b)[None]


def channels_in_reverse(x, w, b):
    return _y(x[::-1], w) + b[:, None, None]


def reshaped_and_no_bias(x, w, b):
    return pixels_by_reshape(x, w, 0 * b)


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
- `w * x` are the products. Their sum over the channels is still to be taken.""",
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
    player=lambda x, w, b: scene(x, w, b),
    right=[by_pixel, by_einsum, as_convolution, channels_last_and_back, by_loops, channel_by_channel, single_precision],
    wrong=[
        Wrong(no_bias, BIAS), Wrong(flat, FLAT), Wrong(flat_without_bias, FLAT, BIAS),
        Wrong(bias_per_channel, "Your bias is added once for each channel: add it once for each output."),
        Wrong(bias_of_the_first, "All maps have the bias of filter 0: map k has b[k]."),
        Wrong(bias_along_columns, "`y + b` adds along the last axis, the columns of a map: write `b[:, None, None]`, "
                                  "one bias for each map."),
        Wrong(flat_and_bias_along_columns, "Your maps are one long row each when the bias comes: `b` has to become a "
                                           "column, and the rows must be brought back to (K, H, W)."),
        Wrong(channels_last_by_reshape, "The right numbers in the wrong shape: your last `reshape` should make "
                                        "(K, H, W), maps first."),
        Wrong(filters_added_instead, "You add up along the filters: add up along the channels, so that a map is left "
                                     "for each filter.", BIAS),
        Wrong(biases_added, "All biases go into every map: map k has b[k] alone."),
        Wrong(bias_subtracted, "You subtract the bias: it is added."),
        Wrong(channels_last, "The numbers are right, but the filters are the last axis: they are the first, "
                             "(K, H, W)."),
        Wrong(pixels_by_reshape, SCRAMBLED),
        Wrong(pixels_by_reshape_flat, SCRAMBLED, "On the way back the maps must come first again: take `.T` before "
                                                 "`reshape(K, H, W)`."),
        Wrong(reshaped_and_no_bias, SCRAMBLED, BIAS),
        Wrong(back_by_reshape, BACK),
        Wrong(columns_first, "H and W have changed places in your last `reshape`: rows come first."),
        Wrong(images_transposed, "Your maps are lying on their side: rows come first, then columns."),
        Wrong(weights_transposed, "Your table of weights is turned on its side: each of its rows should be a filter, "
                                  "so no `.T`."),
        Wrong(products, PRODUCTS), Wrong(products_without_bias, PRODUCTS, BIAS),
        Wrong(first_channel, "Only channel 0 takes part: add up all channels."),
        Wrong(last_channel, "Only the last channel is left: does each channel overwrite the one before? `+=` adds."),
        Wrong(mean_of_channels, "You take the mean of the channels: add them up."),
        Wrong(sum_of_channels, "You add up the channels without the weights."),
        Wrong(weights_added, "You add the weights to the pixels: multiply, then add up the channels."),
        Wrong(normalised, "You divide by the sum of the weights: an output is the sum of the products."),
        Wrong(first_filter, "You return the map of filter 0 only: there are K."),
        Wrong(filters_added, "You add up the maps of all filters: keep them apart."),
        Wrong(no_negatives, "Your negative outputs became 0: keep them as they are."),
        Wrong(cut_to_integers, "What stands behind the point is lost: let y hold numbers that are not whole."),
        Wrong(batch_axis_left, "Your result has one axis too many, that of a batch: take its entry [0]."),
        Wrong(channels_in_reverse, "The channels stand in reverse order: weight `w[k, c, 0, 0]` belongs to channel c."),
    ],
)
