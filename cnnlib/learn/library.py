"""The exercises and quizzes there are: found by the names of their files, loaded when they are asked for."""

import importlib
import pkgutil
import re
from pathlib import Path

_HERE = Path(__file__).parent
_PACKAGE = __name__.rpartition(".")[0]


def exercises(lesson=None):
    """The ids of all exercises in order, or of one lesson's.

    >>> "01.2" in exercises("01")
    True
    """
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

    Raises ValueError for an id that there is not.

    >>> exercise("01.2").signature
    'slide(x, w): (L,), (F,) -> (L - F + 1,)'
    """
    if id not in exercises():
        near = [each for each in exercises() if str(id)[:2] == each[:2]] or exercises()
        raise ValueError(f"id: found {id!r:.60}, expected one of {', '.join(near)}")
    lesson, number = id.split(".")
    return importlib.import_module(f"{_PACKAGE}.lesson_{lesson}.e{int(number):02d}").EXERCISE


def check(id, answer):
    """The `Verdict` on an answer to an exercise; as the last line of a cell it draws itself.

    Whatever the answer does when it is called becomes part of the verdict. Raises ValueError for an id that there
    is not.

    >>> check("00.1", 750).passed
    False
    """
    return exercise(id).check(answer)


def _modules(lesson, pattern):
    return _names(_HERE / f"lesson_{lesson}", pattern)


def _names(folder, pattern):
    return sorted(m.name for m in pkgutil.iter_modules([str(folder)]) if re.fullmatch(pattern, m.name))
