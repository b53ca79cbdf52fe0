"""The view of shifts in a real Chromium: the numbers that Python counted, moved by keyboard and from Python.

Each check also runs on a view that was broken on purpose, and must notice.
"""

import pytest
from shifts_page import IMAGE, LONG, MARKS, MARKUP, PIXELS, SIGNAL, VIEWS, fine, floors, notices, opened, set_slider

from cnnlib.viz.kit.numbers import number

# --- what is shown ----------------------------------------------------------------------------------------------------


def check_numbers(page, made=SIGNAL):
    """Words, meters and marks are what Python counted, at every shift."""
    view = page.mount(made)
    for s in [*range(made.count), 0, 1]:
        set_slider(view, s)
        assert view.step == s and view.text("cnn-count") == f"{s} / {made.count - 1}"
        for name, shown in zip(made.names, floors(view), strict=True):
            same, moved, size = made.same[name][s], made.moved[name][s], made.size[name]
            assert shown["name"] == ("input x" if name == "x" else name) and shown["words"] == [*made.told(name, s)]
            assert shown["filled"] == pytest.approx([same / size, (moved or 0) / size], abs=0.02)
            assert shown["undefined"] == (moved is None)
            assert shown["marks"] == [size - same, 0 if moved is None else size - moved]
            values = ", ".join(map(number, made.values[name][s].ravel()))
            assert shown["said"][1].endswith(f"shift {s}: {values}" if size <= 16 else f"shift {s}, {size} cells")


def check_marks(page, made=SIGNAL):
    """A corner for every changed cell, a cross for every cell that did not move along, and the digits of all."""
    view = page.mount(made)
    for s in (3, 1, 2, 0):
        page.page.evaluate("Object.assign(drawn, { fills: 0, strokes: 0, digits: [] })")
        set_slider(view, s)
        changed = sum(made.size[name] - made.same[name][s] for name in made.names)
        strayed = sum(made.size[name] - moved for name in made.names if (moved := made.moved[name][s]) is not None)
        drawn = page.page.evaluate("drawn")
        assert (drawn["fills"], drawn["strokes"]) == (changed, changed + 4 * strayed // 2)
        assert drawn["digits"] == [number(value) for name in made.names for value in made.values[name][s].ravel()]


def check_pictures(page, made=PIXELS):
    """What is shifted is redrawn, what is not stays; small cells get a map, which is empty where nothing moves."""
    view = page.mount(made)
    [first, *_] = at_rest = floors(view)
    assert first["map"]
    assert first["pictures"][0] == first["pictures"][1] != first["pictures"][2]
    set_slider(view, 1)
    for before, after in zip(at_rest, floors(view), strict=True):
        assert before["pictures"][0] == after["pictures"][0]
        assert before["pictures"][1] != after["pictures"][1] and before["pictures"][2] != after["pictures"][2]
    set_slider(view, 0)
    assert floors(view) == at_rest


@pytest.mark.alike(2)
@pytest.mark.parametrize("name", VIEWS)
def test_the_numbers_are_pythons(browser, name):
    fine(browser, lambda page: check_numbers(page, VIEWS[name]))


@pytest.mark.parametrize("made", [SIGNAL, IMAGE], ids=["signal", "image"])
def test_every_changed_cell_is_marked(browser, made):
    fine(browser, lambda page: check_marks(page, made), init=MARKS)


@pytest.mark.parametrize("made", [PIXELS, LONG], ids=["pixels", "long"])
def test_pictures_of_small_cells(browser, made):
    fine(browser, lambda page: check_pictures(page, made))


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("for (const floor of this.floors) floor.show(this.shift);", ""),   # frozen
    ("told[shift]);", "told[0]);"), ("this.bar.style.width = ", "this.width = "),
    ("count ?? 0) / size", "size - (count ?? 0)) / size"), ('count === null);', "false);"),
    ("<= tolerance ? [] : [flat]", "<= 1 ? [] : [flat]"), ("shift / stride : null", "shift : null"),
    ("shift ${shift}${spelt(stage.values[shift])}", "shift ${shift}${spelt(stage.values[0])}"),
    ("- along) %", "+ along) %"),
])
def test_wrong_numbers_are_noticed(browser, change):
    notices(browser, check_numbers, change)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("this.repeated(stage.values[shift]);", "this.repeated(stage.values[0]);"),
    ("this.mark(after, changed, strayed);", "after.begin();"), ("after.drawLayer(this.colours, this.font);", ""),
    ("for (const flat of strayed)", "for (const flat of changed)"),
    ("wedgeAt(ctx, x + cell, y, size, ink, paper);", ""),
])
def test_wrong_marks_are_noticed(browser, change):
    notices(browser, check_marks, change, init=MARKS)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("map.begin();", ""), ("changed ? colours.ink", "false ? colours.ink"),
    ("hidden = cell >= MARKED", "hidden = true"),
    ("after.drawLayer(this.colours, this.font);", "after.drawLayer(this.colours, this.font), this.boards[0].drawLayer("
     "this.colours, this.font), this.boards[0].values = stage.values[shift], this.boards[0].begin();"),
])
def test_wrong_pictures_are_noticed(browser, change):
    notices(browser, check_pictures, change)


