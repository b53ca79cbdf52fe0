"""Small networks run their matrix products on one thread, large ones on all."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

import cnnlib.nn as nn
from cnnlib.nn.threads import SMALL, suitable_threads


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


@pytest.fixture
def two_threads():
    """Two threads to begin with, whatever the machine has."""
    with threadpool_limits(limits=2, user_api="blas"):
        yield


class Spy(nn.Layer):
    """Notes how many threads there are when it runs."""

    def __init__(self):
        self.seen = []

    def forward(self, x):
        self.seen.append(blas_threads())
        return self._remember(x, True)

    def backward(self, dy, need_dx=True):
        return dy


def test_the_limit_depends_on_the_work(two_threads):
    wide = nn.Linear(1000, SMALL // 1000)   # a thousand million multiplications for one example
    for model, batch, expected in ((wide, 1, 2), (nn.Linear(1000, 1000), 1000, 2), (nn.Linear(1000, 1000), 999, 1)):
        with suitable_threads(model, (batch, 1000)):
            assert blas_threads() == {expected}
        assert blas_threads() == {2}


def test_fit_and_predict_use_it_and_put_it_back(two_threads):
    spy = Spy()
    x, y = np.zeros((4, 3)), np.array([0, 1, 0, 1])
    nn.fit(nn.Sequential(spy, nn.Linear(3, 2)), (x, y), epochs=1, validation=(x, y), progress=False)
    assert spy.seen and all(threads == {1} for threads in spy.seen)
    assert blas_threads() == {2}


def test_a_shape_that_does_not_fit_is_left_to_the_forward_pass():
    with pytest.raises(ValueError, match="layer"):
        nn.predict(nn.Sequential(nn.Linear(3, 2)), np.zeros((4, 5)))
