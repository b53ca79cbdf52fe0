"""The layers that treat every example as a row of numbers. Each is thin: the mathematics is in `cnnlib.ops`."""

import math

import numpy as np

from .. import arguments, shapes
from ..ops import activation, linear, linear_backward
from ..ops.layout import routed
from .layer import FLOAT, Affine, Layer, Parameter, generator, he_spread, seed_key


class Linear(Affine):
    """Fully connected: (N, in_features) -> (N, out_features), y = x wᵀ + b; see `cnnlib.linear`.

    `weight` (out, in) and `bias` (out,) are its parameters. ValueError for input with another number of features.

    >>> Linear(400, 120)(np.zeros((2, 400))).shape
    (2, 120)
    """

    sees_all = True

    def __init__(self, in_features, out_features, bias=True):
        self.in_features = shapes.integer(in_features, "in_features", 1)
        self.out_features = shapes.integer(out_features, "out_features", 1)
        self.weight = Parameter((self.out_features, self.in_features), he_spread(self.in_features))
        self.bias = Parameter((self.out_features,)) if arguments.truth(bias, "bias") else None

    def forward(self, x):  # noqa: D102
        return self._remember(linear(x, self.weight.data, self.bias.data if self.bias else None), x)

    def backward(self, dy, need_dx=True):  # noqa: D102
        x, dy = self._remembered(dy)
        dx, self.weight.grad, db = linear_backward(dy, x, self.weight.data)
        if self.bias:
            self.bias.grad = db
        return dx

    def output_shape(self, shape):  # noqa: D102
        if arguments.shape(shape, "shape") != (self.in_features,):
            slip = {0: "; one number per example? Add the feature axis: x[:, None]", 1: ""}.get(
                len(shape), "; is a Flatten() missing before it?"
            )
            raise ValueError(f"Linear expects {self.in_features} features, found an example of {tuple(shape)}{slip}")
        return (self.out_features,)

    def macs(self, shape):  # noqa: D102
        return self.in_features * self.out_features

    def __repr__(self):
        return f"Linear({self.in_features}, {self.out_features}{'' if self.bias else ', bias=False'})"


class ReLU(Layer):
    """max(x, 0), element by element.

    >>> ReLU()([-1.0, 2.0])
    array([0., 2.])
    """

    def forward(self, x):  # noqa: D102
        y = activation.relu(x)
        return self._remember(y, y)   # y > 0 exactly where x > 0, and the next layer keeps y anyway

    def backward(self, dy, need_dx=True):  # noqa: D102
        y, dy = self._remembered(dy)
        return activation.relu_backward(dy, y)

    def kept(self, shape):  # noqa: D102
        return {"y": FLOAT * math.prod(self.output_shape(shape))}

    def __repr__(self):
        return "ReLU()"


class Flatten(Layer):
    """One row per example: (N, C, H, W) -> (N, C·H·W), channel by channel, row by row.

    >>> Flatten()(np.zeros((2, 16, 5, 5))).shape
    (2, 400)
    """

    def forward(self, x):  # noqa: D102
        if x.ndim == 0:
            raise ValueError(f"x must hold examples, (N, ...), found a single number, {x}: use x[None]")
        return self._remember(x.reshape(len(x), -1), x.shape)

    def backward(self, dy, need_dx=True):  # noqa: D102
        shape, dy = self._remembered(dy)
        return dy.reshape(shape)

    def output_shape(self, shape):  # noqa: D102
        return (math.prod(arguments.shape(shape, "shape")),)

    def kept(self, shape):  # noqa: D102
        return {}

    def __repr__(self):
        return "Flatten()"


class Dropout(Layer):
    """In training, sets each value to 0 with probability `p` and scales the rest by 1/(1 - p); otherwise does nothing.

    Srivastava et al. 2014. ValueError unless 0 <= p < 1.

    >>> Dropout(0.5)([1.0, 2.0])      # not training: unchanged
    array([1., 2.])
    """

    def __init__(self, p=0.5):
        self.p = arguments.real(p, "p", "a probability, 0 <= p < 1", lambda number: 0 <= number < 1, ValueError)
        self.seed(0)

    def seed(self, key):  # noqa: D102
        self.rng = generator(seed_key(key))

    def forward(self, x):  # noqa: D102
        if not self.training:
            return self._remember(x.copy(order="K"), (None, 1))
        keep, scale = self.rng.random(x.shape, np.float32) >= self.p, x.dtype.type(1 / (1 - self.p))
        return self._remember(routed(x, keep) * scale, (keep, scale))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (keep, scale), dy = self._remembered(dy)
        return dy if keep is None else routed(dy, keep) * scale

    def kept(self, shape):  # noqa: D102
        return {"mask": math.prod(self.output_shape(shape))}   # a byte for each: kept or not

    def __repr__(self):
        return f"Dropout({self.p})"
