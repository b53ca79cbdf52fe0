"""Exercise 04.4 done wrong: what people write when they mean a 1 × 1 convolution as one matrix product.

What each of these deserves to hear stands in e04.py.
"""

import numpy as np


def _y(x, w):
    return np.einsum("kcuv,cij->kij", w, x)


def _right(x, w, b):
    return _y(x, w) + b[:, None, None]


def no_bias(x, w, b):
    return _y(x, w)


def flat(x, w, b):
    return _right(x, w, b).reshape(len(w), -1)


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
    return _right(x, w, b).transpose(1, 2, 0)


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
    return _right(x, w, b).reshape(len(w), x.shape[2], x.shape[1])


def images_transposed(x, w, b):
    return _right(x, w, b).transpose(0, 2, 1)


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
    return np.zeros(_right(x, w, b).shape) + x.sum(0) + b[:, None, None]


def weights_added(x, w, b):
    return x.sum(0) + w.sum(1) + b[:, None, None]


def normalised(x, w, b):
    with np.errstate(all="ignore"):
        return _y(x, w) / w.sum(1) + b[:, None, None]


def first_filter(x, w, b):
    return _right(x, w, b)[0]


def filters_added(x, w, b):
    return _right(x, w, b).sum(0)


def no_negatives(x, w, b):
    return _right(x, w, b).clip(0)


def cut_to_integers(x, w, b):
    return _right(x, w, b).astype(int)


def batch_axis_left(x, w, b):
    return _right(x, w, b)[None]


def channels_in_reverse(x, w, b):
    return _y(x[::-1], w) + b[:, None, None]


def reshaped_and_no_bias(x, w, b):
    return pixels_by_reshape(x, w, 0 * b)


def bias_along_the_row(x, w, b):
    return (flat_without_bias(x, w, b) + b).reshape(len(w), *x.shape[1:])


def maps_last_by_reshape(x, w, b):
    return flat_without_bias(x, w, b).reshape(*x.shape[1:], len(w)) + b


def filters_by_reshape(x, w, b):
    K, C = w.shape[:2]
    return (w.reshape(C, K).T @ x.reshape(C, -1)).reshape(K, *x.shape[1:]) + b[:, None, None]


def all_axes_turned(x, w, b):
    return (w[:, :, 0, 0] @ x.T.reshape(len(x), -1)).reshape(len(w), *x.shape[1:]) + b[:, None, None]


def column_by_column(x, w, b):
    pixels = x.transpose(0, 2, 1).reshape(len(x), -1)
    return (w[:, :, 0, 0] @ pixels).reshape(len(w), *x.shape[1:]) + b[:, None, None]


def all_pixels_added(x, w, b):
    return (w * x).sum((1, 2, 3)) + b
