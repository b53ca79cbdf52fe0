"""Several filters on several channels, with a bias, by loops."""

import numpy as np

import cnnlib as cnn

from ...ops import correlate2d
from ..exercise import Exercise, Wrong
from . import e02_slips as slips


def solution(x, w, b):
    C, H, W = x.shape
    K, C, F, F = w.shape
    y = np.zeros((K, H - F + 1, W - F + 1))
    for k in range(K):                                  # every filter makes one map
        for i in range(H - F + 1):
            for j in range(W - F + 1):                  # every place of the window
                total = b[k]                            # its bias, once
                for c in range(C):                      # all channels into the same sum
                    for u in range(F):
                        for v in range(F):
                            total += x[c, i + u, j + v] * w[k, c, u, v]
                y[k, i, j] = total
    return y


# --- other right ways -------------------------------------------------------------------------------------------------

def with_slices(x, w, b):
    K, _, F, _ = w.shape
    rows, columns = x.shape[1] - F + 1, x.shape[2] - F + 1
    return [[[(x[:, i:i + F, j:j + F] * w[k]).sum() + b[k] for j in range(columns)] for i in range(rows)]
            for k in range(K)]


def by_dot_product(x, w, b):
    F = w.shape[2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (F, F), axis=(1, 2))      # (C, H', W', F, F)
    return np.einsum("cijuv,kcuv->kij", windows, w) + b[:, None, None]


def by_weight(x, w, b):
    K, _, F, _ = w.shape
    rows, columns = x.shape[1] - F + 1, x.shape[2] - F + 1
    y = np.zeros((K, rows, columns)) + b.reshape(K, 1, 1)
    for u in range(F):
        for v in range(F):
            y += np.tensordot(w[:, :, u, v], x[:, u:u + rows, v:v + columns], axes=1)
    return y


def channel_by_channel(x, w, b):
    maps = [sum(correlate2d(x[c], w[k, c]) for c in range(len(x))) + b[k] for k in range(len(w))]
    return np.stack(maps)


def recursive(x, w, b):
    if len(w) == 0:
        return []
    return [channel_by_channel(x, w[:1], b[:1])[0].tolist(), *recursive(x, w[1:], b[1:])]


def single_precision(x, w, b):
    return solution(x, w, b).astype(np.float32)


def draw(rng):
    F, C, K = rng.integers(1, 4), rng.integers(1, 4), rng.integers(1, 4)
    x = rng.integers(-4, 5, (C, F + rng.integers(1, 4), F + rng.integers(1, 4)))
    return x, rng.integers(-3, 4, (K, C, F, F)), rng.integers(-9, 10, K) + 0.5 * rng.integers(0, 2, K)


PER_PAIR = ("You make a map for each pair of filter and channel: all channels of a filter go into the same sum, so "
            "each filter makes one map.")
BIAS = "The bias is missing: every output of filter k gets b[k], once."
RUNS_ON = "Your sum runs on from place to place: begin each output with the bias alone."
PADDED = "Your image has zeros around it: the filter should stay on x all the time."
SIZES = "Your loops keep the sizes of the example: read them off the shapes of x and w."
FLIPPED = "Your filters are turned round: cell `x[c, i + u, j + v]` meets `w[k, c, u, v]`."

