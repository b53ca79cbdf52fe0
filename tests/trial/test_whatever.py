"""Whatever an answer does is told and does not last: in a copy of the program, and here where no copy can be made."""

import builtins
import contextlib
import getpass
import os
import pdb
import random
import signal
import sys
import threading

import numpy as np
import pytest
from answers import EX, message, right

from cnnlib.trial import apart, limits


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.skipif(not apart.POSSIBLE, reason="no copies")), False],
                ids=["in a copy", "here"], autouse=True)
def way(request, monkeypatch):
    """Both ways of calling somebody's function."""
    monkeypatch.setattr(apart, "POSSIBLE", request.param)
    monkeypatch.setattr(limits, "SECONDS", 20)   # nothing of this may take as long


# --- those who leave, those who wait ----------------------------------------------------------------------------------

@pytest.mark.parametrize("leave", [
    lambda: sys.exit(), lambda: sys.exit("text"), lambda: builtins.exit(), lambda: builtins.quit(2),
])
def test_who_ends_the_program_is_told(leave):
    def leaving(x, w):
        leave()
        return right(x, w)

    assert "Your function ends the whole program in line" in message(leaving)
    assert not sys.stdin.closed and EX.check(right).passed


@pytest.mark.parametrize("wait", [
    lambda: input("how many? "), lambda: sys.stdin.readline(), lambda: sys.stdin.read(), lambda: getpass.getpass(),
    lambda: [*sys.stdin],
])
def test_nobody_types(wait):
    def waiting(x, w):
        with contextlib.suppress(Exception):
            wait()
        return right(x, w)

    told = message(waiting)
    assert "Your function waits for keyboard input in line" in told
    assert "a function gets its numbers as arguments." in told


@pytest.mark.parametrize(("stop", "told"), [
    (lambda: breakpoint(), "stops at a breakpoint in line"),
    (lambda: pdb.Pdb().set_trace(), "waits for keyboard input in line"),
])
def test_nobody_looks_at_a_breakpoint(stop, told):
    def stopping(x, w):
        stop()
        return right(x, w)

    assert told in message(stopping) and sys.gettrace() is None


# --- those who never end ----------------------------------------------------------------------------------------------

def loop(x, w):
    while True:
        pass


def loop_that_catches_all(x, w):
    while True:
        try:
            loop(x, w)
        except BaseException:
            continue


def loop_inside_numpy(x, w):
    while True:
        np.ones(1000).cumsum()


def loop_that_prints(x, w):
    while True:
        print("again")


@pytest.mark.alike(4)
@pytest.mark.parametrize("function", [loop, loop_that_catches_all, loop_inside_numpy, loop_that_prints])
def test_a_loop_is_stopped_in_every_thread(function, monkeypatch):
    told, before = [], sys.stdout
    with monkeypatch.context() as quick:
        quick.setattr(limits, "SECONDS", 0.3)
        thread = threading.Thread(target=lambda: told.append(message(function)))
        thread.start()
        thread.join(30)
        told.append(message(function))
    assert all("Your function was stopped after 0.3 seconds in line" in each for each in told) and len(told) == 2
    assert sys.stdout is before and sys.gettrace() is None
    for _ in range(5):   # one that comes late must not hit what follows
        assert EX.check(right).passed


