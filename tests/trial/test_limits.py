"""Time, memory and depth of someone's function have limits, and what was there before is there afterwards."""

import itertools
import os
import signal
import sys
import threading
import time
import warnings

import nbformat
import numpy as np
import pytest
from answers import EX, message, on_linux, on_unix, right
from heard import Heard

from cnnlib.learn import showing
from cnnlib.trial import limits
from cnnlib.trial.words import PRINTED
from tools.store import run as run_notebook


def memory_limits():
    """How much memory this program may ask for; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrlimit(resource.RLIMIT_AS)


MEMORY_LIMITS = memory_limits()   # before any check has run


PATIENT = limits, "SECONDS", limits.SECONDS


@pytest.fixture
def quick(monkeypatch):
    """No waiting for five seconds; `quick.setattr(*PATIENT)` gives them back."""
    monkeypatch.setattr(limits, "SECONDS", 0.3)
    return monkeypatch


# --- time -------------------------------------------------------------------------------------------------------------


def loop(x, w):
    while True:
        pass


def loop_that_catches_all(x, w):
    while True:
        try:
            while True:
                pass
        except:  # noqa: E722
            pass


def loop_inside_numpy(x, w):
    while True:
        np.ones(1000).cumsum()


def sleep(x, w):
    time.sleep(60)


def printing(x, w):
    while True:
        print("again")


STUCK = [loop, loop_that_catches_all, loop_inside_numpy, sleep, printing]


@on_unix
@pytest.mark.parametrize("function", STUCK)
def test_a_loop_that_never_ends_is_stopped(quick, function, capsys):
    began = time.monotonic()
    told = message(function)
    assert "Your function was stopped after 0.3 seconds in line" in told and "a loop that never ends?" in told
    assert "The call was slide(x=[0, 1, 0, 1, 1], w=[-1, 1])." in told
    assert time.monotonic() - began < 2.9 and capsys.readouterr() == ("", "")


def in_a_thread(function, *args):
    results = []
    thread = threading.Thread(target=lambda: results.append(function(*args)))
    thread.start()
    thread.join(20)
    return results[0]


@on_unix
@pytest.mark.parametrize("function", STUCK)
def test_a_loop_is_stopped_in_another_thread(quick, function):
    assert "stopped after 0.3 seconds in line" in in_a_thread(message, function)
    quick.setattr(*PATIENT)
    assert in_a_thread(EX.check, right).passed


def test_five_seconds_are_for_all_cases_together(quick):
    calls = Heard()

    def slow(x, w):
        calls.append(len(x))
        time.sleep(0.1)
        return right(x, w)

    assert "stopped after 0.3 seconds" in message(slow) and 0 < len(calls) < 4 < len(EX.all_cases)
    quick.setattr(*PATIENT)
    assert EX.check(slow).passed and limits.SECONDS == 5


@on_unix
def test_timers_and_handlers_are_as_before(quick):
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        ours = signal.getsignal(signal.SIGALRM)
        signal.setitimer(signal.ITIMER_REAL, 600)
        EX.check(loop)
        EX.check(right)
        assert signal.getsignal(signal.SIGALRM) is ours and not rung
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 599.8, "time went on"
        signal.setitimer(signal.ITIMER_REAL, 0.1)   # this one's time comes during the check, so it rings after it
        EX.check(loop)
        until = time.monotonic() + 20
        while not rung and time.monotonic() < until:
            time.sleep(0.01)
        assert rung and signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def waiting(x, w):
    """A loop during which the stop button is pressed."""
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    while True:
        pass


@on_unix
def test_the_stop_button_stops_the_check_only():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert "You interrupted your function in line" in message(waiting)
    finally:
        signal.signal(signal.SIGINT, before)


# --- memory, depth ----------------------------------------------------------------------------------------------------


def grow(x, w):
    pieces = []
    while True:
        pieces.append(bytes(10**8))


@on_linux
@pytest.mark.parametrize("function", [
    lambda x, w: np.zeros(10 * 2**30, np.uint8), lambda x, w: np.ones((10**5, 10**5)), grow,
    lambda x, w: list(itertools.repeat(0.0, 10**10)), lambda x, w: bytearray(10**10),
])
def test_ten_gigabytes_become_a_sentence(function):
    assert "needs more memory than it may have (2 GB) in line" in message(function)
    assert memory_limits() == MEMORY_LIMITS
    assert EX.check(right).passed and np.zeros(10**8).size == 10**8


def recurse(x, w):
    return recurse(x, w)


def recurse_deeper(x, w):
    sys.setrecursionlimit(10**9)
    return recurse_deeper(x, w)


def by_turns(x, w):
    return turn(x, w) + 1


def turn(x, w):
    return by_turns(x, w) + 1


@pytest.mark.parametrize("function", [recurse, recurse_deeper, by_turns])
def test_endless_recursion(function):
    depth, set_depth = sys.getrecursionlimit(), sys.setrecursionlimit
    assert "Your function calls itself without end in line" in message(function)
    assert sys.getrecursionlimit() == depth and sys.setrecursionlimit is set_depth
    assert EX.check(right).passed


# --- printed text, warnings, settings -------------------------------------------------------------------------------


def test_a_million_lines_are_kept_to_a_few(capsys, monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", 60)   # the machine may be busy
    def chatty(x, w):
        for n in range(1_000_000 // len(EX.all_cases)):
            print("line", n)
        print("oops", file=sys.stderr)
        return right(x, w)

    verdict = EX.check(chatty)
    assert verdict.passed and verdict.printed.startswith("line 0\nline 1\n") and len(verdict.printed) == PRINTED
    assert capsys.readouterr() == ("", "")
    print("heard")
    assert capsys.readouterr().out == "heard\n"


def test_warnings_are_no_errors_and_without_paths(capsys):
    def careless(x, w):
        np.array([1.0]) / 0
        warnings.warn("mind this", stacklevel=1)
        warnings.simplefilter("error")
        return right(x, w)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        verdict = EX.check(careless)
        filters = list(warnings.filters)
    assert verdict.passed and filters[0][0] == "error" and capsys.readouterr() == ("", "")
    assert verdict.printed.count("RuntimeWarning: divide by zero") == 1, "once, not for each of the cases"
    assert verdict.printed.count("UserWarning: mind this") == 1
    assert ".py" not in verdict.printed and "/" not in verdict.printed


def test_settings_are_as_before():
    def meddling(x, w):
        np.seterr(all="raise")
        sys.setrecursionlimit(4000)
        sys.stdout = None
        return right(x, w)

    before, depth, out = np.geterr(), sys.getrecursionlimit(), sys.stdout
    EX.check(meddling)
    assert (np.geterr(), sys.getrecursionlimit(), sys.stdout) == (before, depth, out)


@pytest.mark.parametrize("how", ["raise", "ignore"])
def test_numpy_warns_in_an_answer_as_it_usually_does(how):
    def flat(x, w):
        return right(x, w) + np.nan_to_num(np.zeros(1) / 0)

    with np.errstate(all=how):
        verdict = EX.check(flat)
    assert verdict.passed and "RuntimeWarning: invalid value" in verdict.printed


@on_unix
def test_an_edited_player_has_its_limits_too(quick):
    """What is fine for the checked case may loop for the numbers that someone types into the player."""
    def part(x, w):
        while x[0] == 7:
            pass
        return right(x, w) + 1

    player = showing.step_player(EX.check(part))
    player.x = [7, 1, 1, 1]
    assert "Your function was stopped after 0.3 seconds in line" in player.message


# --- the notebook lives -----------------------------------------------------------------------------------------------

HORRORS = r"""import sys, os, itertools
import numpy as np
import matplotlib.pyplot as plt
import cnnlib as cnn
from IPython.display import display, HTML
from cnnlib.trial import limits
limits.SECONDS = 0.5   # not the usual 5
check = cnn.learn.check
right = cnn.learn.exercise("01.2").solution
#---
def f(x, w):
    for n in itertools.count():
        print(n)
