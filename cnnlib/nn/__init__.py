"""Networks: layers that hold parameters, and what trains them."""

from .gradcheck import check_gradients
from .layer import Layer, Parameter
from .layers import AvgPool2d, Conv2d, Dropout, Flatten, GlobalAvgPool2d, Linear, MaxPool2d, ReLU
from .optim import SGD, Adam, cosine
from .sequential import Sequential
from .train import NonFiniteLossError, evaluate, fit, predict

__all__ = [
    "SGD", "Adam", "AvgPool2d", "Conv2d", "Dropout", "Flatten", "GlobalAvgPool2d", "Layer", "Linear", "MaxPool2d",
    "NonFiniteLossError", "Parameter", "ReLU", "Sequential", "check_gradients", "cosine", "evaluate", "fit", "predict",
]
