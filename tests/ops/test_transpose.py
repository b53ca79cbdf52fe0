"""Transposed convolution, forward and backward: against loops, as the way back of a convolution, and by hand."""

import cases
import numpy as np
import oracles
import pytest
import scipy
from cases import EXACT, LAYOUTS, transposed
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn
from cnnlib.ops import conv

FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


def both_ways(case, x, w, b, dy):
    """y, dx, dw and db."""
    return [cnn.conv_transpose2d(x, w, b, **case.geometry), *cnn.conv_transpose2d_backward(dy, x, w, **case.geometry)]


def convolution(case):
    """The geometry of the convolution that leads back."""
    return {name: case.geometry[name] for name in ("stride", "padding")}


# The definition. -------------------------------------------------------------------------------------------------

@settings(max_examples=examples(200))
@given(transposed())
def test_every_cell_stamps_the_kernel(case):
    x, w, b, dy = case.arrays()
    assert_allclose(cnn.conv_transpose2d(x, w, b, **case.geometry), oracles.conv_transpose2d(x, w, b, **case.geometry),
                    **EXACT)
    assert_allclose(cnn.conv_transpose2d(x, w, **case.geometry), oracles.conv_transpose2d(x, w, **case.geometry),
                    **EXACT)
    found = cnn.conv_transpose2d_backward(dy, x, w, **case.geometry)
    for gradient, loops in zip(found, oracles.conv_transpose2d_backward(dy, x, w, **case.geometry), strict=True):
        assert_allclose(gradient, loops, **EXACT)


@given(transposed())
def test_size_of_the_output(case):
    x, w, b, _ = case.arrays()
    assert cnn.conv_transpose2d(x, w, b, **case.geometry).shape == (len(x), w.shape[1], *case.size)
    back = zip(case.size, case.w_shape[2:], *map(oracles.both, convolution(case).values()), strict=True)
    assert tuple(oracles.output_size(*numbers) for numbers in back) == case.x_shape[2:]   # to where it came from


@given(st.integers(1, 6), st.integers(1, 6), st.integers(1, 5), st.integers(1, 5), st.integers(0, 999))
def test_at_stride_1_it_is_scipy_convolve(H, W, Fh, Fw, seed):
    """Stamping is convolution in the mathematician's sense: the kernel is flipped."""
    x, w = cases.numbers((H, W), seed), cases.numbers((Fh, Fw), seed + 1)
    expected = scipy.signal.convolve(x, w, "full", "direct")
    assert_allclose(cnn.conv_transpose2d(x[None, None], w[None, None])[0, 0], expected, **EXACT)


# The way back of a convolution. ----------------------------------------------------------------------------------

@settings(max_examples=examples(200))
@given(transposed())
def test_it_is_the_adjoint_of_conv2d(case):
    """<conv(z), x> = <z, conv_transpose(x)> for every z of the output's size, with the same w, not flipped."""
    x, w, _, z = case.arrays()
    down, up = cnn.conv2d(z, w, **convolution(case)), cnn.conv_transpose2d(x, w, **case.geometry)
    assert down.shape == x.shape and up.shape == z.shape
    assert abs(np.vdot(down, x) - np.vdot(z, up)) <= 1e-12 * (np.abs(down * x).sum() + np.abs(z * up).sum() + 1)


@given(transposed())
def test_it_is_the_input_gradient_of_conv2d_and_the_other_way_round(case):
    x, w, _, dy = case.arrays()
    z = cases.numbers(dy.shape, case.seed + 4)
    dz, dw, _ = cnn.conv2d_backward(x, z, w, **convolution(case))
    assert_allclose(cnn.conv_transpose2d(x, w, **case.geometry), dz, **EXACT)
    dx, dw_here, _ = cnn.conv_transpose2d_backward(z, x, w, **case.geometry)
    assert_allclose(dx, cnn.conv2d(z, w, **convolution(case)), **EXACT)
    assert_allclose(dw_here, dw, **EXACT)


@given(transposed())
def test_its_matrix_is_the_transpose(case):
    """One channel: as_matrix(w)ᵀ @ x."""
    x, w, _, _ = case.arrays()
    M = cnn.as_matrix(w[0, 0], case.size, **convolution(case))
    y = cnn.conv_transpose2d(x[:1, :1], w[:1, :1], **case.geometry)
    assert_allclose(M.T @ x[0, 0].ravel(), y.ravel(), **EXACT)


# Its gradients. --------------------------------------------------------------------------------------------------

@given(transposed())
def test_gradients_are_the_adjoints(case):
    x, w, _, dy = case.arrays()
    y, dx, dw, db = both_ways(case, x, w, None, dy)
    scale = np.abs(dy * y).sum() + 1
    assert abs(np.vdot(dy, y) - np.vdot(dx, x)) <= 1e-12 * scale
    assert abs(np.vdot(dy, y) - np.vdot(dw, w)) <= 1e-12 * scale
    assert_allclose(db, dy.sum(axis=(0, 2, 3)), **EXACT)


