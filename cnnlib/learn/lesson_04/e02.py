"""Several filters on several channels, with a bias, by loops."""

import numpy as np

from ...ops import conv2d
from ...viz import slide as scene
from ..exercise import Exercise, Wrong


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
    maps = [sum(_single(x[c], w[k, c]) for c in range(len(x))) + b[k] for k in range(len(w))]
    return np.stack(maps)


def recursive(x, w, b):
    if len(w) == 0:
        return []
    return [channel_by_channel(x, w[:1], b[:1])[0].tolist(), *recursive(x, w[1:], b[1:])]


def single_precision(x, w, b):
    return solution(x, w, b).astype(np.float32)


# --- typical mistakes ------------------------------------------------------------------------------------------------

def _single(x, w):
    return conv2d(x[None, None], w[None, None])[0, 0]


def _pairs(x, w):
    """One map for each filter and channel, (K, C, H', W')."""
    return np.array([[_single(x[c], w[k, c]) for c in range(len(x))] for k in range(len(w))])


def _column(b):
    return b[:, None, None]


def no_bias(x, w, b):
    return conv2d(x[None], w)[0]


def bias_per_channel(x, w, b):
    return no_bias(x, w, b) + _column(b) * len(x)


def bias_per_product(x, w, b):
    return no_bias(x, w, b) + _column(b) * w[0].size


def bias_of_the_first(x, w, b):
    return no_bias(x, w, b) + b[0]


def biases_added(x, w, b):
    return no_bias(x, w, b) + b.sum()


def bias_multiplied(x, w, b):
    return no_bias(x, w, b) * _column(b)


def bias_subtracted(x, w, b):
    return no_bias(x, w, b) - _column(b)


def bias_of_the_column(x, w, b):
    return no_bias(x, w, b) + b


def a_map_per_pair(x, w, b):
    return _pairs(x, w) + b[:, None, None, None]


def a_map_per_pair_in_a_row(x, w, b):
    return np.concatenate(a_map_per_pair(x, w, b))


def a_map_per_pair_without_bias(x, w, b):
    return _pairs(x, w)


def first_channel(x, w, b):
    return _pairs(x, w)[:, 0] + _column(b)


def last_channel(x, w, b):
    return _pairs(x, w)[:, -1] + _column(b)


def last_channel_without_bias(x, w, b):
    return _pairs(x, w)[:, -1]


def mean_of_channels(x, w, b):
    return _pairs(x, w).mean(1) + _column(b)


def largest_channel(x, w, b):
    return _pairs(x, w).max(1) + _column(b)


def weights_of_the_first_channel(x, w, b):
    return conv2d(x[None], np.repeat(w[:, :1], len(x), 1), b)[0]


def first_channel_for_all_weights(x, w, b):
    return conv2d(np.repeat(x[:1], len(x), 0)[None], w, b)[0]


def as_many_channels_as_filters(x, w, b):
    y = np.zeros(solution(x, w, b).shape) + _column(b)
    for k in range(len(w)):
        for c in range(len(w)):
            y[k] += _single(x[c], w[k, c])
    return y


def first_filter(x, w, b):
    return conv2d(x[None], w[:1], b[:1])[0, 0]


def first_filter_for_all(x, w, b):
    return no_bias(x, np.repeat(w[:1], len(w), 0), b) + _column(b)


def last_filter(x, w, b):
    return conv2d(x[None], w[-1:], b[-1:])[0, 0]


def last_filter_only_is_kept(x, w, b):
    y = np.zeros(solution(x, w, b).shape)
    y[-1] = last_filter(x, w, b)
    return y


def filters_added(x, w, b):
    return solution(x, w, b).sum(0)


def one_filter_per_channel(x, w, b):
    return np.stack([_single(x[k], w[k, k]) + b[k] for k in range(len(w))])


def sum_runs_on(x, w, b):
    y = no_bias(x, w, b)
    return (np.cumsum(y.ravel()) + np.repeat(np.cumsum(b), y[0].size)).reshape(y.shape)


def flipped(x, w, b):
    return conv2d(x[None], w[:, :, ::-1, ::-1], b)[0]


def flipped_without_bias(x, w, b):
    return conv2d(x[None], w[:, :, ::-1, ::-1])[0]


def flipped_in_all_axes(x, w, b):
    return conv2d(x[None], w[:, ::-1, ::-1, ::-1], b)[0]


def channels_in_reverse(x, w, b):
    return conv2d(x[None], w[:, ::-1], b)[0]


def filter_transposed(x, w, b):
    return conv2d(x[None], w.transpose(0, 1, 3, 2), b)[0]


def channels_last(x, w, b):
    return solution(x, w, b).transpose(1, 2, 0)


def image_transposed(x, w, b):
    return solution(x, w, b).transpose(0, 2, 1)


def batch_axis_left(x, w, b):
    return solution(x, w, b)[None]


def one_short(x, w, b):
    return solution(x, w, b)[:, :-1, :-1]


def padded(x, w, b):
    return conv2d(x[None], w, b, padding=w.shape[2] - 1)[0]


def not_slid(x, w, b):
    F = w.shape[2]
    return (x[:, :F, :F] * w).sum((1, 2, 3)) + b


