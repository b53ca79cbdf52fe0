"""Exercises whose answer is a function that returns a network: what is compared are its layers, written as a line."""

from functools import wraps

from ...nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential
from ...nn.layer import Layer
from ..exercise import Exercise
from ..verdict import Verdict


class Line(str):
    """A network in a line; a text that someone wrote is not one."""


def line(network):
    """A network as a `Line`: "Conv 1→8 3×3 padding 1, ReLU, Pool, Flatten, FC 1568→10". What is no network stays.

    >>> line(Sequential(Conv2d(1, 8, 3, padding=1), ReLU(), Flatten()))
    'Conv 1→8 3×3 padding 1, ReLU, Flatten'
    """
    if isinstance(network, Layer):
        return Line(", ".join(map(_word, _leaves(network))))
    if isinstance(network, (list, tuple)) and network and all(isinstance(part, Layer) for part in network):
        return Line(f"a list: {', '.join(map(_word, network))}")
    if isinstance(network, str) and not isinstance(network, Line):
        return Line(f"a text: {network}")
    return network


def _leaves(layer):
    """The layers of a network, also of networks inside it, in order."""
    return [leaf for part in layer for leaf in _leaves(part)] if isinstance(layer, Sequential) else [layer]


def _word(layer):
    if isinstance(layer, Conv2d):
        height, width = layer.kernel_size
        usual = layer.stride == layer.dilation == (1, 1) and layer.groups == 1 and layer.bias is not None
        if usual and layer.padding[0] == layer.padding[1]:
            same = layer.padding[0] == "same" and height == width and height % 2
            padding = (height - 1) // 2 if same else layer.padding[0]
            around = "" if padding in (0, "valid") else f" padding {padding}"
            return f"Conv {layer.in_channels}→{layer.out_channels} {height}×{width}{around}"
    if isinstance(layer, MaxPool2d) and layer.kernel_size == layer.stride == (2, 2) and not any(layer.padding):
        return "Pool"
    if isinstance(layer, Linear) and layer.bias is not None:
        return f"FC {layer.in_features}→{layer.out_features}"
    return type(layer).__name__ if isinstance(layer, (ReLU, Flatten)) else repr(layer)


def described(function):
    """The same function; a network that it returns becomes its `line`."""
    @wraps(function)
    def call(*args, **named):
        return line(function(*args, **named))

    return call


class NetworkExercise(Exercise):
    """An exercise that asks for a function that returns a network; `solution`, `wrong` and `right` are `described`."""

    @property
    def arguments(self):
        """The names of the arguments, as in the solution."""
        code = self.solution.__wrapped__.__code__
        return code.co_varnames[:code.co_argcount]

    def check(self, answer):
        """A `Verdict`, as of every exercise; a network is told by its `line`."""
        if isinstance(answer, Layer):
            what = f"The answer should be a function, found a network: pass the function itself, `{self.name}`."
            return Verdict(self.id, False, f"Not right yet. {what}", None, "wrong", (what,))
        return super().check(described(answer) if callable(answer) else answer)
