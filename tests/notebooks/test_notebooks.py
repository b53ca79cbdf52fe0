"""Every notebook keeps the house style, and every rule of the house style can fail.

The notebooks are the lessons, which begin with a number, and those beside them (gallery, glossary, ...), of which no
aims, needs and recap are asked. Whether the outputs are still *true* is nbval's business: it compares them strictly,
with these tests or in JupyterLab (tests/browser/test_jupyterlab.py). The rules are in house_style.py. A rule that
nothing can fail is worth nothing: for each there is a small notebook here that must fail it.
"""

import functools
import html
import subprocess
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.house_style import (
    LESSON_RULES,
    RULES,
    described,
    ending,
    executed,
    folded,
    headings,
    honest_minutes,
    links,
    no_clock,
    no_errors,
    no_interact,
    no_widget_state,
    nothing_private,
    opening,
    parses,
    predicted,
    proved,
    read,
    short_alt,
    short_code,
    short_text,
    shown,
    valid,
    waiting,
)
from tools.proofs import FIRST_LINE, METADATA
from tools.store import PRIVATE, WIDGET_VIEW

ROOT = Path(__file__).resolve().parents[2]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LESSONS = [path for path in PATHS if path.stem[:2].isdigit()]
stored = functools.cache(read)   # no rule changes what it is asked about
ASKED = [(rule, path) for path in PATHS for rule in RULES if path in LESSONS or rule not in LESSON_RULES]


@pytest.mark.parametrize(("rule", "path"), ASKED, ids=lambda part: getattr(part, "stem", None) or part.__name__)
def test_house_style(rule, path):
    """Every notebook keeps every rule that is for its kind."""
    assert rule(stored(path), path.parent) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_size(path):
    """A notebook stays quick to open and to look through on the web."""
    assert path.stat().st_size < 1.5e6


def test_there_are_notebooks():
    """Or everything above would pass on an empty folder."""
    assert [path.stem[:2] for path in LESSONS] == [f"{n:02d}" for n in range(len(LESSONS))] and len(LESSONS) >= 7
    beside = ["corrections", "gallery", "glossary", "misconceptions", "notation"]
    assert [path.stem for path in PATHS if path not in LESSONS] == beside


def test_ruff():
    """Package, tests and notebooks follow one style."""
    result = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout


# --- negative controls: for every rule, a notebook that must fail it ------------------------------------------------

GOOD_TOP = "# 99 · A lesson\n\nFor 5 minutes.\n\n## What you will be able to do\n\nRead.\n\n## What you need\n\nTime."
GOOD_END = "## Recap\n\nWe saw it.\n\n**Next:** [again](99.ipynb)."
PROOF = f"{FIRST_LINE}\nassert 1 + 1 == 2"
ALT = "A figure that shows three cells, 1, 2 and 3."


def figure(alt=ALT, png_alt=None, plain=None, attribute="alt", mark=""):
    """A stored picture, as cnn.viz.show makes it, or damaged in one place."""
    data = {
        "text/html": f'<img {attribute}="{html.escape(alt)}"{mark} src="data:image/png;base64,AAAA">',
        "image/png": "AAAA",
        "text/plain": f"[figure] {alt}" if plain is None else plain,
    }
    return new_output("display_data", data, metadata={"image/png": {"alt": alt if png_alt is None else png_alt}})


