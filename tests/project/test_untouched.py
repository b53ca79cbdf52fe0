"""The look at the project's own files before and after a run (tests/helpers/untouched.py) sees what a test wrote."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from untouched import differences, snapshot

HELPERS = Path(__file__).resolve().parents[1] / "helpers"
CONFTEST = "from untouched import pytest_sessionfinish, pytest_sessionstart, pytest_terminal_summary\n"


@pytest.fixture
def project(tmp_path):
    for name, text in {"pytest.ini": "[pytest]\n", "conftest.py": CONFTEST, "old.txt": "a", "gone.txt": "b"}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(project, body, **environment):
    """The exit code and the words of a run of one test."""
    (project / "test_it.py").write_text(f"from pathlib import Path\ndef test_it(tmp_path):\n    {body}\n")
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | environment
    environment |= {"PYTHONPATH": str(HELPERS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run([sys.executable, "-m", "pytest", "-q"], cwd=project, env=environment, capture_output=True,
                          text=True)
    return done.returncode, done.stdout


@pytest.mark.alike(3)
@pytest.mark.parametrize("body", ["Path('old.txt').write_text('a')", "Path('gone.txt').unlink()",
                                  "Path('new').mkdir(); Path('new/new.txt').touch()"])
def test_a_test_that_writes_into_the_project_fails_the_run(project, body):
    """Even if it writes what stood there before."""
    code, words = run(project, body, CI="1")
    assert code == 1 and "1 passed" in words
    assert any(f"    {path}\n" in words for path in ("old.txt", "gone.txt", f"new{os.sep}new.txt"))


def test_without_CI_it_is_told(project):
    code, words = run(project, "Path('old.txt').write_text('c')")
    assert code == 0 and "    old.txt\n" in words and "did you edit these" in words


def test_what_runs_leave_behind_is_nobodys_writing(project):
    """Caches, bytecode, the test's own folder; and a failure stays what it was."""
    own = "(tmp_path / 'mine.txt').touch(); Path('.cache').mkdir(); Path('.cache/x').touch(); Path('.hidden').touch()"
    code, words = run(project, own, CI="1")
    assert (code, "written into" in words) == (0, False)
    assert run(project, "assert False", CI="1")[0] == 1


def test_differences(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("1")
    before = snapshot(tmp_path)
    assert list(before) == [os.path.join("a", "b.txt")] and differences(before, before) == []
    assert differences(before, {}) == differences({}, before) == list(before)
