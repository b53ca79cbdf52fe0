"""Small matrices as pictures: where their weights stand, and which of them are the same number."""

import numpy as np

from ... import shapes
from ...arguments import label, shown
from ...ops import check
from ..kit import alt, cells, style
from ..kit.arrays import values as drawable

_SIDE, _ABOVE, _BELOW, _GAP = 1.3, 1.75, 1.55, 0.9   # cells around a matrix: left of it, above, below; between two


def matrices(named, columns=2):
    """Draw matrices of weights, one row for each output y and one column for each input x: a matplotlib Figure.

    `named` is a dictionary, title -> matrix; `columns` is how many stand side by side. A weight is a cell with its
    number, zero only a dot, for where it stands nothing is connected. Below each matrix stands how many weights it has
    and how many different numbers there are among them. All share one colour scale.

    Raises ValueError for what is no matrix, and for a row of matrices too wide to read.

    >>> fig = matrices({"filter [-1, 1]": [[-1, 1, 0], [0, -1, 1]]})
    >>> [text.get_text() for text in fig.axes[0].texts][-2:]
    ['4 weights', '2 different numbers']
    """
    if not isinstance(named, dict) or not named:
        raise ValueError(f"named: found {type(named).__name__}, expected a dictionary, title -> matrix, not empty.")
    arrays = [_matrix_of(title, m) for title, m in named.items()]
    columns = min(shapes.integer(columns, "columns", 1), len(arrays))
    limit = style.signed_limit(*arrays)
    rows = [arrays[start:start + columns] for start in range(0, len(arrays), columns)]
    widths = [max(a.shape[1] for a in arrays[c::columns]) + _SIDE for c in range(columns)]
    heights = [max(len(a) for a in row) + _ABOVE + _BELOW for row in rows]
    with style.context():
        fig, ax = cells.sheet(sum(widths) + _GAP * (columns - 1) + 0.2, sum(heights))
        for n, (title, array) in enumerate(zip(named, arrays, strict=True)):
            row, column = divmod(n, columns)
            left = sum(widths[:column]) + _GAP * column + _SIDE
            _matrix(ax, left, sum(heights[:row]) + _ABOVE, title, array, limit)
    said = [f"{label(title)}: {len(a)} rows, {a.shape[1]} columns, {', '.join(_counted(a))}"
            for title, a in zip(named, arrays, strict=True)]
    full = [f"{words}, {alt.rows(a)}" for words, a in zip(said, arrays, strict=True)]
    longer = sum(map(len, full)) + 2 * len(full) <= alt.ROOM
    return alt.say(fig, *(f"{words}." for words in (full if longer else said)))


def _matrix_of(title, value):
    name = f"named[{shown(title)}]"
    return drawable(check.floats(value, name, "outputs, inputs"), name)


def counts(matrix):
    """How many weights a matrix has (entries that are not 0), and how many different numbers there are among them.

    >>> counts([[-1, 1, 0], [0, -1, 1]])
    (4, 2)
    """
    weights = np.asarray(matrix)[np.asarray(matrix) != 0]
    return weights.size, np.unique(weights).size


def _counted(matrix):
    """The same in words."""
    weights, different = counts(matrix)
    return alt.count(weights, "weight"), alt.count(different, "different number")


def _matrix(ax, left, top, title, array, limit):
    """One matrix with its upper left corner at (left, top), all around it what names it."""
    outputs, inputs = array.shape
    cells.note(ax, left, top - 1.2, label(title), 0.42, style.TEXT, ha="left", weight="bold")
    cells.note(ax, left - 0.3, top - 0.38, "x", 0.4, style.INPUT, style="italic", weight="bold")
    cells.note(ax, left - 0.95, top + outputs / 2, "y", 0.4, style.OUTPUT, style="italic", weight="bold")
    for column in range(inputs):
        cells.note(ax, left + column + 0.5, top - 0.35, str(column), 0.3, style.INPUT)
    for (row, column), value in np.ndenumerate(array):
        if value:
            cells.cell(ax, left + column, top + row, value, "kernel", limit)
        else:
            cells.note(ax, left + column + 0.5, top + row + 0.5, "·", 0.5, style.QUIET)
    for row in range(outputs):
        cells.note(ax, left - 0.3, top + row + 0.5, str(row), 0.3, style.OUTPUT)
    for line, words in enumerate(_counted(array)):
        cells.note(ax, left, top + outputs + 0.4 + 0.5 * line, words, 0.36, style.TEXT, ha="left")
