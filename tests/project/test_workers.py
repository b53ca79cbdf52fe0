"""How a run is spread over workers: folders over two of them, single files over none, and long files first."""

import os
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = runpy.run_path(str(ROOT / "conftest.py"))


@pytest.mark.parametrize(("arguments", "workers"), [
    (["tests", "notebooks"], 2), (["tests/ops"], 2), (["tests/ops", "tests/test_x.py"], 2),
    (["tests/ops/test_conv.py"], 0), (["tests/ops/test_conv.py::test_scipy"], 0), (["notebooks/gallery.ipynb"], 0),
])
def test_folders_are_shared_and_single_files_are_not(arguments, workers, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    count = SHARED["pytest_xdist_auto_num_workers"]
    assert count(SimpleNamespace(args=arguments)) == workers
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert count(SimpleNamespace(args=arguments)) == 0


@pytest.mark.parametrize(("workers", "before", "threads"), [(2, None, "1"), (0, None, None), (2, "4", "4")])
def test_workers_have_one_thread_each_for_their_matrix_products(workers, before, threads, monkeypatch):
    """Unless somebody has said how many; a single process has all."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", before or "")
    if before is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    SHARED["pytest_configure"](SimpleNamespace(option=SimpleNamespace(numprocesses=workers)))
    assert os.environ.get("OPENBLAS_NUM_THREADS") == threads


def in_order(*names):
    items = [SimpleNamespace(path=Path(name), number=n) for n, name in enumerate(names)]
    SHARED["pytest_collection_modifyitems"](items)
    return [item.number for item in items]


def test_long_files_come_first_and_nothing_else_moves():
    assert in_order("a.py", "notebooks/06_a_full_cnn.ipynb", "b.py", "test_jupyterlab.py", "a.py") == [3, 1, 0, 4, 2]


def test_what_waits_is_spread_over_what_calculates():
    assert in_order("browser/a.py", "browser/b.py", "c.py", "d.py", "e.py", "f.py") == [0, 2, 3, 1, 4, 5]


def test_long_files_are_files():
    found = {path.stem for folder, pattern in (("tests", "test_*.py"), ("notebooks", "*.ipynb"))
             for path in (ROOT / folder).rglob(pattern)}
    assert set(SHARED["LONG"]) <= found and len(SHARED["LONG"]) > 3
