"""The layers of `kit.layers` run in NumPy: what every one makes of an input. The twin is kit/static/layers.js."""

import base64

import numpy as np

from ...ops import activation, avg_pool2d, batch_norm2d, conv2d, global_avg_pool2d, linear, max_pool2d


def weights_of(row):
    """{"w": array, "b": array, …} of a row."""
    return {name: np.frombuffer(base64.b64decode(array["data"]), "<f2" if array.get("half") else "<f4")
            .astype(np.float32).reshape(array["shape"]) for name, array in row["weights"].items()}


def outputs(rows, x):
    """The output of every layer for x (C, H, W), as a list of float32 arrays without a batch axis."""
    found, x = [], np.asarray(x, np.float32)[None]
    for row in rows:
        x = _RUN[row["kind"]](x, row, **weights_of(row))
        found.append(x[0])
    return found


def _padding(row):
    """As the operations take it: a number for each axis, or "same", which alone has unequal sides."""
    (top, bottom), (left, right) = row["padding"]
    return (top, left) if (top, left) == (bottom, right) else "same"


def _window(row):
    return {"stride": tuple(row["stride"]), "padding": _padding(row)}


def _pooled(run):
    def forward(x, row):
        more = {"count_include_pad": row["count_include_pad"]} if "count_include_pad" in row else {}
        return run(x, tuple(row["kernel_size"]), **_window(row), **more)
    return forward


_RUN = {
    "Conv2d": lambda x, row, w, b=None: conv2d(x, w, b, **_window(row), dilation=tuple(row["dilation"]),
                                               groups=row["groups"]),
    "Linear": lambda x, row, w, b=None: linear(x, w, b),
    "BatchNorm2d": lambda x, row, w, b, mean, var: batch_norm2d(x, w, b, mean, var, row["eps"]),
    "MaxPool2d": _pooled(max_pool2d), "AvgPool2d": _pooled(avg_pool2d),
    "GlobalAvgPool2d": lambda x, row: global_avg_pool2d(x),
    "ReLU": lambda x, row: activation.relu(x), "LeakyReLU": lambda x, row: activation.leaky_relu(x, row["slope"]),
    "Sigmoid": lambda x, row: activation.sigmoid(x), "Tanh": lambda x, row: activation.tanh(x),
    "Flatten": lambda x, row: x.reshape(len(x), -1), "Dropout": lambda x, row: x,
}
