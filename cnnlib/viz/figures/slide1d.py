"""Pictures of a filter that slides along a list of numbers: data in, a matplotlib Figure out."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import FancyBboxPatch

from ... import shapes
from ...arguments import several, shown
from ...ops import check, correlate1d
from ..kit import alt, cells, style
from ..kit.arrays import values as drawable
from ..kit.numbers import sum_text


class Track(NamedTuple):
    """A filter's way along one input: the padded input and what is read when; places count padded cells."""

    x: np.ndarray
    w: np.ndarray
    y: np.ndarray
    axis: shapes.Axis
    stride: int
    dilation: int

    @property
    def padded_length(self):
        """Cells of the input with its padding."""
        return self.axis.before + len(self.x) + self.axis.after

    def value(self, place):
        """The number at a padded place: that of x, or the 0 of the padding."""
        inside = 0 <= place - self.axis.before < len(self.x)
        return self.x[place - self.axis.before] if inside else 0.0

    def places(self, step):
        """The padded places that the filter reads at this step."""
        return [step * self.stride + k * self.dilation for k in range(len(self.w))]

    def terms(self, step):
        """The products of this step as pairs (x, w)."""
        return [(self.value(place), weight) for place, weight in zip(self.places(step), self.w, strict=True)]

    def unread(self):
        """The padded places that no step reads."""
        read = {place for step in range(self.axis.out) for place in self.places(step)}
        return set(range(self.padded_length)) - read


def track(x, w, stride=1, padding=0, dilation=1):
    """The `Track` of a filter w (F,) along x (N,); the errors are those of `correlate1d`."""
    x, w = drawable(check.floats(x, "x", "L"), "x"), drawable(check.floats(w, "w", "F"), "w")
    y = correlate1d(x, w, stride, padding, dilation)
    return Track(x, w, y, shapes.axis(len(x), len(w), stride, padding, dilation), stride, dilation)


def slide1d(x, w, stride=1, padding=0, dilation=1, steps=None):
    """Draw how a filter w (F,) slides along x (N,), one row for each step: a matplotlib Figure.

    Each row shows x with its padding (dashed), the window with the filter in it, the output filled so far, and the
    sum with its numbers put in. Cells that no step reads are hatched and named. `steps` picks the steps to draw,
    counted from 0; all of them unless given. With a single step the products are drawn as cells, too.

    Raises ValueError for steps that do not exist, for a picture too wide to read, and as `correlate1d` does.

    >>> fig = slide1d([0, 1, 0, 1, 1], [-1, 1])
    >>> type(fig).__name__
    'Figure'
    """
    t = track(x, w, stride, padding, dilation)
    steps = _steps(steps, t.axis.out)
    products = len(steps) == 1
    limit = style.signed_limit(t.x, t.w, t.y)
    left = 2.05                                           # columns for the step's name and the names of the rows
    right = left + t.padded_length + 1.9                  # where y begins
    panel = 4.8 if products else 3.35
    sums = max(cells.sum_width(t.terms(s), t.y[s]) for s in steps)
    with style.context():
        fig, ax = cells.sheet(right + max(len(t.y), sums) + 0.3, len(steps) * panel)
        for n, step in enumerate(steps):
            _panel(ax, t, step, (left, right), n * panel + 0.1, limit, products)
    return alt.say(fig, *_told(t, steps))


def _told(t, steps):
    """What is drawn, in words: the whole, what is never read, each step."""
    ways = "".join(f", {name} {value}" for name, value, usual in (
        ("stride", t.stride, 1), ("padding", t.axis.before, 0), ("dilation", t.dilation, 1)) if value != usual)
    filled = max(steps) + 1
    so_far = f", so far, of {len(t.y)} outputs" if filled < len(t.y) else ""
    yield (f"The filter {alt.read_out(t.w)} slides over {alt.read_out(t.x)}{ways}, and fills "
           f"y = {alt.read_out(t.y[:filled])}{so_far}.")
    unread = ", ".join(_cell(t, place) for place in sorted(t.unread()))
    yield f"Never read: {unread}." if unread else ""
    for step in steps:
        places = ", ".join(_cell(t, place) for place in t.places(step))
        yield f"i = {step} on {places}: {sum_text(t.terms(step), t.y[step])}."


def _cell(t, place):
    """A padded place by its number in x."""
    index = place - t.axis.before
    return f"x[{index}]" if 0 <= index < len(t.x) else "padding"


