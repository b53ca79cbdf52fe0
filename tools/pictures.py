"""The pictures in the README: sliding windows, drawn by the package itself, and the first figure of lesson 00.

    python -m tools.pictures            draw them again into assets/pictures/
    python -m tools.pictures --check    report only, write nothing; exit 1 if one would change by a single byte

test_readme.py holds the files to what the code draws now, but for lines that another version of a font moves a little,
and the README's words to the scenes' own.
"""

import base64
import sys
import tempfile
from pathlib import Path

import nbformat

import cnnlib as cnn
from cnnlib.publish import gallery
from cnnlib.viz.kit.live import VIEW

from . import command

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "assets" / "pictures"
LESSON = ROOT / "notebooks" / "00_start_here.ipynb"

READY = {name: scene for name, (_, scene) in gallery.scenes().items()}

# name of the file: the scene, and the step that is shown (None: all of them, or the last)
PICTURES = {
    "slide.gif": (READY["image"], None),
    "signal.png": (cnn.viz.slide([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], stride=3), None),
    "channels.png": (READY["channels"], 25),
    "dilation.png": (READY["dilation"], 4),
    "max_pool.png": (READY["max_pooling"], 2),
    "transpose.png": (READY["transposed"], 12),
    "gradient.png": (READY["gradient_of_input"], 4),
}


def first_figure():
    """The first figure that lesson 00 shows: its output as a dict of forms, the pixels as text."""
    lesson = nbformat.read(LESSON, as_version=4)
    outputs = [output.get("data", {}) for cell in lesson.cells for output in cell.get("outputs", [])]
    return next(data for data in outputs if "image/png" in data and VIEW not in data)   # no still of something live


def draw(name, folder):
    """Draw one of them into a folder; returns its path."""
    scene, step = PICTURES[name]
    return scene.save(Path(folder, name), **({"speed": 2} if name.endswith(".gif") else {"step": step}))


def main(arguments=None):
    """The command line; returns the exit code."""
    options, failed = command.parser("tools.pictures", __doc__).parse_args(arguments), False
    content = {"first_look.png": base64.b64decode(first_figure()["image/png"])}
    with tempfile.TemporaryDirectory() as folder:
        content |= {name: draw(name, folder).read_bytes() for name in PICTURES}
    for name, data in content.items():
        changed = command.put(FOLDER / name, data, options.check)
        failed |= command.told(FOLDER / name, changed, options.check)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
