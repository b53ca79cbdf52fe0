"""Short texts in a picture, many drawn as one artist: the digits of an array, the pieces of a sum.

A picture has a hundred of them and few different ones. Each `Text` of matplotlib's own is made and laid out by itself,
which takes longer than all the rest of the drawing; here each different text is laid out once.
"""

from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.path import Path
from matplotlib.text import Text
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


class Lettering(Artist):
    """Some lines; `x` and `y` count as the axes do. Add it to axes with `add_artist`."""

    zorder = 3   # as all text

    def __init__(self, lines):
        super().__init__()
        self.lines = lines
        self.set_clip_on(False)

    def placed(self, renderer):
        """Each line, its x, and its pieces (Text, box, baseline) where they are drawn, in pixels from below."""
        stamps, found = {}, []
        places = self.axes.transData.transform([(line.x, line.y) for line in self.lines])
        for line, (x, y) in zip(self.lines, places.tolist(), strict=True):
            row = [self._stamp(renderer, stamps, text, weight, line.points) for text, _, weight in line.pieces]
            low, high = min(box.y0 for _, box in row), max(box.y1 for _, box in row)
            left, base, pieces = x - sum(box.x1 for _, box in row) / 2 * line.centred, y - (low + high) / 2, []
            for stamp, box in row:
                pieces.append((stamp, box.translated(left, base), base))
                left += box.x1
            found.append((line, x, pieces))
        return found

    def _stamp(self, renderer, stamps, text, weight, points):
        """A `Text`, and its extent when it is written from the origin."""
        key = text, weight, points
        if key not in stamps:
            stamp = Text(0, 0, text, fontsize=points, fontweight=weight, fontfamily=style.FAMILY, parse_math=False)
            stamp.set(figure=self.get_figure(), transform=IdentityTransform())
            stamps[key] = stamp, stamp.get_window_extent(renderer)
        return stamps[key]

    def get_window_extent(self, renderer=None):
        """The box around all lines, in pixels."""
        renderer = renderer or self.figure._get_renderer()
        return Bbox.union([box for _, _, pieces in self.placed(renderer) for _, box, _ in pieces])

    def draw(self, renderer):
        """Write all of them."""
        if not self.get_visible():
            return
        height = renderer.get_canvas_width_height()[1]
        gc = renderer.new_gc()
        for line, x, pieces in self.placed(renderer):
            if line.paper is not None:
                self._paper(renderer, gc, Bbox.union([box for _, box, _ in pieces]), line.paper)
            for (text, colour, _), (stamp, box, base) in zip(line.pieces, pieces, strict=True):
                # An SVG keeps the text as text, and needs to know where it is held: other fonts are wider.
                stamp.set_horizontalalignment("center" if line.centred else "left")
                stamp.set_position((x if line.centred else box.x0, base))
                gc.set_foreground(colour)
                renderer.draw_text(gc, box.x0, height - base if renderer.flipy() else base, text,
                                   stamp.get_fontproperties(), 0, mtext=stamp)
        gc.restore()
        self.stale = False

    @staticmethod
    def _paper(renderer, gc, box, points):
        gc.set_linewidth(0)
        box = box.padded(renderer.points_to_pixels(points))
        place = Affine2D().scale(box.width, box.height).translate(box.x0, box.y0)
        renderer.draw_path(gc, Path.unit_rectangle(), place, (1.0, 1.0, 1.0, 1.0))
