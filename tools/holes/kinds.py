"""Answers that are right, except for inputs of one kind: each such kind needs a case wherever there may be one."""

import itertools

import numpy as np

from .mutate import Mutant

OF_ARRAYS = {
    "with a negative number": lambda a: (a < 0).any(), "with nothing but negative numbers": lambda a: (a < 0).all(),
    "with a fraction": lambda a: (a != np.round(a)).any(), "with whole numbers only": lambda a: a.dtype.kind == "i",
    "with a 0": lambda a: (a == 0).any(), "without a 0": lambda a: (a != 0).all(),
    "with two equal numbers": lambda a: len(np.unique(a)) < a.size,
    "of one number again and again": lambda a: (a == a.flat[0]).all() and a.size > 1,
    "with a number above 255": lambda a: (a > 255).any(), "of a single number": lambda a: a.size == 1,
    "that adds up to 0": lambda a: a.sum() == 0,
}
OF_SIDES = {
    "1": lambda n: n == 1, "2": lambda n: n == 2, "more than 3": lambda n: n > 3,
    "an even number": lambda n: n % 2 == 0, "an odd number above 1": lambda n: n % 2 == 1 and n > 1,
}
OF_NUMBERS = {
    "0": lambda n: n == 0, "1": lambda n: n == 1, "2": lambda n: n == 2, "more than 2": lambda n: n > 2,
    "an even number": lambda n: n % 2 == 0 and n > 0, "an odd number": lambda n: n % 2 == 1,
}
OF_TWO = {"<": lambda a, b: a < b, "=": lambda a, b: a == b, ">": lambda a, b: a > b}
OF_RESULTS = {
    "with a negative number": lambda a: (a < 0).any(), "with a fraction": lambda a: (a != np.round(a)).any(),
    "with a 0": lambda a: (a == 0).any(), "with nothing but 0": lambda a: not a.any(),
    "with a number above 255": lambda a: (a > 255).any(),
    "with a number above 32767": lambda a: (a > 32767).any(), "of a single number": lambda a: a.size == 1,
}


def kinds(exercise):
    """A `Mutant` for every kind of input and output of a function that is asked for."""
    for kind, is_one in _kinds(exercise):
        def answer(*args, is_one=is_one):
            return None if is_one(args) else exercise.solution(*args)

        yield Mutant(f"except {kind}", answer)


def _kinds(exercise):
    """(kind, its test of the arguments)."""
    names, first = exercise.arguments, exercise.all_cases[0].args
    arrays = [i for i, value in enumerate(first) if isinstance(value, np.ndarray)]
    numbers = [i for i, value in enumerate(first) if type(value) is int]
    for i in arrays:
        yield from _of(names[i], OF_ARRAYS, lambda args, i=i: (args[i],))
        for axis in range(first[i].ndim):
            side = f"{names[i]}.shape[{axis}]"
            yield from _of(f"{side} =", OF_SIDES, lambda args, i=i, axis=axis: (args[i].shape[axis],))
    for i in numbers:
        yield from _of(f"{names[i]} =", OF_NUMBERS, lambda args, i=i: (args[i],))
    for i, j in itertools.combinations(numbers, 2):
        for sign, test in OF_TWO.items():
            yield f"{names[i]} {sign} {names[j]}", lambda args, i=i, j=j, test=test: test(args[i], args[j])
        yield (f"{names[i]} and {names[j]} above 1", lambda args, i=i, j=j: min(args[i], args[j]) > 1)
    sides = [(i, axis) for i in arrays for axis in range(first[i].ndim)]
    for (i, axis), (j, other) in itertools.combinations(sides, 2):
        if i != j and first[i].ndim - axis != first[j].ndim - other:
            continue             # of two arrays, sides that lie alike
        for sign, test in OF_TWO.items():
            yield (f"{names[i]}.shape[{axis}] {sign} {names[j]}.shape[{other}]",
                   lambda args, i=i, axis=axis, j=j, other=other, test=test: test(args[i].shape[axis],
                                                                                  args[j].shape[other]))
    for (i, axis), j in itertools.product([side for side in sides if first[side[0]].ndim == 1], numbers):
        for sign, test in OF_TWO.items():
            yield (f"{names[i]}.shape[{axis}] {sign} {names[j]}",
                   lambda args, i=i, axis=axis, j=j, test=test: test(args[i].shape[axis], args[j]))
    truth = exercise.known.truth[0].reading
    for i, axis in itertools.product(numbers, range(np.ndim(truth.value) if truth.kind == "numbers" else 0)):
        yield (f"{names[i]} above 2 and more than 2 results along axis {axis}",
               lambda args, i=i, axis=axis: args[i] > 2 and np.shape(exercise.solution(*args))[axis] > 2)
    for i, j in itertools.permutations(arrays, 2):
        if first[i].shape == first[j].shape:
            yield (f"{names[i]} with a number that is not in {names[j]}",
                   lambda args, i=i, j=j: not np.isin(args[i], args[j]).all())
    yield from _of_results(exercise)


def _of(name, tests, value):
    for kind, test in tests.items():
        yield f"{name} {kind}", lambda args, test=test: test(*value(args))


def _of_results(exercise):
    kind = exercise.known.truth[0].reading.kind
    names = {"numbers": ["result"], "several": exercise.returns}.get(kind, [])
    for place, name in enumerate(names):
        def value(args, place=place):
            result = exercise.solution(*args)
            return (np.asarray(result[place] if kind == "several" else result),)

        yield from _of(name, OF_RESULTS, value)
