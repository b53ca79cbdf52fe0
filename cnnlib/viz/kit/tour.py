"""A tour: pages of text beside something live; each moves it, lights up what it speaks of, and may wait for a task.

`Toured` is what every widget with a tour has beside `Live`, `class Player(Toured, Live)`; `Guided` is that of one whose
pages set some of its traits. A page of such a tour is a dict; only its `text` is needed, and what a page sets stays so
on those that follow.

    text     what is said: plain words, `code` between backticks, *stress* between asterisks, and fields that the widget
             fills in, {size}
    set      {trait: value}, what to change; the widget names in `steered` what may stand here
    light    what is lit up, one name or several of those in `lit`
    task     what is waited for; it may be skipped. A dict of one of these kinds:
             {"do": name, …} one of the widget's own, in `tasks`, with what it takes; "solved": {trait: value} says how
             the widget stands on the next page, whether the task was done or skipped
             {"choose": [answer, …], "right": n, "why": [what is said of each answer, …]}
             {"number": value, "near": tolerance, "why": what is said when it is right}, to be typed
"""

import contextlib
import html
import math
import re
from typing import ClassVar

import numpy as np
import traitlets as t

from ...arguments import shown

LONGEST = 600        # characters of a page, which is to stand beside what it speaks of
PAGE = ("text", "set", "light", "task")
ASKED = {"choose": ("choose", "right", "why"), "number": ("number", "near", "why")}
_FIELD = re.compile(r"\{([^{}]*)\}")
_STRESS = re.compile(r"(?<![\w*])\*(?=\S)([^*]*[^*\s])\*(?![\w*])", re.ASCII)


class Toured(t.HasTraits):
    """A live view beside which a tour may be shown: `tour` (pages; empty: none), `page` (shown now, counted from 1; 0
    while it is closed) and `done` (the pages whose task is done)."""

    tour = t.Any({}).tag(sync=True)
    page = t.Int(0).tag(sync=True)
    done = t.List(t.Int()).tag(sync=True)

    def tour_of(self, pages):
        """What the browser shows, {"pages": [{"text": …}, …]}, of pages as they are written; such ones stay."""
        raise NotImplementedError

    @t.validate("tour")
    def _sound_tour(self, proposal):
        return self.tour_of(proposal["value"])

    @t.validate("page")
    def _existing_page(self, proposal):
        return max(0, min(proposal["value"], len(texts(self.tour))))

    @t.observe("tour")
    def _other_tour(self, change):
        self.page, self.done = min(self.page, len(texts(self.tour))), []

    @property
    def words(self):
        """What there is to see, and what the pages of the tour say."""
        return " ".join([super().words, *texts(self.tour)])

    def _still(self):
        data, metadata = super()._still()
        if pages := texts(self.tour):
            told = "".join(f"<li>{markup(text)}</li>" for text in pages)
            data["text/html"] += f"<details><summary>Tour, {len(pages)} pages</summary><ol>{told}</ol></details>"
            data["text/plain"] += "".join(f"\n{n}. {text}" for n, text in enumerate(pages, 1))
        return data, metadata


class Guided(Toured):
    """A live view of whose traits those in `steered` are all that a page of its tour sets.

    `lit` names what can be lit up, `tasks` its own tasks, {name: names of what they take}; its browser part says of
    each when it is done (static/guide.js). `fields(settings)` may give texts by name, for the fields of a page's text.
    """

    steered = lit = ()
    tasks: ClassVar[dict] = {}

    def __init__(self, *, tour=None, page=1, **traits):
        super().__init__(**traits)
        if tour is not None:
            with self.hold_sync():
                self.tour = tour
                self.page = page
                for name, value in self.tour["pages"][max(0, self.page - 1)]["set"].items():
                    setattr(self, name, value)

    def fields(self, settings):
        """{name: text or number} for the text of a page on which the widget has these settings."""
        return {}

    def tour_of(self, pages):
        """Pages checked, filled in and made plain data. Raises TypeError and ValueError, naming the page."""
        if isinstance(pages, dict) and (not pages or "pages" in pages):
            return pages
        settings, made = {name: getattr(self, name) for name in self.steered}, []
        for n, page in numbered(pages):
            with on_page(n):
                known(page, PAGE, "a page")
                settings = settings | self._settings(page.get("set", {}), "set")
                task, then = self._task(page.get("task"), settings)
                made.append({"text": filled(page.get("text"), self.fields(settings)), "set": settings, "then": then,
                             "task": task, "light": self._lights(page.get("light", ()))})
            settings = then
        return {"pages": made}

    def _settings(self, wanted, what):
        known(wanted, self.steered, what)
        return {name: self.traits()[name]._validate(self, value) for name, value in wanted.items()}

    def _lights(self, wanted):
        names = [wanted] if isinstance(wanted, str) else wanted
        if not isinstance(names, (list, tuple)) or any(name not in self.lit for name in names):
            raise ValueError(f"light must be one of {', '.join(self.lit)}, found {shown(wanted, 60)}")
        return list(names)

    def _task(self, task, settings):
        """(what the browser waits for, the settings after it)."""
        if task is None:
            return None, settings
        if isinstance(task, dict) and (kind := next((kind for kind in ASKED if kind in task), None)):
            known(task, ASKED[kind], "task")
            return _asked(kind, task), settings
        name = task.get("do") if isinstance(task, dict) else None
        if not isinstance(name, str) or name not in self.tasks:
            raise ValueError(f"task must be a dict with choose, number or do, which is one of {', '.join(self.tasks)}, "
                             f"found {shown(task, 60)}")
        known(task, ("do", "solved", *self.tasks[name]), "task")
        solved = self._settings(task.get("solved", {}), "solved")
        return {key: value for key, value in task.items() if key != "solved"}, settings | solved


