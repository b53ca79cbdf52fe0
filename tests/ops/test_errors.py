"""What a wrong argument gets to read: the exception, and a message that begins with the argument's name, tells what was
found and what was expected and, where there is a usual slip, names it."""

import math

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import cnnlib as cnn

X, W = np.ones((2, 3, 8, 8)), np.ones((4, 3, 3, 3))          # conv2d: gives (2, 4, 6, 6)
SIGNAL, TAPS = np.ones((2, 3, 8)), np.ones((4, 3, 3))        # conv1d: gives (2, 4, 6)
IMAGE, KERNEL = np.ones((8, 8)), np.ones((3, 3))
ROWS, WEIGHTS = np.ones((2, 5)), np.ones((4, 5))             # linear: gives (2, 4)
LOGITS = np.zeros((3, 4))
GROUPED = np.ones((2, 6, 8, 8)), np.ones((4, 3, 3, 3))       # conv2d with groups=2
SMALL, UP = np.ones((2, 3, 4, 4)), np.ones((3, 5, 3, 3))     # conv_transpose2d: gives (2, 5, 6, 6)
GAMMA = np.ones(3)                                           # batch_norm2d of X
NAN = float("nan")


def with_nan(array, *where):
    """A copy of `array` with NaN at these places."""
    array = array.copy()
    for index in where:
        array[index] = NAN
    return array


def case(call, error, *says, id):
    """The message must contain all of `says`, and begin with the first."""
    return pytest.param(call, error, says, id=id)


