"""Garments on textures: the mask belongs to the picture, the halves share nothing, every machine draws the same."""

import hashlib

import numpy as np
import pytest

from cnnlib import data
from cnnlib.data import drawn


@pytest.fixture(scope="module")
def train():
    return data.garments_on_texture(n=200)


@pytest.fixture(scope="module")
def test():
    return data.garments_on_texture("test")


def test_what_it_gives(train, test):
    for pictures, n in ((train, 200), (test, 300)):
        assert pictures.x.shape == (n, 1, 48, 48)
        assert pictures.x.dtype == np.float32
        assert 0 <= pictures.x.min() < 0.01 < 0.99 < pictures.x.max() <= 1
        assert pictures.y.shape == (n, 48, 48)
        assert pictures.y.dtype == np.int64
        assert np.unique(pictures.y).tolist() == [0, 1]
        assert 0.1 < pictures.y.mean() < 0.3   # most pixels are background
        assert pictures.y.any(axis=(1, 2)).all()
    assert repr(test) == "PixelSet(x (300, 1, 48, 48), y (300, 48, 48))"


def test_every_machine_draws_the_same(train, test):
    """To the last bit: pixels are whole numbers of 255, so that no sum of floats decides."""
    for pictures, digest in ((train, "efc6a56c0b606d30"), (test, "d77e8cb830ddef7c")):
        pixels = np.rint(pictures.x * 255).astype(np.uint8)
        assert np.array_equal(pixels.astype(np.float32) / np.float32(255), pictures.x)
        bits = pixels.tobytes() + pictures.y.astype(np.uint8).tobytes()
        assert hashlib.sha256(bits).hexdigest()[:16] == digest


def test_the_cloth_is_a_garment_of_its_half_and_the_rest_is_texture(monkeypatch):
    """Drawn with garments all white and textures all dark, a picture is its own mask."""
    for split, which in (("train", 0), ("test", 1)):
        sets, dark = data.fashion_mnist(), np.zeros((256, 256), np.float32)
        white = [np.where(part > 0.1, 1, 0).astype(np.float32) for part in (sets.x_train, sets.x_test)]
        nothing = [part * 0 for part in white]
        here = [white[i] if i == which else nothing[i] for i in (0, 1)]
        monkeypatch.setattr(drawn, "fashion_mnist", lambda s=sets, h=here: s._replace(x_train=h[0], x_test=h[1]))
        monkeypatch.setattr(drawn, "photo", lambda name, dark=dark: dark)
        x, y = data.garments_on_texture(split, size=100, n=50)
        assert np.array_equal(x[:, 0] == 1, y == 1), "the mask is not where the garment lies"
        assert y.any(axis=(1, 2)).all(), "garments of the other half"
        assert y.sum(axis=(1, 2)).max() > (white[which] > 0).sum(axis=(1, 2, 3)).max(), "never two"


def test_each_half_lies_on_its_half_of_the_texture(monkeypatch):
    halves = np.zeros((256, 256), np.float32)
    halves[:, 128:] = np.arange(128 * 256).reshape(256, 128) % 251 / 255   # flat on the left, never flat on the right
    monkeypatch.setattr(drawn, "photo", lambda name: halves)
    for split, flat in (("train", True), ("test", False)):
        x, y = data.garments_on_texture(split, n=20)
        spread = [picture[0][mask == 0].std() < 1e-6 for picture, mask in zip(x, y, strict=True)]
        assert spread == [flat] * 20


def test_seed_size_and_number(train):
    again, other = data.garments_on_texture(n=20), data.garments_on_texture(n=20, seed=1)
    assert np.array_equal(again.x, train.x[:20]), "the first ones change with the number"
    assert not np.array_equal(other.x, again.x)
    assert data.garments_on_texture("test", size=128, n=2).x.shape == (2, 1, 128, 128)
    assert data.garments_on_texture("test", size=28, n=2).y.shape == (2, 28, 28)


@pytest.mark.parametrize(("options", "error", "words"), [
    ({"size": 27}, ValueError, "size"), ({"size": 129}, ValueError, "size"), ({"size": 48.0}, TypeError, "size"),
    ({"seed": -1}, ValueError, "seed"), ({"n": 0}, ValueError, "n must"), ({"n": 10**9}, ValueError, "fewer with n"),
])
def test_other_arguments(options, error, words):
    with pytest.raises(error, match=words) as caught:
        data.garments_on_texture(**options)
    assert len(str(caught.value)) < 300
