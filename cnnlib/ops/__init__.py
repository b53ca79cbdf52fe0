"""Arrays in, arrays out: the operations of a convolutional network, forward and backward side by side."""

from .activation import (
    leaky_relu,
    leaky_relu_backward,
    log_softmax,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    softmax,
    tanh,
    tanh_backward,
)
from .conv import conv1d, conv1d_backward, conv2d, conv2d_backward, correlate1d, correlate2d
from .linear import linear, linear_backward
from .loss import cross_entropy, cross_entropy_backward
from .pool import (
    avg_pool1d,
    avg_pool2d,
    avg_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    max_pool1d,
    max_pool2d,
    max_pool2d_backward,
)

__all__ = [
    "avg_pool1d", "avg_pool2d", "avg_pool2d_backward", "conv1d", "conv1d_backward", "conv2d", "conv2d_backward",
    "correlate1d", "correlate2d", "cross_entropy", "cross_entropy_backward", "global_avg_pool2d",
    "global_avg_pool2d_backward", "global_max_pool2d", "leaky_relu", "leaky_relu_backward", "linear",
    "linear_backward", "log_softmax", "max_pool1d", "max_pool2d", "max_pool2d_backward", "relu", "relu_backward",
    "sigmoid", "sigmoid_backward", "softmax", "tanh", "tanh_backward",
]
