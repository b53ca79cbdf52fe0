"""What a speaker is told beside a slide, what comes after a question, and how a deck begins."""

import base64
import html
import json
import re
import struct

import pytest
from notebooks_made import code, markdown

pytest.importorskip("sphinx_revealjs", reason="what publishes is not installed: uv sync --extra publish")

import cnnlib as cnn
from cnnlib.publish import live
from cnnlib.publish.errors import PublishError
from cnnlib.publish.slides import choosing, items, plan, speaker
from cnnlib.viz.kit.live import PACKAGE, VIEW

ANSWER = "<details><summary>Answer</summary>\n\nFour.\n\n</details>"
LINES = [{"output_type": "stream", "name": "stdout", "text": "found 4\n"}]


def wished(cell, **wishes):
    return cell | {"metadata": {"slideshow": wishes}}


def notes(slide):
    return "".join(slide.notes)


def cells_of(slides):
    return [list(dict.fromkeys(item.cell for item in slide.items)) for slide in slides]


def shown(cell, what, **traits):
    """The cell with this picture or player as its output, as a notebook that is alive has it."""
    data, _ = what.player(**traits)._still()
    output = {"output_type": "display_data", "metadata": {}, "data": {VIEW: what.player(**traits)._alone()} | data}
    made = cell | {"outputs": [json.loads(json.dumps(output))]}
    notebook = {"cells": [made], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return live.alive(notebook, "a.ipynb").notebook["cells"][0]


# --- answers ----------------------------------------------------------------------------------------------------------

def test_the_speaker_has_the_answer_of_each_prediction():
    cells = [
        markdown(f"# T\n\n**Predict:** how many?\n\n{ANSWER}", "top"),
        markdown("## One\n\n**Predict:** and now?", "later"), code("y = 1", "y"),
        markdown(ANSWER.replace("Four", "Five"), "fold"),
        wished(markdown("## Two\n\n**Predict:** and then?", "named"), answer=["out", "why"]),
        code("print(found)", "out", LINES), markdown("It is four.\n\n**Predict:** again?", "why"),
    ]
    first, second, *_ = slides = plan.slides(cells)
    assert "<b>Answer:</b> Four." in notes(first) and "<details" not in notes(first)
    assert "<b>Answer:</b> Five." in notes(second)
    named = next(slide for slide in slides if cells_of([slide])[0][:1] == ["named"])
    assert all(said in notes(named) for said in ("<b>Answer:</b>", "found 4", "It is four."))
    assert "again" not in notes(named)


@pytest.mark.parametrize(("wishes", "said"), [
    ({"answer": "nowhere"}, "answer must be the id of a cell, found 'nowhere'"),
    ({"answer": 3}, "answer must be the id of a cell or a list of them, found 3"),
    ({"notes": 3}, "notes must be text, found 3"),
    ({"code": "no"}, "code must be true or false, found 'no'"),
    ({"live": 0}, "live must be true or false, found 0"),
])
def test_wrong_wishes_name_the_cell(wishes, said):
    cells = [markdown("# T", "top"), wished(markdown("**Predict:** what?", "wrong"), **wishes)]
    with pytest.raises(PublishError, match=re.escape(f"cell 2 (wrong): in its metadata of slideshow, {said}")):
        plan.slides(cells)


def test_what_tells_the_answer_stands_on_another_slide():
    asks = markdown(f"## One\n\n**Predict:** how many?\n\n{ANSWER}", "asks")
    result, text = code("print(found)", "result", LINES), markdown("It was four, as you see.", "text")
    top = markdown("# T\n\nHook.", "top")
    assert cells_of(plan.slides([top, asks, result])) == [["top"], ["asks"], ["result"]]
    assert cells_of(plan.slides([top, asks, code("y = 1", "only-code"), result]))[1:] == [
        ["asks", "only-code"], ["result"]]
    assert cells_of(plan.slides([top, asks, wished(result, slide_type="-")]))[1:] == [["asks", "result"]]
    *_, last = slides = plan.slides([top, asks, text])   # a few words alone are said, not shown
    assert cells_of(slides) == [["top"], ["asks"]] and "as you see" in notes(last)
    named = wished(markdown("## One\n\n**Which?**", "asks"), answer="text")
    assert cells_of(plan.slides([top, named, result, text]))[1:] == [["asks", "result"], ["text"]]


# --- players and minutes ----------------------------------------------------------------------------------------------

def test_how_a_player_is_shown():
    scene = cnn.viz.slide([1, 2, 3], [1, 1])
    tour = [{"text": "Look at *the window*, `x[0]`.", "step": 0}, {"text": "It moves.", "step": 1}]
    cells = [markdown("# T", "top"), markdown("## One\n\nStep through it.", "one"),
             shown(code("p", "toured"), scene, tour=tour), markdown("## Two\n\nGuess.", "two"),
             shown(code("p", "asks"), scene, mode="predict")]
    toured, asks = (notes(slide) for slide in plan.slides(cells))
    assert "<b>Show:</b>" in toured and "2 pages" in toured
    assert "Look at <em>the window</em>, <code>x[0]</code>." in toured
    assert speaker.GUESS in asks and "pages" not in asks and speaker.GUESS not in toured


def test_a_player_that_later_cells_change_may_stay_the_picture_it_was():
    player = shown(code("p", "p"), cnn.viz.slide([1, 2, 3], [1, 1]))
    top, asleep = markdown("# T", "top"), wished(player, live=False)
    alive, still = (plan.slides([top, cell])[0].seen[0] for cell in (player, asleep))
    assert (alive.kind, still.kind) == ("player", "figure") and "<script" not in still.html and "<img" in still.html


def test_the_keys_that_are_told_are_those_of_the_players():
    places = {"slide.js": "viz/slide/static/keys.js", "lab.js": "viz/kernel/static/lab.js",
              "network.js": "viz/network/static/keys.js", "shifts.js": "viz/shifts/static/shifts.js",
              "stack.js": "viz/stack/static/stack.js"}
    assert set(speaker.SHOW) == {*places, "toured.js"}
    for name, place in places.items():
        known = re.search(r"KEYS = \[\n(.*?)\n\];", (PACKAGE / place).read_text(encoding="utf-8"), re.S)[1]
        keys = {key for listed in re.findall(r'^  \["([^"]+)"', known, re.M) for key in [listed, *listed.split()]}
        assert set(re.findall("<b>(.*?)</b>", html.unescape(speaker.SHOW[name]))) <= keys, name


def test_minutes_add_up_and_the_first_slide_says_what_is_to_come():
    needs = "<details><summary>What you need</summary>\n\nLuck.\n\n</details>"
    question = f"**Predict:** {'word ' * 260}\n\n{ANSWER}"
    cells = [markdown(f"# T\n\n*About 20 minutes.*\n\nHook.\n\n{needs}", "top"),
             *(markdown(f"## Part {n}\n\n{question}", f"part-{n}") for n in range(3)),
             code('cnn.learn.exercise("03.1")', "exercise")]
    first, *parts = (notes(slide) for slide in plan.slides(cells))
    told = "About 12 minutes", "3 predictions", "minute 8: Part 2", "About 20 minutes", "Luck"
    assert all(said in first for said in told)
    assert [re.search(r"from minute (\d+) on", part)[1] for part in parts] == ["0", "4", "8"]
    assert "exercise 03.1" in parts[2] and not any("exercise 03.1" in part for part in (first, *parts[:2]))


def test_a_speaker_may_have_words_of_their_own():
    out = wished(code("y = 1\ny", "out", LINES), notes="*Slowly.*", code=False)
    slide, = plan.slides([markdown("# T\n\nHook.", "top"), out])
    assert "<em>Slowly.</em>" in notes(slide) and [item.kind for item in slide.items] == ["said", "printed"]
    assert "all lines" in slide.items[-1].html   # with key C


# --- how a deck begins, and what is only for a notebook ---------------------------------------------------------------

def picture(high=300):
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3 * high, high)).decode("ascii")
    return displayed(f'<img src="data:image/png;base64,{png}">')


