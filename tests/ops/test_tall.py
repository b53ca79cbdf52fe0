"""Several output rows in one go: the same numbers as row by row, and never a trace of the zeros in between."""

import cases
import numpy as np
import pytest
from cases import EXACT, convolutions
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import cnnlib as cnn
from cnnlib.ops import conv, tall


def arrays(filters=2, kernel=3, height=9, groups=1, seed=0):
    """x with two channels a group, `filters` a group, and the geometry between them."""
    x = cases.numbers((2, 2 * groups, height, 5), seed)
    w = cases.numbers((filters * groups, 2, kernel, 3), seed + 1)
    return x, w, conv.geometry(x.shape[2:], w.shape[2:], 1, 0)


@given(convolutions())
def test_rows_in_one_go_are_the_rows_one_by_one(case):
    x, w, b = case.arrays()
    y = cnn.conv2d(x, w, b, **case.geometry)
    dy = cases.numbers(y.shape, case.seed + 3)
    gradients = cnn.conv2d_backward(dy, x, w, **case.geometry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tall, "rows", lambda w, g, groups: 1)
        assert_allclose(cnn.conv2d(x, w, b, **case.geometry), y, **EXACT)
        for same, gradient in zip(cnn.conv2d_backward(dy, x, w, **case.geometry), gradients, strict=True):
            assert_allclose(same, gradient, **EXACT)


@pytest.mark.parametrize(
    ("filters", "height", "q"),
    [(2, 10, 4), (8, 10, 4), (16, 10, 2), (17, 10, 1), (2, 9, 1), (2, 12, 2), (12, 12, 2), (1, 8, 3)],
)
def test_how_many_rows(filters, height, q):
    """At most 4 rows of a 3x3 filter, at most 32 filters, and a divisor of the output's rows."""
    _, w, g = arrays(filters, height=height)
    assert tall.rows(w, g, groups=1) == q
    _, w, g = arrays(filters, height=height, groups=3)
    assert tall.rows(w, g, groups=3) == q, "what counts is the filters of a group"


def test_only_where_rows_share_cells():
    w = np.ones((1, 1, 3, 3))
    assert tall.rows(w, conv.geometry((10, 10), (3, 3), 1, 0), 1) > 1
    assert tall.rows(w, conv.geometry((17, 17), (3, 3), 2, 0), 1) == 1
    assert tall.rows(w, conv.geometry((12, 12), (3, 3), 1, 0, 2), 1) == 1
    assert tall.rows(w[:, :, :1], conv.geometry((8, 10), (1, 3), 1, 0), 1) == 1


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3))
def test_the_way_back_is_the_transpose_of_the_way_there(K, q, Fh):
    """<A w, z> = <w, Aᵀ z>, for the filters and for the rows of the output."""
    w, z = cases.numbers((K, 2, Fh, 3), 1), cases.numbers((K * q, 2, Fh + q - 1, 3), 2)
    assert_allclose((tall.filters(w, q) * z).sum(), (w * tall.filters_back(z, q)).sum(), **EXACT)
    y = cases.numbers((2, K * q, 3, 4), 3)
    assert_array_equal(tall.output_back(tall.output(y, q), q), y)


def test_rows_are_where_they_belong():
    """Copy i of a filter makes the rows i, q + i, 2q + i, ..."""
    y = np.arange(12.0).reshape(1, 6, 2, 1)   # 2 filters, 3 copies of each, 2 rows of one cell
    assert_array_equal(tall.output(y, 3)[0, :, :, 0], [[0, 2, 4, 1, 3, 5], [6, 8, 10, 7, 9, 11]])


def test_an_infinity_stays_within_its_windows():
    """The zeros between the copies are never multiplied with it: that would be NaN."""
    x, w, g = arrays(height=10)
    assert tall.rows(w, g, 1) > 1
    x[0, 0, 5, 2] = np.inf
    y, cache = conv.forward(x, w, None, g)
    reached = np.isinf(y).any(axis=(0, 1, 3))
    assert not np.isnan(y).any() and reached.nonzero()[0].tolist() == [3, 4, 5]
    dy = np.ones_like(y)
    dw = conv.weight_gradient(dy, cache, w, g)
    assert np.isinf(dw[:, 0]).all() and np.isfinite(dw[:, 1]).all()
    dy[0, 0, 5, 1] = np.inf
    dx = conv.input_gradient(dy, w, g, x.shape)
    assert np.isinf(dx).any(axis=(0, 1, 3)).nonzero()[0].tolist() == [5, 6, 7] and not np.isnan(dx).any()