@settings(max_examples=examples(25))
@given(transposed(most=2))
def test_gradients_are_the_slopes(case):
    x, w, b, dy = case.arrays()
    arrays = [x, w, b]
    for i, gradient in enumerate(cnn.conv_transpose2d_backward(dy, x, w, **case.geometry)):
        def loss(array, i=i):
            return np.vdot(dy, cnn.conv_transpose2d(*arrays[:i], array, *arrays[i + 1:], **case.geometry))

        assert_allclose(gradient, oracles.numerical_gradient(loss, arrays[i]), rtol=1e-6, atol=1e-7)


# What the numbers do. --------------------------------------------------------------------------------------------

@given(transposed())
def test_padding_cuts_off_the_edges(case):
    x, w, b, _ = case.arrays()
    (top, left) = (cases.on_axis(case.geometry["padding"], a) for a in (0, 1))
    whole = cnn.conv_transpose2d(x, w, b, **{**case.geometry, "padding": 0})
    cut = oracles.without_frame(whole, ((top, top), (left, left)))
    assert_allclose(cnn.conv_transpose2d(x, w, b, **case.geometry), cut, **EXACT)


@given(transposed())
def test_output_padding_adds_cells_at_the_end(case):
    """Where the padding cut something off, they bring it back; beyond that only the bias reaches them."""
    x, w, b, _ = case.arrays()
    longer = cnn.conv_transpose2d(x, w, b, **case.geometry)
    extra = [cases.on_axis(case.geometry["output_padding"], a) for a in (0, 1)]
    if min(size - e for size, e in zip(case.size, extra, strict=True)) >= 1:
        plain = cnn.conv_transpose2d(x, w, b, **{**case.geometry, "output_padding": 0})
        H, W = plain.shape[2:]
        assert longer.shape[2:] == (H + extra[0], W + extra[1])
        assert_allclose(longer[:, :, :H, :W], plain, **EXACT)
    whole = cnn.conv_transpose2d(x, w, b, **{**case.geometry, "padding": 0})
    uncut = cnn.conv_transpose2d(x, w, b, stride=case.geometry["stride"])
    assert_allclose(whole[:, :, :uncut.shape[2], :uncut.shape[3]], uncut, **EXACT)
    for beyond in (whole[:, :, uncut.shape[2]:], whole[:, :, :, uncut.shape[3]:]):
        assert_array_equal(beyond, np.broadcast_to(b[:, None, None], beyond.shape))


# What must not matter. -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("layout", [*LAYOUTS, "strides of zero"])
@settings(max_examples=examples(20))
@given(transposed())
def test_memory_layout_does_not_matter(layout, case):
    x, w, b, dy = case.arrays()
    other = [cases.repeated(a) if layout == "strides of zero" else LAYOUTS[layout](a) for a in (x, w, dy)]
    x, w, dy = (np.array(a, np.float64, order="C") for a in other)
    before = cases.memory_of(*other, b)
    found = both_ways(case, *other[:2], b, other[2])
    assert cases.memory_of(*other, b) == before
    assert not any(np.shares_memory(result, a) for result in found for a in (*other, b))
    for a, same in zip(found, both_ways(case, x, w, b, dy), strict=True):
        assert_allclose(a, same, **EXACT)


@given(transposed())
def test_examples_of_a_batch_do_not_meet(case):
    x, w, b, dy = case.arrays()
    y, dx, dw, db = both_ways(case, x, w, b, dy)
    alone = [both_ways(case, x[n:n + 1], w, b, dy[n:n + 1]) for n in range(len(x))]
    assert_allclose(np.concatenate([results[0] for results in alone]), y, **EXACT)
    assert_allclose(np.concatenate([results[1] for results in alone]), dx, **EXACT)
    assert_allclose(sum(results[2] for results in alone), dw, **EXACT)
    assert_allclose(sum(results[3] for results in alone), db, **EXACT)


@pytest.mark.parametrize("block_bytes", [1, 3000], ids=["one row at a time", "a few rows at a time"])
@given(transposed())
def test_size_of_the_blocks_does_not_matter(block_bytes, case):
    arrays = case.arrays()
    expected = both_ways(case, *arrays)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conv, "BLOCK_BYTES", block_bytes)
        for found, same in zip(both_ways(case, *arrays), expected, strict=True):
            assert_allclose(found, same, **EXACT)


@FLOATS
@given(transposed())
def test_floats_keep_their_dtype(dtype, case):
    arrays = case.arrays(dtype)
    doubles = [a.astype(np.float64) for a in arrays]
    exact, sizes = both_ways(case, *doubles), both_ways(case, *map(np.abs, doubles))
    for found, double, size in zip(both_ways(case, *arrays), exact, sizes, strict=True):
        assert found.dtype == dtype
        assert np.all(np.abs(found - double) <= cases.rounding(dtype, double, size))


