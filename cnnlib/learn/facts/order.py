"""Arguments in another order: the answer itself is called once more, with two of them exchanged."""

import copy
import itertools

from ..comparing import complaint
from ..trying import tried
from .inputs import kind


def exchanged(exercise, outcomes, answer):
    """A sentence, if the answer is right in every case as soon as two arguments of one sort change places; or None."""
    cases, names = exercise.all_cases, exercise.arguments
    pairs = [(i, j) for i, j in itertools.combinations(range(len(cases[0].args)), 2)
             if kind(cases[0].args[i]) == kind(cases[0].args[j]) not in (None, "function")]
    wrong = [n for n, outcome in enumerate(outcomes) if not _right(exercise, n, outcome)]
    if answer is None or len(wrong) < 2:
        return None
    for numbers in (wrong[:1], range(len(cases))):   # of most pairs the first will do
        calls = [_swapped(cases[n], *pair) for pair in pairs for n in numbers]
        done = iter(tried(exercise, answer, calls, shown=False).outcomes if calls else ())
        each = [list(itertools.islice(done, len(numbers))) for _ in pairs]
        pairs = [pair for pair, part in zip(pairs, each, strict=True) if len(part) == len(numbers) and all(
            _right(exercise, n, outcome) for n, outcome in zip(numbers, part, strict=True))]
    if len(pairs) != 1:
        return None
    a, b = (names[k] for k in pairs[0])
    order = f"{exercise.name}({', '.join(names)})"
    return (f"Your function uses `{a}` as `{b}` and `{b}` as `{a}`: if you swap them in the call, everything is right. "
            f"The order is `{order}`.")


def _right(exercise, number, outcome):
    case, true = exercise.all_cases[number], exercise.known.truth[number].reading
    return bool(outcome.reading) and not complaint(exercise, case, outcome.reading, true)


def _swapped(case, i, j):
    case = copy.copy(case)
    case.args = tuple(case.args[{i: j, j: i}.get(k, k)] for k in range(len(case.args)))
    return case
