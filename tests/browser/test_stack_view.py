"""The explorer of a stack in a real Chromium: what is shown is what Python works out, by keyboard and by hand.

Each check also runs on a view that was broken on purpose, and must notice.
"""

import numpy as np
import pytest
from playwright.sync_api import Error
from stack_cases import made
from stack_page import TOUR, cards, colours, mount, notices, opened
from test_player_looks import NOTE, TEXTS, WIDE, contrast
from test_touch import PHONE, TARGETS, swipe

from cnnlib import nn
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.stack import words
from cnnlib.viz.stack.explorer import stack_explorer


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser) as page:
        yield page
        assert page.errors == [] and page.outside == []


def check_meters(page):
    """Meters, sizes and words are Python's, after every switch."""
    view, stack = mount(page, "ring")
    for label, option, state in (
            ("Borders", "zeros", {"borders": "zeros"}), ("Padding", "circular", {"padding": "circular"}),
            ("Pooling", "only steps", {"pooling": "stride"}), ("Pooling stride", "1", {"pool_stride": 1})):
        view.control(label).select_option(label=option)
        stack = stack.changed(**state)
        for dx in (1, 4):
            drag(view, "Shift right", dx)
            agree(view, stack.changed(dx=dx))


def drag(view, name, value):
    view.control(name).evaluate("""(slider, value) => {
      slider.value = value;
      for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
    }""", value)


def agree(view, stack):
    """All that is shown of the layers is what Python says of this state."""
    shown = cards(view)
    assert [card["name"] for card in shown] == stack.names and view.step == stack.place
    for card in shown:
        reading = stack.readings.get(card["name"])
        assert card["gone"] == (reading is None)
        if reading:
            assert float(card["off"]) == pytest.approx(reading.off, abs=1e-4)
            assert card["filled"] == pytest.approx(min(1, reading.off), abs=0.02)
            assert card["dashed"] == (not reading.exact)
            assert card["said"].startswith(f"{card['name']}: {words.told(reading)}")
            assert card["size"] == " × ".join(map(str, stack.maps[card["name"]].shape))
    assert view.text("cnn-about") == words.sees(stack)
    told = words.prediction(stack)
    assert view.text("cnn-said" if not stack.fault else "cnn-error").startswith(told)


def test_what_is_shown_is_pythons(page):
    check_meters(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.explored.take(this.state);\n    if (switched", "if (switched"),
    ("element.dataset, { off:", "element.dataset, { of:"),
    ('meter.toggleAttribute("data-undefined", !exact)', 'meter.toggleAttribute("data-undefined", exact)'),
    ("${100 * Math.min(1, off ?? 0)}%", "${Math.min(1, off ?? 0)}%"),
    ('["only steps", "stride"]', '["only steps", "max"]'),
])
def test_wrong_meters_are_noticed(browser, change):
    notices(browser, check_meters, change)


def check_keyboard(page):
    """Tab, arrows, letters: the image moves, a unit is chosen, channels turn; told aloud and to Python, and undone."""
    view, _ = mount(page, "lenet")
    keyboard = page.page.keyboard
    active = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    line = view.root.locator("[aria-live=polite]").last
    view.root.focus()
    keyboard.press("ArrowRight")
    keyboard.press("ArrowDown")
    assert (view.trait("dx"), view.trait("dy")) == (1, 1)
    assert line.text_content().startswith("Moved 1 down, 1 right. CONV1: ")
    agree(view, made("lenet", dx=1, dy=1))
    assert (view.saves("dx"), view.saves("dy")) == ([1], [1])
    keyboard.press("Control+z")
    assert (view.trait("dx"), view.trait("dy")) == (1, 0)
    keyboard.press("Control+y")
    keyboard.press("Home")
    assert (view.trait("dx"), view.trait("dy")) == (0, 0)
    stops = []
    for _ in range(5):
        keyboard.press("Tab")
        stops.append(page.page.evaluate(active))
    assert stops[:3] == ["Shift right", "Convolution stride", "Strongest unit"]
    assert stops[3].startswith("input x, 1 × 16 × 16") and stops[4] == "Copy"
    keyboard.press("Shift+Tab")
    for _ in range(3):
        keyboard.press("]")
    keyboard.press("ArrowDown")
    name, channel, *place = view.trait("unit")
    assert (name, place) == ("CONV2", [3, 3]), "the middle, where no unit is chosen there"
    keyboard.press("n")
    keyboard.press("ArrowLeft")
    unit = view.trait("unit")
    assert unit == ["CONV2", (channel + 1) % 5, 3, 2]
    agree(view, made("lenet", unit=tuple(unit)))
    assert line.text_content() == words.sees(made("lenet", unit=tuple(unit)))
    keyboard.press("s")
    assert view.trait("unit") is None
    keyboard.press("h")
    keyboard.press("m")
    assert view.trait("heat") is False and view.trait("mistakes") is True


def test_by_keyboard_alone(page):
    check_keyboard(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.voice.textContent = this.report(other);", ""), ('ArrowDown: step("dy", 1)', 'ArrowDown: step("dy", -1)'),
    ("ArrowLeft: [0, -1]", "ArrowLeft: [0, 1]"), ("if (undone) this.controls.keep(before);", ""),
    ("this.model.save_changes();\n    this.controls", "this.controls"),
    ("(card.channel + by + count)", "(card.channel + count)"),
])
def test_the_keyboard_check_notices(browser, change):
    notices(browser, check_keyboard, change)


