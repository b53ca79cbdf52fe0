"""The pictures of sliding windows in the README, drawn by the package itself.

    python -m tools.pictures          draws them anew into assets/pictures/

test_readme.py holds the files to what the code draws now, and the README's words to the scenes' own.
"""

from pathlib import Path

import numpy as np

import cnnlib as cnn

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "pictures"

EDGE = np.array([[1, 1, 1, 1, 5], [1, 1, 1, 5, 5], [1, 1, 5, 5, 5], [1, 5, 5, 5, 5], [5, 5, 5, 5, 5]])
RIGHT_MINUS_LEFT = [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
MAP = [[1, 3, 2, 0], [4, 4, 1, 1], [0, 8, 5, 2], [4, 0, 3, 6]]
COLOURS = np.random.default_rng(3).integers(0, 5, size=(2, 5, 5))
FILTERS = [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]], [[[1, 1], [-1, -1]], [[-1, 1], [-1, 1]]]]
GRADIENT = {"direction": "dx", "dy": [[1, 0], [-1, 2]]}

# name of the file: the scene, and the step that is shown (None: all of them, or the last)
PICTURES = {
    "slide.gif": (cnn.viz.slide(EDGE, RIGHT_MINUS_LEFT, padding=1), None),
    "signal.png": (cnn.viz.slide([1, 0, 2, 1, 0, 1, 3], [1, 2, -1], stride=3), None),
    "channels.png": (cnn.viz.slide(COLOURS, FILTERS, b=[-8, 1]), 25),
    "dilation.png": (cnn.viz.slide(np.arange(49).reshape(7, 7) % 10, RIGHT_MINUS_LEFT, dilation=2), 4),
    "max_pool.png": (cnn.viz.pool(MAP, 2), 2),
    "transpose.png": (cnn.viz.transpose([[1, 2], [3, 4]], [[1, 0, 1], [0, 2, 0], [1, 0, 1]], stride=2), 12),
    "gradient.png": (cnn.viz.slide([[1, 2, 0], [0, 1, 3], [2, 1, 0]], [[1, 2], [3, 4]], **GRADIENT), 4),
}


def draw(name, folder):
    """Draw one of them into a folder; returns its path."""
    scene, step = PICTURES[name]
    return scene.save(Path(folder, name), **({"speed": 2} if name.endswith(".gif") else {"step": step}))


if __name__ == "__main__":
    for picture in PICTURES:
        path = draw(picture, FOLDER)
        print(f"{picture}: {path.stat().st_size / 1000:.0f} kB")
