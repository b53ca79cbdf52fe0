"""Two results side by side: are they the same except for rounding, and where do they differ; in numbers and in
words."""

from typing import NamedTuple

import numpy as np

from ..trial import rounding, words

LONGEST = 60          # characters of an argument that are written out


class Complaint(NamedTuple):
    """What is wrong with one result: the less the `rank`, the earlier it has to be told. `differs` says, of one array
    of the right shape, which of its numbers are wrong; `part` is its place where there are several. `explains`: it says
    all there is to say, as of a result that is no number at all."""

    rank: int
    sentence: str
    differs: np.ndarray | None = None
    explains: bool = False
    part: int | None = None


def alike(a, b, margin):
    """Do two outcomes show the same, mistakes included: same numbers, or the same kind of error?"""
    if a.kind or b.kind:
        return a.kind == b.kind
    a, b = a.reading, b.reading
    if a.kind != b.kind or a.problem != b.problem:
        return False
    if a.kind == "numbers":
        return rounding.same(a.value, b.value, margin)
    if a.kind == "several":
        pairs = zip(a.value, b.value, strict=False)
        return len(a.value) == len(b.value) and all(rounding.same(x, y, margin) for x, y in pairs)
    return a.value == b.value


def margin(exercise, case, truth, mine):
    """How far a number of this case may be off and still be right."""
    given = (*case.args, *case.named.values())
    return rounding.margin(given, _parts(truth), mine.exact, exercise.tolerance)


def complaint(exercise, case, mine, truth):
    """The `Complaint` about one result, type and shape before the numbers; None if it is right."""
    if sentence := _of_another_kind(exercise, case, mine, truth):
        same_kind = not mine.problem and [part.ndim for part in _parts(mine)] == [part.ndim for part in _parts(truth)]
        return Complaint(1, sentence, explains=not same_kind)
    if truth.kind in ("text", "truth"):
        same = mine.value == truth.value
        return None if same else Complaint(2, _says(exercise, case, repr(mine.value), repr(truth.value)))
    allowed = margin(exercise, case, truth, mine)
    for k, (name, yours, true) in enumerate(zip(_names(exercise), _parts(mine), _parts(truth), strict=True)):
        differs = rounding.differing(yours, true, allowed)
        place = rounding.first(differs)
        if place is not None:
            found, expected = words.different(float(yours[place]), float(true[place]))
            name += f"[{', '.join(map(str, place))}]" if place else ""
            named = f"{name} = " if place or len(_parts(truth)) > 1 else ""
            said = _says(exercise, case, f"{named}{found}", expected)
            return Complaint(2, said, differs, part=k if truth.kind == "several" else None)
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
    wanted = _kind(truth, exercise)
    if mine.problem:
        return f"{start} {mine.problem}{'' if mine.problem.endswith('?') else '.'} Expected: {wanted}."
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
    """An argument in few characters, a mask in ones and zeros; a large array by its shape."""
    if isinstance(value, np.ndarray) and value.dtype == bool:
        value = value.astype(int)
    text = repr(value.tolist() if isinstance(value, np.ndarray) else value)
    if len(text) <= LONGEST:
        return text
    return f"<shape {value.shape}>" if isinstance(value, np.ndarray) else text[:LONGEST - 1] + "…"


# --- parts ------------------------------------------------------------------------------------------------------------

def _parts(reading):
    return reading.value if reading.kind == "several" else (reading.value,) if reading.kind == "numbers" else ()


def _names(exercise):
    return exercise.returns if isinstance(exercise.returns, tuple) else (exercise.returns,)
