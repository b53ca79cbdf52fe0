"""How big things are and how a window slides over them, for one example: what a tap table is made from.

Here every array has all its axes: x (C, H, W) and w (K, C, Fh, Fw). A signal is an image of one row.
"""

from typing import NamedTuple

from .. import arguments, shapes
from ..arguments import shown

# (axes of x, axes of w) that go together: one signal or image, with channels or without, and one filter or several.
_SIGNALS, _IMAGES = {(1, 1), (1, 3), (2, 3)}, {(2, 2), (2, 4), (3, 3), (3, 4)}
_SLIPS = {
    (1, 2): "several filters on one signal? Add the channel axis: w[:, None]",
    (1, 4): "an image? Then x is (H, W) or (C, H, W)",
    (2, 1): "one signal? x[0]. One filter for several channels? It needs weights for each: w of shape (K, C, F)",
    (3, 2): "one filter for all channels? It needs weights for each: w of shape (C, Fh, Fw)",
    (3, 1): "an image? Then w is (C, Fh, Fw) or (K, C, Fh, Fw)",
}


class Window(NamedTuple):
    """How a window slides over an input of one or several channels; every entry is a pair (vertical, horizontal).

    A signal is an image of one row. `unread` counts the cells left at the end of the padded axis, where the next
    step would not fit.
    """

    size: tuple[int, int]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[tuple[int, int], tuple[int, int]]   # ((top, bottom), (left, right))
    dilation: tuple[int, int]
    out: tuple[int, int]
    unread: tuple[int, int]


def full_shapes(x_shape, w_shape, transposed=False):
    """The two shapes with all their axes, and 1 for signals or 2 for images.

    x: (L,), (C, L), (H, W) or (C, H, W) -> (C, H, W), signals with H = 1. w: (F,), (Fh, Fw), (C, Fh, Fw), (K, C, F) or
    (K, C, Fh, Fw) -> (K, C, Fh, Fw); `transposed` convolution has C before K. Raises ValueError for shapes that do not
    go together.

    >>> full_shapes((7,), (3,)), full_shapes((5, 5), (3, 3))
    (((1, 1, 7), (1, 1, 1, 3), 1), ((1, 5, 5), (1, 1, 3, 3), 2))
    """
    x, w, transposed = sizes(x_shape, "x_shape"), sizes(w_shape, "w_shape"), arguments.truth(transposed, "transposed")
    both = (len(x), len(w))
    if both not in _SIGNALS | _IMAGES:
        slip = "one example of a batch? x[0]" if len(x) == 4 else _SLIPS.get(both, "")
        raise ValueError(
            f"x of shape {x} and w of shape {w} do not fit together, expected x (L,) with w (F,), x (C, L) with w "
            "(K, C, F), x (H, W) with w (Fh, Fw), or x (C, H, W) with w (C, Fh, Fw) or (K, C, Fh, Fw)"
            f"{slip and '; ' + slip}"
        )
    if both in _SIGNALS:
        full_x, full_w = (*((1,) * (2 - len(x))), *x), (*((1,) * (3 - len(w))), *w)
        full_x, full_w = (full_x[0], 1, full_x[1]), (*full_w[:2], 1, full_w[2])
    else:
        full_x, full_w = (*((1,) * (3 - len(x))), *x), (*((1,) * (4 - len(w))), *w)
        if transposed and len(w) == 3:
            full_w = (w[0], 1, *w[1:])
    expected = full_w[0 if transposed else 1]
    if full_x[0] != expected:
        slip = ""
        if len(x) > 1 and x[-1] == expected:
            order = ", ".join(map(str, (len(x) - 1, *range(len(x) - 1))))
            slip = f"; the last axis of x has {expected}: are the channels last? Use x.transpose({order})"
        raise ValueError(f"x has {full_x[0]} channels (shape {x}) but w expects {expected} (shape {w}){slip}")
    return full_x, full_w, 1 if both in _SIGNALS else 2


def sizes(shape, name):
    """A shape, or the only size of one, as a tuple of ints of at least 1."""
    return arguments.shape(shape if isinstance(shape, (tuple, list)) else (shape,), name)


def _spatial(size, name):
    """The size of a signal or an image, (L,) or (H, W)."""
    size = arguments.shape(size, name)
    if len(size) not in (1, 2):
        raise ValueError(f"{name} must be (L,) or (H, W), found {shown(size)}")
    return size


