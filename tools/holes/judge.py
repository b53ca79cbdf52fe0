"""Which answers are right in every case; of the others, the first case says so and the rest is not asked."""

from cnnlib.learn.comparing import complaint
from cnnlib.learn.lesson_06.network import NetworkExercise, described
from cnnlib.learn.trying import tried

SECONDS = 0.5    # for some calls together: a changed loop may never end


def survives(exercise, answer, order=None):
    """Is a function right in every case? `order`, a list of the numbers of the cases, is kept: the one that saw last
    that something is wrong is asked first, and alone."""
    answer = described(answer) if isinstance(exercise, NetworkExercise) else answer
    order = list(range(len(exercise.all_cases))) if order is None else order
    for numbers in (order[:1], order[1:]):
        wrong = _wrong(exercise, answer, numbers)
        if wrong is not None:
            order.remove(wrong)
            order.insert(0, wrong)
            return False
    return True


def _wrong(exercise, answer, numbers):
    """The first of these cases in which something is wrong, or None."""
    cases = [exercise.all_cases[number] for number in numbers]
    done = tried(exercise, answer, cases, SECONDS)
    for number, case, outcome in zip(numbers, cases, done.outcomes, strict=False):
        truth = exercise.known.truth[number].reading
        if outcome.error or outcome.changed or complaint(exercise, case, outcome.reading, truth):
            return number
    return numbers[len(done.outcomes)] if done.ended else None
