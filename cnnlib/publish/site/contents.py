"""The page that one comes to first: what this is, a player, for whom, and the map of the lessons with their minutes."""

import re
from pathlib import Path

from .. import gallery, live
from .sources import Source

TITLE = "See how a convolutional network works"
KINDS = {"lesson": "Lessons", "page": "Beside the lessons", "solutions": "Solutions", "doc": "For teachers"}
INTRO = """Eleven lessons that begin with nine numbers, multiplied and added up, and end with trained networks and the
question what they have learnt. Everything that moves is alive: play it, step through it, type other numbers."""
FOR_WHOM = """**You learn alone?** Know some Python, and begin with lesson 00. Every lesson asks you to predict before
it shows, and a wrong answer is told why it is wrong. **You lecture?** {teaching}Each page works in front of a class:
nothing on it needs a network. **You want your own answers checked?** Each lesson says at its top how to run it."""
TEACHING = "{doc}`docs/teaching` has plans for 45 and 90 minutes. "
DECKS = "At its top, each lesson leads to its slides. "


def also(notebooks):
    """Files that are no pages, and where links to them lead."""
    return [Source(Path(notebooks).parent / "README.md", "index", "page")]


def deck(lesson):
    """The slides of a lesson, as if they lay beside it."""
    return Source(lesson.path.parent / "slides" / f"{lesson.path.stem}.html", f"slides/{lesson.name}", "slides")


def first(picture):
    """(entry, HTML) of the player on the first page, before its first step; `picture` as for `live.alive`."""
    return live.place(gallery.scenes()["image"][1].player(), picture)


def index(sources, notebooks, player, decks=()):
    """The source of the first page, in Markdown; `notebooks` holds each source's notebook, `player` is HTML; `decks`
    are the slides that there are."""
    teaching = TEACHING if any(source.name == "docs/teaching" for source in sources) else ""
    teaching += DECKS if decks else ""
    parts = [f"# {TITLE}", INTRO, f"```{{raw}} html\n{player}\n```", FOR_WHOM.format(teaching=teaching)]
    for kind, heading in KINDS.items():
        mine = [source for source in sources if source.kind == kind]
        if not mine:
            continue
        parts.append(f"```{{toctree}}\n:hidden:\n:caption: {heading}\n\n" + "\n".join(s.name for s in mine) + "\n```")
        if kind == "lesson":
            goals = _goals(mine[0].path.parent.parent / "README.md")
            parts.append("## The lessons\n\n"
                         "| lesson | minutes | Extra | what you can do at the end |\n|---|---:|---:|---|\n"
                         + "\n".join(_row(source, notebooks[source], goals.get(source.name, "")) for source in mine))
        elif kind != "solutions":
            parts.append(f"## {heading}\n\n" + "\n".join(f"- {{doc}}`{source.name}`" for source in mine))
    return "\n\n".join(parts) + "\n"


def _row(source, notebook, goal):
    first = notebook.cells[0].source if notebook.cells else ""
    usual = re.search(r"^\*About (\d+) minutes", first, re.M)
    extra = re.search(r"\*\*Extra\*\*,? takes? (\d+)", first)
    return f"| {{doc}}`{source.name}` | {usual[1] if usual else ''} | {extra[1] if extra else ''} | {goal} |"


def _goals(readme):
    """{name of a lesson: what one can do at its end}, as the README beside the notebooks says; empty if there is none.

    >>> _goals(Path("nowhere.md"))
    {}
    """
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    return dict(re.findall(r"^\| \[(\w+)\]\(notebooks/\1\.ipynb\) \| \d+ \| (.+?) \|$", text, re.M))