EXERCISE = Exercise(
    id="04.2",
    title="Several filters, several channels",
    statement="""Write `conv(x, w, b)`: slide every filter over the image, without padding, by one cell at a time.

$$y[k, i, j] = b[k] + \\sum_{c} \\sum_{u} \\sum_{v} x[c, i + u, j + v] \\cdot w[k, c, u, v]$$

The filters are square, the image need not be. Do not use `cnn.conv2d` or `cnn.correlate2d`. Start from the loops
above: they are for one filter.""",
    signature="conv(x, w, b): (C, H, W), (K, C, F, F), (K,) -> (K, H - F + 1, W - F + 1)",
    difficulty=3,
    minutes=8,
    hints=(
        "What has to be done once for every filter? And which of the loops above is done again for each of them?",
        "Three loops outside: filters $k$, places $i$ and $j$. Three inside: channels $c$, and $u$ and $v$ in the "
        "window. The sum starts anew between them, with the bias.",
        "`total = b[k]` behind the loop over $j$; innermost `total += x[c, i + u, j + v] * w[k, c, u, v]`; then, after "
        "the three inner loops, `y[k, i, j] = total`.",
    ),
    solution=solution,
    errors="""- *Too many maps*: $c$ belongs to the inner loops. Each filter makes one map, whatever goes in.
- *Off by a multiple of the bias*: `b[k]` was added inside a loop over channels or weights.
- *Rows and columns mixed up*: $H$ and $W$ differ in some of the images.
- *Halves are lost*: `np.zeros(..., int)` and `np.zeros_like(x)` keep whole numbers only.""",
    praise="Every filter reads all channels and makes one map.",
    insight="The six loops are the whole layer: `cnn.conv2d` does the same, only faster.",
    cases=[
        ([[[1, 2, 0], [0, 1, 3], [2, 0, 1]], [[0, 1, 1], [2, 0, 1], [1, 3, 0]]],
         [[[[1, 0], [0, 2]], [[0, 1], [-1, 0]]]], [5]),
        ([[[3, 1, 2]], [[0, 4, 1]], [[2, 2, 5]]],
         [[[[1]], [[2]], [[0]]], [[[0]], [[1]], [[-1]]]], [0.5, -1]),
        ([[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1]]],
         [[[[1, 2], [0, -1]]], [[[0, 1], [1, 0]]], [[[2, 0], [1, 3]]]], [1, -2, 10]),
    ],
    draw=draw,
    edges=[
        ([[[5]]], [[[[-2]]]], [10]), ([[[-2, -2]]], [[[[-2]]], [[[-2]]]], [4, 4]),
        ([[[2, -1], [0, 3]]], [[[[1, 2], [3, 4]]], [[[2, 2], [2, 2]]]], [0, 0]),
        ([[[0.5, 2, 0.0625]], [[1, 0.25, 3]]], [[[[1]], [[0.0625]]]], [0.0625]),
        ([[[300], [-200]], [[-250], [150]]], [[[[300]], [[-150]]], [[[-200]], [[50]]]], [400, -300]),
        ([[[1, 0]], [[0, 1]], [[2, 1]], [[1, 3]]], [[[[1]], [[2]], [[1]], [[3]]]] * 3 + [[[[0]], [[1]], [[4]], [[-1]]]],
         [0, 1, 2, 3]),
        ([[[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 5], [2, 4, 3, 1]]],
         [[[[1, 2, 0, 3], [0, 1, -1, 1], [2, 0, 1, 2], [1, 3, 2, -2]]]], [1]),
    ],
    player=lambda x, w, b: cnn.viz.slide(x, w, b),
    right=[with_slices, by_dot_product, by_weight, channel_by_channel, recursive, single_precision],
    wrong=[
        Wrong(slips.no_bias, BIAS),
        Wrong(slips.bias_per_channel, "Your bias is added once for each channel: add it once for each output."),
        Wrong(slips.bias_per_product, "Your bias is added with every product: add it once for each output."),
        Wrong(slips.bias_of_the_first, "All maps have the bias of filter 0: filter k has b[k]."),
        Wrong(slips.biases_added, "All biases go into every map: filter k has b[k] alone."),
        Wrong(slips.bias_multiplied, "You multiply by the bias: it is added."),
        Wrong(slips.bias_subtracted, "You subtract the bias: it is added."),
        Wrong(slips.bias_of_the_column, "`y + b` adds along the last axis, the columns of a map: write `b[:, None, "
                                        "None]`, one bias for each map."),
        Wrong(slips.a_map_per_pair, PER_PAIR), Wrong(slips.a_map_per_pair_in_a_row, PER_PAIR),
        Wrong(slips.a_map_per_pair_without_bias, PER_PAIR, BIAS),
        Wrong(slips.first_channel, "Only channel 0 is read: add up the products of all channels."),
        Wrong(slips.last_channel, "Only the last channel is left: does each channel overwrite the one before? `+=` "
                                  "adds."),
        Wrong(slips.last_channel_without_bias, "Only the last channel is left: is the sum set back to 0 for each "
                                               "channel? Begin with b[k], before the loop over channels."),
        Wrong(slips.mean_of_channels, "You take the mean of the channels: add them up."),
        Wrong(slips.mean_of_products, "You take the mean of the products: add them up."),
        Wrong(slips.matrix_products, "`@` is the matrix product: in a window each number is multiplied by the weight "
                                     "on it, `*`."),
        Wrong(slips.largest_channel, "You keep the largest of the channels: add them up."),
        Wrong(slips.weights_of_the_first_channel, "All channels meet the weights for channel 0: it is `w[k, c, u, "
                                                  "v]`, with the c of the loop."),
        Wrong(slips.first_channel_for_all_weights, "All weights meet channel 0 of x: it is `x[c, i + u, j + v]`, "
                                                   "with the c of the loop."),
        Wrong(slips.as_many_channels_as_filters, "Your loop over channels runs as often as there are filters: there "
                                                 "are `x.shape[0]` channels and `w.shape[0]` filters."),
        Wrong(slips.first_filter, "Only filter 0 was used: make a map for each filter."),
        Wrong(slips.first_filter_for_all, "All maps are made with filter 0: it is `w[k, c, u, v]`, with the k of the "
                                          "loop."),
        Wrong(slips.last_filter, "You return the map of the last filter only: keep all of them, in y[k]."),
        Wrong(slips.last_filter_only_is_kept, "All maps but the last are zero: is y made anew inside the loop over "
                                              "filters?"),
        Wrong(slips.filters_added, "You add up the maps of all filters: keep them apart, one for each filter."),
        Wrong(slips.one_filter_per_channel, "Filter k reads channel k only: it reads all of them."),
        Wrong(slips.sum_runs_on, RUNS_ON), Wrong(slips.sum_runs_on_in_a_map, RUNS_ON),
        Wrong(slips.bias_at_the_first_place, "Only the first place of each map has the bias: every output gets it."),
        Wrong(slips.bias_of_the_channel, "Your bias is that of a channel, b[c], added in the loop over channels: it "
                                         "is b[k], added once."),
        Wrong(slips.returned_too_early, "Only the map of filter 0 is filled: does `return` stand inside the loop "
                                        "over filters?"),
        Wrong(slips.flipped, FLIPPED), Wrong(slips.flipped_without_bias, FLIPPED, BIAS),
        Wrong(slips.flipped_in_all_axes, "Your filters are turned round, and their channels stand in reverse order: "
                                         "cell `x[c, i + u, j + v]` meets `w[k, c, u, v]`."),
        Wrong(slips.channels_in_reverse, "The channels of the filters stand in reverse order: channel c of x meets "
                                         "channel c of w."),
        Wrong(slips.filter_transposed, "Rows and columns of the filters are mixed up: u goes down in x and in w, v "
                                       "to the right."),
        Wrong(slips.channels_last, "The numbers are right, but the filters are the last axis: they are the first, "
                                   "(K, H', W')."),
        Wrong(slips.image_transposed, "Your maps are lying on their side: rows come first, then columns."),
        Wrong(slips.batch_axis_left, "Your result has one axis too many, that of a batch: take its entry [0]."),
        Wrong(slips.one_short, "The last row and the last column of each map are missing: there are H − F + 1 rows, "
                               "and `range` already leaves out its end."),
        Wrong(slips.padded, PADDED), Wrong(slips.padded_to_the_same_size, PADDED),
        Wrong(slips.sizes_of_the_example, SIZES), Wrong(slips.windows_of_the_example, SIZES),
        Wrong(slips.three_channels, SIZES), Wrong(slips.loops_of_the_example, SIZES),
        Wrong(slips.rows_and_columns_mixed_up, "Rows and columns are mixed up: there are H − F + 1 places i and W − "
                                               "F + 1 places j."),
        Wrong(slips.not_slid, "You have one number for each filter, that of the first window: slide it to every "
                              "place."),
        Wrong(slips.cut_to_integers, "The halves are lost: your y can hold whole numbers only. `np.zeros(shape)` "
                                     "holds others, too."),
        Wrong(slips.overwritten, "Only the last product of each window is left: `+=` adds, `=` replaces."),
    ],
)