SHAPES = [
    case(lambda: cnn.conv2d(np.ones((2, 4, 8, 8)), W), ValueError,
         "x has 4 channels", "(2, 4, 8, 8)", "w expect 3", "(4, 3, 3, 3)", "K, C, Fh, Fw", id="conv2d: channels"),
    case(lambda: cnn.conv2d(np.ones((2, 32, 32, 3)), W), ValueError,
         "x has 32 channels", "H x W x C", "x.transpose(0, 3, 1, 2)", id="conv2d: the batch is N x H x W x C"),
    case(lambda: cnn.conv1d(np.ones((2, 8, 3)), TAPS), ValueError,
         "x has 8 channels", "w expect 3", "L x C", "x.transpose(0, 2, 1)", id="conv1d: the batch is N x L x C"),
    case(lambda: cnn.conv2d_backward(np.ones((2, 4, 6, 6)), X, np.ones((4, 1, 3, 3))), ValueError,
         "x has 3 channels", "w expect 1", id="conv2d_backward: channels"),
    case(lambda: cnn.conv2d(IMAGE, W), ValueError,
         "x must have the axes (N, C, H, W)", "(8, 8)", "x[None, None]", id="conv2d: one grey image"),
    case(lambda: cnn.conv2d(X[0], W), ValueError,
         "x must have the axes (N, C, H, W)", "(3, 8, 8)", "x[None]", "x[:, None]", id="conv2d: one image"),
    case(lambda: cnn.conv2d(X[None], W), ValueError, "x must have the axes", "(1, 2, 3, 8, 8)", id="conv2d: five axes"),
    case(lambda: cnn.conv2d(X, KERNEL), ValueError,
         "w must have the axes (K, C, Fh, Fw)", "(3, 3)", "w[None, None]", id="conv2d: one plain kernel"),
    case(lambda: cnn.conv2d(X, W[0]), ValueError,
         "w must have the axes (K, C, Fh, Fw)", "(3, 3, 3)", "w[None]", id="conv2d: one filter"),
    case(lambda: cnn.conv2d(X, W, np.ones(3)), ValueError,
         "b must have shape (4,)", "one bias per filter", "(3,)", id="conv2d: biases per channel"),
    case(lambda: cnn.conv2d(X, W, np.ones((4, 1))), ValueError,
         "b must have the axes (K)", "(4, 1)", id="conv2d: biases as a column"),
    case(lambda: cnn.conv2d(X, W, 2), ValueError,
         "b must have the axes (K)", "()", "stride=2", id="conv2d: the stride in the place of b"),
    case(lambda: cnn.conv1d(SIGNAL[0, 0], TAPS), ValueError,
         "x must have the axes (N, C, L)", "(8,)", "x[None, None]", id="conv1d: one signal"),
    case(lambda: cnn.conv1d(SIGNAL[0], TAPS), ValueError,
         "x must have the axes (N, C, L)", "(3, 8)", "x[None]", "x[:, None]", id="conv1d: an axis missing"),
    case(lambda: cnn.conv1d(X, TAPS), ValueError,
         "x must have the axes (N, C, L)", "(2, 3, 8, 8)", "2-D", id="conv1d: images"),
    case(lambda: cnn.conv1d(SIGNAL, TAPS[0, 0]), ValueError,
         "w must have the axes (K, C, F)", "(3,)", "w[None, None]", id="conv1d: one plain filter"),
    case(lambda: cnn.conv1d(SIGNAL, TAPS[0]), ValueError,
         "w must have the axes (K, C, F)", "(3, 3)", "w[None]", id="conv1d: one filter"),
    case(lambda: cnn.conv1d(SIGNAL, TAPS, np.ones(5)), ValueError,
         "b must have shape (4,)", "(5,)", id="conv1d: biases"),
    case(lambda: cnn.correlate1d(IMAGE, [1, 2]), ValueError,
         "x must have the axes (L)", "(8, 8)", "correlate2d", id="correlate1d: an image"),
    case(lambda: cnn.correlate1d([1, 2, 3], KERNEL), ValueError,
         "w must have the axes (F)", "(3, 3)", "correlate2d", id="correlate1d: an image kernel"),
    case(lambda: cnn.correlate2d([1, 2, 3], KERNEL), ValueError,
         "image must have the axes (H, W)", "(3,)", "correlate1d", id="correlate2d: a signal"),
    case(lambda: cnn.correlate2d(X[0], KERNEL), ValueError,
         "image must have the axes (H, W)", "(3, 8, 8)", "colour", id="correlate2d: a colour image"),
    case(lambda: cnn.correlate2d(IMAGE, W), ValueError,
         "kernel must have the axes (Fh, Fw)", "(4, 3, 3, 3)", "conv2d", id="correlate2d: a bank of filters"),
    case(lambda: cnn.conv2d_backward(np.ones((2, 4, 8, 8)), X, W), ValueError,
         "dy must have shape (2, 4, 6, 6)", "conv2d's output", "(2, 4, 8, 8)", id="conv2d_backward: dy like x"),
    case(lambda: cnn.conv2d_backward(np.ones((6, 6)), X, W), ValueError,
         "dy must have shape (2, 4, 6, 6)", "(6, 6)", id="conv2d_backward: dy without axes"),
    case(lambda: cnn.conv1d_backward(np.ones((2, 4, 8)), SIGNAL, TAPS), ValueError,
         "dy must have shape (2, 4, 6)", "conv1d's output", "(2, 4, 8)", id="conv1d_backward: dy like x"),
    case(lambda: cnn.max_pool2d_backward(X, X, 2), ValueError,
         "dy must have shape (2, 3, 4, 4)", "(2, 3, 8, 8)", id="max_pool2d_backward: dy like x"),
    case(lambda: cnn.avg_pool2d_backward(X[:1], X, 2), ValueError,
         "dy must have shape (2, 3, 4, 4)", "(1, 3, 8, 8)", id="avg_pool2d_backward: dy like x"),
    case(lambda: cnn.global_avg_pool2d_backward(np.ones((2, 4)), X), ValueError,
         "dy must have shape (2, 3)", "(2, 4)", id="global_avg_pool2d_backward: dy"),
    case(lambda: cnn.max_pool2d(IMAGE, 2), ValueError,
         "x must have the axes (N, C, H, W)", "x[None, None]", id="max_pool2d: one grey image"),
    case(lambda: cnn.avg_pool2d(X[0], 2), ValueError,
         "x must have the axes (N, C, H, W)", "x[None]", id="avg_pool2d: one image"),
    case(lambda: cnn.max_pool1d([1, 2, 3, 4], 2), ValueError,
         "x must have the axes (N, C, L)", "x[None, None]", id="max_pool1d: one signal"),
    case(lambda: cnn.avg_pool1d(X, 2), ValueError, "x must have the axes (N, C, L)", "2-D", id="avg_pool1d: images"),
    case(lambda: cnn.global_avg_pool2d(X[0]), ValueError,
         "x must have the axes (N, C, H, W)", "x[None]", id="global_avg_pool2d: one image"),
    case(lambda: cnn.global_max_pool2d(IMAGE), ValueError,
         "x must have the axes (N, C, H, W)", "x[None, None]", id="global_max_pool2d: one grey image"),
    case(lambda: cnn.linear(ROWS[0], WEIGHTS), ValueError,
         "x must have the axes (N, in)", "(5,)", "x[None]", id="linear: one example"),
    case(lambda: cnn.linear(X, WEIGHTS), ValueError,
         "x must have the axes (N, in)", "x.reshape(len(x), -1)", id="linear: feature maps"),
    case(lambda: cnn.linear(ROWS, WEIGHTS[0]), ValueError,
         "w must have the axes (out, in)", "(5,)", "w[None]", id="linear: one row of weights"),
    case(lambda: cnn.linear(ROWS, WEIGHTS.T), ValueError,
         "x has 5 features", "w expects 4", "transposed", "(out, in)", id="linear: w transposed"),
    case(lambda: cnn.linear(ROWS, np.ones((4, 7))), ValueError,
         "x has 5 features", "w expects 7", id="linear: another number of features"),
    case(lambda: cnn.linear(ROWS, WEIGHTS, np.ones(5)), ValueError,
         "b must have shape (4,)", "one bias per row of w", "(5,)", id="linear: biases per input"),
    case(lambda: cnn.linear_backward(ROWS, ROWS, WEIGHTS), ValueError,
         "dy must have shape (2, 4)", "linear's output", "(2, 5)", id="linear_backward: dy like x"),
    case(lambda: cnn.relu_backward(ROWS, X), ValueError,
         "dy must have shape (2, 3, 8, 8)", "the shape of x", "(2, 5)", id="relu_backward: dy"),
    case(lambda: cnn.softmax(LOGITS, axis=2), ValueError, "axis 2", "2", id="softmax: an axis too many"),
    case(lambda: cnn.conv2d(np.ones((2, 5, 8, 8)), W, groups=2), ValueError,
         "groups must divide", "channels of x", "groups=2", "5 channels", id="conv2d: groups and channels"),
    case(lambda: cnn.conv2d(GROUPED[0], np.ones((5, 3, 3, 3)), groups=2), ValueError,
         "groups must divide", "filters of w", "groups=2", "5 filters", id="conv2d: groups and filters"),
    case(lambda: cnn.conv2d(GROUPED[0], np.ones((4, 6, 3, 3)), groups=2), ValueError,
         "x has 6 channels, 3 in each of 2 groups", "w expect 6", id="conv2d: filters as deep as x, though grouped"),
    case(lambda: cnn.conv2d(*GROUPED), ValueError,
         "x has 6 channels (shape", "w expect 3", id="conv2d: groups left out"),
    case(lambda: cnn.conv2d(np.ones((2, 8, 8, 6)), GROUPED[1], groups=2), ValueError,
         "x has 8 channels, 4 in each of 2 groups,", "w expect 3", "H x W x C", id="conv2d: grouped, H x W x C"),
    case(lambda: cnn.conv1d(np.ones((2, 5, 8)), TAPS, groups=2), ValueError,
         "groups must divide", "5 channels of x", id="conv1d: groups and channels"),
    case(lambda: cnn.conv1d_backward(np.ones((2, 4, 6)), np.ones((2, 6, 8)), np.ones((4, 2, 3)), groups=2), ValueError,
         "x has 6 channels, 3 in each of 2 groups", "w expect 2", id="conv1d_backward: groups"),
    case(lambda: cnn.conv2d_backward(np.ones((2, 4, 6, 6)), *GROUPED, groups=4), ValueError,
         "groups must divide", "6 channels of x", id="conv2d_backward: groups and channels"),
    case(lambda: cnn.conv_transpose2d(X, W), ValueError,
         "x has 3 channels", "w expects 4", "(4, 3, 3, 3)", "C, K, Fh, Fw", "is w (K, C, Fh, Fw)?",
         "the input channels come first", id="conv_transpose2d: w of a convolution"),
    case(lambda: cnn.conv_transpose2d(SMALL, np.ones((2, 5, 3, 3))), ValueError,
         "x has 3 channels", "w expects 2", "C, K, Fh, Fw", id="conv_transpose2d: channels"),
    case(lambda: cnn.conv_transpose2d(SMALL[0], UP), ValueError,
         "x must have the axes (N, C, H, W)", "x[None]", id="conv_transpose2d: one image"),
    case(lambda: cnn.conv_transpose2d(SMALL, KERNEL), ValueError,
         "w must have the axes (C, K, Fh, Fw)", "(3, 3)", "w[None, None]", id="conv_transpose2d: one plain kernel"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP[0]), ValueError,
         "w must have the axes (C, K, Fh, Fw)", "(5, 3, 3)", "w[None]", id="conv_transpose2d: one channel"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, np.ones(3)), ValueError,
         "b must have shape (5,)", "one bias per output channel", "(3,)", id="conv_transpose2d: biases per input"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, 2), ValueError,
         "b must have the axes (K)", "stride=2", id="conv_transpose2d: the stride in the place of b"),
    case(lambda: cnn.conv_transpose2d_backward(SMALL, SMALL, UP), ValueError,
         "dy must have shape (2, 5, 6, 6)", "conv_transpose2d's output", "(2, 3, 4, 4)",
         id="conv_transpose2d_backward: dy like x"),
    case(lambda: cnn.conv_transpose2d_backward(np.ones((2, 5, 9, 9)), SMALL, UP, 2, 0, 1), ValueError,
         "dy must have shape (2, 5, 10, 10)", "(2, 5, 9, 9)", id="conv_transpose2d_backward: output_padding forgotten"),
    case(lambda: cnn.batch_norm2d(ROWS, GAMMA, GAMMA), ValueError,
         "x must have the axes (N, C, H, W)", "(2, 5)", id="batch_norm2d: rows"),
    *[case(lambda name=name: cnn.batch_norm2d(X, **{"gamma": GAMMA, "beta": GAMMA, "mean": GAMMA, "var": GAMMA}
                                              | {name: np.ones(8)}), ValueError,
           f"{name} must have shape (3,)", "one number per channel of x", "(8,)", id=f"batch_norm2d: {name} per column")
      for name in ("gamma", "beta", "mean", "var")],
    *[case(lambda name=name: cnn.batch_norm2d(X, **{"gamma": GAMMA, "beta": GAMMA} | {name: 1}), ValueError,
           f"{name} must have the axes (C)", "()", "np.full", id=f"batch_norm2d: one {name} for all")
      for name in ("gamma", "beta")],
    case(lambda: cnn.batch_norm2d(X, GAMMA[None], GAMMA), ValueError,
         "gamma must have the axes (C)", "(1, 3)", id="batch_norm2d: gamma with an axis too many"),
    case(lambda: cnn.batch_norm2d(X, GAMMA, GAMMA, mean=GAMMA), ValueError,
         "mean and var go together", "only mean", id="batch_norm2d: mean without var"),
    case(lambda: cnn.batch_norm2d(X, GAMMA, GAMMA, var=GAMMA), ValueError,
         "mean and var go together", "only var", id="batch_norm2d: var without mean"),
    case(lambda: cnn.batch_norm2d(X, GAMMA, GAMMA, GAMMA, [1, -0.5, 1]), ValueError,
         "var must not be negative", "-0.5", "channel 1", id="batch_norm2d: a negative variance"),
    *[case(lambda eps=eps: cnn.batch_norm2d(X, GAMMA, GAMMA, eps=eps), ValueError,
           "eps must be positive", f"found {eps}", id=f"batch_norm2d: eps={eps}")
      for eps in (0, -1e-5, NAN, math.inf)],
    *[case(lambda eps=eps: cnn.batch_norm2d_backward(X, X, GAMMA, eps=eps), error,
           "eps must be", f"found {eps!r}", id=f"batch_norm2d_backward: eps={eps!r}")
      for eps, error in ((0, ValueError), (-1, ValueError), ("1e-5", TypeError), (None, TypeError), (True, TypeError))],
    case(lambda: cnn.batch_norm2d_backward(X[:1], X, GAMMA), ValueError,
         "dy must have shape (2, 3, 8, 8)", "the shape of x", "(1, 3, 8, 8)", id="batch_norm2d_backward: dy"),
    case(lambda: cnn.batch_norm2d_backward(X, X, np.ones(2)), ValueError,
         "gamma must have shape (3,)", "(2,)", id="batch_norm2d_backward: gamma"),
    case(lambda: cnn.as_matrix([1, 2], (4, 4)), ValueError,
         "kernel and input_shape must both have one dimension or both two", "(2,)", "(4, 4)",
         id="as_matrix: a filter for an image"),
    case(lambda: cnn.as_matrix(KERNEL, 8), ValueError,
         "kernel and input_shape must both", "(3, 3)", "(8,)", id="as_matrix: a kernel for a signal"),
    case(lambda: cnn.as_matrix(W, X.shape), ValueError,
         "kernel and input_shape must both", "(4, 3, 3, 3)", id="as_matrix: a bank of filters"),
    case(lambda: cnn.as_matrix(2, ()), ValueError,
         "kernel and input_shape must both", "()", id="as_matrix: a number"),
    case(lambda: cnn.as_matrix([1, 2], 4.0), TypeError,
         "input_shape must be an integer", "4.0", id="as_matrix: a float"),
    case(lambda: cnn.as_matrix(KERNEL, (8, 0)), ValueError,
         "input_shape must be at least 1", "found 0", id="as_matrix: an empty image"),
    case(lambda: cnn.as_matrix([1, 2], np.ones(4)), TypeError,
         "input_shape must be an integer", id="as_matrix: the signal itself"),
    case(lambda: cnn.cross_entropy([1.0, 2.0], [0]), ValueError,
         "logits must have the axes (N, classes)", "(2,)", "logits[None]", id="cross_entropy: one example"),
]

