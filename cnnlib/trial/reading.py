"""What a learner's function returned, read as numbers; or in a sentence why it cannot be."""

import contextlib
import inspect
from collections.abc import MappingView
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from . import words

MOST = 10**7    # numbers that are looked at; a result of more is told by its size alone


@dataclass
class Reading:
    """A result: `kind` is "numbers" (`value` is one array), "several" (a tuple of arrays), "text", "truth", or
    "strange" (`problem` says what is strange about it)."""

    kind: str
    value: object = None
    problem: str | None = None
    exact: bool = True    # computed with whole numbers or in double precision


def read(result, several=0):
    """A `Reading` of whatever came back; `several` is how many arrays are expected, if more than one.

    >>> read([1, 2]).value
    array([1, 2])
    >>> read(None).problem
    'None: is its `return` missing?'
    """
    if isinstance(result, str):
        return Reading("text", result.strip())
    if isinstance(result, (bool, np.bool_)):
        return Reading("truth", bool(result))
    rows = isinstance(result, (tuple, list)) or (isinstance(result, np.ndarray) and result.ndim > 0)
    if several and rows and len(result) == several:
        parts = [_array(part) for part in result]
        strange = [part for part in parts if part.problem]
        return strange[0] if strange else Reading("several", tuple(p.value for p in parts), exact=all(
            p.exact for p in parts))
    return _array(result)


def _array(result):
    if problem := _strange(result):
        return Reading("strange", problem=problem)
    try:
        array = np.array(result, copy=None, subok=False)
    except MemoryError:
        raise
    except ValueError:
        return Reading("strange", problem=f"{words.a(result)} whose rows have different lengths")
    except Exception:   # objects can be anything
        return Reading("strange", problem=words.a(result))
    if isinstance(result, (list, tuple)) and array.dtype.kind == "O" and all(map(_fraction, array.flat)):
        with contextlib.suppress(OverflowError):   # told below
            array = array.astype(float)
    if array.dtype.kind == "O":
        return Reading("strange", problem=_odd(array, result))
    if array.dtype.kind not in "fiu":
        return Reading("strange", problem=_KINDS.get(array.dtype.kind, words.a(array)))
    return Reading("numbers", array.copy(), exact=array.dtype not in (np.float16, np.float32))


def _fraction(item):
    """A number of Python's that an array keeps only as an object, or one that may stand beside it."""
    return isinstance(item, (int, float, Fraction)) and not isinstance(item, bool)


_KINDS = {"b": "truth values (True, False), not numbers", "U": "texts, not numbers", "S": "texts, not numbers",
          "c": "complex numbers: if the imaginary part is nothing but rounding, take `.real`"}


def _strange(result):
    """What is known to be no list of numbers, without looking inside."""
    if result is None:
        return "None: is its `return` missing?"
    if inspect.iscoroutine(result):
        result.close()
        return "a coroutine: write `def`, not `async def`"
    if inspect.isgenerator(result) or isinstance(result, (map, filter, zip, MappingView)):
        return f"{words.a(result)}, which has not calculated anything yet: put it into `list(...)`"
    if isinstance(result, (set, frozenset, dict)):
        return f"{words.a(result)}, which has no order: a list, an array or a plain number has no curly brackets"
    if callable(result):
        return f"{words.a(result)}: are the brackets of a call missing?"
    size = len(result) if isinstance(result, (list, tuple, range)) else getattr(result, "size", 0)
    if isinstance(size, int) and size > MOST:
        return f"{words.a(result)} of {size:,} numbers"
    return None


def _odd(array, result):
    """The first thing in a list that is no number."""
    for place, item in zip(np.ndindex(array.shape), array.ravel(), strict=True):
        if not isinstance(item, (int, float, np.number, Fraction)):
            where = "".join(f"[{i}]" for i in place)
            return f"{words.a(result)} with {words.a(item) if item is not None else 'None'} at {where}"
    if isinstance(result, np.ndarray):
        return f"{words.a(result)}: make numbers of it, `.astype(float)`"
    return f"{words.a(result)} of numbers too large for an array"
