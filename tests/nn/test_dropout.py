"""Dropout: off unless training, the expectation kept, the same mask backward."""

import numpy as np
import pytest

from cnnlib import nn


def test_dropout_is_off_unless_training():
    x = np.random.default_rng(0).normal(size=(50, 20))
    layer = nn.Dropout(0.9)
    assert np.array_equal(layer(x), x)
    assert np.array_equal(layer.backward(x), x)
    assert layer.train() is layer
    assert not np.array_equal(layer(x), x)
    assert np.array_equal(layer.eval()(x), x)


@pytest.mark.parametrize("p", [0.0, 0.1, 0.5, 0.9])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dropout_keeps_the_expectation(p, dtype):
    x = np.ones((400, 500), dtype)
    y = nn.Dropout(p).train()(x)
    assert y.dtype == dtype
    assert set(np.unique(y)) <= {dtype(0), dtype(1 / (1 - p))}
    spread = np.sqrt(p * (1 - p) / x.size)   # of the share of zeros
    assert abs((y == 0).mean() - p) <= 5 * spread
    assert abs(y.mean(dtype=float) - 1) <= 5 * spread / (1 - p) + 1e-7


def test_dropout_uses_the_same_mask_backward():
    x = np.random.default_rng(0).uniform(1, 2, size=(30, 40))
    layer = nn.Dropout(0.4).train()
    for _ in range(3):
        y = layer(x)
        assert np.allclose(layer.backward(np.ones(x.shape)), y / x)
        assert np.array_equal(layer.backward(x), y)


def test_dropout_draws_anew_each_time_and_repeats_from_its_seed():
    x = np.ones((20, 20))

    def masks(seed):
        layer = nn.Sequential(nn.Dropout(), seed=seed).train()
        return [layer(x) for _ in range(3)]

    first, again, other = masks(1), masks(1), masks(2)
    assert np.array_equal(first, again)
    assert not np.array_equal(first[0], first[1])
    assert not np.array_equal(first, other)
    twins = nn.Sequential(nn.Dropout(), nn.Dropout()).train()
    assert not np.array_equal(twins[0](x), twins[1](x)), "each place in a network has masks of its own"
