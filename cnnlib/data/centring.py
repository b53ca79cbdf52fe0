"""A drawing brought into the form of MNIST's digits."""

import numpy as np

from ..ops import check

SIDE, BOX = 28, 20   # pixels of an image of MNIST, and of the square that its digit fits into

def centred(image):
    """Bring a drawing into the form of MNIST's digits: (H, W) -> float32 (28, 28), 0 is paper and 1 is ink.

    As these were made (LeCun, Bottou, Bengio & Haffner 1998, section III.A): what is drawn is scaled, keeping its
    proportions, so that it just fits into 20 x 20 pixels, each the mean of what it covers; then it is moved by whole
    pixels, so that its centre of mass lies in pixel (14, 14), or as near as the edge of the image allows. All digits of
    `mnist()` stay as they are.

    ValueError for an image with other axes, with numbers below 0 or above 1, or without any ink; TypeError for what is
    no image.

    >>> import cnnlib as cnn
    >>> drawing = np.zeros((200, 300))
    >>> drawing[20:180, 30:50] = 1                      # a thick 1, far to the left
    >>> digit = centred(drawing)
    >>> digit.shape, np.flatnonzero(digit.any(axis=1))[[0, -1]].tolist(), np.flatnonzero(digit.any(axis=0)).tolist()
    ((28, 28), [4, 23], [13, 14, 15])
    """
    image = check.floats(image, "image", "H, W", nan=False)
    low, high = image.min(), image.max()
    if low < 0 or high > 1:
        slip = ": divide it by 255" if low >= 0 and 1 < high <= 255 else ""
        raise ValueError(f"image must hold numbers from 0 (paper) to 1 (ink), found {low:.6g} to {high:.6g}{slip}")
    if high == 0:
        raise ValueError("image has no ink: all its numbers are 0, expected some above 0")
    ink = image > 0
    (top, bottom), (left, right) = (np.flatnonzero(ink.any(axis=axis))[[0, -1]] for axis in (1, 0))
    part = image[top:bottom + 1, left:right + 1].astype(np.float64)
    longest = max(part.shape)
    rows, columns = (max(1, (2 * BOX * n + longest) // (2 * longest)) for n in part.shape)   # rounded, halves up
    small = _means(part.shape[0], rows) @ part @ _means(part.shape[1], columns).T   # (rows, columns)
    y, x = _start(small.sum(axis=1)), _start(small.sum(axis=0))
    digit = np.zeros((SIDE, SIDE), np.float32)
    digit[y:y + rows, x:x + columns] = small
    return digit


def _means(n, cells):
    """(cells, n): cell i is the mean of what lies between i and i + 1 when n pixels are spread over so many cells."""
    edges, pixels = np.arange(cells + 1)[:, None] * n / cells, np.arange(n)
    covered = np.minimum(edges[1:], pixels + 1) - np.maximum(edges[:-1], pixels)
    return np.maximum(covered, 0) * cells / n


def _start(mass):
    """Where the first of these cells must lie, so that their centre of mass comes into pixel 14, counted from 0."""
    middle = (mass @ (np.arange(len(mass)) + 0.5)) / mass.sum()
    start = SIDE // 2 - int(np.floor(middle + 1e-6))   # not decided by the last digit of a sum
    return min(max(start, 0), SIDE - len(mass))
