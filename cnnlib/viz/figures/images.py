"""Pictures of images and of what a network makes of them: a grid of images, filters, feature maps, nested windows."""

import math

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from ... import shapes
from ...arguments import MOST, label, several, shown
from ...ops import check
from ..kit import alt, style
from ..kit.arrays import values as drawable
from ..kit.drawing import Figure
from ..kit.numbers import number

_DIGITS_FIT = 0.4    # inches: a smaller cell of a filter shows the sign of its weight only
_SMALLEST = 0.19     # and a still smaller one could not even show that
_MOST_COLUMNS = 12
_STEPS = 42          # of brightness, from black to white, in a wide picture: the file is half as large
_SIGNED = "blue below zero, white zero, red above"   # in words
# Nested windows, from the inside outwards: told apart by dashes as well as by colour.
_NESTED = ((style.KERNEL, "-"), ("#0B3C7A", (0, (4, 1.5))), (style.OUTPUT, "-"), ("#1A1A1A", (0, (1, 1))))


def image_grid(images, titles=None, columns=10, wide=False):
    """Draw images in rows, each under its title: a matplotlib Figure.

    `images` holds numbers from 0 (black) to 1 (white): (N, H, W) or (N, 1, H, W) grey, (N, 3, H, W) in colour.
    `titles` are N texts, of one or more lines; `columns` is the number of images in a row. With `wide` a row is as wide
    as a page, as photographs should be, and every pixel is a small square.

    Raises ValueError for other shapes, for pixels outside 0..1 (a feature map? see `feature_maps`), and for another
    number of titles than images.

    >>> fig = image_grid(np.zeros((3, 1, 28, 28)), ["shirt", "coat", "bag"], columns=3)
    >>> len(fig.axes)
    3
    """
    images = check.floats(images, "images", nan=False)
    if images.ndim == 3:
        images = images[:, None]
    if images.ndim != 4 or images.shape[1] not in (1, 3) or not len(images):
        raise ValueError(f"images: found shape {shown(images.shape)}, expected (N, H, W), (N, 1, H, W) or "
                         "(N, 3, H, W).")
    shares = _shares(images, ", and draw feature maps with cnn.viz.feature_maps")
    titles = _titles(titles, len(images))
    with style.context():
        fig, axes = _panels(len(images), columns, images.shape[2] / images.shape[3], titles,
                            most=style.WIDTH if wide else 2.2)
        for ax, image, title in zip(axes, shares, titles, strict=False):
            ax.imshow(_pixels(_stepped(image, wide)), cmap="gray", vmin=0, vmax=1,
                      interpolation="nearest" if wide else None)
            _frame(ax, style.QUIET, 0.8)
            ax.set_title(title, size=style.FONT - 2, pad=4)
    said, means = alt.names(titles), ", ".join(number(image.mean()) for image in images)
    return alt.say(fig, f"{_counted(images, 'picture', ', in colour' * (images.shape[1] == 3))}{said and f': {said}'}.",
                   f"Mean brightness, 0 black to 1 white: {means}." if len(images) <= alt.FEW else "")


def feature_maps(maps, titles=None, columns=6, wide=False):
    """Draw feature maps (K, H, W) on one scale of signed colours, zero white: a matplotlib Figure.

    Below them the scale, from the lowest value to the highest; after a ReLU it begins at 0. `titles` are K texts
    ("map 0", "map 1", … unless given). `wide` as in `image_grid`. Raises ValueError for another shape or number of
    titles.

    >>> len(feature_maps(np.ones((6, 24, 24))).axes)   # six maps and the scale
    7
    """
    maps = drawable(check.floats(maps, "maps", "K, H, W"), "maps")
    titles = _titles(titles, len(maps), "map")
    limit = style.signed_limit(maps)
    with style.context():
        fig, axes = _panels(len(maps), columns, maps.shape[1] / maps.shape[2], titles, below=0.5,
                            most=style.WIDTH if wide else 2.2)
        for ax, values, title in zip(axes, maps, titles, strict=False):
            drawn = ax.imshow(limit * _stepped(values / limit, wide), cmap=style.SIGNED_DEEP, vmin=-limit, vmax=limit,
                              interpolation="nearest" if wide else None)
            _frame(ax, style.OUTPUT, 1.4)
            ax.set_title(title, size=style.FONT - 2, pad=5)
        _scale(fig, drawn, 0.0 if maps.min() >= 0 else -limit, limit)
    few = maps[0].size <= 3 * alt.FEW and maps.size <= 7 * alt.FEW
    said = [alt.rows(each) if few else f"{alt.span(each)}, mean size {number(np.abs(each).mean())}" for each in maps]
    return alt.say(fig, f"{_counted(maps[:, None], 'map')}, {_SIGNED}.",
                   *(f"{alt.names([title])}: {each}." for title, each in zip(titles, said, strict=True)))


