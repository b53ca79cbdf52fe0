"""`stack_explorer`: a network and an image, checked and described, as a `Stack`."""

import math

from ...arguments import several, shown, truth
from ...ops import check
from ..kit.arrays import values
from ..kit.layers import described
from .data import Stack

MOST_PIXELS = 96 * 96       # of an image
MOST_PRODUCTS = 50_000_000  # of one run: the browser makes many


def stack_explorer(model, x, classes=None, measured=False, **state):
    """What each unit of a network sees, and what a shift of its input does to every layer: a `Stack`, to be asked,
    drawn and played with.

    `model` is a `Sequential` of Conv2d, MaxPool2d, AvgPool2d, GlobalAvgPool2d, BatchNorm2d, Dropout, activations,
    Flatten and Linear, with at least one convolution. x is one image, (C, H, W) or (H, W). `classes` are the names of
    the scores, if that is what the network ends in: then the view shows their softmax. `measured=True` says that the
    weights were trained on this machine: a notebook then stores none of their numbers.

    `state` is how it begins, all of it to be changed in the view:

    dy, dx        how far the image is moved, down and right, in pixels
    borders       "wrap": what leaves comes in at the other side; "zeros": it is lost
    unit          whose field is shown, ("CONV2", channel, row, column), or ("FC5", number)
    conv_stride, pool_stride, pooling, padding, blur      the same weights in another network, as in `rebuild`:
                  pooling="max", "average" or "stride"; padding="zeros", "circular" or "none"; blur=True

    Raises TypeError and ValueError for a network without convolutions, for layers of other kinds, for weights that are
    NaN or infinite, for an image that does not fit, has more than 96 x 96 pixels or asks for more than 50 million
    multiplications, for another number of classes, and for an unknown state.

    >>> from cnnlib import nn
    >>> model = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.GlobalAvgPool2d())
    >>> stack = stack_explorer(model, np.eye(8), dx=2, padding="circular")
    >>> stack.names, stack.readings["POOL1"]
    (['CONV1', 'POOL1', 'MEAN'], Reading(off=0.0, moved=(0, 1), exact=True))
    """
    x = _image(x)
    layers = described(model, x.shape)
    if all(layer["kind"] != "Conv2d" for layer in layers):
        raise ValueError("model has no convolution, expected at least one Conv2d: numbers in a row have no places, so "
                         "there is nothing to move along")
    if (products := _products(layers)) > MOST_PRODUCTS:
        raise ValueError(f"model needs {products:,} multiplications for this x, expected at most {MOST_PRODUCTS:,}: "
                         "the browser makes them at every step. Take a smaller image or the first layers, model[:3]")
    return Stack(layers, x, _classes(classes, layers[-1]["shape"]), truth(measured, "measured"), state)


def _image(x):
    array = check.floats(x, "x", nan=False)
    if array.ndim not in (2, 3):
        slip = ": one image of the batch? x[0]" if array.ndim == 4 else ""
        raise ValueError(f"x must be one image, (C, H, W) or (H, W), found shape {shown(array.shape)}{slip}")
    array = values(array, "x").reshape((1,) * (3 - array.ndim) + array.shape)
    if math.prod(array.shape[1:]) > MOST_PIXELS:
        size = " x ".join(map(str, array.shape[1:]))
        raise ValueError(f"x must have at most {MOST_PIXELS:,} pixels, 96 x 96, found {size}: "
                         "take a part of it, x[..., :96, :96]")
    return array.astype("<f4").astype(float)


def _products(layers):
    """How many multiplications one run takes."""
    count = 0
    for layer in layers:
        if layer["kind"] in ("Conv2d", "Linear"):
            cells = math.prod(layer["shape"][1:])
            count += cells * math.prod(layer["weights"]["w"]["shape"])
    return count


def _classes(names, shape):
    if names is None:
        return None
    names = several(names, "classes", "names")
    if not all(isinstance(name, str) and 0 < len(name) <= 40 and name.isprintable() for name in names):
        raise TypeError(f"classes must be texts of 1 to 40 characters, found {shown(names)}")
    if len(shape) != 1 or shape[0] != len(names) or len(names) < 2:
        numbers = f"{shape[0]} numbers" if len(shape) == 1 else f"maps of the shape {tuple(shape)}"
        raise ValueError(f"classes must be one name for each score, at least 2, found {len(names)} for a network that "
                         f"ends in {numbers}")
    return names
