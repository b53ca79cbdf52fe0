"""What stops someone's function is told in plain words, by the line it comes from."""

import functools

import numpy as np
import pytest
from answers import EX, Nasty, in_a_cell, message, right, thrower

from cnnlib.trial import limits
from cnnlib.trial.words import PLAIN


class Outside(BaseException):
    """Not an Exception."""


@pytest.mark.alike(2)
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


class Caller:
    def method(self, signal, taps=None):
        return right(signal, taps)

    @staticmethod
    def free(x, w):
        return right(x, w)


class Strange:
    """Callable, and it breaks whoever looks at anything else."""

    @property
    def __class__(self):
        raise KeyError("class")

    def __call__(self, x, w):
        return right(x, w)

    def __eq__(self, other):
        raise KeyError("equal")

    __hash__ = None


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
    (lambda: 0, "too many positional arguments"), (lambda *, x, b: x, "too many positional arguments"),
    (5, "should be a function, found an int"),
    (np.ones(3), "found an array of dtype float64: pass the function itself, `slide`, without calling it."),
    ("slide", "found a str"), ([], "found a list"), (int, "TypeError"), (Nasty, "cannot|Nasty"),
])
def test_what_cannot_be_called_so(function, told):
    assert told in message(function) or "|" in told


@pytest.mark.parametrize("function", [
    lambda x, w, stride=1: right(x, w), lambda *args: right(*args), lambda signal, kernel: right(signal, kernel),
    lambda x, w, **more: right(x, w), np.correlate, lambda *, w, x: right(x, w), lambda **given: right(**given),
    functools.partial(lambda mode, x, w: right(x, w), "valid"), functools.partial(right), Caller().method, Caller.free,
    functools.wraps(right)(lambda *given: right(*given)),
    type("C", (), {"__call__": lambda self, x, w: right(x, w)})(),
])
def test_whatever_takes_these_arguments_is_welcome(function):
    assert EX.check(function).passed


def test_it_may_be_strange_otherwise():
    assert EX.check(Strange()).passed


@pytest.mark.parametrize(("function", "told"), [
    (lambda x, w: [0 for _ in range(len(x) / 2)], "`//` divides and rounds down"),
    (lambda x, w: x[:len(x) / 2], "`//` divides and rounds down"),
    (lambda x, w: max(np.ones((2, 2))), "there is a whole array"), (lambda x, w: float(x), "there is a whole array"),
    (lambda x, w: np.zeros(3).__setitem__(0, x), "there is a whole array"),
    (lambda x, w: x * w, "arrays of different sizes meet"), (lambda x, w: x @ w, "arrays of different sizes meet"),
    (lambda x, w: x[99], "Counting starts at 0"), (lambda x, w: [1][5], "Counting starts at 0"),
    (lambda x, w: range(x.tolist()), "there is a whole list"), (lambda x, w: range((1, 2)), "there is a whole list"),
    (lambda x, w: (1, 2)[2], "Counting starts at 0"),
    (lambda x, w: [].append(1).append(2), "changes the list itself and gives None back"),
    (lambda x, w: max(x, 0), "`np.maximum` compares each of its numbers"),
    (lambda x, w: x.append(1), "An array cannot grow"), (lambda x, w: None + 1, "None is what a function gives"),
])
def test_errors_that_beginners_meet_are_told_in_plain_words_too(function, told):
    said = message(function)
    assert "Your function stopped with" in said and told in said
    assert sum(plain in said for _, plain in PLAIN) == 1


@pytest.mark.parametrize(("line", "advice"), [
    ("x -= x.mean()", "make a new array, `x = x - x.mean()` instead of `x -= x.mean()`."),
    ("x *= 1.5 + w[0]   # so", "make a new array, `x = x * (1.5 + w[0])` instead of `x *= 1.5 + w[0]`."),
    ("if len(x): x /= 2", "make a new array, `x = x / 2` instead of `x /= 2`."),
    ("x[1:] -= 0.5", "make it an array of fractions first, `x = x.astype(float)`."),
    ("np.divide(x, 2, out=x)", "make it an array of fractions first, with `.astype(float)`."),
    ("x /= 2" + " + 0" * 99, "make it an array of fractions first, with `.astype(float)`."),   # cut off
])
def test_fractions_in_an_array_of_whole_numbers_are_told_in_the_learners_own_names(line, advice):
    said = message(in_a_cell(f"def f(x, w):\n    v = 1\n    {line}\n    return x\n"))
    assert f"Your function puts fractions into an array of whole numbers in line 3, `{line[:20]}" in said
    assert advice in said
