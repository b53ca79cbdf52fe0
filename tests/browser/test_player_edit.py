"""Editing in the player: cells typed into and dragged, undo, redo, reset; in a real Chromium, without Python.

What is committed is read from the model and held to `cnn.viz`. Each check also runs on a player that was broken on
purpose, and must notice.
"""

import numpy as np
import pytest
from editing import FILTERS, IMAGE, MARKUP, W, X, click, field, notices, quiet, shows, spot, type_into

from cnnlib.viz import slide

# --- cells ------------------------------------------------------------------------------------------------------------


def check_typing(page):
    player = page.mount(IMAGE, step=7)
    type_into(player, "x", 2, 3, "-2.5")
    x = X.astype(float)
    x[2, 3] = -2.5
    assert player.trait("spec") == slide(x, W).spec
    assert player.saves("spec") == [slide(x, W).spec] and player.saves("step") == []
    assert player.step == 7 and player.voice == "x[2, 3] is −2.5"
    shows(player)
    type_into(player, "w", 1, 0, "1/4")
    assert player.trait("spec")["w"][0][0][1] == [0.25, 1, -2]
    assert len(player.saves("spec")) == 2
    shows(player)
    quiet(player)


def test_typing_into_a_cell(page):
    check_typing(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("    return this.keep(text);", "    return true;"),
    ('player.save("spec", this.now);', 'player.save("spec", this.now); player.save("spec", this.now);'),
    ("index: flat, value }", "index: 0, value }"),
])
def test_wrong_typing_is_noticed(browser, change):
    notices(browser, check_typing, change)


def test_click_twice_enter_escape_and_blur(page):
    player, keyboard = page.mount(IMAGE), page.page.keyboard
    click(player, "x", 3, 3)
    assert field(player).count() == 0 and player.text("cnn-hover").startswith("x[3, 3] = ")
    click(player, "x", 3, 3)
    assert field(player).get_attribute("aria-label") == "x[3, 3]"
    assert field(player).input_value() == str(X[3, 3])
    keyboard.type("8")   # the old value is selected
    keyboard.press("Escape")
    assert field(player).count() == 0 and player.saves("spec") == []
    keyboard.press("Enter")   # the cell still has the keyboard
    assert field(player).input_value() == str(X[3, 3])
    keyboard.type("9")
    click(player, "x", 5, 5)   # elsewhere: taken
    assert player.trait("spec")["x"][0][3][3] == 9
    type_into(player, "x", 0, 0, str(X[0, 0]))   # the value it has: nothing happened
    assert len(player.saves("spec")) == 1
    player.board("x").locator("canvas").dblclick(position={"x": 20, "y": 20})
    assert field(player).get_attribute("aria-label") == "x[0, 0]"


def test_tab_goes_through_the_cells(page):
    player, keyboard = page.mount(IMAGE), page.page.keyboard
    click(player, "w", 1, 2)
    for text in "123":
        keyboard.type(text)
        keyboard.press("Tab")
    assert field(player).get_attribute("aria-label") == "w[2, 2]"
    keyboard.type("4")
    keyboard.press("Shift+Tab")
    assert field(player).get_attribute("aria-label") == "w[2, 1]"
    assert player.trait("spec")["w"][0][0] == [[1, 0, -1], [2, 1, 1], [2, 3, 4]]
    keyboard.press("Tab")
    keyboard.press("Tab")   # behind the last cell: on to what follows
    assert field(player).count() == 0
    assert page.page.evaluate("document.activeElement.getAttribute('aria-label')") == "Play"


def check_keyboard(page):
    """Without a mouse: Tab to a board, arrow keys to a cell, a digit, and on from there."""
    player, keyboard = page.mount(IMAGE), page.page.keyboard
    player.root.focus()
    keyboard.press("Tab")   # into x
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "7", "Enter", "ArrowRight", "5", "Enter"):
        keyboard.press(key)
    assert player.trait("spec")["x"][0][2][:3] == [X[2, 0], 7, 5]
    keyboard.press("Enter")
    keyboard.press("Backspace")
    keyboard.type("−1.5")   # a true minus sign
    keyboard.press("Enter")
    assert player.trait("spec")["x"][0][2][2] == -1.5
    keyboard.press("Control+z")
    assert player.trait("spec")["x"][0][2][2] == 5
    keyboard.press("ArrowRight")   # still in the cells, not in the steps
    assert player.step == 0 and player.text("cnn-hover").startswith("x[2, 3]")
    shows(player)


def test_keyboard_only(page):
    check_keyboard(page)


@pytest.mark.control
def test_a_lost_keyboard_is_noticed(browser):
    notices(browser, check_keyboard, ("player.point(board, cursor.flat);", ";"))


