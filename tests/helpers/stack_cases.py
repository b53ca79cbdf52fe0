"""Networks, images and states that the tests of the stack share: drawn with fixed seeds, nothing trained."""

import numpy as np
from browser_networks import LeakyReLU, Sigmoid, Tanh

from cnnlib import nn
from cnnlib.viz.stack.explorer import stack_explorer


def settled(model, rng):
    """The same network with weights, and with statistics as after a training."""
    for layer in model:
        for parameter in layer.parameters():
            parameter.data = rng.normal(0, 0.5, parameter.data.shape).astype(np.float32)
        if isinstance(layer, nn.BatchNorm2d):
            layer.running_var.data = rng.uniform(0.5, 2, layer.running_var.data.shape).astype(np.float32)
    return model


def ring(rng):
    """Padded wherever a window is larger than its step, and with a global mean: on a ring it can move along."""
    return settled(nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3, padding=1), nn.BatchNorm2d(6),
        nn.ReLU(), nn.AvgPool2d(2), nn.GlobalAvgPool2d()), rng)


def lenet(rng):
    """With a window that is not padded, and numbers in rows at its end."""
    return settled(nn.Sequential(
        nn.Conv2d(1, 3, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(3, 5, 3), LeakyReLU(0.1), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(5 * 3 * 3, 7), Tanh(), nn.Linear(7, 4)), rng)


def strided(rng):
    """Steps in its convolutions, dilation, groups, pooling with padding; and maps at its end."""
    return settled(nn.Sequential(
        nn.Conv2d(2, 4, (3, 5), stride=(2, 1), padding=(1, 2)), Sigmoid(),
        nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
        nn.Conv2d(4, 4, 3, padding=2, dilation=2, groups=2), nn.MaxPool2d(3, stride=2, padding=1)), rng)


NETWORKS = {"ring": (ring, (1, 16, 16), None), "lenet": (lenet, (1, 16, 16), list("abcd")),
            "strided": (strided, (2, 14, 12), None)}
STATES = [
    {}, {"dx": 1}, {"dx": 4, "dy": -4}, {"dx": 3, "dy": 1, "borders": "zeros"}, {"dx": 4, "padding": "circular"},
    {"dx": 1, "padding": "circular", "blur": True}, {"dx": 2, "padding": "circular", "pool_stride": 1},
    {"dx": 1, "pooling": "stride"}, {"dx": -2, "pooling": "stride", "blur": True, "borders": "zeros"},
    {"dx": 1, "pooling": "max", "padding": "none"}, {"dx": 2, "pooling": "average", "blur": True, "padding": "none"},
    {"dx": 2, "conv_stride": 2}, {"dx": 5, "conv_stride": 2, "blur": True, "padding": "circular"},
    {"dy": 2, "pool_stride": 3, "pooling": "average", "padding": "circular"},
    {"dx": 1, "pooling": "stride", "padding": "circular", "blur": True},
    {"conv_stride": 3, "pool_stride": 3, "blur": True},
]


def made(name, seed=0, **state):
    """A network of `NETWORKS` with an image of its own, as a `Stack` in this state."""
    build, shape, classes = NETWORKS[name]
    rng = np.random.default_rng(seed)
    return stack_explorer(build(rng), rng.random(shape), classes, **state)


def modelled(name, seed=0):
    """The same as (model, image)."""
    build, shape, _ = NETWORKS[name]
    rng = np.random.default_rng(seed)
    return build(rng), rng.random(shape).astype(np.float32).astype(float)
