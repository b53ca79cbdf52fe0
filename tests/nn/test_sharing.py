"""One parameter, or one layer, in two places: refused wherever parameters are gathered."""

import numpy as np
import pytest
from networks import fit

from cnnlib import nn

WORDS = r"0\.weight and 1\.weight are the same Parameter, expected a separate one .* b\.weight\.data = a\.weight\.data"
DATA = np.ones((4, 4)), np.arange(4)


def tied():
    """Made of two layers, one of which is given the other's weight afterwards."""
    model = nn.Sequential(nn.Linear(4, 4, bias=False), nn.Linear(4, 4))
    model[1].weight = model[0].weight
    return model


@pytest.mark.parametrize(
    "use",
    [
        lambda model: list(model.parameters()),
        lambda model: list(model.named_statistics()),
        lambda model: model.summary((4,)),
        lambda model: nn.check_gradients(model, np.ones((2, 4))),
        lambda model: nn.SGD(model.parameters()),
        lambda model: fit(model, DATA),
        lambda model: fit(model, DATA, optimizer=nn.SGD(model[0].parameters())),
        lambda model: model.save("nowhere"),
        lambda model: model.load("nowhere"),
        lambda model: nn.Sequential(*model),
    ],
)
def test_a_parameter_in_two_layers(use, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=WORDS):
        use(tied())
    assert list(tmp_path.iterdir()) == []


def test_in_blocks():
    a, b = nn.Conv2d(2, 2, 1), nn.Conv2d(2, 2, 1)
    b.bias = a.bias
    for make in (lambda: nn.Residual(a, b), lambda: nn.Residual(a, shortcut=b), lambda: nn.DenseBlock(a, b),
                 lambda: nn.Sequential(nn.Sequential(a), nn.Sequential(b))):
        with pytest.raises(ValueError, match="bias are the same Parameter"):
            make()
    c = nn.BatchNorm2d(2)
    model = nn.Sequential(nn.BatchNorm2d(2), c)
    c.running_mean = model[0].running_mean
    with pytest.raises(ValueError, match=r"0\.running_mean and 1\.running_mean are the same Parameter"):
        list(model.parameters())
    c.running_mean = c.bias
    with pytest.raises(ValueError, match=r"bias and running_mean are the same Parameter"):
        list(c.parameters())


def test_the_same_parameter_twice_in_an_optimiser():
    layer = nn.Linear(2, 2)
    for make in (nn.SGD, nn.Adam):
        with pytest.raises(ValueError, match="parameters holds the same Parameter twice"):
            make([layer.weight, layer.bias, layer.weight])


def test_a_layer_that_came_twice_later():
    model = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
    model.layers.append(model[1])
    for use in (lambda: list(model.parameters()), lambda: model.summary((4,)), lambda: fit(model, DATA)):
        with pytest.raises(ValueError, match=r"the same ReLU\(\) is used twice"):
            use()


def test_what_may_be_shared():
    """A part of a network has its parameters, and equal numbers are no shared ones."""
    model = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
    assert list(model[:1].parameters()) == [model[0].weight, model[0].bias]
    model[1].weight.data = model[0].weight.data
    assert len(list(model.parameters())) == 4
    fit(model, DATA)
    assert not np.array_equal(model[0].weight.data, model[1].weight.data)
