"""The keyboard alone: few stops for Tab, arrow keys inside each, and the same in both widgets."""

import pytest
import shifts_page
from player_page import notices
from player_scenes import SCENES

NOW = """(({ activeElement: now }) => now.dataset.board ?? now.closest("[data-board]")?.dataset.board
  ?? now.getAttribute("aria-label") ?? now.textContent)(document)"""


def press(page, *keys):
    """What has the focus after these keys."""
    for key in keys:
        page.page.keyboard.press(key)
    return page.page.evaluate(NOW)


def stops(page, player):
    """What Tab stops at from the player on, and back again from behind it."""
    player.root.focus()
    player.js("player.el.after(Object.assign(document.createElement('button'), { textContent: 'behind' }))")
    there = []
    while press(page, "Tab") != "behind":
        there.append(page.page.evaluate(NOW))
        assert len(there) < 12
    back = [press(page, "Shift+Tab") for _ in there]
    assert back[::-1] == there
    return there


def check_stops(page):
    player = page.mount(SCENES["image"])
    assert stops(page, player)[:4] == ["x", "Play", "Kernel size slider", "bias b[0]"]
    assert player.step == 0


def test_few_stops(page):
    check_stops(page)


@pytest.mark.control
def test_many_stops_are_noticed(browser):
    notices(browser, check_stops, ("control.tabIndex = control === stop ? 0 : -1", ""))


def check_inside(page):
    """Up and down go through a group, round its ends; left and right step, or move a slider; Tab comes back there."""
    player = page.mount(SCENES["image"])
    player.button("Play").focus()
    assert press(page, "ArrowDown") == "Next step" and press(page, "ArrowUp", "ArrowUp") == "Previous step"
    assert press(page, "ArrowRight", "ArrowRight", "ArrowLeft") == "Previous step" and player.step == 1
    assert press(page, "ArrowUp") == "First step" and press(page, "ArrowUp", "ArrowUp", "ArrowUp") == "Loop"
    assert press(page, "ArrowUp") == "Speed" and press(page, "ArrowRight") == "Speed" and player.trait("speed") == 2
    assert press(page, "Tab", "Shift+Tab") == "Speed" and player.step == 1
    # A digit on a slider is typed into its field; what cannot be used is passed over.
    assert press(page, "Tab", "ArrowDown", "1") == "Stride" and press(page, "Enter") == "Stride"
    assert player.trait("spec")["stride"] == [1, 1]
    assert press(page, "Shift+Tab") == "Stride slider"
    assert player.button("Redo").is_disabled() and press(page, "Tab", "ArrowUp", "ArrowUp") == "Undo"
    press(page, "Enter")
    assert player.trait("spec")["stride"] == [2, 2]
    # An open cell keeps the keys to itself.
    assert press(page, "b", "Enter", "ArrowUp", "ArrowDown") == "x" and player.root.locator(".cnn-field").count() == 1


def test_inside_a_group(page):
    check_inside(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("{ ArrowDown: 1, ArrowUp: -1 }", "{ ArrowDown: 1 }"), ("return field.focus(), field.select();", "return;"),
    ('document.addEventListener("keydown", tab, true);', ""), ("!control.disabled &&", ""),
    ("input:not(.cnn-field)", "input"), ("can.includes(last) ? last :", ""),
])
def test_groups_without_order_are_noticed(browser, change):
    notices(browser, check_inside, change)


def test_nothing_listens_when_it_is_closed(page):
    player = page.mount(SCENES["image"])
    player.dispose()
    assert player.root.count() == 0 and press(page, "Tab") is not None


def check_shifts(page):
    """Arrow keys, Home and End move the shift wherever the focus is."""
    view = page.mount(shifts_page.SIGNAL)
    assert stops(page, view)[0] == "Shift"
    last = view.js("player.state.spec.count") - 1
    for control in (view.root, view.control("Shift"), view.button("Shift right")):
        control.focus()
        seen = []
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
            press(page, key)
            seen.append(view.js("+player.root.dataset.shift"))
        assert seen == [1, 2, 1, last, 0]
    view.control("Shift").focus()
    assert press(page, "ArrowDown") == "Shift right" and press(page, "ArrowUp", "ArrowUp") == "Shift left"
    assert view.trait("shift") == 0


def test_shifts(browser):
    shifts_page.fine(browser, check_shifts)


@pytest.mark.control
def test_shifts_without_keys_are_noticed(browser):
    shifts_page.notices(browser, check_shifts, ("Home: () => this.go(0)", "Home: () => {}"))
