"""What is done so far: a small file in the user's data folder, which nothing depends on.

The environment variable CNNLIB_PROGRESS names another file; set but empty, nothing is kept beyond this program. What
cannot be written is remembered for as long as this program runs, and said once. A file that cannot be read is never
written over.
"""

import contextlib
import html
import json
import os
import stat
import time
from pathlib import Path

from .. import _writing

fcntl = msvcrt = None
with contextlib.suppress(ImportError):
    import fcntl
with contextlib.suppress(ImportError):
    import msvcrt  # Windows

PATIENCE = 5.0        # seconds for others who are writing
MOST = 10**7          # bytes; a file of more is none of ours
KINDS = 30            # of mistakes that are kept of one exercise
_unwritten = {}       # by place: the changes that are not in the file
_said = set()         # places whose trouble has been told


def path():
    """The file, a `Path`; None if nothing is to be written."""
    named = os.environ.get("CNNLIB_PROGRESS")
    if named is not None:
        return Path(named) if named else None
    import platformdirs  # comes with Jupyter

    return Path(platformdirs.user_data_dir("cnnlib", appauthor=False)) / "progress.json"


def record(id, passed, mistake=None):
    """Note one try at an exercise, and the mistake that was named, a sentence of its check. Once passed stays passed,
    and tries and mistakes after that are no longer counted. A disk that cannot be written to is no error."""
    def change(done):
        entry = done["exercises"].setdefault(id, {"passed": False, "tries": 0})
        if not entry["passed"]:
            entry["tries"] += 1
            if mistake is not None and not passed:
                named = entry.setdefault("mistakes", {})
                if mistake in named or len(named) < KINDS:
                    named[mistake] = named.get(mistake, 0) + 1
        entry["passed"] = entry["passed"] or passed

    _note(change)


def record_quiz(id, right, of):
    """Note how many questions of a quiz are answered rightly; the best counts."""
    def change(done):
        best = done["quizzes"].get(id, {"right": 0})["right"]
        done["quizzes"][id] = {"right": min(max(best, right), of), "of": of}

    _note(change)


# --- the file ---------------------------------------------------------------------------------------------------------

def load():
    """What is noted: {"exercises": {id: {"passed", "tries"}}, "quizzes": {id: {"right", "of"}}}. An exercise where a
    mistake was named has {"mistakes": {sentence: count}}, too. Nothing in it is the learner's own words or code.

    A file that makes no sense is put aside under another name, which is said; then all starts afresh.
    """
    file, done = _place(), _nothing()
    if file:
        with _telling(file), contextlib.suppress(FileNotFoundError), _locked(file.parent):   # no folder so far
            done = _read(file)
    for change in _unwritten.get(file, ()):
        change(done)
    return done


def _note(change):
    """Make a change in the file, and those that could not be made before."""
    file = _place()
    changes = _unwritten.setdefault(file, [])
    changes.append(change)
    if file is None:
        return
    with _telling(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with _locked(file.parent):
            done, count = _read(file), len(changes)   # while others write, nothing is lost
            before = json.dumps(done)
            for each in changes[:count]:
                each(done)
            if json.dumps(done) != before:
                _writing.write(file, lambda new: new.write(json.dumps(done, indent=1).encode()))
            del changes[:count]
        _said.discard(file)


def _place():
    """The file itself, where its name is a link."""
    file = path()
    return file and Path(os.path.realpath(file))


def _nothing():
    return {"exercises": {}, "quizzes": {}}


@contextlib.contextmanager
def _telling(file):
    """An error of the disk is said, once, and is none."""
    try:
        yield
    except OSError as error:
        if file not in _said:
            _said.add(file)
            why = (error.strerror or str(error) or type(error).__name__)[:80]
            print(f"Your progress cannot be saved in {_short(file)}: {why}. It is remembered until this program ends.")


def _short(file):
    text = str(file)
    return text if len(text) <= 80 else f"…{text[-79:]}"


@contextlib.contextmanager
def _locked(folder):
    """One program at a time; where the disk knows no locks, at once."""
    if msvcrt:
        with open(folder / ".progress.lock", "a+b") as file:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)   # waits up to ten seconds; ends where the file is closed
            yield
        return
    if not fcntl:   # neither, as in a browser
        yield
        return
    handle, until = os.open(folder, os.O_RDONLY), time.monotonic() + PATIENCE
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError(0, "somebody else is writing there") from None
                time.sleep(0.005)
                continue
            except OSError:
                pass
            break
        yield
    finally:
        os.close(handle)   # and with it the lock


