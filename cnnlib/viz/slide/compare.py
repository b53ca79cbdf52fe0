"""A learner's own function beside the truth: call it safely, say what came back, find the steps where the two part."""

import inspect
from typing import NamedTuple

import numpy as np

from ...trial import rounding, words
from ...trial.calls import run


class Comparison(NamedTuple):
    """`yours`: the function's output as an array, or None if it cannot be shown; `differs`: the steps where it is not
    the scene's, in order; `message`: one or two sentences; `printed`: what the function printed."""

    yours: np.ndarray | None
    differs: list
    message: str
    printed: str

    @property
    def step(self):
        """The first step that differs, or None."""
        return self.differs[0] if self.differs else None


def compare(scene, function):
    """Call `function` with copies of the scene's arrays and compare its output with the scene's: a `Comparison`.

    A convolution's function gets (x, w), a pooling's (x, kernel_size), a gradient's (dy, w) for dx and (dy, x) for dw;
    by name if it calls its arguments so. `b`, `stride`, `padding`, `dilation`, `output_padding` and `mode` are passed
    by name to a function that has such arguments. It may take as long and as much memory as in a check. Whatever goes
    wrong in the function becomes the message.

    Raises TypeError if `function` cannot be called, KeyboardInterrupt if it is stopped by hand.

    >>> from cnnlib.viz import slide
    >>> compare(slide([1, 2, 3], [1, 1]), lambda x, w: x[:-1] + x[1:]).message
    'Your function agrees with the scene in all 2 steps.'
    >>> compare(slide([1, 2, 3], [1, 1]), lambda x, w: x[:-1] * 2).message
    'Your function and the scene differ in step 1 of 2: y[0] is 2 in yours, expected 3.'
    """
    if not callable(function):
        slip = ": pass the function itself, without calling it" if isinstance(function, np.ndarray) else ""
        raise TypeError(f"my_function must be a function, found {type(function).__name__}{slip}")
    positional, named, missing = _arguments(scene, function)
    if missing:
        return Comparison(None, [], missing, "")
    done = run(function, [((*positional.values(),), named)], positional)
    if done.interrupted:
        raise KeyboardInterrupt
    problem = done.ended or done.outcomes[0].error or _problem(done.outcomes[0].reading, scene)
    if problem:
        changed = "" if done.ended else _changes(done.outcomes[0])
        return Comparison(None, [], problem + changed, done.printed)
    outcome, truth = done.outcomes[0], scene.output
    given = (*positional.values(), *named.values())
    allowed = rounding.margin(given, [truth], outcome.reading.exact)
    return compared(scene, outcome, rounding.differing(outcome.reading.value, truth, allowed), done.printed)


def compared(scene, outcome, differs, printed=""):
    """The `Comparison` of the `outcome` of a call, an array in the scene's shape, that is known to differ where
    `differs`, an array of bool, is True."""
    yours, place = outcome.reading.value.astype(float), rounding.first(differs)
    if place is None:
        message = f"Your function agrees with the scene in all {scene.steps} steps."
    else:
        found, expected = words.different(float(yours[place]), float(scene.output[place]))
        step = int(np.argmax(differs)) + 1
        message = (f"Your function and the scene differ in step {step} of {scene.steps}: {scene.destination.name}"
                   f"[{', '.join(map(str, place))}] is {found} in yours, expected {expected}.")
    shown = yours if np.isfinite(yours).all() else None   # the sentence says so; JSON has no way to
    return Comparison(shown, np.flatnonzero(differs).tolist(), message + _changes(outcome), printed)


# --- the arguments ----------------------------------------------------------------------------------------------------

def _arguments(scene, function):
    """What to call `function` with, {name: value} by position and by name, and a sentence if that is not possible."""
    offered, needed = _offered(scene)
    first = scene.record.takes
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except Exception:   # some functions written in C do not say
        return {name: offered[name] for name in first}, {}, None
    takes_all = any(p.kind is p.VAR_KEYWORD for p in parameters)
    plain = [p for p in parameters if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)]
    required = [p.name for p in plain if p.default is p.empty]
    by_name = {p.name for p in plain if p.kind is not p.POSITIONAL_ONLY}
    if set(required) <= set(offered) & by_name and set(first) <= by_name:
        positional = {}
        named = {name: offered[name] for name in first}
    else:   # the learner's own names for the first two
        positional, named = {name: offered[name] for name in first}, {}
        places = [p for p in plain if p.kind is not p.KEYWORD_ONLY][:2]
        by_name -= {p.name for p in places}
    named |= {name: offered[name] for name in by_name & set(offered) if name in (*required, *needed) or name != "b"}
    if takes_all:
        named |= {name: offered[name] for name in needed if name not in named}
    left = [name for name in needed if name not in named and name not in positional]
    if left:
        values = ", ".join(f"{name}={words.short(offered[name])}" for name in left)
        takes_no = f"Your function takes no argument {words.listed(left)}"
        return positional, named, f"{takes_no}, but this scene has {values}."
    return positional, named, None


def _offered(scene):
    """Every argument that a function may take, as plain numbers or copies, and the names it cannot do without."""
    kernel, stride, dilation, output_padding = (
        _number(pair, scene.axes) for pair in (scene.kernel, scene.stride, scene.dilation, scene.output_padding)
    )
    padding = tuple(before if before == after else (before, after) for before, after in scene.padding)
    padding = _number(padding, scene.axes)
    arrays = {name: np.array(getattr(scene, name)) for name in ("x", "w", "dy") if getattr(scene, name) is not None}
    if scene.record.pooling:
        offered = {"x": arrays["x"], "kernel_size": kernel, "stride": stride, "padding": padding, "mode": scene.kind}
        usual = {"stride": kernel, "padding": 0}
    else:
        offered = {**arrays, "b": _bias(scene), "kernel_size": kernel, "stride": stride, "padding": padding,
                   "dilation": dilation, "output_padding": output_padding}
        usual = {"stride": 1, "padding": 0, "dilation": 1, "output_padding": 0}
    needed = [name for name, value in usual.items() if name in offered and offered[name] != value]
    if scene.b is not None and np.any(scene.b):
        needed.insert(0, "b")
    return offered, needed


def _bias(scene):
    """The bias as a learner thinks of it: one number for a single filter that has no axis of its own, else (K,)."""
    filters = scene.w.shape[1 if scene.record.transposed else 0] if scene.w.ndim == scene.axes + 2 else None
    b = np.zeros(filters or 1) if scene.b is None else np.array(scene.b)
    return b if filters else float(b[0])


def _number(pair, axes):
    """A pair as most functions take it: one number for a signal, or where both are equal."""
    return pair[1] if axes == 1 or pair[0] == pair[1] else tuple(pair)


# --- the result -------------------------------------------------------------------------------------------------------

def _problem(reading, scene):
    """Why a result cannot be compared with the scene's, in a sentence; None if it can."""
    expected = scene.output.shape
    if reading.kind != "numbers":
        returned = reading.problem or {"text": "a text", "truth": "True or False"}[reading.kind]
        if ":" in returned:   # that says what to do
            return f"Your function returned {returned}".rstrip("?.") + ("?" if returned.endswith("?") else ".")
        return f"Your function returned {returned}, expected an array of numbers of shape {expected}."
    array = reading.value
    if array.shape != expected:
        size = ": the numbers may be right, but not their arrangement" if array.size == np.prod(expected) else ""
        return f"Your function returned an array of shape {array.shape}, expected {expected}{size}."
    return None


def _changes(outcome):
    return f" It also {words.changes(outcome.changed)}" if outcome.changed else ""
