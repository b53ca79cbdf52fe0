"""The words that go with a picture, for those who cannot see it: composed from what is drawn, or written by hand."""

import re

import numpy as np

from .numbers import number

SHORTEST, LONGEST = 20, 500   # characters
ROOM = 380                    # of a figure's own words: the rest is for what a lesson adds
FEW = 12                      # numbers that are said one by one


def checked_alt(alt):
    """The alternative text on one line, or the error that says what is wrong with it.

    >>> checked_alt("three cells,   holding 1, 2 and 3")
    'three cells, holding 1, 2 and 3'
    """
    if not isinstance(alt, str):
        raise TypeError(f"alt: found {type(alt).__name__}, expected text that says what there is to see.")
    alt = " ".join(alt.split())
    if not SHORTEST <= len(alt) <= LONGEST:
        slip = "say what there is to see, with its numbers" if len(alt) < SHORTEST else "keep to what matters"
        found = f" ({alt!r})" if len(alt) < SHORTEST else ""
        raise ValueError(
            f"alt: found {len(alt)} characters{found}, expected {SHORTEST} to {LONGEST}: {slip}."
        )
    return alt


def say(fig, *sentences):
    """Give a figure its words, the first sentence and as many more as there is room for; returns the figure.

    >>> from .drawing import Figure
    >>> say(Figure(), "Three cells.", "They hold 1, 2 and 3.", "word " * 100).alt
    'Three cells. They hold 1, 2 and 3.'
    """
    fig.alt = _cut(sentences[0])
    for sentence in filter(None, sentences[1:]):
        if len(fig.alt) + 1 + len(sentence) <= ROOM:
            fig.alt += f" {sentence}"
    return fig


def _cut(sentence):
    return sentence if len(sentence) <= ROOM else f"{sentence[:ROOM - 1]}…"


def words_of(fig, alt=""):
    """What a figure says of itself, shortened where there is no room left, with what somebody adds to it."""
    own = getattr(fig, "alt", "")
    if not own or not isinstance(alt, str):
        return checked_alt(alt)
    room = LONGEST - len(alt) - bool(alt)
    own = own if len(own) <= room else f"{own[:max(room - 1, 0)]}…"
    return checked_alt(f"{own} {alt}")


def unmeasured(alt):
    """The words without their numbers, which differ between machines where they were measured.

    >>> unmeasured("Loss from 2.31 to 0.40, right 1,758 of 2000 (88 %).")
    'Loss from … to …, right … of … (… %).'
    """
    return re.sub(r"[-−]?\d+(?:[.,]\d+)*(?:e[-−]?\d+)?", "…", alt)


def count(n, thing, plural="s"):
    """So many things, as one says it.

    >>> count(1, "output"), count(1440, "value"), count(2, "class", "es")
    ('1 output', '1,440 values', '2 classes')
    """
    return f"{n:,} {thing}{plural * (n != 1)}"


def span(values, digits=2):
    """From the lowest to the highest of some numbers; what is not a number is left out.

    >>> span([2, -0.5, float("nan")]), span([3, 3])
    ('from −0.5 to 2', 'everywhere 3')
    """
    values = np.asarray(values, float)
    finite = values[np.isfinite(values)]
    if not finite.size:
        return "without a number"
    low, high = number(finite.min(), digits), number(finite.max(), digits)
    return f"everywhere {low}" if low == high else f"from {low} to {high}"


def read_out(values, digits=2):
    """A few numbers one by one, in brackets; of many, their count and their span.

    >>> read_out([0, 1, -2]), read_out(range(20))
    ('[0, 1, −2]', '20 numbers from 0 to 19')
    """
    if len(values) > FEW:
        return f"{count(len(values), 'number')} {span(values, digits)}"
    return f"[{', '.join(number(value, digits) for value in values)}]"


def rows(table, digits=2):
    """A small table row by row.

    >>> rows([[1, 2], [0, -1]])
    '1 2 / 0 −1'
    """
    return " / ".join(" ".join(number(value, digits) for value in row) for row in table)


def names(titles):
    """The titles that say something, each once: "; " between them, and no line breaks.

    >>> names(["coat\\n90 %", "", "bag", "bag"])
    'coat, 90 %; bag'
    """
    return "; ".join(dict.fromkeys(", ".join(title.split("\n")) for title in titles if title))
