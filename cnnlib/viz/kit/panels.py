"""Panels of a scene's picture: cells with digits where there is room, colours where there is not, and outlines on both.

A panel is one channel or one filter. Its axes count its cells, padding included; rows go downwards.
"""

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from . import cells, style
from .bare import Bare
from .lettering import Lettering, Line
from .numbers import number

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
    if largest >= 1e5 or 0 < largest < 0.01:
        return None
    return next((d for d in (0, 1) if np.allclose(np.round(finite, d), finite, rtol=0, atol=1e-9)), 2)


def label(value, digits):
    """What a cell says: a number with at most `digits` decimals, "−∞", or a power of ten such as "2e−5".

    >>> label(0.5, 2), label(-np.inf, 0), label(-0.00002, None)
    ('0.5', '−∞', '−2e−5')
    """
    if np.isinf(value):
        return "−∞" if value < 0 else "∞"
    if digits is not None or value == 0:
        return number(value, digits or 0)
    mantissa, power = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(power)}".replace("-", "−")


class Look(NamedTuple):
    """How the cells of one board are drawn: the limit of its colours, its decimals, the size of its digits as a share
    of the cell, and the height of their middle: lower where a letter in the corner needs room."""

    limit: float
    digits: int | None
    share: float
    middle: float = 0.51

    @property
    def needed_cell(self):
        """The side in inches below which the digits could not be read."""
        return SMALLEST_TYPE / 72 / self.share


def look(values, role, limit=None, also=(), lettered=False):
    """The `Look` of a board that holds these values and perhaps other texts; `lettered` leaves room for a letter.

    >>> look(np.array([1.0, -2.0]), "input").digits
    0
    """
    digits = digits_of(values)
    texts = {re.sub(r"\d", "0", label(v, digits)) for v in np.unique(values)} | {*also}
    widest = max(width(text, 72) for text in texts)
    room = 0.7 if style.ROLES[role].double else 0.8
    largest, middle = (0.35, 0.63) if lettered else (0.42, 0.51)
    return Look(limit or style.signed_limit(values), digits, min(largest, room / widest), middle)


# --- lines of text ----------------------------------------------------------------------------------------------------

@lru_cache(8192)
def _measured(text, weight, slant, points=100.0):
    """Width in points: as designed, or as drawn with 100 pixels to an inch, where glyphs keep to whole pixels."""
    font = FontProperties(family=style.FAMILY, size=points, weight=weight, style=slant)
    with style.context():   # the width is kept for all that is drawn later
        drawn = _screen().get_text_width_height_descent(text, font, False)[0] * 0.72
        return max(drawn, text_to_path.get_text_width_height_descent(text, font, False)[0])


@lru_cache(1)
def _screen():
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, 100)


def width(text, points, weight="normal", slant="normal"):
    """Width of a text in inches."""
    text = re.sub(r"\d", "0", text)   # digits are all equally wide, so few different texts have to be measured
    return _measured(text, weight, slant, round(points, 1)) / 72


def pieces_width(pieces, points):
    """Width in inches of a line of pieces (text, colour, weight)."""
    return sum(width(text, points, weight) for text, _, weight in pieces)


def broken(text, points, room):
    """A text in lines that are no wider than `room` inches, if no word is.

    >>> broken("never read", 10, 0.6)
    ['never', 'read']
    """
    lines = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", points) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def write(ax, left, row, pieces, points):
    """One line of pieces (text, colour, weight), one after the other; `ax` counts inches."""
    if pieces:
        ax.add_artist(Lettering([Line(left, row, list(_joined(pieces)), points)]))


def _joined(pieces):
    """Neighbours that look alike as one piece."""
    for (colour, weight), group in itertools.groupby(pieces, key=lambda piece: piece[1:]):
        yield "".join(text for text, *_ in group), colour, weight


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

    def numbers(self, places, look):
        """Cells (row, column, value, role) with their digits; padding and cells never read are hatched."""
        block, digits = cells.Block(self._thickest), []
        for row, column, value, role in places:
            drawn = style.ROLES[role]
            block.cell(column, row, role, cells.face_of(value if np.isfinite(value) else None, role, look.limit))
            ink = style.PADDING if role == "padding" else style.TEXT if drawn.hatch else style.ink(
                style.fill(value, look.limit))
            digits.append(Line(column + 0.5, row + look.middle, [(label(value, look.digits), ink, "normal")],
                               self.ax.cell_points * look.share, centred=True, paper=1.2 if drawn.hatch else None))
        block.put(self.ax)
        if digits:
            self.ax.add_artist(Lettering(digits))

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

    def colours(self, values, pad, role, limit):
        """All cells as colours, without digits; values that are not yet known (NaN) stay dotted paper."""
        (top, bottom), (left, right) = pad
        rows, columns = self.size
        if top + bottom + left + right:
            self._hatched(0, 0, rows, columns, style.ROLES["padding"])
        ax, inner = self.ax, (left, columns - right, rows - bottom, top)
        ax.add_artist(Rectangle((left, top), inner[1] - left, inner[2] - top, fc="white", ec="none", zorder=0.4))
        if np.isnan(values).any():
            ax.add_artist(Rectangle((left, top), inner[1] - left, inner[2] - top, fc="none", ec="#C4C4C4", lw=0,
                                   hatch="....", zorder=0.5))
        self.image = ax.imshow(np.ma.masked_invalid(values), cmap=style.SIGNED_DEEP, vmin=-limit, vmax=limit,
                               extent=inner, interpolation="nearest", aspect=ax.get_aspect(), zorder=0.8)
        ax.set(xlim=(0, columns), ylim=(rows, 0))
        self.surface = [self.image]
        drawn = style.ROLES[role]
        for gap in (0.0, 3.2) if drawn.double else (0.0,):   # points
            x, y = gap / 72 / self.cell[0], gap / 72 / self.cell[1]
            frame = Rectangle((left - x, top - y), inner[1] - left + 2 * x, inner[2] - top + 2 * y, fc="none",
                              ec=drawn.colour, lw=drawn.width, clip_on=False, zorder=1)
            self.surface.append(ax.add_artist(frame))

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
