"""The fully-connected layer, activations and the loss: values, gradients, dtypes, and numbers of extreme size."""

import itertools
import warnings

import cases
import numpy as np
import oracles
import pytest
import scipy
from cases import EXACT, LAYOUTS
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

import cnnlib as cnn

FLOATS = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
sizes = st.integers(1, 6)
seeds = st.integers(0, 999)


@pytest.fixture(autouse=True)
def any_warning_is_an_error():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


# linear ----------------------------------------------------------------------------------------------------------

def dense(N, inputs, outputs, seed, dtype=np.float64):
    """x, w, b, dy."""
    shapes = ((N, inputs), (outputs, inputs), (outputs,), (N, outputs))
    return [cases.numbers(shape, seed + i, dtype) for i, shape in enumerate(shapes)]


@given(sizes, sizes, sizes, seeds)
def test_linear_is_one_dot_product_per_output(N, inputs, outputs, seed):
    x, w, b, _ = dense(N, inputs, outputs, seed)
    expected = np.array([[sum(x[n, i] * w[k, i] for i in range(inputs)) + b[k] for k in range(outputs)]
                         for n in range(N)])
    assert_allclose(cnn.linear(x, w, b), expected, **EXACT)
    assert_allclose(cnn.linear(x, w), expected - b, **EXACT)


@given(sizes, sizes, sizes, seeds)
def test_linear_gradients_are_the_slopes(N, inputs, outputs, seed):
    x, w, b, dy = dense(N, inputs, outputs, seed)
    dx, dw, db = cnn.linear_backward(dy, x, w)
    slopes = {"rtol": 1e-6, "atol": 1e-7}
    assert_allclose(dx, oracles.numerical_gradient(lambda x: np.vdot(dy, cnn.linear(x, w, b)), x), **slopes)
    assert_allclose(dw, oracles.numerical_gradient(lambda w: np.vdot(dy, cnn.linear(x, w, b)), w), **slopes)
    assert_allclose(db, oracles.numerical_gradient(lambda b: np.vdot(dy, cnn.linear(x, w, b)), b), **slopes)


@given(sizes, sizes, sizes, seeds)
def test_linear_is_a_convolution_over_a_map_of_one_cell(N, inputs, outputs, seed):
    x, w, b, dy = (a[..., None, None] if a.ndim == 2 else a for a in dense(N, inputs, outputs, seed))
    flat = [a[..., 0, 0] if a.ndim == 4 else a for a in (x, w, b, dy)]
    assert_allclose(cnn.linear(*flat[:3]), cnn.conv2d(x, w, b)[..., 0, 0], **EXACT)
    for mine, its in zip(cnn.linear_backward(flat[3], *flat[:2]), cnn.conv2d_backward(dy, x, w), strict=True):
        assert_allclose(mine, its.reshape(mine.shape), **EXACT)


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "channels last"])
@given(sizes, sizes, sizes, seeds)
def test_linear_takes_any_layout_and_modifies_nothing(layout, N, inputs, outputs, seed):
    x, w, b, dy = dense(N, inputs, outputs, seed)
    others = [LAYOUTS[layout](a) for a in (x, w, b, dy)]
    before = cases.memory_of(*others)
    results = [cnn.linear(*others[:3]), *cnn.linear_backward(others[3], *others[:2])]
    assert cases.memory_of(*others) == before
    assert not any(np.shares_memory(result, a) for result in results for a in others)
    for found, expected in zip(results, [cnn.linear(x, w, b), *cnn.linear_backward(dy, x, w)], strict=True):
        assert_allclose(found, expected, **EXACT)


@FLOATS
@given(sizes, sizes, sizes, seeds)
def test_linear_keeps_the_dtype(dtype, N, inputs, outputs, seed):
    x, w, b, dy = dense(N, inputs, outputs, seed, dtype)

    def all_four(x, w, b, dy):
        return cnn.linear(x, w, b), *cnn.linear_backward(dy, x, w)

    doubles = [a.astype(np.float64) for a in (x, w, b, dy)]
    sizes = all_four(*map(np.abs, doubles))
    for found, double, size in zip(all_four(x, w, b, dy), all_four(*doubles), sizes, strict=True):
        assert found.dtype == dtype
        assert np.all(np.abs(found - double) <= cases.rounding(dtype, double, size) + np.finfo(dtype).eps * size)
    # x decides, whatever the others are; whole numbers count as float64.
    assert cnn.linear(x, *doubles[1:3]).dtype == dtype
    assert [gradient.dtype for gradient in cnn.linear_backward(doubles[3], x, doubles[1])] == [dtype] * 3
    assert cnn.linear([[1, 2]], np.ones((1, 2), dtype)).dtype == np.float64


