"""The layers of `layers.py` run in NumPy: all outputs, and the gradient of one number. The oracle of static/layers.js.

Layers are dicts as `described` makes them, or with other settings, and beside its kinds "Pad": padding of its own, with
zeros or the other side. One example at a time, in float64.
"""

import base64
import math

import numpy as np

from ... import ops

_WINDOWS = ("Conv2d", "MaxPool2d", "AvgPool2d")


def array(packed):
    """A weight as `kit.layers` packs it, {"shape", "data"}, as a float64 array."""
    data, kind = packed["data"], "<f2" if packed.get("half") else "<f4"
    flat = np.frombuffer(base64.b64decode(data), kind) if isinstance(data, str) else data
    return np.asarray(flat, np.float64).reshape(packed["shape"])


def forward(layers, x):
    """The outputs of all layers for one example x (C, H, W), in order."""
    outputs = []
    for layer in layers:
        x = _FORWARD[layer["kind"]](layer, {name: array(w) for name, w in layer["weights"].items()}, x[None])[0]
        outputs.append(x)
    return outputs


def gradient(layers, outputs, x, last, index):
    """d outputs[last].ravel()[index] / dx, an array like x."""
    dy = np.zeros(outputs[last].size)
    dy[index] = 1
    dy = dy.reshape(outputs[last].shape)[None]
    for n in range(last, -1, -1):
        layer, before = layers[n], (outputs[n - 1] if n else x)[None]
        weights = {name: array(w) for name, w in layer["weights"].items()}
        dy = _BACK[layer["kind"]](layer, weights, before, outputs[n][None], dy)
    return dy[0]


# --- windows: padded here: their padding may differ from side to side -----------------------------------------------

def _padded(x, padding, **how):
    return np.pad(x, ((0, 0), (0, 0), *map(tuple, padding)), **how) if any(map(any, padding)) else x


def _cropped(dx, padding):
    """Of a gradient the part that padding did not add."""
    (top, bottom), (left, right) = padding
    return dx[:, :, top:dx.shape[2] - bottom, left:dx.shape[3] - right]


def _conv(layer, weights, x):
    numbers = layer["stride"], 0, layer["dilation"], layer["groups"]
    return ops.conv2d(_padded(x, layer["padding"]), weights["w"], weights.get("b"), *_pairs(numbers))


def _conv_back(layer, weights, x, y, dy):
    numbers = layer["stride"], 0, layer["dilation"], layer["groups"]
    dx, _, _ = ops.conv2d_backward(dy, _padded(x, layer["padding"]), weights["w"], *_pairs(numbers))
    return _cropped(dx, layer["padding"])


def _pairs(numbers):
    return [tuple(each) if isinstance(each, list) else each for each in numbers]


def _max(layer, weights, x):
    return ops.max_pool2d(_lowest(layer, x), *_pairs((layer["kernel_size"], layer["stride"])))


def _max_back(layer, weights, x, y, dy):
    dx = ops.max_pool2d_backward(dy, _lowest(layer, x), *_pairs((layer["kernel_size"], layer["stride"])))
    return _cropped(dx, layer["padding"])


def _lowest(layer, x):
    """Padded with what never wins: nothing infinite, because that could not be told from a fault."""
    return _padded(x, layer["padding"], constant_values=-1e300)


def _average(layer, weights, x):
    return ops.avg_pool2d(_padded(x, layer["padding"]), *_pairs((layer["kernel_size"], layer["stride"]))) * _counted(
        layer, x.shape)


def _average_back(layer, weights, x, y, dy):
    padded = _padded(x, layer["padding"])
    dx = ops.avg_pool2d_backward(dy * _counted(layer, x.shape), padded,
                                 *_pairs((layer["kernel_size"], layer["stride"])))
    return _cropped(dx, layer["padding"])


def _counted(layer, shape):
    """What a mean is multiplied by where padding does not count."""
    if layer["count_include_pad"]:
        return 1
    real = _padded(np.ones((1, 1, *shape[2:])), layer["padding"])
    return 1 / ops.avg_pool2d(real, *_pairs((layer["kernel_size"], layer["stride"])))


# --- padding of its own: zeros or the other side; cells are taken away where a number is negative ---------------------

def _places(layer, size):
    """For each axis, from which cell of the input each cell of the output comes; -1 for a zero."""
    places = []
    for n, (before, after) in zip(size, layer["padding"], strict=True):
        at = np.arange(-before, n + after)
        places.append(at % n if layer["wrap"] else np.where((at >= 0) & (at < n), at, -1))
    return places


def _pad(layer, weights, x):
    rows, columns = _places(layer, x.shape[2:])
    edged = np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))   # a row and a column of zeros at the end, where -1 leads
    return edged[:, :, rows][:, :, :, columns]


def _pad_back(layer, weights, x, y, dy):
    rows, columns = _places(layer, x.shape[2:])
    dx = np.zeros((*x.shape[:2], x.shape[2] + 1, x.shape[3] + 1))
    np.add.at(dx, (slice(None), slice(None), rows[:, None], columns[None]), dy)
    return dx[:, :, :-1, :-1]


# --- all others -------------------------------------------------------------------------------------------------------

def _norm(layer, weights, x):
    return ops.batch_norm2d(x, weights["w"], weights["b"], weights["mean"], weights["var"], layer["eps"])


def _norm_back(layer, weights, x, y, dy):
    return dy * (weights["w"] / np.sqrt(weights["var"] + layer["eps"]))[:, None, None]


_FORWARD = {
    "Conv2d": _conv, "MaxPool2d": _max, "AvgPool2d": _average, "Pad": _pad, "BatchNorm2d": _norm,
    "Dropout": lambda layer, weights, x: x, "ReLU": lambda layer, weights, x: np.maximum(x, 0),
    "LeakyReLU": lambda layer, weights, x: np.where(x > 0, x, layer["slope"] * x),
    "Sigmoid": lambda layer, weights, x: ops.sigmoid(x), "Tanh": lambda layer, weights, x: np.tanh(x),
    "Flatten": lambda layer, weights, x: x.reshape(1, -1), "GlobalAvgPool2d": lambda layer, weights, x: x.mean((2, 3)),
    "Linear": lambda layer, weights, x: ops.linear(x, weights["w"], weights.get("b")),
}
_BACK = {
    "Conv2d": _conv_back, "MaxPool2d": _max_back, "AvgPool2d": _average_back, "Pad": _pad_back,
    "BatchNorm2d": _norm_back, "Dropout": lambda layer, weights, x, y, dy: dy,
    "ReLU": lambda layer, weights, x, y, dy: dy * (x > 0), "Sigmoid": lambda layer, weights, x, y, dy: dy * y * (1 - y),
    "LeakyReLU": lambda layer, weights, x, y, dy: dy * np.where(x > 0, 1, layer["slope"]),
    "Tanh": lambda layer, weights, x, y, dy: dy * (1 - y**2),
    "Flatten": lambda layer, weights, x, y, dy: dy.reshape(x.shape),
    "GlobalAvgPool2d": lambda layer, weights, x, y, dy: np.broadcast_to(
        dy[:, :, None, None] / math.prod(x.shape[2:]), x.shape),
    "Linear": lambda layer, weights, x, y, dy: dy @ weights["w"],
}
