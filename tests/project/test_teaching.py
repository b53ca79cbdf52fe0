"""The lecturer's page: every lesson has its plan, and what it names is there, under the title that it gives."""

import re
from pathlib import Path

import nbformat
import pytest

import cnnlib as cnn

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
PLANS = dict(re.findall(r"^### (\d\d) · [^\n]+\n(.*?)(?=^##)", PAGE, re.M | re.S))
PARTS = ["45 minutes", "Then", "Ask", "Answer", "Usual wrong answer", "Leave out"]


def titles(name, cell):
    """The headings of a cell, without their numbers."""
    cells = {each.id: each.source for each in nbformat.read(ROOT / "notebooks" / name, as_version=4).cells}
    return [re.sub(r"^\d+ · ", "", heading) for heading in re.findall(r"^##+ (.+)", cells.get(cell, ""), re.M)]


def misnamed(text):
    """Links to a cell whose headings are others than the link says."""
    links = re.findall(r"\[([^\]]+)\]\(\.\./notebooks/([\w.]+)#cell-id=([\w-]+)\)", text)
    return [(title, name, cell) for title, name, cell in links if title not in titles(name, cell)]


def test_every_lesson_has_a_plan():
    lessons = [path.name[:2] for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
    assert list(PLANS) == lessons, "docs/teaching.md has a plan for each lesson"


@pytest.mark.parametrize("number", PLANS)
def test_a_plan_is_whole(number):
    """All its parts, sections under their titles, and one exercise, of this lesson."""
    plan = PLANS[number]
    assert re.findall(r"\*\*([^*]+)[:.]\*\*", plan) == PARTS
    assert len(re.findall(rf"notebooks/{number}_", plan)) == plan.count("#cell-id=") >= 5
    assert misnamed(plan) == []
    (exercise,) = re.findall(r"exercise (\d\d\.\d)", plan)
    assert exercise in cnn.learn.exercises(number)


def test_a_wrong_title_is_seen():
    for title, cell in (("Another title", "draw"), ("Draw a digit", "cell-08"), ("Draw a digit", "nowhere")):
        link = f"[{title}](../notebooks/00_start_here.ipynb#cell-id={cell})"
        assert misnamed(link) == [(title, "00_start_here.ipynb", cell)]
