"""The same network built otherwise: other strides, another pooling, other borders, a blur before every step; same
weights.

Layers are plain dicts, as `kit.layers` describes them. What is built has two more things in it: layers of the kind
"Pad", which put cells around the maps (or take some away, where a number is negative), and "Conv2d" that blur. The
browser has the twin of this, static/rebuild.js; a test holds the two equal.

How each switch is meant:

conv_stride, pool_stride    a number for all layers of the kind, None for what each of them has
pooling                     "max", "average", or "stride": no window, of S x S cells the first is kept
padding                     "zeros": as it is built; "none"; or "circular": where a convolution pads, it reads on at
                            the other side, and pooling windows go all the way round
blur                        wherever cells are dropped, the windows slide by one cell instead; then a blur,
                            [1, 2, 1] / 4 down and across, takes the steps (R. Zhang 2019). A ReLU comes before it
"""

import math
from typing import NamedTuple

STRIDES = (None, 1, 2, 3)
POOLING = (None, "max", "average", "stride")
PADDING = ("zeros", "circular", "none")
POINTWISE = ("BatchNorm2d", "Dropout", "ReLU", "LeakyReLU", "Sigmoid", "Tanh")   # cell by cell, whatever lies around it
POOLS = ("MaxPool2d", "AvgPool2d")
TAPS = (0.25, 0.5, 0.25)


class Switches(NamedTuple):
    """How a network is built: see above. The defaults leave it as it is."""

    conv_stride: int | None = None
    pool_stride: int | None = None
    pooling: str | None = None
    padding: str = "zeros"
    blur: bool = False


class Built(NamedTuple):
    """`layers` of the network, each with its `stage` and its `shape`; `ends`: for each stage the number of its last
    layer, None for those after a layer that no longer fits; `fault`: the sentence that says so, or an empty one."""

    layers: list
    ends: list
    fault: str


def stages_of(layers):
    """The stage that each layer belongs to, counted from 0: a convolution or a pooling and all that works cell by cell
    on its result; a Flatten and what comes after it."""
    found, stage, open_ = [], -1, False
    for layer in layers:
        kind = layer["kind"]
        if not found or not (open_ or kind in POINTWISE):
            stage += 1
        open_ = kind == "Flatten"
        found.append(stage)
    return found


def rebuilt(layers, shape, switches, names):
    """The network with these `Switches` for an input of this shape, (C, H, W), as a `Built`; a fault calls stages by
    their `names`."""
    stages, made = stages_of(layers), _Made(shape, switches, names)
    ends = [None] * (max(stages) + 1)
    for n, (layer, made.stage) in enumerate(zip(layers, stages, strict=True)):
        if not made.fault:
            made.add(layer)
            following = layers[n + 1]["kind"] if n + 1 < len(layers) else ""
            if made.owed and not (following in POINTWISE and stages[n + 1] == made.stage):
                made.pay()
        if not made.fault:
            ends[made.stage] = len(made.layers) - 1
    if made.fault:   # a stage is there as a whole or not at all
        ends = [None if end is None or n >= made.broken else end for n, end in enumerate(ends)]
    return Built(made.layers, ends, made.fault)


