"""Changes of a result. Each phrase goes on after "Your numbers are the right ones, ..."."""

from typing import NamedTuple

import numpy as np


class Change(NamedTuple):
    """What is changed, in words, and how. A `plain` one is met so often that little evidence will do, and that it is
    tried together with others; one that `asks` gets the arguments, too."""

    phrase: str
    change: object
    plain: bool = False
    asks: bool = False


NOUNS = {0: (), 1: ("number",), 2: ("row", "column"), 3: ("map", "row", "column")}

VALUES = [
    Change("with the sign turned round", np.negative, True),
    Change("without the sign", np.abs, True),
    Change("with 0 in place of all that is below 0", lambda y: np.maximum(y, 0), True),
    Change("cut off at 0 and 255", lambda y: np.clip(y, 0, 255)),
    Change("cut off at 255", lambda y: np.minimum(y, 255)),
    Change("cut off at 1", lambda y: np.minimum(y, 1)),
    Change("cut off at -1 and 1", lambda y: np.clip(y, -1, 1)),
    Change("rounded to whole numbers", np.rint, True),
    Change("without what stands behind the point", np.trunc, True),
    Change("rounded down to whole numbers", np.floor, True),
    Change("rounded up to whole numbers", np.ceil, True),
    Change("rounded to one decimal", lambda y: np.round(y, 1), True),
    Change("rounded to two decimals", lambda y: np.round(y, 2)),
    Change("rounded to three decimals", lambda y: np.round(y, 3)),
    *(Change(f"kept as {name}, whole numbers that wrap round", lambda y, name=name: np.trunc(y).astype("i8").astype(name))
      for name in ("uint8", "int8", "uint16", "int16")),
    Change("squared", np.square),
    Change("taken from 1", lambda y: 1 - y, True),
    Change("divided by the largest of them", lambda y: y / np.abs(y).max()),
    Change("divided by their sum", lambda y: y / y.sum()),
    Change("taken as the divisor of 1", lambda y: 1 / y),
    Change("only as a sign, -1, 0 or 1", np.sign),
    Change("1 where they are not 0", lambda y: np.where(y != 0, 1, 0)),
    Change("1 where they are above 0", lambda y: np.where(y > 0, 1, 0)),
    Change("all of them 0", np.zeros_like),
    Change("all of them 1", np.ones_like),
    Change("brought to a sum of 1 by a softmax", lambda y: np.exp(y - y.max(0)) / np.exp(y - y.max(0)).sum(0)),
]

ONE_OF_ALL = [
    Change("added up to one", np.sum, True), Change("averaged to one", np.mean), Change("only the largest", np.max),
    Change("only the smallest", np.min), Change("only the place of the largest", np.argmax),
    Change("only the first", lambda y: y.flat[0]), Change("only the last", lambda y: y.flat[-1]),
    Change("counted", np.size),
]


def changes(ndim):
    """The `Change`s of a result with so many axes."""
    rows = list(VALUES)
    if ndim:
        rows += [Change("in order of size", lambda y: np.sort(y, None).reshape(y.shape)),
                 Change("in one long list", np.ravel, True) if ndim > 1 else Change("the largest first", _falling),
                 Change("in an array with one more axis", lambda y: y[None]), *ONE_OF_ALL]
    for axis, noun in enumerate(NOUNS.get(ndim, ()), -ndim):
        rows += _along(axis, noun, ndim)
    if ndim > 1:
        rows += [
            Change("with rows and columns exchanged", lambda y: y.swapaxes(-1, -2), True),
            Change("in reverse order in every direction", lambda y: y[..., ::-1, ::-1], True),
            Change("without the last row and column", lambda y: y[..., :-1, :-1], True),
            Change("without the first row and column", lambda y: y[..., 1:, 1:]),
            Change("with 0 in the last row and column", lambda y: _zeros(_zeros(y, -1, -1), -2, -1), True),
            Change("with 0 in the first row and column", lambda y: _zeros(_zeros(y, -1, 0), -2, 0)),
            Change("with a frame of zeros", lambda y: _pad(_pad(y, -1, 1, 1), -2, 1, 1)),
        ]
    return rows


def _falling(y):
    return np.sort(y)[::-1]


