"""The data room: images, signals and data sets, ready to be used and never downloaded.

Everything lies in the folder assets/. Before a file is used, its bytes are compared with the checksum in
assets/checksums.sha256; a file that is missing, cut short or altered raises `DataFileError`, which says how to get it
back. Where each file comes from and under which licence is written in assets/PROVENANCE.md.

Images are float32 from 0 (black) to 1 (white), channels first, as everywhere in the series: (N, C, H, W). Labels are
int64. Every call returns fresh arrays, so whatever you do to them, the next call starts from the originals.
"""

import difflib
import hashlib
import io
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import _idx
from .arguments import label, several, shown

__all__ = ["PHOTOS", "Coins", "DataFileError", "ImageSet", "Signal"]
__all__ += ["coins", "ecg", "fashion_mnist", "from_idx", "mnist", "photo", "pulse"]

# An installed package carries the files inside itself; in a clone they lie next to it.
_PACKAGE = Path(__file__).resolve().parent
ASSETS = _PACKAGE / "assets" if (_PACKAGE / "assets").is_dir() else _PACKAGE.parent / "assets"

# One file in the list: its size as a comment (`sha256sum -c` passes over those), then the line that sha256sum writes.
_LISTED = re.compile(r"^# (\d+) bytes\n([0-9a-f]{64}) [ *](\S+)$", re.MULTILINE)

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
_DIGITS = tuple("0123456789")


class DataFileError(OSError):
    """A file in assets/ is missing, cut short or altered; the message says what was found and how to restore it.

    It is an OSError, for the fault is on the disk and not in the arguments.
    """


