"""How a window slides over an input: the numbers every convolution and pooling works with."""

import functools
from typing import NamedTuple

from .. import shapes


class Geometry(NamedTuple):
    """The window's way over a 2-D input; every entry is a pair (vertical, horizontal)."""

    kernel: tuple[int, int]
    stride: tuple[int, int]
    pad: tuple[tuple[int, int], tuple[int, int]]   # ((top, bottom), (left, right))
    dilation: tuple[int, int]
    out: tuple[int, int]


def geometry(size, kernel, stride, padding, dilation=1, axes=("input height", "input width"), name="kernel_size"):
    """The `Geometry` of a kernel over an input of `size` (H, W); the four numbers are ints or pairs.

    Errors call the two axes by `axes`, and the argument the kernel came from by `name`.
    """
    kernel, stride = shapes.pair(kernel, "kernel_size", 1), shapes.pair(stride, "stride", 1)
    padding, dilation = shapes.padding_pair(padding), shapes.pair(dilation, "dilation", 1)
    ways = [
        shapes.axis(*numbers, name) for numbers in zip(size, kernel, stride, padding, dilation, axes, strict=True)
    ]
    return Geometry(kernel, stride, tuple((a.before, a.after) for a in ways), dilation, tuple(a.out for a in ways))


# For layers, which ask again and again with numbers that were checked when they were made.
known = functools.lru_cache(256)(geometry)


# One dimension is two with the second of size 1: (N, C, L) -> (N, C, L, 1).

THIN_AXES = ("input length", "width")   # the second has no errors to speak of


def thin(number, name, other):
    """A 1-D kernel size, stride, padding or dilation as a pair whose second entry, `other`, does nothing."""
    return (shapes.single(number, name), other)
