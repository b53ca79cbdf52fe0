"""Data and options that training cannot use, and what the errors say about them."""

import types

import numpy as np
import pytest
from networks import blobs, conv, dense, fit, same, stripes, weights

import cnnlib as cnn
from cnnlib import nn

X, Y = stripes(12)


def spoiled(value):
    x = X.copy()
    x[3, 0, 1, 2] = value
    return x


BAD_DATA = [
    ((X * 255).astype(np.uint8), Y, TypeError, ["data: x must hold floats, found uint8", "x.astype(np.float32) / 255"]),
    (X > 0.5, Y, TypeError, ["found bool"]),
    (spoiled(np.nan), Y, ValueError, ["data: x has 1 NaN", "(3, 0, 1, 2)"]),
    (spoiled(np.inf), Y, ValueError, ["data: x holds infinite values"]),
    (X.astype(str), Y, TypeError, ["data: x must hold real numbers"]),
    (None, Y, TypeError, ["data: x must be an array, found None"]),
    ([X[0], X[0, :, :4]], Y[:2], ValueError, ["data: x must be a regular array", "different lengths"]),
    (X[:0], Y[:0], ValueError, ["data: x is empty"]),
    (X, Y.astype(float), TypeError, ["labels must be class numbers, integers, found dtype float64"]),
    (X, Y + 1, ValueError, ["labels must be 0 to 1, found 2 at index 1", "do the labels start at 1?"]),
    (X, -Y, ValueError, ["labels must be 0 to 1, found -1 at index 1"]),
    (X, Y[:5], ValueError, ["one label for each of the 12 examples, found shape (5,)"]),
    (X, Y[:, None], ValueError, ["found shape (12, 1)", "y.ravel()"]),
    (X, np.eye(2)[Y], ValueError, ["found shape (12, 2)", "y.argmax(axis=1)"]),
    (X, np.zeros((12, 1, 8, 8), int), ValueError, ["found shape (12, 1, 8, 8)", "y[:, 0]"]),
    (X, np.zeros((12, 2, 8, 8), int), ValueError, ["found shape (12, 2, 8, 8)", "y.argmax(axis=1)"]),
    (X, None, TypeError, ["data: y must be an array, found None"]),
    (X, ["a"] * 12, TypeError, ["labels must be class numbers"]),
    (Y, X, TypeError, ["are x and y in the wrong order?"]),
    (X[:, 0], Y, ValueError, ["layer (0) Conv2d(1, 6, kernel_size=3)", "(8, 8)", "x[:, None]"]),
    (X[..., :6], Y, ValueError, ["layer (5) Linear(54, 2) cannot take input of shape (36,)"]),
    (X.reshape(12, 64), Y, ValueError, ["layer (0)", "(64,)"]),
    (np.repeat(X, 3, axis=1), Y, ValueError, ["layer (0)", "expects 1 input channels, found 3"]),
]


@pytest.mark.parametrize(("x", "y", "kind", "words"), BAD_DATA)
def test_bad_data(x, y, kind, words):
    model = conv()
    with pytest.raises(kind) as error:
        fit(model, (x, y))
    assert all(word in str(error.value) for word in words), str(error.value)
    assert not any(p.made for p in model.parameters()), "found before anything was done"