GEOMETRY = [
    case(lambda: cnn.output_size(3, 5), ValueError,
         "kernel_size is too large", "spans 5 cells", "only 0 + 3 + 0 = 3 (padding + input + padding)",
         "padding of at least 1", id="output_size: kernel"),
    case(lambda: cnn.output_size(4, 3, dilation=2), ValueError,
         "kernel_size is too large", "5 cells (3 taps, dilation 2)", "0 + 4 + 0 = 4", id="output_size: dilated kernel"),
    case(lambda: cnn.output_size(0, 3), ValueError, "n must be at least 1", "found 0", id="output_size: no cells"),
    case(lambda: cnn.output_size(7.0, 3), TypeError, "n must be an integer", "7.0 (float)", id="output_size: a float"),
    case(lambda: cnn.conv2d(X, np.ones((1, 3, 9, 2))), ValueError,
         "w is too large", "9 cells", "input height", "0 + 8 + 0 = 8", id="conv2d: kernel higher than the image"),
    case(lambda: cnn.conv2d(X, np.ones((1, 3, 2, 11)), padding=1), ValueError,
         "w is too large", "11 cells", "input width", "1 + 8 + 1 = 10", "at least 2", id="conv2d: kernel wider"),
    case(lambda: cnn.conv1d(SIGNAL, np.ones((1, 3, 9))), ValueError,
         "w is too large", "9 cells", "input length", id="conv1d: kernel longer than the signal"),
    case(lambda: cnn.correlate1d([1, 2], [1, 2, 3]), ValueError,
         "w is too large", "3 cells", "input length", id="correlate1d: filter longer than the signal"),
    case(lambda: cnn.correlate2d(IMAGE, np.ones((3, 9))), ValueError,
         "kernel is too large", "9 cells", "image width", id="correlate2d: kernel wider than the image"),
    case(lambda: cnn.as_matrix([1, 2, 3], 2), ValueError,
         "kernel is too large", "3 cells", "input length", id="as_matrix: filter longer than the signal"),
    case(lambda: cnn.as_matrix(np.ones((9, 2)), (8, 8)), ValueError,
         "kernel is too large", "9 cells", "input height", id="as_matrix: kernel higher than the image"),
    case(lambda: cnn.as_matrix([1, 2], 4, stride=(1, 1)), TypeError,
         "stride must be one integer in one dimension", "(1, 1)", id="as_matrix: a pair of strides for a signal"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, stride=2, output_padding=2), ValueError,
         "output_padding must be less than the stride", "found 2 with stride 2", id="conv_transpose2d: output_padding"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, stride=(3, 1), output_padding=(2, 1)), ValueError,
         "output_padding must be less than the stride", "found 1 with stride 1",
         id="conv_transpose2d: output_padding of one axis"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, padding=3), ValueError,
         "padding of 3 per side leaves no output", "height", "(4 - 1)·1 - 2·3 + 3 + 0 = 0",
         id="conv_transpose2d: nothing left"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, stride=2, padding=(0, 5), output_padding=1), ValueError,
         "padding of 5 per side leaves no output", "width", "(4 - 1)·2 - 2·5 + 3 + 1 = 0",
         id="conv_transpose2d: nothing left of the width"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, padding=10**9), ValueError,
         "padding of 1000000000 per side leaves no output", id="conv_transpose2d: absurd padding"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, padding="same"), TypeError,
         "padding must be an integer", "'same'", id="conv_transpose2d: padding by a word"),
    case(lambda: cnn.conv_transpose2d(SMALL, UP, output_padding=(0, 0, 0)), ValueError,
         "output_padding must be one integer or a pair", "(0, 0, 0)", id="conv_transpose2d: three output_paddings"),
    *[case(call, ValueError, "padding must be at most ", "1000 + 8", "found 1000000000", id=f"{name}: absurd padding")
      for name, call in {
          "output_size": lambda: cnn.output_size(8, 3, padding=10**9),
          "conv1d": lambda: cnn.conv1d(SIGNAL, TAPS, padding=10**9),
          "conv2d": lambda: cnn.conv2d(X, W, padding=10**9),
          "conv2d, one axis": lambda: cnn.conv2d(X, W, padding=(1, 10**9)),
          "conv2d_backward": lambda: cnn.conv2d_backward(X, X, W, padding=10**9),
          "correlate1d": lambda: cnn.correlate1d(np.ones(8), [1, 1], padding=10**9),
          "correlate2d": lambda: cnn.correlate2d(IMAGE, KERNEL, padding=10**9),
          "as_matrix": lambda: cnn.as_matrix(KERNEL, (8, 8), padding=10**9),
          "max_pool2d": lambda: cnn.max_pool2d(X, 2, padding=10**9),
          "avg_pool1d": lambda: cnn.avg_pool1d(SIGNAL, 2, padding=10**9),
      }.items()],
    case(lambda: cnn.output_size(8, 3, padding=1012, dilation=1), ValueError,
         "padding must be at most 1011", "(1000 + 8 of the input + 3 of the kernel)", "found 1012",
         id="output_size: padding just beyond the bound"),
    case(lambda: cnn.max_pool2d(X, (2, 9)), ValueError,
         "kernel_size is too large", "9 cells", "input width", id="max_pool2d: window wider than the image"),
    case(lambda: cnn.avg_pool1d(SIGNAL, 9), ValueError,
         "kernel_size is too large", "9 cells", "input length", id="avg_pool1d: window longer than the signal"),
    case(lambda: cnn.max_pool2d(X, 2, padding=2), ValueError,
         "padding must be at most half", "(2 // 2 = 1)", "found 2", id="max_pool2d: padding beyond half the window"),
    case(lambda: cnn.avg_pool2d(X, (3, 2), padding=(2, 0)), ValueError,
         "padding must be at most half", "(3 // 2 = 1)", "found 2", id="avg_pool2d: padding beyond half the window"),
    case(lambda: cnn.max_pool1d(SIGNAL, 3, padding=2), ValueError,
         "padding must be at most half", "found 2", id="max_pool1d: padding beyond half the window"),
    case(lambda: cnn.conv2d(X, W, stride=(1, 2, 3)), ValueError,
         "stride must be one integer or a pair", "(1, 2, 3)", id="conv2d: three strides"),
    case(lambda: cnn.conv2d(X, W, padding=(1,)), ValueError,
         "padding must be one integer or a pair", "(1,)", id="conv2d: a pair of one"),
    case(lambda: cnn.conv1d(SIGNAL, TAPS, stride=(1, 2)), TypeError,
         "stride must be one integer in one dimension", "(1, 2)", id="conv1d: a pair of strides"),
    case(lambda: cnn.correlate1d([1, 2, 3], [1], padding=(1, 0)), TypeError,
         "padding must be one integer in one dimension", "(1, 0)", id="correlate1d: a pair of paddings"),
    case(lambda: cnn.max_pool1d(SIGNAL, (2, 2)), TypeError,
         "kernel_size must be one integer in one dimension", "(2, 2)", id="max_pool1d: a pair of sizes"),
    case(lambda: cnn.receptive_field([3, 3]), TypeError,
         "layers", "(kernel_size, stride, padding, dilation)", "found 3", id="receptive_field: numbers for layers"),
    case(lambda: cnn.receptive_field([(3, 1, 0, 1, 1)]), ValueError,
         "layers", "(kernel_size, stride, padding, dilation)", "(3, 1, 0, 1, 1)", id="receptive_field: five numbers"),
    case(lambda: cnn.receptive_field([(3, 2, "same")]), ValueError,
         "padding", '"same" with a stride depends on the input size', id="receptive_field: same with a stride"),
    case(lambda: cnn.receptive_field([(0,)]), ValueError,
         "kernel_size must be at least 1", "found 0", id="receptive_field: kernel of nothing"),
]

