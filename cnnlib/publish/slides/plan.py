"""Which slides a lesson becomes: breaks where headings and authors say, and wherever a slide would be too full.

All is decided by estimate, from the room that items need (items.py); the page then measures, and makes what is still
too high a little smaller (static/deck.js). Below `LEAST` nothing is: such a slide needs a break by its author.
"""

import bisect
from dataclasses import dataclass, field, replace

from . import choosing, items

SIZES = {"16:9": (1280, 720), "4:3": (960, 720)}
SIDE, ABOVE, GAP = 50, 34, 28      # pixels, as in looks.css
EASY = 0.85     # the scale down to which a slide is filled
JOINED = 0.72   # and down to which a few lines join it
WIDE, LONELY = 1180, 130   # pixels: what is lower, at this width, is a few lines
LEAST = 0.6     # the smallest that can be read from the back


@dataclass
class Slide:
    """A slide: its heading (or None), its items, the notes as HTML; `continued` where it repeats a heading,
    `begun` where its author wants it."""

    head: items.Item | None
    items: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    continued: bool = False
    begun: bool = False

    @property
    def seen(self):
        """The pictures and players."""
        return [item for item in self.items if item.seen]

    @property
    def beside(self):
        """Whether its one picture stands beside what is read, not below."""
        return getattr(self, "_beside", False)

    def scale(self, aspect):
        """At which scale all of it fits, at most 1, by estimate; decides where the picture stands."""
        width, height = SIZES[aspect]
        width, height = width - 2 * SIDE, height - 2 * ABOVE
        below = _scale(lambda w: self._head(w) + sum(item.height(w) for item in self.items), width, height)
        self._beside = False
        if aspect == "16:9" and len(self.seen) == 1 < len(self.items) and not self.seen[0].needs_width:
            picture = self.seen[0]
            read = [item for item in self.items if not item.seen]
            share = 0.46 if picture.kind == "figure" else 0.4

            def high(w):
                return self._head(w) + max(sum(item.height(w * share - GAP) for item in read),
                                           picture.height(w * (1 - share)))

            beside = _scale(high, width, height)
            narrow = picture.wide < 1.75 if picture.kind == "figure" else sum(i.height(width) for i in read) > 190
            if (narrow and beside >= min(below, EASY)) or beside > below + 0.1:
                self._beside = True
                return beside
        return below

    def _head(self, width):
        return self.head.height(width) if self.head else 0


def _scale(high, width, height):
    """The largest scale, from 1 down, at which what is `high(width)` fits: smaller signs also have more room beside."""
    percents = range(20, 101, 2)
    fitting = bisect.bisect_left(percents, True, key=lambda p: high(width * 100 / p) > height * 100 / p)
    return percents[max(fitting - 1, 0)] / 100


def slides(cells, aspect="16:9"):
    """The `Slide`s of the cells of a notebook that is `alive`. PublishError, naming the cell, for an unknown type."""
    made = [Slide(None)]
    groups = _groups(cells, choosing.kinds(cells))
    for group in groups:
        _place(group, made, aspect)
    shown = _joined([slide for slide in made if slide.items or (slide.head and slide.head.level == 1)], aspect)
    for slide in shown:
        slide.scale(aspect)
    return _notes_kept(made, shown)


def _joined(slides, aspect):
    """The slides again: a few lines that were left over stand on the slide before them, or after, a little smaller."""
    kept = []
    for slide in slides:
        last = kept[-1] if kept else None
        follows = last and slide.continued and not slide.begun and slide.head is last.head
        if follows and (_lonely(slide) or (last.continued and _lonely(last))):
            both = Slide(last.head, [*last.items, *slide.items])
            if len(both.seen) <= 1 and both.scale(aspect) >= JOINED:
                last.items = both.items   # its notes follow, as those of all that are not shown
                continue
        kept.append(slide)
    return kept


def _lonely(slide):
    few = all(item.kind in ("said", "printed") and not item.fragment for item in slide.items)
    return few and sum(item.height(WIDE) for item in slide.items) < LONELY


def _notes_kept(made, shown):
    """Notes of slides that came to nothing go to the slide before them."""
    last = None
    for slide in made:
        if any(slide is each for each in shown):
            last = slide
        elif last is not None:
            last.notes += slide.notes
    return shown


@dataclass
class _Group:
    """Cells that belong together: a text and the code after it. `begins` is whether its author wants a new slide."""

    begins: bool
    cells: list     # (items, notes) of each

    @property
    def items(self):
        return [item for found, _ in self.cells for item in found]


def _groups(cells, kinds):
    groups = []
    for cell, kind in zip(cells, kinds, strict=True):
        if kind == "skip":
            continue
        found = items.of_cell(cell, kind)
        begins = kind in ("slide", "subslide")
        for part in _at_heads(*found):
            first = part[0] and part[0][0].kind == "head"
            if begins or first or cell["cell_type"] == "markdown" or not groups:
                groups.append(_Group(begins, [part]))
            else:
                groups[-1].cells.append(part)
            begins = False
    return groups


def _at_heads(found, notes):
    """The items of a cell in parts that each begin with a heading, where there is one; the notes go with the first."""
    parts = [[]]
    for item in found:
        if item.kind == "head" and parts[-1]:
            parts.append([])
        parts[-1].append(item)
    return [(part, notes if n == 0 else "") for n, part in enumerate(parts)]


def _place(group, made, aspect):
    every = group.items
    if every and every[0].kind == "head":
        made.append(Slide(every[0]))
        group = replace(group, begins=False, cells=[(group.cells[0][0][1:], group.cells[0][1]), *group.cells[1:]])
    elif group.begins:
        made.append(replace(_next(made[-1]), begun=True))
    if _fits(made[-1], group.items, aspect):
        for found, notes in group.cells:
            _add(made[-1], found, notes)
        return
    if made[-1].items:
        made.append(_next(made[-1]))
    for found, notes in group.cells:   # cell by cell, and item by item where one cell is too much
        whole = _fits(made[-1], found, aspect)
        if not whole and made[-1].items and _fits(_next(made[-1]), found, aspect):
            made.append(_next(made[-1]))
            whole = True
        for part in [found] if whole else [[item] for item in found]:
            if made[-1].items and not _fits(made[-1], part, aspect):
                made.append(_next(made[-1]))
            _add(made[-1], part, notes)
            notes = ""


def _next(slide):
    return Slide(slide.head, continued=True)


def _add(slide, found, notes):
    slide.items += found
    slide.notes += [notes] if notes else []


def _fits(slide, more, aspect):
    """Whether a slide can be read easily with more on it, and has but one picture or player."""
    both = Slide(slide.head, [*slide.items, *more])
    return len(both.seen) <= 1 and both.scale(aspect) >= EASY
