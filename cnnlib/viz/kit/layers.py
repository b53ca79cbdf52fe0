"""A network as plain data: what each layer is, its settings and its weights, for views that run it in the browser.

Layers are known by the name of their class and by their attributes, not by where they come from: this room does not
know `cnnlib.nn`. A subclass counts as its base as long as it computes forward as that does. The twin that runs such a
description is static/layers.js; a test holds its outputs and gradients equal to NumPy's.
"""

import base64
import math

import numpy as np

from ... import arguments
from ...ops import pool
from ...ops.window import geometry

MOST_WEIGHTS = 2_000_000     # numbers: they travel as text, and more would make a page of more than 10 MB
MOST_VALUES = 4_000_000      # numbers that all layers put out together for one input


def described(model, input_shape):
    """The layers of a network in order, networks inside of it unfolded, as a list of dicts that JSON can hold.

    `input_shape` is the shape of one example, (C, H, W) or (features,). Each dict has `kind` (the name of the class),
    `name` (its place and kind, as a summary has them), `shape` (of its output for one example), `weights` and, where
    the kind has them:

    kernel_size, stride, dilation   [h, w]
    padding                         [[top, bottom], [left, right]], also where the layer says "same"
    groups, count_include_pad, slope, eps

    `weights` maps names to {"shape": [...], "data": text}: float32, little-endian, base64; with "half": true float16,
    where that holds every one of the numbers. Conv2d and Linear have "w" and, with a bias, "b"; BatchNorm2d "w", "b",
    "mean" and "var", its running statistics: a layer is described as it evaluates.

    TypeError for what is no network or no shape. ValueError, naming the layer, for one of another kind, for an input
    that a layer cannot take, for weights that are NaN or infinite as float32, for a network without layers, and for
    more than 2,000,000 weights or 4,000,000 outputs.

    >>> class Linear:
    ...     weight, bias = np.ones((1, 2)), None
    ...     def forward(self, x): ...
    ...     def output_shape(self, shape): return (1,)
    >>> layer, = described([Linear()], (2,))
    >>> layer["name"], layer["shape"], layer["weights"]
    ('0 Linear', [1], {'w': {'shape': [1, 2], 'data': 'ADwAPA==', 'half': True}})
    """
    shape = arguments.shape(input_shape, "input_shape")
    if len(shape) not in (1, 3):
        slip = ": leave out the batch axis, this is the shape of one example" if len(shape) == 4 else ""
        slip = f": a grey image? (1, {shape[0]}, {shape[1]})" if len(shape) == 2 else slip
        raise ValueError(f"input_shape must be (C, H, W) or (features,), found {arguments.shown(shape)}{slip}")
    found = list(_unfolded(model, ""))
    if not found:
        raise ValueError("model has no layers, expected at least one")
    rows, values, numbers = [], math.prod(shape), 0
    for place, layer in found:      # sizes first: nothing is made of a network that is too large
        name = f"{place} {type(layer).__name__}"
        kind = _kind(layer, name)
        before, shape = shape, _after(layer, name, shape)
        row = {"kind": kind, "name": f"{place} {kind}", "shape": list(shape), **_settings(layer, kind, before)}
        held = {key: array for key, array in _held(layer, kind) if array is not None}
        rows.append((row, held))
        values += math.prod(shape)
        numbers += sum(math.prod(array.shape) for array in held.values())
    for count, most, what in ((values, MOST_VALUES, "outputs for one input"), (numbers, MOST_WEIGHTS, "weights")):
        if count > most:
            raise ValueError(f"model has {count:,} {what}, expected at most {most:,}: all of it runs in the browser")
    return [{**row, "weights": {key: _packed(array, key, row["name"]) for key, array in held.items()}}
            for row, held in rows]


# --- which layers there are -------------------------------------------------------------------------------------------

