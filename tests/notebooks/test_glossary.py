"""The glossary: every word of the lessons has its entry, every link leads to the right place, lessons link back.

A rule is a function `rule(glossary, lessons)` that returns a list of what it found, and for each there is a spoiled
glossary, or a spoiled lesson, that it must catch. `lessons` is {file name: notebook}.
"""

import copy
import itertools
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from tools import words
from tools.store import output_texts

PIXELS = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
GLOSSARY = nbformat.read(words.GLOSSARY, as_version=4)
LINK = re.compile(r"\[([^\]]+)\]\(([^)#\s]*)(?:#cell-id=([^)\s]+))?\)")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def light(path):
    """A notebook without its pictures, with all that is said in a cell, outputs included, in `cell.said`."""
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        texts = [text for output in cell.pop("outputs", []) for text in output_texts(output)]
        cell.said = PIXELS.sub("", "\n".join([cell.source, *texts]))
    return nb


LESSONS = {path.name: light(path) for path in sorted(words.NOTEBOOKS.glob("[0-9]*.ipynb"))}


def articles(glossary):
    """(id, names, definition, "Explained in ...", "See also ...") of every entry."""
    for cell in glossary.cells:
        if names := words.names(cell):
            text = cell.source.partition("\n")[2]
            definition, _, links = text.rpartition("\n\nExplained in ")
            explained, _, related = links.partition(" See also ")
            yield cell.id, names, definition, explained, related


def passage(lesson, place):
    """What is said in a lesson from the cell `place` up to the next section; "" if there is no such cell."""
    ids = [cell.id for cell in lesson.cells]
    found = []
    for n, cell in enumerate(lesson.cells[ids.index(place):] if place in ids else []):
        if n and cell.source.startswith("## "):
            break
        found.append(cell.said)
    return "\n".join(found)


def speaks_of(text, name):
    """Does a text use all words of a name, in whatever form? "Equivariant" is a form of "equivariance"."""
    return all(re.search(rf"(?<![^\W_]){re.escape(word[:6])}", text.lower()) for word in name.lower().split())


def numbers(text):
    """The numbers in a text, as they are written but for the commas between thousands."""
    return set(NUMBER.findall(re.sub(r"(?<=\d),(?=\d{3})", "", text)))


# --- the rules --------------------------------------------------------------------------------------------------------

def every_word_has_an_entry(glossary, lessons):
    """Every term in the section Words of every lesson."""
    ids = words.entries(glossary)
    found = []
    for name, lesson in lessons.items():
        cell, span = words.section(lesson)
        listed = list(words.terms(cell.source[slice(*span)])) if cell else []
        found += [] if len(listed) >= 5 else [f"{name}: {len(listed)} words, expected 5 or more"]
        found += [f"{name}: no entry for {term}" for term, _ in listed if term.lower() not in ids]
    return found


def every_word_is_linked(glossary, lessons):
    """And it leads to its entry. (`python -m tools.words` writes these links.)"""
    ids = words.entries(glossary)
    found = []
    for name, lesson in lessons.items():
        cell, span = words.section(lesson)
        for term, link in words.terms(cell.source[slice(*span)]):
            wanted = f"glossary.ipynb#cell-id={ids.get(term.lower())}"
            found += [] if link == wanted else [f"{name}: {term} leads to {link}, not to {wanted}"]
    return found


def explained_where_it_says(glossary, lessons):
    """Each entry leads to a lesson, and what stands there speaks of it."""
    found = []
    for id, names, _, explained, _ in articles(glossary):
        links = LINK.findall(explained)
        found += [] if links else [f"{id} is explained nowhere"]
        for _, name, place in links:
            text = passage(lessons[name], place) if name in lessons else ""
            if not any(speaks_of(text, word) for word in names):
                found.append(f"{id}: nothing of it in {name}, {place}")
    return found


def related_words_exist(glossary, lessons):
    """Each entry names others; each of these links bears a name of the entry that it leads to."""
    named = {cell.id: [name.lower() for name in words.names(cell)] for cell in glossary.cells}
    found = []
    for id, _, _, _, related in articles(glossary):
        links = LINK.findall(related)
        found += [] if links else [f"{id} has no related words"]
        found += [f"{id} leads to {text} at {name}#{place}" for text, name, place in links
                  if name or place == id or text.lower() not in named.get(place, [])]
    return found


