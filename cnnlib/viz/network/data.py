"""A network and what it is shown, as plain data: its layers with their weights, test images, the names of its classes.

`network_explorer` takes a snapshot: what the network learns later changes nothing here. The still (figure.py) runs it
in NumPy (kit/run.py), the live view (static/) in the browser; both follow from the same rows of `kit.layers`.
"""

import base64
import hashlib
import math
from functools import cached_property

import numpy as np

from ...arguments import truth
from ...ops import check
from ..kit.layers import described
from ..kit.run import forward
from ..kit.shown import Shown
from ..kit.steps import step_of
from ..slide.kinds import KINDS
from .columns import columns_of
from .given import classes_of, images_of, labels_of, shape_of


def network_explorer(model, images=None, classes=None, labels=None, input_shape=None, centred=True, measured=False):
    """A network as one picture, to be drawn into and looked into: a `Network`, whose `player()` is alive.

    `model` is a `Sequential` of layers that run in the browser (`kit.layers` lists them). `images` (N, C, H, W) are
    test images to load, as `cnn.data.mnist().x_test` has them, at most 100; `labels` (N,) say what they are, `classes`
    what the outputs are called (numbers from 0 unless given). Without images `input_shape` is the shape of one example,
    (1, 28, 28) unless given. `centred` says whether drawings begin centred and scaled as those of MNIST; that is for
    inputs of (1, 28, 28). `measured=True` is for a network that was trained here: its answers differ from machine to
    machine, so the words beside its picture do not tell them.

    TypeError and ValueError for what is no such network, weights that are NaN or infinite, images of another shape or
    with NaN, labels and classes that do not fit.

    >>> from cnnlib import nn
    >>> found = network_explorer(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(18, 3)),
    ...                          np.zeros((4, 1, 5, 5)), ["cat", "dog", "cow"])
    >>> found
    Network 1x5x5 -> Conv2d 2x3x3 -> Linear 3, 77 weights, 4 images, 7bd9
    >>> found.outputs(0)[-1].shape
    (3,)
    """
    images = images_of(images)
    shape = shape_of(images, input_shape)
    try:
        rows = described(model, shape)
    except ValueError as error:
        what, _, why = str(error).partition(": ")
        if images is None or what != "input_shape":
            raise
        size = "×".join(map(str, shape))
        raise ValueError(f"images: found {size} each; expected those that the network was made for: {why}") from None
    classes = classes_of(classes, rows[-1]["shape"])
    return Network(rows, shape, images, labels_of(labels, images, classes), classes, truth(centred, "centred"),
                   truth(measured, "measured"))


class Network(Shown):
    """A network with what it is shown; `network_explorer` makes it. Nothing in it ever changes.

    `layers` are the rows of `kit.layers`; `columns` what stands side by side in the picture; `shape` that of one input;
    `images` (N, C, H, W) or None; `labels`, `classes` lists or None. `outputs(i)` is what every layer makes of image i,
    `outputs(x=...)` of another one. Steps are the images; without any there is one, the empty input.
    """

    title = "Network"

    def __init__(self, layers, shape, images, labels, classes, centred, measured):
        self.layers, self.shape, self.images, self.labels = layers, tuple(shape), images, labels
        self.classes, self.centred, self.measured = classes, centred, measured
        self.columns = columns_of(layers)

    @property
    def steps(self):
        """How many images there are to look at; at least one, which is empty then."""
        return 1 if self.images is None else len(self.images)

    def image(self, i=0):
        """Image i (C, H, W); an empty one where none was given."""
        i = step_of(self, i)
        return np.zeros(self.shape, np.float32) if self.images is None else self.images[i]

    def outputs(self, i=0, x=None):
        """What every layer makes of image i, or of x (C, H, W): a list of arrays without a batch axis.

        Raises ValueError for x of another shape.
        """
        x = self.image(i) if x is None else check.floats(x, "x", nan=False)
        if x.shape != self.shape:
            raise ValueError(f"x must have the shape {self.shape} of one input, found {x.shape}")
        with np.errstate(over="ignore"):   # what is too large for float32 is infinite, as in the browser
            return [y.astype(np.float32) for y in forward(self.layers, x.astype(np.float32).astype(float))]

    def figure(self, i=None, here=None):
        """Image i on its way through all layers, a matplotlib Figure; of the first image when i is None.

        With `here` it is a low one for the top of a page, with a part marked and the rest pale. `here` is the name of a
        layer as the picture has it, "input" or "answer" ("CONV1" and "conv 1" are the same), or a list of such names;
        "CONV1 map 2" is one map, on one channel with the kernel that made it; "all" marks everything, "back" the way
        back. TypeError for what is no text, ValueError for a part that is not there.
        """
        return super().figure(i) if here is None else self.part("here").figure(self, here, i)

    @property
    def weights(self):
        """How many numbers the network has learned or measured."""
        return sum(math.prod(array["shape"]) for row in self.layers for array in row["weights"].values())

    def again(self, model):
        """The same picture with the weights that a model of the same layers has now.

        Raises TypeError and ValueError as `network_explorer` does, and ValueError for other layers.
        """
        rows = described(model, self.shape)
        if [_plain(row) for row in rows] != [_plain(row) for row in self.layers]:
            raise ValueError(f"model must have the layers of the network that is shown, {len(self.layers)} of them, "
                             "found others: make a new explorer of it")
        return Network(rows, self.shape, self.images, self.labels, self.classes, self.centred, self.measured)

    def player(self, **traits):
        """The live view, a `NetworkExplorer`; `image` is the one to begin with."""
        return super().player(**traits)

    @cached_property
    def digest(self):
        """One line that is the same on every machine: kinds and sizes of what there is, and a hash of the images. The
        weights have no part in it, for those of a training are never quite the same."""
        chain = " -> ".join([_x(self.shape), *(f"{column['kind']} {_x(column['shape'])}" for column in self.columns)])
        given = "no image" if self.images is None else f"{len(self.images)} image{'s' * (len(self.images) > 1)}"
        data = repr((self.classes, self.labels, self.centred, None if self.images is None else _pixels(self.images)))
        return f"Network {chain}, {self.weights} weights, {given}, {hashlib.sha256(data.encode()).hexdigest()[:4]}"

    @property
    def spec(self):
        """Everything as JSON-ready data, for the browser; a new dict each time."""
        return {
            "shape": list(self.shape), "layers": self.layers, "columns": self.columns, "classes": self.classes,
            "images": None if self.images is None else _pixels(self.images), "labels": self.labels,
            "centred": self.centred, "count": 0 if self.images is None else len(self.images),
            "records": {kind: KINDS[kind].as_spec() for kind in ("conv", "max", "avg")},   # for players of a patch
        }


def _pixels(images):
    """Images as text: bytes where they are whole 255ths, as files have them; float32 otherwise."""
    whole = np.round(images * 255)
    exact = images.min() >= 0 and images.max() <= 1 and np.abs(whole / 255 - images).max() < 1e-6
    data = whole.astype(np.uint8) if exact else images.astype("<f4")
    return {"kind": "bytes" if exact else "floats", "data": base64.b64encode(data.tobytes()).decode("ascii")}


def _plain(row):
    """A row without its numbers."""
    return {**row, "weights": {name: array["shape"] for name, array in row["weights"].items()}}


def _x(shape):
    return "x".join(map(str, shape))
