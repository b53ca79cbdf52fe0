"""Integers only: output sizes, padding and receptive fields.

Everything that slides a window (convolution, pooling) takes its geometry from `axis`, so the whole package has one
size formula:

    floor((N + padding before + padding after - D(F - 1) - 1) / S) + 1

with N input cells, kernel size F, stride S and dilation D (Dumoulin & Visin 2016, relationship 15).
"""

from typing import NamedTuple

from .arguments import integer, several, shown

__all__ = ["Axis", "ReceptiveField", "output_size", "receptive_field"]   # the rest is for the rooms above


class Axis(NamedTuple):
    """How a window slides along one axis: padding cells on either side, output cells, and the cells left over at the
    end of the padded axis (`unread`), where the next step would not fit."""

    before: int
    after: int
    out: int
    unread: int


class ReceptiveField(NamedTuple):
    """What one unit of a layer sees: `size` input cells; its neighbour sees `jump` cells further on; the first
    unit's field begins at input cell `start` (negative: inside the padding)."""

    size: int | tuple[int, int]
    jump: int | tuple[int, int]
    start: int | tuple[int, int]


def pair(value, name, least):
    """An int or a pair `(h, w)` as a pair of ints."""
    if type(value) is int:
        return (integer(value, name, least),) * 2
    return _both_axes(value, name, lambda number: integer(number, name, least))


def padding_pair(value):
    """Padding of two axes as a pair: an int, "same" or "valid" for both, or a pair `(h, w)` of those."""
    return _both_axes(value, "padding", _padding)


def single(value, name):
    """`value` unless it is a pair: in one dimension there is one number."""
    if isinstance(value, (tuple, list)):
        raise TypeError(f"{name} must be one integer in one dimension, found {shown(value)}")
    return value


def pooling_padding(padding, kernel):
    """Raise ValueError where padding ((before, after), ...) makes windows that see nothing but padding.

    ("same" never asks for as much.)
    """
    for sides, f in zip(padding, kernel, strict=True):
        if 2 * max(sides) > f:
            raise ValueError(f"padding must be at most half the kernel_size ({f} // 2 = {f // 2}), found {max(sides)}")


def output_padding_pair(value, stride):
    """`output_padding` of a transposed convolution as a pair; ValueError unless it is less than the stride."""
    extra = pair(value, "output_padding", 0)
    for e, s in zip(extra, stride, strict=True):
        if e >= s:
            raise ValueError(
                f"output_padding must be less than the stride, found {e} with stride {s}: it only chooses among the "
                "input sizes that such a stride maps to the same output size"
            )
    return extra


def _both_axes(value, name, checked):
    if not isinstance(value, (tuple, list)):
        return (checked(value),) * 2
    if len(value) != 2:
        raise ValueError(f"{name} must be one integer or a pair (height, width), found {shown(value)}")
    return tuple(map(checked, value))


def _padding(value):
    """Padding of one axis: a plain int of at least 0, or one of the two words."""
    if not isinstance(value, str):
        return integer(value, "padding", 0)
    if value not in ("same", "valid"):
        raise ValueError(f'padding must be an integer, "same" or "valid", found {shown(value)}')
    return value


def spanned(kernel_size, dilation=1):
    """How many cells a kernel spans."""
    return dilation * (kernel_size - 1) + 1


