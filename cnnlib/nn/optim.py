"""Optimisers: how a gradient becomes a step."""

import math

import numpy as np

from ..arguments import positive, quiet, real, several, share, shown
from ..ops import check
from .layer import Parameter, is_a
from .stopping import to_the_end


def cosine(progress):
    """Share of the learning rate left after `progress` (0 to 1) of the training: from 1 down to 0 along a cosine.

    Loshchilov & Hutter 2017. To be given to `fit(schedule=...)`.

    >>> [round(cosine(t), 2) for t in (0, 0.5, 1)]
    [1.0, 0.5, 0.0]
    """
    progress = real(progress, "progress", "a number from 0 to 1", lambda number: 0 <= number <= 1)
    return (1 + math.cos(math.pi * progress)) / 2


class Optimizer:
    """Base: holds the parameters and the learning rate `lr`, which may be changed between steps."""

    def __init__(self, parameters, lr, weight_decay):
        self.parameters = _parameters(parameters)
        self.lr = positive(lr, "lr")
        self.weight_decay = share(weight_decay, "weight_decay", math.inf)
        self.reset()

    def reset(self):
        """Forget all that earlier steps left behind (velocity, running means)."""
        self.state = [None] * len(self.parameters)

    @property
    def lr(self):
        """The learning rate: 0 or more."""
        return self._lr

    @lr.setter
    def lr(self, value):
        self._lr = share(value, "lr", math.inf)

    @quiet
    def step(self):
        """Move every parameter that has a gradient one step downhill, in place: all of them, or none.

        An error or interruption while the new numbers are computed leaves everything as it was; one that comes while
        they are put in place is told when all are there. TypeError or ValueError for a gradient that is not an array
        of numbers of the parameter's shape.
        """
        places, state = [], list(self.state)
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            gradient = check.floats(p.grad, f"grad of parameter {i}")
            check.same_shape(gradient, f"grad of parameter {i}", p.shape, "that of the parameter")
            kind = check.working(p.data.dtype)   # squares of small gradients would be 0 in half precision
            gradient = gradient.astype(kind, copy=False)
            if self.weight_decay:
                gradient = gradient + self.weight_decay * p.data
            before = self._start(np.zeros(p.shape, kind)) if state[i] is None else state[i]
            move, state[i] = self._move(gradient, before)
            places.append((p.data, p.data - move))

        def settle():
            for data, new in places:
                data[...] = new
            self.state = state   # another list than before: so one sees that the step was taken

        to_the_end(settle)


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
        self.momentum = share(momentum, "momentum")

    def _start(self, zeros):
        return zeros

    def _move(self, gradient, velocity):
        kept = self.momentum * velocity if self.momentum else 0   # 0 times an infinite one would be NaN
        velocity = kept + gradient
        return self.lr * velocity, velocity


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
            raise ValueError(f"betas must be two numbers such as (0.9, 0.999), found {shown(betas)}")
        self.betas = tuple(share(beta, "betas") for beta in betas)
        self.eps = positive(eps, "eps")

    def _start(self, zeros):
        return {"mean": zeros, "square": zeros, "steps": 0}

    def _move(self, gradient, state):
        beta1, beta2 = self.betas
        steps = state["steps"] + 1
        mean = _nearer(state["mean"], gradient, 1 - beta1)
        square = _nearer(state["square"], gradient * gradient, 1 - beta2)
        # Both means start at 0; dividing by (1 - beta^steps) undoes that bias.
        root = np.sqrt(square / (1 - beta2**steps))
        root += self.eps
        move = (self.lr / (1 - beta1**steps)) * mean
        move /= root
        return move, {"mean": mean, "square": square, "steps": steps}


def _nearer(mean, value, share):
    """mean + share·(value - mean), as a new array."""
    new = value - mean
    new *= share
    new += mean
    return new


def _parameters(value):
    """A list of parameters, at least one."""
    found = [value] if isinstance(value, (Parameter, str, bytes)) or not hasattr(value, "__iter__") else value
    found = several(found, "parameters", "parameters") if hasattr(found, "__len__") else list(found)
    for parameter in found:
        if not is_a(parameter, Parameter):
            kind = type(parameter).__name__
            raise TypeError(f"parameters must be model.parameters(), with its brackets; found a {kind}")
    if len(set(map(id, found))) < len(found):
        raise ValueError("parameters holds the same Parameter twice: expected each once, or it would move twice a step")
    if not found:
        raise ValueError("parameters is empty: nothing to learn. Is it model.parameters() of a network with weights?")
    return found
