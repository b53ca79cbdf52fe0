"""AlexNet: the network that won ImageNet in 2012 by more than ten points and began the age of deep learning.

What was new: ReLU instead of tanh, dropout, a network of this size trained on two graphics cards. Krizhevsky, Sutskever
& Hinton, "ImageNet Classification with Deep Convolutional Neural Networks", NIPS 2012. Here as every library has it,
the variant for one card ("One weird trick for parallelizing convolutional neural networks", Krizhevsky 2014): the
original divided its maps into two groups, one a card, and normalised responses among neighbouring maps.
"""

from ..nn import Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential
from . import _parts

HIDDEN = 64   # times the width: 4096


def alexnet(*, classes=1000, in_channels=3, size=224, width=64, stem="imagenet", seed=0):
    """AlexNet: images (N, 3, 224, 224) -> logits (N, 1000); 61,100,840 parameters, nine of ten in two matrices.

    classes, in_channels   how many logits come out, how many channels the images have.
    size                   height and width of the images, an int or a pair: the first matrix depends on it.
    width                  maps of the first convolution; all other layers follow in proportion (64, 192, 384, 256, 256
                           maps, 4096 units).
    stem                   "imagenet": 11x11 with stride 4; "small": 3x3 with stride 1, for images from 15 pixels on.

    ValueError or TypeError names the argument; a size that is too small for the poolings is told.

    >>> alexnet().summary((3, 224, 224)).parameters
    61100840
    >>> small = alexnet(classes=10, in_channels=1, size=28, width=8, stem="small")
    >>> small(np.zeros((2, 1, 28, 28))).shape
    (2, 10)
    """
    classes, in_channels, width = _parts.numbers(classes, in_channels, width)
    if _parts.chosen(stem, ("imagenet", "small")) == "imagenet":
        first = Conv2d(in_channels, width, 11, stride=4, padding=2)   # (64, 55, 55)
    else:
        first = Conv2d(in_channels, width, 3, padding=1)
    layers = [
        first, ReLU(), MaxPool2d(3, stride=2),                                       # (64, 27, 27)
        Conv2d(width, 3 * width, 5, padding=2), ReLU(), MaxPool2d(3, stride=2),      # (192, 13, 13)
        Conv2d(3 * width, 6 * width, 3, padding=1), ReLU(),                          # (384, 13, 13)
        Conv2d(6 * width, 4 * width, 3, padding=1), ReLU(),                          # (256, 13, 13)
        Conv2d(4 * width, 4 * width, 3, padding=1), ReLU(), MaxPool2d(3, stride=2),  # (256, 6, 6)
    ]
    inputs = _parts.features(layers, in_channels, size, "" if stem == "small" else ', or stem="small"')
    model = Sequential(
        *layers,
        Flatten(),
        Dropout(0.5), Linear(inputs, HIDDEN * width), ReLU(),
        Dropout(0.5), Linear(HIDDEN * width, HIDDEN * width), ReLU(),
        Linear(HIDDEN * width, classes),
        seed=seed,
    )
    return _parts.named(model, [*(f"features.{i}" for i in (0, 3, 6, 8, 10)), *(f"classifier.{i}" for i in (1, 4, 6))])
