"""Limits around a learner's code: seconds, memory, depth, printed text. All of them end where the `with` ends."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import numpy as np

from .words import Printed

SECONDS = 5.0           # for all calls of one check together
MEMORY = 2 * 2**30      # bytes on top of what Python already holds
DEPTH = 5000            # functions that may be inside one another, whatever the code sets itself
_AGAIN = 0.1            # seconds after which it is told once more, should the code have caught the first


_OURS = {str(Path(__file__).parents[1] / room) for room in ("trial", "learn")}


class TooSlow(BaseException):
    """The time is over. Not an Exception, so that `except Exception` in the learner's code does not hold it up."""


class _TooSlowNow(TooSlow):
    """The same, for those who catch everything: whoever catches it gets it again in the next line."""

    def __init__(self, frame=None):
        super().__init__()
        frame = frame or sys._getframe(1)
        while frame and os.path.dirname(frame.f_code.co_filename) not in _OURS:   # the learner's and below
            frame.f_trace = _again
            frame = frame.f_back
        sys.settrace(lambda *_: None)


def _again(frame, event, _):
    if event == "line":
        raise TooSlow
    return _again


@contextlib.contextmanager
def limited(seconds=None, memory=MEMORY):
    """Inside: TooSlow after so many seconds, MemoryError beyond so many bytes, printed text kept but not shown.

    Yields the `Printed` that keeps the text. What code may change without meaning to (how NumPy treats a division by
    zero, how deep functions may call each other) is afterwards as before. Raises TooSlow. A single step that never
    leaves C, such as summing an endless iterator, cannot be stopped from inside Python.

    >>> with limited() as printed:
    ...     print("quiet")
    >>> printed.getvalue()
    'quiet\\n'
    """
    printed = Printed()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_depth())
        stack.enter_context(np.errstate())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")   # told once, wherever the learner's own settings would make them errors
        warnings.showwarning = _each_once()
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        stack.enter_context(_memory(memory))
        stack.enter_context(_time(SECONDS if seconds is None else seconds))
        yield printed


@contextlib.contextmanager
def _depth():
    """Python's own limit for calls inside calls stays, and so low that reaching it takes neither minutes nor Python
    itself down."""
    set_limit, depth = sys.setrecursionlimit, sys.getrecursionlimit()
    sys.setrecursionlimit = lambda limit: set_limit(min(limit, max(depth, DEPTH)))
    try:
        yield
    finally:
        sys.setrecursionlimit = set_limit
        set_limit(depth)


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


# --- time -------------------------------------------------------------------------------------------------------------

def _time(seconds):
    """A timer of the system where there is one and Python listens to it, else a thread that watches."""
    timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return (_alarm if timer else _watched)(seconds)


@contextlib.contextmanager
def _alarm(seconds):
    """TooSlow by the system's timer, again and again; a timer that ran before goes on afterwards."""
    def ring(number, frame):
        raise _TooSlowNow(frame)

    began, trace = time.monotonic(), sys.gettrace()
    handler = signal.signal(signal.SIGALRM, ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        while True:   # it may ring in here, too
            try:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, handler)
                sys.settrace(trace)
                break
            except TooSlow:
                pass
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 1e-3), interval)


@contextlib.contextmanager
def _watched(seconds):
    """TooSlow by another thread. It is noticed between two steps of Python, not inside a long one of NumPy's."""
    this, done, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()
    tell, trace = ctypes.pythonapi.PyThreadState_SetAsyncExc, sys.gettrace()

    def watch():
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    tell(this, ctypes.py_object(_TooSlowNow))
            wait = _AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        while True:
            try:
                with lock:
                    done.set()
                for _ in range(9):   # one that is on its way arrives here
                    pass
                sys.settrace(trace)
                break
            except TooSlow:
                pass


# --- memory -----------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def _memory(extra):
    """MemoryError for whoever asks for more than `extra` bytes; where the system cannot say so, nothing happens."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = min(n for n in (now + extra, soft, hard) if n != resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
