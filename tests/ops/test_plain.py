"""One filter by band matrices, and as_matrix: against the loops, around the blocks, and with infinite cells."""

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
from cnnlib.ops import plain

CORRELATE = {1: cnn.correlate1d, 2: cnn.correlate2d}
LOOPS = {1: oracles.correlate1d, 2: oracles.correlate2d}
AXES = pytest.mark.parametrize("axes", [1, 2], ids=["1-D", "2-D"])
FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])


def one(case, dtype=np.float64):
    """One input and one filter of a drawn convolution."""
    x, w, _ = case.arrays(dtype)
    return x[0, 0], w[0, 0]


# The bands. ------------------------------------------------------------------------------------------------------

@pytest.mark.alike(2)
@AXES
@pytest.mark.parametrize("block", [1, 2, 5, 64])
@pytest.mark.parametrize("chunk_bytes", [1, 500, 1 << 20], ids=["one block at a time", "a few", "all at once"])
@settings(max_examples=examples(40))
@given(st.data())
def test_size_of_blocks_and_chunks_does_not_matter(axes, block, chunk_bytes, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "ROWS", block)
        patch.setattr(plain, "CELLS", block)
        patch.setattr(plain, "CHUNK_BYTES", chunk_bytes)
        assert_allclose(CORRELATE[axes](x, w, **case.geometry), LOOPS[axes](x, w, **case.geometry), **EXACT)


@pytest.mark.parametrize("outputs", [1, 2, 3, 64])
@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("geometry", [{}, {"stride": 3}, {"dilation": 2}, {"padding": 4}, {"padding": "same"},
                                      {"stride": 2, "padding": 3, "dilation": 3}], ids=str)
def test_lengths_around_whole_blocks(outputs, more, geometry):
    """Just under, at and just over 1, 2, 3 and 64 blocks of outputs; and lines as wide."""
    stride, dilation = geometry.get("stride", 1), geometry.get("dilation", 1)
    frame = {"same": 2}.get(geometry.get("padding", 0), geometry.get("padding", 0))
    length = max((outputs * plain.CELLS + more - 1) * stride + 4 * dilation + 1 - 2 * frame, 1 + 4 * dilation)
    x, w = cases.numbers(length, length), cases.numbers(5, 1)
    assert_allclose(cnn.correlate1d(x, w, **geometry), oracles.correlate1d(x, w, **geometry), **EXACT)
    image = cases.numbers((3, length), length)
    pairs = {name: (0 if name == "padding" else 1, value) for name, value in geometry.items()}
    rows = [oracles.correlate1d(row, w, **geometry) for row in image]
    assert_allclose(cnn.correlate2d(image, w[None], **pairs), rows, **EXACT)


def by_scipy(x, w, stride):
    return scipy.signal.correlate(x, w, "valid", "direct")[tuple(slice(None, None, stride) for _ in x.shape)]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("shape", "taps", "stride"), [
    pytest.param((1_000_003,), (9,), 1, id="a million samples"),
    pytest.param((100_000,), (31,), 7, id="strided"),
    pytest.param((3, 50_001), (3, 3), 1, id="very wide"),
    pytest.param((50_001, 3), (3, 3), 1, id="very high"),
    pytest.param((301, 257), (11, 7), 2, id="a photo"),
    pytest.param((700,), (699,), 1, id="as long as the signal"),
    pytest.param((130, 130), (64, 65), 1, id="a large kernel"),
])
def test_large_inputs(dtype, shape, taps, stride):
    x, w = cases.numbers(shape, 0, dtype), cases.numbers(taps, 1, dtype)
    exact = by_scipy(x.astype(np.float64), w.astype(np.float64), stride)
    y = CORRELATE[len(shape)](x, w, stride=stride)
    assert y.dtype == dtype
    close = np.finfo(dtype).eps * w.size * 4
    assert_allclose(y, exact, rtol=close, atol=close * np.abs(w).sum())


