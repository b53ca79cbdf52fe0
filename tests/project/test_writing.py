"""Files are written in one place, all or nothing, by however many programs at once."""

import ast
import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cnnlib import _writing

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name == "nt", reason="locks are those of POSIX")

WRITES = {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile", "savetxt", "tofile"}


def writers(text):
    """The calls in a module that write to the disk by themselves."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", None))
        whose = getattr(getattr(node.func, "value", None), "id", None)
        mode = [part.value for part in [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "mode")]
                if isinstance(part, ast.Constant)]
        opens = name == "open" and any(isinstance(each, str) and set(each) & set("wax+") for each in mode)
        saves = name in ("savez", "savez_compressed", "save") and whose == "np" and ast.unparse(node.args[0]) != "file"
        if name in WRITES or opens or saves or (name in ("replace", "open") and whose == "os"):
            found.append(ast.unparse(node))
    return found


def test_nothing_else_writes_files():
    """But for an empty file that locks, a pipe, and nothing at all."""
    modules = [path for path in (ROOT / "cnnlib").rglob("*.py") if path != Path(_writing.__file__)]
    assert {path.name: found for path in modules if (found := writers(path.read_text(encoding="utf-8")))} == {
        "progress.py": ["os.open(folder, os.O_RDONLY)", "open(folder / '.progress.lock', 'a+b')"],
        "apart.py": ["os.open(os.devnull, os.O_RDWR)", "open(writer, 'wb')"],
        "cli.py": ["os.open(os.devnull, os.O_RDWR)"],
    }


@pytest.mark.parametrize("text", [
    "open(path, 'w')", "open(path, mode='ab')", "path.write_text(text)", "np.savez(path, a=a)", "os.replace(a, b)",
    "tempfile.mkstemp(dir=folder)",
])
def test_what_writes_would_be_seen(text):
    assert writers(text) == [text]


PAIR = """
import sys, time
import numpy as np
from cnnlib import nn
number, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
model = nn.Sequential(nn.Linear(100, 100))
print("ready", flush=True)
begin = float(input())
for n in range(count):
    model[0].bias.data = np.full(100, float(2 * n + number), np.float32)
    while time.time() < begin + n * 0.01: pass
    model.save(path)
    nn.Sequential(nn.Linear(100, 100)).load(path)
print("done")
"""


def pairs(path, count):
    """Two programs save to one name at the same moments, and read what is there; returns what they say."""
    both = [subprocess.Popen([sys.executable, "-c", PAIR, str(n), str(count), str(path)], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) for n in (0, 1)]
    for each in both:
        assert each.stdout.readline() == "ready\n"
    begin = str(time.time() + 0.2)
    for each in both:   # both have to hear it before one of them is waited for
        each.stdin.write(f"{begin}\n")
        each.stdin.flush()
    return [each.communicate(timeout=120) for each in both]


def test_two_programs_save_to_one_name(tmp_path):
    """Each finds a whole file whenever it looks."""
    assert pairs(tmp_path / "model.npz", int(os.environ.get("CNNLIB_PAIRS", "25"))) == [("done\n", "")] * 2
    assert os.listdir(tmp_path) == ["model.npz"]


KILLED = """
import sys, time
from cnnlib import _writing
def fill(file):
    file.write(b"half of it")
    file.flush()
    print("writing", flush=True)
    time.sleep(600)
_writing.write(sys.argv[1], fill)
"""


@contextlib.contextmanager
def at_work(path):
    """A program that is in the middle of writing to `path`; at the end it is killed."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout.readline() == "writing\n"
    yield process
    process.kill()
    process.wait()


@posix
def test_what_a_killed_program_left_is_cleared_away_and_nothing_else(tmp_path):
    path = tmp_path / "model.npz"
    (tmp_path / ".model.npz-notours.part").write_text("")
    with at_work(path), at_work(tmp_path / "other.npz"):
        with at_work(path):
            assert len(os.listdir(tmp_path)) == 4
        _writing.write(path, lambda file: file.write(b"new"))
        left = sorted(os.listdir(tmp_path))
        assert [name[:11] for name in left] == [".model.npz-"] * 2 + [".other.npz-", "model.npz"], left
    _writing.write(path, lambda file: file.write(b"newer"))
    assert path.read_bytes() == b"newer"
    assert sorted(name[:11] for name in os.listdir(tmp_path)) == [".model.npz-", ".other.npz-", "model.npz"]


@posix
def test_one_that_sleeps_finds_its_file_again(tmp_path):
    """However long it was stopped."""
    with at_work(tmp_path / "model.npz") as process:
        process.send_signal(signal.SIGSTOP)
        (part,) = tmp_path.iterdir()
        os.utime(part, (0, 0))
        _writing.write(tmp_path / "model.npz", lambda file: None)
        assert part.exists()
        process.send_signal(signal.SIGCONT)


def test_without_locks_only_old_ones_go(tmp_path, monkeypatch):
    """As on Windows."""
    monkeypatch.setattr(_writing, "fcntl", None)
    old, new = tmp_path / ".a.npz-00000000.part", tmp_path / ".a.npz-00000001.part"
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (0, time.time() - 2 * _writing.OLD))
    assert _writing.write(tmp_path / "a.npz", lambda file: file.write(b"all")).read_bytes() == b"all"
    assert not old.exists() and new.exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError("no")])
def test_a_failure_leaves_all_as_it_was(tmp_path, error):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fails(file):
        file.write(b"half of the n")
        raise error

    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        _writing.write(path, fails)
    assert path.read_bytes() == b"old" and os.listdir(tmp_path) == ["a.txt"]


def test_errors_of_the_disk_name_the_file(tmp_path):
    path = tmp_path / ("n" * 300)
    with pytest.raises(OSError, match="nnn") as error:
        _writing.write(path, lambda file: None)
    assert ".part" not in str(error.value) and len(str(error.value)) < 300 and os.listdir(tmp_path) == []


def test_the_longest_name_can_be_written(tmp_path):
    path = tmp_path / ("é" * 127)
    assert _writing.write(path, lambda file: file.write(b"x")).read_bytes() == b"x"
