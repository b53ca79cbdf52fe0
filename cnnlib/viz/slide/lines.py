"""The sums below a picture of a scene, in rows: as large as one row has room for, else broken between terms."""

from functools import lru_cache

import numpy as np

from ..kit import panels, texts
from ..kit.numbers import unbroken
from . import words

SIZES = tuple(half / 2 for half in range(25, 20, -1))     # points: of a sum in one row,
WRAPPED = tuple(half / 2 for half in range(22, 11, -1))   # and of one in several
_MEASURED = 40   # steps: of more, as many are looked at to see how much room is needed


class Sums:
    """The sums of all steps of a plan. `rows(step)` gives them as (label, pieces, points), never more than `count`, for
    which `room` has to be set: the width of a row in inches. `longest` is the width of one row at its largest."""

    def __init__(self, plan):
        self._plan, self._told = plan, lru_cache(_MEASURED)(self._telling)
        self._some = sorted({*np.linspace(0, plan.scene.steps - 1, _MEASURED).astype(int).tolist()})
        self.longest = max(sum(texts.pieces_width(group, SIZES[0]) for group in _spaced(groups))
                           for step in self._some for _, groups in self._told(step)) * 1.01 + 0.1
        self.count = None

    def fit(self, room):
        """Break the sums to so many inches; returns how many rows they need."""
        self._room = room
        self.count = max(len(self.rows(step)) for step in self._some)
        return self.count

    def rows(self, step):
        """A row for each channel (of many, the first and the last), then the whole; further rows have no label."""
        told = self._told(step)
        for points in SIZES:
            if len(rows := self._broken(told, points)) == len(told):
                return rows
        for points in WRAPPED:
            rows = self._broken(told, points)
            if self.count is None or len(rows) <= self.count:
                break
        return rows

    def unfinished(self, step):
        """The same without the results."""
        told = [(label, groups[:-1] if groups else groups) for label, groups in self._told(step)]
        return self._broken(told, self.rows(step)[0][2])

    def _broken(self, told, points):
        return [(label if n == 0 else "", row, points) for label, groups in told
                for n, row in enumerate(texts.wrapped(groups, points, self._room) or [[]])]

    def _telling(self, step):
        """(label, groups of pieces that stay unbroken) of each sum."""
        scene = self._plan.scene
        of = f" of {scene.steps}" if scene.sized else ""   # otherwise their number is asked for, too
        whole = f"step {step + 1}{of}", words.sum_line(self._plan, step)
        return [(label, _coloured(unbroken(line))) for label, line in (*words.channel_rows(self._plan, step), whole)]


def _spaced(groups):
    """The groups with the blanks between them."""
    return texts.wrapped(groups, SIZES[0], float("inf"))


def _coloured(groups):
    """Pieces as (text, colour, weight): the last one is bold, if it is a number."""
    last = groups[-1][-1] if groups[-1] else None
    return [[(piece[0], panels.COLOURS[piece[1]], "bold" if piece[1] and piece is last else "normal")
             for piece in group] for group in groups if group]
