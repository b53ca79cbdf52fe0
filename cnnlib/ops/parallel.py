"""Blocks of a large operation side by side, on the cores that there are.

NumPy copies and multiplies without holding Python's lock, so plain threads suffice. The matrix product's own threads
are switched off meanwhile: they divide the product only, where these divide the copying too. A single block keeps them.

How the work is cut never depends on the machine or on what else it is doing. Where no thread can be had, the caller
does the work alone; a child that a process forks begins with threads of its own: those of its parent are not in it.
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
    if len(pieces) == 1 or cores() < 2:
        return [task(piece) for piece in pieces]
    results, left = [None] * len(pieces), list(enumerate(pieces))[::-1]

    def work():
        while left:
            try:
                place, piece = left.pop()
            except IndexError:   # another was quicker
                return
            results[place] = task(piece)

    with one_blas_thread():
        try:
            for helper in _helpers(work, min(len(pieces), cores())):
                helper.result()
            work()   # what nobody took
        finally:
            left.clear()   # after an error or an interrupt nobody begins another piece
    return results


def one_blas_thread():
    """A context in which every matrix product runs on one thread."""
    return _blas().limit(limits=1, user_api="blas")


def _helpers(work, count):
    """So many threads at `work`, or as many of them as can be had, as futures."""
    found = []
    try:
        for _ in range(count):
            # Each in a copy of this context: what the caller set with np.errstate holds there too.
            found.append(_pool().submit(contextvars.copy_context().run, work))
    except RuntimeError:   # no more threads, or Python is about to end
        if not found:
            _pool.cache_clear()   # it keeps what it could not begin
    return found


@functools.cache
def cores():
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@functools.cache
def _pool():
    from concurrent.futures import ThreadPoolExecutor  # here and below, so that `import cnnlib` stays quick

    return ThreadPoolExecutor(min(PIECES, cores()), thread_name_prefix="cnnlib")


@functools.cache
def _blas():
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _begin_again():
    for made in (cores, _pool, _blas):
        made.cache_clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_again)
