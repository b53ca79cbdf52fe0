"""Convolution in one and two dimensions, forward and backward: against loops, SciPy, and its own mathematics."""

import by_scipy
import cases
import numpy as np
import oracles
import pytest
import scipy
from cases import EXACT, LAYOUTS, convolutions
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn
from cnnlib.ops import conv

OPERATIONS = {1: (cnn.conv1d, cnn.conv1d_backward), 2: (cnn.conv2d, cnn.conv2d_backward)}
AXES = pytest.mark.parametrize("axes", [1, 2], ids=["1-D", "2-D"])
FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


def gradients_of(case, dtype=np.float64):
    """dy, the arguments of the forward pass without bias, and (dx, dw, db)."""
    forward, backward = OPERATIONS[len(case.x_shape) - 2]
    x, w, _ = case.arrays(dtype)
    dy = cases.numbers(forward(x, w, **case.geometry).shape, case.seed + 3, dtype)
    return dy, x, w, backward(dy, x, w, **case.geometry)


# The definition. -------------------------------------------------------------------------------------------------

@settings(max_examples=examples(200))
@given(convolutions())
def test_conv2d_is_the_seven_loops(case):
    x, w, b = case.arrays()
    assert_allclose(cnn.conv2d(x, w, b, **case.geometry), oracles.conv2d(x, w, b, **case.geometry), **EXACT)
    assert_allclose(cnn.conv2d(x, w, **case.geometry), oracles.conv2d(x, w, **case.geometry), **EXACT)


@settings(max_examples=examples(200))
@given(convolutions(axes=1))
def test_conv1d_is_its_loops(case):
    x, w, b = case.arrays()
    assert_allclose(cnn.conv1d(x, w, b, **case.geometry), oracles.conv1d(x, w, b, **case.geometry), **EXACT)
    assert_allclose(cnn.conv1d(x, w, **case.geometry), oracles.conv1d(x, w, **case.geometry), **EXACT)


@given(convolutions(axes=1, most=1))
def test_correlate1d_is_its_loop(case):
    x, w = case.arrays()[0][0, 0], case.arrays()[1][0, 0]
    assert_allclose(cnn.correlate1d(x, w, **case.geometry), oracles.correlate1d(x, w, **case.geometry), **EXACT)


@given(convolutions(most=1))
def test_correlate2d_is_its_loops(case):
    image, kernel = case.arrays()[0][0, 0], case.arrays()[1][0, 0]
    expected = oracles.correlate2d(image, kernel, **case.geometry)
    assert_allclose(cnn.correlate2d(image, kernel, **case.geometry), expected, **EXACT)


@settings(max_examples=examples(200))
@given(convolutions())
def test_conv2d_backward_is_the_seven_loops(case):
    dy, x, w, found = gradients_of(case)
    for gradient, expected in zip(found, oracles.conv2d_backward(dy, x, w, **case.geometry), strict=True):
        assert_allclose(gradient, expected, **EXACT)


# SciPy, which shares no line with either. ------------------------------------------------------------------------

@AXES
@given(st.data())
def test_conv_is_scipy_correlate(axes, data):
    case = data.draw(convolutions(axes))
    x, w, b = case.arrays()
    expected = by_scipy.convolution(x, w, b, **case.geometry)
    assert_allclose(OPERATIONS[axes][0](x, w, b, **case.geometry), expected, **EXACT)


@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 7), st.integers(0, 7), st.integers(0, 999))
def test_correlate2d_is_scipy_correlate2d(Fh, Fw, more_h, more_w, seed):
    image, kernel = cases.numbers((Fh + more_h, Fw + more_w), seed), cases.numbers((Fh, Fw), seed + 1)
    assert_allclose(cnn.correlate2d(image, kernel), scipy.signal.correlate2d(image, kernel, "valid"), **EXACT)
    # SciPy's "same" agrees where "same" has one meaning: under an odd kernel.
    if Fh % 2 and Fw % 2:
        expected = scipy.signal.correlate2d(image, kernel, "same")
        assert_allclose(cnn.correlate2d(image, kernel, padding="same"), expected, **EXACT)


