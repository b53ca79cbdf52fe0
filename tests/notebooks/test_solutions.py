"""The solution notebooks are what their generator makes of the exercises today, and all of them are right.

Their outputs are compared by nbval, like those of every notebook.
"""


import pytest
from nbformat.v4 import new_code_cell, new_notebook

import cnnlib as cnn
from cnnlib.learn.library import lessons
from tools import solutions, store
from tools.house_style import LESSON_RULES, RULES, read, short_code

every_lesson = pytest.mark.parametrize("number", lessons())


@pytest.mark.alike(2)
@every_lesson
def test_it_is_what_the_generator_makes(number):
    """After a change to an exercise or a quiz: python -m tools.solutions"""
    assert solutions.sources(read(solutions.path(number))) == solutions.sources(solutions.notebook(number))


@every_lesson
def test_every_solution_is_right(number):
    """Each exercise once, and with another way once more."""
    stored = read(solutions.path(number))
    checks = [cell for cell in stored.cells if ".check(" in cell.source]
    assert all(cell.outputs[0].data["text/plain"].startswith("Right. ") for cell in checks)
    ways = [1 + bool(solutions.another(cnn.learn.exercise(id))) for id in cnn.learn.exercises(number)]
    assert len(checks) == sum(ways)


@every_lesson
def test_house_style(number):
    """The rules for all notebooks; a solution may be longer than a cell of a lesson."""
    path = solutions.path(number)
    for rule in RULES:
        if rule not in (*LESSON_RULES, short_code):
            assert rule(read(path), path.parent) == [], rule.__name__


def test_there_are_no_others():
    """One for each lesson with exercises."""
    assert sorted(solutions.FOLDER.glob("*")) == sorted(map(solutions.path, lessons()))


@pytest.mark.long
def test_another_way_is_another_way():
    """And at least half of the exercises that ask for a function have one to show."""
    asked = [ex for ex in map(cnn.learn.exercise, cnn.learn.exercises()) if ex.ask == "function"]
    shown = [(ex, other) for ex in asked if (other := solutions.another(ex))]
    assert all(other != ex.source for ex, other in shown) and len(shown) >= len(asked) / 2


def test_a_solution_that_does_not_run_is_not_stored(monkeypatch, tmp_path):
    """Nor one that shows where it was made."""
    monkeypatch.setattr(solutions, "path", lambda number: tmp_path / "01.ipynb")
    for source in ("1 / 0", "print('/home/someone')"):
        bad = store.tidy(new_notebook(cells=[new_code_cell(source)]))
        monkeypatch.setattr(solutions, "notebook", lambda number, bad=bad: bad)
        assert solutions.write("01")[1] and not (tmp_path / "01.ipynb").exists()
