"""Changes of what goes in. A phrase goes on after "This is what comes out for ..."."""

import itertools
import operator

import numpy as np

from .results import Change

STRIDES, PADDINGS, DILATIONS, WINDOWS = ("stride", "S"), ("padding", "P"), ("dilation", "D"), ("kernel_size", "F")

# In a row: a phrase, in which {n} is the name of an argument; what becomes of its value; and a rank, if it is not 1.
ARRAYS = (
    ("`{n}` with the opposite sign", lambda v: -v, 0),
    ("`{n}` without its signs", np.abs),
    ("`{n}` with every number below 0 set to 0", lambda v: np.maximum(v, 0)),
    ("`{n}` with the decimals cut off", np.trunc),
    ("`{n}` rounded to whole numbers", np.rint, 2),
    *(("`{n}` kept as " + kind + ": whole numbers that wrap round",
       lambda v, kind=kind: np.trunc(v).astype("i8").astype(kind).astype(float), 2)
      for kind in ("uint8", "int8", "int16")),
    ("ones instead of `{n}`", np.ones_like, 0),
    ("zeros instead of `{n}`", np.zeros_like),
    ("`{n}` with its first number everywhere", lambda v: np.full_like(v, v.flat[0])),
    ("`{n}` with 0 as its first number", lambda v: _only(v, slice(1, None))),
    ("`{n}` with 0 as its last number", lambda v: _only(v, slice(-1))),
    ("`{n}` with 0 everywhere except the first place", lambda v: _only(v, slice(1)), 2),
    ("`{n}` with 0 everywhere except the last place", lambda v: _only(v, slice(-1, None)), 2),
    ("`{n}` shifted forward by one place, wrapping round", lambda v: np.roll(v, 1, -1)),
    ("`{n}` shifted back by one place, wrapping round", lambda v: np.roll(v, -1, -1)),
    ("`{n}` squared", np.square),
    ("`{n}` minus its mean", lambda v: v - v.mean()),
    ("`{n}` minus its smallest number", lambda v: v - v.min()),
    ("`{n}` divided by its sum", lambda v: v / v.sum()),
    ("`{n}` divided by its largest number", lambda v: v / np.abs(v).max()),
    ("`{n}` divided by its length", lambda v: v / len(v)),
    ("twice `{n}`", lambda v: 2 * v),
    ("`{n}` with 1 added", lambda v: v + 1),
    ("`{n}` sorted by size", lambda v: np.sort(v, None).reshape(v.shape)),
    ("`{n}` with a frame of zeros", lambda v: _framed(v, 1)),
)
LISTS = (
    ("`{n}` flipped", lambda v: np.flip(v, -1), 0),
    ("`{n}` without its first number", lambda v: v[1:]),
    ("`{n}` without its last number", lambda v: v[:-1]),
    ("every second number of `{n}`", lambda v: v[::2]),
)
IMAGES = (
    ("`{n}` rotated by 180°", lambda v: np.flip(v, (-2, -1)), 0),
    ("`{n}` upside down", lambda v: np.flip(v, -2)),
    ("`{n}` mirrored from left to right", lambda v: np.flip(v, -1)),
    ("`{n}` with rows and columns swapped", lambda v: v.swapaxes(-1, -2), 0),
    *((f"`{{n}}` without its {word}", lambda v, part=part: v[(..., *part)]) for word, part in {
        "first row": np.s_[1:, :], "last row": np.s_[:-1, :],
        "first column": np.s_[:, 1:], "last column": np.s_[:, :-1],
        "first row and column": np.s_[1:, 1:], "last row and column": np.s_[:-1, :-1]}.items()),
)
STACKS = (
    ("`{n}` with its first two axes swapped", lambda v: v.swapaxes(0, 1)),
    ("`{n}` with its channels in reverse order", lambda v: np.flip(v, -3)),
    ("each channel of `{n}` replaced by the sum of all", lambda v: v.sum(-3, keepdims=True).repeat(v.shape[-3], -3)),
)
WHOLES = (
    ("`{n} + 1` instead of `{n}`", lambda v: v + 1, 0), ("`{n} - 1` instead of `{n}`", lambda v: v - 1, 0),
    ("`2 * {n}` instead of `{n}`", lambda v: 2 * v), ("`{n} // 2` instead of `{n}`", lambda v: v // 2),
    ("`{n} ** 2` instead of `{n}`", lambda v: v * v), ("`-{n}` instead of `{n}`", lambda v: -v),
)
TRUTHS = (
    ("the opposite of `{n}`", operator.not_, 0), ("`{n} = True`", lambda v: True), ("`{n} = False`", lambda v: False),
)
FUNCTIONS = (("`x` instead of `{n}(x)`", lambda v: lambda x: x),)

# What may stand where the padding should: `_framed` gets these.
PADDED = {
    "zeros in front only": {"sides": (1, 0)}, "zeros at the end only": {"sides": (0, 1)},
    "zeros above and below only": {"columns": 0}, "zeros on the left and right only": {"rows": 0},
    "copies of the ends": {"mode": "edge"}, "a mirror image": {"mode": "reflect"},
    "a mirror image, the ends included": {"mode": "symmetric"}, "numbers from the other end": {"mode": "wrap"},
    "the mean": {"mode": "mean"}, "the smallest number": {"mode": "minimum"}, "the largest number": {"mode": "maximum"},
} | {f"{value:g}": {"constant_values": value} for value in (0, 1, -1, 255, np.nan, np.inf, -np.inf)}


def changes(names, args):
    """The `Change`s of these arguments: each gets them all and returns them all."""
    named = [(k, name, arg) for k, (name, arg) in enumerate(zip(names, args, strict=False))]
    rows = []
    for k, name, arg in named:
        what = kind(arg)
        if what == "array":
            tables = ARRAYS, LISTS if arg.ndim == 1 else IMAGES, STACKS if arg.ndim > 2 else ()
        else:
            tables = ({"whole": WHOLES, "truth": TRUTHS, "function": FUNCTIONS}.get(what, ()),)
        for phrase, change, *rank in itertools.chain(*tables):
            rows.append(Change(phrase.format(n=name), _at(k, lambda v, _, change=change: change(v)), *rank))
        others = [other for other in named if other[0] != k]
        for phrase, change, rank in {"array": _wider, "whole": _replaced}.get(what, lambda *_: ())(name, arg, others):
            rows.append(Change(phrase, _at(k, change), rank))
        if name in PADDINGS + STRIDES + DILATIONS:
            rows += _without(k, name, next((other for other in named if kind(other[2]) == "array"), None))
    for (i, a, one), (j, b, two) in itertools.combinations(named, 2):
        if kind(one) == kind(two) not in (None, "function"):
            rows.append(Change(f"`{a}` and `{b}` swapped", lambda args, i=i, j=j: tuple(
                args[{i: j, j: i}.get(k, k)] for k in range(len(args))), 0))
    return rows


def kind(arg):
    """What sort of argument: only two of one sort are easily taken for each other; None for what is not known."""
    if isinstance(arg, np.ndarray):
        return "array" if arg.dtype.kind in "fiu" and arg.ndim else None
    return {bool: "truth", int: "whole"}.get(type(arg), "function" if callable(arg) else None)


def _at(k, change):
    return lambda args: (*args[:k], change(args[k], args), *args[k + 1:])


def _replaced(name, _, others):
    """Another number in place of a whole one."""
    for value in range(4):
        yield f"`{name} = {value}`", lambda v, _, value=value: value, int(value != (name not in PADDINGS))
    for k, other, value in others:
        if kind(value) == "whole":
            yield f"`{other}` instead of `{name}`", lambda v, args, k=k: args[k], 1
            for sign, made in (("*", operator.mul), ("+", operator.add), ("-", operator.sub)):
                yield (f"`{name} {sign} {other}` instead of `{name}`",
                       lambda v, args, k=k, made=made: made(v, args[k]), 2)
        elif kind(value) == "array":
            yield f"`len({other})` instead of `{name}`", lambda v, args, k=k: len(args[k]), 1
            yield f"`len({other}) // 2` instead of `{name}`", lambda v, args, k=k: len(args[k]) // 2, 1


def _wider(name, arg, others):
    """An array with more around it: half a window, or all of it but one."""
    for k, other, value in others:
        if other in WINDOWS or (kind(value) == "array" and value.ndim == arg.ndim and value.size < arg.size):
            length = other if other in WINDOWS else f"len({other})"
            for word, mode in (("zeros", "constant"), ("copies of its ends", "edge"), ("its other end", "wrap")):
                for side, sides, less, rank in (("on each side", (1, 1), "// 2", 1), ("on each side", (1, 1), "- 1", 2),
                                                ("in front", (1, 0), "- 1", 1), ("at the end", (0, 1), "- 1", 1)):
                    def change(v, args, k=k, mode=mode, sides=sides, less=less):
                        n = args[k] if isinstance(args[k], int) else len(args[k])
                        return _framed(v, n // 2 if less == "// 2" else n - 1, sides, mode)

                    yield f"`{name}` with {word} {side}, `{length} {less}` of them", change, rank


def _without(k, name, x):
    """Something else in place of the padding, of a stride or of a dilation, whose own argument then does nothing."""
    def instead(change, neutral):
        return lambda args: tuple(change(arg, args[k]) if i == x[0] else neutral if i == k else arg
                                  for i, arg in enumerate(args))

    if x and name in PADDINGS:
        for word, how in PADDED.items():
            yield Change(f"a padding of {word}", instead(lambda v, n, how=how: _framed(v, n, **how), 0))
    elif x:
        yield Change(f"every `{name}`-th number of `{x[1]}` and `{name} = 1`", instead(
            lambda v, n: v[(slice(None, None, n),) * v.ndim], 1))


def _framed(v, n, sides=(1, 1), mode="constant", rows=1, columns=1, **more):
    """An image or a list with n cells around it; rows and columns may be left as they are."""
    image = [(0, 0)] * (v.ndim - 2) + [(n * times * sides[0], n * times * sides[1]) for times in (rows, columns)]
    return np.pad(v.astype(float), image[-v.ndim:], mode, **more)


def _only(v, part):
    kept = np.zeros_like(v)
    kept.flat[part] = v.flat[part]
    return kept
