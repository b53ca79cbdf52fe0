"""Notebooks run side by side: each waits for the other here, so one after the other they would never end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from notebooks_made import code, markdown, written

from cnnlib.ops import parallel
from cnnlib.publish.errors import PublishError
from cnnlib.publish.notebook import all_executed, load

pytest.importorskip("nbclient", reason="what publishes is not installed: uv sync --extra publish")

ROOT = Path(__file__).resolve().parents[2]
WAIT = """import os, time
from pathlib import Path
def told(name):
    Path(name + '.part').write_text(str(os.getpid()))
    os.replace(name + '.part', name)
def wait(name):
    while not Path(name).exists():
        time.sleep(0.01)
"""


@pytest.fixture(autouse=True)
def two_cores(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(parallel, "cores", lambda: 2)


def outcome(notebooks):
    return json.dumps([[cell.get("outputs") for cell in notebook.cells] for notebook in notebooks])


def gone(kernel):
    """Waits until a process has ended; a test that waits too long is ended from outside."""
    while True:
        try:
            os.kill(kernel, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)


def test_they_meet_and_come_back_in_their_order(tmp_path, monkeypatch):
    """And one after the other they give the same."""
    paths = [
        written(tmp_path / "short.ipynb", code(WAIT + "told('short')\nwait('long')\n'one'", "meet")),
        written(tmp_path / "long.ipynb", code(WAIT + "told('long')\nwait('short')\n'two'", "meet"), code("3", "more")),
        written(tmp_path / "text.ipynb", markdown("# A", "head")),
    ]
    told = []
    runs = all_executed([(load(path), path) for path in paths], told=told.append)
    assert [run.cells[0].get("outputs", [{}])[0].get("data", {}).get("text/plain") for run in runs] == [
        "'one'", "'two'", None]
    assert [line.rpartition("/")[2] for line in told] == ["long.ipynb: runs", "short.ipynb: runs"], "the longest first"
    monkeypatch.setattr(parallel, "cores", lambda: 1)   # both files are there by now
    assert outcome(all_executed([(load(path), path) for path in paths], fresh=True)) == outcome(runs)


@pytest.mark.long
def test_the_first_failure_stops_the_others(tmp_path):
    bad = written(tmp_path / "bad.ipynb", code(WAIT + "wait('at work')\n1 / 0", "fails"))
    other = written(tmp_path / "other.ipynb", code(WAIT + "told('at work')\nwait('never')", "works"))
    later = [written(tmp_path / f"later{n}.ipynb", code("1", "one")) for n in range(3)]
    with pytest.raises(PublishError, match=r"bad.ipynb, cell 1 \(fails\): does not run: ZeroDivisionError"):
        all_executed([(load(path), path) for path in (bad, other, *later)])
    assert gone(int((tmp_path / "at work").read_text()))
    kept = tmp_path / "kept"
    assert not kept.exists() or not [file for file in kept.iterdir() if file.name.startswith(("bad", "other", "."))]


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
def test_ctrl_c_stops_them_all(tmp_path):
    pytest.importorskip("myst_nb", reason="what publishes is not installed: uv sync --extra publish")
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    written(notebooks / "a.ipynb", markdown("# A", "head"), code(WAIT + "told('at work')\nwait('never')", "work"))
    site = ["site", str(tmp_path / "site"), "--notebooks", str(notebooks)]
    program = subprocess.Popen([sys.executable, "-m", "cnnlib.publish.cli", *site], cwd=ROOT, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
    while not (notebooks / "at work").exists():
        assert program.poll() is None, program.communicate()
        time.sleep(0.01)
    kernel = int((notebooks / "at work").read_text())
    program.send_signal(signal.SIGINT)
    out, err = program.communicate()
    assert (program.returncode, err) == (130, "cnnlib: stopped\n"), out
    assert out == "notebooks/a.ipynb: runs\n"
    assert gone(kernel) and not (tmp_path / "kept").exists()
    assert {file.name for file in tmp_path.iterdir()} == {"notebooks"}
