"""The exercises and quizzes in the lessons: every one is asked once, in order, and can be answered where it stands.

What is tried here are the cells of the stored notebooks. Whether the checks themselves are right is tested in
test_exercises.py, for every exercise there is.
"""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.learn.library import lessons

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = {number: path for number in lessons() for path in NOTEBOOKS.glob(f"{number}_*.ipynb")}
CALL = re.compile(r'^cnn\.learn\.(exercise|check|hint|solution|quiz)\("([\d.]+)"', re.M)
STUB = "cnn.learn.TODO"


def code(path):
    """The sources of a notebook's code cells."""
    nb = nbformat.read(path, as_version=4)
    return [cell.source for cell in nb.cells if cell.cell_type == "code"]


def stubs(sources):
    """{id: source} of the cells in which exercises are answered."""
    return {found[2]: source for source in sources if (found := CALL.search(source)) and found[1] == "check"}


def answered(source, answer):
    """The verdict of a cell with `answer`, a piece of code, in place of the stub; and nothing else in reach."""
    ends = [node.end_lineno for node in ast.parse(source).body]
    check = source.splitlines()[ends[-2]:]
    space = {"np": np, "cnn": cnn}
    exec(answer, space)
    return eval("\n".join(check).strip(), space)


STUBS = [pytest.param(id, source, id=id) for path in PATHS.values() for id, source in stubs(code(path)).items()]


@pytest.mark.parametrize("lesson", PATHS)
def test_every_exercise_is_asked_once_in_order(lesson):
    """Statement, check, hints, solution, then the next exercise; at the end the quiz, if there is one."""
    found = [call.groups() for source in code(PATHS[lesson]) for call in CALL.finditer(source)]
    kinds = ("exercise", "check", "hint", "solution")
    expected = [(kind, id) for id in cnn.learn.exercises(lesson) for kind in kinds]
    assert found == [*expected, ("quiz", lesson)]


@pytest.mark.parametrize("lesson", PATHS)
def test_the_quiz_is_worth_its_time(lesson):
    """Three questions or more, and never a choice of two only."""
    questions = cnn.learn.quiz(lesson).questions
    assert len(questions) >= 3 and all(len(question.options) >= 3 for question in questions)


@pytest.mark.alike(2)
@pytest.mark.parametrize(("id", "source"), STUBS)
def test_the_stub_is_not_yet(id, source):
    """And it bears the names that the statement and the solution use."""
    ex = cnn.learn.exercise(id)
    body = ast.parse(source).body
    assert STUB in source and len(body) == 2, "a stub, and its check"
    stub = "\n".join(source.splitlines()[:body[0].end_lineno])
    assert answered(source, stub).state == "not yet"
    if ex.ask == "function":
        assert body[0].name == ex.name and tuple(arg.arg for arg in body[0].args.args) == ex.arguments
    else:
        assert body[0].targets[0].id == ex.name


@pytest.mark.alike(3)
@pytest.mark.parametrize(("id", "source"), STUBS)
def test_the_solution_in_place_of_the_stub_passes(id, source):
    """As someone would paste it; what is wrong, pasted in the same way, does not pass."""
    ex = cnn.learn.exercise(id)
    pasted = ex.source if ex.ask == "function" else f"{ex.source}\n\nanswer = solution()"
    assert answered(source, pasted).passed
    assert not answered(source, pasted.replace("return ", "return 2 * ")).passed


def test_the_numbers_of_quiz_00():
    """In lesson 01 they are calculated below the quiz; here that would give the answers away."""
    kernel = np.array([[-1, 0, 1]] * 3)
    sky = np.full((3, 3), 200)
    small, large = (cnn.nn.Linear(side * side, 16).weight.size for side in (28, 56))
    first, second, _ = cnn.learn.quiz("00").questions
    numbers = [(sky * kernel).sum(), sky[:, 2].sum(), sky.sum(), sky[0, 0]]
    assert {option.text for option in first.options} == {str(n) for n in numbers} and "16 outputs" in second.text
    right = [option.text for question in (first, second) for option in question.options if option.right]
    assert right == [str(numbers[0]), str(large // small)] == ["0", "4"]


def test_there_are_lessons():
    """Or nothing above was tested."""
    assert {"00", "01"} <= set(PATHS) and len(STUBS) >= 7
