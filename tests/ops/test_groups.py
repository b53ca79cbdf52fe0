"""Grouped and depthwise convolution: each group is a convolution of its own, and nothing passes between groups."""

from dataclasses import dataclass

import by_scipy
import cases
import numpy as np
import oracles
import pytest
from cases import EXACT, LAYOUTS, convolutions
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn
from cnnlib.ops import conv

OPERATIONS = {1: (cnn.conv1d, cnn.conv1d_backward), 2: (cnn.conv2d, cnn.conv2d_backward)}
LOOPS = {1: oracles.conv1d, 2: oracles.conv2d}
AXES = pytest.mark.parametrize("axes", [1, 2], ids=["1-D", "2-D"])


@dataclass(frozen=True)
class Grouped:
    """A drawn convolution whose channels and filters come in `groups`; geometry includes them."""

    x_shape: tuple
    w_shape: tuple
    geometry: dict
    seed: int

    def arrays(self, dtype=np.float64):
        """x, w, b and dy."""
        x, w, b = (cases.numbers(s, self.seed + i, dtype) for i, s in enumerate((self.x_shape, self.w_shape,
                                                                                 self.w_shape[:1])))
        y = OPERATIONS[len(self.x_shape) - 2][0](x, w, b, **self.geometry)
        return x, w, b, cases.numbers(y.shape, self.seed + 3, dtype)


@st.composite
def groupings(draw, axes=2, most=2):
    """Two to four groups of one to `most` channels (one: depthwise) and as many filters, or more, or fewer."""
    case, groups = draw(convolutions(axes, most)), draw(st.integers(2, 4))
    (N, C, *size), (K, _, *kernel) = case.x_shape, case.w_shape
    return Grouped((N, groups * C, *size), (groups * K, C, *kernel), {**case.geometry, "groups": groups}, case.seed)


# The definition. -------------------------------------------------------------------------------------------------

@AXES
@settings(max_examples=examples(100))
@given(st.data())
def test_every_group_is_the_loops_on_its_own_channels(axes, data):
    case = data.draw(groupings(axes))
    x, w, b, _ = case.arrays()
    for bias in (b, None):
        expected = oracles.grouped(LOOPS[axes], x, w, bias, **case.geometry)
        assert_allclose(OPERATIONS[axes][0](x, w, bias, **case.geometry), expected, **EXACT)


@AXES
@given(st.data())
def test_every_group_is_scipy(axes, data):
    case = data.draw(groupings(axes))
    x, w, b, _ = case.arrays()
    expected = oracles.grouped(by_scipy.convolution, x, w, b, **case.geometry)
    assert_allclose(OPERATIONS[axes][0](x, w, b, **case.geometry), expected, **EXACT)


@settings(max_examples=examples(100))
@given(groupings())
def test_gradients_are_those_of_the_loops(case):
    x, w, _, dy = case.arrays()
    expected = oracles.grouped_backward(oracles.conv2d_backward, dy, x, w, **case.geometry)
    for found, loops in zip(cnn.conv2d_backward(dy, x, w, **case.geometry), expected, strict=True):
        assert_allclose(found, loops, **EXACT)


@AXES
@given(st.data())
def test_groups_are_a_dense_filter_with_blocks_of_zeros(axes, data):
    """Forward, and backward: dw of the dense filter, read where the blocks are."""
    case = data.draw(groupings(axes))
    forward, backward = OPERATIONS[axes]
    x, w, b, dy = case.arrays()
    geometry = {**case.geometry}
    groups = geometry.pop("groups")
    dense = np.zeros((len(w), x.shape[1], *w.shape[2:]))
    K, C = len(w) // groups, w.shape[1]
    blocks = [np.s_[g * K:(g + 1) * K, g * C:(g + 1) * C] for g in range(groups)]
    for g, block in enumerate(blocks):
        dense[block] = w[g * K:(g + 1) * K]
    assert_allclose(forward(x, w, b, **case.geometry), forward(x, dense, b, **geometry), **EXACT)
    dx, dw, db = backward(dy, x, w, **case.geometry)
    dense_dx, dense_dw, dense_db = backward(dy, x, dense, **geometry)
    assert_allclose(dx, dense_dx, **EXACT)
    assert_allclose(dw, np.concatenate([dense_dw[block] for block in blocks]), **EXACT)
    assert_allclose(db, dense_db, **EXACT)


