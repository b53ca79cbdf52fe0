"""An output that waits for a prediction, in a real JupyterLab: folded, and not a word of it is seen before."""

import nbformat
import pytest
from lab import KERNEL
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ASKED = "Your prediction first"
FOLDED = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputPlaceholder"
SHOWN = f"""() => [...document.querySelectorAll("{FOLDED}")].map(node =>
    getComputedStyle(node.querySelector(".jp-Placeholder-contentContainer"), "::before").content + node.innerText)"""


@pytest.mark.parametrize("source, ours", [("import cnnlib as cnn\nprint(6 * 7)", True), ("print(6 * 7)", False)],
                         ids=["lesson", "another notebook"])
def test_the_answer_is_not_seen_before(lessons, open_notebook, source, ours):
    cell = new_code_cell(source, outputs=[new_output("display_data", {"text/plain": "42"})],
                         metadata={"jupyter": {"outputs_hidden": True}})
    name = f"folded_{ours}.ipynb"
    nbformat.write(new_notebook(cells=[new_markdown_cell("# Six times seven?"), cell], metadata=KERNEL), lessons / name)
    notebook = open_notebook(name)
    (folded,) = notebook.page.evaluate(SHOWN)
    assert (ASKED in folded, "42" in folded) == (ours, not ours)
    notebook.page.locator(".jp-OutputPlaceholder .jp-Placeholder-content").click()
    assert notebook.page.evaluate(SHOWN) == []
    assert notebook.page.locator(".jp-OutputArea-output").inner_text().strip() == "42"
    notebook.run_all()
    assert notebook.page.evaluate(SHOWN) == [] and notebook.problems() == []
