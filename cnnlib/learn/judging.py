"""From an answer to a verdict: was anything answered, does it run, are type and shape right, which number is the first
that is not, and which mistake explains all of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from ..trial import words
from .code import worded
from .comparing import Complaint, alike, call, complaint, margin
from .remarks import remark
from .todo import Todo
from .trying import misfit, tried, trusted
from .verdict import Parting, Verdict

FACTS_MAY_FAIL = True   # in a lesson; not in the tests
PRINTED = "It prints something instead: printing shows a value, but does not return it."


class Known:
    """What is known of an exercise before anyone answers: `truth`, the outcomes of the solution, and `wrong`, pairs
    (`Wrong`, its outcomes). Outcomes are in the order of the cases."""

    def __init__(self, exercise):
        self._exercise = exercise
        self.truth = Outcomes(exercise, exercise.solution)
        self.wrong = [(wrong, Outcomes(exercise, wrong.answer)) for wrong in exercise.wrong]

    @cached_property
    def reruns(self):
        """What the solution makes of changed inputs."""
        from .facts.reruns import Reruns

        return Reruns(self._exercise)


class Outcomes(Sequence):
    """What a function comes to in every case, each worked out when it is first looked at: most mistakes show in the
    first case that is compared that they are not the one."""

    def __init__(self, exercise, function):
        self._exercise, self._function, self._seen = exercise, function, {}

    def __len__(self):
        return len(self._exercise.all_cases)

    def __getitem__(self, number):
        if number not in self._seen:
            self._seen[number] = trusted(self._exercise, self._function, self._exercise.all_cases[number])
        return self._seen[number]


def judge(exercise, answer):
    """The `Verdict` on an answer: a function, or for an exercise that asks for a value, the value. Raises nothing.

    A suspicion is named only if the answer does exactly what one typical mistake does, in every single case. What comes
    of the edges is looked at only if all else is right.
    """
    if answer is None or type(answer) is Todo:
        return _not_yet(exercise, answer)
    if problem := _unfit(exercise, answer):
        return _wrong(exercise, problem)
    done = tried(exercise, answer, exercise.all_cases)
    if _unanswered(answer, done):
        return _not_yet(exercise, answer)
    inner, count = exercise.inner, len(exercise.inner.all_cases)
    ended = done.ended if len(done.outcomes) < count else None
    verdict = _judged(inner, answer, replace(done, outcomes=done.outcomes[:count], ended=ended))
    if verdict.passed and inner is not exercise:
        verdict = _judged(exercise, answer, done)
    return _remarked(exercise, answer, verdict) if verdict.passed and exercise.ask == "function" else verdict


def _remarked(exercise, answer, verdict):
    """What is right, with a remark on how it is written, if it deserves one."""
    said = remark(exercise, answer)
    return replace(verdict, message=f"{verdict.message} {said}", parts=(*verdict.parts, said)) if said else verdict


def _judged(exercise, answer, done):
    known, cases = exercise.known, exercise.all_cases
    if done.ended:
        called = call(exercise, cases[min(len(done.outcomes), len(cases) - 1)], exercise.arguments)
        return _wrong(exercise, done.ended, f"The call was {called}.", printed=done.printed)
    where, found = _first(exercise, done.outcomes, known.truth)
    changed = tuple(dict.fromkeys(name for outcome in done.outcomes for name in outcome.changed))
    if not found and not changed and not done.remembers:
        return Verdict(exercise.id, True, f"Right. {exercise.praise} {exercise.insight}", None, "right",
                       (exercise.praise, exercise.insight), done.printed)
    suspicion = words.REMEMBERS if done.remembers else _suspicion(
        exercise, done.outcomes, known, changed, bool(found))
    parting = None
    if found and found.differs is not None and exercise.player_of(found.part) and exercise.ask == "function":
        parting = Parting(exercise, answer, cases[where], done.outcomes[where], found.differs, found.part)
    said = found.sentence if found else "The numbers are right."
    fact = _fact(exercise, done.outcomes, suspicion, answer)
    if found and found.explains and not suspicion and not fact:
        fact = said = f"{said} {PRINTED}" if done.printed.strip() and "gives None" in said else said
    told = worded(suspicion, answer) if suspicion and exercise.ask == "function" else suspicion
    return _wrong(exercise, *dict.fromkeys((said, told, fact)), suspicion=suspicion, fact=fact, printed=done.printed,
                  parting=parting)


def _first(exercise, outcomes, truth):
    """(case, `Complaint`) of what is told: the first error; if there is none the first wrong type or shape; if there is
    none the first wrong number; (None, None) if there is none."""
    told = []
    for number, (mine, true, case) in enumerate(zip(outcomes, truth, exercise.all_cases, strict=True)):
        if mine.error:
            said = f"{mine.error} The call was {call(exercise, case, exercise.arguments)}."
            told.append((number, Complaint(0, said)))
        elif worse := complaint(exercise, case, mine.reading, true.reading):
            told.append((number, worse))
    return min(told, key=lambda each: each[1].rank, default=(None, None))   # the first of the worst


# --- suspicions -------------------------------------------------------------------------------------------------------

def _suspicion(exercise, outcomes, known, changed, numbers_wrong):
    """The one mistake that explains every outcome, as far as it is proven; None otherwise."""
    margins = [
        margin(exercise, case, true.reading, mine.reading) if mine.reading else 0
        for case, true, mine in zip(exercise.all_cases, known.truth, outcomes, strict=True)
    ]

    inner = len(exercise.inner.all_cases)
    order = [*reversed(range(inner)), *range(inner, len(outcomes))]   # the last are the richest; the edges take longest

    def explained(theirs, changes):
        for n in order:
            mine, other = outcomes[n], theirs[n]
            if not alike(mine, other, margins[n]) or (changes and mine.changed != other.changed):
                return False
        return True

    if not any(outcome.reading and outcome.reading.value is not None for outcome in outcomes):
        return None   # nothing but errors: too little to know one mistake from another
    claims = {wrong.suspicion for wrong, theirs in known.wrong if explained(theirs, changes=True)}
    whole = bool(claims)
    if changed and not claims and numbers_wrong:   # these may be explained by one mistake, and the change is another
        harmless = [(wrong, theirs) for wrong, theirs in known.wrong if not any(o.changed for o in theirs)]
        claims = {wrong.suspicion for wrong, theirs in harmless if explained(theirs, changes=False)}
    claim = claims.pop() if len(claims) == 1 else None
    if not claim and _rearranged(outcomes, known.truth, margins):
        claim = "The numbers are right, but not their arrangement."
    if changed and not whole:
        in_place = f"Your function {words.changes(changed)}"
        return f"{claim} {in_place}" if claim else in_place
    return claim


def _rearranged(outcomes, truth, margins):
    """Is every result the true one in another shape, and at least once in another one than expected?"""
    readings = [(mine.reading, true.reading) for mine, true in zip(outcomes, truth, strict=True)]
    if not all(mine and mine.kind == true.kind == "numbers" for mine, true in readings):
        return False
    sizes = all(mine.value.size == true.value.size for mine, true in readings)
    moved = any(mine.value.shape != true.value.shape and mine.value.size > 1 for mine, true in readings)
    return sizes and moved and all(
        (np.abs(mine.value.ravel() - true.value.ravel()) <= allowed).all()
        for (mine, true), allowed in zip(readings, margins, strict=True)
    )


def _fact(exercise, outcomes, suspicion, answer):
    """What the answer is, compared with the right one, where no mistake is proven; beside one, only of a single answer,
    which proves little."""
    if suspicion and exercise.ask == "function":
        return None
    from . import facts  # a right answer never needs them

    try:
        return facts.otherwise(exercise, outcomes[0], suspicion) if suspicion else facts.fact(
            exercise, outcomes, answer)
    except Exception:   # the verdict stands without it
        if FACTS_MAY_FAIL:
            return None
        raise


# --- nothing answered, or nothing that could be called ----------------------------------------------------------------

def _not_yet(exercise, answer):
    what = "your code" if exercise.ask == "function" else "your answer"
    todo = f"put {what} in place of TODO, then run this again. `cnn.learn.hint(\"{exercise.id}\")` helps."
    part = todo[0].upper() + todo[1:]   # drawn below a title that already says "Not yet"
    if answer is None and exercise.ask == "value":
        none = "your answer is None, which is what `print(...)` gives: it shows a value, but returns nothing."
        return Verdict(exercise.id, False, f"Not yet: {none} {part}", None, "not yet", (f"Y{none[1:]}", part),
                       fact=f"Y{none[1:]}")
    return Verdict(exercise.id, False, f"Not yet: {todo}", None, "not yet", (part,))


def _wrong(exercise, *parts, suspicion=None, fact=None, **more):
    parts = tuple(part for part in parts if part)
    message = f"Not right yet. {' '.join(parts)}"
    return Verdict(exercise.id, False, message, suspicion, "wrong", parts, fact=fact, **more)


def _unfit(exercise, answer):
    """Why an answer is not a function that takes these arguments, or not a value where one is asked for; or None."""
    if exercise.ask == "value":
        return "The answer should be a value, without `def` or `lambda`." if callable(answer) else None
    if not callable(answer):
        slip = f": pass the function itself, `{exercise.name}`, without calling it"
        return f"The answer should be a function, found {words.a(answer)}{slip}."
    return misfit(exercise, answer)


def _unanswered(answer, done):
    """Is there still a TODO: returned, or where the function stopped?"""
    if any(outcome.reading and outcome.reading.kind == "todo" for outcome in done.outcomes):
        return True
    errors = [outcome.kind for outcome in done.outcomes if outcome.kind]
    names_used = getattr(getattr(answer, "__code__", None), "co_names", ())
    return "NotImplementedError" in errors[:1] or bool(errors and "TODO" in names_used)
