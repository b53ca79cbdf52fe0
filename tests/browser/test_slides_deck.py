"""A deck as a speaker uses it: opened from the disk without network, stepped, played, asked, printed."""

import json
import re

import pytest
from notebooks_made import code, markdown, written

pytest.importorskip("sphinx_revealjs", reason="what publishes is not installed: uv sync --extra publish")

import cnnlib as cnn
from cnnlib.publish.cli import main
from cnnlib.viz.kit.live import VIEW

LONG = " ".join(["A sentence of the prose that a speaker says."] * 12)
ROWS = "| a | b |\n|---|---|\n" + "\n".join(f"| {n} | a cell of a table |" for n in range(9))
PLAYER = ".present .cnn-place"
AWAKE = f"() => [...document.querySelectorAll('{PLAYER}')].every(each => each.classList.contains('alive'))"
# What of the slide that is shown reaches beyond it, at which scale it stands, whether its player fits into its slot.
OVER = """() => {
  const slide = Reveal.getCurrentSlide(), box = slide.getBoundingClientRect();
  const content = slide.querySelector(".content");
  const over = [...content.querySelectorAll("*")].filter(each => {
    const { top, left, right, bottom, width } = each.getBoundingClientRect();
    return !each.closest("iframe, math:not([display=block])") && each.checkVisibility() && width
      && (top < box.top - 1 || left < box.left - 1 || right > box.right + 1 || bottom > box.bottom + 1);
  });
  const players = [...content.querySelectorAll(".cnn-place.alive")].map(slot => {
    const { scale, place: { scrollWidth, offsetHeight } } = slot;
    const inside = scrollWidth * scale <= slot.clientWidth + 2 && offsetHeight * scale <= slot.clientHeight + 2;
    return { scale: content.dataset.scale * scale, inside };
  });
  return { over: over.map(each => each.outerHTML.slice(0, 90)), scale: Number(content.dataset.scale), players };
}"""


def output(shown, **traits):
    """An output of a cell as notebooks store it."""
    player = shown.player(**traits)
    data, metadata = player._still()
    return {"output_type": "execute_result", "execution_count": 1, "metadata": metadata,
            "data": {VIEW: player._alone()} | json.loads(json.dumps(data))}


def lesson():
    scene = cnn.viz.slide([[1, 0, 2, 0], [0, 3, 0, 1], [1, 0, 1, 0], [0, 2, 0, 1]], [[1, 0], [0, 2]])
    return [
        markdown("# A lesson\n\nIts hook: $x^2$ and $\\frac{1}{2}$.\n\n" + LONG, "top"),
        code("import numpy as np", "setup"),
        markdown("## One\n\nSee it move.", "one"),
        code("scene = cnn.viz.slide(x, w)\nscene.player()", "player", [output(scene, step=3)]),
        markdown("## Two\n\n**Predict:** how many?\n\n<details><summary>Answer</summary>\n\nFour. " + LONG
                 + "\n\n</details>", "two"),
        markdown("## Three\n\n" + "\n\n".join([ROWS] * 4), "three"),
        code("y = 1\nprint(y)", "out", [{"output_type": "stream", "name": "stdout", "text": "1\n" * 12}]),
        markdown("## Four\n\n<div style='height: 640px'>Higher than estimated.</div>\n\nText.", "four"),
        markdown("## Five\n\n$$" + " + ".join(f"w_{{{n}}} x_{{{n}}}" for n in range(25)) + "$$", "five"),
        code("assert True", "proof") | {"metadata": {"tags": ["proof"]}},
    ]


@pytest.fixture(scope="module", params=["16:9", pytest.param("4:3", marks=pytest.mark.long)])
def deck(request, browser, tmp_path_factory):
    """A page with the deck, at its own size and without network; at the end there were no errors and no requests."""
    folder = tmp_path_factory.mktemp("deck")
    path = written(folder / "lesson.ipynb", *lesson())
    assert main(["slides", str(path), str(folder / "deck.html"), "--stored", "--aspect", request.param]) == 0
    wide = {"16:9": 1280, "4:3": 960}[request.param]
    context = browser.new_context(viewport={"width": wide, "height": 720}, offline=True)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.address = (folder / "deck.html").as_uri()
    page.goto(page.address)
    page.wait_for_selector("body[data-ready=screen]")
    yield page
    assert said == []
    assert [url for url in asked if not url.startswith(("data:", "blob:", page.address))] == []
    context.close()


def heads(page):
    return page.evaluate("[...document.querySelectorAll('section .head')].map(each => each.textContent.trim())")


def show(page, head):
    """The first slide with a heading; its players are drawn when this returns."""
    page.evaluate(f"Reveal.slide({heads(page).index(head)})")
    page.wait_for_function(AWAKE)
    return page.frame_locator(f"{PLAYER} iframe")


def number(page):
    return page.evaluate("Reveal.getIndices().h")


def test_no_slide_overflows_with_its_answers_open_or_closed(deck):
    count = len(heads(deck))
    assert count > 6 and heads(deck).count("Three") > 1   # the long section was split
    for n in range(count):
        deck.evaluate(f"Reveal.slide({n})")
        deck.wait_for_function(AWAKE)
        for key in (None, "a", "a", "c", "c"):
            if key:
                deck.keyboard.press(key)
                deck.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found = deck.evaluate(OVER)
            assert found["over"] == [] and found["scale"] >= 0.6, (n, found)
            assert all(player["scale"] >= 0.6 and player["inside"] for player in found["players"]), (n, found)


