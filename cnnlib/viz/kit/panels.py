"""Panels of a scene's picture: cells with digits where there is room, colours where there is not, and outlines on both.

A panel is one channel or one filter. Its axes count its cells, padding included; rows go downwards.
"""

import re
from typing import NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from . import cells, colours, style
from .bare import Bare
from .lettering import Lettering, Line
from .numbers import number
from .scale import Scale, scale_of
from .texts import width

LARGE = 1e5             # numbers from here on are powers of ten in a cell
SMALLEST_TYPE = 7.2     # points: smaller digits cannot be read at 900 pixels
LARGEST_CELL = 0.5      # inches
SMALLEST_LETTERED = 0.32   # inches: in smaller cells there is no room for a letter
INDEX = 0.2              # inches: the band above a row of cells that holds their numbers
LETTERS = "abcdefghijklmnopqrstuvwxyz"

COLOURS = {"input": style.INPUT, "kernel": style.KERNEL, "output": style.OUTPUT, "padding": style.PADDING,
           "product": style.INPUT, "": style.TEXT}

_PAPER = [patheffects.withStroke(linewidth=2.5, foreground="white")]


# --- numbers in cells -------------------------------------------------------------------------------------------------

def digits_of(values):
    """How many decimals the cells of a board show: as many as its numbers have, at most 2; None for powers of ten.

    >>> digits_of(np.array([1.0, -2.0])), digits_of(np.array([0.5, 1 / 3])), digits_of(np.array([1e-5]))
    (0, 2, None)
    """
    finite = np.abs(values[np.isfinite(values)])
    largest = finite.max(initial=0.0)
    if largest >= LARGE or 0 < largest < 0.01:
        return None
    return next((d for d in (0, 1) if np.allclose(np.round(finite, d), finite, rtol=0, atol=1e-9)), 2)


def label(value, digits):
    """What a cell says: a number with at most `digits` decimals, "−∞", or a power of ten such as "2e−5".

    >>> label(0.5, 2), label(-np.inf, 0), label(-0.00002, None), label(1e9, 0)
    ('0.5', '−∞', '−2e−5', '1e9')
    """
    if np.isinf(value) or value == 0 or (digits is not None and abs(value) < LARGE):
        return number(value, digits or 0)
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


class Look(NamedTuple):
    """How the cells of one board are drawn: the scale of its colours, its decimals, the size of its digits as a share
    of the cell, and the height of their middle: lower where a letter in the corner needs room."""

    scale: Scale
    digits: int | None
    share: float
    middle: float = 0.51
    room: float = 0.8

    @property
    def limit(self):
        """Where the scale ends."""
        return self.scale.limit

    @property
    def needed_cell(self):
        """The side in inches below which the digits could not be read."""
        return SMALLEST_TYPE / 72 / self.share

    def share_of(self, text):
        """The size of a text as a share of the cell: that of all others, unless it is too wide for it."""
        return min(self.share, self.room / width(re.sub(r"\d", "0", text), 72))


def look(values, role, limit=None, also=(), lettered=False, scale=None):
    """The `Look` of a board that holds these values and perhaps other texts; `lettered` leaves room for a letter. Its
    `scale` is that of the values, or ends at `limit`. Numbers beyond the scale do not make the others smaller.

    >>> look(np.array([1.0, -2.0]), "input").digits
    0
    """
    scale = scale or (Scale("signed", limit, -limit, limit) if limit else scale_of(values))
    inside = values[~(np.isfinite(values) & (np.abs(values) > scale.limit * (1 + 1e-9)))] if scale.beyond else values
    digits = digits_of(inside)
    texts = {re.sub(r"\d", "0", label(v, digits)) for v in np.unique(inside)} | {*also}
    widest = max(width(text, 72) for text in texts)
    room = 0.7 if style.ROLES[role].double else 0.8
    largest, middle = (0.35, 0.63) if lettered else (0.42, 0.51)
    return Look(scale, digits, min(largest, room / widest), middle, room)


# --- panels -----------------------------------------------------------------------------------------------------------

