"""Numbers that stand on a command line, or in a file that it names."""

import contextlib
import json
from pathlib import Path

from ..arguments import shown
from .errors import PublishError

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")
SUFFIXES = (".json", ".csv", ".npy", *PICTURES)
MOST = 50_000_000   # bytes of a file; no scene holds as much
PIXELS = 28         # across a picture, unless said otherwise


def array(text, name, pixels=None):
    """The numbers that an option `name` gives as `text`: JSON, the name of a kernel, or a file's; a list or an array.

    A picture becomes grey, whole numbers from 0 to 255, (H, W), at most `pixels` wide. Raises `PublishError` for what
    cannot be read; whether the numbers fit anything is left to those who use them.

    >>> array("[[1, 2], [3, 4]]", "--input")
    [[1, 2], [3, 4]]
    """
    from ..viz.kernel.presets import PRESETS

    if pixels is not None and not 1 <= pixels <= 4096:
        raise PublishError(f"--pixels must be from 1 to 4096, found {pixels}")
    if name == "--kernel" and text.lower() in PRESETS:
        return PRESETS[text.lower()][0]
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(text)
    path, kind = Path(text), Path(text).suffix.lower()
    if text.lstrip().startswith(("[", "{")) or kind not in SUFFIXES:
        names = f", or one of the kernels {', '.join(PRESETS)}" if name == "--kernel" else ""
        raise PublishError(f'{name} must be JSON such as "[[1, 2], [3, 4]]", or a file that ends in '
                           f"{', '.join(SUFFIXES[:4])}{names}; found {shown(text, 50)}")
    if "\0" in text or not path.is_file():
        raise PublishError(f"{name}: there is no file {shown(text, 80)}")
    if path.stat().st_size > MOST:
        raise PublishError(f"{name}: {shown(path.name)} has {path.stat().st_size} bytes, expected at most {MOST}")
    try:
        return _picture(path, pixels or PIXELS) if kind in PICTURES else _READ[kind](path)
    except OSError as error:
        if error.errno is not None:   # of the disk, not of what is in the file
            raise
        why = error
    except Exception as error:   # libraries raise nearly anything for a file that is broken
        why = error
    raise PublishError(f"{name}: {shown(path.name)} cannot be read as {kind}: {' '.join(str(why).split())[:120]}")


def value(text):
    """A number, a pair of them or a word, for the one who uses it to judge.

    >>> value("[2, 1]"), value("same")
    ([2, 1], 'same')
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _json(path):
    return json.loads(path.read_text(encoding="utf-8-sig"))


def _csv(path):
    """Rows of numbers: (H, W); one row alone is a signal, (L,)."""
    import numpy as np

    lines = path.read_text(encoding="utf-8-sig").splitlines()
    mark = ";" if any(";" in line for line in lines) else ","
    if not any(line.partition("#")[0].strip() for line in lines):
        raise ValueError("no number is in it")
    rows = np.loadtxt(lines, delimiter=mark, ndmin=2)
    return rows[0] if len(rows) == 1 else rows


def _npy(path):
    import numpy as np

    with path.open("rb") as file:
        return np.lib.format.read_array(file, allow_pickle=False)   # a pickle can run any code


def _picture(path, pixels):
    import numpy as np
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        grey = ImageOps.exif_transpose(image)
        if grey.mode == "F":
            raise ValueError("its pixels are fractions, expected whole numbers of 8 or 16 bits")
        if grey.mode.startswith("I"):   # 16 bits, of which "L" would make all white
            grey = Image.fromarray((np.asarray(grey).clip(0, 65535) // 257).astype(np.uint8))
        grey = grey.convert("L")
    if grey.width > pixels:
        grey = grey.resize((pixels, max(1, round(grey.height * pixels / grey.width))), Image.Resampling.BOX)
    return np.asarray(grey, int)


_READ = {".json": _json, ".csv": _csv, ".npy": _npy}
