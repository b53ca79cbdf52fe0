"""Photographs, and one with the answer to "where are the coins?"."""

import difflib
from typing import NamedTuple

import numpy as np

from ..arguments import shown
from .files import png, unit
from .splits import split_index

_PHOTO_FILES = {
    "camera": "camera_256.png",
    "chelsea": "chelsea_160x240.png",
    "coffee": "coffee_160x240.png",
    "brick": "brick_256.png",
    "gravel": "gravel_256.png",
    "grass": "grass_256.png",
    "coins": "coins_303x384.png",
}
PHOTOS = tuple(_PHOTO_FILES)
_CUT = 151   # the row at which the coins are split; 145 to 155 show none


def photo(name):
    """Load one photograph: "camera", "chelsea", "coffee", "brick", "gravel", "grass" or "coins" (`PHOTOS` lists them).

    Returns float32 from 0 to 1. Grey pictures are (H, W): camera, brick, gravel and grass (256, 256), coins (303, 384).
    Colour pictures are (3, H, W), red, green, blue: chelsea and coffee (3, 160, 240). Matplotlib wants the channels
    last: `plt.imshow(photo("chelsea").transpose(1, 2, 0))`; a grey one is shown by `plt.imshow(x, cmap="gray")`.
    Raises ValueError for a name it does not know, TypeError for what is no name, `DataFileError` for a damaged file.

    Source: scikit-image. All are CC0 (Lav Varshney, Stefan van der Walt, Rachel Michetti, cc0textures.com, linolafett)
    but coins: Brooklyn Museum, no known copyright restrictions.

    >>> import cnnlib as cnn
    >>> cat = cnn.data.photo("chelsea")
    >>> cat.shape, cat.transpose(1, 2, 0).shape
    ((3, 160, 240), (160, 240, 3))
    """
    if not isinstance(name, str):
        raise TypeError(f"name: found {shown(name)}, expected one of the names {', '.join(PHOTOS)}.")
    if name not in _PHOTO_FILES:
        near = difflib.get_close_matches(name[:20].lower(), PHOTOS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"name: found {shown(name)}, expected one of {', '.join(PHOTOS)}.{hint}")
    pixels = png(_PHOTO_FILES[name])
    if pixels.ndim == 3:
        pixels = np.ascontiguousarray(pixels.transpose(2, 0, 1))
    return unit(pixels)


class Coins(NamedTuple):
    """A photograph with the answer to "where are the coins?": see `coins`."""

    image: np.ndarray
    mask: np.ndarray
    labels: np.ndarray


def coins(split=None):
    """Load the photograph of 24 coins together with the mask of what is coin, and which.

    split   "train" gives the upper part with its 12 coins, "test" the lower part with the other 12: the cut goes
            through background only. None gives the whole.

    Returns a `Coins`: image float32 (H, W) from 0 to 1, mask bool (H, W), True on the coins, and labels int64 (H, W),
    0 for the background and 1 to 24 for the coins (in a part 1 to 12). H is 303 (151 to train on, 152 to be tested on),
    W is 384. The mask was computed and not drawn by hand: three or four dim coins have small bites in their rim.
    Raises ValueError or TypeError for another split, `DataFileError` if a file is damaged.

    Source: Brooklyn Museum by way of scikit-image, no known copyright restrictions; mask and labels are our own, MIT.

    >>> import cnnlib as cnn
    >>> image, mask, labels = cnn.data.coins()
    >>> int(labels.max()), f"{mask.mean():.1%} of the picture is coin"
    (24, '33.5% of the picture is coin')
    >>> cnn.data.coins("test").image.shape
    (152, 384)
    """
    part = slice(None) if split is None else (slice(_CUT), slice(_CUT, None))[split_index(split)]
    mask, labels = png("coins_mask_303x384.png") > 0, png("coins_labels_303x384.png").astype(np.int64)
    image, mask, labels = (array[part].copy() for array in (photo("coins"), mask, labels))
    first = labels[mask].min()   # of a part: the coins are numbered from above
    labels[mask] -= first - 1
    return Coins(image, mask, labels)
