"""The search for a fact: every change of the result, every change of the inputs, two at once, then where it is right."""

import ast
import contextlib
import itertools
import warnings

import numpy as np

from ...trial import reading
from ..comparing import margin
from . import results, where
from .sides import Side, proven, weight

LITTLE, MUCH = 8, 16      # bits that prove one change, and two at once


def fact(exercise, outcomes):
    """What a wrong answer is, compared with the right one: a sentence; None where nothing fits, or two things do."""
    told = [(mine.reading, true.reading) for mine, true in zip(outcomes, exercise.known.truth, strict=True)]
    if all(mine and mine.kind == "text" and true.kind == "numbers" for mine, true in told):
        return _quoted(told)
    compared = [n for n, (mine, true) in enumerate(told) if mine and mine.kind == true.kind]
    stops = [n for n, (mine, _) in enumerate(told) if not mine]
    if not compared or len(compared) + len(stops) < len(told):
        return None
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        said = _Search(exercise, outcomes, compared).sentence()
    return f"Where it does not stop: {said[0].lower()}{said[1:]}" if said and stops else said


def _quoted(told):
    """Is it the right answer, but as a text?"""
    with contextlib.suppress(Exception):
        values = [reading.read(ast.literal_eval(mine.value)).value for mine, _ in told]
        if all(np.array_equal(value, true.value) for value, (_, true) in zip(values, told, strict=True)):
            return "What stands between the quotes is right: write it without them."
    return None


