"""The still picture of a stack: the image, a map of each stage with the field of the unit on it, and the meters below.

All lengths are inches. The map of a stage is the one of the unit's channel, or the one in which most happens.
"""

import numpy as np
from matplotlib.patches import Rectangle

from ..kit import scale, style, texts
from ..kit.drawing import Figure
from ..kit.numbers import number
from . import words

MARGIN, APART = 0.12, 0.14
LARGEST, SMALLEST = 1.35, 0.8     # the sides of a panel; smaller ones go into a second row
TITLE, METER, LINE = 0.42, 0.36, 0.2
POINTS = 9.5
HEAT = np.array([1.0, 0.42, 0.16])   # of the slopes over the image, whose field is dimmed
DIMMED, RISE = 0.55, 0.6


def figure(stack, i=None):
    """Draw a `Stack`, at step i if that is not None: a matplotlib Figure, 9 inches wide."""
    stack = stack.at(i)
    shown = ["x", *stack.maps]
    room = style.WIDTH - 2 * MARGIN + APART
    across = min(len(shown), int(room / (SMALLEST + APART)))
    rows = -(-len(shown) // across)
    side = min(LARGEST, room / -(-len(shown) // rows) - APART)
    across = int((room + 1e-6) / (side + APART))
    lines = [line for text in (words.prediction(stack), words.sees(stack)) if text
             for line in texts.broken(text, POINTS + 1, style.WIDTH - 2 * MARGIN)]
    each = TITLE + side + METER + 0.1
    height = 2 * MARGIN + rows * each + LINE * len(lines) + 0.05
    with style.context():
        fig = Figure(figsize=(style.WIDTH, height))
        ax = fig.add_axes([0, 0, 1, 1], xlim=(0, style.WIDTH), ylim=(0, height))
        ax.axis("off")
        for n, name in enumerate(shown):
            left, top = MARGIN + n % across * (side + APART), height - MARGIN - n // across * each
            _column(ax, stack, name, left, top, side)
        for n, line in enumerate(lines):
            _write(ax, MARGIN, height - MARGIN - rows * each - LINE * (n + 0.6), line, POINTS + 1)
    fig.alt = words.alt(stack)
    return fig


def _column(ax, stack, name, left, top, side):
    colour = style.INPUT if name == "x" else style.OUTPUT
    array = stack.image if name == "x" else stack.maps[name]
    _write(ax, left, top - 0.1, "input x" if name == "x" else name, POINTS + 1, weight="bold",
           color=style.lettering(colour))
    _write(ax, left, top - 0.29, " × ".join(map(str, array.shape)), POINTS - 1, color=style.QUIET)
    bottom = top - TITLE - side
    cells = _grid(array) if array.ndim == 1 else array[0 if name == "x" else _channel(stack, name)]
    box = _fitted(cells.shape[:2], left, bottom, side)
    if name == "x":
        _image(ax, stack, box)
    else:
        limit = float(np.abs(stack.before[name]).max()) or 1.0
        ax.imshow(cells, cmap=style.SIGNED_DEEP, vmin=-limit, vmax=limit, extent=box, aspect="auto",
                  interpolation="nearest")
    _outline(ax, box, colour, 1.2)
    if array.ndim == 3 and name in stack.fields:
        _field(ax, stack, name, array.shape[1:], box)
    if name == "x":
        s = stack.state
        _write(ax, left, bottom - 0.16, f"{number(s.dy)} down, {number(s.dx)} right", POINTS - 1, color=style.QUIET)
    else:
        _meter(ax, stack.readings[name], left, bottom, side)


def _channel(stack, name):
    if stack.unit and stack.unit[0] == name:
        return stack.unit[1] // (stack.maps[name].shape[1] * stack.maps[name].shape[2])
    return stack.loudest[name]


def _grid(numbers):
    """Numbers in a row as rows and columns: without gaps, if that is not too flat."""
    least = int(np.ceil(np.sqrt(len(numbers))))
    wide = next((wide for wide in range(least, 3 * least + 1) if len(numbers) % wide == 0), least)
    grid = np.full(-(-len(numbers) // wide) * wide, np.nan)
    grid[:len(numbers)] = numbers
    return grid.reshape(-1, wide)


def _fitted(size, left, bottom, side):
    """(left, right, bottom, top) of a picture of this size in the middle of a square."""
    wide, high = (side * n / max(size) for n in size[::-1])
    return left + (side - wide) / 2, left + (side + wide) / 2, bottom + (side - high) / 2, bottom + (side + high) / 2


def _image(ax, stack, box):
    """The moved image and, in orange over it, where it moves the unit."""
    picture = scale.white(stack.x)
    if picture:
        light = np.broadcast_to(stack.image / picture, (3, *stack.image.shape[1:])).transpose(1, 2, 0).clip(0, 1)
    else:
        limit = float(np.abs(stack.x).max()) or 1.0
        light = style.SIGNED_DEEP(0.5 + 0.5 * (stack.image.mean(0) / limit).clip(-1, 1))[..., :3]
    if stack.unit and stack.slopes.any():
        cover = (stack.slopes / stack.slopes.max())[..., None] ** RISE
        field = stack.fields["x"]
        within = (field.rows[:, None] & field.columns)[..., None]
        light = (1 - cover) * np.where(within & bool(picture), DIMMED, 1) * light + cover * HEAT
    ax.imshow(light, extent=box, aspect="auto", interpolation="nearest")


def _field(ax, stack, name, size, box):
    """The outline of the unit's field."""
    left, right, bottom, top = box
    cell = (right - left) / size[1], (top - bottom) / size[0]
    field = stack.fields[name]
    for low, end in _runs(field.rows):
        for first, last in _runs(field.columns):
            _frame(ax, (left + first * cell[0], top - end * cell[1]), (last - first) * cell[0], (end - low) * cell[1])


def _runs(line):
    """Where the cells that are covered begin and end: [(first, behind the last), …]."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], line.astype(int), [0]])))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _frame(ax, corner, wide, high):
    for colour, width in (("white", 3.2), (style.KERNEL, 1.8)):
        ax.add_patch(Rectangle(corner, wide, high, fill=False, ec=colour, lw=width, joinstyle="miter", zorder=5))


def _outline(ax, box, colour, width):
    left, right, bottom, top = box
    ax.add_patch(Rectangle((left, bottom), right - left, top - bottom, fill=False, ec=colour, lw=width, zorder=3))


def _meter(ax, reading, left, bottom, side):
    """A bar from 0 to 1, dashed where the shift is no whole number of cells; its number below it."""
    top, high = bottom - 0.06, 0.1
    off = reading.off
    ax.add_patch(Rectangle((left, top - high), side * min(off or 0, 1), high, fc=style.QUIET, ec="none"))
    ax.add_patch(Rectangle((left, top - high), side, high, fill=False, ec=style.QUIET, lw=0.9,
                           ls="-" if reading.exact else (0, (2, 2))))
    said = "not defined" if off is None else f"{'' if reading.exact else '≥ '}{words.amount(off)} off"
    _write(ax, left, top - high - 0.12, said, POINTS - 1)


def _write(ax, x, y, text, size, **looks):
    ax.text(x, y, text, size=size, va="center", parse_math=False, **looks)
