"""LeNet-5 as it was published, with all that its modern reading (`lenet5`) has left out.

LeCun, Bottou, Bengio & Haffner, "Gradient-Based Learning Applied to Document Recognition", Proceedings of the IEEE 86,
1998, section II.B. Three things are no longer usual, and each is a layer here:

- Subsampling that learns (S2, S4): the mean of 2x2, times a coefficient, plus a bias, both the map's own.
- A sparse convolution (C3): each of its 16 maps sees 3, 4 or 6 of the 6 maps before it, never the same ones. That
  saves a third of the work, and maps that see different things cannot become alike.
- Distances as outputs: each class has a code of 84 numbers that are -1 or 1, and is the likelier, the nearer the 84
  units of F6 are to it. The codes are not learned.

And all units are squashed by 1.7159·tanh(2x/3), which sends 1 to 1 and -1 to -1.
"""

import math

import numpy as np

from ..nn import AvgPool2d, Conv2d, Flatten, Layer, Linear, Parameter, Sequential
from ..nn.layer import FLOAT

HEIGHT, SLOPE = 1.7159, 2 / 3   # of the squashing function

# Which maps of S2 each map of C3 sees: all runs of three neighbours (after the last comes the first), all runs of four,
# two pairs of neighbours with a gap between them, and all. Table I of the paper.
SEEN = [
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
]


class Squash(Layer):
    """1.7159·tanh(2x/3), element by element.

    >>> Squash()([-1.0, 0.0, 1.0]).round(4)
    array([-1.,  0.,  1.])
    """

    def forward(self, x):  # noqa: D102
        y = HEIGHT * np.tanh(SLOPE * x)
        return self._remember(y, y)

    def backward(self, dy, need_dx=True):  # noqa: D102
        y, dy = self._remembered(dy)
        return dy * (SLOPE / HEIGHT) * (HEIGHT - y) * (HEIGHT + y)

    def kept(self, shape):  # noqa: D102
        return {"y": FLOAT * math.prod(self.output_shape(shape))}

    def __repr__(self):
        return "Squash()"


class Scale(Layer):
    """A coefficient and a bias for every map: after `AvgPool2d(2)`, the subsampling of 1998. (N, C, H, W) as it came.

    The paper adds the four numbers and has a coefficient a quarter as large.

    >>> Scale(3)(np.ones((1, 3, 2, 2))).shape
    (1, 3, 2, 2)
    """

    def __init__(self, channels):
        self.weight, self.bias = Parameter((channels,), mean=1), Parameter((channels,))

    @property
    def weights(self):  # noqa: D102
        return {"weight": self.weight, "bias": self.bias}

    def forward(self, x):  # noqa: D102
        self.output_shape(x.shape[1:])
        w, b = (p.data.astype(x.dtype, copy=False)[:, None, None] for p in (self.weight, self.bias))
        return self._remember(w * x + b, (x, w))

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, w), dy = self._remembered(dy)
        self.weight.grad, self.bias.grad = (dy * x).sum(axis=(0, 2, 3)), dy.sum(axis=(0, 2, 3))
        return w * dy

    def output_shape(self, shape):  # noqa: D102
        if len(shape) != 3 or shape[0] != self.weight.size:
            raise ValueError(f"Scale expects examples of shape ({self.weight.size}, H, W), found {tuple(shape)}")
        return tuple(shape)

    def __repr__(self):
        return f"Scale({self.weight.size})"