@AXES
@given(st.data())
def test_depthwise_is_one_filter_per_channel(axes, data):
    case = data.draw(convolutions(axes, most=1))
    (N, _, *size), kernel = case.x_shape, case.w_shape[2:]
    x, w = cases.numbers((N, 3, *size), case.seed), cases.numbers((3, 1, *kernel), case.seed + 1)
    y = OPERATIONS[axes][0](x, w, groups=3, **case.geometry)
    one = {1: cnn.correlate1d, 2: cnn.correlate2d}[axes]
    for n in range(N):
        for c in range(3):
            assert_allclose(y[n, c], one(x[n, c], w[c, 0], **case.geometry), **EXACT)


# Its mathematics. ------------------------------------------------------------------------------------------------

@AXES
@given(st.data())
def test_gradients_are_the_adjoints(axes, data):
    case = data.draw(groupings(axes))
    forward, backward = OPERATIONS[axes]
    x, w, _, dy = case.arrays()
    y, (dx, dw, db) = forward(x, w, **case.geometry), backward(dy, x, w, **case.geometry)
    scale = np.abs(dy * y).sum() + 1
    assert abs(np.vdot(dy, y) - np.vdot(dx, x)) <= 1e-12 * scale
    assert abs(np.vdot(dy, y) - np.vdot(dw, w)) <= 1e-12 * scale
    assert_allclose(db, np.moveaxis(dy, 1, 0).reshape(len(db), -1).sum(axis=1), **EXACT)


@AXES
@settings(max_examples=examples(15))
@given(st.data())
def test_gradients_are_the_slopes(axes, data):
    case = data.draw(groupings(axes, most=1))
    forward, backward = OPERATIONS[axes]
    x, w, b, dy = case.arrays()
    arrays, slopes = [x, w, b], {"rtol": 1e-6, "atol": 1e-7}
    for i, gradient in enumerate(backward(dy, x, w, **case.geometry)):
        def loss(array, i=i):
            return np.vdot(dy, forward(*arrays[:i], array, *arrays[i + 1:], **case.geometry))

        assert_allclose(gradient, oracles.numerical_gradient(loss, arrays[i]), **slopes)


@given(groupings(), st.data())
def test_groups_do_not_meet(case, data):
    """Other numbers in one group: outputs and gradients of the others stay, to the last bit."""
    groups = case.geometry["groups"]
    g = data.draw(st.integers(0, groups - 1))
    x, w, b, dy = case.arrays()
    before = [cnn.conv2d(x, w, b, **case.geometry), *cnn.conv2d_backward(dy, x, w, **case.geometry)]
    x, w, dy = x.copy(), w.copy(), dy.copy()
    for array, axis in ((x, 1), (w, 0), (dy, 1)):
        list(oracles.by_group(array, axis, groups))[g][...] += 10
    after = [cnn.conv2d(x, w, b, **case.geometry), *cnn.conv2d_backward(dy, x, w, **case.geometry)]
    for old, new, axis in zip(before, after, (1, 1, 0, 0), strict=True):
        pairs = zip(oracles.by_group(old, axis, groups), oracles.by_group(new, axis, groups), strict=True)
        for i, (group_old, group_new) in enumerate(pairs):
            if i != g:
                assert_array_equal(group_new, group_old)


# What must not matter. -------------------------------------------------------------------------------------------

@AXES
@pytest.mark.parametrize("layout", [*LAYOUTS, "strides of zero"])
@settings(max_examples=examples(10))
@given(st.data())
def test_memory_layout_does_not_matter(axes, layout, data):
    case = data.draw(groupings(axes))
    forward, backward = OPERATIONS[axes]
    x, w, b, dy = case.arrays()
    if layout == "strides of zero":
        other = [cases.repeated(a) for a in (dy, x, w)]
        dy, x, w = (a.copy() for a in other)
    else:
        other = [LAYOUTS[layout](a) for a in (dy, x, w)]
    before = cases.memory_of(*other)
    results = [forward(*other[1:], b, **case.geometry), *backward(*other, **case.geometry)]
    expected = [forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)]
    for found, same in zip(results, expected, strict=True):
        assert_allclose(found, same, **EXACT)
        assert not any(np.shares_memory(found, a) for a in other)
    assert cases.memory_of(*other) == before


@given(groupings())
def test_examples_of_a_batch_do_not_meet(case):
    x, w, b, dy = case.arrays()
    y, (dx, dw, db) = cnn.conv2d(x, w, b, **case.geometry), cnn.conv2d_backward(dy, x, w, **case.geometry)
    one = [np.s_[n:n + 1] for n in range(len(x))]
    alone = [cnn.conv2d_backward(dy[n], x[n], w, **case.geometry) for n in one]
    assert_allclose(np.concatenate([cnn.conv2d(x[n], w, b, **case.geometry) for n in one]), y, **EXACT)
    assert_allclose(np.concatenate([gradients[0] for gradients in alone]), dx, **EXACT)
    assert_allclose(sum(gradients[1] for gradients in alone), dw, **EXACT)
    assert_allclose(sum(gradients[2] for gradients in alone), db, **EXACT)


