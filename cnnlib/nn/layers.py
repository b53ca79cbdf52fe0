"""The layers. Each is thin: the mathematics is in `cnnlib.ops`, a layer keeps parameters and remembers its input."""

import math

import numpy as np

from .. import shapes
from ..ops import activation, check, conv, linear, linear_backward, pool
from .layer import Layer, Parameter, generator, seed_key


def _he(fan_in):
    """Spread of initial weights that keeps the size of activations through ReLU layers (He et al. 2015)."""
    return math.sqrt(2 / fan_in)


def _image(shape, name):
    if len(shape) != 3:
        slip = {
            2: ": grey images without their channel axis? Add it: x[:, None]",
            4: ": leave out the batch axis, this is the shape of one example",
        }.get(len(shape), "")
        raise ValueError(f"{name} expects one example of shape (C, H, W), found {tuple(shape)}{slip}")
    return shape


class Conv2d(Layer):
    """Convolution with `out_channels` filters: (N, C, H, W) -> (N, K, H', W'); see `cnnlib.conv2d`.

    `weight` (K, C, Fh, Fw) and `bias` (K,) are its parameters. ValueError for input of another depth.

    >>> Conv2d(3, 8, 5)(np.zeros((1, 3, 32, 32), np.float32)).shape
    (1, 8, 28, 28)
    """

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, bias=True):
        self.in_channels = shapes.integer(in_channels, "in_channels", 1)
        self.out_channels = shapes.integer(out_channels, "out_channels", 1)
        self.kernel_size = shapes.pair(kernel_size, "kernel_size", 1)
        self.stride = shapes.pair(stride, "stride", 1)
        self.padding = shapes.padding_pair(padding)
        self.dilation = shapes.pair(dilation, "dilation", 1)
        fan_in = self.in_channels * math.prod(self.kernel_size)
        self.weight = Parameter((self.out_channels, self.in_channels, *self.kernel_size), _he(fan_in))
        self.bias = Parameter((self.out_channels,), 0) if bias else None

    @property
    def weights(self):  # noqa: D102
        return {"weight": self.weight} | ({"bias": self.bias} if self.bias else {})

    def _geometry(self, size):
        return conv.geometry(size, self.kernel_size, self.stride, self.padding, self.dilation)

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        check.channels(x, self.weight, "K, C, Fh, Fw")
        w, b = (p.data.astype(x.dtype, copy=False) if p else None for p in (self.weight, self.bias))
        return self._remember(*conv.forward(x, w, b, self._geometry(x.shape[2:])))

    def backward(self, dy, need_dx=True):  # noqa: D102
        cache, dy = self._remembered(dy)
        dx, self.weight.grad, db = conv.backward(dy, cache, need_dx)
        if self.bias:
            self.bias.grad = db
        return dx

    def output_shape(self, shape):  # noqa: D102
        channels, *size = _image(shape, "Conv2d")
        if channels != self.in_channels:
            raise ValueError(f"Conv2d expects {self.in_channels} input channels, found {channels} in {tuple(shape)}")
        return (self.out_channels, *self._geometry(size).out)

    def macs(self, shape):  # noqa: D102
        return math.prod(self.output_shape(shape)) * self.in_channels * math.prod(self.kernel_size)

    def __repr__(self):
        extra = [
            f", {name}={_short(getattr(self, name))!r}"
            for name, usual in (("stride", 1), ("padding", 0), ("dilation", 1))
            if _short(getattr(self, name)) != usual
        ]
        bias = "" if self.bias else ", bias=False"
        kernel = _short(self.kernel_size)
        return f"Conv2d({self.in_channels}, {self.out_channels}, kernel_size={kernel}{''.join(extra)}{bias})"


class Linear(Layer):
    """Fully connected: (N, in_features) -> (N, out_features), y = x wᵀ + b; see `cnnlib.linear`.

    `weight` (out, in) and `bias` (out,) are its parameters. ValueError for input with another number of features.

    >>> Linear(400, 120)(np.zeros((2, 400))).shape
    (2, 120)
    """

    sees_all = True

    def __init__(self, in_features, out_features, bias=True):
        self.in_features = shapes.integer(in_features, "in_features", 1)
        self.out_features = shapes.integer(out_features, "out_features", 1)
        self.weight = Parameter((self.out_features, self.in_features), _he(self.in_features))
        self.bias = Parameter((self.out_features,), 0) if bias else None

    @property
    def weights(self):  # noqa: D102
        return {"weight": self.weight} | ({"bias": self.bias} if self.bias else {})

    def forward(self, x):  # noqa: D102
        return self._remember(linear(x, self.weight.data, self.bias.data if self.bias else None), x)

    def backward(self, dy, need_dx=True):  # noqa: D102
        x, dy = self._remembered(dy)
        dx, self.weight.grad, db = linear_backward(dy, x, self.weight.data)
        if self.bias:
            self.bias.grad = db
        return dx

    def output_shape(self, shape):  # noqa: D102
        if tuple(shape) != (self.in_features,):
            slip = {0: "; one number per example? Add the feature axis: x[:, None]", 1: ""}.get(
                len(shape), "; is a Flatten() missing before it?"
            )
            raise ValueError(f"Linear expects {self.in_features} features, found an example of {tuple(shape)}{slip}")
        return (self.out_features,)

    def macs(self, shape):  # noqa: D102
        return self.in_features * self.out_features

    def __repr__(self):
        return f"Linear({self.in_features}, {self.out_features}{'' if self.bias else ', bias=False'})"


