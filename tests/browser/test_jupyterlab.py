"""Each lesson in a real JupyterLab: what is seen before anything is run, and after Run All.

Its outputs are compared with those stored as strict nbval does it, which then need not run it a second time
(conftest.py). Nothing may be fetched from beyond this machine: lessons work without a network. At the end, a bad
notebook that the same checks must catch.
"""

from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from compared import differences
from lab import ROOT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from run_lesson import LESSONS, TRAINING, as_stored_and_after_run_all, named


@pytest.mark.parametrize("name", named(name for name in LESSONS if name not in TRAINING))
def test_a_lesson_as_stored_and_after_run_all(name, open_notebook, requests_outside, request):
    as_stored_and_after_run_all(name, open_notebook, requests_outside, request)


def test_what_is_run_here_is_not_run_by_nbval_as_well(request, monkeypatch):
    """Where there is a browser, and of what is asked for; cells elsewhere stay."""
    plugin = request.config.pluginmanager.get_plugin(str(Path(__file__).with_name("conftest.py")))
    gone, config = [], SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: gone.extend(items)))

    def kept(*found):
        gone.clear()
        plugin.pytest_collection_modifyitems(config, items := list(found))
        assert [item for item in found if item not in gone] == items
        return items

    here = SimpleNamespace(path=Path(__file__), name=f"{test_a_lesson_as_stored_and_after_run_all.__name__}[a]",
                           callspec=SimpleNamespace(params={"name": "a.ipynb"}))
    cells = [SimpleNamespace(path=ROOT / "notebooks" / path, name="Cell 0")
             for path in ("a.ipynb", "b.ipynb", "solutions/a.ipynb")]
    assert kept(*cells) == cells
    assert kept(*cells, here) == [*kept(here, *cells)[1:], here] == [*cells[1:], here]
    monkeypatch.setattr(plugin, "find_chromium", lambda: None)
    assert kept(*cells, here) == [*cells, here]


def test_there_are_lessons():
    """Or nothing was tested, here or in test_training_lab.py."""
    assert set(TRAINING) < set(LESSONS) and len(TRAINING) == 5 and len(LESSONS) >= 16


def test_outputs_that_are_not_those_stored_are_told(tmp_path, request):
    """Cell by cell; what was measured is passed over."""
    image = '<img alt="From {} to 1." class="cnn-measured" width="9" src="data:image/png;base64,AAAA">'
    stored, now = ([[new_output("stream", text="2 of 3")], [new_output("display_data", {"text/html": image.format(a)})],
                    [new_output("display_data", {"text/plain": b})], []] for a, b in ((3, "3"), (4, "4")))
    cells = [new_code_cell("f()", outputs=outputs, execution_count=1) for outputs in stored]
    nbformat.write(new_notebook(cells=cells), path := tmp_path / "stored.ipynb")
    assert differences(path, stored, request) == []
    assert [line.partition(":")[0] for line in differences(path, now, request)] == ["Cell 2"]
    assert len(differences(path, [*now[1:], now[0]], request)) == 4


PLAIN_PLOT = "from matplotlib import pyplot as plt\n%matplotlib inline\nplt.plot([1, 2]); plt.show()"
BROKEN = 'from IPython.display import HTML\nHTML(\'<img alt="a broken picture" src="data:image/png;base64,AAAA">\')'
DEAD_WIDGET = """from IPython.display import display
view = {"model_id": "gone", "version_major": 2, "version_minor": 0}
display({"application/vnd.jupyter.widget-view+json": view, "text/plain": "player"}, raw=True)"""
SCRIPT = "from IPython.display import Javascript\nJavascript('setTimeout(() => { throw new Error(1) })')"
FROM_OUTSIDE = new_markdown_cell('<img alt="a cat" src="http://example.org/cat.png">')


BAD = [PLAIN_PLOT, BROKEN, DEAD_WIDGET, SCRIPT, "1 / 0"]   # the failing cell last, for Run All stops there


@pytest.mark.long
def test_what_is_wrong_is_caught(lessons, open_notebook, requests_outside, request):
    """One notebook with a fault of each kind: fine as long as it was not run, but for what its text fetches."""
    nb = new_notebook(cells=[FROM_OUTSIDE, *map(new_code_cell, BAD)])
    nb.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nb, lessons / "bad.ipynb")
    notebook = open_notebook("bad.ipynb")
    assert notebook.problems() == [] and requests_outside == ["http://example.org/cat.png"]
    notebook.run_all(patience=500)   # its widget never appears
    found = notebook.problems()
    complaints = ["figure 0 has no alternative text", "figure 1 cannot be seen", "an output reads", "a script failed"]
    for complaint in [*complaints, "code cell 4: ZeroDivisionError"]:
        assert any(complaint in line for line in found), found
    assert len(found) == len(BAD), found
    assert len(differences(lessons / "bad.ipynb", notebook.outputs(), request)) == len(BAD)
