"""The shapes of famous networks, built from layers: to be counted and drawn, for which no parameter is made."""

from cnnlib import nn


def vgg(stages=((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)), size=224, hidden=4096, classes=1000):
    layers, channels = [], 3
    for filters, count in stages:
        for _ in range(count):
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
            channels = filters
        layers.append(nn.MaxPool2d(2))
    features = channels * (size // 2 ** len(stages)) ** 2
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(features, hidden), nn.ReLU(), nn.Dropout(0.5),
                         nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, classes))


def normed(channels, filters, kernel_size, stride=1):
    return [nn.Conv2d(channels, filters, kernel_size, stride, kernel_size // 2, bias=False), nn.BatchNorm2d(filters)]


def stem():
    return [*normed(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, stride=2, padding=1)]


def resnet(counts, bottleneck=False):
    layers, channels = stem(), 64
    for stage, count in enumerate(counts):
        filters = 64 * 2**stage
        out = 4 * filters if bottleneck else filters
        for i in range(count):
            stride = 2 if stage and not i else 1
            if bottleneck:
                body = [*normed(channels, filters, 1), nn.ReLU(), *normed(filters, filters, 3, stride), nn.ReLU(),
                        *normed(filters, out, 1)]
            else:
                body = [*normed(channels, filters, 3, stride), nn.ReLU(), *normed(filters, filters, 3)]
            fits = (channels, stride) == (out, 1)
            shortcut = None if fits else nn.Sequential(*normed(channels, out, 1, stride))
            layers += [nn.Residual(*body, shortcut=shortcut), nn.ReLU()]
            channels = out
    return nn.Sequential(*layers, nn.GlobalAvgPool2d(), nn.Linear(channels, 1000))


def densenet(counts, growth=32):
    layers, channels = stem(), 64
    for i, count in enumerate(counts):
        made = []
        for _ in range(count):
            made.append(nn.Sequential(nn.BatchNorm2d(channels), nn.ReLU(), *normed(channels, 4 * growth, 1), nn.ReLU(),
                                      nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)))
            channels += growth
        layers += [nn.DenseBlock(*made), nn.BatchNorm2d(channels), nn.ReLU()]
        if i < len(counts) - 1:
            layers += [nn.Conv2d(channels, channels // 2, 1, bias=False), nn.AvgPool2d(2)]
            channels //= 2
    return nn.Sequential(*layers, nn.GlobalAvgPool2d(), nn.Linear(channels, 1000))


def unet():
    """Down and up twice, with both skips."""
    def twice(channels, filters):
        return [*normed(channels, filters, 3), nn.ReLU(), *normed(filters, filters, 3), nn.ReLU()]

    bottom = nn.Sequential(nn.MaxPool2d(2), *twice(16, 32), nn.ConvTranspose2d(32, 16, 2, stride=2))
    middle = nn.Sequential(nn.MaxPool2d(2), *twice(8, 16), nn.DenseBlock(bottom), *twice(32, 16),
                           nn.ConvTranspose2d(16, 8, 2, stride=2))
    return nn.Sequential(*twice(3, 8), nn.DenseBlock(middle), *twice(16, 8), nn.Conv2d(8, 2, 1))


IMAGENET = (3, 224, 224)
