"""How arguments are checked, in one way everywhere: what is asked of them, and the sentence that a wrong one gets.

Every room may use this. A sentence begins with the argument's name and tells what was expected and what was found; what
was found is printed by `shown`, so that no value, however large, fills the page.
"""

import math
import operator
import os
import re

import numpy as np

LONGEST = 60           # characters of a value in a message
MOST = 10**12          # no size, stride or step is larger; what is, is a slip with many digits
MANY = 10**6           # entries of a list that someone wrote
LARGEST = 512 << 20    # bytes: what is small is not made larger than this without being asked about
EXACT = 2**53          # beyond it float64 no longer holds every integer

quiet = np.errstate(all="ignore")   # a decorator: what is infinite or huge goes its way, NumPy need not comment on it


def shown(value, longest=LONGEST):
    """A value as messages print it: its repr on one line, at most `longest` characters of it.

    >>> shown((1, 2)), shown("a" * 100, 10)
    ('(1, 2)', "'aaaaaaaa…")
    """
    try:
        text = " ".join(repr(value).split())
    except Exception:   # an integer of more digits than Python prints, or a repr that is broken
        kind = type(value).__name__
        text = f"{'an' if kind == 'int' else 'a'} {kind} that cannot be printed"
    return text if len(text) <= longest else text[:longest - 1] + "…"


# --- numbers ----------------------------------------------------------------------------------------------------------

def integer(value, name, least, most=MOST):
    """`value` as a plain int from `least` to `most`; anything else raises an error that names the argument."""
    if type(value) is int and least <= value <= most:   # as nearly always
        return value
    try:   # up to NumPy 2.2 its truth values pass for numbers, with a warning
        number = operator.index(None if isinstance(value, np.bool_) else value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, found {shown(value)} ({type(value).__name__})") from None
    if value is True or value is False:
        raise TypeError(f"{name} must be an integer, found the truth value {value}")
    if number < least:
        raise ValueError(f"{name} must be at least {least}, found {shown(number)}")
    if number > most:
        raise ValueError(f"{name} must be at most {most}, found {shown(number)}")
    return number


def real(value, name, expected, good, other=TypeError):
    """`value` as a float if it is a real number and `good(value)`; `expected` says in words what is.

    ValueError for other numbers, the error `other` for other things.
    """
    number = math.nan
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, (bool, np.timedelta64)):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf if value > 0 else -math.inf
        if good(number):
            return number
        raise ValueError(f"{name} must be {expected}, found {shown(value)}")
    raise other(f"{name} must be {expected}, found {shown(value)} ({type(value).__name__})")


def positive(value, name):
    """`value` as a float, a finite number above 0."""
    return real(value, name, "a positive number", lambda number: 0 < number < math.inf, ValueError)


def finite(value, name):
    """`value` as a float, a finite number."""
    return real(value, name, "a finite number", math.isfinite)


def share(value, name, below=1):
    """`value` as a float, 0 or more and less than `below`."""
    return real(value, name, f"a number, 0 <= {name} < {below}", lambda number: 0 <= number < below, ValueError)


def truth(value, name):
    """`value` as True or False; 1 and 0 are taken for these."""
    if isinstance(value, (bool, np.bool_)) or (isinstance(value, (int, np.integer)) and value in (0, 1)):
        return bool(value)
    raise TypeError(f"{name} must be True or False, found {shown(value)} ({type(value).__name__})")


# --- texts and several things -----------------------------------------------------------------------------------------