def test_without_a_thread_to_be_had_a_check_still_works(monkeypatch):
    """Without the limit, where there is no copy."""
    def none(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    assert EX.check(right).passed


# --- recursion --------------------------------------------------------------------------------------------------------

def wrapped(x, w):
    try:
        return wrapped(x, w)
    except Exception:
        raise ValueError("no") from None


class Nested:
    def __getattr__(self, name):
        return getattr(self, name + "s")


@pytest.mark.parametrize("function", [wrapped, lambda x, w: Nested().y])
def test_recursion_is_told_as_recursion(function):
    assert "Your function calls itself without end in line" in message(function)


# --- what lasts -------------------------------------------------------------------------------------------------------

def state():
    """What an answer may have changed."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    return (
        np.get_printoptions(), np.geterr(), random.getstate(), np.random.get_state()[1].tolist(), os.getcwd(),  # noqa: NPY002
        dict(os.environ), handlers, sys.getrecursionlimit(), sys.setrecursionlimit, sys.stdout, sys.stderr, sys.stdin,
        np.dot, np.pad, np.testing.assert_allclose, np.linalg.norm, builtins.all, builtins.input, sys.breakpointhook,
        sys.gettrace(),
    )


def meddling(x, w):
    """Right, and leaves nothing as it was."""
    y = right(x, w)
    np.set_printoptions(precision=2)
    np.seterr(all="raise")
    random.seed(1)
    np.random.seed(1)   # noqa: NPY002
    os.chdir("/")
    os.environ["CNNLIB_MEDDLED"] = "1"
    os.environ.pop("PATH", None)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.setrecursionlimit(4000)
    np.dot = np.pad = np.testing.assert_allclose = np.linalg.norm = lambda *_, **__: 1
    builtins.input = sys.breakpointhook = print
    if sys.stdout:
        sys.stdout.close()
    sys.stdout = sys.stderr = None
    return y


def test_everything_is_as_before():
    before = state()
    assert EX.check(meddling).passed
    assert state() == before
    print("heard", file=sys.stdout)


def test_also_when_several_check_at_once():
    before, passed = state(), []
    threads = [threading.Thread(target=lambda f=f: passed.append(EX.check(f).passed)) for f in 3 * [meddling, right]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert passed == [True] * 6 and state() == before


def cheating(x, w):
    for name in ("abs", "allclose", "array_equal", "isnan", "argmax", "array", "round"):
        setattr(np, name, lambda *_, **__: np.True_)
    np.ndarray.__eq__ = None
    return right(x, w) + 1


def cheating_with_builtins(x, w):
    builtins.any, builtins.all = lambda *_: False, lambda *_: True
    np.pad = np.correlate = np.dot = np.testing.assert_allclose = lambda *_, **__: right(x, w)
    return right(x, w) + 1


@pytest.mark.parametrize("cheat", [cheating, cheating_with_builtins])
def test_whoever_patches_numpy_does_not_pass(cheat):
    assert not EX.check(cheat).passed
    assert not EX.check(lambda x, w: right(x, w) + 1).passed, "nor does the next"
    assert EX.check(right).passed


# --- what is said of it -----------------------------------------------------------------------------------------------

class Itself(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


def throwing(error):
    def throw(x, w):
        raise error

    return throw


@pytest.mark.parametrize("error", [
    ValueError("x" * 10**7), ValueError("lone \ud800, \0 and \x1b[31mred\x1b[0m and \x1b and \r and \x9b"), Itself(),
    type("E\x1b\n" * 999, (Exception,), {})("named"), KeyError("\ud800" * 999),
])
def test_what_an_error_says_fits_on_every_page(error):
    told = message(throwing(error))
    assert "Your function stopped with" in told and len(told) < 700
    told.encode("utf-8")
    assert all(sign.isprintable() for sign in told)


def test_what_is_printed_fits_on_every_page():
    def printing(x, w):
        print("lone \ud800, \0 and \x1b[31mred\x1b[0m")
        for percent in range(0, 101, 10):
            print(f"\r{percent} %", end="", file=sys.stderr)
        return right(x, w)

    printed = EX.check(printing).printed
    assert printed.startswith("lone \ufffd, \ufffd and red\n100 %") and "\r" not in printed
    assert printed.count("lone") > 1 == printed.count("100 %"), "a progress bar is shown once, text for every case"


# --- memory from call to call -----------------------------------------------------------------------------------------

def test_a_function_that_remembers_is_told_so():
    def growing(x, w, y=[]):   # noqa: B006  (the mistake)
        y += right(x, w).tolist()
        return y

    def counting(x, w, calls=[]):   # noqa: B006
        calls.append(1)
        return right(x, w) + (len(calls) > len(EX.all_cases))

    def caching(x, w, seen={}):   # noqa: B006
        return seen.setdefault(str((x, w)), right(x, w))

    assert "gives 6 numbers, expected 2" in EX.check(growing).message
    for remembers in (growing, counting, lambda x, w: right(x, w) + np.random.rand()):   # noqa: NPY002
        verdict = EX.check(remembers)
        assert not verdict.passed and "Called again with the same numbers" in verdict.suspicion
    assert EX.check(caching).passed and EX.check(right).passed
