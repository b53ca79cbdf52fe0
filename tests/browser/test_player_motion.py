"""A step that explains itself: slow once and on request, the sum growing, what flies, and nothing given away.

In a real Chromium in which time passes as far as the test says. Each check also runs on a player that was broken on
purpose, and must notice.
"""

import functools
import itertools

import numpy as np
import player_page
import pytest
from modules import load
from player_page import opened
from player_scenes import LARGE, SCENES
from playwright.sync_api import Error
from predicting import NOTE, PREDICT, guess

from cnnlib.viz import pool, slide, transpose

notices = functools.partial(player_page.notices, errors=(AssertionError, Error), clock=True, init=NOTE)

# What can be seen at this moment: whether something flies, the parts of the sum that are there, whether the output is.
NOW = """(() => {
  const root = player.root, seen = part => getComputedStyle(part).visibility === "visible";
  const sum = root.querySelector(".cnn-sum"), wholes = [...sum.querySelectorAll(".cnn-whole")];
  const place = part => JSON.stringify(root.querySelector(`.${part}`).getBoundingClientRect());
  return {
    flies: root.querySelectorAll("canvas.cnn-flight").length, count: wholes.filter(seen).length, all: wholes.length,
    said: wholes.filter(seen).map(part => part.textContent).join(" "), text: sum.textContent,
    places: ["cnn-sum", "cnn-bar", "cnn-size"].map(place).join(),
    voice: root.querySelector(".cnn-voice").textContent, step: +root.dataset.step, value: root.dataset.value,
  };
})()"""


@pytest.fixture(scope="module")
def shared(browser):
    """One page whose time stands still, in which every text that is drawn is noted."""
    with opened(browser, clock=True, init=NOTE) as page:
        yield page
        assert page.errors == [] and page.outside == []


def leap(page, milliseconds):
    """Time that passes in one frame: quicker than `pass_time`, and as good to look at what there is."""
    page.page.clock.fast_forward(milliseconds)


def watch(page, player, until=9000, every=300):
    """What is seen from now until nothing moves any more, and how long that took."""
    seen = []
    for passed in range(0, until, every):
        seen.append(player.js(NOW))
        if passed and not seen[-1]["flies"] and seen[-1]["count"] == seen[-1]["all"]:
            return seen, passed
        leap(page, every)
    raise AssertionError("it never came to rest")


# --- slow once, and on request ----------------------------------------------------------------------------------------


def check_slow(page):
    """The first step takes seconds, the next ones do not; key and button take seconds again."""
    player = page.mount(SCENES["signal"])
    took = []
    for press in ("Next step", "Next step", "Next step", "Explain this step"):
        player.press(press)
        took.append(watch(page, player, every=200)[1])
    player.root.focus()
    for key in "eE":
        page.page.keyboard.press(key)
        took.append(watch(page, player, every=200)[1])
    assert [ms > 3000 for ms in took] == [True, False, False, True, True, True], took
    assert max(took) < 8000 and max(took[1:3]) <= 800
    assert player.step == 3 and player.saves("step") == [1, 2, 3]


def test_the_first_step_is_slow_and_any_on_request(page):
    check_slow(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("slow: this.first() });\n", "});\n"),
    ("return before !== now;", "return true;"),
    ("player.keys.e = ", ""),
    ("lay: 850, each: 420, flight: 650", "lay: 85, each: 42, flight: 65"),
])
def test_wrong_times_are_noticed(browser, change):
    notices(browser, check_slow, change)


def check_play(page):
    """Played, the first step goes slowly and the others at their speed; not where many a second are wanted."""
    player = page.mount(SCENES["signal"], speed=2)
    player.press("Play")
    page.pass_time(2000)
    assert player.step == 1 and player.js(NOW)["flies"] == 1
    page.pass_time(3800)
    assert player.step > 3
    player.press("Pause")
    quick = page.mount(SCENES["signal"], speed=8)
    quick.press("Play")
    page.pass_time(1000)
    assert quick.step > 6 and quick.js(NOW)["flies"] == 0


