"""Layers as text, and what they say about arguments and input that do not fit."""

import numpy as np
import pytest
from layer_cases import case, every_layer

from cnnlib import nn

REPRS = [
    "Conv2d(3, 8, kernel_size=5)",
    "Conv2d(3, 8, kernel_size=(5, 3), stride=2, padding=(1, 2), dilation=3, bias=False)",
    "Conv2d(1, 1, kernel_size=3, padding='same')",
    "Conv2d(1, 1, kernel_size=3, padding=('same', 1))",
    "Conv2d(8, 16, kernel_size=3, padding=1, groups=4)",
    "ConvTranspose2d(8, 4, kernel_size=2, stride=2)",
    "ConvTranspose2d(8, 4, kernel_size=(3, 2), stride=(2, 3), padding=1, output_padding=(0, 2), bias=False)",
    "BatchNorm2d(64)",
    "BatchNorm2d(64, eps=0.001, momentum=0.01)",
    "Residual(\n)",
    "Residual(\n  Conv2d(8, 8, kernel_size=3, padding=1),\n  ReLU(),\n)",
    "Residual(\n  Conv2d(8, 4, kernel_size=1),\n  shortcut=Conv2d(8, 4, kernel_size=1, bias=False),\n)",
    "DenseBlock(\n  Conv2d(8, 4, kernel_size=1),\n  Residual(\n    ReLU(),\n    DenseBlock(\n    ),\n  ),\n)",
    "Linear(400, 120)",
    "Linear(400, 120, bias=False)",
    "MaxPool2d(2, stride=2)",
    "MaxPool2d((3, 2), stride=(2, 1), padding=1)",
    "MaxPool2d(3, stride=1, padding='same')",
    "AvgPool2d(3, stride=2, padding=1)",
    "AvgPool2d(3, stride=2, padding=1, count_include_pad=False)",
    "GlobalAvgPool2d()",
    "ReLU()",
    "Flatten()",
    "Dropout(0.25)",
]


@pytest.mark.parametrize("text", REPRS)
def test_repr_is_how_to_make_it(text):
    layer = eval(text, vars(nn))
    assert repr(layer) == text
    assert nn.Sequential(layer, nn.ReLU())[0] is layer


@every_layer
def test_repr_names_all_that_matters(name):
    layer, x = case(name)
    if isinstance(layer, nn.Sequential):
        return
    twin = eval(repr(layer), vars(nn)).train(layer.training)   # the mode is no part of how to make it
    for p, q in zip(layer.parameters(), twin.parameters(), strict=True):
        q.data = p.data
    assert np.array_equal(layer(x), twin(x))


@pytest.mark.parametrize(
    ("make", "argument"),
    [
        (lambda: nn.Conv2d(0, 8, 3), "in_channels"),
        (lambda: nn.Conv2d(3, 8.0, 3), "out_channels"),
        (lambda: nn.Conv2d(3, 8, 0), "kernel_size"),
        (lambda: nn.Conv2d(3, 8, (3, 3, 3)), "kernel_size"),
        (lambda: nn.Conv2d(3, 8, 3, stride=0), "stride"),
        (lambda: nn.Conv2d(3, 8, 3, padding=-1), "padding"),
        (lambda: nn.Conv2d(3, 8, 3, padding="full"), "padding"),
        (lambda: nn.Conv2d(3, 8, 3, dilation=0), "dilation"),
        (lambda: nn.Conv2d(4, 6, 3, groups=0), "groups must be at least 1"),
        (lambda: nn.Conv2d(4, 6, 3, groups=1.5), "groups must be an integer"),
        (lambda: nn.Conv2d(6, 8, 3, groups=4), "groups must divide in_channels, found groups=4 and in_channels=6"),
        (lambda: nn.Conv2d(8, 6, 3, groups=4), "groups must divide out_channels, found groups=4 and out_channels=6"),
        (lambda: nn.ConvTranspose2d(0, 8, 3), "in_channels"),
        (lambda: nn.ConvTranspose2d(3, 8.0, 3), "out_channels"),
        (lambda: nn.ConvTranspose2d(3, 8, 0), "kernel_size"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, stride=0), "stride"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, padding=-1), "padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, padding="same"), "padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, output_padding=-1), "output_padding"),
        (lambda: nn.ConvTranspose2d(3, 8, 3, stride=2, output_padding=2), "output_padding must be less than the stri"),
        (lambda: nn.BatchNorm2d(0), "num_features"),
        (lambda: nn.BatchNorm2d(3, eps=0), "eps must be positive"),
        (lambda: nn.BatchNorm2d(3, eps=float("nan")), "eps must be positive"),
        (lambda: nn.BatchNorm2d(3, eps="1e-5"), "eps must be a number"),
        (lambda: nn.BatchNorm2d(3, momentum=1.5), "momentum must be a share"),
        (lambda: nn.BatchNorm2d(3, momentum=-0.1), "momentum must be a share"),
        (lambda: nn.BatchNorm2d(3, momentum=None), "momentum must be a share"),
        (lambda: nn.Linear(-1, 8), "in_features"),
        (lambda: nn.Linear(8, "8"), "out_features"),
        (lambda: nn.MaxPool2d(0), "kernel_size"),
        (lambda: nn.AvgPool2d(2, stride=0), "stride"),
        (lambda: nn.Dropout(1), "p must be"),
        (lambda: nn.Dropout(-0.1), "p must be"),
        (lambda: nn.Dropout(50), "p must be"),
        (lambda: nn.Dropout("0.5"), "p must be"),
        (lambda: nn.Dropout(float("nan")), "p must be"),
    ],
)
def test_arguments_are_checked_when_the_layer_is_made(make, argument):
    with pytest.raises((ValueError, TypeError), match=argument):
        make()


@pytest.mark.parametrize(
    ("x", "kind", "words"),
    [
        (np.ones((2, 5, 5)), ValueError, ["x must have the axes (N, C, H, W)", "x[:, None]"]),
        (np.ones((2, 3, 5, 5)), ValueError, ["3 channels", "expect 1"]),
        (np.ones((2, 5, 5, 1)), ValueError, ["x.transpose(0, 3, 1, 2)"]),
        (np.ones((0, 1, 5, 5)), ValueError, ["empty"]),
        (np.full((1, 1, 5, 5), np.nan), ValueError, ["NaN", "(0, 0, 0, 0)"]),
        (np.ones((1, 1, 2, 2)), ValueError, ["too large"]),
        ([[1, 2], [3]], ValueError, ["different lengths"]),
        (None, TypeError, ["None"]),
        (np.ones((1, 1, 5, 5), complex), TypeError, ["complex"]),
    ],
)
def test_input_that_does_not_fit(x, kind, words):
    with pytest.raises(kind) as error:
        nn.Conv2d(1, 2, 3)(x)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_output_shape_of_a_batch_or_of_grey_images_says_what_is_wrong():
    with pytest.raises(ValueError, match="leave out the batch axis"):
        nn.Conv2d(1, 2, 3).output_shape((64, 1, 28, 28))
    with pytest.raises(ValueError, match=r"x\[:, None\]"):
        nn.MaxPool2d(2).output_shape((28, 28))
    with pytest.raises(ValueError, match="expects 3 input channels, found 1"):
        nn.Conv2d(3, 2, 3).output_shape((1, 28, 28))


def test_the_base_class_asks_for_what_a_subclass_must_write():
    class Half(nn.Layer):
        pass

    with pytest.raises(NotImplementedError, match=r"Half\.forward"):
        Half()([1.0])
    with pytest.raises(NotImplementedError, match=r"Half\.backward"):
        Half().backward([1.0])