@pytest.mark.parametrize(("x", "y", "kind", "words"), BAD_DATA)
def test_bad_validation_data(x, y, kind, words):
    with pytest.raises(kind) as error:
        fit(conv(), (X, Y), validation=(x, y))
    if "data: " in words[0]:
        assert words[0].replace("data: ", "validation: ") in str(error.value)


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"validation": (X[:, :, :6], Y)}, ValueError, r"validation: x \(one example\) must have shape \(1, 8, 8\)"),
        ({"validation": 0.0}, ValueError, "a share between 0 and 1, found 0.0"),
        ({"validation": 1}, ValueError, "a share between 0 and 1, found 1"),
        ({"validation": 0.01}, ValueError, "validation=0.01 holds out 0 of 12 examples"),
        ({"validation": 0.99}, ValueError, "validation=0.99 holds out 12 of 12 examples"),
        ({"validation": X}, TypeError, r"validation must be a pair \(x, y\)"),
        ({"validation": types.SimpleNamespace(x_train=X, y_train=Y)}, TypeError, r"\(data\.x_test, data\.y_test\)"),
        ({"batch_size": 0}, ValueError, "batch_size must be at least 1, found 0"),
        ({"batch_size": 2.5}, TypeError, "batch_size must be an integer"),
        ({"epochs": 0}, ValueError, "epochs must be at least 1, found 0"),
        ({"epochs": "3"}, TypeError, "epochs must be an integer"),
        ({"shift": -1}, ValueError, "shift must be at least 0, found -1"),
        ({"shift": 0.5}, TypeError, "shift must be an integer"),
        ({"flip": "left"}, TypeError, "flip must be True or False, found 'left'"),
        ({"flip": 2}, TypeError, "flip must be True or False, found 2"),
        ({"seed": None}, TypeError, "seed must be an integer"),
        ({"seed": -1}, ValueError, "seed must be at least 0"),
        ({"schedule": "cosine"}, TypeError, "schedule must be a function of progress.*found 'cosine'"),
        ({"schedule": 0.1}, TypeError, "schedule must be a function"),
        ({"optimizer": "adam"}, TypeError, "optimizer must be one such as Adam.*found 'adam'"),
        ({"optimizer": nn.Adam}, TypeError, "optimizer must be one such as Adam"),
        ({"optimizer": nn.Adam(conv().parameters())}, ValueError, "parameters of another network"),
    ],
)
def test_bad_options(options, kind, words):
    with pytest.raises(kind, match=words):
        fit(conv(), (X, Y), **options)


def test_shift_needs_images():
    with pytest.raises(ValueError, match=r"shift moves images \(N, C, H, W\); x has shape \(90, 2\), use shift=0"):
        fit(dense(), blobs(), shift=1)


def test_flip_needs_images():
    with pytest.raises(ValueError, match=r"flip mirrors images \(N, C, H, W\); x has shape \(90, 2\), use flip=False"):
        fit(dense(), blobs(), flip=True)


@pytest.mark.parametrize("data", [X, (X,), (X, Y, X), None, {"x": X, "y": Y}])
def test_data_must_be_a_pair(data):
    with pytest.raises(TypeError, match=r"data must be a pair \(x, y\) or a data set with x_train and y_train"):
        fit(conv(), data)


def test_numbers_without_a_feature_axis():
    with pytest.raises(ValueError, match=r"x\[:, None\]"):
        fit(nn.Sequential(nn.Linear(1, 2)), ([0.0, 1.0], [0, 1]))


def test_a_network_must_end_in_logits():
    with pytest.raises(ValueError, match=r"one logit per class, found an output of shape \(6, 6, 6\)"):
        fit(conv()[:2], (X, Y))


@pytest.mark.parametrize("call", [lambda m: fit(m, (X, Y)), lambda m: nn.predict(m, X), lambda m: nn.evaluate(m, X, Y)])
def test_the_model_must_be_a_network(call):
    for wrong, words in [(conv, "found conv: call it, add ()"), (nn.Flatten, "found Flatten: call it"), (3, "found 3")]:
        with pytest.raises(TypeError, match="model must be a network") as error:
            call(wrong)
        assert words in str(error.value)


def test_data_in_other_clothes():
    expected = conv()
    history = fit(expected, (X, Y))
    for data in [
        types.SimpleNamespace(x_train=X, y_train=Y, x_test=None, y_test=None),
        cnn.data.mnist()._replace(x_train=X, y_train=Y),
        [X, Y],
        (list(X), list(Y)),
        (np.asfortranarray(X), Y.astype(np.uint8)),
    ]:
        model = conv()
        assert fit(model, data) == history
        assert same(weights(model), weights(expected))
    assert fit(conv(), (X.astype(np.float16), Y))["epoch"] == [1, 2, 3]
    assert fit(dense(), ([[0.0, 1.0], [1.0, 0.0]], [0, 2]))["epoch"] == [1, 2, 3]
