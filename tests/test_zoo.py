"""The networks of the zoo: shapes, published totals, and that they learn."""

import inspect

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn, zoo

# Name, one example of its input, number of classes, published number of parameters.
NETWORKS = [
    ("lenet5", (1, 28, 28), 10, 61_706),
    ("lenet_notes", (3, 32, 32), 10, 62_958),
]
every_network = pytest.mark.parametrize(("name", "shape", "classes", "parameters"), NETWORKS)


def test_every_network_is_in_the_table():
    assert sorted(zoo.__all__) == sorted(name for name, *_ in NETWORKS)
    assert all(inspect.signature(getattr(zoo, name)).parameters["seed"].default == 0 for name in zoo.__all__)


@every_network
def test_shape_and_parameters(name, shape, classes, parameters):
    model = getattr(zoo, name)()
    assert model.output_shape(shape) == (classes,)
    assert model.summary(shape).parameters == parameters
    assert not any(p.made for p in model.parameters()), "to describe a network costs nothing"
    logits = model(np.zeros((2, *shape), np.float32))
    assert (logits.shape, logits.dtype) == ((2, classes), np.float32)
    assert sum(p.data.size for p in model.parameters()) == parameters


@every_network
def test_seed(name, shape, classes, parameters):
    make = getattr(zoo, name)
    x = np.random.default_rng(0).random((2, *shape))
    assert np.array_equal(make(seed=1)(x), make(seed=1)(x))
    assert np.array_equal(make()(x), make(seed=0)(x))
    assert not np.array_equal(make(seed=1)(x), make(seed=2)(x))


@every_network
def test_gradients(name, shape, classes, parameters):
    x = np.random.default_rng(0).random((2, *shape))
    result = nn.check_gradients(getattr(zoo, name)(), x, samples=4)
    assert result.passed, result


@every_network
def test_an_untrained_network_knows_nothing_but_is_not_far_off(name, shape, classes, parameters):
    x = np.random.default_rng(0).random((100, *shape), dtype=np.float32)
    loss, accuracy = nn.evaluate(getattr(zoo, name)(), x, np.arange(100) % classes)
    assert abs(loss - np.log(classes)) < 1.5
    assert accuracy < 0.4


def test_lenet5_layer_by_layer():
    summary = zoo.lenet5().summary((1, 28, 28))
    assert [(row.output_shape, row.parameters) for row in summary.rows if row.parameters] == [
        ((6, 28, 28), 156), ((16, 10, 10), 2_416), ((120,), 48_120), ((84,), 10_164), ((10,), 850),
    ]  # fmt: skip
    assert [row.receptive_field for row in summary.rows if "Pool" in row.name] == [6, 16]
    assert summary.macs == 28 * 28 * 6 * 25 + 10 * 10 * 16 * 6 * 25 + 400 * 120 + 120 * 84 + 84 * 10


def test_lenet5_learns_digits():
    digits = cnn.data.mnist()
    model = zoo.lenet5()
    x, y = digits.x_train[:1500], digits.y_train[:1500]
    history = nn.fit(model, (x, y), epochs=3, progress=False)
    _, accuracy = nn.evaluate(model, digits.x_test, digits.y_test)
    assert history["loss"] == sorted(history["loss"], reverse=True)
    assert accuracy > 0.85
