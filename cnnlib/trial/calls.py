"""Call a learner's function, once or on many cases: with copies, within limits, and every error becomes a sentence."""

import contextlib
import copy
import warnings
from dataclasses import dataclass, field

import numpy as np

from . import limits, words
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
    """All outcomes, in the order of the calls; and why it ended before the last: a sentence and its error, or None."""

    outcomes: list = field(default_factory=list)
    ended: str | None = None
    error: BaseException | None = None
    printed: str = ""


def run(function, calls, names, read=read, seconds=None):
    """Call `function` with copies of each (args, named) of `calls`: a `Run`. Raises nothing.

    `names` are those of the arguments by position; `read` makes a `Reading` of a result; `seconds` are for all calls
    together, `limits.SECONDS` if None.

    >>> run(lambda x: x / 0, [((1,), {})], ["x"]).outcomes[0].kind
    'ZeroDivisionError'
    """
    seconds = limits.SECONDS if seconds is None else seconds
    done, printed = Run(), None
    try:
        with limits.limited(seconds) as printed:
            for args, named in calls:
                done.outcomes.append(_call(function, args, named, names, read))
    except (limits.TooSlow, KeyboardInterrupt, MemoryError) as error:   # once is enough: it may have taken long
        done.error, done.ended = error, _ended(error, words.where(error, function), seconds)
    done.printed = printed.getvalue() if printed else ""
    return done


def _ended(error, line, seconds):
    if isinstance(error, KeyboardInterrupt):
        return f"You interrupted your function{line}."
    if isinstance(error, MemoryError):
        return f"Your function needs more memory than it may have (2 GB){line}: are the sizes what you meant?"
    return f"Your function was stopped after {seconds:g} seconds{line}: is there a loop that never ends?"


def _call(function, args, named, names, read):
    own_args, own = copy.deepcopy((args, named))
    outcome = Outcome()
    try:
        with np.errstate(), warnings.catch_warnings():   # what one call sets is not for the next
            outcome.reading = read(function(*own_args, **own))
    except (limits.TooSlow, KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:   # whatever a learner's code does: that is what is to be told
        outcome.error, outcome.kind = words.stopped(error, function), type(error).__name__
    given = [*zip(names, args, own_args, strict=False), *((name, named[name], own[name]) for name in named)]
    outcome.changed = tuple(name for name, before, after in given if not _same(before, after))
    return outcome


def _same(before, after):
    """Is an argument still what it was?"""
    with contextlib.suppress(Exception):
        if isinstance(before, np.ndarray):
            return before.shape == after.shape and np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
        return before == after
    return False
