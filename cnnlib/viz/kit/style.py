"""One look for every picture: fill is value, outline is role, and nothing is said by colour alone.

The role colours were chosen to stay apart for all three kinds of colour blindness; each role also has its own line:
input thin, kernel thick, output double, padding dashed and hatched. Static figures are always on white, so
there is one theme here; what is drawn in the browser follows the page's theme and is styled there.
"""

from functools import lru_cache
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

INPUT, KERNEL, OUTPUT = "#3B7DD8", "#D55E00", "#661144"
PADDING, TEXT, QUIET = "#6B6B6B", "#1A1A1A", "#595959"   # both greys keep a contrast above 5:1 on white

FAMILY = "DejaVu Sans"   # ships with matplotlib, so figures look the same everywhere; its digits are tabular
WIDTH = 9.0       # inches: every figure is made to be read 900 pixels wide
FONT = 13         # points, at that width
LONGEST_SUM = 6   # products written out before the middle of a sum is left out


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
    "legend.fontsize": FONT - 1,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "lines.linewidth": 1.4,
}


def context():
    """The settings of matplotlib under which every picture is made: `with context(): ...`.

    >>> with context():
    ...     matplotlib.rcParams["font.size"]
    13.0
    """
    return matplotlib.rc_context(_RC)


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


def number(value, digits=2):
    """A number as a learner reads it: whole numbers whole, others with at most `digits` decimals, a true minus sign.

    >>> number(3.0), number(-2), number(0.25), number(-0.001)
    ('3', '−2', '0.25', '0')
    """
    text = f"{float(value):.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def factor(value, digits=2):
    """A number as it stands inside a product: in brackets when it is negative.

    >>> factor(-1), factor(2)
    ('(−1)', '2')
    """
    text = number(value, digits)
    return f"({text})" if text.startswith("−") else text


def sum_digits(terms, value, most=4):
    """How to print a sum of products truly: decimals of its factors, decimals of its result, and "=" or "≈".

    `terms` is a list of pairs (x, w). "=" is returned only if the printed numbers are the numbers themselves. Otherwise
    the decimals are such that a reader who recalculates the printed line and rounds arrives at the printed result.

    >>> sum_digits([(1, -1), (2, 3)], 5), sum_digits([(0.25, 2)], 0.5)
    ((0, 0, '='), (2, 2, '='))
    >>> sum_digits([(1 / 3, 1), (1 / 3, 1)], 2 / 3)
    (2, 1, '≈')
    """
    numbers = [float(n) for pair in terms for n in pair] + [float(value)]
    for digits in range(most + 1):
        if all(abs(round(n, digits) - n) <= 1e-9 * max(1.0, abs(n)) for n in numbers):
            return digits, digits, "="
    for digits in range(2, most + 1):
        printed = sum(round(float(x), digits) * round(float(w), digits) for x, w in terms)
        if number(printed, digits - 1) == number(value, digits - 1):
            return digits, digits - 1, "≈"
    return most, 1, "≈"


def sum_pieces(terms, value):
    """The substituted sum in pieces, each with its role: "input", "kernel", "output", or "" for the signs between.

    `terms` is a list of pairs (x, w). A longer sum shows its first three products and its last.

    >>> sum_pieces([(0, -1)], 0)
    [('0', 'input'), ('·', ''), ('(−1)', 'kernel'), (' = ', ''), ('0', 'output')]
    """
    digits, result_digits, sign = sum_digits(terms, value)
    pieces = []
    for i, (x, w) in enumerate(terms):
        if len(terms) > LONGEST_SUM and 3 <= i < len(terms) - 1:
            pieces += [(" + …", "")] if i == 3 else []
            continue
        pieces += [(" + ", "")] if i else []
        pieces += [(factor(x, digits), "input"), ("·", ""), (factor(w, digits), "kernel")]
    return [*pieces, (f" {sign} ", ""), (number(value, result_digits), "output")]


def sum_text(terms, value):
    """The substituted sum as one line of text.

    >>> sum_text([(0, -1), (1, 1)], 1)
    '0·(−1) + 1·1 = 1'
    """
    return "".join(text for text, role in sum_pieces(terms, value))
