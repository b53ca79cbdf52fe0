"""Every command that a message, a page, a docstring or a notebook names can work as it stands.

Above all, none installs by name from a registry what is not ours there: anyone could claim the name.
"""

import ast
import functools
import importlib.util
import re
import shlex
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
INSTALLABLE = {"uv", "chromium", "jupyterhub"}   # by name, from a registry or a distribution; nothing else
STARTS = r"(?:pip|pipx|uv|git|conda|apt|apt-get|jupyter|python)"
COMMAND = re.compile(rf"{STARTS} +(?:-m +)?[-\w./]+[^`\n]*")
PLACEHOLDERS = {"tools.NAME", "name", "…", "..."}
WITH_VALUE = {"--group", "--to", "--output-file", "-f", "-r", "-e", "-k", "--ignore", "--jobs"}


def commands(text, everywhere=False):
    """The commands in a text: between backticks and on lines of their own; `everywhere` takes every such line."""
    found = re.findall(rf"`({STARTS} [^`\n]+)`", text)
    for line in text.splitlines():
        line = re.sub(r"(?:  +|\s)#\s.*$| {3,}\S.*$", "", line.strip())
        if everywhere and COMMAND.fullmatch(line) and not re.search(r"\S[.:,]$", line):
            found.append(line)
    return found


def fenced(text):
    return "\n".join(re.findall(r"```(?:sh|bash|console)?\n(.*?)```", text, flags=re.DOTALL))


def strings(text):
    """The texts in a module, docstrings included; what is computed stands as X."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(part.value if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@functools.cache
def named():
    """{(where, command)} of everything that a reader may meet."""
    found = set()
    for page in [*ROOT.glob("*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("assets/*.md"), *ROOT.glob("docs/*.md")]:
        text = page.read_text(encoding="utf-8")
        found |= {(page.name, command) for command in commands(text) + commands(fenced(text), everywhere=True)}
    for folder in ("cnnlib", "tools", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            for text in strings(path.read_text(encoding="utf-8")):
                found |= {(path.name, command) for command in commands(text, everywhere="\n" in text)}
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            texts = [cell.source, *(str(out.get("text", out.get("data", {}).get("text/plain", "")))
                                    for out in cell.get("outputs", []))]
            found |= {(path.name, command) for text in texts for command in commands(text)}
            found |= {(path.name, line[1:].strip()) for line in cell.source.splitlines()
                      if cell.cell_type == "code" and re.match(r"[!%](?:pip|conda|git|uv)", line)}
    return sorted(found)


def problems(command):
    """Why a command cannot work, one reason each."""
    found = []
    for part in re.split(r"\s*&&\s*|\s*;\s*", command):
        words = shlex.split(part)
        if not PLACEHOLDERS & {*words}:
            found += _problems(words)
    return found


def _problems(words):
    while words[:2] == ["uv", "run"]:
        if words[2:3] == ["--with"] and words[3] not in INSTALLABLE:
            return [f"installs {words[3]} by name"]
        words = words[3 if words[2:3] == ["--all-extras"] else 4 if words[2:3] in (["--group"], ["--with"]) else 2:]
    if words[:1] == ["."] and len(words) == 2:   # sources what the command before it made
        return []
    if words[:2] == ["python", "-m"] and words[2:3] in (["pip"], ["uv"]):
        words = words[2:]
    program, rest = (words[0], words[1:]) if words else ("", [])
    plain = [word for n, word in enumerate(rest) if not word.startswith("-") and rest[n - 1:n] not in
             [[option] for option in WITH_VALUE]]
    installers = {"pip", "pipx", "apt", "apt-get"}
    if (program in installers and plain[:1] == ["install"]) or words[:3] == ["uv", "pip", "install"]:
        found = [f"installs {word} by name" for word in plain if word not in {"install", "pip", ".", *INSTALLABLE}]
    elif program == "python" and rest[:1] == ["-m"]:
        found = [] if importlib.util.find_spec(rest[1].removesuffix(",")) else [f"there is no module {rest[1]}"]
    elif words[:2] == ["conda", "activate"]:
        name = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["name"]
        found = [] if rest[1:] == [name] else [f"there is no environment {rest[1:]}"]
    elif program in ("uv", "pipx", "conda", "git"):
        known = {"uv": {"export", "sync", "run"}, "git": {"checkout", "clone"}, "conda": {"env"}}
        found = [] if plain and plain[0] in known.get(program, ()) else [f"unknown: {' '.join(words)}"]
    else:
        beside = Path(sys.executable).parent / program
        found = [] if beside.exists() or shutil.which(program) else [f"there is no program {program}"]
    files = [word for word in rest if re.search(r"/|\.(?:ipynb|py|yml|txt|toml)$", word) and "X" not in word
             and not word.startswith((".venv", "-"))]
    return found + [f"there is no file {word}" for word in files if not (ROOT / word).exists()]


def test_every_named_command_can_work():
    assert [(where, command, found) for where, command in named() if (found := problems(command))] == []


def test_there_are_commands():
    """Or nothing above was tested; those of messages, pages and docstrings are among them."""
    found = {command for _, command in named()}
    assert {"git checkout -- assets/X", "pip install --force-reinstall --no-deps .",
            "pip install uv && uv run --all-extras pytest", "python -m uv run …",
            "uv run ruff check .", "python -m tools.golden --check"} <= found
    assert len(found) > 25


@pytest.mark.parametrize(("command", "problem"), [
    ("pip install cnnlib", "installs cnnlib by name"), ("pip install --force-reinstall cnnlib", "installs cnnlib"),
    ("pip install uv && pip install cnn-lib", "installs cnn-lib"), ("python -m pip install numpy", "installs numpy"),
    ("uv pip install cnnlib", "installs cnnlib"), ("pipx install cnnlib", "installs cnnlib"),
    ("python -m tools.nothing", "no module"), ("uv run python -m tools.store notebooks/77.ipynb", "no file"),
    ("uv run --with cnnlib python -m tools.check", "installs cnnlib by name"),
    ("conda activate cnn", "no environment"), ("git frobnicate", "unknown"), ("cnnlib-export a", "no program"),
    ("pip install -r nothing.txt", "no file nothing.txt"),
])
def test_one_that_cannot_is_seen(command, problem):
    assert any(problem in found for found in problems(command)), problems(command)


def test_where_commands_are_found():
    assert commands("run `pip install x` now") == ["pip install x"]
    assert commands("runs it:\n\n    python -m tools.a --check    report only\n", everywhere=True) == [
        "python -m tools.a --check"]
    assert commands("uv run pytest   # all\n", everywhere=True) == ["uv run pytest"]
    assert next(strings('f"run `pip install {name}`"')) == "run `pip install X`"
