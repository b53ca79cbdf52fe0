"""The commands of tools/: each says what it is for, refuses what it does not know, and writes only when asked to."""

import pkgutil
import runpy
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from untouched import snapshot

import tools
from tools import golden, misconceptions, pictures, solutions, store

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(module.name for module in pkgutil.iter_modules(tools.__path__))
NO_COMMANDS = ["asking", "clock", "command", "house_style", "proofs"]   # rules for tests, what commands share
COMMANDS = [name for name in MODULES if name not in NO_COMMANDS]
every_command = pytest.mark.parametrize("name", COMMANDS)


def run(monkeypatch, name, *arguments):
    """The exit code of `python -m tools.name`; the project must be as it was before."""
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    monkeypatch.delitem(sys.modules, f"tools.{name}", raising=False)
    before = snapshot(ROOT)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(f"tools.{name}", run_name="__main__", alter_sys=True)
    assert snapshot(ROOT) == before
    return ended.value.code


def test_all_of_them_are_seen():
    assert {"golden", "guard", "misconceptions", "pictures", "record_torch", "solutions", "store"} < set(COMMANDS)


@pytest.mark.parametrize("name", NO_COMMANDS)
def test_what_is_no_command_does_nothing(name, monkeypatch, capsys):
    monkeypatch.delitem(sys.modules, f"tools.{name}", raising=False)
    before = snapshot(ROOT)
    assert "main" not in runpy.run_module(f"tools.{name}", run_name="__main__", alter_sys=True)
    assert snapshot(ROOT) == before and capsys.readouterr().out == ""


@every_command
def test_help_says_what_it_is_for_and_does_nothing(name, monkeypatch, capsys):
    """And how to call it: at least one line of its own, and every option."""
    assert run(monkeypatch, name, "--help") == 0
    said = capsys.readouterr().out
    assert said.startswith(f"usage: python -m tools.{name} [-h]")
    first, *rest = said.split("\n\n")[1:]
    assert len(first) > 40 and f"python -m tools.{name}" in "".join(rest)


@every_command
@pytest.mark.parametrize("unknown", ["--no-such-option", "no-such-thing"])
def test_what_is_unknown_is_refused(name, unknown, monkeypatch, capsys):
    assert run(monkeypatch, name, unknown) == 2
    assert unknown in capsys.readouterr().err


def test_notebooks_must_exist(monkeypatch, capsys, tmp_path):
    """Also those whose name ends as it should; and a file must be a notebook."""
    (tmp_path / "notes.txt").touch()
    for path, found in ((tmp_path / "no.ipynb", "found nothing"), (tmp_path / "notes.txt", "found something else")):
        assert run(monkeypatch, "store", str(path)) == 2
        assert f"expected a notebook, an .ipynb file; {found} at {path}" in capsys.readouterr().err


# --- what they write, and what --check tells of it --------------------------------------------------------------------


def golden_scene(monkeypatch, folder):
    monkeypatch.setattr(golden, "FOLDER", folder)
    monkeypatch.setattr(golden, "GOLDEN", {"conv1d": golden.GOLDEN["conv1d"]})
    return golden.main, folder / "conv1d.json"


def picture(monkeypatch, folder):
    monkeypatch.setattr(pictures, "FOLDER", folder)
    monkeypatch.setattr(pictures, "PICTURES", {"signal.png": pictures.PICTURES["signal.png"]})
    (folder / "first_look.png").write_bytes((ROOT / "assets" / "pictures" / "first_look.png").read_bytes())
    return pictures.main, folder / "signal.png"


def index(monkeypatch, folder):
    monkeypatch.setattr(misconceptions, "PATH", folder / "index.ipynb")
    return misconceptions.main, folder / "index.ipynb"


def solved(monkeypatch, folder):
    made = store.tidy(new_notebook(cells=[new_markdown_cell("Nothing to run.")]))
    monkeypatch.setattr(solutions, "notebook", lambda number: made)
    monkeypatch.setattr(store, "run", lambda *_, **__: made)
    monkeypatch.setattr(solutions, "path", lambda number: folder / "00.ipynb")
    return lambda arguments: solutions.main(["00", *arguments]), folder / "00.ipynb"


@pytest.mark.parametrize("tool", [golden_scene, picture, index, solved])
def test_check_tells_and_only_the_other_writes(tool, monkeypatch, tmp_path, capsys):
    main, path = tool(monkeypatch, tmp_path)
    assert main(["--check"]) == 1 and not path.exists()
    assert f"{path.name}: would change" in capsys.readouterr().out
    assert main([]) == 0 and f"{path.name}: stored" in capsys.readouterr().out
    content, moment = path.read_bytes(), path.stat().st_mtime_ns
    assert main(["--check"]) == main([]) == 0 and path.stat().st_mtime_ns == moment
    path.write_bytes(content[:-2])
    assert main(["--check"]) == 1 and path.read_bytes() == content[:-2]
    assert main([]) == 0 and path.read_bytes() == content
