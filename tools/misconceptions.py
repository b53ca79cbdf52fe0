"""Write notebooks/misconceptions.ipynb: the misconceptions of all lessons, collected from their tables.

    python -m tools.misconceptions
    python -m tools.misconceptions --check    report only, write nothing; exit 1 if it would change

A lesson has one table that begins "It is often thought that ..."; it is the source, and the cell below it proves it.
The index is never edited by hand.
"""

import re
import sys

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from . import command, store

PATH = store.NOTEBOOKS / "misconceptions.ipynb"
TABLE = re.compile(r"^\| It is often thought that … \| In fact … \|\n\|[-|]+\|\n((?:\|.*\n?)+)", re.M)
TOP = """# Index of misconceptions

These mistakes are easy to make, and hardly anybody says outright that they are mistakes. Here they are together, lesson
by lesson. In each lesson a cell below the table proves what the table says.

Slips in lecture notes have a page of their own: the [corrections](corrections.ipynb)."""


def tables(notebook):
    """(cell, rows) of every table of misconceptions in a notebook; a row is (thought, fact) in Markdown."""
    found = []
    for cell in notebook.cells:
        for match in TABLE.finditer(cell.source if cell.cell_type == "markdown" else ""):
            rows = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in match[1].splitlines()]
            found.append((cell, [(thought.strip(), fact.strip()) for thought, fact in rows]))
    return found


def lessons():
    """(path, notebook) of every lesson that has such a table."""
    read = [(path, nbformat.read(path, as_version=4)) for path in sorted(store.NOTEBOOKS.glob("[0-9]*.ipynb"))]
    return [(path, notebook) for path, notebook in read if tables(notebook)]


def notebook():
    """The index as a notebook."""
    cells = [("top", TOP)]
    for path, lesson in lessons():
        title = re.search(r"^# (.+)$", lesson.cells[0].source, re.M)[1]
        ((cell, rows),) = tables(lesson)
        lines = [f"## {title}", "", "| It is often thought that … | In fact … |", "|---|---|"]
        lines += [f"| {thought} | {fact} |" for thought, fact in rows]
        lines += ["", f"Shown in [lesson {path.stem[:2]}]({path.name}#cell-id={cell.id})."]
        cells.append((f"lesson-{path.stem[:2]}", "\n".join(lines)))
    made = new_notebook(cells=[new_markdown_cell(text) for _, text in cells])
    for (id, _), cell in zip(cells, made.cells, strict=True):
        cell["id"] = id
    return store.tidy(made)


def main(arguments=None):
    """The command line; returns the exit code."""
    options = command.parser("tools.misconceptions", __doc__).parse_args(arguments)
    changed = command.put(PATH, nbformat.writes(notebook()) + "\n", options.check)
    return int(command.told(PATH, changed, options.check))


if __name__ == "__main__":
    sys.exit(main())