# Its mathematics. ------------------------------------------------------------------------------------------------

@AXES
@given(st.data())
def test_gradients_are_the_adjoints(axes, data):
    """conv is linear in x and in w, so <dy, conv(x, w)> = <dx, x> = <dw, w>; and db is what reaches every b."""
    case = data.draw(convolutions(axes))
    dy, x, w, (dx, dw, db) = gradients_of(case)
    y = OPERATIONS[axes][0](x, w, **case.geometry)
    scale = np.abs(dy * y).sum() + 1
    assert abs(np.vdot(dy, y) - np.vdot(dx, x)) <= 1e-12 * scale
    assert abs(np.vdot(dy, y) - np.vdot(dw, w)) <= 1e-12 * scale
    assert_allclose(db, np.moveaxis(dy, 1, 0).reshape(len(db), -1).sum(axis=1), **EXACT)


@AXES
@settings(max_examples=examples(25))
@given(st.data())
def test_gradients_are_the_slopes(axes, data):
    case = data.draw(convolutions(axes, most=2))
    dy, x, w, (dx, dw, db) = gradients_of(case)
    b = np.zeros(len(w))

    def loss(x, w, b):
        return np.vdot(dy, OPERATIONS[axes][0](x, w, b, **case.geometry))

    slopes = {"rtol": 1e-6, "atol": 1e-7}
    assert_allclose(dx, oracles.numerical_gradient(lambda x: loss(x, w, b), x), **slopes)
    assert_allclose(dw, oracles.numerical_gradient(lambda w: loss(x, w, b), w), **slopes)
    assert_allclose(db, oracles.numerical_gradient(lambda b: loss(x, w, b), b), **slopes)


@AXES
@given(st.data(), st.integers(1, 3))
def test_a_shifted_input_gives_a_shifted_output(axes, data, shift):
    """Equivariance: at stride 1, away from the borders."""
    case = data.draw(convolutions(axes))
    geometry = {**case.geometry, "stride": 1, "padding": 0}
    x, w, _ = case.arrays()
    x = np.concatenate([x] * 16, axis=-1)   # room enough for any kernel and shift
    x = np.concatenate([x] * 16, axis=-2) if axes == 2 else x
    y, moved = (OPERATIONS[axes][0](v, w, **geometry) for v in (x, np.roll(x, shift, axis=-1)))
    assert_allclose(moved[..., shift:], y[..., :-shift], **EXACT)


@given(convolutions())
def test_padding_is_a_frame_of_zeros(case):
    x, w, b = case.arrays()
    framed = oracles.padded_and_starts(x, w.shape[2:], **case.geometry)[0]
    y = cnn.conv2d(x, w, b, **case.geometry)
    assert_allclose(cnn.conv2d(framed, w, b, **{**case.geometry, "padding": 0}), y, **EXACT)


@given(convolutions(axes=1))
def test_a_signal_is_an_image_one_cell_high(case):
    x, w, b = case.arrays()
    flat = {name: (0 if name == "padding" else 1, along) for name, along in case.geometry.items()}
    y = cnn.conv2d(x[:, :, None], w[:, :, None], b, **flat)
    assert_allclose(cnn.conv1d(x, w, b, **case.geometry), y[:, :, 0], **EXACT)


# What must not matter. -------------------------------------------------------------------------------------------

