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
from .conv import conv2d, conv2d_backward
from .conv1d import conv1d, conv1d_backward
from .linear import linear, linear_backward
from .loss import cross_entropy, cross_entropy_backward
from .norm import batch_norm2d, batch_norm2d_backward
from .plain import as_matrix, correlate1d, correlate2d
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
from .transpose import conv_transpose2d, conv_transpose2d_backward

__all__ = [
    "as_matrix",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm2d",
    "batch_norm2d_backward",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "correlate1d",
    "correlate2d",
    "cross_entropy",
    "cross_entropy_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "global_max_pool2d",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "log_softmax",
    "max_pool1d",
    "max_pool2d",
    "max_pool2d_backward",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "tanh",
    "tanh_backward",
]
