"""The still picture of `Shifts`: each stage unshifted and shifted, its changed cells marked, its meters as words.

All lengths are inches. The marks: a filled corner where a cell changed, a cross where it is not what moving along would
give; where cells are too small for that, a map beside them shows the changed ones in black.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from ..kit import cells, panels, style, texts
from ..kit.drawing import Figure

LARGEST, DIGITS, MARKED = 0.42, 0.27, 0.2     # the largest cell; the least for digits; the least for marks
MOST_PICTURE = 2.4                            # the most that a picture of small cells may measure
MARGIN, LABEL, TITLE, GAP = 0.12, 0.75, 0.34, 0.16
CAPTION, LINE = 0.22, 0.24                    # the line above a picture; a second line of words
POINTS = 11.0


class Band(NamedTuple):
    """The room of one stage: where it begins, its cells' side, the corners (left, top) of its panels, where it ends."""

    top: float
    cell: float
    corners: list
    bottom: float


def figure(shifts, s):
    """Draw `Shifts` at shift s: a matplotlib Figure, at most 9 inches wide."""
    top, bands = MARGIN, {}
    for name in shifts.names:
        bands[name] = _band(shifts, name, top)
        top = bands[name].bottom
    marked = any(band.cell >= MARKED for band in bands.values())
    height = top + (0.3 if marked else 0) + MARGIN
    with style.context():
        fig = Figure(figsize=(style.WIDTH, height))
        sheet = cells.sheet_in(fig, (0, 0), style.WIDTH, height, 1.0)   # one cell of the sheet is one inch
        for name, band in bands.items():
            _stage(fig, sheet, shifts, name, s, band)
        if marked:
            _key(sheet, top + 0.15)
    fig.alt = shifts.alt(s)
    return fig


def _band(shifts, name, top):
    """Where a stage goes whose title begins at `top`."""
    rows, columns = shifts.values[name].shape[1:] if shifts.x.ndim == 2 else (1, shifts.values[name].shape[1])
    first = top + TITLE + (0 if _one_line(shifts, name) else LINE)
    if shifts.x.ndim == 1:   # cells of all stages alike, one row below the other
        cell = min(LARGEST, (style.WIDTH - 2 * MARGIN - LABEL) / max(each.shape[1] for each in shifts.values.values()))
        pitch = cell + 0.06
        corners = [(MARGIN + LABEL, first + n * pitch) for n in range(2 if cell >= MARKED else 3)]
        return Band(top, cell, corners, corners[-1][1] + cell + GAP)
    cell = min(LARGEST, MOST_PICTURE / max(rows, columns))
    shown = 2 if cell >= MARKED else 3
    wide = max(columns * cell + 0.25, 0.8)
    corners = [(MARGIN + n * wide, first + CAPTION) for n in range(shown)]
    return Band(top, cell, corners, first + CAPTION + rows * cell + GAP)


def _one_line(shifts, name):
    """Do the words of a stage fit beside its name, at every shift?"""
    words = max((", ".join(shifts.told(name, s)) for s in range(shifts.count)), key=len)
    return texts.width(name, POINTS, "bold") + texts.width(words, POINTS) + 3 * MARGIN + 0.15 <= style.WIDTH


def _stage(fig, sheet, shifts, name, s, band):
    role, colour = ("input", style.INPUT) if name == "x" else ("output", style.OUTPUT)
    first, now, stays, moves = (shifts.values[name][0], shifts.values[name][s], shifts.stays(name, s),
                                shifts.moves(name, s))
    title, words = band.top + 0.17, ", ".join(shifts.told(name, s))
    shown = "input x" if name == "x" else name
    text = sheet.text(MARGIN, title, shown, size=POINTS, weight="bold", color=style.lettering(colour), va="center",
                      parse_math=False)
    if _one_line(shifts, name):
        sheet.annotate(f"   {words}", (1, 0.5), xycoords=text, size=POINTS, va="center", annotation_clip=False)
    else:
        sheet.text(MARGIN, title + LINE, words, size=POINTS, va="center")
    look = panels.look(shifts.values[name], role, shifts.limit[name])   # alike at all shifts
    captions = ["shift 0", f"shift {s}", "changed"]
    for n, (left, top) in enumerate(band.corners):
        array = (first, now, ~stays)[n]
        rows, columns = np.atleast_2d(array).shape
        at = (MARGIN, top + band.cell / 2) if first.ndim == 1 else (left, top - CAPTION / 2)
        sheet.text(*at, captions[n], size=POINTS - 1, color=style.QUIET, va="center")
        fig_height = fig.get_size_inches()[1]
        ax = cells.sheet_in(fig, (left, fig_height - top - rows * band.cell), columns, rows, band.cell)
        if n == 2:
            _panel(ax, array, "gray_r", 1, style.QUIET)
        elif band.cell >= max(DIGITS, look.needed_cell):
            _numbers(ax, np.atleast_2d(array), role, look)
        else:
            _panel(ax, array, style.SIGNED_DEEP, shifts.limit[name], colour)
        if n == 1 and band.cell >= MARKED:
            _marks(ax, ~stays, None if moves is None else ~moves)


def _numbers(ax, array, role, look):
    """Cells that are large enough for digits."""
    for (row, column), value in np.ndenumerate(array):
        cells.cell(ax, column, row, value, role, look.limit, text="")
        ink = style.ink(style.fill(value, look.limit))
        cells.note(ax, column + 0.5, row + look.middle, panels.label(value, look.digits), look.share, ink)


def _panel(ax, array, colours, limit, outline):
    """Small cells, as colours only."""
    rows, columns = np.atleast_2d(array).shape
    low = 0 if colours == "gray_r" else -limit
    ax.imshow(np.atleast_2d(array), cmap=colours, vmin=low, vmax=limit, extent=(0, columns, rows, 0), aspect="equal",
              interpolation="nearest")
    ax.add_patch(Rectangle((0, 0), columns, rows, fill=False, ec=outline, lw=1.4, clip_on=False))


def _marks(ax, changed, strayed):
    for row, column in np.argwhere(np.atleast_2d(changed)):
        _wedge(ax, column + 0.94, row + 0.06, 0.28)
    if strayed is not None:
        for row, column in np.argwhere(np.atleast_2d(strayed)):
            _cross(ax, column + 0.08, row + 0.92, 0.17)


def _wedge(ax, right, top, side):
    places = [(right - side, top), (right, top), (right, top + side)]
    ax.add_patch(Polygon(places, closed=True, fc=style.TEXT, ec="white", lw=0.8, zorder=4))


def _cross(ax, left, bottom, side):
    ends = [left, left + side], [bottom - side, bottom]
    for rise in ends[1], ends[1][::-1]:
        ax.plot(ends[0], rise, color="white", lw=3, zorder=4)
    for rise in ends[1], ends[1][::-1]:
        ax.plot(ends[0], rise, color=style.TEXT, lw=1.3, zorder=5)


def _key(sheet, row):
    """What the marks mean."""
    _wedge(sheet, MARGIN + 0.13, row - 0.06, 0.12)
    sheet.text(MARGIN + 0.2, row, "changed against shift 0", size=POINTS - 1, color=style.QUIET, va="center")
    _cross(sheet, MARGIN + 2.3, row + 0.05, 0.1)
    sheet.text(MARGIN + 2.5, row, "not what moving along would give", size=POINTS - 1, color=style.QUIET, va="center")