def displayed(page, text=""):
    return [{"output_type": "display_data", "metadata": {}, "data": {"text/html": page, "text/plain": text}}]


def test_a_title_is_not_alone():
    drawn = code("fig", "drawn", picture())
    slide, = plan.slides([markdown("# T", "top"), markdown("## Begin\n\nDraw.", "begin"), drawn])
    assert (slide.title.text, slide.head.text) == ("T", "Begin") and len(slide.seen) == 1
    first, second = plan.slides([markdown("# T\n\nHook.", "top"), markdown("## One\n\nSee.", "one"), drawn])
    assert first.seen == second.seen != []
    asks = markdown(f"## One\n\n**Predict:** what?\n\n{ANSWER}", "asks")
    first, *_ = plan.slides([markdown("# T\n\nHook.", "top"), asks, drawn])
    assert first.seen == []   # it may answer


def test_what_helps_only_at_a_notebook_is_not_shown():
    text = "Run the cells, and wait. It has **six** maps. Press **Shift + Enter** now."
    slide, = plan.slides([markdown(f"# T\n\n{text}\n\n**A good place to pause.** Go on?", "top")])
    assert [item.html for item in slide.items] == ["<p>It has <strong>six</strong> maps.</p>\n"]
    assert "good place to pause" in notes(slide)
    for bar in ("training: 3 epochs of 2 steps", "training: 6 networks"):
        trained = displayed(f"<p>{bar}</p>", bar)
        assert items.of_cell(code("fit()", "fit", trained), "-", lines=False) == ([], "")
    slips = markdown("## 9 · Four common slips\n\n| it is thought | in fact |\n|---|---|\n| a | b |", "slips")
    assert choosing.kinds([markdown("# T", "top"), slips]) == ["-", "skip"]
