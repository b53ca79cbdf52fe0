"""The view of shifts in JupyterLab: stored, alive after a run, moved by keys, known to Python."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import store

CODE = """import numpy as np

import cnnlib as cnn

made = cnn.viz.shifts([0, 0, 1, 1, 0, 0, 1, 1], {"pool": lambda a: a.reshape(-1, 2).max(1), "all": np.max})
player = made.player(shift=1)
player"""
READ = "print(player.shift)"
RUN = """number => {
  const { content, context } = jupyterapp.shell.currentWidget;
  content.activeCellIndex = number;
  return jupyterapp.commands.execute("notebook:run-cell")
    .then(() => context.model.cells.get(number).toJSON().outputs.map(output => output.text ?? "").join(""));
}"""


def test_in_jupyterlab(lessons, open_notebook, requests_outside):
    """Stored, alive without Python; run, with it: arrow keys shift, Python knows, and choose no other cell."""
    path = lessons / "shifts.ipynb"
    cells = [new_markdown_cell("# Shifts"), new_code_cell(CODE), new_code_cell(READ)]
    nbformat.write(new_notebook(cells=cells), path)
    assert store.store(path) == (True, [])
    text = path.read_text(encoding="utf-8")
    assert "widget-view" not in text and "Shifts 8 -> pool 4 -> all 1, 8 shifts, " in text
    notebook = open_notebook("shifts.ipynb")
    assert notebook.problems() == [] and notebook.page.locator(".cnn-shifts").count() == 1
    notebook.run_all()
    assert notebook.problems() == []
    root = notebook.page.locator(".cnn-shifts")
    assert root.get_attribute("data-shift") == "1" and "2 of 4 unchanged" in root.inner_text()
    root.get_by_label("Shift", exact=True).focus()
    active = notebook.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex")
    for _ in range(3):
        notebook.page.keyboard.press("ArrowRight")
    assert root.get_attribute("data-shift") == "4" and "4 of 4 moved along" in root.inner_text()
    assert notebook.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == active
    # what the browser sends may come after a cell that was just started
    assert any(notebook.page.evaluate(RUN, 2).strip() == "4" for _ in range(3))
    notebook.page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    root.and_(notebook.page.locator("[data-theme=dark]")).wait_for()
    assert requests_outside == []