@AXES
@pytest.mark.parametrize("layout", [*LAYOUTS, "strides of zero"])
@settings(max_examples=examples(20))
@given(st.data())
def test_memory_layout_does_not_matter(axes, layout, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    if layout == "strides of zero":
        other = [np.broadcast_to(a.ravel()[0], a.shape) for a in (x, w)]
    elif layout in ("batch last", "channels last"):   # the names of the axes are others here
        other = [np.asfortranarray(x), np.moveaxis(np.moveaxis(w, 0, -1).copy(), -1, 0)]
    else:
        other = [LAYOUTS[layout](a) for a in (x, w)]
    x, w = (np.array(a, np.float64, order="C") for a in other)
    before = cases.memory_of(*other)
    y = CORRELATE[axes](*other, **case.geometry)
    assert cases.memory_of(*other) == before
    assert not any(np.shares_memory(y, a) for a in other)
    assert y.flags.writeable
    assert_allclose(y, LOOPS[axes](x, w, **case.geometry), **EXACT)


@AXES
@FLOATS
@given(st.data())
def test_floats_keep_their_dtype(axes, dtype, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case, dtype)
    y = CORRELATE[axes](x, w, **case.geometry)
    x, w = x.astype(np.float64), w.astype(np.float64)
    exact, size = (LOOPS[axes](*a, **case.geometry) for a in ((x, w), (np.abs(x), np.abs(w))))
    assert y.dtype == dtype
    assert np.all(np.abs(y - exact) <= cases.rounding(dtype, exact, size))


@AXES
@pytest.mark.parametrize("dtype", [np.int64, np.int8, np.uint8, bool])
@given(st.data())
def test_whole_numbers_become_float64_and_stay_exact(axes, dtype, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case, dtype)
    y = CORRELATE[axes](x, w, **case.geometry)
    assert y.dtype == np.float64
    assert_array_equal(y, LOOPS[axes](x.astype(float), w.astype(float), **case.geometry))


# Infinite cells. -------------------------------------------------------------------------------------------------

@AXES
@pytest.mark.parametrize("block", [3, 16])
@pytest.mark.filterwarnings("ignore:invalid value")
@given(st.data())
def test_infinite_cells_touch_only_outputs_that_read_them(axes, block, data):
    """To the loops an infinite cell is a number; no other output of its block may notice it."""
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    x, w = x.copy(), np.abs(w) + 0.1
    for cell in data.draw(st.sets(st.integers(0, x.size - 1), min_size=1, max_size=3)):
        x.flat[cell] = data.draw(st.sampled_from([np.inf, -np.inf]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "ROWS", block)
        patch.setattr(plain, "CELLS", block)
        y = CORRELATE[axes](x, w, **case.geometry)
    assert_allclose(y, LOOPS[axes](x, w, **case.geometry), **EXACT)


@AXES
@pytest.mark.parametrize("block", [3, 16])
@given(st.data())
def test_nothing_beyond_the_input_is_read(axes, block, data):
    """The input is a window of a larger array full of NaN; to meet one would send it the slow way round."""
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    around = np.full([n + 70 for n in x.shape], np.nan)
    inside = around[(slice(2, -68),) * axes]
    inside[...] = x
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "ROWS", block)
        patch.setattr(plain, "CELLS", block)
        patch.setattr(plain, "WIDE", np.inf)   # the band has to do it all
        patch.setattr(plain, "_by_taps", None)
        y = CORRELATE[axes](inside, w, **case.geometry)
    assert_allclose(y, LOOPS[axes](x, w, **case.geometry), **EXACT)


def test_example_one_infinite_sample():
    x = np.ones(100)
    x[50] = np.inf
    y = cnn.correlate1d(x, [1, 1, 1])
    assert_array_equal(np.flatnonzero(np.isinf(y)), [48, 49, 50])
    assert_array_equal(y[np.isfinite(y)], 3)


def test_numbers_that_overflow_only_in_the_sum_are_no_error():
    x = np.full(40, 3e38, np.float32)
    assert_array_equal(cnn.correlate1d(x, np.float32([0.5, 0.25])), np.full(39, 2.25e38, np.float32))
    half = np.full((20, 20), 6e4, np.float16)
    assert_array_equal(cnn.correlate2d(half, [[0.5, 0.5]]), np.full((20, 19), 6e4, np.float16))


@pytest.mark.parametrize(("call", "name"), [
    (lambda x: cnn.correlate1d(x[-1], [1, 1], stride=3), "x"),
    (lambda x: cnn.correlate2d(x, [[1]], stride=3), "image"),
    (lambda x: cnn.correlate2d(x, [[1, 1]], stride=(2, 1)), "image"),
    (lambda x: cnn.conv2d(x[None, None], [[[[1]]]], stride=3), "x"),
], ids=["correlate1d", "correlate2d", "correlate2d, rows", "conv2d"])
def test_nan_is_refused_also_where_no_output_reads_it(call, name):
    x = np.ones((12, 12))
    x[-1, -1] = np.nan
    with pytest.raises(ValueError, match=f"^{name} has 1 NaN"):
        call(x)


# The matrix. -----------------------------------------------------------------------------------------------------

@AXES
@settings(max_examples=examples(100))
@given(st.data())
def test_as_matrix_does_what_sliding_does(axes, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    M = cnn.as_matrix(w, x.shape, **case.geometry)
    y = CORRELATE[axes](x, w, **case.geometry)
    assert M.shape == (y.size, x.size)
    assert_allclose(M @ x.ravel(), y.ravel(), **EXACT)
    assert_array_equal(M, oracles.as_matrix(w, x.shape, **case.geometry))   # copied, not computed: equal to the bit


@AXES
@FLOATS
@given(st.data())
def test_as_matrix_has_the_dtype_of_the_kernel(axes, dtype, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case, dtype)
    M = cnn.as_matrix(w, x.shape, **case.geometry)
    assert M.dtype == dtype
    assert M.flags.c_contiguous and M.flags.writeable
    assert_array_equal(M, oracles.as_matrix(w, x.shape, **case.geometry))


@AXES
@given(st.data())
def test_the_transposed_matrix_is_the_way_back(axes, data):
    case = data.draw(convolutions(axes, most=1))
    x, w = one(case)
    M = cnn.as_matrix(w, x.shape, **case.geometry)
    dy = cases.numbers(CORRELATE[axes](x, w, **case.geometry).shape, case.seed + 5)
    backward = {1: cnn.conv1d_backward, 2: cnn.conv2d_backward}[axes]
    dx, _, _ = backward(dy[None, None], x[None, None], w[None, None], **case.geometry)
    assert_allclose(M.T @ dy.ravel(), dx.ravel(), **EXACT)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("taps", [[1, 2], [5, 6, 7, 8]])
def test_row_i_holds_the_filter_at_column_i_times_the_stride(stride, taps):
    M = cnn.as_matrix(taps, 11, stride=stride)
    assert len(M) == cnn.output_size(11, len(taps), stride)
    for i, row in enumerate(M):
        assert_array_equal(np.flatnonzero(row), np.arange(i * stride, i * stride + len(taps)))
        assert_array_equal(row[row != 0], taps)


def test_the_filter_of_one_tap_is_the_identity():
    assert_array_equal(cnn.as_matrix([1], 5), np.eye(5))
    assert_array_equal(cnn.as_matrix([[1]], (3, 4)), np.eye(12))
    assert_array_equal(cnn.as_matrix([1], 5, stride=2), np.eye(5)[::2])


def test_example_padding_has_no_column():
    assert_array_equal(cnn.as_matrix([1, 2, 3], 3, padding=1), [[2, 3, 0], [1, 2, 3], [0, 1, 2]])
    assert_array_equal(cnn.as_matrix([1, 2, 3], 4, padding="same", dilation=2),
                       [[2, 0, 3, 0], [0, 2, 0, 3], [1, 0, 2, 0], [0, 1, 0, 2]])


def test_example_four_cells_of_an_image():
    """The 2x2 kernel over 3x3: each row holds both its lines, a whole image line apart."""
    assert_array_equal(cnn.as_matrix([[1, 2], [3, 4]], (3, 3)), [
        [1, 2, 0, 3, 4, 0, 0, 0, 0],
        [0, 1, 2, 0, 3, 4, 0, 0, 0],
        [0, 0, 0, 1, 2, 0, 3, 4, 0],
        [0, 0, 0, 0, 1, 2, 0, 3, 4],
    ])


@pytest.mark.parametrize("shape", [5, (5,), [5], np.int64(5)])
def test_a_length_is_a_shape_of_one_dimension(shape):
    assert_array_equal(cnn.as_matrix([1, 2], shape), cnn.as_matrix([1, 2], 5))