def check_hand(page):
    """The image is dragged; a cell is clicked, its field drawn on the image; a small map becomes the large one."""
    view, _ = mount(page, "lenet")
    mouse, x = page.page.mouse, view.board("x").locator("canvas").bounding_box()
    pixel = (x["width"] - 8) / 16
    mouse.move(x["x"] + 30, x["y"] + 30)
    mouse.down()
    mouse.move(x["x"] + 30 + 3 * pixel, x["y"] + 30 - 2 * pixel, steps=3)
    assert view.js("[+player.root.dataset.dy, +player.root.dataset.dx]") == [-2, 3] and view.saves("dx") == []
    mouse.up()
    assert (view.saves("dx"), view.saves("dy")) == ([3], [-2])
    conv = view.board("CONV1").locator("canvas").first
    box = conv.bounding_box()
    cell = (box["width"] - 8) / 16
    conv.click(position={"x": 4 + 10.5 * cell, "y": 4 + 3.5 * cell})
    unit = view.trait("unit")
    assert unit[0] == "CONV1" and unit[2:] == [3, 10]
    stack = made("lenet", dx=3, dy=-2, unit=tuple(unit))
    page.page.wait_for_function("document.querySelector('.cnn-stack').dataset.grown === ''")
    agree(view, stack)
    top, left, height, width = stack.fields["x"].box
    edge = colours(view, "x", [[left / 16, (top + height / 2) / 16], [(left + width / 2) / 16, (top + height) / 16]])
    assert np.abs(np.array(edge) - [0xD5, 0x5E, 0]).max() < 40, "in the colour of a window"
    view.board("POOL1").locator(".cnn-small").click(position={"x": 2 + 1.5 * 26, "y": 10})
    assert view.trait("channels")[1] in (1, 2)


def test_by_hand(page):
    check_hand(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ('view.held("dx", from.dx + Math', 'view.held("dx", Math.abs(from.dx) - Math'),
    ("const place = card.shape && card.at(event);", "const place = null;"),
    ("outline(ctx, field.lines, box, colours.kernel, colours.paper);", ""),
    ("if (channel >= 0) largeWithUnit(view, card, channel);", ""),
])
def test_a_clumsy_hand_is_noticed(browser, change):
    notices(browser, check_hand, change)


def check_curves(page):
    """The reading at every shift, for each layer; a click on a bar goes to its shift."""
    view, stack = mount(page, "ring", dx=1)
    view.control("Pooling").select_option(label="only steps")
    for name in stack.names:
        curve = view.board(name).locator(".cnn-curve")
        page.page.wait_for_function("canvas => / 8: [^,]+$/.test(canvas.ariaLabel)", arg=curve.element_handle())
        told = [f"{number(dx)}: {words.amount(stack.changed(dx=dx, pooling='stride').readings[name].off)}"
                for dx in (-8, -4, 0, 4, 8)]
        assert curve.get_attribute("aria-label") == f"{name}, how far off at shifts to the right of {', '.join(told)}"
    box = curve.bounding_box()
    curve.click(position={"x": 4 + (box["width"] - 8) * (12.5 / 17), "y": 10})
    assert view.trait("dx") == 4
    agree(view, stack.changed(dx=4, pooling="stride"))


