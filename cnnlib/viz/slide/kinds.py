"""The kinds of scenes: for each one record of its names and its nature, so that nobody has to ask for a kind by name.

Every kind is the same sentence: cells of a *source*, times cells of some *weights*, go into one cell of a *result*.
The records travel in the spec: the browser has no table of its own.

    kind            source     weights    result     a step is read off the tap table by
    conv            x          w          y          its output
    max, avg        x          (window)   y          its output
    transpose       x          w          y          its input
    dx              dy         w          dx         its input
    dw              x          dy         dw         its weight

A gradient is called dx, short for ∂L/∂x, wherever it is spoken of: on its board, in a sum, in a task, in Python.
"""

from typing import NamedTuple


class Named(NamedTuple):
    """How one of the arrays is spoken of: `role` is that of its cells in a picture, `title` heads its board."""

    role: str
    title: str


ARRAYS = {
    "x": Named("input", "input x"), "w": Named("kernel", "kernel w"), "y": Named("output", "output y"),
    "dx": Named("input", "gradient dx"), "dw": Named("kernel", "gradient dw"), "dy": Named("output", "gradient dy"),
}


_PYTHONS = ("code", "takes")   # fields that the browser has no use for


class Kind(NamedTuple):
    """One kind of scene. `source`, `weights` and `result` name its arrays; a pooling has no weights."""

    name: str
    title: str               # at the head of a page, of the alternative text, and what the player is called
    code: str                # what the digest begins with, for any number of axes
    source: str
    weights: str | None
    result: str
    by: str = "output"       # "output": a step reads a window; "input": it collects what windows spread onto its cell;
                             # "weight": it collects what a weight met at all places
    action: str = "sum"      # "sum", "mean" or "max", in which padding counts as −∞
    lane: str | None = None  # of which there may be several, each with its partial sum: "channel" or "filter"
    padded: bool = True      # is the source x with its padding around it?
    dilated: bool = False    # may there be a dilation?
    backward: bool = False   # a gradient: it has a dy and no bias
    transposed: bool = False   # w has C before K, the window is that of the way back, and there is an output_padding
    takes: tuple = ("x", "w")  # the first arguments of a learner's function for it
    nobody: str = ""         # why a cell of the result may be made from nothing
    matrix: str = ""         # what is to be said of its matrix

    @property
    def pooling(self):
        """Is a window taken without weights?"""
        return self.weights is None

    def as_spec(self):
        """The record as JSON-ready data, with how its arrays are spoken of; a new dict each time."""
        names = (self.source, self.weights, self.result)
        arrays = {name: ARRAYS[name]._asdict() for name in names if name}
        return {field: value for field, value in self._asdict().items() if field not in _PYTHONS} | {"arrays": arrays}


KINDS = {kind.name: kind for kind in (
    Kind("conv", "Convolution", "Conv{}d", "x", "w", "y", lane="channel", dilated=True),
    Kind("max", "Maximum pooling", "MaxPool{}d", "x", None, "y", action="max", takes=("x", "kernel_size")),
    Kind("avg", "Average pooling", "AvgPool{}d", "x", None, "y", action="mean", takes=("x", "kernel_size")),
    Kind("transpose", "Transposed convolution", "ConvTranspose{}d", "x", "w", "y", by="input", lane="channel",
         padded=False, transposed=True, nobody="no input reaches this cell",
         matrix="Mᵀ is the transpose of the matrix M of a convolution with this kernel, stride and padding."),
    Kind("dx", "Gradient dx of a convolution", "Conv{}d dx", "dy", "w", "dx", by="input", lane="filter",
         padded=False, dilated=True, backward=True, takes=("dy", "w"), nobody="no window reads this cell of x",
         matrix="Mᵀ is the transpose of the forward pass's matrix M: y = M x, and gradients go back the way the values "
                "came."),
    Kind("dw", "Gradient dw of a convolution", "Conv{}d dw", "x", "dy", "dw", by="weight", dilated=True,
         backward=True, takes=("dy", "x"),
         matrix="Its entries are those of dy: each row is one weight, with what it met at every place."),
)}
