"""Which colour a value has: what is a picture, and where a scale ends if a few cells lie far beyond all others."""

import numpy as np
import pytest
from drawn import digits, lines, picture

import cnnlib as cnn
from cnnlib.viz.kit.scale import Scale, scale_of, white
from cnnlib.viz.slide.parts import scales_of

RNG = np.random.default_rng(2)
SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])


@pytest.mark.parametrize(("x", "expected"), [
    (RNG.random((1, 28, 28)), 1), (RNG.random((3, 16, 40)), 1), (RNG.random((1, 28, 28)) * 255, 255),
    (RNG.random((1, 15, 28)), None), (RNG.random((2, 28, 28)), None), (RNG.random((1, 28, 28)) - 0.01, None),
    (RNG.random((1, 28, 28)) * 9, None), (RNG.random((1, 28, 28)) * 999, None), (np.zeros((1, 28, 28)), None),
])
def test_what_is_plainly_a_picture(x, expected):
    assert white(x) == expected


def test_pictures_are_grey_or_coloured_and_responses_signed():
    """Also what a pooling takes from a picture; a gradient never is one."""
    kinds = lambda scene: [scale.kind for scale in scales_of(scene).values()]
    grey, coloured = RNG.random((28, 28)), RNG.random((3, 28, 28))
    assert kinds(cnn.viz.slide(grey, SOBEL)) == ["grey", "signed", "signed"]
    assert kinds(cnn.viz.slide(coloured, RNG.random((3, 3, 3)))) == ["rgb", "signed", "signed"]
    assert kinds(cnn.viz.pool(coloured, 2)) == ["rgb"] * 3
    assert kinds(cnn.viz.slide(grey, SOBEL, direction="dx", dy=RNG.random((26, 26)))) == ["signed"] * 3
    assert kinds(cnn.viz.slide(grey[:7, :7], SOBEL)) == ["signed"] * 3
    assert [Scale("rgb", 1.0).lane(n).kind for n in range(3)] == ["red", "green", "blue"]


DIGITS = RNG.integers(0, 10, 49).astype(float)


@pytest.mark.parametrize(("values", "limit", "beyond"), [
    (DIGITS, DIGITS.max(), 0), ([*DIGITS, 100], DIGITS.max(), 1), ([*DIGITS, -1e9], DIGITS.max(), 1),
    ([*DIGITS, 100, 1e9], DIGITS.max(), 2), ([1] * 25 + [1e6] * 20, 1, 20),
    ([-1] * 8 + [8], 8, 0),              # the kernel of Laplace,
    ([0] * 24 + [1], 1, 0),              # an impulse,
    ([0, 1, 100], 100, 0),               # and too few to speak of the others
    ([3, 1, 2, *[1e-16] * 40], 3, 0),    # what rounding leaves of zeros are no others
    ([0] * 9, 1, 0), ([-np.inf, 1, 2], 2, 0),
])
def test_a_few_cells_far_beyond_do_not_bleach_the_others(values, limit, beyond):
    scale = scale_of(np.array(values, float))
    assert (scale.limit, scale.beyond) == (limit, beyond)
    assert beyond == 0 or scale.most == max(values, key=abs)
    assert sum(map(scale.outside, values)) == beyond


@pytest.mark.parametrize("far", [100, 1e9])
def test_a_cell_far_beyond_is_marked_and_the_others_stay(far):
    """In colour, in the size of their digits and in decimals; the legend says so."""
    x = DIGITS.reshape(7, 7).copy()
    plain = picture(cnn.viz.slide(x, SOBEL))[0]
    x[2, 3] = far
    made, _ = picture(cnn.viz.slide(x, SOBEL))
    now, before = digits(made.panels["source"][0]), digits(plain.panels["source"][0])
    cell = now.pop((2, 3))
    assert cell[0] == ("100" if far == 100 else "1e9") and before.pop((2, 3)) and now == before
    assert made.look["source"].share == plain.look["source"].share
    marks = [c for c in made.panels["source"][0].ax.collections if len(c.get_paths()) == 1 and c.get_zorder() == 1.4]
    assert [tuple(mark.get_paths()[0].vertices[0]) for mark in marks] == [(4, 2)]   # the corner of row 2, column 3
    said = [text for _, text in lines(made.fig)]
    assert f"x from 0 (white) to 9 (red); ◥ 1 cell beyond, up to {cell[0]}" in said


def test_marks_in_colours_follow_the_steps():
    """Results without digits are marked as they are written."""
    x = np.ones((40, 40))
    x[20, 20] = 1e9
    scene = cnn.viz.slide(x - 0.5, np.ones((1, 1)))
    step = 20 * 40 + 20
    for shown, count in ((step - 1, 0), (step, 1)):
        assert len(picture(scene, shown)[0].panels["result"][0].surface[1].get_paths()) == count
