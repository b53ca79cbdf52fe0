"""The one way of checking arguments: what is taken, what is refused, and that no value fills the page."""

import decimal
import fractions
import math
import warnings

import numpy as np
import pytest
from numpy.testing import assert_array_equal

import cnnlib as cnn
from cnnlib import arguments

HUGE = 10**400


class Broken:
    """Neither an array nor printable."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no array after all")

    def __repr__(self):
        raise RuntimeError("no text either")


@pytest.mark.parametrize(("value", "text"), [
    ((1, 2), "(1, 2)"), ("a\nb", r"'a\nb'"), (np.array([[1], [2]]), "array([[1], [2]])"),
    ("x" * 100, "'" + "x" * 58 + "…"), (HUGE, "1" + "0" * 58 + "…"), (10**5000, "an int that cannot be printed"),
    (Broken(), "a Broken that cannot be printed"),
], ids=range(7))
def test_a_value_is_shown_on_one_line_and_cut(value, text):
    assert arguments.shown(value) == text and len(text) <= arguments.LONGEST


def test_an_integer_has_two_ends():
    assert arguments.integer(np.int8(3), "n", 1) == 3 and arguments.integer(arguments.MOST, "n", 1) == arguments.MOST
    for value, says in ((0, "n must be at least 1, found 0"), (HUGE, "n must be at most 1000000000000, found 1000")):
        with pytest.raises(ValueError, match=says):
            arguments.integer(value, "n", 1)
    for value in (True, np.True_, 1.0, "1", None, 1j, [1], fractions.Fraction(1)):
        with pytest.raises(TypeError, match="n must be an integer, found"):
            arguments.integer(value, "n", 1)


def test_real_numbers():
    assert arguments.positive(np.float32(0.5), "lr") == 0.5 and arguments.share(0, "p") == 0.0
    for value in (0, -1, math.inf, math.nan, HUGE, -HUGE):
        with pytest.raises(ValueError, match="lr must be a positive number, found"):
            arguments.positive(value, "lr")
    for value in (None, "0.1", 1j, True, [0.1], np.array(0.1), decimal.Decimal("0.1")):
        with pytest.raises(ValueError, match="lr must be a positive number, found"):
            arguments.positive(value, "lr")
        with pytest.raises(TypeError, match="slope must be a finite number, found"):
            arguments.finite(value, "slope")


def test_truth_values():
    assert [arguments.truth(value, "bias") for value in (True, np.False_, 1, 0)] == [True, False, True, False]
    for value in (None, 2, "no", np.array([True, False]), 1.0):
        with pytest.raises(TypeError, match="bias must be True or False, found"):
            arguments.truth(value, "bias")


def test_several():
    assert arguments.several((n for n in (1, 2)), "steps", "numbers") == [1, 2]
    assert arguments.several(np.arange(3), "steps", "numbers") == [0, 1, 2]
    for value in ("ab", None, 5, {"a": 1}, {1}, np.array(5), int):
        with pytest.raises(TypeError, match="steps must be a list of numbers, found"):
            arguments.several(value, "steps", "numbers")
    with pytest.raises(ValueError, match="steps must be a list of at most 1000000 numbers, found 1000000000000"):
        arguments.several(range(10**12), "steps", "numbers")


@pytest.mark.parametrize("masked", [
    np.ma.masked_array([1.0, 2], [0, 1]), [np.ma.masked_array([1.0, 2], [0, 1])],
    [[1, 2], np.ma.masked_array([3, 4], [1, 0])], ([np.ma.masked_array([1.0, 2], [0, 1]), [3, 4]],), [np.ma.masked, 1],
])
def test_masks_are_refused_also_inside_lists(masked):
    with pytest.raises(ValueError, match="x must hold a number in every cell, found 1 masked cells"):
        cnn.relu(masked)


def test_a_masked_array_that_masks_nothing_is_an_array_also_in_a_list():
    assert_array_equal(cnn.relu([np.ma.masked_array([1.0, -2])]), [[1, 0]])


def test_what_is_no_array_is_named():
    with pytest.raises(TypeError, match="x must be an array of numbers, found a Broken that cannot be printed"):
        cnn.relu(Broken())


WRONG = {
    "softmax: axis": (lambda: cnn.softmax(np.ones((2, 3)), axis=5), "axis 5 does not exist"),
    "softmax: no axis": (lambda: cnn.softmax(np.ones((2, 3)), axis="x"), "axis must be an integer"),
    "leaky_relu: none": (lambda: cnn.leaky_relu(1.0, slope=None), "slope must be a finite number"),
    "leaky_relu: text": (lambda: cnn.leaky_relu(1.0, slope="0.1"), "slope must be a finite number"),
    "leaky_relu: list": (lambda: cnn.leaky_relu_backward([1.0], [1.0], slope=[1, 2]), "slope must be a finite number"),
    "avg_pool2d": (lambda: cnn.avg_pool2d(np.ones((1, 1, 4, 4)), 2, count_include_pad=np.ones(2)),
                   "count_include_pad must be True or False"),
    "receptive_field: number": (lambda: cnn.receptive_field(5), "layers must be a list"),
    "receptive_field: object": (lambda: cnn.receptive_field([object()]), "layers: each is a tuple"),
    "Conv2d: bias": (lambda: cnn.nn.Conv2d(1, 1, 3, bias=np.ones(1)), "bias must be True or False"),
    "Linear: bias": (lambda: cnn.nn.Linear(1, 1, bias="no"), "bias must be True or False"),
    "Flatten": (lambda: cnn.nn.Flatten()(3.0), "x must hold examples"),
    "Parameter": (lambda: cnn.nn.Parameter(3), "shape must be a tuple of integers"),
    "output_shape": (lambda: cnn.nn.Conv2d(1, 1, 3).output_shape(None), "shape must be a tuple of integers"),
    "SGD: huge": (lambda: cnn.nn.SGD(cnn.nn.Linear(1, 1).parameters(), lr=HUGE), "lr must be a positive number"),
    "SGD: complex": (lambda: cnn.nn.SGD(cnn.nn.Linear(1, 1).parameters(), lr=1j), "lr must be a positive number"),
    "cosine": (lambda: cnn.nn.cosine([1]), "progress must be a number from 0 to 1"),
    "check_gradients: layer": (lambda: cnn.nn.check_gradients(None, [1.0]), "layer must be a layer"),
    "check_gradients: step": (lambda: cnn.nn.check_gradients(cnn.nn.ReLU(), [1.0], step=0), "step must be a positive"),
    "taps.apply": (lambda: cnn.taps.apply([[0, -5, 0]], [1], [1], 1), "table must count cells from 0"),
    "taps.window": (lambda: cnn.taps.window(5, 3), "size must be a tuple"),
    "learn.exercise": (lambda: cnn.learn.exercise(np.ones(3)), "id: found array"),
    "learn.hint": (lambda: cnn.learn.hint("00.1", np.ones(3)), "number: found array"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(name):
    call, says = WRONG[name]
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert str(caught.value).startswith(says) and len(str(caught.value)) <= 300


@pytest.mark.parametrize("share", [None, -0.5, np.ones(2), math.nan, "1"])
def test_a_schedule_gives_shares(share):
    """A negative one would train uphill in silence."""
    x, y = np.ones((4, 2)), np.array([0, 1, 0, 1])
    with pytest.raises((TypeError, ValueError), match="schedule must return"):
        cnn.nn.fit(cnn.nn.Sequential(cnn.nn.Linear(2, 2)), (x, y), schedule=lambda _: share, progress=False)


def test_a_rate_set_between_steps_is_checked_too():
    optimizer = cnn.nn.Adam(cnn.nn.Linear(1, 1).parameters())
    optimizer.lr = 0   # no step at all is a step
    for wrong in (-1, math.inf, None, np.ones(2)):
        with pytest.raises((TypeError, ValueError), match="lr must be a number, 0 <= lr < inf, found"):
            optimizer.lr = wrong
    assert optimizer.lr == 0


HOSTILE = np.array([1e308, -1e308, np.inf, -np.inf]).reshape(1, 1, 2, 2)
QUIET = {
    "conv2d": lambda x: cnn.conv2d(x, x), "conv_transpose2d": lambda x: cnn.conv_transpose2d(x, x),
    "conv2d_backward": lambda x: cnn.conv2d_backward(x[..., :1, :1], x, x),
    "correlate2d": lambda x: cnn.correlate2d(x[0, 0], x[0, 0]),
    "softmax": cnn.softmax, "log_softmax": cnn.log_softmax, "sigmoid_backward": lambda x: cnn.sigmoid_backward(x, x),
    "tanh_backward": lambda x: cnn.tanh_backward(x, x), "leaky_relu": lambda x: cnn.leaky_relu(x, 1e300),
    "avg_pool2d": lambda x: cnn.avg_pool2d(x, 2), "linear": lambda x: cnn.linear(x[0, 0], x[0, 0]),
    "batch_norm2d": lambda x: cnn.batch_norm2d(x, [1], [1]),
    "cross_entropy": lambda x: cnn.cross_entropy(x[0, 0], [0, 1]),
    "Conv2d": lambda x: cnn.nn.Conv2d(1, 1, 2)(x), "BatchNorm2d": lambda x: cnn.nn.BatchNorm2d(1).train()(x),
    "half": lambda x: cnn.conv2d(np.full((1, 1, 2, 2), 6e4, np.float16), np.ones((1, 1, 2, 2))),
}


@pytest.mark.parametrize("name", QUIET)
def test_infinite_and_huge_numbers_warn_nobody(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        QUIET[name](HOSTILE)
