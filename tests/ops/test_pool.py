"""Pooling: against loops, SciPy's filters, and what the lessons say about ties, padding and shifts."""

import cases
import numpy as np
import oracles
import pytest
import scipy
from cases import EXACT, LAYOUTS, poolings
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn

FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])

# forward, backward, the two as loops, and further arguments.
KINDS = {
    "max": (cnn.max_pool2d, cnn.max_pool2d_backward, oracles.max_pool2d, oracles.max_pool2d_backward, {}),
    "average": (cnn.avg_pool2d, cnn.avg_pool2d_backward, oracles.avg_pool2d, oracles.avg_pool2d_backward, {}),
    "average of real cells": (
        cnn.avg_pool2d, cnn.avg_pool2d_backward, oracles.avg_pool2d, oracles.avg_pool2d_backward,
        {"count_include_pad": False},
    ),
}
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def setting(case, kind, dtype=np.float64):
    """forward(x), backward(dy, x), x and dy of a case, for one kind of pooling."""
    forward, backward, _, _, extra = KINDS[kind]
    x, arguments = case.array(dtype), case.window | extra
    dy = cases.numbers(forward(x, **arguments).shape, case.seed + 1, dtype)
    return lambda x: forward(x, **arguments), lambda dy, x: backward(dy, x, **arguments), x, dy


# The definition. -------------------------------------------------------------------------------------------------

@EACH_KIND
@settings(max_examples=examples(150))
@given(poolings())
def test_pooling_is_its_loops(kind, case):
    forward, backward, x, dy = setting(case, kind)
    _, _, forward_loop, backward_loop, extra = KINDS[kind]
    assert_allclose(forward(x), forward_loop(x, **case.window, **extra), **EXACT)
    assert_allclose(backward(dy, x), backward_loop(dy, x, **case.window, **extra), **EXACT)