def _steps(steps, out):
    """The steps to draw, checked."""
    steps = range(out) if steps is None else several(steps, "steps", "whole numbers")
    steps = [shapes.integer(s, "steps", 0) for s in steps]
    if not len(steps) or max(steps) >= out:
        raise ValueError(f"steps: found {shown(steps)}, expected some of 0 to {out - 1}: there are {out} outputs.")
    return steps


def _panel(ax, t, step, columns, top, limit, products):
    """One step: x and the filter on the left, y and the sum on the right."""
    left, _ = columns
    row_x, row_w = top + 0.5, top + 1.85
    last = row_w + 1.4 if products else row_w
    cells.note(ax, 0.1, row_x + 0.5, f"i = {step}", 0.36, style.TEXT, ha="left", weight="bold")
    _window(ax, t, step, left, (row_x, last + 1))
    _input_row(ax, t, left, row_x, limit)
    _filter_row(ax, t, step, left, row_w, limit)
    if products:
        _product_row(ax, t, step, left, last, limit)
    _output(ax, t, step, columns, (row_x, last), limit)


def _name(ax, column, row, text, role_colour):
    cells.note(ax, column, row + 0.5, text, 0.44, role_colour, style="italic", weight="bold")


def _window(ax, t, step, left, rows):
    """A tinted band over everything that belongs to this place of the window."""
    places, (top, bottom) = t.places(step), rows
    corner, width, height = (left + places[0], top), places[-1] - places[0] + 1, bottom - top
    shape = "round,pad=0.09,rounding_size=0.14"
    ax.add_patch(FancyBboxPatch(corner, width, height, shape, fc="#FCF3E8", ec="none", zorder=0))
    ax.add_patch(FancyBboxPatch(corner, width, height, shape, fc="none", ec=style.KERNEL, lw=1.4, zorder=3))


def _input_row(ax, t, left, row, limit):
    _name(ax, left - 0.45, row, "x", style.INPUT)
    unread = t.unread()
    for place in range(t.padded_length):
        index = place - t.axis.before
        ghost = not 0 <= index < len(t.x)
        role = "unread" if place in unread else "padding" if ghost else "input"
        cells.cell(ax, left + place, row, t.value(place), role, limit)
        cells.note(ax, left + place + 0.5, row - 0.28, "pad" if ghost else str(index), 0.26)
    for place in unread:
        cells.note(ax, left + place + 0.5, row + 1.36, "never\nread", 0.27, style.TEXT)


def _filter_row(ax, t, step, left, row, limit):
    places = t.places(step)
    _name(ax, left - 0.45, row, "w", style.KERNEL)
    if t.dilation > 1:   # a bar holds the separated cells together
        ends = [left + places[0] + 0.5, left + places[-1] + 0.5]
        ax.plot(ends, [row + 0.5] * 2, color=style.KERNEL, lw=2, zorder=0.5)
    for place, weight in zip(places, t.w, strict=True):
        cells.note(ax, left + place + 0.5, row - 0.175, "×", 0.32, style.TEXT)
        cells.cell(ax, left + place, row, weight, "kernel", limit)


def _product_row(ax, t, step, left, row, limit):
    cells.note(ax, left - 0.55, row + 0.5, "x·w", 0.36, style.TEXT, style="italic", weight="bold")
    for place, (value, weight) in zip(t.places(step), t.terms(step), strict=True):
        cells.note(ax, left + place + 0.5, row - 0.19, "=", 0.32, style.TEXT)
        cells.cell(ax, left + place, row, value * weight, "product", limit)


def _output(ax, t, step, columns, rows, limit):
    """y as far as it is filled, and the sum that gave its newest cell."""
    (left, right), (row_y, row_sum) = columns, rows
    cells.arrow(ax, (left + t.padded_length + 0.3, row_y + 0.5), (right - 0.95, row_y + 0.5))
    _name(ax, right - 0.5, row_y, "y", style.OUTPUT)
    for i, value in enumerate(t.y):
        done = i <= step
        cells.cell(ax, right + i, row_y, value if done else None, "output" if done else "pending", limit)
        cells.note(ax, right + i + 0.5, row_y - 0.28, str(i), 0.26)
    # The sum starts below the cell that it fills, unless it would then run out of the picture.
    width = cells.sum_width(t.terms(step), t.y[step])
    start = min(right + step + 0.15, max(right, ax.get_xlim()[1] - 0.3 - width))
    cells.arrow(ax, (right + step + 0.5, row_sum + 0.15), (right + step + 0.5, row_y + 1.05), style.OUTPUT)
    cells.substituted_sum(ax, start, row_sum + 0.5, t.terms(step), t.y[step])
