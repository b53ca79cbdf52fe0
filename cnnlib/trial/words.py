"""What a learner's function did, in words: its error with the learner's own line, what it printed, what it returned."""

import ast
import contextlib
import inspect
import linecache
import re
import traceback
from pathlib import Path

import numpy as np

PRINTED = 2000    # characters kept of what the function prints
QUOTED = 160      # characters quoted of an error, a line of code or a value
_PACKAGES = Path(np.__file__).resolve().parents[1]
_HERE = Path(__file__).resolve().parents[1]


class Waits(BaseException):
    """Somebody's code waits for someone, and nobody is there: what it does, and what there is in its place. Not an
    Exception, so that `except Exception` does not hold it up."""


# What Python and NumPy say most often to beginners, and what it comes from.
PLAIN = [
    ("'(?:tuple|list|numpy.ndarray)' object cannot be interpreted as an integer",
     "Where one number was meant, there is a whole list: `for n in values` goes through it, `range(len(values))` "
     "through its places."),
    ("object cannot be interpreted as an integer|slice indices must be integers|only integers, slices",
     "Sizes and places are whole numbers: `/` always makes a fraction, `//` divides and rounds down."),
    ("truth value of an array with more than one element is ambiguous",
     "Where one number was meant, there is a whole array: NumPy's `.max()`, `.min()` and `.any()` give one, "
     "and `np.maximum` compares each of its numbers."),
    ("setting an array element with a sequence|only (?:length-1|0-dimensional) arrays can be converted",
     "Where one number was meant, there is a whole array: is a sum or another index missing?"),
    ("operands could not be broadcast together|not aligned|has a mismatch in its core dimension",
     "Two arrays of different sizes meet there: print their `.shape`."),
    ("index -?\\d+ is out of bounds|(?:list|tuple|string) index out of range",
     "Counting starts at 0, so the last of n cells is n - 1."),
    ("'NoneType' object has no attribute '(?:append|extend|insert|sort)'",
     "Such a method changes the list itself and gives None back: write `values.append(n)`, without `values =`."),
    ("has no attribute 'append'", "An array cannot grow: collect in a list, or make the array as large as it will be."),
    ("unsupported operand.*'NoneType'|'NoneType' object is not", "None is what a function gives without `return`."),
]


def stopped(error, function):
    """Which error, where in the learner's own lines, what it says; and in plain words, if its own help nobody.

    >>> def divide(x):
    ...     return 1 / x
    >>> try:
    ...     divide(0)
    ... except ZeroDivisionError as error:
    ...     stopped(error, divide)
    'Your function stopped with ZeroDivisionError in line 2, `return 1 / x`: division by zero.'
    """
    line, said = where(error, function), ""
    with contextlib.suppress(Exception):   # an error of the learner's own may not even be able to say what it is
        said = " ".join(plain(str(error)[:PRINTED]).split())
    if any(isinstance(each, RecursionError) for each in _chain(error)):
        return endless(line)
    if isinstance(error, SystemExit):
        return left(line)
    if isinstance(error, Waits):
        return f"Your function {error.args[0]}{line}: {error.args[1]}."
    numpys = type(error).__module__.startswith("numpy")
    if numpys and re.search(r"from dtype\('float\d+'\) to dtype\('u?int", said):
        return f"Your function puts fractions into an array of whole numbers{line}: {_with_fractions(line)}."
    told = f"{_name(error)}{line}" + (f": {short(said, quoted=False)}" if said else "")
    advice = next((f" {advice}" for pattern, advice in PLAIN if re.search(pattern, said)), "")
    return f"Your function stopped with {told.rstrip('.')}.{advice}"


def endless(line):
    """What is said of recursion without end."""
    return f"Your function calls itself without end{line}, or deeper than Python can follow: what stops it?"


def left(line):
    """What is said of a function that ends Python."""
    return f"Your function ends the whole program{line}: a function ends with `return`."


