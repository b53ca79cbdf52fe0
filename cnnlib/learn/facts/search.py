"""The search for a fact: each change of the result, then of the inputs, two at once, then where the answer is right."""

import ast
import contextlib
import functools
import itertools
import warnings

import numpy as np

from ...trial import reading
from ..comparing import margin
from . import results, where
from .order import exchanged
from .sides import NOTHING, Side, arrays, proven, weight

LITTLE, MUCH = 7, 16      # bits that prove one change, and two at once


def fact(exercise, outcomes, answer=None):
    """What a wrong answer is, compared with the right one: a sentence; None where nothing fits, or two things do. An
    `answer` is called once more, with its arguments exchanged."""
    told = [(mine.reading, true.reading) for mine, true in zip(outcomes, exercise.known.truth, strict=True)]
    if all(mine and mine.kind == "text" and true.kind == "numbers" for mine, true in told):
        return _quoted(told)
    compared = [n for n, (mine, true) in enumerate(told) if mine and mine.kind == true.kind]
    stops = sum(mine is None for mine, _ in told)
    if not compared or len(compared) + stops < len(told):
        return exchanged(exercise, outcomes, answer)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        said = _Search(exercise, outcomes, compared, answer).sentence()
    return f"Where it does not stop, {said[0].lower()}{said[1:]}" if said and stops else said


def otherwise(exercise, outcome, suspicion):
    """What may be said beside a likely cause of a single answer: that its signs went, or all that is below 0."""
    if outcome.reading.kind != exercise.known.truth[0].reading.kind:
        return None
    search = _Search(exercise, [outcome], [0])
    for change in results.changes(0)[:3]:
        for _, said in search.changed(search.ones, search.rows, [change]):
            if not ("sign" in said and "sign" in suspicion):
                return f"Seen otherwise: {said[0].lower()}{said[1:]}"
    return None


def _quoted(told):
    """Is it the right answer, but as a text?"""
    with contextlib.suppress(Exception):
        values = [reading.read(ast.literal_eval(mine.value)).value for mine, _ in told]
        if all(np.array_equal(value, true.value) for value, (_, true) in zip(values, told, strict=True)):
            return "The text between the quotes is right: write it without them."
    return None


