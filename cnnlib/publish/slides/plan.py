"""Which slides a lesson becomes: breaks where headings and authors say, and wherever a slide would be too full.

All is decided by estimate, from the room that items need (items.py); the page then measures, and makes what is still
too high a little smaller (static/deck.js). Below `LEAST` nothing is: such a slide needs a break by its author.
"""

import bisect
import re
from dataclasses import dataclass, field, replace

from . import choosing, items, speaker
from .items import Item

_STAYS = re.compile(r"\*\*|\$\$|^\s*[-*|]|[?:]\s*$", re.M)   # stress, questions, formulas, lists, what leads on

SIZES = {"16:9": (1280, 720), "4:3": (960, 720)}
SIDE, ABOVE, GAP = 50, 34, 28      # pixels, as in looks.css
EASY = 0.91     # the scale down to which a slide is filled
OPENING = 0.8   # and that of a first slide, to which its picture or player belongs
READ = 20       # pixels: the smallest writing of a slide that a few lines join
NEAR = 4         # a picture on one of so many slides may stand on the first one, too
WIDE_FIGURE = 1.75   # a picture that is wider by its height is too small beside a text
WIDE, LONELY = 1180, 130   # pixels: what is lower, at this width, is a few lines
LEAST = 0.6     # the smallest that can be read from the back


@dataclass
class Slide:
    """A slide: its heading (or None), its items, the notes as HTML. `continued`: it repeats a heading; `begun`: its
    author wants it; `parted`: the one before asks what it tells. `title` is the lesson's, above its first section."""

    head: Item | None
    items: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    continued: bool = False
    begun: bool = False
    parted: bool = False
    title: Item | None = None

    @property
    def seen(self):
        """The pictures and players."""
        return [item for item in self.items if item.seen]

    @property
    def smallest(self):
        """The height of its smallest writing at scale 1."""
        return items.CODE if any(item.kind in ("code", "printed") for item in self.items) else items.TEXT

    @property
    def beside(self):
        """Whether its one picture stands beside what is read, not below."""
        return getattr(self, "_beside", False)

    def scale(self, aspect, closed=False):
        """At which scale all of it fits, at most 1, by estimate; decides where the picture stands. Answers are open
        unless `closed`."""
        width, height = SIZES[aspect]
        width, height = width - 2 * SIDE, height - 2 * ABOVE
        below = _scale(lambda w: self._head(w) + sum(item.height(w, closed) for item in self.items), width, height)
        self._beside = False
        if aspect == "16:9" and len(self.seen) == 1 < len(self.items) and not self.seen[0].needs_width:
            picture = self.seen[0]
            read = [item for item in self.items if not item.seen]
            share = 0.46 if picture.kind == "figure" else 0.4

            def high(w):
                return self._head(w) + max(sum(item.height(w * share - GAP, closed) for item in read),
                                           picture.height(w * (1 - share)))

            beside = _scale(high, width, height)
            narrow = picture.wide < WIDE_FIGURE or beside > below + 0.3
            if picture.kind == "player":
                narrow = sum(each.height(width) for each in read) > 190 or beside > below + 0.1
            if narrow and beside >= min(below, EASY) and not any(each.breaks(width * share) for each in read):
                self._beside = True
                return beside
        return below

    def _head(self, width):
        return sum(each.height(width) for each in (self.title, self.head) if each)


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
    _notes_kept(made, shown)
    shown = _said_only(shown)
    _opened(shown, aspect)
    for slide in shown:
        slide.scale(aspect)
    speaker.add(shown, cells)
    return shown


