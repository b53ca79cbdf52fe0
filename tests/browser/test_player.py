"""The player's controls and its clock; in a real Chromium.

Each check also runs on a player that was broken on purpose, and must notice.
"""

import functools

import player_page
import pytest
from player_page import opened
from player_scenes import SCENES
from playwright.sync_api import Error

from cnnlib.viz import slide

SIGNAL = slide([0, 1, 0, 1, 1, 2], [-1, 1])   # 5 steps: 1, -1, 1, 0, 1
CLICK = "player.root.querySelector(`button[aria-label='${argument}']`).click()"
SEEN = """[...player.root.querySelectorAll(".cnn-sum .cnn-whole")].filter(
    part => getComputedStyle(part).visibility === "visible")"""
NOW = "[+player.root.dataset.step, +player.root.dataset.value]"


@pytest.fixture(scope="module")
def shared_timed(browser):
    with opened(browser, clock=True) as page:
        yield page
        assert page.errors == [] and page.outside == []


@pytest.fixture
def timed(shared_timed):
    """A page whose time stands still."""
    yield shared_timed
    shared_timed.clear()

notices = functools.partial(player_page.notices, errors=(AssertionError, Error))


# --- buttons, scrubber, keys ------------------------------------------------------------------------------------------


def check_steps(page, name):
    """Every step has its number and its value, forwards and backwards."""
    scene = SCENES[name]
    player = page.mount(scene)
    forwards = player.js(f"Array.from({{ length: {scene.steps} }}, (_, i) => (i && {CLICK}, {NOW}))", "Next step")
    assert [step for step, _ in forwards] == list(range(scene.steps))
    assert [value for _, value in forwards] == pytest.approx(scene.output.ravel().tolist(), abs=1e-9)
    player.press("Next step")   # there is none
    assert player.step == scene.steps - 1
    backwards = player.js(f"Array.from({{ length: {scene.steps} }}, (_, i) => (i && {CLICK}, {NOW}))", "Previous step")
    assert backwards == forwards[::-1]


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", SCENES)
def test_every_step_shows_its_number_and_value(page, name):
    check_steps(page, name)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.root.dataset.step = step;", "this.root.dataset.step = 0;"),
    ("dataset.value = frame.value", "dataset.value = frame.value.toFixed(2)"),
    ("dataset.value = frame.value", "dataset.value = scene.frame(Math.max(0, step - 1)).value"),
])
def test_wrong_steps_are_noticed(browser, change):
    notices(browser, check_steps, change, "dilated")


def test_first_last_and_the_scrubber(page):
    scene = SCENES["image"]
    player = page.mount(scene)
    player.press("Last step")
    assert (player.step, player.value) == (15, scene.frame(15).value)
    player.press("First step")
    player.press("Previous step")   # there is none
    assert (player.step, player.value) == (0, scene.frame(0).value)
    player.control("Step").fill("6")
    assert (player.step, player.value) == (6, scene.frame(6).value)
    assert player.control("Step").get_attribute("aria-valuetext") == "step 7 of 16"
    assert player.saves("step") == [15, 0, 6]


def check_keys(page):
    player = page.mount(SIGNAL)
    player.root.focus()
    seen = []
    for target in (player.root, player.button("Next step")):
        target.focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
            page.page.keyboard.press(key)
            seen.append(player.step)
    assert seen == [1, 2, 1, 4, 0] * 2
    player.root.focus()
    page.page.keyboard.press("Space")
    assert player.button("Pause").count() == 1
    page.page.keyboard.press("Space")
    assert player.button("Play").count() == 1


def test_keys(page):
    check_keys(page)
    player = page.players[-1]
    player.press("First step")
    player.button("Next step").focus()
    page.page.keyboard.press("Space")   # a button's own key presses that button
    assert player.step == 1 and player.button("Play").count() == 1


@pytest.mark.control
def test_dead_keys_are_noticed(browser):
    notices(browser, check_keys, ("ArrowLeft: () => this.go(this.step - 1)", "ArrowLeft: () => {}"))


def check_typing(page):
    """Keys belong to a field while someone types in it, and to other controls that know them."""
    player = page.mount(SIGNAL, step=2)
    player.js("player.root.append(Object.assign(document.createElement('input'), { type: 'text' }))")
    field = player.root.locator("input[type=text]").last
    field.focus()
    for key in ("1", "Space", "2", "Home", "ArrowRight", "End", "ArrowLeft"):
        page.page.keyboard.press(key)
    assert field.input_value() == "1 2" and player.step == 2 and player.button("Play").count() == 1
    player.control("Speed").focus()
    page.page.keyboard.press("ArrowRight")
    assert player.step == 2 and player.trait("speed") == 2
    player.root.focus()
    page.page.keyboard.press("Control+ArrowRight")   # the page's, or the browser's
    assert player.step == 2


