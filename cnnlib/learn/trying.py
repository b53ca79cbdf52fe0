"""Try an answer on the cases of an exercise."""

import contextlib
import inspect
from dataclasses import dataclass

from ..trial import reading
from ..trial.calls import Run, outcome, run
from ..trial.reading import Reading
from .comparing import alike, margin
from .todo import Todo


@dataclass
class Tried(Run):
    """A `trial.calls.Run`, and whether the first case, tried once more at the end, came to something else."""

    remembers: bool = False


def tried(exercise, answer, cases, shown=True):
    """Call a function on each of `cases`, look at a value as if a function had returned it: a `Tried`. What it displays
    for the first case is displayed, if it is to be `shown`. Raises nothing."""
    form = _form(answer)
    calls = [_way(form, case, exercise.arguments) or (case.args, case.named) for case in cases]
    again = calls[:1] if callable(answer) else []
    done = Tried(**vars(run(_function(answer), calls + again, exercise.arguments, _reader(exercise))))
    if len(done.outcomes) > len(cases):
        done.remembers = not _same(exercise, cases[0], done.outcomes[0], done.outcomes.pop())
    elif len(done.outcomes) == len(cases) and not done.interrupted:
        done.ended = None   # for the once more there was no time
    for picture in done.pictures if shown else ():
        from IPython.display import publish_display_data  # who displays has it

        publish_display_data(**picture)
    return done


def _same(exercise, case, first, second):
    return alike(first, second, margin(exercise, case, first.reading, first.reading) if first.reading else 0)


def trusted(exercise, answer, case):
    """The `Outcome` for one of our own answers."""
    return outcome(_function(answer), case.args, case.named, exercise.arguments, _reader(exercise))


def _function(answer):
    return answer if callable(answer) else lambda: answer


def _reader(exercise):
    several = len(exercise.returns) if isinstance(exercise.returns, tuple) else 0
    return lambda result: _read(result, several)


def _read(result, several):
    """A `Reading`, of the kind "todo" where nothing was answered."""
    return Reading("todo") if _holds_todo(result) else reading.read(result, several)


def _holds_todo(result, depth=4):
    if type(result) is Todo:   # others may claim to be anything
        return True
    rows = type(result) in (list, tuple) and len(result) < 1000 and depth > 0   # a list may hold itself
    return rows and any(_holds_todo(row, depth - 1) for row in result)


# --- how a function takes its arguments -------------------------------------------------------------------------------

def misfit(exercise, function):
    """Why `function` cannot be called with these arguments, in a sentence; None if it can."""
    case = exercise.all_cases[0]
    if _way(_form(function), case, exercise.arguments):
        return None
    try:
        inspect.signature(function).bind(*case.args, **case.named)
    except TypeError as error:
        return f"Your function cannot be called as {exercise.signature.partition(':')[0].strip()}: {error}."


def _form(function):
    """Its `inspect.Signature`; None where it does not say, as some functions written in C."""
    try:
        return inspect.signature(function)
    except Exception:
        return None


def _way(form, case, names):
    """(args, named) as a function of this form takes a case: as it is written, all by position if it has names of its
    own, or all by name; None if in neither way."""
    ways = [(case.args, case.named), ((*case.args, *case.named.values()), {}),
            ((), dict(zip(names, case.args, strict=False)) | case.named)]
    if form is None:
        return ways[0]
    for args, named in ways:
        with contextlib.suppress(TypeError):
            form.bind(*args, **named)
            return args, named
    return None