@pytest.mark.parametrize("block_bytes", [1, 3000], ids=["one row at a time", "a few rows at a time"])
@AXES
@given(st.data())
def test_size_of_the_blocks_does_not_matter(axes, block_bytes, data):
    case = data.draw(groupings(axes))
    forward, backward = OPERATIONS[axes]
    x, w, b, dy = case.arrays()
    expected = [forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conv, "BLOCK_BYTES", block_bytes)
        found = [forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)]
    for a, same in zip(found, expected, strict=True):
        assert_allclose(a, same, **EXACT)


@pytest.mark.parametrize(("C", "K", "groups"), [(9, 5, 1), (12, 8, 2), (9, 6, 3), (10, 20, 10), (21, 7, 7)])
def test_more_channels_and_groups_than_pieces(C, K, groups, monkeypatch):
    """Large work is cut by channel or by group, unevenly where their number asks for it."""
    monkeypatch.setattr(conv, "BLOCK_BYTES", 1)
    x, w, b = cases.numbers((2, C, 7, 4), 0), cases.numbers((K, C // groups, 3, 2), 1), cases.numbers(K, 2)
    geometry = {"stride": (1, 2), "padding": 1, "groups": groups}
    y = cnn.conv2d(x, w, b, **geometry)
    assert_allclose(y, oracles.grouped(oracles.conv2d, x, w, b, **geometry), **EXACT)
    dy = cases.numbers(y.shape, 3)
    expected = oracles.grouped_backward(oracles.conv2d_backward, dy, x, w, **geometry)
    for found, loops in zip(cnn.conv2d_backward(dy, x, w, **geometry), expected, strict=True):
        assert_allclose(found, loops, **EXACT)


@AXES
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
@settings(max_examples=examples(30))
@given(st.data())
def test_floats_keep_their_dtype(axes, dtype, data):
    case = data.draw(groupings(axes))
    forward, backward = OPERATIONS[axes]

    def all_four(x, w, b, dy):
        return forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)

    arrays = case.arrays(dtype)
    doubles = [a.astype(np.float64) for a in arrays]
    results, exact, sizes = all_four(*arrays), all_four(*doubles), all_four(*map(np.abs, doubles))
    for found, double, size in zip(results, exact, sizes, strict=True):
        assert found.dtype == dtype
        assert np.all(np.abs(found - double) <= cases.rounding(dtype, double, size))


@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@settings(max_examples=examples(30))
@given(groupings())
def test_whole_numbers_become_float64_and_stay_exact(dtype, case):
    x, w, b, dy = case.arrays(dtype)
    doubles = [a.astype(np.float64) for a in (x, w, b, dy)]
    expected = [cnn.conv2d(*doubles[:3], **case.geometry), *cnn.conv2d_backward(doubles[3], *doubles[:2],
                                                                               **case.geometry)]
    found = [cnn.conv2d(x, w, b, **case.geometry), *cnn.conv2d_backward(dy, x, w, **case.geometry)]
    for a, double in zip(found, expected, strict=True):
        assert a.dtype == np.float64
        assert_array_equal(a, double)


# Worked examples. ------------------------------------------------------------------------------------------------

def test_example_two_groups_by_hand():
    x = np.array([1.0, 10, 100, 1000]).reshape(1, 4, 1, 1)
    w = np.array([[1.0, 2], [3, 4], [5, 6], [7, 8]]).reshape(4, 2, 1, 1)   # two filters for each pair of channels
    assert_array_equal(cnn.conv2d(x, w, groups=2).ravel(), [21, 43, 6500, 8700])


@pytest.mark.parametrize(("groups", "weights"), [(1, 36864), (2, 18432), (64, 576)])
def test_example_weights_of_64_filters_3x3_on_64_channels(groups, weights):
    w = np.zeros((64, 64 // groups, 3, 3), np.float32)
    assert w.size == weights
    assert cnn.conv2d(np.zeros((1, 64, 8, 8), np.float32), w, padding=1, groups=groups).shape == (1, 64, 8, 8)


@pytest.mark.parametrize("groups", [np.int8(2), np.uint64(2)])
def test_groups_may_be_a_numpy_integer(groups):
    x, w = cases.numbers((1, 4, 5, 5), 0), cases.numbers((2, 2, 3, 3), 1)
    assert_array_equal(cnn.conv2d(x, w, groups=groups), cnn.conv2d(x, w, groups=2))
