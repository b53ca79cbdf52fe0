"""Read the four IDX files in which MNIST, Fashion-MNIST and their relatives are published.

The format is small enough to read by hand: two zero bytes, a code for the type (8 is an unsigned byte), the number of
dimensions, then each dimension as a four-byte integer, most significant byte first, then the values, row by row.
`cnnlib.data.from_idx` is the public door to this file.
"""

import gzip
import math
import os
import struct
import zlib
from pathlib import Path

import numpy as np

from .. import arguments

_UNSIGNED_BYTE = 8
_IMAGE_SIZE = (28, 28)
_KIND = {1: "labels", 3: "images"}  # by the number of dimensions


def read_folder(folder, class_count):
    """Read `x_train, y_train, x_test, y_test` as uint8: images (N, 28, 28), labels (N,) below `class_count`."""
    parts = []
    for part, (image_file, label_file) in zip(("train", "t10k"), _find(folder), strict=True):
        images, labels = _read(image_file, dimensions=3), _read(label_file, dimensions=1)
        if len(images) != len(labels):
            raise ValueError(
                f"{label_file}: found {len(labels)} labels, expected {len(images)}, one for each image in "
                f"{image_file.name}. Do the two {part} files come from the same data set?"
            )
        if labels.max(initial=0) >= class_count:
            first = int(np.argmax(labels >= class_count))
            raise ValueError(
                f"{label_file}: found label {labels[first]} at position {first}, expected 0 to {class_count - 1}, "
                f"because there are {class_count} class names. A data set with more classes needs class_names."
            )
        parts += [images, labels]
    return parts


def _find(folder):
    """Return the paths as ((train images, train labels), (test images, test labels)); name all that are missing."""
    if not isinstance(folder, str | os.PathLike):
        raise TypeError(f"folder: found {type(folder).__name__}, expected the path of a folder, as text or Path.")
    folder = Path(arguments.path(folder, "folder")).expanduser()
    if folder.is_file():
        raise NotADirectoryError(f"folder: {folder} is a file, expected the folder that holds the four IDX files.")
    if not folder.is_dir():
        raise FileNotFoundError(f"folder: there is no folder {folder} (looked from {Path.cwd()}).")
    found, missing = [], []
    for part in ("train", "t10k"):
        for dimensions in (3, 1):
            name = f"{part}-{_KIND[dimensions]}-idx{dimensions}-ubyte"
            # Some mirrors spell it with a dot. is_file, because one of them also has folders of these very names.
            spellings = [s + end for s in (name, name.replace("-idx", ".idx")) for end in ("", ".gz")]
            path = next((folder / s for s in spellings if (folder / s).is_file()), None)
            (missing if path is None else found).append(name if path is None else path)
    if missing:
        raise FileNotFoundError(
            f"folder: {folder} does not hold {', '.join(missing)}. Expected the four original IDX files, "
            f"each unpacked or as .gz."
        )
    return found[:2], found[2:]


def _read(path, dimensions):
    """Read one file as a uint8 array with so many dimensions; any doubt about it is a ValueError."""
    raw = _bytes(path)
    magic, expected = raw[:4], bytes([0, 0, _UNSIGNED_BYTE, dimensions])
    if magic[:3] != expected[:3]:
        packed = raw[:2] == b"\x1f\x8b"
        slip = " It is packed: give it a name that ends in .gz." if packed else " It is not an IDX file of bytes."
        raise ValueError(
            f"{path}: found a file that starts with the bytes {magic.hex(' ') or '(none)'}, "
            f"expected the magic number {expected.hex(' ')}.{slip}"
        )
    if magic != expected:
        raise ValueError(
            f"{path}: found data of dimension {int.from_bytes(magic[3:])}, expected {dimensions}, that is "
            f"{_KIND[dimensions]}. Are the files of images and labels swapped?"
        )
    start = 4 + 4 * dimensions
    if len(raw) < start:
        raise ValueError(f"{path}: found {len(raw)} bytes, expected at least {start} for the header. It is cut short.")
    shape = struct.unpack_from(f">{dimensions}I", raw, 4)
    if dimensions == 3 and shape[1:] != _IMAGE_SIZE:
        raise ValueError(f"{path}: found images of {shape[1]}x{shape[2]} pixels, expected 28x28.")
    if len(raw) - start != math.prod(shape):
        slip = "It is cut short." if len(raw) - start < math.prod(shape) else "There is more after the last value."
        raise ValueError(
            f"{path}: found {len(raw) - start} values after the header, expected {math.prod(shape)}, "
            f"because its header says {shape}. {slip}"
        )
    return np.frombuffer(raw, np.uint8, offset=start).reshape(shape)


def _bytes(path):
    """Return the whole file, unpacked: 47 MB for 60,000 images, so nothing is gained by reading it in parts."""
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as file:
            return file.read()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(
            f"{path}: found a file that cannot be unpacked ({error}), expected gzip. Either it is cut short, or it was "
            f"unpacked during the download: then remove .gz from its name."
        ) from error