def _along(axis, noun, ndim):
    """The changes along one axis, whose slices are called `noun`."""
    zero, all_of_them = ("0", "") if ndim == 1 else (f"{noun} of zeros", f" along the {noun}s")
    return [
        Change(f"without the last {noun}", lambda y: _take(y, axis, slice(-1)), True),
        Change(f"without the first {noun}", lambda y: _take(y, axis, slice(1, None)), True),
        Change(f"with 0 in the last {noun}" if zero != "0" else "with 0 as the last one", lambda y: _zeros(y, axis, -1)),
        Change(f"with 0 in the first {noun}" if zero != "0" else "with 0 as the first one", lambda y: _zeros(y, axis, 0)),
        Change(f"with a {zero} too many at the end", lambda y: _pad(y, axis, 0, 1)),
        Change(f"with a {zero} too many at the beginning", lambda y: _pad(y, axis, 1, 0)),
        Change(f"only every second {noun}", lambda y: _take(y, axis, slice(None, None, 2))),
        Change(f"only the first {noun}, as an array of one", lambda y: _take(y, axis, slice(1))),
        Change(f"only the last {noun}, as an array of one", lambda y: _take(y, axis, slice(-1, None))),
        *([] if ndim == 1 else [
            Change(f"only the first {noun}", lambda y: y.take(0, axis)),
            Change(f"only the last {noun}", lambda y: y.take(-1, axis)),
            Change(f"with all {noun}s added up", lambda y: y.sum(axis), True),
            Change(f"only the largest{all_of_them}", lambda y: y.max(axis)),
        ]),
        Change(f"in reverse order{all_of_them}", lambda y: np.flip(y, axis), True),
        Change(f"moved on by one {noun}, round in a circle", lambda y: np.roll(y, 1, axis)),
        Change(f"moved back by one {noun}, round in a circle", lambda y: np.roll(y, -1, axis)),
        Change(f"moved on by one {noun}, with 0 coming in", lambda y: _zeros(np.roll(y, 1, axis), axis, 0)),
        Change(f"moved back by one {noun}, with 0 coming in", lambda y: _zeros(np.roll(y, -1, axis), axis, -1)),
        Change(f"added to all before them{all_of_them}", lambda y: np.cumsum(y, axis), True),
        Change(f"less the one before{all_of_them}", lambda y: np.diff(y, axis=axis)),
    ]


def _take(y, axis, part):
    return y[(slice(None),) * (y.ndim + axis) + (part,)]


def _zeros(y, axis, place):
    y = y.copy()
    _take(y, axis, slice(place, place + 1 or None))[...] = 0
    return y


def _pad(y, axis, before, behind):
    return np.pad(y, [(before, behind) if a == y.ndim + axis else (0, 0) for a in range(y.ndim)])


# --- with a number that goes in, or that is always the same -----------------------------------------------------------

def scaled(name, number):
    """The `Change`s by one number: `number(args)` says which, in this case."""
    return [
        Change(f"multiplied by {name}", lambda y, args: y * number(args), True, True),
        Change(f"divided by {name}", lambda y, args: y / number(args), True, True),
        Change(f"with {name} added", lambda y, args: y + number(args), False, True),
        Change(f"with {name} taken away", lambda y, args: y - number(args), False, True),
    ]


def by_arguments(names, args):
    """The `scaled` of every number there is in the arguments: themselves, lengths, sums."""
    rows = []
    for place, (name, arg) in enumerate(zip(names, args, strict=False)):
        if isinstance(arg, (int, np.integer)) and not isinstance(arg, bool):
            rows += scaled(f"`{name}`", lambda args, p=place: args[p])
            rows += scaled(f"`{name} ** 2`", lambda args, p=place: args[p] ** 2)
        elif isinstance(arg, np.ndarray) and arg.ndim and arg.dtype.kind in "fiu":
            rows += scaled(f"`len({name})`", lambda args, p=place: len(args[p]))
            rows += scaled(f"the sum of `{name}`", lambda args, p=place: args[p].sum())
            if arg.ndim > 1:
                rows += scaled(f"`{name}.size`", lambda args, p=place: args[p].size)
                rows += scaled(f"`{name}.shape[1]`", lambda args, p=place: args[p].shape[1])
    return rows


def by_constants(mine, true):
    """The changes by the same number everywhere, as far as one place suggests it."""
    finite = np.isfinite(mine) & np.isfinite(true) if mine.shape == true.shape else np.zeros(1)
    if not finite.any():
        return []
    place = np.where(finite, np.abs(true), -1).argmax()
    a, b = float(mine.flat[place]), float(true.flat[place])
    rows = []
    for sign, word in ((1, ""), (-1, "-")):
        ratio = sign * a / b if b else 0
        if ratio > 1 and abs(ratio - round(ratio)) < 1e-6 and ratio < 1001:
            rows.append(Change(f"multiplied by {word}{ratio:.0f}", lambda y, k=sign * round(ratio): y * k, True))
        if 0 < ratio < 1 and abs(1 / ratio - round(1 / ratio)) < 1e-6 and ratio > 0.0009:
            rows.append(Change(f"divided by {word}{1 / ratio:.0f}", lambda y, k=sign * round(1 / ratio): y / k, True))
    step = a - b
    if step and step == round(step) and abs(step) < 1001:
        word = f"with {step:.0f} added" if step > 0 else f"with {-step:.0f} taken away"
        rows.append(Change(word, lambda y: y + step, abs(step) == 1))
    return rows
