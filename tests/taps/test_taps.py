"""The tap table against the operations: applied, swapped, by weight, as a matrix, and through several layers."""


import cases
import numpy as np
import oracles
import pytest
from cases import EXACT, convolutions, poolings, transposed
from effort import effort
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sweeps import examples

import cnnlib as cnn
from cnnlib import taps

CONV = {1: (cnn.conv1d, cnn.conv1d_backward), 2: (cnn.conv2d, cnn.conv2d_backward)}
AXES = pytest.mark.parametrize("axes", [1, 2], ids=["1-D", "2-D"])


# Convolution and its two gradients. ------------------------------------------------------------------------------

def one(case):
    """One example of a drawn convolution: x, w, its table, and the output and gradients of the operations."""
    x, w, _ = case.arrays()
    forward, backward = CONV[x.ndim - 2]
    y = forward(x[:1], w, **case.geometry)
    dy = cases.numbers(y.shape, case.seed + 9)
    dx, dw, _ = backward(dy, x[:1], w, **case.geometry)
    return x[0], w, dy[0], taps.convolution(x.shape[1:], w.shape, **case.geometry), y[0], dx[0], dw


@AXES
@settings(max_examples=examples(150))
@given(data=st.data())
def test_a_table_is_the_convolution_and_its_gradients(data, axes):
    x, w, dy, table, y, dx, dw = one(data.draw(convolutions(axes)))
    assert_allclose(taps.apply(table, x, w, y.size), y.ravel(), **EXACT)
    assert_allclose(taps.apply(taps.swapped(table), dy, w, x.size), dx.ravel(), **EXACT)
    assert_allclose(taps.apply(taps.weight_gradient(table), x, dy, w.size), dw.ravel(), **EXACT)


@AXES
@given(data=st.data())
def test_rows_stand_in_the_order_of_the_sum(data, axes):
    _, w, _, table, y, *_ = one(data.draw(convolutions(axes)))
    assert table.dtype == np.int64
    per_output = table.reshape(y.size, w[0].size, 3)   # padding included, every output has as many
    assert (per_output[:, :, 0] == np.arange(y.size)[:, None]).all()
    assert (np.diff(per_output[:, :, 2]) == 1).all()   # channel, kernel row, kernel column
    for turned, column in ((taps.swapped(table), 1), (taps.weight_gradient(table), 2)):
        out, then = np.diff(turned[:, 0]), np.diff(turned[:, column])
        assert ((out > 0) | ((out == 0) & (then > 0))).all()


def test_by_hand():
    """Two filters on two channels of three cells: out, in, weight."""
    assert_array_equal(taps.convolution((2, 3), (2, 2, 2), stride=2, padding=1), [
        [0, -1, 0], [0, 0, 1], [0, -1, 2], [0, 3, 3],
        [1, 1, 0], [1, 2, 1], [1, 4, 2], [1, 5, 3],
        [2, -1, 4], [2, 0, 5], [2, -1, 6], [2, 3, 7],
        [3, 1, 4], [3, 2, 5], [3, 4, 6], [3, 5, 7],
    ])


@given(st.tuples(*[st.integers(0, 3)] * 4), st.integers(1, 3), st.integers(1, 2))
def test_padding_of_each_side(pads, stride, dilation):
    top, bottom, left, right = pads
    x, w = cases.numbers((2, 5, 6), 0), cases.numbers((3, 2, 3, 2), 1)
    sides = ((top, bottom), (left, right))
    padded = np.pad(x, ((0, 0), *sides))[None]
    y = cnn.conv2d(padded, w, stride=stride, dilation=dilation)[0]
    table = taps.convolution(x.shape, w.shape, stride, sides, dilation)
    assert taps.window((5, 6), (3, 2), stride, sides, dilation).out == y.shape[1:]
    assert_allclose(taps.apply(table, x, w, y.size), y.ravel(), **EXACT)


@pytest.mark.parametrize(("x", "w", "full"), [
    ((7,), (3,), ((1, 1, 7), (1, 1, 1, 3), 1)),
    ((7,), (4, 1, 3), ((1, 1, 7), (4, 1, 1, 3), 1)),
    ((2, 7), (4, 2, 3), ((2, 1, 7), (4, 2, 1, 3), 1)),
    ((5, 6), (3, 2), ((1, 5, 6), (1, 1, 3, 2), 2)),
    ((5, 6), (4, 1, 3, 2), ((1, 5, 6), (4, 1, 3, 2), 2)),
    ((2, 5, 6), (2, 3, 2), ((2, 5, 6), (1, 2, 3, 2), 2)),
    ((2, 5, 6), (4, 2, 3, 2), ((2, 5, 6), (4, 2, 3, 2), 2)),
], ids=str)
def test_shapes_that_go_together(x, w, full):
    assert taps.full_shapes(x, w) == full
    short, long = taps.convolution(x, w), taps.convolution(full[0], full[1])
    assert_array_equal(short, long)   # the same cells, however they are shaped