# Every operation that slides a window, and every number of its geometry, wrong in every way.
SLIDING = {
    "output_size": lambda **g: cnn.output_size(8, **{"kernel_size": 3} | g),
    "receptive_field": lambda kernel_size=3, stride=1, padding=0, dilation=1:
        cnn.receptive_field([(kernel_size, stride, padding, dilation)]),
    "correlate1d": lambda **g: cnn.correlate1d([1, 2, 3, 4], [1, 1], **g),
    "correlate2d": lambda **g: cnn.correlate2d(IMAGE, KERNEL, **g),
    "conv1d": lambda **g: cnn.conv1d(SIGNAL, TAPS, **g),
    "conv2d": lambda **g: cnn.conv2d(X, W, **g),
    "conv1d_backward": lambda **g: cnn.conv1d_backward(np.ones((2, 4, 6)), SIGNAL, TAPS, **g),
    "conv2d_backward": lambda **g: cnn.conv2d_backward(np.ones((2, 4, 6, 6)), X, W, **g),
    "as_matrix": lambda **g: cnn.as_matrix([1, 1], 4, **g),
    "conv_transpose2d": lambda **g: cnn.conv_transpose2d(SMALL, UP, **g),
    "conv_transpose2d_backward": lambda **g: cnn.conv_transpose2d_backward(np.ones((2, 5, 6, 6)), SMALL, UP, **g),
    "max_pool1d": lambda **g: cnn.max_pool1d(SIGNAL, **{"kernel_size": 3} | g),
    "avg_pool1d": lambda **g: cnn.avg_pool1d(SIGNAL, **{"kernel_size": 3} | g),
    "max_pool2d": lambda **g: cnn.max_pool2d(X, **{"kernel_size": 3} | g),
    "avg_pool2d": lambda **g: cnn.avg_pool2d(X, **{"kernel_size": 3} | g),
    "max_pool2d_backward": lambda **g: cnn.max_pool2d_backward(X, X, **{"kernel_size": 3} | g),
    "avg_pool2d_backward": lambda **g: cnn.avg_pool2d_backward(X, X, **{"kernel_size": 3} | g),
}