def test_play_begins_slowly(page):
    check_play(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.slow = this.first() && ", "this.slow = false && "), ("this.first() && this.speed <= BRISK", "this.first()"),
    ("Object.assign(this, { step, slow: false })", "Object.assign(this, { step })"),
])
def test_a_play_that_begins_wrongly_is_noticed(browser, change):
    notices(browser, check_play, change)


@pytest.mark.parametrize("act", ["Next step", "Previous step", "Play", "Step"])
def test_any_other_control_interrupts(page, act):
    """At once, and what was explained is whole."""
    player = page.mount(SCENES["image"], step=4, speed=4)
    player.press("Explain this step")
    page.pass_time(2000)
    assert player.js(NOW)["flies"] == 1
    if act == "Step":
        player.control(act).fill("9")
    else:
        player.press(act)
    page.pass_time(50)
    assert player.js(NOW)["flies"] == 0
    assert player.step == {"Next step": 5, "Previous step": 3, "Play": 5, "Step": 9}[act]


def test_an_edit_interrupts(page):
    """A new scene is shown as it is, with the whole sum."""
    player = page.mount(SCENES["image"])
    player.press("Next step")
    page.pass_time(2000)
    player.from_python(spec=SCENES["avg"].spec)
    now = player.js(NOW)
    assert (now["flies"], now["count"]) == (0, now["all"])
    player.press("Next step")   # the first of another kind
    page.pass_time(1000)
    assert player.js(NOW)["flies"] == 1


# --- the sum ----------------------------------------------------------------------------------------------------------


def check_growth(page):
    """Term by term, then the total, in a room that is there from the beginning; the voice says all of it, once."""
    player = page.mount(SCENES["image"])
    player.press("Next step")
    seen, _ = watch(page, player, every=150)
    counts = [one["count"] for one in seen]
    assert counts == sorted(counts) and set(counts) == set(range(1, seen[0]["all"] + 1)) and seen[0]["all"] == 11
    assert {one["flies"] for one in seen[1:-1]} == {1} and seen[-1]["flies"] == 0
    assert [len({one[key] for one in seen}) for key in ("places", "text", "voice")] == [1, 1, 1]
    said = [one["said"] for one in seen]
    assert said[0] == "y[0, 1]" and all(a == b[:len(a)] for a, b in itertools.pairwise(said))
    total = f"= {SCENES['image'].frame(1).value:g}".replace("-", "−")
    assert said[-1] == seen[-1]["text"] and said[-1].endswith(total) and sum(total in one for one in said) >= 5
    assert {(one["step"], one["value"]) for one in seen} == {(1, f"{SCENES['image'].frame(1).value:g}")}
    assert player.text("cnn-voice").endswith(total)


def test_the_sum_grows_term_by_term(page):
    check_growth(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ('due <= told ? "" : "hidden"', 'due <= told ? "" : ""'),
    ("part.style.visibility = due <= told", "part.style.display = due <= told"),
    ("term != null ? term + 1", "term != null ? 1"),
    ("!end ? landed : count", "!end ? landed + 2 : count"), ("if (!slow) return this.end();", "if (!slow) return;"),
])
def test_a_sum_that_does_not_grow_is_noticed(browser, change):
    notices(browser, check_growth, change)


def test_the_sums_of_channels_come_with_their_products(page):
    """Each channel's line ends in its sum, then comes the bias, then the total."""
    player = page.mount(SCENES["channels"])
    player.press("Next step")
    told = """[...player.root.querySelectorAll(".cnn-parts > span, .cnn-sum")].map(line => [...line.querySelectorAll(
        ".cnn-whole")].filter(part => getComputedStyle(part).visibility === "visible").length)"""
    seen = []
    for _ in range(60):
        seen.append(player.js(told))
        leap(page, 150)
    first, second, third, sums = zip(*seen, strict=True)
    assert all(list(line) == sorted(line) for line in (first, second, third, sums))
    assert first.index(first[-1]) < second.index(second[-1]) < third.index(third[-1]) < sums.index(sums[-1])
    assert sums[first.index(first[-1])] == 2 and sums[0] == 1   # y[0, 1], and then the first channel's sum


