"""The index of misconceptions is what the lessons say, and every lesson has its table, with its proof below it."""

import ast

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from tools import misconceptions, store

PATHS = sorted(store.NOTEBOOKS.glob("[0-9]*.ipynb"))
every_lesson = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def sources(notebook):
    """What a notebook says, cell by cell."""
    return [(cell.id, cell.source) for cell in notebook.cells]


def test_it_is_what_the_lessons_say():
    """After a change to a table: python -m tools.misconceptions"""
    assert sources(nbformat.read(misconceptions.PATH, as_version=4)) == sources(misconceptions.notebook())


@every_lesson
def test_every_lesson_names_wrong_turns_and_proves_them_wrong(path):
    """One table of two rows or more; the cell below it holds an assertion for most of them."""
    lesson = nbformat.read(path, as_version=4)
    found = misconceptions.tables(lesson)
    assert len(found) == 1, f'{len(found)} tables "| It is often thought that … | In fact … |"'
    ((cell, rows),) = found
    proof = lesson.cells[lesson.cells.index(cell) + 1]
    assert proof.cell_type == "code", "no cell that proves it"
    assertions = [node for node in ast.parse(proof.source).body if isinstance(node, ast.Assert)]
    assert len(rows) >= 2 and len(assertions) >= len(rows) / 2


def test_a_row_that_changes_is_noticed():
    """In the fact as in the thought."""
    table = "| It is often thought that … | In fact … |\n|---|---|\n| a is b | it is $c$ |\n| x | y |"
    notebook = new_notebook(cells=[new_markdown_cell(f"## Slips\n\n{table}")])
    ((_, rows),) = misconceptions.tables(notebook)
    assert rows == [("a is b", "it is $c$"), ("x", "y")]
    notebook.cells[0].source = table.replace("x | y", "x | z")
    assert misconceptions.tables(notebook)[0][1] != rows
