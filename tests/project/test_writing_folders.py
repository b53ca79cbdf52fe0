"""Folders are made whole or not at all, and never at the cost of files that someone else put there."""

import os
import shutil

import pytest

from cnnlib import _writing


def three(folder):
    (folder / "sub").mkdir()
    (folder / "a.txt").write_text("a")
    (folder / "sub" / "b.txt").write_text("b")


def one(folder):
    (folder / "c.txt").write_text("c")


def seen(path):
    return sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file() and p.name != _writing.LIST)


def nothing_beside(path):
    return [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_new_folder_and_again(tmp_path):
    out = tmp_path / "out"
    assert _writing.folder(f"{out}/", three, "site") == out.resolve()
    assert seen(out) == ["a.txt", "sub/b.txt"]
    first = (out / _writing.LIST).read_bytes()
    _writing.folder(out, three, "site")
    assert (out / _writing.LIST).read_bytes() == first
    _writing.folder(out, one, "site")
    assert seen(out) == ["c.txt"] and not (out / "sub").exists() and nothing_beside(out)


def test_what_others_put_at_the_top_stays(tmp_path):
    """A branch of git, and whatever else a teacher adds to it."""
    out = tmp_path / "out"
    (out / ".git").mkdir(parents=True)
    (out / ".git" / "HEAD").write_text("x")
    _writing.folder(out, three, "student")
    (out / "mine.md").write_text("mine")
    (out / "sub" / "__pycache__").mkdir()
    (out / "sub" / "__pycache__" / "b.pyc").write_text("")
    _writing.folder(out, one, "student")
    assert seen(out) == [".git/HEAD", "c.txt", "mine.md"] and nothing_beside(out)


def foreign(out):
    (out / "thesis.txt").write_text("years")


def changed(out):
    three(out)
    _writing.folder(out / "x", three, "site")
    shutil.copytree(out / "x", out, dirs_exist_ok=True)
    shutil.rmtree(out / "x")
    (out / "sub" / "b.txt").write_text("years")


def added(out):
    _writing.folder(out, three, "site")
    (out / "sub" / "more.txt").write_text("years")


def in_the_way(out):
    _writing.folder(out, three, "site")
    (out / "c.txt").write_text("years")


def other(out):
    _writing.folder(out, three, "student")


def broken(out):
    three(out)
    (out / _writing.LIST).write_text("[" * 100_000)


@pytest.mark.parametrize(("make", "said"), [
    (foreign, "'thesis.txt'"), (changed, "'sub/b.txt' in .* was changed"), (added, "'sub/more.txt' in .* was not made"),
    (in_the_way, "'c.txt' in .* was not made"), (other, "not made by `cnnlib site`, but by `cnnlib student`"),
    (broken, "not made by `cnnlib site`"),
])
def test_nothing_of_others_is_lost(tmp_path, make, said):
    out = tmp_path / "out"
    out.mkdir()
    make(out)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    with pytest.raises(_writing.ForeignError, match=said) as error:
        _writing.folder(out, one, "site")
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before and nothing_beside(out)
    assert len(str(error.value)) <= 300


def test_a_failure_leaves_nothing_behind(tmp_path):
    def fails(folder):
        three(folder)
        raise ZeroDivisionError

    out = tmp_path / "out"
    with pytest.raises(ZeroDivisionError):
        _writing.folder(out, fails, "site")
    assert list(tmp_path.iterdir()) == []
    _writing.folder(out, three, "site")
    with pytest.raises(ZeroDivisionError):
        _writing.folder(out, fails, "site")
    assert seen(out) == ["a.txt", "sub/b.txt"] and nothing_beside(out)


@pytest.mark.parametrize("at", range(5))
def test_a_disk_that_fails_half_way_changes_nothing(tmp_path, monkeypatch, at):
    out, real, calls = tmp_path / "out", os.replace, []
    _writing.folder(out, three, "site")
    before = seen(out)

    def replace(source, target):
        calls.append(source)
        if len(calls) == at + 1:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OSError, match="Input/output error"):
        _writing.folder(out, one, "site")
    assert seen(out) == before and nothing_beside(out)


def test_what_a_killed_program_left_is_cleared_and_nothing_else(tmp_path):
    out = tmp_path / "out"
    left, other = tmp_path / ".out-0123abcd.part", tmp_path / ".other-0123abcd.part"
    for folder in (left, other):
        folder.mkdir()
        (folder / "half").write_text("")
        os.utime(folder, (0, 0))
    _writing.folder(out, one, "site")
    assert not left.exists() and other.exists()


def test_no_place_for_it(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"the folder .*no' does not exist"):
        _writing.folder(tmp_path / "no" / "out", one, "site")
    (tmp_path / "file").write_text("")
    with pytest.raises(_writing.ForeignError, match="is a file"):
        _writing.folder(tmp_path / "file", one, "site")
