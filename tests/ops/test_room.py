"""What would explode is refused before anything is made, or made without what is not needed."""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from test_memory import peak_of

import cnnlib as cnn
from cnnlib.ops import plain

X, W = np.ones((2, 3, 8, 8)), np.ones((4, 3, 3, 3))
REFUSED = {
    "same and dilation": (lambda: cnn.conv2d(X, W, padding="same", dilation=10**4),
                          'w is too large for padding="same"'),
    "same and pooling": (lambda: cnn.max_pool2d(X, 10**4, padding="same"), "kernel_size is too large"),
    "same and signals": (lambda: cnn.correlate1d(np.ones(8), np.ones(3), padding="same", dilation=10**9),
                         "w is too large"),
    "padding": (lambda: cnn.conv2d(X, W, padding=20_000, dilation=10**4), "padding: what it makes of the input"),
    "padding of images": (lambda: cnn.correlate2d(X[0, 0], W[0, 0], padding=20_000, dilation=10**4), "padding: what"),
    "padding backward": (lambda: cnn.nn.ConvTranspose2d(3, 4, 3, stride=1000)(X), "stride: the output"),
    "stride": (lambda: cnn.conv_transpose2d(X, np.ones((3, 4, 3, 3)), stride=1000), "stride: the output"),
    "matrix": (lambda: cnn.as_matrix(np.ones((3, 3)), (1000, 1000)), "input_shape: the matrix"),
    "taps": (lambda: cnn.taps.convolution(10**9, 2), "x_shape: the table"),
    "taps of a matrix": (lambda: cnn.taps.matrix([[0, 0, 0]], [1], (10**6, 10**6)), "shape: the matrix"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_explode_is_refused_before_it_is_made(name):
    call, says = REFUSED[name]

    def refused():
        with pytest.raises(ValueError) as caught:
            call()
        return str(caught.value)

    peak, message = peak_of(refused)
    assert message.startswith(says) and len(message) <= 300
    assert peak < 5, f"{peak:.0f} MB"


def test_same_padding_up_to_the_bound_is_fine():
    assert cnn.output_size(8, 116, padding="same") == 8
    with pytest.raises(ValueError, match=r"spans 117 cells .* has 8, expected a span of at most 116"):
        cnn.output_size(8, 117, padding="same")
    assert cnn.output_size(1, 5, padding="same") == 1   # a deep network ends in such


@pytest.mark.parametrize("geometry", [{"stride": 10**6}, {"stride": (1, 10**9)}, {"dilation": 400}])
def test_a_window_far_apart_needs_no_memory(geometry):
    image = np.random.default_rng(0).normal(size=(1000, 1000))
    peak, y = peak_of(lambda: cnn.correlate2d(image, np.ones((2, 3)), **geometry))
    assert peak < 10, f"{peak:.0f} MB"
    d = geometry.get("dilation", 1)
    assert_allclose(y[0, 0], image[:d + 1:d, :2 * d + 1:d].sum())
    signal, few = image.ravel()[:200_000], {"stride": 13_000, "dilation": 12}   # 16 outputs
    peak, y = peak_of(lambda: cnn.correlate1d(signal, np.ones(5), **few))
    assert peak < 2, f"{peak:.0f} MB"
    assert_allclose(y[0], signal[:60:12].sum())


@pytest.mark.parametrize(("stride", "dilation"), list(itertools.product([1, 2, 5, (3, 70)], [1, 3, (2, 40)])))
def test_both_ways_of_sliding_agree(stride, dilation, monkeypatch):
    """With bands as long as they hold anything, and tap by tap where the window is wide."""
    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(30, 100)), rng.normal(size=(3, 2))
    usual = cnn.correlate2d(image, kernel, stride, 2, dilation)
    for wide in (0, np.inf):
        monkeypatch.setattr(plain, "WIDE", wide)
        assert_allclose(cnn.correlate2d(image, kernel, stride, 2, dilation), usual, atol=1e-12)


def test_the_matrix_costs_little_more_than_itself():
    peak, matrix = peak_of(lambda: cnn.as_matrix(np.ones((3, 3)), (64, 64), padding=1))
    assert matrix.shape == (4096, 4096) and peak < 1.1 * matrix.nbytes / 1e6


def test_the_matrix_of_an_infinite_weight_is_infinite_only_where_it_stands():
    assert_array_equal(cnn.as_matrix([np.inf, 1], 3), [[np.inf, 1, 0], [0, np.inf, 1]])