# --- every kind -------------------------------------------------------------------------------------------------------

KINDS = {**SCENES, "long": pool([[n % 13 for n in range(12)]] * 12, 11, 1), "large": LARGE,
         "nobody": transpose([[1, 2], [3, 4]], [[1, 1], [1, 1]], stride=3), "bias": slide([1, 2, 3], [1, 1], 4)}


@pytest.mark.alike(5)
@pytest.mark.parametrize("name", KINDS)
def test_every_kind_explains_itself(page, name):
    """Products fly (of a maximum the winner only), nothing flies in the end, and the picture is that of a jump."""
    scene = KINDS[name]
    step = 2 if name == "nobody" else scene.steps // 2
    player, other = page.mount(scene, step=step), page.mount(scene, step=step)
    page.page.evaluate("written.length = 0")
    player.press("Explain this step")
    pictures = set()
    for _ in range(40):
        leap(page, 240)
        pictures.add(player.js("player.root.querySelector('.cnn-flight')?.toDataURL()"))
        if player.js(NOW)["flies"] == 0:
            break
    assert None in pictures and len(pictures) > (3 if name == "nobody" else 5)
    page.page.evaluate("document.body.classList.toggle('another-theme')")   # all boards are drawn anew
    assert player.picture == other.picture and player.js(NOW)["count"] == player.js(NOW)["all"]
    texts = set(page.page.evaluate("written"))
    assert name not in ("signal", "image", "dx") or any("·" in text for text in texts)


PLACES = """async specs => {
    const { cellRead } = await import("./slide/static/motion.js");
    const { locate } = await import("./slide/static/geometry.js");
    return specs.map(spec => {
        const s = scene.derive(spec), board = { place: flat => locate(s.source.shape, flat) }, pairs = [];
        for (let step = 0; step < s.steps; step++) for (const term of s.frame(step).terms) {
            const frame = s.frame(step), place = term => cellRead({ scene: s, frame, term, board });
            if (term.src >= 0) pairs.push([place(term), place({ ...term, src: -1 })]);
        }
        return pairs;
    });
}"""


def check_places(context, edits=()):
    """Cells of the padding have no number: their place is worked out, and agrees with that of cells that have one."""
    names = [name for name in SCENES if name not in ("transpose", "dx")]   # these read no padding
    page = load(context, edits)
    for pairs in page.evaluate(PLACES, [SCENES[name].spec for name in names]):
        assert len(pairs) > 10 and all(known == worked_out for known, worked_out in pairs)


def test_weights_lie_on_the_cells_that_are_read(browser):
    context = browser.new_context()
    check_places(context)
    for old, new in [("tap[a] * way.d", "tap[a]"), ("byWeight ? frame.out[1]", "byWeight ? 0"), ("- way.before", "")]:
        with pytest.raises(AssertionError):
            check_places(context, [("motion.js", old, new)])
    context.close()


# --- less motion, and nothing given away ------------------------------------------------------------------------------


def test_reduced_motion_jumps(browser):
    with opened(browser, clock=True, reduced_motion="reduce") as page:
        player = page.mount(SCENES["image"], speed=2)
        for press in ("Next step", "Explain this step"):
            player.press(press)
            now = player.js(NOW)
            assert (now["flies"], now["count"]) == (0, now["all"])
            page.pass_time(100)
            assert player.js(NOW) == now
        player.press("Play")
        page.pass_time(1100)
        assert player.step == 4 and player.js(NOW)["flies"] == 0