def has(operation, argument):
    """Pooling has no dilation; the kernel size of a convolution is the shape of w."""
    transposed, conv = "transpose" in operation, operation.startswith("conv")
    if argument in ("groups", "output_padding"):
        return conv and transposed == (argument == "output_padding")
    missing = {"dilation"} if "pool" in operation else {"kernel_size", "dilation"} if transposed else {"kernel_size"}
    return operation in ("output_size", "receptive_field") or argument not in missing


def bad_numbers():
    for operation in SLIDING:
        for argument in ("kernel_size", "stride", "padding", "dilation", "groups", "output_padding"):
            least = 0 if argument.endswith("padding") else 1
            bad = [
                (least - 1, ValueError, f"must be at least {least}"),
                (-3, ValueError, f"must be at least {least}"),
                (1.5, TypeError, "must be an integer"),
                (2.0, TypeError, "must be an integer"),
                (True, TypeError, "must be an integer"),
                (NAN, TypeError, "must be an integer"),
            ]
            if not (argument == "stride" and "pool" in operation):
                bad.append((None, TypeError, "must be an integer"))
            if argument == "padding" and "transpose" not in operation:
                bad += [("smae", ValueError, '"same" or "valid"'), ("2", ValueError, '"same" or "valid"')]
            else:
                bad += [("2", TypeError, "must be an integer"), ("same", TypeError, "must be an integer")]
            if has(operation, argument):
                for value, error, expected in bad:
                    yield pytest.param(operation, argument, value, error, expected,
                                       id=f"{operation}: {argument}={value!r}")


