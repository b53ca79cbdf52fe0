"""Is a backward pass right? Compare it with differences of the forward pass."""

import numpy as np

from .. import arguments, shapes
from ..ops import check
from .layer import Layer

_DUTY = {True: "return it", False: "put it into .grad"}   # of a backward pass: for x, for a parameter


class GradientCheck(dict):
    """Largest relative error by name ("x", "weight", ...); `.passed` if all are below `tolerance`."""

    def __init__(self, errors, tolerance):
        super().__init__(errors)
        self.tolerance = tolerance

    @property
    def passed(self):
        """Whether every gradient agrees."""
        return all(error < self.tolerance for error in self.values())

    def __repr__(self):
        width = max(map(len, self))
        lines = [
            f"{name:{width}}  {'agrees' if error < self.tolerance else 'WRONG'}  (relative error "
            f"{'below' if error < self.tolerance else 'above'} {self.tolerance:.0e})"
            for name, error in self.items()
        ]
        return "\n".join(lines)


@arguments.quiet
def check_gradients(layer, x, tolerance=1e-5, step=1e-6, samples=200, seed=0):
    """Compare `layer.backward` with central differences of `layer` at x, in float64.

    The loss is a random weighting of the outputs; of each array at most `samples` entries, drawn with `seed`, are
    moved by `step` up and down. Returns a `GradientCheck`: the largest error of each gradient, relative to its
    largest entry. Right code gives about 1e-9; a wrong one about 1. Layers with kinks (ReLU, max-pooling) can differ
    honestly where an input lies within `step` of a kink; Dropout in training draws again in every call, so check it in
    evaluation mode. Weights, gradients and running statistics are put back as they were. ValueError where a gradient
    is missing or has another shape than its array.

    >>> from cnnlib.nn import Conv2d
    >>> check_gradients(Conv2d(1, 2, 3), np.random.default_rng(0).normal(size=(2, 1, 5, 5)))
    x       agrees  (relative error below 1e-05)
    weight  agrees  (relative error below 1e-05)
    bias    agrees  (relative error below 1e-05)
    """
    if not isinstance(layer, Layer):
        raise TypeError(f"layer must be a layer or a network, found {arguments.shown(layer)}")
    tolerance, step = arguments.positive(tolerance, "tolerance"), arguments.positive(step, "step")
    samples, rng = shapes.integer(samples, "samples", 1), np.random.default_rng(shapes.integer(seed, "seed", 0))
    x = check.floats(x, "x", nan=False).astype(np.float64)   # a copy: entries are moved in place below
    parameters = dict(layer.named_parameters())
    before = {name: (p.data, p.grad) for name, p in parameters.items()}
    measured = [(p, p.data.copy()) for _, p in layer.named_statistics()]   # moved by each training forward
    try:
        for p in parameters.values():
            p.data, p.grad = p.data.astype(np.float64), None   # an old gradient must not stand in for a missing one
        y = layer(x)
        dy = rng.standard_normal(y.shape)
        # A slope below the rounding of the two sums it is the difference of is as good as 0: so is that of a bias
        # before batch normalisation, which takes it out again.
        rounding = np.finfo(float).eps * np.abs(dy * y).sum() / step
        dx = layer.backward(dy.copy())   # a copy: a backward that writes into dy must not spoil the comparison
        pairs = {"x": (x, dx)} | {name: (p.data, p.grad) for name, p in parameters.items()}
        errors = {}
        for name, (array, gradient) in pairs.items():
            if gradient is None:
                raise ValueError(f"the gradient of {name} is missing: backward must {_DUTY[name == 'x']}, found None")
            check.same_shape(np.asarray(gradient), f"the gradient of {name}", array.shape, f"the shape of {name}")
            chosen = rng.permutation(array.size)[:samples]
            numeric = [_slope(layer, x, dy, array, i, step) for i in chosen]
            difference = np.abs(np.ravel(gradient)[chosen] - numeric).max()
            errors[name] = float(difference / max(np.abs(numeric).max(), rounding / tolerance, 1e-12))
        return GradientCheck(errors, tolerance)
    finally:
        for name, (data, grad) in before.items():
            parameters[name]._data, parameters[name].grad = data, grad   # the very array, not a copy
        for p, data in measured:
            p.data[...] = data


def _slope(layer, x, dy, array, i, step):
    """d(sum of dy·layer(x)) / d(entry i of array), by moving that entry in place and back."""
    place = np.unravel_index(i, array.shape)
    value = array[place]
    array[place] = value + step
    above = float((dy * layer(x)).sum())
    array[place] = value - step
    below = float((dy * layer(x)).sum())
    array[place] = value
    return (above - below) / (2 * step)
