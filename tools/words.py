"""Link the words of the lessons to the glossary.

    python -m tools.words                                  every lesson in notebooks/
    python -m tools.words notebooks/01_convolution_1d.ipynb ...
    python -m tools.words --check                          report only, write nothing; exit 1 if something would change

At its end a lesson has a section "## Words". There every term is in italics, and becomes a link to its entry:

    *Stride*: cells per step.      →      *[Stride](glossary.ipynb#cell-id=stride)*: cells per step.

A second run changes nothing, and nothing else in a notebook is touched. Terms without an entry are reported.

In the glossary an entry is a cell that begins with its names: "### Filter, kernel". Its id is the first of them.
"""

import re
import sys
from pathlib import Path

import nbformat

from . import command

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
GLOSSARY = NOTEBOOKS / "glossary.ipynb"

SECTION = re.compile(r"^## Words\n(?P<text>.*?)(?=^## |\Z)", re.S | re.M)
HEADING = re.compile(r"### (.+)")
LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
# Formulas and code are passed over; what is in bold is no term.
TERM = re.compile(r"\$[^$]*\$|`[^`]*`|(?<!\*)\*(?!\*)(?P<inner>[^*\n]+)(?<!\*)\*(?!\*)")


def slug(name):
    """The id of an entry: "1 × 1 convolution" is "1-x-1-convolution"."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("×", "x")).strip("-")


def names(cell):
    """The names of an entry, as they are written; an empty list if the cell is none."""
    heading = HEADING.match(cell.source) if cell.cell_type == "markdown" else None
    return heading[1].split(", ") if heading else []


def entries(glossary):
    """{a name in small letters: the id of its cell} for all names of all entries."""
    return {name.lower(): cell.id for cell in glossary.cells for name in names(cell)}


def section(lesson):
    """(cell, span of its text) of the section Words; (None, None) if there is none."""
    for cell in lesson.cells:
        if cell.cell_type == "markdown" and (found := SECTION.search(cell.source)):
            return cell, found.span("text")
    return None, None


def terms(text):
    """(name, where its link leads to or None) of every term in the text of a section."""
    for found in TERM.finditer(text):
        if inner := found["inner"]:
            link = LINK.fullmatch(inner)
            yield (link[1], link[2]) if link else (inner, None)


def linked(text, ids):
    """The text with every term linked that is in `ids`, as `entries` gives them."""
    def link(found):
        if not (inner := found["inner"]):
            return found[0]
        name = LINK.sub(r"\1", inner)
        return f"*[{name}](glossary.ipynb#cell-id={ids[name.lower()]})*" if name.lower() in ids else found[0]
    return TERM.sub(link, text)


def link_words(path, ids, write=True):
    """Link the words of one lesson; returns (changed, terms without an entry)."""
    lesson = nbformat.read(path, as_version=4)
    cell, span = section(lesson)
    if cell is None:
        return False, ["(no section ## Words)"]
    text = cell.source[slice(*span)]
    missing = [name for name, _ in terms(text) if name.lower() not in ids]
    new = cell.source[:span[0]] + linked(text, ids) + cell.source[span[1]:]
    if new == cell.source:
        return False, missing
    cell.source = new
    return command.put(path, nbformat.writes(lesson) + "\n", check=not write), missing


def main(arguments=None):
    """The command line; returns the exit code."""
    parser = command.parser("tools.words", __doc__)
    parser.add_argument("notebooks", nargs="*", type=command.notebook, help="default: all lessons in notebooks/")
    options = parser.parse_args(arguments)
    ids, failed = entries(nbformat.read(GLOSSARY, as_version=4)), False
    for path in options.notebooks or sorted(NOTEBOOKS.glob("[0-9]*.ipynb")):
        changed, missing = link_words(path, ids, write=not options.check)
        failed |= command.told(path, changed, options.check) or bool(missing)
        print(*(f"    no entry for {name}\n" for name in missing), sep="", end="")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