def _joined(slides, aspect):
    """The slides again: a few lines that were left over stand on the slide before them, or after, a little smaller; so
    does an answer that nothing follows, which is closed until somebody asks for it."""
    kept = []
    for slide in slides:
        last = kept[-1] if kept else None
        follows = last and slide.continued and not (slide.begun or slide.parted) and slide.head is last.head
        answers = all(item.kind == "answer" for item in slide.items)
        if follows and (answers or _lonely(slide) or (last.continued and _lonely(last))):
            both = replace(last, items=[*last.items, *slide.items])
            fits = both.scale(aspect, closed=answers) >= READ / both.smallest
            if len(both.seen) <= 1 and fits and both.scale(aspect) >= LEAST:
                last.items = both.items   # its notes follow, as those of all that are not shown
                continue
        kept.append(slide)
    return kept


def _said_only(slides):
    """The slides again: a few lines of prose that fit on none beside them are said, not shown."""
    kept = []
    for slide in slides:
        prose = all(item.kind == "said" and not item.rows and not _STAYS.search(item.text) for item in slide.items)
        if kept and slide.continued and not slide.begun and slide.items and prose and _lonely(slide):
            kept[-1].notes += [*(item.html for item in slide.items), *slide.notes]
        else:
            kept.append(slide)
    return kept


def _opened(slides, aspect):
    """Gives the first slide the first picture that follows, if it has none and there is room: a title is looked at."""
    first = slides[0]
    for slide in slides[1:NEAR] if first.head and first.items and not first.seen else ():
        if slide.seen and slide.seen[0].kind == "figure":
            with_it = replace(first, items=[*first.items, slide.seen[0]])
            if with_it.scale(aspect) >= EASY:
                first.items = with_it.items
        if slide.seen or _asks(slide.items):
            break


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
    stays: bool = False     # whether its author wants it on the slide before it

    @property
    def items(self):
        return [item for found, _ in self.cells for item in found]


def _groups(cells, kinds):
    groups, answers = [], set()   # answers: the ids of cells that give away what was asked before them
    for cell, kind in zip(cells, kinds, strict=True):
        wishes = choosing.wishes(cell, 0)
        answers.update(wishes.answer[:1])
        if kind == "skip":
            continue
        found = items.of_cell(cell, kind, wishes.code, wishes.live)
        begins = kind in ("slide", "subslide") or (cell["id"] in answers and wishes.kind is None)
        for part in _at_heads(*found):
            first = part[0] and part[0][0].kind == "head"
            told = groups and wishes.kind is None and _asks(groups[-1].items) and _tells(part[0])
            if begins or first or cell["cell_type"] == "markdown" or not groups or told:
                groups.append(_Group(begins, [part], wishes.kind == "-"))
            else:
                groups[-1].cells.append(part)
            begins = False
    return groups


def _asks(found):
    return any(item.kind == "said" and speaker.PREDICT in item.text for item in found)


def _tells(found):
    """Whether items may give away what was asked before them; a fold does not, nor does a player, which is stepped."""
    return any(item.kind in ("said", "printed", "figure") for item in found) \
        and all(item.kind != "player" for item in found)


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
        title = made.pop() if _bare(made[-1]) and every[0].level > 1 else Slide(None)   # nobody looks at a title alone
        made.append(Slide(every[0], notes=title.notes, title=title.head))
        group = replace(group, begins=False, cells=[(group.cells[0][0][1:], group.cells[0][1]), *group.cells[1:]])
    elif group.begins:
        made.append(replace(_next(made[-1]), begun=True))
    elif not group.stays and _asks(made[-1].items) and _tells(every):
        made.append(replace(_next(made[-1]), parted=True))
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


def _bare(slide):
    return slide.head is not None and slide.head.level == 1 and not slide.items and not slide.continued


def _next(slide):
    return Slide(slide.head, continued=True)


def _add(slide, found, notes):
    slide.items += found
    slide.notes += [notes] if notes else []


def _fits(slide, more, aspect):
    """Whether a slide can be read easily with more on it, and has but one picture or player."""
    both = replace(slide, items=[*slide.items, *more])
    opens = slide.title is not None and bool(both.seen)
    return len(both.seen) <= 1 and both.scale(aspect) >= (OPENING if opens else EASY)
