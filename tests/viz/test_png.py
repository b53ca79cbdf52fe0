"""A packed picture beside what matplotlib drew: the same to the eye wherever colours pass smoothly into each other."""

import io

import numpy as np
import pytest
from drawn import SCENES
from PIL import Image
from test_styles import DRAWN, HISTORY

import cnnlib as cnn
from cnnlib.viz.figures.watch import picture
from cnnlib.viz.kit import png

RNG = np.random.default_rng(0)
SIGNED = RNG.normal(size=(4, 1, 12, 12))
WAVES = np.sin(np.arange(80) / 11) * np.cos(np.arange(80) / 7)[:, None]

FINE = "28x28", "64x64", "many channels", "signal, stride over cells", "dx, signal", "dw, signal"
KINDS = DRAWN | {name: SCENES[name].figure for name in FINE} | {
    "filters, signed": lambda: cnn.viz.filters(SIGNED[..., :3, :3]),
    "feature_maps, signed": lambda: cnn.viz.feature_maps(SIGNED[:, 0]),
    "feature_maps, smooth": lambda: cnn.viz.feature_maps(WAVES[None]),
    "layer_outputs": lambda: cnn.viz.layer_outputs({"input": np.abs(WAVES[None]), "conv": SIGNED[:, 0]}),
    "watch": lambda: picture(HISTORY, SIGNED[:, 0]),
    "wave": lambda: cnn.viz.slide(WAVES[:28, :28], np.ones((3, 3))).figure(),
}


def beside(fig):
    """What matplotlib draws, and what is packed, both (H, W, 3); and the packed image."""
    pixels = png._framed(png._drawn_tight(fig))[2]
    packed = Image.open(io.BytesIO(png._packed(pixels)))
    return np.asarray(png._image(pixels), int), np.asarray(packed.convert("RGB"), int), packed


def smooth(pixels):
    """Where nothing ends: all four neighbours are nearly the same. Not at the rim of the picture."""
    middle = pixels[1:-1, 1:-1]
    around = pixels[:-2, 1:-1], pixels[2:, 1:-1], pixels[1:-1, :-2], pixels[1:-1, 2:]
    return np.pad(np.all([np.abs(other - middle).max(axis=2) <= 16 for other in around], axis=0), 1)


@pytest.mark.alike(8)
@pytest.mark.parametrize("name", KINDS)
def test_smooth_places_stay_as_they_were_drawn(name):
    """Scales of colours, maps and cells have no bands, and no hue but their own; edges may be a little off."""
    raw, packed, _ = beside(KINDS[name]())
    error = np.abs(packed - raw).max(axis=2)
    assert error[smooth(raw)].max() <= 5 and error.max() <= 16


@pytest.mark.parametrize("name", ["filters, signed", "feature_maps, signed"])
def test_a_scale_of_colours_is_close_and_packed(name):
    """It has room beside all areas: a third of the size, and not even a step of 2 away."""
    raw, packed, image = beside(KINDS[name]())
    assert np.abs(packed - raw)[smooth(raw)].max() <= 2 and image.mode == "P"


def ramp(side):
    """Colours that pass into each other by steps of 1, across and down, on white."""
    across, down = np.meshgrid(*[np.arange(side) + 30] * 2)
    shown = np.pad(np.stack([across, down, 0 * down], axis=-1), ((99, 99), (99, 99), (0, 0)), constant_values=255)
    return np.asarray(Image.fromarray(shown.astype(np.uint8)).convert("RGBA")).view("<u4")[..., 0]


@pytest.mark.parametrize(("side", "step"), [(15, 0), (20, 1), (40, 2), (80, 4)])
def test_colours_are_kept_as_fine_as_there_is_room(side, step):
    """225, 400, 1600 and 6400 of them. The ground stays white."""
    pixels = ramp(side)
    raw, packed = (np.asarray(image.convert("RGB"), int) for image in (png._image(pixels), png._counted(pixels, 0)))
    assert np.abs(packed - raw)[smooth(raw)].max() == step and (packed[:99] == 255).all()


def test_too_many_colours_are_not_counted_out():
    assert png._counted(ramp(200), 0) is None


def test_the_colours_of_a_photograph_are_right_on_average():
    """Where 256 are not enough, each is the mean of all that it stands for, and the ground stays white."""
    raw, packed, _ = beside(cnn.viz.nested_windows(cnn.data.photo("chelsea")[:, 30:62, 90:122], ["a", "b"], [3, 5], 2))
    colours, which = np.unique(packed.reshape(-1, 3), axis=0, return_inverse=True)
    off = [np.bincount(which.ravel(), part) / np.bincount(which.ravel()) for part in (packed - raw).reshape(-1, 3).T]
    assert 200 < len(colours) <= 256 and np.abs(off).max() <= 0.6 and (packed[0, 0] == 255).all()