def in_order(glossary, lessons):
    """Alphabetical, each under its letter, and the letters in the opening cell lead to their sections."""
    firsts = [names[0].casefold() for _, names, *_ in articles(glossary)]
    found = [f"{b} stands behind {a}" for a, b in itertools.pairwise(firsts) if b < a]
    section, letters = None, {}
    for cell in glossary.cells:
        if cell.source.startswith("## "):
            section = cell.source.splitlines()[0].removeprefix("## ")
            letters[section] = cell.id
        elif names := words.names(cell):
            letter = "0–9" if names[0][0].isdigit() else names[0][0].upper()
            found += [] if letter in (section or "").split(" · ") else [f"{names[0]} stands under {section}"]
    row = {text: place for text, name, place in LINK.findall(glossary.cells[0].source) if not name}
    return found + ([] if row == letters else [f"the letters at the top are {row}, the sections {letters}"])


def one_entry_for_a_word(glossary, lessons):
    """No name twice, and the id of an entry is its first name."""
    names = [name.lower() for _, names, *_ in articles(glossary) for name in names]
    found = [f"two entries for {name}" for name in sorted(set(names)) if names.count(name) > 1]
    return found + [f"{id} is not the id of {names[0]}" for id, names, *_ in articles(glossary)
                    if id != words.slug(names[0])]


def numbers_of_the_lessons(glossary, lessons):
    """Every number in an entry stands in a lesson where the word is explained: there it is calculated."""
    found = []
    said = {name: numbers("\n".join(cell.said for cell in lesson.cells)) for name, lesson in lessons.items()}
    for id, _, definition, explained, _ in articles(glossary):
        there = set().union(*(said.get(name, set()) for _, name, _ in LINK.findall(explained)))
        missing = numbers(re.sub(r"lesson \d\d", "", definition)) - there
        found += [f"{id}: {number} is not in its lessons" for number in sorted(missing)]
    return found


RULES = [every_word_has_an_entry, explained_where_it_says, related_words_exist, in_order, one_entry_for_a_word,
         numbers_of_the_lessons]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_glossary(rule):
    """It keeps every rule."""
    assert rule(GLOSSARY, LESSONS) == []


@pytest.mark.parametrize("name", LESSONS)
def test_the_words_of_a_lesson_are_linked(name):
    """From its last page the reader gets to every entry with a click."""
    assert every_word_is_linked(GLOSSARY, {name: LESSONS[name]}) == []


def test_there_are_entries():
    """Or nothing above was tested."""
    assert len(LESSONS) >= 7 and len(list(articles(GLOSSARY))) >= 70


# --- what each rule must catch ----------------------------------------------------------------------------------------

def entry(glossary, id):
    """One cell of a glossary."""
    return next(cell for cell in glossary.cells if cell.id == id)


def without_stride(glossary, lessons):
    glossary.cells.remove(entry(glossary, "stride"))


def a_lesson_without_words(glossary, lessons):
    cell, _ = words.section(lessons["01_convolution_1d.ipynb"])
    cell.source = "## Words\n\nNone."


def a_cell_that_is_gone(glossary, lessons):
    cell = entry(glossary, "stride")
    cell.source = re.sub(r"cell-id=cell-\d+", "cell-id=gone", cell.source, count=1)


def another_cell(glossary, lessons):
    cell = entry(glossary, "dilation")
    cell.source = cell.source.replace("1d.ipynb#cell-id=cell-47", "1d.ipynb#cell-id=cell-75")


def explained_nowhere(glossary, lessons):
    cell = entry(glossary, "stride")
    cell.source = re.sub(r"Explained in .*\. See", "Explained in lesson 01. See", cell.source)


def a_word_that_is_not_there(glossary, lessons):
    entry(glossary, "stride").source += " [speed](#cell-id=speed)"


def a_word_at_another(glossary, lessons):
    entry(glossary, "stride").source += " [padding](#cell-id=dilation)"


def the_word_itself(glossary, lessons):
    entry(glossary, "stride").source += " [stride](#cell-id=stride)"


def two_exchanged(glossary, lessons):
    place = glossary.cells.index(entry(glossary, "span"))
    glossary.cells[place:place + 2] = glossary.cells[place + 1], glossary.cells[place]


def under_another_letter(glossary, lessons):
    heading = entry(glossary, "letters-s")
    glossary.cells.remove(heading)


def a_second_kernel(glossary, lessons):
    cell = entry(glossary, "weight")
    cell.source = cell.source.replace("### Weight", "### Weight, kernel")


