"""Scenes as plain data: every step against the operations, known answers, and what a wrong argument gets to read."""


import numpy as np
import pytest
from cases import EXACT
from effort import effort
from hypothesis import given, settings
from numpy.testing import assert_allclose, assert_array_equal
from scene_cases import SOBEL, scenes, whole
from sweeps import examples

import cnnlib as cnn
from cnnlib.viz import pool, slide, transpose
from cnnlib.viz.kit import files
from cnnlib.viz.slide import figure, player
from cnnlib.viz.slide import words as wording

# What the steps say. ---------------------------------------------------------------------------------------------

def full(array, shape):
    """An array with all its axes and a batch, for the operations."""
    return np.reshape(array, (1, *shape))


def by_the_operations(s):
    """What the operations make of a scene's arrays: the destination, with all axes."""
    x = full(s.x, s.x_shape)
    w = None if s.w is None else np.reshape(s.w, s.w_shape)
    if s.w is None:
        (top, bottom), (left, right) = s.padding
        fill = -np.inf if s.kind == "max" else 0   # padded by hand: "same" may pad one side more
        x = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)), constant_values=fill)
        return (cnn.max_pool2d if s.kind == "max" else cnn.avg_pool2d)(x, s.kernel, s.stride)[0]
    if s.kind == "transpose":
        padding = tuple(before for before, _ in s.padding)
        return cnn.conv_transpose2d(x, w, s.b, s.stride, padding, s.output_padding)[0]
    (top, bottom), (left, right) = s.padding
    padded = np.pad(x, ((0, 0), (0, 0), (top, bottom), (left, right)))
    if s.kind == "conv":
        return cnn.conv2d(padded, w, s.b, s.stride, 0, s.dilation)[0]
    dx, dw, _ = cnn.conv2d_backward(full(s.dy, s.y_shape), padded, w, s.stride, 0, s.dilation)
    rows, columns = s.x_shape[1:]
    return dw if s.kind == "dw" else dx[0, :, top:top + rows, left:left + columns]


@settings(max_examples=examples(250))
@given(scenes())
def test_the_output_is_what_the_operations_compute(s):
    expected = by_the_operations(s)
    assert s.destination.values.shape == s.destination_shape == expected.shape
    assert_allclose(s.destination.values, expected, **EXACT)
    assert_array_equal(s.output.ravel(), s.destination.values.ravel())
    assert s.steps == expected.size


@settings(max_examples=examples(250))
@given(scenes())
def test_every_step_tells_the_truth(s):
    """Its indices point at the numbers it names, its products add up to its value, and it writes where it says."""
    read = s.source.values.reshape(s.source.shape)
    weights = None if s.weights is None else s.weights.values.reshape(s.weights.shape)
    visited = []
    for i in range(s.steps):
        f = s.frame(i)
        visited.append(f.out)
        assert f.step == i
        assert s.output[f.out] == f.value
        for x_index, x, w_index, w, product in f.terms:
            assert x == (read[x_index] if x_index else -np.inf if s.kind == "max" else 0)
            assert x_index is None or min(x_index) >= 0
            if weights is not None:
                assert w == weights[w_index]
            assert product == x * w
        if s.kind == "max":
            assert f.channel_sums == [f.value]
            products = [term.product for term in f.terms]
            assert f.winner == products.index(max(products))
            assert f.value == products[f.winner]
        else:
            assert f.winner is None
            assert_allclose(sum(f.channel_sums), sum(term.product for term in f.terms), **EXACT)
            assert_allclose(f.value, sum(f.channel_sums) + f.bias, **EXACT)
    assert visited == list(np.ndindex(s.output.shape))


@given(scenes(kinds=["conv", "transpose", "dx"]))
def test_the_sums_of_channels(s):
    """conv, transpose: a sum for each channel of x; dx: one for each filter. Each is what that channel alone gives."""
    lanes = len(s.source.values)
    for i in range(s.steps):
        f = s.frame(i)
        alone = [0.0] * lanes
        for x_index, _, w_index, _, product in f.terms:
            flat = np.ravel_multi_index(w_index, s.weights.shape)
            place = np.unravel_index(flat, s.w_shape)
            lane = place[1] if s.kind == "conv" else place[0]
            assert x_index is None or np.ravel_multi_index(x_index, s.source.shape) // s.source.values[0].size == lane
            alone[lane] += product
        assert_allclose(f.channel_sums, alone, **EXACT)


