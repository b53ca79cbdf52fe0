"""The low picture of a network, for the top of a page: all of it, with the part in question marked, the rest pale.

All lengths are inches; places count from the upper left corner.
"""

from itertools import pairwise

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from ..kit import style, texts
from ..kit.bare import Bare
from ..kit.drawing import Figure
from ..kit.steps import step_of
from . import words
from .columns import shown_of
from .named import BACK, parts_of

TOP, HIGH, FOOT, MARGIN = 0.2, 1.08, 0.48, 0.12   # above the maps; of the highest column; for the names; at the sides
SEEN, GAP, KERNEL = 16, 0.03, 0.3   # maps of a layer; between two; side of a kernel
STRIP, NARROW = 0.1, 0.42           # width of a strip; room that any part takes
ANSWER, MOST_BARS = 1.3, 40
POINTS, PALE = 8, 0.22
GROUND = "#FDEFE3"


def figure(network, here, i=None):
    """Draw image i on its way through the network, with the parts named `here` marked: a Figure, 9 inches wide."""
    parts, i = parts_of(network, here), 0 if i is None else step_of(network, i)
    image, outputs = network.image(i).astype(float), network.outputs(i)
    with style.context():
        fig = Figure(figsize=(style.WIDTH, TOP + HIGH + FOOT))
        ax = fig.add_axes([0, 0, 1, 1], axes_class=Bare, xlim=(0, style.WIDTH), ylim=(TOP + HIGH + FOOT, 0))
        blocks = _blocks(network, parts)
        whole = [(boxes[0][0], min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
                 for _, boxes in blocks]
        _areas(ax, whole)
        for n, (name, boxes) in enumerate(blocks):
            shape, marked = _shape(network, name), name in parts.names
            if marked and not parts.all and parts.map is None:
                _ground(ax, whole[n])
            _names(ax, network, name, whole, n, marked and not parts.all, outputs[-1])
            if name == "answer":
                _bars(ax, network, whole[n], outputs[-1].astype(float), 1 if marked else PALE)
            elif name == "input" and shape[0] in (1, 3):
                picture = image[0] if shape[0] == 1 else image.transpose(1, 2, 0).clip(0, 1)
                _panel(ax, boxes[0], picture, marked, cmap="gray", vmin=0, vmax=1)
            else:
                values = image if name == "input" else outputs[shown_of(network.columns, name)["out"]]
                _maps(ax, boxes, values.reshape(shape), marked, parts.map if name == parts.column else None)
        if parts.map is not None:
            _one_map(ax, network, parts, blocks, image, outputs)
        if parts.back:
            _way_back(ax, whole)
    fig.alt = words.here(network, parts, i)
    return fig


# --- where everything stands ------------------------------------------------------------------------------------------

def _shape(network, name):
    if name == "input":
        return network.shape
    return network.columns[-1]["shape"] if name == "answer" else shown_of(network.columns, name)["shape"]


def _blocks(network, parts):
    """The parts in their order: (name, boxes of the maps), spread over the width."""
    names, scale = parts.drawn, 1.0
    kernel = KERNEL + 0.1 if parts.kernel else 0
    room = style.WIDTH - 2 * MARGIN - kernel
    while True:
        sizes = [_size(network, name, scale) for name in names]
        between = (room - sum(max(across * size[0], NARROW) for _, across, size in sizes)) / max(1, len(names) - 1)
        if between >= 0.22 or scale < 0.3:
            break
        scale *= 0.94
    between, blocks, left = min(between, 0.8), [], MARGIN
    for name, (count, across, size) in zip(names, sizes, strict=True):
        down = -(-count // across)
        top = TOP + (HIGH - down * size[1] - (down - 1) * GAP) / 2
        inset = max(0, NARROW - across * size[0]) / 2
        corners = [(left + inset + n % across * (size[0] + GAP), top + n // across * (size[1] + GAP))
                   for n in range(count)]
        blocks.append((name, [(x, y, x + size[0], y + size[1]) for x, y in corners]))
        left += max(across * size[0], NARROW) + between + (kernel if name == "input" else 0)
    return blocks


def _size(network, name, scale):
    """(how many, how many side by side, (width, height) of one)."""
    shape = _shape(network, name)
    if name == "answer":
        return 1, 1, (ANSWER, HIGH)
    if len(shape) == 1:
        return 1, 1, (STRIP, HIGH * min(1, 0.45 + shape[0] / 200))
    count = min(shape[0], SEEN) if name != "input" else 1
    down = min(count, 2 if count < 5 else 3 if count < 10 else 4)
    side = (HIGH - (down - 1) * GAP) / down * (0.7 + 0.3 * min(1, max(shape[1:]) / max(network.shape[1:]))) * scale
    rows, columns = shape[1:]
    return count, -(-count // down), (side * columns / max(rows, columns), side * rows / max(rows, columns))


# --- what is drawn ----------------------------------------------------------------------------------------------------

def _panel(ax, box, values, marked, edge=style.QUIET, **looks):
    left, top, right, bottom = box
    ax.imshow(values, extent=(left, right, bottom, top), aspect="auto", interpolation="nearest", zorder=2,
              alpha=1 if marked else PALE, **looks)
    ax.add_artist(Rectangle((left, top), right - left, bottom - top, fc="none", ec=edge, lw=0.6, zorder=2.1,
                            alpha=1 if marked else 0.4))


def _maps(ax, boxes, values, marked, only):
    limit = style.signed_limit(values)
    looks = {"cmap": style.SIGNED_DEEP, "vmin": -limit, "vmax": limit}
    if values.ndim == 1:
        values = values.reshape(1, -1, 1)
    for n, (box, each) in enumerate(zip(boxes, values, strict=False)):
        _panel(ax, box, each, marked and only in (None, n), **looks)


def _areas(ax, whole):
    """What hands on to what: a pale area from each part to the next."""
    areas = [[(a[2], a[1]), (b[0], b[1]), (b[0], b[3]), (a[2], a[3])] for a, b in pairwise(whole)]
    ax.add_collection(PolyCollection(areas, facecolors=style.QUIET, alpha=0.08, linewidths=0, zorder=1), autolim=False)


def _ground(ax, box):
    left, top, right, bottom = box
    right, left = max(right, left + 0.2), min(left, right - 0.2)
    ax.add_artist(FancyBboxPatch((left - 0.02, top - 0.02), right - left + 0.04, bottom - top + 0.04, fc=GROUND,
                                 boxstyle="round,pad=0.05,rounding_size=0.06", ec=style.KERNEL, lw=2, zorder=1.5))


def _names(ax, network, name, whole, n, marked, logits):
    """Below each part its name and its shape; of the answer what it is."""
    left, _, right, _ = whole[n]
    middle = (left + right) / 2
    before = whole[n - 1][2] if n else 0
    after = whole[n + 1][0] if n + 1 < len(whole) else style.WIDTH
    room = 2 * min(middle - (before + left) / 2, (right + after) / 2 - middle) if n else 2 * middle
    told = "×".join(map(str, _shape(network, name)))
    if name == "answer":
        told = words.best(logits.astype(float), network.classes)
    below = TOP + HIGH
    weight, colour = ("bold", style.KERNEL_TEXT) if marked else ("normal", style.QUIET)
    points = POINTS + 1
    while texts.width(name, points, weight) > room - 0.04 and points > 6:
        points -= 0.5
    ax.text(middle, below + 0.2, name, size=points, weight=weight, color=colour, ha="center", va="center")
    if texts.width(told, POINTS - 0.5) <= room:
        ax.text(middle, below + 0.37, told, size=POINTS - 0.5, color=style.QUIET, ha="center", va="center")


def _bars(ax, network, box, z, alpha):
    """A bar for each class; the longest in the colour of answers. Where there is room, their names stand below."""
    several = len(z) > 1
    p = np.exp(z - z.max())
    p = (p / p.sum() if several else np.clip(z, 0, 1))[:MOST_BARS]
    left, top, right, bottom = box
    named = all(texts.width(name, POINTS - 1) < (right - left) / len(p) for name in network.classes[:MOST_BARS])
    bottom -= 0.15 * named
    step, best = (right - left) / len(p), int(p.argmax())
    for n, share in enumerate(p):
        x, high = left + (n + 0.15) * step, float(share) * (bottom - top)
        ax.add_artist(Rectangle((x, top), 0.7 * step, bottom - top, fc="#F1F1F1", ec="none", zorder=2))
        ax.add_artist(Rectangle((x, bottom - high), 0.7 * step, high, ec="none", zorder=2.1, alpha=alpha,
                                fc=style.OUTPUT if n == best else style.QUIET))
        if named:
            ax.text(x + 0.35 * step, bottom + 0.09, network.classes[n], size=POINTS - 1, ha="center", va="center",
                    weight="bold" if n == best and alpha == 1 else "normal", color=style.QUIET)


def _one_map(ax, network, parts, blocks, image, outputs):
    """A frame around the one map; where it reads the input, the window of its strongest number, and the weights."""
    boxes = dict(blocks)
    box = boxes[parts.column][parts.map]
    ax.add_artist(Rectangle((box[0], box[1]), box[2] - box[0], box[3] - box[1], fc="none", ec=style.KERNEL, lw=2,
                            zorder=3))
    if not parts.kernel:
        return
    layer, column = parts.kernel, shown_of(network.columns, parts.column)
    values = outputs[column["out"]].reshape(column["shape"])[parts.map]
    (left, top, right, _), (rows, columns) = boxes["input"][0], network.shape[1:]
    pixel, (high, wide) = (right - left) / columns, layer["kernel_size"]
    row, across, y, x = _strongest(values, layer, (rows - high, columns - wide))
    window = (left + x * pixel, top + y * pixel, left + (x + wide) * pixel, top + (y + high) * pixel)
    ax.add_artist(Rectangle(window[:2], wide * pixel, high * pixel, fc="none", ec=style.KERNEL, lw=2, zorder=3))
    middle, centre = right + (boxes[parts.column][0][0] - right) / 2, TOP + HIGH / 2
    tall = KERNEL * high / max(high, wide)
    kernel = (middle - KERNEL / 2, centre - tall / 2, middle + KERNEL / 2, centre + tall / 2)
    weights = parts.weights
    limit = style.signed_limit(weights)
    _panel(ax, kernel, weights, True, style.KERNEL, cmap=style.SIGNED_DEEP, vmin=-limit, vmax=limit)
    ax.text(middle, kernel[1] - 0.1, f"{high}×{wide}", size=POINTS, color=style.KERNEL_TEXT, ha="center", va="center",
            weight="bold")
    size = (box[2] - box[0]) / values.shape[1]
    at = (box[0] + (across + 0.5) * size, box[1] + (row + 0.5) * size)
    lines = [[(window[2], window[n]), (kernel[0], kernel[n])] for n in (1, 3)]
    lines += [[(kernel[2], kernel[n]), at] for n in (1, 3)]
    ax.add_collection(LineCollection(lines, colors=style.KERNEL, linewidths=0.9, alpha=0.8, zorder=2.8), autolim=False)


def _strongest(values, layer, most):
    """The place of the largest number whose window lies on the input, and where that window begins."""
    rows, columns = (np.arange(size) * stride - before for size, stride, (before, _)
                     in zip(values.shape, layer["stride"], layer["padding"], strict=True))
    inside = ((rows >= 0) & (rows <= most[0]))[:, None] & ((columns >= 0) & (columns <= most[1]))
    row, across = np.unravel_index(int(np.where(inside, values, -np.inf).argmax()), values.shape)
    return row, across, max(0, rows[row]), max(0, columns[across])


def _way_back(ax, whole):
    start, end, y = whole[-1][2], whole[0][0], TOP / 2
    ax.add_artist(FancyArrowPatch((start, y), (end, y), arrowstyle="-|>", mutation_scale=12, lw=2, ec=style.KERNEL,
                                  fc=style.KERNEL, shrinkA=0, shrinkB=0))
    ax.text((start + end) / 2, y, f"  {BACK}  ", size=POINTS + 1, weight="bold", color=style.KERNEL_TEXT, ha="center",
            va="center", bbox={"fc": "white", "ec": "none", "pad": 1})
