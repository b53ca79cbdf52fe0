"""Networks of the literature and of the lessons, one file each."""

from .alexnet import alexnet
from .classifier import classifier
from .densenet import densenet, densenet121
from .digits import digits
from .lenet import lenet5, lenet_notes
from .lenet_1998 import lenet_1998
from .resnet import resnet, resnet18, resnet34, resnet50
from .unet import unet
from .vgg import vgg16

__all__ = [
    "alexnet", "classifier", "densenet", "densenet121", "digits", "lenet5", "lenet_1998", "lenet_notes", "resnet",
    "resnet18", "resnet34", "resnet50", "unet", "vgg16",
]
