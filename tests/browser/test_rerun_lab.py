"""A cell that is run again and again in JupyterLab: one player is alive, in the kernel and on the page."""

import nbformat
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_notebook
from test_player_lab import Player, run_cell

SETUP = """import comm
import numpy as np

import cnnlib as cnn

scene = cnn.viz.slide(np.arange(64).reshape(8, 8) % 5, [[1, 0, -1]] * 3, padding=1)"""
SHOW, MAKE, HELD = "scene.player(step=1)", "player = scene.player(step=2)", "player"
COUNT = "print(len(comm.get_comm_manager().comms), player.step, player.comm is None)"


def memory(page):
    """Nodes of the page, detached ones included, and the megabytes of its scripts, once what is free is free."""
    session = page.context.new_cdp_session(page)
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return session.send("Memory.getDOMCounters")["nodes"], session.send("Runtime.getHeapUsage")["usedSize"] / 1e6


def test_cells_run_again(lessons, open_notebook):
    cells = map(new_code_cell, (SETUP, SHOW, MAKE, HELD, COUNT))
    nbformat.write(new_notebook(cells=list(cells), metadata=KERNEL), lessons / "again.ipynb")
    notebook = open_notebook("again.ipynb")
    notebook.run_all()
    nodes = megabytes = first = None
    page, before = notebook.page, run_cell(notebook, 4)
    live = page.locator(".cnn-player[data-step]")
    for n in range(6):
        run_cell(notebook, 1)
        page.wait_for_function("document.querySelectorAll('.cnn-player[data-step]').length === 2")
        nodes, megabytes = memory(page) if n in (1, 5) else (nodes, megabytes)
        first = (nodes, megabytes) if n == 1 else first
    assert nodes < first[0] + 100 and megabytes < first[1] + 4 * 0.4, "and the page has forgotten the others"
    assert run_cell(notebook, 4) == before, "of six players one is left, and the one in a variable"

    # The one in a variable is alive, and still is when only the page shows it.
    held = Player(notebook, 1)
    held.press("Next step")
    assert held.step == 3
    for _ in range(40):
        if (found := run_cell(notebook, 4)) == before.replace(" 2 ", " 3 "):
            break
    assert found == before.replace(" 2 ", " 3 ")
    run_cell(notebook, 2)
    assert live.count() == 2
    held.press("Next step")
    assert held.step == 4
    run_cell(notebook, 3)   # now the new one is shown in its place
    page.wait_for_function("document.querySelectorAll('.cnn-player[data-step=\"2\"]').length === 1")
    assert run_cell(notebook, 4) == before and notebook.problems() == []
