"""Batch normalisation, the layer: its statistics, by itself and in networks."""

import cases
import numpy as np
import oracles
import pytest
from cases import EXACT
from networks import fit, same, weights
from numpy.testing import assert_allclose, assert_array_equal

import cnnlib as cnn
from cnnlib import nn

FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


# The layer. ------------------------------------------------------------------------------------------------------

def statistics(model):
    """A copy of all that is measured, by name."""
    return {name: p.data.copy() for name, p in model.named_statistics()}


def batches(count, shape=(4, 3, 5, 6), seed=0):
    """Batches of other means and spreads each."""
    rng = np.random.default_rng(seed)
    return [rng.normal(rng.normal(size=(1, shape[1], 1, 1)), 1 + i, shape) for i in range(count)]


@pytest.mark.parametrize("momentum", [0.0, 0.1, 0.3, 1.0])
def test_running_statistics_follow_the_batches(momentum):
    """PyTorch's rule: running = (1 - momentum)·running + momentum·new, with the unbiased variance."""
    layer = nn.BatchNorm2d(3, momentum=momentum).train()
    mean, var = np.zeros(3), np.ones(3)
    assert_array_equal(layer.running_mean.data, mean)
    assert_array_equal(layer.running_var.data, var)
    for x in batches(4):
        layer(x)
        n = x.size // 3
        new_mean, new_var = oracles.channel_moments(x)
        mean = (1 - momentum) * mean + momentum * new_mean
        var = (1 - momentum) * var + momentum * new_var * n / (n - 1)
        assert_allclose(layer.running_mean.data, mean, rtol=1e-6, atol=1e-6)
        assert_allclose(layer.running_var.data, var, rtol=1e-6)
    assert layer.running_mean.data.dtype == layer.running_var.data.dtype == np.float32


def test_example_running_statistics_by_hand():
    layer = nn.BatchNorm2d(1).train()
    layer([[[[1.0, 3.0]]]])   # mean 2; variance 1, unbiased 2
    assert_allclose(layer.running_mean.data, [0.2])
    assert_allclose(layer.running_var.data, [1.1])
    layer([[[[1.0, 3.0]]]])
    assert_allclose(layer.running_mean.data, [0.38])
    assert_allclose(layer.running_var.data, [1.19])


def test_training_normalises_by_the_batch_evaluation_by_the_running_statistics():
    layer, (first, x) = nn.BatchNorm2d(3, eps=1e-3), batches(2)
    assert not layer.training
    layer.train()(first)
    gamma, beta = [1, 2, 3], [4, 5, 6]
    layer.weight.data, layer.bias.data = gamma, beta
    assert_allclose(layer(x), oracles.batch_norm2d(x, gamma, beta, eps=1e-3), **EXACT)
    layer.eval()
    before = statistics(layer)
    mean, var = before["running_mean"].astype(float), before["running_var"].astype(float)
    assert_allclose(layer(x), oracles.batch_norm2d(x, gamma, beta, mean, var, 1e-3), **EXACT)
    assert same(statistics(layer), before), "evaluation only looks"
    for n in range(len(x)):   # and no example knows of another
        assert_allclose(layer(x[n:n + 1]), oracles.batch_norm2d(x[n:n + 1], gamma, beta, mean, var, 1e-3), **EXACT)


def test_backward_in_training_and_in_evaluation():
    layer, (first, x) = nn.BatchNorm2d(3), batches(2)
    dy = cases.numbers(x.shape, 5)
    layer.train()(first)
    layer.weight.data = np.array([1.0, 2, 3])
    layer(x)
    for found, expected in zip((layer.backward(dy), layer.weight.grad, layer.bias.grad),
                               cnn.batch_norm2d_backward(dy, x, [1, 2, 3]), strict=True):
        assert_allclose(found, expected, **EXACT)
    layer.eval()(x)
    mean, var = (p.data.astype(float)[:, None, None] for p in (layer.running_mean, layer.running_var))
    scale = 1 / np.sqrt(var + 1e-5)
    assert_allclose(layer.backward(dy), dy * scale * np.array([1.0, 2, 3])[:, None, None], **EXACT)   # plain scaling
    assert_allclose(layer.weight.grad, (dy * (x - mean) * scale).sum(axis=(0, 2, 3)), **EXACT)
    assert_allclose(layer.bias.grad, dy.sum(axis=(0, 2, 3)), **EXACT)


def test_backward_belongs_to_the_forward_call_not_to_the_mode_since():
    layer, (x,) = nn.BatchNorm2d(3).train(), batches(1)
    dy = cases.numbers(x.shape, 5)
    layer(x)
    layer.eval()
    assert_allclose(layer.backward(dy), cnn.batch_norm2d_backward(dy, x, np.ones(3))[0], **EXACT)


@FLOATS
@pytest.mark.parametrize("training", [True, False])
def test_the_layer_keeps_the_dtype(dtype, training):
    layer, x = nn.BatchNorm2d(3).train(training), batches(1)[0].astype(dtype)
    y = layer(x)
    assert (y.dtype, layer.backward(np.ones(x.shape)).dtype) == (dtype, dtype)
    assert layer.weight.grad.dtype == layer.bias.grad.dtype == dtype
    exact = nn.BatchNorm2d(3).train(training)(x.astype(np.float64))
    assert_allclose(y, exact, rtol=0, atol=20 * np.finfo(dtype).eps)


