"""Changes of what goes in. Each phrase goes on after "This is what comes out for ..."."""

import itertools

import numpy as np

from .results import Change

STRIDES, PADDINGS, DILATIONS = ("stride", "S"), ("padding", "P"), ("dilation", "D")


def changes(names, args):
    """The `Change`s of the arguments: each gets them all and returns them all."""
    rows = []
    for place, (name, arg) in enumerate(zip(names, args, strict=False)):
        for phrase, change, *plain in _of(name, arg, place, names, args):
            rows.append(Change(phrase, _at(place, change), bool(plain)))
    for i, j in itertools.combinations(range(min(len(names), len(args))), 2):
        if _kind(args[i]) == _kind(args[j]) is not None:
            rows.append(Change(f"`{names[i]}` and `{names[j]}` exchanged", _exchanged(i, j), True))
    return rows + _borders(names, args)


def _at(place, change):
    return lambda args: (*args[:place], change(args[place], args), *args[place + 1:])


def _exchanged(i, j):
    return lambda args: tuple(args[j if k == i else i if k == j else k] for k in range(len(args)))


def _kind(arg):
    if isinstance(arg, np.ndarray):
        return "array" if arg.dtype.kind in "fiu" else None
    return "truth" if isinstance(arg, bool) else "whole" if isinstance(arg, (int, np.integer)) else None


def _of(name, arg, place, names, args):
    kind = _kind(arg)
    if kind == "array":
        others = [(n, a, k) for k, (n, a) in enumerate(zip(names, args, strict=False)) if k != place]
        yield from _of_array(f"`{name}`", arg.ndim)
        yield from _wider(f"`{name}`", arg, others)
    elif kind == "whole":
        yield from _of_whole(name, place, names, args)
    elif kind == "truth":
        yield f"the opposite of `{name}`", lambda v, _: not v, True
        for value in (True, False):
            yield f"`{name} = {value}`", lambda v, _, value=value: value, True
    elif callable(arg):
        yield f"`x` in place of `{name}(x)`", lambda v, _: lambda x: x


def _of_array(name, ndim):
    image = (-2, -1) if ndim > 1 else -1
    yield f"{name} turned round", lambda v, _: np.flip(v, image), True
    yield f"{name} with the sign turned round", lambda v, _: -v, True
    yield f"{name} without its signs", lambda v, _: np.abs(v)
    yield f"{name} with 0 in place of all that is below 0", lambda v, _: np.maximum(v, 0)
    yield f"{name} without what stands behind the point", lambda v, _: np.trunc(v)
    yield f"{name} rounded to whole numbers", lambda v, _: np.rint(v)
    yield f"{name} cut off at 0 and 255", lambda v, _: np.clip(v, 0, 255)
    for kept in ("uint8", "int8", "int16"):
        yield (f"{name} kept as {kept}, whole numbers that wrap round",
               lambda v, _, kept=kept: np.trunc(v).astype("i8").astype(kept).astype(float))
    yield f"ones in place of {name}", lambda v, _: np.ones_like(v), True
    yield f"zeros in place of {name}", lambda v, _: np.zeros_like(v)
    yield f"the first number of {name} in all its places", lambda v, _: np.full_like(v, v.flat[0])
    yield f"{name} with 0 as its first number", lambda v, _: _only(v, slice(1, None))
    yield f"{name} with 0 as its last number", lambda v, _: _only(v, slice(-1))
    yield f"{name} with 0 in all places but the first", lambda v, _: _only(v, slice(1))
    yield f"{name} with 0 in all places but the last", lambda v, _: _only(v, slice(-1, None))
    yield f"{name} moved on by one place, round in a circle", lambda v, _: np.roll(v, 1, -1)
    yield f"{name} moved back by one place, round in a circle", lambda v, _: np.roll(v, -1, -1)
    yield f"{name} squared", lambda v, _: v * v
    yield f"{name} less its mean", lambda v, _: v - v.mean()
    yield f"{name} less its smallest number", lambda v, _: v - v.min()
    yield f"{name} divided by its sum", lambda v, _: v / v.sum()
    yield f"{name} divided by its largest number", lambda v, _: v / np.abs(v).max()
    yield f"{name} divided by its length", lambda v, _: v / len(v)
    yield f"twice {name}", lambda v, _: 2 * v
    yield f"{name} with 1 added", lambda v, _: v + 1
    yield f"{name} with 1 taken away", lambda v, _: v - 1
    yield f"{name} in order of size", lambda v, _: np.sort(v, None).reshape(v.shape)
    for axis, noun in zip(range(-ndim, 0), ("row", "column") if ndim == 2 else ("number",) * ndim, strict=True):
        if ndim <= 2:
            yield f"{name} without its first {noun}", lambda v, _, a=axis: v.take(range(1, v.shape[a]), a)
            yield f"{name} without its last {noun}", lambda v, _, a=axis: v.take(range(v.shape[a] - 1), a)
            yield f"every second {noun} of {name}", lambda v, _, a=axis: v.take(range(0, v.shape[a], 2), a)
    if ndim > 1:
        yield f"{name} upside down", lambda v, _: np.flip(v, -2)
        yield f"{name} mirrored from left to right", lambda v, _: np.flip(v, -1)
        yield f"{name} with rows and columns exchanged", lambda v, _: v.swapaxes(-1, -2), True
        yield f"{name} without its first row and column", lambda v, _: v[..., 1:, 1:]
        yield f"{name} without its last row and column", lambda v, _: v[..., :-1, :-1]
    if ndim > 2:
        yield f"{name} with its first two axes exchanged", lambda v, _: v.swapaxes(0, 1)
        yield f"{name} with its channels in reverse order", lambda v, _: np.flip(v, -3)
        yield (f"the sum over the channels of {name} in place of each",
               lambda v, _: v.sum(-3, keepdims=True).repeat(v.shape[-3], -3))


