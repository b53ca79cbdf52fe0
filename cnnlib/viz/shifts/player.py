"""ShiftPlayer: what a shift does to every stage, alive: a slider, the cells, and two meters for each stage.

All numbers are in the spec, so it needs no kernel. Back to Python comes only the shift at which the slider rests.
"""

import functools
from pathlib import Path

import traitlets as t

from ..kit import modules
from ..kit.show import bundle as picture
from ..slide.player import Live, Refused

STATIC = Path(__file__).with_name("static")


class ShiftPlayer(Live):
    """The live view of what `cnn.viz.shifts` computed; the last expression of a cell shows it.

    Its trait `shift` (int, held between 0 and the last shift) is kept in step with the browser. `player.shifts` holds
    the numbers. Raises TypeError for what is not a `Shifts`.

    >>> from cnnlib.viz import shifts
    >>> player = ShiftPlayer(shifts([0, 1, 2], {"twice": lambda a: 2 * a}), shift=7)
    >>> player.shift
    2
    """

    own = ("spec", "shift")
    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    spec = t.Dict().tag(sync=True)
    shift = t.Int(0).tag(sync=True)

    def __init__(self, shifts, shift=0):
        from .data import Shifts

        if not isinstance(shifts, Shifts):
            raise TypeError(f"shifts must be what cnn.viz.shifts computed, found {type(shifts).__name__}")
        self.shifts, self._spec = shifts, shifts.spec
        super().__init__(spec=self._spec, shift=shift)

    @t.default("_esm")
    def _read_module(self):
        return module()

    @t.default("_css")
    def _read_style(self):
        return style()

    @t.validate("spec")
    def _same_spec(self, proposal):
        if proposal["value"] is not self._spec:
            raise Refused("spec cannot be changed: compute other shifts with cnn.viz.shifts")
        return self._spec

    @t.validate("shift")
    def _existing_shift(self, proposal):
        return max(0, min(proposal["value"], self.shifts.count - 1))

    def __repr__(self):
        return self.shifts.digest

    def _picture(self):
        data, metadata = picture(self.shifts.figure(self.shift), self.shifts.alt(self.shift), within=True)
        return data | {"text/plain": repr(self)}, metadata


@functools.cache
def module():
    """The text of the one ES module that draws it; its default export is `{ render }`."""
    return modules.join(STATIC / "shifts.js")


@functools.cache
def style():
    """The text of its style sheet: that of the players, and what it adds."""
    return modules.style() + (STATIC / "shifts.css").read_text(encoding="utf-8")
