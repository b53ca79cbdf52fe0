"""The table of a network: what comes out of every layer, how much it learns and computes, what it sees."""

import html
import math
from typing import NamedTuple

from .. import arguments


class Row(NamedTuple):
    """One line: `receptive_field` is in input cells (a pair if not square), None where a unit sees all of them."""

    name: str
    output_shape: tuple[int, ...]
    size: int
    parameters: int
    macs: int
    receptive_field: int | tuple[int, int] | None


class Summary:
    """Prints as a table, in a notebook as HTML; `.rows`, `.parameters` and `.macs` hold the numbers."""

    heads = ("layer", "output shape", "size", "parameters", "MACs", "receptive field")

    def __init__(self, rows):
        self.rows = rows
        self.parameters = sum(row.parameters for row in rows)
        self.macs = sum(row.macs for row in rows)

    def _cells(self):
        for row in self.rows:
            shape, field = " x ".join(map(str, row.output_shape)), row.receptive_field
            seen = "all" if field is None else " x ".join(map(str, field)) if isinstance(field, tuple) else str(field)
            yield [row.name, shape, f"{row.size:,}", f"{row.parameters:,}", f"{row.macs:,}", seen]
        yield ["total", "", "", f"{self.parameters:,}", f"{self.macs:,}", ""]

    def __repr__(self):
        lines = [list(self.heads), *self._cells()]
        widths = [max(len(line[c]) for line in lines) for c in range(len(self.heads))]
        sides = "<<>>>>"
        forms = [f"{side}{width}" for side, width in zip(sides, widths, strict=True)]
        text = ["  ".join(map(format, line, forms)) for line in lines]
        rule = "-" * len(text[0])
        return "\n".join(line.rstrip() for line in [text[0], rule, *text[1:-1], rule, text[-1]])

    def _repr_html_(self):
        def row(cells, tag):
            sides = ["left", "left", *["right"] * 4]
            return "<tr>" + "".join(
                f'<{tag} style="text-align: {side}">{html.escape(cell)}</{tag}>'
                for cell, side in zip(cells, sides, strict=True)
            ) + "</tr>"

        *body, total = self._cells()
        return (
            "<table><thead>" + row(self.heads, "th") + "</thead><tbody>" + "".join(row(cells, "td") for cells in body)
            + "</tbody><tfoot>" + row(total, "th") + "</tfoot></table>"
        )


def summarize(model, input_shape):
    """The `Summary` of a network for one example of `input_shape` (C, H, W); makes no parameters."""
    if not isinstance(input_shape, (tuple, list)):
        raise TypeError("input_shape must be the shape of one example such as (3, 32, 32), found "
                        f"{arguments.shown(input_shape)}")
    shape = arguments.shape(input_shape, "input_shape")
    model._refuse_sharing()
    model.output_shape(shape)   # a layer that does not fit is named here, before any line is made
    rows = [Row("input", shape, math.prod(shape), 0, 0, 1)]
    leaves = []
    for i, layer in enumerate(model):
        macs, shape = layer.macs(shape), layer.output_shape(shape)
        leaves += layer.leaves()
        height, width = sight(leaves)
        field = None if math.isinf(height) else height if height == width else (height, width)
        parameters = sum(p.size for p in layer.parameters())
        rows.append(Row(f"{i} {type(layer).__name__}", shape, math.prod(shape), parameters, macs, field))
    return Summary(rows)


def sight(leaves):
    """How many input cells, (height, width), a unit after these layers sees at most; inf where it sees all.

    Counted backwards, from one unit to the cells it is made from. Unlike counting forwards with `receptive_field`, that
    also works through layers that enlarge, where neighbours are less than one input cell apart.
    """
    if any(leaf.sees_all for leaf in leaves):
        return math.inf, math.inf
    cells = (1, 1)
    for leaf in reversed(leaves):
        if hasattr(leaf, "kernel_size"):
            numbers = leaf.kernel_size, leaf.stride, getattr(leaf, "dilation", (1, 1))
            read = _spread_from if leaf.enlarges else _gathered_from
            cells = tuple(map(read, cells, *numbers))
    return cells


def _gathered_from(outputs, kernel_size, stride, dilation):
    """How many cells a window reads on its way over so many outputs."""
    return (outputs - 1) * stride + dilation * (kernel_size - 1) + 1


def _spread_from(outputs, kernel_size, stride, dilation):
    """How many cells, spread over a window each, `stride` apart, can meet so many outputs."""
    return -(-(outputs + kernel_size - 1) // stride)