def text(value, name):
    """`value` if it is text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be text, found {shown(value)} ({type(value).__name__})")
    return value


def label(value, longest=200):
    """A title or a name as text that can be drawn: no longer than that, and what has no shape as a question mark."""
    text = value if isinstance(value, str) else shown(value)
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text[:longest]) + "…" * (len(text) > longest)


def path(value, name="path"):
    """`value` as the text of a path."""
    try:
        place = os.fspath(value)
    except TypeError:
        raise TypeError(f"{name} must be text or a Path, found {shown(value)} ({type(value).__name__})") from None
    if not isinstance(place, str) or not place or "\0" in place or max(map(len, re.split(r"[/\\]", place))) > 255:
        raise ValueError(f"{name} must be the name of a file, found {shown(value)}")
    return place


def several(value, name, what):
    """`value` as a list: of anything gone through in order, but no text, which is one thing and not many."""
    if not isinstance(value, (str, bytes, dict, set, frozenset)):
        try:
            if not hasattr(value, "__len__") or len(value) <= MANY:
                return list(value)
            raise ValueError(f"{name} must be a list of at most {MANY} {what}, found {len(value)} of them")
        except (TypeError, OverflowError):   # no list after all: a number, an array without axes, a class
            pass
    raise TypeError(f"{name} must be a list of {what}, found {shown(value)} ({type(value).__name__})")


def shape(value, name, axes=None):
    """`value` as the shape of an array, a tuple of ints of at least 1; `axes` says how many."""
    if not isinstance(value, (tuple, list)):
        raise TypeError(f"{name} must be a tuple of integers such as (3, 8, 8), found {shown(value)} "
                        f"({type(value).__name__})")
    if axes is not None and len(value) != axes:
        raise ValueError(f"{name} must have {axes} entries, found {shown(value)}")
    return tuple(integer(n, name, 1) for n in value)


# --- arrays -----------------------------------------------------------------------------------------------------------

def as_array(value, name):
    """`value` as an ndarray; refuses None, ragged rows, and masks, which would be dropped in silence."""
    if type(value) is np.ndarray:
        return value
    if value is None:
        raise TypeError(f"{name} must be an array, found None: did the function that made it return nothing?")
    if count := _masked(value):
        raise ValueError(
            f"{name} must hold a number in every cell, found {count} masked cells: "
            f"decide what they count as, for example {name}.filled(0)"
        )
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be a regular array of numbers, found rows of different lengths") from None
    except Exception:   # whatever an object of yours raises when it is asked for its numbers
        raise TypeError(f"{name} must be an array of numbers, found {shown(value)}: it cannot become one") from None


_PARTS = list, tuple, np.ma.MaskedArray
_PLAIN = {bool, int, float, np.float64}   # of which no part is masked


def _masked(value, depth=32):
    """How many cells are masked, in an array or in lists of them."""
    if isinstance(value, (list, tuple)):
        kinds = set(map(type, value))
        if kinds <= _PLAIN or not depth:
            return 0
        return sum(_masked(part, depth - 1) for part in value) if any(issubclass(k, _PARTS) for k in kinds) else 0
    return int(np.ma.count_masked(value)) if isinstance(value, np.ma.MaskedArray) else 0


_KINDS = {
    "c": ": take {0}.real or np.abs({0})",
    "O": ", which is what mixed types and integers beyond 64 bits become",
    "U": ": text? Convert it with {0}.astype(float)",
}


def numbers(value, name):
    """`value` as a float array that is not empty; integers and truth values become float64, float dtypes stay.

    TypeError for anything but real numbers; ValueError for none, and for integers that float64 cannot hold exactly.
    """
    array = as_array(value, name)
    kind = array.dtype.kind
    if kind not in "fiub":
        raise TypeError(f"{name} must hold real numbers, found dtype {array.dtype!s:.60}"
                        f"{_KINDS.get(kind, '').format(name)}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, found shape {array.shape}; every axis must hold at least one element")
    if kind != "f":
        _refuse_inexact(array, name)
        array = array.astype(np.float64)
    if not array.dtype.isnative:   # numbers from a file of another machine: the same, in the order of this one
        array = array.astype(array.dtype.newbyteorder("="))
    return array


def _refuse_inexact(array, name):
    if array.dtype.itemsize == 8 and (array.max() > EXACT or array.min() < -EXACT):
        worst = max(int(array.max()), -int(array.min()))
        raise ValueError(
            f"{name} holds an integer of size {worst}, found dtype {array.dtype}: above 2**53 = {EXACT} integers "
            "overflow what float64 can hold exactly; rescale, or convert to float yourself if rounding is fine"
        )


def room(sizes, itemsize, what, change, given=0):
    """Raise ValueError where an array of these sizes is too large to be made: before it is made.

    `given` is how many bytes the user gave: what is at most 16 times as large was asked for.
    """
    needed = math.prod(sizes) * itemsize
    if needed > max(LARGEST, 16 * given):
        amount = f"{needed / 2**30:.3g} GB" if needed < 2**60 else "more memory than there is"
        raise ValueError(f"{what} would be {' x '.join(map(str, sizes))} numbers, {amount}; {change}")
