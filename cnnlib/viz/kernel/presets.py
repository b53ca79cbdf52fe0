"""Kernels that have a name in the field; the browser gets them with the spec."""

import numpy as np

_ROW = np.array([1, 4, 6, 4, 1])
_OF = {
    "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    "box": np.full((3, 3), 1 / 9),
    "gaussian": np.outer(_ROW, _ROW) / 256,
    "motion blur": np.eye(9) / 9,
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "prewitt x": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "sobel x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
    "outline": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "emboss": [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
}
PRESETS = {name: np.array(kernel, float)[None] for name, kernel in _OF.items()}


def view_of(kernel):
    """How a response is best looked at: as a "picture" where the weights add up to more than 0, otherwise "signed"."""
    return "picture" if kernel.sum() > 1e-9 * np.abs(kernel).sum() else "signed"