def lesson(source="cnn.viz.show(fig)", outputs=None, between="Some text.", top=GOOD_TOP, end=GOOD_END, count=1):
    """A small notebook that keeps every rule, unless an argument makes it bad."""
    cell = new_code_cell(source, execution_count=count, outputs=[figure()] if outputs is None else outputs)
    cells = [new_markdown_cell(top), new_markdown_cell(between), cell, new_markdown_cell(end)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    nb = new_notebook(cells=cells, metadata=metadata)
    for i, c in enumerate(nb.cells):
        c["id"] = f"c{i}"
    return nb


def changed(**kwargs):
    """The good lesson with items of its metadata or of its second cell changed."""
    nb = lesson()
    nb.metadata.update(kwargs.pop("metadata", {}))
    nb.cells[1].update(kwargs)
    return nb


def hidden(between, **changes):
    """The good lesson, where the output of the code below `between` is folded."""
    nb = lesson(between=between, **changes)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.metadata["jupyter"] = {"outputs_hidden": True}
    return nb


def proof(source=PROOF, metadata=METADATA, outputs=(), below="y = 2", twice=False):
    """The good lesson with a cell of proof, and below it another cell."""
    nb = lesson()
    cells = [new_code_cell(source, metadata=metadata, outputs=list(outputs))] * (1 + twice)
    nb.cells[3:3] = [*cells, new_code_cell(below)]
    return nb


def stream(text, name="stdout"):
    """A piece of printed output."""
    return [new_output("stream", name=name, text=text)]


DIGEST = "Conv1d 1x5 k2 s1 p0 -> 1x4, 4 steps, 9924"
PLAYER = figure(plain=f"{DIGEST}\nYour function agrees with the scene in all 4 steps.")
VIEW = [new_output("display_data", {WIDGET_VIEW: {"model_id": "1"}, "text/plain": "player"})]
ERROR = [new_output("error", ename="ValueError", evalue="no", traceback=[])]
UNFOLDED = "<details><summary>Answer</summary>\nnot formatted\n</details>"
FOLD = "<details><summary>Answer</summary>\n\nyes\n</details>\n\n"

BAD = {
    "two cells with one id": (valid, changed(id="c0")),
    "an unknown kind of cell": (valid, changed(cell_type="prose")),
    "metadata of an editor": (valid, changed(metadata={"vscode": {}})),
    "run twice": (executed, lesson(count=2)),
    "never run": (executed, lesson(count=None, outputs=[])),
    "an error": (no_errors, lesson(outputs=ERROR)),
    "a warning": (no_errors, lesson(outputs=stream("RuntimeWarning: overflow", "stderr"))),
    "not Python": (parses, lesson("for i in")),
    "an empty cell": (parses, lesson("  ")),
    "a live view": (no_widget_state, lesson(outputs=VIEW)),
    "widget state": (no_widget_state, changed(metadata={"widgets": {}})),
    "interact": (no_interact, lesson("widgets.interact(f, x=3)")),
    "Output": (no_interact, lesson("out = Output()")),
    "a dead link": (links, lesson(between="[next](98_nothing.ipynb)")),
    "a link to a cell that is not there": (links, lesson(between="[there](01_convolution_1d.ipynb#cell-id=nowhere)")),
    "a link to a heading": (links, lesson(between="[there](#Recap)")),
    "a picture from the network": (links, lesson(between="![a cat with a hat](https://example.org/cat.png)")),
    "the same in HTML": (links, lesson(between='<img alt="a cat with a hat" src="http://example.org/cat.png">')),
    "never closed": (folded, lesson(between="<details><summary>Answer</summary>\n\nyes")),
    "no empty line": (folded, lesson(between=UNFOLDED)),
    "no summary": (folded, lesson(between="<details>\n\nyes\n</details>")),
    "a jump of headings": (headings, lesson(between="#### too deep")),
    "two titles": (headings, lesson(between="# again")),
    "no minutes": (opening, lesson(top=GOOD_TOP.replace("5 minutes", "short"))),
    "no aims": (opening, lesson(top=GOOD_TOP.replace("able", "unable"))),
    "no needs": (opening, lesson(top=GOOD_TOP.replace("you need", "they need"))),
    "aims too late": (opening, lesson(top=GOOD_TOP.replace("## What you will", "## 1 · Begin\n\n## What you will"))),
    "too many words": (honest_minutes, lesson(between="word " * 2200)),
    "a long exercise": (honest_minutes, lesson('cnn.learn.exercise("03.5")\ncnn.learn.exercise("01.2")')),
    "too many predictions": (honest_minutes, lesson(between="**Predict** it. " * 6)),
    "too many players": (honest_minutes, lesson("scene.player()\n" * 11)),
    "no words for so much time": (honest_minutes, lesson(top=GOOD_TOP.replace("5 minutes", "20 minutes"))),
    "an Extra that the top does not count": (honest_minutes, lesson(between="**Extra**, 8 minutes: see there.")),
    "an Extra in a paragraph": (honest_minutes, lesson(between="The tour (**Extra**, 8 minutes) shows it.")),
    "an Extra that is not there": (honest_minutes, lesson(top=f"{GOOD_TOP} What is **Extra** takes 8 more.")),
    "what follows an Extra": (
        honest_minutes, lesson(between="**Extra**, 2 minutes: see.\n\n## 2 · More\n\n" + "word " * 2200)),
    "no pause": (honest_minutes, lesson(top=GOOD_TOP.replace("5 minutes", "53 minutes"), between="word " * 10500)),
    "a pause that the top does not tell": (honest_minutes, lesson(between="*A good place to pause.*")),
    "a pause that is not there": (honest_minutes, lesson(top=f"{GOOD_TOP} Two sittings.")),
    "no recap": (ending, lesson(end=GOOD_END.replace("Recap", "End"))),
    "no next": (ending, lesson(end="## Recap\n\nThat is all.")),
    "a measured time": (no_clock, lesson("import time\nbegan = time.time()\nf()\nprint(time.time() - began)")),
    "a compared time": (no_clock, lesson("from timeit import repeat\nfast = min(repeat(f))\nprint(2, fast < slow)")),
    "a time that decides": (no_clock, lesson("from time import time as now\nwhile now() < 9:\n    f()")),
    "a time in an assertion": (no_clock, lesson("import timeit\nassert timeit.timeit(f) < 1")),
    "a time in a loop": (no_clock, lesson("from timeit import repeat\nfor t in repeat(f):\n    print(t)")),
    "a time from a function": (no_clock, lesson("import time\ndef f():\n    return time.time()\nf()")),
    "a time from a list": (no_clock, lesson("import time\nseen = []\nseen.append(time.time())\nseen[0]")),
    "a measured time in a figure": (
        no_clock, lesson("import time\nfig = f(time.time())\ncnn.viz.show(fig, measured=True)")),
    "a magic word that measures": (no_clock, lesson("%timeit f()")),
    "a long cell": (short_code, lesson("x = 1\n" * 21)),
    "long cells": (short_code, lesson("x = 1\n" * 7)),
    "long imports": (short_code, lesson("import numpy\n" * 7)),
    "a long text": (short_text, lesson(between="word " * 131)),
    "a long answer": (short_text, lesson(between=f"<details><summary>A</summary>\n\n{'word ' * 131}</details>")),
    "no words": (described, lesson(outputs=[figure(attribute="title")])),
    "hardly a word": (described, lesson(outputs=[figure("a plot")])),
    "other words for tools": (described, lesson(outputs=[figure(png_alt="A figure that shows something else.")])),
    "other words as text": (described, lesson(outputs=[figure(plain="<Figure size 640x480 with 1 Axes>")])),
    "a player without words": (described, lesson(outputs=[figure("a plot", plain=DIGEST)])),
    "a player with two sets of words": (described, lesson(outputs=[figure(png_alt="Something else.", plain=DIGEST)])),
    "a plain picture": (described, lesson(outputs=[new_output("display_data", {"image/png": "AAAA"})])),
    "an undescribed picture in the text": (described, lesson(between="![](cat.png)")),
    "an assert in the open": (proved, lesson("y = f()\nassert y == 2")),
    "an assert in a function": (proved, lesson("def f():\n    assert x")),
    "a proof without its first line": (proved, proof("assert 1 + 1 == 2")),
    "a proof that is open": (proved, proof(metadata={"tags": ["proof"]})),
    "a proof without its tag": (proved, proof(metadata={"jupyter": {"source_hidden": True}})),
    "a proof of nothing": (proved, proof(FIRST_LINE)),
    "a proof that prints": (proved, proof(outputs=stream("2"))),
    "a proof below a proof": (proved, proof(twice=True)),
    "a proof that is taken from": (proved, proof(PROOF + "\ny = 2", below="y + 1")),
    "a proof that is built upon": (proved, proof(PROOF + "\ny = 2", below="y = y + 1")),
    "a proof that is added to": (proved, proof(PROOF + "\ny = 2", below="y += 1")),
    "a proof that is called": (proved, proof(PROOF + "\ndef f(): pass", below="for i in f():\n    i")),
    "a long clause": (short_alt, lesson(f"cnn.viz.show(fig, {'word ' * 21!r})")),
    "a long clause by name": (short_alt, lesson(f"cnn.viz.show(fig, alt=f'{{x}} {'word ' * 21}')")),
    "a clause from elsewhere": (short_alt, lesson("words = '2 cells'\ncnn.viz.show(fig, words)")),
    "measured, with other words": (described, lesson(outputs=[figure(plain="3", mark=' class="cnn-measured"')])),
    "a figure from plt": (shown, lesson("plt.plot(x)")),
    "a figure beside a player": (shown, lesson("scene.player()", outputs=[PLAYER, figure()])),
    "plt.show": (shown, lesson("plt.show()", outputs=[])),
    "an output before the answer": (waiting, lesson(between="Which is it?", end=FOLD + GOOD_END)),
    "a folded output that nobody asked for": (predicted, hidden("Read on.")),
    "a folded output of an old question": (predicted, hidden("**Predict** it.\n\n## 2\n\n## 3\n\nRead on.")),
    "a folded output that is not there": (predicted, hidden("**Predict** it.", outputs=[])),
    "the size asked for": (waiting, lesson("scene.player()", [PLAYER], f"With $F = 2$, how many outputs?\n\n{FOLD}")),
}


@pytest.mark.parametrize("name", BAD)
def test_every_rule_can_fail(name):
    """Each bad notebook fails its rule."""
    rule, nb = BAD[name]
    assert rule(nb, ROOT / "notebooks")


LEAKS = {
    "a path of a machine": ["/home/ann/x.py", "File /tmp/ipykernel_12/3.py", r"C:\Users\ann", "ipykernel_2071/43.py"],
    "a memory address": ["<object at 0x7f3a2c11d0f0>"],
    "an address in a network": ["127.0.0.1", "http://localhost:8888/lab"],
    "a measured time": ["100%|####| 5/5 [00:01<00:00, 3.2it/s]", "Wall time: 3 s", "1.2 µs per loop", "took 3.1 s"],
    "an address of a package index": ["pip install --index-url x y"],
}


@pytest.mark.parametrize("leak", [leak for leaks in LEAKS.values() for leak in leaks])
def test_leaks_are_found(leak):
    """In a source, in printed text and in the HTML of an output alike."""
    html_output = new_output("display_data", {"text/html": f"<b>{leak}</b>", "text/plain": "x"})
    for nb in (lesson(between=leak), lesson(outputs=stream(leak)), lesson(outputs=[html_output])):
        assert nothing_private(nb, ROOT)


def test_every_kind_of_leak_has_a_control():
    """No pattern without an example of what it catches."""
    assert set(LEAKS) == set(PRIVATE)


def test_every_rule_has_a_control():
    """No rule without a notebook that fails it, and the good notebook passes all of them."""
    assert {rule for rule, _ in BAD.values()} | {nothing_private} == set(RULES)
    good = lesson()
    good.cells[3].source = GOOD_END.replace("99.ipynb", f"{PATHS[0].name}#cell-id=cell-01") + "\n[Up](#cell-id=c0)."
    assert [rule(good, ROOT / "notebooks") for rule in RULES] == [[]] * len(RULES)
    good.cells[2].update(source="scene.player()", outputs=[PLAYER])
    assert [rule(good, ROOT / "notebooks") for rule in RULES] == [[]] * len(RULES)
    good = proof(f"{PROOF}\nold = [y for y in x]", below="old = 3\nprint(old, y)")
    good.cells[5:5] = [new_code_cell("old + 1")]
    assert proved(good, ROOT) == [] and short_alt(lesson("cnn.viz.show(fig, alt=f'{n} coins')"), ROOT) == []
    words = "A figure that shows three cells, …, … and …."
    assert described(lesson(outputs=[figure(plain=words, mark=' class="cnn-measured"')]), ROOT) == []
    words = figure(f"2 pictures: coat; bag. {ALT}", plain=f"[figure] {ALT}", mark=' class="cnn-measured"')
    assert described(lesson(outputs=[words]), ROOT) == []
    asks = figure(plain="Conv1d 1x5 k2 s1 p0 to predict, 9924")
    folds = GOOD_TOP.replace("## What you will be able to do", f"{FOLD[:18]}What you will be able to do</summary>")
    assert opening(lesson(top="# 99\n\n5 minutes.", between=folds), ROOT) == []
    extra = f"**Extra**, 9 minutes: see.\n\n{'word ' * 1800}\n\n## 2 · More"
    assert honest_minutes(lesson(between=extra, top=f"{GOOD_TOP} **Extra** takes 9 more."), ROOT) == []
    two = f"{'word ' * 5500}\n\n*A good place to pause.*\n\n{'word ' * 5500}"
    assert honest_minutes(lesson(top="# 99\n\n55 minutes: two sittings.", between=two), ROOT) == []
    bar = figure(plain="training: 9 networks")
    for between, end, shows in (("Which?", FOLD, asks), ("Which?", FOLD, bar), (f"Which?\n\n{FOLD}", "", PLAYER),
                                ("With $F = 3$, how many outputs?", "", PLAYER)):
        assert waiting(lesson("scene.player()", [shows], between, end=end + GOOD_END), ROOT) == []