def test_half_precision_gradients_are_summed_in_single():
    ones = np.ones((5000, 1), np.float16)
    _, dw, db = cnn.linear_backward(ones, ones, np.ones((1, 1), np.float16))
    assert dw[0, 0] == db[0] == 5000   # float16 alone would stop at 2048


# Activations -----------------------------------------------------------------------------------------------------

ACTIVATIONS = {
    "relu": (cnn.relu, cnn.relu_backward, lambda x: x * (x > 0)),
    "leaky_relu": (cnn.leaky_relu, cnn.leaky_relu_backward, lambda x: np.where(x > 0, x, 0.01 * x)),
    "sigmoid": (cnn.sigmoid, cnn.sigmoid_backward, scipy.special.expit),
    "tanh": (cnn.tanh, cnn.tanh_backward, lambda x: 2 * scipy.special.expit(2 * x) - 1),
}
EACH_ACTIVATION = pytest.mark.parametrize("name", ACTIVATIONS)
shapes = st.lists(st.integers(1, 4), max_size=4).map(tuple)


@EACH_ACTIVATION
@given(shapes, seeds)
def test_activation_is_its_formula(name, shape, seed):
    forward, _, formula = ACTIVATIONS[name]
    x = 4 * cases.numbers(shape, seed)
    assert np.shape(forward(x)) == shape
    assert_allclose(forward(x), formula(x), rtol=1e-12, atol=1e-15)


@EACH_ACTIVATION
@given(shapes.filter(len), seeds)
def test_activation_gradient_is_the_slope(name, shape, seed):
    forward, backward, _ = ACTIVATIONS[name]
    x, dy = 2 * cases.numbers(shape, seed), cases.numbers(shape, seed + 1)
    x[np.abs(x) < 1e-3] = 0.1   # away from the kink
    slopes = oracles.numerical_gradient(lambda x: np.vdot(dy, forward(x)), x)
    assert_allclose(backward(dy, x), slopes, rtol=1e-6, atol=1e-8)


@EACH_ACTIVATION
@FLOATS
def test_activation_keeps_the_dtype(name, dtype):
    forward, backward, formula = ACTIVATIONS[name]
    x = np.linspace(-5, 5, 24, dtype=dtype).reshape(2, 3, 4)
    assert forward(x).dtype == backward(np.ones(x.shape), x).dtype == dtype
    assert_allclose(forward(x), formula(x.astype(np.float64)), rtol=4 * np.finfo(dtype).eps, atol=np.finfo(dtype).eps)
    assert forward([1, 2]).dtype == forward(np.array([True])).dtype == np.float64


@EACH_ACTIVATION
@pytest.mark.parametrize("layout", LAYOUTS)
def test_activation_takes_any_layout_and_modifies_nothing(name, layout):
    forward, backward, _ = ACTIVATIONS[name]
    x, dy = cases.numbers((2, 3, 4), 0), cases.numbers((2, 3, 4), 1)
    others = [LAYOUTS[layout](a) for a in (x, dy)]
    before = cases.memory_of(*others)
    results = forward(others[0]), backward(others[1], others[0])
    assert cases.memory_of(*others) == before
    assert not any(np.shares_memory(result, a) for result in results for a in others)
    assert_array_equal(results[0], forward(x))
    assert_array_equal(results[1], backward(dy, x))


@EACH_ACTIVATION
@FLOATS
def test_activation_of_extreme_numbers(name, dtype):
    forward, backward, _ = ACTIVATIONS[name]
    x = np.array([-1e4, -90, 0, 90, 1e4], dtype)
    expected = {
        "relu": [0, 0, 0, 90, 1e4],
        "leaky_relu": [-100, -0.9, 0, 90, 1e4],
        "sigmoid": [0, 0, 0.5, 1, 1],
        "tanh": [-1, -1, 0, 1, 1],
    }[name]
    assert_allclose(forward(x), expected, rtol=2 * np.finfo(dtype).eps, atol=1e-30)
    assert np.isfinite(backward(np.ones_like(x), x)).all()


def test_sigmoid_keeps_its_digits_where_it_is_small():
    """1/(1 + exp(-x)) is exp(x) far to the left, and never rounded to 0 before exp(x) is."""
    assert cnn.sigmoid(-700.0) == pytest.approx(np.exp(-700.0), rel=1e-12, abs=0)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0), ("leaky_relu", 0.01)])
