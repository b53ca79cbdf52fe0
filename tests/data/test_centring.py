"""Drawings in the form of MNIST's digits: MNIST's own stay, and so does what a drawing is like."""

import numpy as np
import pytest
from strokes import DIGITS, inked

from cnnlib import data


def test_digits_of_mnist_stay_as_they_are():
    """So this is how they were made."""
    for images in data.mnist()[:3:2]:
        for image in images[:500, 0]:
            assert np.abs(data.centred(image) - image).max() < 1e-6


@pytest.mark.parametrize("side", [28, 100, 280])
def test_place_and_size_of_a_drawing_do_not_matter(side):
    for _, strokes in DIGITS[:6]:
        drawing = inked(strokes, side)
        moved = np.zeros((2 * side, 3 * side))
        moved[side // 2:side // 2 + side, side:2 * side] = drawing
        assert np.array_equal(data.centred(moved), data.centred(drawing))
        assert np.abs(data.centred(drawing.repeat(3, 0).repeat(3, 1)) - data.centred(drawing)).max() < 1e-6


def test_what_is_drawn_fits_into_20_and_its_centre_of_mass_into_the_middle_pixel():
    for _, strokes in DIGITS:
        digit = data.centred(inked(strokes))
        rows, columns = (np.flatnonzero(digit.any(axis=axis)) for axis in (1, 0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
        assert [int((digit.sum(axis=a) @ np.arange(0.5, 28)) / digit.sum()) for a in (1, 0)] == [14, 14]


def test_ink_is_kept():
    """Each pixel is the mean of what it covers, so the mean over the box is that of the drawing."""
    drawing = np.random.default_rng(0).uniform(0.1, 1, (45, 45))
    assert data.centred(drawing).sum() / 400 == pytest.approx(drawing.mean(), abs=1e-6)


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (3, 7), (20, 20)])
def test_small_and_thin_drawings(shape):
    digit = data.centred(np.ones(shape))
    assert digit.dtype == np.float32 and digit.max() == 1 and (digit > 0).sum() in (20, 400, 180)


def test_a_drawing_stays_in_the_image():
    """Its mass at the top, it would lie lower than there is room."""
    heavy = np.full((20, 20), 0.001)
    heavy[:2] = 1
    assert np.flatnonzero(data.centred(heavy).any(axis=1)).tolist() == list(range(8, 28))


def test_the_drawing_is_not_changed():
    drawing = np.eye(5)
    data.centred(drawing)
    assert np.array_equal(drawing, np.eye(5))


@pytest.mark.parametrize(("image", "error", "told"), [
    (np.zeros((9, 9)), ValueError, "image has no ink: all its numbers are 0"),
    (np.full((9, 9), 255), ValueError, r"image must hold numbers from 0 \(paper\) to 1 \(ink\), found 255.*divide it"),
    (np.eye(3) - 1, ValueError, "found -1 to 0"),
    (np.full((3, 3), np.nan), ValueError, "image has 9 NaN"),
    (np.ones((1, 28, 28)), ValueError, r"image must have the axes \(H, W\), found shape \(1, 28, 28\)"),
    (np.ones(9), ValueError, "image must have the axes"),
    ("7", TypeError, "image must hold real numbers"),
    (None, TypeError, "image must be an array"),
])
def test_what_is_no_drawing_is_told(image, error, told):
    with pytest.raises(error, match=told):
        data.centred(image)
