"""DenseNet: every layer sees the maps of all layers before it.

What was new: a layer's maps are not added to the earlier ones but set beside them, and kept. So each layer need only
make a few new ones (its growth rate), and the network gets deep with few parameters. Huang, Liu, van der Maaten &
Weinberger, "Densely Connected Convolutional Networks", CVPR 2017 (preprint 2016).
"""

from ..arguments import shown
from ..nn import AvgPool2d, BatchNorm2d, Conv2d, DenseBlock, GlobalAvgPool2d, Linear, ReLU, Sequential
from . import _parts

BOTTLENECK = 4   # a layer first brings all maps down to so many times the growth rate


def dense_layer(in_channels, growth):
    """1x1 down to 4·growth maps, 3x3 to the new ones: (N, in, H, W) -> (N, growth, H, W).

    Batch norm and ReLU come before each convolution: they read maps that others read too.

    >>> dense_layer(16, 4)(np.zeros((1, 16, 6, 6))).shape
    (1, 4, 6, 6)
    """
    middle = BOTTLENECK * growth
    return Sequential(BatchNorm2d(in_channels), ReLU(), Conv2d(in_channels, middle, 1, bias=False),
                      BatchNorm2d(middle), ReLU(), Conv2d(middle, growth, 3, padding=1, bias=False))


def dense_block(in_channels, layers, growth):
    """`layers` dense layers, each on all maps so far: (N, in, H, W) -> (N, in + layers·growth, H, W).

    >>> dense_block(16, 3, growth=4)(np.zeros((1, 16, 6, 6))).shape
    (1, 28, 6, 6)
    """
    return DenseBlock(*(dense_layer(in_channels + i * growth, growth) for i in range(layers)))


def transition(in_channels):
    """Between two blocks, half the maps at half the size: layers that take (N, in, H, W) to (N, in/2, H/2, W/2).

    >>> Sequential(*transition(16))(np.zeros((1, 16, 6, 6))).shape
    (1, 8, 3, 3)
    """
    return [BatchNorm2d(in_channels), ReLU(), Conv2d(in_channels, in_channels // 2, 1, bias=False), AvgPool2d(2)]


def densenet(blocks, *, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """A DenseNet of your own: images (N, C, H, W) -> logits (N, classes).

    blocks   how many layers each dense block has, such as (6, 12, 24, 16); between two blocks a transition halves the
             number of maps, the height and the width.
    classes, in_channels   how many logits come out, how many channels the images have.
    width    maps of the first convolution, an even number; half of it is the growth rate, what every layer adds.
    stem     "imagenet": 7x7 with stride 2, then a pooling with stride 2; for small images "small": 3x3 with
             stride 1, or "half": 3x3 with stride 2.

    ValueError or TypeError names the argument.

    >>> model = densenet((3, 3, 3), classes=10, in_channels=1, width=16, stem="half")
    >>> model.summary((1, 28, 28)).parameters
    32350
    """
    classes, in_channels, width = _parts.numbers(classes, in_channels, width)
    if width % 2:
        raise ValueError(f"width must be even, twice the growth rate, found {shown(width)}")
    blocks, growth = _parts.stages(blocks), width // 2
    layers, channels = _parts.first_layers(stem, in_channels, width), width
    names = ["features.conv0", "features.norm0"]
    for stage, count in enumerate(blocks, 1):
        layers.append(dense_block(channels, count, growth))
        names += (f"features.denseblock{stage}.denselayer{i}.{name}" for i in range(1, count + 1)
                  for name in ("norm1", "conv1", "norm2", "conv2"))
        channels += count * growth
        if stage < len(blocks):
            layers += transition(channels)
            names += (f"features.transition{stage}.{name}" for name in ("norm", "conv"))
            channels //= 2
    layers += [BatchNorm2d(channels), ReLU(), GlobalAvgPool2d(), Linear(channels, classes)]
    return _parts.named(Sequential(*layers, seed=seed), [*names, f"features.norm{len(blocks) + 1}", "classifier"])


def densenet121(*, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """DenseNet-121: images (N, 3, 224, 224) -> logits (N, 1000); 7,978,856 parameters. Options as in `densenet`.

    >>> densenet121().summary((3, 224, 224)).parameters
    7978856
    >>> small = densenet121(classes=10, in_channels=1, width=8, stem="small")
    >>> small(np.zeros((2, 1, 28, 28))).shape
    (2, 10)
    """
    return densenet((6, 12, 24, 16), classes=classes, in_channels=in_channels, width=width, stem=stem, seed=seed)
