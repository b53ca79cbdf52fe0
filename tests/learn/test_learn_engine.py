"""Whatever a learner's code is or does, it becomes a verdict, and what was there before is there afterwards.

The exercise is 01.2, slide(x, w), unless a test makes its own.
"""

import dataclasses
import inspect
import itertools
import linecache
import os
import signal
import sys
import threading
import time
import warnings
from fractions import Fraction

import nbformat
import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.learn import Case, Exercise, Wrong, showing
from cnnlib.learn.verdict import Verdict
from cnnlib.trial import limits
from cnnlib.trial.words import PLAIN, PRINTED
from tools.store import run as run_notebook

EX = cnn.learn.exercise("01.2")
right = EX.solution
on_unix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of the system")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a limit on memory")


def memory_limits():
    """How much memory this program may ask for; None where the system does not say."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrlimit(resource.RLIMIT_AS)


MEMORY_LIMITS = memory_limits()   # before any check has run


@pytest.fixture
def quick(monkeypatch):
    """No waiting for five seconds."""
    monkeypatch.setattr(limits, "SECONDS", 0.3)


def in_a_cell(source, name="<cell>"):
    """A function f defined as a notebook defines it: its source is known only to linecache."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    space = {"np": np, "cnn": cnn}
    exec(compile(source, name, "exec"), space)
    return space["f"]


def message(answer, exercise=EX):
    """The message on an answer that is wrong."""
    verdict = exercise.check(answer)
    assert not verdict.passed and verdict.state == "wrong" and isinstance(verdict.message, str)
    assert verdict.message.startswith("Not right yet. ") and len(verdict.message) < 700
    return verdict.message


# --- cases ------------------------------------------------------------------------------------------------------------


def test_written_cases_come_first_then_those_drawn_which_are_always_the_same():
    seen = []

    def spy(x, w):
        seen.append((x.tolist(), w.tolist()))
        return right(x, w)

    assert EX.draw and EX.check(spy).passed
    assert len(seen) == len(EX.cases) + EX.drawn
    assert seen == [tuple(arg.tolist() for arg in case.args) for case in dataclasses.replace(EX).all_cases]


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
    assert time.monotonic() - began < 2 and capsys.readouterr() == ("", "")


def in_a_thread(function, *args):
    results = []
    thread = threading.Thread(target=lambda: results.append(function(*args)))
    thread.start()
    thread.join(20)
    return results[0]


@pytest.mark.parametrize("function", [loop, loop_that_catches_all, loop_inside_numpy, printing])
def test_a_loop_is_stopped_where_there_is_no_timer(quick, function):
    """In another thread than the main one, or on Windows."""
    assert "stopped after 0.3 seconds in line" in in_a_thread(message, function)
    assert in_a_thread(EX.check, right).passed


def test_without_a_timer_in_the_main_thread(quick, monkeypatch):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert "stopped after 0.3 seconds in line" in message(loop)
    for _ in range(20):   # one that comes late must not hit what follows
        assert EX.check(right).passed
    time.sleep(0.1)


def test_five_seconds_are_for_all_cases_together():
    def slow(x, w):
        time.sleep(0.02)
        return right(x, w)

    assert EX.check(slow).passed and limits.SECONDS == 5
    began = time.monotonic()
    assert "stopped after 5 seconds" in message(lambda x, w: time.sleep(1))
    assert 4.5 < time.monotonic() - began < 6


@on_unix
def test_timers_and_handlers_are_as_before(quick):
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        ours = signal.getsignal(signal.SIGALRM)
        signal.setitimer(signal.ITIMER_REAL, 0.6)
        EX.check(loop)
        EX.check(right)
        assert signal.getsignal(signal.SIGALRM) is ours and not rung
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 0.4
        time.sleep(0.5)
        assert rung and signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@on_unix
def test_the_stop_button_stops_the_check_only():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        assert "You interrupted your function in line" in message(loop)
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


# --- errors, and the line they come from ------------------------------------------------------------------------------


class Nasty(Exception):
    """An error that cannot even be printed."""

    def __str__(self):
        raise RuntimeError("no")


class Outside(BaseException):
    """Not an Exception."""


def thrower(error):
    def throw(x, w):
        raise error

    return throw