def check_drag(page):
    player, mouse, old = page.mount(IMAGE, step=2), page.page.mouse, float(W[0][0])
    x, y = spot(player, "w", 0, 0)
    values = []
    mouse.move(x, y)
    mouse.down()
    for way in (2, 7, 14, 28):
        mouse.move(x, y - way)
        values.append(player.value)
    assert values[0] == IMAGE.frame(2).value   # 4 pixels are not yet a drag
    expected = [IMAGE.frame(2).value + more * X[0, 2] for more in (1, 2, 4)]
    assert values[1:] == expected and player.saves("spec") == []
    mouse.move(x + 200, y + 7)   # far away, and down
    mouse.up()
    assert [spec["w"][0][0][0][0] for spec in player.saves("spec")] == [old - 1]
    assert player.step == 2 and player.voice == "w[0, 0] is 0"
    mouse.move(x + 200, y - 50)   # after the button was let go
    assert player.trait("spec")["w"][0][0][0][0] == old - 1
    page.page.keyboard.down("Shift")
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 21)
    mouse.up()
    page.page.keyboard.up("Shift")
    assert player.trait("spec")["w"][0][0][0][0] == 0.3   # not 0.30000000000000004
    shows(player)
    for value in (0, 1):
        player.press("Undo")
        assert player.trait("spec")["w"][0][0][0][0] == value
    assert player.button("Undo").is_disabled()
    assert field(player).count() == 0
    quiet(player)


def test_dragging_a_cell(page):
    check_drag(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("Number(value.toFixed(10))", "value"),
    ("history.show(changed(held, next), held.step);", "history.commit(changed(held, next), '');"),
    ("if (held.moved) history.settle(said(held));", ""), ("if (!held || held.done ||", "if (true ||"),
])
def test_a_wrong_drag_is_noticed(browser, change):
    notices(browser, check_drag, change)


def test_a_drag_can_be_given_up(page):
    player, mouse = page.mount(IMAGE), page.page.mouse
    x, y = spot(player, "x", 1, 1)
    for give_up in (lambda: page.page.keyboard.press("Escape"),
                    lambda: player.board("x").locator("canvas").dispatch_event("pointercancel")):
        mouse.move(x, y)
        mouse.down()
        mouse.move(x, y - 35)
        assert player.value == IMAGE.frame(0).value + 5 * W[1][1]
        give_up()
        mouse.move(x, y - 70)
        mouse.up()
        assert player.value == IMAGE.frame(0).value and player.saves("spec") == []


def test_gradients_have_cells_too(page):
    for direction, other in (("dx", "w"), ("dw", "x")):
        scene = slide(X, W, stride=2, direction=direction)
        for spec in (scene.spec, {**scene.spec, "dy": None}):   # not given: all ones
            player = page.mount(spec)
            type_into(player, "dy", 0, 1, "4")
            assert player.trait("spec")["dy"] == [[[1, 4, 1], [1, 1, 1], [1, 1, 1]]]
            type_into(player, other, 0, 0, "9")
            assert player.trait("spec")[other][0][0][0] in (9, [9, 0, -1])
            shows(player)
            page.clear()


def test_results_are_not_to_be_edited(page):
    player = page.mount(IMAGE)
    for board in ("p", "y"):
        player.board(board).locator("canvas").click(position={"x": 15, "y": 15})
        page.page.keyboard.type("5")
        page.page.keyboard.press("Enter")
        assert field(player).count() == 0
    assert player.saves("spec") == []


# --- values that make no sense ----------------------------------------------------------------------------------------

BAD_NUMBERS = {
    "abc": '"abc"', "1e400": '"1e400"', "NaN": '"NaN"', "": "empty", "--": '"--"', "Infinity": '"Infinity"',
    "1,500": '"1,500"', "0x10": '"0x10"', "1/0": '"1/0"', "2 3": '"2 3"', "1e101": '"1e101"',
    MARKUP: '"<img src=x onerror=alert…"',
}


def check_bad_cells(page, bad=("abc", "1e400")):
    player = page.mount(IMAGE, step=3)
    for text in bad:
        click(player, "x", 1, 2)
        if not field(player).count():   # selected already? Then the click has opened it
            page.page.keyboard.press("Enter")
        field(player).fill(text)
        page.page.keyboard.press("Enter")
        assert field(player).get_attribute("aria-invalid") == "true"
        assert player.error.startswith(f"x[1, 2] is {BAD_NUMBERS[text]}; expected ")
        shows(player, IMAGE.spec)
        page.page.keyboard.press("Tab")   # not away from it either
        assert field(player).input_value() == text
        page.page.keyboard.press("Escape")
        assert field(player).count() == 0
        quiet(player)
    click(player, "x", 1, 2)
    page.page.keyboard.type("-")
    player.press("Next step")   # left behind: the cell keeps what it has
    assert field(player).count() == 0 and player.error.startswith("x[1, 2] is \"-\"")
    type_into(player, "x", 1, 2, "6")   # and the next value is taken
    assert [spec["x"][0][1][2] for spec in player.saves("spec")] == [6]
    shows(player)
    quiet(player)


def test_bad_values_in_a_cell(page):
    check_bad_cells(page, BAD_NUMBERS)


