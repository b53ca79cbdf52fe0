"""What a speaker is told beside each slide: how long it takes, the answers, how to show its player, what to say.

Nearly all of it is derived: answers from folds, or from the cells that `answer` in the metadata names (choosing.py); of
a player its keys and the pages of its tour; the minutes from words, players and predictions.
"""

import html
import json
import re

from ... import learn
from ...viz.kit import tour
from ..errors import PublishError
from ..notebook import cell_name
from . import choosing, items, reading

SPOKEN = 130                    # words in a minute
LOOKED, SHOWN, ASKED = 0.5, 1, 2   # minutes of a picture or some code, of a player, of a prediction
PREDICT = "**Predict"
ENTER = "Click into it, or press <b>Enter</b>; <b>Esc</b> leads back to the slides."
# How each player is shown, by the module that draws it. The keys are those of its own list (its key ?).
SHOW = {
    "slide.js": "<b>&rarr;</b> makes the next step, <b>Space</b> plays and pauses, <b>E</b> explains a step slowly, "
                "<b>F</b> fills the screen.",
    "lab.js": "<b>&larr; &rarr; &uarr; &darr;</b> move the loupe on the picture, <b>Space</b> lets the response fill "
              "in, <b>F</b> fills the screen. Type other numbers into the kernel.",
    "network.js": "Draw on the pad. <b>N</b> takes the next test image, <b>C</b> clears the pad, <b>F</b> fills the "
                  "screen. Click on a map to look into it, down to one sum.",
    "shifts.js": "<b>&rarr;</b> moves the input by one, <b>Home</b> back to no shift, <b>F</b> fills the screen.",
    "stack.js": "<b>&larr; &rarr; &uarr; &darr;</b> move the image. On the maps of a layer they choose a unit: "
                "<b>S</b> takes the strongest, <b>G</b> grows its field, <b>H</b> shows what moves it. <b>F</b> fills "
                "the screen.",
}
SHOW["toured.js"] = SHOW["slide.js"]
GUESS = "It asks for each output: let the class say the number, type it and press <b>Enter</b>."
KEYS = ("<b>&larr; &rarr;</b> turn slides, <b>A</b> opens the answers, <b>C</b> shows all lines of code, "
        "<b>F</b> fills the screen, <b>Esc</b> shows all slides.")
_FOLD = re.compile(r"</?details>|<summary>.*?</summary>", re.S)
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]+>", re.S)
_CODE = re.compile(r"`([^`]*)`")
_ASKS_FOR = re.compile(r'\bcnn\.learn\.exercise\("([\d.]+)"\)')


def add(slides, cells):
    """Puts the whole of its notes into each of the slides that were made of these cells."""
    where = {cell["id"]: n for n, cell in enumerate(cells)}
    minutes = [_minutes(slide) for slide in slides]
    exercises = _exercises(slides, cells, where)
    for n, slide in enumerate(slides):
        asked = [where[cell] for cell in _cells(slide)]
        said = "".join([*slide.notes, *(reading.html(choosing.wishes(cells[at], at + 1).notes) for at in asked)])
        clock = f"<p><b>About {_plural(minutes[n])}</b>, from minute {round(sum(minutes[:n]))} on.</p>"
        slide.notes = [clock if n else _opening(slides, minutes), *_answers(slide, cells, where),
                       *_shown(slide, cells, where), *([_part("Say", said) if n else said] if said else []),
                       *exercises.get(n, ())]


def _part(name, said):
    """A piece of the notes with its name in bold at its beginning."""
    begun = f"<b>{name}:</b> "
    return said.replace("<p>", f"<p>{begun}", 1) if said.startswith("<p>") else f"<p>{begun}</p>{said}"


def _plural(minutes):
    minutes = max(1, round(minutes))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def _cells(slide):
    """The ids of its cells, each once; a heading's cell comes with the first of its slides."""
    heads = [] if slide.continued else [each for each in (slide.title, slide.head) if each]
    return list(dict.fromkeys(each.cell for each in [*heads, *slide.items]))


# --- minutes ----------------------------------------------------------------------------------------------------------

def _minutes(slide):
    """How long it takes to say what is on it, to look at what it shows, and to let the class guess."""
    words = sum(len(_TAG.sub(" ", said).split())
                for said in [*slide.notes, *(each.html for each in slide.items if each.kind in ("said", "answer"))])
    time = {"figure": LOOKED, "code": LOOKED, "player": SHOWN}
    return words / SPOKEN + sum(time.get(each.kind, 0) for each in slide.items) + ASKED * len(_questions(slide))


def _questions(slide):
    return [each for each in slide.items if each.kind == "said" and PREDICT in each.text]