def test_transposed_convolution_has_channels_first():
    assert taps.full_shapes((2, 5, 6), (2, 3, 2), transposed=True) == ((2, 5, 6), (2, 1, 3, 2), 2)
    assert taps.full_shapes((2, 5), (2, 4, 3), transposed=True) == ((2, 1, 5), (2, 4, 1, 3), 1)


# Pooling and transposed convolution. -----------------------------------------------------------------------------

@AXES
@given(data=st.data())
def test_a_table_is_the_pooling_and_its_gradient(data, axes):
    case = data.draw(poolings(axes))
    x = case.ties()[:1]
    maxima, means = ((cnn.max_pool1d, cnn.avg_pool1d), (cnn.max_pool2d, cnn.avg_pool2d))[axes - 1]
    highest, mean = maxima(x, **case.window)[0], means(x, **case.window)[0]
    table = taps.pooling(x.shape[1:] if axes == 2 else (len(x[0]), 1, x.shape[2]), **two_axes(case.window, axes))
    cells = np.prod(oracles.both(case.window["kernel_size"])[:axes])
    assert_allclose(taps.apply(table, x, np.full(cells, 1 / cells), mean.size), mean.ravel(), **EXACT)
    windows = np.append(x, -np.inf)[table[:, 1]].reshape(highest.size, cells)
    assert_array_equal(windows.max(axis=1), highest.ravel())
    if axes == 2:
        dy = cases.numbers(highest.shape, case.seed + 1)
        dx = cnn.avg_pool2d_backward(dy[None], x, **case.window)
        assert_allclose(taps.apply(taps.swapped(table), dy, np.full(cells, 1 / cells), x.size), dx.ravel(), **EXACT)
        winners = table[windows.argmax(axis=1) + cells * np.arange(highest.size)]   # one row per output
        dx = cnn.max_pool2d_backward(dy[None], x, **case.window)
        assert_allclose(taps.apply(taps.swapped(winners), dy, np.ones(cells), x.size), dx.ravel(), **EXACT)


def two_axes(window, axes):
    """The numbers of a 1-D window for an image of one row."""
    if axes == 2:
        return window
    stride = window["kernel_size"] if window["stride"] is None else window["stride"]
    return {"kernel_size": (1, window["kernel_size"]), "stride": (1, stride), "padding": (0, window["padding"])}


def test_pooling_of_a_signal():
    assert_array_equal(taps.pooling((5,), 3, 2, 1), [[0, -1, 0], [0, 0, 1], [0, 1, 2], [1, 1, 0], [1, 2, 1], [1, 3, 2],
                                                     [2, 3, 0], [2, 4, 1], [2, -1, 2]])


@settings(max_examples=examples(150))
@given(transposed())
def test_a_table_is_the_transposed_convolution_and_its_gradients(case):
    x, w, _, dy = case.arrays()
    x, dy = x[:1], dy[:1]
    y = cnn.conv_transpose2d(x, w, **case.geometry)
    dx, dw, _ = cnn.conv_transpose2d_backward(dy, x, w, **case.geometry)
    table = taps.transposed(x.shape[1:], w.shape, **case.geometry)
    assert_allclose(taps.apply(table, x, w, y.size), y.ravel(), **EXACT)
    assert_allclose(taps.apply(taps.swapped(table), dy, w, x.size), dx.ravel(), **EXACT)
    assert_allclose(taps.apply(taps.weight_gradient(table), x, dy, w.size), dw.ravel(), **EXACT)


# Matrices. -------------------------------------------------------------------------------------------------------

@AXES
@given(data=st.data())
def test_the_matrix_is_the_band_matrix(data, axes):
    case = data.draw(convolutions(axes, most=1))
    x, w, _ = case.arrays()
    x, w = x[0, 0], w[0, 0]
    expected = cnn.as_matrix(w, x.shape, **case.geometry)
    table = taps.convolution(x.shape, w.shape, **case.geometry)
    found = taps.matrix(table, w, expected.shape)
    assert_allclose(found, expected, **EXACT)
    assert_allclose(taps.matrix(taps.swapped(table), w, expected.T.shape), expected.T, **EXACT)


