"""Files hold one idea: none grows long, and no two test modules share a name."""

import collections
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = {"cnnlib": 310, "tests": 400, "tools": 310}


def modules(folder):
    return sorted(path for kind in ("py", "js", "css") for path in (ROOT / folder).rglob(f"*.{kind}"))


@pytest.mark.parametrize("folder", LONGEST)
def test_no_module_is_long(folder):
    lengths = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
               for path in modules(folder)}
    assert len(lengths) > 5
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST[folder]} == {}


def test_no_two_test_modules_share_a_name():
    """Tests and their helpers are imported by name alone, and the guard finds a file of tests by it."""
    counts = collections.Counter(path.stem for path in modules("tests") if path.stem != "conftest")
    assert [name for name, count in counts.items() if count > 1] == []
