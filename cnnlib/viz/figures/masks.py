"""Pictures with a label for every pixel: what is marked in them, and where that differs from the truth."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from ... import shapes
from ...arguments import as_array, shown
from ..kit import alt, style
from ..kit.numbers import number
from ..kit.photos import PHOTO
from .images import _counted, _frame, _grey, _panels, _titles

# Told apart by lightness as well as by colour: marked rightly is between the two kinds of mistakes.
_RIGHT, _MISSED, _TOO_MUCH = (style.INPUT, 0.5), ("#FFB000", 0.85), (style.OUTPUT, 0.85)
_BELOW = 0.34        # inches for the line that explains the colours
_GREYS = 64          # steps of brightness: nobody sees that there are no more, and a notebook stays small
_WIDE = 100          # pixels: a photograph of this width is drawn as large as there is room
_MOST_PIECES = 200   # that are given a number


def masks(images, marked=None, true=None, titles=None, columns=4):
    """Draw grey images with the marked pixels tinted: a matplotlib Figure.

    images   numbers from 0 (black) to 1 (white): (N, H, W) or (N, 1, H, W), or a single image (H, W).
    marked   the mask of each, of the same height and width: booleans, or 0 and 1; None marks nothing. Whole numbers
             above 1 tell pieces apart, as `scipy.ndimage.label` returns them: each piece is numbered.
    true     the masks that are right. Then three things are told apart: marked and right, missed, marked too much.
    titles   N texts; columns is the number of images in a row.

    Raises ValueError or TypeError for other shapes and values.

    >>> fig = masks(np.zeros((2, 8, 8)), np.eye(8, dtype=bool)[None].repeat(2, 0), titles=["a", "b"])
    >>> fig.alt
    '2 pictures, 8 × 8, with marked pixels: a 12.5 %; b 12.5 %.'
    """
    images = _grey(images)
    marked = np.zeros(images.shape, int) if marked is None else _labels(marked, "marked", images)
    true = None if true is None else _labels(true, "true", images) > 0
    titles, columns = _titles(titles, len(images)), shapes.integer(columns, "columns", 1)
    on = marked > 0
    layers = [(on, *_RIGHT)] if true is None else [
        (on & true, *_RIGHT), (~on & true, *_MISSED), (on & ~true, *_TOO_MUCH)]
    with style.context():
        fig, axes = _panels(len(images), columns, images.shape[1] / images.shape[2], titles,
                           below=0 if true is None else _BELOW, most=_most(images, columns, true))
        for i, (ax, title) in enumerate(zip(axes, titles, strict=True)):
            ax.imshow(_tinted(images[i], [(layer[i], *looks) for layer, *looks in layers]), interpolation="nearest")
            _frame(ax, style.QUIET, 0.8)
            ax.set_title(title, size=style.FONT - 2, pad=4)
            _numbered(ax, marked[i])
        if true is not None:
            _explained(fig)
    return alt.say(fig, *_words(marked, true, titles))


def _most(images, columns, true):
    """The largest width of one picture, in inches; a narrow one with colours to explain needs room for these."""
    narrow = 2.2 if true is None or min(columns, len(images)) > 1 else 3.9
    return narrow if images.shape[2] < _WIDE else 5.4


def _labels(labels, name, images):
    """Masks or numbers of pieces as integers (N, H, W)."""
    labels = as_array(labels, name)
    labels = labels[None] if labels.ndim == 2 else labels
    if labels.shape != images.shape:
        raise ValueError(f"{name}: found shape {shown(labels.shape)}, expected {images.shape}, one label for each "
                         "pixel of the images.")
    if labels.dtype != bool and not np.issubdtype(labels.dtype, np.integer):
        raise TypeError(f"{name}: found {labels.dtype}, expected booleans or whole numbers, one for each pixel; of "
                        "logits take argmax(axis=1).")
    if labels.min() < 0 or labels.max() > _MOST_PIECES:
        raise ValueError(f"{name}: found labels from {labels.min()} to {labels.max()}, expected 0 to {_MOST_PIECES}.")
    return labels.astype(int)


def _tinted(image, layers):
    """A grey image (H, W) in colour, (H, W, 3), each of the layers (mask, colour, share) laid over it."""
    pixels = np.repeat(np.rint(image[..., None] * _GREYS) / _GREYS, 3, axis=2)
    for mask, colour, share in layers:
        pixels[mask] = (1 - share) * pixels[mask] + share * np.array(to_rgb(colour))
    return pixels


def _numbered(ax, labels):
    """The number of each piece in its middle, if there are several."""
    if labels.max() < 2:
        return
    for piece in np.unique(labels[labels > 0]):
        row, column = np.argwhere(labels == piece).mean(axis=0)
        ax.text(column, row, str(piece), ha="center", va="center", color="white", weight="bold", size=style.FONT,
                path_effects=[withStroke(linewidth=3, foreground="black")])


def _explained(fig):
    """A line below the pictures: what the three colours mean. They keep their lightness on dark pages, as the pictures
    do."""
    width, height = fig.get_size_inches()
    share = _BELOW / height
    fig.get_layout_engine().set(rect=(0, share, 1, 1 - share))
    ax = fig.add_axes([0, 0, 1, share])
    ax.set(xlim=(0, width), ylim=(0, _BELOW), xticks=[], yticks=[])
    ax.set_axis_off()
    ax.set_in_layout(False)
    for i, ((colour, opacity), word) in enumerate(zip((_RIGHT, _MISSED, _TOO_MUCH), ("right", "missed", "too much"),
                                                      strict=True)):
        left = 0.1 + i * min(1.5, (width - 0.1) / 3)
        face = (1 - opacity) * 0.6 + opacity * np.array(to_rgb(colour))   # as over a grey pixel
        ax.add_patch(Rectangle((left, 0.08), 0.2, 0.2, fc=face, ec=style.QUIET, lw=0.8, gid=PHOTO))
        ax.text(left + 0.28, 0.17, word, va="center", size=style.FONT - 2)


def _words(marked, true, titles):
    size = _counted(marked[:, None], "picture")
    if true is None and not marked.any():
        return f"{size}{alt.names(titles) and f': {alt.names(titles)}'}.", ""
    named = [f"{title} " if title else "" for title in (alt.names([title]) for title in titles)]
    if true is None:
        each = [f"{name}{_percent(labels > 0)}{_pieces(labels)}" for name, labels in zip(named, marked, strict=True)]
        return f"{size}, with marked pixels: {'; '.join(each)}.", ""
    on = marked > 0
    each = [f"{name}{_percent(o & t)}, {_percent(~o & t)}, {_percent(o & ~t)}"
            for name, o, t in zip(named, on, true, strict=True)]
    return f"{size}, with the pixels that are marked rightly, missed, marked too much.", f"{'; '.join(each)}."


def _percent(mask):
    return f"{number(100 * mask.mean(), 1)} %"


def _pieces(labels):
    return f" in {alt.count(len(np.unique(labels[labels > 0])), 'numbered piece')}" if labels.max() > 1 else ""
