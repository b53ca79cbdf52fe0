"""A scene as JSON-ready data and back, what Python and the browser hand to each other; and as one line, the digest."""

import hashlib
from math import inf, prod

import numpy as np

from ... import shapes, taps
from ...ops import check
from ..kit.arrays import values
from .data import seen, window_of
from .kinds import KINDS

_EXACT = 2**53   # up to here whole floats are written as integers
_AXES = {"x": "C, H, W", "w": "K, C, Fh, Fw", "b": "K", "dy": "K, H', W'"}
_KEYS = (
    "kind", "axes", "x", "w", "b", "dy", "kernel", "stride", "padding", "dilation", "output_padding", "given",
)


def digest(scene):
    """The line that `repr(scene)` shows; see `Scene.digest`."""
    line = scene.record.code.format(scene.axes)
    numbers = [f"{letter}{_sizes(pair, scene.axes)}" for letter, pair, plain in (
        ("k", scene.kernel, None), ("s", scene.stride, None), ("p", scene.padding, None), ("d", scene.dilation, (1, 1)),
        ("op", scene.output_padding, (0, 0)),
    ) if pair != plain]
    ends = [_shape(shape, scene.axes) for shape in (scene.source.values.shape, scene.destination_shape)]
    made = "to predict" if not scene.sized else f"-> {ends[1]}, {scene.steps} steps"
    return f"{line} {ends[0]} {' '.join(numbers)} {made}, {_hash(scene)}"


def _sizes(pair, axes):
    """3 for (3, 3), 3x2 for (3, 2); of padding, 1+2 where the two sides differ."""
    texts = [str(p) if not isinstance(p, tuple) else "+".join(map(str, p[:1] if p[0] == p[1] else p)) for p in pair]
    texts = texts[2 - axes:]
    return texts[0] if len(set(texts)) == 1 else "x".join(texts)


def _shape(shape, axes):
    return "x".join(map(str, (*shape[:-2], *shape[-axes:])))


def _hash(scene):
    """Four hexadecimal digits: they change with any value that differs in its first six digits."""
    data = [
        name + " ".join(f"{number + 0.0:.6g}" for number in array.ravel().tolist())
        for name in ("x", "w", "b", "dy") if (array := getattr(scene, name)) is not None
    ]
    return hashlib.sha256("\n".join(data).encode()).hexdigest()[:4]


# --- scene -> spec ----------------------------------------------------------------------------------------------------

def to_spec(scene):
    """The spec of a scene; see `Scene.spec`."""
    full = {board.name: board.values for board in (scene.source, scene.weights) if board is not None}
    full["x"] = scene.x.reshape(scene.x_shape)
    full["w"] = None if scene.w is None else scene.w.reshape(scene.w_shape)
    return {
        "kind": scene.kind,
        "axes": scene.axes,
        "x": _lists(full["x"]),
        "w": _lists(full["w"]),
        "b": _lists(scene.b),
        "dy": _lists(full.get("dy")),
        "kernel": list(scene.kernel),
        "stride": list(scene.stride),
        "padding": [list(pair) for pair in scene.padding],
        "dilation": list(scene.dilation),
        "output_padding": list(scene.output_padding),
        "given": {"x": scene.x.ndim, "w": None if scene.w is None else scene.w.ndim},
        "record": scene.record.as_spec(),
    }


def _lists(array):
    """An array as nested lists of plain numbers, whole ones as ints."""
    if array is None:
        return None
    return _plain(array.tolist())


def _plain(entry):
    if isinstance(entry, list):
        return [_plain(part) for part in entry]
    return int(entry) if entry.is_integer() and abs(entry) < _EXACT else entry


# --- spec -> scene ----------------------------------------------------------------------------------------------------

def arguments(spec):
    """What to make a scene of: kind, x, w, b, dy and window of a spec; see `Scene.from_spec`.

    Whatever record of its kind a spec carries, none if it is an old one: it is Python's own that counts.
    """
    kind, axes = _kind(spec)
    record = KINDS[kind]
    x, w = _array(spec, "x", "needed"), _array(spec, "w", "null" if record.pooling else "needed")
    b = _array(spec, "b", "null" if record.pooling or record.backward else "either")
    dy = _array(spec, "dy", "either" if record.backward else "null")
    kernel, stride, dilation = (_pair(spec, name, 1) for name in ("kernel", "stride", "dilation"))
    padding, output_padding = _padding(spec), _pair(spec, "output_padding", 0)
    _neutral(spec, "output_padding", output_padding, record.transposed, axes, 0)
    _neutral(spec, "dilation", dilation, record.dilated, axes, 1)
    for name, pair, number in (("kernel", kernel, 1), ("stride", stride, 1), ("padding", padding, (0, 0))):
        _neutral(spec, name, pair, True, axes, number)
    x, w = _as_given(spec, x, w)
    if w is not None and kernel != _size(w, axes):
        raise ValueError(f'spec["kernel"] must be the size of w, {list(_size(w, axes))}, found {list(kernel)}')
    win = window_of(record, x.shape, None if w is None else w.shape, kernel, stride, padding, dilation, output_padding,
                    pairs=True)
    if dy is not None:
        filters = w.shape[0] if w.ndim == axes + 2 else 1
        check.same_shape(dy, 'spec["dy"]', (filters, *win.out), "filters of w, and the size of the output")
        dy = dy.reshape(seen(dy.shape, w.ndim == axes + 2, axes))
    return kind, x, w, b, dy, win


