"""Work cut into pieces: nothing lost, order kept, the same bits on any number of cores."""

import functools
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from cnnlib.ops import conv, parallel, pool, window

ROOT = Path(__file__).resolve().parents[2]


def cores(monkeypatch, number):
    """As if the machine had this many cores."""
    monkeypatch.setattr(parallel, "cores", lambda: number)


@pytest.mark.parametrize("count", [1, 3, 4, 5, 100])
def test_cut_covers_everything_once_and_evenly(count):
    pieces = [list(range(count))[piece] for piece in parallel.cut(count)]
    assert [n for piece in pieces for n in piece] == list(range(count))
    assert max(map(len, pieces)) - min(map(len, pieces)) <= 1 and len(pieces) <= parallel.PIECES


@pytest.mark.parametrize("number", [1, 2])
def test_results_come_in_order_and_errors_come_out(monkeypatch, number):
    cores(monkeypatch, number)
    assert parallel.run(lambda n: n * n, [3, 1, 2]) == [9, 1, 4]
    with pytest.raises(ZeroDivisionError):
        parallel.run(lambda n: 1 / n, [1, 0])


def test_pieces_run_in_other_threads_with_one_blas_thread_and_the_settings_of_the_caller(monkeypatch):
    cores(monkeypatch, 2)

    def look(_):
        blas = {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}
        return threading.current_thread().name.startswith("cnnlib"), blas, np.geterr()["over"]

    with threadpool_limits(limits=2, user_api="blas"), np.errstate(over="raise"):
        assert parallel.run(look, [0, 1]) == [(True, {1}, "raise")] * 2
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {2}


def test_an_error_ends_the_work(monkeypatch):
    cores(monkeypatch, 2)
    begun = []

    def task(n):
        begun.append(n)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        parallel.run(task, list(range(100)))
    assert len(begun) <= 2


# --- without threads, and in a child ----------------------------------------------------------------------------------

@pytest.mark.parametrize("spare", [0, 1])
def test_where_no_thread_can_be_had_the_work_is_done_all_the_same(monkeypatch, spare):
    """Each piece once; and when there are threads again, they are used."""
    cores(monkeypatch, 2)
    monkeypatch.setattr(parallel, "_pool", functools.cache(parallel._pool.__wrapped__))
    start, done = threading.Thread.start, []

    def limited(self):
        nonlocal spare
        if not spare:
            raise RuntimeError("can't start new thread")
        spare -= 1
        start(self)

    monkeypatch.setattr(threading.Thread, "start", limited)
    for _ in range(3):
        assert parallel.run(lambda n: done.append(n) or 2 * n, [1, 2, 3]) == [2, 4, 6]
    assert sorted(done) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    monkeypatch.setattr(threading.Thread, "start", start)
    assert all(name.startswith("cnnlib") for name in parallel.run(lambda _: threading.current_thread().name, [1, 2]))


CHILD = """
import functools, multiprocessing, os, threading
from cnnlib.ops import parallel
parallel.cores = functools.cache(lambda: 2)
def work(n):
    threads = parallel.run(lambda _: threading.current_thread(), [1, 2, 3])
    return os.getpid(), n, all(thread.is_alive() for thread in threads)
assert work(5) == (os.getpid(), 5, True)
held, go_on = threading.Event(), threading.Event()
def hold(_):
    held.set()
    go_on.wait()
other = threading.Thread(target=parallel.run, args=(hold, [1, 2]))   # meanwhile its own threads are at work
other.start()
held.wait()
with multiprocessing.get_context("fork").Pool(2) as pool:
    found = pool.map_async(work, range(8)).get(60)
go_on.set()
other.join()
assert [rest for _, *rest in found] == [[n, True] for n in range(8)], found
assert os.getpid() not in {pid for pid, *_ in found}
print("done")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are those of POSIX")
def test_a_forked_child_works_with_threads_of_its_own():
    """Though those of its parent are at work."""
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.stdout == "done\n", done.stderr


@pytest.mark.parametrize("groups", [1, 2, 6])
def test_the_number_of_cores_does_not_change_a_bit(monkeypatch, groups):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(3, 6, 9, 8)), rng.normal(size=(12, 6 // groups, 3, 3))
    g = window.geometry((9, 8), (3, 3), 1, 1)
    dy = rng.normal(size=(3, 12, 9, 8))
    monkeypatch.setattr(conv, "BLOCK_BYTES", 20_000)   # several blocks
    results = []
    for number in (1, 2):
        cores(monkeypatch, number)
        y, cache = conv.forward(x, w, None, g)
        results.append((y, conv.weight_gradient(dy, cache, w, g), conv.input_gradient(dy, w, g, x.shape)))
    with threadpool_limits(limits=1, user_api="blas"):
        for one, two in zip(*results, strict=True):
            assert np.array_equal(one, two)


@pytest.mark.parametrize(("kernel_size", "stride", "padding"), [(2, 2, 0), (2, 2, 1), (3, 2, 1)])
def test_poolings_shared_among_threads_are_the_same(monkeypatch, kernel_size, stride, padding):
    x = np.random.default_rng(0).integers(0, 3, (2, 7, 9, 8)).astype(float)   # with ties
    g = pool.window(x.shape[2:], kernel_size, stride, padding)
    y = pool.max_forward(x, g)
    dx = pool.max_backward(y, x, y, g)
    cores(monkeypatch, 2)
    monkeypatch.setattr(pool, "LARGE", 0)
    assert len(parallel.cut(x.shape[1])) > 1
    assert np.array_equal(pool.max_forward(x, g), y)
    assert np.array_equal(pool.max_backward(y, x, y, g), dx)
