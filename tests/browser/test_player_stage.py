"""The room a player takes: cells as large as the page allows, the stage, controls that are seen and stay in place.

Each check also runs on a player that was broken on purpose.
"""

import functools

import player_page
import pytest
import shifts_page
from player_page import opened
from player_scenes import SCENES, SOBEL, whole

import cnnlib as cnn

USUAL = cnn.viz.slide(whole(7, 7), SOBEL)
PADDED = cnn.viz.slide(whole(7, 7), SOBEL, padding=1)
TINY = cnn.viz.slide(whole(3, 3), [[1, 2], [3, 4]])

# How high the smallest of what is written on each canvas is, in CSS pixels.
NOTE = """
  const { fillText } = CanvasRenderingContext2D.prototype;
  window.heights = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    const scale = this.getTransform().a / devicePixelRatio;
    if (/\\d/.test(text)) heights.push(parseFloat(/([\\d.]+)px/.exec(this.font)[1]) * scale);
    return fillText.call(this, text, ...place);
  };
"""
REFUSE = "Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('not here'));"
CELL = "Math.round((player.root.querySelector('[data-board=x] canvas').clientWidth - 10) / 7)"
PARTS = """[...player.root.querySelectorAll(":scope > :not(.cnn-flight)")]
  .filter(part => part.checkVisibility()).map(part => part.className)"""
# Whether boards, sum and transport are on the screen, and not one on the other.
SEEN = """[...player.root.querySelectorAll(".cnn-stage, .cnn-sum, .cnn-bar > *")]
  .map(part => part.getBoundingClientRect()).every(({ top, bottom, left, right }) =>
    top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth)
  && player.root.querySelector(".cnn-sum").getBoundingClientRect().bottom
    <= player.root.querySelector("[aria-label=Play]").getBoundingClientRect().top"""
# Whether the output of this step lies within the frame of the boards.
OUTPUT = """(() => {
  const frame = player.root.querySelector(".cnn-stage").getBoundingClientRect(), { top, height } =
    player.root.querySelector("[data-board=y] canvas").getBoundingClientRect();
  const row = top + 5 + (height - 10) / argument.rows * (argument.row + 0.5);
  return row > frame.top && row < frame.bottom;
})()"""
TOPS = """["[aria-label='Play']", ".cnn-size", "[aria-label='Padding slider']", "[title^='Back to']"].map(control =>
  player.root.querySelector(control).getBoundingClientRect().top)"""

LARGE_SCREEN = {"viewport": {"width": 1920, "height": 1080}}
SMALL_SCREEN = {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}   # 1280 x 800 at 200 %
NARROW_SCREEN = {"viewport": {"width": 420, "height": 560}}
SHORT_PAGE = {"viewport": {"width": 800, "height": 1200}}                              # which cannot scroll
notices = functools.partial(player_page.notices, init=NOTE)


def close(one, other):
    """Places in CSS pixels, but for what rounding does."""
    return all(abs(a - b) <= 1.5 for a, b in zip(one, other, strict=True))


def staged(page, player, act):
    """Do what leads to the stage, or away from it, and wait till it has come about."""
    before = page.page.evaluate("document.querySelectorAll('.cnn-staged').length")
    act()
    page.page.wait_for_function("n => document.querySelectorAll('.cnn-staged').length !== n", arg=before)
    page.frames()


# --- cells ------------------------------------------------------------------------------------------------------------


def check_cells(page, least):
    assert least <= page.mount(USUAL).js(CELL) <= 56


@pytest.mark.alike(2)
@pytest.mark.parametrize(("width", "least"), [(1280, 54), (1920, 56), (800, 26)])
def test_cells_take_the_room_of_the_page(browser, width, least):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        check_cells(page, least)


@pytest.mark.control
def test_cells_that_stay_small_are_noticed(browser):
    notices(browser, check_cells, ("const LARGEST = 56, LEAST", "const LARGEST = 34, LEAST"), 56, **LARGE_SCREEN)


# --- the stage --------------------------------------------------------------------------------------------------------


def check_stage(page):
    """Boards, sum and transport on the whole screen, digits for the last row; then all is as it was."""
    player = page.mount(USUAL, step=3)
    before, focus = player.js(PARTS), "document.activeElement.getAttribute('aria-label')"
    player.control("Step").focus()
    page.page.evaluate("heights.length = 0")
    player.press("Stage")
    page.page.wait_for_selector(".cnn-staged")
    page.frames()
    assert player.button("Stage").get_attribute("aria-pressed") == "true"
    assert player.js(PARTS) == ["cnn-stage", "cnn-sum", "cnn-bar", "cnn-voice"]
    assert player.js("player.root.clientWidth === innerWidth && player.root.clientHeight === innerHeight")
    assert min(page.page.evaluate("heights")) >= 28
    assert player.js(SEEN)
    player.press("Next step")
    assert player.step == 4 and page.page.evaluate(focus) == "Next step"
    staged(page, player, lambda: page.page.keyboard.press("f"))
    assert player.button("Stage").get_attribute("aria-pressed") == "false"
    assert player.js(PARTS) == before and player.step == 4 and page.page.evaluate(focus) == "Next step"
    assert not page.page.evaluate("Boolean(document.fullscreenElement)")


