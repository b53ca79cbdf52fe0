"""The house style of the lessons: what makes a notebook readable, accessible, clean and whole.

Each rule is a function `rule(notebook, folder)` that returns a list of what it found: nothing, if the rule is kept. The
tests that apply them, and a bad notebook for each of them, are in test_notebooks.py.
"""

import ast
import itertools
import re
import statistics
import warnings
from html.parser import HTMLParser

import nbformat

from cnnlib.viz.kit.alt import unmeasured

from .asking import digest, predicted, waiting
from .clock import no_clock
from .minutes import honest_minutes
from .proofs import proved, short_alt, statements
from .store import WIDGET_VIEW, output_texts, private

LONGEST_CELL, MEDIAN_CELL, IMPORT_LINES, LONGEST_TEXT = 20, 6, 6, 130


def read(path):
    """The notebook as it lies on the disk: nbformat may repair it when reading, but not without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return nbformat.read(path, as_version=4)


def code(nb):
    """The code cells, with their places in the notebook."""
    return [(i, cell) for i, cell in enumerate(nb.cells) if cell.cell_type == "code"]


def text(nb):
    """The markdown cells, with their places."""
    return [(i, cell) for i, cell in enumerate(nb.cells) if cell.cell_type == "markdown"]


def outputs(nb):
    """(place, cell, output) of every output."""
    return [(i, cell, output) for i, cell in code(nb) for output in cell.get("outputs", [])]


# --- sound: the file is what it should be, and was run from top to bottom -----------------------------------------

def valid(nb, folder):
    """A valid notebook, with ids that are all different and the least of metadata."""
    ids = [cell.get("id") for cell in nb.cells]
    if len(set(ids)) < len(ids) or not all(ids):   # the validator would quietly mend these
        return ["cells without an id, or two with the same"]
    try:
        nbformat.validate(nb)
    except nbformat.ValidationError as error:
        return [f"not valid: {error.message}"]
    return [f"needless metadata: {key}" for key in nb.metadata if key not in ("kernelspec", "language_info")]


def executed(nb, folder):
    """Run in order, counts 1, 2, 3, ..."""
    counts = [cell.execution_count for _, cell in code(nb)]
    return [] if counts == list(range(1, len(counts) + 1)) else [f"execution counts are {counts}"]


def no_errors(nb, folder):
    """No cell ended in an error, or wrote a warning."""
    found = [f"cell {i}: {output.ename}" for i, _, output in outputs(nb) if output.output_type == "error"]
    streams = [(i, output.text) for i, _, output in outputs(nb) if output.output_type == "stream"]
    return found + [f"cell {i} warns: {t.strip()[:60]}" for i, t in streams if "Warning" in t]


def parses(nb, folder):
    """Every code cell is Python (a line that begins with % or ! is left out)."""
    found = []
    for i, cell in code(nb):
        try:
            statements(cell)
        except SyntaxError as error:
            found.append(f"cell {i}: {error}")
        if not cell.source.strip():
            found.append(f"cell {i} is empty")
    return found


# --- clean: nothing of the machine or the session that made it ----------------------------------------------------

def no_widget_state(nb, folder):
    """No state of widgets, and no live views: stored, they show "model not found"."""
    found = [f"cell {i} stores a live view" for i, _, o in outputs(nb) if WIDGET_VIEW in o.get("data", {})]
    return found + (["widget state is stored"] if "widgets" in nb.metadata else [])


def nothing_private(nb, folder):
    """No paths, memory addresses, addresses in a network or measured times, in sources and outputs."""
    texts = [(i, cell.source) for i, cell in enumerate(nb.cells)]
    texts += [(i, t) for i, _, output in outputs(nb) for t in output_texts(output)]
    return [f"cell {i}: {what}" for i, t in texts for what in private(t)]


def no_interact(nb, folder):
    """No `interact` and no `Output()`: they fail strict nbval, and flicker."""
    names = {"interact", "interactive", "interact_manual", "Output"}
    found = []
    for i, cell in code(nb):
        for node in (node for part in statements(cell) for node in ast.walk(part)):
            called = node.func if isinstance(node, ast.Call) else None
            if getattr(called, "id", getattr(called, "attr", None)) in names:
                found.append(f"cell {i} calls {ast.unparse(called)}")
    return found


# --- whole: links lead somewhere, folded parts are closed ---------------------------------------------------------

def links(nb, folder):
    """Links to files of this project, and to cells of its notebooks, resolve; no picture comes from the network."""
    found = []
    for i, cell in text(nb):
        for picture, target in re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", cell.source):
            outside = re.match(r"[a-z]+:", target)
            if picture and outside:
                found.append(f"cell {i} shows a picture from the network: {target}")
            elif not outside and not _leads(target, nb, folder):
                found.append(f"cell {i} links to {target}, which is not there")
        if re.search(r"<img[^>]+src=[\"']?(?!data:)[a-z]+:", cell.source):
            found.append(f"cell {i} shows a picture from the network")
    return found


def _leads(target, nb, folder):
    """Is there such a file, and in it such a place? In a notebook that is "#cell-id=" and the id of one of its cells:
    headings with a point or a comma are not found by JupyterLab."""
    name, _, place = target.partition("#")
    if not (folder / name).exists():
        return False
    if not place:
        return True
    there = nbformat.read(folder / name, as_version=4) if name else nb
    return place.removeprefix("cell-id=") in [cell.get("id") for cell in there.cells if place.startswith("cell-id=")]


def folded(nb, folder):
    """Every <details> is closed and begins with a <summary>, then an empty line (or its text is not formatted)."""
    found = []
    for i, cell in text(nb):
        opened, closed = cell.source.count("<details"), cell.source.count("</details>")
        good = len(re.findall(r"<details[^>]*>\s*<summary>[^<]+</summary>\n\n", cell.source))
        if not opened == closed == good:
            found.append(f"cell {i}: {opened} <details>, {closed} closed, {good} with a summary and an empty line")
    return found


def headings(nb, folder):
    """One title; below it, no heading skips a level."""
    levels = [len(m) for _, cell in text(nb) for m in re.findall(r"^(#+) ", _without_code(cell.source), flags=re.M)]
    found = [] if levels.count(1) == 1 and levels[:1] == [1] else [f"titles (#): {levels.count(1)}, expected 1, first"]
    jumps = [b for a, b in itertools.pairwise(levels) if b > a + 1]
    return found + [f"a heading jumps to level {level}" for level in jumps]


def opening(nb, folder):
    """A title and the minutes first; what you will be able to do and what you need, as headings or folded, before the
    first numbered section."""
    first, before = (nb.cells[0].source if nb.cells and nb.cells[0].cell_type == "markdown" else ""), []
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            before.append(re.split(r"^## (?:1|2) · ", cell.source, flags=re.M)[0])
            if before[-1] != cell.source:
                break
    begins = r"^(?:## |<details[^>]*><summary>)"
    found = [name for name, pattern in {"a title": r"^# \S", "minutes": r"\d+ minutes"}.items()
             if not re.search(pattern, first, re.M)]
    found += [wanted for wanted in ("What you will be able to do", "What you need")
              if not re.search(begins + wanted, "\n".join(before), re.M)]
    return [f"its opening lacks: {name}" for name in found]


def ending(nb, folder):
    """At the end: a recap, and where to go next, with a link."""
    end = "\n".join(cell.source for _, cell in text(nb)[-3:])
    found = [] if re.search(r"^## Recap", end, re.M) else ["no recap in the last cells"]
    return found + ([] if re.search(r"\*\*Next:\*\*.*\]\([^)]+\)", end, re.S) else ["no link to what comes next"])


# --- readable -----------------------------------------------------------------------------------------------------

def short_code(nb, folder):
    """No code cell over 20 lines, half of them at most 6, imports at most 6."""
    lengths = [len(cell.source.splitlines()) for _, cell in code(nb)]
    found = [f"a code cell of {n} lines" for n in lengths if n > LONGEST_CELL]
    if lengths and statistics.median(lengths) > MEDIAN_CELL:
        found.append(f"the median code cell has {statistics.median(lengths)} lines")
    imports = [(i, c) for i, c in code(nb) if re.search(r"^(import|from) ", c.source, re.M)]
    return found + [f"cell {i}: imports in more than {IMPORT_LINES} lines" for i, c in imports
                    if len(c.source.strip().splitlines()) > IMPORT_LINES]


def words(source):
    """How many words a reader meets: formulas count as one, tables and folded parts are looked up, not read through."""
    source = re.sub(r"<details.*?</details>", " ", _without_code(source), flags=re.S)
    source = re.sub(r"^\|.*$", " ", source, flags=re.M)
    source = re.sub(r"\$\$.*?\$\$", " ", source, flags=re.S)
    source = re.sub(r"\$[^$]*\$", "formula", source)
    return len(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", re.sub(r"\]\([^)]*\)", "]", source)))


def _without_code(source):
    return re.sub(r"^```.*?^```", "", source, flags=re.S | re.M)


def short_text(nb, folder):
    """No markdown cell over 130 words, and none of its folded parts over 130."""
    found = [f"cell {i}: {words(c.source)} words" for i, c in text(nb) if words(c.source) > LONGEST_TEXT]
    for i, cell in text(nb):
        for part in re.findall(r"<details[^>]*>(.*?)</details>", cell.source, flags=re.S):
            found += [f"cell {i}: {words(part)} folded words"] if words(part) > LONGEST_TEXT else []
    return found


# --- accessible ---------------------------------------------------------------------------------------------------

class _Images(HTMLParser):
    """Collects the attributes of every <img>."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.append(dict(attributes))


