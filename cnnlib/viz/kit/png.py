"""A figure as a PNG: drawn once, trimmed, and packed into few colours where nobody can tell.

A player waits for its picture, so a drawing (cells, lines, digits) takes the quick way: drawn straight into memory, its
colours chosen by counting. What may be a photograph, whose shades matter, is left to Pillow's careful choice.
"""

import io
from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba

from .photos import photos

DPI = 150                 # pixels per inch: sharp when shown at 100, still small
MARGIN, PAD = 18, 0.1     # pixels of ground around the drawing; inches that are drawn beyond it
UNSEEN = 16               # of 255: a change of colour that nobody sees
SAMPLE, FLAT = 8, 25      # one pixel in 8 is looked at; so many of them are an area, whose colour stays exact
EXACT = 0.85              # of a drawing, so much is areas: more than of any photograph


class Picture(NamedTuple):
    """A PNG as bytes, its width in pixels, where photographs are in it (left, top, width, height; shares of the
    whole), and whether its ground is dark."""

    png: bytes
    width: int
    photos: list
    dark: bool


def png(fig, within=False):
    """The figure as a `Picture`, with an even margin of its ground.

    With `within`, nothing reaches beyond the figure's edges: it is drawn as it stands, once. No name of a program, no
    date: the same figure gives the same bytes.

    >>> from matplotlib.figure import Figure
    >>> png(Figure(figsize=(2, 1)), within=True).width
    336
    """
    drawn = _drawn(fig) if within else _drawn_tight(fig)
    top, left, pixels = _framed(drawn)
    photos = _shares(fig, within, (left, top), drawn.shape[0], pixels.shape)
    dark = bool(pixels[0, 0] & 0xFF < 0x60)
    quick = _counted(pixels)
    if quick is not None:
        return Picture(_encoded(quick, compress_level=6), pixels.shape[1], photos, dark)
    image = _image(pixels)
    smallest = min((_encoded(way, optimize=True) for way in (image, _palette(image))), key=len)
    return Picture(smallest, pixels.shape[1], photos, dark)


def _shares(fig, within, corner, drawn_high, shape):
    """Where the photographs of a figure are in its picture, of which `corner` was cut off at the left and the top."""
    boxes = photos(fig)
    if not boxes:
        return []
    edge = (0, 0) if within else fig.get_tightbbox().padded(PAD).min
    high, wide = shape
    found = []
    for left, bottom, right, top in boxes:
        across = [(x - edge[0]) * DPI - corner[0] for x in (left, right)]
        down = [drawn_high - (y - edge[1]) * DPI - corner[1] for y in (top, bottom)]
        place = (across[0] / wide, down[0] / high, (across[1] - across[0]) / wide, (down[1] - down[0]) / high)
        found.append([round(float(share), 5) for share in place])
    return found


# --- pixels: uint32 (H, W), red in the lowest byte --------------------------------------------------------------------

def _drawn(fig):
    """The pixels of the figure itself."""
    own, dpi = fig.canvas, fig.dpi
    canvas = FigureCanvasAgg(fig)
    try:
        fig.set_dpi(DPI)
        canvas.draw()
        return np.array(canvas.buffer_rgba()).view("<u4")[..., 0]
    finally:
        fig.set_dpi(dpi)
        fig.set_canvas(own)


def _drawn_tight(fig):
    """The pixels of all that the figure shows, also beyond its edges."""
    from PIL import Image  # here, so that importing this room stays quick

    raw = io.BytesIO()
    *rgb, alpha = to_rgba(fig.get_facecolor())   # a figure of somebody's own may be light on dark
    ground = [alpha * part + 1 - alpha for part in rgb]
    fig.savefig(raw, format="png", dpi=DPI, facecolor=ground, bbox_inches="tight", pad_inches=PAD, transparent=False,
                pil_kwargs={"compress_level": 1})
    return np.array(Image.open(raw).convert("RGBA")).view("<u4")[..., 0]


def _framed(pixels):
    """Without its empty edges, in an even margin of its ground: it must read on every page. With it, the pixels that
    are less at the top and at the left."""
    ground, top, left = pixels[0, 0], 0, 0
    inked = pixels != ground
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if len(rows):   # otherwise the figure is empty, and nothing is cut away
        top, left = int(rows[0]), int(columns[0])
        pixels = pixels[top:rows[-1] + 1, left:columns[-1] + 1]
    return top - MARGIN, left - MARGIN, np.pad(pixels, MARGIN, constant_values=ground)


def _image(pixels):
    from PIL import Image

    return Image.fromarray(np.ascontiguousarray(pixels).view(np.uint8).reshape(*pixels.shape, 4)).convert("RGB")


# --- colours ----------------------------------------------------------------------------------------------------------

def _counted(pixels):
    """A drawing in up to 256 colours, or None for what may be a photograph.

    Colours of areas stay as they are. The others, of edges between areas, become the nearest of a grid of 8 x 8 x 8.
    Most pixels have the colour of their left neighbour, so only the first of each run is looked at.
    """
    every = pixels.ravel()
    first = np.flatnonzero(np.append(True, every[1:] != every[:-1]))
    runs, lengths = every[first], np.diff(first, append=every.size)
    colours, counts = np.unique(every[::SAMPLE], return_counts=True)
    few = np.unique(runs) if len(colours) <= 256 else colours
    if len(few) <= 256:
        return _indexed(pixels.shape, np.searchsorted(few, runs), lengths, few)
    grid = (runs >> 5 & 7) | (runs >> 10 & 56) | (runs >> 15 & 448)
    used, flat = np.flatnonzero(np.bincount(grid, minlength=512)).astype("<u4"), np.flatnonzero(counts >= FLAT)
    often = flat[np.argsort(-counts[flat], kind="stable")][:max(0, 256 - len(used))]
    paper = counts[colours == pixels[0, 0]].sum()
    if counts[often].sum() - paper < EXACT * (counts.sum() - paper):
        return None
    areas = np.sort(colours[often])
    places = np.zeros(512, np.intp)
    places[used] = np.arange(len(areas), len(areas) + len(used))
    at = np.minimum(np.searchsorted(areas, runs), len(areas) - 1)
    middles = (used & 7) << 5 | (used & 56) << 10 | (used & 448) << 15 | 0x101010
    chosen = np.where(areas[at] == runs, at, places[grid])
    return _indexed(pixels.shape, chosen, lengths, np.concatenate([areas, middles]))


def _indexed(shape, chosen, lengths, colours):
    """The image whose runs of pixels have the colours `chosen` by their places."""
    from PIL import Image

    image = Image.fromarray(np.repeat(chosen.astype(np.uint8), lengths).reshape(shape))
    image.putpalette(colours.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes())
    return image


def _palette(image):
    """The image in 256 colours if the eye cannot tell (a third of the size), otherwise the image itself."""
    from PIL import Image

    few = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    error = np.abs(np.asarray(image, int) - np.asarray(few.convert("RGB"), int))
    return few if error.max() <= UNSEEN else image


def _encoded(image, **packing):
    packed = io.BytesIO()
    image.save(packed, "PNG", **packing)
    return packed.getvalue()