def _kind(spec):
    """Kind and axes of a spec that has all its keys."""
    if not isinstance(spec, dict):
        raise TypeError(f"spec must be a dict, as scene.spec is, found {type(spec).__name__}")
    missing = [key for key in _KEYS if key not in spec]
    unknown = [key for key in spec if key not in (*_KEYS, "record")]
    if missing or unknown:
        raise ValueError(f"spec must have the keys {', '.join(_KEYS)}; missing: {missing}, unknown: {unknown}")
    kind, axes = spec["kind"], spec["axes"]
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f'spec["kind"] must be one of {", ".join(KINDS)}, found {kind!r:.60}')
    if axes not in (1, 2) or isinstance(axes, (bool, float)):
        raise ValueError(f'spec["axes"] must be 1 (signals) or 2 (images), found {axes!r:.60}')
    return kind, axes


def _array(spec, name, wanted):
    """An array of a spec with all its axes, checked, or None; `wanted` is "needed", "null" or "either"."""
    found, label = spec[name], f'spec["{name}"]'
    if found is None or wanted == "null":
        if found is not None or wanted == "needed":
            expected = "null" if wanted == "null" else f"nested lists with the axes ({_AXES[name]})"
            raise ValueError(f'{label} must be {expected} for kind "{spec["kind"]}", found {found!r:.60}')
        return None
    if not isinstance(found, (list, tuple)):
        raise TypeError(f"{label} must be nested lists of numbers, found {type(found).__name__} {found!r:.60}")
    axes = _AXES[name]
    array = values(_floats(found, label, axes), label)
    if array.ndim != axes.count(",") + 1:
        raise ValueError(f"{label} must have the axes ({axes}), found shape {array.shape}")
    return array


def _floats(entry, label, axes, place=()):
    """Nested lists with every number a float: where JSON has an integer, the browser may have had a large float."""
    if isinstance(entry, (list, tuple)):
        if len(place) > axes.count(","):
            raise ValueError(f"{label} must have the axes ({axes}), found a list more at index {place}")
        return [_floats(part, label, axes, (*place, i)) for i, part in enumerate(entry)]
    if isinstance(entry, bool) or not isinstance(entry, (int, float, np.integer, np.floating)):
        raise TypeError(f"{label} must hold nothing but numbers, found {entry!r:.60} at index {place}")
    try:
        return float(entry)
    except OverflowError:   # an integer of hundreds of digits
        return inf


def _pair(spec, name, least, what="[vertical, horizontal]"):
    """Two integers of a spec, vertical and horizontal."""
    found, label = spec[name], f'spec["{name}"]'
    if not isinstance(found, (list, tuple)) or len(found) != 2:
        raise TypeError(f"{label} must be a pair {what}, found {found!r:.60}")
    return shapes.pair(tuple(found), label, least)


def _padding(spec):
    found = spec["padding"]
    if not isinstance(found, (list, tuple)) or len(found) != 2:
        raise TypeError(f'spec["padding"] must be [[top, bottom], [left, right]], found {found!r:.60}')
    return tuple(_pair({"padding": sides}, "padding", 0, "[before, after] of each axis") for sides in found)


def _neutral(spec, name, pair, used, axes, number):
    """Refuse a number that the kind does not use, or a vertical one of a signal, unless it does nothing."""
    if not used and pair != (number, number):
        raise ValueError(f'spec["{name}"] must be {[number] * 2} for kind "{spec["kind"]}", found {list(pair)}')
    if axes == 1 and pair[0] != number:
        raise ValueError(f'spec["{name}"] must begin with {number} for a signal (axes 1), found {spec[name]!r}')


def _as_given(spec, x, w):
    """x and w in the shapes that the user gave, which `spec["given"]` counts the axes of."""
    given, axes = spec["given"], spec["axes"]
    if not isinstance(given, dict) or set(given) != {"x", "w"}:
        raise TypeError(f'spec["given"] must be {{"x": axes of x, "w": axes of w or null}}, found {given!r:.60}')
    x_axes = shapes.integer(given["x"], 'spec["given"]["x"]', 1)
    x_shape = {1: x.shape[2:], 2: _thin(x.shape) if axes == 1 else x.shape[1:], 3: x.shape}.get(x_axes, ())
    if w is None:
        w_shape, full = None, ((*((1,) * (3 - x_axes)), *x_shape), None, 1 if x_axes == 1 else 2)
        fits = given["w"] is None
    else:
        w_axes = shapes.integer(given["w"], 'spec["given"]["w"]', 1)
        one = (w.shape[0], *w.shape[2:]) if KINDS[spec["kind"]].transposed else w.shape[1:]   # the shape of one filter
        w_shape = {1: w.shape[3:], 2: w.shape[2:], 3: _thin(w.shape) if axes == 1 else one, 4: w.shape}.get(w_axes, ())
        fits = (len(x_shape), prod(x_shape)) == (x_axes, x.size) and (len(w_shape), prod(w_shape)) == (w_axes, w.size)
        full = taps.full_shapes(x_shape, w_shape, KINDS[spec["kind"]].transposed) if fits else None
    if not fits or full != (x.shape, None if w is None else w.shape, axes):
        found = f"x {x.shape}" + ("" if w is None else f", w {w.shape}")
        raise ValueError(
            f'spec["given"] is {given!r:.60}, which does not go together with axes {axes}, {found}: it counts the axes '
            "of x and w before those of length 1 were added"
        )
    return x.reshape(x_shape), None if w is None else w.reshape(w_shape)


def _thin(shape):
    """A full shape without the axis that a signal has only here."""
    return (*shape[:-2], shape[-1])


def _size(array, axes):
    """(height, width) of x or w as the user gave it."""
    return (1, array.shape[-1]) if axes == 1 else array.shape[-2:]