# --- by keyboard, and told aloud --------------------------------------------------------------------------------------


def check_keyboard(page):
    """Tab to the controls; arrows, Home and End on the slider; Enter on the buttons; all is told aloud."""
    view, keyboard = page.mount(SIGNAL), page.page.keyboard
    line = view.root.locator("[aria-live=polite]")
    assert line.text_content() == "", "nothing is told before anything happens"
    keyboard.press("Tab")
    keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.ariaLabel") == "Shift"
    for key, shift in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 7), ("Home", 0)):
        keyboard.press(key)
        assert view.step == shift == view.trait("shift")
        assert view.text("cnn-told") == SIGNAL.told("x", shift)[0]
        told = [f"{name}: {', '.join(SIGNAL.told(name, shift))}." for name in SIGNAL.names[1:]]
        assert line.text_content() == " ".join([f"Shift {shift}.", *told])
        assert view.control("Shift").get_attribute("aria-valuetext") == f"shift {shift} of 7"
    for name, press, shift in (("Shift left", "ArrowUp", 0), ("Shift right", "ArrowDown", 1)):
        keyboard.press(press)
        keyboard.press(press) if name == "Shift right" else None
        assert page.page.evaluate("document.activeElement.ariaLabel") == name
        keyboard.press("Enter")
        assert view.step == shift
    keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.textContent") == "Copy", "pictures are no stops on the way"


def test_by_keyboard_alone(browser):
    fine(browser, check_keyboard)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("floor.show(this.shift);", ";"), ('"aria-live": "polite"', '"aria-live": "off"'),
    ('this.slider.addEventListener("input"', 'this.slider.addEventListener("nothing"'),
    ("this.voice.textContent = this.report();", ""), ('iconButton("Shift left"', 'iconButton("left"'),
    ("this.go(this.shift + 1)", "this.go(this.shift)"), ('board.canvas.removeAttribute("tabindex");', ""),
    ("told[this.shift]}.`", "told[0]}.`"), ('"aria-label": "Shift" }', "}"), ("type: \"range\"", 'type: "text"'),
])
def test_the_keyboard_check_notices(browser, change):
    notices(browser, check_keyboard, change)


# --- with Python ------------------------------------------------------------------------------------------------------


def check_trait(page):
    """Sent when the slider comes to rest, not while it moves; what Python sets is shown, and nobody is told."""
    view = page.mount(SIGNAL, shift=3)
    assert view.step == 3 and view.control("Shift").input_value() == "3"
    for s in (4, 5, 6):
        set_slider(view, s)
    assert view.step == 6 and view.saves("shift") == []
    view.control("Shift").evaluate("slider => slider.dispatchEvent(new Event('change', { bubbles: true }))")
    assert view.saves("shift") == [6]
    view.from_python(shift=2)
    assert view.step == 2 and view.control("Shift").input_value() == "2" and view.saves("shift") == [6]
    view.press("Shift right")
    view.press("Shift left")
    assert view.saves("shift") == [6, 3, 2]
    view.from_python(shift=0)
    view.press("Shift left")
    assert view.step == 0 and view.saves("shift") == [6, 3, 2], "there is nothing below 0"
    second = page.mount(SIGNAL, shift=99)
    assert second.step == 7 and second.saves("shift") == []
    view.dispose()
    assert view.js("Object.values(player.listeners).flat().length") == 0


def test_the_trait_is_kept_in_step(browser):
    fine(browser, check_trait)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ('this.listen("change:shift"', 'this.listen("change:shifts"'), ("this.model.off(event, act)", "null"),
    ("this.model.save_changes();", ""), ("if (this.model.get(\"shift\") !== this.shift) this.save", "this.save"),
    ('("input", () => this.show(+this.slider.value))', '("input", () => this.go(+this.slider.value))'),
    ("Math.max(0, Math.min(this.count - 1,", "Math.max(0, Math.min(1e9,"),
])
def test_the_check_of_the_trait_notices(browser, change):
    notices(browser, check_trait, change)


def check_text(page):
    """What looks like markup in a name is shown as it stands."""
    view = page.mount(SIGNAL)
    view.press("Shift right")
    assert view.root.locator("img, b").count() == 0 and MARKUP in view.root.inner_text()
    assert MARKUP in view.text("cnn-voice")


def test_names_are_text(browser):
    fine(browser, check_text)


@pytest.mark.control
def test_names_as_markup_are_noticed(browser):
    notices(browser, check_text, ("this.words.textContent = words;", "this.element.parentElement.parentElement"
                                  ".parentElement.firstChild.innerHTML += '<b>bold</b>';"))
    notices(browser, check_text, ("this.voice.textContent =", "this.voice.innerHTML ="))


def test_a_spec_that_cannot_be_drawn_is_told_in_a_sentence(browser):
    with opened(browser) as page:
        view = page.mount({"count": 3})
        assert "This picture cannot be drawn: " in view.text("cnn-error") and page.errors == []
