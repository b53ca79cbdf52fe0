"""What of a lesson is for the wall: a kind for each cell, from its metadata or, where that says nothing, by its role.

Metadata is what Jupyter itself uses: `slideshow: {"slide_type": ...}`, with "slide" and "subslide" (begins a slide),
"fragment" (comes with the next key), "notes" (for the speaker), "skip" and "-" (goes on where the last one stopped).
On a cell with a heading, "slide" or "subslide" also brings back a section that is left out unless asked for.

Beside `slide_type` there may stand, for what does not follow from the cells themselves:

    answer   the id of the cell that answers this cell's **Predict**, or a list of ids, where no fold does
    notes    words for the speaker alone, as Markdown
    code     false: of this cell only what came out is shown; its lines are there with key C
    live     false: its player stays the picture that it was when its cell ran; later cells may have changed it
"""

import re
from typing import NamedTuple

from ..errors import PublishError
from ..notebook import cell_name
from . import reading

KINDS = ("slide", "subslide", "fragment", "skip", "notes", "-")
_EXERCISE = re.compile(r"\bcnn\.learn\.(?:exercise|hint|solution|check|quiz|progress)\b")
_ONLY_IMPORTS = re.compile(r"\A(?:\s*(?:(?:import|from)\s.*|#.*)?(?:\n|\Z))+\Z")
_LEFT_OUT = re.compile(r"^(?:\d+ · )?(?:Quiz|Words|What comes (?:next|after)|What you (?:need|will be able to do)"
                       r"|Easy to get wrong)\b|\bExtra\b|\b(?i:slips)\b")
_EXTRA = re.compile(r"\A\*\*Extra\*\*")


class Wishes(NamedTuple):
    """What the metadata of a cell asks for: a slide type or None, the ids of cells that answer it, words for the
    speaker, whether its code is shown, and whether its player is alive."""

    kind: str | None = None
    answer: tuple = ()
    notes: str = ""
    code: bool = True
    live: bool = True


def wishes(cell, number):
    """The `Wishes` of a cell; PublishError, naming the cell, for what is none.

    >>> wishes({"metadata": {"slideshow": {"slide_type": "skip", "answer": "found"}}}, 1)
    Wishes(kind='skip', answer=('found',), notes='', code=True, live=True)
    """
    slideshow = cell.get("metadata", {}).get("slideshow") or {}
    if not isinstance(slideshow, dict):
        slideshow = {"slide_type": slideshow}
    kind, answer = slideshow.get("slide_type") or None, slideshow.get("answer", ())
    answer = (answer,) if isinstance(answer, str) else answer
    notes, flags = slideshow.get("notes", ""), {name: slideshow.get(name, True) for name in ("code", "live")}
    if kind is not None and kind not in KINDS:
        wrong = f"slide_type must be {', '.join(KINDS[:-1])} or -, found {kind!r}"
    elif not isinstance(answer, (list, tuple)) or not all(isinstance(each, str) for each in answer):
        wrong = f"answer must be the id of a cell or a list of them, found {answer!r}"
    elif not isinstance(notes, str):
        wrong = f"notes must be text, found {notes!r}"
    elif wrong := next((name for name, flag in flags.items() if not isinstance(flag, bool)), ""):
        wrong = f"{wrong} must be true or false, found {flags[wrong]!r}"
    else:
        return Wishes(kind, tuple(answer), notes, **flags)
    raise PublishError(f"{cell_name(cell, number)}: in its metadata of slideshow, {wrong}")


def kinds(cells):
    """For each cell its slide type: the authored one, else "skip" or, for what goes on by itself, "-"."""
    found, out = [], 0   # of the heading whose section is left out, the level; 0: none
    level = 1
    for n, cell in enumerate(cells):
        kind, source = wishes(cell, n + 1).kind, cell["source"]
        parts = reading.blocks(source) if cell["cell_type"] == "markdown" else []
        heads = [block for block in parts if block.kind == "heading"]
        if heads:
            level = heads[0].level
            if out and level <= out:
                out = 0
            if not out and kind not in ("slide", "subslide") and _extra(heads[0], parts):
                out = level
            elif kind in ("slide", "subslide"):
                out = 0
        elif any(block.kind == "text" and _EXTRA.match(block.source) for block in parts[:1]):
            out = out or level
        if kind is None:
            skip = bool(out) or _aside(cell) or (parts and not heads and _leads_in(parts, cells[n + 1:]))
            kind = "skip" if skip else "-"
        found.append(kind)
    return _without_hollow(cells, found)


def _without_hollow(cells, found):
    """The kinds again: a section of nothing but exercises, and a few words before them, is left out."""
    begins = [n for n, cell in enumerate(cells) if cell["cell_type"] == "markdown" and cell["source"].startswith("#")]
    for start, end in zip(begins, [*begins[1:], len(cells)], strict=True):
        asks = any(cell["cell_type"] == "code" and _EXERCISE.search(cell["source"]) for cell in cells[start:end])
        plain = all(block.kind in ("heading", "text") for block in reading.blocks(cells[start]["source"]))
        if asks and plain and found[start] == "-" and set(found[start + 1:end]) <= {"skip"}:
            found[start] = "skip"
    return found


def _extra(head, parts):
    return bool(_LEFT_OUT.search(head.title)) or any(_EXTRA.match(block.source) for block in parts)


def _aside(cell):
    """Proofs, exercises and what belongs to them, imports: a learner's, not a lecture's."""
    if cell["cell_type"] != "code":
        return cell["cell_type"] != "markdown"
    source = cell["source"]
    return "proof" in cell.get("metadata", {}).get("tags", []) or bool(_EXERCISE.search(source)) \
        or bool(_ONLY_IMPORTS.match(source))


def _leads_in(parts, rest):
    """Whether a cell only leads into an exercise, which the next cell shows."""
    following = rest[0] if rest else None
    plain = all(block.kind == "text" and "**Predict" not in block.source for block in parts)
    return bool(plain and following and following["cell_type"] == "code" and _EXERCISE.search(following["source"]))