class _Search:
    """One wrong answer. `parts` are the `Side`s of each of its results, `rows` those of each case."""

    def __init__(self, exercise, outcomes, compared, answer=None):
        self.exercise, self.outcomes, self.answer = exercise, outcomes, answer
        truth, cases = exercise.known.truth, exercise.all_cases
        self.reruns, self.names, self.one_case = exercise.known.reruns, exercise.arguments, exercise.ask == "value"
        self.returns = exercise.returns if isinstance(exercise.returns, tuple) else (exercise.returns,)
        rows = []
        for n in compared:
            mine, true = outcomes[n].reading, truth[n].reading
            allowed = margin(exercise, cases[n], true, mine)
            both = zip(arrays(mine), arrays(true), strict=True)
            rows.append([Side(n, cases[n].args, a, b, allowed) for a, b in both])
        self.parts = list(zip(*rows, strict=True))
        self.wrong = [row for row in rows if not all(side.right for side in row)]
        # the smallest wrong case first: it is cheap, and most of what does not fit is seen there
        self.rows = sorted(rows, key=lambda row: (row not in self.wrong, sum(map(np.size, row[0].args))))
        self.noun = "number" if rows[0][0].numeric else "part"
        self.ones = f"Your {self.noun}{' is the right one' if rows[0][0].true.ndim == 0 else 's are the right ones'}"

    def sentence(self):
        """What is told by the first tier in which something fits, if its simplest is one sentence only."""
        if not self.wrong:
            return "Your results are right." if len(self.rows) > 1 else None
        tiers = [self._results, self._inputs, self._order, self._two_results, self._one_each, self._two_inputs]
        provable = 1 if self.one_case else None if len(self.wrong) > 1 else 0   # one case alone proves none of them
        for tier in (*tiers[:provable], self._more_or_fewer, self._rounded, self._cases, self._places, self._mostly):
            said = {}
            for rank, sentence in tier():
                said.setdefault(rank, set()).add(sentence)
            if said:
                simplest = said[min(said)]
                return simplest.pop() if len(simplest) == 1 else None
        return None

    def _proven(self, foretold, bits):
        return proven(foretold, 1 if self.one_case else 2, bits)

    # --- one change ---------------------------------------------------------------------------------------------------

    def _results(self):
        right = [name for name, sides in zip(self.returns, self.parts, strict=True) if all(s.right for s in sides)]
        if len(right) == len(self.returns) - 1:
            k, = (k for k, name in enumerate(self.returns) if name not in right)
            start = f"{_are(right)} right, and `{self.returns[k]}` is the right one"
            yield from self.changed(start if right else self.ones, [[row[k]] for row in self.rows], self._changes(k))
        elif not right:
            yield from self.changed("Your results are the right ones", self.rows, self._changes(0))
            if all(a.same(b.true) and b.same(a.true) for a, *_, b in self.rows):
                yield 0, f"`{self.returns[0]}` and `{self.returns[-1]}` are swapped."
        answers = [row[0].mine for row in self.rows]
        if len(answers) > 2 and len(self.parts) == 1 and answers[0].size and all(
                map(np.array_equal, answers[1:], answers)):
            yield 0, "Your function gives the same result in every case, whatever goes in."
        if len(self.wrong) == len(self.rows) > 1 and all(row[0].true.dtype == bool for row in self.rows):
            yield 0, "Your answers are the opposite of the right ones."

    def changed(self, start, rows, changes):
        """Pairs (rank, sentence) of the changes that make the answer of what is right, in all these rows of `Side`s."""
        for change in changes:
            foretold = ((side, _made(change, side.true, side)) for row in rows for side in row)
            if self._proven(foretold, 1 if change.rank == 0 else LITTLE):
                yield change.rank, change.phrase if change.phrase.endswith(".") else f"{start}, {change.phrase}."

    def _changes(self, part):
        """The changes of a result; some constants are guessed from where the answer is wrong."""
        side = next((side for side in self.parts[part] if not side.right), self.parts[part][0])
        lonely = self.one_case and side.differs is not None and side.differs.sum() < 2   # proves no constant
        guessed = [] if lonely else results.by_constants(side.mine, side.true)
        return [*results.changes(side.true.ndim, self.noun), *results.by_arguments(self.names, side.args), *guessed]

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
        """Pairs of `Side`s and what comes out for changed inputs. Where the solution stops, since no window fits, an
        answer may have nothing to give."""
        for row in self.rows:
            outcome = self.reruns.outcome(row[0].number, *changes)
            made = [None] * len(row) if outcome is None else outcome.reading and arrays(outcome.reading)
            if not made or len(made) != len(row):
                made = [NOTHING if side.mine.size else side.mine for side in row]
            yield from zip(row, made, strict=True)

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
        return [change for change in self._changes(0) if change.rank == 0] if len(self.parts) == 1 else []

    def _likely(self):
        return [change for change in self.reruns.changes if change.rank == 0]

    def _order(self):
        said = exchanged(self.exercise, self.outcomes, self.answer)
        yield from [(0, said)] if said else ()

    # --- where it is right --------------------------------------------------------------------------------------------

    def _more_or_fewer(self):
        smaller = [side.mine if side.mine.size < side.true.size else side.true for side, *_ in self.wrong]
        if len(self.parts) == 1 and sum(map(weight, smaller)) >= LITTLE and (self.one_case or smaller[1:]):
            yield from ((0, f"{self.ones}, {word}.") for word in where.parts(self.parts[0]))

    def _rounded(self):
        yield from ((0, said) for said in where.rounded([side for row in self.wrong for side in row if not side.right]))

    def _cases(self, told=where.cases):
        right = [row not in self.wrong for row in self.rows]
        yield from ((0, said) for said in told(self.names, [row[0] for row in self.rows], right))

    def _mostly(self):
        this = "this one" if len(self.rows) == len(self.outcomes) else "one"
        yield from self._cases(functools.partial(where.mostly, this=this))

    def _places(self):
        single = len(self.wrong) == 1 < len(self.rows)   # then the case says more than the place
        if single and (said := [(rank, sentence) for rank, sentence in self._mostly() if "only one where" in sentence]):
            yield from said
        elif len(self.parts) > 1:
            wrong = [name for k, name in enumerate(self.returns) if not all(side.right for side in self.parts[k])]
            if len(wrong) == 1:
                right = [name for name in self.returns if name not in wrong]
                yield 0, f"Only `{wrong[0]}` is wrong: {_are(right)} right in every case."
        elif single:
            return
        elif self.one_case:
            yield from ((0, said) for said in where.others(self.parts[0][0], self.returns[0]))
        else:
            for phrase in where.places(self.parts[0]):
                yield 0, f"All your {self.noun}s are right except {phrase}."


def _are(names):
    return f"{' and '.join(f'`{name}`' for name in names)} {'are' if len(names) > 1 else 'is'}"


def _made(change, y, side):
    """A result with a change made; None where that cannot be."""
    if y is None or y is NOTHING:
        return y
    with contextlib.suppress(Exception):   # it is for other sizes or types
        return np.asarray(change.change(y.astype(float) if side.numeric else y, side.args))
    return None