def test_slope_at_exactly_zero_is_that_of_the_left(name, slope):
    assert ACTIVATIONS[name][1]([5.0], [0.0]) == pytest.approx([5 * slope])


def test_leaky_relu_takes_a_slope():
    assert_array_equal(cnn.leaky_relu([-4.0, 4.0], slope=0.25), [-1, 4])
    assert_array_equal(cnn.leaky_relu_backward([1.0, 1.0], [-4.0, 4.0], slope=0.25), [0.25, 1])


# Softmax and the loss --------------------------------------------------------------------------------------------

@given(shapes.filter(len), st.data(), seeds)
def test_softmax_is_scipys_along_any_axis(shape, data, seed):
    x = 5 * cases.numbers(shape, seed)
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    assert_allclose(cnn.softmax(x, axis), scipy.special.softmax(x, axis), **EXACT)
    assert_allclose(cnn.log_softmax(x, axis), scipy.special.log_softmax(x, axis), **EXACT)
    assert_allclose(cnn.softmax(x, axis).sum(axis=axis), 1, **EXACT)


def test_softmax_is_along_the_last_axis_unless_told():
    x = cases.numbers((2, 3, 4), 0)
    assert_array_equal(cnn.softmax(x), cnn.softmax(x, axis=2))
    assert_array_equal(cnn.log_softmax(x), cnn.log_softmax(x, axis=2))


@given(sizes, st.integers(1, 6), seeds, st.floats(-50, 50))
def test_softmax_does_not_change_when_all_logits_move_together(N, classes, seed, shift):
    x = cases.numbers((N, classes), seed)
    assert_allclose(cnn.softmax(x + shift), cnn.softmax(x), **EXACT)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_softmax_of_extreme_logits(dtype):
    x = np.array([[1e4, -1e4, 0], [-1e4, -1e4, -1e4]], dtype)
    assert_allclose(cnn.softmax(x), [[1, 0, 0], [1 / 3] * 3], rtol=1e-6)
    assert_allclose(cnn.log_softmax(x), [[0, -2e4, -1e4], [-np.log(3)] * 3], rtol=1e-6)
    assert cnn.softmax(x).dtype == cnn.log_softmax(x).dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_cross_entropy_of_extreme_logits(dtype):
    logits = np.array([[1e4, -1e4], [1e4, -1e4]], dtype)
    assert cnn.cross_entropy(logits, [0, 0]) == 0
    assert cnn.cross_entropy(logits, [1, 1]) == 2e4
    assert_array_equal(cnn.cross_entropy_backward(logits, [0, 1]), [[0, 0], [0.5, -0.5]])
    assert cnn.cross_entropy(logits, [0, 1]).dtype == cnn.cross_entropy_backward(logits, [0, 1]).dtype == dtype


def test_a_class_ruled_out_by_minus_infinity_has_probability_zero():
    assert_array_equal(cnn.softmax([0.0, -np.inf]), [1, 0])


@given(sizes, st.integers(1, 6), seeds)
def test_cross_entropy_is_its_formula(N, classes, seed):
    logits = 3 * cases.numbers((N, classes), seed)
    labels = np.random.default_rng(seed).integers(0, classes, N)
    chances = scipy.special.softmax(logits, axis=1)
    by_hand = sum(-np.log(chances[n, labels[n]]) for n in range(N)) / N
    assert cnn.cross_entropy(logits, labels) == pytest.approx(by_hand, rel=1e-9, abs=1e-12)


@given(sizes, st.integers(1, 6), seeds)
def test_cross_entropy_gradient_is_the_slope(N, classes, seed):
    logits = 3 * cases.numbers((N, classes), seed)
    labels = np.random.default_rng(seed).integers(0, classes, N)
    dlogits = cnn.cross_entropy_backward(logits, labels)
    slopes = oracles.numerical_gradient(lambda logits: cnn.cross_entropy(logits, labels), logits)
    assert_allclose(dlogits, slopes, rtol=1e-6, atol=1e-8)
    assert_allclose(dlogits.sum(axis=1), 0, atol=1e-12)   # what one class gains the others lose


@given(sizes, st.integers(1, 4), sizes, sizes, seeds)
def test_cross_entropy_of_pixels_is_that_of_as_many_examples(N, classes, H, W, seed):
    """As PyTorch has it: logits (N, classes, H, W), labels (N, H, W), and the mean over all pixels."""
    logits = 3 * cases.numbers((N, classes, H, W), seed)
    labels = np.random.default_rng(seed).integers(0, classes, (N, H, W))
    rows = logits.transpose(0, 2, 3, 1).reshape(-1, classes)
    assert cnn.cross_entropy(logits, labels) == pytest.approx(cnn.cross_entropy(rows, labels.ravel()), rel=1e-12)
    slopes = cnn.cross_entropy_backward(rows, labels.ravel()).reshape(N, H, W, classes).transpose(0, 3, 1, 2)
    assert_allclose(cnn.cross_entropy_backward(logits, labels), slopes, **EXACT)