def cut_to_integers(x, w, b):
    return solution(x, w, b).astype(int)


def overwritten(x, w, b):
    y = solution(x, w, b)
    last = w.shape[2] - 1
    moved = x[-1, last:, last:]
    return moved * w[:, -1, -1, -1][:, None, None] + np.zeros(y.shape)


def draw(rng):
    F, C, K = rng.integers(1, 4), rng.integers(1, 4), rng.integers(1, 4)
    x = rng.integers(-4, 5, (C, F + rng.integers(1, 4), F + rng.integers(1, 4)))
    return x, rng.integers(-3, 4, (K, C, F, F)), rng.integers(-9, 10, K) + 0.5 * rng.integers(0, 2, K)


PER_PAIR = ("You make a map for each pair of filter and channel: all channels of a filter go into the same sum, so "
            "each filter makes one map.")
BIAS = "The bias is missing: every output of filter k gets b[k], once."
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
    player=lambda x, w, b: scene(x, w, b),
    right=[with_slices, by_dot_product, by_weight, channel_by_channel, recursive, single_precision],
    wrong=[
        Wrong(no_bias, BIAS),
        Wrong(bias_per_channel, "Your bias is added once for each channel: add it once for each output."),
        Wrong(bias_per_product, "Your bias is added with every product: add it once for each output."),
        Wrong(bias_of_the_first, "All maps have the bias of filter 0: filter k has b[k]."),
        Wrong(biases_added, "All biases go into every map: filter k has b[k] alone."),
        Wrong(bias_multiplied, "You multiply by the bias: it is added."),
        Wrong(bias_subtracted, "You subtract the bias: it is added."),
        Wrong(bias_of_the_column, "`y + b` adds along the last axis, the columns of a map: write `b[:, None, None]`, "
                                  "one bias for each map."),
        Wrong(a_map_per_pair, PER_PAIR), Wrong(a_map_per_pair_in_a_row, PER_PAIR),
        Wrong(a_map_per_pair_without_bias, PER_PAIR, BIAS),
        Wrong(first_channel, "Only channel 0 is read: add up the products of all channels."),
        Wrong(last_channel, "Only the last channel is left: does each channel overwrite the one before? `+=` adds."),
        Wrong(last_channel_without_bias, "Only the last channel is left: is the sum set back to 0 for each channel? "
                                         "Begin with b[k], before the loop over channels."),
        Wrong(mean_of_channels, "You take the mean of the channels: add them up."),
        Wrong(largest_channel, "You keep the largest of the channels: add them up."),
        Wrong(weights_of_the_first_channel, "All channels meet the weights for channel 0: it is `w[k, c, u, v]`, with "
                                            "the c of the loop."),
        Wrong(first_channel_for_all_weights, "All weights meet channel 0 of x: it is `x[c, i + u, j + v]`, with the c "
                                             "of the loop."),
        Wrong(as_many_channels_as_filters, "Your loop over channels runs as often as there are filters: there are "
                                           "`x.shape[0]` channels and `w.shape[0]` filters."),
        Wrong(first_filter, "Only filter 0 was used: make a map for each filter."),
        Wrong(first_filter_for_all, "All maps are made with filter 0: it is `w[k, c, u, v]`, with the k of the loop."),
        Wrong(last_filter, "You return the map of the last filter only: keep all of them, in y[k]."),
        Wrong(last_filter_only_is_kept, "All maps but the last are zero: is y made anew inside the loop over filters?"),
        Wrong(filters_added, "You add up the maps of all filters: keep them apart, one for each filter."),
        Wrong(one_filter_per_channel, "Filter k reads channel k only: it reads all of them."),
        Wrong(sum_runs_on, "Your sum runs on from place to place: begin each output with the bias alone."),
        Wrong(flipped, FLIPPED), Wrong(flipped_without_bias, FLIPPED, BIAS),
        Wrong(flipped_in_all_axes, "Your filters are turned round, and their channels stand in reverse order: cell "
                                   "`x[c, i + u, j + v]` meets `w[k, c, u, v]`."),
        Wrong(channels_in_reverse, "The channels of the filters stand in reverse order: channel c of x meets channel "
                                   "c of w."),
        Wrong(filter_transposed, "Rows and columns of the filters are mixed up: u goes down in x and in w, v to the "
                                 "right."),
        Wrong(channels_last, "The numbers are right, but the filters are the last axis: they are the first, "
                             "(K, H', W')."),
        Wrong(image_transposed, "Your maps are lying on their side: rows come first, then columns."),
        Wrong(batch_axis_left, "Your result has one axis too many, that of a batch: take its entry [0]."),
        Wrong(one_short, "The last row and the last column of each map are missing: there are H − F + 1 rows, and "
                         "`range` already leaves out its end."),
        Wrong(padded, "Your image has zeros around it: the filter should stay on x all the time."),
        Wrong(not_slid, "You have one number for each filter, that of the first window: slide it to every place."),
        Wrong(cut_to_integers, "The halves are lost: your y can hold whole numbers only. `np.zeros(shape)` holds "
                               "others, too."),
        Wrong(overwritten, "Only the last product of each window is left: `+=` adds, `=` replaces."),
    ],
)
