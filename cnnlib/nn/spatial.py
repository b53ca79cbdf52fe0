"""The layers that see an image: convolution and pooling. Each is thin: the mathematics is in `cnnlib.ops`."""

import math

import numpy as np  # noqa: F401  (the examples use it)

from .. import arguments, shapes
from ..ops import check, conv, pool, transpose
from ..ops.window import known
from .layer import FLOAT, Affine, Layer, Parameter, he_spread


def _image(shape, name):
    shape = arguments.shape(shape, "shape")
    if len(shape) != 3:
        slip = {
            2: ": grey images without their channel axis? Add it: x[:, None]",
            4: ": leave out the batch axis, this is the shape of one example",
        }.get(len(shape), "")
        raise ValueError(f"{name} expects one example of shape (C, H, W), found {arguments.shown(shape)}{slip}")
    return shape


class Conv2d(Affine):
    """Convolution with `out_channels` filters: (N, C, H, W) -> (N, K, H', W'); see `cnnlib.conv2d`.

    `weight` (K, C/groups, Fh, Fw) and `bias` (K,) are its parameters. ValueError for another number of channels
    and for groups that do not divide both numbers of channels.

    >>> Conv2d(3, 8, 5)(np.zeros((1, 3, 32, 32), np.float32)).shape
    (1, 8, 28, 28)
    """

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True):
        self.in_channels = shapes.integer(in_channels, "in_channels", 1)
        self.out_channels = shapes.integer(out_channels, "out_channels", 1)
        self.kernel_size = shapes.pair(kernel_size, "kernel_size", 1)
        self.stride = shapes.pair(stride, "stride", 1)
        self.padding = shapes.padding_pair(padding)
        self.dilation = shapes.pair(dilation, "dilation", 1)
        self.groups = shapes.integer(groups, "groups", 1)
        for count, what in ((self.in_channels, "in_channels"), (self.out_channels, "out_channels")):
            if count % self.groups:
                raise ValueError(f"groups must divide {what}, found groups={groups} and {what}={count}")
        self.weight = Parameter(
            (self.out_channels, self.in_channels // self.groups, *self.kernel_size), he_spread(self._cells)
        )
        self.bias = Parameter((self.out_channels,)) if arguments.truth(bias, "bias") else None

    @property
    def _cells(self):
        """How many input cells one output cell is made from."""
        return self.in_channels // self.groups * math.prod(self.kernel_size)

    def _geometry(self, size):
        return known(tuple(size), self.kernel_size, self.stride, self.padding, self.dilation)

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        check.channels(x, self.weight, "K, C, Fh, Fw", self.groups)
        w, b = self._arrays(x.dtype)
        g = self._geometry(x.shape[2:])
        y, patches = conv.forward(x, w, b, g)
        return self._remember(y, (x.shape, w, g, patches))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (shape, w, g, patches), dy = self._remembered(dy)
        self.weight.grad = conv.weight_gradient(dy, patches, w, g)
        if self.bias:
            self.bias.grad = conv.bias_gradient(dy)
        return conv.input_gradient(dy, w, g, shape) if need_dx else None

    def output_shape(self, shape):  # noqa: D102
        channels, *size = _image(shape, "Conv2d")
        if channels != self.in_channels:
            raise ValueError(f"Conv2d expects {self.in_channels} input channels, found {channels} in {shape}")
        return (self.out_channels, *self._geometry(size).out)

    def macs(self, shape):  # noqa: D102
        return math.prod(self.output_shape(shape)) * self._cells

    def kept(self, shape):  # noqa: D102
        channels, *size = _image(shape, "Conv2d")
        pads = self._geometry(size).pad
        if not any(map(any, pads)):
            return super().kept(shape)
        padded = (n + sum(pad) for n, pad in zip(size, pads, strict=True))
        return {"padded x": FLOAT * channels * math.prod(padded)}

    def __repr__(self):
        return _conv_repr(self, stride=1, padding=0, dilation=1, groups=1)


class ConvTranspose2d(Affine):
    """Transposed convolution, which enlarges: (N, C, H, W) -> (N, K, H', W'); see `cnnlib.conv_transpose2d`.

    `weight` (C, K, Fh, Fw) and `bias` (K,) are its parameters. ValueError for another number of channels.

    >>> ConvTranspose2d(8, 4, 2, stride=2)(np.zeros((1, 8, 14, 14), np.float32)).shape
    (1, 4, 28, 28)
    """

    enlarges = True

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, bias=True):
        self.in_channels = shapes.integer(in_channels, "in_channels", 1)
        self.out_channels = shapes.integer(out_channels, "out_channels", 1)
        self.kernel_size = shapes.pair(kernel_size, "kernel_size", 1)
        self.stride = shapes.pair(stride, "stride", 1)
        self.padding = shapes.pair(padding, "padding", 0)
        self.output_padding = shapes.output_padding_pair(output_padding, self.stride)
        # An output cell is made from about C·(F/S)² input cells: windows overlap less, the larger the stride.
        met = self.in_channels * math.prod(self.kernel_size) / math.prod(self.stride)
        self.weight = Parameter((self.in_channels, self.out_channels, *self.kernel_size), he_spread(met))
        self.bias = Parameter((self.out_channels,)) if arguments.truth(bias, "bias") else None

    def forward(self, x):  # noqa: D102
        x = check.floats(x, "x", "N, C, H, W")
        transpose.channels(x, self.weight)
        w, b = self._arrays(x.dtype)
        y, g = transpose.forward(x, w, b, self.stride, self.padding, self.output_padding)
        return self._remember(y, (x, w, g))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, w, g), dy = self._remembered(dy)
        dx, self.weight.grad, db = transpose.backward(dy, x, w, g, need_dx)
        if self.bias:
            self.bias.grad = db
        return dx

    def output_shape(self, shape):  # noqa: D102
        channels, *size = _image(shape, "ConvTranspose2d")
        if channels != self.in_channels:
            found = tuple(shape)
            raise ValueError(f"ConvTranspose2d expects {self.in_channels} input channels, found {channels} in {found}")
        numbers = self.kernel_size, self.stride, self.padding, self.output_padding
        return (self.out_channels, *transpose.output_geometry(size, *numbers)[0])

    def macs(self, shape):  # noqa: D102
        self.output_shape(shape)   # every input cell meets every weight of its channel once
        return math.prod(shape) * self.out_channels * math.prod(self.kernel_size)

    def __repr__(self):
        return _conv_repr(self, stride=1, padding=0, output_padding=0)


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

    def kept(self, shape):  # noqa: D102
        return super().kept(shape) | {"y": FLOAT * math.prod(self.output_shape(shape))}


class AvgPool2d(_Pool2d):
    """The mean of every window, channel by channel; see `cnnlib.avg_pool2d`.

    >>> AvgPool2d(2)(np.ones((1, 1, 4, 4)))[0, 0]
    array([[1., 1.],
           [1., 1.]])
    """

    def __init__(self, kernel_size, stride=None, padding=0, count_include_pad=True):
        super().__init__(kernel_size, stride, padding)
        self.count_include_pad = arguments.truth(count_include_pad, "count_include_pad")

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


def _short(value):
    """A pair of equal entries as one: (3, 3) -> 3."""
    return value[0] if isinstance(value, tuple) and value[0] == value[1] else value


def _conv_repr(layer, **usual):
    """The call that makes such a layer, with what differs from the usual."""
    numbers = {name: _short(getattr(layer, name)) for name in ("kernel_size", *usual)}
    extra = [f", {name}={value!r}" for name, value in numbers.items() if value != usual.get(name)]
    bias = "" if layer.bias else ", bias=False"
    return f"{type(layer).__name__}({layer.in_channels}, {layer.out_channels}{''.join(extra)}{bias})"
