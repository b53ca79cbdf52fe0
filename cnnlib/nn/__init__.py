"""Networks: layers that hold parameters, and what trains them."""

from .blocks import DenseBlock, Residual
from .gradcheck import check_gradients
from .layer import Layer, Parameter
from .layers import Dropout, Flatten, Linear, ReLU
from .norm import BatchNorm2d
from .optim import SGD, Adam, Optimizer, cosine
from .sequential import Sequential
from .spatial import AvgPool2d, Conv2d, ConvTranspose2d, GlobalAvgPool2d, MaxPool2d
from .together import fit_all
from .train import NonFiniteLossError, evaluate, fit, predict

__all__ = [
    "SGD", "Adam", "AvgPool2d", "BatchNorm2d", "Conv2d", "ConvTranspose2d", "DenseBlock", "Dropout", "Flatten",
    "GlobalAvgPool2d", "Layer", "Linear", "MaxPool2d", "NonFiniteLossError", "Optimizer", "Parameter", "ReLU",
    "Residual", "Sequential", "check_gradients", "cosine", "evaluate", "fit", "fit_all", "predict",
]
