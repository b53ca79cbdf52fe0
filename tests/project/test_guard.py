"""The list of changes for the worse fits the code as it is now, and its stored result is the result of this list.

Making the changes takes many minutes and is done by hand: `python -m tools.guard`.
"""

import ast
import json
import re
import threading
import time

import pytest

from tools.guard import breaking as guard
from tools.guard.breaking import MUTANTS, ROOT
from tools.guard.mutants import Mutant

NAMES = [mutant.name for mutant in MUTANTS]
BRACKETS = "()", "[]", "{}"


def both(mutant):
    """The text of its file, before and after."""
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    return text, guard.changed(text, mutant)


# --- the list ---------------------------------------------------------------------------------------------------------


def test_every_change_still_has_its_place():
    """A change whose text is gone, or stands twice by now, has to be written anew."""
    texts = {m.file: (ROOT / m.file).read_text(encoding="utf-8") for m in MUTANTS}
    assert {m.name: texts[m.file].count(m.old) for m in MUTANTS if texts[m.file].count(m.old) != 1} == {}


@pytest.mark.alike(3)
@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_a_change_leaves_code_that_says_something_else(mutant):
    """Not a comment, and nothing that can no longer be read; of JavaScript, nothing that leaves a bracket open."""
    if mutant.file.endswith(".py"):
        before, after = (ast.dump(ast.parse(text)) for text in both(mutant))
    elif mutant.file.endswith(".js"):
        before, after = (re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", text, flags=re.DOTALL) for text in both(mutant))
        assert {pair: before.count(pair[0]) - before.count(pair[1]) for pair in BRACKETS} == {
            pair: after.count(pair[0]) - after.count(pair[1]) for pair in BRACKETS}
    else:
        before, after = (json.loads(text)["cells"] for text in both(mutant))
    assert before != after


def test_there_are_many_of_every_kind():
    files = [m.file for m in MUTANTS]
    assert len(set(NAMES)) == len(NAMES) >= 40 and all(re.fullmatch(r"[a-z0-9-]+", name) for name in NAMES)
    assert len({(m.file, m.old, m.new, m.tests) for m in MUTANTS}) == len(MUTANTS)
    for room in ("shapes.py", "ops/", "taps/", "nn/", "data/", "viz/", "learn/"):
        assert sum(f"cnnlib/{room}" in file for file in files) >= 2, room
    assert sum(any(test.endswith(".ipynb") for test in m.tests) for m in MUTANTS) >= 5
    assert not [m.name for m in MUTANTS if "|" in m.means or not m.means.strip()]


def test_the_tests_that_are_named_exist():
    for path in {path for mutant in MUTANTS for path in guard.paths(mutant.tests)}:
        file, *test = path.split("::")
        assert (ROOT / file).is_file(), path
        assert not test or f"def {test[0]}(" in (ROOT / file).read_text(encoding="utf-8"), path


# --- the result -------------------------------------------------------------------------------------------------------


def test_the_stored_result_is_of_this_list_and_nothing_was_missed():
    """Otherwise: python -m tools.guard, or with the names of what is new."""
    results = guard.stored()
    assert list(results) == NAMES
    assert {name: by for name, by in results.items() if by in (guard.NOTHING, guard.NO_RUN)} == {}
    text = guard.RESULT.read_text(encoding="utf-8")
    assert guard.written(results, re.search(r"last on ([\d-]+)\.", text)[1]) == text


def test_what_was_missed_stands_in_the_result(monkeypatch, tmp_path):
    monkeypatch.setattr(guard, "RESULT", tmp_path / "result.md")
    assert guard.stored() == {}
    results = dict.fromkeys(NAMES, "test_conv.py::test_x")
    results |= {NAMES[1]: guard.NOTHING, NAMES[2]: "gallery.ipynb::Cell 3"}
    guard.RESULT.write_text(guard.written(results | {"gone": "test_y"}, "2030-01-01"), encoding="utf-8")
    assert guard.stored() == results and list(guard.stored()) == NAMES


# --- the guard itself -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "line", "failed", "sound"), [
    (0, "40 passed in 2.1s", None, True),
    (1, "FAILED tests/ops/test_conv.py::test_scipy[1-x y] - AssertionError", "test_conv.py::test_scipy", True),
    (1, "FAILED notebooks/gallery.ipynb::Cell 3", "gallery.ipynb::Cell 3", True),
    (1, "ERROR tests/ops/test_conv.py::test_x - fixture 'y' not found", None, False),
    (2, "ERROR tests/ops/test_conv.py - NameError: name 'x'", None, False),
    (4, "ERROR: file or directory not found: tests/ops/test_cony.py", None, False),
    (5, "no tests ran in 0.1s", None, False),
    (-11, "FAILED tests/ops/test_conv.py::test_x - then Python fell over", None, False),
])
def test_only_a_test_that_fails_counts(code, line, failed, sound):
    assert guard.outcome(code, f"....\n{line}\n")[:2] == (failed, sound)


