"""Parameters: made when needed, from their seed, spread as they should be, and nobody else's array."""

import tracemalloc

import numpy as np
import pytest

from cnnlib import nn


def test_a_parameter_is_made_when_first_needed():
    layer = nn.Conv2d(512, 512, 3)
    assert [p.made for p in layer.parameters()] == [False, False]
    assert [p.shape for p in layer.parameters()] == [(512, 512, 3, 3), (512,)]
    assert [p.size for p in layer.parameters()] == [512 * 512 * 9, 512]
    assert repr(layer.weight) == "Parameter(shape=(512, 512, 3, 3))"
    assert [p.made for p in layer.parameters()] == [False, False]
    assert layer.bias.data.tolist() == [0] * 512
    assert [p.made for p in layer.parameters()] == [False, True]
    assert layer.bias.data is layer.bias.data
    assert layer.bias.data.dtype == layer.weight.data.dtype == np.float32
    assert layer.bias.grad is None


def test_making_a_parameter_takes_the_room_of_one():
    """VGG-16's first fully-connected layer is 411 MB: with a second array of that size on the way, memory is short."""
    parameter = nn.Linear(2000, 1000).weight
    tracemalloc.start()
    size = parameter.data.nbytes
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.1 * size


def test_initial_weights_have_the_spread_of_he():
    for layer, fan_in in [(nn.Linear(500, 400), 500), (nn.Conv2d(32, 64, 5), 32 * 25)]:
        w = layer.weight.data.astype(float)
        std = np.sqrt(2 / fan_in)
        assert abs(w.mean()) < 5 * std / np.sqrt(w.size)
        assert abs(w.std() / std - 1) < 5 / np.sqrt(2 * w.size)
        assert abs((np.abs(w) < std).mean() - 0.6827) < 0.01, "and are normally distributed"


def test_spread_of_layers_whose_outputs_are_made_from_fewer_cells():
    """Of a group only its own channels; of a transposed convolution only the windows that meet, (F/S)² of them."""
    grouped, transposed = nn.Conv2d(64, 128, 5, groups=4), nn.ConvTranspose2d(64, 64, (4, 6), stride=(2, 3))
    for layer, met in [(grouped, 16 * 25), (transposed, 64 * 2 * 2)]:
        w = layer.weight.data.astype(float)
        assert abs(w.std() / np.sqrt(2 / met) - 1) < 5 / np.sqrt(2 * w.size)


def test_he_keeps_the_size_of_activations_through_depth():
    model = nn.Sequential(*[layer for _ in range(20) for layer in (nn.Linear(256, 256), nn.ReLU())])
    x = np.random.default_rng(0).normal(size=(64, 256))
    assert 0.3 < np.sqrt((model(x) ** 2).mean() / (x ** 2).mean()) < 3


def test_a_parameter_can_be_given_numbers():
    layer = nn.Conv2d(1, 1, 2)
    kernel = np.array([[[[1, 2], [3, 4]]]])
    layer.weight.data = kernel
    assert layer.weight.data.dtype == np.float64
    assert layer(np.ones((1, 1, 2, 2))).item() == 10
    assert np.asarray(layer.weight).sum() == 10
    layer.weight.data = [[[[1.0, 2], [3, 4]]]]
    array = layer.weight.data
    layer.weight.data *= 2
    assert layer.weight.data is array
    assert layer(np.ones((1, 1, 2, 2))).item() == 20
    layer.weight.data[...] = 0
    assert layer(np.ones((1, 1, 2, 2))).item() == 0


def test_training_never_writes_into_an_array_that_was_assigned():
    kernel = np.ones((2, 3), np.float32)
    layer = nn.Linear(3, 2)
    for array in (kernel, np.broadcast_to(np.float32(1), (2, 3))):
        layer.weight.data = array
        layer(np.ones((1, 3)))
        layer.backward(np.ones((1, 2)))
        nn.SGD(layer.parameters()).step()
        assert (array == 1).all() and (layer.weight.data < 1).all()


@pytest.mark.parametrize("value", [np.ones((2, 4)), np.ones(6), 1.0, np.ones((3, 2))])
def test_a_parameter_keeps_its_shape(value):
    layer = nn.Linear(3, 2)
    before = layer.weight.data.copy()
    with pytest.raises(ValueError, match=r"data must have shape \(2, 3\)"):
        layer.weight.data = value
    assert np.array_equal(layer.weight.data, before)


def test_a_parameter_is_not_replaced_by_accident():
    layer = nn.Linear(3, 2)
    with pytest.raises(TypeError, match=r"weight must stay a Parameter, found ndarray: .*weight\.data = "):
        layer.weight = np.ones((2, 3))
    with pytest.raises(TypeError, match="real numbers"):
        layer.weight.data = np.full((2, 3), "a")
    with pytest.raises(TypeError, match="None"):
        layer.weight.data = None


def test_weights_are_not_the_numbers_of_a_plain_generator():
    plain = np.random.default_rng(0).standard_normal(9, dtype=np.float32)
    for layer in (nn.Conv2d(1, 1, 3), nn.Sequential(nn.Conv2d(1, 1, 3), seed=0)[0]):
        drawn = layer.weight.data.ravel() / np.float32(layer.weight.std)
        assert not np.allclose(drawn, plain, atol=1e-3)