@given(convolutions())
def test_the_matrix_of_several_channels_and_filters(case):
    x, w, dy, table, y, dx, _ = one(case)
    m = taps.matrix(table, w, (y.size, x.size))
    assert_allclose(m @ x.ravel(), y.ravel(), **EXACT)
    assert_allclose(m.T @ dy.ravel(), dx.ravel(), **EXACT)


# Readings. -------------------------------------------------------------------------------------------------------

@given(convolutions())
def test_rows_of_an_output_an_input_and_a_weight(case):
    x, w, *_, table, y, _, _ = one(case)
    for read, size, column in ((taps.by_output, y.size, 0), (taps.by_input, x.size, 1), (taps.by_weight, w.size, 2)):
        parts = [read(table, cell) for cell in range(size)]
        assert all((part[:, column] == cell).all() for cell, part in enumerate(parts))
        assert sum(map(len, parts)) == (table[:, column] >= 0).sum()
    places = taps.starts(table, y.size)
    for cell in range(y.size):
        assert_array_equal(table[places[cell]:places[cell + 1]], taps.by_output(table, cell))


def test_how_often_a_pixel_is_used():
    table = taps.convolution((5, 5), (3, 3), padding=1)
    used = [len(taps.by_input(table, 5 * row + column)) for row, column in ((0, 0), (0, 2), (2, 2))]
    assert used == [4, 6, 9]


LAYERS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 2)),
                  min_size=1, max_size=3)


def stack(layers, n):
    """The tables of 1-D layers on n cells, and how many cells each layer has; None if a layer does not fit."""
    found, cells = [], [n]
    for layer in layers:
        kernel_size, *geometry = layer
        if cells[-1] + 2 * layer[2] < layer[3] * (kernel_size - 1) + 1:
            return None, cells
        found.append(taps.convolution((cells[-1],), (kernel_size,), *geometry))
        cells.append(cnn.output_size(cells[-1], *layer))
    return found, cells


@given(LAYERS, st.integers(1, 24))
def test_a_receptive_field_is_what_poking_finds(layers, n):
    found, cells = stack(layers, n)
    if found is not None:
        reached = [taps.receptive_field(found, cell).tolist() for cell in range(cells[-1])]
        assert reached == oracles.cells_seen(layers, n)


@given(LAYERS)
def test_a_receptive_field_away_from_the_border_has_the_size_of_the_recurrence(layers):
    field = cnn.receptive_field(layers)[-1]
    n = 4 * field.size + 6 * field.jump - 4 * field.start   # enough for units that see no padding in any layer
    found, cells = stack(layers, n)
    inside = 0
    for cell in range(cells[-1]):
        first = field.start + cell * field.jump
        reached = taps.receptive_field(found, cell)
        if first < 0 or first + field.size > n:   # part of it lies in the padding
            assert len(reached) == 0 or (reached[0] >= first and reached[-1] < first + field.size)
            continue
        inside += 1
        assert (reached[0], reached[-1]) == (first, first + field.size - 1)
    assert inside > 1


def test_a_receptive_field_in_two_dimensions():
    """Two 3x3 layers see 5x5; in the corner, with padding, 3x3 of it is left."""
    layers = [taps.convolution((7, 7), (3, 3), padding=1)] * 2
    centre, corner = (np.zeros(49, bool) for _ in range(2))
    centre[taps.receptive_field(layers, 24)] = True
    corner[taps.receptive_field(layers, 0)] = True
    assert centre.reshape(7, 7)[1:6, 1:6].all()
    assert centre.sum() == 25
    assert corner.reshape(7, 7)[:3, :3].all()
    assert corner.sum() == 9


def test_where_all_is_padding_the_sums_are_zeros_and_floats():
    """One cell, stride 2: one output reads the padding before it, the other the padding behind it."""
    nothing = taps.swapped(taps.convolution((1,), (1,), stride=2, padding=1))
    assert nothing.shape == (0, 3)
    for zeros in (taps.apply(nothing, [5, 5], [2], 1), taps.matrix(nothing, [2], (1, 2))):
        assert zeros.dtype == np.float64
        assert not zeros.any()


# Wrong arguments, and speed. -------------------------------------------------------------------------------------