class _Made:
    """A network that grows layer by layer."""

    def __init__(self, shape, switches, names):
        self.shape, self.switches, self.names, self.layers = tuple(shape), switches, names, []
        self.owed, self.fault, self.stage, self.broken = None, "", 0, math.inf

    def add(self, layer):
        kind, how = layer["kind"], self.switches
        if kind == "Conv2d":
            self._convolution(layer, [how.conv_stride] * 2 if how.conv_stride else layer["stride"])
        elif kind in POOLS:
            self._pooling(layer, [how.pool_stride] * 2 if how.pool_stride else layer["stride"])
        elif kind == "Linear" and self.shape[0] != (inputs := layer["weights"]["w"]["shape"][1]):
            self._refuse(f"{self.names[self.stage]} has weights for {inputs} numbers, and now gets {self.shape[0]}")
        else:
            self._put(layer, _after(layer, self.shape))

    def _put(self, layer, shape):
        self.shape = tuple(shape)
        self.layers.append({**layer, "shape": list(shape), "stage": self.stage})

    def _refuse(self, fault):
        self.fault, self.broken = fault, self.stage

    def _too_small(self, layer):
        self._refuse(f"maps of {_times(self.shape[1:])} are smaller than the window of {self.names[self.stage]}, "
                     f"{_times(layer['kernel_size'])}")

    def _convolution(self, layer, stride):
        padding = layer["padding"] if self.switches.padding != "none" else _NONE
        if self.switches.padding == "circular" and any(map(any, padding)):
            self._pad(padding, True)
            padding = _NONE
        self._window({**layer, "padding": padding}, stride, self._counts(layer, stride, padding))

    def _pooling(self, layer, stride):
        how, size = self.switches, self.shape[1:]
        padding = layer["padding"] if how.padding != "none" else _NONE
        counts = self._counts(layer, stride, padding)
        if how.padding == "circular":   # as many steps as go into the ring
            counts = [n // s for n, s in zip(size, stride, strict=True)]
        if min(counts) < 1:
            return self._too_small(layer)
        kind = {"max": "MaxPool2d", "average": "AvgPool2d", "stride": "Pick"}.get(how.pooling, layer["kind"])
        if kind == "Pick":
            return self._pick(layer, stride, counts)
        layer = {"count_include_pad": True, **layer, "kind": kind}
        if how.padding == "circular":
            steps = [1, 1] if how.blur and max(stride) > 1 else stride
            wide = [size[a] if steps[a] < stride[a] else counts[a] for a in (0, 1)]
            self._pad([[before, (n - 1) * s + f - size[a] - before]
                       for a, ((before, _), n, s, f) in enumerate(zip(padding, wide, steps, layer["kernel_size"],
                                                                       strict=True))], True)
            padding = _NONE
        self._window({**layer, "padding": padding}, stride, counts)
        return None

    def _pick(self, layer, stride, counts):
        """Of S x S cells the first; blurred before, where that is wanted."""
        if self.switches.blur and max(stride) > 1:
            self.owed = stride, counts
            return self._put({"kind": "Pad", "name": layer["name"], "padding": _NONE, "wrap": False, "weights": {}},
                             self.shape)
        self._pad([[0, (n - 1) * s + 1 - size] for n, s, size in zip(counts, stride, self.shape[1:], strict=True)],
                  False, always=True)
        pick = {"kind": "MaxPool2d", "kernel_size": [1, 1], "stride": list(stride), "padding": _NONE,
                "dilation": [1, 1], "name": layer["name"], "weights": {}}
        return self._put(pick, (self.shape[0], *counts))

    def _window(self, layer, stride, counts):
        """A layer that slides, at this stride or, where a blur is to take the steps, at stride 1."""
        if self.fault:
            return
        if min(counts) < 1:
            return self._too_small(layer)
        channels = layer["weights"]["w"]["shape"][0] if layer["kind"] == "Conv2d" else self.shape[0]
        if self.switches.blur and max(stride) > 1:
            self.owed, stride = (stride, counts), [1, 1]
        self._put({**layer, "stride": list(stride)}, (channels, *self._counts(layer, stride, layer["padding"])))

    def _counts(self, layer, stride, padding):
        return [(n + sum(sides) - d * (f - 1) - 1) // s + 1 for n, sides, f, s, d in zip(
            self.shape[1:], padding, layer["kernel_size"], stride, layer["dilation"], strict=True)]

    def _pad(self, padding, wrap, always=False):
        if always or any(map(any, padding)):
            shape = [n + sum(sides) for n, sides in zip(self.shape[1:], padding, strict=True)]
            self._put({"kind": "Pad", "name": "Pad", "padding": [list(sides) for sides in padding], "wrap": wrap,
                       "weights": {}}, (self.shape[0], *shape))

    def pay(self):
        """The blur that takes the steps that are owed."""
        (stride, counts), self.owed = self.owed, None
        if self.fault:
            return
        taps = [TAPS if s > 1 else (1.0,) for s in stride]
        reach = [len(each) // 2 for each in taps]
        if self.switches.padding == "none":
            counts = [(n - 2 * r - 1) // s + 1 for n, r, s in zip(self.shape[1:], reach, stride, strict=True)]
            if min(counts) < 1:
                return self._refuse(f"maps of {_times(self.shape[1:])} are too small to be blurred without padding")
        else:
            self._pad([[r, (n - 1) * s + 1 + r - size] for r, n, s, size in zip(
                reach, counts, stride, self.shape[1:], strict=True)], self.switches.padding == "circular")
        channels, kernel = self.shape[0], [down * across for down in taps[0] for across in taps[1]]
        weights = {"shape": [channels, 1, *map(len, taps)], "data": kernel * channels}
        self._put({"kind": "Conv2d", "name": "blur", "kernel_size": [*map(len, taps)], "stride": list(stride),
                   "padding": _NONE, "dilation": [1, 1], "groups": channels, "weights": {"w": weights}},
                  (channels, *counts))
        return None


_NONE = [[0, 0], [0, 0]]


def _after(layer, shape):
    """The shape after a layer that is no window."""
    kind = layer["kind"]
    if kind == "Linear":
        return layer["weights"]["w"]["shape"][:1]
    return {"Flatten": (math.prod(shape),), "GlobalAvgPool2d": shape[:1]}.get(kind, shape)


def _times(size):
    return " × ".join(map(str, size))

