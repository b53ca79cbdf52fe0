"""VGG-16: nothing but 3x3 convolutions, deep.

What was new: two 3x3 convolutions, one after the other, see what one 5x5 sees, with fewer parameters and one more
ReLU; so the network has one kind of convolution, and depth. Simonyan & Zisserman, "Very Deep Convolutional Networks
for Large-Scale Image Recognition", ICLR 2015 (configuration D).
"""

from ..nn import Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential
from . import _parts

STAGES = [(1, 2), (2, 2), (4, 3), (8, 3), (8, 3)]   # (maps in units of the width, convolutions); a pooling after each
HIDDEN = 64                                         # times the width: 4096


def vgg16(*, classes=1000, in_channels=3, size=224, width=64, seed=0):
    """VGG-16: images (N, 3, 224, 224) -> logits (N, 1000); 138,357,544 parameters.

    Five stages of 64, 128, 256, 512 and 512 maps; each ends in a pooling that halves the size, down to (512, 7, 7). The
    first fully-connected layer, 7·7·512 numbers to 4096, has 102,764,544 of the parameters.

    classes, in_channels   how many logits come out, how many channels the images have.
    size                   height and width of the images, an int or a pair, at least 32 for five poolings.
    width                  maps of the first convolution; all other layers follow in proportion.

    ValueError or TypeError names the argument; a size that is too small is told.

    >>> vgg16().summary((3, 224, 224)).parameters
    138357544
    >>> small = vgg16(classes=10, size=32, width=4)
    >>> small(np.zeros((2, 3, 32, 32))).shape
    (2, 10)
    """
    classes, in_channels, width = _parts.numbers(classes, in_channels, width)
    layers, channels = [], in_channels
    for multiple, count in STAGES:
        for _ in range(count):
            layers += [Conv2d(channels, multiple * width, 3, padding=1), ReLU()]
            channels = multiple * width
        layers.append(MaxPool2d(2))
    inputs = _parts.features(layers, in_channels, size)
    model = Sequential(
        *layers,
        Flatten(),
        Linear(inputs, HIDDEN * width), ReLU(), Dropout(0.5),
        Linear(HIDDEN * width, HIDDEN * width), ReLU(), Dropout(0.5),
        Linear(HIDDEN * width, classes),
        seed=seed,
    )
    convolutions = [i for i, layer in enumerate(layers) if isinstance(layer, Conv2d)]
    return _parts.named(model, [*(f"features.{i}" for i in convolutions), *(f"classifier.{i}" for i in (0, 3, 6))])
