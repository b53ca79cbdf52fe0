"""Every operation that slides a window, and every number of its geometry, wrong in every way."""

import numpy as np
import pytest
from messages import IMAGE, KERNEL, NAN, SIGNAL, SMALL, TAPS, UP, W, X
from numpy.testing import assert_array_equal

import cnnlib as cnn

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


def test_padding_up_to_the_bound_is_fine():
    assert cnn.output_size(8, 3, padding=1011) == 8 + 2 * 1011 - 2
    assert cnn.output_size(8, 3, padding=1013, dilation=2) == 8 + 2 * 1013 - 4
    assert cnn.correlate1d(np.ones(8), np.ones(3), padding=1011).sum() == 24