@pytest.mark.parametrize(("operation", "argument", "value", "error", "expected"), list(bad_numbers()))
def test_numbers_of_the_geometry(operation, argument, value, error, expected):
    with pytest.raises(error) as caught:
        SLIDING[operation](**{argument: value})
    message = str(caught.value)
    assert message.startswith(f"{argument} must be")
    assert expected in message
    assert repr(value) in message


@pytest.mark.parametrize("operation", SLIDING)
def test_numbers_of_the_geometry_may_be_numpy_integers(operation):
    for argument in ("stride", "kernel_size"):
        if has(operation, argument) and "backward" not in operation:
            assert_array_equal(SLIDING[operation](**{argument: np.int8(2)}), SLIDING[operation](**{argument: 2}))


# Arrays that are no arrays of real numbers: every operation, every argument. -----------------------------------------

ARRAYS = {
    "conv1d": (cnn.conv1d, {"x": SIGNAL, "w": TAPS, "b": np.ones(4)}),
    "conv2d": (cnn.conv2d, {"x": X, "w": W, "b": np.ones(4)}),
    "conv1d_backward": (cnn.conv1d_backward, {"dy": np.ones((2, 4, 6)), "x": SIGNAL, "w": TAPS}),
    "conv2d_backward": (cnn.conv2d_backward, {"dy": np.ones((2, 4, 6, 6)), "x": X, "w": W}),
    "conv2d, groups": (lambda x, w, b: cnn.conv2d(x, w, b, groups=2),
                       {"x": GROUPED[0], "w": GROUPED[1], "b": np.ones(4)}),
    "conv_transpose2d": (cnn.conv_transpose2d, {"x": SMALL, "w": UP, "b": np.ones(5)}),
    "conv_transpose2d_backward": (cnn.conv_transpose2d_backward, {"dy": np.ones((2, 5, 6, 6)), "x": SMALL, "w": UP}),
    "batch_norm2d": (cnn.batch_norm2d, {"x": X, "gamma": GAMMA, "beta": GAMMA}),
    "batch_norm2d, given": (cnn.batch_norm2d, {"x": X, "gamma": GAMMA, "beta": GAMMA, "mean": GAMMA, "var": GAMMA}),
    "batch_norm2d_backward": (cnn.batch_norm2d_backward, {"dy": X, "x": X, "gamma": GAMMA}),
    "as_matrix": (lambda kernel: cnn.as_matrix(kernel, 5), {"kernel": np.ones(3)}),
    "as_matrix, 2-D": (lambda kernel: cnn.as_matrix(kernel, (5, 5)), {"kernel": KERNEL}),
    "correlate1d": (cnn.correlate1d, {"x": np.ones(5), "w": np.ones(2)}),
    "correlate2d": (cnn.correlate2d, {"image": IMAGE, "kernel": KERNEL}),
    "max_pool1d": (lambda x: cnn.max_pool1d(x, 2), {"x": SIGNAL}),
    "avg_pool1d": (lambda x: cnn.avg_pool1d(x, 2), {"x": SIGNAL}),
    "max_pool2d": (lambda x: cnn.max_pool2d(x, 2), {"x": X}),
    "avg_pool2d": (lambda x: cnn.avg_pool2d(x, 2), {"x": X}),
    "max_pool2d_backward": (lambda dy, x: cnn.max_pool2d_backward(dy, x, 2), {"dy": np.ones((2, 3, 4, 4)), "x": X}),
    "avg_pool2d_backward": (lambda dy, x: cnn.avg_pool2d_backward(dy, x, 2), {"dy": np.ones((2, 3, 4, 4)), "x": X}),
    "global_avg_pool2d": (cnn.global_avg_pool2d, {"x": X}),
    "global_max_pool2d": (cnn.global_max_pool2d, {"x": X}),
    "global_avg_pool2d_backward": (cnn.global_avg_pool2d_backward, {"dy": np.ones((2, 3)), "x": X}),
    "linear": (cnn.linear, {"x": ROWS, "w": WEIGHTS, "b": np.ones(4)}),
    "linear_backward": (cnn.linear_backward, {"dy": np.ones((2, 4)), "x": ROWS, "w": WEIGHTS}),
    "softmax": (cnn.softmax, {"x": LOGITS}),
    "log_softmax": (cnn.log_softmax, {"x": LOGITS}),
    "cross_entropy": (lambda logits: cnn.cross_entropy(logits, [0, 1, 2]), {"logits": LOGITS}),
    "cross_entropy_backward": (lambda logits: cnn.cross_entropy_backward(logits, [0, 1, 2]), {"logits": LOGITS}),
    **{name: (getattr(cnn, name), {"x": ROWS}) for name in ("relu", "leaky_relu", "sigmoid", "tanh")},
    **{f"{name}_backward": (getattr(cnn, f"{name}_backward"), {"dy": ROWS, "x": ROWS})
       for name in ("relu", "leaky_relu", "sigmoid", "tanh")},
}
EACH_ARGUMENT = pytest.mark.parametrize(
    ("operation", "argument"),
    [pytest.param(name, argument, id=f"{name}: {argument}") for name, (_, good) in ARRAYS.items() for argument in good],
)


def with_first_cell(array, value):
    array = array.astype(type(value)) if isinstance(value, str) else array.astype(object)
    array.flat[0] = value
    return array