def _with_fractions(line):
    """What to do where a `line`, as `where` tells it, puts fractions into an array of whole numbers."""
    with contextlib.suppress(Exception):   # it is cut off, or half of a statement
        tree = ast.parse(line.partition("`")[2].removesuffix("`"))
        change, = (node for node in ast.walk(tree) if isinstance(node, ast.AugAssign))
        if isinstance(change.target, ast.Subscript):
            array = ast.unparse(change.target.value)
            return f"make it an array of fractions first, `{array} = {array}.astype(float)`"
        name, made = ast.unparse(change.target), ast.unparse(ast.BinOp(change.target, change.op, change.value))
        return f"make a new array, `{name} = {made}` instead of `{ast.unparse(change)}`"
    return "make it an array of fractions first, with `.astype(float)`"


def _chain(error):
    """An error and those it came from."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def changes(names):
    """What is said of arguments that the function changed, by their names.

    >>> changes(["x", "w"])
    'changes x and w in place: work on a copy, `x.copy()`.'
    """
    return f"changes {' and '.join(names)} in place: work on a copy, `{names[0]}.copy()`."


REMEMBERS = ("Called again with the same numbers, your function gives another result: it must keep nothing from one "
             "call to the next, neither in a default such as `y=[]` nor in a global name, and draw nothing at random.")


def where(error, function):
    """The last line of the learner's own code that ran, as " in line 3, `the code`"; "" if it never came to that."""
    with contextlib.suppress(Exception):
        if isinstance(error, SyntaxError) and error.lineno and error.text:
            return _said(error.lineno, error.text)
        calls = traceback.walk_tb(error.__traceback__)
        return at([(frame.f_code.co_filename, line) for frame, line in calls], function)
    return ""


def at(places, function):
    """The same, given (file, line) of each call, the innermost last."""
    home = getattr(getattr(inspect.unwrap(function), "__code__", None), "co_filename", None)
    own = [(name, line) for name, line in places if name == home or not _of_a_package(name)]
    return _said(own[-1][1], linecache.getline(*own[-1])) if own else ""


def _said(line, code):
    code = plain(code).strip()
    return f" in line {line}" + (f", `{short(code, quoted=False)}`" if code else "")


def _of_a_package(filename):
    """Is this file part of an installed package, of Python itself, or of cnnlib?"""
    if filename.startswith("<frozen"):
        return True
    path = Path(filename)
    return path.is_absolute() and any(
        path.is_relative_to(folder) for folder in (_PACKAGES, _HERE, Path(inspect.__file__).resolve().parent)
    )


# --- words ------------------------------------------------------------------------------------------------------------

def different(a, b):
    """Two floats with as many digits as it takes to see that they differ; whole ones whole.

    >>> different(3.0, 5.0), different(0.3, 0.30000001)
    ((3, 5), ('0.3', '0.30000001'))
    """
    if a.is_integer() and b.is_integer() and max(abs(a), abs(b)) < 1e12:
        return int(a), int(b)
    for digits in range(6, 18):
        texts = f"{a + 0:.{digits}g}", f"{b + 0:.{digits}g}"
        if texts[0] != texts[1]:
            break
    return texts


def plain(text):
    r"""A text that every page can hold: without colours and other signs that cannot be seen.

    >>> plain("\x1b[31mred\x1b[0m and \0 or \ud800") == "red and \ufffd or \ufffd"
    True
    """
    return re.sub(r"[^\n\t -~\xa0-\ud7ff\ue000-\U0010ffff]", "\ufffd", re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", text))


def short(value, quoted=True):
    """A value in at most `QUOTED` characters: its repr, or with `quoted=False` the text itself.

    >>> short(np.array([1, 2]))
    '[1, 2]'
    """
    text = repr(value.tolist() if isinstance(value, np.ndarray) else value) if quoted else value
    text = plain(text)
    return text if len(text) <= QUOTED else text[:QUOTED - 1] + "…"


def listed(names):
    """Names one of which is meant: "x or w"."""
    return " or ".join(names)


def a(value):
    """What kind of thing this is, with its article."""
    name = f"array of dtype {value.dtype}" if isinstance(value, np.ndarray) else _name(value)
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _name(value):
    """The name of its type."""
    return short(plain(type(value).__name__).replace("\n", " "), quoted=False)