def test_all_shifts_at_once(page):
    check_curves(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("if (key === this.key) return;", "if (this.key) return;"),
    ("(this.count - 1) / 2);\n    }", "this.count);\n    }"),
    ('card.curve.addEventListener("click", shift);', ""),
])
def test_wrong_curves_are_noticed(browser, change):
    notices(browser, check_curves, change)


def check_maps(page):
    """A cell has the colour of its number; or, when that is asked for, of what did not move along."""
    view, stack = mount(page, "ring", dx=4, padding="circular")
    view.from_python(unit=["MEAN", 0])
    page.frames()
    places = [[(j + 0.5) / 8, (i + 0.5) / 8] for i in (1, 6) for j in (2, 5)]
    channel = stack.loudest["POOL1"]
    values = [stack.maps["POOL1"][channel, i, j] for i in (1, 6) for j in (2, 5)]
    limit = np.abs(stack.before["POOL1"]).max()
    order = np.argsort(values)
    shown = np.array(colours(view, "POOL1", places), int)
    assert (np.diff(shown[order][:, 1]) <= 0).all(), "the larger, the less green"
    assert len(set(map(tuple, shown))) == 4 and min(values) > 0 and limit > 0
    view.from_python(channels=[1, 1, 1, 1, 0])
    view.from_python(mistakes=True)
    page.frames()
    assert view.trait("channels") == [-1] * 5, "large is what has the largest mistakes"
    assert (np.array(colours(view, "POOL1", places)) == 255).all(), "on a ring nothing is left"


def test_maps_are_coloured_by_their_numbers(page):
    check_maps(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("tones.of(values[start + n], limit)", "tones.of(values[n], limit)"),
    ("if (model.get(\"mistakes\")) this.large(null);", ""),
    ('model.get("mistakes") ? difference', "false ? difference"),
])
def test_wrong_maps_are_noticed(browser, change):
    notices(browser, check_maps, change)


def test_an_image_in_colour(page):
    """Its pixels as they are; where the unit's gradient is not asked for, under nothing."""
    x = np.random.default_rng(4).random((3, 16, 16))
    stack = stack_explorer(nn.Sequential(nn.Conv2d(3, 2, 3), nn.MaxPool2d(2)), x, dx=1)
    view = page.mount(stack, **stack.player(heat=False).state())
    pixels = [(0, 0), (3, 8), (12, 4), (15, 14)]
    shown = colours(view, "x", [[(column + 0.5) / 16, (row + 0.5) / 16] for row, column in pixels])
    for (row, column), rgb in zip(pixels, shown, strict=True):
        assert np.abs(255 * x[:, row, column - 1] - rgb).max() <= 1


def test_what_does_not_fit_is_told_and_undone(page):
    view, _ = mount(page, "lenet", unit=("FC4", 1))
    view.control("Padding").select_option(label="none")
    agree(view, made("lenet", padding="none", unit=("FC4", 1)))
    fault = made("lenet", padding="none").fault
    assert view.error == f"The end is missing: {fault}. Undo, or switch something else."
    assert [card["gone"] for card in cards(view)] == [False] * 4 + [True] * 2
    view.press("Undo")
    agree(view, made("lenet", unit=("FC4", 1)))
    assert view.error == "" and all(card["tick"] is False for card in cards(view))
    view.control("blur before each step").check()
    assert all(card["tick"] for card in cards(view)), "a mark: as it was built"
    bare = stack_explorer(nn.Sequential(nn.Conv2d(1, 1, 3)), np.eye(6))
    for each, usual in ((view, "zeros"), (page.mount(bare, **bare.player().state()), "as built")):
        assert each.control("Padding").locator("option").all_inner_texts() == [usual, "circular", "none"]


def test_a_tour_sets_it_and_waits(page):
    view, _ = mount(page, "ring", TOUR)
    assert "Move it." in view.text("cnn-told") and "cnn-spot" in view.board("x").get_attribute("class")
    drag(view, "Shift right", 1)
    assert view.text("cnn-verdict") == "Not yet: CONV1, POOL1, CONV2, POOL2, MEAN do not move along."
    view.control("Padding").select_option(label="circular")
    assert view.text("cnn-verdict") == "Not yet: POOL1, CONV2, POOL2, MEAN do not move along."
    drag(view, "Shift right", 4)
    assert view.text("cnn-verdict") == "Every meter reads 0." and view.trait("done") == [1]
    view.press("Next")
    page.frames()
    agree(view, made("ring", dx=4, padding="circular"))


