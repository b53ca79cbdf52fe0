"""Predict, then reveal: nothing is given away, right numbers are taken and no others.

In a real Chromium, without Python behind it. Each check also runs on a player that was broken on purpose, and must
notice.
"""

import pytest
from player_page import opened
from player_scenes import SCENES
from predicting import NOTE, PREDICT, guess, notices

from cnnlib.viz import pool, slide

INIT = NOTE   # for the shared page


# --- nothing is given away --------------------------------------------------------------------------------------------

def check_blank(page):
    """Neither attributes, sentences, the voice nor the canvas tell anything but the input window and the kernel."""
    player = page.mount(slide([8, 7, 4, -6], [100, 3, 100], 55), **PREDICT)   # 1276, 167
    page.page.evaluate("written.length = 0")
    page.page.evaluate("document.body.classList.toggle('another-theme')")   # all boards are drawn anew
    player.press("Last step")
    player.press("First step")
    page.page.wait_for_timeout(50)
    player.board("y").locator("canvas").hover(position={"x": 15, "y": 15})
    texts = page.page.evaluate("written")
    assert {"8", "7", "4", "−6", "100", "3"} <= set(texts)
    assert not {"800", "21", "400", "700", "12", "−600", "1276", "167"} & set(texts)
    assert not player.js("player.root.hasAttribute('data-value') || 'value' in player.root.dataset")
    assert player.text("cnn-sum") == "What comes at y[0]?" == player.voice
    assert player.text("cnn-hover") == "y[0] is made from 3 cells of x"
    assert not any(number in player.root.inner_text() for number in ("1276", "167", "800"))


def test_nothing_is_given_away(page):
    check_blank(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("const many = bare ? 0 : Math", "const many = Math"),
    ("flat <= last && !hidden?.(flat)", "flat <= last"),
    ("const told = asked ?", "const told = false ?"),
    ("if (hidden) delete this.root.dataset.value; else", ""),
])
def test_a_player_that_gives_it_away_is_noticed(browser, change):
    notices(browser, check_blank, change)


# Within the cell that holds the maximum, beside its border: paper in one, the mark of the winner in the other.
CORNER = """(() => {
  const canvas = player.root.querySelector("figure[data-board=x] canvas"), cell = (canvas.width - 10) / 2;
  return canvas.getContext("2d").getImageData(5 + 2 * cell - 2, 5 + cell + 4, 1, 1).data.join();
})()"""


def check_winner(page):
    """The largest cell of a window is marked when the maximum is known, not before."""
    scene = pool([[1, 2], [3, 4]], 2)
    asked = page.mount(scene, **PREDICT)
    assert asked.js(CORNER) != page.mount(scene).js(CORNER)
    guess(asked, "4")
    assert asked.js(CORNER) == page.players[-1].js(CORNER)


def test_the_winner_of_a_maximum_is_not_marked(page):
    check_winner(page)


@pytest.mark.control
def test_the_winner_of_a_maximum_is_not_marked_broken(browser):
    notices(browser, check_winner, ("&& !last && !bare)", "&& !last)"))


def check_play(page):
    """Play runs over what is answered and stops where an answer is missing."""
    scene = SCENES["signal"]
    values = scene.output[:2].tolist()
    known = [{"step": i, "guess": v, "value": v, "right": True, "why": ""} for i, v in enumerate(values)]
    player = page.mount(scene, answers=known, speed=10, **PREDICT)
    player.press("Play")
    page.pass_time(1500)
    assert (player.step, player.button("Play").count(), player.saves("step")) == (2, 1, [2])
    assert player.voice == "What comes at y[2]?"
    player.press("Play")
    page.pass_time(500)
    assert player.step == 2 and "once this is answered" in player.text("cnn-verdict")


def test_play_stops_at_the_question(browser):
    with opened(browser, clock=True) as page:
        check_play(page)
        assert page.errors == []


@pytest.mark.control
def test_play_stops_at_the_question_broken(browser):
    notices(browser, check_play, ("if (this.blocked?.()) { this.pause(); break; }", ""), clock=True)


# --- right and wrong --------------------------------------------------------------------------------------------------


