"""Seconds for somebody's code inside this program, and afterwards everything as before: where no copy can be made."""

import builtins
import contextlib
import ctypes
import math
import os
import random
import signal
import sys
import threading

import numpy as np

SECONDS = 5.0           # for all calls of one check together
_AGAIN = 0.1            # seconds after which it is told once more, should the code have caught the first
_HERE = os.path.dirname(__file__)
ALONE = threading.RLock()   # held to change what is everybody's: settings, streams, modules


class TooSlow(BaseException):
    """The time is over. Not an Exception, so that `except Exception` in the learner's code does not hold it up."""


def run(work, seconds):
    """`work(tell, time)`, one at a time: all that was told, in order. Inside `with time` is what may take `seconds`.

    A step that never leaves C, such as summing an endless iterator, cannot be stopped from inside Python.

    >>> run(lambda tell, time: tell(6 * 7), 5)
    [42]
    """
    told = []
    with ALONE, as_before():
        work(told.append, limited(seconds))
    return told


# --- time -------------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def limited(seconds):
    """TooSlow by another thread. It is noticed between two steps of Python, not inside a long one of NumPy's."""
    home = sys._getframe(2)   # the frame of the `with`, above this one and contextlib's
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


def _insisting(home):
    """A TooSlow for code that catches everything: what catches it below the frame `home` gets it again in the next
    line."""
    class TooSlowNow(TooSlow):
        def __init__(self):
            super().__init__()
            frame = sys._getframe(1)
            while frame and frame is not home and os.path.dirname(frame.f_code.co_filename) != _HERE:
                frame.f_trace = self.again
                frame = frame.f_back
            sys.settrace(lambda *_: None)

        def again(self, frame, event, _):
            if event == "line":
                raise self   # the same, that knows where it was raised first
            return self.again

    return TooSlowNow


# --- everything else --------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def as_before():
    """What code may change, meaning to or not, is afterwards as it was: NumPy's settings and seeds, folder and
    environment, handlers of signals, functions put in the place of others."""
    modules = builtins, math, random, np, np.linalg, np.random, np.testing
    kept = [(vars(module), dict(vars(module))) for module in modules]
    printing, environment = np.get_printoptions(), dict(os.environ)
    seeds = random.getstate(), np.random.get_state()   # noqa: NPY002  (whose seed that is, is not ours)
    main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.getsignal(number) for number in signal.valid_signals()} if main else {}
    folder = None
    with contextlib.suppress(OSError):
        folder = os.getcwd()
    try:
        yield
    finally:
        for names, before in kept:
            names.update(before)   # what was added, such as a module that is loaded late, may stay
        np.set_printoptions(**printing)
        random.setstate(seeds[0])
        np.random.set_state(seeds[1])   # noqa: NPY002
        os.environ.clear()
        os.environ.update(environment)
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:
                signal.signal(number, handler)
        with contextlib.suppress(OSError, TypeError):
            os.chdir(folder)
