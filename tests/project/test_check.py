"""What `python -m tools.check` looks for beside the rules of notebooks and words: each fault is found."""

from pathlib import Path

import pytest

from tools import check

HERE = {"a.md": "# One · `two`\n\n## Three, four\n\n## Three, four\n\n<a id=\"own\"></a>\n\n```\n# no heading\n```\n"}


@pytest.fixture
def folder(tmp_path):
    """A folder with a page and a notebook."""
    (tmp_path / "a.md").write_text(HERE["a.md"], encoding="utf-8")
    (tmp_path / "b.ipynb").write_text(
        '{"cells": [{"cell_type": "markdown", "id": "cell-01", "metadata": {}, "source": ["# Text"]}],'
        ' "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["links", "pictures", "hygiene"])
def test_nothing_is_found_here(name, capsys):
    """`style` and `words` are in test_notebooks.py, test_solutions.py and test_english.py."""
    assert check.main([name]) == 0 and capsys.readouterr().out == f"{name}: nothing found\n"


def test_it_looks_at_the_pages():
    names = {path.relative_to(check.ROOT).as_posix() for path in check.pages()}
    assert {"README.md", "CONTRIBUTING.md", "assets/PROVENANCE.md", "docs/teaching.md"} <= names


@pytest.mark.parametrize("good", [
    "a.md", "a.md#one--two", "#three-four", "#three-four-1", "a.md#own", "b.ipynb#cell-id=cell-01",
    "https://example.org/x",
])
def test_good_links_pass(good, folder):
    assert check.broken(folder / "a.md", f"{HERE['a.md']}[x]({good}) `[y](nowhere.md)`") == []


@pytest.mark.parametrize(("bad", "why"), [
    ("nowhere.md", "there is no such file"), ("a.md#two", "no such place in a.md"), ("#three-four-2", "no such place"),
    ("#no-heading", "no such place"), ("b.ipynb#text", "no such place in b.ipynb"), ("http://example.org", "not https"),
    ("b.ipynb#cell-id=cell-02", "no such place"),
])
def test_bad_links_are_found(bad, why, folder):
    for text in (f"[x]({bad})", f'<a href="{bad}">x</a>', f'<img src="{bad}">'):
        (found,) = check.broken(folder / "a.md", text)
        assert found.startswith(bad) and why in found


def test_files_that_are_named_are_there():
    text = "`tools/check.py`, `cnnlib/ops/`, `notebooks/11_X.ipynb`, `x/y`\n```\n`tools/nothing.py`\n```\n"
    assert check.missing(text) == []
    assert check.missing(f"{text} `tools/nothing.py` `cnnlib/op/`") == [
        "tools/nothing.py: there is no such file", "cnnlib/op/: there is no such file"]


def test_pictures_without_words_are_found():
    assert check.unsaid("![a dog](a.png) <img src='b.png' alt='a cat'> `![](c.png)`") == []
    assert check.unsaid("![](a.png) ![ ](b.png) <img src='c.png'> <img src='d.png' alt=''>") == [
        "a.png", "b.png", "c.png", "d.png"]


@pytest.mark.parametrize("name", [
    "a/.ipynb_checkpoints/b.ipynb", "__pycache__/a", "a.pyc", ".DS_Store", "a/run.log", "b.py.orig"])
def test_what_programs_leave_is_found(name):
    assert check.NEEDLESS.search(name) and not check.NEEDLESS.search(f"{name}.md".replace(".ipynb_", "x").strip("_"))


def test_a_page_that_tells_of_a_machine_is_found(monkeypatch, tmp_path):
    (tmp_path / "a.md").write_text("It lies in /home/someone/project.\n", encoding="utf-8")
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "files", lambda: ["a.md"])
    monkeypatch.setattr(check, "LARGEST", 10)
    large, told = check.hygiene()
    assert large == "a.md has more than 10 bytes" and told.startswith("a.md holds a path of a machine")


def test_what_is_found_is_told(monkeypatch, capsys):
    monkeypatch.setitem(check.CHECKS, "links", lambda: ["a.md: x: there is no such file"])
    assert check.main(["pictures", "links"]) == 1
    assert capsys.readouterr().out == "pictures: nothing found\nlinks: 1 found\n    a.md: x: there is no such file\n"


def test_style_uses_the_rules_that_fit(monkeypatch):
    """Rules for lessons are for lessons, and solutions may be long."""
    seen = {}

    def asked(rule):
        def found(notebook, folder):
            seen.setdefault(rule.__name__, []).append(folder.name)
            return []
        return found

    rules = {rule: asked(rule) for rule in (check.house_style.opening, check.house_style.valid,
                                            check.house_style.short_code)}
    for rule, instead in rules.items():
        instead.__name__ = rule.__name__
    monkeypatch.setattr(check.house_style, "RULES", list(rules.values()))
    monkeypatch.setattr(check.house_style, "LESSON_RULES", [rules[check.house_style.opening]])
    monkeypatch.setattr(check.house_style, "short_code", rules[check.house_style.short_code])
    monkeypatch.setattr(check.house_style, "read", Path)
    assert check.style() == []
    lessons, all_ = (len(list((check.ROOT / "notebooks").glob(which))) for which in ("[0-9]*.ipynb", "*.ipynb"))
    solved = len(list((check.ROOT / "notebooks" / "solutions").glob("*.ipynb")))
    assert {name: len(folders) for name, folders in seen.items()} == {
        "opening": lessons, "valid": all_ + solved, "short_code": all_}
