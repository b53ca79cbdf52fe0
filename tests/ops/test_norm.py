"""Batch normalisation, the operation: against loops, its gradients, its precision."""

import cases
import numpy as np
import oracles
import pytest
from cases import EXACT, LAYOUTS
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn

shapes = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 5), st.integers(1, 5))
several = shapes.filter(lambda shape: shape[0] * shape[2] * shape[3] > 1)
seeds = st.integers(0, 999)
FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


def arrays(shape, seed, dtype=np.float64):
    """x, gamma, beta and dy."""
    C = shape[1:2]
    return [cases.numbers(s, seed + i, dtype) for i, s in enumerate((shape, C, C, shape))]


# The operation. --------------------------------------------------------------------------------------------------

@settings(max_examples=examples(200))
@given(shapes, seeds, st.sampled_from([1e-5, 1e-3, 1.0]))
def test_forward_is_the_loops(shape, seed, eps):
    x, gamma, beta, _ = arrays(shape, seed)
    assert_allclose(cnn.batch_norm2d(x, gamma, beta, eps=eps), oracles.batch_norm2d(x, gamma, beta, eps=eps), **EXACT)
    mean, var = cases.numbers(shape[1], seed + 4), cases.numbers(shape[1], seed + 5) ** 2
    expected = oracles.batch_norm2d(x, gamma, beta, mean, var, eps)
    assert_allclose(cnn.batch_norm2d(x, gamma, beta, mean, var, eps), expected, **EXACT)


@given(several, seeds)
def test_every_channel_ends_with_mean_beta_and_deviation_gamma(shape, seed):
    x, gamma, beta, _ = arrays(shape, seed)
    x = 5 * x + 3
    spread = x.std(axis=(0, 2, 3))
    y = cnn.batch_norm2d(x, gamma, beta, eps=1e-12)
    assert_allclose(y.mean(axis=(0, 2, 3)), beta, **EXACT)
    assert_allclose(y.std(axis=(0, 2, 3))[spread > 0.01], np.abs(gamma)[spread > 0.01], rtol=1e-6)


@given(several, seeds, st.floats(0.1, 100), st.floats(-100, 100))
def test_contrast_and_brightness_of_a_channel_do_not_matter(shape, seed, contrast, brightness):
    x, gamma, beta, _ = arrays(shape, seed)
    y = cnn.batch_norm2d(x, gamma, beta, eps=1e-5)
    brighter = cnn.batch_norm2d(x * contrast + brightness, gamma, beta, eps=1e-5 * contrast**2)
    assert_allclose(brighter, y, rtol=1e-6, atol=1e-6)


@given(shapes, seeds, st.data())
def test_channels_do_not_meet(shape, seed, data):
    x, gamma, beta, dy = arrays(shape, seed)
    c = data.draw(st.integers(0, shape[1] - 1))
    y, gradients = cnn.batch_norm2d(x, gamma, beta), cnn.batch_norm2d_backward(dy, x, gamma)
    one = np.s_[:, c:c + 1]
    assert_allclose(cnn.batch_norm2d(x[one], gamma[c:c + 1], beta[c:c + 1]), y[one], **EXACT)
    alone = cnn.batch_norm2d_backward(dy[one], x[one], gamma[c:c + 1])
    for found, whole in zip(alone, (gradients[0][one], gradients[1][c], gradients[2][c]), strict=True):
        assert_allclose(np.squeeze(found), np.squeeze(whole), **EXACT)


@given(shapes, seeds)
def test_with_given_statistics_examples_do_not_meet(shape, seed):
    x, gamma, beta, _ = arrays(shape, seed)
    statistics = np.arange(shape[1]), np.arange(shape[1]) + 0.5
    y = cnn.batch_norm2d(x, gamma, beta, *statistics)
    for n in range(len(x)):
        assert_allclose(cnn.batch_norm2d(x[n:n + 1], gamma, beta, *statistics), y[n:n + 1], **EXACT)


@given(shapes, seeds)
def test_the_statistics_of_the_batch_given_are_those_it_finds(shape, seed):
    x, gamma, beta, _ = arrays(shape, seed)
    mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
    assert_allclose(cnn.batch_norm2d(x, gamma, beta, mean, var), cnn.batch_norm2d(x, gamma, beta), **EXACT)


