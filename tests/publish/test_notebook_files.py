"""Notebooks are read with every fault named, and run once: what was run is kept."""

import json

import pytest
from notebooks_made import code, markdown, notebook, written

from cnnlib.publish import notebook as publish_notebook
from cnnlib.publish.errors import MOST, PublishError, need
from cnnlib.publish.notebook import executed, load

pytest.importorskip("nbclient", reason="what publishes is not installed: uv sync --extra publish")


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


STREAM = {"output_type": "stream", "name": "stdout", "text": "2\n"}


def test_a_notebook_is_read(tmp_path):
    read = load(written(tmp_path / "a.ipynb", markdown(["# A\n", "b"], "head"), code("1 + 1", "sum", [STREAM])))
    assert [cell.source for cell in read.cells] == ["# A\nb", "1 + 1"]
    assert read.cells[1].outputs[0].text == "2\n"


def test_cells_without_an_id_or_with_the_same_get_one(tmp_path):
    bare = markdown("c", "x")
    del bare["id"]
    read = load(written(tmp_path / "a.ipynb", markdown("a", "same"), markdown("b", "same"), bare, nbformat_minor=4))
    assert [cell.id for cell in read.cells] == ["same", "at-2", "at-3"]


ONE = r"cell 1 \(one\): "


@pytest.mark.parametrize(("cells", "changes", "said"), [
    ([], {"nbformat": 3}, "nbformat 3"),
    ([], {"nbformat": "4"}, "nbformat '4'"),
    ([], {"cells": {}}, "no list of cells"),
    ([], {"metadata": []}, "no metadata"),
    ([markdown("a", "one"), 7], {}, "cell 2: found int"),
    ([markdown("a", "one"), {"cell_type": "code", "id": "two"}], {}, r"cell 2 \(two\): found no source"),
    ([markdown({"a": 1}, "one")], {}, ONE + "found a source that is no text"),
    ([markdown("a", "one") | {"cell_type": "heading"}], {}, ONE + "found cell_type 'heading'"),
    ([markdown("a", "one") | {"metadata": []}], {}, ONE + "found metadata"),
    ([code("1", "one") | {"outputs": {}}], {}, ONE + "found outputs"),
    ([code("1", "one", [{"output_type": "stream", "name": "stdout"}])], {}, ONE + "output 1: found a stream"),
    ([code("1", "one", [{"output_type": "display_data", "data": "x"}])], {}, ONE + "output 1: found no data"),
    ([code("1", "one", [STREAM, 1])], {}, ONE + "output 2: found output_type None"),
    ([code("1", "one", [{"output_type": "error"}])], {}, r"a.ipynb, cell 1 \(one\): 'ename' is a required"),
])
def test_a_fault_is_named_with_its_cell(tmp_path, cells, changes, said):
    path = written(tmp_path / "a.ipynb", *cells, **changes)
    with pytest.raises(PublishError, match=said) as caught:
        load(path)
    assert "a.ipynb" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "hello", "[1, 2]", '{"cells": []}', '{"nbformat": 4', "\x00\x01", "[" * 100_000])
def test_what_is_no_notebook_says_so(tmp_path, text):
    path = tmp_path / "a.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PublishError, match="expected a notebook"):
        load(path)


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(PublishError, match="no such file"):
        load(tmp_path / "nowhere.ipynb")
    with pytest.raises(PublishError, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "a.ipynb").write_bytes(b"\xff\xfe\x80")
    with pytest.raises(PublishError, match="found no JSON"):
        load(tmp_path / "a.ipynb")


def test_an_error_is_one_short_line():
    assert str(PublishError("a\n  b")) == "a b" and len(str(PublishError("long " * 200))) == MOST
    with pytest.raises(PublishError, match="cnnlib\\[publish\\]"):
        need("sys", "no_such_module")


# --- run --------------------------------------------------------------------------------------------------------------

