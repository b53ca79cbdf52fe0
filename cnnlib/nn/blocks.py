"""Blocks with more than one path from input to output."""

import math

import numpy as np

from .. import arguments
from .layer import Layer
from .sequential import Sequential
from .summary import sight


class Residual(Layer):
    """What its layers make of the input, added to the input itself: y = x + layers(x) (He et al. 2016).

    Where the layers change the shape, `shortcut` (a layer, such as a 1x1 convolution) takes the input to that shape.
    In ResNet a ReLU follows the block. ValueError where the two paths end in different shapes.

    >>> from cnnlib.nn import Conv2d
    >>> Residual(Conv2d(8, 8, 3, padding=1))(np.ones((1, 8, 5, 5))).shape
    (1, 8, 5, 5)
    """

    joins = "sum"

    def __init__(self, *layers, shortcut=None):
        self.body = Sequential(*layers)
        if not isinstance(shortcut, (Layer, type(None))):
            slip = ": it is a class, add ()" if isinstance(shortcut, type) else ""
            slip = ": several? Put them in a Sequential" if isinstance(shortcut, (list, tuple)) else slip
            raise TypeError(f"shortcut must be a layer or None, found {arguments.shown(shortcut)}{slip}")
        self.shortcut = Sequential() if shortcut is None else Sequential(shortcut)
        self._refuse_sharing()
        self.seed(0)   # both paths again: each was seeded as if it were alone, with the same numbers

    @property
    def children(self):  # noqa: D102
        return {"body": self.body, "shortcut": self.shortcut}

    def leaves(self):
        """The layers of the path that sees more of the input: as a rule the long way round."""
        paths = list(self.body.leaves()), list(self.shortcut.leaves())
        yield from max(paths, key=lambda path: math.prod(sight(path)))

    def forward(self, x):  # noqa: D102
        try:
            y, short = self.body.forward(x), self.shortcut.forward(x)
            if y.shape != short.shape:
                raise ValueError("the paths end in different shapes")
        except ValueError:
            self.output_shape(x.shape[1:])   # says better what does not fit
            raise
        return self._remember(y + short, True)

    def backward(self, dy, need_dx=True):  # noqa: D102
        _, dy = self._remembered(dy)
        dx, more = self.body.backward(dy, need_dx), self.shortcut.backward(dy, need_dx)
        return dx + more if need_dx else None

    def output_shape(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        ends = self.body.output_shape(shape), self.shortcut.output_shape(shape)
        if ends[0] != ends[1]:
            raise ValueError(f"shortcut must give the same shape as the layers, {ends[0]}, found {ends[1]}")
        return ends[0]

    def visits(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        for path in self.body, self.shortcut:
            yield from path.visits(shape)

    def __repr__(self):
        shortcut = [f"shortcut={self.shortcut[0]!r}"] if len(self.shortcut) else []
        return _call("Residual", [*map(repr, self.body), *shortcut])


class DenseBlock(Layer):
    """Each layer sees all maps made before it: x grows from layer to layer, x = [x, layer(x)] (Huang et al. 2017).

    The layers must keep height and width; their new maps are appended along the channel axis.

    >>> from cnnlib.nn import Conv2d
    >>> DenseBlock(Conv2d(8, 4, 3, padding=1), Conv2d(12, 4, 3, padding=1))(np.ones((1, 8, 5, 5))).shape
    (1, 16, 5, 5)
    """

    joins = "append"

    def __init__(self, *layers):
        self.layers = list(Sequential(*layers))   # which also refuses what is no layer

    @property
    def children(self):  # noqa: D102
        return {str(i): layer for i, layer in enumerate(self.layers)}

    def forward(self, x):  # noqa: D102
        given, depths = x.shape[1:], []
        try:
            for layer in self.layers:
                depths.append(x.shape[1])
                x = np.concatenate([x, layer.forward(x)], axis=1)
        except (ValueError, IndexError):
            self.output_shape(given)   # says better what does not fit
            raise
        return self._remember(x, depths)

    def backward(self, dy, need_dx=True):  # noqa: D102
        depths, dy = self._remembered(dy)
        for layer, depth in zip(reversed(self.layers), reversed(depths), strict=True):
            dy = dy[:, :depth] + layer.backward(dy[:, depth:])   # what went on directly, and what the layer made of it
        return dy

    def output_shape(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        for i, layer in enumerate(self.layers):
            new = layer.output_shape(shape)
            if new[1:] != tuple(shape[1:]):
                raise ValueError(f"layer {i} of DenseBlock must keep height and width, {shape[1:]}, found {new[1:]}")
            shape = (shape[0] + new[0], *shape[1:])
        return tuple(shape)

    def visits(self, shape):  # noqa: D102
        shape = arguments.shape(shape, "shape")
        for layer in self.layers:
            yield from layer.visits(shape)
            new = layer.output_shape(shape)   # first of all: it says what is wrong with a shape
            shape = (shape[0] + new[0], *shape[1:])

    def __repr__(self):
        return _call("DenseBlock", map(repr, self.layers))


def _call(name, arguments):
    """The call that makes a block, every argument on a line of its own and indented."""
    lines = [f"  {text},".replace("\n", "\n  ") for text in arguments]
    return "\n".join([f"{name}(", *lines, ")"])