@pytest.mark.alike(2)
@pytest.mark.parametrize(("scene", "good", "bad"), [
    (slide([1, 2], [-1, 1], -4), ("-3", "−3", " -3 ", "-3.0", "-3,0", "= -3", "-6/2", "-3e0"),
     ("-3.01", "3", "-2,999999", "-3000001/1000000")),
    (pool([[1, 0], [0, 0]], 2, mode="avg"),
     ("0.25", "0,25", ".25", "1/4", "1 / 4", "0.250"),
     ("0.2", "0.3", "0.26", "1")),
    (pool([[1.0, 0, 0]] * 3, 3, mode="avg"),
     ("1/3", "0.3", "0.33", "0,333", "3/9"), ("0.4", "0.35", "0.2", "0", "0.32")),
    (pool([[0, 0, 1], [0, 1, 0], [0, 0, 0]], 3, mode="avg"), ("2/9", "0.2", "0.22"), ("0.25", "0.3", "1/4", "0.15")),
    (slide([0.123456, 2.5], [1, 0.5]), ("1.373456", "1.37", "1.4"), ("1.2", "1.5", "1")),
    (slide([10**9, 1], [1, 1]), ("1000000001",), ("1000000000", "1000000002")),
])
def test_right_numbers_are_taken_and_no_others(page, scene, good, bad):
    for texts, right in ((good, True), (bad, False)):
        for text in texts:
            player = page.mount(scene, **PREDICT)
            verdict = guess(player, text)
            assert player.trait("answers")[-1]["right"] is right, (text, verdict)
            assert verdict.startswith("Right: y[0" if right else "Not yet. "), (text, verdict)
            player.remove()


EVERY_STEP = """((player, [guesses, wrong]) => {
  const field = player.root.querySelector("[aria-label='Your prediction']"), seen = [];
  const press = name => [...player.root.querySelectorAll("button")].find(b => b.textContent === name)?.click();
  guesses.forEach((right, step) => {
    field.value = wrong[step];
    press("Check");
    field.value = right;
    press("Check");
    seen.push([+player.root.dataset.step, +player.root.dataset.value]);
    press(step + 1 < guesses.length ? "Next" : "Start over");
  });
  return seen;
})(player, argument)"""


def check_every_step(page, name):
    """At every step the right number is taken, and one that is off is not."""
    scene = SCENES[name]
    values = scene.output.ravel()
    player = page.mount(scene, **PREDICT)
    off = [f"{v + 0.4 + 2 * (i % 3):.3f}" for i, v in enumerate(values)]
    seen = player.js(EVERY_STEP, [[f"{v:.3f}" for v in values], off])
    assert [step for step, _ in seen] == list(range(scene.steps))
    assert [value for _, value in seen] == pytest.approx(values.tolist(), abs=1e-9)
    *told, last = player.saves("answers")
    assert last == [] and [len(answers) for answers in told] == list(range(1, 2 * scene.steps + 1))
    assert [answer["right"] for answer in told[-1]] == [False, True] * scene.steps
    assert player.text("cnn-progress") == "0 right" and player.step == 0


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", SCENES)
def test_every_step_of_every_kind(page, name):
    check_every_step(page, name)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("<= leeway(scene, frame, guess.decimals)", "< 1"), ("<= leeway(scene, frame, guess.decimals)", "=== 0"),
    ('player.save("answers", [...(model.get("answers") ?? []),', 'player.save("answers", ['),
])
def test_a_wrong_judge_is_noticed(browser, change):
    notices(browser, check_every_step, change, "dilated")


@pytest.mark.parametrize("text", ["", "abc", "1/0", "--3", "1e999", "3 4", "0x10", "∞", "<img src=x>"])
def test_what_is_no_number_is_told(page, text):
    player = page.mount(SCENES["image"], **PREDICT)
    field = player.control("Your prediction")
    verdict = guess(player, text)
    found = f"“{text}” is not a number." if text else "Nothing is typed yet."
    assert verdict == f"{found} Numbers look like −3, 0.5 or 1/3."
    assert field.get_attribute("aria-invalid") == "true" and player.saves("answers") == []
    assert player.root.locator("img").count() == 0
    guess(player, "1")
    assert field.get_attribute("aria-invalid") == "false"


# --- the way through --------------------------------------------------------------------------------------------------