check("01.2", f)
#---
def f(x, w):
    return f(x, w)
check("01.2", f)
#---
check("01.2", lambda x, w: np.zeros(10**10))
#---
check("01.2", lambda x, w: sys.exit())
#---
check("01.2", lambda x, w: exit())
#---
check("01.2", lambda x, w: quit())
#---
check("01.2", lambda x, w: os._exit(1))
#---
def f(x, w):
    n = input("how many?")
check("01.2", f)
#---
def f(x, w):
    breakpoint()
check("01.2", f)
#---
def f(x, w):
    raise ValueError("\ud800 \0 \x1b[31m")
check("01.2", f)
#---
check("01.2", lambda x, w: x.sort())
#---
limits.SECONDS = 60   # the machine may be busy
def f(x, w):
    display(HTML("<b>once</b>"))
    plt.plot(x)
    return right(x, w)
check("01.2", f)
#---
check("01.2", lambda x, w: np.correlate(x, w[::-1]))
#---
print("alive")"""


@on_linux
def test_a_notebook_of_horrors_lives(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in HORRORS.split("\n#---\n")])
    run_notebook(notebook, tmp_path, 60)
    texts = ["".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in cell.outputs)
             for cell in notebook.cells]
    expected = ["", "stopped after 0.5 seconds in line 3, `print(n)`", "calls itself without end in line 2",
                "more memory than it may have", *4 * ["ends the whole program"], "waits for keyboard input in line 2",
                "at a breakpoint in line 2", "stopped with ValueError in line 2", "gives None", "Right.",
                "Your filter is flipped", "alive"]
    for text, told in zip(texts, expected, strict=True):
        assert told in text and len(text) < 1000
    assert all(not any(o.output_type == "error" for o in cell.outputs) for cell in notebook.cells)
    once = [[*o.data] for o in notebook.cells[-3].outputs]   # what is displayed for the first of the cases, the verdict
    assert len(once) == 3 and "image/png" in once[1]
    last = notebook.cells[-2].outputs   # the verdict, and the player below it
    assert [o.output_type for o in last] == ["display_data", "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in last[1].data
    assert "differ in step 1" in last[1].data["text/plain"]
