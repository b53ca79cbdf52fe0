"""Whoever only uses the package has all that it and the notebooks import: not only whoever tests it."""

import ast
import contextlib
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import nbformat
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def imported(source):
    """The first names of all modules that a text imports, other than from its own package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


def sources():
    """(file, its Python) of the package and of every notebook's cells."""
    for path in sorted((ROOT / "cnnlib").rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        yield path, "\n".join(line for cell in cells for line in cell.splitlines() if not line.startswith(("%", "!")))


def installed(wanted):
    """The distributions that these requirements bring, with what those bring in turn."""
    found, waiting = set(), [Requirement(line) for line in wanted]
    while waiting:
        one = waiting.pop()
        if (name := canonicalize_name(one.name)) in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        with contextlib.suppress(PackageNotFoundError):   # of another system
            waiting += map(Requirement, requires(name) or [])
    return found


def missing(texts, wanted):
    """What is imported, and not brought by the requirements: "file: module"."""
    have, of = installed(wanted), packages_distributions()
    return [f"{path.name}: {module}" for path, text in texts for module in sorted(set(imported(text)))
            if module not in sys.stdlib_module_names and module != "cnnlib"
            and not have & set(map(canonicalize_name, of.get(module, ())))]


def test_all_that_is_imported_is_installed_with_the_package():
    """But for what only publishing needs, which its errors tell how to install."""
    rooms = {path: text for path, text in sources() if "publish" not in path.parts}
    assert missing(rooms.items(), PROJECT["dependencies"]) == []


def test_what_publishing_imports_is_in_its_extra():
    pytest.importorskip("sphinx", reason="what publishes is not installed: uv sync --extra publish")
    room = [(path, text) for path, text in sources() if "publish" in path.parts]
    assert room and missing(room, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["publish"]) == []


@pytest.mark.long
@pytest.mark.parametrize(("text", "module"), [
    ("import pytest", "pytest"), ("def f():\n    from hypothesis import given", "hypothesis"),
    ("import nowhere.to.be_found", "nowhere"),
])
def test_what_only_a_tester_has_would_be_seen(text, module):
    assert missing([(Path("a.py"), text)], PROJECT["dependencies"]) == [f"a.py: {module}"]