def test_example_four_values_by_hand():
    x = np.array([1.0, 3, 5, 7]).reshape(2, 1, 1, 2)   # mean 4, variance (9 + 1 + 1 + 9) / 4 = 5
    y = cnn.batch_norm2d(x, [2], [10], eps=4)          # the root of 5 + 4 is 3
    assert_allclose(y.ravel(), [10 + 2 * d / 3 for d in (-3, -1, 1, 3)], **EXACT)
    y = cnn.batch_norm2d(x, [2], [10], mean=[1], var=[12], eps=4)
    assert_array_equal(y.ravel(), [10, 11, 12, 13])


def test_a_constant_channel_becomes_beta():
    x = np.full((2, 1, 3, 3), 0.1)
    assert_allclose(cnn.batch_norm2d(x, [5], [7]), np.full(x.shape, 7.0), **EXACT)
    assert np.isfinite(cnn.batch_norm2d_backward(x, x, [5])[0]).all()


# Its gradients. --------------------------------------------------------------------------------------------------

@settings(max_examples=examples(40))
@given(several, seeds, st.sampled_from([1e-3, 0.1]))
def test_gradients_are_the_slopes(shape, seed, eps):
    x, gamma, beta, dy = arrays(shape, seed)
    x = x + cases.numbers(shape, seed + 9) * 0.5
    values = [x, gamma, beta]
    for i, gradient in enumerate(cnn.batch_norm2d_backward(dy, x, gamma, eps)):
        def loss(array, i=i):
            return np.vdot(dy, cnn.batch_norm2d(*values[:i], array, *values[i + 1:], eps=eps))

        numeric = oracles.numerical_gradient(loss, values[i], step=1e-4 * eps**0.5)
        assert_allclose(gradient, numeric, rtol=1e-5, atol=1e-5 * (np.abs(numeric).max() + 1))


@given(several, seeds)
def test_dx_sums_to_zero_in_every_channel_and_is_blind_to_contrast(shape, seed):
    """The output does not change when all x move alike; nor, but for eps, when their distances grow alike."""
    x, gamma, _, dy = arrays(shape, seed)
    dx, dgamma, dbeta = cnn.batch_norm2d_backward(dy, x, gamma, eps=1e-9)
    size = np.abs(dx).sum(axis=(0, 2, 3)) + 1
    assert np.all(np.abs(dx.sum(axis=(0, 2, 3))) <= 1e-9 * size)
    spread = x.std(axis=(0, 2, 3))
    along_x = (dx * (x - x.mean(axis=(0, 2, 3), keepdims=True))).sum(axis=(0, 2, 3))
    assert np.all(np.abs(along_x)[spread > 0.1] <= 1e-6 * size[spread > 0.1])
    assert_allclose(dbeta, dy.sum(axis=(0, 2, 3)), **EXACT)
    normal = cnn.batch_norm2d(x, np.ones(shape[1]), np.zeros(shape[1]), eps=1e-9)
    assert_allclose(dgamma, (dy * normal).sum(axis=(0, 2, 3)), **EXACT)


# What must not matter. -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("layout", [*LAYOUTS, "strides of zero"])
@settings(max_examples=examples(20))
@given(shapes, seeds)
def test_memory_layout_does_not_matter(layout, shape, seed):
    x, gamma, beta, dy = arrays(shape, seed)
    lay = cases.repeated if layout == "strides of zero" else LAYOUTS[layout]
    other = lay(x), lay(dy)
    x, dy = (np.array(a, np.float64, order="C") for a in other)
    before = cases.memory_of(*other, gamma, beta)
    found = [cnn.batch_norm2d(other[0], gamma, beta), *cnn.batch_norm2d_backward(other[1], other[0], gamma)]
    assert cases.memory_of(*other, gamma, beta) == before
    assert not any(np.shares_memory(result, a) for result in found for a in (*other, gamma, beta))
    expected = [cnn.batch_norm2d(x, gamma, beta), *cnn.batch_norm2d_backward(dy, x, gamma)]
    for a, b in zip(found, expected, strict=True):
        assert_allclose(a, b, **EXACT)


