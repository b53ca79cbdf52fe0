"""What every operation asks of its arguments, and the sentence a wrong one gets."""

import numpy as np

from ..arguments import as_array, integer, numbers, quiet

# What a wrong number of axes usually means; {} stands for the argument.
_SLIPS = {
    ("N, C, H, W", 2): "one grey image? Add the batch and channel axes: {}[None, None]",
    ("N, C, H, W", 3): "one image without its batch axis? Use {0}[None]. Or a batch of grey images? Use {0}[:, None]",
    ("N, C, L", 1): "one signal? Add the batch and channel axes: {}[None, None]",
    ("N, C, L", 2): "add the missing axis: {0}[None] for one example, {0}[:, None] for one channel",
    ("N, C, L", 4): "images? Use the 2-D operation",
    ("K, C, F", 1): "one filter on one channel? Add both axes: {}[None, None]",
    ("K, C, F", 2): "add the missing axis: {0}[None] for one filter, {0}[:, None] for one channel",
    ("K, C, Fh, Fw", 2): "one filter on one channel? Add both axes: {}[None, None]",
    ("K, C, Fh, Fw", 3): "add the missing axis: {0}[None] for one filter, {0}[:, None] for one channel",
    ("K", 0): "a single number? Pass the stride and the others by name: stride=2",
    ("C, K, Fh, Fw", 2): "one filter on one channel? Add both axes: {}[None, None]",
    ("C, K, Fh, Fw", 3): "add the missing axis: {0}[None] for one input channel, {0}[:, None] for one output channel",
    ("C", 0): "the same for all channels? np.full(C, {0})",
    ("N, in", 1): "one example? Add the batch axis: {}[None]",
    ("N, in", 3): "feature maps? Flatten them first: {0}.reshape(len({0}), -1)",
    ("N, in", 4): "feature maps? Flatten them first: {0}.reshape(len({0}), -1)",
    ("N, classes", 1): "one example? Add the batch axis: {}[None]",
    ("out, in", 1): "the weights of one output? Add its axis: {}[None]",
    ("H, W", 1): "a signal? Use correlate1d",
    ("H, W", 3): "a colour image? Take one channel, or use conv2d",
    ("H, W", 4): "a batch? Use conv2d",
    ("Fh, Fw", 4): "a bank of filters? Use conv2d",
    ("L", 2): "an image or a batch? Use correlate2d or conv1d",
    ("F", 2): "an image kernel or several filters? Use correlate2d or conv1d",
}

def floats(value, name, axes=None, nan=True):
    """`value` as a float array; integers and truth values become float64, float dtypes stay.

    `axes` names the expected axes ("N, C, H, W"); None allows any number. `nan=False` refuses NaN.
    Raises TypeError for anything but real numbers, ValueError for a wrong number of axes, an empty array, integers
    that float64 cannot hold exactly, and NaN where it is refused.
    """
    array = value if type(value) is np.ndarray else as_array(value, name)
    kind = array.dtype.kind
    if axes is not None and array.ndim != axes.count(",") + 1 and kind in "fiub":
        slip = _SLIPS.get((axes, array.ndim), "").format(name)
        raise ValueError(f"{name} must have the axes ({axes}), found shape {array.shape}{slip and ': ' + slip}")
    if kind != "f" or not array.size or not array.dtype.isnative:
        array = numbers(array, name)
    if not nan:
        refuse_nan(array, name)
    return array


def working(dtype):
    """The dtype to compute in: half precision is for storing, its sums need single."""
    return np.dtype(np.float32) if dtype == np.float16 else dtype


def one_dtype(x, w, b, biases, why):
    """Checked x and w, and b (`biases`,) or None, in the dtype to compute in; and that of x, which results get."""
    kind = working(x.dtype)
    if b is not None:
        b = floats(b, "b", "K")
        same_shape(b, "b", (biases,), why)
        b = b.astype(kind, copy=False)
    return x.astype(kind, copy=False), w.astype(kind, copy=False), b, x.dtype


@quiet
def _least(array):
    return array.min()


def refuse_nan(array, name):
    """Raise ValueError if `array` holds NaN. One fast pass: the minimum is NaN whenever an element is."""
    if not np.isnan(_least(array)):
        return
    bad = np.isnan(array)
    first = tuple(int(i) for i in np.argwhere(bad)[0])
    raise ValueError(
        f"{name} has {bad.sum()} NaN among its {array.size} values, the first at index {first}; every output "
        "that reads one would be NaN. Expected numbers only: np.nan_to_num replaces them"
    )


def same_shape(array, name, expected, why):
    """Raise ValueError unless `array.shape == expected`; `why` says where the expectation comes from."""
    if array.shape != tuple(expected):
        raise ValueError(f"{name} must have shape {tuple(expected)} ({why}), found {array.shape}")


def channels(x, w, axes, groups=1):
    """Raise ValueError unless every filter of w (K, C/groups, ...) is as deep as a group of x (N, C, ...)."""
    groups = integer(groups, "groups", 1)
    for count, what in ((x.shape[1], "channels of x"), (w.shape[0], "filters of w")):
        if count % groups:
            raise ValueError(f"groups must divide the number of {what}, found groups={groups} and {count} {what}")
    found, expected = x.shape[1] // groups, w.shape[1]
    if found != expected:
        slip = ""
        if x.shape[-1] == expected * groups:
            order, moved = ("H x W x C", "0, 3, 1, 2") if x.ndim == 4 else ("L x C", "0, 2, 1")
            slip = f"; the last axis of x has {x.shape[-1]}: did you pass {order}? Use x.transpose({moved})"
        each = f", {found} in each of {groups} groups," if groups > 1 else ""
        raise ValueError(
            f"x has {x.shape[1]} channels{each} (shape {x.shape}) but the filters w expect {expected} "
            f"(shape {w.shape}, axes {axes}){slip}"
        )


def logits(value):
    """Logits as a float array, (N, classes) or, one answer a pixel, (N, classes, H, W)."""
    array = as_array(value, "logits")
    return floats(array, "logits", "N, classes, H, W" if array.ndim == 4 else "N, classes")


def labels(value, of):
    """Class labels for logits of the shape `of`, (N, classes) or (N, classes, H, W), as an integer array without the
    classes' axis: TypeError for another dtype, ValueError for shape or range.
    """
    array = as_array(value, "labels")
    expected, classes = (of[0], *of[2:]), of[1]
    each, one_hot = ("pixel", "maps") if len(of) > 2 else ("row", "rows")
    if array.shape == tuple(of):
        raise ValueError(f"labels must have shape {expected}, found {array.shape}: one-hot {one_hot}? Use "
                         ".argmax(axis=1)")
    if array.shape != expected:
        slip = (": use labels[:, 0]" if array.shape == (of[0], 1, *of[2:]) != (of[0], 1) else
                ": use labels.ravel()" if len(expected) == 1 and array.size == of[0] else "")
        raise ValueError(f"labels must have shape {expected}, one per {each} of logits, found {array.shape}{slip}")
    if array.dtype.kind not in "iu":
        slip = ": labels.astype(int)?" if array.dtype.kind in "fb" else ""
        raise TypeError(f"labels must be class numbers, integers, found dtype {array.dtype}{slip}")
    wrong = (array < 0) | (array >= classes)
    if wrong.any():
        first = tuple(int(i) for i in np.argwhere(wrong)[0])
        slip = "; do the labels start at 1? Subtract 1" if array.min() == 1 and array.max() == classes else ""
        raise ValueError(f"labels must be 0 to {classes - 1}, found {int(array[first])} at index "
                         f"{first[0] if len(first) == 1 else first}{slip}")
    return array
