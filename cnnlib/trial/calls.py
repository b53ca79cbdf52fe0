"""Call a learner's function, once or on many cases: with copies, within limits, and every error becomes a sentence."""

import contextlib
import copy
import re
import signal
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from . import apart, limits, words
from .around import Picture, around
from .reading import read

_DEEP = 30    # calls of one line within one another, where they end: that is recursion
_LAST = {limits.TooSlow: "slow", KeyboardInterrupt: "interrupted", MemoryError: "memory"}   # no further call
_CRASHES = {getattr(signal, name, None) for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGFPE", "SIGILL")}


@dataclass
class Outcome:
    """What one call came to: a `Reading` of the result, or a sentence about the `error` that was raised instead."""

    reading: object = None
    error: str | None = None
    kind: str | None = None                       # the name of the error's type
    changed: tuple = ()                           # names of the arguments it changed


@dataclass
class Run:
    """All outcomes, in the order of the calls; why it ended before the last, a sentence or None, and whether that was
    by hand; what it printed; what it displayed during the first call, as `around.Picture`s."""

    outcomes: list = field(default_factory=list)
    ended: str | None = None
    interrupted: bool = False
    printed: str = ""
    pictures: list = field(default_factory=list)


class _Ended(NamedTuple):
    """Why the calls ended before the last."""

    sentence: str
    interrupted: bool = False


def run(function, calls, names, read=read, seconds=None):
    """Call `function` with copies of each (args, named) of `calls`: a `Run`. Raises nothing.

    `names` are those of the arguments by position; `read` makes a `Reading` of a result; `seconds` are for all calls
    together, `limits.SECONDS` if None. Where that is possible all this happens in a copy of this program (`apart`), and
    nothing that the function does is done here.

    >>> run(lambda x: x / 0, [((1,), {})], ["x"]).outcomes[0].kind
    'ZeroDivisionError'
    """
    seconds = limits.SECONDS if seconds is None else seconds

    def work(tell, time=None):
        with around(tell) as pictures:
            try:
                with time or contextlib.nullcontext():
                    for args, named in calls:
                        tell(_call(function, args, named, names, read))
                        pictures.case_is_over()
            except tuple(_LAST) as error:   # once is enough: it may have taken long
                how = next(how for kind, how in _LAST.items() if isinstance(error, kind))
                tell(_Ended(_why(how, words.where(error, function), seconds), how == "interrupted"))

    told = _told(work, function, seconds)
    def of(kind):
        return [each for each in told if isinstance(each, kind)]

    printed = re.sub(r"[^\n]*\r(?=[^\n])", "", "".join(of(str)))   # of a progress bar, its end
    return Run(of(Outcome), *(of(_Ended) or [(None, False)])[0], words.plain(printed), of(Picture))


def outcome(function, args, named, names, read=read):
    """The `Outcome` of a function that is trusted: called here, for as long as it takes. Raises KeyboardInterrupt."""
    with limits.ALONE, warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return _call(function, args, named, names, read)


def _told(work, function, seconds):
    """All that `work` tells, in a copy of this program or here; its end is told, too."""
    if apart.POSSIBLE:
        with contextlib.suppress(OSError):   # no copy to be had
            told, end = apart.run(work, seconds)
            if end.how != "finished":
                line = words.at([(file, line) for file, line, _ in end.calls], function)
                how = "endless" if max(Counter(end.calls).values(), default=0) > _DEEP else end.how
                told.append(_Ended(_why(how, line, seconds, end.signal), how == "interrupted"))
            return told
    return limits.run(work, seconds)


def _why(how, line, seconds, number=0):
    """The sentence for an end before the last call."""
    if how == "endless":
        return words.endless(line)
    if how == "interrupted":
        return f"You interrupted your function{line}."
    if how == "memory":
        return f"Your function needs more memory than it may have (2 GB){line}: are the sizes what you meant?"
    if how == "slow":
        return (f"Your function was stopped after {seconds:g} seconds{line}: is there a step that takes too long, or a "
                "loop that never ends?")
    if number in _CRASHES:
        return f"Your function makes Python itself crash{line}: does it write to memory that is not its own?"
    return words.left(line)


def _call(function, args, named, names, read):
    own_args, own = copy.deepcopy((args, named))
    outcome = Outcome()
    try:
        with np.errstate(), warnings.catch_warnings():   # what one call sets is not for the next
            outcome.reading = read(function(*own_args, **own))
    except tuple(_LAST):
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
