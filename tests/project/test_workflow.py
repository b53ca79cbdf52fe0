"""The workflow for public machines says what pyproject.toml and the README say, and calls only what is there."""

import re
import tomllib
from pathlib import Path

import yaml
from test_commands import problems

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
JOBS = yaml.safe_load(TEXT)["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
RUN = [step["run"] for step in STEPS if "run" in step]


def test_the_oldest_python_is_the_oldest_that_is_allowed():
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    pythons = JOBS["tests"]["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == oldest and JOBS["bounds"]["env"]["UV_PYTHON"] == pythons[0]
    assert pythons == sorted(pythons, key=lambda version: int(version[2:]))


def test_three_systems_and_both_ends_of_the_bounds():
    assert [name.split("-")[0] for name in JOBS["tests"]["strategy"]["matrix"]["os"]] == ["ubuntu", "macos", "windows"]
    assert [each["resolution"] for each in JOBS["bounds"]["strategy"]["matrix"]["include"]] == [
        "lowest-direct", "highest"]


def test_its_commands_can_work():
    """As those of a page, but for what the shell of that machine does itself."""
    ours = [command for command in RUN if not command.startswith(("echo", "bash"))]
    assert len(ours) > 5
    for command in ours:
        plain = command.replace("--no-sync ", "").replace("uv pip list", "uv sync").replace(' -c "import cnnlib"', "")
        plain = plain.replace("&& python", "&& uv sync") if plain.endswith("python") else plain
        assert problems(plain) == [], command
    assert "bash .ci/run" in RUN and (ROOT / ".ci" / "run").exists()


def test_every_action_is_pinned_and_has_few_rights():
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", each) for each in used)
    assert yaml.safe_load(TEXT)["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 120 for job in JOBS.values())
