"""A tour of a scene: pages of text beside the live player, each of which moves it, lights up what it speaks of, and may
wait for a task.

A page is a dict; only its `text` is needed, and what a page changes stays so on those that follow.

    text        what is said: plain words, `code` between backticks, *stress* between asterisks, and fields that are
                filled in from the scene of the page, so that they cannot be wrong: {value} {place} {sum} and {step}
                of the step, {steps}, {largest}, {smallest}, {size} and {formula} of the output, any cell such as
                {x[2]} or {y[0, 1]}
    step        the step to go to, counted from 0
    stride, padding, dilation, kernel_size, cells      what to change, as in `changed`; cells={"x[2]": 5}
    view        a list of what is shown beside, ["matrix"]
    light       what is lit up, one name or several: "window", "output", "products", "sum", "size", "padding", "unread",
                "channels", "matrix", a whole array ("x"), or a cell ("w[0]") with everything that it is tied to
    task        what is waited for, a dict of one of these kinds; it may be skipped, and is then done by the tour
                stride=2 (or others of the numbers above, or cells): the player is to be set so
                find="largest" (or "smallest", "farthest" from zero, or a number): the step with this output
                predict=3: the output of this step, typed; till then it is hidden
"""

import math

import numpy as np

from ...arguments import shown
from ..kit.numbers import number, text_of
from ..kit.steps import step_of
from ..kit.tour import filled, known, numbered, on_page
from .changed import LEAST, cell, changed
from .fit import size_lines
from .parts import Plan
from .words import index_text, sum_line

CHANGES = (*LEAST, "cells")
PAGE = ("text", "step", *CHANGES, "view", "light", "task")
VIEWS = ("matrix",)
FIND = {"largest": np.argmax, "smallest": np.argmin, "farthest": lambda y: np.abs(y).argmax()}
_SAID = ("value", "sum")   # fields that say what a step gives


def tour_of(scene, pages):
    """The tour as JSON-ready data, for the browser: its `pages`, and the `scenes` that they are about, by number: that
    of a page, and the one that there is when its task is done (`then`).

    Raises TypeError and ValueError, naming the page, for pages that make no sense for this scene.

    >>> from cnnlib.viz import slide
    >>> tour_of(slide([1, 2, 4], [1, 1]), [{"text": "{place} = {value}", "step": 1}])["pages"][0]["text"]
    'y[1] = 6'
    """
    scenes, made, step, view = [], [], 0, []
    for n, page in numbered(pages):
        with on_page(n):
            known(page, PAGE, "a page")
            scene = changed(scene, _only(page, CHANGES))
            task, then, solved = _task(scene, page.get("task"))
            wanted = (page.get("task") or {}).get("predict", page.get("step"))
            step = min(step, scene.steps - 1) if wanted is None else step_of(scene, wanted, "step")
            view = _view(page.get("view", view))
            made.append({
                "text": _filled(scene, step, page.get("text"), "predict" in (task or {})), "step": step, "view": view,
                "light": _light(scene, page.get("light", ()), view), "task": task,
                "scene": _kept(scenes, scene.spec), "then": _kept(scenes, then.spec)})
        scene, step = then, step if solved is None else solved
    return {"scenes": scenes, "pages": made}


def asks(tour, page):
    """The step whose output a page, counted from 1, asks for; None if it asks for none."""
    shown = tour["pages"][page - 1] if page and tour.get("pages") else {}
    return shown["step"] if "predict" in (shown.get("task") or {}) else None


def _kept(scenes, spec):
    """The number of a scene in a list, to which it is added if it is not there yet."""
    if spec not in scenes:
        scenes.append(spec)
    return scenes.index(spec)


def _only(data, names):
    return {name: data[name] for name in names if name in data}


def _view(view):
    if not isinstance(view, (list, tuple)) or any(name not in VIEWS for name in view):
        raise ValueError(f'view must be a list of names among "matrix", found {shown(view, 60)}')
    return list(view)


# --- text -------------------------------------------------------------------------------------------------------------

