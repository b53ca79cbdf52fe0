"""What all tests and notebooks share: drawn examples, the spread over workers, and whose progress it is."""

import collections
import gc
import itertools
import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from sweeps import examples
from untouched import pytest_sessionfinish, pytest_sessionstart, pytest_terminal_summary  # noqa: F401  (hooks)

# No deadline: a busy machine is not a failure. In CI the same examples every time, so a red run can be repeated.
settings.register_profile("default", deadline=None, max_examples=examples(60), derandomize="CI" in os.environ)
settings.load_profile("default")

# What is tried in tests and in their notebooks is nobody's progress: each program begins with none.
os.environ["CNNLIB_PROGRESS"] = ""

# Nor do the settings of their IPython matter: some show more outputs of a cell than others, or run code at the start.
if "PYTEST_XDIST_WORKER" not in os.environ:
    SETTINGS = tempfile.TemporaryDirectory(prefix="ipython-", ignore_cleanup_errors=True)
    os.environ["IPYTHONDIR"] = SETTINGS.name

# A worker takes whole files, the next one when it is done. Those that take minutes come first, so that no worker is
# left alone with one of them at the end.
LONG = ["09_segmentation", "test_training_lab", "test_jupyterlab", "test_comes_back", "10_looking_inside",
        "06_a_full_cnn", "test_player_lab", "08_famous_architectures", "test_exercises",
        "07_backpropagation", "test_export", "test_figures", "test_quiz"]

# These open notebooks in JupyterLab.
LAB = ("_lab.py", "test_jupyterlab.py", "test_comes_back.py", "test_figures_theme.py")

CASES = collections.defaultdict(itertools.count)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A worker takes whole files; all that need JupyterLab go to one, for to start it and load its page takes long."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            path = super()._split_scope(nodeid)
            return "JupyterLab" if path.endswith(LAB) else path

    return Scheduling(config, log) if config.getvalue("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Two workers for a folder; none for single files, which are done before a worker has started. A third one on the
    two cores of a small machine takes from the others what it does (measured), and as much memory again."""
    folders = any(Path(str(argument).partition("::")[0]).is_dir() for argument in config.args)
    return 2 if folders and (os.cpu_count() or 1) > 1 else 0


def pytest_configure(config):
    """Workers, and the kernels they start, share the cores: a second thread of a matrix product would find none free,
    and the first one burns time as it waits for it. One thread each takes half of the time."""
    if getattr(config.option, "numprocesses", None):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def pytest_itemcollected(item):
    """Of the cases of a test marked `alike(n)` the first of each n is run each time, the others by the suite `long`."""
    mark = item.get_closest_marker("alike")
    if mark and next(CASES[item.parent.nodeid, item.originalname]) % mark.args[0]:
        item.add_marker(pytest.mark.long)


def pytest_collection_finish():
    """All that was collected stays to the end: the memory's cleaner need not look through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items):
    """Long files first; then those of a browser, which often waits, evenly among those that calculate."""
    files = list(dict.fromkeys(item.path for item in items))
    place = {}
    for waits in (True, False):
        some = [path for path in files if ("browser" in path.parts) == waits]
        place |= {path: (LONG.index(path.stem) if path.stem in LONG else len(LONG), number / len(some))
                  for number, path in enumerate(some)}
    items.sort(key=lambda item: place[item.path])


@pytest.fixture(autouse=True)
def numpy_warns_as_before():
    """A test that is interrupted half-way out of `np.errstate` would silence the warnings of all that follow."""
    before = np.geterr()
    yield
    assert np.geterr() == before
