"""What a class has done: read from progress files and from notebooks that were handed in. Nothing in them is run.

Each file or folder at the top of a class's folder is a person. A notebook tells what its verdicts said when it was
saved; its author could have changed them. A verdict counts where its cell calls `cnn.learn.check`, as it does for
the progress: not where a page of solutions checks itself.
"""

import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from ..arguments import label
from ..learn.progress import parsed
from . import notebook
from .errors import PublishError

MOST = 50_000_000   # bytes of a file
LEFT_OUT = {"__pycache__", "node_modules", "site-packages"}
HUB = "*/.local/share/cnnlib/progress.json"   # where it lies in the homes of a JupyterHub
ID = re.compile(r"\d\d\.\d{1,3}")
VERDICT = 'class="cnn-verdict"'
ASKS = "Is it this? "   # before a mistake that the learner's code does not show


@dataclass
class Done:
    """What one person did in one exercise: `passed`, and {mistake: how often it was named}."""

    passed: bool = False
    mistakes: Counter = field(default_factory=Counter)

    def add(self, passed, mistakes):
        """The same work seen once more, in another file: what was named twice counts once."""
        self.passed |= passed
        self.mistakes |= Counter(mistakes)


@dataclass
class Class:
    """`people`, {name: {exercise id: `Done`}} of those that were tried; `files`, how many were read; `faults`, (file,
    sentence) of those that could not be."""

    people: dict = field(default_factory=dict)
    files: int = 0
    faults: list = field(default_factory=list)


def gathered(folder):
    """The `Class` whose files lie in a folder, however deep. Raises PublishError if there is none, or nothing in it."""
    folder = Path(folder)
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing"
        raise PublishError(f"report needs the folder of a class, found {found} at {folder}")
    made = Class()
    for path in _files(folder, made.faults):
        name = label(path.relative_to(folder).as_posix(), 120)
        try:
            size = path.stat().st_size
            if not 0 < size <= MOST:
                raise PublishError(f"found {size} bytes, expected at most {MOST}" if size else "is an empty file")
            done = of_notebook(path) if path.suffix == ".ipynb" else of_progress(path)
        except (PublishError, OSError) as error:
            why = getattr(error, "strerror", None) or str(error)
            made.faults.append((name, label(why.removeprefix(str(path)).lstrip(":, "), 300)))
            continue
        made.files += 1
        mine = made.people.setdefault(person(path.relative_to(folder)), {})
        for id, passed, mistakes in done:
            mine.setdefault(id, Done()).add(passed, mistakes)
    if not made.files and not made.faults:
        raise PublishError(f"{folder} holds no progress file (.json) and no notebook (.ipynb)")
    return made


def person(path):
    """Whose a file is, by its path in the folder of the class.

    >>> from pathlib import PurePath
    >>> person(PurePath("anna/notebooks/03.ipynb")), person(PurePath("ben_progress.json"))
    ('anna', 'ben')
    """
    top = path.parts[0] if len(path.parts) > 1 else re.sub(r"[-_ .]progress$", "", path.stem)
    return label(unicodedata.normalize("NFC", top), 60)   # from some disks an ü comes as a u with two dots


def of_progress(path):
    """[(exercise id, passed, {mistake: count})] of a progress file. Raises PublishError for what is none."""
    content = path.read_bytes()
    try:
        done = parsed(content if b'"exercises"' in content else b"")
    except (ValueError, RecursionError):
        raise PublishError("is no progress file of this series, or a damaged one") from None
    return [(id, entry["passed"], {_plain(mistake): count for mistake, count in entry.get("mistakes", {}).items()})
            for id, entry in done["exercises"].items() if ID.fullmatch(id) and (entry["passed"] or entry["tries"])]


def of_notebook(path):
    """[(exercise id, passed, {mistake: 1})] of the verdicts that a notebook holds. Raises PublishError, naming the
    cell, for a notebook that cannot be read or has a verdict that makes no sense, or if no verdict is in it."""
    found, checks = [], 0
    for number, cell in enumerate(notebook.load(path).cells, 1):
        asked = set(re.findall(r"""\bcheck\(\s*["'](\d\d\.\d{1,3})["']""", cell.source))
        if cell.cell_type != "code" or not asked:
            continue
        checks += 1
        for output in cell.outputs:
            text = output.get("data", {}).get("text/html", "")
            if isinstance(text, str) and VERDICT in text:
                verdict = _Verdict(text)
                if verdict.state not in ("right", "wrong", "not yet") or verdict.id is None:
                    raise PublishError(f"{notebook.cell_name(cell, number)}: found a verdict that makes no sense")
                if verdict.id in asked:
                    found.append(verdict)
    if not checks:
        raise PublishError("is no lesson: no exercise is checked in it")
    if not found:
        raise PublishError(f"holds no verdict in any of its {checks} checks: was it run and saved?")
    return [(each.id, each.state == "right", dict.fromkeys(each.mistakes, 1)) for each in found
            if each.state != "not yet"]


class _Verdict(HTMLParser):
    """A verdict as `cnnlib.learn.showing` draws it: its `state`, the `id` of its exercise, the `mistakes` it names."""

    def __init__(self, text):
        super().__init__()
        self.state, self.id, self.mistakes, self._told, self._label = None, None, [], None, ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "div" and self.state is None:
            self.state = dict(attrs).get("data-state")
        elif tag == "p":
            self._told, self._label = "", ""
        elif tag == "code" and self._told is not None:
            self._told += "`"

    def handle_data(self, data):
        if self._told is not None:
            self._told += data

    def handle_endtag(self, tag):
        if self._told is None:
            return
        if tag == "strong" and not self._label:
            self._label, self._told = self._told.strip(), ""
        elif tag == "code":
            self._told += "`"
        elif tag == "p":
            if self.id is None and (named := ID.search(self._told)):
                self.id = named[0]
            elif self.state == "wrong" and (self._label == "What happened:" or self._told.startswith(ASKS)):
                self.mistakes.append(_plain(self._told.strip().removeprefix(ASKS)))
            self._told = None


def _plain(text):
    """A sentence that may come from anywhere, on one line."""
    return label(" ".join(text.split()), 400)


def _files(folder, faults):
    """The files to read, in order; `faults` gets the folders that cannot be looked into."""
    found = [path for path in folder.glob(HUB) if path.is_file()]

    def closed(error):
        faults.append((label(str(Path(error.filename).relative_to(folder)), 120), label(error.strerror, 100)))

    for where, folders, names in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in LEFT_OUT]
        found += [Path(where, name) for name in names
                  if not name.startswith(".") and name.lower().endswith((".json", ".ipynb"))
                  and Path(where, name).is_file()]
    return sorted(found)