def check_stage(page):
    """All layers of a network are seen at once on a lecture room's screen, beside the tour; this one is low."""
    view, _ = mount(page, "lenet", TOUR)
    page.page.set_viewport_size({"width": 1600, "height": 640})
    view.root.focus()
    page.page.keyboard.press("f")
    page.page.wait_for_selector(".cnn-staged")
    page.frames()
    bottom, least = view.js("""[player.root.querySelector(".cnn-stage").getBoundingClientRect().bottom,
      player.root.querySelector("[data-board=x] canvas").clientHeight]""")
    assert bottom <= 640 and least >= 100
    page.page.keyboard.press("f")
    page.page.wait_for_selector(".cnn-stack:not(.cnn-staged)")
    page.page.set_viewport_size({"width": 900, "height": 700})


def test_on_the_stage_all_layers_are_seen_at_once(page):
    check_stage(page)


@pytest.mark.control
def test_a_stage_that_is_too_tall_is_noticed(browser):
    notices(browser, check_stage, ("(over = this.below()) > 0", "(over = 0) > 0"))


def test_a_tour_asks_for_a_number_and_for_a_setting(page):
    """Near enough is right; what a task asked for belongs to the tour, and what else was changed to the visitor."""
    view, _ = mount(page, "ring", [
        {"text": "How wide?", "task": {"number": 8, "near": 0.5, "why": "So it is."}},
        {"text": "Move it by 2.", "task": {"do": "set", "name": "dx", "value": 2, "solved": {"dx": 2}}},
        {"text": "End."}])
    field = view.control("Your number")
    for typed, said in (("wide", "“wide” is not a number."), ("9", "Not yet."), ("8.4", "Right: 8. So it is.")):
        field.fill(typed)
        field.press("Enter")
        assert view.text("cnn-verdict") == said
    view.press("Next")
    assert view.text("cnn-kept") == ""
    drag(view, "Shift right", 2)
    assert view.text("cnn-verdict") == "Done." and view.trait("done") == [1, 2]
    view.press("Next")
    assert view.text("cnn-kept") == "" and view.trait("dx") == 2
    drag(view, "Shift right", 5)
    view.press("Back")
    assert "put aside" in view.text("cnn-kept") and view.trait("dx") == 0
    view.press("Bring them back")
    assert view.trait("dx") == 5


def check_fingers(page):
    """A finger drags the image, taps a unit, scrolls where it swipes over a map; what it presses is large enough."""
    view, _ = mount(page, "lenet")
    view.js("player.el.append(Object.assign(document.createElement('div'), { style: 'height: 2000px' }))")
    assert view.js(TARGETS) == []
    image, conv = (view.board(name).locator("canvas").first for name in ("x", "CONV1"))
    image.scroll_into_view_if_needed()
    place, box = page.page.evaluate("scrollY"), image.bounding_box()
    swipe(page, box["x"] + 30, box["y"] + 50, 30, -20)
    assert view.trait("dx") > 2 and view.trait("dy") < -1 and page.page.evaluate("scrollY") == place
    box = conv.bounding_box()
    swipe(page, box["x"] + 30, box["y"] + 50, 0, -120)
    page.page.wait_for_function("was => scrollY > was + 50", arg=place)
    assert view.trait("unit") is None
    conv.tap(position={"x": 40, "y": 40})
    assert view.trait("unit")[0] == "CONV1"


def test_fingers(browser):
    with opened(browser, **PHONE) as page:
        check_fingers(page)
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("cursor: grab; touch-action: none;", "cursor: grab;"),
    ('!event.button && event.pointerType !== "touch"', "!event.button"),
])
def test_clumsy_fingers_are_noticed(browser, change):
    with opened(browser, [change], **PHONE) as page, pytest.raises((AssertionError, Error)):
        check_fingers(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_looks(browser, theme):
    """Text has contrast enough; nothing sticks out of a narrow page."""
    with opened(browser, init=NOTE, color_scheme=theme, viewport={"width": 380, "height": 800}) as page:
        for name in ("lenet", "strided"):
            view, _ = mount(page, name, dx=1, blur=True)
            texts = view.js(TEXTS)
            assert len(texts) > 20 and [each for each in texts if contrast(each[1], each[2]) < 4.5] == []
            assert view.js(WIDE) == []
        assert page.errors == []


def test_a_spec_that_cannot_be_drawn_is_told_in_a_sentence(page):
    view = page.mount({"layers": []})
    assert "This picture cannot be drawn: " in view.text("cnn-error")
