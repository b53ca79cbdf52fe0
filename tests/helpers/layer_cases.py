"""Every layer in several guises."""

import numpy as np
import pytest
from networks import apart

from cnnlib import nn

# Every layer in several guises, with the shape of a batch it takes.
CASES = {
    "conv": (lambda: nn.Conv2d(2, 3, 3), (2, 2, 6, 5)),
    "conv, everything": (lambda: nn.Conv2d(2, 3, (3, 2), (2, 1), (1, 2), (1, 2)), (2, 2, 7, 8)),
    "conv, same, no bias": (lambda: nn.Conv2d(1, 2, 4, padding="same", bias=False), (2, 1, 5, 5)),
    "conv, grouped": (lambda: nn.Conv2d(4, 6, 3, padding=1, groups=2), (2, 4, 5, 5)),
    "conv, depthwise": (lambda: nn.Conv2d(3, 3, 3, stride=2, groups=3, bias=False), (2, 3, 5, 6)),
    "transposed": (lambda: nn.ConvTranspose2d(2, 3, 3), (2, 2, 4, 3)),
    "transposed, everything": (lambda: nn.ConvTranspose2d(2, 3, (3, 2), (2, 3), 1, (1, 2)), (2, 2, 3, 4)),
    "batch norm": (lambda: nn.BatchNorm2d(3), (2, 3, 4, 3)),
    "batch norm, training": (lambda: nn.BatchNorm2d(3).train(), (2, 3, 4, 3)),
    "residual": (lambda: nn.Residual(nn.Conv2d(2, 2, 3, padding=1), nn.BatchNorm2d(2)), (2, 2, 4, 4)),
    "residual, shortcut": (
        lambda: nn.Residual(nn.Conv2d(2, 4, 3, 2, 1), shortcut=nn.Conv2d(2, 4, 1, 2)), (2, 2, 5, 5)
    ),
    "dense block": (lambda: nn.DenseBlock(nn.Conv2d(2, 3, 3, padding=1), nn.Conv2d(5, 1, 1)), (2, 2, 4, 4)),
    "linear": (lambda: nn.Linear(5, 4), (3, 5)),
    "linear, no bias": (lambda: nn.Linear(5, 1, bias=False), (3, 5)),
    "max": (lambda: nn.MaxPool2d(2), (2, 3, 5, 6)),
    "max, overlapping": (lambda: nn.MaxPool2d(3, stride=2, padding=1), (2, 2, 7, 6)),
    "avg": (lambda: nn.AvgPool2d((2, 3)), (2, 2, 4, 7)),
    "avg, real cells only": (lambda: nn.AvgPool2d(3, 2, 1, count_include_pad=False), (2, 2, 5, 5)),
    "global avg": (lambda: nn.GlobalAvgPool2d(), (2, 3, 4, 5)),
    "relu": (lambda: nn.ReLU(), (2, 3, 4, 5)),
    "flatten": (lambda: nn.Flatten(), (2, 3, 4, 5)),
    "dropout": (lambda: nn.Dropout(0.3), (2, 7)),
    "network": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Sequential(nn.MaxPool2d(2), nn.Flatten()), nn.Linear(8, 3)
        ),
        (2, 1, 6, 6),
    ),
}


def case(name):
    """The layer, with biases that are not zero, and numbers for it that lie apart from each other and from 0."""
    make, shape = CASES[name]
    layer = make()
    for parameter in layer.parameters():
        if parameter.std == 0:
            parameter.data = np.linspace(-1, 1, parameter.size, dtype=np.float32).reshape(parameter.shape)
    return layer, apart(shape)


every_layer = pytest.mark.parametrize("name", CASES)
