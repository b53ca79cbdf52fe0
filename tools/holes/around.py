"""Answers that are right except for what goes in, or for what comes out: rounded, cut, wrapped, one too many."""

import itertools

import numpy as np

from .mutate import Mutant


def _wrapped(dtype):
    """Numbers as they are kept in whole numbers of a few bits."""
    info = np.iinfo(dtype)
    span = int(info.max) - int(info.min) + 1
    return lambda a: (np.floor(a) - int(info.min)) % span + int(info.min)


def _along(axis, change):
    """A change along one axis, where there is such an axis."""
    return lambda a: np.moveaxis(change(np.moveaxis(a, axis, 0)), 0, axis) if a.ndim > axis else a


def _place(number, value):
    """The first or last number of all replaced."""
    def change(a):
        made = np.array(a, float)
        if made.size > 1:
            made.flat[number] = value(made)
        return made

    return change


def _square(a):
    """Rows and columns exchanged where nobody sees it by the shape."""
    return a.swapaxes(-1, -2) if a.ndim > 1 and a.shape[-1] == a.shape[-2] else a


VALUES = {
    "negated": np.negative, "without signs": np.abs, "never below 0": lambda a: np.maximum(a, 0),
    "never above 0": lambda a: np.minimum(a, 0), "at most 1": lambda a: np.minimum(a, 1),
    "at most 255": lambda a: np.minimum(a, 255), "at least -128": lambda a: np.maximum(a, -128),
    "cut to whole numbers": np.trunc, "rounded": np.round, "rounded down": np.floor, "rounded up": np.ceil,
    "rounded to one digit": lambda a: np.round(a, 1), "rounded to three digits": lambda a: np.round(a, 3),
    "in uint8": _wrapped(np.uint8), "in int8": _wrapped(np.int8), "in int16": _wrapped(np.int16),
    "one more": lambda a: a + 1, "one less": lambda a: a - 1, "doubled": lambda a: 2 * a,
}
COUNTS = {   # what is counted has no fraction, and may be large
    "in int32": _wrapped(np.int32), "in single precision": lambda a: a.astype(np.float32).astype(float),
}
PLACES = {
    "sorted": lambda a: np.sort(a, None).reshape(a.shape),
    "with the first 0": _place(0, lambda a: 0), "with the last 0": _place(-1, lambda a: 0),
    "with the first like its neighbour": _place(0, lambda a: a.flat[1]),
    "with the last like its neighbour": _place(-1, lambda a: a.flat[-2]),
}
ALONG = {
    "reversed": lambda a: a[::-1], "rolled": lambda a: np.roll(a, 1, 0), "without the last": lambda a: a[:-1],
    "without the first": lambda a: a[1:], "the first only": lambda a: a[:1], "three at most": lambda a: a[:3],
    "all like the first": lambda a: a[:1].repeat(len(a), 0),
}
NUMBERS = {
    "one more": lambda n: n + 1, "one less": lambda n: n - 1, "at least 1": lambda n: max(n, 1),
    "at least 2": lambda n: max(n, 2), "at most 1": lambda n: min(n, 1), "at most 2": lambda n: min(n, 2),
    "an even number": lambda n: n // 2 * 2, "an odd number": lambda n: n // 2 * 2 + 1, "halved": lambda n: n // 2,
}


def _changes(value, counts=False):
    """All changes of a value like this one."""
    if type(value) is bool:
        return {"the other way": lambda flag: not flag}
    if type(value) is int:
        return NUMBERS
    if not isinstance(value, np.ndarray):
        return {}
    square = {"with rows and columns exchanged where square": _square} if value.ndim > 1 else {}
    along = {f"{name}{f' along axis {axis}' if value.ndim > 1 else ''}": _along(axis, change)
             for axis in range(value.ndim) for name, change in ALONG.items()}
    return VALUES | (COUNTS if counts else {}) | square | along | (PLACES if value.ndim else {})


def around(exercise):
    """Every `Mutant` of this kind of a function that is asked for."""
    truth, args = exercise.known.truth[0].reading, exercise.all_cases[0].args
    if truth.kind == "numbers":
        for name, change in _changes(np.asarray(truth.value), _counts(exercise)).items():
            yield Mutant(f"result {name}", lambda *args, change=change: change(np.asarray(exercise.solution(*args))))
    if truth.kind == "several":
        for place, part in enumerate(exercise.returns):
            for name, change in _changes(truth.value[place], _counts(exercise, place)).items():
                yield Mutant(f"{part} {name}", _of_several(exercise, place, change))
    for place, argument in enumerate(exercise.arguments):
        for name, change in _changes(args[place]).items():
            yield Mutant(f"{argument} {name}", _given(exercise, place, change))
    for (i, first), (j, second) in itertools.combinations(enumerate(exercise.arguments), 2):
        if type(args[i]) is type(args[j]):
            yield Mutant(f"{first} and {second} exchanged", _exchanged(exercise, i, j))


def _counts(exercise, place=None):
    """Is this result made of whole numbers in every case?"""
    values = (np.asarray(true.reading.value if place is None else true.reading.value[place])
              for true in exercise.known.truth)
    return all(value.dtype.kind in "iu" for value in values)


def _of_several(exercise, place, change):
    def answer(*args):
        results = list(exercise.solution(*args))
        results[place] = change(np.asarray(results[place]))
        return tuple(results)

    return answer


def _given(exercise, place, change):
    return lambda *args: exercise.solution(*args[:place], change(args[place]), *args[place + 1:])


def _exchanged(exercise, i, j):
    def answer(*args):
        args = list(args)
        args[i], args[j] = args[j], args[i]
        return exercise.solution(*args)

    return answer
