"""SlidePlayer: a scene as a live animation in the notebook.

The browser draws everything itself from the scene's spec (the modules in static/), so it plays, steps and lets cells be
edited while Python is busy or gone. What crosses over: the spec to the browser; edited specs, the step at rest,
answers to the browser's questions and settings back to Python. Never what happens sixty times a second.
"""

import html
import math
from pathlib import Path

import numpy as np
import traitlets as t

from ... import taps
from ..kit.arrays import values
from ..kit.live import Live, Refused, plain
from ..kit.tour import Toured
from .compare import compare
from .data import window_of
from .scene import Scene
from .tour import asks, tour_of

VIEWS = ("matrix",)
MODES = ("explore", "predict")
STATIC = Path(__file__).with_name("static")
PLAIN, TOURED = STATIC / "plain.js", STATIC / "toured.js"   # the browser parts of a player with less, and with a tour
REVEALED = "revealed"   # why an answer is one that was given up; predict.js says so, too
ANSWER = {"step": int, "guess": (int, float, type(None)), "value": (int, float, type(None)), "right": bool, "why": str}


class SlidePlayer(Toured, Live):
    """A scene that plays, steps and can be edited in the browser; the last expression of a cell shows it.

    `scene` is what `cnn.viz.slide`, `pool` or `transpose` made. Traits, all kept in step with the browser: `step` (int,
    counted from 0, held between 0 and the last step), `mode` ("explore" or "predict"), `speed` (steps per second),
    `loop` (bool), `view` (list, may hold "matrix"), `spec` (the scene as JSON-ready data), `answers` (a list of dicts
    `step guess value right why`, one for each prediction made), of a tour `tour`, `page` (shown now, counted from 1; 0
    while it is closed) and `done` (the pages whose task is done), and of a function beside the scene (see `compare`)
    `yours` (its output), `differs` (the steps where that is not the scene's), `calls` (how often it was called) and
    `message`. `player.x`, `.w`, `.b`, `.dy` are the current arrays in the shape they were given; assigning to one
    makes a new scene of it. `player.scene` is the current scene, `player.observe` reports changes.

    `tour=[page, …]` narrates the scene: each page is a dict with a `text`, and perhaps a `step` to go to, numbers to
    change, what to `light` up, a `task` to wait for; `cnnlib.viz.slide.tour` lists all that it may hold. Page Down
    and Page Up turn the pages.

    Raises TypeError for anything but a scene and for unknown traits, ValueError (as `slide` does) for arrays that make
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

    own = ("spec", "step", "mode", "speed", "loop", "view", "answers", "page", "done")
    told = ("yours", "differs", "calls", "message", "tour")
    entry = STATIC / "slide.js"
    step = t.Int(0).tag(sync=True)
    mode = t.Unicode("explore").tag(sync=True)
    speed = t.Float(1.5).tag(sync=True)
    loop = t.Bool(False).tag(sync=True)
    view = t.List(t.Unicode()).tag(sync=True)
    answers = t.List(t.Dict()).tag(sync=True)
    yours = t.List(allow_none=True, default_value=None).tag(sync=True)
    differs = t.List(t.Int(), allow_none=True, default_value=None).tag(sync=True)
    calls = t.Int(0).tag(sync=True)
    message = t.Unicode("").tag(sync=True)

    def __init__(self, scene, **traits):
        _checked(scene)
        unknown = [name for name in traits if not self.has_trait(name) or name == "spec"]
        if unknown:
            known = "step, mode, speed, loop, view and tour"
            raise TypeError(f"SlidePlayer has no argument {unknown[0]!r}, expected a scene, and by name {known}")
        self._function, self._known = None, []
        self.printed = ""
        if traits.get("tour", 0) is None:
            del traits["tour"]
        elif "tour" in traits:
            self.entry = TOURED
            scene, traits = _begun(scene, traits)
        super().__init__(spec=self._known_as(scene), **traits)

    # --- the scene and its arrays -------------------------------------------------------------------------------------

    @property
    def scene(self):
        """The scene shown now; assign another to show that."""
        return self._read(self.spec)[1]

    @scene.setter
    def scene(self, scene):
        self.spec = self._known_as(_checked(scene))

    def _known_as(self, scene, given=None):
        """The spec of a scene, which is then not read again; `given`: that spec as the browser spelt it."""
        spec = scene.spec
        self._known = [(given, spec, scene), *self._known[:1]]   # what is shown, and what is about to be
        return spec

    def _read(self, given):
        """(spec, scene) of a spec, in Python's own spelling: 3 for 3.0. An edit comes by here several times."""
        for spelt, spec, scene in self._known:
            if given is spelt or given is spec:
                return spec, scene
        try:
            scene = Scene.from_spec(given)
        except (ValueError, TypeError) as error:
            raise Refused(str(error)) from None
        return self._known_as(scene, given), scene

    x = property(lambda self: self.scene.x, lambda self, value: self._take("x", value), doc="The input.")
    w = property(lambda self: self.scene.w, lambda self, value: self._take("w", value), doc="The weights, or None.")
    b = property(lambda self: self.scene.b, lambda self, value: self._take("b", value), doc="The biases, or None.")
    dy = property(lambda self: self.scene.dy, lambda self, value: self._take("dy", value), doc="The slopes, or None.")

    def _take(self, name, value):
        self.scene = _with(self.scene, name, value)

    # --- what is refused ----------------------------------------------------------------------------------------------

    @t.validate("spec")
    def _sound_spec(self, proposal):
        return self._read(proposal["value"])[0]

    @t.validate("step")
    def _existing_step(self, proposal):
        return max(0, min(proposal["value"], self.scene.steps - 1))

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

    @t.validate("answers")
    def _sound_answers(self, proposal):
        for answer in proposal["value"]:
            wrong = [name for name, value in answer.items() if not isinstance(value, ANSWER.get(name, ()))]
            if wrong or not plain(answer):
                raise Refused(f"answers must be dicts of {', '.join(ANSWER)}, numbers finite, found {answer!r:.80}")
        return proposal["value"]

    def tour_of(self, pages):
        """Pages as they are written become those that the browser shows; those that have become so already stay."""
        if self.entry != TOURED:
            raise Refused("tour must be given when a player is made, as in scene.player(tour=[...]), found it later")
        return pages if isinstance(pages, dict) and "pages" in pages else tour_of(self.scene, pages)

    @t.validate("yours")
    def _finite_numbers(self, proposal):
        if not plain(proposal["value"]):
            raise Refused("yours must be lists of finite numbers or None, found NaN, infinity or something else")
        return proposal["value"]

    @t.observe("spec")
    def _new_scene(self, change):
        self.step = self.step   # the new scene may have fewer
        if self._function:
            self._tell(compare(self.scene, self._function), move=False)

    # --- the learner's own code ---------------------------------------------------------------------------------------

    @classmethod
    def compare(cls, scene, my_function, **traits):
        """A player that shows the output of `my_function` beside the scene's, at the first step where the two part.

        The function gets copies of the scene's arrays: (x, w) for a convolution, (x, kernel_size) for a pooling,
        (dy, w) or (dy, x) for a gradient; `b`, `stride`, `padding`, `dilation` and `mode` by name if it has such
        arguments. Whatever goes wrong in it is told in `player.message`, in one or two sentences, and `player.yours` is
        None if nothing can be shown; what it prints is kept in `player.printed`. After an edit it is called again.

        Raises TypeError for anything but a scene or not a function.

        >>> from cnnlib.viz import slide
        >>> player = SlidePlayer.compare(slide([1, 2, 4], [1, 1]), lambda x, w: [3, 7])
        >>> player.step, player.message
        (1, 'Your function and the scene differ in step 2 of 2: y[1] is 7 in yours, expected 6.')
        """
        return cls.beside(_checked(scene), my_function, compare(scene, my_function), **traits)

    @classmethod
    def beside(cls, scene, my_function, comparison, **traits):
        """As `compare`, where the `Comparison` of the function with the scene is known already."""
        player = cls(scene, **traits)
        player._function = my_function
        player._tell(comparison, move=True)
        return player

    def _tell(self, comparison, move):
        self.printed = comparison.printed
        with self.hold_sync():   # the browser gets all of it at once
            self.yours = None if comparison.yours is None else comparison.yours.tolist()
            self.differs = comparison.differs
            self.calls += 1   # tells the browser that this is about the scene it shows, though all else is as before
            self.message = comparison.message
            if move and comparison.step is not None:
                self.step = comparison.step

    # --- what is shown without a browser ------------------------------------------------------------------------------

    @property
    def shown(self):
        """The scene; where there is something to predict, one that keeps to itself what was not answered yet."""
        if self.mode == "predict":
            return self.scene.asking(self._answered(), sized=len(self._answered()) == self.scene.steps)
        if (asked := asks(self.tour, self.page)) is None or self.page in self.done or asked >= self.scene.steps:
            return self.scene
        return self.scene.asking({*range(self.scene.steps)} - {asked}, sized=True)

    def _answered(self):
        """The steps whose value was predicted or revealed, and is still that."""
        values = self.scene.numbers.values
        return [step for each in self.answers if (each.get("right") or each.get("why") == REVEALED)
                and (step := each.get("step")) in range(self.scene.steps) and each.get("value") == values[step]]

    @classmethod
    def needed(cls, state):
        """Where Python does not run, nobody asks for a prediction later, nor compares."""
        usual = state["mode"] == "explore" and state["yours"] is None
        return TOURED if state["tour"] else PLAIN if usual else cls.entry

    @property
    def place(self):
        """That of the player, of a fresh one the last."""
        return self.step if self.mode == "predict" or self.page else self.step or None

    def _still(self):
        data, metadata = super()._still()
        if self.message:
            data["text/html"] += f"<p>{html.escape(self.message)}</p>"
            data["text/plain"] += f"\n{self.message}"
        return data, metadata


def _begun(scene, traits):
    """The scene and the traits with which a tour begins: those of its first page, or of the one that is named."""
    tour = tour_of(scene, traits["tour"])
    first = tour["pages"][max(0, min(traits.get("page", 1), len(tour["pages"])) - 1)]
    seen = Scene.from_spec(tour["scenes"][first["scene"]])
    return seen, {"step": first["step"], "view": first["view"], "page": 1, **traits, "tour": tour}


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
    axes = min(x.ndim, 2) if w is None else taps.full_shapes(x.shape, w.shape, scene.record.transposed)[-1]
    if axes != scene.axes:
        kind = ("signals", "images")[scene.axes - 1]
        raise ValueError(f"{name} must stay one for {kind}, as before with shape {old.shape}, found shape "
                         f"{array.shape}: for another kind of scene assign to player.scene")
    window = window_of(scene.record, x.shape, None if w is None else w.shape, scene.kernel, scene.stride, scene.padding,
                       scene.dilation, scene.output_padding, pairs=True)
    return Scene(scene.kind, **new, window=window)


Player = SlidePlayer   # by this name `kit.shown` looks for it
