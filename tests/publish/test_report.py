"""What a class did, from the very files that the package writes; hostile ones are named, and the rest is told."""

import json
import os
import re

import pytest
from notebooks_made import code, markdown, written

import cnnlib as cnn
from cnnlib.learn.progress import record
from cnnlib.publish import handed_in
from cnnlib.publish.cli import main

BIAS = "Each filter has a bias, too."


def wrote(monkeypatch, path, *tries):
    """A progress file, written by the package itself: (exercise, answer) after one another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("CNNLIB_PROGRESS", str(path))
    for id, answer in tries:
        cnn.learn.check(id, answer)


def checked(id, answer, cell="ex"):
    """A cell that checks an answer, with what it shows."""
    data = cnn.learn.exercise(id).check(answer)._repr_mimebundle_()
    return code(f'answer = ...\ncnn.learn.check("{id}", answer)', cell,
                [{"output_type": "display_data", "data": data, "metadata": {}}])


def told(capsys, folder, *options):
    capsys.readouterr()
    assert main(["report", str(folder), "--json", *options]) == 0
    return json.loads(capsys.readouterr().out)


# --- what is told -----------------------------------------------------------------------------------------------------


def test_a_class_of_three(tmp_path, monkeypatch, capsys):
    wrote(monkeypatch, tmp_path / "anna" / "progress.json", ("00.1", 750), ("00.1", 750), ("00.1", 760))
    wrote(monkeypatch, tmp_path / "ben_progress.json", ("00.1", 750), ("00.1", 11), ("00.2", cnn.learn.TODO))
    wrote(monkeypatch, tmp_path / "cleo.json", ("00.1", 760))
    made = told(capsys, tmp_path)
    assert made == {
        "people": 3, "files": 3, "topic": {"id": "00.1", "mistake": BIAS}, "not_read": [],
        "exercises": [{"id": "00.1", "title": "Your first count", "tried": 3, "passed": 2,
                       "who_passed": ["anna", "cleo"], "who_not": ["ben"],
                       "mistakes": [{"mistake": BIAS, "people": 2, "times": 3}]}]}
    assert main(["report", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Next lecture's topic: 00.1 · Your first count: 2 of 3 people, 3 times: {BIAS}"
    assert f"    2 people, 3 times: {BIAS}" in lines and "    not yet: ben" in lines


def test_what_most_people_did_is_the_topic(tmp_path, monkeypatch, capsys):
    """Not what one did most often; and not what stands first."""
    wrote(monkeypatch, tmp_path / "a.json", *[("00.1", 750)] * 5)
    for name in "bc":
        wrote(monkeypatch, tmp_path / f"{name}.json", ("03.2", lambda x, w: cnn.correlate2d(x, w[::-1, ::-1])))
    made = told(capsys, tmp_path)
    assert made["topic"]["id"] == "03.2" and "rotated by 180°" in made["topic"]["mistake"]


def test_without_named_mistakes_the_hardest_is_the_topic(tmp_path, monkeypatch, capsys):
    for name in "ab":
        monkeypatch.setenv("CNNLIB_PROGRESS", str(tmp_path / f"{name}.json"))
        record("00.1", True)
        record("00.2", False)
    assert told(capsys, tmp_path)["topic"] == {"id": "00.2", "mistake": None}
    for name in "ab":
        monkeypatch.setenv("CNNLIB_PROGRESS", str(tmp_path / f"{name}.json"))
        record("00.2", True)
    assert told(capsys, tmp_path)["topic"] is None
    assert main(["report", str(tmp_path)]) == 0 and "all that was tried is passed." in capsys.readouterr().out


def test_notebooks_tell_their_verdicts(tmp_path, capsys):
    (tmp_path / "anna").mkdir()
    written(tmp_path / "anna" / "00.ipynb", markdown("# 00", "top"), checked("00.1", 750, "a"),
            checked("00.1", 760, "b"), checked("00.2", cnn.learn.TODO, "c"))
    written(tmp_path / "ben.ipynb", checked("00.1", 750))
    made = told(capsys, tmp_path)
    assert [e["id"] for e in made["exercises"]] == ["00.1"], "a stub was not tried"
    one = made["exercises"][0]
    assert (one["who_passed"], one["who_not"]) == (["anna"], ["ben"])
    assert one["mistakes"] == [{"mistake": BIAS, "people": 2, "times": 2}]


def test_one_person_is_not_counted_twice(tmp_path, monkeypatch, capsys):
    wrote(monkeypatch, tmp_path / "anna" / "progress.json", ("00.1", 750), ("00.1", 750))
    written(tmp_path / "anna" / "00.ipynb", checked("00.1", 750))
    made = told(capsys, tmp_path)
    assert made["people"] == 1 and made["files"] == 2
    assert made["exercises"][0]["mistakes"] == [{"mistake": BIAS, "people": 1, "times": 2}]


def test_solutions_are_nobodys_work(tmp_path, capsys):
    cell = checked("00.1", 760)
    cell["source"] = 'cnn.learn.exercise("00.1").check(answer)'
    written(tmp_path / "anna.ipynb", cell)
    made = told(capsys, tmp_path)
    assert made["exercises"] == [] and "no exercise is checked" in made["not_read"][0]["why"]


@pytest.mark.alike(2)
@pytest.mark.parametrize("id", ["00.1", "01.2", pytest.param("03.2", marks=pytest.mark.long)])
def test_each_named_mistake_is_read_as_it_was_named(id):
    exercise = cnn.learn.exercise(id)
    verdicts = [exercise.check(wrong.answer) for wrong in exercise.wrong]
    assert any(verdict.suspicion for verdict in verdicts)
    for verdict in verdicts:
        read = handed_in._Verdict(verdict._repr_mimebundle_()["text/html"])
        assert (read.id, read.state) == (id, verdict.state)
        assert read.mistakes == ([verdict.suspicion] if verdict.suspicion else [])


def test_homes_of_a_hub(tmp_path, monkeypatch, capsys):
    wrote(monkeypatch, tmp_path / "jupyter-anna" / ".local/share/cnnlib/progress.json", ("00.1", 760))
    (tmp_path / "jupyter-anna" / ".ipynb_checkpoints").mkdir()
    written(tmp_path / "jupyter-anna" / ".ipynb_checkpoints" / "a.ipynb", checked("00.1", 750))
    made = told(capsys, tmp_path)
    assert made["exercises"][0]["who_passed"] == ["jupyter-anna"] and made["exercises"][0]["mistakes"] == []


def test_without_names(tmp_path, monkeypatch, capsys):
    wrote(monkeypatch, tmp_path / "anna" / "progress.json", ("00.1", 750))
    (tmp_path / "anna" / "00.ipynb").write_text("{")
    assert "anna" in json.dumps(told(capsys, tmp_path))
    assert "anna" not in json.dumps(told(capsys, tmp_path, "--no-names"))
    for options in ([], ["--html", str(tmp_path / "out.html")]):
        assert main(["report", str(tmp_path), "--no-names", *options]) == 0
    assert "anna" not in (tmp_path / "out.html").read_text(encoding="utf-8")


# --- hostile files ----------------------------------------------------------------------------------------------------

NOT_READ = {
    "no JSON": ("a.ipynb", b"{", "found no JSON"),
    "deep": ("a.ipynb", b"[" * 200_000, "found no JSON"),
    "bytes": ("a.ipynb", b"\xff\xfe\x00", "found no JSON"),
    "other JSON": ("a.ipynb", b"[1]", "without nbformat"),
    "old": ("a.ipynb", b'{"nbformat": 3, "worksheets": []}', "found nbformat 3"),
    "no source": ("a.ipynb", b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "id": "ex-1"}]}',
                  "cell 1 (ex-1): found no source"),
    "other": ("a.json", b'{"name": "package", "version": 1}', "is no progress file"),
    "no progress": ("a.json", b'{"exercises": [1]}', "is no progress file"),
    "broken": ("a.json", b'{"exercises": {"00.1": {"passed": tr', "is no progress file"),
    "numbers": ("a.json", b'{"exercises": {"00.1": {"passed": true, "tries": -1}}}', "is no progress file"),
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_cannot_be_read_is_named_and_the_rest_is_told(tmp_path, monkeypatch, capsys, name):
    file, content, why = NOT_READ[name]
    wrote(monkeypatch, tmp_path / "ben.json", ("00.1", 750))
    (tmp_path / file).write_bytes(content)
    made = told(capsys, tmp_path)
    assert made["exercises"][0]["who_not"] == ["ben"]
    assert [fault["file"] for fault in made["not_read"]] == [file] and why in made["not_read"][0]["why"]
    assert str(tmp_path) not in made["not_read"][0]["why"]


def test_a_verdict_that_makes_no_sense_is_named_with_its_cell(tmp_path, capsys):
    for number, text in enumerate(['<div class="cnn-verdict">', '<div class="cnn-verdict" data-state="right"><p>x</p>',
                                   '<div class="cnn-verdict" data-state="great"><p>exercise 00.1</p></div>']):
        cell = checked("00.1", 750, "mine")
        cell["outputs"][0]["data"]["text/html"] = text
        written(tmp_path / f"{number}.ipynb", markdown("", "top"), cell)
    made = told(capsys, tmp_path)
    assert len(made["not_read"]) == 3 and made["exercises"] == []
    assert all(fault["why"].startswith("cell 2 (mine): found a verdict") for fault in made["not_read"])


def test_a_notebook_that_was_not_run_is_said(tmp_path, capsys):
    written(tmp_path / "anna.ipynb", code('cnn.learn.check("00.1", answer)', "ex"))
    assert "holds no verdict in any of its 1 checks" in told(capsys, tmp_path)["not_read"][0]["why"]


def test_foreign_words_do_no_harm(tmp_path, capsys):
    mistake = "<script>alert(1)</script>\x1b[2J\n" + "x" * 5000
    done = {"exercises": {"00.1": {"passed": False, "tries": 1, "mistakes": {mistake: 1}},
                          "99.9": {"passed": True, "tries": 1}, "../etc": {"passed": True, "tries": 1}}}
    (tmp_path / "<b>.json").write_text(json.dumps(done))
    made = told(capsys, tmp_path)
    assert [(e["id"], e["title"]) for e in made["exercises"]] == [("00.1", "Your first count"), ("99.9", "")]
    assert main(["report", str(tmp_path), "--html", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert main(["report", str(tmp_path)]) == 0
    assert "\x1b" not in capsys.readouterr().out + page and "<script" not in page and "<b>" not in page
    assert len(page) < 5000


def test_nothing_in_a_notebook_is_run(tmp_path, capsys):
    cell = checked("00.1", 760)
    cell["source"] += f"\nopen({str(tmp_path / 'ran')!r}, 'w')"
    written(tmp_path / "anna.ipynb", cell)
    told(capsys, tmp_path)
    assert not (tmp_path / "ran").exists()


def test_a_closed_folder_is_named(tmp_path, monkeypatch, capsys):
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "closed")))
        yield from real(folder, onerror=onerror)

    wrote(monkeypatch, tmp_path / "ben.json", ("00.1", 760))
    real = os.walk
    monkeypatch.setattr(os, "walk", walk)
    assert told(capsys, tmp_path)["not_read"] == [{"file": "closed", "why": "Permission denied"}]


@pytest.mark.parametrize(("make", "said"), [
    (lambda folder: None, "needs the folder of a class, found nothing at"),
    (lambda folder: folder.write_text(""), "needs the folder of a class, found a file at"),
    (lambda folder: folder.mkdir(), "holds no progress file"),
])
def test_nothing_to_read(tmp_path, capsys, make, said):
    make(tmp_path / "class")
    assert main(["report", str(tmp_path / "class")]) == 2
    assert said in capsys.readouterr().err


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_loads_and_runs_nothing(tmp_path, monkeypatch, capsys):
    wrote(monkeypatch, tmp_path / "anna.json", ("00.1", 750))
    out = tmp_path / "report.html"
    assert main(["report", str(tmp_path), "--html", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert BIAS in page and "default-src 'none'" in page and page.index("Next lecture") < page.index("<h2>")
    assert not re.search(r"https?://|<script|<img|<link", page)
    record("03.2", False, "the top left cell should meet `w[0, 0]`.")
    assert main(["report", str(tmp_path), "--html", str(out)]) == 0
    assert "meet <code>w[0, 0]</code>" in out.read_text(encoding="utf-8")
    assert main(["report", str(tmp_path), "--html", str(out)]) == 0, "a report is replaced by the next"
    out.write_text("mine")
    capsys.readouterr()
    assert main(["report", str(tmp_path), "--html", str(out)]) == 2 and "no report" in capsys.readouterr().err
    assert out.read_text() == "mine"
