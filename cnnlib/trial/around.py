"""What a function finds around it while it is tried: its prints and pictures are kept, and nobody is there to type."""

import builtins
import contextlib
import getpass
import io
import os
import sys
import warnings

import numpy as np

from .words import PRINTED, Waits

PICTURES = 10   # kept of what is displayed
DEPTH = 5000    # functions that may be inside one another, whatever the code sets itself
_WIDGET = "application/vnd.jupyter.widget-view+json"


@contextlib.contextmanager
def around(tell):
    r"""Inside, `tell` gets what is printed as texts, what is displayed as `Picture`s. Yields a `Pictures`.

    What was here before is here again at the end of the `with`.

    >>> heard = []
    >>> with around(heard.append):
    ...     print("quiet")
    >>> "".join(heard)
    'quiet\n'
    """
    pictures = Pictures(tell)
    printed = Printed(tell, pictures)
    set_depth, depth = sys.setrecursionlimit, sys.getrecursionlimit()
    places = [
        (sys, "stdout", printed), (sys, "stderr", printed), (sys, "stdin", _Nobody()), (builtins, "input", _typed),
        (getpass, "getpass", _typed), (sys, "breakpointhook", _looked_at),
        (sys, "setrecursionlimit", lambda limit: set_depth(min(limit, max(depth, DEPTH)))),
        *pictures.places(),
    ]
    with contextlib.ExitStack() as stack:
        stack.callback(set_depth, depth)
        stack.enter_context(np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"))   # as usual
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")   # told once, wherever the learner's own settings would make them errors
        warnings.showwarning = _each_once()
        for owner, name, value in places:
            stack.callback(_put_back, owner, name, vars(owner).get(name, _put_back))
            setattr(owner, name, value)
        yield pictures


def _put_back(owner, name, value):
    if value is _put_back:   # it was not its own, but its class's
        delattr(owner, name)
    else:
        setattr(owner, name, value)


def _each_once():
    """Shows a warning in one line, without the path of a file that means nothing to a learner; and only once, however
    many cases a check has."""
    said = set()

    def show(message, category, *_, **__):
        line = f"{category.__name__}: {message}"
        if line not in said:
            said.add(line)
            print(line, file=sys.stderr)

    return show


# --- printed text, typed text -----------------------------------------------------------------------------------------

class Printed(io.TextIOBase):
    """Tells the first characters of what is printed and drops the rest; stays open, even when closed. Of progress
    bars, as of pictures, those of the first case will do."""

    def __init__(self, tell, pictures):
        self.tell, self.pictures, self.room = tell, pictures, PRINTED

    def write(self, text):
        """As for any stream: the number of characters taken."""
        if not self.room:
            return len(text)   # a million lines may follow
        kept = text[:self.room] if self.pictures.first or "\r" not in text else ""
        if kept:
            self.room -= len(kept)
            self.tell(str(kept))
        return len(text)

    def close(self):
        """Nothing: it is also the next one's."""


class _Nobody(io.TextIOBase):
    """In the place of a keyboard."""

    def read(self, *_):
        _typed()

    readline = read


def _typed(*_, **__):
    raise Waits("waits for keyboard input", "a function gets its numbers as arguments")


def _looked_at(*_, **__):
    raise Waits("stops at a breakpoint", "a check cannot wait there; `print` shows the numbers, too")


def _left(*_, **__):
    raise SystemExit


def _dropped(*_, **__):
    """Widgets of a copy of this program have nobody to talk to."""


# --- pictures ---------------------------------------------------------------------------------------------------------

class Picture(dict):
    """Something displayed, as plain data: {"data", "metadata"}."""


class Pictures:
    """What is displayed in a notebook: told for the first case, not even drawn for the others."""

    def __init__(self, tell):
        self.tell, self.first, self.room = tell, True, PICTURES
        self.shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
        self.open = self._figures()

    def places(self):
        """(owner, name, what has to stand there) of all that displays, and of what ends the notebook."""
        if self.shell is None:
            return []
        formatter, publisher = self.shell.display_formatter, self.shell.display_pub
        draw, session = formatter.format, getattr(getattr(self.shell, "kernel", None), "session", None)
        return [
            *([(session, "send", _dropped)] if getattr(session, "pid", None) not in (None, os.getpid()) else []),
            (self.shell, "ask_exit", _left), (publisher, "publish", self._publish),
            (publisher, "clear_output", _dropped),
            (formatter, "format", lambda *args, **named: draw(*args, **named) if self.first else ({}, {})),
        ]

    def _publish(self, data, metadata=None, *_, update=False, **__):
        data = {kind: value for kind, value in data.items() if kind != _WIDGET}
        if self.first and data and not update and self.room:
            self.room -= 1
            self.tell(Picture(data=data, metadata=metadata or {}))

    def _figures(self):
        pyplot = sys.modules.get("matplotlib.pyplot")
        return set(pyplot.get_fignums()) if pyplot else set()

    def case_is_over(self):
        """Display what was drawn without being shown, as a notebook does at the end of a cell; close it."""
        for number in sorted(self._figures() - self.open):
            pyplot = sys.modules["matplotlib.pyplot"]
            if self.first and self.shell is not None:
                data, metadata = self.shell.display_formatter.format(pyplot.figure(number))
                self._publish(data, metadata)
            pyplot.close(number)
        self.first = False