@pytest.mark.parametrize(("error", "told"), [
    (ValueError("no such thing"), "stopped with ValueError in line .*, `raise error`: no such thing"),
    (KeyError("k"), "stopped with KeyError"), (Nasty(), "stopped with Nasty in line"), (Outside("o"), "Outside"),
    (GeneratorExit(), "GeneratorExit"), (StopIteration(), "StopIteration"), (AssertionError(), "AssertionError"),
    (SystemExit(1), "ends the whole program in line .*: a function ends with `return`"),
    (ValueError("x" * 9999), "x…"), (ExceptionGroup("several", [ValueError("a")]), "several"),
    (SyntaxError("odd"), "SyntaxError"), (limits.TooSlow(), "stopped after"),
])
def test_every_error_becomes_a_sentence(error, told):
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(message(thrower(error)))
    assert EX.check(thrower(error)).suspicion is None


CELL = """def f(x, w):
    y = []
    for i in range(len(x)):
        y.append(helper(x[i:i + len(w)], w))   # too far
    return np.array(y)
def helper(window, w):
    return np.dot(window, w)
"""


def test_an_error_is_told_by_the_learners_own_line():
    told = message(in_a_cell(CELL))
    assert "ValueError in line 7, `return np.dot(window, w)`: shapes (1,) and (2,) not aligned" in told
    assert "The call was slide(x=[0, 1, 0, 1, 1], w=[-1, 1])." in told and "cnnlib" not in told


def test_an_error_comes_before_shape_and_shape_before_numbers():
    """What is told first, whichever case it happens in."""
    def late(x, w):
        if len(w) == 1:
            raise ValueError("late")
        return right(x, w) + 1

    assert "ValueError" in message(late) and "The call was slide(x=[5, 7], w=[3])" in message(late)
    told = message(lambda x, w: right(x, w)[:, None] if len(w) == 1 else right(x, w) + 1)
    assert "slide(x=[5, 7], w=[3]) gives an array of shape (2, 1), expected a list of 2 numbers" in told
    assert "slide(x=[0, 1, 0, 1, 1], w=[-1, 1]) gives y[0] = 2, expected 1." in message(lambda x, w: right(x, w) + 1)
    assert "slide(x=[5, 7], w=[3]) gives y[1] = 22, expected 21." in message(
        lambda x, w: right(x, w) + (np.arange(len(x) - len(w) + 1) if len(w) == 1 else 0))


@pytest.mark.parametrize(("function", "told"), [
    (lambda x: x, "cannot be called as slide(x, w): too many positional arguments."),
    (lambda x, w, b: x, "cannot be called as slide(x, w): missing a required argument: 'b'."),
    (lambda: 0, "too many positional arguments"), (lambda *, x, w: x, "too many positional arguments"),
    (lambda **all: 0, "too many positional arguments"), (5, "should be a function, found an int"),
    (np.ones(3), "found an array of dtype float64: pass the function itself, `slide`, without calling it."),
    ("slide", "found a str"), ([], "found a list"), (int, "TypeError"), (Nasty, "cannot|Nasty"),
])
def test_what_cannot_be_called_so(function, told):
    assert told in message(function) or "|" in told


@pytest.mark.parametrize("function", [
    lambda x, w, stride=1: right(x, w), lambda *args: right(*args), lambda signal, kernel: right(signal, kernel),
    lambda x, w, **more: right(x, w), np.correlate, type("C", (), {"__call__": lambda self, x, w: right(x, w)})(),
])
def test_whatever_takes_these_arguments_is_welcome(function):
    assert EX.check(function).passed


# --- strange results --------------------------------------------------------------------------------------------------


class Odd:
    """A result that breaks when it is looked at."""

    def __array__(self, *args, **kwargs):
        raise KeyError("odd")


