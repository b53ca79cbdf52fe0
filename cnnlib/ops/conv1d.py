"""Convolution of signals: two dimensions with the second of size 1.

The shape that a line leaves stands at its end: N batch, C channels, L signal, K filters, G groups, F kernel, l output.
"""

from ..arguments import quiet
from . import check
from .conv import checked, forward, gradients
from .window import THIN_AXES, geometry, thin


def _geometry(x, w, stride, padding, dilation):
    stride, padding, dilation = thin(stride, "stride", 1), thin(padding, "padding", 0), thin(dilation, "dilation", 1)
    return geometry((x.shape[2], 1), (w.shape[2], 1), stride, padding, dilation, THIN_AXES, "w")


@quiet
def conv1d(x, w, b=None, stride=1, padding=0, dilation=1, groups=1):
    """Convolve a batch of signals with a bank of filters.

    x (N, C, L), w (K, C/groups, F), b (K,) or None -> (N, K, L') with L' = `output_size(L, F, stride, padding,
    dilation)`. Otherwise as `conv2d`, errors included.

    >>> conv1d([[[0, 1, 0, 1, 1]]], [[[-1, 1]]])
    array([[[ 1., -1.,  1.,  0.]]])
    """
    x, w, b, dtype = checked(x, w, b, "N, C, L", "K, C, F", groups)
    y, _ = forward(x[..., None], w[..., None], b, _geometry(x, w, stride, padding, dilation))   # (N, K, l, 1)
    return y[..., 0].astype(dtype, copy=False)   # (N, K, l)


@quiet
def conv1d_backward(dy, x, w, stride=1, padding=0, dilation=1, groups=1):
    """Gradients of `conv1d`: dy (N, K, L') -> dx like x, dw like w, db (K,). Errors as in `conv2d_backward`.

    >>> dx, dw, db = conv1d_backward([[[1, 1, 1, 1]]], [[[0, 1, 0, 1, 1]]], [[[-1, 1]]])
    >>> dx, dw
    (array([[[-1.,  0.,  0.,  0.,  1.]]]), array([[[2., 3.]]]))
    """
    x, w, _, dtype = checked(x, w, None, "N, C, L", "K, C, F", groups)
    g = _geometry(x, w, stride, padding, dilation)
    dy = check.floats(dy, "dy").astype(x.dtype, copy=False)
    check.same_shape(dy, "dy", (len(x), len(w), g.out[0]), "the shape of conv1d's output")
    images = [array[..., None] for array in (dy, x, w)]   # (N, K, l, 1), (N, C, L, 1), (K, C/G, F, 1)
    dx, dw, db = gradients(*images, g)   # (N, C, L, 1), (K, C/G, F, 1), (K,)
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dx[..., 0], dw[..., 0], db))
