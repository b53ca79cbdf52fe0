"""Two results side by side: are they the same but for rounding, and where do they part; in numbers and in words."""

import numpy as np

from ..trial import words

ROUNDING = 1e-9       # of the largest number that goes in: what adding up in another order may change
SINGLE = 1e-5         # of what goes in and comes out: the same for results in single precision
WHOLE = 0.01          # whole numbers are never taken for their neighbours, however large they are
LONGEST = 60          # characters of an argument that are written out


def alike(a, b, margin):
    """Do two outcomes show the same, mistakes included: same numbers, or the same kind of error?"""
    if a.kind or b.kind:
        return a.kind == b.kind
    a, b = a.reading, b.reading
    if a.kind != b.kind or a.problem != b.problem:
        return False
    if a.kind in ("numbers", "several"):
        pairs = list(zip(_parts(a), _parts(b), strict=False))
        return len(_parts(a)) == len(_parts(b)) and all(
            x.shape == y.shape and _parting(x, y, margin) is None for x, y in pairs)
    return a.value == b.value


def margin(exercise, case, truth, mine):
    """How far a number may be off and still be right: rounding, never more."""
    arguments = [np.abs(np.asarray(arg, float)) for arg in (*case.args, *case.named.values()) if _is_numeric(arg)]
    inside = max((arg.max() for arg in arguments if arg.size), default=0.0)
    results = [np.abs(part[np.isfinite(part)]) for part in _parts(truth)]
    outside = max((part.max() for part in results if part.size), default=0.0)
    allowed = exercise.tolerance * outside + ROUNDING * inside
    if not mine.exact:
        allowed = max(allowed, SINGLE * (inside + outside))
    whole = all((part == np.round(part)).all() for part in results)
    return min(allowed, WHOLE) if whole else allowed


def complaint(exercise, case, mine, truth):
    """What is wrong with one result, type and shape before the numbers: (how bad, sentence), or None if it is right.

    The less the first number, the earlier it has to be told.
    """
    if sentence := _of_another_kind(exercise, case, mine, truth):
        return 1, sentence
    if truth.kind in ("text", "truth"):
        return None if mine.value == truth.value else (2, _says(exercise, case, repr(mine.value), repr(truth.value)))
    allowed = margin(exercise, case, truth, mine)
    for name, yours, true in zip(_names(exercise), _parts(mine), _parts(truth), strict=True):
        place = _parting(yours, true, allowed)
        if place is not None:
            found, expected = words.different(float(yours[place]), float(true[place]))
            name += f"[{', '.join(map(str, place))}]" if place else ""
            named = f"{name} = " if place or len(_parts(truth)) > 1 else ""
            return 2, _says(exercise, case, f"{named}{found}", expected)
    return None


def call(exercise, case, names):
    """The call in the learner's words: "slide(x=[0, 1], w=[1])"."""
    given = [*zip(names, case.args, strict=False), *case.named.items()]
    return f"{exercise.name}({', '.join(f'{name}={_written(value)}' for name, value in given)})"


# --- words ------------------------------------------------------------------------------------------------------------

def _says(exercise, case, found, expected):
    """The wrong number, and the right one unless the exercise asks for just that."""
    if exercise.ask == "value":
        return f"{found} is not it."
    return f"{call(exercise, case, exercise.arguments)} gives {found}, expected {expected}."


def _of_another_kind(exercise, case, mine, truth):
    """Type and shape: a sentence, or None if both are as they should be."""
    start = "The answer is" if exercise.ask == "value" else f"{call(exercise, case, exercise.arguments)} gives"
    if mine.problem:
        return f"{start} {mine.problem}".rstrip("?.") + ("?" if mine.problem.endswith("?") else ".")
    wanted = _kind(truth, exercise)
    if mine.kind != truth.kind:
        return f"{start} {_kind(mine, exercise)}, expected {wanted}."
    if truth.kind not in ("numbers", "several"):
        return None
    for name, yours, true in zip(_names(exercise), _parts(mine), _parts(truth), strict=True):
        if yours.shape != true.shape:
            name = f"{name} as " if truth.kind == "several" else ""
            found, expected = _size(yours), _size(true)
            if yours.ndim == true.ndim == 1:
                found, expected = _count(yours), true.size
            return f"{start} {name}{found}, expected {expected}."
    return None


def _kind(reading, exercise):
    if reading.kind == "numbers":
        return _size(reading.value)
    if reading.kind == "several":
        return f"{len(reading.value)} results ({', '.join(exercise.returns)})"
    return {"text": "a text", "truth": "True or False"}[reading.kind]


def _size(array):
    if array.ndim == 0:
        return "one plain number"
    if array.ndim == 1:
        return f"a list of {_count(array)}"
    return f"an array of shape {array.shape}"


def _count(array):
    return f"{array.size} number{'s' * (array.size != 1)}"


def _written(value):
    """An argument in few characters; a large array by its shape."""
    text = repr(value.tolist() if isinstance(value, np.ndarray) else value)
    if len(text) <= LONGEST:
        return text
    return f"<shape {value.shape}>" if isinstance(value, np.ndarray) else text[:LONGEST - 1] + "…"


# --- numbers ----------------------------------------------------------------------------------------------------------

def _parts(reading):
    return reading.value if reading.kind == "several" else (reading.value,) if reading.kind == "numbers" else ()


def _names(exercise):
    return exercise.returns if isinstance(exercise.returns, tuple) else (exercise.returns,)


def _is_numeric(value):
    return isinstance(value, (int, float, np.number)) or (isinstance(value, np.ndarray) and value.dtype.kind in "fiu")


def _parting(a, b, allowed):
    """The first place, in rows, where two arrays of one shape differ by more than `allowed`; None if nowhere."""
    with np.errstate(all="ignore"):
        same = (np.abs(a.astype(float) - b) <= allowed) | (a == b) | (np.isnan(a) & np.isnan(b))
    return None if same.all() else tuple(map(int, np.unravel_index(np.argmin(same), same.shape)))
