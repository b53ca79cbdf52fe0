"""The bricks of every picture of small arrays: one cell, a row of cells, a sum in the colours of its parts.

All coordinates count cells: a cell at (column, row) covers [column, column + 1] x [row, row + 1], rows go downwards.
"""

import numpy as np
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle

from . import style
from .bare import Bare
from .drawing import Figure
from .lettering import Lettering, Line
from .numbers import number, sum_pieces, sum_text

LARGEST = 0.56    # inches: no cell is drawn larger
SMALLEST = 0.27   # and none smaller, or its digits could not be read
HATCH = "#B4B4B4"
SUM_CHARACTER = 0.23   # cells: about the width of one character of a sum,
ROOM = {"always": 2, "longest": 60}   # a sum beside cells, as `numbers.listed` has it: so many characters at most

_ROLE_COLOUR = {"input": style.INPUT_TEXT, "kernel": style.KERNEL_TEXT, "output": style.OUTPUT, "": style.TEXT}


def sheet(columns, rows):
    """A white figure that is `columns` x `rows` cells large, and its axes without frame. Call it in `style.context()`.

    Raises ValueError if the cells would become too small to read.
    """
    size = min(LARGEST, style.WIDTH / columns)
    if size < SMALLEST:
        raise ValueError(
            f"x: found a picture {columns:.0f} cells wide, expected at most {style.WIDTH / SMALLEST:.0f}, or its "
            "digits could not be read. Draw a shorter piece, or a curve (cnn.viz.signals)."
        )
    fig = Figure(figsize=(columns * size, rows * size))
    return fig, sheet_in(fig, (0, 0), columns, rows, size)


def sheet_in(fig, corner, columns, rows, size):
    """Axes of `columns` x `rows` cells of `size` inches inside a figure; `corner` is the lower left one, in inches."""
    width, height = fig.get_size_inches()
    place = [corner[0] / width, corner[1] / height, columns * size / width, rows * size / height]
    ax = fig.add_axes(place, axes_class=Bare, xlim=(0, columns), ylim=(rows, 0), aspect="equal")
    ax.cell_points = size * 72   # points to a cell, from which all text takes its size
    return ax


def points(ax, share):
    """A font size in points that is a share of the cell's height."""
    return ax.cell_points * share


def note(ax, column, row, text, share=0.27, colour=style.QUIET, **kwargs):
    """Small text, centred on its place unless told otherwise."""
    kwargs = {"ha": "center", "va": "center", **kwargs}
    return ax.text(column, row, text, size=points(ax, share), color=style.lettering(colour), **kwargs)


def cell(ax, column, row, value=None, role="input", limit=1.0, text=None, face=None):
    """One cell: filled by its value on the signed scale (or by `face`), outlined by its role; None leaves it empty."""
    drawn = style.ROLES[role]
    if face is None:
        face = face_of(value, role, limit)
    for n, inset in enumerate(_insets(role)):
        side = 1 - 2 * inset
        ax.add_artist(Rectangle(   # `add_patch` would measure it, which takes longer than all the rest
            (column + inset, row + inset), side, side, facecolor="none" if n else face, edgecolor=drawn.colour,
            lw=drawn.width, ls=drawn.dashes, joinstyle="miter"))
    if drawn.hatch:
        _hatched(ax, _hatch(column, row, drawn.hatch))
    label = text if text is not None else "" if value is None else number(value)
    if label:
        share = 0.42 if len(label) <= 3 else 1.5 / len(label)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if drawn.hatch else None
        colour = style.PADDING if role == "padding" else style.ink(face)
        note(ax, column + 0.5, row + 0.51, label, share, colour, bbox=box)


def face_of(value, role, limit):
    """The colour of a cell: white where it has no value or is hatched, none for a window, which only frames others."""
    if role == "window":
        return "none"
    return "white" if value is None or style.ROLES[role].hatch else style.fill(value, limit)


def _insets(role):
    """How far the outlines of a cell lie within it."""
    inset = 0.06 if role == "kernel" else 0.045
    return (inset, inset + 0.085) if style.ROLES[role].double else (inset,)


class Block:
    """Cells without digits, drawn together: one artist for all outlines and one for all hatches, because a picture has
    hundreds of cells, and each artist takes its time."""

    def __init__(self, thickest):
        """No outline is thicker than `thickest`, a function of the `style.Role`, says (in points)."""
        self._thickest, self._outlines, self._hatches = thickest, [], []

    def cell(self, column, row, role, face):
        """Add one cell, over those added before."""
        drawn = style.ROLES[role]
        if drawn.double:   # nothing of the dotted cell that waited for it may shine through
            self._outlines.append((_square(column, row, 0.01), "white", "none", 0.0, "-"))
        width = min(drawn.width, self._thickest(drawn))
        for n, inset in enumerate(_insets(role)):
            square = _square(column, row, inset)
            self._outlines.append((square, "none" if n else face, drawn.colour, width, drawn.dashes))
        if drawn.hatch:
            self._hatches += _hatch(column, row, drawn.hatch)

    def put(self, ax):
        """Draw all of them."""
        if self._outlines:
            corners, faces, edges, widths, dashes = zip(*self._outlines, strict=True)
            ax.add_collection(PolyCollection(np.array(corners), facecolors=faces, edgecolors=edges, linewidths=widths,
                                             linestyles=list(dashes), joinstyle="miter", zorder=1), autolim=False)
        if self._hatches:
            _hatched(ax, self._hatches)


def _square(column, row, inset):
    """The corners of a cell's outline."""
    left, right, top, bottom = column + inset, column + 1 - inset, row + inset, row + 1 - inset
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _hatch(column, row, pattern):
    """Diagonal lines across a cell: "/" one way, "x" both ways. (Matplotlib's own hatches do not start at the cell.)"""
    lines = []
    for start in (0.3, 0.6, 0.95, 1.3, 1.65):
        low, high = max(0.0, start - 1) + 0.07, min(1.0, start) - 0.07
        if low < high:
            lines.append([(column + low, row + start - low), (column + high, row + start - high)])
    return lines + [[(x, 2 * row + 1 - y) for x, y in line] for line in lines if pattern == "x"]


def _hatched(ax, lines):
    ax.add_collection(LineCollection(lines, colors=HATCH, linewidths=0.8, capstyle="projecting", zorder=1.2),
                      autolim=False)


def cells(ax, column, row, values, role="input", limit=1.0):
    """A row of cells, or a block of them for a 2-D array."""
    rows = [values] if len(values) and not hasattr(values[0], "__len__") else values
    for r, line in enumerate(rows):
        for c, value in enumerate(line):
            cell(ax, column + c, row + r, value, role, limit)


def substituted_sum(ax, column, row, terms, value, share=0.36):
    """Write x·w + x·w = y, each factor in the colour of its role, from the column on."""
    pieces = [(text, _ROLE_COLOUR[role], "bold" if role == "output" else "normal")
              for text, role in sum_pieces(terms, value, **ROOM)]
    ax.add_artist(Lettering([Line(column, row, pieces, points(ax, share))]))


def sum_width(terms, value):
    """About how many cells wide `substituted_sum` will be."""
    return SUM_CHARACTER * len(sum_text(terms, value, **ROOM))


def arrow(ax, start, end, colour=style.QUIET):
    """An arrow from one place to another, both (column, row)."""
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.3, "shrinkA": 0,
                                                      "shrinkB": 0, "mutation_scale": points(ax, 0.3)})
