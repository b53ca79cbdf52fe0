"""Which cells become slides, where slides break, what becomes of too much, and what is said of wrong files."""

import re

import pytest
from notebooks_made import code, markdown, written

pytest.importorskip("sphinx_revealjs", reason="what publishes is not installed: uv sync --extra publish")

from cnnlib.publish import live
from cnnlib.publish.cli import main
from cnnlib.publish.errors import PublishError
from cnnlib.publish.notebook import load
from cnnlib.publish.slides import choosing, items, page, plan, reading, reveal
from cnnlib.publish.slides.code import teaching
from cnnlib.viz.kit.live import PACKAGE

NOTEBOOKS = PACKAGE.parent / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("[01]*.ipynb"))
WORDS = "A sentence with seven words in it. "


def typed(cell, kind):
    return cell | {"metadata": {"slideshow": {"slide_type": kind}}}


def tagged(cell, *tags):
    return cell | {"metadata": {"tags": list(tags)}}


def printed(text):
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def heads(slides):
    return [slide.head.text if slide.head else None for slide in slides]


def cells_of(slides):
    return [[item.cell for item in slide.items] for slide in slides]


# --- all lessons ------------------------------------------------------------------------------------------------------

@pytest.mark.alike(2)
@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_is_planned_without_a_slide_too_full(path):
    cells = live.alive(load(path), path).notebook.cells
    for aspect in plan.SIZES:
        slides = plan.slides(cells, aspect)
        full = [(slide.head.text, sorted({item.cell for item in slide.items}), slide.scale(aspect))
                for slide in slides if slide.scale(aspect) < plan.LEAST]
        assert full == [] and len(slides) > 12
        assert all(len(slide.seen) <= 1 for slide in slides)
        written = {slide.head.text: slide.scale(aspect, closed=True) * slide.smallest for slide in slides}
        assert min(written.values()) > plan.READ - 0.1, written   # it is read from the back
        for slide in slides:
            notes, kinds = "".join(slide.notes), {item.kind for item in slide.items}
            asked = "answer" in kinds or any("**Predict" in item.text for item in slide.items)
            assert "minute" in notes and asked <= ("<b>Answer:</b>" in notes), slide.head.text
            assert ("player" in kinds) <= ("<b>Show:</b>" in notes)
        assert len(slides) <= {"16:9": 45, "4:3": 50}[aspect] and slides[0].items
        players = [item.entry for slide in slides for item in slide.items if item.kind == "player"]
        shown = "".join(page.section(slide) for slide in slides)
        assert len(players) == shown.count('class="cnn-place"')
        assert not re.search(r'class="c1"># Proof of the numbers|cnn\.learn\.(?:check|hint|solution|exercise)', shown)


def test_nothing_that_is_shown_of_lesson_03_is_lost():
    """Each cell that is not left out is on a slide, or all of it is in the notes."""
    path = NOTEBOOKS / "03_convolution_2d.ipynb"
    cells = live.alive(load(path), path).notebook.cells
    slides = plan.slides(cells)
    there = {item.cell for slide in slides for item in [*slide.items, *([slide.head] if slide.head else [])]}
    kinds = dict(zip([cell.id for cell in cells], choosing.kinds(cells), strict=True))
    empty = {cell.id for cell in cells if cell.cell_type == "code" and not items.of_cell(cell, "-")[0]}
    said = words(" ".join(note for slide in slides for note in slide.notes))
    told = {cell.id for cell in cells if cell.cell_type == "markdown"
            and all(words(reading.html(each)) in said for each in reading.sentences(cell.source))}
    assert {cell for cell, kind in kinds.items() if kind != "skip"} - there <= empty | told
    assert {"kernel-lab", "cell-18", "cell-32", "count", "cell-111"} <= there
    assert not {"cell-02", "cell-20", "cell-21", "cell-105", "words", "cell-88", "cell-97"} & there


# --- which cells ------------------------------------------------------------------------------------------------------

