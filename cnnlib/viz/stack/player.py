"""StackExplorer: a network and an image, alive: every layer's maps, a unit's field down to the pixels, and the meter of
every layer while the image moves.

The browser runs the network by itself, so it needs no kernel. Back to Python comes the state when it comes to rest.
"""

from pathlib import Path
from typing import ClassVar

import traitlets as t

from ..kit.live import Fixed, Refused
from ..kit.tour import Guided
from . import words
from .data import Stack
from .state import State, stated

STATE = State._fields


class _Part(t.TraitType):
    """One part of the state, checked as `stack_explorer` checks it."""

    allow_none = False   # None is checked as all others are

    def __init__(self, name):
        super().__init__(State._field_defaults[name])
        self.tag(sync=True)

    def validate(self, widget, value):
        try:
            found = getattr(stated(widget.stack, {self.name: value}), self.name)
        except (TypeError, ValueError) as error:
            raise Refused(str(error)) from None
        return list(found) if isinstance(found, tuple) else found


class StackExplorer(Guided, Fixed):
    """The live view of what `cnn.viz.stack_explorer` made; the last expression of a cell shows it.

    Its traits are those of the state (dy, dx, borders, unit, conv_stride, pool_stride, pooling, padding, blur), kept in
    step with the browser; `channels`, the channel that each stage shows large, -1 for the one in which most happens;
    `heat`, whether the unit's gradient lies over the image; `mistakes`, whether maps show what did not move along.
    `player.shown` is the `Stack` in its present state.

    >>> import numpy as np
    >>> from cnnlib import nn
    >>> from cnnlib.viz import stack_explorer
    >>> player = stack_explorer(nn.Sequential(nn.Conv2d(1, 2, 3)), np.eye(6)).player()
    >>> player.dx = 2
    >>> player.shown.readings["CONV1"].moved
    (0, 2)
    """

    own = (*STATE, "channels", "heat", "mistakes", "page", "done")
    told = ("tour",)
    steered = (*STATE, "heat", "mistakes")
    tasks: ClassVar[dict] = {"still": (), "set": ("name", "value"), "unit": ("stage",), "steady": ("below",)}
    entry = Path(__file__).with_name("static") / "stack.js"
    other = "make another one with cnn.viz.stack_explorer"
    dy, dx, borders, unit = _Part("dy"), _Part("dx"), _Part("borders"), _Part("unit")
    conv_stride, pool_stride, pooling = _Part("conv_stride"), _Part("pool_stride"), _Part("pooling")
    padding, blur = _Part("padding"), _Part("blur")
    channels = t.List(t.Int()).tag(sync=True)
    heat = t.Bool(True).tag(sync=True)
    mistakes = t.Bool(False).tag(sync=True)

    PARTS = ("x", "shift", "switches", "unit", "prediction", "layers", "about", "heat", "mistakes", "meters",
             "conv_stride", "pool_stride", "pooling", "padding", "blur")
    lit = property(lambda self: (*self.PARTS, *self.stack.names))

    def __init__(self, stack, **traits):
        if not isinstance(stack, Stack):
            raise TypeError(f"stack must be what cnn.viz.stack_explorer made, found {type(stack).__name__}")
        self.stack, self._spec, self._made = stack, stack.spec, (stack.state, stack)
        begins = stack.state._asdict() | {"channels": [-1] * len(stack.names)} | traits
        super().__init__(spec=self._spec, **begins)

    @property
    def shown(self):
        """The `Stack` in the state that is seen."""
        state = stated(self.stack, {name: getattr(self, name) for name in STATE})
        if state != self._made[0]:
            self._made = state, self.stack.changed(**state._asdict())
        return self._made[1]

    place = property(lambda self: self.shown.place)

    def fields(self, settings):
        """For the text of a page: by the name of a stage what its meter reads, the `distance` of the prediction, and
        `wide`, how wide the field of the unit is."""
        stack = self.stack.changed(**{name: settings[name] for name in STATE})
        found = {name: "not defined" if each.off is None else words.amount(each.off)
                 for name, each in stack.readings.items()}
        if stack.prediction:
            found["distance"] = words.amount(stack.prediction.distance)
        return found | ({"wide": stack.seen.field[3]} if stack.unit else {})

    @t.validate("channels")
    def _existing_channels(self, proposal):
        counts = [self.stack.shape_of(name)[0] for name in self.stack.names]
        if len(proposal["value"]) != len(counts):
            raise Refused(f"channels must be one for each of {len(counts)} stages, found {len(proposal['value'])}")
        return [min(max(-1, channel), count - 1) for channel, count in zip(proposal["value"], counts, strict=True)]


Player = StackExplorer   # by this name `kit.shown` looks for it
