"""What a learner's function returned, read as numbers; or in a sentence why it cannot be."""

import contextlib
import inspect
from collections.abc import Collection, Iterator, MappingView, Sequence
from dataclasses import dataclass

import numpy as np

from . import words

DEEPEST = 64    # lists in lists: as many axes as an array may have
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
    if isinstance(result, np.ndarray) and result.ndim == 0 and result.dtype.kind in "bU":
        result = result.item()
    if isinstance(result, str):
        return Reading("text", result.strip())
    if isinstance(result, (bool, np.bool_)):
        return Reading("truth", bool(result))
    rows = isinstance(result, Sequence) or (isinstance(result, np.ndarray) and result.ndim > 0)
    if several and rows and len(result) == several:
        parts = [_array(part) for part in result]
        strange = [part for part in parts if part.problem]
        return strange[0] if strange else Reading("several", tuple(p.value for p in parts), exact=all(
            p.exact for p in parts))
    whole = _array(result)
    if several and isinstance(result, tuple) and whole.problem and "different lengths" in whole.problem:
        whole.problem = f"{len(result)} results"   # they do not have to be rows of anything
    return whole


def _array(result):
    if problem := _strange(result):
        return Reading("strange", problem=problem)
    try:
        array = np.array(result, copy=None, subok=False)
        if array.ndim == 0 and array.dtype.kind == "O" and array is not result and isinstance(result, Collection):
            array = np.array(list(result))   # a container of the learner's own
    except MemoryError:
        raise
    except ValueError:
        return Reading("strange", problem=f"{words.a(result)} whose rows have different lengths")
    except Exception:   # objects can be anything
        return Reading("strange", problem=words.a(result))
    if array.dtype.kind == "O" and all(map(_is_number, array.flat)):
        with contextlib.suppress(OverflowError):   # told below
            array = array.astype(float)
    if array.dtype.kind == "O":
        return Reading("strange", problem=_odd(array, result))
    if array.dtype.kind not in "fiu":
        return Reading("strange", problem=_KINDS.get(array.dtype.kind, words.a(array)))
    return Reading("numbers", array.copy(), exact=array.dtype not in (np.float16, np.float32))


def _is_number(item):
    """Is this a number that an array keeps only as an object (Fraction, Decimal), or one that may stand beside it?"""
    kind = type(item)
    truth_or_complex = issubclass(kind, (bool, np.bool_, np.complexfloating))
    return hasattr(kind, "__float__") and not truth_or_complex and np.ndim(item) == 0


_KINDS = {"b": "truth values (True, False), not numbers", "U": "texts, not numbers", "S": "texts, not numbers",
          "c": "complex numbers: if the imaginary part is nothing but rounding, take `.real`"}


def _strange(result):
    """What is known to be no list of numbers, without looking inside."""
    if result is None:
        return "None: is its `return` missing?"
    if inspect.iscoroutine(result) or inspect.isasyncgen(result):
        getattr(result, "close", int)()
        return f"{words.a(result)}: write `def`, not `async def`"
    if isinstance(result, (Iterator, MappingView)) and not hasattr(result, "__array__"):
        return f"{words.a(result)}, which has not calculated anything yet: put it into `list(...)`"
    if isinstance(result, (set, frozenset, dict)):
        return f"{words.a(result)}, which has no order: a list, an array or a plain number has no curly brackets"
    if callable(result):
        return f"{words.a(result)}: are the brackets of a call missing?"
    size = len(result) if isinstance(result, (list, tuple, range)) else getattr(result, "size", 0)
    if isinstance(size, int) and size > MOST:
        return f"{words.a(result)} of {size:,} numbers"
    if _holds_itself(result):
        return f"{words.a(result)} that holds itself: append a number to it, not the list"
    return None


def _holds_itself(result):
    """Does a list stand in itself, at any depth? NumPy would go round in it, and take seconds or more."""
    inside, done = set(), set()

    def meets(part):
        if not isinstance(part, (list, tuple)) or id(part) in done or len(inside) > DEEPEST:
            return False
        if id(part) in inside:
            return True
        inside.add(id(part))
        found = any(map(meets, part))
        inside.discard(id(part))
        done.add(id(part))
        return found

    return meets(result)


def _odd(array, result):
    """The first thing in a list that is no number."""
    for place, item in zip(np.ndindex(array.shape), array.ravel(), strict=True):
        if not _is_number(item):
            where = "".join(f"[{i}]" for i in place)
            return f"{words.a(result)} with {words.a(item) if item is not None else 'None'} at {where}"
    return f"{words.a(result)} of numbers too large for an array"
