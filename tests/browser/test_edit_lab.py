"""Editing inside JupyterLab: what is typed and dragged is Python's, and the notebook does not react to the keys."""

import nbformat
from editing import click, spot
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_notebook
from player_page import PagePlayer
from test_player_lab import run_cell

SHOW = "import cnnlib as cnn\n\nplayer = cnn.viz.slide([[1] * 6] * 6, [[1, 0, -1]] * 3).player()\nplayer"
READ = "print(player.x[2, 3], player.w[0, 0], player.scene.stride, player.scene.output[0, 0])"
CELLS = "JSON.stringify(jupyterapp.shell.currentWidget.content.model.toJSON().cells.map(c => [c.cell_type, c.source]))"


class LabPlayer(PagePlayer):
    """The one player of a notebook; its scene has no padding."""

    def __init__(self, page):
        super().__init__(page, 0)
        self.root = page.locator(".cnn-player")
        self.handle = "{ root: document.querySelector('.cnn-player'), state: { spec: { padding: [[0, 0], [0, 0]] } } }"


def python_has(notebook, expected):
    """Python has these values, at once or soon: while it is busy, JupyterLab sends only the last of several changes."""
    for _ in range(40):
        found = run_cell(notebook, 1).split("\n")[0]
        if found == expected:
            return
        notebook.page.wait_for_timeout(50)
    raise AssertionError(f"Python has {found}, not {expected}")


def takes(player, name, text, where, shown, key="Enter"):
    """A field is filled, a key pressed, and nothing else done: does the player show what is said?"""
    player.control(name).fill(text)
    player.page.keyboard.press(key)
    told = "([where, shown]) => document.querySelector(`.cnn-player ${where}`).textContent.includes(shown)"
    player.page.wait_for_function(told, arg=[where, shown], timeout=5000)
    assert player.page.evaluate("document.activeElement.getAttribute('aria-label')") == name


def test_edited_values_are_pythons(lessons, open_notebook):
    cells = [new_code_cell(SHOW), new_code_cell(READ)]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), lessons / "edit.ipynb")
    notebook = open_notebook("edit.ipynb")
    notebook.run_all()
    page, player = notebook.page, LabPlayer(notebook.page)
    before = page.evaluate(CELLS)
    click(player, "x", 2, 3)
    for key in ("1", "2", "Enter"):   # elsewhere in JupyterLab these make a heading of the cell and run it
        page.keyboard.press(key)
    x, y = spot(player, "w", 0, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 28, steps=5)
    page.mouse.up()
    takes(player, "Stride", "2", ".cnn-size", "/2")   # with the focus still in the field
    python_has(notebook, "12.0 5.0 (2, 2) 4.0")
    player.root.focus()
    for key in ("Control+z", "Control+z", "d", "d", "a", "x", "Delete"):
        page.keyboard.press(key)
    python_has(notebook, "12.0 1.0 (1, 1) 0.0")
    assert page.evaluate(CELLS) == before and notebook.problems() == []
    takes(player, "Kernel size", "2", ".cnn-size", "− 2)")
    takes(player, "Padding", "1", ".cnn-size", "2·1")
    takes(player, "bias b[0]", "0,5", ".cnn-sum", "0.5")
    takes(player, "bias b[0]", "7", ".cnn-sum", "0.5", key="Escape")
    assert player.control("bias b[0]").input_value() == "0.5" and page.evaluate(CELLS) == before
    # The same keys, not kept from JupyterLab, would have been noticed.
    player.js("player.root.removeAttribute('data-lm-suppress-shortcuts')")
    page.evaluate("jupyterapp.commands.execute('notebook:enter-command-mode')")
    player.root.focus()
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.wait_for_function(f"before => {CELLS} !== before", arg=before, timeout=5000)
