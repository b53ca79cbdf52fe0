"""The page that one comes to first: what this is, a player, and the map of the lessons with their minutes."""

import re
from pathlib import Path

from .sources import Source

TITLE = "See how a convolutional network works"
KINDS = {"lesson": "Lessons", "page": "Beside the lessons", "solutions": "Solutions", "doc": "For teachers"}
INTRO = """Eleven lessons that begin with nine numbers, multiplied and added up, and end with trained networks and the
question what they have learnt. Everything that moves is alive: play it, step through it, type other numbers."""


def also(notebooks):
    """Files that are no pages, and where links to them lead."""
    return [Source(Path(notebooks).parent / "README.md", "index", "page")]


def index(sources, notebooks):
    """The source of the first page, in Markdown; `notebooks` holds each source's notebook."""
    parts = [f"# {TITLE}", INTRO]
    for kind, heading in KINDS.items():
        mine = [source for source in sources if source.kind == kind]
        if not mine:
            continue
        parts.append(f"```{{toctree}}\n:hidden:\n:caption: {heading}\n\n" + "\n".join(s.name for s in mine) + "\n```")
        if kind == "lesson":
            parts.append("| lesson | minutes | and Extra |\n|---|---:|---:|\n"
                         + "\n".join(_row(source, notebooks[source]) for source in mine))
        elif kind != "solutions":
            parts.append(f"## {heading}\n\n" + "\n".join(f"- {{doc}}`{source.name}`" for source in mine))
    return "\n\n".join(parts) + "\n"


def _row(source, notebook):
    first = notebook.cells[0].source if notebook.cells else ""
    usual = re.search(r"^\*About (\d+) minutes", first, re.M)
    extra = re.search(r"take (\d+) more", first)
    return f"| {{doc}}`{source.name}` | {usual[1] if usual else ''} | {extra[1] if extra else ''} |"
