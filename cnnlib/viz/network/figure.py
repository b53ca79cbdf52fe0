"""The still picture of a network: an input, the maps of every layer as small pictures, and the bars of the answer.

All lengths are inches; places count from the upper left corner.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle

from ..kit import style, texts
from ..kit.bare import Bare
from ..kit.drawing import Figure
from ..kit.numbers import number
from ..kit.steps import step_of
from .words import percent

SEEN, ONE = 16, 8                 # maps of a layer that are drawn, and how many stand below each other
TOP, HIGH, MARGIN = 0.68, 2.6, 0.14   # above the maps; of the highest column; around all
LARGEST, SMALLEST, GAP = 0.52, 0.12, 0.04
INPUT, ANSWER, STRIP, NAME = 1.45, 1.5, 0.14, 0.95   # of an answer, without its name; of a name, at most
MOST_COLUMNS, CROWDED = 10, 7     # of a deeper network the first and the last ones; so many have little to say each
POINTS = 8.5
MOST_BARS = 12
MANY = 40                         # lines between two columns: more of them are an area


class Block(NamedTuple):
    """A column in the picture: where it begins, how wide it is, the side of its maps and how they stand."""

    left: float
    wide: float
    size: tuple
    across: int
    boxes: list     # (left, top, right, bottom) of each map, or of the strip


def figure(network, i=None):
    """Draw what a network makes of image i: a matplotlib Figure, 9 inches wide."""
    i = 0 if i is None else step_of(network, i)
    outputs = network.outputs(i)
    places = _columns(network)
    with style.context():
        fig = Figure(figsize=(style.WIDTH, TOP + HIGH + MARGIN))
        ax = fig.add_axes([0, 0, 1, 1], axes_class=Bare, xlim=(0, style.WIDTH), ylim=(TOP + HIGH + MARGIN, 0))
        blocks = _blocks(network, places)
        crowded = len(places) > CROWDED
        entry = _entry(ax, network, i)
        _wires(ax, network, places, blocks, entry)
        ends = [block.left for block in blocks] + [style.WIDTH - MARGIN - _answer_room(network)]
        for place, block, end in zip(places, blocks, ends[1:], strict=True):
            column, room = network.columns[place], end - block.left - 0.05
            _column(ax, column, block, outputs[column["out"]], crowded, room)
        if network.classes:
            _answer(ax, network, outputs[-1].astype(float), None if network.labels is None else network.labels[i])
    fig.alt = network.alt(i)
    return fig


# --- where everything stands ------------------------------------------------------------------------------------------

def _columns(network):
    """The places of the columns that are drawn; the last one is the answer where there are classes."""
    places = list(range(len(network.columns) - bool(network.classes)))
    half = MOST_COLUMNS // 2
    return places if len(places) <= MOST_COLUMNS else places[:half] + places[-half:]


def _blocks(network, places):
    room = style.WIDTH - 2 * MARGIN - INPUT - _answer_room(network)
    high = HIGH
    while True:
        shapes = [_size(network.columns[place]["shape"], high) for place in places]
        needed = sum(max(wide, 0.42) for wide, *_ in shapes)
        between = (room - needed) / (len(places) + bool(network.classes)) if places else 0
        if between >= 0.2 or high < 1.2:
            break
        high -= 0.1
    left, blocks, between = MARGIN + INPUT + min(between, 0.6), [], min(between, 0.6)
    for wide, size, across, count in shapes:
        blocks.append(Block(left, wide, size, across, _boxes(left, size, across, count)))
        left += max(wide, 0.42) + max(between, 0.05)
    return blocks


def _names_room(network):
    """Inches for the longest name of a class, and the tick beside the right one."""
    return min(NAME, max(texts.width(f"{name} ✓", POINTS, "bold") for name in network.classes))


def _answer_room(network):
    """Inches for the bars of the answer, names included; 0 where there is none."""
    return ANSWER + _names_room(network) if network.classes else 0


def _size(shape, high):
    """(width, (width, height) of a map, how many side by side, how many) of a column of such a shape."""
    if len(shape) == 1:
        return STRIP, (STRIP, min(high, 0.05 * shape[0])), 1, 1
    count, rows, columns = min(shape[0], SEEN), *shape[1:]
    across = 2 if count > ONE else 1
    down = -(-count // across)
    side = max(SMALLEST, min(LARGEST, (high - (down - 1) * GAP) / down))
    size = (side * columns / max(rows, columns), side * rows / max(rows, columns))
    return across * size[0] + (across - 1) * GAP, size, across, count


def _boxes(left, size, across, count):
    down = -(-count // across)
    top = TOP + (HIGH - down * size[1] - (down - 1) * GAP) / 2
    corners = [(left + n % across * (size[0] + GAP), top + n // across * (size[1] + GAP)) for n in range(count)]
    return [(x, y, x + size[0], y + size[1]) for x, y in corners]


# --- what is drawn ----------------------------------------------------------------------------------------------------

def _panel(ax, box, values, colour, **looks):
    left, top, right, bottom = box
    ax.imshow(values, extent=(left, right, bottom, top), aspect="auto", interpolation="nearest", zorder=2, **looks)
    ax.add_artist(Rectangle((left, top), right - left, bottom - top, fc="none", ec=colour, lw=0.7, zorder=2.1))


def _head(ax, left, name, told, size, colour, room=INPUT):
    told = _cut(told, room)
    ax.text(left, TOP - 0.52, name, size=POINTS + 1, weight="bold", color=style.lettering(colour), va="center")
    ax.text(left, TOP - 0.34, told, size=POINTS, color=style.QUIET, va="center")
    ax.text(left, TOP - 0.17, size, size=POINTS, color=style.QUIET, va="center")


def _cut(text, room, weight="normal"):
    """As much of a text as fits into so many inches."""
    while texts.width(text, POINTS, weight) > room and len(text) > 2:
        text = text.rstrip("…")[:-1] + "…"
    return text


def _entry(ax, network, i):
    """The input; returns its box."""
    image, (channels, rows, columns) = network.image(i).astype(float), network.shape
    side = INPUT / max(rows, columns)
    high, wide = rows * side, columns * side
    top = TOP + (HIGH - high) / 2
    box = (MARGIN, top, MARGIN + wide, top + high)
    told = "empty" if network.images is None else f"test image {i}"
    if network.labels is not None:
        told += f": {network.classes[network.labels[i]]}"
    _head(ax, MARGIN, "input", told, _x(network.shape), style.INPUT)
    if channels in (1, 3):
        picture = image[0] if channels == 1 else image.transpose(1, 2, 0).clip(0, 1)
        _panel(ax, box, picture, style.INPUT, cmap="gray", vmin=0, vmax=1)
    else:
        _panel(ax, box, image[0], style.INPUT, **_signed(image))
    return box


def _signed(values):
    limit = style.signed_limit(values)
    return {"cmap": style.SIGNED_DEEP, "vmin": -limit, "vmax": limit}


def _column(ax, column, block, values, crowded, room):
    shape, looks = column["shape"], _signed(values)
    name, told = (column["name"], column["told"]) if not crowded else ("", column["name"])
    _head(ax, block.left, name, told, _x(shape), style.OUTPUT, room)
    if len(shape) == 1:
        _panel(ax, block.boxes[0], values.reshape(-1, 1), style.QUIET, **looks)
        return
    for box, each in zip(block.boxes, values.reshape(shape), strict=False):
        _panel(ax, box, each, style.QUIET, **looks)


def _wires(ax, network, places, blocks, entry):
    """Lines from maps to maps; areas where everything meets everything."""
    lines, areas = [], []
    whole = [entry] + [(block.left, block.boxes[0][1], block.left + block.wide, block.boxes[-1][3]) for block in blocks]
    for n, (place, block) in enumerate(zip(places, blocks, strict=True)):
        column, before = network.columns[place], [entry] if n == 0 else blocks[n - 1].boxes
        maps = len(column["shape"]) == 3 and (n == 0 or len(network.columns[places[n - 1]]["shape"]) == 3)
        if not maps:
            areas.append(_area(whole[n], whole[n + 1]))
            continue
        pairs = [(before[c], b) for k, b in enumerate(block.boxes) for c in _read(network, place, k, n > 0)
                 if c < len(before)]
        if len(pairs) > MANY:
            areas.append(_area(whole[n], whole[n + 1]))
            continue
        lines += [[(a[2], (a[1] + a[3]) / 2), (b[0], (b[1] + b[3]) / 2)] for a, b in pairs]
    if network.classes:
        areas.append(_area(whole[-1], (style.WIDTH - MARGIN - _answer_room(network), TOP, 0, TOP + HIGH)))
    ax.add_collection(LineCollection(lines, colors=style.QUIET, linewidths=0.6, alpha=0.4, zorder=1), autolim=False)
    ax.add_collection(PolyCollection(areas, facecolors=style.QUIET, alpha=0.1, linewidths=0, zorder=1), autolim=False)


def _read(network, place, k, maps):
    """The maps of the column before that map k of a column is made of; all of an input are one picture."""
    layer, count = network.layers[network.columns[place]["layer"]], network.columns[place]["shape"][0]
    if not maps:
        return range(1)
    if layer["kind"] != "Conv2d":
        return range(k, k + 1)
    depth = layer["weights"]["w"]["shape"][1]
    first = k // (count // layer["groups"]) * depth
    return range(first, first + depth)


def _area(a, b):
    return [(a[2], a[1]), (b[0], b[1]), (b[0], b[3]), (a[2], a[3])]


def _answer(ax, network, z, truth):
    """The bars of the classes; of many the likeliest."""
    left, several = style.WIDTH - MARGIN - _answer_room(network), len(z) > 1
    p = np.exp(z - z.max())
    p = p / p.sum() if several else z
    order = list(range(len(z))) if len(z) <= MOST_BARS else [int(n) for n in np.argsort(-p, kind="stable")[:MOST_BARS]]
    _head(ax, left, "answer", "softmax of" if several else "", f"{network.columns[-1]['name']}, {len(z)}", style.OUTPUT)
    step, best = min(0.3, HIGH / len(order)), int(p.argmax())
    top = TOP + (HIGH - step * len(order)) / 2
    names = [network.classes[n] + (" ✓" if n == truth else "") for n in order]
    inner = left + 0.14 + _names_room(network)
    right = style.WIDTH - MARGIN - 0.62
    for row, (n, name) in enumerate(zip(order, names, strict=True)):
        middle, bold = top + (row + 0.5) * step, "bold" if n == best and several else "normal"
        ax.text(left + 0.08, middle, _cut(name, NAME, bold), size=POINTS, va="center", weight=bold)
        ax.add_artist(Rectangle((inner, middle - 0.06), right - inner, 0.12, fc="#EFEFEF", ec="none"))
        share = float(np.clip(p[n], 0, 1))
        ax.add_artist(Rectangle((inner, middle - 0.06), (right - inner) * share, 0.12, ec="none",
                                fc=style.OUTPUT if n == best and several else style.QUIET))
        told = percent(p[n]) if several else number(p[n], 2)
        ax.text(style.WIDTH - MARGIN, middle, told, size=POINTS, va="center", ha="right", weight=bold)


def _x(shape):
    return "×".join(map(str, shape))
