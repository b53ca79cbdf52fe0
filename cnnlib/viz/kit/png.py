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
SMOOTH = 16               # of 255: a larger step between neighbours is an edge
UNSEEN, ROUGH = 5, 16     # of 255: changes of colour that nobody sees, in a smooth place and at an edge
SHADES, EDGES = 3, 5      # bits that a grid leaves out of colours: not more change than that
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
    return Picture(_packed(pixels), pixels.shape[1], photos, dark)


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

def _packed(pixels):
    """The bytes of a PNG: of a drawing at once, otherwise of the smallest."""
    quick = _counted(pixels)
    if quick is not None:
        return _encoded(quick, compress_level=8)   # 5 % smaller than by 6; 9 takes twice as long
    image = _image(pixels)
    return min((_encoded(way, optimize=True) for way in (image, _palette(image, pixels))), key=len)


def _counted(pixels, least=EXACT):
    """A drawing in up to 256 colours, or None for what may be a photograph: less of it than `least` is areas.

    Areas and smooth places, such as a scale of colours, stay as they are. If these are too many colours, the largest
    areas stay, and the others go into the finest grid that leaves room, too fine to be seen. All other pixels are
    edges, in a coarse grid. Most pixels have the colour of their left neighbour: of each run, one is looked at.
    """
    every = pixels.ravel()
    first = np.flatnonzero(np.append(True, every[1:] != every[:-1]))
    runs, lengths = every[first], np.diff(first, append=every.size)
    colours, counts = np.unique(every[::SAMPLE], return_counts=True)
    few = np.unique(runs) if len(colours) <= 256 else colours
    if len(few) <= 256:
        return _indexed(pixels.shape, np.searchsorted(few, runs), lengths, few)
    counts[colours == pixels[0, 0]] = every.size   # the ground comes first
    flat = np.flatnonzero(counts >= FLAT)
    flat = flat[np.argsort(-counts[flat], kind="stable")]
    often = flat[:max(0, 256 - len(np.unique(_gridded(colours, EDGES))))]
    if counts[often].sum() - every.size < least * (counts.sum() - every.size):
        return None
    areas = colours[flat]
    seen = _seen(pixels, first, lengths, np.sort(areas), runs)
    at, known = _found(seen, runs)
    edges = _gridded(runs[~known], EDGES)
    grid = np.unique(edges)
    shades = _shades(seen, areas, 256 - len(grid))
    if shades is None:
        return None
    palette, places = np.unique(shades, return_inverse=True)
    chosen = places[at]
    chosen[~known] = len(palette) + np.searchsorted(grid, edges)
    return _indexed(pixels.shape, chosen, lengths, np.concatenate([palette, grid]))


def _shades(seen, areas, room):
    """What each of these colours becomes, for no more than `room` of them; None if that would be seen."""
    for bits in range(SHADES + 1):
        shades = _gridded(seen, bits)
        left = room - len(np.unique(shades))
        if left > 0:
            largest = areas[:left]
            shades[np.searchsorted(seen, largest)] = largest
            return shades
    return None


def _seen(pixels, first, lengths, areas, runs):
    """The colours of areas, and those of all other pixels in smooth places; sorted."""
    rest = np.flatnonzero(~_found(areas, runs)[1])
    lengths = lengths[rest]
    begun = np.cumsum(lengths) - lengths
    places = np.repeat(first[rest] - begun, lengths) + np.arange(lengths.sum())
    return np.union1d(areas, pixels.ravel()[places[_smooth(pixels, places)]])


def _smooth(pixels, places):
    """Which of these places differ so little from all four neighbours that nothing ends there."""
    parts, still = pixels.ravel().view(np.uint8).reshape(-1, 4), np.arange(len(places))
    for way in (-1, 1, -pixels.shape[1], pixels.shape[1]):
        here = places[still]
        step = parts.take(here, 0).astype(np.int16) - parts.take(here + way, 0, mode="clip")
        still = still[(np.abs(step) <= SMOOTH).all(axis=1)]
    return still


def _gridded(colours, bits):
    """Each colour as the middle of its field in a grid of fields 2**bits wide."""
    kept, half = np.uint32(0xFF >> bits << bits), np.uint32(1 << bits >> 1)
    return colours & kept * np.uint32(0x1010101) | half * np.uint32(0x10101)


def _found(some, colours):
    """Where each colour is among `some`, which are sorted; and whether it is."""
    at = np.minimum(np.searchsorted(some, colours), len(some) - 1)
    return at, some[at] == colours


def _indexed(shape, chosen, lengths, colours):
    """The image whose runs of pixels have the colours `chosen` by their places."""
    from PIL import Image

    image = Image.fromarray(np.repeat(chosen.astype(np.uint8), lengths).reshape(shape))
    image.putpalette(colours.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].tobytes())
    return image


def _palette(image, pixels):
    """The image in 256 colours (a third of the size) if the eye cannot tell, otherwise the image itself.

    A photograph in colour has too many shades even for `_counted`, and three times the size is too much for a notebook:
    each of the 256 becomes the mean of what it stands for, so that no place turns to another hue.
    """
    from PIL import Image

    few, full = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE), np.asarray(image)
    error = np.abs(full - np.asarray(few.convert("RGB"), np.int16)).max(axis=2)
    if error.max() > ROUGH:
        return image
    if not len(_smooth(pixels, np.flatnonzero(error > UNSEEN))):
        return few
    counted = _counted(pixels, 0)
    if counted is not None:
        return counted
    at = np.asarray(few).ravel()
    sums = np.stack([np.bincount(at, part, 256) for part in full.reshape(-1, 3).T], axis=1)
    means = np.rint(sums / np.maximum(np.bincount(at, minlength=256), 1)[:, None]).astype(np.uint8)
    means[at[0]] = full[0, 0]   # the ground
    few.putpalette(means.tobytes())
    return few


def _encoded(image, **packing):
    packed = io.BytesIO()
    image.save(packed, "PNG", **packing)
    return packed.getvalue()
