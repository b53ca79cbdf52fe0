"""Call a learner's function on every case of an exercise, safely, and keep what came of it."""

import contextlib
import copy
import inspect
import re
import warnings
from dataclasses import dataclass, field

import numpy as np

from ..trial import limits, words
from ..trial.limits import TooSlow
from .reading import read


@dataclass
class Outcome:
    """What one call came to: a `Reading` of the result, or a sentence about the `error` that was raised instead."""

    reading: object = None
    error: str | None = None
    kind: str | None = None                       # the name of the error's type
    changed: tuple = ()                           # names of the arguments it changed


@dataclass
class Run:
    """All outcomes, in the order of the cases; and why it ended before the last: a sentence, or None."""

    outcomes: list = field(default_factory=list)
    ended: str | None = None
    printed: str = ""


def run(function, cases, names, several=0, seconds=None):
    """Call `function` with fresh copies of the arguments of each case: a `Run`. Raises nothing.

    `names` are the names of the arguments, in the solution's words; `several` is how many results are expected, if
    more than one; `seconds` are for all calls together.
    """
    seconds = limits.SECONDS if seconds is None else seconds
    done, printed = Run(), None
    try:
        with limits.limited(seconds) as printed:
            for case in cases:
                done.outcomes.append(_call(function, case, names, several))
    except TooSlow as error:
        line = words.where(error, function)
        done.ended = f"Your function was stopped after {seconds:g} seconds{line}: is there a loop that never ends?"
    except KeyboardInterrupt as error:
        done.ended = f"You interrupted your function{words.where(error, function)}."
    except MemoryError as error:   # once is enough: it may have taken long to come to that
        line = words.where(error, function)
        done.ended = f"Your function needs more memory than it may have (2 GB){line}: are the sizes what you meant?"
    done.printed = printed.getvalue() if printed else ""
    return done


def _call(function, case, names, several):
    args, named = copy.deepcopy((case.args, case.named))
    outcome = Outcome()
    try:
        with np.errstate(), warnings.catch_warnings():   # what one call sets is not for the next
            outcome.reading = read(function(*args, **named), several)
    except (TooSlow, KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:   # whatever a learner's code does: that is what is to be told
        outcome.error, outcome.kind = _sentence(error, function), type(error).__name__
    given = [*zip(names, case.args, args, strict=False), *((n, case.named[n], named[n]) for n in named)]
    outcome.changed = tuple(name for name, before, after in given if not _same(before, after))
    return outcome


# What Python and NumPy say most often to beginners, and what it comes from.
_PLAIN = [
    ("object cannot be interpreted as an integer|slice indices must be integers|only integers, slices",
     "Sizes and places are whole numbers: `/` always makes a fraction, `//` divides and rounds down."),
    ("truth value of an array with more than one element is ambiguous",
     "Where one number was meant, there is a whole array: NumPy's `.max()`, `.min()` and `.any()` make one of it."),
    ("setting an array element with a sequence|only (?:length-1|0-dimensional) arrays can be converted",
     "Where one number was meant, there is a whole array: is a sum or another index missing?"),
    ("operands could not be broadcast together|not aligned|has a mismatch in its core dimension",
     "Two arrays of different sizes meet there: print their `.shape`."),
    ("index -?\\d+ is out of bounds|list index out of range",
     "Counting starts at 0, so the last of n cells is n - 1."),
    ("has no attribute 'append'", "An array cannot grow: collect in a list, or make the array as large as it will be."),
    ("unsupported operand.*'NoneType'|'NoneType' object is not", "None is what a function gives without `return`."),
]


def _sentence(error, function):
    """An error in one sentence, in plain words for those whose own words help nobody."""
    line = words.where(error, function)
    if isinstance(error, RecursionError):
        return f"Your function calls itself without end{line}: what stops it?"
    numpys = type(error).__module__.startswith("numpy")
    if numpys and re.search(r"from dtype\('float\d+'\) to dtype\('u?int", str(error)):
        return (f"Your function puts fractions into an array of whole numbers{line}: make a new array, `v = v - m` in "
                "place of `v -= m`.")
    if isinstance(error, SystemExit):
        return f"Your function ends the whole program{line}: a function ends with `return`."
    told, said = words.stopped(error, function), ""
    with contextlib.suppress(Exception):   # an error of the learner's own may not even be able to say what it is
        said = str(error)
    return " ".join([told, *(plain for pattern, plain in _PLAIN if re.search(pattern, said))][:2])


def _same(before, after):
    """Is an argument still what it was?"""
    with contextlib.suppress(Exception):
        if isinstance(before, np.ndarray):
            return before.shape == after.shape and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
        return before == after
    return False


def misfit(function, case, signature):
    """Why `function` cannot be called with this case, in a sentence; None if it can."""
    try:
        form = inspect.signature(function)
    except (TypeError, ValueError):   # some functions written in C do not say
        return None
    try:
        form.bind(*case.args, **case.named)
    except TypeError as error:
        wanted = signature.partition(":")[0].strip()
        return f"Your function cannot be called as {wanted}: {error}."
    return None