@given(scenes())
def test_the_bias_of_each_filter(s):
    biases = [s.frame(i).bias for i in range(s.steps)]
    expected = np.zeros(s.steps) if s.b is None else np.repeat(s.b, s.steps // len(s.b))
    assert_array_equal(biases, expected)


@pytest.mark.parametrize(("x", "w", "output"), [
    ((7,), (3,), (5,)), ((7,), (2, 1, 3), (2, 5)), ((4, 7), (2, 4, 3), (2, 5)),
    ((6, 7), (3, 2), (4, 6)), ((6, 7), (5, 1, 3, 2), (5, 4, 6)),
    ((4, 6, 7), (4, 3, 2), (4, 6)), ((4, 6, 7), (5, 4, 3, 2), (5, 4, 6)),
])
def test_arrays_keep_the_shapes_that_were_given(x, w, output):
    arrays = whole(*x), whole(*w, seed=1)
    s = slide(*arrays)
    assert (s.x.shape, s.w.shape, s.output.shape) == (x, w, output)
    assert_array_equal(s.x, arrays[0])
    assert slide(*arrays, direction="dx").output.shape == x
    assert slide(*arrays, direction="dw").output.shape == w
    assert slide(*arrays, direction="dw").dy.shape == output
    assert s.axes == len(s.frame(0).out) - (len(output) > len(s.kernel[2 - s.axes:]))


@pytest.mark.parametrize(("x", "w", "output"), [
    ((4,), (3,), (9,)), ((4,), (1, 2, 3), (2, 9)), ((5, 4), (5, 2, 3), (2, 9)),
    ((3, 4), (3, 2), (7, 8)), ((3, 4), (1, 2, 3, 2), (2, 7, 8)), ((5, 3, 4), (5, 3, 2), (7, 8)),
    ((5, 3, 4), (5, 2, 3, 2), (2, 7, 8)),
])
def test_transposed_arrays_keep_the_shapes_that_were_given(x, w, output):
    assert transpose(whole(*x), whole(*w), stride=2).output.shape == output


def test_pooled_arrays_keep_the_shapes_that_were_given():
    assert [pool(whole(*shape), 2).output.shape for shape in ((8,), (6, 8), (3, 6, 8))] == [(4,), (3, 4), (3, 3, 4)]
    assert [len(pool(whole(*shape), 2).frame(0).terms[1].w_index) for shape in ((8,), (6, 8))] == [1, 2]


# Known answers. --------------------------------------------------------------------------------------------------

def test_the_filter_of_the_first_lesson():
    s = slide([0, 1, 0, 1, 1], [-1, 1])
    assert s.output.tolist() == [1, -1, 1, 0]
    assert s.frame(1) == (1, (1,), [((1,), 1, (0,), -1, -1), ((2,), 0, (1,), 1, 0)], [-1], 0, -1, None)


def test_the_image_of_the_third_lesson():
    image = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    s = slide(image, [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    assert s.output.tolist() == [[4, 3, 4], [2, 4, 3], [2, 3, 4]]
    assert s.frame(4).out == (1, 1)


def test_a_filter_that_does_not_fit():
    s = slide(whole(7, 7), SOBEL, stride=3)
    assert s.output.shape == (2, 2)
    assert s.window.unread == (1, 1)


def test_two_channels_their_sums_and_the_bias():
    s = slide([[1, 2, 3], [4, 5, 6]], [[[1, 0], [0, -1]]], b=10)
    f = s.frame(1)
    assert (f.out, f.channel_sums, f.bias, f.value) == ((0, 1), [2, -6], 10, 6)


def test_padding_never_wins_a_maximum():
    f = pool([-1, -1, -1], 2, padding=1).frame(0)
    assert (f.value, f.winner, f.terms[0][:2], f.terms[0].product) == (-1, 1, (None, -np.inf), -np.inf)


def test_a_mean_of_equal_numbers_is_that_number():
    assert (pool(np.full((9, 9), 3.0), 3, mode="avg").output == 3).all()


def test_a_cell_that_is_never_read_has_no_gradient():
    s = slide([1, 2, 3, 4, 5], [1, 1], stride=3, direction="dx")
    assert s.output.tolist() == [1, 1, 0, 1, 1]
    assert s.frame(2) == (2, (2,), [], [0], 0, 0, None)


def test_dy_is_all_ones_unless_given():
    assert slide([1, 2, 3], [1, 1], direction="dw").dy.tolist() == [1, 1]
    assert slide([1, 2, 3], [1, 1], direction="dw", dy=[1, 10]).output.tolist() == [21, 32]


# A scene is lazy, quick and never changes. -----------------------------------------------------------------------

def test_nothing_is_computed_before_it_is_needed():
    s = slide(whole(5, 5), SOBEL)
    assert s.steps == 9
    assert repr(s) == s.digest
    assert not {"taps", "numbers"} & set(vars(s))
    assert s.spec["kind"] == "conv"
    assert "numbers" not in vars(s)
    s.frame(0)
    assert {"taps", "numbers"} <= set(vars(s))


def test_frames_are_quick():
    rng = np.random.default_rng(0)
    s = slide(rng.standard_normal((3, 28, 28)), rng.standard_normal((1, 3, 5, 5)), padding=2)
    s.frame(0)
    frames = []
    assert effort(lambda: frames.extend(s.frame(i) for i in range(s.steps)), enough=50, tries=3) < 50
    assert s.frame(300) == frames[300]


def test_arrays_are_copies_and_read_only():
    x, w, b, dy = whole(5, 5).astype(float), np.array(SOBEL, float), np.array([1.0]), np.ones((3, 3))
    s, back = slide(x, w, b), slide(x, w, direction="dx", dy=dy)
    for array in (s.x, s.w, s.b, back.dy, s.output, s.taps, s.destination.values, s.source.values, s.weights.values):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    x[:], w[:], b[:], dy[:] = 9, 9, 9, 9
    assert 9 not in s.x
    assert 9 not in s.w
    assert 9 not in s.b
    assert 9 not in back.dy


@pytest.mark.parametrize("dtype", [bool, np.int8, np.uint8, np.float16, np.float32, ">f8"])
def test_any_real_dtype(dtype):
    s = slide(np.eye(4).astype(dtype), np.ones((2, 2), dtype))
    assert s.x.dtype == s.output.dtype == np.float64
    assert s.output.tolist() == [[2, 1, 0], [1, 2, 1], [0, 1, 2]]


# Wrong arguments. ------------------------------------------------------------------------------------------------

X, W = whole(5, 5), np.array(SOBEL)
BIG = np.zeros((4, 2000))


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda: slide(X, W, direction="back"), ValueError, ["direction must be", "'back'"]),
    (lambda: slide(X, W, direction=["dx"]), ValueError, ["direction must be"]),
    (lambda: slide(X, W, dy=np.ones((3, 3))), ValueError, ["dy", "forward"]),
    (lambda: slide(X, W, direction="dx", dy=np.ones((5, 5))), ValueError, ["dy must have shape (3, 3)", "(5, 5)"]),
    (lambda: slide(X, W, [1, 2]), ValueError, ["b must", "(1,)", "(2,)"]),
    (lambda: slide(X, W, "big"), TypeError, ["b must hold real numbers"]),
    (lambda: slide(X, W, stride=0), ValueError, ["stride must be at least 1"]),
    (lambda: slide(X, W * np.nan), ValueError, ["w has 9 NaN"]),
    (lambda: slide([[1, np.inf]], [[1.0]]), ValueError, ["x must hold numbers", "inf at index (0, 1)"]),
    (lambda: slide(X[None, None], W), ValueError, ["(1, 1, 5, 5)", "x[0]"]),
    (lambda: slide(3, W), ValueError, ["x of shape ()"]),
    (lambda: slide(X, np.ones((6, 6))), ValueError, ["w is too large"]),
    (lambda: slide(None, W), TypeError, ["x must be an array"]),
    (lambda: slide(np.zeros(5000), [1, 1]), ValueError, ["a side or a stride of 5000", "at most 4096", "x[..., :100]"]),
    (lambda: slide(np.zeros((200, 200)), np.zeros((10, 1, 3, 3)), padding=1), ValueError, ["3600000 pro", "2000000"]),
    (lambda: slide(np.zeros((1500, 1500)), np.zeros((2, 2)), stride=9), ValueError, ["an array of 2250000 cells"]),
    (lambda: transpose(BIG, np.zeros((1, 300, 1, 1))), ValueError, ["2400000 products"]),
    (lambda: transpose(X, W, stride=2, output_padding=2), ValueError, ["output_padding must be less"]),
    (lambda: transpose(X, W, padding=4), ValueError, ["leaves no output"]),
    (lambda: transpose(np.zeros((2, 3, 3)), np.zeros((3, 2, 3, 3))), ValueError, ["x has 2 channels", "w expects 3"]),
    (lambda: pool(X, 2, mode="mean"), ValueError, ['mode must be "max" or "avg"', "'mean'"]),
    (lambda: pool(X, 2, padding=2), ValueError, ["at most half"]),
    (lambda: pool(X, 6), ValueError, ["kernel_size is too large"]),
    (lambda: pool(3, 1), ValueError, ["x must have the shape"]),
    (lambda: pool(X[None, None], 2), ValueError, ["x must have the shape", "x[0]"]),
])
def test_what_an_error_says(call, error, says):
    with pytest.raises(error) as caught:
        call()
    for words in says:
        assert words in str(caught.value)


