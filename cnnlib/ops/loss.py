"""The loss of a classifier: cross-entropy of softmax(logits), for one label an example or one a pixel.

The shape that a line leaves stands at its end: N batch, and the classes; ... is nothing, or H, W for labels of pixels.
"""

import numpy as np

from ..arguments import quiet
from . import check
from .activation import exponentials
from .layout import total


@quiet
def cross_entropy(logits, labels):
    """Mean over all labels of -log(probability given to the right class).

    logits (N, classes), any real numbers; labels (N,), integers 0 to classes - 1 -> a float. For one label a pixel,
    logits (N, classes, H, W) and labels (N, H, W). A guess without knowledge scores log(classes): 2.303 for ten.

    Raises ValueError for shapes that do not match and labels out of range, TypeError for labels that are not integers.

    >>> round(float(cross_entropy([[0.0, 0.0]], [1])), 3)
    0.693
    """
    loss, _ = loss_and_gradient(logits, labels)
    return loss


@quiet
def cross_entropy_backward(logits, labels):
    """dlogits = (softmax(logits) - one_hot(labels)) / number of labels. Errors as in `cross_entropy`.

    >>> cross_entropy_backward([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    _, dlogits = loss_and_gradient(logits, labels)
    return dlogits


def loss_and_gradient(logits, labels):
    """`cross_entropy` and `cross_entropy_backward` at once: a step of training needs both, and softmax only once."""
    logits = check.logits(logits)
    labels = check.labels(labels, logits.shape)
    n, *place = np.indices(labels.shape, sparse=True)
    right = n, labels, *place
    shifted, e, sums = exponentials(logits, axis=1)   # (N, classes, ...), (N, classes, ...), (N, 1, ...)
    losses = np.log(sums[:, 0]) - shifted[right]   # (N, ...): -log(softmax), exact also where that is 0
    loss = (total(losses, None) / labels.size).astype(logits.dtype)
    dlogits = e / sums   # (N, classes, ...)
    dlogits[right] -= 1
    dlogits /= labels.size
    return loss, dlogits.astype(logits.dtype, copy=False)
