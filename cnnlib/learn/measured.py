"""What a learner's machine measured, beside what is to be expected of it.

The last digits of a training differ between machines, so a stored notebook must not be held to them. The plain text of
what is shown here, which the tests compare, has the limits and whether they are kept; the numbers stand in the HTML,
marked, and are passed over (`tests/nbval_sanitize.cfg`).
"""

import html
import operator
import re
from typing import NamedTuple

from ..arguments import label, real, shown
from . import library

_KEPT = {"above": operator.gt, "below": operator.lt, "at least": operator.ge, "at most": operator.le}
_EXPECTED = re.compile(rf"({'|'.join(_KEPT)}) (\d+(?:\.\d+)?)( %| points)?")
_LEFT = 'style="text-align:left"'


def measured(rows, lesson=None):
    """Numbers that were measured here, each beside what is to be expected: a table.

    `rows` maps what was measured to a pair (number, expected); `expected` is "above", "below", "at least" or "at most"
    and a limit, such as "below 2.3", "above 86 %" or "at most 10 points". With a `lesson` it maps to the number alone,
    and that lesson's file knows what to expect: so a cell does not tell what will come out of it. A number whose limit
    is in % or points is a share: 0.875 is shown as 87.5 %. As text in a notebook it has the limits only, for the tests.
    TypeError and ValueError for other things.

    >>> measured({"accuracy": (0.875, "above 86 %"), "loss": (1.25, "below 1")})
    accuracy: 87.5 %, expected above 86 %
    loss: 1.25, expected below 1, which it is not
    >>> measured({"training accuracy": 0.99}, lesson="06")
    training accuracy: 99.0 %, expected above 98 %
    """
    if not isinstance(rows, dict) or not rows:
        raise TypeError(f"rows must be a dictionary of what was measured, found {shown(rows)}")
    if lesson is not None:
        limits = library.expected(lesson)
        rows = {name: (value, _limit(name, limits, lesson)) for name, value in rows.items()}
    return Measured([_row(label(name), pair) for name, pair in rows.items()])


class Row(NamedTuple):
    """One number: its name, the number as text, what is expected of it, and whether it is so."""

    name: str
    number: str
    expected: str
    kept: bool


class Measured:
    """The table of `measured`: its `rows`."""

    def __init__(self, rows):
        self.rows = rows

    def __repr__(self):
        return "\n".join(f"{row.name}: {row.number}, expected {row.expected}{'' if row.kept else ', which it is not'}"
                         for row in self.rows)

    def _repr_mimebundle_(self, include=None, exclude=None):
        made = table(("", "measured here", "expected"), map(_line, self.rows))
        text = "\n".join(f"{row.name}: {'' if row.kept else 'not '}{row.expected}" for row in self.rows)
        return {"text/html": made, "text/plain": text}


def _line(row):
    return html.escape(row.name), number(row.number), f"{row.expected}{'' if row.kept else ' ✗'}"


def number(text):
    """The HTML of a measured number: the tests pass it over.

    >>> number("0.87")
    '<data class="cnn-measured">0.87</data>'
    """
    return f'<data class="cnn-measured">{text}</data>'


def table(head, lines):
    """An HTML table: what stands above its columns, and its lines of cells, all of them HTML.

    >>> table(["a"], [["1"]]).count("</tr>")
    2
    """
    above = "".join(f'<th scope="col" {_LEFT}>{cell}</th>' for cell in head)
    body = "".join(f"<tr>{''.join(f'<td {_LEFT}>{cell}</td>' for cell in line)}</tr>" for line in lines)
    return f"<table><thead><tr>{above}</tr></thead><tbody>{body}</tbody></table>"


def _limit(name, limits, lesson):
    """What a lesson expects of the number with this name."""
    if name not in limits:
        raise ValueError(f"rows: lesson {lesson} does not know what to expect of {shown(name, 60)}; without lesson=, "
                         'give it yourself: (0.9, "above 86 %")')
    return limits[name]


def _row(name, pair):
    """One row, checked: {name: (number, expected)}."""
    place = f"rows[{shown(name, 40)}]"
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise TypeError(f'{place} must be a number and what is expected, such as (0.9, "above 86 %"), found '
                        f"{shown(pair)}")
    value = real(pair[0], f"{place}, the number,", "a number", lambda _: True)
    found = _EXPECTED.fullmatch(pair[1]) if isinstance(pair[1], str) else None
    if not found:
        raise ValueError(f'{place}, what is expected, must be such as "above 86 %", "below 2.3" or "below 4 points", '
                         f"found {shown(pair[1])}")
    side, limit, unit = found.groups()
    seen, limit = value * (100 if unit else 1), float(limit)
    text = f"{seen:.1f}{unit}" if unit else f"{seen:,.0f}" if seen.is_integer() else f"{seen:.2f}"
    return Row(name, text, pair[1], _KEPT[side](seen, limit))
