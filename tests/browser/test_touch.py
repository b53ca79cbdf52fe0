"""Fingers: a drag on a cell changes it, a swipe elsewhere scrolls, targets are large, the hint fits the device."""

import contextlib

import pytest
from editing import IMAGE, SPOT
from kernel_page import CAT
from player_page import notices, opened
from playwright.sync_api import Error, TimeoutError
from shifts_page import IMAGE as SHIFTS

from cnnlib.viz import kernel_lab, slide
from cnnlib.viz.kernel.player import KernelLab
from cnnlib.viz.shifts.player import ShiftPlayer

PHONE = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 700}}
PADDED = slide(IMAGE.x, IMAGE.w, padding=1)
TARGETS = """[...player.root.querySelectorAll("button, input, select")].filter(each => each.checkVisibility())
.map(each => {
  const box = (each.matches("[type=checkbox]") ? each.closest("label") : each).getBoundingClientRect();
  return [each.getAttribute("aria-label") ?? each.textContent, Math.min(box.width, box.height)];
}).filter(([, size]) => size < 40)"""

PLACE = "scrollY + document.querySelector('.cnn-stage').scrollTop"   # of the page, and of the boards in their frame


def swipe(page, x, y, across, down):
    """A finger that is put down, moved in small steps, and lifted."""
    finger = page.page.context.new_cdp_session(page.page)
    touch = [{"x": x, "y": y}]
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": touch})
    for n in range(1, 11):
        touch = [{"x": x + across * n / 10, "y": y + down * n / 10}]
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": touch})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.frames()


def scrolls(page, player, board, row):
    """Whether a swipe that begins on a cell scrolls the page."""
    spot, before = player.js(SPOT, [board, row, 3]), page.page.evaluate(PLACE)
    swipe(page, *spot, 0, -100)
    with contextlib.suppress(TimeoutError):
        page.page.wait_for_function(f"was => {PLACE} > was + 50", arg=before, timeout=2000)
        return True
    return False


def check_drag(page):
    player = page.mount(PADDED)
    player.js("player.el.append(Object.assign(document.createElement('div'), { style: 'height: 2000px' }))")

    spot = player.js(SPOT, ["x", 3, 3])
    before, scrolled = player.trait("spec"), page.page.evaluate(PLACE)
    swipe(page, *spot, 4, -70)
    after = player.trait("spec")
    assert page.page.evaluate(PLACE) == scrolled and after["x"][0][3][3] == before["x"][0][3][3] + 10
    for board, row in (("x", -1), ("y", 0)):   # padding is nothing to change, nor is an output
        assert any(scrolls(page, player, board, row) for _ in range(3)), board   # a busy Chromium may miss a swipe
        assert player.trait("spec") == after, board
    assert len(player.saves("spec")) == 1


def test_a_drag_changes_a_cell_and_a_swipe_scrolls(browser):
    with opened(browser, **PHONE) as page:
        check_drag(page)
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("event.cancelable && dragging()", "false"), ("event.cancelable && dragging()", "true"),
    ("this.scrolls && step !== this.brought", "this.scrolls"),
])
def test_a_page_that_scrolls_away_or_never_is_noticed(browser, change):
    notices(browser, check_drag, change, errors=(AssertionError, Error), **PHONE)


def test_a_finger_that_rests_opens_no_menu(browser):
    """That of a mouse comes, as everywhere."""
    with opened(browser, **PHONE) as page:
        player = page.mount(IMAGE)
        opens = """(() => {
          const event = new PointerEvent("contextmenu", { pointerType: argument, bubbles: true, cancelable: true });
          let heard = false;
          document.addEventListener("contextmenu", () => { heard = true; }, { once: true });
          return player.root.querySelector("[data-board=x] canvas").dispatchEvent(event) && heard;
        })()"""
        assert [player.js(opens, pointer) for pointer in ("touch", "mouse")] == [False, True]


def test_a_cell_opens_at_a_second_tap(browser):
    with opened(browser, **PHONE) as page:
        player = page.mount(IMAGE)
        for _ in range(2):
            page.page.touchscreen.tap(*player.js(SPOT, ["x", 2, 2]))
        field = player.root.locator(".cnn-field")
        assert field.bounding_box()["height"] >= 40
        field.fill("0,5")
        field.press("Enter")
        assert player.trait("spec")["x"][0][2][2] == 0.5


@pytest.mark.alike(3)
@pytest.mark.parametrize(("widget", "scene"), [
    (None, PADDED), (ShiftPlayer, SHIFTS), (KernelLab, kernel_lab(CAT, "gaussian", second="box"))])
def test_targets_are_large_enough(browser, widget, scene):
    with opened(browser, **PHONE, **({"widget": widget} if widget else {})) as page:
        player = page.mount(scene)
        assert player.js(TARGETS) == []
        assert page.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_hint_is_for_this_device(browser):
    for options, word in ((PHONE, "tap"), ({}, "Click")):
        with opened(browser, **options) as page:
            assert word in page.mount(IMAGE).root.locator(".cnn-hint").inner_text()
