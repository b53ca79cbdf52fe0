"""Run somebody's code in a copy of this program that is thrown away afterwards: whatever it does, this one lives.

What code leaves behind (settings, seeds, folders, lowered limits, patched modules, threads) ends with the copy; so do a
crash and a step that never leaves C. A copy costs a few milliseconds. It needs a `fork` that may be trusted: Linux.
Elsewhere `limits` does what can be done inside this program.
"""

import contextlib
import ctypes
import faulthandler
import gc
import io
import os
import pickle
import re
import select
import signal
import sys
import tempfile
import threading
import time
import warnings
from typing import NamedTuple

from .limits import ALONE

POSSIBLE = sys.platform == "linux" and hasattr(os, "fork")
MEMORY = 2 * 2**30       # bytes on top of what Python already holds
_THREAD = 2**26          # and for each thread that NumPy may start again in the copy
_WITH_ITS_PARENT = 1     # Linux's PR_SET_PDEATHSIG: which signal to get when the parent ends
_GRACE = 1.0             # seconds to say how it ended, beyond those of the work


class End(NamedTuple):
    """How it ended: "finished", "slow", "interrupted" by hand or "gone", then by which `signal` if by one; and where it
    was: (file, line, function) of each call, the innermost last."""

    how: str
    signal: int = 0
    calls: tuple = ()


def run(work, seconds):
    """`work(tell)` in a copy of this program: (all that was told, an `End`). Raises OSError if there can be no copy.

    `tell` takes anything that pickles. After `seconds` the copy is stopped, wherever it is.

    >>> run(lambda tell: tell(6 * 7), 5)[0]
    [42]
    """
    over, data, by_hand = os.urandom(16), bytearray(), False
    with tempfile.TemporaryFile() as report, contextlib.ExitStack() as stack:
        reader, writer = os.pipe()
        stack.callback(os.close, reader)
        try:
            pid = _fork()
            if pid == 0:
                _copy(work, writer, over, report, seconds)
        finally:   # in this program only: the copy never comes here
            os.close(writer)
        until = time.monotonic() + seconds + _GRACE
        while True:
            try:
                _listen(reader, data, over, until)
                status = _reaped(pid, 0 if data.endswith(over) else until)
                break
            except KeyboardInterrupt:   # the copy says where it is, if it can
                by_hand, until = True, min(until, time.monotonic() + _GRACE)
                os.kill(pid, signal.SIGINT)
        report.seek(0)
        finished = data.endswith(over)
        things = _things(bytes(data).removesuffix(over))   # nothing but what was told
        return things, _end(finished, by_hand, status, report.read().decode("ascii", "replace"))


def _fork():
    """As `os.fork`; the copy hears no Ctrl-C before it can tell of it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    pid = None
    try:
        with ALONE, warnings.catch_warnings():
            warnings.simplefilter("ignore")   # of other threads: the copy has none of them and needs none
            pid = os.fork()
    finally:
        if pid != 0:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return pid


# --- in the copy ------------------------------------------------------------------------------------------------------

def _copy(work, writer, over, report, seconds):
    """All that the copy does; it does not return."""
    try:
        me, lock, stream = os.getpid(), threading.Lock(), open(writer, "wb")   # noqa: SIM115  (closed by its end)

        def tell(thing):
            if os.getpid() != me:   # the work has made copies of its own
                os._exit(0)
            said = pickle.dumps(thing)
            with lock:
                stream.write(said)
                stream.flush()

        _alone(report)
        _limits(seconds)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        work(tell)
        with lock:
            stream.write(over)
            stream.flush()
    finally:
        os._exit(0)


def _alone(report):
    """What the copy shares with the program it comes from, it gives up; how it dies is written into `report`."""
    os.setpgid(0, 0)   # so that all it starts can be ended with it
    ctypes.CDLL(None).prctl(_WITH_ITS_PARENT, signal.SIGKILL)   # a kernel that is restarted needs its ports again
    gc.freeze()        # what was there is not cleared away by the copy: it is not its own
    sys.settrace(None)
    sys.setprofile(None)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    faulthandler.enable(report, all_threads=False)
    faulthandler.register(signal.SIGALRM, report, all_threads=False, chain=True)


def _limits(seconds):
    import resource

    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = now + MEMORY + _THREAD * (os.cpu_count() or 1), soft, hard
        resource.setrlimit(resource.RLIMIT_AS, (min(n for n in wanted if n != resource.RLIM_INFINITY), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.setitimer(signal.ITIMER_REAL, seconds)


# --- in this program --------------------------------------------------------------------------------------------------

def _listen(reader, data, over, until):
    """Read what the copy says until it is over, is closed, or the time is."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    while not data.endswith(over) and poll.poll(max(0, until - time.monotonic()) * 1000):
        said = os.read(reader, 2**20)
        data += said
        if not said:
            return


def _reaped(pid, until):
    """The status with which the copy ended; None if by `until` it had not. Nothing that it has started goes on."""
    status = None
    with contextlib.suppress(ChildProcessError):   # somebody's own handler was quicker
        while status is None and time.monotonic() < until:
            done, said = os.waitpid(pid, os.WNOHANG)
            status = said if done else time.sleep(0.001)
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)
        if status is None:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return status


def _things(data):
    """What was told, up to where it breaks off."""
    things, stream = [], io.BytesIO(data)
    with contextlib.suppress(Exception):
        while True:
            things.append(pickle.load(stream))
    return things


def _end(finished, by_hand, status, report):
    calls = tuple((name, int(line), function) for name, line, function in
                  reversed(re.findall(r'^  File "(.*)", line (\d+) in (.*)$', report, re.M)))
    if finished:
        return End("finished")
    if by_hand:
        return End("interrupted", calls=calls)
    if status is None or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM):
        return End("slow", calls=calls)
    return End("gone", os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, calls)
