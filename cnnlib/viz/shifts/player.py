"""ShiftPlayer: what a shift does to every stage, alive: a slider, the cells, and two meters for each stage.

All numbers are in the spec, so it needs no kernel. Back to Python comes only the shift at which the slider rests.
"""

from pathlib import Path

import traitlets as t

from ..kit.live import Fixed
from .data import Shifts


class ShiftPlayer(Fixed):
    """The live view of what `cnn.viz.shifts` computed; the last expression of a cell shows it.

    Its trait `shift` (int, held between 0 and the last shift) is kept in step with the browser. `player.shifts` holds
    the numbers. Raises TypeError for what is not a `Shifts`.

    >>> from cnnlib.viz import shifts
    >>> player = ShiftPlayer(shifts([0, 1, 2], {"twice": lambda a: 2 * a}), shift=7)
    >>> player.shift
    2
    """

    own = ("shift",)
    entry = Path(__file__).with_name("static") / "shifts.js"
    other = "compute other shifts with cnn.viz.shifts"
    shift = t.Int(0).tag(sync=True)

    def __init__(self, shifts, shift=0):
        if not isinstance(shifts, Shifts):
            raise TypeError(f"shifts must be what cnn.viz.shifts computed, found {type(shifts).__name__}")
        self.shifts, self._spec = shifts, shifts.spec
        super().__init__(spec=self._spec, shift=shift)

    shown = property(lambda self: self.shifts)
    place = property(lambda self: self.shift)

    @t.validate("shift")
    def _existing_shift(self, proposal):
        return max(0, min(proposal["value"], self.shifts.count - 1))


Player = ShiftPlayer   # by this name `kit.shown` looks for it
