"""From Shift+Enter to a painted player in JupyterLab, and the time of making its still; writes paint.md.

    uv run python benchmarks/paint.py [players]

A player of 7x7 cells and a 3x3 kernel, in a real JupyterLab and a real Chromium. The clock is that of the page: it
starts with the key and stops when a frame with the painted canvas has been shown. The first player of a kernel also
imports matplotlib and the widgets, so it is told apart. Medians, and beside them the quickest.
"""

import os
import pathlib
import sys
import tempfile
import time

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import sync_playwright
from timing import machine

import cnnlib as cnn

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "tests" / "browser"))
from lab import FLAGS, Notebook, find_chromium, lab_page, server

RESULTS = pathlib.Path(__file__).with_name("paint.md")
IMPORTS = "import numpy as np\n\nimport cnnlib as cnn"
PLAYER = "cnn.viz.slide(np.arange(49).reshape(7, 7) % {n}, [[1, 0, -1]] * 3).player()"
STAGES = {   # what happens on the way, as the page sees it
    "busy": "the kernel has begun", "comm_open": "the widget's model is there", "execute_result": "the output is there",
    "painted": "painted"}
MEASURE = """number => new Promise(done => {
    const { content, context } = jupyterapp.shell.currentWidget, seen = {};
    const kernel = context.sessionContext.session.kernel, cell = content.widgets[number];
    const note = name => { seen[name] ??= performance.now() - begun; };
    let begun = performance.now();
    const told = (_, { header, content }) =>
        note(header.msg_type === "status" ? content.execution_state : header.msg_type);
    document.addEventListener("keydown", () => { begun = performance.now(); }, { capture: true, once: true });
    const watch = new MutationObserver(() => {
        const canvas = cell.node.querySelector(".cnn-player[data-step] canvas");
        if (!canvas) return;
        watch.disconnect();
        // Sizes are observed right before a frame is painted: what comes next comes after it.
        const sized = new ResizeObserver(() => setTimeout(() => {
            note("painted");
            sized.disconnect();
            kernel.iopubMessage.disconnect(told);
            done(seen);
        }));
        sized.observe(canvas);
    });
    kernel.iopubMessage.connect(told);
    watch.observe(cell.node, { subtree: true, childList: true, attributes: true });
    content.activeCellIndex = number;
    content.deselectAll();
    content.activate();
    window.ready = true;
})"""


def in_jupyterlab(players):
    """For each of so many players, the milliseconds after which each of the stages was reached."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        notebooks, home = pathlib.Path(folder, "notebooks"), pathlib.Path(folder, "home")
        notebooks.mkdir()
        home.mkdir()
        cells = [IMPORTS, *(PLAYER.format(n=n + 3) for n in range(players))]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        book = new_notebook(cells=[new_markdown_cell("# Players"), *map(new_code_cell, cells)], metadata=kernel)
        nbformat.write(book, notebooks / "players.ipynb")
        with server(notebooks, home) as address:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            notebook = Notebook(lab_page(context, *address, "players.ipynb"), "players.ipynb")
            notebook.page.evaluate("""async () => {
                jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
                await jupyterapp.commands.execute("notebook:run-cell");
            }""")
            found = [_painted(notebook.page, number) for number in range(2, players + 2)]
            notebook.close()
            browser.close()
    return found


def _painted(page, number):
    """Press Shift+Enter on one cell, and wait until its player is seen."""
    page.evaluate(f"() => {{ window.ready = false; window.measured = ({MEASURE})({number}); }}")
    page.wait_for_function("window.ready")
    page.wait_for_timeout(400)   # the page is at rest, as it is when a reader presses the key
    page.keyboard.press("Shift+Enter")
    return page.evaluate("window.measured")


def stills(count):
    """Milliseconds that each of so many outputs takes in Python: the figure, its PNG, and all that goes with them."""
    times = []
    for n in range(count + 1):
        player = cnn.viz.slide(np.arange(49).reshape(7, 7) % (n + 3), [[1, 0, -1]] * 3).player()
        start = time.perf_counter()
        player._repr_mimebundle_()
        times.append(1000 * (time.perf_counter() - start))
        player.close()
    return times[1:]   # the first pays for the fonts


def table(players):
    """The whole of paint.md."""
    seen, made = in_jupyterlab(players), stills(players)
    rows = [f"| {said} | {seen[0][name]:.0f} | **{np.median([one[name] for one in seen[1:]]):.0f}** | "
            f"{min(one[name] for one in seen[1:]):.0f} |" for name, said in STAGES.items()]
    return "\n".join([
        "# The first paint of a player\n",
        "Milliseconds from Shift+Enter, 7x7 cells and a 3x3 kernel, in JupyterLab. Written by `paint.py`.\n",
        f"Machine: {machine()}; {os.getloadavg()[1]:.1f} processes wanted its cores meanwhile.\n",
        f"| what the page sees | first of a kernel | median of {players - 1} more | quickest |",
        "|---|---|---|---|",
        *rows,
        f"\nMaking the still in Python (target 120): median **{np.median(made):.0f}**, quickest {min(made):.0f}. "
        "Painted: target 200.\n"])


if __name__ == "__main__":
    RESULTS.write_text(table(int(sys.argv[1]) if len(sys.argv) > 1 else 15), encoding="utf-8")
    print(RESULTS.read_text(encoding="utf-8"))