@pytest.mark.parametrize("labels", [[0, 2], (0, 2), np.array([0, 2], np.uint8), np.array([0, 2], np.int16)], ids=repr)
def test_labels_of_any_integer_kind(labels):
    logits = cases.numbers((2, 3), 0)
    before = cases.memory_of(logits)
    assert cnn.cross_entropy(logits, labels) == cnn.cross_entropy(logits, np.array([0, 2]))
    assert_array_equal(cnn.cross_entropy_backward(logits, labels), cnn.cross_entropy_backward(logits, np.array([0, 2])))
    assert cases.memory_of(logits) == before


@pytest.mark.parametrize("layout", ["Fortran", "negative strides", "read-only", "every second cell"])
def test_loss_takes_any_layout_and_modifies_nothing(layout):
    logits, labels = cases.numbers((4, 3), 0), LAYOUTS["read-only"](np.array([0, 2, 1, 1]))
    other = LAYOUTS[layout](logits)
    before = cases.memory_of(other, labels)
    assert cnn.cross_entropy(other, labels) == pytest.approx(cnn.cross_entropy(logits, labels), rel=1e-12)
    assert_allclose(cnn.cross_entropy_backward(other, labels), cnn.cross_entropy_backward(logits, labels), **EXACT)
    assert_allclose(cnn.softmax(other), cnn.softmax(logits), **EXACT)
    assert cases.memory_of(other, labels) == before


def test_a_network_that_knows_nothing_scores_the_logarithm_of_the_classes():
    assert cnn.cross_entropy(np.zeros((7, 10)), [0, 1, 2, 3, 4, 5, 9]) == pytest.approx(np.log(10))


# Worked examples of the lessons ----------------------------------------------------------------------------------

def test_example_the_network_of_the_notes():
    """Shapes, sizes and parameters, layer by layer, by running it."""
    rng = np.random.default_rng(0)
    parameters = []

    def convolve(x, filters):
        w, b = rng.standard_normal((filters, x.shape[1], 5, 5)), np.zeros(filters)
        parameters.append(w.size + b.size)
        return cnn.conv2d(x, w, b)

    def connect(x, outputs):
        w, b = rng.standard_normal((outputs, x.shape[1])), np.zeros(outputs)
        parameters.append(w.size + b.size)
        return cnn.linear(x, w, b)

    maps = [rng.standard_normal((1, 3, 32, 32))]
    maps.append(convolve(maps[-1], 8))
    maps.append(cnn.max_pool2d(cnn.relu(maps[-1]), 2))
    maps.append(convolve(maps[-1], 16))
    maps.append(cnn.max_pool2d(cnn.relu(maps[-1]), 2))
    rows = [maps[-1].reshape(1, -1)]
    for outputs in (120, 84, 10):
        rows.append(connect(rows[-1], outputs))
    shapes = [(3, 32, 32), (8, 28, 28), (8, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert [m.shape[1:] for m in maps] == shapes
    assert [m.size for m in maps] == [3072, 6272, 1568, 1600, 400]
    assert [row.size for row in rows] == [400, 120, 84, 10]
    assert parameters == [608, 3216, 48120, 10164, 850]
    assert sum(parameters) == 62958
    assert cnn.softmax(rows[-1]).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("widths", "parameters"),
    [
        pytest.param((3072, 10), 30730, id="32x32x3 to 10 scores, a 10x3072 matrix"),
        pytest.param((784, 16, 16, 10), 13002, id="784-16-16-10"),
        pytest.param((426 * 426, 16, 16, 10), 2904074, id="426x426 grey"),
        pytest.param((3072, 4704), 14450688 + 4704, id="3072 to 28x28x6 densely"),
    ],
)
def test_example_parameters_of_dense_layers(widths, parameters):
    x, count = np.zeros((1, widths[0]), np.float32), 0
    for inputs, outputs in itertools.pairwise(widths):
        w, b = np.zeros((outputs, inputs), np.float32), np.zeros(outputs, np.float32)
        x, count = cnn.linear(x, w, b), count + w.size + b.size
    assert x.shape == (1, widths[-1])
    assert count == parameters
