"""The bricks of every picture of small arrays: one cell, a row of cells, a sum in the colours of its parts.

All coordinates count cells: a cell at (column, row) covers [column, column + 1] x [row, row + 1], rows go downwards.
"""

from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea
from matplotlib.patches import Rectangle

from . import style
from .numbers import number, sum_pieces, sum_text

LARGEST = 0.56    # inches: no cell is drawn larger
SMALLEST = 0.27   # and none smaller, or its digits could not be read
HATCH = "#B4B4B4"
SUM_CHARACTER = 0.23   # cells: about the width of one character of a sum,
LONGEST_SUM = 60       # and so many of them at most: here sums stand beside cells

_ROLE_COLOUR = {"input": style.INPUT, "kernel": style.KERNEL, "output": style.OUTPUT, "": style.TEXT}


def board(columns, rows):
    """A white figure that is `columns` x `rows` cells large, and its axes without frame. Call it in `style.context()`.

    Raises ValueError if the cells would become too small to read.
    """
    size = min(LARGEST, style.WIDTH / columns)
    if size < SMALLEST:
        raise ValueError(
            f"x: found a picture {columns:.0f} cells wide, at most {style.WIDTH / SMALLEST:.0f} expected: its digits "
            "could not be read. Draw a shorter piece, or a curve (cnn.viz.signals)."
        )
    fig = Figure(figsize=(columns * size, rows * size))
    return fig, board_in(fig, (0, 0), columns, rows, size)


def board_in(fig, corner, columns, rows, size):
    """Axes of `columns` x `rows` cells of `size` inches inside a figure; `corner` is the lower left one, in inches."""
    width, height = fig.get_size_inches()
    ax = fig.add_axes([corner[0] / width, corner[1] / height, columns * size / width, rows * size / height])
    ax.set(xlim=(0, columns), ylim=(rows, 0), aspect="equal")
    ax.axis("off")
    ax.cell_points = size * 72   # points to a cell, from which all text takes its size
    return ax


def points(ax, share):
    """A font size in points that is a share of the cell's height."""
    return ax.cell_points * share


def note(ax, column, row, text, share=0.27, colour=style.QUIET, **kwargs):
    """Small text, centred on its place unless told otherwise."""
    kwargs = {"ha": "center", "va": "center", **kwargs}
    return ax.text(column, row, text, size=points(ax, share), color=colour, **kwargs)


def cell(ax, column, row, value=None, role="input", limit=1.0, text=None, face=None):
    """One cell: filled by its value on the signed scale (or by `face`), outlined by its role; None leaves it empty."""
    drawn = style.ROLES[role]
    hatched = drawn.hatch is not None
    if face is None:
        face = "none" if role == "window" else "white" if value is None or hatched else style.fill(value, limit)
    inset = 0.06 if role == "kernel" else 0.045
    ax.add_patch(_outline(column, row, inset, drawn, face))
    if drawn.double:
        ax.add_patch(_outline(column, row, inset + 0.085, drawn, "none"))
    if hatched:
        _hatch(ax, column, row, drawn.hatch)
    label = text if text is not None else "" if value is None else number(value)
    if label:
        share = 0.42 if len(label) <= 3 else 1.5 / len(label)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5} if hatched else None
        colour = style.PADDING if role == "padding" else style.ink(face)
        note(ax, column + 0.5, row + 0.51, label, share, colour, bbox=box)


def _outline(column, row, inset, drawn, face):
    side = 1 - 2 * inset
    return Rectangle((column + inset, row + inset), side, side, facecolor=face, edgecolor=drawn.colour, lw=drawn.width,
                     ls=drawn.dashes, joinstyle="miter")


def _hatch(ax, column, row, pattern):
    """Diagonal lines across a cell: "/" one way, "x" both ways. (Matplotlib's own hatches do not start at the cell.)"""
    for start in (0.3, 0.6, 0.95, 1.3, 1.65):
        low, high = max(0.0, start - 1) + 0.07, min(1.0, start) - 0.07
        if low < high:
            rise = [row + start - low, row + start - high]
            ax.plot([column + low, column + high], rise, color=HATCH, lw=0.8, zorder=1.2)
            if pattern == "x":
                fall = [2 * row + 1 - r for r in rise]
                ax.plot([column + low, column + high], fall, color=HATCH, lw=0.8, zorder=1.2)


def cells(ax, column, row, values, role="input", limit=1.0):
    """A row of cells, or a block of them for a 2-D array."""
    rows = [values] if len(values) and not hasattr(values[0], "__len__") else values
    for r, line in enumerate(rows):
        for c, value in enumerate(line):
            cell(ax, column + c, row + r, value, role, limit)


def substituted_sum(ax, column, row, terms, value, share=0.36, align=0.0):
    """Write x·w + x·w = y, each factor in the colour of its role; `align` 0 starts at the column, 0.5 centres on it."""
    pieces = []
    for text, role in sum_pieces(terms, value, longest=LONGEST_SUM):
        looks = {"color": _ROLE_COLOUR[role], "weight": "bold" if role == "output" else "normal"}
        pieces.append(TextArea(text, textprops={"size": points(ax, share), **looks}))
    packed = HPacker(children=pieces, pad=0, sep=0, align="baseline")
    ax.add_artist(AnnotationBbox(packed, (column, row), frameon=False, pad=0, box_alignment=(align, 0.5)))


def sum_width(terms, value):
    """About how many cells wide `substituted_sum` will be."""
    return SUM_CHARACTER * len(sum_text(terms, value, LONGEST_SUM))


def arrow(ax, start, end, colour=style.QUIET):
    """An arrow from one place to another, both (column, row)."""
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.3, "shrinkA": 0,
                                                      "shrinkB": 0, "mutation_scale": points(ax, 0.3)})
