"""Nothing in tests/ writes into the project: a run compares what lies there before and after it.

That sees also what kernels, servers and browsers did that tests started. Under pytest-xdist the one process looks that
all workers belong to. Where CI is set, a file that was written makes the run fail; elsewhere it is only told, since
whoever sits at the machine may have edited it meanwhile.
"""

import os

import pytest

MADE_BY_RUNNING = ("__pycache__", "build", "dist")   # and everything hidden: caches, environments, version control
BEFORE, WRITTEN = pytest.StashKey(), pytest.StashKey()


def snapshot(folder):
    """{path: (size, moment of the last change)} of all files below a folder."""
    found = {}
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in MADE_BY_RUNNING]
        for name in files:
            path = os.path.join(here, name)
            if not name.startswith(".") and os.path.isfile(path):
                status = os.stat(path)
                found[os.path.relpath(path, folder)] = status.st_size, status.st_mtime_ns
    return found


def differences(before, after):
    """The paths that are new, gone, or written meanwhile."""
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        session.config.stash[BEFORE] = snapshot(session.config.rootpath)


@pytest.hookimpl(trylast=True)   # when the workers are done
def pytest_sessionfinish(session, exitstatus):
    stash = session.config.stash
    if BEFORE in stash:
        stash[WRITTEN] = differences(stash[BEFORE], snapshot(session.config.rootpath))
        if stash[WRITTEN] and "CI" in os.environ and exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if written := config.stash.get(WRITTEN, []):
        terminalreporter.section("written into the project during this run", red="CI" in os.environ, bold=True)
        terminalreporter.line("Tests write into folders of their own (tmp_path). Or did you edit these meanwhile?")
        for path in written:
            terminalreporter.line(f"    {path}")