def test_the_way_through_by_keyboard(page):
    """Wrong, right, next, reveal, next, back, scrub: what is known is shown, what is not stays blank."""
    scene = slide([1, 2, 3, 4], [1, 10])   # 21, 32, 43
    player, keys = page.mount(scene, **PREDICT), page.page.keyboard
    field = player.control("Your prediction")
    now = lambda: (player.step, player.text("cnn-sum"), player.text("cnn-progress"))
    field.focus()
    keys.type("20")
    keys.press("Enter")
    assert now() == (0, "What comes at y[0]?", "0 right")
    keys.type("21")   # what was wrong is selected
    keys.press("Enter")
    assert now() == (0, "y[0] = 1·1 + 2·10 = 21", "1 right")
    assert player.text("cnn-verdict") == "Right: y[0] is 21, the sum of 2 products."
    assert player.root.locator(".cnn-verdict").get_attribute("role") == "status"
    keys.press("Enter")
    assert now() == (1, "What comes at y[1]?", "1 right") and player.saves("step") == [1]
    assert (field.input_value(), player.text("cnn-verdict"), player.voice) == ("", "", "What comes at y[1]?")
    player.press("Reveal")
    assert now() == (1, "y[1] = 2·1 + 3·10 = 32", "1 right, 1 revealed")
    assert player.text("cnn-verdict") == "y[1] is 32." and not player.button("Reveal").is_visible()
    keys.press("Enter")   # the focus is on "Next" now
    assert player.step == 2
    player.press("First step")
    assert now()[:2] == (0, "y[0] = 1·1 + 2·10 = 21") and player.value == 21 and field.input_value() == "21"
    player.control("Step").fill("2")
    assert now()[:2] == (2, "What comes at y[2]?")
    player.press("Previous step")
    player.press("Next")   # over the rest, back to what is open
    assert player.step == 2
    guess(player, "43")
    assert now()[2] == "2 of 3 right, 1 revealed" and player.button("Next").count() == 0
    assert player.trait("answers") == [
        {"step": 0, "guess": 20, "value": 21, "right": False, "why": "One product is missing: x[0]·w[0] = 1·1 = 1."},
        {"step": 0, "guess": 21, "value": 21, "right": True, "why": ""},
        {"step": 1, "guess": None, "value": 32, "right": False, "why": "revealed"},
        {"step": 2, "guess": 43, "value": 43, "right": True, "why": ""},
    ]
    player.press("Start over")
    assert now() == (0, "What comes at y[0]?", "0 right") and player.trait("answers") == []


def test_products_are_offered_after_two_tries(page):
    player = page.mount(SCENES["channels"], **PREDICT)
    offer, parts = player.button("Show the products"), lambda: player.text("cnn-parts").strip()
    guess(player, "1000")
    assert not offer.is_visible() and parts() == ""
    guess(player, "2000")
    before = player.picture
    offer.click()
    sums = [f"{s:g}".replace("-", "−") for s in SCENES["channels"].frame(0).channel_sums]
    assert player.text("cnn-sum").endswith("= ?") and player.picture != before and not offer.is_visible()
    assert all(f"= {s}" in parts() for s in sums) and not player.js("'value' in player.root.dataset")
    player.press("Next step")
    assert player.text("cnn-sum") == "What comes at y[0, 0, 1]?" and parts() == ""
    tries = [{"step": 0, "guess": 1, "value": 28, "right": False, "why": ""}] * 2
    player = page.mount(pool([[23, 28], [27, 21]], 2), answers=tries, **PREDICT)
    player.press("Show the cells")
    assert player.text("cnn-sum") == "y[0, 0] = max(23, 28, 27, 21) = ?"


def test_python_changes_the_mode_and_the_answers(page):
    player = page.mount(SCENES["image"])
    assert not player.control("Your prediction").is_visible() and player.value == SCENES["image"].output[0, 0]
    player.from_python(mode="predict")
    assert player.control("Your prediction").is_visible() and player.text("cnn-sum") == "What comes at y[0, 0]?"
    value = float(SCENES["image"].output[0, 0])
    player.from_python(answers=[{"step": 0, "guess": value, "value": value, "right": True, "why": ""}, {}])
    assert player.value == value and player.text("cnn-progress") == "1 right"
    player.from_python(answers=[])
    assert player.text("cnn-sum") == "What comes at y[0, 0]?"
    player.from_python(mode="explore")
    assert player.value == value and not player.control("Your prediction").is_visible()


def test_an_answer_holds_for_its_value_only(page):
    """After an edit, steps with another value are open again, the others are not."""
    player = page.mount(slide([1, 2, 3, 4], [1, 10]), **PREDICT)
    guess(player, "21")
    player.from_python(spec=slide([1, 2, 3, 5], [1, 10]).spec)
    assert player.value == 21
    player.from_python(spec=slide([1, 3, 3, 5], [1, 10]).spec)
    assert player.text("cnn-sum") == "What comes at y[0]?" and player.text("cnn-progress") == "0 right"