TABLE = taps.convolution((3,), (2,))


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda: taps.convolution((7,), (8,)), ValueError, ["w is too large", "input length", "0 + 7 + 0"]),
    (lambda: taps.convolution((7, 7), (3, 3), 0), ValueError, ["stride must be at least 1, found 0"]),
    (lambda: taps.convolution((7,), (3,), (1, 2)), TypeError, ["stride must be one integer", "(1, 2)"]),
    (lambda: taps.convolution((7,), (3,), 1, (1, 2)), TypeError, ["padding must be one integer", "(1, 2)"]),
    (lambda: taps.convolution((7, 7), (3, 3), 1, -1), ValueError, ["padding must be at least 0, found -1"]),
    (lambda: taps.convolution((7, 7), (3, 3), 1, ((1, 2, 3), 0)), ValueError, ["padding of one axis", "(1, 2, 3)"]),
    (lambda: taps.convolution((3, 3), (7, 7), 1, ((0, 3), (3, 0))), ValueError, ["w is too large", "0 + 3 + 3 = 6"]),
    (lambda: taps.convolution((7, 7), (3, 3), 1, 1, 1.5), TypeError, ["dilation must be an integer"]),
    (lambda: taps.convolution((7,), (3, 3)), ValueError, ["x of shape (7,) and w of shape (3, 3)", "w[:, None]"]),
    (lambda: taps.convolution((1, 1, 7, 7), (1, 1, 3, 3)), ValueError, ["(1, 1, 7, 7)", "x[0]"]),
    (lambda: taps.convolution((2, 7, 7), (4, 3, 3, 3)), ValueError, ["x has 2 channels", "w expects 3"]),
    (lambda: taps.convolution((7, 7, 3), (4, 3, 3, 3)), ValueError, ["channels last", "x.transpose(2, 0, 1)"]),
    (lambda: taps.convolution((9, 3), (4, 3, 3)), ValueError, ["channels last", "x.transpose(1, 0)"]),
    (lambda: taps.convolution((0, 7), (3, 3)), ValueError, ["x_shape must be at least 1"]),
    (lambda: taps.transposed((2, 3, 3), (3, 2, 3, 3)), ValueError, ["x has 2 channels", "w expects 3"]),
    (lambda: taps.transposed((3, 3), (3, 3), 2, 0, 2), ValueError, ["output_padding must be less", "2 with stride 2"]),
    (lambda: taps.transposed((1,), (3,), 1, 2), ValueError, ["leaves no output", "length", "expected at least 1"]),
    (lambda: taps.transposed((3,), (3,), 1, 0, (0, 0)), TypeError, ["output_padding must be one integer"]),
    (lambda: taps.pooling((6, 6), 2, 2, 2), ValueError, ["padding must be at most half", "found 2"]),
    (lambda: taps.pooling((6,), (2, 2)), TypeError, ["kernel_size must be one integer"]),
    (lambda: taps.pooling((6, 6), 7), ValueError, ["kernel_size is too large"]),
    (lambda: taps.pooling((1, 1, 6, 6), 2), ValueError, ["x_shape must be (L,), (H, W)", "x[0]"]),
    (lambda: taps.apply(TABLE, [1, 2], [1, 1], 2), ValueError, ["x must hold at least 3", "found 2"]),
    (lambda: taps.apply(TABLE, [1, 2, 3], [1], 2), ValueError, ["w must hold at least 2", "found 1"]),
    (lambda: taps.apply(TABLE, [1, 2, 3], [1, 1], 1), ValueError, ["outputs must be at least 2", "found 1"]),
    (lambda: taps.matrix(TABLE, [1, 1], (2, 2)), ValueError, ["3 columns or more", "found 2"]),
    (lambda: taps.matrix(TABLE, [1, 1], (1, 3)), ValueError, ["outputs must be at least 2"]),
    (lambda: taps.swapped([[0, 0]]), ValueError, ["table must be an integer array (n, 3)", "(1, 2)"]),
    (lambda: taps.swapped([[0.0, 0, 0]]), ValueError, ["float64"]),
    (lambda: taps.by_input(TABLE, -1), ValueError, ["cell must be at least 0"]),
    (lambda: taps.receptive_field([TABLE], 1.0), TypeError, ["cell must be an integer"]),
])
def test_what_an_error_says(call, error, says):
    with pytest.raises(error) as caught:
        call()
    for words in says:
        assert words in str(caught.value)


def test_a_table_takes_milliseconds():
    assert effort(lambda: taps.swapped(taps.convolution((28, 28), (6, 1, 5, 5), padding=2)), enough=3) < 3
