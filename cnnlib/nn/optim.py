"""Optimisers: how a gradient becomes a step."""

import math

import numpy as np

from .layer import Parameter, is_a


def cosine(progress):
    """Share of the learning rate left after `progress` (0 to 1) of the training: from 1 down to 0 along a cosine.

    Loshchilov & Hutter 2017. To be given to `fit(schedule=...)`.

    >>> [round(cosine(t), 2) for t in (0, 0.5, 1)]
    [1.0, 0.5, 0.0]
    """
    return (1 + math.cos(math.pi * progress)) / 2


class Optimizer:
    """Base: holds the parameters and the learning rate `lr`, which may be changed between steps."""

    def __init__(self, parameters, lr, weight_decay):
        self.parameters = _parameters(parameters)
        self.lr = _positive(lr, "lr")
        self.weight_decay = _share(weight_decay, "weight_decay", math.inf)
        self.reset()

    def reset(self):
        """Forget all that earlier steps left behind (velocity, running means)."""
        self.state = [None] * len(self.parameters)

    def step(self):
        """Move every parameter that has a gradient one step downhill, in place."""
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            gradient = p.grad.astype(p.data.dtype, copy=False)
            if self.weight_decay:
                gradient = gradient + self.weight_decay * p.data
            if self.state[i] is None:
                self.state[i] = self._start(p.data)
            p.data -= self._move(gradient, self.state[i])


class SGD(Optimizer):
    """Stochastic gradient descent: v = momentum·v + gradient, parameter -= lr·v.

    `parameters` as from `model.parameters()`; `weight_decay` adds that share of the parameter to its gradient.
    ValueError for lr <= 0, momentum outside [0, 1), negative weight_decay.

    >>> from cnnlib.nn import Linear
    >>> layer = Linear(1, 1)
    >>> layer.weight.data[...], layer.weight.grad = 1.0, np.full((1, 1), 2.0)
    >>> SGD(layer.parameters(), lr=0.1).step()
    >>> layer.weight.data
    array([[0.8]], dtype=float32)
    """

    def __init__(self, parameters, lr=0.01, momentum=0.0, weight_decay=0.0):
        super().__init__(parameters, lr, weight_decay)
        self.momentum = _share(momentum, "momentum", 1)

    def _start(self, data):
        return np.zeros_like(data)

    def _move(self, gradient, velocity):
        velocity *= self.momentum
        velocity += gradient
        return self.lr * velocity


class Adam(Optimizer):
    """Adam (Kingma & Ba 2015): a step of about lr in each coordinate, by running means of gradient and its square.

    ValueError for lr <= 0, betas that are not two numbers in [0, 1), negative weight_decay.

    >>> from cnnlib.nn import Linear
    >>> layer = Linear(1, 1)
    >>> layer.weight.data[...], layer.weight.grad = 1.0, np.full((1, 1), 2.0)
    >>> Adam(layer.parameters(), lr=0.1).step()
    >>> layer.weight.data
    array([[0.9]], dtype=float32)
    """

    def __init__(self, parameters, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0):
        super().__init__(parameters, lr, weight_decay)
        if not isinstance(betas, (tuple, list)) or len(betas) != 2:
            raise ValueError(f"betas must be two numbers such as (0.9, 0.999), found {betas!r}")
        self.betas = tuple(_share(beta, "betas", 1) for beta in betas)
        self.eps = _positive(eps, "eps")

    def _start(self, data):
        return {"mean": np.zeros_like(data), "square": np.zeros_like(data), "steps": 0}

    def _move(self, gradient, state):
        beta1, beta2 = self.betas
        state["steps"] += 1
        state["mean"] += (1 - beta1) * (gradient - state["mean"])
        state["square"] += (1 - beta2) * (gradient * gradient - state["square"])
        # Both means start at 0; dividing by (1 - beta^steps) undoes that bias.
        root = np.sqrt(state["square"] / (1 - beta2 ** state["steps"]))
        return (self.lr / (1 - beta1 ** state["steps"])) * state["mean"] / (root + self.eps)


def _parameters(value):
    """A list of parameters, at least one."""
    found = list(value) if hasattr(value, "__iter__") else [value]
    for parameter in found:
        if not is_a(parameter, Parameter):
            kind = type(parameter).__name__
            raise TypeError(f"parameters must be model.parameters(), with its brackets; found a {kind}")
    if not found:
        raise ValueError("parameters is empty: nothing to learn. Is it model.parameters() of a network with weights?")
    return found


def _positive(value, name):
    if not (isinstance(value, (int, float, np.number)) and math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, found {value!r}")
    return float(value)


def _share(value, name, below):
    if not (isinstance(value, (int, float, np.number)) and 0 <= value < below):
        raise ValueError(f"{name} must be a number, 0 <= {name} < {below}, found {value!r}")
    return float(value)
