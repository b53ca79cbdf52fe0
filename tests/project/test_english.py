"""Spelling and usage: in notebooks, pages, strings and comments stands no word that a good editor would change.

The list of such words is AVOIDED in tools/english.py, with what is better and why.
"""

import re
from functools import cache

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, writes

from tools import english

NOTEBOOKS = sorted({file for file, *_ in english.texts() if file.startswith("notebooks/")})
REST = ["cnnlib/learn/", "cnnlib/", "tools/", ""]   # a file belongs to the first that it begins with
PARTS = [*NOTEBOOKS, *REST]


@cache
def found():
    """What is found in each part."""
    lines = english.findings(english.texts())
    return {part: [line for line in lines if next(p for p in PARTS if line.startswith(p)) == part] for part in PARTS}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "pages")
def test_words(part):
    assert not found()[part], "\n".join(["", *found()[part]])


def test_there_is_something_to_read():
    """Or nothing above was tested."""
    files = {file for file, *_ in english.texts()}
    assert {"README.md", "CONTRIBUTING.md", "cnnlib/viz/slide/words.py", "cnnlib/viz/slide/static/words.js"} <= files
    assert len(NOTEBOOKS) > 15 and len(english.texts()) > 10000


# --- negative controls ------------------------------------------------------------------------------------------------

WRONG = {
    "whoever": ["Whoever teaches may skip it."],
    "shall": ["You shall see."],
    "(?:Should": ["Should its numbers differ, look again.",
                  "It ends. Were it larger, it would fit.", "a\n\nHad we known."],
    "for": ["white, for nothing changes", "first, for it is blue",
            "blue, for the sky on the left is bright", "a,\nfor there "],
    "so-called": ["a so-called kernel"],
    "latter": ["The latter is larger."],
    "respectively": ["3 and 5, respectively"],
    "but for": ["equal, but for rounding", "all but for one"],
    "need": ["It need not be learnt.", "No formula need be known."],
    "by heart": ["learnt by heart"],
    "half a turn": ["the filter, half a turn on"],
    "there": ["for an id that there is not"],
    "tells": ["why, lesson 01 tells"],
    "thereof": ["the size thereof"],
    "anew": ["It is made anew."],
    "in order": ["in order to see"],
    "due to": ["due to the fact that it moves"],
    "noted": ["It should be noted that", "Note that it moves."],
    "obvious": ["Obviously, it moves.", "the trivial case"],
    "utili": ["to utilise it"],
    "allows": ["This allows to see it."],
    "so to say": ["so to say"],
    "looks": ["how it looks like"],
    "informations": ["many informations", "an own filter"],
}


@pytest.mark.parametrize(("key", "said"), [(key, said) for key in WRONG for said in WRONG[key]])
def test_avoided_words_are_seen(key, said):
    (n, words, what), = english.avoided(["A good text.", said, "Another."])
    assert n == 1 and words.lower() in " ".join(said.lower().split()) and what.startswith("better: ")


def test_every_avoided_word_has_a_control():
    """And each control its own pattern."""
    hit = [{pattern for said in WRONG[key] for pattern, *_ in english.AVOIDED if re.search(pattern, said, re.I | re.M)}
           for key in WRONG]
    assert all(len(each) == 1 for each in hit) and set.union(*hit) == {pattern for pattern, *_ in english.AVOIDED}


RIGHT = [
    "Should the filter be flipped?", "for the whole image", "It is, for example, 3.",
    "a mask, for each image that is cut",
    "three pictures, for those who are new", "a value, for the browser to keep", "one, but for how long?",
    "allows you to see", "He noted that the note there is short.", "a new one", "It needs less.",
]


@pytest.mark.parametrize("said", RIGHT)
def test_good_english_passes(said):
    assert english.avoided([said]) == []


def test_misspelt_words_are_seen():
    said = ["A good line.", "two lines\nand a convoltuion, teh second"]
    assert english.misspelt(said) == [(1, "teh", "spelt the")]
    assert english.misspelt(["nothing wrong"]) == []


def test_where_texts_are_found():
    """In Python, JavaScript and notebooks; code and what a table gives as bad are passed over."""
    python = 'f()  # whole\n# two\n# lines\ny = "a \\"b\\" " f"c {x} d"\ndef f():\n  """e\n\'f\' g"""\nz = \'g\', "h"\n'
    assert list(english.of_code(python)) == [
        (1, "whole two lines"), (4, 'a \\"b\\" c {x} d'), (6, "e\n'f' g"), (8, "g"), (8, "h")]
    script = 'a(); // one\n// two\nconst s = "three" + `four ${x}`; /* five\nsix */ // seven\n'
    assert [said for _, said in english.of_code(script, english.JAVASCRIPT)] == [
        "one two", "three", "four ${x}", "five\nsix seven"]
    cells = [new_markdown_cell("Some *text*.", id="a"), new_code_cell('show(fig, "a clause")', id="b")]
    assert list(english.of_notebook(writes(new_notebook(cells=cells)))) == [("a", "Some *text*."), ("b", "a clause")]
    table = "| before | after |\n|---|---|\n| whoever | you |\n| shall | will |\n\n| a | b |\n| shall | c |"
    assert [words for _, words, _ in english.avoided([english.prose(table)])] == ["shall"]
    assert english.avoided([english.prose("| before | after |\n|---|---|\n| shall | will |")]) == []
    assert english.avoided([english.prose("`shall` and $shall$ and [x](shall.md) and <b shall>")]) == []


def test_a_finding_says_where():
    said = [("notebooks/a.ipynb", "cell-01", "You shall see teh end.")]
    shall, spelt = english.findings(said)
    assert shall == 'notebooks/a.ipynb, cell-01: "shall", better: will, should, must (law and scripture)'
    assert spelt == 'notebooks/a.ipynb, cell-01: "teh", spelt the'
