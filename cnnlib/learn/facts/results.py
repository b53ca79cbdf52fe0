"""Changes of a result. A phrase follows "Your numbers are the right ones," or "This is what comes out for ...,"."""

import operator
from typing import NamedTuple

import numpy as np


class Change(NamedTuple):
    """What is changed, in words, and how: `change(what, args)`, or `change(args)` of inputs. The less the `rank`, the
    simpler: 0 is met so often that little evidence will do, and that it is tried together with others."""

    phrase: str
    change: object
    rank: int = 1


# In a row: a phrase, or all of the sentence; what becomes of the result; and a rank, if it is not 1.
VALUES = (
    ("with the opposite sign", np.negative, 0),
    ("without the sign", np.abs, 0),
    ("with every number below 0 set to 0", lambda y: np.maximum(y, 0), 0),
    ("cut off at 0 and 255", lambda y: np.clip(y, 0, 255)),
    ("rounded to whole numbers", np.rint, 0),
    ("with the decimals cut off", np.trunc, 0),
    ("rounded down to whole numbers", np.floor),
    ("rounded up to whole numbers", np.ceil, 0),
    ("rounded to one decimal", lambda y: np.round(y, 1)),
    ("rounded to two decimals", lambda y: np.round(y, 2)),
    *((f"kept as {kind}: whole numbers that wrap round", lambda y, kind=kind: np.trunc(y).astype("i8").astype(kind))
      for kind in ("uint8", "int8", "uint16", "int16", "int32")),
    *((f"multiplied by {k}", lambda y, k=k: y * k) for k in (10, 100, 1000)),
    *((f"divided by {k}", lambda y, k=k: y / k) for k in (10, 100, 1000)),
    ("squared", np.square),
    ("subtracted from 1", lambda y: 1 - y, 0),
    ("with 1 divided by each", np.reciprocal),
    ("divided by the largest of them", lambda y: y / np.abs(y).max()),
    ("divided by their sum", lambda y: y / y.sum()),
    ("but only their signs: -1, 0 or 1", np.sign),
    ("but with 1 for everything that is not 0", lambda y: np.where(y, 1, 0)),
    ("but with 1 for everything above 0, and 0 elsewhere", lambda y: np.where(y > 0, 1, 0)),
)
LISTS = (
    ("All your numbers are 0, but there are as many as there should be.", lambda y: y * 0.0),
    ("All your numbers are 1, but there are as many as there should be.", lambda y: y * 0.0 + 1, 2),
    ("sorted by size", lambda y: np.sort(y, None).reshape(y.shape)),
    ("but all in one list", np.ravel, 0),
    ("but all added up to one number", np.sum, 0),
    ("but as one number, their mean", np.mean),
    ("divided by how many there are", lambda y: y / y.size),
    ("but only the largest", np.max),
    ("but only the smallest", np.min),
    ("but only the place of the largest", np.argmax, 2),
    ("but only the first, as a plain number", lambda y: y.flat[0]),
    ("but only the last, as a plain number", lambda y: y.flat[-1]),
    ("each added to all before it", lambda y: np.cumsum(y).reshape(y.shape), 0),
    ("but with 0 everywhere except the first place", lambda y: _alone(y, 0)),
    ("but with 0 everywhere except the last place", lambda y: _alone(y, -1)),
)
IMAGES = (
    ("with rows and columns swapped", lambda y: y.swapaxes(-1, -2), 0),
    ("in reverse order in both directions", lambda y: y[..., ::-1, ::-1], 0),
    ("but the last row and column are missing", lambda y: y[..., :-1, :-1], 0),
    ("but the first row and column are missing", lambda y: y[..., 1:, 1:]),
    ("but with 0 in the last row and column", lambda y: _with_0(_with_0(y, -1, -1), -2, -1), 2),
    ("but with 0 in the first row and column", lambda y: _with_0(_with_0(y, -1, 0), -2, 0), 2),
    ("with a frame of zeros", lambda y: _padded(_padded(y, -1, 1, 1), -2, 1, 1)),
)


def nouns(ndim, noun="number"):
    """What there is along each axis; `noun` is what a list has."""
    return (noun,) * ndim if ndim < 2 else {2: ("row", "column"), 3: ("map", "row", "column")}.get(ndim, ())


def changes(ndim, noun="number"):
    """The `Change`s of a result with so many axes."""
    rows = [*VALUES, *(LISTS if ndim else ()), *(IMAGES if ndim > 1 else ())]
    for axis, each in enumerate(nouns(ndim, noun), -ndim):
        rows += _along(axis, each, "" if ndim == 1 else f" along the {each}s")
    return [Change(phrase, lambda y, _, change=change: change(y), *rank) for phrase, change, *rank in rows]


