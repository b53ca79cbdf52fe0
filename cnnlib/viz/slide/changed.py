"""A scene with one thing changed, as the controls of the player change it; its twin is static/changes.js."""

import re

import numpy as np

from ... import shapes
from ...arguments import shown
from .data import window_of

LEAST = {"stride": 1, "padding": 0, "dilation": 1, "kernel_size": 1}
_CELL = re.compile(r"\s*(\w+)\s*\[([\d\s,]+)\]\s*")


def changed(scene, change):
    """The scene with other numbers. `change` may hold `stride`, `padding`, `dilation` and `kernel_size`, an int each
    or, of images, a pair (vertical, horizontal), and `cells`, such as {"x[0, 2]": 5, "b[0]": 1}.

    A convolution's kernel of another size is cut, or gets zeros around its middle. Raises ValueError and TypeError as
    `slide` does, and for cells that do not exist.

    >>> from cnnlib.viz import slide
    >>> changed(slide([0, 1, 0, 1, 1], [-1, 1]), {"stride": 2, "cells": {"x[2]": 5}}).output
    array([ 1., -4.])
    """
    win = {name: _pair(value, name, scene.axes) for name, value in change.items() if name in LEAST}
    record = scene.record
    if win and record.backward:
        raise ValueError(f"{next(iter(win))} of a gradient stays as it is: the shape of its dy follows from it")
    arrays = {name: getattr(scene, name) for name in ("x", "w", "b", "dy")}
    kernel = win.get("kernel_size", scene.kernel)
    if not record.pooling and kernel != scene.kernel:
        arrays["w"] = _resized(scene.w, kernel[2 - scene.axes:])
    cells = change.get("cells", {})
    if not isinstance(cells, dict):
        raise TypeError(f'cells must be a dict such as {{"x[0]": 5}}, found {shown(cells, 60)}')
    for text, value in cells.items():
        name, index = cell(scene, text)
        if name not in arrays:
            raise ValueError(f"cells: {shown(text)} is computed by the scene, expected cells of its inputs")
        if arrays[name] is None:   # a bias that was not given
            arrays[name] = np.zeros(scene.y_shape[0])
        arrays[name] = arrays[name].copy()
        arrays[name][index] = _number(value, text)
    stride, padding = win.get("stride", scene.stride), scene.padding
    if "padding" in win:
        padding = tuple((n, n) for n in win["padding"])
    extra = tuple(min(n, s - 1) for n, s in zip(scene.output_padding, stride, strict=True))
    x, w = arrays["x"], arrays["w"]
    window = window_of(record, x.shape, None if w is None else w.shape, kernel, stride, padding,
                       win.get("dilation", scene.dilation), extra, pairs=True)
    return type(scene)(scene.kind, **arrays, window=window)


def cell(scene, text):
    """(name, index) of a cell as NumPy writes it, "x[0, 2]"; the index is one into the array as the user gave it.

    Raises ValueError for an array or a cell that the scene has not.
    """
    parts = _CELL.fullmatch(text) if isinstance(text, str) else None
    shape_of = {each.name: each.shape for each in (scene.source, scene.weights, scene.destination) if each}
    shape_of["x"] = scene.x.shape
    if scene.w is not None and not scene.record.backward:
        shape_of["b"] = (scene.y_shape[0],)
    if not parts or parts[1] not in shape_of:
        raise ValueError(f"found the cell {shown(text)}, expected one of {', '.join(shape_of)} with its index, as in "
                         f'"x[{", ".join("0" * scene.x.ndim)}]"')
    name, shape = parts[1], shape_of[parts[1]]
    index = tuple(int(n) for n in parts[2].split(",") if n.strip())
    if len(index) != len(shape) or any(i >= n for i, n in zip(index, shape, strict=True)):
        raise ValueError(f"found the cell {shown(text)}, expected a cell of {name}, which has the shape {shape}")
    return name, index


def _pair(value, name, axes):
    """(vertical, horizontal) of what a user gives; the vertical one of a signal does nothing."""
    if axes == 1:
        return min(LEAST[name], 1), shapes.integer(shapes.single(value, name), name, LEAST[name])
    return shapes.pair(value, name, LEAST[name])


def _number(value, text):
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"cells: {shown(text)} must become a number, found {type(value).__name__} {shown(value, 40)}")
    return float(value)


def _resized(w, size):
    """w (..., Fh, Fw) cut, or with zeros around its middle, the cell at half its size (rounded down)."""
    new, to, of = np.zeros((*w.shape[:-len(size)], *size)), [...], [...]
    for n, old in zip(size, w.shape[-len(size):], strict=True):
        shift = (n - 1) // 2 - (old - 1) // 2
        first, last = max(0, shift), min(n, old + shift)
        to.append(slice(first, last))
        of.append(slice(first - shift, last - shift))
    new[tuple(to)] = w[tuple(of)]
    return new
