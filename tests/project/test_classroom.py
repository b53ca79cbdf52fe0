"""`python -m tools.classroom` without a hub: its students answer rightly, and a loss would be noticed.

The hub itself is not among the tests' packages: the docs say what a run has shown.
"""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

import cnnlib as cnn
from tools import classroom, solutions, store


@pytest.mark.parametrize("number", cnn.learn.library.lessons())
def test_every_exercise_gets_an_answer(number):
    """No stub is left, and each check comes after the solution, under the name that it checks."""
    notebook = nbformat.read(store.NOTEBOOKS / solutions.path(number).name, as_version=4)
    assert classroom.answered(notebook) == cnn.learn.exercises(number)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "cnn.learn.check(" in cell.source:
            compile(cell.source, cell.id, "exec")
            checked = cell.source.rpartition(", ")[2].rstrip(")\n ")
            assert "cnn.learn.TODO" not in cell.source
            assert f"def {checked}(" in cell.source or f"\n{checked} = solution()\n" in cell.source


def test_the_answers_pass():
    """Values and functions of lesson 03, as a student runs them."""
    notebook = nbformat.read(store.NOTEBOOKS / solutions.path("03").name, as_version=4)
    classroom.answered(notebook)
    checks = [cell for cell in notebook.cells if cell.cell_type == "code" and "cnn.learn.check(" in cell.source]
    assert len(checks) == len(cnn.learn.exercises("03"))
    for cell in checks:
        space = {"cnn": cnn}
        exec(cell.source.replace("cnn.learn.check(", "verdict = cnn.learn.check("), space)
        assert space["verdict"].passed


def handed_in():
    """What a kernel sent to a small notebook with one exercise, and the progress after it."""
    cells = [new_markdown_cell("# A"), new_code_cell("1 + 1", execution_count=1, outputs=[
        new_output("execute_result", {"text/plain": "2"}, execution_count=1)])]
    return new_notebook(cells=cells), {"exercises": {"03.1": {"passed": True, "tries": 1}}}


def test_nothing_is_lost():
    sent, progress = handed_in()
    assert classroom.lost(sent, nbformat.from_dict(sent), progress, ["03.1"]) == []


def test_each_loss_is_noticed():
    sent, progress = handed_in()
    error = new_output("error", ename="ValueError", evalue="no", traceback=[])

    def changed(change, both=False):
        kept = nbformat.from_dict(sent)
        change(kept)
        return classroom.lost(kept if both else sent, kept, progress, ["03.1"])

    assert changed(lambda nb: nb.cells.pop()) == ["the saved notebook has other cells"]
    assert changed(lambda nb: nb.cells[1].update(source="2")) == ["the saved notebook has other cells"]
    assert changed(lambda nb: nb.cells[1].update(outputs=[])) == ["cell 1 was saved without all of its outputs"]
    assert changed(lambda nb: nb.cells[1].update(outputs=[error]), both=True) == ["cell 1 ends in ValueError: no"]
    assert changed(lambda nb: nb.cells[1].update(execution_count=None), both=True) == ["cell 1 was not run"]
    for notes in ({}, {"exercises": {"03.1": {"passed": False, "tries": 2}}}):
        assert classroom.lost(sent, sent, notes, ["03.1"]) == ["exercise 03.1 does not count as passed"]


@pytest.mark.parametrize(("proxy", "found", "says"), [
    ("no-such-proxy", True, "no program no-such-proxy: see --help"), ("sh", None, "no JupyterHub in this Python"),
])
def test_what_is_missing_is_said(proxy, found, says, monkeypatch, capsys):
    monkeypatch.setattr(classroom.importlib.util, "find_spec", lambda name: found)
    monkeypatch.setattr(classroom.shutil, "which", lambda name: name if name == "sh" else None)
    with pytest.raises(SystemExit) as ended:
        classroom.main(["--proxy", proxy])
    assert ended.value.code == 2 and says in capsys.readouterr().err


def test_ports_differ():
    assert len(set(classroom.free_ports(3))) == 3


def test_a_line_of_the_report():
    assert classroom.line("seconds", [3.2, 1.1, 9.9]) == "seconds: 1 to 10, median 3"
