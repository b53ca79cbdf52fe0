"""Transposed convolution: the way back of a convolution, used as a way forward that makes images larger.

Where convolution gathers Fh x Fw input cells into one output cell, this spreads one input cell over Fh x Fw output
cells, `stride` apart, and adds up what overlaps (Dumoulin & Visin 2016, chapter 4). So its forward pass is the input
gradient of a convolution, and its own input gradient is that convolution's forward pass.

The shape that a line leaves stands at its end: N batch, C channels in, K channels out, H W input, h w output size.
"""

from .. import shapes
from ..arguments import quiet, room
from . import check, conv
from .window import Geometry


def output_geometry(size, kernel, stride, padding, output_padding):
    """Size (H', W') of the output, and the `Geometry` of the convolution that would lead from it back to `size`."""
    stride, padding = shapes.pair(stride, "stride", 1), shapes.pair(padding, "padding", 0)
    extra = shapes.output_padding_pair(output_padding, stride)
    sizes = []
    for n, f, s, p, e, name in zip(size, kernel, stride, padding, extra, ("height", "width"), strict=True):
        sizes.append((n - 1) * s - 2 * p + f + e)
        if sizes[-1] < 1:
            raise ValueError(
                f"padding of {p} per side leaves no output: the {name} would be ({n} - 1)·{s} - 2·{p} + {f} + {e} = "
                f"{sizes[-1]}, expected at least 1"
            )
    # Back from a size so made, that convolution always ends in `size`: nothing is left to compute or to go wrong.
    return tuple(sizes), Geometry(tuple(kernel), stride, tuple((p, p) for p in padding), (1, 1), tuple(size))


def channels(x, w):
    """Raise ValueError unless w (C, K, Fh, Fw) is for as many channels as x (N, C, H, W) has."""
    if x.shape[1] != w.shape[0]:
        slip = ": is w (K, C, Fh, Fw)? Here the input channels come first" if x.shape[1] == w.shape[1] else ""
        raise ValueError(
            f"x has {x.shape[1]} channels (shape {x.shape}) but w expects {w.shape[0]} (shape {w.shape}, "
            f"axes C, K, Fh, Fw){slip}"
        )


def _checked(x, w, b):
    x, w = check.floats(x, "x", "N, C, H, W", nan=False), check.floats(w, "w", "C, K, Fh, Fw")
    channels(x, w)
    return check.one_dtype(x, w, b, w.shape[1], "one bias per output channel of w")


def forward(x, w, b, stride, padding, output_padding):
    """The transposed convolution on checked arrays, and the geometry that its gradients need."""
    size, g = output_geometry(x.shape[2:], w.shape[2:], stride, padding, output_padding)
    room((len(x), w.shape[1], *size), x.itemsize, "stride: the output", "use a smaller stride", x.nbytes + w.nbytes)
    y = conv.input_gradient(x, w, g, (len(x), w.shape[1], *size))   # (N, K, h, w)
    if b is not None:
        y += b[:, None, None]   # (K, 1, 1)
    return y, g


def backward(dy, x, w, g, need_dx=True):
    """dx, dw and db on checked arrays; dx is None unless needed."""
    dx, cache = conv.forward(dy, w, None, g) if need_dx else (None, (conv.read(dy, g), None))
    return dx, conv.weight_gradient(x, cache, w, g), conv.bias_gradient(dy)


@quiet
def conv_transpose2d(x, w, b=None, stride=1, padding=0, output_padding=0):
    """Spread every input cell over a window of the output, `stride` apart.

    x (N, C, H, W), w (C, K, Fh, Fw), b (K,) or None -> y (N, K, H', W'), H' = (H - 1)·S - 2P + Fh + output_padding, the
    dtype that of x. `padding` *removes* cells per side; `output_padding` adds rows and columns at the end, to reach
    sizes that the stride otherwise skips. The numbers are an int or a pair (h, w).

    Raises ValueError for shapes that do not fit together, padding that leaves no output, output_padding >= stride, an
    empty batch, NaN in x; TypeError for arrays that are not real numbers.

    >>> conv_transpose2d([[[[1, 2]]]], [[[[1, 10, 100]]]], stride=2)[0, 0]
    array([[  1.,  10., 102.,  20., 200.]])
    """
    x, w, b, dtype = _checked(x, w, b)
    y, _ = forward(x, w, b, stride, padding, output_padding)
    return y.astype(dtype, copy=False)


@quiet
def conv_transpose2d_backward(dy, x, w, stride=1, padding=0, output_padding=0):
    """Gradients of `conv_transpose2d`: dy (N, K, H', W') -> dx like x, dw like w, db (K,). Errors as there.

    >>> dx, dw, db = conv_transpose2d_backward([[[[1, 1, 1, 1, 1]]]], [[[[1, 2]]]], [[[[1, 10, 100]]]], stride=2)
    >>> dx, dw
    (array([[[[111., 111.]]]]), array([[[[3., 3., 3.]]]]))
    """
    x, w, _, dtype = _checked(x, w, None)
    size, g = output_geometry(x.shape[2:], w.shape[2:], stride, padding, output_padding)
    dy = check.floats(dy, "dy")
    check.same_shape(dy, "dy", (len(x), w.shape[1], *size), "the shape of conv_transpose2d's output")
    gradients = backward(dy.astype(x.dtype, copy=False), x, w, g)
    return tuple(gradient.astype(dtype, copy=False) for gradient in gradients)
