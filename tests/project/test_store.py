"""How notebooks are stored, and what strict nbval then compares: the words of a figure, but not its pixels."""

import json
import os
from pathlib import Path

import nbformat
import pytest
from compared import verdicts
from nbformat.v4 import new_code_cell, new_notebook, new_output

from cnnlib.viz.kit import show
from tools import store

FIGURE = """
import cnnlib as cnn

cnn.viz.show(cnn.viz.slide1d([0, 1, 0, 1, 1], [-1, 1]), "The sum is 1, then -1, 1 and 0.")
"""
MEASURED = """
import cnnlib as cnn

cnn.viz.show(cnn.viz.bars(["loops"], {"seconds": [7]}), measured=True)
"""
SOUND = """
from IPython.display import HTML, Audio

HTML(f'<audio aria-label="a tone" src="{Audio([0, 1, 0, -1], rate=8000).src_attr()}"></audio>')
"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook with a figure of each kind and a sound, run and stored."""
    path = tmp_path_factory.mktemp("stored") / "figure.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(source) for source in (FIGURE, MEASURED, SOUND)]), path)
    assert store.store(path) == (True, [])
    return path


def test_a_figure_is_one_output(stored):
    """One bundle with all three forms, and nothing beside it."""
    (output,) = nbformat.read(stored, as_version=4).cells[0].outputs
    assert set(output.data) == {show.FIGURE, "text/html", "image/png", "text/plain"}
    assert output.metadata["image/png"]["alt"].endswith(" The sum is 1, then -1, 1 and 0.")


def test_storing_again_changes_nothing(stored):
    """Not even the moment of its last change."""
    before = stored.stat().st_mtime_ns
    assert store.store(stored) == (False, []) and stored.stat().st_mtime_ns == before


# What is done to the stored output of a figure, and whether nbval must then fail.
DAMAGES = [
    ("nothing", FIGURE, "", "", "PASSED"),
    ("other pixels", FIGURE, "iVBOR", "AAAAA", "PASSED"),
    ("another width", FIGURE, 'width=\\"', 'width=\\"1', "PASSED"),
    ("other words", FIGURE, "then -1", "then -2", "FAILED"),
    ("other HTML", FIGURE, "max-width", "min-width", "FAILED"),
    ("other measured numbers", MEASURED, "loops 7", "loops 8", "PASSED"),
    ("other words of what was measured", MEASURED, "Bars of", "Towers of", "FAILED"),
    ("no longer measured", MEASURED, 'class=\\"cnn-measured\\"', "", "FAILED"),
    ("another sound", SOUND, "UklGR", "AAAAA", "PASSED"),
    ("another name of a sound", SOUND, "a tone", "a noise", "FAILED"),
]


def test_nbval_compares_the_words_and_not_the_pixels(stored):
    """The same figures, their stored output damaged in a different way each time."""
    nb = nbformat.read(stored, as_version=4)
    output = {cell.source: json.dumps(cell.outputs) for cell in nb.cells}
    assert all(old in output[figure] for _, figure, old, _, _ in DAMAGES)
    nb.cells = [
        new_code_cell(cell, execution_count=n, outputs=nbformat.from_dict(json.loads(output[cell].replace(old, new))))
        for n, (_, cell, old, new, _) in enumerate(DAMAGES, 1)
    ]
    path = stored.with_name("damaged.ipynb")
    nbformat.write(nb, path)
    found, said = verdicts(path)
    assert found == [verdict for *_, verdict in DAMAGES], said


@pytest.mark.long
def test_settings_of_somebodys_ipython_do_not_matter(tmp_path, monkeypatch):
    """Neither to what is stored nor to what is compared: with these every value in a cell would be an output."""
    profile = tmp_path / "ipython" / "profile_default"
    profile.mkdir(parents=True)
    (profile / "ipython_config.py").write_text('c.InteractiveShell.ast_node_interactivity = "all"\n')
    assert Path(os.environ["IPYTHONDIR"]) != Path.home() / ".ipython", "tests have settings of their own"
    monkeypatch.setenv("IPYTHONDIR", str(profile.parent))
    path = tmp_path / "values.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1\nfor n in 2, 3:\n    n\n4")]), path)
    assert store.store(path) == (True, [])
    assert [output.data["text/plain"] for output in nbformat.read(path, as_version=4).cells[0].outputs] == ["4"]
    assert verdicts(path)[0] == ["FAILED"], "such settings do change what a cell shows"


def test_a_notebook_with_an_error_is_not_stored(tmp_path, capsys):
    """It is left as it was, and the exit code says so."""
    path = tmp_path / "bad.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 / 0")]), path)
    before = path.read_bytes()
    assert store.main([str(path)]) == 1 and path.read_bytes() == before
    assert "NOT stored" in (said := capsys.readouterr().out) and "ZeroDivisionError" in said


@pytest.mark.parametrize("text", ["/home/ann/x.py", "<A object at 0x7f3a2c11d0f0>"])
@pytest.mark.parametrize("form", ["stream", "text/plain", "text/html"])
def test_outputs_that_tell_on_the_machine_are_refused(text, form):
    """A path or an address, printed, as a result, or in HTML; but not by chance in the letters of a picture."""
    picture = f"<img src=\"data:image/png;base64,{'/home/ann/' * 3}\">"
    output = (new_output("stream", text=text) if form == "stream"
              else new_output("display_data", {form: text, "image/png": "/tmp/abc"}))
    bad = new_notebook(cells=[new_code_cell("x", execution_count=1, outputs=[output])])
    assert len(store.problems(bad)) == 1
    bad.cells[0].outputs = [new_output("display_data", {"text/html": picture, "image/png": "/tmp/abc"})]
    assert store.problems(bad) == []


def test_storing_tidies(tmp_path, capsys):
    """Live views, widget state and the metadata of editors go; ids and printed text stay, pieces of it joined."""
    source = "import sys\nfor i in range(3):\n    print(i)\n    sys.stdout.flush()\n"
    source += "from IPython.display import display\n"
    source += f"display({{'{store.WIDGET_VIEW}': {{}}, 'text/plain': 'player'}}, raw=True)"
    nb = new_notebook(cells=[new_code_cell(source, metadata={"scrolled": True, "tags": ["a"]})])
    nb.metadata = {"widgets": {"state": {}}, "vscode": {}}
    nb.cells[0].id = "mine"
    path = tmp_path / "untidy.ipynb"
    nbformat.write(nb, path)
    before = path.read_bytes()
    assert store.main([str(path), "--check"]) == 1 and path.read_bytes() == before
    assert store.main([str(path)]) == 0 and capsys.readouterr().out.endswith("untidy.ipynb: stored\n")
    nb = nbformat.read(path, as_version=4)
    (cell,) = nb.cells
    assert cell.id == "mine" and cell.metadata == {"tags": ["a"]} and cell.execution_count == 1
    assert cell.outputs[0].text == "0\n1\n2\n" and cell.outputs[1].data == {"text/plain": "player"}
    assert set(nb.metadata) == {"kernelspec", "language_info"}


def test_new_cells_get_ids_that_are_free():
    """Old ids are kept, new ones are counted, nothing is used twice."""
    nb = new_notebook(cells=[new_code_cell("1"), new_code_cell("2"), new_code_cell("3")])
    nb.cells[0].id, nb.cells[2].id = "cell-02", "cell-02"
    del nb.cells[1]["id"]
    assert [cell.id for cell in store.tidy(nb).cells] == ["cell-02", "cell-03", "cell-04"]