def check_blank(page):
    """The kernel comes to lie on the input; no product and no total is drawn or written before it is asked for."""
    player = page.mount(slide([8, 7, 4, -6], [100, 3, 100], 55), **PREDICT)   # 1276, 167
    page.page.evaluate("written.length = 0")
    player.press("Explain this step")
    seen = []
    for _ in range(8):
        leap(page, 300)
        seen.append(player.js(NOW))
    assert (seen[1]["flies"], seen[-1]["flies"]) == (1, 0)
    assert {one["said"] for one in seen} == {"What comes at y[0]?"} and {one["value"] for one in seen} == {None}
    texts = set(page.page.evaluate("written"))
    assert {"100", "3"} <= texts and not [text for text in texts if "·" in text]
    assert not {"800", "21", "400", "1276"} & texts

    for wrong in "12":
        guess(player, wrong)
    player.press("Show the products")
    page.page.evaluate("written.length = 0")
    player.press("Explain this step")
    seen = []
    for _ in range(20):
        leap(page, 300)
        seen.append(player.js(NOW))
    texts = set(page.page.evaluate("written"))
    assert {"800", "21", "400", "8·100"} <= texts and "1276" not in texts
    assert not any("1276" in one["text"] for one in seen)
    assert seen[-1]["said"].endswith("= ?") and seen[-1]["flies"] == 0


def test_nothing_is_given_away(page):
    check_blank(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("const since = now - products, begun = bare ? 0 : ", "const since = now - products, begun = "),
    ("const end = !bare && !hidden && now >= bias", "const end = now >= bias"),
])
def test_an_explanation_that_gives_it_away_is_noticed(browser, change):
    notices(browser, check_blank, change)


def test_the_largest_is_not_pointed_out_while_it_is_asked_for(page):
    """Neither on the boards nor above them: two pictures of the same window, one of which has another winner."""
    ends = []
    for cells in ([[4, 1], [1, 1]], [[1, 1], [1, 4]]):
        player = page.mount(pool(cells, 2), **PREDICT)
        for wrong in "23":
            guess(player, wrong)
        player.press("Show the cells")
        player.press("Explain this step")
        rings = []
        for _ in range(7):
            leap(page, 300)
            rings.append(player.js("player.root.querySelector('.cnn-flight')?.toDataURL() ?? ''"))
        ends.append(rings)
    assert ends[0] == ends[1]


# --- where boards scroll ----------------------------------------------------------------------------------------------

# How many rows of what flies lie above and below the frame of the boards.
BEYOND = """(() => {
  const [canvas, boards] = [".cnn-flight", ".cnn-stage"].map(part => player.root.querySelector(part));
  const { width, height } = canvas, from = canvas.getBoundingClientRect().top;
  const { top, bottom } = boards.getBoundingClientRect();
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height), row = n => 4 * n * width;
  const rows = Array.from({ length: height }, (_, n) => data.subarray(row(n), row(n + 1)).some(Boolean));
  return rows.filter((some, n) => some && (n < top - from - 1 || n > bottom - from + 1)).length;
})()"""


def check_beyond(page):
    """The kernel on its way to cells that are scrolled out of sight is not drawn over what stands around the boards."""
    player = page.mount(slide(np.arange(49).reshape(7, 7), np.ones((3, 3))), step=45)
    player.root.focus()
    for stage in (False, True):
        if stage:
            page.page.keyboard.press("f")
            page.page.wait_for_selector(".cnn-staged")
        boards = "player.root.querySelector('.cnn-stage')"
        assert player.js(f"{boards}.scrollHeight > {boards}.clientHeight + 50")
        player.root.press("e")
        for _ in range(8):
            leap(page, 250)
            assert player.js(BEYOND) == 0
        player.js(f"{boards}.scrollTop = 0")
        for _ in range(4):
            leap(page, 250)
            assert player.js(BEYOND) == 0


SMALL = {"viewport": {"width": 420, "height": 420}}


def test_what_flies_stays_in_the_frame_of_the_boards(browser):
    with opened(browser, clock=True, **SMALL) as page:
        check_beyond(page)
        assert page.errors == []


@pytest.mark.control
def test_what_flies_stays_in_the_frame_of_the_boards_broken(browser):
    notices(browser, check_beyond, ("if (scrolls) ctx.clip();", ""), **SMALL)
