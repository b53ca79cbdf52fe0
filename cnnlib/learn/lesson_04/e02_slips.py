"""Exercise 04.2 done wrong: what people write when they mean several filters on several channels.

What each of these deserves to hear stands in e02.py.
"""

import numpy as np

from ...ops import conv2d


def _right(x, w, b):
    return conv2d(x[None], w, b)[0]


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
    y = np.zeros(_right(x, w, b).shape) + _column(b)
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
    y = np.zeros(_right(x, w, b).shape)
    y[-1] = last_filter(x, w, b)
    return y


def filters_added(x, w, b):
    return _right(x, w, b).sum(0)


def one_filter_per_channel(x, w, b):
    return np.stack([_single(x[k], w[k, k]) + b[k] for k in range(len(w))])


def sum_runs_on(x, w, b):
    y = no_bias(x, w, b)
    return (np.cumsum(y.ravel()) + np.repeat(np.cumsum(b), y[0].size)).reshape(y.shape)


def sum_runs_on_in_a_map(x, w, b):
    y = no_bias(x, w, b)
    return np.cumsum(y.reshape(len(y), -1), 1).reshape(y.shape) + _column(b)


def bias_at_the_first_place(x, w, b):
    y = no_bias(x, w, b)
    y[:, 0, 0] += b
    return y


def bias_of_the_channel(x, w, b):
    return no_bias(x, w, b) + sum(b[c] for c in range(len(x)))


def returned_too_early(x, w, b):
    y = np.zeros(_right(x, w, b).shape)
    y[0] = first_filter(x, w, b)
    return y


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
    return _right(x, w, b).transpose(1, 2, 0)


def image_transposed(x, w, b):
    return _right(x, w, b).transpose(0, 2, 1)


def batch_axis_left(x, w, b):
    return _right(x, w, b)[None]


def one_short(x, w, b):
    return _right(x, w, b)[:, :-1, :-1]


def padded_to_the_same_size(x, w, b):
    return conv2d(x[None], w, b, padding=w.shape[2] // 2)[0]


def sizes_of_the_example(x, w, b):
    return np.array([[[(x[:, i:i + 2, j:j + 2] * w[k]).sum() + b[k] for j in range(2)] for i in range(2)]
                     for k in range(2)])


def windows_of_the_example(x, w, b):
    y = np.zeros(_right(x, w, b).shape)
    for k, i, j in np.ndindex(y.shape):
        y[k, i, j] = (x[:, i:i + 2, j:j + 2] * w[k, :, :2, :2]).sum() + b[k]
    return y


def three_channels(x, w, b):
    y = np.zeros(_right(x, w, b).shape)
    for k in range(len(w)):
        y[k] = b[k] + sum(_single(x[c], w[k, c]) for c in range(3))
    return y


def loops_of_the_example(x, w, b):
    y = np.zeros((len(w), 2, 2))
    for k, i, j in np.ndindex(y.shape):
        y[k, i, j] = b[k] + sum(x[c, i + u, j + v] * w[k, c, u, v] for c, u, v in np.ndindex(3, 2, 2))
    return y


def matrix_products(x, w, b):
    y, F = np.zeros(_right(x, w, b).shape), w.shape[2]
    for k, i, j in np.ndindex(y.shape):
        y[k, i, j] = (x[:, i:i + F, j:j + F] @ w[k]).sum() + b[k]
    return y


def mean_of_products(x, w, b):
    return no_bias(x, w, b) / w[0].size + _column(b)


def rows_and_columns_mixed_up(x, w, b):
    y, F = np.zeros(_right(x, w, b).shape), w.shape[2]
    for k in range(len(w)):
        for i in range(y.shape[2]):
            for j in range(y.shape[1]):
                y[k, i, j] = (x[:, i:i + F, j:j + F] * w[k]).sum() + b[k]
    return y


def padded(x, w, b):
    return conv2d(x[None], w, b, padding=w.shape[2] - 1)[0]


def not_slid(x, w, b):
    F = w.shape[2]
    return (x[:, :F, :F] * w).sum((1, 2, 3)) + b


def cut_to_integers(x, w, b):
    return _right(x, w, b).astype(int)


def overwritten(x, w, b):
    y = _right(x, w, b)
    last = w.shape[2] - 1
    moved = x[-1, last:, last:]
    return moved * w[:, -1, -1, -1][:, None, None] + np.zeros(y.shape)
