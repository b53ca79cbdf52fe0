"""Measured numbers: seen by the learner, passed over by the comparison; what is expected of them is compared."""

import math
from pathlib import Path

import nbformat
import pytest
from compared import differences

from cnnlib.learn import library, measured

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[01][0-9]_*.ipynb"))


def test_the_learner_sees_the_number():
    data = measured({"accuracy": (0.87449, "above 86 %")})._repr_mimebundle_()
    assert ">87.4 %</data>" in data["text/html"] and "✗" not in data["text/html"]
    assert data["text/plain"] == "accuracy: above 86 %"
    missed = measured({"accuracy": (0.85, "above 86 %")})._repr_mimebundle_()
    assert missed["text/plain"] == "accuracy: not above 86 %" and "✗" in missed["text/html"]


@pytest.mark.parametrize(("value", "expected", "number", "kept"), [
    (0.123, "below 10 points", "12.3 points", False), (0.02, "below 4 points", "2.0 points", True),
    (2.3026, "below 2.5", "2.30", True), (7, "below 10", "7", True), (1234, "above 1000", "1,234", True),
    (math.nan, "above 86 %", "nan %", False), (0.86, "above 86 %", "86.0 %", False),
    (math.inf, "below 1", "inf", False), (6000, "at most 6000", "6,000", True), (0.5, "at least 50 %", "50.0 %", True),
])
def test_numbers_and_limits(value, expected, number, kept):
    (row,) = measured({"it": (value, expected)}).rows
    assert (row.number, row.kept) == (number, kept)


def test_names_are_no_html():
    assert "&lt;b&gt;" in measured({"<b>": (1, "above 0")})._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize("rows", [
    {}, [1], None, {"a": 1}, {"a": (1,)}, {"a": ("1", "above 0")}, {"a": (1, "about 0")}, {"a": (1, 0)},
    {"a": (True, "above 0")}, {"a": (1j, "above 0")}, {"a": (1, "above 0 apples")},
])
def test_other_things(rows):
    with pytest.raises((TypeError, ValueError), match="rows"):
        measured(rows)


def test_a_lesson_knows_what_to_expect():
    (row,) = measured({"training accuracy": 0.97}, lesson="06").rows
    assert (row.number, row.expected, row.kept) == ("97.0 %", "above 98 %", False)


@pytest.mark.parametrize(("rows", "lesson", "said"), [
    ({"training accuracy": 0.97}, "99", "lesson: found '99', expected one of 06"), ({"accuraci": 1}, "06", "accuraci"),
    ({"training accuracy": (0.97, "above 98 %")}, "06", "training accuracy"), ({3: 1}, "06", "of 3;"),
])
def test_what_no_lesson_knows(rows, lesson, said):
    with pytest.raises((TypeError, ValueError)) as caught:
        measured(rows, lesson=lesson)
    assert said in str(caught.value) and len(str(caught.value)) < 300


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_what_a_lesson_expects_is_what_its_notebook_shows(path):
    """Every limit of the lesson's file is used there, none is given in a cell."""
    cells = nbformat.read(path, 4).cells
    shown = {line for cell in cells for output in cell.get("outputs", ()) if "learn.measured(" in cell.source
             and "table" in output.get("data", {}).get("text/html", "")
             for line in output.data["text/plain"].replace(": not ", ": ").split("\n")}
    known = library.expected(path.stem[:2]) if shown else {}
    assert shown == {f"{name}: {limit}" for name, limit in known.items()}


def test_nbval_compares_the_limits_and_not_the_numbers(tmp_path, request):
    def shown(value, limit):
        data = measured({"accuracy": (value, f"above {limit} %")})._repr_mimebundle_()
        return [nbformat.v4.new_output("execute_result", data, execution_count=1)]

    cells = [nbformat.v4.new_code_cell("f()", execution_count=1, outputs=shown(value, limit))
             for value, limit in ((0.9, 86), (0.7, 86), (0.9, 85))]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path := tmp_path / "measured.ipynb")
    found = differences(path, [shown(0.88, 86)] * 3, request)
    assert [line.partition(":")[0] for line in found] == ["Cell 1", "Cell 2"], found