def _along(axis, noun, where):
    zero = f"{noun} of zeros" if where else "0"
    yield from (
        (f"but the last {noun} is missing", lambda y: _part(y, axis, slice(-1)), 0),
        (f"but the first {noun} is missing", lambda y: _part(y, axis, slice(1, None)), 0),
        (f"but with 0 in the last place{where}", lambda y: _with_0(y, axis, -1)),
        (f"but with 0 in the first place{where}", lambda y: _with_0(y, axis, 0)),
        (f"with an extra {zero} at the end", lambda y: _padded(y, axis, 0, 1)),
        (f"with an extra {zero} at the beginning", lambda y: _padded(y, axis, 1, 0)),
        (f"but only every second {noun}", lambda y: _part(y, axis, slice(None, None, 2))),
        (f"but only the first {noun}", lambda y: _part(y, axis, slice(1)), 0),
        (f"but only the last {noun}", lambda y: _part(y, axis, slice(-1, None))),
        (f"but with the last {noun} in every place", lambda y: y.take([-1] * y.shape[axis], axis)),
        (f"in reverse order{where}", lambda y: np.flip(y, axis), 0),
        (f"shifted forward by one{where}, wrapping round", lambda y: np.roll(y, 1, axis)),
        (f"shifted back by one{where}, wrapping round", lambda y: np.roll(y, -1, axis)),
        (f"shifted forward by one{where}, with 0 coming in", lambda y: _with_0(np.roll(y, 1, axis), axis, 0)),
        (f"shifted back by one{where}, with 0 coming in", lambda y: _with_0(np.roll(y, -1, axis), axis, -1)),
        (f"each minus the one before it{where}", lambda y: np.diff(y, axis=axis)),
    )
    if where:   # of a list these are among LISTS
        yield from (
            (f"but only the first {noun}, with one axis fewer", lambda y: y.take(0, axis)),
            (f"but only the last {noun}, with one axis fewer", lambda y: y.take(-1, axis)),
            (f"but all {noun}s added up", lambda y: y.sum(axis)),
            (f"but only the largest{where}", lambda y: y.max(axis)),
            (f"each added to all before it{where}", lambda y: np.cumsum(y, axis)),
        )


def _part(y, axis, part):
    return y[(slice(None),) * (y.ndim + axis) + (part,)]


def _with_0(y, axis, place):
    y = y.copy()
    np.moveaxis(y, axis, 0)[place] = 0
    return y


def _alone(y, place):
    return np.where(np.arange(y.size) == range(y.size)[place], y.ravel(), 0).reshape(y.shape)


def _padded(y, axis, before, behind):
    return np.pad(y, [(before, behind) if a == y.ndim + axis else (0, 0) for a in range(y.ndim)])


# --- with a number ----------------------------------------------------------------------------------------------------

def _by(word, number, rank):
    """The four changes by `number(args)`, called `word`."""
    for phrase, made, more in (("multiplied by {}", operator.mul, 0), ("divided by {}", operator.truediv, 0),
                               ("with {} added", operator.add, 1), ("with {} subtracted", operator.sub, 1)):
        yield Change(phrase.format(word), lambda y, args, made=made: made(y, number(args)), rank + more)


def by_arguments(names, args):
    """The changes by every number there is in the arguments: themselves, their squares and products, lengths, sums."""
    named = [(p, name, arg) for p, (name, arg) in enumerate(zip(names, args, strict=False))]
    wholes = [(p, name) for p, name, arg in named if type(arg) is int]
    for p, name, arg in named:
        if isinstance(arg, np.ndarray) and arg.ndim and arg.dtype.kind in "fiu":
            yield from _by(f"`len({name})`", lambda args, p=p: len(args[p]), 0)
            yield from _by(f"the sum of `{name}`", lambda args, p=p: args[p].sum(), 1)
            if arg.ndim > 1:
                yield from _by(f"`{name}.size`", lambda args, p=p: args[p].size, 1)
        elif type(arg) is int:
            yield from _by(f"`{name}`", lambda args, p=p: args[p], 0)
            yield from _by(f"`{name} ** 2`", lambda args, p=p: args[p] ** 2, 1)
            for q, other in wholes:
                if q > p:
                    yield from _by(f"`{name} * {other}`", lambda args, p=p, q=q: args[p] * args[q], 2)


def by_constants(mine, true):
    """The changes by the same number everywhere, as one place suggests it: a factor, a step, a limit."""
    if mine.shape != true.shape or {mine.dtype.kind, true.dtype.kind} - set("fiu"):
        return
    known = np.isfinite(mine) & np.isfinite(true)
    if not known.any():
        return
    place = np.where(known, np.abs(true), -1).argmax()
    a, b = float(mine.flat[place]), float(true.flat[place])
    for way, number in enumerate((a / b if b else 0, b / a if a else 0, a - b, b - a)):   # as in `_by`
        whole = round(number)
        if abs(number - whole) < 1e-6 and (1 < abs(whole) < 1001 if way < 2 else 0 < whole < 1001):
            yield list(_by(whole, lambda _, whole=whole: whole, 1))[way]
    for word, limit, made in (("below", mine[known].min(), np.maximum), ("above", mine[known].max(), np.minimum)):
        if 0 < abs(limit) < 1001 and limit == round(limit):
            yield Change(f"with {limit:.0f} instead of everything {word} it",
                         lambda y, _, limit=limit, made=made: made(y, limit), 2)
