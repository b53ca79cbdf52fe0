"""How files come to be: all or nothing. Whatever this package writes, it writes here.

A file is filled beside its place, under a name of its own, and then put there in one go: a reader sees the old
file or the new one, however many programs write at once, and a failure leaves the old one as it was. What a program
that was killed left behind is cleared away by the next that writes to the same name; of one that is still at work,
never: it holds a lock on its file, which ends with it.

A folder comes to be in the same way. It holds a list of its files, by which the next program knows what it may replace.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import time
from pathlib import Path

try:
    import fcntl
except ImportError:   # Windows: there, a file's age has to do
    fcntl = None

OLD = 3600   # seconds after which, without locks, nobody is thought to be at work any more
LIST = ".cnnlib-made.json"   # in a folder made here: what it is, and the SHA-256 of each of its files
LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints"}   # by programs that only looked; nobody misses them


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


class ForeignError(FileExistsError, ValueError):
    """There is something that was not made here, and that would be lost."""


def target(path, example, suffix=None):
    """The `Path` of a file to be written; errors as of `named`, FileNotFoundError if there is no folder for it."""
    whole = named(path, example, suffix)
    if not os.path.isdir(whole.parent):
        raise FileNotFoundError(f"path: the folder {_said(whole.parent)} does not exist, so {_said(whole.name)} cannot "
                                "be written there; make it first, or correct the name")
    if os.path.isdir(whole):
        raise FolderError(f"path must be a file, found the folder {_said(whole)}")
    return whole


def bears(path, mark):
    """Whether `mark` stands in the first 1000 bytes of a file: by it a program knows what it has made itself."""
    with open(path, "rb") as file:
        return mark.encode() in file.read(1000)


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


# --- folders ----------------------------------------------------------------------------------------------------------

def folder(path, fill, what):
    """Let `fill(folder)` fill a new folder, a `Path`, whose files then take their place in `path`; returns `path`.

    `what` names what is made, such as "site". A folder that is there is taken if it is empty, or if it was made as the
    same `what` before; then the old files go. Others at its top, such as `.git`, stay. A failure of `fill` is raised as
    it is and leaves `path` as it was. Raises `ForeignError` for a folder whose files are others, or were changed since;
    FileNotFoundError where there is no folder to make it in; OSError of the disk.
    """
    path = Path(os.path.realpath(os.fspath(path)))
    if not path.parent.is_dir():
        raise FileNotFoundError(f"the folder {_said(path.parent)} does not exist, so {_said(path.name)} cannot be made "
                                "in it; make it first, or correct the name")
    _ours(path, what)
    with contextlib.ExitStack() as stack:
        with about(path):
            _clear(path)
            _, part = _beside(path, stack, folder=True)
        fill(part)
        with about(path):
            listed = json.dumps({"made": what, "files": _files(part)}, indent=1) + "\n"
            (part / LIST).write_text(listed, encoding="utf-8", newline="\n")
            _exchange(path, part, _ours(path, what))
    return path


def _ours(path, what):
    """The names at the top of a folder that may be replaced. Raises `ForeignError` if that would lose anything."""
    if not os.path.lexists(path):
        return set()
    if not path.is_dir():
        raise ForeignError(f"{_said(path)} is a file, and a folder is to be made there; choose another name")
    others = {entry.name for entry in os.scandir(path)} - {".git"}
    if not others:
        return set()
    try:
        listed = json.loads((path / LIST).read_text(encoding="utf-8"))
        made, files = listed["made"], dict(listed["files"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise ForeignError(f"{_said(path)} holds files that were not made by `cnnlib {what}`, such as "
                           f"{_said(min(others))}; choose a new or an empty folder") from None
    if made != what:
        raise ForeignError(f"{_said(path)} was not made by `cnnlib {what}`, but by `cnnlib {str(made)[:20]}`; "
                           "choose another folder")
    tops = {name.partition("/")[0] for name in files} | {LIST}
    for name, digest in _files(path, tops).items():
        if name != LIST and files.get(name) != digest:
            done = "was changed since it was made" if name in files else "was not made with the rest"
            raise ForeignError(f"{_said(name)} in {_said(path)} {done} and would be lost; move it out of there, or "
                               "choose another folder")
    return tops & others


def _files(folder, tops=None):
    """{name: SHA-256} of the files in a folder, in order, of those below the `tops` if given; what programs leave
    behind is left out."""
    found = {}
    for where, folders, names in os.walk(folder):
        if tops is not None and where == str(folder):
            folders[:], names = [name for name in folders if name in tops], [name for name in names if name in tops]
        folders[:] = [name for name in folders if name not in LEFT_BEHIND]
        for file in (Path(where, name) for name in names):
            found[file.relative_to(folder).as_posix()] = hashlib.sha256(file.read_bytes()).hexdigest()
    return dict(sorted(found.items()))


def _exchange(path, part, old):
    """Put what is in `part` into `path`, in place of the `old` names there; on a failure, all is as it was."""
    new = sorted(entry.name for entry in os.scandir(part))
    if not path.exists():
        os.replace(part, path)
        return
    if taken := [name for name in new if name not in old and os.path.lexists(path / name)]:
        raise ForeignError(f"{_said(taken[0])} in {_said(path)} was not made with the rest and would be lost; move it "
                           "out of there, or choose another folder")
    aside, done = path.with_name(f"{part.name.removesuffix('.part')}.old"), []
    aside.mkdir()
    try:
        for source, target, names in ((path, aside, sorted(old)), (part, path, new)):
            for name in names:
                os.replace(source / name, target / name)
                done.append((source / name, target / name))
    except BaseException:
        for source, target in reversed(done):
            os.replace(target, source)
        aside.rmdir()
        raise
    shutil.rmtree(aside, ignore_errors=True)


# --- on the way -------------------------------------------------------------------------------------------------------

def _beside(path, stack, folder=False):
    """What is on its way to `path`, locked: an open file beside it, or a folder (then None), and its name. The end of
    `stack` closes and removes it."""
    while True:
        part, held = path.with_name(f"{_start(path)}{os.urandom(4).hex()}.part"), None
        if folder:
            part.mkdir()
            stack.callback(shutil.rmtree, part, ignore_errors=True)
            if fcntl is not None:
                handle = os.open(part, os.O_RDONLY)
                stack.callback(os.close, handle)
        else:
            # Not as `tempfile` makes one: that is private, this one is as readable as any other that the user writes.
            handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
            stack.callback(part.unlink, missing_ok=True)
            held = stack.enter_context(os.fdopen(handle, "w+b"))
        if fcntl is None or _locked(handle, wait=True) is None or part.exists():
            return held, part   # otherwise someone cleared it away before the lock


def _clear(path):
    """Remove what was left of earlier attempts at `path`, a file or a folder, by programs that are gone."""
    mine = re.compile(re.escape(_start(path)) + r"[0-9a-f]{8}\.part")
    with contextlib.suppress(OSError), os.scandir(path.parent) as entries:
        for part in [entry for entry in entries if mine.fullmatch(entry.name)]:
            with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
                folder = part.is_dir(follow_symlinks=False)
                if fcntl is None:
                    left = time.time() - os.stat(part).st_mtime > OLD
                else:   # to be locked on a disk of a network, a file has to be open for writing; a folder cannot be
                    handle = os.open(part, os.O_RDONLY if folder else os.O_RDWR)
                    stack.callback(os.close, handle)
                    left = _locked(handle, wait=False)
                if left and folder:
                    shutil.rmtree(part, ignore_errors=True)
                elif left:
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
        raise OSError(error.errno, error.strerror, clipped(path)) from None


def _said(path):
    return repr(clipped(path))


def clipped(path):
    """A path as it is said: of a long one, its end."""
    text = str(path)
    return text if len(text) <= 80 else f"…{text[-79:]}"
