"""One volume of a network as a pack of boxes, its shortcuts, and the kernel that reads it. All lengths are inches."""

from typing import NamedTuple

from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..kit import style

ACROSS, UP = 0.34, 0.26   # how far a cell to the back lies to the right and higher, in cells
CARD, CARDS = 0.12, 6     # from one of several like volumes to the next; so many are drawn
LINES, ARCS = 0.035, 0.08   # at least, between two lines, and between two arcs, of a dense block

COLOURS = {"input": style.INPUT, "Linear": style.OUTPUT, "MaxPool2d": style.QUIET, "AvgPool2d": style.QUIET,
           "GlobalAvgPool2d": style.QUIET}   # all others, which learn kernels, are kernel-coloured


class Column(NamedTuple):
    """A volume in its place: `left` is that of its first box, `middle` that of its lettering; `long` and `high` is the
    front of one box, `wide` what lies behind, not yet foreshortened."""

    volume: object
    left: float
    middle: float
    long: float
    high: float
    wide: float
    lines: list

    @property
    def cards(self):
        """How many boxes are drawn for the volumes of the pack."""
        return cards(self.volume)

    @property
    def right(self):
        """The right end of the last box's front."""
        return self.left + (self.cards - 1) * CARD + self.long


def cards(volume):
    """How many boxes are drawn for so many volumes in a row."""
    return 1 if volume.kind == "layers" else min(volume.count, CARDS)


def arched(volume):
    """Whether there are arcs over its boxes."""
    return volume.kind in ("Residual", "DenseBlock")


def draw(ax, column, axis, channels):
    """The boxes around the height `axis`, the last in front, and their shortcuts; `channels` is the scale of length."""
    volume, colour, top = column.volume, COLOURS.get(column.volume.kind, style.KERNEL), axis - column.high / 2
    faces, across, up = [], ACROSS * column.wide, UP * column.wide
    for card in range(column.cards):
        left, right, bottom = column.left + card * CARD, column.left + card * CARD + column.long, top + column.high
        faces += [[(left, top), (left + across, top - up), (right + across, top - up), (right, top)],
                  [(right, top), (right + across, top - up), (right + across, bottom - up), (right, bottom)],
                  rectangle(left, top, column.long, column.high)]
    shades = [_tint(colour, share) for share in (0.12, 0.42, 0.25)]
    _fill(ax, faces, shades * column.cards, colour, 0.8, 1, f"box {volume.kind}")
    if volume.depths:
        _grown(ax, column, top, [column.left + channels(depth) for depth in volume.depths], colour)
    if volume.kind == "Residual":
        for card in range(column.cards):
            end = column.left + card * CARD + min(CARD, column.long) / 2
            _arc(ax, end - CARD, end, top, 0.15, dashed=card < volume.projections)


def _grown(ax, column, top, ends, colour):
    """What came in, in the colour of inputs; a line for what each layer adds; arcs from there to the block's end."""
    _fill(ax, [rectangle(column.left, top, ends[0] - column.left, column.high)], [_tint(style.INPUT, 0.3)], colour, 0.8,
          1.1, "carried")
    for end in _apart(ends, LINES)[1:-1]:
        ax.plot([end, end], [top, top + column.high], color=colour, lw=0.6, zorder=1.2)
    for start in _apart([column.left, *ends], ARCS)[:-1] if arched(column.volume) else ():
        _arc(ax, start, ends[-1], top, 0.08 + 0.16 * (ends[-1] - start) / (ends[-1] - column.left))


def _apart(places, least):
    """The first and the last of rising places, and of those between as many as are apart from each other."""
    kept = places[:1]
    for place in places[1:-1]:
        if place - kept[-1] >= least and places[-1] - place >= least:
            kept.append(place)
    return [*kept, places[-1]]


def window(ax, one, two, axis, maps):
    """The kernel where it lies on a map of one volume, and lines to the cell that it makes of the next.

    `maps` is the scale of heights, and must be linear: nothing else could show a kernel.
    """
    (_, high, wide), volume = one.volume.sides, two.volume
    if not volume.kernels or volume.after or volume.kind in ("layers", "ConvTranspose2d"):
        return
    f, g = (min(size, room) for size, room in zip(volume.kernels[0], (high, wide), strict=True))
    top, row, column = axis - one.high / 2, 0.3 * (high - f), 0.7 * (wide - g)
    corners = [(one.right + ACROSS * maps(j), top + maps(i) - UP * maps(j))
               for i, j in ((row, column), (row, column + g), (row + f, column + g), (row + f, column))]
    _fill(ax, [corners], [_tint(style.KERNEL, 0.15)], style.KERNEL, 1.3, 2, "window")
    for x, y in corners[1:3]:
        ax.plot([x, two.left], [y, axis - two.high * 0.1], color=style.KERNEL, lw=0.8, zorder=1.9)


def skip(ax, one, two, axis, level):
    """A long shortcut: up from one volume to the height `level`, over those between, and down to another."""
    start, end = one.right, two.left + min(two.long, 0.1)
    first, last = (axis - column.high / 2 for column in (one, two))
    path = Path([(start, first), (start, level), (end, level), (end, last)])
    ax.add_artist(PathPatch(path, fc="none", ec=style.TEXT, lw=1.1, joinstyle="round", gid="arc", zorder=2))
    ax.annotate("", xy=(end, last), xytext=(end, level), zorder=2, arrowprops={
        "arrowstyle": "-|>", "color": style.TEXT, "lw": 1.1, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 9})


def rectangle(left, top, long, high):
    """Its corners."""
    return [(left, top), (left + long, top), (left + long, top + high), (left, top + high)]


def _arc(ax, start, end, base, high, dashed=False):
    """Half an ellipse over the upper edge of a box."""
    middle, y, bend = (start + end) / 2, base - high, 0.5523   # of a cubic curve that is nearly a quarter of a circle
    half = middle - start
    path = Path([(start, base), (start, base - bend * high), (middle - bend * half, y), (middle, y),
                 (middle + bend * half, y), (end, base - bend * high), (end, base)], [1, 4, 4, 4, 4, 4, 4])
    ax.add_artist(PathPatch(path, fc="none", ec=style.TEXT, lw=1.1, ls=(0, (2.2, 1.4)) if dashed else "-", gid="arc",
                            zorder=2))


def _fill(ax, corners, faces, edge, width, zorder, gid):
    ax.add_collection(PolyCollection(corners, facecolors=faces, edgecolors=edge, linewidths=width, joinstyle="round",
                                     gid=gid, zorder=zorder), autolim=False)


def _tint(colour, share):
    """A colour thinned with white."""
    return to_hex([1 - share * (1 - part) for part in to_rgb(colour)])
