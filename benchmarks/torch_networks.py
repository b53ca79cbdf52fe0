"""PyTorch's networks with the same layers as those here."""

from torch import nn

STAGES = ((64, 1), (128, 2), (256, 2), (512, 2))   # of ResNet-18: filters, stride; two blocks each


def lenet():
    """As cnn.zoo.lenet5()."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )


def resnet18(classes=1000):
    """As cnn.zoo.resnet18()."""
    return nn.Sequential(*resnet18_layers(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, classes))


def resnet18_layers():
    """All but the last layers."""
    yield from (nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False), nn.BatchNorm2d(64), nn.ReLU())
    yield nn.MaxPool2d(3, stride=2, padding=1)
    depth = 64
    for filters, first in STAGES:
        for stride in (first, 1):
            shortcut = None
            if stride > 1:
                convolution = nn.Conv2d(depth, filters, 1, stride=stride, bias=False)
                shortcut = nn.Sequential(convolution, nn.BatchNorm2d(filters))
            yield Residual(
                nn.Conv2d(depth, filters, 3, stride=stride, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(),
                nn.Conv2d(filters, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), shortcut=shortcut)
            yield nn.ReLU()
            depth = filters


class Residual(nn.Module):
    """As cnn.nn.Residual."""

    def __init__(self, *layers, shortcut):
        super().__init__()
        self.body, self.shortcut = nn.Sequential(*layers), shortcut or nn.Identity()

    def forward(self, x):
        """What the layers make of x, and x itself."""
        return self.body(x) + self.shortcut(x)
