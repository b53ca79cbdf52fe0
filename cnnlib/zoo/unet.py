"""U-Net: an answer for every pixel.

What was new: down to few, coarse maps that see much, up again to full size, and at every level what was seen on the
way down is set beside what comes up, so that edges stay sharp. Ronneberger, Fischer & Brox, "U-Net: Convolutional
Networks for Biomedical Image Segmentation", MICCAI 2015. Here with padding, so that the answer has the size of the
image (the paper's loses a margin), with batch norm, and small: the paper's has width 64 and depth 4.
"""

from .. import shapes
from ..nn import BatchNorm2d, Conv2d, ConvTranspose2d, DenseBlock, MaxPool2d, ReLU, Sequential
from . import _parts

DEEPEST = 8


def unet(*, classes=2, in_channels=3, width=16, depth=2, seed=0):
    """A small U-Net: images (N, C, H, W) -> logits (N, classes, H, W), one answer a pixel.

    classes, in_channels   how many logits each pixel gets, how many channels the images have.
    width   maps of the first level; every level below has twice as many at half the height and width.
    depth   how often it goes down; height and width must be multiples of 2**depth.

    A level is a `DenseBlock`: [x, up(level below(down(x)))], x itself being the skip. ValueError or TypeError names the
    argument, or the block whose two parts differ in size.

    >>> model = unet()
    >>> model.output_shape((3, 48, 48)), model.summary((3, 48, 48)).parameters
    ((2, 48, 48), 117378)
    """
    classes, in_channels, width = _parts.numbers(classes, in_channels, width)
    depth = shapes.integer(depth, "depth", 0, DEEPEST)
    return Sequential(*_level(in_channels, width, depth), Conv2d(width, classes, 1), seed=seed)


def _level(in_channels, channels, depth):
    """The layers of one level and of all below it: (N, in, H, W) -> (N, channels, H, W)."""
    layers = _convolutions(in_channels, channels)
    if depth:
        below = Sequential(MaxPool2d(2), *_level(channels, 2 * channels, depth - 1),
                           ConvTranspose2d(2 * channels, channels, 2, stride=2))
        layers += [DenseBlock(below), *_convolutions(2 * channels, channels)]
    return layers


def _convolutions(in_channels, channels):
    """Twice 3x3, each with batch norm and ReLU."""
    return [Conv2d(in_channels, channels, 3, padding=1, bias=False), BatchNorm2d(channels), ReLU(),
            Conv2d(channels, channels, 3, padding=1, bias=False), BatchNorm2d(channels), ReLU()]
