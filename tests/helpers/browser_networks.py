"""Small networks of every kind of layer that the browser runs, drawn at random; and what NumPy makes of them."""

import math

import numpy as np

from cnnlib import nn, ops
from cnnlib.nn import Layer


class LeakyReLU(Layer):
    """As a learner may write it; `cnnlib.nn` has none."""

    def __init__(self, slope):
        self.slope = slope

    def forward(self, x):
        self.x = x
        return ops.leaky_relu(x, self.slope)

    def backward(self, dy, need_dx=True):
        return ops.leaky_relu_backward(dy, self.x, self.slope)


class Sigmoid(Layer):
    def forward(self, x):
        self.x = x
        return ops.sigmoid(x)

    def backward(self, dy, need_dx=True):
        return ops.sigmoid_backward(dy, self.x)


class Tanh(Layer):
    def forward(self, x):
        self.x = x
        return ops.tanh(x)

    def backward(self, dy, need_dx=True):
        return ops.tanh_backward(dy, self.x)


def _conv(rng, C):
    groups = int(rng.choice([g for g in range(1, C + 1) if C % g == 0]))
    kernel, stride, dilation = (tuple(map(int, rng.integers(1, most, 2))) for most in (5, 3, 3))
    padding = "same" if rng.random() < 0.3 else tuple(map(int, rng.integers(0, 4, 2)))
    return nn.Conv2d(C, groups * int(rng.integers(1, 4)), kernel, stride, padding, dilation, groups, rng.random() < 0.7)


def _pool(rng, kind, **more):
    kernel = rng.integers(1, 4, 2)
    stride = None if rng.random() < 0.3 else tuple(map(int, rng.integers(1, 4, 2)))
    padding = "same" if rng.random() < 0.3 else tuple(int(rng.integers(0, k // 2 + 1)) for k in kernel)
    return kind(tuple(map(int, kernel)), stride, padding, **more)


BODY = [
    lambda rng, C: _conv(rng, C),
    lambda rng, C: nn.BatchNorm2d(C, eps=float(rng.choice([1e-5, 0.1]))),
    lambda rng, C: _pool(rng, nn.MaxPool2d),
    lambda rng, C: _pool(rng, nn.AvgPool2d, count_include_pad=bool(rng.random() < 0.5)),
    lambda rng, C: nn.Sequential(_conv(rng, C), nn.ReLU()),
    lambda rng, C: nn.Dropout(0.3),
    lambda rng, C: LeakyReLU(float(rng.choice([0.01, 0.3, -0.5]))),
    lambda rng, C: rng.choice([Sigmoid, Tanh, nn.ReLU])(),
]


def drawn(rng):
    """A network and its input (C, H, W); whole numbers in half of the inputs, so that maxima tie."""
    shape = tuple(map(int, (rng.integers(1, 4), *rng.integers(9, 15, 2))))
    x = rng.integers(-2, 3, shape) if rng.random() < 0.5 else rng.normal(size=shape)
    layers = []
    while len(layers) < 6:
        layer = BODY[rng.integers(len(BODY))](rng, shape[0])
        try:
            shape, layers = layer.output_shape(shape), [*layers, layer]
        except ValueError:   # a window that is too large by now: draw another
            continue
    flat = rng.random() < 0.7
    inputs = math.prod(shape) if flat else shape[0]
    layers += [nn.Flatten() if flat else nn.GlobalAvgPool2d(), nn.Linear(inputs, 5, bool(rng.random() < 0.5))]
    layers += [nn.ReLU(), nn.Linear(5, 3)]
    model = nn.Sequential(*layers, seed=int(rng.integers(1000)))
    for layer in model.leaves():
        for name, p in [*layer.weights.items(), *layer.statistics.items()]:
            if name != "weight" or p.std == 0:
                p.data = rng.uniform(0.5, 2, p.shape).astype(np.float32) if name == "running_var" else (
                    rng.normal(size=p.shape).astype(np.float32))
    return model, x.astype(np.float32)


def outputs(model, x):
    """What every layer of it puts out for one example."""
    x, found = x[None], []
    for layer in model.leaves():
        x = layer(x)
        found.append(x[0])
    return found


def gradient(model, x, n, index):
    """d output of layer n [flat index] / dx, by the layers' own way back."""
    layers, found = list(model.leaves())[:n + 1], outputs(model, x)
    dy = np.zeros((1, *found[n].shape), np.float32)
    dy.flat[index] = 1
    for layer in reversed(layers):
        dy = layer.backward(dy)
    return dy[0]
