"""The tap table: which input cell, times which weight, goes into which output cell.

A table is an integer array (n, 3) with one row `(out, in, weight)` per product. The numbers count cells in row-major
order (`array.ravel()`), from 0; `in` is -1 for a padding cell. Rows are sorted by `out`, and within one output they
stand in the order in which the products are added. A table knows sizes only, no values.

One table, read in many ways: by output it is the sliding window, by input everything that a pixel influences, by
weight the weight gradient, with `out` and `in` swapped the input gradient and the transposed convolution; scattered
it is the banded matrix, and several of them in a row are a receptive field.
"""

from .readings import (
    apply,
    by_input,
    by_output,
    by_weight,
    matrix,
    receptive_field,
    starts,
    swapped,
    weight_gradient,
)
from .sizes import Window, full_shapes, pooling_window, transposed_window, window
from .tables import convolution, pooling, transposed

__all__ = [
    "Window", "apply", "by_input", "by_output", "by_weight", "convolution", "full_shapes", "matrix", "pooling",
    "pooling_window", "receptive_field", "starts", "swapped", "transposed", "transposed_window", "weight_gradient",
    "window",
]
