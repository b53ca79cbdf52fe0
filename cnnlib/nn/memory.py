"""What training holds in memory, counted from shapes alone: nothing is made or run."""

import math
from typing import NamedTuple


class Memory(NamedTuple):
    """Bytes held while training, `activations` for one example and the rest once; see `Summary`.

    >>> Memory(activations=40, parameters=8, gradients=8, optimizer=16).batch(10).total
    432
    """

    activations: int
    parameters: int
    gradients: int
    optimizer: int

    @property
    def total(self):
        """All of it together."""
        return sum(self)

    def batch(self, size):
        """The same for a batch of so many examples."""
        return self._replace(activations=size * self.activations)

    def __str__(self):
        parts = ", ".join(f"{name} {spelled(count)}" for name, count in zip(self._fields, self, strict=True))
        return f"{parts}: together {spelled(self.total)}"


def spelled(count):
    """A number of bytes as one says it.

    >>> spelled(999), spelled(61_706 * 4), spelled(1.5e9)
    ('999 bytes', '247 kB', '1.5 GB')
    """
    if count < 1000:
        return f"{count} bytes"
    power = min(int(math.log10(count)) // 3, 4)
    if round(count / 1000 ** power, 1) >= 1000 and power < 4:
        power += 1
    return f"{count / 1000 ** power:.3g} {('', 'kB', 'MB', 'GB', 'TB')[power]}"


def kept(layer, shape, there=0):
    """Pairs (layer, bytes): what each layer inside, or this one, holds of one example for its way back.

    An array that the layer before holds already counts there: `there` says how many numbers of the input are held, 0 or
    all. Returns the same of the output.
    """
    if layer.joins and (layer.children or layer.joins == "chain"):
        start = shape, there
        for child in layer.children.values():
            there = yield from kept(child, shape, there)
            new = child.output_shape(shape)
            if layer.joins == "append":   # a new array, in which all maps lie together
                shape, there = (shape[0] + new[0], *shape[1:]), 0
            else:
                shape, there = start if layer.joins == "sum" else (new, there)
        return there if layer.joins == "chain" else 0
    for inner, seen in layer.visits(shape):
        arrays, size = inner.kept(seen), math.prod(seen)
        yield inner, sum(count for name, count in arrays.items() if name != "x" or size != there)
        if arrays:   # those that keep nothing only look at it in another way
            there = math.prod(inner.output_shape(seen)) if "y" in arrays else 0
    return there
