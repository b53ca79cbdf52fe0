"""Batch normalisation as a layer: it learns a scale and a shift, and measures running statistics."""

from .. import shapes
from ..ops import check, norm
from .layer import Layer, Parameter


class BatchNorm2d(Layer):
    """Bring every channel to mean 0 and variance 1, then scale and shift it; see `cnnlib.batch_norm2d`.

    In training with the statistics of the batch, which also move `running_mean` and `running_var` by the share
    `momentum`; in evaluation with those running ones. `weight` (gamma) and `bias` (beta), both (C,), are learned. As in
    PyTorch, running_var follows the unbiased variance (divided by the number of values less one).

    ValueError for input of another depth; in training, for a batch with a single value per channel.

    >>> layer = BatchNorm2d(1).train()
    >>> layer([[[[1.0, 3.0]]]]).round(3), layer.running_mean.data
    (array([[[[-1.,  1.]]]]), array([0.2], dtype=float32))
    """

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        self.num_features = shapes.integer(num_features, "num_features", 1)
        if not eps > 0:
            raise ValueError(f"eps must be positive, found {eps}")
        if not 0 <= momentum <= 1:
            raise ValueError(f"momentum must be a share, 0 <= momentum <= 1, found {momentum}")
        self.eps, self.momentum = float(eps), float(momentum)
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
        if self.training:
            mean, var = norm.moments(x)
            self._follow(mean, var, x.size // x.shape[1])
        else:
            mean, var = (p.data.astype(x.dtype, copy=False) for p in self.statistics.values())
        gamma, beta = (p.data.astype(x.dtype, copy=False) for p in self.weights.values())
        return self._remember(norm.forward(x, gamma, beta, mean, var, self.eps), (x, gamma, mean, var, self.training))

    def _follow(self, mean, var, count):
        if count < 2:
            raise ValueError("x has a single value per channel: in training its variance would always be 0")
        for running, new in ((self.running_mean, mean), (self.running_var, var * (count / (count - 1)))):
            running.data += self.momentum * (new - running.data)

    def backward(self, dy, need_dx=True):  # noqa: D102
        (x, gamma, mean, var, batch), dy = self._remembered(dy)
        dx, self.weight.grad, self.bias.grad = norm.backward(dy, x, gamma, mean, var, self.eps, batch)
        return dx

    def output_shape(self, shape):  # noqa: D102
        if len(shape) != 3 or shape[0] != self.num_features:
            raise ValueError(f"BatchNorm2d expects examples of shape ({self.num_features}, H, W), found {tuple(shape)}")
        return tuple(shape)

    def __repr__(self):
        return f"BatchNorm2d({self.num_features})"
