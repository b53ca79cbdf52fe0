"""Break cnnlib on purpose, one small change at a time, and see that the tests turn red.

    python -m tools.guard                      all changes in mutants*.py; then result.md is written
    python -m tools.guard kernel-flipped ...   these only; their lines in result.md are renewed
    python -m tools.guard --list               their names and what they mean
    python -m tools.guard --jobs 4             so many at the same time; default: the cores of this machine

A test that stays green whatever the code does is worth nothing. So every change is made in a fresh copy of the project
in a temporary folder, where pytest (for notebooks with strict nbval) has to notice it: a test must *fail*. Code that
can no longer be imported, or a test that ends in an error outside itself, does not count. First come the tests that
are named with the change, then all others, then the notebooks. A change that nothing notices is a missing test.

Before all that, the copy as it is must be green, and tests and notebooks must import the cnnlib of the copy, not the
one that is installed. Of browser tests those run that a change names; most have broken players of their own
(tests/browser/player_page.py).
"""

import datetime
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat

from .. import command
from .mutants import NUMBERS
from .mutants_explorers import EXPLORERS
from .mutants_lessons import LESSONS
from .mutants_nn import NETWORKS
from .mutants_player import PLAYER
from .mutants_words import WORDS
from .mutants_zoo import ZOO

ROOT = Path(__file__).resolve().parents[2]
RESULT = Path(__file__).with_name("result.md")
MUTANTS = [*NUMBERS, *NETWORKS, *ZOO, *LESSONS, *PLAYER, *EXPLORERS, *WORDS]
LEFT_OUT = (".*", "__pycache__", "*.egg-info", "build", "dist")   # nothing hidden, nothing that was made by running
# Tests of the texts themselves, of their style, of packaging: they would turn red for another reason.
NO_JUDGES = {"browser", "project", "test_notebooks.py"}
MINUTES = 15   # for one run of pytest
NOTHING, NO_RUN = "nothing", "no test ran"

# In the copy: a pytest that runs there must get its cnnlib. The notebook asks the same of a kernel. And of drawn
# examples the first that fails will do: looking for the smallest takes longer than all the rest.
CONFTEST = """

from pathlib import Path

from hypothesis import Phase, settings

import cnnlib

assert Path(cnnlib.__file__).is_relative_to(Path(__file__).resolve().parent), cnnlib.__file__


def pytest_sessionstart():
    usual = settings.get_profile("default")
    settings.register_profile("guard", usual, phases=(Phase.explicit, Phase.generate))
    settings.load_profile("guard")
"""
QUESTION = """\
from pathlib import Path
import cnnlib
Path(cnnlib.__file__).is_relative_to({!r})"""


class Outcome(NamedTuple):
    """What came of a run of pytest: `failed`, the first test that did, or None; `sound`, whether tests ran at all."""

    failed: str | None
    sound: bool
    text: str


# --- copies -----------------------------------------------------------------------------------------------------------


def copied(folder):
    """A copy of the project in `folder`, without anything left behind by earlier runs; returns its path."""
    copy = Path(folder).resolve() / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    with open(copy / "conftest.py", "a", encoding="utf-8") as file:
        file.write(CONFTEST)
    return copy


def changed(text, mutant):
    """The text of a file with the change in it; ValueError unless the place is there exactly once."""
    count = text.count(mutant.old)
    if count != 1:
        raise ValueError(f"{mutant.name}: its text stands {count} times in {mutant.file}, expected once")
    return text.replace(mutant.old, mutant.new)


def write_question(copy):
    """A notebook that shows True if its kernel imports the cnnlib of the copy."""
    cell = nbformat.v4.new_code_cell(QUESTION.format(str(copy)), id="where", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "True"}, execution_count=1)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    path = copy / "notebooks" / "where.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=kernel), path)
    return path


# --- runs -------------------------------------------------------------------------------------------------------------


