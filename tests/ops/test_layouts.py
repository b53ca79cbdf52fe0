"""No result depends on how an array lies in memory, beyond rounding; half precision is summed in single at least."""

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn


def layouts(x):
    """The same numbers, lying in memory in different ways."""
    yield "in rows", np.ascontiguousarray(x)
    yield "in columns", np.asfortranarray(x)
    if x.ndim == 4:
        yield "batch last", np.ascontiguousarray(x.transpose(1, 2, 3, 0)).transpose(3, 0, 1, 2)
        yield "channels last", np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    wide = np.zeros([2 * n for n in x.shape], x.dtype)[tuple(slice(None, None, 2) for _ in x.shape)]
    wide[...] = x
    yield "every other cell", wide
    yield "backwards", np.flip(np.flip(x).copy())
    yield "big-endian", x.astype(x.dtype.newbyteorder(">"))


def draw(*shape):
    """Positive numbers: a sum of them errs to one side if it is taken one by one."""
    return np.random.default_rng(0).random(shape)


def norm_layer(dy, x):
    layer = nn.BatchNorm2d(3).train()
    layer(x)
    dx = layer.backward(dy)
    return dx, layer.weight.grad, layer.bias.grad, *(p.data for p in layer.statistics.values())


CLASSES = np.arange(20_000) % 10
IMAGES, WIDE = draw(4, 3, 128, 128), draw(1, 2, 160, 160)
SLOPES = (IMAGES + IMAGES[::-1]) / 99
CASES = {
    "global_avg_pool2d": (cnn.global_avg_pool2d, [draw(4, 3, 256, 256)]),
    "avg_pool2d": (lambda x: cnn.avg_pool2d(x, 80), [WIDE]),
    "avg_pool1d": (lambda x: cnn.avg_pool1d(x, 5000), [draw(2, 3, 20_000)]),
    "avg_pool2d_backward": (lambda dy, x: cnn.avg_pool2d_backward(dy, x, 60, stride=1), [draw(1, 2, 101, 101), WIDE]),
    "max_pool2d_backward": (lambda dy, x: cnn.max_pool2d_backward(dy, x, 60, stride=1), [draw(1, 2, 101, 101), WIDE]),
    "global_max_pool2d": (cnn.global_max_pool2d, [IMAGES]),
    "batch_norm2d": (lambda x: cnn.batch_norm2d(x, [1, 2, 3], [0, 1, 2]), [IMAGES]),
    "batch_norm2d_backward": (lambda dy, x: cnn.batch_norm2d_backward(dy, x, [1, 2, 3]), [SLOPES, IMAGES]),
    "BatchNorm2d": (norm_layer, [SLOPES, IMAGES]),
    "softmax, axis 0": (lambda x: cnn.softmax(x, axis=0), [draw(50_000, 3)]),
    "softmax, axis 1": (lambda x: cnn.softmax(x, axis=1), [draw(3, 50_000)]),
    "log_softmax, axis 0": (lambda x: cnn.log_softmax(x, axis=0), [draw(50_000, 3)]),
    "log_softmax, axis 1": (lambda x: cnn.log_softmax(x, axis=1), [draw(3, 50_000)]),
    "cross_entropy": (lambda x: cnn.cross_entropy(x, CLASSES), [draw(20_000, 10)]),
    "cross_entropy_backward": (lambda x: cnn.cross_entropy_backward(x, CLASSES[:500]), [draw(500, 10)]),
    "linear": (cnn.linear, [draw(4, 500), draw(3, 500)]),
    "linear_backward": (cnn.linear_backward, [draw(500, 3), draw(500, 4), draw(3, 4)]),
    "linear_backward, bias": (lambda dy, x: cnn.linear_backward(dy, x, np.ones((3, 3)))[2], [draw(50_000, 3) / 50] * 2),
    "conv2d_backward": (lambda dy, x: cnn.conv2d_backward(dy, x, np.ones((3, 3, 1, 1)))[2], [IMAGES / 100, IMAGES]),
    "conv1d_backward": (lambda dy, x: cnn.conv1d_backward(dy, x, np.ones((3, 3, 1)))[2], [draw(4, 3, 9000) / 99] * 2),
    "conv_transpose2d_backward": (
        lambda dy, x: cnn.conv_transpose2d_backward(dy, x, np.ones((3, 3, 1, 1)))[2], [IMAGES / 100, IMAGES]),
}


def results(value):
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.alike(5)
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
@pytest.mark.parametrize("case", CASES)
def test_every_layout_gives_what_double_precision_gives(case, dtype):
    function, arrays = CASES[case]
    arrays = [array.astype(dtype) for array in arrays]
    exact = results(function(*(array.astype(float) for array in arrays)))
    for parts in zip(*map(layouts, arrays), strict=True):
        for found, expected in zip(results(function(*(part for _, part in parts))), exact, strict=True):
            error = np.abs(np.asarray(found, float) - expected).max() / np.abs(expected).max()
            assert error < 8 * np.finfo(dtype).eps, f"{parts[0][0]}: {error:.1e}"
            assert found.dtype.isnative and found.dtype in (dtype, np.float32 if case == "BatchNorm2d" else dtype)


@pytest.mark.alike(3)
@pytest.mark.parametrize("case", CASES)
def test_double_precision_too(case):
    function, arrays = CASES[case]
    usual = results(function(*arrays))
    for parts in zip(*map(layouts, arrays), strict=True):
        for found, expected in zip(results(function(*(part for _, part in parts))), usual, strict=True):
            assert np.abs(found - expected).max() <= 1e-12 * np.abs(expected).max(), parts[0][0]


def test_shares_of_very_many_add_up_to_one():
    for axis, shape in ((0, (100_000,)), (1, (2, 100_000)), (0, (100_000, 2))):
        shares = cnn.softmax(np.zeros(shape, np.float16), axis=axis)
        assert shares.dtype == np.float16
        assert np.abs(shares.sum(axis=axis, dtype=float) - 1).max() < 0.01   # as near as halves of 1e-5 come
    assert np.allclose(cnn.log_softmax(np.zeros(100_000, np.float16)), -np.log(1e5), atol=0.01)
    assert np.isclose(float(cnn.cross_entropy(np.zeros((1, 100_000), np.float16), [7])), np.log(1e5), atol=0.01)


def test_the_number_of_the_report():
    x = np.ascontiguousarray(np.full((4, 256, 256, 16), 0.1, np.float32)).transpose(3, 0, 1, 2)
    assert np.abs(cnn.global_avg_pool2d(x) / np.float32(0.1) - 1).max() < 1e-6


def test_half_precision_parameters_have_means_in_single():
    """The square of a gradient of 1e-4 is 0 in half precision, and a step divided by its root infinite."""
    p = nn.Parameter((1,))
    p.data, p.grad = np.ones(1, np.float16), np.full(1, 1e-4, np.float16)
    nn.Adam([p], lr=0.1).step()
    assert p.data.dtype == np.float16 and np.allclose(p.data, 0.9, atol=1e-3)
