"""Gradients are led where they belong: an infinite one, or NaN, reaches no cell that gets none."""

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn
from cnnlib.ops.layout import routed

BAD = [np.inf, -np.inf, np.nan]
DTYPES = [np.float16, np.float32, np.float64, np.longdouble]


@pytest.mark.parametrize("dtype", DTYPES)
def test_routed(dtype):
    x, way = np.array([1.5, -2.5, np.inf, np.nan, -0.0, 0.1], dtype), np.array([1, 0, 0, 0, 0, 1], bool)
    found = routed(x, way)
    assert found.dtype == dtype and found.tolist() == [1.5, 0, 0, 0, 0, dtype(0.1)]
    assert not np.signbit(found).any(), "not -0"
    assert np.array_equal(routed(x, ~way), np.where(way, 0, x), equal_nan=True)
    out = np.ones((6, 2), dtype)[:, 1]
    assert np.array_equal(routed(x, way, out=out), found) and np.array_equal(out, found)
    batch_last = np.arange(24, dtype=dtype).reshape(2, 3, 4).transpose(2, 0, 1)
    assert np.array_equal(routed(batch_last, batch_last > 5), batch_last * (batch_last > 5))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bad", BAD)
def test_where_relu_is_flat(bad, dtype):
    dy, x = np.array([bad, bad, bad, 2], dtype), np.array([-1, 0, 1, 1], dtype)
    assert np.array_equal(cnn.relu_backward(dy, x), [0, 0, bad, 2], equal_nan=True)
    assert np.array_equal(cnn.leaky_relu_backward(dy, x, slope=0), [0, 0, bad, 2], equal_nan=True)
    assert np.array_equal(cnn.leaky_relu_backward(dy, x, slope=0.5), [bad, bad, bad, 2], equal_nan=True)
    layer = nn.ReLU()
    layer(x)
    assert np.array_equal(layer.backward(dy), [0, 0, bad, 2], equal_nan=True)
    assert np.array_equal(cnn.leaky_relu(np.array([-np.inf, np.inf], dtype), slope=0), [0, np.inf])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "window", [{"kernel_size": 2}, {"kernel_size": 2, "stride": 1}, {"kernel_size": 3, "stride": 2},
               {"kernel_size": 3, "padding": 1}])
def test_beside_the_maximum(bad, dtype, window):
    x = np.random.default_rng(0).permutation(2 * 6 * 6).reshape(1, 2, 6, 6).astype(dtype)
    dy = np.ones_like(cnn.max_pool2d(x, **window))
    ones = cnn.max_pool2d_backward(dy, x, **window)
    dy[0, 0, 1, 1] = bad
    dx = cnn.max_pool2d_backward(dy, x, **window)
    hit = ~np.isfinite(dx)
    assert hit.sum() == 1 and ones[hit] > 0, "the one cell that was the maximum of that window"
    assert np.array_equal(dx[~hit], ones[~hit])


@pytest.mark.parametrize("bad", BAD)
def test_what_dropout_drops(bad):
    layer = nn.Dropout(0.5).train()
    x = np.full(1000, bad, np.float32)
    y = layer(x) if not np.isnan(bad) else layer.forward(x)
    dropped = y == 0
    assert 400 < dropped.sum() < 600 and np.array_equal(y[~dropped], x[~dropped], equal_nan=True)
    dx = layer.backward(x)
    assert np.array_equal(dx == 0, dropped) and np.array_equal(dx[~dropped], x[~dropped], equal_nan=True)
    assert np.array_equal(layer.eval().forward(x), x, equal_nan=True)


def test_a_velocity_without_momentum():
    """An infinite gradient moves no later step: momentum 0 forgets it."""
    p = nn.Parameter((2,))
    optimizer = nn.SGD([p], lr=0.1)
    for p.grad in (np.array([np.inf, 1.0]), np.ones(2)):
        optimizer.step()
    assert np.isfinite(optimizer.state[0]).all()
