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


def otherwise(exercise, outcome, suspicion):
    """What may be said as well of a single answer whose cause is only likely: that its signs went, or what is below 0."""
    mine, true = outcome.reading, exercise.known.truth[0].reading
    if "numbers" != mine.kind or "numbers" != true.kind or mine.value.shape != true.value.shape:
        return None
    side = Side(0, (), mine.value, true.value, margin(exercise, exercise.all_cases[0], true, mine))
    for change in results.VALUES[:3]:
        if side.same(_made(change, side.true, side)) and not ("sign" in change.phrase and "sign" in suspicion):
            ones = "number is the right one" if side.true.ndim == 0 else "numbers are the right ones"
            return f"Seen otherwise: your {ones}, {change.phrase}."
    return None


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
        self.ones = "Your number is the right one" if self.parts[0][0].true.ndim == 0 else "Your numbers are the right ones"

    def sentence(self):
        """What is told by the first tier in which something fits, if its simplest is one sentence only."""
        if not self.wrong:
            return "Your results are right." if len(self.rows) > 1 else None
        tiers = [self._results, self._inputs, self._two_results, self._one_each, self._two_inputs]
        for tier in (*tiers[:1 if self.one_case else None], self._more_or_fewer, self._cases, self._places):
            said = {}
            for rank, sentence in tier():
                said.setdefault(rank, {})[sentence] = True
            if said:
                simplest = list(said[min(said)])
                return simplest[0] if len(simplest) == 1 else None
        return None

    def _proven(self, foretold, bits):
        return proven(foretold, 1 if self.one_case else 2, bits)

    # --- one change ---------------------------------------------------------------------------------------------------

    def _results(self):
        for k, sides in enumerate(self.parts):
            others = [other for other in range(len(self.parts)) if other != k]
            if all(side.right for other in others for side in self.parts[other]):
                also = " and ".join(f"`{self.returns[other]}`" for other in others)
                start = f"{also} is right, and `{self.returns[k]}` is the right one" if also else self.ones
                yield from self._changed(start, [[side] for side in sides], self._changes(sides))
        if len(self.parts) > 1:
            yield from self._changed("Your results are the right ones", self.rows, self._changes(self.parts[0]))
            if all(a.same(b.true) and b.same(a.true) for a, *_, b in self.rows):
                yield 0, f"`{self.returns[0]}` and `{self.returns[-1]}` have changed places."
        answers = [side.mine for side in self.parts[0]]
        if len(answers) > 2 and len(self.parts) == 1 and all(map(np.array_equal, answers[1:], answers)):
            yield 0, "Your function gives the same in every case, whatever goes in."
        if all(side.true.dtype == bool and not side.right for side, *_ in self.rows) and not self.one_case:
            yield 0, "Your answers are the opposite of the right ones."

    def _changed(self, start, rows, changes):
        """For each row of `Side`s the same change."""
        for change in changes:
            foretold = ((side, _made(change, side.true, side)) for row in rows for side in row)
            if self._proven(foretold, 1 if change.rank == 0 else LITTLE):
                yield change.rank, f"{start}, {change.phrase}."

    def _changes(self, sides):
        """The changes of a result; some constants are guessed from where the answer is wrong."""
        side = next((side for side in sides if not side.right), sides[0])
        if side.true.dtype.kind not in "fiu":
            return []
        guessed = results.by_constants(side.mine, side.true) if side.true.ndim or not self.one_case else ()
        return [*results.changes(side.true.ndim), *results.by_arguments(self.names, side.args), *guessed]

    def _inputs(self):
        yield from self._for([(change,) for change in self.reruns.changes], LITTLE)

    def _for(self, many, bits):
        """What comes out for these changes of the inputs, all made at once."""
        self.reruns.ahead(self.rows[0][0].number, many)
        for changes in many:
            if self._proven(self._rerun(changes), bits):
                phrases = " and ".join(change.phrase for change in changes)
                yield sum(change.rank for change in changes), f"This is what comes out for {phrases}."

    def _rerun(self, changes):
        """Pairs of `Side`s and what comes out for changed inputs."""
        for row in self.rows:
            outcome = self.reruns.outcome(row[0].number, *changes)
            made = [None] * len(row) if outcome is None else outcome.reading and _parts(outcome.reading)
            yield from zip(row, made if made and len(made) == len(row) else [NOTHING] * len(row), strict=True)

    # --- two at once --------------------------------------------------------------------------------------------------

    def _two_results(self):
        seen = set()
        for a, b in itertools.permutations(self._plain(), 2):
            if frozenset((a, b)) not in seen and self._proven(
                    ((side, _made(b, _made(a, side.true, side), side)) for side, *_ in self.rows), MUCH):
                seen.add(frozenset((a, b)))
                yield 0, f"{self.ones}, {a.phrase}, {b.phrase}."

    def _one_each(self):
        for a, b in itertools.product(self._likely(), self._plain()):
            if self._proven(((side, _made(b, made, side)) for side, made in self._rerun((a,))), MUCH):
                yield 0, f"This is what comes out for {a.phrase}, {b.phrase}."

    def _two_inputs(self):
        yield from self._for(list(itertools.combinations(self._likely(), 2)), MUCH)

    def _plain(self):
        return [change for change in self._changes(self.parts[0]) if change.rank == 0] if len(self.parts) == 1 else []

    def _likely(self):
        return [change for change in self.reruns.changes if change.rank == 0]

    # --- where it is right --------------------------------------------------------------------------------------------

    def _more_or_fewer(self):
        smaller = [side.mine if side.mine.size < side.true.size else side.true for side, *_ in self.wrong]
        numeric = all(array.dtype.kind in "fiu" for array in smaller)
        if numeric and len(self.parts) == 1 and sum(map(weight, smaller)) >= LITTLE and (self.one_case or smaller[1:]):
            yield from ((0, f"{self.ones}, {word}.") for word in where.parts(self.parts[0]))

    def _cases(self):
        return where.cases(self.names, [row[0] for row in self.rows], [row not in self.wrong for row in self.rows])

    def _places(self):
        if len(self.parts) > 1:
            wrong = [name for k, name in enumerate(self.returns) if not all(side.right for side in self.parts[k])]
            if len(wrong) == 1:
                others = " and ".join(f"`{name}`" for name in self.returns if name not in wrong)
                yield 0, f"Only `{wrong[0]}` is wrong: {others} is right in every case."
        elif self.one_case:
            yield from ((0, said) for said in where.others(self.parts[0][0], self.returns[0]))
        else:
            yield from ((0, f"All your numbers are right but {phrase}.") for phrase in where.places(self.parts[0]))


NOTHING = np.empty((0,) * 9)      # is never what anything is compared with


def _parts(reading):
    return reading.value if reading.kind == "several" else (np.asarray(reading.value),)


def _made(change, y, side):
    """A result with a change made; None where that cannot be."""
    if y is None or y is NOTHING:
        return y
    try:
        return np.asarray(change.change(y.astype(float), side.args))
    except Exception:   # it is for other sizes
        return None
