"""Widgets of a cell that is run again are closed, in the kernel and on the page; otherwise each run leaves one more.

A widget stays as long as some cell shows it, or some variable, list or link of the user's holds it. What IPython keeps
of its own accord (`Out`, `_`, `_5`) does not count: it still has its numbers, but is alive no more. Where no front end
says which cell it runs, nothing is closed.
"""

import gc
import re
import types
import weakref

from ipywidgets.widgets import widget as registry

_made, _shown = ({}, {})     # cell: the widgets of its last run
_left = weakref.WeakSet()    # those of which a cell was run again since
_due = False                 # whether the cell that runs now had any
_hooked = weakref.WeakSet()  # shells
_CACHED = re.compile(r"_+|_\d+|_oh|Out")


def made(widget):
    """Remember that the cell that runs now has made this widget."""
    _note(widget, _made)


def shown(widget):
    """Remember that the cell that runs now shows this widget."""
    _note(widget, _shown)


def _note(widget, where):
    shell, cell = _running()
    if cell is not None:
        where.setdefault(cell, weakref.WeakSet()).add(widget)
        if shell not in _hooked:
            _hooked.add(shell)
            shell.events.register("pre_run_cell", _before)
            shell.events.register("post_run_cell", _after)


def _running():
    """(shell, cell): what runs now; a cell is called what the front end calls it, None where it does not say."""
    try:
        from IPython import get_ipython

        shell = get_ipython()
        return shell, shell.get_parent()["metadata"].get("cellId")
    except Exception:   # no IPython, or one without a front end
        return None, None


def _before(info):
    """What the cell showed goes from the page."""
    global _due
    _, cell = _running()
    before = [*_made.pop(cell, ()), *_shown.pop(cell, ())]
    _due = bool(before)
    _left.update(before)


def _after(result):
    """Close what no cell shows and nobody holds. Who is held is looked at again after the next such cell."""
    shell, _ = _running()
    on_page = {id(widget) for widgets in _shown.values() for widget in widgets}
    candidates = list(_left) if _due else []
    for widget in candidates:
        if id(widget) in on_page or not _held(widget, shell, result, candidates):
            _left.discard(widget)
            if id(widget) not in on_page:
                widget.close()


def _held(widget, shell, result, candidates):
    """Whether anything refers to a widget but the machinery around it."""
    machinery = [registry._instances, shell.user_ns.get("_oh"), candidates]
    for each in (shell.displayhook, result, shell.last_execution_result):
        machinery += [each, getattr(each, "__dict__", None)]
    known, this = {id(each) for each in machinery}, id(widget)   # not `widget` in what is nested: that would hold it
    for holder in gc.get_referrers(widget):
        if holder is shell.user_ns or holder is shell.user_ns_hidden:
            if any(id(value) == this and not _CACHED.fullmatch(name) for name, value in list(holder.items())):
                return True
        elif not (id(holder) in known or isinstance(holder, types.FrameType)
                  or (isinstance(holder, types.MethodType) and holder.__name__ == "_handle_msg")):
            return True
    return False
