"""Answers of learners and what a check says to them; the exercise is 01.2, slide(x, w), unless a test makes its own."""

import linecache
import signal
import sys

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.learn import Case, Exercise

EX = cnn.learn.exercise("01.2")
right = EX.solution
on_unix = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of the system")
on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a limit on memory")


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


class Nasty(Exception):
    """An error that cannot even be printed."""

    def __str__(self):
        raise RuntimeError("no")


def thrower(error):
    def throw(x, w):
        raise error

    return throw


class Odd:
    """A result that breaks when it is looked at."""

    def __array__(self, *args, **kwargs):
        raise KeyError("odd")


def exercise(wrong, **more):
    """A small exercise: a * b + 1, an array."""
    parts = {
        "id": "99.1", "title": "t", "statement": "s", "signature": "f(a, b): (n,), (n,) -> (n,)", "difficulty": 1,
        "minutes": 1, "hints": ("a", "b", "c"), "solution": lambda a, b: a * b + 1, "errors": "e", "praise": "Good.",
        "insight": "So it is.", "cases": [([1, 2], [3, 4]), ([0, 1], [1, 1]), Case([5], b=[6])], "wrong": wrong,
    }
    return Exercise(**(parts | more))
