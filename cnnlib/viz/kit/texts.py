"""Lines of text in a picture: how wide they are, where they break, and how they are written."""

import itertools
import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from . import style
from .lettering import Lettering, Line


@lru_cache(8192)
def _measured(text, weight, slant, points=100.0):
    """Width in points: as designed, or as drawn with 100 pixels to an inch, where glyphs keep to whole pixels."""
    font = FontProperties(family=style.FAMILY, size=points, weight=weight, style=slant)
    with style.context():   # the width is kept for all that is drawn later
        drawn = _screen().get_text_width_height_descent(text, font, False)[0] * 0.72
        return max(drawn, text_to_path.get_text_width_height_descent(text, font, False)[0])


@lru_cache(1)
def _screen():
    from matplotlib.backends.backend_agg import RendererAgg

    return RendererAgg(1, 1, 100)


def width(text, points, weight="normal", slant="normal"):
    """Width of a text in inches."""
    text = re.sub(r"\d", "0", text)   # digits are all equally wide, so few different texts have to be measured
    return _measured(text, weight, slant, round(points, 1)) / 72


def pieces_width(pieces, points):
    """Width in inches of a line of pieces (text, colour, weight)."""
    return sum(width(text, points, weight) for text, _, weight in pieces)


def broken(text, points, room):
    """A text in lines that are no wider than `room` inches, if no word is.

    >>> broken("never read", 10, 0.6)
    ['never', 'read']
    """
    lines = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", points) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def wrapped(groups, points, room):
    """Groups of pieces in lines that are no wider than `room` inches, if no group is: a list of lists of pieces.

    >>> [line[0][0] for line in wrapped([[("1 +", "k", "normal")], [("2", "k", "normal")]], 10, 0.3)]
    ['1 +', '2']
    """
    lines, left, blank = [], 0.0, (" ", style.TEXT, "normal")
    for group in groups:
        wide = pieces_width(group, points)
        if lines and wide + width(" ", points) <= left:
            lines[-1] += [blank, *group]
            left -= wide + width(" ", points)
        else:
            lines.append([*group])
            left = room - wide
    return lines


def write(ax, left, row, pieces, points):
    """One line of pieces (text, colour, weight), one after the other; `ax` counts inches."""
    if pieces:
        ax.add_artist(Lettering([Line(left, row, list(_joined(pieces)), points)]))


def _joined(pieces):
    """Neighbours that look alike as one piece."""
    for (colour, weight), group in itertools.groupby(pieces, key=lambda piece: piece[1:]):
        yield "".join(text for text, *_ in group), colour, weight
