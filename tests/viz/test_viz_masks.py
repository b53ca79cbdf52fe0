"""Pictures with marked pixels: each pixel in the colour of what it is, each piece with its number."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from test_viz_images import inside

import cnnlib as cnn
from cnnlib.viz.figures.masks import _MISSED, _RIGHT, _TOO_MUCH

GREY = np.full((1, 4, 6), 0.5)
TRUE, MARKED = np.zeros((2, 4, 6), bool)
TRUE[1:3, 1:3] = MARKED[1:3, 2:4] = True


def pixels(fig, panel=0):
    """The colours of a picture, (H, W, 3)."""
    (image,) = fig.axes[panel].images
    return np.asarray(image.get_array())


def over(grey, looks):
    """A colour laid over a grey."""
    colour, share = looks
    return (1 - share) * grey + share * np.array(to_rgb(colour))


def numbers(fig):
    return [text.get_text() for text in fig.axes[0].texts]


def test_marked_pixels_are_tinted_and_no_others():
    colours = pixels(cnn.viz.masks(GREY, MARKED))
    assert np.allclose(colours[MARKED], over(0.5, _RIGHT)) and np.allclose(colours[~MARKED], 0.5)
    assert np.allclose(pixels(cnn.viz.masks(GREY[0])), 0.5)


def test_right_missed_and_too_much_are_told_apart():
    """By lightness too: what was missed is brighter than what is right, what is too much is darker."""
    fig = cnn.viz.masks(GREY, MARKED, TRUE)
    colours = pixels(fig)
    for where, looks in ((MARKED & TRUE, _RIGHT), (TRUE & ~MARKED, _MISSED), (MARKED & ~TRUE, _TOO_MUCH)):
        assert where.sum() == 2 and np.allclose(colours[where], over(0.5, looks))
    assert np.allclose(colours[~MARKED & ~TRUE], 0.5)
    right, missed, extra = (over(0.5, looks) @ [0.2126, 0.7152, 0.0722] for looks in (_RIGHT, _MISSED, _TOO_MUCH))
    assert missed > right + 0.1 and right > extra + 0.2
    assert [text.get_text() for text in fig.axes[-1].texts] == ["right", "missed", "too much"]
    assert inside(fig) and inside(cnn.viz.masks(np.zeros((9, 48, 48)), np.zeros((9, 48, 48), int),
                                                np.zeros((9, 48, 48), int), [f"IoU 0.{n}" for n in range(9)]))


def test_pieces_are_numbered_in_their_middle():
    labels = np.zeros((4, 6), int)
    labels[0, 1:4], labels[2:, 5] = 1, 2
    fig = cnn.viz.masks(GREY, labels)
    assert numbers(fig) == ["1", "2"] and numbers(cnn.viz.masks(GREY, labels > 0)) == []
    assert [text.get_position() for text in fig.axes[0].texts] == [(2, 0), (5, 2.5)]


def test_the_arrays_given_stay_as_they_are():
    grey, marked, true = GREY.copy(), MARKED.copy(), TRUE.copy()
    cnn.viz.masks(grey, marked, true)
    assert np.array_equal(grey, GREY) and np.array_equal(marked, MARKED) and np.array_equal(true, TRUE)


@pytest.mark.parametrize(("arguments", "error", "message"), [
    ((GREY[0, 0], MARKED), ValueError, r"images: found shape \(6,\)"),
    ((np.zeros((1, 3, 4, 6)), MARKED), ValueError, r"images: found shape \(1, 3, 4, 6\)"),
    ((GREY * 255, MARKED), ValueError, "divide bytes by 255"),
    ((GREY, MARKED[:3]), ValueError, r"marked: found shape \(1, 3, 6\), expected \(1, 4, 6\)"),
    ((GREY, MARKED, TRUE[:, :5]), ValueError, r"true: found shape"),
    ((GREY, MARKED * 0.5), TypeError, "marked: found float64.*argmax"),
    ((GREY, MARKED * -1), ValueError, "marked: found labels from -1 to 0"),
    ((GREY, MARKED * 201), ValueError, "expected 0 to 200"),
    ((GREY, MARKED, TRUE, ["a", "b"]), ValueError, "titles: found 2 for 1"),
])
def test_what_cannot_be_drawn(arguments, error, message):
    with pytest.raises(error, match=message):
        cnn.viz.masks(*arguments)
