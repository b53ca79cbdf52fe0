"""PyTorch's networks with the same layers as those here."""

from networks import resnet18_layers
from torch import nn


def lenet():
    """As cnn.zoo.lenet5()."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )


def resnet18(classes=1000):
    """As networks.resnet18()."""
    layers = resnet18_layers(nn, Residual)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, classes))


class Residual(nn.Module):
    """As cnn.nn.Residual."""

    def __init__(self, *layers, shortcut):
        super().__init__()
        self.body, self.shortcut = nn.Sequential(*layers), shortcut or nn.Identity()

    def forward(self, x):
        """What the layers make of x, and x itself."""
        return self.body(x) + self.shortcut(x)
