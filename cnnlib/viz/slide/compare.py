"""A learner's own function beside the truth: call it safely, say what came back, find the step where the two part."""

import contextlib
import inspect
import warnings
from typing import NamedTuple

import numpy as np

from ...trial import words


class Verdict(NamedTuple):
    """`yours`: the function's output as an array, or None if it cannot be shown; `step`: the first that differs, or
    None; `message`: one or two sentences; `printed`: what the function printed."""

    yours: np.ndarray | None
    step: int | None
    message: str
    printed: str


def judge(scene, function):
    """Call `function` with copies of the scene's arrays and compare its output with the scene's: a `Verdict`.

    A convolution's function gets (x, w), a pooling's (x, kernel_size), a gradient's (dy, w) for dx and (dy, x) for dw;
    by name if it calls its arguments so. `b`, `stride`, `padding`, `dilation`, `output_padding` and `mode` are passed
    by name to a function that has such arguments. Whatever goes wrong in the function becomes the message.

    Raises TypeError if `function` cannot be called.

    >>> from cnnlib.viz import slide
    >>> judge(slide([1, 2, 3], [1, 1]), lambda x, w: x[:-1] + x[1:]).message
    'Your function agrees with the scene in all 2 steps.'
    >>> judge(slide([1, 2, 3], [1, 1]), lambda x, w: x[:-1] * 2).message
    'Your function and the scene part in step 1 of 2: y[0] is 2 in yours, expected 3.'
    """
    if not callable(function):
        slip = ": pass the function itself, without calling it" if isinstance(function, np.ndarray) else ""
        raise TypeError(f"my_function must be a function, found {type(function).__name__}{slip}")
    positional, named, missing = _arguments(scene, function)
    if missing:
        return Verdict(None, None, missing, "")
    given = {name: value.copy() for name, value in _arrays(positional, named)}
    printed = words.Printed()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), warnings.catch_warnings():
            result = function(*positional.values(), **named)
    except (Exception, SystemExit) as error:   # whatever a learner's code does: that is what is to be shown
        return Verdict(None, None, words.stopped(error, function), printed.getvalue())
    yours, problem = _usable(result, scene)
    step, message = (None, problem) if yours is None else _parting(yours, scene)
    if yours is not None and not np.isfinite(yours).all():   # the sentence says so; JSON has no way to
        yours = None
    changed = [name for name, value in _arrays(positional, named) if not np.array_equal(value, given[name])]
    if changed:
        names = " and ".join(changed)
        message += f" It also changes {names} in place: work on a copy, {changed[0]}.copy()."
    return Verdict(yours, step, message, printed.getvalue())


# --- the arguments ----------------------------------------------------------------------------------------------------

_FIRST = {"max": ("x", "kernel_size"), "avg": ("x", "kernel_size"), "dx": ("dy", "w"), "dw": ("dy", "x")}


def _arguments(scene, function):
    """What to call `function` with, {name: value} by position and by name, and a sentence if that is not possible."""
    offered, needed = _offered(scene)
    first = _FIRST.get(scene.kind, ("x", "w"))
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
    if scene.kind in ("max", "avg"):
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
    filters = scene.w.shape[1 if scene.kind == "transpose" else 0] if scene.w.ndim == scene.axes + 2 else None
    b = np.zeros(filters or 1) if scene.b is None else np.array(scene.b)
    return b if filters else float(b[0])


def _number(pair, axes):
    """A pair as most functions take it: one number for a signal, or where both are equal."""
    return pair[1] if axes == 1 or pair[0] == pair[1] else tuple(pair)


def _arrays(positional, named):
    return [(name, value) for name, value in {**positional, **named}.items() if isinstance(value, np.ndarray)]


# --- the result -------------------------------------------------------------------------------------------------------

def _usable(result, scene):
    """The result as a float array of the scene's shape, or None and why not."""
    expected = scene.output.shape
    if result is None:
        return None, "Your function returned None: is its `return` missing?"
    try:
        array = np.asarray(result)
        if array.dtype.kind not in "fiub":
            raise TypeError
        array = array.astype(np.float64)
    except Exception:   # objects can be anything
        return None, f"Your function returned {words.a(result)}, expected an array of numbers of shape {expected}."
    if array.shape != expected:
        size = ": the numbers may be right, but not their arrangement" if array.size == np.prod(expected) else ""
        return None, f"Your function returned an array of shape {array.shape}, expected {expected}{size}."
    return array, ""


def _parting(yours, scene):
    """The first step in which the two differ by more than rounding, or None; and the sentence that says so."""
    truth = scene.output
    # Rounding is about the products that were added, not about their sum, which may be 0.
    size = np.abs(scene.source.values).max() * (1 if scene.weights is None else np.abs(scene.weights.values).sum())
    with np.errstate(invalid="ignore"):
        differs = ~(np.abs(yours - truth) <= 1e-6 * np.abs(truth).max() + 1e-9 * size)   # NaN differs as well
    if not differs.any():
        return None, f"Your function agrees with the scene in all {scene.steps} steps."
    step = int(differs.ravel().argmax())
    out = scene.frame(step).out
    found, expected = words.different(float(yours[out]), float(truth[out]))
    place = f"{scene.destination.name}[{', '.join(map(str, out))}]"
    where = f"in step {step + 1} of {scene.steps}: {place} is {found} in yours, expected {expected}"
    return step, f"Your function and the scene part {where}."
