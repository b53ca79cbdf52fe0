"""Where on an image something is: a map of signed numbers, laid over the image that it belongs to."""

import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from ...arguments import shown
from ...ops import check
from ..kit import alt, style
from ..kit.arrays import values as drawable
from ..kit.numbers import number
from .images import _frame, _grey, _panels, _titles

# On images that are mostly dark, light colours stand out; the image below them is dimmed.
_FOR, _AGAINST = np.array([1.0, 0.42, 0.16]), np.array([0.36, 0.68, 1.0])
_DIMMED = 0.6
_RISE = 0.8        # below 1 faint places are seen, too


def heat_maps(images, maps, titles=None, columns=4):
    """Draw maps over the images that they belong to, orange above zero, blue below: a matplotlib Figure.

    `images` are grey, (N, H, W), (N, 1, H, W) or a single (H, W), from 0 to 1; `maps` (N, h, w) with h at most H, w at
    most W. A cell of a smaller map is drawn over as many pixels as fit (28 // 7 = 4), and the whole map lies in the
    middle, where the numbers of a sliding window belong. Each map has a scale of its own, and a frame around its
    largest number.
    `titles` are N texts. Raises ValueError for other shapes, numbers of maps or titles, and pixels outside 0..1.

    >>> fig = heat_maps(np.zeros((2, 28, 28)), np.ones((2, 7, 7)), ["shirt", "coat"])
    >>> [ax.get_title() for ax in fig.axes]
    ['shirt', 'coat']
    """
    images = _grey(images)
    maps = drawable(check.floats(maps, "maps", "N, h, w"), "maps")
    size, cells = np.array(images.shape[1:]), np.array(maps.shape[1:])
    if len(maps) != len(images) or (cells > size).any():
        raise ValueError(f"maps: found shape {shown(maps.shape)} for {len(images)} images of {size[0]} × {size[1]}, "
                         "expected one map for each, none larger than its image.")
    titles = _titles(titles, len(images))
    scale = size // cells                        # (2,): pixels that a cell covers
    start = (size - scale * cells) // 2          # (2,): the pixel where the map begins
    with style.context():
        fig, axes = _panels(len(images), columns, size[0] / size[1], titles)
        for ax, image, heat, title in zip(axes, images, maps, titles, strict=True):
            ax.imshow(_mixed(image, heat, scale, start))
            if heat.any():
                row, column = _largest(heat) * scale + start - 0.5
                outline = [withStroke(linewidth=3.4, foreground="black")]
                ax.add_patch(Rectangle((column, row), scale[1], scale[0], fill=False, ec="white", lw=1.6,
                                       path_effects=outline))
            _frame(ax, style.QUIET, 0.8)
            ax.set_title(title, size=style.FONT - 2, pad=4)
    kind = f"{alt.count(len(images), 'picture')}, {size[0]} × {size[1]}, each below a map of {cells[0]} × {cells[1]}"
    return alt.say(fig, f"{kind}, orange above zero, blue below.",
                   *(_told(title, heat, scale, start) for title, heat in zip(titles, maps, strict=True)))


def _largest(heat):
    return np.array(np.unravel_index(heat.argmax(), heat.shape))


def _mixed(image, heat, scale, start):
    """The dimmed image (H, W) with the colours of its map on it: (H, W, 3)."""
    over, (top, left) = np.zeros(image.shape), start
    spread = np.kron(heat / style.signed_limit(heat), np.ones(scale))
    over[top:top + spread.shape[0], left:left + spread.shape[1]] = spread
    cover = np.abs(over)[..., None] ** _RISE
    colour = np.where(over[..., None] > 0, _FOR, _AGAINST)
    return (1 - cover) * _DIMMED * image[..., None] + cover * colour


def _told(title, heat, scale, start):
    """A map in words: where it is largest, and what lies there."""
    if not heat.any():
        return f"{alt.names([title])}: zero everywhere." if title else "Zero everywhere."
    row, column = _largest(heat) * scale + start
    said = f"{alt.span(heat)}, largest at pixel row {number(row)}, column {number(column)}."
    return f"{alt.names([title])}: {said}" if title else said.capitalize()