class Equal:
    """A result that claims to be equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = None


class Endless(list):
    """A list that cannot be read to its end."""

    def __len__(self):
        raise RuntimeError("no length")


async def later(x, w):
    return right(x, w)


def generate(x, w):
    yield from right(x, w)


STRANGE = [
    (lambda x, w: None, "gives None: is its `return` missing?"),
    (lambda x, w: "1, -1", "gives a text, expected a list of 4 numbers"),
    (lambda x, w: b"1", "not numbers"), (lambda x, w: 5, "gives one plain number, expected a list of 4 numbers"),
    (lambda x, w: True, "gives True or False, expected a list of 4 numbers"),
    (generate, "gives a generator, which has not calculated anything yet: put it into `list(...)`"),
    (lambda x, w: map(float, x), "gives a map, which has not calculated"), (later, "gives a coroutine: write `def`"),
    (lambda x, w: {1, 2}, "gives a set, which has no order"), (lambda x, w: {0: 1}, "gives a dict, which has no order"),
    (lambda x, w: len, "are the brackets of a call missing?"), (lambda x, w: Odd(), "gives an Odd"),
    (lambda x, w: Odd, "are the brackets of a call missing?"), (lambda x, w: object(), "gives an object"),
    (lambda x, w: Equal(), "gives an Equal"), (lambda x, w: Endless([1]), "RuntimeError"),
    (lambda x, w: [[1, 2], [3]], "gives a list whose rows have different lengths"),
    (lambda x, w: [1, None, 2, 3], "gives a list with None at [1]"),
    (lambda x, w: [1, "2", 3, 4], "not numbers"), (lambda x, w: ["a", None], "gives a list with a str at [0]"),
    (lambda x, w: dict.fromkeys(x, 1).values(), "gives a dict_values, which has not calculated anything yet"),
    (lambda x, w: [Fraction(1, 2), "1", 2, 3], "gives a list with a str at [1]"),
    (lambda x, w: [{}, 1, 2, 3], "gives a list with a dict at [0]"), (lambda x, w: [10**400] * 4, "too large"),
    (lambda x, w: np.array([1j] * 4), "complex numbers"), (lambda x, w: right(x, w) > 0, "truth values"),
    (lambda x, w: right(x, w).astype(str), "texts, not numbers"), (lambda x, w: right(x, w).astype(object), "gives an"),
    (lambda x, w: right(x, w)[None], "gives an array of shape (1, 4), expected a list of 4 numbers"),
    (lambda x, w: np.zeros((0, 3)), "gives an array of shape (0, 3)"), (lambda x, w: [], "gives 0 numbers, expected 4"),
    (lambda x, w: np.zeros(10**8), "100,000,000 numbers"), (lambda x, w: np.array(right), "not numbers|array of dtype"),
    (lambda x, w: right(x, w) * np.nan, "gives y[0] = nan, expected 1"),
    (lambda x, w: right(x, w) / 0.0, "gives y[0] = inf, expected 1"),
    (lambda x, w: right(x, w) + 1e-4, "gives y[0] = 1.0001, expected 1"),
    (lambda x, w: np.array(["2020-01-01"] * 4, "datetime64[D]"), "gives an array of dtype datetime64[D]"),
    (lambda x, w: (right(x, w), 1), "different lengths"), (lambda x, w: type("T", (), {}), "brackets of a call"),
]


@pytest.mark.parametrize(("function", "told"), STRANGE)
def test_strange_results_become_sentences(function, told):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said = message(function)
    assert any(each in said for each in told.split("|")), said


@pytest.mark.parametrize("function", [
    lambda x, w: right(x, w).tolist(), lambda x, w: tuple(right(x, w)), lambda x, w: right(x, w).astype(np.float32),
    lambda x, w: right(x, w).astype(np.int8 if set(right(x, w)) <= set(range(-128, 128)) else float),
    lambda x, w: right(x, w).view(type("Sub", (np.ndarray,), {"__eq__": lambda a, b: False})),
    lambda x, w: [np.array(n) for n in right(x, w)], lambda x, w: [np.float32(n) for n in right(x, w)],
    lambda x, w: [Fraction(float(n)) for n in right(x, w)],
    lambda x, w: right(x, w) * (1 + 1e-9), lambda x, w: np.ma.array(right(x, w)), lambda x, w: -0.0 + right(x, w),
])
def test_other_ways_to_write_the_same_numbers_are_right(function):
    assert EX.check(function).passed, EX.check(function).message


# --- inputs, printed text, warnings, settings -------------------------------------------------------------------------


def sorting(x, w):
    y = right(x, w)
    x.sort()
    return y


def both(x, w):
    y = right(x, w)
    x += 1
    w[0] = 100
    return y


def test_changed_inputs():
    sentence = "Your function changes x in place: work on a copy, `x.copy()`."
    assert EX.check(sorting).suspicion == sentence
    assert message(sorting) == f"Not right yet. The numbers are right. {sentence}"
    assert EX.check(both).suspicion == "Your function changes x and w in place: work on a copy, `x.copy()`."
    assert EX.check(sorting).suspicion == sentence, "the cases are what they were"


def test_a_mistake_and_a_changed_input_are_two():
    def flipped(x, w):
        w[:] = w[::-1].copy()
        return right(x, w)

    suspicion = EX.check(flipped).suspicion
    assert suspicion.startswith("Your filter is turned round") and suspicion.endswith("work on a copy, `w.copy()`.")


def test_a_million_lines_are_kept_to_a_few(capsys):
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


@pytest.mark.parametrize(("function", "told"), [
    (lambda x, w: [0 for _ in range(len(x) / 2)], "`//` divides and rounds down"),
    (lambda x, w: x[:len(x) / 2], "`//` divides and rounds down"),
    (lambda x, w: max(np.ones((2, 2))), "there is a whole array"), (lambda x, w: float(x), "there is a whole array"),
    (lambda x, w: np.zeros(3).__setitem__(0, x), "there is a whole array"),
    (lambda x, w: x * w, "arrays of different sizes meet"), (lambda x, w: x @ w, "arrays of different sizes meet"),
    (lambda x, w: x[99], "Counting starts at 0"), (lambda x, w: [1][5], "Counting starts at 0"),
    (lambda x, w: x.append(1), "An array cannot grow"), (lambda x, w: None + 1, "None is what a function gives"),
])
def test_errors_that_beginners_meet_are_told_in_plain_words_too(function, told):
    said = message(function)
    assert "Your function stopped with" in said and told in said
    assert sum(plain in said for _, plain in PLAIN) == 1


def test_fractions_in_an_array_of_whole_numbers_are_told_in_plain_words():
    def centred(x, w):
        x -= x.mean()
        return x

    said = message(centred)
    assert "puts fractions into an array of whole numbers in line" in said and "`x -= x.mean()`" in said


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


# --- not answered -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [
    "def f(x, w):\n    return cnn.learn.TODO", "def f(x, w):\n    y = np.zeros(cnn.learn.TODO)\n    return y",
    "def f(x, w):\n    raise NotImplementedError", "def f(x, w):\n    return [cnn.learn.TODO] * 4",
    "def f(x, w):\n    return cnn.learn.TODO + 1", "f = cnn.learn.TODO", "f = None",
])
def test_stubs_are_not_yet(source):
    verdict = EX.check(in_a_cell(source))
    assert not verdict.passed and verdict.state == "not yet" and verdict.suspicion is None
    assert showing.verdict(verdict)["text/html"].count("Not yet") == 1
    assert verdict.message == ("Not yet: put your code in place of TODO, then run this again. "
                               '`cnn.learn.hint("01.2")` helps.')


def test_a_todo_left_over_does_not_spoil_what_is_right():
    source = "def f(x, w):\n    if len(x) == 0:\n        return cnn.learn.TODO\n    return np.correlate(x, w)"
    assert EX.check(in_a_cell(source)).passed
    assert repr(cnn.learn.TODO) == "TODO"


# --- suspicions -------------------------------------------------------------------------------------------------------


def exercise(wrong, **more):
    """A small exercise: a * b + 1, an array."""
    parts = {
        "id": "99.1", "title": "t", "statement": "s", "signature": "f(a, b): (n,), (n,) -> (n,)", "difficulty": 1,
        "minutes": 1, "hints": ("a", "b", "c"), "solution": lambda a, b: a * b + 1, "errors": "e", "praise": "Good.",
        "insight": "So it is.", "cases": [([1, 2], [3, 4]), ([0, 1], [1, 1]), Case([5], b=[6])], "wrong": wrong,
    }
    return Exercise(**(parts | more))


NO_ONE = Wrong(lambda a, b: a * b, "The 1 is missing.")
SUM = Wrong(lambda a, b: a + b + 1, "You add.")
TWO = Wrong(lambda a, b: a + b, "You add.", "The 1 is missing.")


def test_one_mistake_two_mistakes_and_an_unknown_one():
    ex = exercise([NO_ONE, SUM, TWO])
    assert ex.check(lambda a, b: b * a).suspicion == "The 1 is missing."
    assert ex.check(lambda a, b: b + a).suspicion == (
        "Two mistakes at once. First: You add. Second: The 1 is missing.")
    assert ex.check(lambda a, b: a * b + 2).suspicion is None
    assert ex.check(lambda a, b: a * b + (len(a) == 1)).suspicion is None, "in every case, not in most"


def test_mistakes_that_cannot_be_told_apart_are_named_only_if_they_share_a_sentence():
    same = Wrong(lambda a, b: b * a, "The 1 is missing.")
    other = Wrong(lambda a, b: a * b * 1, "Something else.")
    assert exercise([NO_ONE, same]).check(lambda a, b: a * b).suspicion == "The 1 is missing."
    assert exercise([NO_ONE, other]).check(lambda a, b: a * b).suspicion is None


def test_errors_alone_prove_nothing():
    """A typical mistake that breaks in some cases is known by the others; one that always breaks is not."""
    def sometimes(a, b):
        return a * b[[0, 1]]

    def always(a, b):
        raise IndexError("elsewhere")

    ex = exercise([Wrong(sometimes, "Only for two numbers.")])
    verdict = ex.check(lambda a, b: b[[0, 1]] * a)
    assert verdict.suspicion == "Only for two numbers." and "IndexError" in verdict.message
    assert exercise([Wrong(always, "Always.")]).check(always).suspicion is None

    def otherwise(a, b):
        return a * b if len(a) == 2 else {}[0]

    assert ex.check(otherwise).suspicion is None, "another error"


def test_right_numbers_in_another_arrangement():
    assert EX.check(lambda x, w: right(x, w)[:, None]).suspicion == "The numbers are right, but not their arrangement."
    assert EX.check(lambda x, w: right(x, w)[None] + 1).suspicion is None


def test_a_mistake_that_also_changes_an_input_is_known_by_both():
    def changing(a, b):
        a *= b
        return a

    ex = exercise([NO_ONE, Wrong(changing, "You multiply into a, and forget the 1.")])
    assert ex.check(lambda a, b: a * b).suspicion == "The 1 is missing."
    assert ex.check(lambda a, b: a.__imul__(b)).suspicion == "You multiply into a, and forget the 1."

    def changing_b(a, b):
        b *= a
        return b

    assert ex.check(changing_b).suspicion == (
        "The 1 is missing. Your function changes b in place: work on a copy, `b.copy()`.")


def test_several_results():
    ex = exercise([Wrong(lambda a, b: (a - b, a + b), "Turned round.")], solution=lambda a, b: (a + b, a - b),
                  returns=("total", "rest"))
    assert ex.check(lambda a, b: [a + b, (a - b).tolist()]).passed
    assert ex.check(lambda a, b: (a - b, a + b)).suspicion == "Turned round."
    assert "gives rest[0] = -1, expected -2" in message(lambda a, b: (a + b, a - b + 1), ex)
    assert "gives a list of 3 numbers, expected 2 results (total, rest)" in message(lambda a, b: np.ones(3), ex)
    assert "gives total as one plain number" in message(lambda a, b: a + b, ex)
    assert ex.check(lambda a, b: np.array([a + b, a - b])).passed, "two rows are two results"
    assert "gives total as 1 number, expected 2" in message(lambda a, b: (a[:1], a - b), ex)
    assert "gives None" in message(lambda a, b: (None, a), ex)


def test_texts_and_truths():
    ex = exercise([Wrong(True, "It does not.")], ask="value", solution=lambda: False, cases=[()])
    assert ex.check(False).passed and ex.check(np.False_).passed and ex.check(True).suspicion == "It does not."
    assert "one plain number, expected True or False" in message(0, ex)
    ex = exercise([Wrong("b", "No.")], ask="value", solution=lambda: "a", cases=[()])
    assert ex.check(" a ").passed and ex.check("b").suspicion == "No." and "'c' is not it." in message("c", ex)


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_whole_numbers_are_exact_however_large():
    ex = exercise([], ask="value", solution=lambda: 14_450_688, cases=[()])
    assert ex.check(14_450_688.0).passed and ex.check(np.int32(14_450_688)).passed
    assert "14450689 is not it." in message(14_450_689, ex) and not ex.check(14_450_688.5).passed


def test_rounding_is_forgiven_and_nothing_more():
    rng = np.random.default_rng(0)
    x, w = rng.normal(0, 100, 500), rng.normal(0, 1, 9)
    cases = [Case(x, w), Case(np.full(50, 0.1), w - w.mean())]
    ex = exercise([], solution=lambda x, w: np.correlate(x, w), cases=cases)
    assert ex.check(lambda x, w: np.convolve(x, w[::-1], "valid")).passed
    assert ex.check(lambda x, w: np.correlate(x.astype(np.float32), w.astype(np.float32))).passed
    assert not ex.check(lambda x, w: np.correlate(x, w) * (1 + 1e-4)).passed
    assert not ex.check(lambda x, w: np.correlate(x, w) + 1e-2).passed


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "told"), [
    ("760", "The answer is a text, expected one plain number."), ([760], "a list of 1 number, expected one plain"),
    (True, "True or False"), ({760}, "a set, which has no order"), (761, "761 is not it."), (759.5, "759.5 is not it."),
    (float("nan"), "nan is not it."), (lambda: 760, "should be a value, without `def`"), (760 + 1j, "complex numbers"),
    (object(), "an object"), (Odd(), "an Odd"), (10**400, "too large"), ([[1], [2, 3]], "different lengths"),
])
def test_strange_values_become_sentences(answer, told):
    assert told in message(answer, cnn.learn.exercise("00.1"))


@pytest.mark.parametrize("answer", [760, 760.0, np.int64(760), np.float32(760), np.array(760)])
def test_a_number_may_be_written_in_many_ways(answer):
    assert cnn.learn.exercise("00.1").check(answer).passed


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_a_verdict_draws_itself(capsys):
    def flipped(x, w):
        print("<i>here</i>")
        return right(x, w[::-1])

    verdict = EX.check(flipped)
    data = verdict._repr_mimebundle_()
    assert data["text/plain"] == verdict.message == repr(verdict)
    assert "<strong>Not right yet</strong> · exercise 01.2" in data["text/html"]
    assert "<strong>What happened:</strong> Your filter is turned round" in data["text/html"]
    assert "<code>w[0]</code>" in data["text/html"] and "<pre>&lt;i&gt;here&lt;/i&gt;" in data["text/html"]
    assert 'data-state="right"' in EX.check(right)._repr_mimebundle_()["text/html"]
    told = EX.check(thrower(ValueError("<b>bold</b>")))._repr_mimebundle_()["text/html"]
    assert "<b>" not in told and "&lt;b&gt;" in told
    EX.check(None)._ipython_display_()
    assert "Not yet: put your code" in capsys.readouterr().out


def test_the_player_of_a_wrong_step():
    def part(x, w):
        y = right(x, w)
        y[2:] += 1
        return y

    player = showing.step_player(EX.check(part))
    assert player.step == 2 and player.yours == [1, -1, 2, 1] and "part in step 3 of 4" in player.message
    assert showing.step_player(EX.check(right)) is None and showing.step_player(EX.check(None)) is None
    assert showing.step_player(EX.check(lambda x, w: [1])) is None, "another shape has no step"
    player = showing.step_player(EX.check(lambda signal, kernel: right(signal, kernel[::-1])))
    assert player.step == 0 and player.yours == [-1, 1, -1, 0]


def test_a_player_opens_also_where_arguments_have_names_that_a_scene_does_not_know():
    def largest(x, F, S):
        return [max(x[i:i + F]) for i in range(0, len(x) - F + 1, S)]

    ex = Exercise(**{**{name: getattr(EX, name) for name in EX.__dataclass_fields__}, "solution": largest, "wrong": [],
                     "cases": [([1, 5, 2, 4, 3, 6], 2, 2)], "draw": None, "signature": "largest(x, F, S): y",
                     "player": lambda x, F, S: cnn.viz.pool(x, F, stride=S)})

    def careless(x, F, S):
        return [*largest(x, F, S)[:-1], 0]

    player = showing.step_player(ex.check(careless))
    assert player is not None and player.step == 2


def test_a_wrong_answer_is_called_and_judged_once():
    """By the check; its player shows what was found there."""
    calls = []

    def part(x, w):
        calls.append(len(x))
        return right(x, w) + 1

    verdict = EX.check(part)
    assert len(calls) == len(EX.all_cases)
    player = showing.step_player(verdict)
    assert player.differs == [0, 1, 2, 3] and len(calls) == len(EX.all_cases)
    player.x = [1, 2, 4]
    assert player.differs == [0, 1] and len(calls) == len(EX.all_cases) + 1


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


def test_a_player_for_arguments_that_a_scene_does_not_have():
    def scene(x, w, stride):
        return cnn.viz.slide(x, w, stride=stride)

    ex = exercise([], solution=lambda x, w, stride: cnn.correlate1d(x, w, stride), cases=[([1, 2, 3, 4], [1, 1], 2)],
                  player=scene)
    for answer in (lambda x, w, stride: np.zeros(2), lambda a, b, c: [3, c]):
        player = showing.step_player(ex.check(answer))
        assert player is not None and "part in step" in player.message
    assert player.yours == [3, 2] and player.step == 1
    broken = exercise([], player=lambda a, b: 1 / 0)
    assert showing.step_player(broken.check(lambda a, b: a)) is None


def test_hints_solution_and_statement():
    hint = cnn.learn.hint("01.2")
    assert repr(hint).startswith("Hint 1 of 3: How many places") and "Hint 2" not in repr(hint)
    assert repr(cnn.learn.hint("01.2", 3)).count("Hint") == 3
    markdown = hint._repr_mimebundle_()["text/markdown"]
    order = [markdown.index(text) for text in ("Hint 1", "How many", "Hint 2", "Two loops", "Hint 3", "`for i in")]
    assert order == sorted(order) and markdown.count("<details>") == markdown.count("</details>") == 3
    solution = cnn.learn.solution("01.2")._repr_mimebundle_()
    assert "```python\ndef slide(x, w):" in solution["text/markdown"] and "Common errors" in solution["text/plain"]
    assert "**760**" in cnn.learn.solution("00.1").markdown and repr(cnn.learn.solution("00.1")).startswith("760\n")
    statement = EX._repr_mimebundle_()
    head = f"### Exercise 01.2 · Slide it\n\n*difficulty 2 of 5 · about {EX.minutes} minutes*"
    assert statement["text/markdown"].startswith(head)
    assert statement["text/plain"] == repr(EX) == f"Exercise 01.2 · Slide it\n{EX.signature}"
    for wrong in (0, 4, "1", None):
        with pytest.raises(ValueError, match="number: found"):
            cnn.learn.hint("01.2", wrong)


@pytest.mark.parametrize(("name", "value"), [
    ("id", "1.2"), ("title", ""), ("statement", " "), ("signature", None), ("difficulty", 6), ("difficulty", 0),
    ("hints", ("a", "b")), ("hints", ("a", "b", "")), ("solution", 5), ("errors", ""), ("praise", ""), ("insight", ""),
    ("ask", "text"), ("cases", []),
])
def test_an_exercise_that_lacks_something_is_refused(name, value):
    with pytest.raises(ValueError, match=f"exercise .*: {name} must be"):
        exercise([], **{name: value})


def test_a_mistake_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="sentence must be text"):
        Wrong(5, "")


# --- the notebook lives -----------------------------------------------------------------------------------------------

HORRORS = """import sys
import numpy as np
import cnnlib as cnn
check = cnn.learn.check
#---
def f(x, w):
    for n in range(10**9):
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
check("01.2", lambda x, w: x.sort())
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
    expected = ["", "stopped after 5 seconds in line 3, `print(n)`", "calls itself without end in line 2",
                "more memory than it may have", "ends the whole program", "gives None", "Your filter is turned round",
                "alive"]
    for text, told in zip(texts, expected, strict=True):
        assert told in text and len(text) < 1000
    assert all(not any(o.output_type == "error" for o in cell.outputs) for cell in notebook.cells)
    last = notebook.cells[-2].outputs   # the verdict, and the player below it
    assert [o.output_type for o in last] == ["display_data", "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in last[1].data and "part in step 1" in last[1].data["text/plain"]


def test_verdicts_are_plain_data():
    assert Verdict("01.2", False, "m").suspicion is None
    assert "player" not in repr(Verdict("01.2", False, "m")) and inspect.isclass(Verdict)