@pytest.mark.control
def test_taken_nonsense_is_noticed(browser):
    notices(browser, check_bad_cells, ("if (Math.abs(typed?.value) <= LARGEST_NUMBER)", "if (typed)"))


def check_markup(page):
    """Text is text: in a cell, in the bias, in a value from Python that is refused."""
    player = page.mount(IMAGE)
    click(player, "w", 0, 0)
    page.page.keyboard.press("Enter")
    field(player).fill(MARKUP[:20] + ">")
    page.page.keyboard.press("Enter")
    assert MARKUP[:20] in player.error
    page.page.keyboard.press("Escape")
    player.control("bias b[0]").fill("<b>1</b>")
    page.page.keyboard.press("Enter")
    assert '"<b>1</b>"' in player.error
    spec = IMAGE.spec
    spec["x"][0][0][0] = MARKUP
    player.from_python(spec=spec)
    assert MARKUP[:20] in player.error
    shows(player, IMAGE.spec)
    assert player.root.locator("img, b").count() == 0


def test_markup_is_only_text(page):
    check_markup(page)


@pytest.mark.control
def test_markup_is_noticed(browser):
    notices(browser, check_markup, ("this.error.textContent = sentence", "this.error.innerHTML = sentence"))


def test_huge_and_tiny_values(page):
    player = page.mount(IMAGE)
    for text in ("1e100", "-1e100", "1e-300", ".5", "+3", "7."):
        type_into(player, "x", 0, 0, text)
        assert player.trait("spec")["x"][0][0][0] == float(text)
        shows(player)
    quiet(player)


# --- undo, redo, reset ------------------------------------------------------------------------------------------------


def check_history(page):
    player, keyboard = page.mount(IMAGE), page.page.keyboard
    names = ("Undo", "Redo", "Reset")
    usable = lambda: [name for name in names if player.button(name).is_enabled()]
    assert usable() == []
    for text in "123":
        type_into(player, "x", 0, 0, text)
    player.control("Stride").fill("2")
    keyboard.press("Enter")
    assert usable() == ["Undo", "Reset"]
    first = lambda: (player.trait("spec")["x"][0][0][0], player.trait("spec")["stride"][0])
    seen = []
    for press in ("Undo", "Undo", "Redo", "Undo", "Undo", "Undo"):
        player.press(press)
        seen.append(first())
        shows(player)
    assert seen == [(3, 1), (2, 1), (3, 1), (2, 1), (1, 1), (X[0, 0], 1)]
    assert usable() == ["Redo"] and player.voice == "Undone: x[0, 0] is 1"
    keyboard.press("Control+Shift+Z")   # the keys still reach the player
    keyboard.press("Control+y")
    assert first() == (2, 1)
    keyboard.press("Control+z")
    assert first() == (1, 1) and usable() == list(names)
    type_into(player, "w", 0, 0, "5")   # another way from here
    assert usable() == ["Undo", "Reset"]
    player.press("Reset")
    assert player.trait("spec") == IMAGE.spec and usable() == ["Undo"] and player.voice == "Reset"
    player.press("Undo")
    assert first() == (1, 1) and player.trait("spec")["w"][0][0][0][0] == 5
    assert player.trait("spec") == player.saves("spec")[-1] and len(player.saves("spec")) == 16
    shows(player)
    count = len(player.saves("spec"))
    player.from_python(spec=FILTERS.spec)   # one more entry, sent by Python, not by us
    assert usable() == ["Undo"] and len(player.saves("spec")) == count
    player.press("Random x")
    player.press("Reset")
    assert player.trait("spec") == FILTERS.spec
    for _ in range(3):
        player.press("Undo")
    assert player.trait("spec")["w"][0][0][0][0] == 5
    shows(player)
    quiet(player)


def test_undo_redo_reset(page):
    check_history(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("    from.pop();", ""), ("      this.given = spec;", ""), ("this.future.length = 0;", ";"),
    ("if (disabled && button === document.activeElement)", "if (false)"),
])
def test_a_wrong_history_is_noticed(browser, change):
    notices(browser, check_history, change)


def test_an_echo_is_not_a_change(page):
    player = page.mount(IMAGE)
    type_into(player, "x", 0, 0, "8")
    player.js("player.fromPython('spec', null)")   # refused; then what was sent comes back, as a new object
    player.from_python(spec=player.saves("spec")[0])
    player.press("Undo")
    assert player.trait("spec") == IMAGE.spec and player.button("Undo").is_disabled()


def enter(player):
    click(player, "x", 6, 6)
    player.page.keyboard.press("Enter")


def drag(player):
    x, y = spot(player, "x", 3, 3)
    player.page.mouse.move(x, y)
    player.page.mouse.down()
    player.page.mouse.move(x, y - 30)
    player.page.mouse.up()


def test_editing_stops_the_animation(page):
    for act in (enter, drag):
        player = page.mount(slide(np.ones((9, 9)), np.ones((3, 3))), speed=1)
        player.press("Play")
        act(player)
        assert player.button("Play").count() == 1
        page.clear()
