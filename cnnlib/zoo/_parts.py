"""What several networks share: their arguments, their first layers, and what PyTorch calls the layers that learn."""

import math

from .. import shapes
from ..arguments import several, shown
from ..nn import BatchNorm2d, Conv2d, MaxPool2d, ReLU, Sequential

WIDEST = 10_000     # maps of the first convolution
BROADEST = 10**9    # inputs of a fully-connected layer: already with one output, gigabytes
DEEPEST = 500       # blocks in a stage
STAGES = 8


def numbers(classes, in_channels, width):
    """The three as checked integers."""
    return (shapes.integer(classes, "classes", 1), shapes.integer(in_channels, "in_channels", 1),
            shapes.integer(width, "width", 1, WIDEST))


def stages(blocks):
    """How many blocks each stage has, as a tuple of integers."""
    counts = several(blocks, "blocks", "numbers, one a stage")
    if not 1 <= len(counts) <= STAGES:
        raise ValueError(f"blocks must be numbers of 1 to {STAGES} stages, such as (2, 2, 2, 2), found {shown(blocks)}")
    return tuple(shapes.integer(count, "blocks", 1, DEEPEST) for count in counts)


def chosen(stem, known):
    """`stem` if it is known; ValueError names those that are."""
    if not (isinstance(stem, str) and stem in known):
        raise ValueError(f"stem must be one of {', '.join(map(repr, known))}, found {shown(stem)}")
    return stem


def first_layers(stem, in_channels, width):
    """The stem of ResNet and DenseNet: (C, H, W) -> (width, H/4, W/4), or the whole or half the size.

    "imagenet"  7x7 with stride 2, then max-pooling 3x3 with stride 2: a photograph of 224 x 224 becomes 56 x 56.
    "small"     3x3 with stride 1: images of 28 or 32 pixels have nothing to give away.
    "half"      3x3 with stride 2: a quarter of the work of "small".
    """
    chosen(stem, ("imagenet", "small", "half"))
    kernel_size, stride = {"imagenet": (7, 2), "small": (3, 1), "half": (3, 2)}[stem]
    layers = [Conv2d(in_channels, width, kernel_size, stride, padding=kernel_size // 2, bias=False),
              BatchNorm2d(width), ReLU()]
    return [*layers, MaxPool2d(3, stride=2, padding=1)] if stem == "imagenet" else layers


def features(layers, in_channels, size, advice=""):
    """How many numbers these layers make of an image: the inputs of the first fully-connected layer."""
    height, width = shapes.pair(size, "size", 1)
    try:
        count = math.prod(Sequential(*layers).output_shape((in_channels, height, width)))
    except ValueError:
        raise ValueError(f"size is too small: an image of {height} x {width} does not survive all the poolings; use a "
                         f"larger size{advice}") from None
    if count > BROADEST:
        raise ValueError(f"size is too large: found {shown(size)}, which leaves {count:.3g} numbers for the fully "
                         "connected layers; use a smaller size")
    return count


def named(model, names):
    """The network, knowing what PyTorch's own models call its layers that learn, in their order."""
    model.torch_names = dict(zip(learning(model), names, strict=True))
    return model


def learning(layer, name=""):
    """Yield the names of the layers inside that have parameters of their own, in order."""
    if layer.weights:
        yield name
    for inner, child in layer.children.items():
        yield from learning(child, f"{name}.{inner}" if name else inner)
