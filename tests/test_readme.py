"""What the README promises: its commands, its links, its picture and its example."""

import base64
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [text.strip() for language, text in BLOCKS if not language]


def test_the_first_screen_shows_a_picture_and_the_two_commands():
    first_screen = "\n".join(README.splitlines()[:25])
    assert "![" in first_screen
    assert "pip install uv && uv run jupyter lab notebooks/00_start_here.ipynb" in first_screen
    assert "pip install uv && uv run pytest" in first_screen


def test_continuous_integration_runs_the_test_command_of_the_readme():
    assert f"({COMMANDS[1]})" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_links_and_named_files_exist(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", text)
    named = re.findall(r"`((?:notebooks|cnnlib|assets|tests)/[\w./]*)`", text)
    assert [name for name in {*links, *named} if not (ROOT / name).exists()] == []


def test_the_table_of_lessons_is_complete():
    listed = re.findall(r"^\| \[(\w+)\]\(notebooks/(\w+)\.ipynb\)", README, flags=re.MULTILINE)
    assert listed == [(path.stem, path.stem) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]


def test_the_picture_is_the_first_figure_of_lesson_00():
    """So it shows what the lesson shows. When the figure changes, write the new one to assets/pictures/."""
    lesson = json.loads((ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))
    outputs = [output.get("data", {}) for cell in lesson["cells"] for output in cell.get("outputs", [])]
    figure = next(data for data in outputs if "image/png" in data)
    assert base64.b64decode(figure["image/png"]) == (ROOT / "assets" / "pictures" / "first_look.png").read_bytes()
    alt, path = re.search(r"!\[(.*?)\]\((.*?)\)", README).groups()
    assert (f"[figure] {alt}", path) == ("".join(figure["text/plain"]), "assets/pictures/first_look.png")


def test_the_example_runs_and_shows_what_it_says(capsys):
    example = next(text for language, text in BLOCKS if language == "python").replace("epochs=5", "epochs=1")
    names = {}
    exec(example, names)
    for line in example.splitlines():
        code, _, said = line.partition("  # ")
        if said.startswith(("array", "3")):
            assert repr(eval(code, names)) == said
    assert len(names["history"]["loss"]) == 1