def _filled(scene, step, text, asked):
    """The text of a page with its fields filled in; while the step's output is `asked` for, none may say it."""
    frame, plan = scene.frame(step), Plan(scene)
    fields = {
        "value": lambda: number(frame.value, 4), "place": lambda: index_text(plan.result.name, _place(scene, step)),
        "sum": lambda: text_of(sum_line(plan, step)), "step": lambda: step + 1, "steps": lambda: scene.steps,
        "largest": lambda: number(scene.output.max(), 4), "smallest": lambda: number(scene.output.min(), 4),
        "size": lambda: " × ".join(map(str, scene.output.shape)), "formula": lambda: ", ".join(size_lines(scene)),
    }

    def fill(name):
        if asked and name in _SAID:
            raise ValueError(f"text has the field {{{name}}}, which gives the prediction away: put it on a later page")
        if name in fields:
            return fields[name]()
        if "[" not in name:
            raise ValueError(f"text has the field {{{name}}}, expected {', '.join(fields)} or a cell such as x[0]")
        return number(_array(scene, *cell(scene, name)), 4)

    return filled(text, fill)


def _place(scene, step):
    """The index of a step's output in the array as the user sees it."""
    return np.unravel_index(step, scene.destination.shape)


def _array(scene, name, index):
    known = {each.name: each.values.reshape(each.shape) for each in (scene.source, scene.weights, scene.destination)
             if each}
    known |= {"x": scene.x, "b": np.zeros(scene.y_shape[0]) if scene.b is None else scene.b}
    return known[name][index]


# --- what is lit up ---------------------------------------------------------------------------------------------------

def _light(scene, wanted, view):
    """The names of what is lit up, and cells as [name, flat index], checked."""
    plan, lanes = Plan(scene), len(scene.frame(0).channel_sums)
    arrays = [each.name for each in (scene.source, scene.weights, scene.destination) if each]
    there = {"products": not plan.pooling, "padding": plan.padded and plan.padded_cells,
             "unread": plan.padded and any(plan.unread()), "channels": lanes > 1, "matrix": "matrix" in view}
    names = ["window", "output", "sum", "size", *there, *arrays]
    lights = []
    for name in wanted if isinstance(wanted, (list, tuple)) else [wanted]:
        if not isinstance(name, str) or (name not in names and name.partition("[")[0] not in arrays):
            raise ValueError(f"light must be one of {', '.join(names)} or a cell such as x[0], found {shown(name, 60)}")
        if not there.get(name, True):
            raise ValueError(f"light is {name!r}, but the scene of this page has none")
        lights.append([*_flat(scene, name)] if "[" in name else name)
    return lights


def _flat(scene, text):
    """(name, flat index) of a cell."""
    name, index = cell(scene, text)
    shape = {"x": scene.x.shape, "b": scene.y_shape[:1]}.get(name)
    shape = shape or next(each.shape for each in (scene.source, scene.weights, scene.destination)
                          if each and each.name == name)
    return name, int(np.ravel_multi_index(index, shape))


# --- tasks ------------------------------------------------------------------------------------------------------------

def _task(scene, task):
    """What the browser is to wait for, the scene that there is after it, and the step, if the task is about one."""
    if task is None:
        return None, scene, None
    known(task, (*CHANGES, "find", "predict"), "task")
    change = _only(task, CHANGES)
    if len(task) - len(change) + bool(change) != 1:
        raise ValueError(f"task must be of one kind, found {', '.join(map(str, task)) or 'none'}: make it two pages")
    if "predict" in task:
        return {"predict": True}, scene, None
    if "find" in task:
        return _search(scene, task["find"])
    then = changed(scene, change)
    if then.spec == scene.spec:
        raise ValueError(f"task asks for {shown(change, 60)}, which the page shows already")
    goal = {"kernel" if name == "kernel_size" else name: then.spec["kernel" if name == "kernel_size" else name]
            for name in change if name != "cells"}
    cells = [[*_flat(scene, text), float(value)] for text, value in change.get("cells", {}).items()]
    return {"set": goal, "cells": cells}, then, None


def _search(scene, find):
    outputs = scene.output.ravel()
    if isinstance(find, str) and find in FIND:
        return {"find": find}, scene, int(FIND[find](outputs))
    real = isinstance(find, (int, float, np.integer, np.floating)) and not isinstance(find, bool)
    if not real or not math.isfinite(find):
        raise ValueError(f"find must be {', '.join(FIND)} or a number, found {shown(find, 60)}")
    near = np.flatnonzero(np.isclose(outputs, find, rtol=0, atol=1e-9 * max(1, abs(find))))
    if not len(near):
        raise ValueError(f"find is {number(find, 4)}, which no step of the scene gives")
    return {"find": float(find)}, scene, int(near[0])
