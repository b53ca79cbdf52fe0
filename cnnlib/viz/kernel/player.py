"""KernelLab: a kernel on a picture, alive: everything can be edited, with pictures of one's own and the camera, too.

The browser computes everything itself. Back to Python come settings only, never pixels: what a learner opens in the
page stays there.
"""

import contextlib
from pathlib import Path

import numpy as np
import traitlets as t

from ...arguments import integer, shown, truth
from ..kit.live import Fixed, Refused, plain
from ..kit.tour import Guided
from .data import MOST_STEP, VIEWS, Lab, kernel_of, mode_of
from .data import plain as listed

SETTINGS = ("picture", "kernel", "second", "stride", "padding", "dilation", "colour", "view")


class Setting(t.TraitType):
    """One of the settings: always there, and checked by the player."""


class KernelLab(Guided, Fixed):
    """The live view of what `cnn.viz.kernel_lab` made; the last expression of a cell shows it.

    Traits, all kept in step with the browser: `picture` (a name), `kernel` and `second` (nested lists, one table or
    three; arrays and names of kernels are taken, too), `stride`, `padding`, `dilation`, `colour`, `view`, and `at`, the
    place [row, column] of the response under the loupe, or None. `player.lab` is what they give, a `Lab` with its
    `response`. `tour=[page, …]`: pages as in `cnnlib.viz.kit.tour`; they set these traits.

    Raises TypeError for anything but a `Lab`, ValueError as `kernel_lab` does; what was shown before then stays.

    >>> from cnnlib.viz import kernel_lab
    >>> player = KernelLab(kernel_lab([[0, 0, 255, 255]] * 4))
    >>> player.kernel = [[-1, 1]]
    >>> player.lab.response[0].tolist()
    [0.0, 255.0, 0.0, -255.0]
    """

    own = (*SETTINGS, "at", "page", "done")
    told = ("tour",)
    steered = (*SETTINGS, "at")
    lit = ("picture", "input", "kernel", "second", "response", "loupe", "histogram", "settings", "composed")
    tasks = {"edge": ("picture", "rows", "columns", "least"), "moves": ("down", "right"),   # noqa: RUF012
             "equals": ("kernel",)}
    entry = Path(__file__).with_name("static") / "lab.js"
    other = "make another lab with cnn.viz.kernel_lab"
    picture = Setting(None).tag(sync=True)
    kernel = Setting(None).tag(sync=True)
    second = t.Any(None).tag(sync=True)
    stride = Setting(None).tag(sync=True)
    padding = Setting(None).tag(sync=True)
    dilation = Setting(None).tag(sync=True)
    colour = Setting(None).tag(sync=True)
    view = Setting(None).tag(sync=True)
    at = t.Any(None).tag(sync=True)

    def __init__(self, lab, **traits):
        if not isinstance(lab, Lab):
            raise TypeError(f"lab must be what cnn.viz.kernel_lab made, found {type(lab).__name__}")
        if unknown := [name for name in traits if name not in (*self.steered, "tour", "page")]:
            raise TypeError(f"KernelLab has no argument {shown(unknown[0], 40)}, expected {', '.join(self.steered)}, "
                            "tour and page")
        self._lab, self._spec = lab, lab.spec
        super().__init__(spec=self._spec, **(lab.settings | traits))

    @property
    def lab(self):
        """The `Lab` that the settings give; the last good one where the kernel has no place."""
        settings = {name: getattr(self, name) for name in SETTINGS}
        if settings != self._lab.settings:
            made = settings | {name: None if settings[name] is None else kernel_of(settings[name], name)
                               for name in ("kernel", "second")}
            with contextlib.suppress(ValueError):   # told in the browser, which keeps what it showed
                self._lab = Lab(self._lab.pictures, **made)
        return self._lab

    shown = property(lambda self: self.lab)

    @property
    def place(self):
        """The still shows the whole response."""
        return None

    def fields(self, settings):
        """{size} of the kernel and {sum} of its weights, for the pages of a tour."""
        kernel = np.array(settings["kernel"])
        return {"size": " × ".join(map(str, kernel.shape[1:])), "sum": f"{kernel.sum():.4g}".replace("-", "−")}

    # --- what is refused ----------------------------------------------------------------------------------------------

    @t.validate("picture")
    def _known_picture(self, proposal):
        if not isinstance(proposal["value"], str) or proposal["value"] not in self._lab.pictures:
            raise Refused(f"picture must be one of {shown(', '.join(self._lab.pictures), 100)}, found "
                          f"{shown(proposal['value'], 40)}")
        return proposal["value"]

    @t.validate("kernel", "second")
    def _sound_kernel(self, proposal):
        name, value = proposal["trait"].name, proposal["value"]
        if value is None and name == "second":
            return None
        if isinstance(value, list) and not plain(value):
            raise Refused(f"{name} must hold finite numbers")
        return _refusing(lambda: listed(kernel_of(value, name)))

    @t.validate("stride", "dilation")
    def _sound_step(self, proposal):
        return _refusing(lambda: integer(proposal["value"], proposal["trait"].name, 1, MOST_STEP))

    @t.validate("padding")
    def _known_padding(self, proposal):
        return _refusing(lambda: mode_of(proposal["value"]))

    @t.validate("colour")
    def _true_or_not(self, proposal):
        return _refusing(lambda: truth(proposal["value"], "colour"))

    @t.validate("view")
    def _known_view(self, proposal):
        if not isinstance(proposal["value"], str) or proposal["value"] not in VIEWS:
            raise Refused(f"view must be {' or '.join(VIEWS)}, found {shown(proposal['value'], 40)}")
        return proposal["value"]

    @t.validate("at")
    def _sound_place(self, proposal):
        value = proposal["value"]
        if value is None:
            return None
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise Refused(f"at must be a place [row, column] of the response, found {shown(value, 40)}")
        return _refusing(lambda: [integer(n, "at", 0, 10**6) for n in value])


def _refusing(check):
    try:
        return check()
    except (TypeError, ValueError) as error:
        raise Refused(str(error)) from None


Player = KernelLab   # by this name `kit.shown` looks for it