class _Pool2d(Layer):
    """What the two pooling layers share; the stride is the kernel size unless given."""

    def __init__(self, kernel_size, stride=None, padding=0):
        self.kernel_size = shapes.pair(kernel_size, "kernel_size", 1)
        self.stride = self.kernel_size if stride is None else shapes.pair(stride, "stride", 1)
        self.padding = shapes.padding_pair(padding)

    def _window(self, size):
        return pool.window(size, self.kernel_size, self.stride, self.padding)

    def output_shape(self, shape):
        channels, *size = _image(shape, type(self).__name__)
        return (channels, *self._window(size).out)

    def __repr__(self):
        padding = f", padding={_short(self.padding)!r}" if _short(self.padding) else ""
        return f"{type(self).__name__}({_short(self.kernel_size)}, stride={_short(self.stride)}{padding})"


class MaxPool2d(_Pool2d):
    """The maximum of every window, channel by channel; see `cnnlib.max_pool2d`.

    >>> MaxPool2d(2)(np.zeros((1, 8, 28, 28))).shape
    (1, 8, 14, 14)
    """

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        g = self._window(x.shape[2:])
        y = pool.max_forward(x, g)
        return self._remember(y, (x, y, g))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, y, g), dy = self._remembered(dy)
        return pool.max_backward(dy, x, y, g)


class AvgPool2d(_Pool2d):
    """The mean of every window, channel by channel; see `cnnlib.avg_pool2d`.

    >>> AvgPool2d(2)(np.ones((1, 1, 4, 4)))[0, 0]
    array([[1., 1.],
           [1., 1.]])
    """

    def __init__(self, kernel_size, stride=None, padding=0, count_include_pad=True):
        super().__init__(kernel_size, stride, padding)
        self.count_include_pad = count_include_pad

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        g = self._window(x.shape[2:])
        return self._remember(pool.avg_forward(x, g, self.count_include_pad), (x, g))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, g), dy = self._remembered(dy)
        return pool.avg_backward(dy, x, g, self.count_include_pad)

    def __repr__(self):
        return super().__repr__()[:-1] + ("" if self.count_include_pad else ", count_include_pad=False") + ")"


class GlobalAvgPool2d(Layer):
    """The mean of every feature map: (N, C, H, W) -> (N, C) (Lin, Chen & Yan 2013).

    >>> GlobalAvgPool2d()(np.ones((2, 8, 7, 7))).shape
    (2, 8)
    """

    sees_all = True

    def forward(self, x):  # noqa: D102
        return self._remember(pool.global_avg_pool2d(x), x)

    def backward(self, dy, need_dx=True):  # noqa: D102
        x, dy = self._remembered(dy)
        return pool.global_avg_pool2d_backward(dy, x)

    def output_shape(self, shape):  # noqa: D102
        return (_image(shape, "GlobalAvgPool2d")[0],)

    def __repr__(self):
        return "GlobalAvgPool2d()"


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

    def __repr__(self):
        return "ReLU()"


class Flatten(Layer):
    """One row per example: (N, C, H, W) -> (N, C·H·W), channel by channel, row by row.

    >>> Flatten()(np.zeros((2, 16, 5, 5))).shape
    (2, 400)
    """

    def forward(self, x):  # noqa: D102
        return self._remember(x.reshape(len(x), -1), x.shape)

    def backward(self, dy, need_dx=True):  # noqa: D102
        shape, dy = self._remembered(dy)
        return dy.reshape(shape)

    def output_shape(self, shape):  # noqa: D102
        return (math.prod(shape),)

    def __repr__(self):
        return "Flatten()"


class Dropout(Layer):
    """In training, sets each value to 0 with probability `p` and scales the rest by 1/(1 - p); otherwise does nothing.

    Srivastava et al. 2014. ValueError unless 0 <= p < 1.

    >>> Dropout(0.5)([1.0, 2.0])      # not training: unchanged
    array([1., 2.])
    """

    def __init__(self, p=0.5):
        if not (isinstance(p, (int, float, np.number)) and 0 <= p < 1):
            raise ValueError(f"p must be a probability, 0 <= p < 1, found {p!r}")
        self.p = p
        self.seed(0)

    def seed(self, key):  # noqa: D102
        self.rng = generator(seed_key(key))

    def forward(self, x):  # noqa: D102
        keep = x.dtype.type(1)
        if self.training:
            keep = (self.rng.random(x.shape, np.float32) >= self.p) * x.dtype.type(1 / (1 - self.p))
        return self._remember(x * keep, keep)

    def backward(self, dy, need_dx=True):  # noqa: D102
        keep, dy = self._remembered(dy)
        return dy * keep

    def __repr__(self):
        return f"Dropout({self.p})"


def _short(value):
    """A pair of equal entries as one: (3, 3) -> 3."""
    return value[0] if value[0] == value[1] else value
