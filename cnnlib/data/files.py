"""Reading what lies in assets/: bytes that are compared with their checksum before anything is made of them."""

import hashlib
import io
import re
from pathlib import Path

import numpy as np

# An installed package carries the files inside itself; in a clone they lie next to it.
_PACKAGE = Path(__file__).resolve().parents[1]
ASSETS = _PACKAGE / "assets" if (_PACKAGE / "assets").is_dir() else _PACKAGE.parent / "assets"

# One file in the list: its size as a comment (`sha256sum -c` passes over those), then the line that sha256sum writes.
_LISTED = re.compile(r"^# (\d+) bytes\n([0-9a-f]{64}) [ *](\S+)$", re.MULTILINE)


class DataFileError(OSError):
    """A file in assets/ is missing, cut short or altered; the message says what was found and how to restore it.

    It is an OSError, because the fault is on the disk and not in the arguments.
    """


def unit(pixels):
    """Bytes 0 to 255 to a new float32 array from 0 to 1."""
    scaled = pixels.astype(np.float32)
    scaled /= 255
    return scaled


def npz(name):
    """All arrays of a checked .npz file, by name. Pickles are refused: reading one can run any code."""
    with np.load(io.BytesIO(read(name)), allow_pickle=False) as arrays:
        return dict(arrays)


def png(name):
    """Pixels of a checked .png file, uint8 (H, W) or (H, W, 3)."""
    from PIL import Image  # here, so that importing this room stays quick

    with Image.open(io.BytesIO(read(name)), formats=["PNG"]) as image:
        return np.array(image)


def read(name):
    """Return the bytes of a file in assets/, but only if they are the bytes that the list of checksums names."""
    listed = checksums()
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


def checksums():
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
