"""A function beside the scene inside JupyterLab: after an edit Python calls it again and says what differs now."""

import nbformat
import pytest
from editing import click
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_notebook
from test_edit_lab import LabPlayer, python_has

SHOW = """import cnnlib as cnn

scene = cnn.viz.pool([[1, 2, 5, 6], [3, 4, 7, 8]], 2)
player = cnn.viz.SlidePlayer.compare(scene, lambda x, kernel_size: [[x[:, :2].max(), 9]])
player"""
READ = "print(player.calls, player.yours, player.differs)"
TOLD = "document.querySelector('.cnn-compare span').textContent"


@pytest.mark.long
def test_what_differs_follows_an_edit(lessons, open_notebook):
    cells = [new_code_cell(SHOW), new_code_cell(READ)]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), lessons / "compare.ipynb")
    notebook = open_notebook("compare.ipynb")
    notebook.run_all()
    page, player = notebook.page, LabPlayer(notebook.page)
    says = "The same up to step 1; here yours is 9, the true value is 8."
    page.wait_for_function(f"says => {TOLD} === says", arg=says)
    for (row, column), keys, expected, said in [
        ((0, 0), "0", "2 [[4.0, 9.0]] [1]", says),   # nothing changes but the scene
        ((1, 3), "9", "3 [[4.0, 9.0]] []", ""),
    ]:
        click(player, "x", row, column)
        for key in (*keys, "Enter"):
            page.keyboard.press(key)
        python_has(notebook, expected)
        page.wait_for_function(f"said => {TOLD} === said", arg=said, timeout=5000)
    assert notebook.problems() == []
