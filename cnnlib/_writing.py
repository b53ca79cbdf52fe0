"""How files come to be: all or nothing. Whatever this package writes, it writes here.

A file is filled beside its place, under a name of its own, and then put there in one go: a reader sees the old
file or the new one, however many programs write at once, and a failure leaves the old one as it was. What a program
that was killed left behind is cleared away by the next that writes to the same name; of one that is still at work,
never: it holds a lock on its file, which ends with it.
"""

import contextlib
import os
import re
import time
from pathlib import Path

try:
    import fcntl
except ImportError:   # Windows: there, a file's age has to do
    fcntl = None

OLD = 3600   # seconds after which, without locks, nobody is thought to be at work any more


class FolderError(IsADirectoryError, ValueError):
    """A folder was named where a file is meant."""


def named(path, example, suffix=None):
    """The `Path` of a file, with `suffix` added if it has another. TypeError for what is no path, `FolderError` for
    the name of a folder, ValueError for a name that no file can have."""
    try:
        given = os.fspath(path)
        whole = Path(given)
    except TypeError:
        raise TypeError(f"path must be a file name such as {example!r}, found {type(path).__name__}") from None
    if "\0" in given:
        raise ValueError(f"path must be a file name such as {example!r}, found {_said(given)} with a NUL in it")
    if given.endswith(("/", os.sep)) or whole.name in ("", ".."):
        raise FolderError(f"path must be a file, found the folder {_said(given)}; add the name of a file in it, "
                          f"such as {example!r}")
    return whole.with_name(whole.name + suffix) if suffix and whole.suffix != suffix else whole


def target(path, example, suffix=None):
    """The `Path` of a file to be written; errors as of `named`, FileNotFoundError if there is no folder for it."""
    whole = named(path, example, suffix)
    if not os.path.isdir(whole.parent):
        raise FileNotFoundError(f"path: the folder {_said(whole.parent)} does not exist, so {_said(whole.name)} cannot "
                                "be written there; make it first, or correct the name")
    if os.path.isdir(whole):
        raise FolderError(f"path must be a file, found the folder {_said(whole)}")
    return whole


def write(path, fill):
    """Let `fill(file)` write to a binary file that then takes the place `path`; returns `path`. A failure of `fill`
    is raised as it is, one of the disk as an OSError that names `path`."""
    path = Path(path)
    with contextlib.ExitStack() as stack:
        _clear(path)
        with about(path):
            file, part = _beside(path, stack)
        fill(file)
        with about(path):
            file.flush()
            if fcntl is None:   # an open file cannot be moved there
                file.close()
            os.replace(part, path)
    return path


def _beside(path, stack):
    """An open file in the folder of `path`, locked, and its name; the end of `stack` closes and removes it."""
    while True:
        part = path.with_name(f"{_start(path)}{os.urandom(4).hex()}.part")
        # Not as `tempfile` makes one: that is private, this one is as readable as any other that the user writes.
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        stack.callback(part.unlink, missing_ok=True)
        file = stack.enter_context(os.fdopen(handle, "w+b"))
        if _locked(file, wait=True) is None or part.exists():   # otherwise someone cleared it away before the lock
            return file, part


def _clear(path):
    """Remove what was left of earlier attempts at `path` by programs that are gone."""
    mine = re.compile(re.escape(_start(path)) + r"[0-9a-f]{8}\.part")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for part in [entry.path for entry in entries if mine.fullmatch(entry.name)]:
            with contextlib.suppress(OSError), open(part, "r+b") as file:
                if fcntl is None:
                    file.close()   # an open file cannot be removed there
                    left = time.time() - os.stat(part).st_mtime > OLD
                else:
                    left = _locked(file, wait=False)
                if left:
                    os.unlink(part)   # while the lock is held: its maker, just before the lock, looks again


def _locked(file, wait):
    """Whether this program now holds the lock of a file; None where the system or the disk knows no locks."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _start(path):
    """How the names of files on their way to `path` begin; hidden, and short enough for every disk."""
    return f".{path.name[:40]}-"


@contextlib.contextmanager
def about(path):
    """Errors of the disk name this file, not one beside it, and not at any length."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, _clipped(path)) from None


def _said(path):
    return repr(_clipped(path))


def _clipped(path):
    text = str(path)
    return text if len(text) <= 80 else f"…{text[-79:]}"