def _read(file):
    """What the file holds; nothing if there is none, or none that makes sense. Raises OSError for one that cannot be
    read."""
    try:
        state = os.stat(file)
    except FileNotFoundError:
        return _nothing()
    if not stat.S_ISREG(state.st_mode):   # a folder; a pipe would be waited for
        raise OSError(0, "that is not a file")
    try:
        if state.st_size > MOST:
            raise ValueError("too much")
        return parsed(file.read_bytes())
    except (ValueError, RecursionError):
        _put_aside(file)
        return _nothing()


def parsed(content):
    """What the bytes of such a file hold, as `load` gives it. Raises ValueError or RecursionError for what is none.

    >>> parsed(b'{"exercises": {"01.1": {"passed": true, "tries": 2}}}')
    {'exercises': {'01.1': {'passed': True, 'tries': 2}}, 'quizzes': {}}
    """
    done = json.loads(content.decode("utf-8-sig"))
    if not isinstance(done, dict):
        raise ValueError("not an object")
    sound = {"exercises": lambda passed, tries: type(passed) is bool and _count(tries),
             "quizzes": lambda right, of: _count(right) and _count(of) and right <= of}
    fields = {"exercises": ("passed", "tries"), "quizzes": ("right", "of")}
    for name, is_sound in sound.items():
        entries = done.setdefault(name, {})
        if not isinstance(entries, dict) or not all(
            isinstance(entry, dict) and is_sound(*map(entry.get, fields[name])) for entry in entries.values()
        ):
            raise ValueError(f"{name} make no sense")
    for entry in done["exercises"].values():
        named = entry.get("mistakes", {})
        if not isinstance(named, dict) or not all(map(_count, named.values())):
            raise ValueError("mistakes make no sense")
    return done


def _count(number):
    return type(number) is int and 0 <= number < 10**9


def _put_aside(file):
    number, other = 1, file.with_name(f"{file.name}.broken")
    while os.path.lexists(other):
        number, other = number + 1, file.with_name(f"{file.name}.broken{number + 1}")
    file.rename(other)
    print(f"Your progress could not be read. The file is kept as {other.name}; a new one is started.")


# --- the table --------------------------------------------------------------------------------------------------------

class Progress:
    """What is done, as a table: `rows` are lists of texts, `head` says what stands in them."""

    def __init__(self, head, rows):
        self.head, self.rows = head, rows

    def __repr__(self):
        table = [self.head, *self.rows]
        widths = [max(len(row[column]) for row in table) for column in range(len(self.head))]
        lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in table]
        return "\n".join(line.rstrip() for line in lines)

    def _repr_mimebundle_(self, include=None, exclude=None):
        left = 'style="text-align:left"'
        head = "".join(f'<th scope="col" {left}>{html.escape(name)}</th>' for name in self.head)
        rows = ["".join(f"<td {left}>{html.escape(cell)}</td>" for cell in row) for row in self.rows]
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return {"text/html": table, "text/plain": repr(self)}


def lessons(lessons):
    """A table of lessons, given (number, title, exercise ids, quiz id or None) of each."""
    done = load()
    rows = []
    for number, title, exercises, quiz in lessons:
        passed = sum(done["exercises"].get(id, {"passed": False})["passed"] for id in exercises)
        rows.append([number, title, f"{passed} of {len(exercises)}", _quiz(done, quiz)])
    return Progress(["lesson", "about", "exercises", "quiz"], rows)


def lesson(exercises, quiz):
    """A table of one lesson's exercises, given as (id, title), and its quiz."""
    done = load()
    rows = []
    for id, title in exercises:
        entry = done["exercises"].get(id, {"passed": False, "tries": 0})
        tries = f"{entry['tries']} {'try' if entry['tries'] == 1 else 'tries'}"
        state = "done" if entry["passed"] else "begun" if entry["tries"] else "not yet"
        rows.append([id, title, state, tries if entry["tries"] else ""])
    if quiz:
        rows.append(["quiz", f"questions on lesson {quiz}", _quiz(done, quiz), ""])
    return Progress(["exercise", "about", "state", "tries"], rows)


def _quiz(done, quiz):
    if quiz is None:
        return ""
    entry = done["quizzes"].get(quiz)
    return f"{entry['right']} of {entry['of']}" if entry else "not yet"