def test_a_single_value_per_channel_has_no_spread():
    layer = nn.BatchNorm2d(3).train()
    with pytest.raises(ValueError, match="x has a single value per channel"):
        layer(np.ones((1, 3, 1, 1)))
    assert_array_equal(layer.running_var.data, 1)
    assert layer.eval()(np.ones((1, 3, 1, 1))).shape == (1, 3, 1, 1)
    assert_allclose(nn.BatchNorm2d(3).train()(np.ones((2, 3, 1, 1))), 0)


def test_statistics_are_neither_parameters_nor_summed_up():
    model = nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3))
    assert [name for name, _ in model.named_parameters()] == ["0.weight", "0.bias", "1.weight", "1.bias"]
    assert [name for name, _ in model.named_statistics()] == ["1.running_mean", "1.running_var"]
    assert [row.parameters for row in model.summary((1, 5, 5)).rows] == [0, 30, 6]
    assert model.macs((1, 5, 5)) == 3 * 9 * 9


# In networks. ----------------------------------------------------------------------------------------------------

def network(seed=0):
    return nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Linear(36, 2), seed=seed)


def images(n=64, seed=0):
    """Bright and dark ones at a brightness far from 0, which only a normalising network likes: x, y."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    x = rng.normal(50, 1, (n, 1, 8, 8))
    x[:, :, 2:6, 2:6] += np.where(y, 1.5, -1.5)[:, None, None, None]
    return x.astype(np.float32), y


def test_fit_learns_and_predict_uses_the_running_statistics():
    model, (x, y) = network(), images()
    fit(model, (x, y), epochs=15)
    assert not model.training
    assert not np.array_equal(model[1].running_var.data, np.ones(4))
    assert nn.evaluate(model, x, y)[1] > 0.95
    before = statistics(model)
    logits = nn.predict(model, x)
    assert same(statistics(model), before)
    for i in (0, 5):   # an example's logits do not depend on its neighbours
        assert_allclose(nn.predict(model, x[i:i + 1])[0], logits[i], rtol=1e-4, atol=1e-4)
    assert_allclose(nn.predict(model, x, batch_size=7), logits, rtol=1e-4, atol=1e-4)
    model[1].running_mean.data += 1
    assert not np.allclose(nn.predict(model, x), logits), "they do count"


def test_fit_is_reproducible_statistics_included():
    a, b = network(), network()
    fit(a, images())
    fit(b, images())
    assert same(statistics(a), statistics(b)) and same(weights(a), weights(b))


def test_predict_in_the_middle_of_training_leaves_the_mode():
    model, (x, _) = network().train(), images()
    before = statistics(model)
    nn.predict(model, x)
    assert model.training and model[1].training
    assert same(statistics(model), before)


def test_saved_and_loaded(tmp_path):
    model, (x, y) = network(1), images()
    fit(model, (x, y))
    fresh = network(2).load(model.save(tmp_path / "model"))
    assert same(statistics(fresh), statistics(model)) and same(weights(fresh), weights(model))
    assert np.array_equal(nn.predict(fresh, x), nn.predict(model, x))
    assert fresh[1].running_mean.data is not model[1].running_mean.data


def test_a_file_without_statistics_is_of_another_network(tmp_path):
    plain = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 2))
    path = plain.save(tmp_path / "plain")
    with pytest.raises(ValueError, match=r"1\.running_mean"):
        network().load(path)


@pytest.mark.parametrize("training", [True, False])
def test_check_gradients_leaves_the_statistics(training):
    model = network().train(training)
    fit(model, images(16))
    model.train(training)
    before = statistics(model)
    kept = [p.data for _, p in model.named_statistics()]
    result = nn.check_gradients(model[:2], images(4)[0] - 50)
    assert result.passed, result
    assert same(statistics(model), before)
    assert all(p.data is array for (_, p), array in zip(model.named_statistics(), kept, strict=True))


def test_a_loss_that_is_not_finite_puts_the_statistics_back():
    model, (x, y) = network(), images()
    fit(model, (x, y))
    before = statistics(model), weights(model)
    with pytest.raises(nn.NonFiniteLossError):
        fit(model, (x, y), optimizer=nn.SGD(model.parameters(), lr=1e30))
    assert same(statistics(model), before[0]) and same(weights(model), before[1])


def test_statistics_that_overflow_are_noticed_though_the_loss_is_finite():
    """In training an infinite variance makes zeros, and a fine loss; in evaluation the model would be lost."""
    model = nn.Sequential(nn.BatchNorm2d(1), nn.Flatten(), nn.Linear(4, 2))
    x = np.zeros((8, 1, 2, 2), np.float32)
    x[0], x[1] = 3e38, -3e38
    with pytest.raises(nn.NonFiniteLossError, match="finite"):
        fit(model, (x, np.arange(8) % 2), batch_size=8, epochs=1)
    assert_array_equal(model[0].running_mean.data, 0)
    assert_array_equal(model[0].running_var.data, 1)