@AXES
@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=examples(15))
@given(st.data())
def test_memory_layout_does_not_matter(axes, layout, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, expected = gradients_of(case)
    b = case.arrays()[2]
    other = [LAYOUTS[layout](a) for a in (dy, x, w)]
    assert_allclose(forward(*other[1:], b, **case.geometry), forward(x, w, b, **case.geometry), **EXACT)
    for gradient, same in zip(backward(*other, **case.geometry), expected, strict=True):
        assert_allclose(gradient, same, **EXACT)


@AXES
@given(st.data())
def test_broadcast_arrays_are_arrays(axes, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w = map(cases.repeated, gradients_of(case)[:3])
    full = [a.copy() for a in (dy, x, w)]
    assert_allclose(forward(x, w, **case.geometry), forward(*full[1:], **case.geometry), **EXACT)
    for gradient, expected in zip(backward(dy, x, w, **case.geometry), backward(*full, **case.geometry), strict=True):
        assert_allclose(gradient, expected, **EXACT)


@AXES
@given(st.data())
def test_inputs_are_never_modified_nor_given_back(axes, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, _ = gradients_of(case)
    b = case.arrays()[2]
    before = cases.memory_of(dy, x, w, b)
    results = [forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)]
    assert cases.memory_of(dy, x, w, b) == before
    assert not any(np.shares_memory(result, a) for result in results for a in (dy, x, w, b))


@AXES
@given(st.data())
def test_examples_of_a_batch_do_not_meet(axes, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, (dx, dw, db) = gradients_of(case)
    y = forward(x, w, **case.geometry)
    alone = [backward(dy[n:n + 1], x[n:n + 1], w, **case.geometry) for n in range(len(x))]
    for n in range(len(x)):
        assert_allclose(forward(x[n:n + 1], w, **case.geometry), y[n:n + 1], **EXACT)
        assert_allclose(alone[n][0], dx[n:n + 1], **EXACT)
    assert_allclose(sum(gradients[1] for gradients in alone), dw, **EXACT)   # weights are shared: gradients add up
    assert_allclose(sum(gradients[2] for gradients in alone), db, **EXACT)


@pytest.mark.parametrize(("block_bytes", "short"), [(1, 0), (3000, 512)],
                         ids=["one row at a time, dw turned back", "a few rows at a time, dw as it lies"])
@AXES
@given(st.data())
def test_size_of_the_blocks_does_not_matter(axes, block_bytes, short, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, expected = gradients_of(case)
    y = forward(x, w, **case.geometry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conv, "BLOCK_BYTES", block_bytes)
        patch.setattr(conv, "SHORT_SUMS", short)
        assert_allclose(forward(x, w, **case.geometry), y, **EXACT)
        for gradient, same in zip(backward(dy, x, w, **case.geometry), expected, strict=True):
            assert_allclose(gradient, same, **EXACT)


@pytest.mark.parametrize("block_bytes", [1, 8 << 20], ids=["patches made anew", "patches kept"])
@given(convolutions())
def test_what_forward_remembers_serves_the_weight_gradient(block_bytes, case):
    """The layers go this way: what `forward` has kept, in one block or in many, gives the same dw."""
    dy, x, w, (_, dw, _) = gradients_of(case)
    g = conv.geometry(x.shape[2:], w.shape[2:], **case.geometry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conv, "BLOCK_BYTES", block_bytes)
        _, cache = conv.forward(x, w, None, g)
        assert_allclose(conv.weight_gradient(dy, cache, w, g), dw, **EXACT)


# Dtypes. ---------------------------------------------------------------------------------------------------------

@AXES
@FLOATS
@given(st.data())
def test_floats_keep_their_dtype(axes, dtype, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, gradients = gradients_of(case, dtype)
    b = case.arrays(dtype)[2]

    def all_four(dy, x, w, b):
        return forward(x, w, b, **case.geometry), *backward(dy, x, w, **case.geometry)

    doubles = [a.astype(np.float64) for a in (dy, x, w, b)]
    results, sizes = [forward(x, w, b, **case.geometry), *gradients], all_four(*map(np.abs, doubles))
    for found, double, size in zip(results, all_four(*doubles), sizes, strict=True):
        assert found.dtype == dtype
        assert np.all(np.abs(found - double) <= cases.rounding(dtype, double, size))


@AXES
@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@given(st.data())
def test_whole_numbers_become_float64_and_stay_exact(axes, dtype, data):
    case = data.draw(convolutions(axes))
    forward, backward = OPERATIONS[axes]
    dy, x, w, gradients = gradients_of(case, dtype)
    b = case.arrays(dtype)[2]
    doubles = [a.astype(np.float64) for a in (x, w, b, dy)]
    expected = [forward(*doubles[:3], **case.geometry), *backward(doubles[3], *doubles[:2], **case.geometry)]
    for found, double in zip([forward(x, w, b, **case.geometry), *gradients], expected, strict=True):
        assert found.dtype == np.float64
        assert_array_equal(found, double)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("other", [np.float16, np.float32, np.float64, np.int64])
def test_x_decides_the_dtype(dtype, other):
    x = cases.numbers((2, 3, 5, 5), 0, dtype)
    w, b, dy = (cases.numbers(shape, 1, other) for shape in ((4, 3, 3, 3), (4,), (2, 4, 3, 3)))
    assert cnn.conv2d(x, w, b).dtype == dtype
    assert [gradient.dtype for gradient in cnn.conv2d_backward(dy, x, w)] == [dtype] * 3
    assert cnn.correlate2d(x[0, 0], w[0, 0]).dtype == cnn.correlate1d(x[0, 0, 0], w[0, 0, 0]).dtype == dtype


def test_half_precision_is_summed_in_single():
    x, w = np.ones((1, 1, 70, 70), np.float16), np.ones((1, 1, 70, 70), np.float16)
    assert cnn.conv2d(x, w)[0, 0, 0, 0] == 4900   # float16 alone would stop at 2048, where adding 1 changes nothing


# Worked examples of the lessons, by cnnlib and by the loops that the lessons show. ---------------------------------

@pytest.fixture(params=[cnn, oracles], ids=["cnnlib", "loops"])
def how(request):
    return request.param


@pytest.mark.parametrize(
    ("x", "w", "y"),
    [
        pytest.param([0, 1, 0, 1, 1], [-1, 1], [1, -1, 1, 0], id="difference of neighbours"),
        pytest.param([0, 1, -1, 1, 1], [-1, 1], [1, -2, 2, 0], id="largest where the window is the template"),
        pytest.param([0, 1, 0, 1, 0], [0, 1], [1, 0, 1, 0], id="a shift"),
        pytest.param([3, 1, 4, 1, 5], [1], [3, 1, 4, 1, 5], id="the identity"),
    ],
)
def test_example_1d(how, x, w, y):
    assert_array_equal(how.correlate1d(x, w), y)


def test_example_np_convolve_flips_the_filter(how):
    x, w = [0, 1, 0, 1, 1], [-1, 1]
    assert_array_equal(np.convolve(x, w, "valid"), [-1, 1, -1, 0])
    assert_array_equal(how.correlate1d(x, w[::-1]), [-1, 1, -1, 0])
    assert_array_equal(how.correlate1d(x, w), np.correlate(x, w, "valid"))


IMAGE = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]])
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])


