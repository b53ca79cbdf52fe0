"""Limits around a learner's code: seconds, memory, depth, printed text. All of them end where the `with` ends."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
import warnings

import numpy as np

from .words import Printed

SECONDS = 5.0           # for all calls of one check together
MEMORY = 2 * 2**30      # bytes on top of what Python already holds
DEPTH = 5000            # functions that may be inside one another, whatever the code sets itself
_AGAIN = 0.1            # seconds after which it is told once more, should the code have caught the first
_HERE = os.path.dirname(__file__)


class TooSlow(BaseException):
    """The time is over. Not an Exception, so that `except Exception` in the learner's code does not hold it up."""


def _insisting(home):
    """A TooSlow for those who catch everything: whoever catches it below the frame `home` gets it again in the next
    line."""
    class TooSlowNow(TooSlow):
        def __init__(self, frame=None):
            super().__init__()
            for each in _learners(frame or sys._getframe(1), home) or ():
                each.f_trace = self.again
                sys.settrace(lambda *_: None)

        def again(self, frame, event, _):
            if event == "line":
                raise self   # the same, that knows where it was raised first
            return self.again

    return TooSlowNow


def _learners(frame, home):
    """The frames of the learner's code, from `frame` up to `home` or to the first of this room's own; None while the
    limits themselves are at work, for their end must not be left out."""
    frames = []
    while frame and frame is not home and os.path.dirname(frame.f_code.co_filename) != _HERE:
        frames.append(frame)
        frame = frame.f_back
    return None if frame and frame.f_code.co_filename == __file__ else frames


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
    printed, home = Printed(), sys._getframe(2)   # the frame of the `with`, above this one and contextlib's
    with contextlib.ExitStack() as stack:
        stack.enter_context(_depth())
        stack.enter_context(np.errstate())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("default")   # told once, wherever the learner's own settings would make them errors
        warnings.showwarning = _each_once()
        stack.enter_context(contextlib.redirect_stdout(printed))
        stack.enter_context(contextlib.redirect_stderr(printed))
        stack.enter_context(_memory(memory))
        stack.enter_context(_time(SECONDS if seconds is None else seconds, home))
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

def _time(seconds, home):
    """A timer of the system where there is one and Python listens to it, else a thread that watches."""
    timer = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    return (_alarm if timer else _watched)(seconds, home)


@contextlib.contextmanager
def _alarm(seconds, home):
    """TooSlow by the system's timer, again and again; a timer that ran before goes on afterwards."""
    too_slow = _insisting(home)

    def ring(number, frame):
        if _learners(frame, home) is not None:
            raise too_slow(frame)

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
def _watched(seconds, home):
    """TooSlow by another thread. It is noticed between two steps of Python, not inside a long one of NumPy's."""
    this, done, lock = ctypes.c_ulong(threading.get_ident()), threading.Event(), threading.Lock()
    too_slow = ctypes.py_object(_insisting(home))
    tell, trace = ctypes.pythonapi.PyThreadState_SetAsyncExc, sys.gettrace()

    def watch():
        wait = seconds
        while not done.wait(wait):
            with lock:
                if not done.is_set():
                    tell(this, too_slow)
            wait = _AGAIN

    with contextlib.suppress(RuntimeError):   # no thread to be had: then without this limit
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
