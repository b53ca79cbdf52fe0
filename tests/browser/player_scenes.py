"""One scene of every kind, small, for the tests of the player: signals and images, channels, filters, bias, padding."""

import numpy as np

from cnnlib.viz import pool, slide, transpose

_rng = np.random.default_rng(5)


def whole(*shape):
    """Whole numbers from -3 to 9."""
    return _rng.integers(-3, 10, shape)


def real(*shape):
    """Numbers with many digits."""
    return _rng.normal(size=shape)


SOBEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
SCENES = {
    "signal": slide(whole(9), [-1, 0, 1], padding=1),
    "signals": slide(whole(2, 8), whole(2, 2, 3), [1, -2], stride=2),
    "image": slide(whole(7, 7), SOBEL, stride=2, padding=1),
    "does not fit": slide(whole(7, 7), SOBEL, stride=3),
    "dilated": slide(real(6, 6), real(3, 3), dilation=2),
    "channels": slide(whole(3, 4, 4), whole(2, 3, 3, 3), [1, 0], stride=2, padding=1),
    "max": pool(whole(2, 5, 5), 3, 2, 1),
    "avg": pool(whole(6, 6), 2, mode="avg"),
    "transpose": transpose(whole(2, 3, 3), whole(2, 2, 3, 3), [1, 0], stride=2, padding=1, output_padding=1),
    "dx": slide(whole(6, 6), SOBEL, stride=2, padding=1, direction="dx", dy=whole(3, 3)),
    "dw": slide(whole(2, 5, 5), whole(2, 2, 3, 3), padding=1, stride=2, direction="dw"),
}
# As large as a picture of a digit, and too large for digits in its cells.
LARGE = slide(real(28, 28), real(5, 5), padding=2)
