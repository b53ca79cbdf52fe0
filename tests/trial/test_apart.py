"""A copy of the program for somebody's function: it is ended wherever it is, and all that it did ends with it."""

import contextlib
import ctypes
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from answers import EX, message, right

from cnnlib.trial import apart, limits
from cnnlib.trial.calls import run

pytestmark = pytest.mark.skipif(not apart.POSSIBLE, reason="copies are made on Linux")


@pytest.fixture
def quick(monkeypatch):
    """No waiting for five seconds."""
    monkeypatch.setattr(limits, "SECONDS", 0.3)


@pytest.fixture(autouse=True)
def nobody_is_left():
    """No copy outlives its check."""
    before = children()
    yield
    assert children() <= before


def children():
    """Who was started by this program (tests of browsers have started theirs) and is still there."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):   # a thread that has just ended
            found.update((task / "children").read_text().split())
    return found


# --- the end ----------------------------------------------------------------------------------------------------------

def test_what_was_told_before_the_end_is_known():
    def work(tell):
        tell({"one": 1})
        tell(np.arange(10**6))
        os._exit(3)

    told, end = apart.run(work, 20)
    assert told[0] == {"one": 1} and told[1].size == 10**6 and end.how == "gone" and end.signal == 0
    assert apart.run(lambda tell: tell(2), 20) == ([2], apart.End("finished"))


def test_its_end_is_not_taken_for_something_told(monkeypatch):
    """The sign of the end is drawn at random, and may read as anything: here, as a number."""
    monkeypatch.setattr(os, "urandom", lambda count: b"K\x07.".ljust(count, b"."))
    assert apart.run(lambda tell: tell(2), 20)[0] == [2]


@pytest.mark.parametrize("end", [
    lambda: os._exit(0), lambda: os.kill(os.getpid(), signal.SIGTERM), lambda: os.kill(os.getpid(), signal.SIGKILL),
    lambda: os.closerange(3, 1000) or os._exit(0),
])
def test_who_ends_the_program_ends_the_copy(end):
    assert "Your function ends the whole program" in message(lambda x, w: end())


@pytest.mark.parametrize("crash", [lambda x, w: ctypes.string_at(0), lambda x, w: os.abort()])
def test_a_crash_is_told_by_its_line(crash):
    assert "Your function makes Python itself crash in line" in message(crash)


def hopeless(x, w):
    """Stays whatever it is told."""
    for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    while True:
        pass


@pytest.mark.alike(2)
@pytest.mark.parametrize("stuck", [
    lambda x, w: sum(itertools.count()), lambda x, w: np.linalg.svd(np.ones((4000, 4000))), hopeless,
    lambda x, w: threading.Lock().acquire() and threading.Event().wait(),
])
def test_a_step_that_never_leaves_c_is_stopped(quick, stuck):
    began = time.monotonic()
    told = message(stuck)
    assert "Your function was stopped after 0.3 seconds" in told and "a step that takes too long" in told
    assert ("in line" in told) == (stuck is not hopeless) and time.monotonic() - began < 5


def deeper(x, w):
    time.sleep(0.002)
    return deeper(x, w)


def test_slow_recursion_is_told_as_recursion(quick):
    assert "Your function calls itself without end in line" in message(deeper)


@pytest.mark.parametrize("function", [lambda x, w: sum(itertools.count()), lambda x, w: [0 for _ in itertools.count()]])
def test_the_stop_button(function):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer, began = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)), time.monotonic()
    try:
        timer.start()
        assert "You interrupted your function" in message(function) and time.monotonic() - began < 4
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)


KERNEL = """import itertools, socket
from cnnlib.trial import apart
with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    apart.run(lambda tell: sum(itertools.count()), 60)
"""


def test_a_kernel_that_is_restarted_leaves_no_copy_that_holds_its_ports():
    with subprocess.Popen([sys.executable, "-c", KERNEL], stdout=subprocess.PIPE, text=True) as kernel:
        port = int(kernel.stdout.readline())
        time.sleep(1)   # until the copy is at work
        kernel.kill()
    for _ in range(50):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port), reuse_port=False):
            return
        time.sleep(0.1)
    raise AssertionError("the port is still held")


# --- what lasts: nothing ----------------------------------------------------------------------------------------------

def test_lowered_limits_are_the_copys():
    import resource

    before = [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)]

    def lower(x, w):
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE):
            soft, _ = resource.getrlimit(kind)
            resource.setrlimit(kind, (soft, soft))
        return right(x, w)

    assert EX.check(lower).passed
    assert [resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE)] == before


def test_what_it_starts_ends_with_it(tmp_path):
    file, until = tmp_path / "alive", time.monotonic() + 10
    file.touch()

    def live():
        while time.monotonic() < until:
            with file.open("a") as out:
                out.write(".")

    def start(x, w, once=[1]):   # noqa: B006  (kept from call to call)
        if once:
            once.pop()
            threading.Thread(target=live, daemon=True).start()
            if os.fork() == 0:
                live()   # a copy of the copy
            os.fork()    # another, that returns as well
        return right(x, w)

    assert EX.check(start).passed
    size = file.stat().st_size
    time.sleep(0.2)
    assert file.stat().st_size == size


def test_closed_streams_do_not_matter():
    def closing(x, w):
        sys.stdout.close()
        sys.__stdout__.close()
        for number in (0, 1, 2):
            with contextlib.suppress(OSError):
                os.close(number)
        print("still heard")
        return right(x, w)

    verdict = EX.check(closing)
    assert verdict.passed and verdict.printed.startswith("still heard\n")


def test_names_that_it_sets_stay_as_they_were():
    calls = []
    assert EX.check(lambda x, w: calls.append(1) or right(x, w)).passed and calls == []


def test_without_a_copy_to_be_had_it_is_called_here(monkeypatch):
    def none():
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(os, "fork", none)
    calls = []
    done = run(lambda: calls.append(1) or 5, [((), {})], [])
    assert done.outcomes[0].reading.value == 5 and calls == [1]