def test_example_5x5_image(how):
    assert_array_equal(how.correlate2d(IMAGE, CROSS), [[4, 3, 4], [2, 4, 3], [2, 3, 4]])


def test_example_5x5_cannot_reveal_the_flip_but_an_asymmetric_kernel_does(how):
    assert_array_equal(how.correlate2d(IMAGE, CROSS[::-1, ::-1]), how.correlate2d(IMAGE, CROSS))
    right = np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]])   # picks the cell to the right of the centre
    assert_array_equal(how.correlate2d(IMAGE, right), IMAGE[1:-1, 2:])
    assert_array_equal(how.correlate2d(IMAGE, right[::-1, ::-1]), IMAGE[1:-1, :-2])


@pytest.mark.parametrize(("stride", "size"), [(1, 5), (2, 3), (3, 2)])
def test_example_7x7_image_3x3_kernel(how, stride, size):
    assert how.correlate2d(np.ones((7, 7)), np.ones((3, 3)), stride=stride).shape == (size, size)


def test_example_stride_3_never_reads_the_last_column(how):
    image = np.arange(49.0).reshape(7, 7)
    changed = image.copy()
    changed[:, -1] = changed[-1] = 1000
    kernel = np.ones((3, 3))
    assert_array_equal(how.correlate2d(image, kernel, stride=3), how.correlate2d(changed, kernel, stride=3))


