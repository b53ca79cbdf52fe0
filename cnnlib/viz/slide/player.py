"""SlidePlayer: a scene as a live animation in the notebook.

The browser draws everything itself from the scene's spec (the modules in static/), so it plays, steps and lets cells be
edited while Python is busy or gone. What crosses over: the spec to the browser; edited specs, the step at rest,
answers to the browser's questions and settings back to Python. Never what happens sixty times a second.
"""

import html
import math

import anywidget
import numpy as np
import traitlets as t

from ... import taps
from ..kit import modules
from ..kit.page import pictured
from ..kit.show import bundle as picture
from .compare import judge
from .scene import Scene, values

VIEWS = ("matrix",)
MODES = ("explore", "predict")
OWN = ("spec", "step", "mode", "speed", "loop", "view", "answers", "yours", "message")


class Refused(t.TraitError, ValueError):
    """A value that a player does not take; what it showed before stays."""


class Live(anywidget.AnyWidget):
    """What is alive in the browser, and a picture with its words and a digest wherever that cannot be.

    A kind of widget names in `own` the traits that the browser may change, and returns its picture from `_picture`.
    """

    own = ()

    def set_state(self, sync_data):
        """What the browser sends. Values that make no sense are left out, and the browser gets the last good ones."""
        good, refused = {}, []
        for name, value in sync_data.items():
            try:
                if name in self.own:
                    self.traits()[name]._validate(self, value)
                good[name] = value
            except t.TraitError:
                refused.append(name)
        super().set_state(good)
        if refused:
            self.send_state(refused)

    def _picture(self):
        """(data, metadata) for all who cannot show the live view."""
        raise NotImplementedError

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The live view; beside it, for all who cannot show that, the figure, its words and the digest."""
        data, metadata = self._picture()
        if self.comm is not None:
            live, for_colab = super()._repr_mimebundle_()
            data, metadata = live | data, metadata | for_colab
        return data, metadata

    def close(self):
        """Take the live views off the page; figure, digest and arrays stay."""
        super().close()
        self.__dict__.pop("_repr_mimebundle_", None)   # ipywidgets would show nothing at all any more


class SlidePlayer(Live):
    """A scene that plays, steps and can be edited in the browser; the last expression of a cell shows it.

    `scene` is what `cnn.viz.slide`, `pool` or `transpose` made. Traits, all kept in step with the browser: `step` (int,
    counted from 0, held between 0 and the last step), `mode` ("explore" or "predict"), `speed` (steps per second),
    `loop` (bool), `view` (list, may hold "matrix"), `spec` (the scene as JSON-ready data), `answers` (a list of dicts
    `step guess value right why`, one for each prediction made), `yours` (a function's output, see `compare`) and
    `message`. `player.x`, `.w`, `.b`, `.dy` are the current arrays in the shape they were given; assigning to one
    makes a new scene of it. `player.scene` is the current scene, `player.observe` tells of changes.

    Raises TypeError for what is not a scene and for unknown traits, ValueError (as `slide` does) for arrays that make
    no sense; what was shown before then stays.

    >>> from cnnlib.viz import slide
    >>> player = SlidePlayer(slide([0, 1, 0, 1, 1], [-1, 1]))
    >>> player.w = [1, 1]
    >>> player.scene.output
    array([1., 1., 1., 2.])
    >>> player.step = 99
    >>> player.step
    3
    """

    own = OWN
    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    spec = t.Dict().tag(sync=True)
    step = t.Int(0).tag(sync=True)
    mode = t.Unicode("explore").tag(sync=True)
    speed = t.Float(1.5).tag(sync=True)
    loop = t.Bool(False).tag(sync=True)
    view = t.List(t.Unicode()).tag(sync=True)
    answers = t.List(t.Dict()).tag(sync=True)
    yours = t.List(allow_none=True, default_value=None).tag(sync=True)
    message = t.Unicode("").tag(sync=True)

    def __init__(self, scene, **traits):
        _checked(scene)
        unknown = [name for name in traits if not self.has_trait(name) or name == "spec"]
        if unknown:
            known = "step, mode, speed, loop and view"
            raise TypeError(f"SlidePlayer has no argument {unknown[0]!r}, expected a scene, and by name {known}")
        self._function, self._built = None, (None, scene)
        self.printed = ""
        super().__init__(spec=scene.spec, **traits)

    @t.default("_esm")
    def _read_module(self):
        return modules.module()

    @t.default("_css")
    def _read_style(self):
        return modules.style()

    # --- the scene and its arrays -------------------------------------------------------------------------------------

    @property
    def scene(self):
        """The scene shown now; assign another to show that."""
        return self._scene_of(self.spec)

    @scene.setter
    def scene(self, scene):
        self.spec = _checked(scene).spec

    def _scene_of(self, spec):
        if self._built[0] is not spec:
            try:
                scene = Scene.from_spec(spec)
            except (ValueError, TypeError) as error:
                raise Refused(str(error)) from None
            self._built = (spec, scene)
        return self._built[1]

    x = property(lambda self: self.scene.x, lambda self, value: self._take("x", value), doc="The input.")
    w = property(lambda self: self.scene.w, lambda self, value: self._take("w", value), doc="The weights, or None.")
    b = property(lambda self: self.scene.b, lambda self, value: self._take("b", value), doc="The biases, or None.")
    dy = property(lambda self: self.scene.dy, lambda self, value: self._take("dy", value), doc="∂L/∂y, or None.")

    def _take(self, name, value):
        self.scene = _with(self.scene, name, value)

    # --- what is refused ----------------------------------------------------------------------------------------------

    @t.validate("spec")
    def _sound_spec(self, proposal):
        scene = self._scene_of(proposal["value"])
        spec = scene.spec   # in Python's own spelling: 3 for 3.0
        self._built = (spec, scene)
        return spec

    @t.validate("step")
    def _existing_step(self, proposal):
        return max(0, min(proposal["value"], self._scene_of(self.spec).steps - 1))

    @t.validate("mode")
    def _known_mode(self, proposal):
        if proposal["value"] not in MODES:
            raise Refused(f'mode must be "explore" or "predict", found {proposal["value"]!r:.60}')
        return proposal["value"]

    @t.validate("speed")
    def _possible_speed(self, proposal):
        if not 0 < proposal["value"] < math.inf:
            raise Refused(f"speed must be a number of steps per second above 0, found {proposal['value']}")
        return proposal["value"]

    @t.validate("view")
    def _known_view(self, proposal):
        if unknown := [name for name in proposal["value"] if name not in VIEWS]:
            raise Refused(f'view must be a list of names among "matrix", found {unknown[0]!r:.60}')
        return list(dict.fromkeys(proposal["value"]))

    @t.observe("spec")
    def _new_scene(self, change):
        self.step = self.step   # the new scene may have fewer
        if self._function:
            self._tell(judge(self.scene, self._function), move=False)

    # --- the learner's own code ---------------------------------------------------------------------------------------

    @classmethod
    def compare(cls, scene, my_function, **traits):
        """A player that shows the output of `my_function` beside the scene's, at the first step where the two part.

        The function gets copies of the scene's arrays: (x, w) for a convolution, (x, kernel_size) for a pooling,
        (dy, w) or (dy, x) for a gradient; `b`, `stride`, `padding`, `dilation` and `mode` by name if it has such
        arguments. Whatever goes wrong in it is told in `player.message`, in one or two sentences, and `player.yours` is
        None if nothing can be shown; what it prints is kept in `player.printed`. After an edit it is called again.

        Raises TypeError for what is not a scene or not a function.

        >>> from cnnlib.viz import slide
        >>> player = SlidePlayer.compare(slide([1, 2, 4], [1, 1]), lambda x, w: [3, 7])
        >>> player.step, player.message
        (1, 'Your function and the scene part in step 2 of 2: y[1] is 7 in yours, expected 6.')
        """
        return cls.beside(_checked(scene), my_function, judge(scene, my_function), **traits)

    @classmethod
    def beside(cls, scene, my_function, verdict, **traits):
        """As `compare`, for a `verdict` on the function that `compare.judge` has already given."""
        player = cls(scene, **traits)
        player._function = my_function
        player._tell(verdict, move=True)
        return player

    def _tell(self, verdict, move):
        self.printed = verdict.printed
        with self.hold_sync():   # the browser gets all three at once
            self.yours = None if verdict.yours is None else verdict.yours.tolist()
            self.message = verdict.message
            if move and verdict.step is not None:
                self.step = verdict.step

    # --- what is shown without a browser ------------------------------------------------------------------------------

    def __repr__(self):
        return self.scene.digest

    def _picture(self):
        scene, step = self.scene, pictured(self.step, self.mode)
        try:
            data, metadata = picture(scene.figure(step), scene.alt(step), within=True)
        except ValueError:   # more channels and filters than a figure has room for: the live view scrolls
            data, metadata = {"text/html": f"<p>{html.escape(scene.alt(step))}</p>"}, {}
        data["text/plain"] = repr(self)
        if self.message:
            data["text/html"] += f"<p>{html.escape(self.message)}</p>"
            data["text/plain"] += f"\n{self.message}"
        return data, metadata


def _checked(scene):
    if not isinstance(scene, Scene):
        raise TypeError(f"scene must be what cnn.viz.slide, pool or transpose made, found {type(scene).__name__}")
    return scene


def _with(scene, name, value):
    """The scene with another x, w, b or dy; its shape may differ as far as it still fits the others."""
    old = getattr(scene, name)
    if old is None and name != "b":
        raise ValueError(f"{name}: a scene of kind {scene.kind!r} has none, found {type(value).__name__}")
    array = None if name == "b" and value is None else values(value, name)
    b = scene.b if scene.b is None or np.ptp(scene.b) else scene.b[0]   # one number serves any number of filters
    new = {"x": scene.x, "w": scene.w, "b": b, "dy": scene.dy} | {name: array}
    x, w = new["x"], new["w"]
    if w is None:
        axes, (size, kernel) = min(x.ndim, 2), ((1, 1, *x.shape)[-2:], scene.kernel)
        if x.ndim > 3:
            raise ValueError(f"x must have the shape (L,), (H, W) or (C, H, W), found {x.shape}")
    else:
        (_, *size), (*_, Fh, Fw), axes = taps.full_shapes(x.shape, w.shape, scene.kind == "transpose")
        kernel = (Fh, Fw)
    if axes != scene.axes:
        kind = ("signals", "images")[scene.axes - 1]
        raise ValueError(f"{name} must stay one for {kind}, as before with shape {old.shape}, found shape "
                         f"{array.shape}: for another kind of scene assign to player.scene")
    if w is None:
        window = taps.pooling_window(size, kernel, scene.stride, scene.padding)
    elif scene.kind == "transpose":
        window = taps.transposed_window(size, kernel, scene.stride, scene.padding, scene.output_padding)
    else:
        window = taps.window(size, kernel, scene.stride, scene.padding, scene.dilation)
    return Scene(scene.kind, **new, window=window)
