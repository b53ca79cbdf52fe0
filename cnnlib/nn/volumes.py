"""The volumes of a network: the arrays between its layers, as a diagram shows them, and what made each."""

import math
from typing import NamedTuple

from .summary import checked_shape

POOLS = ("MaxPool2d", "AvgPool2d")


class Volume(NamedTuple):
    """What some layers of one kind in a row make, all of one shape: "Conv2d" twice, three "Residual", ...

    kind         the class of the layer; "input" for what comes first, "join" for a skip set beside what it skipped,
                 "layers" for different ones folded together.
    kernels      the sizes (h, w) inside one of them, in order.
    parameters   and `macs`: with those of what follows and does not change the shape, such as batch norm.
    depths       where maps are set beside maps: how many there are first, then after each layer.
    projections  how many shortcuts have layers of their own.
    after        the class of a pooling that was folded into this.
    """

    kind: str
    shape: tuple[int, ...]
    count: int = 1
    kernels: tuple[tuple[int, int], ...] = ()
    parameters: int = 0
    macs: int = 0
    depths: tuple[int, ...] = ()
    projections: int = 0
    after: str = ""

    @property
    def sides(self):
        """(channels, height, width): a row of numbers is so many channels of one cell."""
        depth, height, width = (*self.shape, 1, 1)[:3]
        return depth, height, width * math.prod(self.shape[3:])


def volumes(model, input_shape):
    """The volumes of a network in order, and its long skips as pairs of places in that list; makes no parameters.

    A block of shortcuts or a dense block is one volume; one that changes the size inside, as a U-Net does, is opened.
    """
    shape = checked_shape(model, input_shape)
    found, skips = [Volume("input", shape)], []
    _walk(model, shape, found, skips)
    return found, skips


def _walk(layer, shape, found, skips):
    """Add what a layer makes; returns its output's shape."""
    opened = layer.joins == "chain" or (layer.joins == "append" and _resizes(layer, shape))
    if not opened:
        _add(layer, shape, found)
        return layer.output_shape(shape)
    for child in layer.children.values():
        start = len(found) - 1
        new = _walk(child, shape, found, skips)
        if layer.joins == "append":
            new = (shape[0] + new[0], *shape[1:])
            skips.append((start, len(found)))
            found.append(Volume("join", new, depths=(shape[0], new[0])))
        shape = new
    return shape


def _resizes(layer, shape):
    """Whether anything inside changes height or width."""
    return any(inner.output_shape(seen)[1:] != seen[1:] for inner, seen in layer.visits(shape))


def _add(layer, shape, found):
    parameters, macs = sum(p.size for p in layer.parameters()), layer.macs(shape)
    new, last = layer.output_shape(shape), found[-1]
    if _passes(layer, shape, new):
        found[-1] = last._replace(parameters=last.parameters + parameters, macs=last.macs + macs)
        return
    made = Volume(type(layer).__name__, new, 1, _kernels(layer), parameters, macs, _depths(layer, shape),
                  int(layer.joins == "sum" and sum(any(path.parameters()) for path in layer.children.values()) > 1))
    alike = made[:2] == last[:2] and made.kernels == last.kernels
    if alike and made.kernels and not made.depths:   # two matrices in a row are seldom of one size
        found[-1] = _together(last, made)
    else:
        found.append(made)


def _passes(layer, shape, new):
    """Whether it only works on the numbers where they are, or lays them out in another way."""
    works = layer.children or layer.sees_all or hasattr(layer, "kernel_size")
    return not works and math.prod(shape) == math.prod(new)


def _kernels(layer):
    """Of a layer its own; of a block those of its convolutions, the long way round; of a dense one, in one layer."""
    if layer.joins == "append":
        layer = next(iter(layer.children.values()), layer)
    leaves = [leaf for leaf in layer.leaves() if hasattr(leaf, "kernel_size")]
    return tuple(leaf.kernel_size for leaf in leaves if leaf is layer or leaf.weights)


def _depths(layer, shape):
    """The channels before and after each layer of a dense block."""
    if layer.joins != "append":
        return ()
    depths = [shape[0]]
    for child in layer.children.values():
        depths.append(depths[-1] + child.output_shape((depths[-1], *shape[1:]))[0])
    return tuple(depths)


def _together(a, b):
    return b._replace(count=a.count + b.count, parameters=a.parameters + b.parameters, macs=a.macs + b.macs,
                      projections=a.projections + b.projections)


def folded(found, skips, most):
    """The same in at most so many volumes (two at least).

    First poolings go into what follows at their size; then neighbours become one of the kind "layers", maps of one
    size before others.
    """
    groups = [[i] for i in range(len(found))]
    found = list(found)

    def fold(i, volume):
        found[i:i + 2] = [volume]
        groups[i] += groups.pop(i + 1)

    if len(found) > most:
        for i in range(len(found) - 2, 0, -1):
            one, two = found[i], found[i + 1]
            if one.kind in POOLS and one.sides[1:] == two.sides[1:]:
                fold(i, _together(one, two)._replace(count=two.count, after=one.kind))
    while len(found) > max(2, most):
        i = min(range(1, len(found) - 1), key=lambda i: _apart(*found[i:i + 2]))
        fold(i, _together(*found[i:i + 2])._replace(kind="layers", kernels=(), depths=(), projections=0, after=""))
    place = {old: new for new, group in enumerate(groups) for old in group}
    ends = {(place[a], place[b]) for a, b in skips}
    return found, sorted((a, b) for a, b in ends if a != b)


def _apart(one, two):
    """How little two volumes go together: maps of one size do, then what is short, then what differs least."""
    cells, more = math.prod(one.sides[1:]), math.prod(two.sides[1:])
    return cells != more or cells == 1, one.count + two.count, abs(math.log(cells / more))
