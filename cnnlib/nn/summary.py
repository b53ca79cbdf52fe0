"""The table of a network: what comes out of every layer, how much it learns and computes, what it sees."""

import csv
import html
import io
import math
from typing import NamedTuple

from .. import _writing, arguments, shapes
from .layer import FLOAT
from .memory import Memory, kept


class Row(NamedTuple):
    """One line: `receptive_field` is in input cells (a pair if not square), None where a unit sees all of them."""

    name: str
    output_shape: tuple[int, ...]
    size: int
    parameters: int
    macs: int
    receptive_field: int | tuple[int, int] | None


class Summary:
    """Prints as a table, in a notebook as HTML; `.rows`, `.parameters` and `.macs` hold the numbers.

    `.memory` tells what training holds, in bytes (float32 has 4), for one example: `activations`, `parameters`,
    `gradients`, `optimizer`, and `.total`; `.memory.batch(64)` for a batch of 64. Counted are

    activations  what the layers keep from the way forward for the way back, each array once: the inputs of
                 convolutions (those with padding keep a padded copy), of linear, batch norm and pooling layers; the
                 outputs of ReLU and max-pooling; the masks of dropout. `.kept` holds the bytes of each row;
    parameters   all that is learned, and the running statistics of batch norm;
    gradients    one number for each that is learned;
    optimizer    two for each, the running means of Adam (SGD keeps one, its velocity).

    Not counted is what lives for the time of one layer only (its output, its gradient), nor the patches that a
    convolution keeps to be faster, as long as they are small: at most 8 MB a layer.
    """

    heads = ("layer", "output shape", "size", "parameters", "MACs", "receptive field")

    def __init__(self, rows, kept=(), statistics=0):
        self.rows = rows
        self.kept = list(kept) or [0] * len(rows)
        self.parameters = sum(row.parameters for row in rows)
        self.macs = sum(row.macs for row in rows)
        learned = FLOAT * self.parameters
        self.memory = Memory(sum(self.kept), learned + FLOAT * statistics, learned, 2 * learned)

    def csv(self, path=None):
        """The rows as comma-separated text, or written to `path` (`.csv`, added if missing), which is then returned.

        A head, then a line for each row, none for the total: numbers bare, shapes as 8x28x28, "all" where a unit sees
        the whole input, and as last column the bytes that are kept for the way back. Errors as of `Sequential.save`.

        >>> from cnnlib.nn import Linear, Sequential
        >>> print(Sequential(Linear(4, 3)).summary((4,)).csv(), end="")
        layer,output shape,size,parameters,MACs,receptive field,kept bytes
        input,4,4,0,0,1,0
        0 Linear,3,3,15,12,all,16
        """
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow([*self.heads, "kept bytes"])
        for row, held in zip(self.rows, self.kept, strict=True):
            name, shape, *numbers, field = row
            lines.writerow([name, "x".join(map(str, shape)), *numbers, _sighted(field, "x"), held])
        if path is None:
            return text.getvalue()
        path = _writing.target(path, "network.csv", ".csv")
        return _writing.write(path, lambda file: file.write(text.getvalue().encode()))

    def _cells(self):
        for row in self.rows:
            shape, seen = " x ".join(map(str, row.output_shape)), _sighted(row.receptive_field)
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


def _sighted(field, times=" x "):
    """A receptive field in words."""
    return "all" if field is None else times.join(map(str, field)) if isinstance(field, tuple) else str(field)


def summarize(model, input_shape, depth=1):
    """The `Summary` of a network for one example of `input_shape` (C, H, W); makes no parameters.

    Blocks are opened down to `depth`: 1 has a row for each layer of the network itself.
    """
    shape, depth = checked_shape(model, input_shape), shapes.integer(depth, "depth", 1)
    held = {id(layer): count for layer, count in kept(model, shape)}
    rows, counts = [Row("input", shape, math.prod(shape), 0, 0, 1)], [0]
    for name, layer, seen, before in _opened(model, "", shape, depth, []):
        height, width = sight([*before, *layer.leaves()])
        field = None if math.isinf(height) else height if height == width else (height, width)
        parameters = sum(p.size for p in layer.parameters())
        shape = layer.output_shape(seen)
        title = f"{name} {type(layer).__name__}"
        rows.append(Row(title, shape, math.prod(shape), parameters, layer.macs(seen), field))
        counts.append(sum(held.get(id(inner), 0) for inner in layer.everything()))
    return Summary(rows, counts, sum(p.size for _, p in model.named_statistics()))


def checked_shape(model, input_shape):
    """The shape of one example, as a tuple; errors name what is wrong with it, or the layer that it does not fit."""
    if not isinstance(input_shape, (tuple, list)):
        raise TypeError("input_shape must be the shape of one example such as (3, 32, 32), found "
                        f"{arguments.shown(input_shape)}")
    shape = arguments.shape(input_shape, "input_shape")
    model._refuse_sharing()
    model.output_shape(shape)   # a layer that does not fit is named here, before anything is made of it
    return shape


def _opened(layer, name, shape, depth, before):
    """Tuples (name, layer, shape of its input, leaves before it) of the layers inside one, as deep as asked.

    How the paths inside a block run, it says itself, in `joins`; a block that does not say stays closed.
    """
    if not depth or not layer.joins:
        yield name, layer, shape, before
        return
    for inner, child in layer.children.items():
        level = depth if layer.joins == "sum" and child.joins == "chain" else depth - 1   # a path is no level
        yield from _opened(child, f"{name}.{inner}" if name else inner, shape, level, before)
        if layer.joins == "chain":
            before, shape = [*before, *child.leaves()], child.output_shape(shape)
        elif layer.joins == "append":
            before = [*before, *child.leaves()]
            shape = (shape[0] + child.output_shape(shape)[0], *shape[1:])


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
