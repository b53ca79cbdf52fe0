"""One table, read in many ways. Every function takes a table (n, 3) of rows (out, in or -1, weight)."""

import numpy as np

from .. import shapes
from ..arguments import as_array, numbers, quiet, room, several, shown

OUT, IN, WEIGHT = 0, 1, 2   # the columns
PADDING = -1
LONGEST = 1 << 25   # as many outputs as can be counted one by one


def _checked(table, name="table"):
    table = as_array(table, name)
    if table.ndim != 2 or table.shape[1] != 3 or table.dtype.kind not in "iu":
        raise ValueError(
            f"{name} must be an integer array (n, 3) of rows (out, in, weight), found shape {shown(table.shape)} and "
            f"dtype {table.dtype!s:.60}: convolution(), pooling() and transposed() make such tables"
        )
    if len(table) and table.min() < PADDING:
        raise ValueError(f"{name} must count cells from 0, and -1 for padding, found {table.min()}")
    return table


def by_output(table, cell):
    """The rows that make output `cell`: its receptive field.

    >>> by_output([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]], 1).tolist()
    [[1, 1, 0], [1, 2, 1]]
    """
    return _those(table, OUT, cell)


def by_input(table, cell):
    """The rows in which input `cell` takes part: every output that it feeds, and through which weight.

    >>> by_input([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]], 1).tolist()
    [[0, 1, 1], [1, 1, 0]]
    """
    return _those(table, IN, cell)


def by_weight(table, cell):
    """The rows in which weight `cell` takes part: all the products of one shared weight.

    >>> by_weight([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]], 1).tolist()
    [[0, 1, 1], [1, 2, 1]]
    """
    return _those(table, WEIGHT, cell)


def _those(table, column, cell):
    table = _checked(table)
    return table[table[:, column] == shapes.integer(cell, "cell", 0)]


def starts(table, outputs):
    """Where each output's rows begin, int64 (outputs + 1,): those of output i are `table[starts[i]:starts[i + 1]]`.

    >>> starts([[0, 0, 0], [0, 1, 1], [2, 1, 0]], 3).tolist()     # output 1 has none
    [0, 2, 2, 3]
    """
    return np.searchsorted(_checked(table)[:, OUT], np.arange(shapes.integer(outputs, "outputs", 0, most=LONGEST) + 1))


def swapped(table):
    """The table with `out` and `in` swapped: the input gradient of a convolution, or its transpose. int64 (m, 3).

    dx = apply(swapped(table), dy, w, cells of x). Rows that read padding are left out: nothing goes back to it.

    >>> swapped([[0, -1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 1]]).tolist()
    [[0, 0, 1], [0, 1, 0], [1, 1, 1]]
    """
    table = _checked(table)
    return _turned(table[table[:, IN] != PADDING], [IN, OUT, WEIGHT])


def weight_gradient(table):
    """The table with `out` and `weight` swapped: dw = apply(weight_gradient(table), x, dy, weights). int64 (n, 3).

    Its rows are (weight, in or -1, out): every weight collects x times dy, in the order of the outputs.

    >>> weight_gradient([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]]).tolist()
    [[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]]
    """
    return _turned(_checked(table), [WEIGHT, IN, OUT])


def _turned(table, columns):
    """The columns in another order, the rows sorted by the first of them, otherwise as they were."""
    order = np.argsort(table[:, columns[0]], kind="stable")
    return np.ascontiguousarray(table[order][:, columns])


@quiet
def products(table, x, w):
    """One product per row, x[in]·w[weight], float64 (n,); padding counts as 0. x and w may have any shape."""
    table = _checked(table)
    x, w = (np.ravel(numbers(array, name)).astype(float) for array, name in ((x, "x"), (w, "w")))
    x = np.append(x, 0.0)   # -1 is this 0 at the end
    for column, array, name in ((IN, x[:-1], "x"), (WEIGHT, w, "w")):
        if len(table) and table[:, column].max() >= array.size:
            raise ValueError(
                f"{name} must hold at least {table[:, column].max() + 1} cells for this table, found {array.size}: "
                "was the table made for other sizes?"
            )
    return x[table[:, IN]] * w[table[:, WEIGHT]]


def apply(table, x, w, outputs):
    """What the table stands for: `outputs` sums of products x[in]·w[weight], float64 (outputs,). Padding counts as 0.

    x and w may have any shape; their cells count in row-major order. Raises ValueError where they have too few.

    >>> apply([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]], [0, 1, 0], [-1, 1], 2)
    array([ 1., -1.])
    """
    return collected(_outs(table, outputs), products(table, x, w), outputs)


def collected(places, numbers, cells):
    """The numbers added up by their places, one after the other: float64 (cells,)."""
    return np.bincount(places, numbers, cells).astype(float, copy=False)   # of no numbers at all it makes integers


def matrix(table, w, shape):
    """The table as a dense matrix M, float64 of `shape` (outputs, inputs): M @ x.ravel() = apply(table, x, w, outputs).

    M[out, in] is the weight that joins the two; padding has no column. Raises ValueError for a shape too small.

    >>> matrix([[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]], [-1, 1], (2, 3))
    array([[-1.,  1.,  0.],
           [ 0., -1.,  1.]])
    """
    table = _checked(table)
    outputs, inputs = shapes.pair(shape, "shape", 1)
    if len(table) and table[:, IN].max() >= inputs:
        raise ValueError(f"shape must have {table[:, IN].max() + 1} columns or more, found {inputs}")
    room((outputs, inputs), 8, "shape: the matrix", "use a smaller shape")
    _outs(table, outputs)
    table = table[table[:, IN] != PADDING]
    weights = products(table, np.ones(inputs), w)
    return collected(table[:, OUT] * inputs + table[:, IN], weights, outputs * inputs).reshape(outputs, inputs)


def _outs(table, outputs):
    column = _checked(table)[:, OUT]
    if len(column) and column.max() >= shapes.integer(outputs, "outputs", 1, most=LONGEST):
        raise ValueError(f"outputs must be at least {column.max() + 1} for this table, found {outputs}")
    return column


def receptive_field(tables, cell):
    """The input cells that reach output `cell` through several layers, sorted, int64 (m,).

    `tables` lists the layers' tables from the first to the last; each counts its inputs as the one before counts its
    outputs. Padding is no cell, so at the border there are fewer.

    >>> layer = [[0, 0, 0], [0, 1, 1], [1, 1, 0], [1, 2, 1]]     # two taps, from three cells to two
    >>> receptive_field([layer, [[0, 0, 0], [0, 1, 1]]], 0)
    array([0, 1, 2])
    """
    cells = np.array([shapes.integer(cell, "cell", 0)])
    for table in reversed([_checked(table, "each of tables") for table in several(tables, "tables", "tables")]):
        cells = np.unique(table[np.isin(table[:, OUT], cells), IN])
        cells = cells[cells != PADDING]
    return cells