SPOILED = {
    "complex": (lambda a: a * 1j, TypeError, ("must hold real numbers", "complex128", ".real")),
    "text": (lambda a: a.astype(str), TypeError, ("must hold real numbers", "<U", "text", ".astype(float)")),
    "objects": (lambda a: with_first_cell(a, {}), TypeError, ("must hold real numbers", "object")),
    "None inside": (lambda a: with_first_cell(a, None), TypeError, ("must hold real numbers", "object")),
    "dates": (lambda a: a.astype("datetime64[s]"), TypeError, ("must hold real numbers", "datetime64[s]")),
    "ragged lists": (lambda a: [a.tolist(), a.tolist()[:-1]], ValueError, ("rows of different lengths",)),
    "no examples": (lambda a: a[:0], ValueError, ("is empty", "at least one element")),
    "masked cells": (lambda a: np.ma.masked_array(a, np.arange(a.size).reshape(a.shape) == 1), ValueError,
                     ("found 1 masked", ".filled(0)")),
    "too large integers": (lambda a: a.astype(np.int64) * (2**53 + 1), ValueError,
                           (f"size {2**53 + 1}", "int64", "2**53", "overflow")),
    "too large unsigned integers": (lambda a: a.astype(np.uint64) * 2**63, ValueError,
                                    (f"{2**63}", "uint64", "overflow")),
    "too large negative integers": (lambda a: np.full(a.shape, -(2**63)), ValueError, (f"{2**63}", "overflow")),
}


@EACH_ARGUMENT
@pytest.mark.parametrize("spoil", SPOILED)
def test_arrays_that_do_not_hold_real_numbers(operation, argument, spoil):
    call, good = ARRAYS[operation]
    make, error, says = SPOILED[spoil]
    if spoil.startswith("too large") or spoil == "masked cells":
        bad = make(np.ones(good[argument].shape))
    else:
        bad = make(good[argument])
    with pytest.raises(error) as caught:
        call(**good | {argument: bad})
    message = str(caught.value)
    assert message.startswith(f"{argument} ")
    for part in says:
        assert part in message


@EACH_ARGUMENT
def test_none_for_an_array(operation, argument):
    call, good = ARRAYS[operation]
    if argument == "b":
        call(**good | {"b": None})   # no bias
        return
    if argument in ("mean", "var"):
        with pytest.raises(ValueError, match=r"^mean and var go together"):
            call(**good | {argument: None})
        return
    with pytest.raises(TypeError, match=f"^{argument} must be an array, found None"):
        call(**good | {argument: None})


def test_integers_of_exactly_2_to_the_53_are_fine():
    assert cnn.relu([2**53])[0] == 2**53
    assert cnn.relu([-(2**53)])[0] == 0
    with pytest.raises(TypeError, match="beyond 64 bits"):
        cnn.relu([10**30])


# NaN pixels ----------------------------------------------------------------------------------------------------------

NANS = [
    case(lambda: cnn.conv2d(with_nan(X, (0, 2, 7, 1), (1, 0, 0, 0)), W), ValueError,
         "x has 2 NaN among its 384 values", "(0, 2, 7, 1)", "np.nan_to_num", id="conv2d"),
    case(lambda: cnn.conv1d(with_nan(SIGNAL, (1, 2, 3)), TAPS), ValueError,
         "x has 1 NaN among its 48 values", "(1, 2, 3)", id="conv1d"),
    case(lambda: cnn.conv2d_backward(np.ones((2, 4, 6, 6)), with_nan(X, 1), W), ValueError,
         "x has 192 NaN", "(1, 0, 0, 0)", id="conv2d_backward"),
    case(lambda: cnn.conv2d(with_nan(GROUPED[0], (1, 5, 3, 3)), GROUPED[1], groups=2), ValueError,
         "x has 1 NaN among its 768", "(1, 5, 3, 3)", id="conv2d, groups"),
    case(lambda: cnn.conv_transpose2d(with_nan(SMALL, (1, 2, 3, 0)), UP), ValueError,
         "x has 1 NaN among its 96 values", "(1, 2, 3, 0)", "np.nan_to_num", id="conv_transpose2d"),
    case(lambda: cnn.conv_transpose2d_backward(np.ones((2, 5, 6, 6)), with_nan(SMALL, 0), UP), ValueError,
         "x has 48 NaN", "(0, 0, 0, 0)", id="conv_transpose2d_backward"),
    case(lambda: cnn.batch_norm2d(with_nan(X, (1, 1, 5, 6)), GAMMA, GAMMA), ValueError,
         "x has 1 NaN", "(1, 1, 5, 6)", id="batch_norm2d"),
    case(lambda: cnn.batch_norm2d(with_nan(X, (1, 1, 5, 6)), GAMMA, GAMMA, GAMMA, GAMMA), ValueError,
         "x has 1 NaN", "(1, 1, 5, 6)", id="batch_norm2d, given statistics"),
    case(lambda: cnn.batch_norm2d_backward(X, with_nan(X, (0, 0, 0, 1)), GAMMA), ValueError,
         "x has 1 NaN", "(0, 0, 0, 1)", id="batch_norm2d_backward"),
    case(lambda: cnn.correlate1d([1, NAN, 3], [1, 1]), ValueError, "x has 1 NaN among its 3", "(1,)", id="correlate1d"),
    case(lambda: cnn.correlate2d(with_nan(IMAGE, (3, 4)), KERNEL), ValueError,
         "image has 1 NaN among its 64", "(3, 4)", id="correlate2d"),
    case(lambda: cnn.max_pool2d(with_nan(X, (1, 1, 5, 6)), 2), ValueError,
         "x has 1 NaN", "(1, 1, 5, 6)", id="max_pool2d"),
    case(lambda: cnn.avg_pool2d(with_nan(X, (1, 1, 5, 6)), 2), ValueError,
         "x has 1 NaN", "(1, 1, 5, 6)", id="avg_pool2d"),
    case(lambda: cnn.max_pool1d(with_nan(SIGNAL, (1, 2, 3)), 2), ValueError,
         "x has 1 NaN", "(1, 2, 3)", id="max_pool1d"),
    case(lambda: cnn.global_avg_pool2d(with_nan(X, (0, 0, 0, 7))), ValueError,
         "x has 1 NaN", "(0, 0, 0, 7)", id="global_avg_pool2d"),
    case(lambda: cnn.global_max_pool2d(with_nan(X, (0, 0, 0, 7))), ValueError,
         "x has 1 NaN", "(0, 0, 0, 7)", id="global_max_pool2d"),
]


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_infinities_are_numbers(dtype):
    """Their sum may be NaN, and float16 may overflow on the way: neither is a NaN in the input."""
    x = np.full((1, 1, 40, 40), 6e4, dtype)
    x[0, 0, 0, 0], x[0, 0, 9, 9] = np.inf, -np.inf
    y = cnn.max_pool2d(x, 2)
    assert math.isinf(y[0, 0, 0, 0])
    assert y[0, 0, 4, 4] == dtype(6e4)