@pytest.mark.alike(2)
@pytest.mark.parametrize("init", [NOTE, NOTE + REFUSE])
def test_the_stage(browser, init):
    """Also where the page may not have the whole screen."""
    with opened(browser, init=init, **LARGE_SCREEN) as page:
        check_stage(page)
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("const usual = cell * 0.44", "const usual = Math.min(15, cell * 0.44)"),
    ('button.setAttribute("aria-pressed", on)', "on"), ("size = stage ? most : LARGEST", "size = LARGEST"),
    (".cnn-slide.cnn-staged > :not(.cnn-stage, ", ".cnn-slide.cnn-staged > :not(.cnn-tools, .cnn-stage, "),
])
def test_a_stage_of_another_kind_is_noticed(browser, change):
    notices(browser, check_stage, change, **LARGE_SCREEN)


@pytest.mark.alike(2)
@pytest.mark.parametrize("init", ["", REFUSE])
def test_f_and_escape(browser, init):
    """F leads to the stage and back, Escape back; the dark theme holds there."""
    with opened(browser, init=init, color_scheme="dark") as page:
        player = page.mount(SCENES["channels"], step=2)
        player.root.focus()
        ground = player.js("getComputedStyle(player.root).backgroundColor")
        for key in ("f", "Escape", "F", "f", "f", "Escape"):
            staged(page, player, lambda key=key: page.page.keyboard.press(key))
            assert player.js("getComputedStyle(player.root).backgroundColor") == ground
            assert player.js("document.activeElement === player.root") and player.step == 2
        player.control("bias b[0]").focus()
        page.page.keyboard.press("f")   # in a field it is a letter
        assert player.js("player.root.matches('.cnn-staged')") is False
        assert page.errors == []


# --- on the screen ----------------------------------------------------------------------------------------------------


def check_seen(page, scene=PADDED):
    """At 200 % boards and transport are seen together, and with them the output of each step."""
    player = page.mount(scene)
    row_of = lambda step: scene.frame(step).out[-2]
    for step in (0, scene.steps - 1, scene.steps // 2):
        player.from_python(step=step)
        page.frames(1)
        assert player.js(SEEN)
        assert player.js(OUTPUT, {"rows": row_of(scene.steps - 1) + 1, "row": row_of(step)})


def test_all_is_seen_at_200_percent(browser):
    with opened(browser, **SMALL_SCREEN) as page:
        for scene in (USUAL, PADDED, SCENES["image"]):
            check_seen(page, scene)
            page.clear()
        assert page.mount(USUAL).js(CELL) >= 22   # with digits


def test_boards_that_are_higher_than_their_frame_scroll_to_the_output(browser):
    with opened(browser, **NARROW_SCREEN) as page:
        check_seen(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("style.maxHeight = `${high}px`", 'style.maxHeight = ""'), ("bring(step) {", "bring(step) { return;"),
])
def test_what_is_not_seen_is_noticed(browser, change):
    notices(browser, check_seen, change, **NARROW_SCREEN)


# --- in place ---------------------------------------------------------------------------------------------------------


def check_in_place(page):
    """A slider in use does not run away, whatever it does to the boards above it."""
    for scene in (USUAL, TINY):
        player = page.mount(scene)
        for name in ("Padding slider", "Kernel size slider"):
            slider = player.control(name)
            slider.focus()
            place = "argument.getBoundingClientRect().top"
            handle = slider.element_handle()
            before = player.js(place, handle)
            for key in ["ArrowRight"] * 4 + ["ArrowLeft"] * 5:
                page.page.keyboard.press(key)
                assert close([player.js(place, handle)], [before]), (name, slider.input_value())
        player.remove()


@pytest.mark.alike(2)
@pytest.mark.parametrize("room", [SHORT_PAGE, SMALL_SCREEN])
def test_a_slider_in_use_stays_where_it_is(browser, room):
    with opened(browser, **room) as page:
        check_in_place(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("return steady(held ? used : null, ", "return steady(null, "), ("${had + screen + rest}px", "${had}px"),
])
def test_a_slider_that_runs_away_is_noticed(browser, change):
    notices(browser, check_in_place, change, **SHORT_PAGE)


def check_steps(page, names=SCENES):
    """Nothing below the boards moves while a scene is stepped through."""
    for name in names:
        player = page.mount(SCENES[name])
        before = player.js(TOPS)
        for step in range(1, SCENES[name].steps):
            player.from_python(step=step)
            assert close(player.js(TOPS), before), (name, step)
        player.remove()


def test_stepping_moves_nothing(browser):
    with opened(browser, viewport={"width": 560, "height": 700}) as page:
        check_steps(page, ["signals", "image", "channels", "max", "dx"])
    with opened(browser, viewport={"width": 640, "height": 700}) as page:
        check_steps(page, ["dilated", "transpose"])


@pytest.mark.control
@pytest.mark.parametrize(("name", "width"), [("channels", 560), ("dilated", 640)])
def test_lines_that_take_their_room_as_they_go_are_noticed(browser, name, width):
    change = ("part.style.minHeight = `${high}px`", "part")
    notices(browser, check_steps, change, [name], viewport={"width": width, "height": 700})


# --- shifts -----------------------------------------------------------------------------------------------------------


def test_shifts_on_the_stage(browser):
    with shifts_page.opened(browser, **LARGE_SCREEN) as page:
        for name in ("signal", "image"):
            view = page.mount(shifts_page.VIEWS[name])
            size = "player.root.querySelector('canvas').clientWidth"
            before = view.js(size)
            view.control("Shift").focus()
            staged(page, view, lambda view=view: view.press("Stage"))
            assert view.js(size) > 1.4 * before and view.js("player.root.scrollWidth <= innerWidth")
            staged(page, view, lambda: page.page.keyboard.press("Escape"))
            assert view.js(size) == before
            page.clear()
        assert page.errors == []