def filters(w, titles=None, columns=6):
    """Draw the filters w (K, C, Fh, Fw) of a convolution on one scale of signed colours: a matplotlib Figure.

    With one input channel, K filters in rows of `columns`. With more, one row for each channel and one column for each
    filter. Each cell also prints its weight, or its sign where there is no room. `titles` are K texts
    ("filter 0", … unless given). Raises ValueError for another shape or number of titles, and for more filters than
    can be read.

    >>> len(filters(np.ones((4, 3, 5, 5))).axes)   # 4 filters x 3 channels, and the scale
    13
    """
    w = drawable(check.floats(w, "w", "K, C, Fh, Fw"), "w")
    count, channels, rows, cells = w.shape
    titles = _titles(titles, count, "filter")
    if channels > 1:
        columns = count
    columns = min(shapes.integer(columns, "columns", 1), count)
    side = style.WIDTH / columns / (cells + 0.6)
    if columns > _MOST_COLUMNS or side < _SMALLEST:
        raise ValueError(
            f"w: found {columns} filters of {rows} x {cells} beside each other, too many to be read; draw some of "
            f"them, such as w[:{max(1, math.floor(style.WIDTH / (_SMALLEST * (cells + 0.6))))}]."
        )
    limit = style.signed_limit(w)
    colours = style.SIGNED if side >= _DIGITS_FIT else style.SIGNED_DEEP   # digits need the paler ones
    panels = [(k, c) for c in range(channels) for k in range(count)]
    heads = titles if channels == 1 else [titles[k] if c == 0 else "" for k, c in panels]
    with style.context():
        fig, axes = _panels(len(panels), columns, rows / cells, heads, below=0.5)
        for ax, (k, c), head in zip(axes, panels, heads, strict=False):
            drawn = ax.imshow(w[k, c], cmap=colours, vmin=-limit, vmax=limit)
            _frame(ax, style.KERNEL, 2.4)
            ax.set_title(head, size=style.FONT - 2, pad=4)
            if channels > 1 and k == 0:
                ax.set_ylabel(f"channel {c}", size=style.FONT - 2)
            _weights(ax, w[k, c], drawn, side)
        _scale(fig, drawn, -limit, limit)
    each = f", {channels} channels of each" if channels > 1 else ""
    said = ([f"{alt.names([title])}: {alt.rows(one[0], 1)}." for title, one in zip(titles, w, strict=True)]
            if channels == 1 and w[0].size <= alt.FEW else [f"{alt.names(titles)}."])
    return alt.say(fig, f"{_counted(w, 'filter')}{each}, weights {alt.span(w)}, {_SIGNED}.", *said)


def nested_windows(image, names, sizes, start):
    """Draw windows that share their top left corner on an image: what one unit of each layer sees of the input.

    `image` is (H, W), (1, H, W) or (3, H, W) from 0 to 1; `sizes` (in pixels, growing) and `names` one for each
    layer, at most four; `start` is the row and column of the corner. Returns a matplotlib Figure.
    Raises ValueError for other numbers of them and for a window that leaves the image.

    >>> fig = nested_windows(np.zeros((32, 32)), ["CONV1", "POOL1"], [5, 6], start=8)
    >>> [text.get_text() for text in fig.axes[0].texts]
    ['CONV1: 5 × 5', 'POOL1: 6 × 6']
    """
    image = check.floats(image, "image", nan=False)
    image = image[None] if image.ndim == 2 else image
    if image.ndim != 3 or len(image) not in (1, 3):
        raise ValueError(f"image: found shape {shown(image.shape)}, expected (H, W), (1, H, W) or (3, H, W).")
    names, sizes = several(names, "names", "texts"), several(sizes, "sizes", "whole numbers")
    sizes, start = [shapes.integer(size, "sizes", 1) for size in sizes], shapes.integer(start, "start", -MOST)
    if not 0 < len(names) == len(sizes) <= len(_NESTED):
        raise ValueError(f"sizes: found {len(sizes)} for {len(names)} names, expected one each, 1 to {len(_NESTED)}.")
    if start < 0 or start + max(sizes) > min(image.shape[1:]):
        height, width = image.shape[1:]
        raise ValueError(f"sizes: a window of {max(sizes)} from {start} on leaves the image of {height} x {width}.")
    with style.context():
        fig = Figure(figsize=(7.0, 4.4))
        ax = fig.add_axes([0.4 / 7.0, 0.3 / 4.4, 4.0 / 7.0, 4.0 / 4.4])
        ax.imshow(_pixels(image), cmap="gray", vmin=0, vmax=1)
        _frame(ax, style.INPUT, 1.6)
        edge = image.shape[2] - 0.5
        lines = np.linspace(0.2, 0.8, len(names)) * image.shape[1]
        corner = (start - 0.5, start - 0.5)
        for i, (name, size, (colour, dashes), line) in enumerate(zip(names, sizes, _NESTED, lines, strict=False)):
            # The sides that they share are drawn largest first, so that the smallest window is seen whole.
            for stroke, shade, dash in ((4.6, "white", "-"), (2.4, colour, dashes)):
                looks = {"fill": False, "ec": shade, "lw": stroke, "ls": dash, "zorder": 3 - 0.1 * i}
                ax.add_patch(Rectangle(corner, size, size, **looks))
            ax.annotate(
                f"{label(name)}: {size} × {size}", xy=(start + size - 0.5, start + size - 1), xytext=(edge + 1.5, line),
                va="center", color=style.lettering(colour), weight="bold", annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": colour, "lw": 1.3, "ls": dashes, "shrinkB": 0,
                            "path_effects": [withStroke(linewidth=3, foreground="white")]},
            )
    windows = ", ".join(f"{label(name)} {size} × {size}" for name, size in zip(names, sizes, strict=True))
    size, many = f"{image.shape[1]} × {image.shape[2]}", alt.count(len(names), "window")
    return alt.say(fig, f"A picture of {size}, and on it {many} with the top left corner at row {start}, "
                   f"column {start}: {windows}.")


