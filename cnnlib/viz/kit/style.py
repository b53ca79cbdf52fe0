"""One look for every picture: fill is value, outline is role, and nothing is said by colour alone.

The role colours were chosen to stay apart for all three kinds of colour blindness; each role also has its own line:
input thin, kernel thick, output double, padding dashed and hatched. Static figures are drawn on white; no ink reads
well on white and on black (the best has a contrast of 4.3 with both), so on a dark page figure.css turns the lightness
of the whole figure round, as `night` says. What is drawn in the browser is styled there.
"""

from contextlib import nullcontext
from functools import lru_cache
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

INPUT, KERNEL, OUTPUT = "#3B7DD8", "#D55E00", "#661144"
INPUT_TEXT, KERNEL_TEXT = "#2B68B8", "#AD4C00"   # letters are thinner than outlines: a contrast above 4.5 on white
PADDING, TEXT, QUIET = "#6B6B6B", "#1A1A1A", "#595959"   # both greys keep a contrast above 5:1 on white

FAMILY = "DejaVu Sans"   # ships with matplotlib, so figures look the same everywhere; its digits are tabular
WIDTH = 9.0       # inches: every figure is made to be read 900 pixels wide
FONT = 13         # points, at that width


class Role(NamedTuple):
    """How the outline of a cell is drawn: its colour, width in points, dashes, hatch, and whether it is doubled."""

    colour: str
    width: float
    dashes: str = "-"
    hatch: str | None = None
    double: bool = False


ROLES = {
    "input": Role(INPUT, 1.6),
    "kernel": Role(KERNEL, 3.0),
    "window": Role(KERNEL, 3.0),
    "output": Role(OUTPUT, 1.1, double=True),
    "padding": Role(PADDING, 1.2, "--", "/"),
    "unread": Role(PADDING, 1.2, ":", "x"),
    "product": Role("#7A7A7A", 1.0),
    "pending": Role("#A0A0A0", 1.0, ":"),
}

# Blue below zero, white at zero, red above. The ends stay so light that dark digits and coloured outlines stand out.
NEGATIVE, ZERO, POSITIVE = "#7FAEE0", "#FFFFFF", "#EC8F83"
# An odd number of colours, so that one of them is exactly the white of zero.
SIGNED = LinearSegmentedColormap.from_list("signed", [NEGATIVE, ZERO, POSITIVE], N=257)
# The same for whole images, where no digits need to be read and faint values must be seen.
_DEEP = ["#0B3C7A", "#5B9BE0", ZERO, "#E8705F", "#8A130A"]
SIGNED_DEEP = LinearSegmentedColormap.from_list("signed_deep", _DEEP, N=257)

_RC = {
    "font.family": FAMILY,
    "font.size": FONT,
    "axes.titlesize": FONT,
    "axes.labelsize": FONT,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.labelsize": FONT - 1,
    "ytick.labelsize": FONT - 1,
    "xtick.color": TEXT,
    "ytick.color": TEXT,
    "text.color": TEXT,
    "text.parse_math": False,   # a dollar in a title is a dollar
    "legend.fontsize": FONT - 1,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "lines.linewidth": 1.4,
}
# Where figures appear, how files are written, and other habits of programs, are not how they look.
_ELSEWHERE = ("backend", "interactive", "toolbar", "webagg", "tk.", "timezone", "date.epoch", "keymap", "docstring",
              "savefig.directory", "figure.max_open_warning", "figure.raise_window", "animation", "svg.", "pdf.", "ps.",
              "pgf.")


@lru_cache(1)
def _settings():
    """All settings of matplotlib that say how something looks: its own defaults, and on top of them ours."""
    own = {name: value for name, value in matplotlib.rcParamsDefault.items() if not name.startswith(_ELSEWHERE)}
    return own | _RC


def context():
    """The settings under which every picture is made: `with context(): ...`.

    They are matplotlib's defaults and ours, so that neither a `matplotlibrc` nor `plt.style.use` changes a picture;
    afterwards those of the user are as before.

    >>> with matplotlib.rc_context({"font.size": 40, "image.origin": "lower"}), context():
    ...     matplotlib.rcParams["font.size"], matplotlib.rcParams["image.origin"]
    (13.0, 'upper')
    """
    now = matplotlib.rcParams
    other = {name: value for name, value in _settings().items() if now[name] != value}   # setting all takes long
    return matplotlib.rc_context(other) if other else nullcontext()


def signed_limit(*arrays):
    """The one colour limit for arrays that are to be compared: the largest absolute value among them, never 0.

    >>> signed_limit([0, 1, -3], [2])
    3.0
    """
    largest = max((float(np.abs(a).max()) for a in map(np.asarray, arrays) if np.size(a)), default=0.0)
    return largest or 1.0


@lru_cache(4096)
def fill(value, limit):
    """The colour of a value on the signed scale from -limit to limit, as "#rrggbb"; zero is white.

    >>> fill(0, 5)
    '#ffffff'
    """
    return to_hex(SIGNED(0.5 + 0.5 * float(np.clip(value / limit, -1, 1))))


def lettering(colour):
    """The colour of letters in the role whose outlines have this colour."""
    return {INPUT: INPUT_TEXT, KERNEL: KERNEL_TEXT}.get(colour, colour)


_HUE = np.array([[-0.574, 1.43, 0.144], [0.426, 0.43, 0.144], [0.426, 1.43, -0.856]])   # CSS: hue-rotate(180deg)


def night(colour):
    """What a colour of a figure becomes on a dark page: as light as it was dark, in the same hue.

    >>> night("white"), night(TEXT), night(INPUT)
    ('#000000', '#e5e5e5', '#4f91ec')
    """
    return to_hex(np.clip(_HUE @ (1 - np.array(to_rgb(colour))), 0, 1))


def contrast(a, b):
    """The contrast ratio of two colours, from 1 to 21, as WCAG 2 defines it.

    >>> round(contrast("white", "black"))
    21
    """
    def luminance(colour):
        rgb = np.array(to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    dark, light = sorted([luminance(a), luminance(b)])
    return (light + 0.05) / (dark + 0.05)


@lru_cache(4096)
def ink(background):
    """The text colour, near-black or white, that reads better on a filled cell.

    >>> ink("#ffffff"), ink("#661144")
    ('#1A1A1A', 'white')
    """
    return max((TEXT, "white"), key=lambda colour: contrast(colour, background))
