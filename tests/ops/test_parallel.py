"""Work cut into pieces: nothing lost, order kept, the same bits on any number of cores."""

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from cnnlib.ops import conv, parallel, pool, window


def cores(monkeypatch, number):
    """As if the machine had this many cores."""
    monkeypatch.setattr(parallel, "_cores", lambda: number)


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
