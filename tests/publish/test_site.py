"""The site as files: what stands on its pages, where its links lead, and what happens when a notebook is broken."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from notebooks_made import code, markdown, notebook, written

pytest.importorskip("myst_nb", reason="what publishes is not installed: uv sync --extra publish")
pytest.importorskip("furo", reason="what publishes is not installed: uv sync --extra publish")

import nbformat
from small_site import built, series

from cnnlib.publish import cli
from cnnlib.publish.errors import PublishError
from cnnlib.publish.notebook import load
from cnnlib.publish.site import contents, pages
from cnnlib.publish.site.build import build
from cnnlib.publish.site.sources import Source, found

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("series"), slides=True)


@pytest.fixture(scope="module")
def lesson(site):
    return (site / "00_small.html").read_text(encoding="utf-8")


def test_every_file_becomes_a_page(site):
    assert {path.relative_to(site).as_posix() for path in site.rglob("*.html")} == {
        "index.html", "00_small.html", "words.html", "solutions/00_small.html", "docs/teaching.html", "search.html",
        "slides/00_small.html"}
    assert not (site / "_sources").exists() and not (site / ".buildinfo").exists()


def test_every_link_leads_to_a_page_and_a_place_that_are_there(site):
    """Also those to cells, in every direction between folders."""
    seen = 0
    for page in site.rglob("*.html"):
        text = re.sub(r"(?s)(<script\b[^>]*>).*?</script>", r"\1", page.read_text(encoding="utf-8"))
        for tag, link in re.findall(r'<(a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"', text):
            if link.startswith("data:") or link in ("", "#"):
                continue
            if re.match(r"[a-z]+:|//", link):   # what a reader may click on; nothing that a page loads
                assert tag == "a", (page, link)
                continue
            path, _, place = link.partition("#")
            target = (page.parent / unquote(path.partition("?")[0])).resolve() if path else page
            assert target.is_file(), (page, link)
            if place and target.suffix == ".html":
                assert f'id="{unquote(place)}"' in target.read_text(encoding="utf-8"), (page, link)
                seen += "cell-id=" in place
    assert seen >= 3, "the links to cells are not there"
    assert "CONTRIBUTING" not in (site / "00_small.html").read_text(encoding="utf-8")


def test_a_lesson_leads_to_its_slides_if_they_were_asked_for(site, lesson, tmp_path, monkeypatch):
    assert 'href="slides/00_small.html">its slides</a>' in lesson
    assert (site / "slides" / "00_small.html").read_text(encoding="utf-8").count("<section") > 2
    assert "leads to its slides" in (site / "index.html").read_text(encoding="utf-8")
    assert "slides/" not in (site / "words.html").read_text(encoding="utf-8")
    monkeypatch.setenv("CNNLIB_CACHE", str(site.parent / "kept"))
    alone = build(tmp_path / "site", site.parent / "notebooks", only=["00_small", "words"])
    assert "slides/" not in (alone / "00_small.html").read_text(encoding="utf-8") and not (alone / "slides").exists()
    assert "its slides" not in (alone / "index.html").read_text(encoding="utf-8")


def test_the_first_page_is_the_map(site):
    text = (site / "index.html").read_text(encoding="utf-8")
    row = re.search(r"<tr[^>]*><td>.*?00 · A small lesson.*?</tr>", text, re.S)[0]
    assert ">7<" in re.sub(r"</?p>", "", row) and ">3<" in re.sub(r"</?p>", "", row)
    assert "what you can do at the end" in text and ">two</span>" in row
    assert re.search(r'href="docs/teaching.html">.*?Teaching', text.partition("<article")[2]) and "Words" in text
    assert text.count('class="cnn-place"') == 1 and text.index("cnn-place") < text.index("You learn alone?")
    assert "live.js" in text


def test_each_lesson_of_the_series_says_on_the_first_page_what_one_can_do_at_its_end():
    names = {path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")}
    assert set(contents._goals(ROOT / "README.md")) == names


@pytest.mark.parametrize(("line", "minutes"), [
    ("*About 47 minutes, in two sittings. Two more exercises, marked **Extra**, take 8 minutes.*", "| 47 | 8 |"),
    ("*About 45 minutes. Parts marked **Extra** take 25 more and can wait.*", "| 45 | 25 |"),
    ("*About 42 minutes: two sittings. What is marked **Extra** takes 19 minutes more.*", "| 42 | 19 |"),
    ("*About 25 minutes, three exercises and a quiz included.*", "| 25 |  |"),
])
def test_the_map_has_the_minutes_that_a_lesson_says(line, minutes):
    made = nbformat.from_dict(notebook(markdown(f"# 01 · A\n\n{line}", "head")))
    assert minutes in contents._row(Source("01_a.ipynb", "01_a", "lesson"), made, "")


def test_each_lesson_of_the_series_says_its_minutes():
    for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"):
        row = contents._row(Source(path, path.stem, "lesson"), load(path), "")
        extra = "Extra" in load(path).cells[0].source
        assert re.search(r"\| \d+ \| \d+ \|" if extra else r"\| \d+ \|  \|", row), row


def test_formulas_are_set(lesson):
    assert lesson.count("<math") >= 2 and "munderover" in lesson
    assert "$" not in re.sub(r"(?s)<(script|pre).*?</\1>", "", lesson)


def test_an_exercise_stands_there_folded_and_without_a_verdict(lesson):
    assert "Exercise 01.1" in lesson and "<summary>Hint 1 of" in lesson and "<summary>Solution of 01.1" in lesson
    assert "cnn.learn.hint" not in re.sub("<[^>]+>", "", lesson) and "Not yet" not in lesson
    assert "uv run jupyter lab notebooks/00_small.ipynb" in re.sub("<[^>]+>", "", lesson)


@pytest.mark.parametrize(("head", "above"), [
    ("# 01 · A\n\n*About 9 minutes,\ntwo sittings.*\n\nLook:", "# 01 · A\n\n*About 9 minutes,\ntwo sittings.*\n\n"),
    ("# 01 · A\n\nLook:", "# 01 · A\n\n"), ("Look:", "# 01_a\n"), ("# 01 · A", "# 01 · A"),
])
def test_the_box_stands_below_the_title_and_the_minutes(head, above):
    """What is said next may lead to a picture: nothing comes between them."""
    made = nbformat.from_dict(notebook(markdown(head, "head"), code("picture", "picture")))
    cells = pages.page(made, Source(Path("01_a.ipynb"), "01_a", "lesson")).cells
    assert cells[0].source.strip() == above.strip() and "cnn-box" in cells[1].source
    assert [cell.source for cell in cells[2:] if cell.source and "cnn-anchor" not in cell.source] == [
        *["Look:"] * ("Look" in head), "picture"]


def test_a_proof_is_folded_and_headings_in_folds_are_no_sections(lesson):
    assert re.search(r"<details[^>]*>\s*<summary[^>]*>.*?Proof of the numbers above", lesson, re.S)
    assert '<h3 class="rubric">What you need</h3>' in lesson or re.search(r'class="rubric"[^>]*>What you need', lesson)


def test_pictures_are_files_and_each_module_is_there_once(site, lesson):
    assert "data:image/png" not in lesson and list((site / "_static" / "pictures").glob("*.png"))
    assert lesson.count('data-entry="') == 3 and len(re.findall(r'src="[^"]*live\.js', lesson)) == 1
    assert "live.js" not in (site / "words.html").read_text(encoding="utf-8")
    text = (site / "_static" / "live.js").read_text(encoding="utf-8")
    assert text.count("function modelOf(") == 1


# --- what goes wrong --------------------------------------------------------------------------------------------------

@pytest.mark.alike(4)
@pytest.mark.parametrize(("cells", "said"), [
    ([markdown("# A", "head"), code("1 / 0", "bad")], r"broken.ipynb, cell 2 \(bad\): does not run: ZeroDivisionError"),
    ([markdown("# A\n\n[x](words.ipynb#cell-id=nowhere)", "head")], "words.ipynb#cell-id=nowhere leads to a cell"),
    ([markdown("# A\n\n$\\nosuchcommand$", "head")], "nosuchcommand"),
    ([markdown("# A", "head"), 7], "broken.ipynb, cell 2: found int"),
])
def test_a_broken_notebook_leaves_nothing(tmp_path, monkeypatch, cells, said):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "kept"))
    notebooks = series(tmp_path)
    written(notebooks / "broken.ipynb", *cells)
    with pytest.raises(PublishError, match=said):
        build(tmp_path / "site", notebooks, only=["broken", "words"])
    assert {path.name for path in tmp_path.iterdir()} <= {"README.md", "notebooks", "docs", "kept"}


def test_a_folder_of_someone_else_is_left_alone(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "kept"))
    notebooks = series(tmp_path)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("mine")
    assert cli.main(["site", str(tmp_path / "site"), "--notebooks", str(notebooks), "--only", "words"]) == 2
    assert "thesis.txt" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["thesis.txt"]


def test_a_site_is_replaced_by_a_new_one(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_CACHE", str(tmp_path / "kept"))
    notebooks = series(tmp_path)
    for _ in range(2):
        out = build(tmp_path / "site", notebooks, only=["words"])
    assert (out / "words.html").is_file()


def test_what_cannot_be_found_is_named(tmp_path):
    with pytest.raises(PublishError, match="found no folder"):
        found(tmp_path / "nowhere")
    with pytest.raises(PublishError, match="found no notebook"):
        found(tmp_path)
    with pytest.raises(PublishError, match=r"found no 99\.ipynb"):
        found(series(tmp_path), only=["99"])
