"""The networks that are timed; torch_networks.py has the same, layer by layer, in PyTorch."""

from cnnlib import nn

STAGES = ((64, 1), (128, 2), (256, 2), (512, 2))   # of ResNet-18: filters, stride; two blocks each
VGG16 = (64, 64, "pool", 128, 128, "pool", *(256,) * 3, "pool", *(512,) * 3, "pool", *(512,) * 3, "pool")


def resnet18(classes=1000):
    """ResNet-18 (He et al. 2016) from the blocks of cnnlib.nn."""
    return nn.Sequential(*resnet18_layers(nn, nn.Residual), nn.GlobalAvgPool2d(), nn.Linear(512, classes))


def resnet18_layers(nn, residual):
    """All but the last layers, made of those of `nn` and of a block with a shortcut."""
    yield from (nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False), nn.BatchNorm2d(64), nn.ReLU())
    yield nn.MaxPool2d(3, stride=2, padding=1)
    depth = 64
    for filters, first in STAGES:
        for stride in (first, 1):
            shortcut = None
            if stride > 1:
                convolution = nn.Conv2d(depth, filters, 1, stride=stride, bias=False)
                shortcut = nn.Sequential(convolution, nn.BatchNorm2d(filters))
            yield residual(
                nn.Conv2d(depth, filters, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(),
                nn.Conv2d(filters, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), shortcut=shortcut)
            yield nn.ReLU()
            depth = filters


def vgg16():
    """VGG-16 (Simonyan & Zisserman 2015) from the layers of cnnlib.nn."""
    layers, depth = [], 3
    for filters in VGG16:
        if filters == "pool":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(depth, filters, 3, padding=1), nn.ReLU()]
            depth = filters
    layers += [nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU()]
    return nn.Sequential(*layers, nn.Dropout(), nn.Linear(4096, 1000))
