"""The fully-connected layer: every output is a dot product with the whole input.

The shape that a line leaves stands at its end: N batch, `in` and `out` features.
"""

import numpy as np

from ..arguments import quiet
from . import check


@quiet
def linear(x, w, b=None):
    """y = x wᵀ + b: x (N, in), w (out, in), b (out,) or None -> (N, out), the dtype that of x.

    Raises ValueError where the shapes do not fit together, TypeError for anything but real numbers.

    >>> linear([[1, 2, 3]], [[1, 0, 0], [1, 1, 1]], b=[0, 10])
    array([[ 1., 16.]])
    """
    x, w, dtype = _checked(x, w)
    y = x @ w.T   # (N, in) @ (in, out)
    if b is not None:
        b = check.floats(b, "b")
        check.same_shape(b, "b", (len(w),), "one bias per row of w")
        y += b.astype(x.dtype, copy=False)
    return y.astype(dtype, copy=False)


@quiet
def linear_backward(dy, x, w):
    """Gradients of `linear`: dy (N, out) -> dx (N, in), dw (out, in), db (out,). Errors as in `linear`.

    >>> dx, dw, db = linear_backward([[1.0, 2.0]], [[1, 2, 3]], [[1, 0, 0], [1, 1, 1]])
    >>> dx, db
    (array([[3., 2., 2.]]), array([1., 2.]))
    """
    x, w, dtype = _checked(x, w)
    dy = check.floats(dy, "dy").astype(x.dtype, copy=False)
    check.same_shape(dy, "dy", (len(x), len(w)), "the shape of linear's output")
    dx = (w.T @ dy.T).T   # (N, in): dy @ w, but with the batch last in memory, as convolutions like it (layout.py)
    dw = dy.T @ x   # (out, N) @ (N, in)
    db = np.ascontiguousarray(dy.T).sum(axis=1)   # (out,): NumPy adds pairwise, so precisely, what lies side by side
    return tuple(gradient.astype(dtype, copy=False) for gradient in (dx, dw, db))


def _checked(x, w):
    """x and w in the dtype to compute in, and that of x, which results get."""
    x, w = check.floats(x, "x", "N, in"), check.floats(w, "w", "out, in")
    if x.shape[1] != w.shape[1]:
        slip = ": is w transposed? Its shape is (out, in)" if x.shape[1] == w.shape[0] else ""
        raise ValueError(
            f"x has {x.shape[1]} features (shape {x.shape}) but w expects {w.shape[1]} (shape {w.shape}){slip}"
        )
    kind = check.working(x.dtype)
    return x.astype(kind, copy=False), w.astype(kind, copy=False), x.dtype