def test_what_is_for_learners_is_left_out():
    cells = [
        markdown("# T\n\nHook.", "top"), code("import numpy as np\n# why\nfrom os import path", "setup"),
        markdown("Now you:", "leads"), code('cnn.learn.exercise("03.1")', "exercise"),
        code("cnn.learn.check(1)", "check"),
        markdown("**Predict:** what?", "predict"),
        code('cnn.learn.exercise("03.2")', "exercise-2"),
        tagged(code("assert 1", "proof"), "proof"),
        markdown("## 2 · Quiz", "quiz"), code("y = 1", "in-quiz"), markdown("### Deeper", "deeper"),
        markdown("## 3 · Extra: more", "extra"), markdown("Text.", "in-extra"),
        markdown("## 4 · Your turn\n\nWords.", "hollow"), code('cnn.learn.exercise("03.3")', "exercise-3"),
        markdown("## 5 · Back", "back"), markdown("**Extra**, 8 minutes: this.", "aside"), code("z = 1", "aside-code"),
        markdown("## 6 · End", "end"),
    ]
    left = [cell["id"] for cell, kind in zip(cells, choosing.kinds(cells), strict=True) if kind != "skip"]
    assert left == ["top", "predict", "back", "end"]


def test_authors_decide():
    cells = [
        markdown("# T", "top"), typed(code("assert 1 < 2\nx = 1", "brought"), "-"),
        typed(markdown("Gone.", "gone"), "skip"), typed(markdown("Said.", "said"), "notes"), markdown("Here.", "here"),
        typed(markdown("Anew.", "anew"), "subslide"), typed(markdown("By key.", "key"), "fragment"),
        typed(markdown("## Words", "words"), "slide"), markdown("In it.", "in"),
    ]
    slides = plan.slides(cells)
    assert heads(slides) == ["T", "T", "Words"] and [slide.continued for slide in slides] == [False, True, False]
    assert cells_of(slides) == [["brought", "here"], ["anew", "key"], ["in"]]
    assert "Said." in "".join(slides[0].notes) and 'class="item item-said fragment"' in page.section(slides[1])


def test_an_unknown_slide_type_names_file_and_cell(tmp_path, capsys):
    path = written(tmp_path / "a.ipynb", markdown("# T", "top"), typed(markdown("x", "wrong"), "slid"))
    assert main(["slides", str(path), str(tmp_path / "a.html"), "--stored"]) == 2
    said = capsys.readouterr().err
    assert "a.ipynb, cell 2 (wrong): in its metadata of slideshow, slide_type must be" in said
    assert "'slid'" in said and len(said) <= 310
    assert not (tmp_path / "a.html").exists()


# --- breaks and notes -------------------------------------------------------------------------------------------------

def test_long_prose_goes_to_the_notes_but_questions_formulas_and_lists_stay():
    text = f"{WORDS * 10}\n\n{WORDS * 3}\n\n**Predict:** which?\n\n{WORDS * 2}Or **what?**\n\n$$a = b$$\n\n- a point"
    slide, = plan.slides([markdown(f"# T\n\n{text}", "top")])
    shown, notes = page.section(slide).split('<aside class="notes">')
    assert shown.count("A sentence") == 8 and notes.count("A sentence") == 7
    assert all(each in shown for each in ("Predict:", "what?", "<math ", 'display="block"', "a point"))


def test_what_is_too_much_is_split_between_cells_then_within():
    rows = "| a | b |\n|---|---|\n" + "| one | two |\n" * 8
    cells = [markdown("# T", "top"), *(code(f"y = {n}\n" * 7, f"c{n}", printed("1\n" * 5)) for n in range(4)),
             markdown("## U\n\n" + "\n\n".join([rows] * 3), "tables")]
    for aspect in plan.SIZES:
        slides = plan.slides(cells, aspect)
        assert heads(slides)[:2] == ["T", "T"] and heads(slides)[-2:] == ["U", "U"]
        assert all(slide.scale(aspect) >= plan.EASY for slide in slides)
        assert [cell for slide in cells_of(slides) for cell in dict.fromkeys(slide)][:4] == ["c0", "c1", "c2", "c3"]