_WINDOWS = {"Conv2d", "MaxPool2d", "AvgPool2d"}
_PLAIN = {"GlobalAvgPool2d", "BatchNorm2d", "Dropout", "ReLU", "LeakyReLU", "Sigmoid", "Tanh", "Flatten", "Linear"}
KINDS = (*sorted(_WINDOWS), *sorted(_PLAIN))


def _unfolded(model, place):
    """Pairs (place, layer) of all layers in order; a place is "2", or "2.0" in a network that is layer 2."""
    chain = getattr(model, "joins", None) == "chain"
    if isinstance(model, type) or not (chain or isinstance(model, (list, tuple))):
        slip = ": put a single layer into a Sequential" if hasattr(model, "forward") else ""
        slip = ": it is a class, add ()" if isinstance(model, type) else slip
        raise TypeError(f"model must be a Sequential, found {arguments.shown(model)}{slip}")
    for i, layer in enumerate(model):
        here = f"{place}.{i}" if place else str(i)
        if getattr(layer, "joins", None) == "chain":
            yield from _unfolded(layer, here)
        else:
            yield here, layer


def _kind(layer, name):
    """The kind of a layer: its class or the nearest base that is known, if it computes forward as that does."""
    for base in type(layer).__mro__:
        if base.__name__ in KINDS and getattr(type(layer), "forward", None) is getattr(base, "forward", None):
            return base.__name__
    raise ValueError(f"model: layer {arguments.label(name, 60)} is of a kind that cannot be run in the browser, "
                     f"expected {', '.join(KINDS)}")


def _after(layer, name, shape):
    """The shape of its output."""
    try:
        return tuple(layer.output_shape(shape))
    except ValueError as error:
        raise ValueError(f"input_shape: layer {name} cannot take {shape}: {str(error)[:160]}") from None


def _settings(layer, kind, shape):
    """What a layer is set to, as plain data."""
    if kind == "LeakyReLU":
        return {"slope": arguments.finite(layer.slope, "slope")}
    if kind == "BatchNorm2d":
        return {"eps": arguments.positive(layer.eps, "eps")}
    if kind not in _WINDOWS:
        return {}
    if kind == "Conv2d":
        g = geometry(shape[1:], layer.kernel_size, layer.stride, layer.padding, layer.dilation)
        more = {"groups": int(layer.groups)}
    else:
        g = pool.window(shape[1:], layer.kernel_size, layer.stride, layer.padding)
        more = {"count_include_pad": bool(layer.count_include_pad)} if kind == "AvgPool2d" else {}
    return {"kernel_size": list(g.kernel), "stride": list(g.stride), "padding": [list(sides) for sides in g.pad],
            "dilation": list(g.dilation), **more}


# --- weights ----------------------------------------------------------------------------------------------------------

def _held(layer, kind):
    """Pairs (name, array or None) of what a layer has learned or measured."""
    if kind in ("Conv2d", "Linear", "BatchNorm2d"):
        yield from (("w", layer.weight), ("b", layer.bias))
    if kind == "BatchNorm2d":
        yield from (("mean", layer.running_mean), ("var", layer.running_var))


def _packed(array, key, name):
    """An array as {"shape", "data"}."""
    with np.errstate(over="ignore"):
        numbers = np.asarray(array).astype("<f4")
        half = numbers.astype("<f2")
    if not np.isfinite(numbers).all():
        count, what = int((~np.isfinite(numbers)).sum()), {"w": "weight", "b": "bias"}.get(key, f"running_{key}")
        raise ValueError(f"model: {what} of layer {name} has {count} of {numbers.size} numbers that are NaN or "
                         "infinite as float32, expected finite ones: did its training diverge?")
    exact = np.array_equal(half, numbers)   # as of a network that was stored so: half the text, the same numbers
    data = base64.b64encode((half if exact else numbers).tobytes()).decode("ascii")
    return {"shape": list(numbers.shape), "data": data} | ({"half": True} if exact else {})
