"""A colour picture is seen in colour, beside its channels: in the figure, in films and in words."""

import numpy as np
import pytest
from drawn import lines, picture, pixels

import cnnlib as cnn
from cnnlib.viz.kit import film
from cnnlib.viz.slide.figure import figure

RNG = np.random.default_rng(5)
X = np.round(RNG.random((3, 16, 20)) * 255)
W = RNG.integers(-1, 2, (3, 3, 3))
SLID = cnn.viz.slide(X, W, stride=4)   # some rows and columns are never read
POOLED = cnn.viz.pool(X, 4)


def light(made, name):
    """The colours of the whole picture, 0 to 255, and where there are some."""
    shown = np.asarray(made.wholes[name].image.get_array())
    return shown[..., :3].transpose(2, 0, 1) * 255, shown[..., 3] > 0


def frames(panel):
    """(left, top, width, height) of the outlines on a panel that are thicker than its own."""
    return {(*patch.get_xy(), patch.get_width(), patch.get_height()) for patch in panel.ax.patches
            if patch.get_zorder() == 4}


@pytest.mark.parametrize("scene", [SLID, cnn.viz.slide(X / 255, W, direction="dw")])
def test_all_channels_together_are_the_picture(scene):
    """As bright as the three are, under the same window, in the height of the middle channel and before it."""
    made, _ = picture(scene, 5)
    seen, known = light(made, "source")
    assert known.all() and np.allclose(seen, X) and list(made.wholes) == ["source"]
    whole, channels = made.wholes["source"], made.panels["source"]
    used = {frame for panel in channels for frame in frames(panel)}
    assert frames(whole) == used and len(used) == 1
    assert whole.middle == pytest.approx(channels[1].middle) and whole.cell == channels[0].cell
    assert whole.corner_at[0] + whole.size[1] * whole.cell[0] < channels[0].corner_at[0]


def test_channels_stay_beside_their_weights():
    made, _ = picture(SLID)
    for x, w in zip(made.panels["source"], made.panels["weights"], strict=True):
        assert x.middle == pytest.approx(w.middle)


def test_what_a_pooling_makes_of_it_comes_channel_by_channel():
    """Red first, then red with green; nothing where nothing is known."""
    for step, channels in ((7, 1), (27, 2), (59, 3)):
        seen, known = light(picture(POOLED, step)[0], "result")
        told = np.where(np.arange(60) <= step, POOLED.output.ravel(), 0).reshape(3, 4, 5)
        assert np.allclose(seen, told) and known.sum() == min(step + 1, 20)
        assert [part.any() for part in seen] == [n < channels for n in range(3)]


@pytest.mark.alike(2)
@pytest.mark.parametrize("scene", [SLID, POOLED])
def test_films_show_it_as_figures_do(scene):
    steps = [0, 1, scene.steps // 2, scene.steps - 1]
    for step, frame in zip(steps, film.film(scene, steps), strict=True):
        assert (np.asarray(frame, int) == pixels(figure(scene, step), film.FILM_DPI)).all()


def test_legend_and_words_tell_of_it():
    made, _ = picture(SLID, 0)
    said = [text for _, text in lines(made.fig)]
    assert "x from 0 (black) to 255 (red, green and blue; in colour, all three together)" in said
    assert "in colour" in [text.get_text() for text in made.sheet.texts]
    for scene in (SLID, SLID.asking()):
        assert "x is a picture in colour, its channels are red, green and blue." in scene.alt(0)
        assert len(scene.alt(0)) <= 500


@pytest.mark.parametrize("scene", [
    cnn.viz.slide(X[:, :9, :9], W), cnn.viz.slide(X[0], W[0]), cnn.viz.slide(X - 99, W),
    cnn.viz.slide(X, W, direction="dx"), cnn.viz.slide(np.concatenate([X, X[:1]]), np.ones((4, 3, 3))),
])
def test_other_arrays_are_no_pictures_in_colour(scene):
    made, _ = picture(scene, 0)
    assert made.wholes == {} and "in colour" not in scene.alt(0)


def test_weights_beside_a_picture_have_digits():
    """Also where there are three of them, as in the player."""
    scene = cnn.viz.slide(np.round(RNG.random((3, 32, 32)) * 255), RNG.integers(-1, 3, (3, 5, 5)))
    assert picture(scene, 0)[0].layout.blocks["weights"].digits