@FLOATS
@given(several, seeds)
def test_floats_keep_their_dtype(dtype, shape, seed):
    x, gamma, beta, dy = arrays(shape, seed, dtype)
    found = [cnn.batch_norm2d(x, gamma, beta, eps=0.1), *cnn.batch_norm2d_backward(dy, x, gamma, eps=0.1)]
    x, gamma, beta, dy = (a.astype(np.float64) for a in (x, gamma, beta, dy))
    exact = [cnn.batch_norm2d(x, gamma, beta, eps=0.1), *cnn.batch_norm2d_backward(dy, x, gamma, eps=0.1)]
    for a, b in zip(found, exact, strict=True):
        assert a.dtype == dtype
        close = 20 * np.finfo(dtype).eps if dtype == np.float16 else 200 * np.finfo(dtype).eps
        assert_allclose(a, b, rtol=close, atol=close * (np.abs(b).max() + 10))


@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@given(shapes, seeds)
def test_whole_numbers_become_float64(dtype, shape, seed):
    whole = arrays(shape, seed, dtype)
    x, gamma, beta, dy = (a.astype(np.float64) for a in whole)
    found = [cnn.batch_norm2d(*whole[:3]), *cnn.batch_norm2d_backward(whole[3], *whole[:2])]
    expected = [cnn.batch_norm2d(x, gamma, beta), *cnn.batch_norm2d_backward(dy, x, gamma)]
    for a, b in zip(found, expected, strict=True):
        assert a.dtype == np.float64
        assert_array_equal(a, b)


# Precision: a mean of 10000 and a deviation of 0.01. -------------------------------------------------------------

@pytest.mark.parametrize(("dtype", "close"), [(np.float32, 1e-5), (np.float64, 1e-9)])
@pytest.mark.parametrize("shape", [(4, 2, 5, 5), (2, 3, 64, 64)])
def test_a_large_mean_does_not_drown_the_spread(dtype, close, shape):
    """Float32 knows 10000 to 0.0005, a twentieth of the deviation: no mean of that precision would do."""
    x = (1e4 + 1e-2 * cases.numbers(shape, 0)).astype(dtype)
    gamma, beta, dy = np.linspace(1, 2, shape[1]), np.linspace(-1, 1, shape[1]), cases.numbers(shape, 1)
    mean, var = oracles.channel_moments(x)
    expected = oracles.batch_norm2d(x, gamma, beta, mean, var, eps=1e-10)
    assert_allclose(cnn.batch_norm2d(x, gamma, beta, eps=1e-10), expected, rtol=0, atol=10 * close)
    dx, dgamma, dbeta = cnn.batch_norm2d_backward(dy.astype(dtype), x, gamma, eps=1e-10)
    assert dx.dtype == dgamma.dtype == dbeta.dtype == dtype
    exact = cnn.batch_norm2d_backward(dy, x.astype(np.float64) - 1e4, gamma, eps=1e-10)
    for found, b in zip((dx, dgamma, dbeta), exact, strict=True):
        assert_allclose(found, b, rtol=0, atol=10 * close * np.abs(b).max())


def test_given_statistics_are_not_rounded_before_they_meet_x():
    x = np.float32(1e4) + np.linspace(-0.02, 0.02, 9, dtype=np.float32).reshape(1, 1, 3, 3)
    mean, var = np.array([1e4 + 2e-4]), np.array([1e-4])
    y = cnn.batch_norm2d(x, [1], [0], mean, var, eps=1e-10)
    assert_allclose(y, oracles.batch_norm2d(x, [1], [0], mean, var, 1e-10), rtol=0, atol=1e-5)


def test_many_numbers_in_single_precision():
    x = np.abs(cases.numbers((8, 2, 200, 200), 0, np.float32)) + 100
    y = cnn.batch_norm2d(x, [1, 1], [0, 0]).astype(np.float64)
    assert_allclose(y.mean(axis=(0, 2, 3)), 0, atol=1e-6)
    assert_allclose(y.std(axis=(0, 2, 3)), 1 / np.sqrt(1 + 1e-5 / x.astype(float).var(axis=(0, 2, 3))), atol=1e-6)
