"""Training examples: checked once, then served in shuffled mini-batches, shifted a little and mirrored if asked."""

import numbers

import numpy as np

from .. import shapes
from ..arguments import truth
from ..ops import check


def examples(data, name="data"):
    """`data` as checked arrays (x, y): a pair, or a data set with `x_train` and `y_train`.

    Raises TypeError or ValueError for anything a network could not be trained on: other than floats, NaN or infinite
    pixels, no examples, other than one label for each or one for each of its pixels, (N, H, W).
    """
    if hasattr(data, "x_train"):
        data = data.x_train, data.y_train
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        found = type(data).__name__
        raise TypeError(f"{name} must be a pair (x, y) or a data set with x_train and y_train, found {found}")
    x, y = (check.as_array(part, f"{name}: {letter}") for part, letter in zip(data, "xy", strict=True))
    if x.dtype.kind in "iub":
        slip = (
            "are x and y in the wrong order?"
            if x.ndim == 1 < y.ndim
            else "scale pixels 0..255, x.astype(np.float32) / 255; convert other numbers, x.astype(float)"
        )
        raise TypeError(f"{name}: x must hold floats, found {x.dtype}; {slip}")
    x = check.floats(x, f"{name}: x", nan=False)
    if not np.isfinite(x).all():
        raise ValueError(f"{name}: x holds infinite values; expected finite numbers, best between 0 and 1")
    if len(y.shape) not in (1, 3) or y.shape[0] != len(x):
        slip = ""
        if y.ndim == 2 and len(y) == len(x):
            slip = ": a column? Use y.ravel()" if y.shape[1] == 1 else ": one-hot rows? Use y.argmax(axis=1)"
        elif y.ndim == 4 and len(y) == len(x):
            slip = ": masks with a channel? Use y[:, 0]" if y.shape[1] == 1 else ": one-hot maps? Use y.argmax(axis=1)"
        raise ValueError(
            f"{name}: y must hold one label for each {'pixel of' if y.ndim > 2 else 'of'} the {len(x)} examples, "
            f"found shape {y.shape}{slip}"
        )
    return x, y


def split(x, y, validation, rng):
    """(training pair, validation pair or None); `validation` is a pair, a share of the examples, or None."""
    if validation is None:
        return (x, y), None
    if hasattr(validation, "x_train"):   # its training half would look like good news
        raise TypeError("validation must be a pair such as (data.x_test, data.y_test) or a share, found a data set")
    if not isinstance(validation, numbers.Real):
        return (x, y), examples(validation, "validation")
    if not 0 < validation < 1:
        raise ValueError(f"validation must be a pair (x, y) or a share between 0 and 1, found {validation}")
    count = round(len(x) * validation)
    if not 0 < count < len(x):
        raise ValueError(
            f"validation={validation} holds out {count} of {len(x)} examples; expected at least one on either side"
        )
    order = rng.permutation(len(x))
    held, kept = order[:count], order[count:]
    return (x[kept], y[kept]), (x[held], y[held])


class Batches:
    """Mini-batches of (x, y): each `epoch()` visits every example once, in a new random order.

    With `shift`, every image (N, C, H, W) moves by up to that many pixels each way, a new draw each time; what moves
    in from outside is 0. With `flip`, a coin decides for every image, each time again, whether left and right change
    sides. Labels of pixels (N, H, W) go with their image; what moves in is labelled 0.
    """

    def __init__(self, x, y, batch_size, shift, flip, rng):
        self.x, self.y, self.rng = x, y, rng
        self.batch_size, self.shift = shapes.integer(batch_size, "batch_size", 1), shapes.integer(shift, "shift", 0)
        self.flip = truth(flip, "flip")
        if (self.flip or self.shift) and y.ndim == 3 and x.shape[2:] != y.shape[1:]:
            raise ValueError("shift and flip move images together with the labels of their pixels: both must have "
                             f"the same size, found images of {x.shape[2:]} with labels of {y.shape[1:]}")
        if self.flip and x.ndim != 4:
            raise ValueError(f"flip mirrors images (N, C, H, W); x has shape {x.shape}, use flip=False")
        if self.shift:
            if x.ndim != 4:
                raise ValueError(f"shift moves images (N, C, H, W); x has shape {x.shape}, use shift=0")
            if self.shift >= min(x.shape[2:]):
                height, width = x.shape[2:]
                raise ValueError(f"shift={self.shift} moves images of {height} x {width} out of sight, expected a few "
                                 f"pixels, {min(height, width) - 1} at most")

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def epoch(self):
        """Yield the batches of one pass."""
        order = self.rng.permutation(len(self.x))
        for start in range(0, len(order), self.batch_size):
            chosen = order[start:start + self.batch_size]
            x, y = self.x[chosen], self.y[chosen]   # copies, which may be written into
            pictures = [x, y[:, None]] if y.ndim == 3 else [x]   # what moves together, each (N, C, H, W)
            if self.shift:
                places = self.rng.integers(2 * self.shift + 1, size=(2, len(x)))
                pictures = [self._shifted(picture, *places) for picture in pictures]
            if self.flip:
                mirrored = self.rng.random(len(x)) < 0.5
                for picture in pictures:
                    picture[mirrored] = picture[mirrored][..., ::-1]
            yield pictures[0], pictures[1][:, 0] if y.ndim == 3 else y

    def _shifted(self, x, down, right):
        sides = (self.shift, self.shift)
        padded = np.pad(x, ((0, 0), (0, 0), sides, sides))
        # (N, C, 2·shift + 1, 2·shift + 1, H, W): all shifts of these images, as one view
        shifts = np.lib.stride_tricks.sliding_window_view(padded, x.shape[2:], axis=(2, 3))
        return shifts[np.arange(len(x)), :, down, right]
