"""What networks keep of a forward pass: what a backward pass needs, and no longer than that."""

import copy
import pickle

import numpy as np
import pytest
from networks import IMAGES, conv, fit, same, small, stripes, weights

import cnnlib as cnn
from cnnlib import nn


def blocks():
    return nn.Sequential(
        nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.Residual(nn.Conv2d(2, 2, 3, padding=1), nn.ReLU()),
        nn.DenseBlock(nn.Conv2d(2, 2, 1)), nn.AvgPool2d(2), nn.ConvTranspose2d(4, 2, 2), nn.MaxPool2d(2),
        nn.GlobalAvgPool2d(), nn.Dropout(), nn.Flatten(), nn.Linear(2, 2),
    )


def test_a_pickle_does_not_grow_with_use():
    model, images = cnn.zoo.lenet5(), np.random.default_rng(0).random((64, 1, 28, 28), np.float32)
    fit(model, (images, np.arange(64) % 10), epochs=1)
    before = len(pickle.dumps(model))
    assert before < 2.1 * 4 * 61_706, "numbers and gradients"
    nn.predict(model, images)
    nn.evaluate(model, images, np.arange(64) % 10)
    assert len(pickle.dumps(model)) == before
    model(images)
    assert len(pickle.dumps(model)) == before


@pytest.mark.parametrize("make", [conv, blocks])
def test_predict_and_fit_leave_nothing_behind(make):
    model = make()
    nn.predict(model, stripes()[0])
    assert not any("cache" in vars(layer) for layer in model.everything())
    fit(model, stripes(), epochs=1, validation=0.1)
    assert not any("cache" in vars(layer) for layer in model.everything())
    with pytest.raises(RuntimeError, match="backward was called before the layer ran forward"):
        model.backward(np.ones((3, 2)))


def test_a_prediction_between_forward_and_backward():
    """It leaves alone what the forward pass remembered, and every layer's mode."""
    model, other = small().train(), small().train()
    model[1].eval()   # frozen, by itself
    dy = np.ones((3, 4))
    model(IMAGES), other(IMAGES)
    nn.predict(model, 1 - IMAGES[:2])
    assert [layer.training for layer in model] == [True, False, True, True, True]
    assert np.array_equal(model.backward(dy), other.backward(dy))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_copies_have_no_memory_but_all_the_rest(copied):
    model = blocks().train()
    x = np.random.default_rng(0).random((3, 1, 8, 8))
    y = model(x)
    twin = copied(model)
    assert not any("cache" in vars(layer) for layer in twin.everything())
    assert twin.training and same(weights(twin), weights(model))
    assert np.array_equal(nn.predict(twin, x), nn.predict(model, x))
    assert model.backward(np.ones_like(y)) is not None


def test_a_shallow_copy_of_a_layer():
    layer = nn.Linear(2, 2)
    layer([[1.0, 2.0]])
    twin = copy.copy(layer)
    assert twin.weight is layer.weight and "cache" not in vars(twin) and "cache" in vars(layer)