def test_example_how_often_a_pixel_is_used(how):
    """Each use of a pixel under a kernel of ones adds 1 to its gradient."""
    ones, kernel = np.ones((1, 1, 5, 5)), np.ones((1, 1, 3, 3))
    used = how.conv2d_backward(ones, np.zeros((1, 1, 5, 5)), kernel, padding=1)[0][0, 0]
    assert used[0, 0] == used[0, -1] == used[-1, 0] == used[-1, -1] == 4
    assert_array_equal(used[0, 1:-1], 6)
    assert_array_equal(used[1:-1, 0], 6)
    assert_array_equal(used[1:-1, 1:-1], 9)


@pytest.mark.parametrize(
    ("size", "filters", "padding", "out", "parameters"),
    [
        pytest.param((3, 32, 32), (10, 3, 5, 5), 2, (10, 32, 32), 760, id="ten 5x5 filters, padded"),
        pytest.param((3, 32, 32), (1, 3, 5, 5), 0, (1, 28, 28), 76, id="one 5x5 filter"),
        pytest.param((3, 32, 32), (6, 3, 5, 5), 0, (6, 28, 28), 456, id="six 5x5 filters"),
        pytest.param((3, 32, 32), (8, 3, 5, 5), 0, (8, 28, 28), 608, id="eight 5x5 filters, CONV1 of the notes"),
        pytest.param((8, 14, 14), (16, 8, 5, 5), 0, (16, 10, 10), 3216, id="sixteen 5x5 filters, CONV2 of the notes"),
        pytest.param((64, 56, 56), (32, 64, 1, 1), 0, (32, 56, 56), 2080, id="32 1x1 filters"),
    ],
)
def test_example_shapes_and_parameters(size, filters, padding, out, parameters):
    w, b = np.ones(filters, np.float32), np.ones(filters[:1], np.float32)
    assert w.size + b.size == parameters
    assert cnn.conv2d(np.ones((1, *size), np.float32), w, b, padding=padding).shape == (1, *out)


def test_example_an_output_is_one_dot_product():
    x, w, b = cases.numbers((1, 3, 32, 32), 0), cases.numbers((1, 3, 5, 5), 1), np.array([0.5])
    patch = x[0, :, 7:12, 20:25].ravel()
    assert patch.size == 75
    assert cnn.conv2d(x, w, b)[0, 0, 7, 20] == pytest.approx(patch @ w.ravel() + 0.5, abs=1e-12)


def test_example_a_1x1_filter_mixes_the_channels_of_one_pixel():
    x, w = cases.numbers((1, 64, 56, 56), 0), cases.numbers((32, 64, 1, 1), 1)
    assert_allclose(cnn.conv2d(x, w)[0, :, 3, 50], w[:, :, 0, 0] @ x[0, :, 3, 50], **EXACT)


def test_example_only_dx_uses_the_flipped_filter():
    """dx is the full convolution of dy with the flipped filter; dw is x correlated with dy, nothing flipped."""
    x, w = cases.numbers((1, 1, 6, 7), 0), cases.numbers((1, 1, 3, 2), 1)
    dy = cases.numbers((1, 1, 4, 6), 2)
    dx, dw, _ = cnn.conv2d_backward(dy, x, w)
    assert_allclose(dx[0, 0], cnn.correlate2d(dy[0, 0], w[0, 0, ::-1, ::-1], padding=(2, 1)), **EXACT)
    assert_allclose(dw[0, 0], cnn.correlate2d(x[0, 0], dy[0, 0]), **EXACT)


def test_example_bias_is_added_once_per_output_not_per_channel():
    x, w = np.zeros((1, 3, 4, 4)), np.ones((2, 3, 3, 3))
    assert_array_equal(cnn.conv2d(x, w, [1, 10])[0, :, 0, 0], [1, 10])