class Panel:
    """One block of cells in a figure: `corner` (left, top) and `cell` (width, height) in inches."""

    def __init__(self, fig, corner, size, cell):
        self.size, self.cell, self.corner_at = size, cell, corner
        rows, columns = size
        wide, high = fig.get_size_inches()
        left, top = corner
        if cell[0] == cell[1]:
            self.ax = cells.sheet_in(fig, (left, high - top - rows * cell[1]), columns, rows, cell[0])
        else:
            place = [left / wide, 1 - (top + rows * cell[1]) / high, columns * cell[0] / wide, rows * cell[1] / high]
            self.ax = fig.add_axes(place, axes_class=Bare, xlim=(0, columns), ylim=(rows, 0), aspect="auto")
            self.ax.cell_points = min(cell) * 72
        self.image, self.surface = None, []   # of a panel in colours, and all that has to be drawn when they change

    @property
    def middle(self):
        """The height of its middle in the figure, in inches from the top."""
        return self.corner_at[1] + self.size[0] * self.cell[1] / 2

    def numbers(self, places, look, channel=0):
        """Cells (row, column, value, role) with their digits; padding and cells never read are hatched."""
        block, digits, scale = cells.Block(self._thickest), [], look.scale.lane(channel)
        for row, column, value, role in places:
            drawn, fill, text = style.ROLES[role], colours.fill(scale, value), label(value, look.digits)
            block.cell(column, row, role, "white" if drawn.hatch or np.isinf(value) else fill)
            ink = style.PADDING if role == "padding" else style.TEXT if drawn.hatch else style.ink(fill)
            size, paper = self.ax.cell_points * look.share_of(text), 1.2 if drawn.hatch else None
            digits.append(Line(column + 0.5, row + look.middle, [(text, ink, "normal")], size, True, paper))
        block.put(self.ax)
        if far := [(row, column) for row, column, value, _ in places if scale.outside(value)]:
            self._triangles(far)
        if digits:
            self.ax.add_artist(Lettering(digits))

    def _triangles(self, places):
        """Marks of cells whose values lie beyond the scale."""
        return self.ax.add_collection(PolyCollection(self._corners(places), facecolors=style.TEXT, linewidths=0,
                                                     zorder=1.4), autolim=False)

    def _corners(self, places):
        """The upper right corners of cells; of small ones the half."""
        side = min(1.0, max(0.3, 0.045 / min(self.cell)))
        return [[(c + 1, r), (c + 1 - side, r), (c + 1, r + side)] for r, c in places]

    def _thickest(self, drawn):
        """Or small cells would be all outline."""
        return self.ax.cell_points * (0.032 if drawn.double else 0.08)

    def waiting(self):
        """All its cells as such that are not yet written."""
        block = cells.Block(lambda drawn: drawn.width)
        for row, column in np.ndindex(*self.size):
            block.cell(column, row, "pending", "white")
        block.put(self.ax)

    def dim(self, row, column):
        """Take back a cell that has no part in a step."""
        self.ax.add_artist(Rectangle((column, row), 1, 1, fc="white", ec="none", alpha=0.55, zorder=3.5))

    def colours(self, values, pad, role, scale):
        """All cells as colours, without digits; values that are not yet known (NaN) stay dotted paper. Of a colour
        picture the values may be those of all channels, (3, rows, columns): then it is seen as a whole."""
        (top, bottom), (left, right) = pad
        rows, columns = self.size
        if top + bottom + left + right:
            self._hatched(0, 0, rows, columns, style.ROLES["padding"])
        ax, inner = self.ax, (left, columns - right, rows - bottom, top)
        ax.add_artist(Rectangle((left, top), inner[1] - left, inner[2] - top, fc="white", ec="none", zorder=0.4))
        if np.isnan(values).any():
            ax.add_artist(Rectangle((left, top), inner[1] - left, inner[2] - top, fc="none", ec="#C4C4C4", lw=0,
                                   hatch="....", zorder=0.5))
        cmap, low, high = colours.shown(scale, deep=True)
        self.image = ax.imshow(colours.pixels(scale, values), cmap=cmap, vmin=low, vmax=high, extent=inner,
                               interpolation="nearest", aspect=ax.get_aspect(), zorder=0.8)
        ax.set(xlim=(0, columns), ylim=(rows, 0))
        self._scale, self._inner, self._marks = scale, (top, left), self._triangles([])
        self.surface = [self.image, self._marks]
        self.show(values)
        drawn = style.ROLES[role]
        for gap in (0.0, 3.2) if drawn.double else (0.0,):   # points
            x, y = gap / 72 / self.cell[0], gap / 72 / self.cell[1]
            frame = Rectangle((left - x, top - y), inner[1] - left + 2 * x, inner[2] - top + 2 * y, fc="none",
                              ec=drawn.colour, lw=drawn.width, clip_on=False, zorder=1)
            self.surface.append(ax.add_artist(frame))

    def show(self, values):
        """Other values in the colours of the panel; those not yet known are NaN."""
        row, column = self._inner
        self.image.set_data(colours.pixels(self._scale, values))
        far = np.argwhere(np.abs(np.nan_to_num(values)) > self._scale.limit * (1 + 1e-9)) if self._scale.beyond else ()
        self._marks.set_verts(self._corners([(r + row, c + column) for r, c in far]))

    def strip(self, row, column, rows, columns):
        """Cells that no step reads, where there is no room to hatch each of them."""
        self._hatched(row, column, rows, columns, style.ROLES["unread"], 0.9)

    def _hatched(self, row, column, rows, columns, drawn, zorder=0.3):
        pattern = {"/": "////", "x": "xxxx"}[drawn.hatch]
        self.ax.add_artist(Rectangle((column, row), columns, rows, fc="none", ec=cells.HATCH, lw=0, hatch=pattern,
                                    zorder=zorder))
        self.ax.add_artist(Rectangle((column, row), columns, rows, fc="none", ec=drawn.colour, lw=drawn.width,
                                    ls=drawn.dashes, clip_on=False, zorder=zorder))

    def outline(self, row, column, rows, columns, colour, lw=3.0, dashes="-", grow=0.0):
        """A rectangle around cells, `grow` cells larger on each side; on colours in a rim of paper."""
        rim = [patheffects.withStroke(linewidth=lw + 2, foreground="white")] if self.image and dashes == "-" else None
        self.ax.add_artist(Rectangle(
            (column - grow, row - grow), columns + 2 * grow, rows + 2 * grow, fc="none", ec=colour, lw=lw, ls=dashes,
            clip_on=False, zorder=4, joinstyle="miter",
            path_effects=rim,
        ))

    def window(self, taps, colour):
        """The cells (row, column) that a step reads: a frame if they form a block, otherwise also each of them."""
        if not taps:
            return
        rows, columns = [r for r, _ in taps], [c for _, c in taps]
        top, left = min(rows), min(columns)
        high, wide = max(rows) - top + 1, max(columns) - left + 1
        small = min(self.cell) < 0.12
        if high * wide == len(set(taps)):
            self.outline(top, left, high, wide, colour, 1.8 if small else 3.0)
            return
        self.outline(top, left, high, wide, colour, 1.4, (0, (4, 2)))
        for row, column in taps:
            self.outline(row, column, 1, 1, colour, 0.8 if small else 2.4)

    def letter(self, row, column, text):
        """A letter in the corner of a cell, to be found again in another board."""
        cells.note(self.ax, column + 0.11, row + 0.06, text, min(8 / self.ax.cell_points, 0.3), style.TEXT, ha="left",
                   va="top", weight="bold", path_effects=_PAPER, zorder=5)

    def star(self, row, column):
        """A star on the corner of the frame around a cell."""
        cells.note(self.ax, column + 0.03, row + 0.13, "★", min(9 / self.ax.cell_points, 0.22), style.OUTPUT, ha="left",
                   path_effects=_PAPER, zorder=5)



def box(panels):
    """Left, top, right and bottom of some panels together, in inches."""
    sides = [(*p.corner_at, p.corner_at[0] + p.size[1] * p.cell[0], p.corner_at[1] + p.size[0] * p.cell[1])
             for p in panels]
    left, top, right, bottom = zip(*sides, strict=True)
    return min(left), min(top), max(right), max(bottom)
