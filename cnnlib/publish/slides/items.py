"""What stands on a slide: a cell becomes items, each with its HTML, the room it needs, and what the speaker says."""

import html
import itertools
import re
from dataclasses import dataclass, replace

from .. import live
from . import code, reading

MOST_WORDS = 45    # of prose of one cell; the rest goes to the notes
TEXT, CODE, HEAD, CLOSED = 26, 22, 40, 65     # pixels high, as in looks.css; CLOSED: a folded answer
_LEAST_FIGURE, _MOST_FIGURE = 230, 520
_LARGE = {"lab.js": 510, "network.js": 510, "stack.js": 510, "shifts.js": 450, "quiz.js": 480}   # the least; of others:
_PLAYER = 390
_DISPLAYED = re.compile(r"\$\$.*?\$\$", re.S)
_FOR_LEARNERS = re.compile(r"<summary>\s*What you (?:will|need)")
_PAUSE = re.compile(r"\A\*+A good place to pause")
# Sentences that only help at the notebook itself.
_AT_A_NOTEBOOK = re.compile(r"Shift \+ Enter|\bnext cells?\b|\bcells? (?:above|below)\b|\b[Rr]un the cells?\b|"
                            r"prints? TODO")
_TRAINED = re.compile(r"\Atraining: \d+ (?:epochs|networks)\b")   # what is left of a bar of a training
_WIDEST = 86   # signs in a line of code, at the full width
_STANDS_IN = re.compile(r"(?m)^Exercise \d\d\.\d+: the solution stands in.*\n?")   # said to learners
_TAGS = re.compile(r"<[^>]+>")
_PLACE = re.compile(r'<div class="cnn-place" data-entry="([^"]+)">')   # made by `live`
_STILL = re.compile(r'<div class="cnn-still">(.*?)</div><script type="application/json">', re.S)


