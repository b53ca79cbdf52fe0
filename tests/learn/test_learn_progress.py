"""The file of what is done: what it holds, where it lies, and that nothing depends on it."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from answers import on_unix

import cnnlib as cnn
from cnnlib.learn.progress import load, path, record, record_quiz

EMPTY = {"exercises": {}, "quizzes": {}}
NAMED = {"mistakes": {"Each filter has a bias, too.": 1}}   # of 750, where 760 is right


@pytest.fixture
def file(tmp_path, monkeypatch):
    """An empty place for it."""
    file = tmp_path / "folder" / "progress.json"
    monkeypatch.setenv("CNNLIB_PROGRESS", str(file))
    return file


def row(table, first):
    return next(row for row in table.rows if row[0] == first)


# --- what it holds ----------------------------------------------------------------------------------------------------


def test_tries_are_counted_and_passed_stays_passed(file):
    assert load() == EMPTY and not file.exists(), "looking changes nothing"
    cnn.learn.check("00.1", None)
    cnn.learn.check("00.1", cnn.learn.TODO)
    assert load() == EMPTY and not file.exists(), "a stub is no try"
    cnn.learn.check("00.1", 750)
    assert load()["exercises"] == {"00.1": {"passed": False, "tries": 1} | NAMED}
    cnn.learn.check("00.1", 760)
    cnn.learn.check("00.1", 750)
    assert json.loads(file.read_text(encoding="utf-8"))["exercises"] == {"00.1": {"passed": True, "tries": 2} | NAMED}


def test_named_mistakes_are_counted_until_it_is_passed(file):
    mistake = cnn.learn.exercise("00.1").check(750).suspicion
    for answer in (750, 750, 12345, 760, 750):
        cnn.learn.check("00.1", answer)
    assert load()["exercises"]["00.1"] == {"passed": True, "tries": 4, "mistakes": {mistake: 2}}


def test_mistakes_stay_few(file):
    for number in range(100):
        record("00.1", False, f"mistake {number % 50}")
    named = load()["exercises"]["00.1"]["mistakes"]
    assert len(named) == 30 and named["mistake 29"] == 2 and load()["exercises"]["00.1"]["tries"] == 100


def test_a_file_without_mistakes_is_gone_on_with(file):
    file.parent.mkdir()
    file.write_text('{"exercises": {"00.1": {"passed": false, "tries": 4}}, "quizzes": {}}')
    record("00.1", False, "You forgot the bias.")
    assert load()["exercises"]["00.1"] == {"passed": False, "tries": 5, "mistakes": {"You forgot the bias.": 1}}


def test_an_exercise_itself_notes_nothing(file):
    assert cnn.learn.exercise("00.1").check(760).passed and not file.exists()


def test_the_best_of_a_quiz_counts(file):
    for right in (1, 3, 2):
        record_quiz("01", right, 3)
    assert load()["quizzes"] == {"01": {"right": 3, "of": 3}}


def test_it_outlives_the_program(file):
    code = "import cnnlib as cnn; cnn.learn.check('00.1', 760)"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"CNNLIB_PROGRESS": str(file)})
    assert load()["exercises"]["00.1"]["passed"]


# --- the tables -------------------------------------------------------------------------------------------------------


def test_tables(file):
    table = cnn.learn.progress()
    assert table.head == ["lesson", "about", "exercises", "quiz"]
    assert row(table, "00")[2] == f"0 of {len(cnn.learn.exercises('00'))}" and row(table, "01")[3] == "not yet"
    cnn.learn.check("00.1", 750)
    assert row(cnn.learn.progress("00"), "00.1")[2:] == ["begun", "1 try"]
    cnn.learn.check("00.1", 760)
    record_quiz("01", 2, 3)
    assert row(cnn.learn.progress("00"), "00.1")[2:] == ["done", "2 tries"]
    assert row(cnn.learn.progress(), "00")[2].startswith("1 of") and row(cnn.learn.progress(), "01")[3] == "2 of 3"
    assert row(cnn.learn.progress("01"), "quiz")[2] == "2 of 3"
    data = cnn.learn.progress()._repr_mimebundle_()
    assert data["text/html"].count("<tr>") == 1 + len(cnn.learn.progress().rows)
    assert data["text/plain"].startswith("lesson  about") and 'scope="col"' in data["text/html"]
    with pytest.raises(ValueError, match="lesson: found '77', expected one of 00, 01"):
        cnn.learn.progress("77")


def test_every_lesson_has_a_title():
    assert all(row[1].strip() for row in cnn.learn.progress().rows)


# --- nothing depends on it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b"5", b"\xff\xfe\x00", b'{"exercises": []}', b'{"exercises": {"01.1": 5}}',
    b'{"exercises": {"01.1": {"passed": "yes", "tries": 1}}}', b'{"quizzes": {"01": {"right": 1}}}', b"[" * 100_000,
    b'{"exercises": {"01.1": {"passed": false, "tries": -5}}}', b'{"quizzes": {"01": {"right": 4, "of": 3}}}',
    b'{"exercises": {"01.1": {"passed": true, "tries": %d}}}' % 10**30, b" " * (10**7 + 1),
    b'{"exercises": {"01.1": {"passed": true, "tries": 1, "mistakes": {"a": "b"}}}}',
    b'{"exercises": {"01.1": {"passed": true, "tries": 1, "mistakes": ["a"]}}}',
    b'{"exercises": {"01.1": {"passed": true, "tries": 1.5}}}', b'{"quizzes": {"01": {"right": true, "of": 1}}}',
])
def test_what_makes_no_sense_is_put_aside_and_said_once(file, content, capsys):
    file.parent.mkdir()
    file.write_bytes(content)
    assert cnn.learn.check("00.1", 760).passed
    said = capsys.readouterr().out
    assert said == ("Your progress could not be read. The file is kept as progress.json.broken; "
                    "a new one is started.\n")
    assert file.with_name("progress.json.broken").read_bytes() == content
    assert load()["exercises"] == {"00.1": {"passed": True, "tries": 1}} and capsys.readouterr().out == ""
    file.write_bytes(content)
    load()
    assert file.with_name("progress.json.broken2").read_bytes() == content, "the first is not written over"


def test_what_others_wrote_into_it_stays(file):
    file.parent.mkdir()
    file.write_text('{"exercises": {"77.1": {"passed": true, "tries": 4, "note": "hard"}}, "later": [1]}')
    record("00.1", True)
    kept = json.loads(file.read_text())
    assert kept["later"] == [1] and kept["exercises"]["77.1"] == {"passed": True, "tries": 4, "note": "hard"}
    assert kept["exercises"]["00.1"]["passed"] and kept["quizzes"] == {}


def test_where_nothing_can_be_written_it_is_remembered_and_said_once(tmp_path, monkeypatch, capsys):
    blocked = tmp_path / "a_file"
    blocked.write_text("")
    for place in (blocked / "progress.json", tmp_path, "/proc/nowhere/progress.json"):   # below a file; a folder
        monkeypatch.setenv("CNNLIB_PROGRESS", str(place))
        assert cnn.learn.check("00.1", 750).state == "wrong" and cnn.learn.check("00.1", 760).passed
        assert load()["exercises"] == {"00.1": {"passed": True, "tries": 2} | NAMED}
        assert row(cnn.learn.progress(), "00")[2].startswith("1 of")
        said = capsys.readouterr().out
        assert said.startswith("Your progress cannot be saved in ") and said.count("\n") == 1 and len(said) < 300
        assert str(place)[-60:] in said


def test_a_folder_that_can_be_written_again_gets_all_that_was_remembered(file, monkeypatch, capsys):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", full)
        record("00.1", False)
        record("00.1", True)
        record_quiz("01", 2, 3)
    assert not file.exists() and capsys.readouterr().out.count("No space left on device. It is remembered") == 1
    record("01.1", True)
    assert json.loads(file.read_text()) == load() == {
        "exercises": {"00.1": {"passed": True, "tries": 2}, "01.1": {"passed": True, "tries": 1}},
        "quizzes": {"01": {"right": 2, "of": 3}}}


def test_a_file_that_cannot_be_read_is_never_written_over(file, monkeypatch, capsys):
    record("00.1", True)
    before = file.read_bytes()

    def forbidden(self):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", forbidden)
        record("01.1", True)
        assert load()["exercises"] == {"01.1": {"passed": True, "tries": 1}}
    assert file.read_bytes() == before and os.listdir(file.parent) == [file.name]
    assert capsys.readouterr().out.count("Permission denied") == 1
    record("01.2", True)
    assert set(load()["exercises"]) == {"00.1", "01.1", "01.2"}


@on_unix
def test_a_pipe_in_its_place_does_not_hang(file):
    file.parent.mkdir()
    os.mkfifo(file)
    assert cnn.learn.check("00.1", 760).passed and load()["exercises"]["00.1"]["passed"] and file.is_fifo()
    file.unlink()
    file.symlink_to(file)   # a link that leads nowhere but to itself
    record("00.1", True)
    assert file.is_symlink()


@on_unix
def test_a_link_stays_a_link(file, tmp_path):
    file.parent.mkdir()
    file.symlink_to(tmp_path / "elsewhere" / "mine.json")
    record("00.1", True)
    assert file.is_symlink() and (tmp_path / "elsewhere" / "mine.json").exists()
    assert load()["exercises"]["00.1"]["passed"]


def test_a_system_without_locks_notes_it_all_the_same(file, monkeypatch):
    monkeypatch.setattr(sys.modules["cnnlib.learn.progress"], "fcntl", None)
    record("00.1", True)
    assert load()["exercises"]["00.1"]["passed"] and os.listdir(file.parent) == [file.name]


NOTES = """import sys, time
from cnnlib.learn.progress import record, record_quiz
while time.time() < float(sys.argv[1]):
    pass
