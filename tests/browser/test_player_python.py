"""What the player tells Python and screen readers, what it makes of a bad spec, and that it closes; in a real Chromium.

Each check also runs on a player that was broken on purpose, and must notice.
"""

import functools
import json

import player_page
import pytest
from player_scenes import SCENES
from playwright.sync_api import Error

from cnnlib.viz import slide

SIGNAL = slide([0, 1, 0, 1, 1, 2], [-1, 1])   # 5 steps: 1, -1, 1, 0, 1

notices = functools.partial(player_page.notices, errors=(AssertionError, Error))


# --- Python and screen readers ----------------------------------------------------------------------------------------


def check_traits(page):
    """The step goes to Python when something is done, not on the way; what comes from there is not sent back."""
    player = page.mount(SCENES["image"])
    for value in (3, 7, 9):
        player.js("""(() => { const scrubber = player.root.querySelector("[aria-label=Step]");
          scrubber.value = argument; scrubber.dispatchEvent(new Event("input")); })()""", value)
        assert player.step == value
    assert player.saves("step") == []
    player.js("player.root.querySelector('[aria-label=Step]').dispatchEvent(new Event('change'))")
    assert player.saves("step") == [9]
    player.from_python(step=4)
    assert player.step == 4 and player.value == SCENES["image"].frame(4).value
    assert player.control("Step").input_value() == "4" and player.saves("step") == [9]
    player.from_python(step=99)   # beyond the end: the last one, and Python hears of it
    assert player.step == 15 and player.saves("step") == [9, 15]
    player.from_python(spec=SIGNAL.spec)   # a scene with fewer steps
    assert player.step == 4 and player.trait("step") == 4 and player.value == 1


def test_what_python_is_told(page):
    check_traits(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ('this.go(+this.scrubber.value, { commit: false })', 'this.go(+this.scrubber.value)'),
    ('listen("change:step"', 'listen("change:steps"'),
])
def test_telling_too_much_or_hearing_nothing_is_noticed(browser, change):
    notices(browser, check_traits, change)


def test_a_player_starts_where_python_says(page):
    player = page.mount(SCENES["image"], step=5, speed=4, loop=True)
    assert player.step == 5 and player.saves("step") == []
    assert player.text("cnn-pace") == "4/s" and player.control("Loop").is_checked()


def test_steps_are_announced_but_playing_is_not(page):
    player = page.mount(SCENES["image"])
    assert player.voice == "" and player.root.locator(".cnn-voice").get_attribute("aria-live") == "polite"
    player.press("Next step")
    assert player.voice.startswith("Step 2 of 16: y row 0, column 1 is ")
    player.from_python(step=9)
    assert player.voice.startswith("Step 2 of 16")   # nobody here did that
    player.press("Previous step")
    said = player.voice
    assert said.startswith("Step 9 of 16: y row 2, column 0 is ")
    player.press("Play")
    page.page.wait_for_function("players.at(-1).root.dataset.step > 9")
    player.press("Pause")
    assert player.voice == said


# --- faults -----------------------------------------------------------------------------------------------------------


def broken(**changes):
    return {**SCENES["image"].spec, **changes}


BAD = [
    broken(x=[[["<b>bold</b>"] * 7] * 7]), broken(x=[[[1e999] * 7] * 7]), broken(x=[[[float("nan")] * 7] * 7]),
    broken(stride=[0, 0]), broken(kernel=[12, 12], w=[[[[1] * 12] * 12]]), broken(kind="<img src=x>"), broken(w=None),
    {}, None,
]


def check_bad_later(page):
    """A spec that makes no sense is explained; what was shown stays, and still works."""
    player = page.mount(SCENES["image"], step=3)
    before = player.picture
    for spec in BAD:
        player.js("player.fromPython('spec', (0, eval)(`(${argument})`))", json.dumps(spec))
        assert len(player.error) > 20 and player.root.locator(".cnn-error").is_visible()
        assert player.js("player.root.querySelectorAll('b, img').length") == 0
        assert player.picture == before and (player.step, player.value) == (3, SCENES["image"].frame(3).value)
    player.press("Next step")
    assert (player.step, player.value) == (4, SCENES["image"].frame(4).value)
    player.from_python(spec=SIGNAL.spec)
    assert player.error == "" and player.step == 4 and player.value == 1


def test_a_bad_spec_later_keeps_the_last_good_state(page):
    check_bad_later(page)


@pytest.mark.control
def test_a_bad_spec_that_gets_through_is_noticed(browser):
    notices(browser, check_bad_later, ("const wrong = problem(spec);", "const wrong = null;"))


@pytest.mark.parametrize("spec", [BAD[0], BAD[3], BAD[5], {}, None], ids=["text", "stride", "kind", "empty", "none"])
def test_a_bad_spec_at_the_start_is_a_sentence(page, spec):
    player = page.mount(spec)
    text = player.root.inner_text()
    assert text.startswith("This picture cannot be drawn: ") and text.endswith(".")
    assert player.js("player.root.querySelectorAll('b, img, canvas').length") == 0
    if spec and spec.get("kind") == "<img src=x>":
        assert "<img src=x>" in text
    player.dispose()


def check_dispose(page):
    """A player that was closed listens to nothing and does nothing."""
    player = page.mount(SCENES["image"], speed=60)
    player.press("Next step")   # the first step goes slowly; then it moves, on a busy machine, too
    player.press("Play")
    page.page.wait_for_function("step => +players.at(-1).root.dataset.step > step", arg=player.step)
    player.dispose()
    assert not player.js("player.root.isConnected"), "nothing of it is left in the page"
    player.js("player.el.append(player.root)")   # back again, or nobody would see what still listens
    step, picture = player.step, player.picture
    assert player.js("Object.values(player.listeners).flat().length") == 0
    player.from_python(step=9, spec=SIGNAL.spec)
    page.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    player.js("player.el.style.width = '200px'")
    page.frames(6)
    after = player.step, player.picture
    page.page.evaluate("delete document.body.dataset.jpThemeLight")
    assert after == (step, picture)


def test_a_closed_player_is_quiet(page):
    check_dispose(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("sized.disconnect();", ""), ("page.disconnect();", ""), ("model.off(event, act)", "null"),
    ('this.on("dispose", () => cancelAnimationFrame(this.request));', ""),
])
def test_what_still_listens_is_noticed(browser, change):
    notices(browser, check_dispose, change)