def test_a_notebook_is_run_once_and_again_when_it_changed(tmp_path, monkeypatch):
    path = written(tmp_path / "a.ipynb", code("import os\nos.getpid()", "pid"))
    ran = []
    first, second = (executed(load(path), path, told=ran.append) for _ in range(2))
    assert first.cells[0].outputs[0].data["text/plain"] == second.cells[0].outputs[0].data["text/plain"]
    assert len(ran) == 1
    again = executed(load(path), path, fresh=True, told=ran.append)
    assert len(ran) == 2 and again.cells[0].outputs != first.cells[0].outputs
    written(path, code("import os\nos.getpid()  # changed", "pid"))
    executed(load(path), path, told=ran.append)
    assert len(ran) == 3
    monkeypatch.setattr(publish_notebook, "_package", lambda: "another package")
    executed(load(path), path, told=ran.append)
    assert len(ran) == 4


def test_what_cannot_change_the_outputs_runs_nothing_again(tmp_path, monkeypatch):
    """A new sentence, a slide's metadata, another folder; files beside it count if its code names them."""
    ran = []
    cells = [markdown("# A", "head"), code("open('data.csv').read()", "read")]
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "data.csv").write_text("1, 2")
    first = written(tmp_path / "one" / "a.ipynb", *cells)
    run = executed(load(first), first, told=ran.append)
    slide = {"metadata": {"slideshow": {"slide_type": "skip"}}}
    second = written(tmp_path / "two" / "a.ipynb", markdown("# B", "head"), markdown("C", "new"), cells[1] | slide)
    (tmp_path / "two" / "lesson.html").write_text("not named")
    again = executed(load(second), second, told=ran.append)
    assert ran == ["one/a.ipynb: runs"]
    assert [cell.source for cell in again.cells] == ["# B", "C", cells[1]["source"]]
    assert again.cells[2].outputs == run.cells[1].outputs and again.cells[2].metadata == slide["metadata"]
    (tmp_path / "two" / "data.csv").write_text("3, 4")
    assert "3, 4" in executed(load(second), second, told=ran.append).cells[2].outputs[0].data["text/plain"]
    assert ran[1:] == ["two/a.ipynb: runs"]


def test_a_notebook_without_code_needs_no_kernel(tmp_path, cache):
    path = written(tmp_path / "a.ipynb", markdown("# A", "head"))
    executed(load(path), path, told=pytest.fail)
    assert not cache.exists()


@pytest.mark.long
def test_a_kept_file_that_is_broken_is_made_anew(tmp_path, cache):
    path = written(tmp_path / "a.ipynb", code("6 * 7", "product"))
    executed(load(path), path)
    kept, = cache.iterdir()
    kept.write_text(kept.read_text()[:50])
    assert executed(load(path), path).cells[0].outputs[0].data["text/plain"] == "42"


def test_a_cell_that_fails_is_named_and_nothing_is_kept(tmp_path, cache):
    path = written(tmp_path / "a.ipynb", code("a = 1", "fine"), code("1 / 0", "bad"))
    with pytest.raises(PublishError, match=r"a.ipynb, cell 2 \(bad\): does not run: ZeroDivisionError"):
        executed(load(path), path)
    assert not cache.exists()


@pytest.mark.long
def test_an_error_without_words_tells_its_line(tmp_path):
    path = written(tmp_path / "a.ipynb", code("a = 1\nassert a == 2", "bad"))
    with pytest.raises(PublishError, match=r"AssertionError: assert a == 2$"):
        executed(load(path), path)


def test_a_kernel_that_dies_is_named(tmp_path):
    path = written(tmp_path / "a.ipynb", code("import os\nos._exit(1)", "bad"))
    with pytest.raises(PublishError, match=r"cell 1 \(bad\): does not run: DeadKernelError"):
        executed(load(path), path)


def test_the_notebook_that_is_given_stays(tmp_path):
    path = written(tmp_path / "a.ipynb", code("1", "one", [STREAM]))
    given = load(path)
    before = json.dumps(given)
    executed(given, path)
    assert json.dumps(given) == before
    assert notebook()["cells"] == []
