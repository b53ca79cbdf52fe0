"""One remark on a right answer, where it deserves one: how it is written, never that it is right after all."""

import ast
import re

import numpy as np

from ..trial.calls import run
from .code import LOOPS, parsed

BACKWARDS = "One remark: your code reads `{}` with an index below 0, which Python counts from the end. The numbers " \
    "are right anyway; in most other languages the program would stop."
BORROWED = "One remark: `{}` did the work. Write it yourself once, as the exercise asks: you will learn more."
NOT_TO_USE = re.compile(r"(?:[Dd]o not use|without)((?:\s+(?:or\s+)?`(?:cnn|np)\.[\w.]+`)+)")
LOOPED = "One remark: your code has {} nested loops, and that is fine. The inner two only walk through a window, " \
    "which a slice takes in one piece: `x[i:i + Fh, j:j + Fw]`."
TRIED = 6   # cases; of the first ones, which are small


def remark(exercise, answer):
    """A sentence about the source of a right answer, or None."""
    trees = parsed(answer)
    if not trees:
        return None
    if name := _borrowed(exercise, trees):
        return BORROWED.format(name)
    deepest = max(map(depth, trees))
    shorter = parsed(exercise.solution)
    if deepest >= 4 and max(map(depth, shorter), default=deepest) <= deepest - 2 and any(map(_slices, shorter)):
        return LOOPED.format({4: "four", 5: "five", 6: "six"}.get(deepest, deepest))
    if _subtracts(trees) and (name := _read_backwards(exercise, answer)):
        return BACKWARDS.format(name)
    return None


def depth(tree):
    """How many loops stand inside one another, the `for` of comprehensions included.

    >>> depth(ast.parse("for i in x:\\n    y = [j for j in x for k in x]"))
    3
    """
    deepest = max(map(depth, ast.iter_child_nodes(tree)), default=0)
    return deepest + len(getattr(tree, "generators", ())) + isinstance(tree, LOOPS)


def _borrowed(exercise, trees):
    """The function that the statement asks not to use, and that is used; None if none is."""
    names = re.findall(r"`([\w.]+)`", " ".join(NOT_TO_USE.findall(exercise.statement)))
    used = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return next((name for name in names if name.rpartition(".")[2] in used), None)


def _slices(tree):
    """Does this take windows in one piece?"""
    return any(isinstance(node, ast.Slice) for node in ast.walk(tree))


def _subtracts(trees):
    """Does an index subtract, as `x[i - 1]` does, and none say that it counts from the end, as in `x[-1]`?"""
    indices = [node.slice for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    within = [getattr(node, "op", None) for index in indices for node in ast.walk(index)]
    return any(isinstance(op, ast.Sub) for op in within) and not any(isinstance(op, ast.USub) for op in within)


class _Watched(np.ndarray):
    """An array that keeps in `names` that it was read with an index below 0."""

    names, name = [], None

    def __getitem__(self, index):
        parts = index if isinstance(index, tuple) else (index,)
        if self.name and any(isinstance(part, (int, np.integer)) and part < 0 for part in parts):
            _Watched.names.append(self.name)
        return super().__getitem__(index)


def _read_backwards(exercise, answer):
    """The name of an argument that is read with an index below 0 in one of the first cases; None if none is."""
    def watching(*args, **named):
        _Watched.names.clear()
        answer(*map(_watched, args, exercise.arguments), **named)
        return _Watched.names[0] if _Watched.names else ""

    done = run(watching, [(case.args, case.named) for case in exercise.all_cases[:TRIED]], exercise.arguments)
    return next((outcome.reading.value for outcome in done.outcomes if outcome.reading and outcome.reading.value), None)


def _watched(argument, name):
    if not isinstance(argument, np.ndarray):
        return argument
    watched = argument.view(_Watched)
    watched.name = name
    return watched
