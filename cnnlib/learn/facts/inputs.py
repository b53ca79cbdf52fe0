"""Changes of what goes in, each of one argument or of two. A phrase goes on after "This is what comes out for ...".

A row is a phrase, with `{n}` for the name of the argument, a function of its value (and of all arguments), and a rank.
"""

import itertools
import operator

import numpy as np

from .results import Change

STRIDES, PADDINGS, DILATIONS = ("stride", "S"), ("padding", "P"), ("dilation", "D")

ARRAYS = [
    ("`{n}` turned round", lambda v, _: np.flip(v, (-2, -1) if v.ndim > 1 else -1), 0),
    ("`{n}` with the sign turned round", lambda v, _: -v, 0),
    ("`{n}` without its signs", lambda v, _: np.abs(v)),
    ("`{n}` with 0 in place of all that is below 0", lambda v, _: np.maximum(v, 0)),
    ("`{n}` without what stands behind the point", lambda v, _: np.trunc(v)),
    ("`{n}` rounded to whole numbers", lambda v, _: np.rint(v), 2),
    ("`{n}` cut off at 0 and 255", lambda v, _: np.clip(v, 0, 255), 2),
    *(("`{n}` kept as " + kind + ": whole numbers that wrap round",
       lambda v, _, kind=kind: np.trunc(v).astype("i8").astype(kind).astype(float)) for kind in ("uint8", "int8", "int16")),
    ("ones in place of `{n}`", lambda v, _: np.ones_like(v), 0),
    ("zeros in place of `{n}`", lambda v, _: np.zeros_like(v)),
    ("the first number of `{n}` in all its places", lambda v, _: np.full_like(v, v.flat[0])),
    ("`{n}` with 0 as its first number", lambda v, _: _only(v, slice(1, None))),
    ("`{n}` with 0 as its last number", lambda v, _: _only(v, slice(-1))),
    ("`{n}` with 0 in all places but the first", lambda v, _: _only(v, slice(1)), 2),
    ("`{n}` with 0 in all places but the last", lambda v, _: _only(v, slice(-1, None)), 2),
    ("`{n}` moved on by one place, round in a circle", lambda v, _: np.roll(v, 1, -1)),
    ("`{n}` moved back by one place, round in a circle", lambda v, _: np.roll(v, -1, -1)),
    ("`{n}` squared", lambda v, _: v * v),
    ("`{n}` less its mean", lambda v, _: v - v.mean()),
    ("`{n}` less its smallest number", lambda v, _: v - v.min()),
    ("`{n}` divided by its sum", lambda v, _: v / v.sum()),
    ("`{n}` divided by its largest number", lambda v, _: v / np.abs(v).max()),
    ("`{n}` divided by its length", lambda v, _: v / len(v)),
    ("twice `{n}`", lambda v, _: 2 * v),
    ("`{n}` with 1 added", lambda v, _: v + 1),
    ("`{n}` with 1 taken away", lambda v, _: v - 1),
    ("`{n}` in order of size", lambda v, _: np.sort(v, None).reshape(v.shape)),
    ("`{n}` with a frame of zeros", lambda v, _: _framed(v, 1)),
]
LINES = [
    ("`{n}` without its first number", lambda v, _: v[1:]), ("`{n}` without its last number", lambda v, _: v[:-1]),
    ("every second number of `{n}`", lambda v, _: v[::2]),
    ("`{n}` with a zero in front", lambda v, _: np.pad(v, (1, 0))), ("`{n}` with a zero at the end", lambda v, _: np.pad(v, (0, 1))),
]
IMAGES = [
    ("`{n}` upside down", lambda v, _: np.flip(v, -2)), ("`{n}` mirrored from left to right", lambda v, _: np.flip(v, -1)),
    ("`{n}` with rows and columns exchanged", lambda v, _: v.swapaxes(-1, -2), 0),
    ("`{n}` without its first row", lambda v, _: v[..., 1:, :]), ("`{n}` without its last row", lambda v, _: v[..., :-1, :]),
    ("`{n}` without its first column", lambda v, _: v[..., 1:]), ("`{n}` without its last column", lambda v, _: v[..., :-1]),
    ("`{n}` without its first row and column", lambda v, _: v[..., 1:, 1:]),
    ("`{n}` without its last row and column", lambda v, _: v[..., :-1, :-1]),
]
STACKS = [
    ("`{n}` with its first two axes exchanged", lambda v, _: v.swapaxes(0, 1)),
    ("`{n}` with its channels in reverse order", lambda v, _: np.flip(v, -3)),
    ("the sum of all channels in place of each", lambda v, _: v.sum(-3, keepdims=True).repeat(v.shape[-3], -3)),
]
TRUTHS = [("the opposite of `{n}`", lambda v, _: not v, 0), ("`{n}` = True", lambda v, _: True), ("`{n}` = False", lambda v, _: False)]
WHOLES = [
    ("`{n} + 1` in place of `{n}`", lambda v, _: v + 1, 0), ("`{n} - 1` in place of `{n}`", lambda v, _: v - 1, 0),
    ("`2 * {n}` in place of `{n}`", lambda v, _: 2 * v), ("`{n} // 2` in place of `{n}`", lambda v, _: v // 2),
    ("`{n} ** 2` in place of `{n}`", lambda v, _: v * v), ("`-{n}` in place of `{n}`", lambda v, _: -v),
]


def changes(names, args):
    """The `Change`s of these arguments: each gets them all and returns them all."""
    named = [(k, name, arg) for k, (name, arg) in enumerate(zip(names, args, strict=False))]
    rows = []
    for k, name, arg in named:
        others = [each for each in named if each[0] != k]
        for phrase, change, *rank in _of(name, arg, others):
            rows.append(Change(phrase.format(n=name), _one(k, change), *rank))
    for (i, a, one), (j, b, two) in itertools.combinations(named, 2):
        if _kind(one) == _kind(two) is not None:
            rows.append(Change(f"`{a}` and `{b}` exchanged", _exchanged(i, j), 0))
    return rows + list(_padding(named))


def _one(k, change):
    return lambda args: (*args[:k], change(args[k], args), *args[k + 1:])


def _exchanged(i, j):
    return lambda args: tuple(args[{i: j, j: i}.get(k, k)] for k in range(len(args)))


def _kind(arg):
    if isinstance(arg, np.ndarray):
        return "array" if arg.dtype.kind in "fiu" and arg.ndim else None
    return {bool: "truth", int: "whole"}.get(type(arg))


def _of(name, arg, others):
    kind = _kind(arg)
    if kind == "array":
        yield from (*ARRAYS, *(LINES if arg.ndim == 1 else IMAGES), *(STACKS if arg.ndim > 2 else ()))
        yield from _wider(arg, others)
    elif kind == "whole":
        yield from WHOLES
        neutral = 0 if name in PADDINGS else 1
        yield from ((f"`{{n}} = {value}`", lambda v, _, value=value: value, int(value != neutral)) for value in range(4))
        for k, other, value in others:
            if _kind(value) == "whole":
                yield f"`{other}` in place of `{{n}}`", lambda v, args, k=k: args[k]
                for sign, made in (("*", operator.mul), ("+", operator.add), ("-", operator.sub)):
                    yield f"`{{n}} {sign} {other}` in place of `{{n}}`", lambda v, args, k=k, made=made: made(v, args[k]), 2
            elif _kind(value) == "array":
                yield f"`len({other})` in place of `{{n}}`", lambda v, args, k=k: len(args[k])
                yield f"`len({other}) // 2` in place of `{{n}}`", lambda v, args, k=k: len(args[k]) // 2
    elif kind == "truth":
        yield from TRUTHS
    elif callable(arg):
        yield "`x` in place of `{n}(x)`", lambda v, _: lambda x: x


def _wider(arg, others):
    """An array with more around it, as much as half a filter, or all of it but one."""
    for k, other, value in others:
        if _kind(value) == "array" and value.ndim == arg.ndim and value.size < arg.size:
            length, size = f"len({other})", lambda args, k=k: len(args[k])
        elif other in ("F", "kernel_size"):
            length, size = other, lambda args, k=k: args[k]
        else:
            continue
        for word, mode in (("zeros", "constant"), ("copies of its ends", "edge"), ("numbers from its other end", "wrap")):
            yield (f"`{{n}}` with {word} around it, `{length} // 2` on each side",
                   lambda v, args, m=mode, size=size: _framed(v, size(args) // 2, m))
            yield (f"`{{n}}` with {word} around it, `{length} - 1` on each side",
                   lambda v, args, m=mode, size=size: _framed(v, size(args) - 1, m), 2)
            for side, sides in (("in front", (1, 0)), ("at the end", (0, 1))):
                yield (f"`{{n}}` with {word} {side}, `{length} - 1` of them",
                       lambda v, args, m=mode, size=size, s=sides: _framed(v, size(args) - 1, m, s))


def _padding(named):
    """Another padding than zeros on all sides; a stride or a dilation that thins out the input itself."""
    x = next(((k, name, arg) for k, name, arg in named if _kind(arg) == "array"), None)
    if not x:
        return
    for k, name, _ in named:
        if name in PADDINGS:
            for word, more in PADDED_WITH:
                yield Change(f"a padding of {word}", _instead(x[0], lambda v, args, k=k, more=more: _framed(
                    v, args[k], **more), k, 0))
            if x[2].ndim == 2:
                for word, one in (("rows only, above and below", 1), ("columns only, left and right", 0)):
                    yield Change(f"a padding of {word}", _instead(x[0], lambda v, args, k=k, one=one: np.pad(
                        v, [(args[k] * one,) * 2, (args[k] * (1 - one),) * 2]), k, 0))
        if name in STRIDES + DILATIONS:
            yield Change(f"every `{name}`-th number of `{x[1]}` and `{name} = 1`", _instead(
                x[0], lambda v, args, k=k: v[(slice(None, None, args[k]),) * v.ndim], k, 1))


PADDED_WITH = [
    ("zeros in front only", {"sides": (1, 0)}), ("zeros at the end only", {"sides": (0, 1)}),
    ("copies of the ends", {"mode": "edge"}), ("a mirror image", {"mode": "reflect"}),
    ("a mirror image, the ends included", {"mode": "symmetric"}), ("numbers from the other end", {"mode": "wrap"}),
    ("the mean", {"mode": "mean"}), ("the smallest number", {"mode": "minimum"}), ("the largest number", {"mode": "maximum"}),
    *((f"{value:g}", {"constant_values": value}) for value in (0, 1, -1, 255, np.nan, np.inf, -np.inf, -100, -1000)),
]


def _instead(x, change, k, neutral):
    """The input changed, and the argument `k` as if it were not there."""
    return lambda args: tuple(change(arg, args) if i == x else neutral if i == k else arg for i, arg in enumerate(args))


def _framed(v, n, mode="constant", sides=(1, 1), **more):
    widths = [(0, 0)] * (v.ndim - 2) + [(n * sides[0], n * sides[1])] * min(v.ndim, 2)
    return np.pad(v.astype(float), widths, mode, **more)


def _only(v, part):
    kept = np.zeros_like(v)
    kept.flat[part] = v.flat[part]
    return kept