class ImageSet(NamedTuple):
    """Images with their classes, split into a part to learn from and a part to be tested on.

    `x_train` and `x_test` are float32 (N, 1, 28, 28) from 0 to 1, `y_train` and `y_test` int64 (N,), and
    `class_names[y]` is the name of class y.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple[str, ...]

    def __repr__(self):
        # The tuple's own would print four arrays of pixels into the notebook.
        return f"ImageSet(x_train {self.x_train.shape}, x_test {self.x_test.shape}, {len(self.class_names)} classes)"


class Coins(NamedTuple):
    """A photograph with the answer to "where are the coins?": see `coins`."""

    image: np.ndarray
    mask: np.ndarray
    labels: np.ndarray


class Signal(NamedTuple):
    """A recording: `values`, float64 (samples,), taken `rate` times a second."""

    values: np.ndarray
    rate: int

    @property
    def time(self):
        """The moment of each sample in seconds, float64 (samples,), from 0."""
        return np.arange(len(self.values)) / self.rate


def fashion_mnist():
    """Load 8,000 garments to train on and 2,000 to test on: a balanced part of Fashion-MNIST, with its official split.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,), 10 classes of 800 + 200 images.
    Raises `DataFileError` if the file is damaged.

    Source: Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747. Copyright (c) 2017 Zalando SE, MIT licence.

    >>> import cnnlib as cnn
    >>> garments = cnn.data.fashion_mnist()
    >>> garments
    ImageSet(x_train (8000, 1, 28, 28), x_test (2000, 1, 28, 28), 10 classes)
    >>> garments.class_names[garments.y_train[0]]
    'Dress'
    """
    z = _npz("fashion_mnist_8k_2k.npz")
    return _image_set(z["x_train"], z["y_train"], z["x_test"], z["y_test"], tuple(z["class_names"].tolist()))


def mnist():
    """Load 4,000 handwritten digits to train on and 1,000 to test on.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,), 10 classes of 400 + 100 images. The split
    is our own, not the official one: do not compare scores on it with published ones.
    Raises `DataFileError` if the file is damaged.

    Source: LeCun, Bottou, Bengio and Haffner 1998, doi:10.1109/5.726791. Copyright Yann LeCun and Corinna Cortes,
    CC BY-SA 3.0: pass this file on under the same licence.

    >>> import cnnlib as cnn
    >>> x_train, y_train, x_test, y_test, names = cnn.data.mnist()
    >>> x_train.shape, y_test.shape, names[7]
    ((4000, 1, 28, 28), (1000,), '7')
    """
    z = _npz("mnist_5k.npz")
    return _image_set(z["x_train"], z["y_train"], z["x_test"], z["y_test"], _DIGITS)


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
    pixels = _png(_PHOTO_FILES[name])
    if pixels.ndim == 3:
        pixels = np.ascontiguousarray(pixels.transpose(2, 0, 1))
    return _unit(pixels)


def coins():
    """Load the photograph of 24 coins together with the mask of what is coin, and which.

    Returns a `Coins`: image float32 (303, 384) from 0 to 1, mask bool (303, 384), True on the coins, and labels int64
    (303, 384), 0 for the background and 1 to 24 for the coins. The mask was computed and not drawn by hand: three
    or four dim coins have small bites in their rim. Raises `DataFileError` if a file is damaged.

    Source: Brooklyn Museum by way of scikit-image, no known copyright restrictions; mask and labels are our own, MIT.

    >>> import cnnlib as cnn
    >>> image, mask, labels = cnn.data.coins()
    >>> int(labels.max()), f"{mask.mean():.1%} of the picture is coin"
    (24, '33.5% of the picture is coin')
    """
    mask, labels = _png("coins_mask_303x384.png"), _png("coins_labels_303x384.png")
    return Coins(photo("coins"), mask > 0, labels.astype(np.int64))


def ecg():
    """Load one minute of an electrocardiogram, with the flaws of a real one.

    Returns a `Signal`: values float64 (21600,) in millivolts, from -1.855 to 3.65, at 360 samples a second. The
    baseline wanders, some beats from 16 s on are ectopic, and from 42 to 45 s there is a large artefact. It is for
    learning about filters, not for diagnosis. Raises `DataFileError` if the file is damaged.

    Source: MIT-BIH Arrhythmia Database, record 208, lead MLII (Moody and Mark 2001, doi:10.1109/51.932724), PhysioNet
    (Goldberger et al. 2000, doi:10.1161/01.CIR.101.23.e215). Open Data Commons Attribution Licence 1.0.

    >>> import cnnlib as cnn
    >>> heart = cnn.data.ecg()
    >>> heart.values.shape, heart.rate, heart.time[:3].round(4).tolist()
    ((21600,), 360, [0.0, 0.0028, 0.0056])
    """
    z = _npz("ecg_mitbih208_60s.npz")
    # The converter stored 1024 for no voltage, and 200 steps to the millivolt.
    millivolts = (z["adc"].astype(np.float64) - z["adc_zero"]) / z["adc_gain"]
    return Signal(millivolts, z["fs"].item())


def pulse():
    """Load 25 seconds of a pulse, measured by shining light through a finger.

    Returns a `Signal`: values float64 (2483,) at 100 samples a second, whole numbers from 359 to 854 as the sensor gave
    them, without a unit. A beat takes about one second. Raises `DataFileError` if the file is damaged.

    Source: HeartPy (van Gent et al. 2019, doi:10.1016/j.trf.2019.09.015). Copyright (c) 2021 Paul van Gent, MIT.

    >>> import cnnlib as cnn
    >>> values, rate = cnn.data.pulse()
    >>> len(values) / rate
    24.83
    """
    z = _npz("ppg_heartpy_100hz.npz")
    return Signal(z["ppg"].astype(np.float64), z["fs"].item())


def from_idx(folder, class_names=_DIGITS):
    """Read a whole data set from the four files in which MNIST and Fashion-MNIST are published.

    `folder` holds train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
    each as it is or packed as .gz; the spelling train-images.idx3-ubyte is understood too. `class_names` is a list of
    text, one for each class, "0" to "9" unless given; for Fashion-MNIST, `fashion_mnist().class_names` fits.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,). The 60,000 images take 188 MB.
    Raises FileNotFoundError if the folder or one of the files is missing, ValueError if a file is not what its name
    promises (magic number, dimension, size, number of labels, largest label), TypeError for other arguments.

    Source of the format: the MNIST page of LeCun, Cortes and Burges. The licence is that of the files you read.

    >>> import cnnlib as cnn
    >>> cnn.data.from_idx("no/such/folder")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    FileNotFoundError: folder: there is no folder no/such/folder (looked from ...).
    """
    class_names = tuple(label(name) for name in several(class_names, "class_names", "names, one for each class"))
    return _image_set(*_idx.read_folder(folder, len(class_names)), class_names)


def _image_set(x_train, y_train, x_test, y_test, class_names):
    """Pixels (N, H, W) of bytes to (N, 1, H, W) from 0 to 1, labels to int64."""
    train = _unit(x_train[:, None]), y_train.astype(np.int64)
    test = _unit(x_test[:, None]), y_test.astype(np.int64)
    return ImageSet(*train, *test, class_names)


def _unit(pixels):
    """Bytes 0 to 255 to a new float32 array from 0 to 1."""
    scaled = pixels.astype(np.float32)
    scaled /= 255
    return scaled


def _npz(name):
    """All arrays of a checked .npz file, by name. Pickles are refused: reading one can run any code."""
    with np.load(io.BytesIO(_read(name)), allow_pickle=False) as arrays:
        return dict(arrays)


def _png(name):
    """Pixels of a checked .png file, uint8 (H, W) or (H, W, 3)."""
    from PIL import Image  # here, so that importing this room stays quick

    with Image.open(io.BytesIO(_read(name)), formats=["PNG"]) as image:
        return np.array(image)


def _read(name):
    """Return the bytes of a file in assets/, but only if they are the bytes that the list of checksums names."""
    listed = _checksums()
    if name not in listed:
        raise _damage("checksums.sha256", f"found no line for {name} that can be read, expected its size and checksum")
    size, digest = listed[name]
    raw = _bytes(name)
    found = hashlib.sha256(raw).hexdigest()
    if found != digest:
        slip = "cut short" if len(raw) < size else "too long" if len(raw) > size else "altered"
        raise _damage(
            name,
            f"the file is {slip}: found {len(raw)} bytes with SHA-256 {found[:12]}..., "
            f"expected {size} bytes with SHA-256 {digest[:12]}...",
        )
    return raw


def _checksums():
    """File name -> (size in bytes, SHA-256 as 64 hexadecimal digits), from assets/checksums.sha256."""
    text = _bytes("checksums.sha256").decode("ascii", errors="replace").replace("\r\n", "\n")
    return {name: (int(size), digest) for size, digest, name in _LISTED.findall(text)}


def _bytes(name):
    try:
        return (ASSETS / name).read_bytes()
    except FileNotFoundError:
        raise _damage(name, "the file is missing") from None
    except OSError as error:
        raise _damage(name, f"the file cannot be read ({error.strerror})") from error


def _damage(name, problem):
    if ASSETS.parent == _PACKAGE:
        way = "run `pip install --force-reinstall --no-deps .` in the folder of a fresh copy of the project"
    elif (ASSETS.parent / ".git").exists():
        way = f"run `git checkout -- assets/{name}` at the top of your clone"
    else:
        way = f"copy assets/{name} from a fresh copy of the project"
    return DataFileError(f"{ASSETS / name}: {problem}. To restore it, {way}.")