def _grey(images):
    """Grey images, or a single one, as floats (N, H, W) from 0 to 1."""
    images = check.floats(images, "images", nan=False)
    if images.ndim == 2:
        images = images[None]
    if images.ndim == 4 and images.shape[1] == 1:
        images = images[:, 0]
    if images.ndim != 3 or not images.size:
        raise ValueError(f"images: found shape {shown(images.shape)}, expected (N, H, W), (N, 1, H, W) or (H, W).")
    return _shares(images)


def _shares(images, more=""):
    """Images from 0 to 1, except for rounding; ValueError for others, which may say `more` on what to do."""
    if images.min() < -1e-6 or images.max() > 1 + 1e-6:
        raise ValueError(f"images: found values from {images.min():.3g} to {images.max():.3g}, expected 0 to 1; divide "
                         f"bytes by 255{more}.")
    return images.clip(0, 1)


def _stepped(values, wide):
    """Values of size 1 at most; in a wide picture rounded, which nobody sees and which packs well."""
    return np.rint(values * _STEPS) / _STEPS if wide else values


def _pixels(image):
    """An image (1, H, W) or (3, H, W) as matplotlib takes it."""
    return image[0] if len(image) == 1 else image.transpose(1, 2, 0)


def _counted(images, thing, kind=""):
    """So many pictures (N, C, H, W), and their size."""
    return f"{alt.count(len(images), thing)}, {images.shape[2]} × {images.shape[3]}{kind}"


def _titles(titles, count, word=""):
    """`count` titles: those given, or numbered ones."""
    if titles is None:
        return [f"{word} {i}" if word else "" for i in range(count)]
    titles = several(titles, "titles", "texts")
    if len(titles) != count:
        raise ValueError(f"titles: found {len(titles)} for {count} pictures, expected one for each.")
    return [label(title) for title in titles]


def _panels(count, columns, aspect, titles, below=0.0, most=2.2):
    """A figure of `count` empty axes in rows of `columns`, with room for the titles; its width is that of every figure.

    `aspect` is height by width of one picture; `below` adds inches for a scale; `most` is the largest width of one.
    """
    columns = min(shapes.integer(columns, "columns", 1), count)
    rows = -(-count // columns)
    lines = [1 + title.count("\n") for title in titles if title]
    # A handful of pictures must not be blown up to the full width.
    side = min(style.WIDTH / columns, most)
    apart = 0.06 if rows > 1 and lines else 0.03   # a title must not lean on the picture above it
    drawn = max(0.94 * side, side - 0.054)   # what the layout leaves of the width
    height = rows * (drawn * aspect + 0.2 * max(lines, default=0) + 2 * apart) + below
    fig = Figure(figsize=(side * columns, height), layout="constrained")
    fig.get_layout_engine().set(w_pad=0.03, h_pad=apart, wspace=0.02, hspace=0.02)
    axes = fig.subplots(rows, columns, squeeze=False).ravel()
    for ax in axes:
        ax.set(xticks=[], yticks=[])
    for ax in axes[count:]:
        ax.remove()
    return fig, axes[:count]


def _frame(ax, colour, width):
    for spine in ax.spines.values():
        spine.set(visible=True, color=colour, lw=width)


def _scale(fig, drawn, low, high):
    """The colour scale below all panels, cut to what can occur."""
    place = {"orientation": "horizontal", "fraction": 0.06, "aspect": 40, "shrink": 0.6, "pad": 0.02}
    bar = fig.colorbar(drawn, ax=list(fig.axes), **place)
    bar.ax.set_xlim(low, high)
    digits = 0 if high >= 10 else 1
    ticks = [low, 0, high] if low < 0 else [0, high]
    bar.set_ticks(ticks, labels=[number(tick, digits) for tick in ticks])
    bar.ax.minorticks_off()
    bar.ax.tick_params(labelsize=style.FONT - 2)


def _weights(ax, w, drawn, side):
    """The weights in their cells, to one decimal, or "+" and "−" where the cells are small."""
    full = side >= _DIGITS_FIT
    points = min(11, 72 * side * (0.29 if full else 0.5))
    for (row, column), value in np.ndenumerate(w):
        text = number(value, 1) if full else "" if value == 0 else "+" if value > 0 else "−"
        ink = style.ink(to_hex(drawn.to_rgba(value)))
        ax.text(column, row, text, ha="center", va="center", color=ink, size=points)
