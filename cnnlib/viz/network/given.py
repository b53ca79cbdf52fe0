"""What `network_explorer` is given, checked: images, shapes, names of classes, labels."""

import math

import numpy as np

from ... import shapes
from ...arguments import label, several, shown
from ...ops import check

MOST_IMAGES = 100
MOST_PIXELS = 1_000_000     # numbers of all images together: they travel with the page
LONGEST_NAME = 30           # characters of a class
MNIST = (1, 28, 28)


def images_of(images):
    """(N, C, H, W) as float32, read-only, or None."""
    if images is None:
        return None
    images = check.floats(images, "images", "N, C, H, W", nan=False)
    if len(images) > MOST_IMAGES or images.size > MOST_PIXELS:
        raise ValueError(f"images: found {len(images)} of {images[0].size} numbers each, expected at most "
                         f"{MOST_IMAGES} and {MOST_PIXELS:,} numbers in all: take some, images[:20]")
    if not np.isfinite(images).all() or np.abs(images).max() > 1e6:
        raise ValueError("images must hold numbers of size at most 1e6, found larger ones: divide by 255, or by their "
                         "largest?")
    if images.max() > 2 and images.min() >= 0 and images.max() <= 255 and (images == np.round(images)).all():
        raise ValueError("images must be like those that the network was trained on, usually from 0 to 1, found whole "
                         f"numbers up to {images.max():.0f}: divide by 255?")
    images = np.array(images, np.float32)
    images.setflags(write=False)
    return images


def shape_of(images, wanted):
    """The shape of one input: that of the images, or the one that is named."""
    if images is None:
        if wanted is None:
            return MNIST
        if not isinstance(wanted, (tuple, list)) or len(wanted) not in (1, 3):
            raise TypeError(f"input_shape must be a tuple (C, H, W) or (features,), found {shown(wanted)}")
        shape = tuple(shapes.integer(n, "input_shape", 1) for n in wanted)
        if len(shape) == 1 or math.prod(shape) > MOST_PIXELS:
            slip = "; a network of rows has no picture to draw into" if len(shape) == 1 else ""
            raise ValueError(f"input_shape must be (C, H, W) with at most {MOST_PIXELS:,} numbers, found {shape}{slip}")
        return shape
    shape = images.shape[1:]
    if wanted is not None and tuple(several(wanted, "input_shape", "sizes")) != shape:
        raise ValueError(f"input_shape must be that of one of the images, {shape}, found {shown(wanted)}: leave it out")
    return shape


def classes_of(classes, last):
    """A name for each output, or None where the network does not end in numbers of classes."""
    if len(last) != 1:
        if classes is not None:
            raise ValueError(f"classes are for a network that ends in one number for each, found an output of shape "
                             f"{tuple(last)}: leave them out")
        return None
    if classes is None:
        return [str(n) for n in range(last[0])]
    classes = [label(name, LONGEST_NAME).strip() for name in several(classes, "classes", "names")]
    if len(classes) != last[0] or not all(classes):
        raise ValueError(f"classes must be {last[0]} names, one for each output of the network, found {len(classes)}: "
                         f"{shown(', '.join(classes))}")
    return classes


def labels_of(labels, images, classes):
    """A class number for each image, or None."""
    if labels is None:
        return None
    if images is None or classes is None:
        missing = "images" if images is None else "a network that names classes"
        raise ValueError(f"labels belong to images and classes, found them without {missing}")
    array = np.asarray(several(labels, "labels", "class numbers"))
    if array.shape != (len(images),) or array.dtype.kind not in "iu":
        raise ValueError(f"labels must be {len(images)} whole numbers, one for each image, found shape {array.shape} "
                         f"of {array.dtype}")
    if array.min() < 0 or array.max() >= len(classes):
        raise ValueError(f"labels must be class numbers from 0 to {len(classes) - 1}, found {array.min()} to "
                         f"{array.max()}")
    return [int(n) for n in array]
