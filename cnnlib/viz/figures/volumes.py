"""A network as the boxes that pass through it: every array to scale, and where its parameters and its work are."""

import itertools
import math
from typing import NamedTuple

from matplotlib.collections import PolyCollection

from ...arguments import label, shown, truth
from ..kit import style, texts
from ..kit.bare import Bare
from ..kit.drawing import Figure
from .volume_boxes import ACROSS, CARD, UP, Column, arched, cards, draw, rectangle, skip, window
from .volume_words import lines, percent, words

# All lengths are inches; y goes downwards.
EDGE, GAP, WIDEST = 0.3, 0.13, 0.6   # around everything; between two columns, at least and at most
HIGH, LONG = 1.75, 1.05              # of the highest and the longest box, if there is room
LEAST = 0.5                          # of that, or volumes are folded together
CELL, CHANNEL = 0.25, 0.1            # no cell and no channel is drawn larger
MOST = 24                            # columns that are tried
LINE, BAR, ROW = 0.17, 0.5, 0.98     # of lettering; of a bar for all; from one row of bars to the next
SMALL = 8.5                          # points
FAR = 40                             # times the smallest is the largest that is drawn on the same scale

SCALES = (("", float), ("square root", math.sqrt), ("logarithm", lambda n: math.log2(1 + n)))


def volumes(model, input_shape, title="", memory=True):
    """Draw the arrays that pass through a network as boxes to scale: a matplotlib Figure.

    `model` is a `Sequential`, `input_shape` that of one example (C, H, W), `title` its name. A box is as high as the
    maps, reaches as far back as they are wide, and is as long as there are channels; where sizes are too far apart, all
    are drawn by their square root (or logarithm), and the figure says so. Like layers in a row are one pack of boxes;
    what does not change the shape (ReLU, batch norm) belongs to the layer before. Arcs are shortcuts: past a residual
    block, from the maps of a dense layer to the end of its block, over the levels of a U-Net. Below stand the sizes of
    kernels and the share of all parameters and multiplications (MACs). A long network is folded until it can be read.
    `memory` says what training on one example takes, under the title.

    Makes no parameters. Raises TypeError for what is no Sequential, ValueError for a shape that does not fit.

    >>> from cnnlib import zoo
    >>> fig = volumes(zoo.lenet5(), (1, 28, 28), "LeNet-5")
    >>> fig.axes[0].texts[0].get_text()
    'LeNet-5: 61,706 parameters, 416,520 MACs'
    """
    if isinstance(model, type) or not hasattr(model, "volumes"):
        slip = ": it is a class, add ()" if isinstance(model, type) else ""
        raise TypeError(f"model must be a network, cnn.nn.Sequential(...), found {shown(model)}{slip}")
    title, memory = label(title), truth(memory, "memory")
    try:
        summary = model.summary(input_shape)
    except ValueError as error:
        raise ValueError(f"input_shape: {error}" if "input_shape" not in str(error) else str(error)) from None
    totals = f"{summary.parameters:,} parameters, {summary.macs:,} MACs"
    with style.context():
        drawing = _fitted(model, input_shape)
        fig = drawing.figure(f"{title}: {totals}" if title else totals,
                             f"memory to train on one example: {summary.memory}" * memory)
    fig.alt = words(f"{title or 'A network'} as boxes: {totals}.", drawing.found, drawing.skips)
    return fig


def _fitted(model, input_shape):
    """The drawing, folded as far as its boxes need to be large enough."""
    drawing = Drawing(*model.volumes(input_shape))
    count = len(drawing.found)
    while drawing.factor < LEAST and count > 2:
        count = min(count - 1, MOST)
        drawing = Drawing(*model.volumes(input_shape, most=count))
        count = min(count, len(drawing.found))
    return drawing


class Scale(NamedTuple):
    """How long a number is drawn: `inches` times what `bend` makes of it; `name` says that in words, "" if nothing."""

    name: str
    bend: object
    inches: float

    def __call__(self, n):   # noqa: D102  (the class says it)
        return self.inches * self.bend(n)

    def __str__(self):
        return f" (by their {self.name})" if self.name else ""


def scale(numbers, longest, largest):
    """The scale of these numbers: the first on which the smallest can still be seen beside the largest.

    The largest is then `longest` inches, but 1 never more than `largest`.

    >>> round(scale([28, 14, 1], 1.4, 0.1)(14), 3), scale([3, 4096], 1, 0.1).name
    (0.7, 'square root')
    """
    low, high = min(numbers), max(numbers)
    name, bend = next((s for s in SCALES if s[1](high) <= FAR * s[1](low)), SCALES[-1])
    return Scale(name, bend, min(longest / bend(high), largest / bend(1)))