class SparseConv2d(Layer):
    """A convolution whose maps see some of the input maps each: (N, C, H, W) -> (N, len(seen), H', W').

    `seen[k]` are the maps that map k sees, through a filter of its own.

    >>> layer = SparseConv2d([(0, 1), (2,)], 3)
    >>> layer(np.ones((1, 3, 6, 6))).shape, [p.shape for p in layer.parameters()]
    ((1, 2, 4, 4), [(1, 2, 3, 3), (1,), (1, 1, 3, 3), (1,)])
    """

    def __init__(self, seen, kernel_size):
        self.seen = [list(maps) for maps in seen]
        self.filters = [Conv2d(len(maps), 1, kernel_size) for maps in self.seen]

    @property
    def children(self):  # noqa: D102
        return {str(k): layer for k, layer in enumerate(self.filters)}

    def forward(self, x):  # noqa: D102
        self.output_shape(x.shape[1:])
        maps = [layer.forward(x[:, seen]) for seen, layer in zip(self.seen, self.filters, strict=True)]
        y = np.concatenate([each.transpose(1, 2, 3, 0) for each in maps])   # (K, h, w, N): laid out as convolutions do
        return self._remember(y.transpose(3, 0, 1, 2), x.shape)

    def backward(self, dy, need_dx=True):  # noqa: D102
        shape, dy = self._remembered(dy)
        dx = np.zeros(shape, dy.dtype)
        for k, (seen, layer) in enumerate(zip(self.seen, self.filters, strict=True)):
            dx[:, seen] += layer.backward(dy[:, k:k + 1])   # a map gets something from each that saw it
        return dx

    def output_shape(self, shape):  # noqa: D102
        channels = 1 + max(map(max, self.seen))
        if len(shape) != 3 or shape[0] != channels:
            raise ValueError(f"SparseConv2d expects examples of shape ({channels}, H, W), found {tuple(shape)}")
        size = self.filters[0].output_shape((len(self.seen[0]), *shape[1:]))[1:]
        return (len(self.seen), *size)

    def visits(self, shape):  # noqa: D102
        for seen, layer in zip(self.seen, self.filters, strict=True):
            yield from layer.visits((len(seen), *shape[1:]))

    def leaves(self):
        """One filter stands for all: they lie side by side, and see windows of one size."""
        yield self.filters[0]

    def __repr__(self):
        return f"SparseConv2d({len(self.seen)} maps)"


class Distances(Layer):
    """Minus the squared distance to the code of every class: (N, features) -> logits (N, classes).

    The codes are drawn once for all, -1 or 1, which the paper calls possible; its own show the digits as images of 7x12
    pixels.

    >>> Distances(84, 10)(np.zeros((1, 84)))[0, 0]
    np.float64(-84.0)
    """

    sees_all = True

    def __init__(self, features, classes):
        self.codes = np.random.default_rng(1998).choice([-1.0, 1.0], size=(classes, features))   # (classes, features)

    def forward(self, x):  # noqa: D102
        self.output_shape(x.shape[1:])
        away = x[:, None] - self.codes.astype(x.dtype)   # (N, classes, features)
        return self._remember(-(away**2).sum(axis=2), away)

    def backward(self, dy, need_dx=True):  # noqa: D102
        away, dy = self._remembered(dy)
        return -2 * (dy[:, :, None] * away).sum(axis=1)

    def kept(self, shape):  # noqa: D102
        self.output_shape(shape)
        return {"differences": FLOAT * self.codes.size}

    def output_shape(self, shape):  # noqa: D102
        classes, features = self.codes.shape
        if tuple(shape) != (features,):
            raise ValueError(f"Distances expects {features} features, found an example of {tuple(shape)}")
        return (classes,)

    def __repr__(self):
        return "Distances({1}, {0})".format(*self.codes.shape)


def lenet_1998(seed=0):
    """LeNet-5 of 1998: grey images (N, 1, 32, 32) -> logits (N, 10); 60,000 parameters are learned.

    The images of the paper are digits of 28 x 28 with a margin, the background -0.1 and the ink 1.175, so that their
    mean is about 0 and their variance 1: `1.275 * np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2))) - 0.1`.

    >>> model = lenet_1998()
    >>> [row.parameters for row in model.summary((1, 32, 32)).rows if row.parameters]
    [156, 12, 1516, 32, 48120, 10164]
    >>> model.summary((1, 32, 32)).parameters
    60000
    """
    model = Sequential(
        Conv2d(1, 6, 5), Squash(),                   # C1 (6, 28, 28)
        AvgPool2d(2), Scale(6), Squash(),            # S2 (6, 14, 14)
        SparseConv2d(SEEN, 5), Squash(),             # C3 (16, 10, 10)
        AvgPool2d(2), Scale(16), Squash(),           # S4 (16, 5, 5)
        Conv2d(16, 120, 5), Squash(), Flatten(),     # C5 (120, 1, 1)
        Linear(120, 84), Squash(),                   # F6 (84,)
        Distances(84, 10),
        seed=seed,
    )
    for layer in model.everything():
        if isinstance(layer, (Conv2d, Linear)):   # as spread out as the paper's, even between ±2.4 / inputs
            layer.weight.std = 2.4 / math.sqrt(3) / math.prod(layer.weight.shape[1:])
    return model