WORDS = "Integers only: output", "Whole numbers: output"
HARMLESS = Mutant("harmless", "nothing", "cnnlib/shapes.py", *WORDS, ("test_conv",))
GREEN = guard.Outcome(None, True, "")


def test_what_nothing_notices_has_been_before_all_tests():
    seen = []

    def run(copy, tests):
        assert copy != ROOT and WORDS[1] in (copy / "cnnlib" / "shapes.py").read_text(encoding="utf-8")
        assert not [path for path in copy.rglob("*") if path.name.startswith(".") or path.name == "__pycache__"]
        seen.append(tests)
        return GREEN

    assert guard.noticed(HARMLESS, run) == guard.NOTHING
    assert WORDS[0] in (ROOT / "cnnlib" / "shapes.py").read_text(encoding="utf-8")
    assert seen[0] == ["tests/ops/test_conv.py"]
    assert "tests/ops/test_pool.py" in seen[1] and "tests/ops/test_conv.py" not in seen[1]
    assert "tests/project/test_guard.py" not in seen[1] and "notebooks/gallery.ipynb" in seen[2] and len(seen) == 3


def test_the_first_test_that_fails_is_told():
    results = iter([GREEN, guard.Outcome("test_pool.py::test_x", True, "")])
    assert guard.noticed(HARMLESS, lambda copy, tests: next(results)) == "test_pool.py::test_x"
    assert guard.noticed(HARMLESS, lambda copy, tests: guard.Outcome(None, False, "no such test")) == guard.NO_RUN


def test_a_change_without_its_place_is_an_error():
    for old in ("no such text", "kernel_size"):
        with pytest.raises(ValueError, match=r"harmless: its text stands \d+ times in cnnlib/shapes.py, expected once"):
            both(HARMLESS._replace(old=old))


def test_a_project_that_is_not_green_is_not_judged(monkeypatch):
    monkeypatch.setattr(guard, "run", lambda copy, tests: guard.Outcome("test_conv.py::test_x", True, ""))
    with pytest.raises(RuntimeError, match=r"without any change not green: test_conv\.py::test_x"):
        guard.check_unchanged([HARMLESS])


def test_several_at_the_same_time_are_told_in_the_order_of_the_list(monkeypatch, tmp_path, capsys):
    """The first change is judged last here: it waits for the others."""
    mutants = [HARMLESS._replace(name=name) for name in ("first", "second", "third")]
    others = threading.Barrier(3, timeout=10)

    def noticed(mutant):
        others.wait()
        if mutant.name == "first":
            time.sleep(0.05)
        return guard.NOTHING if mutant.name == "second" else f"test_x.py::{mutant.name}"

    for name, value in {"MUTANTS": mutants, "RESULT": tmp_path / "result.md", "noticed": noticed,
                        "check_unchanged": lambda mutants, jobs: None}.items():
        monkeypatch.setattr(guard, name, value)
    assert guard.main(["--jobs", "3"]) == 1
    assert list(guard.stored().items()) == [
        ("first", "test_x.py::first"), ("second", guard.NOTHING), ("third", "test_x.py::third")]
    progress = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in progress[:3]] == ["1/3", "2/3", "3/3"] and "first" in progress[2]
    assert json.loads(progress[3]) == {"changes": 3, "noticed": 2, "missed": ["second"]}


def test_after_an_error_no_more_are_begun():
    begun = []

    def task(number):
        begun.append(number)
        time.sleep(0.01)
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        guard.side_by_side(task, range(1000), 2)
    assert len(begun) < 1000