def test_arrow_keys_step_the_slides_until_a_player_is_entered_and_after_escape(deck):
    player = show(deck, "One")
    here, root = number(deck), player.locator(".cnn-player")
    assert root.get_attribute("data-step") == "3"
    deck.keyboard.press("ArrowRight")
    assert number(deck) == here + 1
    deck.keyboard.press("ArrowLeft")
    assert number(deck) == here
    player.locator(".cnn-sum").click()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowRight"):
        deck.keyboard.press(key)
        deck.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert number(deck) == here   # after each, for one to the left and one to the right would come back
    assert number(deck) == here and root.get_attribute("data-step") == "2"
    deck.keyboard.press("Escape")
    deck.keyboard.press("ArrowRight")
    assert number(deck) == here + 1
    deck.keyboard.press("ArrowLeft")
    deck.focus(PLAYER)
    deck.keyboard.press("Enter")
    deck.keyboard.press("ArrowLeft")
    assert number(deck) == here and root.get_attribute("data-step") == "1"
    deck.keyboard.press("Escape")
    deck.keyboard.press("ArrowLeft")
    assert number(deck) == here - 1


def test_all_boards_are_seen_and_the_controls_one_click_away(deck):
    player = show(deck, "One")
    inside = """boards => boards.every(each => {
        const { top, bottom } = each.getBoundingClientRect();
        const frame = each.closest(".cnn-stage").getBoundingClientRect();
        return top >= frame.top && bottom <= frame.bottom + 1;
    })"""
    assert player.locator(".cnn-stage canvas").count() >= 3
    assert player.locator(".cnn-stage canvas").evaluate_all(inside)
    assert not player.get_by_label("Padding").first.is_visible()
    deck.locator(".present .more").click()
    player.get_by_label("Padding").first.wait_for()
    deck.wait_for_function(f"() => {{ const now = ({OVER})(); return !now.over.length && now.players[0].inside; }}")
    deck.locator(".present .more").click()
    player.get_by_label("Padding").first.wait_for(state="hidden")


def test_f_in_a_player_is_the_stage_and_escape_leads_back(deck):
    player = show(deck, "One")
    player.locator(".cnn-sum").click()
    deck.keyboard.press("f")
    player.locator(".cnn-staged").wait_for()
    box = player.locator(".cnn-staged").bounding_box()
    assert (box["width"], box["height"]) == (deck.viewport_size["width"], 720)
    deck.keyboard.press("Escape")
    player.locator(".cnn-widget:not(.cnn-staged)").wait_for()
    deck.wait_for_function(f"() => {{ const now = ({OVER})(); return !now.over.length && now.players[0].inside; }}")
    deck.keyboard.press("Escape")


def test_what_is_pointed_at_is_what_is_meant_at_any_scale(deck):
    player = show(deck, "One")
    assert deck.evaluate(OVER)["players"][0]["scale"] != 1
    box = player.locator("[data-board=x] canvas").bounding_box()
    deck.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.35)   # row 1, column 2
    player.get_by_text("x[1, 2]").first.wait_for()


def test_answers_stay_hidden_until_a_key(deck):
    show(deck, "Two")
    answer = deck.locator(".present .item-answer details p").first
    assert not answer.is_visible()
    deck.keyboard.press("a")
    assert answer.is_visible()
    deck.keyboard.press("a")
    assert not answer.is_visible()


def test_what_is_not_for_the_wall_is_in_the_notes_or_left_out(deck):
    text = deck.evaluate("document.querySelector('.slides').textContent")
    assert "import numpy" not in text and "assert True" not in text
    first = deck.evaluate("document.querySelector('section .body').textContent.match(/A sentence of/g)?.length ?? 0")
    notes = deck.evaluate("document.querySelector('section aside.notes').textContent.match(/A sentence of/g).length")
    assert first + notes == 12 and notes >= 8
    assert deck.evaluate("document.querySelectorAll('section:first-child math').length") == 2


def test_the_speaker_sees_notes_and_slides_from_the_disk(deck):
    show(deck, "A lesson")
    with deck.expect_popup() as opened:
        deck.keyboard.press("s")
    speaker = opened.value
    speaker.locator(".speaker-controls-notes .value", has_text="A sentence of").wait_for()
    assert speaker.locator("iframe").count() == 2   # this slide and the next one
    speaker.locator(".speaker-controls-notes .value", has_text="Sections:").wait_for()
    show(deck, "Two")
    speaker.locator(".speaker-controls-notes .value", has_text="Answer: Four.").wait_for()
    show(deck, "One")
    speaker.locator(".speaker-controls-notes .value", has_text="Show: Click into it").wait_for()
    speaker.close()


def test_on_paper_stand_the_stills_and_each_answer_on_a_page_of_its_own(deck):
    page = deck.context.new_page()
    page.goto(f"{deck.address}?print-pdf")
    page.wait_for_selector("body[data-ready=pdf]")
    assert page.locator(".pdf-page").count() == len(heads(deck)) + 1
    assert page.locator("iframe").count() == 0
    assert page.evaluate("[...document.querySelectorAll('.cnn-still img')].every(each => each.clientHeight > 200)")
    # What is scaled down is laid out higher than the page, and would be cut there.
    kept = "[...document.querySelectorAll('.content')].every(each => getComputedStyle(each).contain.includes('size'))"
    assert page.evaluate(kept)
    document = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", document)) == len(heads(deck)) + 1
    page.close()