def run(copy, tests):
    """Run pytest in the copy until the first failure: an `Outcome`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    environment |= {
        "PYTHONPATH": str(copy),             # before what is installed
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "CI": "1",                           # drawn examples are the same every time, and none is remembered
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",   # pytest starts sooner alone, and in one process, whatever is installed
    }
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--tb=short", "-o", "addopts=",
              "-p", "nbval.plugin"]   # which some tests ask, too
    if any(".ipynb" in test for test in tests):
        pytest += notebook_options(copy)
    try:
        done = subprocess.run(
            [*pytest, *tests], cwd=copy, env=environment, capture_output=True, text=True, timeout=60 * MINUTES)
    except subprocess.TimeoutExpired:
        return Outcome(None, False, f"stopped after {MINUTES} minutes")
    return outcome(done.returncode, done.stdout + done.stderr)


def notebook_options(copy):
    """How the project's own tests compare notebooks."""
    settings = tomllib.loads((copy / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    return [option for option in settings["addopts"] if option.startswith("--nbval")]


def outcome(code, text):
    """The `Outcome` of a run, from the exit code and what pytest printed."""
    found = re.search(r"^FAILED ((?:tests|notebooks)/\S+?::(?:Cell \d+|\w+))", text, re.M)
    failed = found[1].rpartition("/")[2] if code == 1 and found else None
    return Outcome(failed, code == 0 or failed is not None, text)


def place(name):
    """Where the tests of this name are: "tests/ops/test_conv.py" for "test_conv"; names are unique over all rooms."""
    found = [path for path in judges(set()) if Path(path).stem == name]
    if len(found) != 1:
        raise ValueError(f"{name}: found {found}, expected one file of tests")
    return found[0]


def judges(without=NO_JUDGES):
    """All files of tests that may notice a change unasked, as pytest takes them."""
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").glob("*/test_*.py"))
            if not {path.parent.name, path.name} & without]


def paths(names):
    """"test_conv", "test_conv::test_x" and "gallery.ipynb" as pytest takes them."""
    for name in names:
        file, *test = name.split("::")
        yield f"notebooks/{name}" if name.endswith(".ipynb") else "::".join([place(file), *test])


def rounds(mutant):
    """What to run one after the other until something is noticed: the tests named, all others, the notebooks."""
    first = list(paths(mutant.tests))
    tests = judges()
    notebooks = [f"notebooks/{path.name}" for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    yield from (first, [p for p in tests if p not in first], [p for p in notebooks if p not in first])


def noticed(mutant, run=run):
    """Which test notices the change, or NOTHING; NO_RUN, with the reason printed, where tests cannot even be run."""
    with tempfile.TemporaryDirectory(prefix="cnnlib-guard-") as folder:
        copy = copied(folder)
        file = copy / mutant.file
        file.write_text(changed(file.read_text(encoding="utf-8"), mutant), encoding="utf-8")
        for tests in rounds(mutant):
            result = run(copy, tests)
            if not result.sound:
                print(result.text[-3000:])
                return NO_RUN
            if result.failed:
                return result.failed
    return NOTHING


def check_unchanged(mutants, jobs=1):
    """RuntimeError unless the copy as it is passes all tests that are named, and is what they import."""
    for mutant in mutants:
        changed((ROOT / mutant.file).read_text(encoding="utf-8"), mutant)
    named = sorted({path for mutant in mutants for path in paths(mutant.tests)})
    with tempfile.TemporaryDirectory(prefix="cnnlib-guard-") as folder:
        copy = copied(folder)
        notebooks = [str(write_question(copy).relative_to(copy)), *(path for path in named if ".ipynb" in path)]
        tests = [path for path in named if path not in notebooks]
        for result in side_by_side(lambda part: run(copy, part), filter(None, (tests, notebooks)), jobs):
            if result.failed or not result.sound:
                raise RuntimeError(f"without any change not green: {result.failed}\n{result.text[-3000:]}")


def side_by_side(task, things, jobs):
    """[task(thing) for thing in things], at most `jobs` of them at the same time; what they wait for are processes."""
    pool = ThreadPoolExecutor(jobs)
    try:
        return list(pool.map(task, things))
    finally:
        pool.shutdown(cancel_futures=True)   # after an error, or Ctrl-C, begin no more


# --- the result -------------------------------------------------------------------------------------------------------

HEAD = """\
# What the tests notice

Made by `python -m tools.guard`, last on {date}. Each line is one change for the worse, made in a copy of the project,
and the first test that turned red. The changes themselves stand in the files `mutants*.py`.

| change | what it does | in | noticed by |
|---|---|---|---|
"""
LINE = re.compile(r"^\| ([\w-]+) \| (.+?) \| `(.+?)` \| (.+?) \|$", re.M)


def stored():
    """{name of a change: what noticed it} from the result that is stored."""
    text = RESULT.read_text(encoding="utf-8") if RESULT.exists() else ""
    return {name: by.strip("`*") for name, _, _, by in LINE.findall(text)}


def written(results, date):
    """The result as Markdown, in the order of the list."""
    lines = [
        f"| {m.name} | {m.means} | `{m.file}` | {f'**{by}**' if by in (NOTHING, NO_RUN) else f'`{by}`'} |\n"
        for m in MUTANTS if (by := results.get(m.name))
    ]
    return HEAD.format(date=date) + "".join(lines)


def main(arguments=None):
    """The command line; returns the exit code: 1 if a change was not noticed."""
    parser = command.parser("tools.guard", __doc__, check=False)
    parser.add_argument("names", nargs="*", help="default: all")
    parser.add_argument("--list", action="store_true", help="show the names and what they mean, run nothing")
    parser.add_argument("--jobs", type=command.number, default=os.cpu_count() or 1, help="how many at the same time")
    options = parser.parse_args(arguments)
    known = {mutant.name: mutant for mutant in MUTANTS}
    if unknown := [name for name in options.names if name not in known]:
        parser.error(f"no such change: {', '.join(unknown)}; --list shows them")
    mutants = [known[name] for name in options.names] or MUTANTS
    if options.list:
        print(*(f"{m.name:28} {m.means}" for m in mutants), sep="\n")
        return 0
    check_unchanged(mutants, options.jobs)
    done = itertools.count(1)

    def judged(mutant):
        began = time.monotonic()
        by = noticed(mutant)
        seconds = time.monotonic() - began
        print(f"{next(done):3}/{len(mutants)}  {mutant.name:28} {by:72} {seconds:6.1f} s\n", end="", flush=True)
        return by

    results = dict(zip((m.name for m in mutants), side_by_side(judged, mutants, options.jobs), strict=True))
    missed = [name for name, by in results.items() if by in (NOTHING, NO_RUN)]
    everything = stored() | results if options.names else results
    command.put(RESULT, written(everything, datetime.date.today().isoformat()))
    print(json.dumps({"changes": len(mutants), "noticed": len(mutants) - len(missed), "missed": missed}))
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