class Drawing:
    """Volumes laid out in a row, by a `factor` smaller than they might be, so that they fit."""

    def __init__(self, found, skips):
        self.found, self.skips = found, skips
        sides = [volume.sides for volume in found]
        self.maps = scale([n for _, *both in sides for n in both], HIGH, CELL)
        self.channels = scale([depth for depth, *_ in sides], LONG, CHANNEL)
        self.lines = [lines(volume) for volume in found]
        self.letters = [max(texts.width(text, SMALL, weight) for text, weight in written) for written in self.lines]
        self.factor = self._largest()
        self.maps, self.channels = (s._replace(inches=s.inches * self.factor) for s in (self.maps, self.channels))
        self.columns = list(self._placed())

    def _boxes(self, factor=1.0):
        """How wide the boxes of every volume are."""
        for volume in self.found:
            depth, _, wide = volume.sides
            yield factor * (self.channels(depth) + ACROSS * self.maps(wide)) + CARD * (cards(volume) - 1)

    def _widths(self, factor=1.0):
        return [max(both) for both in zip(self._boxes(factor), self.letters, strict=True)]

    def _largest(self):
        """The largest factor, 1 at most, with which all fit beside each other."""
        room = style.WIDTH - 2 * EDGE - GAP * (len(self.found) - 1)
        low, high = 0.01, 1.0
        if sum(self._widths(high)) <= room:
            return high
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(self._widths(middle)) <= room else (low, middle)
        return low

    def _placed(self):
        widths, between = self._widths(), len(self.found) - 1
        spare = style.WIDTH - 2 * EDGE - sum(widths)
        gap = min(max(GAP, spare / max(1, between)), WIDEST)
        x = (style.WIDTH - gap * between - sum(widths)) / 2
        for volume, written, width, box in zip(self.found, self.lines, widths, self._boxes(), strict=True):
            depth, high, wide = volume.sides
            middle = x + width / 2
            yield Column(volume, middle - box / 2, middle, self.channels(depth), self.maps(high), self.maps(wide),
                         written)
            x += width + gap

    def figure(self, title, subtitle):
        """All of it on a sheet."""
        room = style.WIDTH - 2 * EDGE
        heads = [(line, style.FONT, 0.3, {"weight": "bold"}) for line in texts.broken(title, 1.1 * style.FONT, room)]
        heads += [(line, SMALL, 0.2, {"color": style.QUIET}) for line in texts.broken(subtitle, SMALL, room)]
        above = max(column.high / 2 + max(UP * column.wide, 0.26 * arched(column.volume)) for column in self.columns)
        roof = 0.42 + sum(high for _, _, high, _ in heads) + (0.16 * len(self.skips) + 0.1 if self.skips else 0)
        axis = roof + above
        below = axis + max(column.high for column in self.columns) / 2 + 0.28
        bars = below + LINE * max(map(len, self.lines)) + 0.2
        note = texts.broken(self._note(), SMALL, room)
        height = bars + 2 * ROW + 0.2 * len(note) + 0.1
        fig = Figure(figsize=(style.WIDTH, height))
        ax = fig.add_axes([0, 0, 1, 1], axes_class=Bare, xlim=(0, style.WIDTH), ylim=(height, 0))
        y = 0.2
        for line, size, high, look in heads:
            ax.text(EDGE, y + high / 2, line, va="center", size=size, **look)
            y += high
        ax.plot([self.columns[0].right, self.columns[-1].left], [axis, axis], color="#B4B4B4", lw=1.0, zorder=0.1)
        for column in self.columns:
            draw(ax, column, axis, self.channels)
            for row, (text, weight) in enumerate(column.lines):
                ax.text(column.middle, below + LINE * row, text, ha="center", va="center", size=SMALL, weight=weight)
        if not self.maps.name:
            for one, two in itertools.pairwise(self.columns):
                window(ax, one, two, axis, self.maps)
        for level, (start, end) in enumerate(sorted(self.skips, key=lambda ends: ends[1] - ends[0])):
            skip(ax, self.columns[start], self.columns[end], axis, roof - 0.12 - 0.16 * level)
        for row, name in enumerate(("parameters", "MACs")):
            self._shares(ax, name, bars + ROW * row)
        for row, line in enumerate(note):
            ax.text(EDGE, height - 0.2 * (len(note) - row), line, va="center", size=SMALL, color=style.QUIET)
        return fig

    def _shares(self, ax, name, top):
        """One bar for each volume: its share of all."""
        counts = [getattr(volume, name.lower()) for volume in self.found]
        ax.text(EDGE, top, f"share of all {name}", va="center", size=SMALL, weight="bold")
        floor, bars = top + 0.24 + BAR, []
        for column, count in zip(self.columns, counts, strict=True):
            share = count / max(1, sum(counts))
            bars.append(rectangle(column.middle - 0.14, floor - BAR * share, 0.28, BAR * share))
            ax.text(column.middle, floor - BAR * share - 0.09, percent(share), ha="center", va="center", size=SMALL)
        ax.add_collection(PolyCollection(bars, facecolors=style.QUIET, edgecolors="none", gid=name), autolim=False)
        ax.plot([EDGE, style.WIDTH - EDGE], [floor, floor], color=style.QUIET, lw=0.8)

    def _note(self):
        """How to read the boxes."""
        text = (f"Boxes to scale: as high and as wide as the maps{self.maps}, as long as there are channels"
                f"{self.channels}.")
        if self.skips or any(map(arched, self.found)):
            fits = any(volume.projections for volume in self.found)
            text += f" Arcs are shortcuts{', dashed where a convolution fits the input to the new shape' * fits}."
        return text
