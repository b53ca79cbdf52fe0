"""Blocks of a large operation side by side, on the cores that there are.

NumPy copies and multiplies without holding Python's lock, so plain threads suffice. The matrix product's own threads
are switched off meanwhile: they divide the product only, where these divide the copying too. A single block keeps them.

How the work is cut never depends on the machine or on what else it is doing.
"""

import contextvars
import functools
import itertools
import os

PIECES = 4   # at most: enough for the cores of a laptop, few enough that handing them out costs little


def cut(count):
    """The range of `count` things as at most PIECES slices of nearly equal length."""
    pieces = min(PIECES, count)
    return [slice(a, b) for a, b in itertools.pairwise(count * i // pieces for i in range(pieces + 1))]


def run(task, pieces):
    """[task(piece) for piece in pieces]: in threads, if there is more than one piece and more than one core."""
    if len(pieces) == 1 or _cores() < 2:
        return [task(piece) for piece in pieces]
    with one_blas_thread():
        # Each in a copy of this context: what the caller set with np.errstate holds there too.
        futures = [_pool().submit(contextvars.copy_context().run, task, piece) for piece in pieces]
        return [future.result() for future in futures]


def one_blas_thread():
    """A context in which every matrix product runs on one thread."""
    return _blas().limit(limits=1, user_api="blas")


@functools.cache
def _cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@functools.cache
def _pool():
    from concurrent.futures import ThreadPoolExecutor  # here and below, so that `import cnnlib` stays quick

    return ThreadPoolExecutor(min(PIECES, _cores()), thread_name_prefix="cnnlib")


@functools.cache
def _blas():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