def _opening(slides, minutes):
    """What the first slide tells: how long all takes, when which section begins, what is prepared, the keys."""
    begins = {}
    for n, slide in enumerate(slides):
        if slide.head and slide.head.level == 2 and not slide.continued:
            begins[slide.head.text] = round(sum(minutes[:n]))
    every = [item for slide in slides for item in slide.items]
    counts = {"prediction": sum(len(_questions(slide)) for slide in slides),
              "player": sum(each.kind == "player" for each in every)}
    room = " and ".join(f"{count} {name}s" if count > 1 else f"a {name}" for name, count in counts.items() if count)
    room = f", with time for {room}" if room else ""
    plan = "".join(f"<li>minute {at}: {html.escape(head)}</li>" for head, at in begins.items())
    return (f"<p><b>About {_plural(sum(minutes))}</b>, {len(slides)} slides{room}; "
            "exercises come on top.</p><p><b>Prepare:</b> open this file in the room's browser, and step through its "
            f"players once. It needs no network and no kernel. {KEYS}</p>"
            + (f"<p><b>Sections:</b></p><ul>{plan}</ul>" if plan else ""))


# --- answers ----------------------------------------------------------------------------------------------------------

def _answers(slide, cells, where):
    """The answers to what the slide asks: those folded on it, and those that come later."""
    folds = [each for each in slide.items if each.kind == "answer"]
    told = [_part("Answer", _unfolded(cells[where[each.cell]], each)) for each in folds]
    for question in _questions(slide):
        if all(each.cell != question.cell for each in folds):
            told += [_part("Answer", said) for said in _later(cells, where, where[question.cell])
                     if all(said not in each for each in told)]
    return told


def _unfolded(cell, fold):
    """The HTML of a folded answer, without its fold."""
    for block in reading.blocks(cell["source"]):
        if block.kind == "answer" and reading.html(block.source) == fold.html:
            return reading.html(_FOLD.sub("", block.source).strip())
    return fold.html


def _later(cells, where, at):
    """What answers the prediction of a cell: the cells that it names, else the first fold before another question."""
    named = choosing.wishes(cells[at], at + 1).answer
    for each in named:
        if each not in where:
            raise PublishError(f"{cell_name(cells[at], at + 1)}: in its metadata of slideshow, answer must be the id "
                               f"of a cell, found {each!r}")
    if named:
        return ["".join(_whole(cells[where[each]]) for each in named)]
    for cell in cells[at:]:
        blocks = reading.blocks(cell["source"]) if cell["cell_type"] == "markdown" else []
        if cell is not cells[at] and any(block.kind == "heading" or PREDICT in block.source for block in blocks):
            break   # what follows answers another question
        for block in blocks:
            if block.kind == "answer" and not items.for_learners(block.source):
                return [reading.html(_FOLD.sub("", block.source).strip())]
    return []


def _whole(cell):
    """All that a cell says, or printed, as HTML; what only leads on to the next cell is left out."""
    if cell["cell_type"] == "markdown":
        said = [block.source for block in reading.blocks(cell["source"])
                if block.kind not in ("heading", "answer") and not block.source.endswith(":")]
        before, _, _ = "\n\n".join(said).partition(PREDICT)   # the next question is not this answer
        return reading.html(before)
    return "".join(each.html for each in items.of_cell(cell, "-")[0] if each.kind in ("said", "printed"))


# --- players and exercises --------------------------------------------------------------------------------------------

def _shown(slide, cells, where):
    """How the slide's player is shown; where nothing on the slide says what for, the text before it does."""
    told = []
    for player in [each for each in slide.items if each.kind == "player"]:
        state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', player.html, re.S)[1])
        keys = SHOW.get(player.entry.rpartition("/")[2], "")
        asks = f"{GUESS} " if state.get("mode") == "predict" else ""
        told.append(f"<p><b>Show:</b> {ENTER} {asks}{keys}</p>")
        if pages := tour.texts(state.get("tour") or {}):
            listed = "".join(f"<li>{tour.markup(text)}</li>" for text in pages)
            listed = _CODE.sub(r"<code>\1</code>", listed)
            told.append(f"<p><b>T</b> opens its tour, {len(pages)} pages; <b>Page Down</b> turns them:</p>"
                        f"<ol>{listed}</ol>")
        if all(each.kind != "said" for each in slide.items):
            before = [cell for cell in cells[:where[player.cell]] if cell["cell_type"] == "markdown"]
            told.append(_part("Look at", _whole(before[-1])) if before else "")
    return told


def _exercises(slides, cells, where):
    """{number of a slide: what to do after it}: the exercises that the lesson has there and the slides leave out."""
    last = [(max((where[cell] for cell in _cells(slide)), default=-1), n) for n, slide in enumerate(slides)]
    found = {}
    for at, cell in enumerate(cells):
        for name in _ASKS_FOR.findall(cell["source"]) if cell["cell_type"] == "code" else ():
            if name not in learn.exercises():
                continue
            exercise = learn.exercise(name)
            after = max((n for place, n in last if place < at), default=0)
            title, minutes = html.escape(exercise.title), _plural(exercise.minutes)
            found.setdefault(after, []).append(f"<p><b>In the notebook</b> exercise {name}, <i>{title}</i>, follows: "
                                               f"{minutes}.</p>")
    return found