@dataclass(frozen=True)
class Item:
    """One thing on a slide. `kind` is "head", "said", "code", "printed", "answer", "figure" or "player"; `lines` counts
    what it needs in lines of `TEXT`, by width in pixels; `wide` is the width of a picture by its height."""

    kind: str
    html: str
    cell: str
    text: str = ""       # to be measured
    rows: int = 0        # of a table, of code, of what is printed
    wide: float = 0
    entry: str = ""
    level: int = 0
    fragment: bool = False

    @property
    def seen(self):
        """Whether it is looked at, not read: it takes what room is left."""
        return self.kind in ("figure", "player")

    @property
    def needs_width(self):
        """Whether it is a player too large to stand beside what is read."""
        return self.entry.rpartition("/")[2] in _LARGE

    def breaks(self, width):
        """Whether its lines or rows, which are read as wholes, would not be wholes in a column so wide."""
        if self.kind in ("code", "printed"):
            return max(map(len, self.text.split("\n"))) * CODE * 0.61 > width
        return bool(self.rows) and max(len(_plain(line)) for line in self.text.split("\n")) * TEXT * 0.49 > width

    def height(self, width, closed=False):
        """About how high it is in a column so wide, in pixels; of a picture, the least with which it can be seen; of an
        answer, opened unless `closed`."""
        if closed and self.kind == "answer":
            return CLOSED
        if self.kind == "figure":
            whole = min(width / self.wide, _MOST_FIGURE)
            return max(0.65 * whole, min(_LEAST_FIGURE, whole))
        if self.kind == "player":
            return _LARGE.get(self.entry.rpartition("/")[2], _PLAYER)
        if self.kind in ("code", "printed"):
            return sum(max(1, -(-len(line) * CODE * 0.61 // width)) for line in self.text.split("\n")) * CODE * 1.4 + 30
        if self.kind == "head":
            return _lines(self.text, width, HEAD) * HEAD * 1.2 + 14
        return _prose(self.text, width) + self.rows * 8


def _lines(text, width, size):
    return max(1, -(-len(text) * size * 0.49 // width))


def _prose(text, width):
    """The height of paragraphs, lists, tables and formulas."""
    total = 0
    for paragraph in text.split("\n\n"):
        shown = _DISPLAYED.findall(paragraph)
        total += 74 * len(shown)
        for line in _joined(_DISPLAYED.sub("", paragraph)).split("\n"):
            if line.strip() and not re.fullmatch(r"[|\s:-]+", line):
                total += _lines(_plain(line), width, TEXT) * TEXT * (1.55 if "|" in line else 1.36)
        total += 13
    return total


def _joined(text):
    """Lines of one paragraph as one; rows and points stay."""
    return re.sub(r"\n(?!\s*(?:[-*|]|\d+\.)\s?)", " ", text)


def _plain(text):
    return re.sub(r"\\[a-z]+|\]\([^)]*\)|[*`$\\{}]", "", _TAGS.sub("", text))


def for_learners(fold):
    """Whether a fold tells learners what they will be able to do and what they need, and answers nothing."""
    return bool(_FOR_LEARNERS.search(fold))


def of_cell(cell, kind, lines=True, players=True):
    """(items, notes): those of a cell with this slide type, in order, and the HTML of what is only said. Without
    `lines`, of its code only what came out; without `players`, their pictures."""
    if cell["cell_type"] == "markdown":
        if kind == "notes":
            return [], reading.html(cell["source"])
        items, notes = _told(cell)
    else:
        items, notes = _ran(cell, lines, players), ""
    return [replace(item, fragment=kind == "fragment") for item in items], notes


def _told(cell):
    items, notes, words = [], [], 0
    for block in reading.blocks(cell["source"]):
        plain = block.kind == "text" and "$$" not in block.source and not _asks(block.source)
        said = block.source
        if block.kind == "heading":
            items.append(Item("head", reading.html(said), cell["id"], block.title, level=block.level))
            continue
        if block.kind == "answer" and for_learners(said):
            notes.append(re.sub(r"(?m)^#+ (.*)$", r"**\1**", re.sub(r"</?details>|<summary>.*?</summary>", "", said)))
            continue
        aside = said.startswith("*") and said.endswith("*") and not said.startswith("**")   # minutes, sources
        if (plain and aside) or _PAUSE.match(said):
            notes.append(said)
            continue
        if block.kind == "text" and _AT_A_NOTEBOOK.search(said):
            said = " ".join(each for each in reading.sentences(said) if not _AT_A_NOTEBOOK.search(each))
        if plain:
            said, rest = reading.shortened(said, MOST_WORDS - words, least=0 if words else 1)
            words += len(said.split())
            notes += [rest] if rest else []
        if said:
            rows = said.count("\n|") if block.kind == "table" else 0
            kind = "answer" if block.kind == "answer" else "said"
            items.append(Item(kind, reading.html(said), cell["id"], _measured(said), rows))
    return items, reading.html("\n\n".join(notes)) if notes else ""


def _asks(source):
    """Whether a paragraph asks its reader something: without the question an answer says nothing."""
    return "**Predict" in source or source.rstrip("*_ \n").endswith("?")


def _measured(source):
    """A text as it is measured: an answer is open, and its summary a line."""
    return source.replace("</summary>", "\n\n").replace("<details>", "").replace("</details>", "")


def _ran(cell, lines, players):
    outputs = [item for output in cell.get("outputs", []) if (item := _output(output, cell, players))]
    lines = code.teaching(cell["source"], draws=any(item.seen for item in outputs)) if lines else ""
    items = []
    whole = cell["source"].strip("\n")
    if lines:
        more = "" if lines == whole else _folded(whole)
        if max(map(len, lines.split("\n"))) > _WIDEST:   # comments need not stand below each other
            lines = re.sub(r"(?<=\S) {3,}#", "   #", lines)
        items.append(Item("code", f'<div class="code">{_coloured(lines)}{more}</div>', cell["id"], lines,
                          lines.count("\n") + 1))
    elif outputs:
        last = outputs[-1]
        outputs[-1] = replace(last, html=last.html + _folded(whole))
    return [*items, *outputs]


def _folded(text):
    return f'<details class="whole"><summary>all lines</summary>{_coloured(text)}</details>'


def _coloured(text):
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    return highlight(text, PythonLexer(), HtmlFormatter(nowrap=False, cssclass="source"))


def _output(output, cell, players):
    """An output as an item; None for what is empty, or a bar of a training."""
    if output["output_type"] == "error":
        return None
    if output["output_type"] == "stream":
        return _printed("".join(output["text"]), cell) if output["name"] == "stdout" else None
    data = {kind: value if isinstance(value, (dict, str)) else "".join(value) for kind, value in output["data"].items()}
    page = data.get("text/html", "")
    if not players and (still := _STILL.search(page)):
        page = still[1]
    if place := _PLACE.match(page):
        return Item("player", page, cell["id"], entry=place[1])
    if "<img" in page and (wide := _wide(page)):
        return Item("figure", f'<div class="figure">{page}</div>', cell["id"], wide=wide)
    if "application/vnd.cnnlib.view+json" in data:
        return None
    if page:
        if _TRAINED.match(data.get("text/plain", "")):
            return None
        rows = page.count("<tr") + 2 * page.count("<audio")
        return Item("said", page, cell["id"], f"{_widest_row(page)}\n\n" * rows, rows)
    if "text/markdown" in data:
        return Item("said", reading.html(data["text/markdown"]), cell["id"], data["text/markdown"])
    return _printed(data["text/plain"], cell) if "text/plain" in data else None


def _widest_row(page):
    """The words of the longest row of a table in HTML, which has as many signs as its longest cells together."""
    rows = [[len(_TAGS.sub("", each).strip()) for each in re.findall(r"<t[hd]\b.*?</t[hd]>", row, re.S)]
            for row in re.findall(r"<tr.*?</tr>", page, re.S)]
    return "x" * sum(max(column) + 2 for column in itertools.zip_longest(*rows, fillvalue=0)) or "x"


def _printed(text, cell):
    text = _STANDS_IN.sub("", text).rstrip("\n")
    if not text.strip():
        return None
    return Item("printed", f'<pre class="printed">{html.escape(text)}</pre>', cell["id"], text, text.count("\n") + 1)


def _wide(page):
    """The width of a still by its height, read from the PNG in the page; None if there is none."""
    found = re.search(r'src="data:image/png;base64,([A-Za-z0-9+/=]{32})', page)
    if not found:
        return None
    width, height = live.size(found[1])
    return width / height