def window(size, kernel, stride=1, padding=0, dilation=1, name="w"):
    """The `Window` of a kernel over an input of `size` (L,) or (H, W).

    `stride` and `dilation` are an int or, for images, a pair; `padding` is an int, "same", "valid", or for images a
    pair of those or ((top, bottom), (left, right)). Errors are those of `output_size` and call the kernel `name`.

    >>> window((7,), (3,), stride=3).out, window((7,), (3,), stride=3).unread
    ((1, 2), (0, 1))
    """
    labels, size = ("input height", "input width"), _spatial(size, "size")
    if len(size) == 1:
        size, kernel, labels = (1, *size), (1, *sizes(kernel, "kernel")), ("", "input length")
        stride, dilation = _thin(stride, "stride", 1), _thin(dilation, "dilation", 1)
        padding = _thin(padding, "padding", 0)
    kernel, stride = shapes.pair(kernel, "kernel_size", 1), shapes.pair(stride, "stride", 1)
    dilation = shapes.pair(dilation, "dilation", 1)
    numbers = zip(size, kernel, stride, _paddings(padding), dilation, labels, strict=True)
    ways = [_way(*of_one_axis, name) for of_one_axis in numbers]
    pads, outs, unread = ((w.before, w.after) for w in ways), (w.out for w in ways), (w.unread for w in ways)
    return Window(tuple(size), kernel, stride, tuple(pads), dilation, tuple(outs), tuple(unread))


def _thin(number, name, other):
    """A number of a signal as a pair, for an image of one row."""
    return (other, shapes.single(number, name))


def _paddings(value):
    """Padding per axis: an int, a word, or a pair (before, after)."""
    if isinstance(value, (tuple, list)) and len(value) == 2:
        return value
    return shapes.padding_pair(value)


def _way(n, f, stride, padding, dilation, what, name):
    """The `shapes.Axis` of one axis; `padding` may also be a pair (before, after)."""
    if not isinstance(padding, (tuple, list)):
        return shapes.axis(n, f, stride, padding, dilation, what, name)
    if len(padding) != 2:
        raise ValueError(f"padding of one axis must be an integer or a pair (before, after), found {shown(padding)}")
    before, after = (shapes.integer(cells, "padding", 0) for cells in padding)
    shapes.axis(n, f, stride, max(before, after), dilation, what, name)   # with more padding still an error?
    span = shapes.spanned(f, dilation)
    way = shapes.slid(n, span, stride, before, after)
    if way.out < 1:
        raise ValueError(
            f"{name} is too large: the kernel spans {span} cells but the padded {what} has only "
            f"{before} + {n} + {after} = {n + before + after} (padding + input + padding); use a smaller kernel or "
            "more padding"
        )
    return way


def pooling_window(size, kernel_size, stride=None, padding=0):
    """The `Window` of a pooling over (L,) or (H, W); the stride is the kernel size unless given.

    Raises ValueError also for padding of more than half the kernel: some windows would see nothing else.

    >>> pooling_window((8, 6), 2).out
    (4, 3)
    """
    stride, size = kernel_size if stride is None else stride, _spatial(size, "size")
    if len(size) == 1:
        kernel = (shapes.integer(_thin(kernel_size, "kernel_size", 1)[1], "kernel_size", 1),)
    else:
        kernel = shapes.pair(kernel_size, "kernel_size", 1)
    win = window(size, kernel, stride, padding, name="kernel_size")
    shapes.pooling_padding(win.padding, win.kernel)
    return win


def transposed_window(size, kernel, stride=1, padding=0, output_padding=0):
    """The `Window` of the convolution that leads from a transposed convolution's output back to its input.

    `size` (L,) or (H, W) is the input's; the window's `size` is the output's, (N - 1)·S - 2P + F + output_padding.
    Raises ValueError for output_padding >= stride, which would not lead back, and for padding that leaves no output.

    >>> transposed_window((2, 2), (3, 3), stride=2).size
    (5, 5)
    """
    labels, size = ("height", "width"), _spatial(size, "size")
    kernel = arguments.shape(kernel, "kernel", len(size))
    if len(size) == 1:
        size, kernel, labels = (1, *size), (1, *kernel), ("", "length")
        stride, padding = _thin(stride, "stride", 1), _thin(padding, "padding", 0)
        output_padding = _thin(output_padding, "output_padding", 0)
    stride = shapes.pair(stride, "stride", 1)
    extra = shapes.output_padding_pair(output_padding, stride)
    made = []
    pads = [tuple(p) if isinstance(p, (tuple, list)) else (p, p) for p in _paddings(padding)]
    for n, f, s, pad, e, label in zip(size, kernel, stride, pads, extra, labels, strict=True):
        if len(pad) != 2:
            raise ValueError(f"padding of one axis must be an integer or a pair (before, after), found {shown(pad)}")
        before, after = (shapes.integer(cells, "padding", 0) for cells in pad)
        made.append((n - 1) * s - before - after + f + e)
        if made[-1] < 1:
            raise ValueError(
                f"padding of {before} and {after} leaves no output: the {label} would be ({n} - 1)·{s} - {before} - "
                f"{after} + {f} + {e} = {made[-1]}, expected at least 1"
            )
    return window(tuple(made), tuple(kernel), stride, tuple(pads))
