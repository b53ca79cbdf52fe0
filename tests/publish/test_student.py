"""The copy for a class: all that it needs and nothing else, the same each time, and nothing of others lost."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from notebooks_made import code, markdown, written

from cnnlib.publish import student
from cnnlib.publish.cli import main

ROOT = Path(__file__).resolve().parents[2]
SHOWN = [{"output_type": "stream", "name": "stdout", "text": "the answer is 42"}]


@pytest.fixture
def project(tmp_path):
    """A small project of the same form."""
    project = tmp_path / "project"
    (project / "notebooks" / "solutions").mkdir(parents=True)
    for name in student.FILES:
        (project / name).write_text(name)
    (project / "cnnlib" / "__pycache__").mkdir(parents=True)
    (project / "cnnlib" / "__pycache__" / "a.pyc").write_text("")
    (project / "cnnlib" / "code.py").write_text("CODE = 1\n")
    (project / "assets").mkdir()
    (project / "assets" / ".hidden").write_text("")
    (project / "assets" / "data.txt").write_text("1\r\n")
    (project / "tests").mkdir()
    links = "[more](more.ipynb#a), [home](../CONTRIBUTING.md), [web](https://x.org), ![p](p.png)"
    cells = [markdown(f"# 00 · Begin\n\n{links}", "top"), code("print(42)", "run", SHOWN) | {"execution_count": 7}]
    written(project / "notebooks" / "00_begin.ipynb", *cells, metadata={
        "widgets": {"state": {}}, "kernelspec": {"name": "python3", "display_name": "Python 3"}, "mine": 1})
    written(project / "notebooks" / "more.ipynb", markdown("# More", "top"))
    written(project / "notebooks" / "solutions" / "00_begin.ipynb", code("secret", "x"))
    (project / "notebooks" / "conftest.py").write_text("")
    return project


def made(project, out):
    assert main(["student", str(out), "--notebooks", str(project / "notebooks")]) == 0
    return files(out)


def files(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_what_is_in_it(project, tmp_path, capsys):
    found = made(project, tmp_path / "class")
    assert set(found) == {*student.FILES, "README.md", ".gitattributes", ".gitignore", ".cnnlib-made.json",
                          "cnnlib/code.py", "assets/data.txt", "notebooks/00_begin.ipynb", "notebooks/more.ipynb"}
    assert found["assets/data.txt"] == b"1\r\n"
    assert "2 notebooks without outputs" in capsys.readouterr().out
    text = found["notebooks/00_begin.ipynb"].decode()
    one = json.loads(text)
    assert one["cells"][1]["outputs"] == [] and one["cells"][1]["execution_count"] is None and "42\"" not in text
    assert one["cells"][1]["id"] == "run" and set(one["metadata"]) == {"kernelspec"}
    assert "".join(one["cells"][0]["source"]).endswith(
        "[more](more.ipynb#a), home, [web](https://x.org), ![p](p.png)"), "a link to what is not there is no link"
    readme = found["README.md"].decode()
    assert "| [00_begin](notebooks/00_begin.ipynb) | 00 · Begin |" in readme and "solution" not in readme


def test_it_is_the_same_each_time_and_git_stays(project, tmp_path):
    first = made(project, tmp_path / "class")
    (tmp_path / "class" / ".git").mkdir()
    (tmp_path / "class" / ".git" / "HEAD").write_text("x")
    (tmp_path / "class" / "week1.md").write_text("mine")
    (tmp_path / "class" / "notebooks" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "class" / "notebooks" / ".ipynb_checkpoints" / "a.ipynb").write_text("")
    assert made(project, tmp_path / "class") == first | {".git/HEAD": b"x", "week1.md": b"mine"}
    assert made(project, tmp_path / "other") == first


def test_running_a_lesson_again_changes_nothing_for_the_class(project, tmp_path):
    first = made(project, tmp_path / "class")
    path = project / "notebooks" / "00_begin.ipynb"
    path.write_text(path.read_text().replace("the answer is 42", "the answer is 43").replace(": 7", ": 8"))
    assert made(project, tmp_path / "class") == first


@pytest.mark.parametrize(("content", "said"), [
    ("{", "found no JSON"), ('{"nbformat": 3}', "found nbformat 3"),
    ('{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "id": "ex-1"}]}', "(ex-1): found no source"),
])
def test_a_corrupt_notebook_is_named_and_nothing_is_written(project, tmp_path, capsys, content, said):
    first = made(project, tmp_path / "class")
    (project / "notebooks" / "more.ipynb").write_text(content)
    for out in ("class", "new"):
        assert main(["student", str(tmp_path / out), "--notebooks", str(project / "notebooks")]) == 2
        told = capsys.readouterr().err
        assert "more.ipynb" in told and said in told and told.count("\n") == 1
    assert files(tmp_path / "class") == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["class", "project"]


def changed(out):
    (out / "notebooks" / "00_begin.ipynb").write_text("an answer of a student")


def added(out):
    (out / "notebooks" / "mine.ipynb").write_text("{}")


def foreign(out):
    for path in sorted(out.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (out / "thesis.txt").write_text("years")


@pytest.mark.parametrize(("do", "named"), [
    (changed, "notebooks/00_begin.ipynb"), (added, "notebooks/mine.ipynb"), (foreign, "thesis.txt")])
def test_nothing_of_others_is_lost(project, tmp_path, capsys, do, named):
    made(project, tmp_path / "class")
    do(tmp_path / "class")
    before = files(tmp_path / "class")
    assert main(["student", str(tmp_path / "class"), "--notebooks", str(project / "notebooks")]) == 2
    assert named in capsys.readouterr().err and files(tmp_path / "class") == before


def test_where_there_is_no_clone(project, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["student", "class"]) == 2
    assert "found no folder notebooks;" in capsys.readouterr().err
    (project / "environment.yml").unlink()
    assert main(["student", "class", "--notebooks", str(project / "notebooks")]) == 2
    assert "found no environment.yml beside" in capsys.readouterr().err
    assert not (tmp_path / "class").exists()
    assert main(["student", str(tmp_path / "no" / "class"), "--notebooks", str(ROOT / "notebooks")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_the_series_itself_can_be_installed_from_it(tmp_path):
    out = tmp_path / "class"
    assert main(["student", str(out), "--notebooks", str(ROOT / "notebooks")]) == 0
    build = tomllib.loads((out / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = build["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [build["project"]["readme"], *build["project"]["license-files"], *wheel["packages"],
              *wheel["force-include"], *wheel["shared-data"]]
    assert [name for name in needed if not (out / name).exists()] == []
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert [p.name for p in sorted((out / "notebooks").iterdir())] == [p.name for p in lessons]
    for lesson in lessons:
        ours, theirs = (json.loads(p.read_text(encoding="utf-8"))["cells"]
                        for p in (lesson, out / "notebooks" / lesson.name))
        assert [c["id"] for c in ours] == [c["id"] for c in theirs]
        assert ["".join(c["source"]) for c in ours if c["cell_type"] == "code"] == [
            "".join(c["source"]) for c in theirs if c["cell_type"] == "code"]
        assert not any(c.get("outputs") for c in theirs)
    script = "import cnnlib; print(cnnlib.__file__, cnnlib.data.photo('camera').shape)"
    done = subprocess.run([sys.executable, "-c", script], cwd=out, capture_output=True, text=True)
    assert done.stdout.split(maxsplit=1) == [str(out / "cnnlib" / "__init__.py"), "(256, 256)\n"], done.stderr
