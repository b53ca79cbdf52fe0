"""The kinds of scenes: for each one record of its names and its nature, so that nobody has to ask for a kind by name.

Every kind is the same sentence: cells of a *source*, times cells of some *weights*, go into one cell of a *result*.
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """One kind of scene. `source`, `weights` and `result` name its arrays; a pooling has no weights."""

    name: str
    title: str               # at the head of a page
    source: str
    weights: str | None
    result: str
    padded: bool             # is the source x with its padding around it?
    backward: bool = False   # a gradient: it has a dy and no bias
    transposed: bool = False   # w has C before K, and the window is that of the way back

    @property
    def pooling(self):
        """Is a window taken without weights?"""
        return self.weights is None


KINDS = {kind.name: kind for kind in (
    Kind("conv", "Convolution", "x", "w", "y", padded=True),
    Kind("max", "Max pooling", "x", None, "y", padded=True),
    Kind("avg", "Average pooling", "x", None, "y", padded=True),
    Kind("transpose", "Transposed convolution", "x", "w", "y", padded=False, transposed=True),
    Kind("dx", "Gradient of the input", "dy", "w", "dx", padded=False, backward=True),
    Kind("dw", "Gradient of the weights", "x", "dy", "dw", padded=True, backward=True),
)}