@pytest.mark.parametrize("step", [-1, 9, 10**30, np.int64(9)])
def test_a_step_that_does_not_exist(step):
    with pytest.raises(IndexError, match=rf"step must be 0 to 8, found {step}.*counted from 0"):
        slide(X, W).frame(step)


@pytest.mark.parametrize("step", [1.0, "1", None, True])
def test_a_step_that_is_no_number(step):
    with pytest.raises(TypeError, match="step must be an integer"):
        slide(X, W).frame(step)


def test_a_numpy_integer_is_a_step():
    assert slide(X, W).frame(np.int8(3)) == slide(X, W).frame(3)


# What others draw. -----------------------------------------------------------------------------------------------

def test_the_renderers_are_called_with_the_scene(monkeypatch):
    calls = []
    for module, name in ((figure, "figure"), (wording, "alt"), (player, "Player"), (files, "save")):
        monkeypatch.setattr(module, name, lambda *a, name=name, **options: calls.append((name, a, options)) or name)
    s = slide(X, W)
    assert [s.figure(), s.alt(3), s.player(speed=2), s.save("a.gif", fps=3)] == ["figure", "alt", "Player", "save"]
    assert calls == [("figure", (s, None), {}), ("alt", (s, 3), {}), ("Player", (s,), {"speed": 2}),
                     ("save", (s, "a.gif"), {"fps": 3})]