# Labels --------------------------------------------------------------------------------------------------------------

def loss_cases():
    bad = {
        "a negative label": ([0, -1, 2], ValueError, "labels must be 0 to 3", "found -1 at index 1"),
        "a label too large": ([0, 7, 2], ValueError, "labels must be 0 to 3", "found 7 at index 1"),
        "labels that start at 1": ([1, 2, 4], ValueError, "labels must be 0 to 3", "found 4 at index 2", "start at 1",
                                   "Subtract 1"),
        "whole floats": ([0.0, 1.0, 2.0], TypeError, "labels must be class numbers", "float64", "labels.astype(int)"),
        "truth values": ([True, False, True], TypeError, "labels must be class numbers", "bool"),
        "text": (["a", "b", "c"], TypeError, "labels must be class numbers", "<U1"),
        "one-hot rows": (np.eye(4)[[0, 1, 2]], ValueError, "labels must have shape (3,)", "(3, 4)", "one-hot",
                         ".argmax(axis=1)"),
        "one label too few": ([0, 1], ValueError, "labels must have shape (3,)", "one per row of logits", "(2,)"),
        "a column": ([[0], [1], [2]], ValueError, "labels must have shape (3,)", "(3, 1)", "labels.ravel()"),
        "a single label": (1, ValueError, "labels must have shape (3,)", "()"),
        "none": (None, TypeError, "labels must be an array", "None"),
        "ragged": ([[0], [1, 2], [3]], ValueError, "labels must be a regular array", "different lengths"),
        "masked": (np.ma.masked_equal([0, 1, 2], 1), ValueError, "labels must hold a number", "1 masked"),
    }
    for loss in (cnn.cross_entropy, cnn.cross_entropy_backward):
        for slip, (labels, error, *says) in bad.items():
            name = f"{loss.__name__}: {slip}"
            yield case(lambda loss=loss, labels=labels: loss(LOGITS, labels), error, *says, id=name)


@pytest.mark.parametrize(("call", "error", "says"), [*SHAPES, *GEOMETRY, *NANS, *loss_cases()])
def test_message(call, error, says):
    with pytest.raises(error) as caught:
        call()
    message = str(caught.value)
    assert message.startswith(says[0])
    for part in says:
        assert part in message
    assert "\n" not in message


@pytest.mark.parametrize("call", [
    pytest.param(lambda: cnn.conv1d(SIGNAL, np.ones((1, 3, 9))), id="conv1d"),
    pytest.param(lambda: cnn.conv1d(SIGNAL, TAPS, stride=0), id="conv1d, stride"),
    pytest.param(lambda: cnn.correlate1d([1], [1, 2]), id="correlate1d"),
    pytest.param(lambda: cnn.max_pool1d(SIGNAL, 9), id="max_pool1d"),
    pytest.param(lambda: cnn.max_pool1d(SIGNAL, 3, padding=2), id="max_pool1d, padding"),
])
def test_one_dimension_has_neither_height_nor_width(call):
    with pytest.raises(ValueError) as caught:
        call()
    assert not {"height", "width", "image"} & set(str(caught.value).replace(",", " ").split())


# Odd containers that are fine. ---------------------------------------------------------------------------------------

CONTAINERS = {
    "nested lists": lambda a: a.tolist(),
    "nested tuples": lambda a: tuple(map(tuple, a.tolist())) if a.ndim == 2 else tuple(a.tolist()),
    "a list of arrays": list,
    "a memory map": lambda a: np.asarray(memoryview(np.ascontiguousarray(a))),
    "a masked array without masked cells": np.ma.masked_array,
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_containers_that_hold_regular_numbers(container):
    pack = CONTAINERS[container]
    x, w, b = np.arange(50.0).reshape(1, 2, 5, 5), np.arange(36.0).reshape(2, 2, 3, 3), np.arange(2.0)
    y = cnn.conv2d(pack(x), pack(w), pack(b))
    assert type(y) is np.ndarray
    assert_array_equal(y, cnn.conv2d(x, w, b))
    assert_array_equal(cnn.correlate2d(pack(x[0, 0]), pack(w[0, 0])), cnn.correlate2d(x[0, 0], w[0, 0]))
    assert_array_equal(cnn.linear(pack(x[0, 0]), pack(np.eye(5))), x[0, 0])
    assert_array_equal(cnn.max_pool2d(pack(x), 2), cnn.max_pool2d(x, 2))
    assert_array_equal(cnn.relu(pack(x)), x)


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_multiplies_like_an_array():
    """np.matrix means * and keeps two axes; operations take its numbers and give an array."""
    image, kernel = np.matrix("1 2 3; 4 5 6; 7 8 9"), np.matrix("1 0; 0 1")
    y = cnn.correlate2d(image, kernel)
    assert type(y) is np.ndarray
    assert_array_equal(y, [[6, 8], [12, 14]])
    assert_array_equal(cnn.sigmoid_backward(image, image), cnn.sigmoid_backward(image.A, image.A))
    assert_array_equal(cnn.linear(image, image), image.A @ image.A.T)


def test_padding_up_to_the_bound_is_fine():
    assert cnn.output_size(8, 3, padding=1011) == 8 + 2 * 1011 - 2
    assert cnn.output_size(8, 3, padding=1013, dilation=2) == 8 + 2 * 1013 - 4
    assert cnn.correlate1d(np.ones(8), np.ones(3), padding=1011).sum() == 24
