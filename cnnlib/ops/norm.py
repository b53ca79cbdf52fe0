"""Batch normalisation (Ioffe & Szegedy 2015), forward and backward.

The shape that a line leaves stands at its end: N batch, C channels, H W image.
"""

import numpy as np

from ..arguments import quiet, real, shown
from . import check
from .layout import by_channel


def moments(x):
    """Mean and variance (dividing by their number) of every channel of x (N, C, H, W): two float64 arrays (C,).

    In single precision a mean of 10000 is known to 0.0005 only, which may be more than the spread around it. So x is
    centred with that rough mean first; the mean of what is left makes both numbers exact.
    """
    flat = by_channel(x)   # (C, H·W·N)
    rough = flat.mean(axis=1)   # (C,)
    centred = flat - rough[:, None]   # (C, H·W·N); squares of x itself would cancel where the mean is large
    rest = centred.mean(axis=1).astype(np.float64)   # (C,)
    return rough + rest, np.vecdot(centred, centred) / flat.shape[1] - rest**2   # (C,), (C,)


def _scaled(x, mean, scale, shift=0):
    """(x - mean) · scale + shift, channel by channel, in the dtype of x; what rounds off the mean joins the shift."""
    near = mean.astype(x.dtype)
    y = x - near[:, None, None]   # (N, C, H, W)
    y *= scale.astype(x.dtype)[:, None, None]   # (C, 1, 1)
    y += (shift - (mean - near) * scale).astype(x.dtype)[:, None, None]   # (C, 1, 1)
    return y


def forward(x, gamma, beta, mean, var, eps):
    """(x - mean) / sqrt(var + eps) · gamma + beta on checked arrays."""
    return _scaled(x, mean, gamma / np.sqrt(var + eps), beta)


def backward(dy, x, gamma, mean, var, eps, batch=True):
    """Gradients of `forward`. If mean and var are those of the batch, they depend on x too, hence the two means."""
    scale = 1 / np.sqrt(var + eps)
    normal = _scaled(x, mean, scale)
    dbeta = by_channel(dy).sum(axis=1)   # (C,)
    dgamma = by_channel(dy * normal).sum(axis=1)   # (C,)
    dx = dy
    if batch:
        count = x.size // x.shape[1]
        normal *= (dgamma / count)[:, None, None]   # (C, 1, 1); in place: no array more
        dx = dy - (dbeta / count)[:, None, None]   # (N, C, H, W)
        dx -= normal
    return dx * (gamma * scale).astype(x.dtype)[:, None, None], dgamma, dbeta   # (N, C, H, W), (C,), (C,)


@quiet
def batch_norm2d(x, gamma, beta, mean=None, var=None, eps=1e-5):
    """Bring every channel to mean 0 and variance 1, then scale by gamma and shift by beta.

        y = gamma · (x - mean) / sqrt(var + eps) + beta

    x (N, C, H, W); gamma, beta (C,) -> y like x. `mean` and `var` (C,) are those of this batch (over N, H and W; the
    variance divides by their number) unless given, as the running statistics are in evaluation.

    Raises ValueError for other shapes, a negative variance, eps <= 0, or only one of mean and var; TypeError for what
    is not real numbers.

    >>> batch_norm2d([[[[1.0, 3.0]]]], gamma=[10], beta=[5], eps=1e-12).round(3)
    array([[[[-5., 15.]]]])
    """
    x, dtype = _image(x)
    if (mean is None) != (var is None):
        raise ValueError(f"mean and var go together, found only {'var' if mean is None else 'mean'}")
    gamma, beta = _channel(gamma, "gamma", x), _channel(beta, "beta", x)
    eps = positive(eps)
    if mean is None:
        mean, var = moments(x)
    else:
        mean, var = _channel(mean, "mean", x), _channel(var, "var", x)
        if (var < 0).any():
            raise ValueError(f"var must not be negative, found {var.min()} for channel {int(var.argmin())}")
    return forward(x, gamma, beta, mean, var, eps).astype(dtype, copy=False)


@quiet
def batch_norm2d_backward(dy, x, gamma, eps=1e-5):
    """Gradients of `batch_norm2d` with the statistics of the batch: dy like x -> dx like x, dgamma (C,), dbeta (C,).

    dx takes into account that mean and variance depend on x. Errors as in `batch_norm2d`.

    >>> dx, dgamma, dbeta = batch_norm2d_backward([[[[1.0, 1.0]]]], [[[[1.0, 3.0]]]], gamma=[10])
    >>> dbeta, abs(dx).max() < 1e-9         # moving everything alike changes nothing
    (array([2.]), np.True_)
    """
    x, dtype = _image(x)
    dy = check.floats(dy, "dy").astype(x.dtype, copy=False)
    check.same_shape(dy, "dy", x.shape, "the shape of x")
    gradients = backward(dy, x, _channel(gamma, "gamma", x), *moments(x), positive(eps))
    return tuple(gradient.astype(dtype, copy=False) for gradient in gradients)


def _image(x):
    """x as an array to compute with, and the dtype that results get back."""
    x = check.floats(x, "x", "N, C, H, W", nan=False)
    return x.astype(check.working(x.dtype), copy=False), x.dtype


def _channel(value, name, x):
    value = check.floats(value, name, "C")
    check.same_shape(value, name, x.shape[1:2], "one number per channel of x")
    return value.astype(np.float64, copy=False)   # few numbers: they are rounded only where they meet x


def positive(eps):
    """`eps` as a float; TypeError for what is not a number, ValueError unless it is positive and finite."""
    if not isinstance(eps, (int, float, np.number)) or isinstance(eps, bool):
        raise TypeError(f"eps must be a number, found {shown(eps)} ({type(eps).__name__})")
    return real(eps, "eps", "positive and finite", lambda number: 0 < number < np.inf)