for n in range(25):
    record(f"{sys.argv[2]}.{n}", True)
    record("00.1", False)
    record_quiz(f"{sys.argv[2]}.{n}", 1, 1)
"""


def test_programs_that_write_at_once_lose_nothing(file):
    start = str(time.time() + 2)
    writers = [subprocess.Popen([sys.executable, "-c", NOTES, start, name]) for name in "abc"]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    done = json.loads(file.read_text())
    assert done["exercises"].pop("00.1") == {"passed": False, "tries": 75}
    assert len(done["exercises"]) == len(done["quizzes"]) == 75 and os.listdir(file.parent) == [file.name]


def test_threads_that_write_at_once_lose_nothing(file):
    threads = [threading.Thread(target=lambda t=t: [record(f"{t}.{n}", True) for n in range(20)]) for t in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(load()["exercises"]) == 80


def test_a_write_that_fails_half_way_leaves_the_old_file(file, monkeypatch):
    record("00.1", True)
    before = file.read_bytes()

    def full(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    record("01.1", True)
    assert file.read_bytes() == before and os.listdir(file.parent) == [file.name]


# --- where it lies ----------------------------------------------------------------------------------------------------


def test_set_but_empty_nothing_is_written(monkeypatch):
    monkeypatch.setenv("CNNLIB_PROGRESS", "")
    assert path() is None
    tries = load()["exercises"].get("00.1", {"tries": 0})["tries"]
    record("00.1", False)
    assert load()["exercises"]["00.1"]["tries"] in (tries, tries + 1), "kept as long as this program runs"
    code = "import cnnlib as cnn; print(cnn.learn.progress('00').rows[0][2])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "not yet\n", "each program begins anew"


def test_otherwise_it_lies_in_the_users_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("CNNLIB_PROGRESS")
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert path().name == "progress.json" and "cnnlib" in path().parts[-2] and not path().exists()


def test_tests_never_write_into_the_users_own():
    assert os.environ["CNNLIB_PROGRESS"] == ""