def filtered_by_scipy(filter_, x, kernel_size, stride, padding, fill):
    """Frame x, filter it at every cell, keep the cells on which a window of the grid is centred."""
    framed, _, tops, lefts = oracles.padded_and_starts(x, kernel_size, stride or kernel_size, padding, fill=fill)
    Fh, Fw = oracles.both(kernel_size)
    everywhere = filter_(framed, size=(1, 1, Fh, Fw), mode="constant", cval=fill)
    return everywhere[:, :, [top + Fh // 2 for top in tops]][..., [left + Fw // 2 for left in lefts]]


@given(poolings())
def test_max_pool_is_scipy_maximum_filter(case):
    x = case.array()
    expected = filtered_by_scipy(scipy.ndimage.maximum_filter, x, **case.window, fill=-np.inf)
    assert_array_equal(cnn.max_pool2d(x, **case.window), expected)


@given(poolings())
def test_avg_pool_is_scipy_uniform_filter(case):
    x = case.array()
    means = filtered_by_scipy(scipy.ndimage.uniform_filter, x, **case.window, fill=0)
    inside = filtered_by_scipy(scipy.ndimage.uniform_filter, np.ones(x.shape), **case.window, fill=0)
    assert_allclose(cnn.avg_pool2d(x, **case.window), means, **EXACT)
    assert_allclose(cnn.avg_pool2d(x, **case.window, count_include_pad=False), means / inside, **EXACT)


@given(poolings(axes=1))
def test_pooling_a_signal_is_pooling_an_image_one_cell_high(case):
    x = case.array()
    kernel_size, stride, padding = case.window.values()
    flat = {"kernel_size": (1, kernel_size), "stride": (1, kernel_size if stride is None else stride),
            "padding": (0, padding)}
    assert_array_equal(cnn.max_pool1d(x, **case.window), cnn.max_pool2d(x[:, :, None], **flat)[:, :, 0])
    for mode in (True, False):
        signal = cnn.avg_pool1d(x, **case.window, count_include_pad=mode)
        assert_allclose(signal, cnn.avg_pool2d(x[:, :, None], **flat, count_include_pad=mode)[:, :, 0], **EXACT)


# Gradients. ------------------------------------------------------------------------------------------------------

@EACH_KIND
@settings(max_examples=examples(25))
@given(poolings())
def test_gradients_are_the_slopes(kind, case):
    """The numbers of x are all different, so a max-pool is smooth around it."""
    forward, backward, x, dy = setting(case, kind)
    slopes = oracles.numerical_gradient(lambda x: np.vdot(dy, forward(x)), x, step=1e-6)
    assert_allclose(backward(dy, x), slopes, rtol=1e-5, atol=1e-6)


@EACH_KIND
@given(poolings())
def test_gradients_are_the_adjoints(kind, case):
    """A mean is linear, and a maximum too while the same cells win: <dy, pool(x)> = <dx, x>."""
    forward, backward, x, dy = setting(case, kind)
    y = forward(x)
    assert abs(np.vdot(dy, y) - np.vdot(backward(dy, x), x)) <= 1e-12 * (1 + np.abs(dy * y).sum())


@given(poolings())
def test_first_of_equal_cells_takes_the_gradient(case):
    """Whole numbers after a ReLU: nearly every window has ties."""
    x = case.ties()
    dy = cases.numbers(cnn.max_pool2d(x, **case.window).shape, case.seed)
    assert_allclose(cnn.max_pool2d_backward(dy, x, **case.window),
                    oracles.max_pool2d_backward(dy, x, **case.window), **EXACT)


@pytest.mark.parametrize("value", [0, 7, -1], ids=["all zeros, as after ReLU", "all equal", "all -1"])
def test_ties_go_to_the_first_in_reading_order(value):
    dx = cnn.max_pool2d_backward(np.full((1, 1, 2, 2), 5.0), np.full((1, 1, 4, 4), value), 2)
    assert_array_equal(dx[0, 0], [[5, 0, 5, 0], [0, 0, 0, 0], [5, 0, 5, 0], [0, 0, 0, 0]])


def test_ties_of_overlapping_windows_add_up():
    dx = cnn.max_pool2d_backward(np.array([[[[1.0, 10], [100, 1000]]]]), np.zeros((1, 1, 3, 3)), 2, stride=1)
    assert_array_equal(dx[0, 0], [[1, 10, 0], [100, 1000, 0], [0, 0, 0]])
    # One cell that wins all four windows takes all four gradients.
    peak = np.zeros((1, 1, 3, 3))
    peak[0, 0, 1, 1] = 1
    dx = cnn.max_pool2d_backward(np.array([[[[1.0, 10], [100, 1000]]]]), peak, 2, stride=1)
    assert dx[0, 0, 1, 1] == dx.sum() == 1111


def test_cells_between_the_windows_get_nothing():
    dx = cnn.max_pool2d_backward(np.ones((1, 1, 2, 2)), np.ones((1, 1, 5, 5)), 2, stride=3)
    assert_array_equal(np.argwhere(dx[0, 0]), [[0, 0], [0, 3], [3, 0], [3, 3]])


# Padding. --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("padding", [1, "same", (1, 0)], ids=str)
def test_padding_never_wins_a_maximum(padding):
    """The slip to avoid: padding with 0 makes the border of an all -1 input 0."""
    y = cnn.max_pool2d(np.full((1, 1, 4, 4), -1.0), 3, stride=1, padding=padding)
    assert_array_equal(y, -1)
    assert_array_equal(cnn.max_pool1d(np.full((1, 1, 4), -1.0), 3, stride=1, padding="same"), -1)


def test_padding_never_wins_even_against_the_smallest_float():
    smallest = np.finfo(np.float32).min
    y = cnn.max_pool2d(np.full((1, 1, 2, 2), smallest, np.float32), 3, padding=1)
    assert_array_equal(y, smallest)


def test_padding_counts_as_zeros_in_a_mean_or_not_at_all():
    x = np.ones((1, 1, 4, 4))
    counted = cnn.avg_pool2d(x, 3, stride=1, padding=1)[0, 0]
    assert_allclose([counted[0, 0], counted[0, 1], counted[1, 1]], [4 / 9, 6 / 9, 1])
    assert_array_equal(cnn.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False), 1)


@EACH_KIND
@given(poolings())
def test_every_window_sees_at_least_one_real_cell(kind, case):
    forward, _, x, _ = setting(case, kind)
    assert np.isfinite(forward(x)).all()


# What must not matter. -------------------------------------------------------------------------------------------

@EACH_KIND
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=examples(15))
@given(case=poolings())
def test_memory_layout_does_not_matter(kind, layout, case):
    forward, backward, x, dy = setting(case, kind)
    other_x, other_dy = LAYOUTS[layout](x), LAYOUTS[layout](dy)
    assert_array_equal(forward(other_x), forward(x))
    assert_array_equal(backward(other_dy, other_x), backward(dy, x))


@EACH_KIND
@given(poolings())
def test_broadcast_arrays_are_arrays(kind, case):
    forward, backward, *arrays = setting(case, kind)
    x, dy = map(cases.repeated, arrays)
    assert_array_equal(forward(x), forward(x.copy()))
    assert_array_equal(backward(dy, x), backward(dy.copy(), x.copy()))


@EACH_KIND
@given(poolings())
def test_inputs_are_never_modified_nor_given_back(kind, case):
    forward, backward, x, dy = setting(case, kind)
    before = cases.memory_of(x, dy)
    results = forward(x), backward(dy, x)
    assert cases.memory_of(x, dy) == before
    assert not any(np.shares_memory(result, a) for result in results for a in (x, dy))


@EACH_KIND
@given(poolings())
def test_examples_and_channels_do_not_meet(kind, case):
    forward, backward, x, dy = setting(case, kind)
    y, dx = forward(x), backward(dy, x)
    for n, c in np.ndindex(*x.shape[:2]):
        one = np.s_[n:n + 1, c:c + 1]
        assert_array_equal(forward(x[one]), y[one])
        assert_array_equal(backward(dy[one], x[one]), dx[one])


# Dtypes. ---------------------------------------------------------------------------------------------------------