def test_a_few_lines_left_over_join_the_slide_before_them_unless_their_author_breaks():
    rows = markdown("| a | b |\n|---|---|\n" + "| one | two |\n" * 10, "rows")
    left = markdown(f"{WORDS * 3}", "left")
    for aspect in plan.SIZES:
        cells = [markdown(f"# T\n\n{WORDS * 3}", "top"), rows, left]
        slide, = plan.slides(cells, aspect)
        assert plan.READ / items.TEXT <= slide.scale(aspect) < plan.EASY and slide.items[-1].cell == "left"
        assert cells_of(plan.slides([*cells[:2], typed(left, "slide")], aspect))[1:] == [["left"]]


def test_one_thing_too_high_for_a_slide_is_told():
    """Nothing can split a long listing: the estimate says so, which is what the test of all lessons relies on."""
    slide, = plan.slides([markdown("# T", "top"), code("print(1)", "long", printed("1\n" * 80))])[-1:]
    assert slide.scale("16:9") < plan.LEAST


# --- code -------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("source", "draws", "left"), [
    ("import numpy as np\nx = np.ones(3)\nassert x.sum() == 3", False, "x = np.ones(3)"),
    ('print(x)\nprint(f"{x} pixels")', False, "print(x)"),
    ("y = cnn.correlate2d(x, w)   # all\nimages = np.stack([y])\nfig = cnn.viz.image_grid(images)", True,
     "y = cnn.correlate2d(x, w)   # all"),
    ("def f(x):\n    return cnn.viz.masks(x)\nshow(f(1))", True, ""),
    ("s = np.sqrt(a ** 2)\nrow = 2 * 3", True, "s = np.sqrt(a ** 2)"),
    ("@cache\ndef f(n):\n    return n", False, "@cache\ndef f(n):\n    return n"),
    ("%timeit x", False, "%timeit x"),
])
def test_the_lines_that_teach(source, draws, left):
    assert teaching(source, draws) == left


def test_all_lines_are_one_key_away():
    slide, = plan.slides([markdown("# T", "top"), code("import os\nx = 1", "c")])
    shown = page.section(slide)
    assert shown.count('<details class="whole">') == 1 and shown.index("import") > shown.index("whole")


# --- text -------------------------------------------------------------------------------------------------------------

def test_links_to_other_lessons_keep_their_words_only():
    text = reading.html("[b *c*](b.ipynb#cell-id=x) [d](https://d.org)")
    assert text == '<p>b <em>c</em> <a href="https://d.org">d</a></p>\n'


def test_a_fold_with_headings_is_one_block():
    inner = "<details><summary>t</summary>u</details>"
    found = reading.blocks(f"a\n\n<details><summary>s</summary>\n\n## b\n\n{inner}\n\n</details>\n\nc")
    assert [block.kind for block in found] == ["text", "answer", "text"]


# --- files ------------------------------------------------------------------------------------------------------------

def test_a_deck_is_made_again_but_nothing_of_others_is_lost(tmp_path, capsys):
    path, out = written(tmp_path / "a.ipynb", markdown("# T < 1", "top")), tmp_path / "a.html"
    assert main(["slides", str(path), str(out), "--stored"]) == 0 == main(["slides", str(path), str(out), "--stored"])
    assert "<title>T &lt; 1</title>" in out.read_text(encoding="utf-8")
    out.write_text("years")
    assert main(["slides", str(path), str(out), "--stored"]) == 2 and out.read_text() == "years"
    assert "was not made by `cnnlib slides`" in capsys.readouterr().err


def test_without_stored_the_notebook_is_run(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "cache"))
    path = written(tmp_path / "a.ipynb", markdown("# T", "top"), code("print(6 * 7)", "c"))
    assert main(["slides", str(path), str(tmp_path / "a.html")]) == 0
    assert '<pre class="printed">42</pre>' in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_missing_reveal_is_told(monkeypatch):
    monkeypatch.setattr(reveal, "PACKAGE", "no_such_package")
    with pytest.raises(PublishError, match=r"pip install \"cnnlib\[publish\]\""):
        reveal.files()


def test_nothing_in_a_deck_points_outside():
    style, scripts = reveal.files()
    assert not re.search(r"@import|url\((?!['\"]?data:)", style)
    assert "sourceMappingURL" not in "".join(scripts)
