"""What is told of a network so that the browser can run it; and what is refused, with which words."""

import base64
import json

import numpy as np
import pytest

from cnnlib import nn, zoo
from cnnlib.viz.kit.layers import MOST_WEIGHTS, described


def decoded(array):
    kind = "<f2" if array.get("half") else "<f4"
    return np.frombuffer(base64.b64decode(array["data"]), kind).astype(np.float32).reshape(array["shape"])


def test_all_of_lenet_is_told():
    model = zoo.lenet5(seed=3)
    layers = json.loads(json.dumps(described(model, (1, 28, 28))))
    assert [layer["kind"] for layer in layers] == [type(layer).__name__ for layer in model]
    assert [layer["name"] for layer in layers[:3]] == ["0 Conv2d", "1 ReLU", "2 MaxPool2d"]
    assert [layer["shape"] for layer in layers] == [
        list(row.output_shape) for row in model.summary((1, 28, 28)).rows[1:]]
    conv, pool = layers[0], layers[2]
    assert (conv["kernel_size"], conv["stride"], conv["padding"]) == ([5, 5], [1, 1], [[2, 2], [2, 2]])
    assert (conv["dilation"], conv["groups"]) == ([1, 1], 1)
    assert (pool["kernel_size"], pool["stride"], pool["weights"]) == ([2, 2], [2, 2], {})
    for layer, told in zip(model, layers, strict=True):
        for name, key in {"weight": "w", "bias": "b"}.items():
            if name in layer.weights:
                assert np.array_equal(decoded(told["weights"][key]), layer.weights[name].data)


def test_nested_networks_are_unfolded():
    inner = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Dropout(0.5)))
    layers = described(nn.Sequential(nn.Conv2d(1, 2, 3, bias=False), inner, nn.GlobalAvgPool2d()), (1, 5, 6))
    assert [layer["name"] for layer in layers] == ["0 Conv2d", "1.0 ReLU", "1.1.0 Dropout", "2 GlobalAvgPool2d"]
    assert list(layers[0]["weights"]) == ["w"] and layers[-1]["shape"] == [2]


def test_same_padding_is_told_in_cells():
    conv = described(nn.Sequential(nn.Conv2d(1, 1, (4, 3), stride=(1, 2), padding="same")), (1, 6, 6))[0]
    assert conv["padding"] == [[1, 2], [0, 1]]


def test_batch_norm_as_it_evaluates():
    norm = nn.BatchNorm2d(2, eps=0.5)
    norm.train()([[[[1.0, 2.0]], [[5.0, 9.0]]]])
    told = described(nn.Sequential(norm), (2, 4, 4))[0]
    assert told["eps"] == 0.5
    assert {key: decoded(array).tolist() for key, array in told["weights"].items()} == {
        "w": [1, 1], "b": [0, 0], "mean": norm.running_mean.data.tolist(), "var": norm.running_var.data.tolist()}


def test_what_half_precision_holds_takes_half_the_room():
    model = nn.Sequential(nn.Linear(40, 10))
    whole = described(model, (40,))[0]["weights"]["w"]
    model[0].weight.data = model[0].weight.data.astype(np.float16).astype(np.float32)
    half = described(model, (40,))[0]["weights"]["w"]
    assert "half" not in whole and half["half"] and len(half["data"]) == len(whole["data"]) // 2
    assert np.array_equal(decoded(half), model[0].weight.data)


def test_a_subclass_counts_as_its_base_only_if_it_computes_alike():
    class Named(nn.ReLU):
        pass

    class Other(nn.ReLU):
        def forward(self, x):
            return x

    assert described(nn.Sequential(Named()), (3,))[0]["kind"] == "ReLU"
    with pytest.raises(ValueError, match="layer 0 Other is of a kind that cannot be run in the browser"):
        described(nn.Sequential(Other()), (3,))


def broken(value):
    model = nn.Sequential(nn.ReLU(), nn.Linear(3, 2))
    model[1].weight.data[0, 1] = value
    return model


@pytest.mark.parametrize(("model", "shape", "error", "told"), [
    (nn.ReLU(), (3,), TypeError, r"model must be a Sequential, found ReLU\(\): put a single layer into a Sequential"),
    (nn.Sequential, (3,), TypeError, "model must be a Sequential, .*: it is a class, add"),
    (None, (3,), TypeError, "model must be a Sequential, found None"),
    (nn.Sequential(), (3,), ValueError, "model has no layers, expected at least one"),
    ([nn.ReLU(), "pool"], (3,), ValueError, "model: layer 1 str is of a kind"),
    (nn.Sequential(nn.Residual(nn.ReLU())), (1, 4, 4), ValueError, "model: layer 0 Residual is of a kind"),
    (nn.Sequential(nn.ConvTranspose2d(1, 1, 2)), (1, 4, 4), ValueError, "layer 0 ConvTranspose2d is of a kind"),
    (broken(np.nan), (3,), ValueError, "model: weight of layer 1 Linear has 1 of 6 numbers that are NaN"),
    (broken(np.inf), (3,), ValueError, "model: weight of layer 1 Linear has 1 of 6"),
    (zoo.lenet5(), (3, 28, 28), ValueError, "input_shape: layer 0 Conv2d cannot take .*expects 1 input channels"),
    (zoo.lenet5(), (1, 32, 32), ValueError, "input_shape: layer 7 Linear cannot take .576,.: .*400 features"),
    (zoo.lenet5(), (28, 28), ValueError, r"input_shape must be .*found \(28, 28\): a grey image\? \(1, 28, 28\)"),
    (zoo.lenet5(), (2, 1, 28, 28), ValueError, "input_shape .*: leave out the batch axis"),
    (zoo.lenet5(), 28, TypeError, "input_shape must be a tuple"),
    (zoo.vgg16(), (3, 224, 224), ValueError, "model has .* outputs for one input, expected at most 4,000,000"),
    (nn.Sequential(nn.Linear(10**6, 10**6)), (10**6,), ValueError, "model has 1,000,001,000,000 weights, .*2,000,000"),
])
def test_what_is_wrong_is_said(model, shape, error, told):
    with pytest.raises(error, match=told) as caught:
        described(model, shape)
    assert len(str(caught.value)) < 300


def test_nothing_is_drawn_for_a_network_that_is_too_large():
    model = nn.Sequential(nn.Linear(2, MOST_WEIGHTS))
    with pytest.raises(ValueError, match="weights"):
        described(model, (2,))
    assert not model[0].weight.made


def test_the_network_stays_as_it_was():
    model = zoo.lenet5()
    before = [p.data.copy() for p in model.parameters()]
    described(model, (1, 28, 28))[0]["kernel_size"][0] = 9
    assert model[0].kernel_size == (5, 5)
    assert all(np.array_equal(a, p.data) for a, p in zip(before, model.parameters(), strict=True))