def slid(n, span, stride, before, after):
    """The `Axis` of a window of `span` cells; nothing is checked, and where not one window fits, `out` is below 1."""
    room = n + before + after - span
    return Axis(before, after, room // stride + 1, room % stride)


def axis(n, kernel_size, stride=1, padding=0, dilation=1, what="input", kernel="kernel_size"):
    """The geometry of one axis of `n` cells, which errors call `what`, and its kernel `kernel`. See `output_size`."""
    n, kernel_size = integer(n, "n", 1), integer(kernel_size, "kernel_size", 1)
    stride, dilation, padding = integer(stride, "stride", 1), integer(dilation, "dilation", 1), _padding(padding)
    span = spanned(kernel_size, dilation)
    most = 1000 + n + span
    if not isinstance(padding, str) and padding > most:
        # Meant in earnest it is half the kernel; a slip with many digits would ask for more memory than there is.
        raise ValueError(
            f"padding must be at most {most} cells per side (1000 + {n} of the {what} + {span} of the kernel), found "
            f"{padding}: nearly all outputs would read nothing but padding"
        )
    if padding == "same":
        if span > 2 * n + 100:
            raise ValueError(
                f'{kernel} is too large for padding="same": the kernel spans {span} cells ({kernel_size} taps, '
                f"dilation {dilation}), the {what} has {n}, expected a span of at most {2 * n + 100}"
            )
        # As TensorFlow and ONNX (SAME_UPPER) do: ceil(n / stride) outputs; an odd cell of padding goes to the end.
        total = max((-(-n // stride) - 1) * stride + span - n, 0)
        before, after = total // 2, total - total // 2
    else:
        before = after = 0 if padding == "valid" else padding
    way = slid(n, span, stride, before, after)
    if way.out < 1:
        cells = f"{span} cells" + (f" ({kernel_size} taps, dilation {dilation})" if dilation > 1 else "")
        raise ValueError(
            f"{kernel} is too large: the kernel spans {cells} but the padded {what} has only {before} + {n} + {after} "
            f"= {n + before + after} (padding + input + padding); use a smaller kernel or padding of at least "
            f"{-(-(span - n) // 2)}"
        )
    return way


def output_size(n, kernel_size, stride=1, padding=0, dilation=1):
    """How many outputs a window gives along one axis.

    `n` input cells, `padding` cells added *on each side* (or "same": ceil(n / stride) outputs; "valid": none).
    Returns floor((n + 2·padding - dilation·(kernel_size - 1) - 1) / stride) + 1, an int of at least 1.

    Raises ValueError when the kernel is larger than the padded input, for a stride, dilation or kernel size below 1,
    for negative padding, for padding above 1000 + n + the kernel's span, and with "same" for a span above 2·n + 100;
    TypeError for anything but integers.

    >>> output_size(7, 3), output_size(7, 3, stride=2), output_size(7, 3, padding=1)
    (5, 3, 7)
    >>> output_size(7, 3, stride=3)   # (7 - 3)/3 + 1 is 2.33: floored, the last cell is never read
    2
    """
    return axis(n, kernel_size, stride, padding, dilation).out


def receptive_field(layers):
    """What one unit of each layer sees of the input, layer after layer.

    `layers` is a list of tuples `(kernel_size, stride=1, padding=0, dilation=1)` or of layer objects (those without
    a kernel, such as ReLU, change nothing). Returns one `ReceptiveField(size, jump, start)` per layer, in input
    cells; pairs `(h, w)` where the two axes differ.

    Recurrences (Araujo, Norris & Sim 2019): size += D(F - 1)·jump, start -= P·jump, then jump *= S.

    >>> [layer.size for layer in receptive_field([(5,), (2, 2), (5,), (2, 2)])]   # conv, pool, conv, pool
    [5, 6, 14, 16]
    """
    size, jump, start = [1, 1], [1, 1], [0, 0]
    fields = []
    for layer in several(layers, "layers", "tuples or layers"):
        kernel, stride, padding, dilation = _window(layer)
        for a in range(2):
            span = spanned(kernel[a], dilation[a])
            size[a] += (span - 1) * jump[a]
            start[a] -= _padding_before(padding[a], span, stride[a]) * jump[a]
            jump[a] *= stride[a]
        fields.append(ReceptiveField(*(v[0] if v[0] == v[1] else tuple(v) for v in (size, jump, start))))
    return fields


def _window(layer):
    """Kernel, stride, padding and dilation of a tuple or a layer object, as pairs."""
    # A number or a word, a class or an array is no layer: it would count as one without a kernel.
    if not isinstance(layer, (tuple, list)) and type(layer).__module__ in ("builtins", "numpy", "numpy.ma"):
        raise TypeError(f"layers: each is a tuple (kernel_size, stride, padding, dilation) or a layer, found "
                        f"{shown(layer)}")
    if not isinstance(layer, (tuple, list)):
        names = ("kernel_size", "stride", "padding", "dilation")
        layer = [getattr(layer, name, default) for name, default in zip(names, (1, 1, 0, 1), strict=True)]
    if not 1 <= len(layer) <= 4:
        raise ValueError(
            f"layers: each is (kernel_size, stride, padding, dilation) or a layer, found {shown(tuple(layer))}"
        )
    kernel, stride, padding, dilation = [*layer, *(1, 1, 0, 1)[len(layer):]]
    return (
        pair(kernel, "kernel_size", 1),
        pair(stride, "stride", 1),
        padding_pair(padding),
        pair(dilation, "dilation", 1),
    )


def _padding_before(padding, span, stride):
    if padding == "valid":
        return 0
    if padding != "same":
        return padding
    if stride > 1:
        raise ValueError('padding: "same" with a stride depends on the input size; give the cells per side as a number')
    return (span - 1) // 2
