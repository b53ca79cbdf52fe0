"""ResNet: a shortcut past every block, so that depth no longer hurts.

What was new: a block adds what it makes of its input to the input itself. It starts near doing nothing and learns the
difference, and the gradient has a way back that no convolution weakens. He, Zhang, Ren & Sun, "Deep Residual Learning
for Image Recognition", CVPR 2016 (preprint 2015).
"""

from ..arguments import truth
from ..nn import BatchNorm2d, Conv2d, GlobalAvgPool2d, Linear, ReLU, Residual, Sequential
from . import _parts

EXPANSION = 4   # a bottleneck block ends in so many times the maps of its 3x3 convolution


def basic_block(in_channels, channels, stride=1):
    """Two 3x3 convolutions past which the input goes: (N, in, H, W) -> (N, channels, H/stride, W/stride).

    >>> basic_block(8, 16, stride=2)(np.zeros((1, 8, 6, 6))).shape
    (1, 16, 3, 3)
    """
    return Residual(
        Conv2d(in_channels, channels, 3, stride, padding=1, bias=False), BatchNorm2d(channels), ReLU(),
        Conv2d(channels, channels, 3, padding=1, bias=False), BatchNorm2d(channels),
        shortcut=projection(in_channels, channels, stride),
    )


def bottleneck_block(in_channels, channels, stride=1):
    """1x1 to few maps, 3x3 among these, 1x1 to many: (N, in, H, W) -> (N, 4·channels, H/stride, W/stride).

    The stride is that of the 3x3 convolution, as in all libraries; the paper had it in the first 1x1, which never looks
    at three of four positions.

    >>> bottleneck_block(32, 8)(np.zeros((1, 32, 6, 6))).shape
    (1, 32, 6, 6)
    """
    out = EXPANSION * channels
    return Residual(
        Conv2d(in_channels, channels, 1, bias=False), BatchNorm2d(channels), ReLU(),
        Conv2d(channels, channels, 3, stride, padding=1, bias=False), BatchNorm2d(channels), ReLU(),
        Conv2d(channels, out, 1, bias=False), BatchNorm2d(out),
        shortcut=projection(in_channels, out, stride),
    )


def projection(in_channels, channels, stride):
    """The shortcut where a block changes the shape, a 1x1 convolution with batch norm; None where it does not.

    >>> projection(8, 8, 1) is None
    True
    """
    if (in_channels, stride) == (channels, 1):
        return None
    return Sequential(Conv2d(in_channels, channels, 1, stride, bias=False), BatchNorm2d(channels))


def resnet(blocks, *, bottleneck=False, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """A ResNet of your own: images (N, C, H, W), of any size -> logits (N, classes).

    blocks       how many blocks each stage has, such as (2, 2, 2, 2); every next stage has twice the maps at half the
                 height and width.
    bottleneck   blocks of 1x1, 3x3, 1x1 instead of 3x3, 3x3.
    classes, in_channels   how many logits come out, how many channels the images have.
    width        maps of the first convolution and of the first stage; with bottlenecks, of their 3x3 convolutions.
    stem         "imagenet": 7x7 with stride 2, then a pooling with stride 2; for small images "small": 3x3 with
                 stride 1, or "half": 3x3 with stride 2.

    ValueError or TypeError names the argument.

    >>> model = resnet((1, 1, 1), classes=10, in_channels=1, width=16, stem="half")
    >>> model.summary((1, 28, 28)).parameters
    77754
    """
    classes, in_channels, width = _parts.numbers(classes, in_channels, width)
    block, expansion = (bottleneck_block, EXPANSION) if truth(bottleneck, "bottleneck") else (basic_block, 1)
    layers, channels = _parts.first_layers(stem, in_channels, width), width
    names = ["conv1", "bn1"]
    for stage, count in enumerate(_parts.stages(blocks)):
        for i in range(count):
            made = block(channels, width * 2**stage, stride=2 if stage and not i else 1)
            layers += [made, ReLU()]
            names += (f"layer{stage + 1}.{i}.{name}" for name in _names(made))
            channels = expansion * width * 2**stage
    return _parts.named(Sequential(*layers, GlobalAvgPool2d(), Linear(channels, classes), seed=seed), [*names, "fc"])


def _names(block):
    """What PyTorch calls the layers of a block that learn."""
    convolutions = sum(isinstance(layer, Conv2d) for layer in block.body)
    names = [f"{kind}{i + 1}" for i in range(convolutions) for kind in ("conv", "bn")]
    return [*names, "downsample.0", "downsample.1"] if len(block.shortcut) else names


def resnet18(*, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """ResNet-18: images (N, 3, 224, 224) -> logits (N, 1000); 11,689,512 parameters. Options as in `resnet`.

    >>> resnet18().summary((3, 224, 224)).parameters
    11689512
    >>> small = resnet18(classes=10, in_channels=1, width=8, stem="small")
    >>> small(np.zeros((2, 1, 28, 28))).shape
    (2, 10)
    """
    return resnet((2, 2, 2, 2), classes=classes, in_channels=in_channels, width=width, stem=stem, seed=seed)


def resnet34(*, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """ResNet-34: images (N, 3, 224, 224) -> logits (N, 1000); 21,797,672 parameters. Options as in `resnet`.

    >>> resnet34().summary((3, 224, 224)).parameters
    21797672
    """
    return resnet((3, 4, 6, 3), classes=classes, in_channels=in_channels, width=width, stem=stem, seed=seed)


def resnet50(*, classes=1000, in_channels=3, width=64, stem="imagenet", seed=0):
    """ResNet-50, of bottlenecks: images (N, 3, 224, 224) -> logits (N, 1000); 25,557,032 parameters.

    Options as in `resnet`.

    >>> resnet50().summary((3, 224, 224)).parameters
    25557032
    """
    return resnet((3, 4, 6, 3), bottleneck=True, classes=classes, in_channels=in_channels, width=width, stem=stem,
                  seed=seed)
