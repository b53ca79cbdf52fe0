"""How many threads the matrix products of a network run on."""

import contextlib

from ..ops.parallel import one_blas_thread

# Measured with LeNet (0.4 million multiplications for one image, batches of 64): its products are over before a second
# thread has woken up, and where other programs want the cores too, two threads take several times as long as one.
SMALL = 1_000_000_000   # multiplications of one forward pass over a batch


@contextlib.contextmanager
def suitable_threads(model, shape):
    """One thread for small networks, all for large ones; `shape` is that of a batch (N, ...).

    The choice depends on the network and the batch alone, so that a result does not vary with what else is running.
    """
    if is_small(model, shape):
        with one_blas_thread():
            yield
    else:
        yield


def is_small(model, shape):
    """Whether one core is enough for a network; `shape` is that of a batch (N, ...)."""
    try:
        return shape[0] * model.macs(shape[1:]) < SMALL
    except ValueError:   # a shape that does not fit: the forward pass will say so better
        return False