def test_typing_does_not_move_it(page):
    check_typing(page)


@pytest.mark.control
def test_stolen_keys_are_noticed(browser):
    notices(browser, check_typing, ('matches("input, select, textarea")', 'matches("select")'))


# --- time -------------------------------------------------------------------------------------------------------------


def check_play(page):
    """It moves by itself at its speed, says nothing and tells Python nothing meanwhile, and pauses at the end."""
    player = page.mount(SIGNAL, speed=2)
    player.press("Explain this step")   # or the first would go slowly
    heard = player.voice
    player.press("Play")
    assert player.button("Pause").count() == 1 and player.button("Play").count() == 0
    page.pass_time(250)   # half of a step
    seen = []
    for _ in range(4):
        seen.append((player.step, player.value, (player.saves("step"), player.voice)))
        page.pass_time(500)
    assert [step for step, *_ in seen] == [1, 2, 3, 4]
    assert [value for _, value, *_ in seen] == [-1, 1, 0, 1]
    assert [told for *_, told in seen] == [([], heard)] * 4
    assert player.button("Play").count() == 1 and player.step == 4 and player.saves("step") == [4]
    player.press("Play")   # from the end it starts over
    assert player.step == 0
    page.pass_time(700)
    player.press("Pause")
    assert player.step == 1 and player.saves("step") == [4, 1]
    page.pass_time(2000)
    assert player.step == 1


def test_play_moves_and_pauses_at_the_end(timed):
    check_play(timed)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.advance(Math.max(0, Math.min(now - last, 500)));", ""),
    ("on(this.step + 1);", "on(this.step + 1), this.commitStep();"),
    ("on(this.step + 1);", "on(this.step + 2);"),
])
def test_a_clock_that_is_wrong_is_noticed(browser, change):
    notices(browser, check_play, change, clock=True)


def test_loop_and_speed(timed):
    player = timed.mount(SIGNAL, step=4, speed=8)
    player.control("Loop").check()
    assert player.trait("loop") is True
    player.control("Speed").fill("3")   # the fourth of the speeds, 2 steps a second
    assert player.trait("speed") == 2 and player.saves("speed") == [2]
    player.from_python(speed=10)
    player.press("Play")
    seen = []
    for _ in range(12):
        timed.pass_time(100)
        seen.append(player.step)
    player.press("Pause")
    assert {0, 1, 2, 3, 4} <= set(seen) and seen.count(0) >= 2
    assert player.saves("step") == [player.step] or player.step == 4
    player.from_python(loop=False, speed=0.5)
    assert not player.control("Loop").is_checked() and player.text("cnn-pace") == "0.5/s"


def check_single_step(page):
    """The window slides, products come one by one, and with them the sum; and then it is still."""
    player = page.mount(SCENES["image"])
    player.press("Next step")
    player.press("Next step")   # the first goes slowly
    assert player.step == 2   # at once: only the picture takes its time
    pictures, sums = [], []
    for _ in range(14):
        pictures.append(player.picture)
        sums.append(player.js(f"{SEEN}.length"))
        page.pass_time(50)
    assert len(set(pictures[:9])) == 9 and len(set(pictures[12:])) == 1
    assert sums == sorted(sums) and sums[:4] == [1] * 4 and len(set(sums)) > 4 and sums[8] < sums[12] == sums[13]


def test_one_step_is_seen_as_it_happens(timed):
    check_single_step(timed)


@pytest.mark.control
def test_a_step_that_just_jumps_is_noticed(browser):
    notices(browser, check_single_step, ("{ share: still() ? 1 : 0, slow: this.first() }", "{}"), clock=True)


def check_reduced(page):
    """Whoever asked for less motion sees steps, not what is between them."""
    player = page.mount(SCENES["image"], speed=2)
    player.press("Next step")
    pictures = [player.picture]
    page.pass_time(300)
    pictures.append(player.picture)
    assert pictures[0] == pictures[1] and player.step == 1
    player.press("Play")
    seen = set()
    for _ in range(24):
        page.pass_time(50)
        seen.add((player.step, player.picture))
    assert [step for step, _ in sorted(seen)] == [2, 3, 4]


def test_reduced_motion(browser):
    with opened(browser, clock=True, reduced_motion="reduce") as page:
        check_reduced(page)


@pytest.mark.control
def test_motion_that_was_not_wanted_is_noticed(browser):
    change = ("if (player.share >= 1 || still())", "if (player.share >= 1)")
    notices(browser, check_reduced, change, clock=True, reduced_motion="reduce")
