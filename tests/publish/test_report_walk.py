"""A class from end to end: cells of lesson 03 run by a kernel, handed in, and reported as what they were."""

import html
import json
import re
import unicodedata

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebooks_made import code, written

from cnnlib.publish import kernel
from cnnlib.publish.cli import main
from tools.store import NOTEBOOKS

RIGHT = {"03.1": "[[9, 7], [3, 6]]", "03.2": "cnn.correlate2d(x, w)"}
ROTATED, MIRRORED = "cnn.correlate2d(x, w[::-1, ::-1])", "cnn.correlate2d(x, w[:, ::-1])"
TODO = "cnn.learn.TODO"
DONE = {   # who tried what, one after another
    "Anna Müller": [("03.1", RIGHT["03.1"]), ("03.2", RIGHT["03.2"])],
    "ben": [("03.1", RIGHT["03.1"]), ("03.2", ROTATED), ("03.2", ROTATED), ("03.2", RIGHT["03.2"]), ("03.2", ROTATED)],
    "cleo": [("03.1", "[[6, 8], [2, 4]]"), ("03.2", ROTATED)],
    "dora": [("03.1", TODO), ("03.2", MIRRORED)],
    "Meier, Emil": [("03.2", ROTATED)] * 3,
}
TURNED = ("Your filter is rotated by 180°, as in true convolution: the top left cell of the window should meet "
          "`w[0, 0]`.")
MIRROR = "Your filter is mirrored: the left cells of the window should meet `w[:, 0]`."
ON_PAPER = "Your filter is rotated by 180°: its first weight, 1, belongs on the top left cell of each window."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What the class handed in: of a few people their progress, of others a notebook, of some both. One kernel ran it
    all; a notebook keeps the last try, as one that is saved does."""
    folder = tmp_path_factory.mktemp("class")
    lesson = nbformat.read(NOTEBOOKS / "03_convolution_2d.ipynb", as_version=4)
    stubs = {id: next(cell.source for cell in lesson.cells if f'cnn.learn.check("{id}"' in cell.source)
             for id in RIGHT}
    places = {name: folder / name / "progress.json" for name in DONE}
    ran = new_notebook(cells=[new_code_cell("import os\nimport cnnlib as cnn")])
    for name, tries in DONE.items():
        ran.cells.append(new_code_cell(f"os.environ['CNNLIB_PROGRESS'] = {str(places[name])!r}"))
        for id, answer in tries:
            assert stubs[id].count(TODO) == 1
            ran.cells.append(new_code_cell(stubs[id].replace(TODO, answer), metadata={"who": name, "id": id}))
    kernel.run(ran, folder, 120)
    for name in DONE:
        last = {cell.metadata["id"]: cell for cell in ran.cells if cell.metadata.get("who") == name}
        nbformat.write(new_notebook(cells=list(last.values())), folder / name / "Lösung 03.ipynb")
    for name in ("cleo", "dora"):   # they hand in one file
        (folder / name / "Lösung 03.ipynb").rename(folder / f"{name}.ipynb")
        places[name].unlink()
        (folder / name / ".progress.lock").unlink(missing_ok=True)
        (folder / name).rmdir()
    broken = folder / "Meier, Emil" / "Lösung 03.ipynb"
    broken.write_bytes(broken.read_bytes()[:-100])
    (folder / "Anna Müller").rename(folder / unicodedata.normalize("NFD", "Anna Müller"))
    written(folder / "foreign.ipynb", code("print('my thesis')", "mine"))
    (folder / "empty.ipynb").write_bytes(b"")
    return folder


def test_it_tells_what_was_done(folder, capsys):
    assert main(["report", str(folder), "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["people"], made["files"]) == (5, 7)
    assert made["topic"] == {"id": "03.2", "mistake": TURNED}
    paper, slide = made["exercises"]
    assert paper == {
        "id": "03.1", "title": "Four windows", "tried": 3, "passed": 2, "who_passed": ["Anna Müller", "ben"],
        "who_not": ["cleo"], "mistakes": [{"mistake": ON_PAPER, "people": 1, "times": 1}]}
    assert slide == {
        "id": "03.2", "title": "Slide it over an image", "tried": 5, "passed": 2, "who_passed": ["Anna Müller", "ben"],
        "who_not": ["cleo", "dora", "Meier, Emil"], "mistakes": [
            {"mistake": TURNED, "people": 3, "times": 2 + 1 + 3}, {"mistake": MIRROR, "people": 1, "times": 1}]}
    assert {fault["file"]: fault["why"].partition(" (")[0] for fault in made["not_read"]} == {
        "Meier, Emil/Lösung 03.ipynb": "found no JSON", "empty.ipynb": "is an empty file",
        "foreign.ipynb": "is no lesson: no exercise is checked in it"}


def test_as_text_and_as_a_page(folder, tmp_path, capsys):
    assert main(["report", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Next lecture's topic: 03.2 · Slide it over an image: 3 of 5 people, 6 times: {TURNED}"
    at = lines.index("03.2 · Slide it over an image: 2 of 5 passed")
    assert lines[at + 1:at + 5] == [f"    3 people, 6 times: {TURNED}", f"    1 person, 1 time: {MIRROR}",
                                    "    passed: Anna Müller, ben", "    not yet: cleo; dora; Meier, Emil"]
    assert main(["report", str(folder), "--html", str(tmp_path / "r.html")]) == 0
    page = re.sub(r"(?s)<style>.*?</style>|<[^>]+>", "", (tmp_path / "r.html").read_text(encoding="utf-8"))
    told = html.unescape(page).lower()
    for line in filter(None, lines):   # each line of the text is on the page
        assert all(part.strip(" `").lower() in told for part in re.split(r": |`", line.removesuffix(":"))), line