def _asked(kind, task):
    """A question checked: which answers there are, which is right, what is said."""
    if kind == "number":
        value, near, why = task["number"], task.get("near", 0), task.get("why", "")
        if not all(isinstance(n, (int, float, np.number)) and math.isfinite(n) for n in (value, near)):
            raise ValueError(f"number and near must be finite numbers, found {shown((value, near), 60)}")
        return {"number": float(value), "near": float(near), "why": _words(why, "why", empty=True)}
    answers, right, why = task["choose"], task.get("right"), task.get("why")
    if not isinstance(answers, (list, tuple)) or len(answers) < 2:
        raise ValueError(f"choose must be a list of two answers or more, found {shown(answers, 60)}")
    if isinstance(right, bool) or not isinstance(right, int) or not 0 <= right < len(answers):
        raise ValueError(f"right must be the number of an answer, 0 to {len(answers) - 1}, found {shown(right, 40)}")
    if not isinstance(why, (list, tuple)) or len(why) != len(answers):
        raise ValueError(f"why must say something about each of the {len(answers)} answers, found {shown(why, 60)}")
    return {"choose": [_words(text, "choose") for text in answers], "right": right,
            "why": [_words(text, "why") for text in why]}


def _words(text, name, empty=False):
    if not isinstance(text, str) or not (empty or text.strip()):
        raise TypeError(f"{name} must be words, found {shown(text, 60)}")
    return " ".join(text.split())


# --- what all tours share ---------------------------------------------------------------------------------------------

def texts(tour):
    """What its pages say, one text each; of a wish to show no tour, none."""
    return [page["text"] for page in tour.get("pages", ())]


def markup(text):
    """What a page says as HTML; the twin is `marked` in static/dom.js.

    >>> markup("*not* 2*3*4, and `*x*`")
    '<em>not</em> 2*3*4, and `*x*`'
    """
    pieces = html.escape(text).split("`")
    pieces[::2] = [_STRESS.sub(r"<em>\1</em>", piece) for piece in pieces[::2]]
    return "`".join(pieces)


def numbered(pages):
    """(number, page) of each, counted from 1; raises TypeError for what is no list of pages."""
    if not isinstance(pages, (list, tuple)) or not pages:
        raise TypeError(f"tour must be a list of pages, dicts with a text, found {shown(pages, 60)}")
    return enumerate(pages, 1)


@contextlib.contextmanager
def on_page(n):
    """What is wrong there is told with the number of its page."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise type(error)(f"tour, page {n}: {error}") from None


def known(data, names, what):
    """Raises TypeError for what is no dict, ValueError for names in it that are not among `names`."""
    if not isinstance(data, dict):
        raise TypeError(f'{what} must be a dict such as {{"{names[0]}": …}}, found {type(data).__name__} '
                        f"{shown(data, 60)}")
    if unknown := [name for name in data if name not in names]:
        raise ValueError(f"{what} has no {shown(unknown[0], 40)}, expected {', '.join(names)}")


def filled(text, fields):
    """The text of a page with its {fields} filled in: `fields` gives by name what is written, or makes it.

    >>> filled("It has {cells} cells.", {"cells": 9})
    'It has 9 cells.'
    """
    if not isinstance(text, str) or not text.strip():
        raise TypeError(f"text must be words, found {shown(text, 60)}")

    def fill(match):
        name = match[1].strip()
        if callable(fields):
            return str(fields(name))
        if name not in fields:
            raise ValueError(f"text has the field {{{name}}}, expected {', '.join(fields) or 'none'}")
        return str(fields[name])

    said = " ".join(_FIELD.sub(fill, text).split())
    if len(said) > LONGEST:
        raise ValueError(f"text has {len(said)} characters, expected at most {LONGEST}: split it into two pages")
    return said