def _only(v, part):
    kept = np.zeros_like(v)
    kept.ravel()[part] = v.ravel()[part]
    return kept


def _wider(name, arg, others):
    """An array with something around it: one cell, half a filter, a filter but one."""
    ways = (("zeros", "constant"), ("copies of its ends", "edge"), ("its other end", "wrap"))
    sizes = [("1", lambda args: 1)]
    for other, value, k in others:
        if _kind(value) == "array" and value.ndim == arg.ndim and np.size(value) < np.size(arg):
            sizes += [(f"`len({other}) // 2`", lambda args, k=k: len(args[k]) // 2),
                      (f"`len({other}) - 1`", lambda args, k=k: len(args[k]) - 1)]
        elif _kind(value) == "whole" and other in ("F", "kernel_size"):
            sizes += [(f"`{other} // 2`", lambda args, k=k: args[k] // 2), (f"`{other} - 1`", lambda args, k=k: args[k] - 1)]
    for (word, mode), (size, number), (side, sides) in itertools.product(ways, sizes, (
            ("on each side", (1, 1)), ("in front", (1, 0)), ("at the end", (0, 1)))):
        if mode == "constant" or size != "1":
            yield (f"{name} with {word} around it, {size} {side}",
                   lambda v, args, n=number, m=mode, s=sides: _around(v, n(args), m, s))


def _around(v, n, mode, sides=(1, 1), **more):
    widths = [(0, 0)] * (v.ndim - 2) + [(n * sides[0], n * sides[1])] * min(v.ndim, 2)
    return np.pad(np.asarray(v, float), widths, mode=mode, **more)


def _of_whole(name, place, names, args):
    neutral = 0 if name in PADDINGS else 1
    for value in (0, 1, 2, 3):
        yield f"`{name} = {value}`", lambda v, _, value=value: value, *([True] if value == neutral else [])
    yield f"`{name} + 1` in place of `{name}`", lambda v, _: v + 1, True
    yield f"`{name} - 1` in place of `{name}`", lambda v, _: v - 1, True
    yield f"`2 * {name}` in place of `{name}`", lambda v, _: 2 * v
    yield f"`{name} // 2` in place of `{name}`", lambda v, _: v // 2
    yield f"`{name} ** 2` in place of `{name}`", lambda v, _: v * v
    yield f"`-{name}` in place of `{name}`", lambda v, _: -v
    for k, (other, value) in enumerate(zip(names, args, strict=False)):
        if k != place and _kind(value) == "whole":
            yield f"`{other}` in place of `{name}`", lambda v, args, k=k: args[k]
            for sign, change in (("*", int.__mul__), ("+", int.__add__), ("-", int.__sub__)):
                yield (f"`{name} {sign} {other}` in place of `{name}`",
                       lambda v, args, k=k, change=change: change(int(v), int(args[k])))
        elif k != place and _kind(value) == "array":
            yield f"`len({other})` in place of `{name}`", lambda v, args, k=k: len(args[k])
            yield f"`len({other}) // 2` in place of `{name}`", lambda v, args, k=k: len(args[k]) // 2


def _borders(names, args):
    """Another padding than zeros on all sides; a stride or a dilation that acts on the input itself."""
    x = next((k for k, arg in enumerate(args) if _kind(arg) == "array"), None)
    pad = next((k for k, name in enumerate(names[:len(args)]) if name in PADDINGS), None)
    if x is None:
        return []

    def instead(change, *neutral):
        def changed(args):
            value = {k: n for k, n in neutral if k is not None}
            return tuple(change(arg, args) if k == x else value.get(k, arg) for k, arg in enumerate(args))
        return changed

    rows = []
    if pad is not None:
        for word, mode, more in (
                ("copies of the outermost numbers", "edge", {}), ("a mirror image", "reflect", {}),
                ("a mirror image, the edge included", "symmetric", {}), ("numbers from the other end", "wrap", {}),
                ("the mean", "mean", {}), ("the smallest number", "minimum", {}), ("the largest number", "maximum", {}),
                *((f"{value}", "constant", {"constant_values": value})
                  for value in (0, 1, -1, 255, np.nan, np.inf, -np.inf, -99, -100, -999, -1000, -9999, -1e6, -1e9))):
            rows.append(Change(f"a padding of {word}", instead(
                lambda v, args, mode=mode, more=more: _around(v, args[pad], mode, **more), (pad, 0))))
        for word, sides in (("in front only", (1, 0)), ("at the end only", (0, 1))):
            rows.append(Change(f"zeros {word}", instead(
                lambda v, args, sides=sides: _around(v, args[pad], "constant", sides), (pad, 0))))
        if args[x].ndim == 2:
            for word, sides in (("above and below", (1, 0)), ("on the left and on the right", (0, 1))):
                rows.append(Change(f"a padding {word} only", instead(
                    lambda v, args, s=sides: np.pad(v, [(args[pad] * s[0],) * 2, (args[pad] * s[1],) * 2]), (pad, 0))))
    for k, name in enumerate(names[:len(args)]):
        if name in STRIDES + DILATIONS:
            rows.append(Change(f"every `{name}`-th number of `{names[x]}` and `{name} = 1`", instead(
                lambda v, args, k=k: v[(slice(None, None, args[k]),) * v.ndim], (k, 1))))
    return rows