def another_id(glossary, lessons):
    entry(glossary, "weight").id = "weights"


def another_number(glossary, lessons):
    cell = entry(glossary, "lenet")
    cell.source = cell.source.replace("61,706", "61,707")


SPOILED = [
    (every_word_has_an_entry, without_stride, "no entry for Stride"),
    (every_word_has_an_entry, a_lesson_without_words, "0 words"),
    (explained_where_it_says, a_cell_that_is_gone, "nothing of it in 01_convolution_1d.ipynb, gone"),
    (explained_where_it_says, another_cell, "dilation: nothing of it"),
    (explained_where_it_says, explained_nowhere, "stride is explained nowhere"),
    (related_words_exist, a_word_that_is_not_there, "stride leads to speed"),
    (related_words_exist, a_word_at_another, "stride leads to padding at #dilation"),
    (related_words_exist, the_word_itself, "stride leads to stride"),
    (in_order, two_exchanged, "stands behind sparsity"),
    (in_order, under_another_letter, "Span stands under R"),
    (one_entry_for_a_word, a_second_kernel, "two entries for kernel"),
    (one_entry_for_a_word, another_id, "weights is not the id of Weight"),
    (numbers_of_the_lessons, another_number, "61707"),
]


@pytest.mark.parametrize(("rule", "spoil", "complaint"), SPOILED, ids=lambda part: getattr(part, "__name__", ""))
def test_every_rule_can_fail(rule, spoil, complaint):
    """On a glossary, or on a lesson, with a fault of its kind."""
    glossary, lessons = copy.deepcopy((GLOSSARY, LESSONS))
    spoil(glossary, lessons)
    assert any(complaint in line for line in rule(glossary, lessons))


# --- the links that words.py writes -----------------------------------------------------------------------------------

IDS = {"filter": "filter", "kernel": "filter", "span": "span"}


@pytest.mark.parametrize(("before", "after"), [
    ("*Kernel* or *span*.", "*[Kernel](glossary.ipynb#cell-id=filter)* or *[span](glossary.ipynb#cell-id=span)*."),
    ("*[Span](glossary.ipynb#cell-id=filter)*: cells.", "*[Span](glossary.ipynb#cell-id=span)*: cells."),
    ("**Filter**: $F * F$ times `a*span*b`, *unknown*.", "**Filter**: $F * F$ times `a*span*b`, *unknown*."),
])
def test_a_link_for_every_term(before, after):
    """A link that leads elsewhere is mended; what is no term, and what has no entry, stays as it is."""
    assert words.linked(before, IDS) == after and words.linked(after, IDS) == after


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", LESSONS)
def test_words_touches_nothing_else(name, tmp_path):
    """A lesson is linked in the cell of its words and nowhere else, and a second time nothing changes."""
    path = shutil.copy(words.NOTEBOOKS / name, tmp_path / name)
    cell, _ = words.section(LESSONS[name])
    plain = re.sub(r"\[([^\]]+)\]\(glossary[^)]*\)", r"\1", cell.source)
    before = nbformat.read(path, as_version=4)
    words.section(before)[0].source = plain
    path.write_text(nbformat.writes(before) + "\n", encoding="utf-8")
    assert words.main([str(path), "--check"]) == 1 and path.read_text("utf-8") == nbformat.writes(before) + "\n"
    assert words.main([str(path)]) == 0
    after = nbformat.read(path, as_version=4)
    assert every_word_is_linked(GLOSSARY, {name: after}) == [] != every_word_is_linked(GLOSSARY, {name: before})
    assert words.section(after)[0].source != plain
    words.section(after)[0].source = plain
    assert after == before
    text = path.read_text("utf-8")
    assert words.main([str(path), "--check"]) == words.main([str(path)]) == 0 and path.read_text("utf-8") == text


def test_words_reports_what_has_no_entry(tmp_path, capsys):
    """And says so to whoever waits for its exit code."""
    path = tmp_path / "07_new.ipynb"
    end = "*Dithering*: the dots.\n\n## Recap\n\n*Span*"
    nbformat.write(new_notebook(cells=[new_markdown_cell(f"## Words\n\n*Stride*: steps. {end}")]), path)
    assert words.main([str(path)]) == 1 and "no entry for Dithering" in capsys.readouterr().out
    source = nbformat.read(path, as_version=4).cells[0].source
    assert "*[Stride](glossary.ipynb#cell-id=stride)*" in source and source.endswith(end)
