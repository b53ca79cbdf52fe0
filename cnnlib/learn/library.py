"""The exercises and quizzes there are: found by the names of their files, loaded when they are asked for."""

import copy
import importlib
import os
import re
from pathlib import Path

import numpy as np

from ..arguments import shown
from . import progress as notes
from . import showing

_HERE = Path(__file__).parent
_PACKAGE = __name__.rpartition(".")[0]


def exercises(lesson=None):
    """The ids of all exercises in order, or of one lesson's. Raises ValueError for an unknown lesson.

    >>> "01.2" in exercises("01")
    True
    """
    if lesson is not None:
        _one_of(lesson, "lesson", lessons())
    return [f"{number}.{int(name[1:])}" for number in lessons() if lesson in (None, number)
            for name in _modules(number, r"e\d\d")]


def lessons():
    """The numbers of all lessons with exercises or a quiz, as texts.

    >>> lessons()[:2]
    ['00', '01']
    """
    return [name.removeprefix("lesson_") for name in _names(_HERE, r"lesson_\d\d")]


def exercise(id):
    """The `Exercise` with this id; shown in a notebook, its statement.

    Raises ValueError for an unknown id.

    >>> exercise("01.2").signature
    'slide(x, w): (N,), (F,) -> (N - F + 1,)'
    """
    known = exercises()
    near = [each for each in known if isinstance(id, str) and id[:2] == each[:2]]
    _one_of(id, "id", known, near or [f"{number}.1" for number in lessons()])
    lesson, number = id.split(".")
    return importlib.import_module(f"{_PACKAGE}.lesson_{lesson}.e{int(number):02d}").EXERCISE


def check(id, answer):
    """The `Verdict` on an answer to an exercise; as the last line of a cell it draws itself. `progress` counts it.

    Whatever the answer does when it is called becomes part of the verdict, and stays without effect on this program: on
    Linux it is called in a copy of it, so that not even names that it sets are kept. Raises ValueError for an unknown
    id.

    >>> check("00.1", 750).passed
    False
    """
    verdict = exercise(id).check(answer)
    if verdict.state != "not yet":
        notes.record(id, verdict.passed, verdict.suspicion)
    return verdict


def passing(id, answer):
    """The answer to an exercise itself if it passes its check, or else the solution: to go on with. A line says which.

    Nothing is counted. Raises ValueError for an unknown id.

    >>> passing("00.1", 750)
    Exercise 00.1: the solution stands in until your answer passes.
    760
    """
    asked = exercise(id)
    yours = asked.check(answer).passed
    print(f"Exercise {id}: " + ("your own." if yours else "the solution stands in until your answer passes."))
    return answer if yours else asked.solution() if asked.ask == "value" else asked.solution


def hint(id, number=1):
    """Three hints to an exercise, each folded into the one before; where nothing folds, the first `number`.

    Raises ValueError for an unknown id, and for a `number` other than 1, 2 and 3.

    >>> hint("00.1")
    Hint 1 of 3: Count one filter first. How many numbers does it hold?
    The next one: cnn.learn.hint("00.1", 2)
    """
    if isinstance(number, np.timedelta64) or not isinstance(number, (int, np.integer)) or number not in (1, 2, 3):
        raise ValueError(f"number: found {shown(number)}, expected 1, 2 or 3")
    return showing.hints(exercise(id), number)


def solution(id):
    """A solution of an exercise and the common errors, folded. Raises ValueError for an unknown id.

    >>> print(str(solution("01.2"))[:16])
    def slide(x, w):
    """
    return showing.solution(exercise(id))


def quiz(id):
    """The `Quiz` of a lesson; shown in a notebook, it can be answered. Raises ValueError for an unknown id.

    >>> quiz("01")
    Quiz 01: 3 questions
    """
    quizzes = [lesson for lesson in lessons() if _has_quiz(lesson)]
    _one_of(id, "id", quizzes)
    return importlib.import_module(f"{_PACKAGE}.lesson_{id}.quiz").QUIZ


def tour(id, name=None):
    """The tour of a lesson, pages for `scene.player(tour=...)`; where there are several, the others have a `name`.

    Raises ValueError for a lesson that has none, or none of this name. `cnnlib.viz.slide.tour` tells what a
    page is, of lesson 06 `cnnlib.viz.kit.tour`; these may be shortened, changed, added to.

    >>> import cnnlib as cnn
    >>> cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).player(tour=tour("01")).page
    1
    """
    _one_of(id, "id", [lesson for lesson in lessons() if _modules(lesson, "tour")])
    if name is not None:
        _one_of(name, "name", [each.removeprefix("tour_") for each in _modules(id, "tour_[a-z]+")])
    module = "tour" if name is None else f"tour_{name}"
    return copy.deepcopy(importlib.import_module(f"{_PACKAGE}.lesson_{id}.{module}").TOUR)


def expected(lesson):
    """What the measurements in a lesson's notebook should give: a dictionary from their names to limits.

    They stand in a file of their own, so that no cell tells what will come out of it. Raises ValueError for a lesson
    that measures nothing.

    >>> expected("06")["training accuracy"]
    'above 98 %'
    """
    _one_of(lesson, "lesson", [each for each in lessons() if _modules(each, "expected")])
    return importlib.import_module(f"{_PACKAGE}.lesson_{lesson}.expected").EXPECTED


def progress(lesson=None):
    """What is done so far in all lessons, or in one of them: a table.

    Raises ValueError for an unknown lesson.

    >>> progress("00").head
    ['exercise', 'about', 'state', 'tries']
    """
    if lesson is None:
        return notes.lessons([(n, _title(n), exercises(n), n if _has_quiz(n) else None) for n in lessons()])
    _one_of(lesson, "lesson", lessons())
    return notes.lesson([(id, exercise(id).title) for id in exercises(lesson)], lesson if _has_quiz(lesson) else None)


def _one_of(value, name, known, near=None):
    """Raise ValueError unless `value` is one of the `known` texts; `near` are those to name."""
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{name}: found {shown(value)}, expected one of {', '.join(near or known)}")


def _title(lesson):
    return importlib.import_module(f"{_PACKAGE}.lesson_{lesson}").TITLE


def _has_quiz(lesson):
    return bool(_modules(lesson, "quiz"))


def _modules(lesson, pattern):
    return _names(_HERE / f"lesson_{lesson}", pattern)


def _names(folder, pattern):
    names = (name.removesuffix(".py") for name in os.listdir(folder))
    return sorted(name for name in names if re.fullmatch(pattern, name))
