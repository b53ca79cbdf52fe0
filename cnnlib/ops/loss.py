"""The loss of a classifier: cross-entropy of softmax(logits)."""

import numpy as np

from . import check
from .activation import log_softmax, softmax


def cross_entropy(logits, labels):
    """Mean over the batch of -log(probability given to the right class).

    logits (N, classes), any real numbers; labels (N,), integers 0 to classes - 1 -> a float. A network that knows
    nothing scores log(classes): 2.303 for ten.

    Raises ValueError for shapes that do not match and labels out of range, TypeError for labels that are not integers.

    >>> round(float(cross_entropy([[0.0, 0.0]], [1])), 3)
    0.693
    """
    logits, labels = _checked(logits, labels)
    return -log_softmax(logits)[np.arange(len(labels)), labels].mean()


def cross_entropy_backward(logits, labels):
    """dlogits = (softmax(logits) - one_hot(labels)) / N. Errors as in `cross_entropy`.

    >>> cross_entropy_backward([[0.0, 0.0]], [1])
    array([[ 0.5, -0.5]])
    """
    logits, labels = _checked(logits, labels)
    dlogits = softmax(logits)
    dlogits[np.arange(len(labels)), labels] -= 1
    dlogits /= len(labels)
    return dlogits


def _checked(logits, labels):
    logits = check.floats(logits, "logits", "N, classes")
    return logits, check.labels(labels, logits.shape[1], len(logits))
