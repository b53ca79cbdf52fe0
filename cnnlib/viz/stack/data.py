"""A network, an image, and what a shift of the image does to every layer; what a unit sees. All of it plain numbers.

`explorer.stack_explorer` describes the network; `Stack` works out what is asked of it, in NumPy, with its parts in
rebuild.py, kit/run.py, meter.py and fields.py. The browser does the same by itself, from the spec.
"""

import base64
import hashlib
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..kit import run
from ..kit.scale import white
from ..kit.shown import Shown
from . import fields, meter
from .rebuild import POINTWISE, Switches, rebuilt, stages_of
from .state import stated

LONGEST_SHIFT = 16   # pixels each way: more is not needed to see what happens


class Moved(NamedTuple):
    """What a shift does to the end of the network: `before` and `after`, shares of the classes (or, without classes,
    the numbers as they are), and `distance`, the sum of what they differ by, |after - before|."""

    before: np.ndarray
    after: np.ndarray
    distance: float


class Stack(Shown):
    """A network and an image in some `state`; `stack_explorer` makes it. Its parts are the stages in `names`: each
    convolution or pooling with all that works cell by cell on its result ("CONV1"), the mean over a map, the fully
    connected layers.

    `maps[name]` is what a stage makes of the moved image, `before[name]` of the image as it was; `readings[name]` says
    how far it is from moving along (`off`, 0: it does). `prediction` is how far the end moved, `seen` what the unit
    sees. `changed(dx=1, blur=True)` is the same in another state. Stages after one that no longer fits are missing;
    `fault` says why.
    """

    title = "Stack explorer"

    def __init__(self, layers, x, classes, measured, state):
        self.layers, self.x, self.classes, self.measured = layers, x, classes, measured
        x.setflags(write=False)
        self.names, self.titles = _named(layers)
        self.state = stated(self, state)

    def shape_of(self, name):
        """The shape of a stage of the network as it was given."""
        return tuple(_last(self.layers)[self.names.index(name)]["shape"])

    def changed(self, **state):
        """The same network and image in another state; arguments and errors as of `stack_explorer`."""
        return Stack(self.layers, self.x, self.classes, self.measured, {**self.state._asdict(), **state})

    # --- in numbers ---------------------------------------------------------------------------------------------------

    @cached_property
    def built(self):
        """The network as the switches have it, a `rebuild.Built`."""
        state = self.state
        switches = Switches(state.conv_stride, state.pool_stride, state.pooling, state.padding, state.blur)
        return rebuilt(self.layers, self.x.shape, switches, self.names)

    fault = property(lambda self: self.built.fault)

    @cached_property
    def image(self):
        """The moved image."""
        return meter.moved(self.x, self.state.dy, self.state.dx, self.state.borders)

    @cached_property
    def outputs(self):
        """What every layer of the built network makes of the moved image."""
        return run.forward(self.built.layers, self.image)

    @cached_property
    def _outputs_before(self):
        return run.forward(self.built.layers, self.x)

    def _of_stages(self, outputs):
        return {name: outputs[end] for name, end in zip(self.names, self.built.ends, strict=True) if end is not None}

    maps = cached_property(lambda self: self._of_stages(self.outputs))
    before = cached_property(lambda self: self._of_stages(self._outputs_before))

    @cached_property
    def loudest(self):
        """The channel of each stage in which most happens, unmoved, as the network was given: the largest squares."""
        usual = self.changed(**Switches()._asdict())
        return {name: _largest((maps.reshape(len(maps), -1) ** 2).sum(1)) for name, maps in usual.before.items()}

    @cached_property
    def strides(self):
        """How many pixels the cells of each stage are apart, (down, across); None for what has no places."""
        found, way, step = {}, dict(zip(self.built.ends, self.names, strict=True)), (1, 1)
        for n, layer in enumerate(self.built.layers):
            if "stride" in layer:
                step = tuple(a * b for a, b in zip(step, layer["stride"], strict=True))
            if n in way:
                found[way[n]] = step if len(layer["shape"]) == 3 else None
        return found

    @cached_property
    def readings(self):
        """A `meter.Reading` for each stage."""
        s = self.state
        return {name: meter.reading(self.before[name], after, self.strides[name] or (1, 1), s.dy, s.dx, s.borders)
                for name, after in self.maps.items()}

    @cached_property
    def prediction(self):
        """How far the end of the network moved, a `Moved`; None where it ends in maps or no longer fits."""
        last = self.names[-1]
        if last not in self.maps or self.maps[last].ndim != 1:
            return None
        as_shown = meter.shares if self.classes else np.asarray
        before, after = as_shown(self.before[last]), as_shown(self.maps[last])
        return Moved(before, after, float(np.abs(after - before).sum()))

    @cached_property
    def unit(self):
        """The unit whose field is shown, (name of its stage, flat index): the one of the state, held within its map; or
        the strongest of the last maps."""
        if self.state.unit and self.state.unit[0] in self.maps:
            name, *place = self.state.unit
            last = [n - 1 for n in self.maps[name].shape]
            place = place[:len(last)] + [0] * (len(last) - len(place))
            held = tuple(min(at, most) for at, most in zip(place, last, strict=True))
            return name, int(np.ravel_multi_index(held, self.maps[name].shape))
        name = next((name for name in reversed(self.maps) if self.maps[name].ndim == 3), None)
        return name and (name, _largest(self.maps[name].ravel()))

    @cached_property
    def fields(self):
        """The field of the unit on the moved image (key "x") and in each stage up to its own, a `fields.Field`."""
        if self.unit is None:
            return {}
        name, index = self.unit
        end, shape = self.built.ends[self.names.index(name)], self.maps[name].shape
        place = np.unravel_index(index, shape)[1:] if len(shape) == 3 else None
        first, *rest = fields.fields(self.built.layers, end, place and tuple(map(int, place)), self.x.shape)
        found = {"x": first}
        for each, at in zip(self.names, self.built.ends, strict=True):
            if at is not None and at <= end and rest[at] is not None:
                found[each] = rest[at]
        return found

    @cached_property
    def gradient(self):
        """d unit / d moved image, (C, H, W)."""
        name, index = self.unit
        end = self.built.ends[self.names.index(name)]
        return run.gradient(self.built.layers, self.outputs, self.image, end, index)

    @cached_property
    def slopes(self):
        """How large the gradient is at each pixel, (H, W): the sum of its sizes over the channels of the image."""
        return np.abs(self.gradient).sum(0)

    @cached_property
    def seen(self):
        """What the unit sees, a `fields.Seen`; None without a unit."""
        wraps = self.state.padding == "circular"
        return fields.seen(self.fields["x"], self.slopes, wraps) if self.unit else None

    # --- steps: the shifts to the right, from the farthest to the left on ---------------------------------------------

    @property
    def reach(self):
        """How far the image may be moved, (down, across) either way."""
        return tuple(min(LONGEST_SHIFT, n // 2) for n in self.x.shape[1:])

    @property
    def steps(self):
        """How many shifts to the right or left there are."""
        return 2 * self.reach[1] + 1

    place = property(lambda self: self.state.dx + self.reach[1])

    def at(self, i=None):
        """This as it is at step i: moved to the right by so many pixels more than as far to the left as it goes."""
        from ..kit.steps import step_of

        return self if i is None else self.changed(dx=step_of(self, i) - self.reach[1])

    def figure(self, i=None):
        """A matplotlib Figure of this state; of step i, counted from 0, with the image moved that far to the right."""
        return super().figure(i)

    def player(self, **traits):
        """The live view, a widget: the last expression of a cell shows it. `tour` is a list of pages."""
        return self.widget(self, **traits)

    @property
    def begins(self):
        """The traits with which its live view begins, beside the usual ones."""
        return self.state._asdict()

    @cached_property
    def digest(self):
        """One line that is the same on every machine: sizes, state, and a hash of the image; no weights, for those may
        have been trained."""
        chain = [f"{name} {'x'.join(map(str, layer['shape']))}" for name, layer in zip(
            self.names, _last(self.layers), strict=True)]
        told = f"{'x'.join(map(str, self.x.shape))} -> {' -> '.join(chain)}, {self.state.told}"
        data = repr([np.round(self.x, 3).ravel().tolist(), told, self.classes])
        return f"Stack {told}, {hashlib.sha256(data.encode()).hexdigest()[:4]}"

    @property
    def spec(self):
        """Everything as JSON-ready data, for the browser; a new dict each time."""
        picture = white(self.x)
        return {
            "layers": self.layers, "stages": stages_of(self.layers), "names": self.names, "titles": self.titles,
            "input": {"shape": list(self.x.shape), "white": picture,
                      "data": base64.b64encode(self.x.astype("<f4").tobytes()).decode("ascii")},
            "classes": self.classes, "reach": list(self.reach),
        }


def _largest(numbers):
    """The place of the largest of some numbers; of some that differ by rounding only, the first."""
    most = numbers.max()
    return int((numbers >= most - 1e-6 * abs(most)).argmax())


def _last(layers):
    """The last layer of each stage."""
    stages = stages_of(layers)
    return [layer for n, layer in enumerate(layers) if stages[n + 1:n + 2] != [stages[n]]]


def _named(layers):
    """The names of the stages, and what each of them holds, in words."""
    names, titles, counts = [], [], {"CONV": 0, "POOL": 0, "FC": 0, "MEAN": 0, "STEP": 0}
    stages = stages_of(layers)
    for stage in range(stages[-1] + 1):
        kinds = [layer["kind"] for layer, at in zip(layers, stages, strict=True) if at == stage]
        kind = "FC" if "Linear" in kinds else {"Conv2d": "CONV", "MaxPool2d": "POOL", "AvgPool2d": "POOL",
                                               "GlobalAvgPool2d": "MEAN"}.get(kinds[0], "STEP")
        counts[kind] += 1
        number = counts[kind] + (counts["CONV"] if kind == "FC" else 0)   # as textbooks count: FC3 comes after CONV2
        names.append("MEAN" if kind == "MEAN" and counts[kind] == 1 else f"{kind}{number}")
        more = [{"BatchNorm2d": "BN"}.get(k, k) for k in kinds[kind != "STEP":] if k in POINTWISE and k != "Dropout"]
        titles.append(" +".join(more))
    return names, titles
