"""Try an answer on the cases of an exercise."""

import inspect

from ..trial import reading
from ..trial.calls import run
from ..trial.reading import Reading
from .todo import Todo


def tried(exercise, answer, cases, seconds=None):
    """Call a function on each of `cases`, look at a value as if a function had returned it: a `trial.calls.Run`.

    `seconds` are for all calls together. Raises nothing.
    """
    several = len(exercise.returns) if isinstance(exercise.returns, tuple) else 0
    function = answer if callable(answer) else lambda: answer
    calls = [(case.args, case.named) for case in cases]
    return run(function, calls, exercise.arguments, lambda result: _read(result, several), seconds)


def _read(result, several):
    """A `Reading`, of the kind "todo" where nothing was answered."""
    return Reading("todo") if _holds_todo(result) else reading.read(result, several)


def _holds_todo(result):
    if isinstance(result, Todo):
        return True
    return type(result) in (list, tuple) and len(result) < 1000 and any(map(_holds_todo, result))


def misfit(function, case, signature):
    """Why `function` cannot be called with this case, in a sentence; None if it can."""
    try:
        form = inspect.signature(function)
    except (TypeError, ValueError):   # some functions written in C do not say
        return None
    try:
        form.bind(*case.args, **case.named)
    except TypeError as error:
        wanted = signature.partition(":")[0].strip()
        return f"Your function cannot be called as {wanted}: {error}."
    return None