class _Search:
    def __init__(self, exercise, outcomes, compared):
        truth, cases, several = exercise.known.truth, exercise.all_cases, isinstance(exercise.returns, tuple)
        self.reruns, self.names = exercise.known.reruns, exercise.arguments
        self.returns = exercise.returns if several else (exercise.returns,)
        self.one_case = exercise.ask == "value"
        self.parts = [[] for _ in self.returns]      # for each result its `Side`s
        for n in compared:
            mine, true = outcomes[n].reading, truth[n].reading
            allowed = margin(exercise, cases[n], true, mine)
            for part, a, b in zip(self.parts, _parts(mine), _parts(true), strict=True):
                part.append(Side(n, cases[n].args, a, b, allowed))
        rows = list(zip(*self.parts, strict=True))
        self.wrong = [row for row in rows if not all(side.right for side in row)]
        # the smallest wrong case first: it is cheap, and most of what does not fit is seen there
        self.rows = sorted(rows, key=lambda row: (row not in self.wrong, sum(map(np.size, row[0].args))))
        self.first = self.rows[0]
        self.ones = "Your number is the right one" if self.parts[0][0].true.ndim == 0 else "Your numbers are the right ones"

    def sentence(self):
        """What the first tier says in which something fits, if it says one thing only."""
        if not self.wrong:
            return "Its results are right." if len(self.rows) > 1 else None
        tiers = [self._results, self._inputs, self._two_results, self._one_each, self._two_inputs] if not self.one_case \
            else [self._results]
        for tier in (*tiers, self._more_or_fewer, self._cases, self._places):
            if said := self._simplest(tier()):
                return said[0] if len(said) == 1 else None
        return None

    @staticmethod
    def _simplest(told):
        """Of pairs (is it plain, a sentence) the sentences that are plain; if there are none, the others."""
        told = list(dict.fromkeys(told))
        return [said for plain, said in told if plain] or [said for _, said in told]

    def _proven(self, foretold, bits):
        return proven(foretold, 1 if self.one_case else 2, bits)

    # --- one change ---------------------------------------------------------------------------------------------------

    def _results(self):
        for part, sides in enumerate(self.parts):
            others = [k for k in range(len(self.parts)) if k != part]
            if all(side.right for k in others for side in self.parts[k]):
                also = " and ".join(f"`{self.returns[k]}`" for k in others)
                start = f"{also} is right, and `{self.returns[part]}` is the right one" if also else self.ones
                yield from ((row.plain, f"{start}, {row.phrase}.") for row in self._changes(sides) if self._proven(
                    ((side, _made(row, side.true, side)) for side in sides), 1 if row.plain else LITTLE))
        if len(self.parts) > 1 and all(a.same(b.true) and b.same(a.true) for a, *_, b in self.rows):
            yield True, f"`{self.returns[0]}` and `{self.returns[-1]}` have changed places."
        answers = [side.mine for side in self.parts[0]]
        if len(answers) > 2 and len(self.parts) == 1 and all(map(np.array_equal, answers[1:], answers)):
            yield True, "Your function gives the same in every case, whatever goes in."
        if all(side.true.dtype == bool and not side.right for side, *_ in self.rows) and not self.one_case:
            yield True, "Your answers are the opposite of the right ones."

    def _changes(self, sides):
        """The changes of a result; constants are guessed from where the answer is wrong."""
        side = next((side for side in sides if not side.right), sides[0])
        if side.true.dtype.kind not in "fiu":
            return []
        return [*results.changes(side.true.ndim), *results.by_arguments(self.names, side.args),
                *results.by_constants(side.mine, side.true)]

    def _inputs(self):
        yield from self._for([(row,) for row in self.reruns.changes], LITTLE)

    def _for(self, many, bits):
        """What comes out for these changes of the inputs, all made at once."""
        self.reruns.ahead(self.first[0].number, many)
        for rows in many:
            if self._proven(self._rerun(rows), bits):
                yield all(row.plain for row in rows), f"This is what comes out for {' and '.join(row.phrase for row in rows)}."

    def _rerun(self, rows):
        """Pairs of `Side`s and what comes out for changed inputs."""
        for sides in self.rows:
            outcome = self.reruns.outcome(sides[0].number, *rows)
            made = [None] * len(sides) if outcome is None else outcome.reading and _parts(outcome.reading)
            if not made or len(made) != len(sides):
                made = [NOTHING] * len(sides)
            yield from zip(sides, made, strict=True)

    # --- two at once --------------------------------------------------------------------------------------------------

    def _two_results(self):
        seen = set()
        for a, b in itertools.permutations(self._plain(), 2):
            if {a.phrase, b.phrase} not in seen and self._proven(
                    ((side, _made(b, _made(a, side.true, side), side)) for side, *_ in self.rows), MUCH):
                seen.add(frozenset((a.phrase, b.phrase)))
                yield True, f"{self.ones}, {a.phrase}, {b.phrase}."

    def _one_each(self):
        for a, b in itertools.product(self._likely(), self._plain()):
            if self._proven(((side, _made(b, made, side)) for side, made in self._rerun((a,))), MUCH):
                yield True, f"This is what comes out for {a.phrase}, {b.phrase}."

    def _two_inputs(self):
        yield from self._for(list(itertools.combinations(self._likely(), 2)), MUCH)

    def _plain(self):
        return [row for row in self._changes(self.parts[0]) if row.plain] if len(self.parts) == 1 else []

    def _likely(self):
        return [row for row in self.reruns.changes if row.plain]

    # --- where it is right --------------------------------------------------------------------------------------------

    def _more_or_fewer(self):
        sides = self.parts[0]
        smaller = [side.mine if side.mine.size < side.true.size else side.true for side, *_ in self.wrong]
        numeric = all(side.true.dtype.kind in "fiu" for side in sides)
        if numeric and len(self.parts) == 1 and sum(map(weight, smaller)) >= LITTLE and (self.one_case or smaller[1:]):
            yield from ((True, f"{self.ones}, {word}.") for word in where.parts(sides))

    def _cases(self):
        right = [row not in self.wrong for row in self.rows]
        for phrase in where.cases(self.names, [row[0] for row in self.rows], right):
            yield True, f"Your results are right in {sum(right)} of {len(right)} cases: exactly where {phrase}."

    def _places(self):
        if self.one_case:
            yield from ((True, said) for said in where.others(self.parts[0][0]))
        elif len(self.parts) == 1:
            yield from ((True, f"All your numbers are right but {phrase}.") for phrase in where.places(self.parts[0]))
        else:
            wrong = [name for k, name in enumerate(self.returns) if not all(side.right for side in self.parts[k])]
            if len(wrong) == 1:
                others = " and ".join(f"`{name}`" for name in self.returns if name not in wrong)
                yield True, f"Only `{wrong[0]}` is wrong: {others} is right in every case."


NOTHING = np.empty((0,) * 9)      # is never what anything is compared with


def _parts(reading):
    return reading.value if reading.kind == "several" else (np.asarray(reading.value),)


def _made(row, y, side):
    """A result with a change made; None where that cannot be."""
    if y is None or y is NOTHING:
        return y
    try:
        return np.asarray(row.change(y.astype(float), side.args) if row.asks else row.change(y.astype(float)))
    except Exception:   # it is for other sizes
        return None