def images(source):
    """The attributes of every <img> in a piece of HTML."""
    parser = _Images()
    parser.feed(source)
    return parser.found


def described(nb, folder):
    """Every picture says in words what it shows, the same words in HTML, in the picture's metadata and as text.

    A player's text is its digest instead, because its picture is one step of many.
    """
    found = []
    for i, _, output in outputs(nb):
        data = output.get("data", {})
        if not any(mime.startswith("image/") for mime in data) and "<img" not in data.get("text/html", ""):
            continue
        alts = {image.get("alt") or "" for image in images(data.get("text/html", ""))} or {""}
        alts.add(alt := output.metadata.get("image/png", {}).get("alt", ""))
        plain = data.get("text/plain", "").removeprefix("[figure] ")
        measured = "cnn-measured" in data.get("text/html", "") and plain
        if not digest(output) and not (measured and (plain == unmeasured(alt) or alt.endswith(f" {plain}"))):
            alts.add(plain)
        if len(alts) > 1 or len(min(alts)) < 20:
            found.append(f"cell {i}: the words of its picture are {sorted(alts)}")
    for i, cell in text(nb):
        found += [f"cell {i}: a picture without words" for image in images(cell.source) if not image.get("alt")]
        found += [f"cell {i}: a picture without words"] * len(re.findall(r"!\[\s*\]\(", cell.source))
    return found


def shown(nb, folder):
    """Figures are shown by cnn.viz.show or cnn.viz.watch, with words, or by a player; none slips out of a cell."""
    found = [f"cell {i} has a figure that was not shown by cnn.viz.show" for i, cell, output in outputs(nb)
             if "image/png" in output.get("data", {}) and not digest(output)
             and not re.search(r"viz\.(show|watch)\(", cell.source)]
    return found + [f"cell {i} calls plt.show()" for i, cell in code(nb) if "plt.show(" in cell.source]


LESSON_RULES = [opening, ending, honest_minutes, proved, short_alt]   # for lessons only
RULES = [valid, executed, no_errors, parses, no_widget_state, nothing_private, no_interact, links, folded, headings,
         *LESSON_RULES, no_clock, short_code, short_text, described, shown, waiting, predicted]
