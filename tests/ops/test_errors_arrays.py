"""Arrays that hold no numbers, NaN or the wrong labels get a message; odd containers that hold numbers are fine."""

import math

import numpy as np
import pytest
from messages import (
    GAMMA,
    GROUPED,
    IMAGE,
    KERNEL,
    LOGITS,
    NAN,
    ROWS,
    SIGNAL,
    SMALL,
    TAPS,
    UP,
    WEIGHTS,
    W,
    X,
    case,
    check_message,
)
from numpy.testing import assert_array_equal

import cnnlib as cnn


def with_nan(array, *where):
    """A copy of `array` with NaN at these places."""
    array = array.copy()
    for index in where:
        array[index] = NAN
    return array


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
    maps, right = np.zeros((2, 3, 4, 5)), np.zeros((2, 4, 5), int)
    one_hot, strange = np.repeat(right[:, None], 3, axis=1), right.copy()
    strange[1, 2, 3] = 3
    of_pixels = {
        "one per image": ([0, 1], ValueError, "labels must have shape (2, 4, 5)", "one per pixel of logits", "(2,)"),
        "masks with a channel": (right[:, None], ValueError, "labels must have shape (2, 4, 5)", "use labels[:, 0]"),
        "one-hot maps": (one_hot, ValueError, "labels must have shape (2, 4, 5)", "one-hot maps", ".argmax(axis=1)"),
        "a mask": (right > 0, TypeError, "labels must be class numbers", "bool", "labels.astype(int)"),
        "a label too large": (strange, ValueError, "labels must be 0 to 2", "found 3 at index (1, 2, 3)"),
    }
    for loss in (cnn.cross_entropy, cnn.cross_entropy_backward):
        for slip, (labels, error, *says) in of_pixels.items():
            name = f"{loss.__name__} of pixels: {slip}"
            yield case(lambda loss=loss, labels=labels: loss(maps, labels), error, *says, id=name)
        for slip, (labels, error, *says) in bad.items():
            name = f"{loss.__name__}: {slip}"
            yield case(lambda loss=loss, labels=labels: loss(LOGITS, labels), error, *says, id=name)


@pytest.mark.parametrize(("call", "error", "says"), [*NANS, *loss_cases()])
def test_message(call, error, says):
    check_message(call, error, says)


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