@EACH_KIND
@FLOATS
@given(case=poolings())
def test_floats_keep_their_dtype(kind, dtype, case):
    forward, backward, x, dy = setting(case, kind, dtype)
    exact = x.astype(np.float64), dy.astype(np.float64)
    for found, double in ((forward(x), forward(exact[0])), (backward(dy, x), backward(exact[1], exact[0]))):
        assert found.dtype == dtype
        # Sums are in single at least, and rounded once at the end.
        additions = 1000 * min(np.finfo(dtype).eps, np.finfo(np.float32).eps)
        assert_allclose(found, double, rtol=np.finfo(dtype).eps, atol=additions)


@EACH_KIND
@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@given(case=poolings())
def test_whole_numbers_become_float64(kind, dtype, case):
    forward, backward, x, dy = setting(case, kind, dtype)
    for found, double in ((forward(x), forward(x * 1.0)), (backward(dy, x), backward(dy * 1.0, x * 1.0))):
        assert found.dtype == np.float64
        assert_array_equal(found, double)


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_signals_and_global_pooling_keep_their_dtype(dtype):
    x, signal = np.ones((2, 3, 4, 4), dtype), np.ones((2, 3, 8), dtype)
    dy = np.ones((2, 3))
    for y in (cnn.max_pool1d(signal, 2), cnn.avg_pool1d(signal, 2), cnn.global_avg_pool2d(x), cnn.global_max_pool2d(x),
              cnn.global_avg_pool2d_backward(dy, x)):
        assert y.dtype == dtype


def test_half_precision_is_averaged_in_single():
    x = np.full((1, 1, 60, 60), 60000, np.float16)   # two of them together are beyond float16
    assert cnn.avg_pool2d(x, 60)[0, 0, 0, 0] == cnn.global_avg_pool2d(x)[0, 0] == np.float16(60000)


# Global pooling. -------------------------------------------------------------------------------------------------

def test_global_pooling_is_one_window_as_large_as_the_map():
    x = cases.numbers((2, 3, 4, 5), 0)
    assert_allclose(cnn.global_avg_pool2d(x), cnn.avg_pool2d(x, (4, 5))[:, :, 0, 0], **EXACT)
    assert_array_equal(cnn.global_max_pool2d(x), cnn.max_pool2d(x, (4, 5))[:, :, 0, 0])


def test_global_avg_pool_shares_its_gradient_equally():
    x, dy = cases.numbers((2, 3, 4, 5), 0), cases.numbers((2, 3), 1)
    expected = cnn.avg_pool2d_backward(dy[:, :, None, None], x, (4, 5))
    assert_allclose(cnn.global_avg_pool2d_backward(dy, x), expected, **EXACT)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_global_pooling_of_any_layout(layout):
    x, dy = cases.numbers((2, 3, 4, 5), 0), cases.numbers((2, 3), 1)
    other = LAYOUTS[layout](x)
    assert_allclose(cnn.global_avg_pool2d(other), cnn.global_avg_pool2d(x), **EXACT)
    assert_array_equal(cnn.global_max_pool2d(other), cnn.global_max_pool2d(x))
    dx = cnn.global_avg_pool2d_backward(LAYOUTS[layout](dy), other)
    assert_allclose(dx, cnn.global_avg_pool2d_backward(dy, x), **EXACT)
    assert dx.flags.writeable
    assert not np.shares_memory(dx, dy)


# Worked examples of the lessons. ---------------------------------------------------------------------------------

def test_example_max_pool_of_a_signal_and_of_its_roll():
    """Not invariant: one step to the side, and nothing is left of the pattern."""
    x = np.array([0, 0, 1, 1, 0, 0, 1, 1])
    assert_array_equal(cnn.max_pool1d(x[None, None], 2)[0, 0], [0, 1, 0, 1])
    assert_array_equal(cnn.max_pool1d(np.roll(x, 1)[None, None], 2)[0, 0], [1, 1, 1, 1])
    assert_array_equal(oracles.max_pool2d(x[None, None, None], (1, 2))[0, 0, 0], [0, 1, 0, 1])


def test_example_pooling_halves_the_size_and_keeps_the_depth():
    x = np.zeros((1, 64, 224, 224), np.float32)
    assert cnn.max_pool2d(x, 2).shape == cnn.max_pool2d(x, 2, stride=2).shape == (1, 64, 112, 112)


@pytest.mark.parametrize(("stride", "size"), [(1, 11), (2, 6), (3, 4), (None, 4)])
def test_example_windows_of_three_overlap_touch_and_default_to_touching(stride, size):
    assert cnn.max_pool2d(np.zeros((1, 1, 13, 13)), 3, stride).shape[2:] == (size, size)


def test_stride_defaults_to_each_side_of_the_window():
    x = cases.numbers((1, 1, 6, 6), 0)
    assert_array_equal(cnn.max_pool2d(x, (2, 3)), cnn.max_pool2d(x, (2, 3), stride=(2, 3)))
    assert_array_equal(cnn.avg_pool2d(x, (2, 3)), cnn.avg_pool2d(x, (2, 3), stride=(2, 3)))
