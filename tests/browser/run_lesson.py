"""What is asked of every lesson in a real JupyterLab, and which lessons train networks for most of a minute."""

import nbformat
import pytest
from compared import differences
from lab import ROOT

from tools.proofs import FIRST_LINE, is_proof

LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
TRAINING = [name for name in LESSONS if "06" <= name[:2] <= "10"]   # test_training_lab.py has them


def named(names):
    """The lessons as parameters of a test. A browser makes it minutes longer: before a release all run in it, each day
    by nbval; what is alive in JupyterLab is seen each day in test_comes_back.py."""
    return [pytest.param(name, marks=pytest.mark.long) for name in names]


def stored_cells(name):
    """The cells of a lesson as it is stored."""
    return nbformat.read(ROOT / "notebooks" / name, as_version=4).cells


def as_stored_and_after_run_all(name, open_notebook, requests_outside, request):
    """All is seen at once, players alive, in a notebook nobody trusts yet, but for what waits for a prediction; it runs
    to its end; all is seen again, and is what was stored."""
    notebook = open_notebook(name)
    waiting = sum(cell.metadata.get("jupyter", {}).get("outputs_hidden", False) for cell in stored_cells(name))
    folded = notebook.page.locator(".jp-Cell-outputWrapper .jp-OutputPlaceholder")
    assert folded.count() == waiting
    notebook.page.evaluate("jupyterapp.commands.execute('notebook:show-all-cell-outputs')")
    stored, words = len(notebook.outputs()), notebook.words()
    assert notebook.problems() == []
    assert words or not name[0].isdigit(), "a lesson has figures"
    proofs = sum(map(is_proof, stored_cells(name)))
    assert [line.strip() for line in notebook.folded()] == [FIRST_LINE] * proofs
    notebook.run_all()   # from now on Python hears of what is done to a player
    assert notebook.problems() == []
    assert len(notebook.outputs()) == stored and words == notebook.words()
    assert differences(ROOT / "notebooks" / name, notebook.outputs(), request) == []
    assert requests_outside == []
