"""Batch normalisation as a layer: it learns a scale and a shift, and measures running statistics."""

import math

import numpy as np

from .. import arguments, shapes
from ..ops import check, norm
from .layer import Layer, Parameter
from .stopping import to_the_end


class BatchNorm2d(Layer):
    """Bring every channel to mean 0 and variance 1, then scale and shift it; see `cnnlib.batch_norm2d`.

    In training with the statistics of the batch, which also move `running_mean` and `running_var` by the share
    `momentum`; in evaluation with those running ones. `weight` (gamma) and `bias` (beta), both (C,), are learned. As in
    PyTorch, running_var follows the unbiased variance (divided by the number of values less one).

    ValueError for another number of channels; in training, for a batch with a single value per channel.

    >>> layer = BatchNorm2d(1).train()
    >>> layer([[[[1.0, 3.0]]]]).round(3), layer.running_mean.data
    (array([[[[-1.,  1.]]]]), array([0.2], dtype=float32))
    """

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.num_features = shapes.integer(num_features, "num_features", 1)
        expected = "a share, 0 <= momentum <= 1"
        self.momentum = arguments.real(momentum, "momentum", expected, lambda number: 0 <= number <= 1, ValueError)
        self.eps = norm.positive(eps)
        self.weight, self.bias = Parameter((num_features,), mean=1), Parameter((num_features,))
        self.running_mean, self.running_var = Parameter((num_features,)), Parameter((num_features,), mean=1)

    @property
    def weights(self):  # noqa: D102
        return {"weight": self.weight, "bias": self.bias}

    @property
    def statistics(self):  # noqa: D102
        return {"running_mean": self.running_mean, "running_var": self.running_var}

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        self.output_shape(x.shape[1:])
        dtype, x = x.dtype, x.astype(check.working(x.dtype), copy=False)
        held = self.weight, self.bias, self.running_mean, self.running_var
        gamma, beta, mean, var = (p.data.astype(np.float64) for p in held)
        if self.training:
            mean, var = norm.moments(x)
            self._follow(mean, var, x.size // x.shape[1])
        y = norm.forward(x, gamma, beta, mean, var, self.eps)
        return self._remember(y.astype(dtype, copy=False), (x, gamma, mean, var, self.training))

    def _follow(self, mean, var, count):
        if count < 2:
            raise ValueError("x has a single value per channel: in training its variance would always be 0")
        measured = (self.running_mean.data, mean), (self.running_var.data, var * (count / (count - 1)))
        places = [(running, running + self.momentum * (new - running)) for running, new in measured]

        def settle():
            for running, new in places:
                running[...] = new

        to_the_end(settle)

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, gamma, mean, var, batch), dy = self._remembered(dy)
        gradients = norm.backward(dy.astype(x.dtype, copy=False), x, gamma, mean, var, self.eps, batch)
        dx, self.weight.grad, self.bias.grad = (gradient.astype(dy.dtype, copy=False) for gradient in gradients)
        return dx

    def output_shape(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        if len(shape) != 3 or shape[0] != self.num_features:
            raise ValueError(f"BatchNorm2d expects examples of shape ({self.num_features}, H, W), found {tuple(shape)}")
        return tuple(shape)

    def least_batch(self, shape):  # noqa: D102
        return 1 if math.prod(arguments.shape(shape, "shape")[1:]) > 1 else 2

    def __repr__(self):
        usual = {"eps": 1e-5, "momentum": 0.1}
        extra = [f", {name}={getattr(self, name)}" for name in usual if getattr(self, name) != usual[name]]
        return f"BatchNorm2d({self.num_features}{''.join(extra)})"
