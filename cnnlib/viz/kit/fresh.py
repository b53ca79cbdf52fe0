"""While developing: a changed module or style sheet reaches the widgets that are there already.

On for widgets made while the environment variable ANYWIDGET_HMR is 1, as anywidget calls it; anywidget itself
watches single files only, and these widgets are joined from several. Otherwise only a new widget looks.
"""

import contextlib
import functools
import os
import threading
import time
import weakref

from . import modules

EVERY = 0.5   # seconds
_living = weakref.WeakSet()


def follow(widget):
    """Keep the browser part of this widget fresh from now on, if that is wanted."""
    if os.environ.get("ANYWIDGET_HMR") == "1":
        _living.add(widget)
        with contextlib.suppress(RuntimeError):   # no thread to be had
            _watch()


def renew():
    """Send what has changed to all widgets that are followed; a file that cannot be joined leaves them as they are."""
    for widget in list(_living):
        try:
            whole = modules.joined(widget.entry)
        except (ValueError, OSError):   # half written, perhaps; a new widget would say what is wrong
            continue
        if (widget._esm, widget._css) != (whole.packed, whole.style):
            widget._css, widget._esm = whole.style, whole.packed


@functools.cache
def _watch():
    def watch():
        while True:
            time.sleep(EVERY)
            renew()

    threading.Thread(target=watch, name="cnnlib: changed modules", daemon=True).start()
