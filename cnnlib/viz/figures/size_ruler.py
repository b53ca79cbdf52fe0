"""Why there are as many outputs as there are: the size formula as a picture."""

from ... import shapes
from ..kit import alt, cells, style


def size_ruler(n, kernel_size, stride=1, padding=0, dilation=1):
    """Draw how many places a window has along N input cells, and the size formula with its numbers: a Figure.

    The padded input is a row of cells; the window lies at its first place; every jump by one stride is another output;
    cells beyond the last jump are hatched: they are the remainder that the floor of the formula drops.

    Arguments and errors are those of `output_size`, but `padding` is a number here.

    >>> fig = size_ruler(7, 3, stride=3)
    >>> type(fig).__name__
    'Figure'
    """
    padding = shapes.integer(padding, "padding", 0)
    axis = shapes.axis(n, kernel_size, stride, padding, dilation)
    most = int(style.WIDTH / cells.SMALLEST) - 2
    if n + 2 * padding > most:
        raise ValueError(f"n, padding: found {n} and {padding}, expected n + 2·padding of at most {most}: no more "
                         "cells can be read in one row")
    length, span = n + 2 * padding, dilation * (kernel_size - 1) + 1
    with style.context():
        fig, ax = cells.sheet(max(length + 1.2, 16.5), 7.6)
        _cells(ax, n, padding, axis.unread, 1.5)
        _taps(ax, kernel_size, dilation, 1.5)
        _jumps(ax, span, stride, axis.out - 1, 1.42)
        _brace(ax, 0, span, 2.75, f"span {span}", style.KERNEL)
        _brace(ax, span, length, 2.75, f"room {length - span}", style.TEXT)
        _lines(ax, (n, kernel_size, stride, padding, dilation), axis, 4.35)
    padded = f" and {padding} of padding on each side, {length} in all" if padding else ""
    rest = f", remainder {axis.unread}, hatched: never read" if axis.unread else ""
    return alt.say(fig, f"{alt.count(n, 'cell')}{padded}. A window that spans {alt.count(span, 'cell')} leaves room "
                   f"for {length - span}: {alt.count(axis.out - 1, 'whole jump')} of {stride}{rest}; so there are "
                   f"{axis.out - 1} + 1 = {alt.count(axis.out, 'output')}.")


LEFT = 0.3


def _cells(ax, n, padding, unread, row):
    length = n + 2 * padding
    for place in range(length):
        ghost = not padding <= place < padding + n
        role = "unread" if place >= length - unread else "padding" if ghost else "input"
        cells.cell(ax, LEFT + place, row, None, role, text="P" if ghost else str(place - padding))


def _taps(ax, kernel_size, dilation, row):
    """The window at its first place: a thick outline around every cell that it reads."""
    for k in range(kernel_size):
        cells.cell(ax, LEFT + k * dilation, row, None, "window")


def _jumps(ax, span, stride, count, row):
    """One arch for every stride, from the window's last cell on."""
    for jump in range(count):
        start = LEFT + span - 0.5 + jump * stride
        looks = {"arrowstyle": "-|>", "color": style.OUTPUT, "lw": 1.6, "shrinkA": 0, "shrinkB": 0,
                 "mutation_scale": cells.points(ax, 0.32), "connectionstyle": f"arc3,rad={-0.55 / stride**0.5:.2f}"}
        ax.annotate("", xy=(start + stride, row), xytext=(start, row), arrowprops=looks)
        cells.note(ax, start + stride / 2, row - 0.72, f"+{stride}", 0.32, style.OUTPUT, weight="bold")


def _brace(ax, start, end, row, text, colour):
    """A line with two ends under the cells from `start` up to `end`, and its name."""
    if start == end:
        return
    left, right = LEFT + start + 0.06, LEFT + end - 0.06
    ax.plot([left, left, right, right], [row - 0.15, row, row, row - 0.15], color=colour, lw=1.6)
    cells.note(ax, (left + right) / 2, row + 0.42, text, 0.38, colour, weight="bold")


def _lines(ax, numbers, axis, row):
    """The formula step by step: a name, its letters, its numbers."""
    n, f, s, p, d = numbers
    length, span = n + 2 * p, d * (f - 1) + 1
    room, jumps = length - span, axis.out - 1
    rest = f", remainder {axis.unread}" if axis.unread else ""
    lines = [
        ("padded length", "N + 2P", f"{n} + 2·{p} = {length}"),
        ("span of the window", "D(F − 1) + 1", f"{d}·({f} − 1) + 1 = {span}"),
        ("room to move", "length − span", f"{length} − {span} = {room}"),
        ("whole jumps", "⌊room / S⌋", f"⌊{room} / {s}⌋ = {jumps}{rest}"),
        ("outputs", "jumps + 1", f"{jumps} + 1 = {axis.out}"),
    ]
    for i, (name, letters, values) in enumerate(lines):
        weight = "bold" if i == len(lines) - 1 else "normal"
        for column, text in ((LEFT, name), (LEFT + 5.2, letters), (LEFT + 9.3, values)):
            cells.note(ax, column, row + i * 0.66, text, 0.36, style.TEXT, ha="left", weight=weight)
