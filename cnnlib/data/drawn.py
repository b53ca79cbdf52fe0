"""Pictures drawn when they are asked for, with the right answer for every pixel: garments on a texture."""

from typing import NamedTuple

import numpy as np

from .. import shapes
from ..arguments import room
from .files import unit
from .image_sets import fashion_mnist
from .photos import photo
from .splits import TEST, split_index

TEXTURES = "brick", "grass", "gravel"
GARMENT = 28                 # pixels of a garment's image, and the smallest picture that has room for one
HALF = 128                   # columns of half a texture, and the largest picture that can be cut out of it
INK = 25                     # a pixel of a garment's image above this (of 255) is cloth, others are its background
_COUNTS = 3000, 300          # pictures to train on and to be tested on


class PixelSet(NamedTuple):
    """Images with a label for every pixel: `x` float32 (N, 1, H, W) from 0 to 1, `y` int64 (N, H, W)."""

    x: np.ndarray
    y: np.ndarray

    def __repr__(self):
        # The tuple's own would print two arrays of pixels into the notebook.
        return f"PixelSet(x {self.x.shape}, y {self.y.shape})"


def garments_on_texture(split="train", size=48, seed=0, n=None):
    """Draw one or two garments on a piece of brick, grass or gravel, and the mask that says which pixels are cloth.

    split   "train", or "test": other garments (the data set's own test half) on the other half of each texture.
    size    height and width of a picture, 28 to 128 pixels.
    seed    decides which garment lies where on what: same seed, same pictures, on every machine.
    n       how many pictures, 3,000 to train on and 300 to be tested on unless given. The first ones stay the same.

    Returns a `PixelSet`: x float32 (n, 1, size, size) from 0 to 1, y int64 (n, size, size), 1 on cloth, 0 elsewhere;
    `cnn.nn.fit(model, garments_on_texture())` trains on it. The texture is turned by quarters, mirrored and re-lit,
    the garment mirrored; one garment may lie on another. A dark part of a garment may be left out of the mask: cloth
    is where its own image is brighter than a tenth.
    Raises ValueError or TypeError for other arguments, `DataFileError` for a damaged file.

    Source: garments of `fashion_mnist` (Zalando SE, MIT) on photographs of cc0textures.com (CC0, from scikit-image).

    >>> import cnnlib as cnn
    >>> cnn.data.garments_on_texture("test")
    PixelSet(x (300, 1, 48, 48), y (300, 48, 48))
    """
    which = split_index(split)
    size, seed = shapes.integer(size, "size", GARMENT, HALF), shapes.integer(seed, "seed", 0)
    n = _COUNTS[which] if n is None else shapes.integer(n, "n", 1)
    room((n, size, size), 12, "x and y together", "ask for fewer with n")
    sets = fashion_mnist()
    garments = np.rint((sets.x_test if split == TEST else sets.x_train)[:, 0] * 255).astype(np.uint8)
    textures = [np.rint(photo(name)[:, which * HALF:][:, :HALF] * 255).astype(np.int64) for name in TEXTURES]
    rng = np.random.default_rng((seed, which))
    x, y = np.empty((n, 1, size, size), np.float32), np.empty((n, size, size), np.int64)
    for i in range(n):
        pixels, y[i] = _picture(textures, garments, size, rng)
        x[i, 0] = unit(pixels)
    return PixelSet(x, y)


def _picture(textures, garments, size, rng):
    """One picture and its mask: bytes (size, size) and bool (size, size)."""
    picture, mask = _ground(textures, size, rng), np.zeros((size, size), bool)
    for _ in range(rng.integers(1, 3)):
        garment = garments[rng.integers(len(garments))]
        if rng.random() < 0.5:
            garment = garment[:, ::-1]
        row, column = rng.integers(size - GARMENT + 1, size=2)
        place = slice(row, row + GARMENT), slice(column, column + GARMENT)
        cloth = garment > INK
        picture[place] = np.where(cloth, garment, picture[place])
        mask[place] |= cloth
    return picture, mask


def _ground(textures, size, rng):
    """A piece of a texture, turned, mirrored and re-lit: bytes (size, size).

    The mean is an integer's quotient and no sum of floats, whose last digit depends on the machine.
    """
    texture = textures[rng.integers(len(textures))]
    row, column = (rng.integers(side - size + 1) for side in texture.shape)
    piece = np.rot90(texture[row:row + size, column:column + size], rng.integers(4))
    if rng.random() < 0.5:
        piece = piece[:, ::-1]
    contrast, light = rng.uniform(0.6, 1.2), rng.uniform(0.25, 0.65)
    relit = (piece - piece.sum() / piece.size) * contrast + light * 255
    return np.rint(relit.clip(0, 255)).astype(np.uint8)
