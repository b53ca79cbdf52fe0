"""Which input feeds which output: the wires of a fully-connected layer beside those of a convolution."""

from matplotlib.lines import Line2D

from ... import shapes
from ...arguments import shown
from ..kit import alt, cells, style

_TALL = 3.0   # rows between the inputs and the outputs
# One look for each weight of the filter: wires that share a weight share its colour and its dashes.
_DASHED, _DOTTED, _BOTH = (0, (4, 1.6)), (0, (1, 1.2)), (0, (6, 1.5, 1, 1.5))
_WEIGHTS = (("#D55E00", "-"), ("#0072B2", _DASHED), ("#661144", _DOTTED), ("#1A1A1A", _BOTH))


def wiring(n, kernel_size):
    """Draw n inputs wired to the outputs of a filter, once fully connected, once as a convolution: a Figure.

    On the left every wire has a weight of its own; on the right wires that share a weight share colour and dashes, and
    those that would cross over from afar are missing. No stride, no padding, no biases.

    Raises ValueError for more than four weights or more than 10 inputs (the wires could not be told apart), and as
    `output_size` does.

    >>> fig = wiring(5, 2)
    >>> type(fig).__name__
    'Figure'
    """
    outputs = shapes.output_size(n, kernel_size)
    if kernel_size > len(_WEIGHTS) or n > 10:
        raise ValueError(f"n, kernel_size: found {shown(n)} and {shown(kernel_size)}, expected at most 10 and "
                         f"{len(_WEIGHTS)}.")
    dense = [(i, o, style.QUIET, "-", 1.0) for o in range(outputs) for i in range(n)]
    sparse = [(o + k, o, *_WEIGHTS[k], 2.6) for o in range(outputs) for k in range(kernel_size)]
    with style.context():
        fig, ax = cells.sheet(2 * n + 2.6, _TALL + 3.4)
        counts = f"{len(dense)} wires, {len(dense)} weights"
        _panel(ax, 0.9, (n, outputs), dense, "fully connected", counts)
        counts = f"{len(sparse)} wires, {kernel_size} weights"
        _panel(ax, n + 2.3, (n, outputs), sparse, "convolution", counts)
    return alt.say(
        fig, f"{alt.count(n, 'input')}, {alt.count(outputs, 'output')}. Fully connected: {len(dense)} wires, "
        f"{len(dense)} weights, each its own. Convolution with a filter of {kernel_size}: {len(sparse)} wires, "
        f"{kernel_size} weights, each with its colour and dashes.")


def _panel(ax, left, sizes, wires, title, counts):
    inputs, outputs = sizes
    middle = left + inputs / 2
    offset = (inputs - outputs) / 2   # outputs stand centred below the inputs
    cells.note(ax, middle, 0.45, title, 0.42, style.TEXT, weight="bold")
    for start, end, colour, dashes, width in wires:
        xs, ys = (left + start + 0.5, left + offset + end + 0.5), (2.1, 1.1 + _TALL)
        ax.add_line(Line2D(xs, ys, color=colour, ls=dashes, lw=width, zorder=0.5))
    cells.note(ax, left - 0.4, 1.6, "x", 0.44, style.INPUT, style="italic", weight="bold")
    cells.note(ax, left - 0.4, 1.6 + _TALL, "y", 0.44, style.OUTPUT, style="italic", weight="bold")
    for i in range(inputs):
        cells.cell(ax, left + i, 1.1, role="input", face="white")
    for o in range(outputs):
        cells.cell(ax, left + offset + o, 1.1 + _TALL, role="output", face="white")
    cells.note(ax, middle, 2.75 + _TALL, counts, 0.38, style.TEXT)