@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@given(transposed())
def test_whole_numbers_become_float64_and_stay_exact(dtype, case):
    arrays = case.arrays(dtype)
    doubles = both_ways(case, *(a.astype(np.float64) for a in arrays))
    for found, double in zip(both_ways(case, *arrays), doubles, strict=True):
        assert found.dtype == np.float64
        assert_array_equal(found, double)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("other", [np.float16, np.float32, np.float64, np.int64])
def test_x_decides_the_dtype(dtype, other):
    x = cases.numbers((2, 3, 5, 5), 0, dtype)
    w, b, dy = (cases.numbers(shape, 1, other) for shape in ((3, 4, 3, 3), (4,), (2, 4, 7, 7)))
    assert cnn.conv_transpose2d(x, w, b).dtype == dtype
    assert [gradient.dtype for gradient in cnn.conv_transpose2d_backward(dy, x, w)] == [dtype] * 3


# Worked examples. ------------------------------------------------------------------------------------------------

@pytest.fixture(params=[cnn, oracles], ids=["cnnlib", "loops"])
def how(request):
    return request.param


def test_example_two_cells_three_taps(how):
    x, w = np.array([[[[1.0, 2]]]]), np.array([[[[1.0, 10, 100]]]])
    assert_array_equal(how.conv_transpose2d(x, w)[0, 0], [[1, 12, 120, 200]])
    assert_array_equal(how.conv_transpose2d(x, w, stride=(1, 2))[0, 0], [[1, 10, 102, 20, 200]])
    assert_array_equal(how.conv_transpose2d(x, w, stride=(1, 3))[0, 0], [[1, 10, 100, 2, 20, 200]])
    assert_array_equal(how.conv_transpose2d(x, w, stride=(1, 4))[0, 0], [[1, 10, 100, 0, 2, 20, 200]])
    assert_array_equal(how.conv_transpose2d(x, w, stride=(1, 2), padding=(0, 1))[0, 0], [[10, 102, 20]])
    one_more = how.conv_transpose2d(x, w, stride=(1, 2), padding=(0, 1), output_padding=(0, 1))
    assert_array_equal(one_more[0, 0], [[10, 102, 20, 200]])
    assert_array_equal(how.conv_transpose2d(x, w, np.array([5.0]), stride=(1, 4))[0, 0], [[6, 15, 105, 5, 7, 25, 205]])


def test_example_the_kernel_is_stamped_as_it_is(how):
    """One cell of 1 gives the kernel itself, neither flipped nor turned."""
    kernel = np.arange(6.0).reshape(1, 1, 2, 3)
    assert_array_equal(how.conv_transpose2d(np.ones((1, 1, 1, 1)), kernel), kernel)


def test_example_channels(how):
    """Each pair of input and output channel has a kernel; w is (C, K, Fh, Fw)."""
    x = np.array([1.0, 10]).reshape(1, 2, 1, 1)
    w = np.array([[1.0, 2, 3], [4, 5, 6]]).reshape(2, 3, 1, 1)
    assert_array_equal(how.conv_transpose2d(x, w).ravel(), [41, 52, 63])


@pytest.mark.parametrize(
    ("size", "kernel", "geometry", "out"),
    [
        (14, 2, {"stride": 2}, 28),
        (7, 4, {"stride": 2, "padding": 1}, 14),
        (7, 3, {"stride": 2, "padding": 1, "output_padding": 1}, 14),
        (7, 3, {"stride": 2, "padding": 1}, 13),
        (5, 5, {"padding": 2}, 5),
    ],
)
def test_example_sizes(how, size, kernel, geometry, out):
    y = how.conv_transpose2d(np.ones((1, 1, size, size)), np.ones((1, 1, kernel, kernel)), **geometry)
    assert y.shape == (1, 1, out, out)
    assert cnn.output_size(out, kernel, geometry.get("stride", 1), geometry.get("padding", 0)) == size


def test_example_overlap_makes_a_chequerboard(how):
    """A 3x3 kernel of ones at stride 2 on a constant image: cells are met once, twice or four times."""
    y = how.conv_transpose2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 3, 3)), stride=2)[0, 0]
    assert_array_equal(y[1:4, 1:4], [[1, 2, 1], [2, 4, 2], [1, 2, 1]])
    even = how.conv_transpose2d(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), stride=2)
    assert_array_equal(even, np.ones((1, 1, 6, 6)))


def test_padding_may_cut_far_into_a_long_line():
    """The convolution back would need more padding than it has cells: it is never run on its own."""
    x = np.ones((1, 1, 1, 4000))
    assert_array_equal(cnn.conv_transpose2d(x, np.ones((1, 1, 1, 1)), padding=(0, 1999)), np.ones((1, 1, 1, 2)))
