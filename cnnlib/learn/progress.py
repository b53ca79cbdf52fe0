"""What is done so far: a small file in the user's data folder, which nothing depends on.

The environment variable CNNLIB_PROGRESS names another file; set but empty, nothing is kept beyond this program.
"""

import contextlib
import html
import json
import os
from pathlib import Path

from .. import _writing

EMPTY = {"exercises": {}, "quizzes": {}}
_memory = json.dumps(EMPTY)   # used where no file is to be written


def path():
    """The file, a `Path`; None if nothing is to be written."""
    named = os.environ.get("CNNLIB_PROGRESS")
    if named is not None:
        return Path(named) if named else None
    import platformdirs  # comes with Jupyter

    return Path(platformdirs.user_data_dir("cnnlib", appauthor=False)) / "progress.json"


def record(id, passed):
    """Note one try at an exercise. Once passed stays passed. A disk that cannot be written to is no error."""
    with _changing() as done:
        entry = done["exercises"].setdefault(id, {"passed": False, "tries": 0})
        if not entry["passed"]:
            entry["tries"] += 1
        entry["passed"] = entry["passed"] or passed


def record_quiz(id, right, of):
    """Note how many questions of a quiz are answered rightly; the best counts."""
    with _changing() as done:
        best = done["quizzes"].get(id, {"right": 0})["right"]
        done["quizzes"][id] = {"right": max(best, right), "of": of}


@contextlib.contextmanager
def _changing():
    done = load()
    before = json.dumps(done)
    yield done
    if json.dumps(done) != before:
        _save(json.dumps(done, indent=1))


# --- the file ---------------------------------------------------------------------------------------------------------

def load():
    """What is noted: {"exercises": {id: {"passed", "tries"}}, "quizzes": {id: {"right", "of"}}}.

    A file that makes no sense is put aside under another name, which is said; then all begins anew.
    """
    file = path()
    if file is None:
        return json.loads(_memory)
    try:
        text = file.read_bytes()
    except OSError:
        return json.loads(json.dumps(EMPTY))
    try:
        return _sound(json.loads(text.decode("utf-8")))
    except (ValueError, RecursionError):
        _put_aside(file)
        return json.loads(json.dumps(EMPTY))


def _sound(done):
    """The same, if it is what `_save` writes; raises ValueError otherwise."""
    kinds = {"exercises": {"passed": bool, "tries": int}, "quizzes": {"right": int, "of": int}}
    if not isinstance(done, dict):
        raise ValueError("not an object")
    for name, fields in kinds.items():
        entries = done.setdefault(name, {})
        good = isinstance(entries, dict) and all(
            isinstance(entry, dict) and all(type(entry.get(field)) is kind for field, kind in fields.items())
            for entry in entries.values()
        )
        if not good:
            raise ValueError(f"{name} make no sense")
    return done


def _put_aside(file):
    number, other = 1, file.with_name(f"{file.name}.broken")
    while other.exists():
        number, other = number + 1, file.with_name(f"{file.name}.broken{number + 1}")
    with contextlib.suppress(OSError):
        file.rename(other)
        print(f"Your progress could not be read. The file is kept as {other.name}; a new one is begun.")


def _save(text):
    """All or nothing; two kernels may do so at once."""
    global _memory
    file = path()
    if file is None:
        _memory = text
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _writing.write(file, lambda new: new.write(text.encode()))


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
