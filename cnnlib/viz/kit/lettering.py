"""Short texts in a picture, many drawn as one artist: the digits of an array, the pieces of a sum.

A picture has a hundred of them and few different ones. Each `Text` of matplotlib's own is made, laid out and drawn by
itself, which takes longer than all the rest of the drawing; here the outline of each different text is made once, and
all are filled in one go. Files that keep text as text (SVG, PDF) get it as such.
"""

from functools import lru_cache
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform

from . import style


class Line(NamedTuple):
    """One line of `pieces` (text, colour, weight), `points` large. Its middle is at the height `y`; at `x` it begins,
    or has its middle if it is `centred`. `paper` points of white around it cover what is below."""

    x: float
    y: float
    pieces: list
    points: float
    centred: bool = False
    paper: float | None = None


class Piece(NamedTuple):
    """A text where it is drawn: `box` and the baseline `base` in pixels from below, `points` large."""

    text: str
    colour: str
    weight: str
    points: float
    box: Bbox
    base: float


class Lettering(Artist):
    """Some lines; `x` and `y` count as the axes do. Add it to axes with `add_artist`."""

    zorder = 3   # as all text

    def __init__(self, lines):
        super().__init__()
        self.lines = lines
        self.set_clip_on(False)

    def placed(self):
        """Each line, its x in pixels, and its pieces."""
        found, dot = [], self.get_figure(root=True).dpi / 72
        places = self.axes.transData.transform([(line.x, line.y) for line in self.lines])
        for line, (x, y) in zip(self.lines, places.tolist(), strict=True):
            size = line.points * dot
            extents = [_extent(text, weight) for text, _, weight in line.pieces]
            low, high = min(low for _, low, _ in extents), max(high for *_, high in extents)
            left = x - sum(wide for wide, *_ in extents) * size / 2 * line.centred
            base, pieces = y - (low + high) / 2 * size, []
            for (text, colour, weight), (wide, low, high) in zip(line.pieces, extents, strict=True):
                box = Bbox.from_extents(left, base + low * size, left + wide * size, base + high * size)
                pieces.append(Piece(text, colour, weight, line.points, box, base))
                left += wide * size
            found.append((line, x, pieces))
        return found

    def get_window_extent(self, renderer=None):
        """The box around all lines, in pixels."""
        return Bbox.union([piece.box for *_, pieces in self.placed() for piece in pieces])

    def draw(self, renderer):
        """Write all of them."""
        if not self.get_visible():
            return
        placed, gc = self.placed(), renderer.new_gc()
        for line, _, pieces in placed:
            if line.paper is not None:
                self._paper(renderer, gc, Bbox.union([piece.box for piece in pieces]), line.paper)
        if isinstance(renderer, RendererAgg):
            self._fill(renderer, [piece for *_, pieces in placed for piece in pieces])
        else:
            for line, x, pieces in placed:
                self._write(renderer, gc, line, x, pieces)
        gc.restore()
        self.stale = False

    def _fill(self, renderer, pieces):
        """All outlines at once."""
        letters = PathCollection(
            [_outline(piece.text, piece.weight) for piece in pieces], [piece.points ** 2 for piece in pieces],
            facecolors=[piece.colour for piece in pieces], linewidths=0, transform=IdentityTransform(),
            offsets=[(piece.box.x0, piece.base) for piece in pieces], offset_transform=IdentityTransform())
        letters.set_figure(self.get_figure())
        letters.draw(renderer)

    def _write(self, renderer, gc, line, x, pieces):
        """One line as text. An SVG needs to know where it is held, because other fonts are wider."""
        height = renderer.get_canvas_width_height()[1]
        for text, colour, weight, points, box, base in pieces:
            stamp = Text(x if line.centred else box.x0, base, text, fontproperties=_font(weight, points),
                         horizontalalignment="center" if line.centred else "left", parse_math=False)
            stamp.set(figure=self.get_figure(), transform=IdentityTransform())
            gc.set_foreground(colour)
            renderer.draw_text(gc, box.x0, height - base if renderer.flipy() else base, text,
                               stamp.get_fontproperties(), 0, mtext=stamp)

    @staticmethod
    def _paper(renderer, gc, box, points):
        gc.set_linewidth(0)
        box = box.padded(renderer.points_to_pixels(points))
        place = Affine2D().scale(box.width, box.height).translate(box.x0, box.y0)
        renderer.draw_path(gc, Path.unit_rectangle(), place, (1.0, 1.0, 1.0, 1.0))


# --- shapes of texts, for a size of 1 ---------------------------------------------------------------------------------

def _font(weight, points):
    return FontProperties(family=style.FAMILY, weight=weight, size=points)


@lru_cache(4096)
def _outline(text, weight):
    """The outline of a text that begins at the origin."""
    return TextPath((0, 0), text, prop=_font(weight, 1))


@lru_cache(4096)
def _extent(text, weight):
    """Its width, and where it ends below and above the baseline: as far as an "lp" does, as lines of text do."""
    sizes = [text_to_path.get_text_width_height_descent(part, _font(weight, 1), False) for part in (text, "lp")]
    return sizes[0][0], -max(below for *_, below in sizes), max(high - below for _, high, below in sizes)
