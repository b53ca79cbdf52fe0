"""Relatives of LeNet for section 11 of lesson 10: as steady under a shift as they can be, or without any pooling."""

import numpy as np

from ... import nn


def blur(channels):
    """A layer that blurs each map by [1, 2, 1] / 4 down and across, and keeps every second number each way.

    >>> blur(2)(np.ones((1, 2, 8, 8))).shape
    (1, 2, 4, 4)
    """
    layer = nn.Conv2d(channels, channels, 3, stride=2, padding=1, groups=channels, bias=False)
    weights = np.outer([1, 2, 1], [1, 2, 1]).astype(np.float32) / 16
    layer.weight.data = np.tile(weights, (channels, 1, 1, 1))
    return layer


def strided(seed):
    """LeNet with a stride of 2 in each convolution, and no pooling."""
    return _lenet(nn.Conv2d(1, 6, 5, stride=2, padding=2), nn.ReLU(),
                  nn.Conv2d(6, 16, 5, stride=2), nn.ReLU(), seed=seed)


def blurred(seed):
    """LeNet whose maximum slides by 1, and is blurred before numbers are dropped."""
    return _lenet(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2, stride=1), blur(6),
                  nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2, stride=1), blur(16), seed=seed)


def trained(variant, data, seed):
    """A network of `variant`, trained on `data` for two epochs; its blurs stay as they are."""
    network = variant(seed)
    free = [p for layer in network if getattr(layer, "groups", 1) == 1 for p in layer.parameters()]
    nn.fit(network, data, epochs=2, seed=seed, optimizer=nn.Adam(free, lr=0.002), progress=False)
    return network


def _lenet(*stages, seed):
    head = (nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    return nn.Sequential(*stages, nn.Flatten(), *head, seed=seed)
