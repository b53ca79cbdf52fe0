"""Activation functions, each with its derivative beside it; any shape in, the same shape and dtype out."""

import numpy as np

from ..arguments import finite, integer, quiet
from . import check
from .layout import routed, total


def relu(x):
    """max(x, 0), element by element (Nair & Hinton 2010). TypeError for anything but real numbers.

    >>> relu([-2, 0, 3])
    array([0., 0., 3.])
    """
    return np.maximum(check.floats(x, "x"), 0)


def relu_backward(dy, x):
    """dx = dy where x > 0, else 0; at exactly 0 the slope is taken as 0.

    >>> relu_backward([5.0, 5.0, 5.0], [-2, 0, 3])
    array([0., 0., 5.])
    """
    dy, x = _pair(dy, x)
    return routed(dy, x > 0)


@quiet
def leaky_relu(x, slope=0.01):
    """x where x > 0, else slope·x (Maas, Hannun & Ng 2013).

    >>> leaky_relu([-2, 3], slope=0.5)
    array([-1.,  3.])
    """
    x, slope = check.floats(x, "x"), finite(slope, "slope")
    return np.where(x > 0, x, _times(x, slope))


@quiet
def leaky_relu_backward(dy, x, slope=0.01):
    """dx = dy where x > 0, else slope·dy.

    >>> leaky_relu_backward([1.0, 1.0], [-2, 3], slope=0.5)
    array([0.5, 1. ])
    """
    (dy, x), slope = _pair(dy, x), finite(slope, "slope")
    return np.where(x > 0, dy, _times(dy, slope))


@quiet
def sigmoid(x):
    """1 / (1 + exp(-x)), without overflow for large |x|.

    >>> sigmoid([-1000, 0, 1000])
    array([0. , 0.5, 1. ])
    """
    x = check.floats(x, "x")
    e = np.exp(-np.abs(x))   # never above 1
    return np.where(x >= 0, 1, e) / (1 + e)


@quiet
def sigmoid_backward(dy, x):
    """dx = dy·y·(1 - y) with y = sigmoid(x).

    >>> sigmoid_backward([4.0], [0])
    array([1.])
    """
    dy, x = _pair(dy, x)
    y = sigmoid(x)
    return dy * y * (1 - y)


def tanh(x):
    """The hyperbolic tangent, between -1 and 1.

    >>> tanh([0.0])
    array([0.])
    """
    return np.tanh(check.floats(x, "x"))


@quiet
def tanh_backward(dy, x):
    """dx = dy·(1 - tanh(x)²).

    >>> tanh_backward([3.0], [0])
    array([3.])
    """
    dy, x = _pair(dy, x)
    return dy * (1 - np.tanh(x) ** 2)


@quiet
def softmax(x, axis=-1):
    """exp(x) / sum of exp(x) along `axis`: positive, sums to 1. Subtracting the maximum first avoids overflow.

    >>> softmax([1000.0, 1000.0])
    array([0.5, 0.5])
    """
    x = check.floats(x, "x")
    _, e, sums = exponentials(x, _axis(axis, x))
    return (e / sums).astype(x.dtype, copy=False)


@quiet
def log_softmax(x, axis=-1):
    """log(softmax(x)), exact also where softmax itself underflows to 0.

    >>> log_softmax([0.0, 1000.0])
    array([-1000.,     0.])
    """
    x = check.floats(x, "x")
    shifted, _, sums = exponentials(x, _axis(axis, x))
    return (shifted - np.log(sums)).astype(x.dtype, copy=False)


def exponentials(x, axis):
    """x less its maximum along `axis`; exp of that, never above 1, so nothing overflows; and the sum of these."""
    x = x.astype(check.working(x.dtype), copy=False)
    x = x - x.max(axis=axis, keepdims=True)
    e = np.exp(x)
    return x, e, total(e, axis, keepdims=True).astype(e.dtype, copy=False)


def _times(x, slope):
    """slope·x, and 0 for a slope of 0, also where x is infinite."""
    slope = x.dtype.type(slope)
    return slope * x if slope else slope


def _axis(axis, x):
    """An axis of x, or a tuple of several; ValueError for one that x has not."""
    if type(axis) is int and -x.ndim <= axis < x.ndim:   # as nearly always
        return axis
    if isinstance(axis, tuple) and not any(isinstance(one, tuple) for one in axis):
        return tuple(_axis(one, x) for one in axis)
    axes = max(x.ndim, 1)
    if (number := integer(axis, "axis", -axes)) >= axes:
        raise ValueError(f"axis {number} does not exist: x has shape {x.shape}, expected -{axes} to {axes - 1}")
    return number


def _pair(dy, x):
    dy, x = check.floats(dy, "dy"), check.floats(x, "x")
    check.same_shape(dy, "dy", x.shape, "the shape of x")
    return dy.astype(x.dtype, copy=False), x
