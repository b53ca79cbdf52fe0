"""The view of shifts in a real Chromium, without a kernel and in JupyterLab: it shows the numbers that Python counted.

Each check also runs on a view that was broken on purpose, and must notice.
"""

import contextlib

import nbformat
import numpy as np
import player_page
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Error
from test_player_looks import NOTE, TEXTS, WIDE, contrast, luminance

import cnnlib as cnn
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.shifts.player import ShiftPlayer
from tools import store


def pool(a):
    return a[:len(a) // 2 * 2].reshape(-1, 2).max(1)


def pool_image(a):
    return cnn.max_pool2d(a[None, None], 2)[0, 0]


MARKUP = "<img src=x onerror=alert(1)><b>bold</b>"
SIGNAL = cnn.viz.shifts([0, 0, 1, 1, 0, 0, 2, 3], {
    "edges": lambda a: cnn.correlate1d(a, [-1, 0, 1], padding=1), MARKUP: cnn.relu, "pool": pool, "largest": np.max})
IMAGE = cnn.viz.shifts(np.arange(24).reshape(4, 6) % 5, {
    "mean": lambda a: cnn.correlate2d(a, np.ones((3, 3)) / 9, padding=1), "pool": pool_image, "largest": np.max})
PIXELS = cnn.viz.shifts(np.random.default_rng(4).random((28, 28)).round(1), {"pool": pool_image})
LONG = cnn.viz.shifts(np.sin(np.arange(60) / 3), {"smooth": lambda a: cnn.correlate1d(a, [1, 2, 1], padding=1)})
VIEWS = {"signal": SIGNAL, "image": IMAGE, "pixels": PIXELS, "long": LONG}

# Marks are the only paths that are filled (corners) and, with a second stroke, crosses.
MARKS = """
  const draw = CanvasRenderingContext2D.prototype, { fill, stroke, fillText } = draw;
  window.drawn = { fills: 0, strokes: 0, digits: [] };
  draw.fill = function (...path) { drawn.fills++; return fill.apply(this, path); };
  draw.stroke = function (...path) { drawn.strokes++; return stroke.apply(this, path); };
  draw.fillText = function (text, ...place) { drawn.digits.push(text); return fillText.call(this, text, ...place); };
"""


@contextlib.contextmanager
def opened(browser, changes=(), **options):
    """A page of players (see player_page) with the code and the style of this view."""
    with player_page.opened(browser, changes, widget=ShiftPlayer, **options) as page:
        page.page.set_default_timeout(2000)
        yield page


def notices(browser, check, *changes, **options):
    """A view that was broken on purpose fails the check."""
    with pytest.raises((AssertionError, Error, TypeError)), opened(browser, changes, **options) as page:
        check(page)


def fine(browser, check, **options):
    with opened(browser, **options) as page:
        check(page)
        assert page.errors == [] and page.outside == []


def floors(view):
    """The stages as the page shows them."""
    return view.js("""[...player.root.querySelectorAll(".cnn-floor")].map(floor => ({
      name: floor.getAttribute("aria-label"), words: [...floor.querySelectorAll(".cnn-told")].map(e => e.textContent),
      filled: [...floor.querySelectorAll(".cnn-meter")].map(e =>
        e.querySelector(".cnn-fill").getBoundingClientRect().width / e.querySelector(".cnn-track").clientWidth),
      undefined: floor.querySelector("[data-kind=moved]").hasAttribute("data-undefined"),
      marks: [+floor.dataset.changed, +floor.dataset.strayed],
      said: [...floor.querySelectorAll("canvas")].map(e => e.getAttribute("aria-label")),
      pictures: [...floor.querySelectorAll("canvas")].map(e => e.toDataURL()),
      map: floor.querySelectorAll("figure")[2].checkVisibility(),
    }))""")


def set_slider(view, shift):
    """As a hand does that drags it: told while it moves."""
    view.control("Shift").evaluate("""(slider, shift) => {
      slider.value = shift;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }""", shift)


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


@pytest.mark.parametrize("name", VIEWS)
def test_the_numbers_are_pythons(browser, name):
    fine(browser, lambda page: check_numbers(page, VIEWS[name]))


@pytest.mark.parametrize("made", [SIGNAL, IMAGE], ids=["signal", "image"])
def test_every_changed_cell_is_marked(browser, made):
    fine(browser, lambda page: check_marks(page, made), init=MARKS)


@pytest.mark.parametrize("made", [PIXELS, LONG], ids=["pixels", "long"])
def test_pictures_of_small_cells(browser, made):
    fine(browser, lambda page: check_pictures(page, made))


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


@pytest.mark.parametrize("change", [
    ("this.repeated(stage.values[shift]);", "this.repeated(stage.values[0]);"),
    ("this.mark(after, changed, strayed);", "after.begin();"), ("after.drawLayer(this.colours, this.font);", ""),
    ("for (const flat of strayed)", "for (const flat of changed)"),
    ("wedgeAt(ctx, x + cell, y, size, ink, paper);", ""),
])
def test_wrong_marks_are_noticed(browser, change):
    notices(browser, check_marks, change, init=MARKS)


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
    """Tab to the three controls; arrows, Home and End on the slider; Enter on the buttons; all is told aloud."""
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
    for name, press, shift in (("Shift left", "Shift+Tab", 0), ("Shift right", "Tab", 1)):
        keyboard.press(press)
        keyboard.press(press) if name == "Shift right" else None
        assert page.page.evaluate("document.activeElement.ariaLabel") == name
        keyboard.press("Enter")
        assert view.step == shift
    keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement === document.body"), "pictures are no stops on the way"


def test_by_keyboard_alone(browser):
    fine(browser, check_keyboard)


@pytest.mark.parametrize("change", [
    ("floor.show(this.shift);", ";"), ('"aria-live": "polite"', '"aria-live": "off"'),
    ('this.slider.addEventListener("input"', 'this.slider.addEventListener("nothing"'),
    ("this.voice.textContent = this.report();", ""), ('["Shift left", "Shift right"]', '["left", "right"]'),
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


@pytest.mark.parametrize("change", [
    ('model.on("change:shift", shifted);', ""), ('model.off("change:shift", shifted);', ""),
    ("this.model.save_changes();", ""), ("if (this.model.get(\"shift\") === this.shift) return;", ""),
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


def test_names_as_markup_are_noticed(browser):
    notices(browser, check_text, ("this.words.textContent = words;", "this.element.parentElement.parentElement"
                                  ".parentElement.firstChild.innerHTML += '<b>bold</b>';"))
    notices(browser, check_text, ("this.voice.textContent =", "this.voice.innerHTML ="))


def test_a_spec_that_cannot_be_drawn_is_told_in_a_sentence(browser):
    with opened(browser) as page:
        view = page.mount({"count": 3})
        assert "This picture cannot be drawn: " in view.text("cnn-error") and page.errors == []


# --- looks ------------------------------------------------------------------------------------------------------------


def check_looks(page):
    """Text and digits have contrast enough, outlines and meters are seen, and no meter is told by its colour alone."""
    for made in (SIGNAL, IMAGE):
        view = page.mount(made, shift=1)
        texts = view.js(TEXTS)
        assert len(texts) > 40
        assert [each for each in texts if contrast(each[1], each[2]) < 4.5] == []
    digits = [digit for note in page.page.evaluate("[...notes.values()].map(({ digits }) => digits)") for digit in note]
    assert len(digits) > 100 and [digit for digit in digits if contrast(*digit[1:]) < 4.5] == []
    paper = view.js("getComputedStyle(player.root).backgroundColor")
    for line in view.js("[...player.root.querySelectorAll('.cnn-track')].map(e => getComputedStyle(e).borderTopColor)"):
        assert contrast(line, paper) >= 3
    bars = view.js("""["same", "moved"].map(kind => getComputedStyle(
      player.root.querySelector(`[data-kind=${kind}] .cnn-fill`)).backgroundImage.split("(")[0])""")
    assert bars == ["none", "repeating-linear-gradient"]
    track = "player.root.querySelector('[data-undefined] .cnn-track')"
    assert view.js(f"getComputedStyle({track}).borderTopStyle") == "dashed"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(browser, theme):
    fine(browser, check_looks, init=NOTE, color_scheme=theme)


@pytest.mark.parametrize("change", [
    ("--cnn-quiet: #595959", "--cnn-quiet: #999"), ("border-style: dashed", "border-style: solid"),
    (".cnn-shifts [data-kind=\"moved\"] .cnn-fill { background: repeating-linear-gradient", ".no { background: linear"),
])
def test_faint_looks_are_noticed(browser, change):
    notices(browser, check_looks, change, init=NOTE)


def check_themes(page):
    """JupyterLab's theme while it is open, the system's where there is none."""
    view = page.mount(SIGNAL, shift=1)
    look = lambda: (view.js("getComputedStyle(player.root).backgroundColor"), view.picture)
    light = look()
    page.page.emulate_media(color_scheme="dark")
    page.frames()
    dark = look()
    assert luminance(dark[0]) < 0.02 < 0.9 < luminance(light[0]) and dark[1] != light[1]
    page.page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    page.frames()
    assert look() == light


def test_themes_change_while_it_is_open(browser):
    fine(browser, check_themes)


@pytest.mark.parametrize("change", [
    ("setTheme(root); this.redraw();", "setTheme(root);"), ('query.addEventListener("change", themed)', "query"),
    ('attributeFilter: ["data-jp-theme-light", "data-jp-theme-name", "class"]', 'attributeFilter: ["class"]'),
])
def test_a_theme_that_does_not_follow_is_noticed(browser, change):
    notices(browser, check_themes, change)


def check_room(page):
    """Nothing sticks out of the view or of a narrow page; and it fits again when its column changes."""
    for made in VIEWS.values():
        view = page.mount(made, shift=1)
        assert view.js(WIDE) == []
        view.remove()
    view = page.mount(SIGNAL, shift=1)
    before = view.picture
    view.js("player.el.style.width = '290px'")
    page.frames(3)
    assert view.js(WIDE) == [] and view.picture != before


@pytest.mark.parametrize(("width", "scale"), [(900, 1), (380, 2), (320, 1)])
def test_narrow_pages(browser, width, scale):
    fine(browser, check_room, viewport={"width": width, "height": 700}, device_scale_factor=scale)


@pytest.mark.parametrize("change", [
    (".cnn-shifts .cnn-beside { display: flex; flex-wrap: wrap;", ".cnn-shifts .cnn-beside { display: flex;"),
    ("this.layOut(); });", "});"), ("room - ROW_NAME", "room + ROW_NAME"),
    ("min-width: 60px; max-width: 380px", "min-width: 380px"),
])
def test_what_sticks_out_is_noticed(browser, change):
    notices(browser, check_room, change, viewport={"width": 380, "height": 700})


def test_few_colours(browser):
    """Where the system allows few, digits, marks and meters are still told apart."""
    with opened(browser, init=NOTE, forced_colors="active") as page:
        view = page.mount(SIGNAL, shift=1)
        for note in page.page.evaluate("[...notes.values()].map(({ digits }) => digits)"):
            assert all(contrast(ink, ground) >= 4.5 for _, ink, ground in note)
        fill, paper = view.js("""["background-color", "color"].map(name => getComputedStyle(
          player.root.querySelector(name === "color" ? ".cnn-track" : ".cnn-fill")).getPropertyValue(
            name === "color" ? "background-color" : name))""")
        assert fill != paper


# --- in JupyterLab ----------------------------------------------------------------------------------------------------

CODE = """import numpy as np

import cnnlib as cnn

made = cnn.viz.shifts([0, 0, 1, 1, 0, 0, 1, 1], {"pool": lambda a: a.reshape(-1, 2).max(1), "all": np.max})
player = made.player(shift=1)
player"""
READ = "print(player.shift)"
RUN = """number => {
  const { content, context } = jupyterapp.shell.currentWidget;
  content.activeCellIndex = number;
  return jupyterapp.commands.execute("notebook:run-cell")
    .then(() => context.model.cells.get(number).toJSON().outputs.map(output => output.text ?? "").join(""));
}"""


def test_in_jupyterlab(lessons, open_notebook, requests_outside):
    """Stored a figure and a digest; run, alive: arrow keys shift, Python knows, and no other cell is chosen by them."""
    path = lessons / "shifts.ipynb"
    cells = [new_markdown_cell("# Shifts"), new_code_cell(CODE), new_code_cell(READ)]
    nbformat.write(new_notebook(cells=cells), path)
    assert store.store(path) == (True, [])
    text = path.read_text(encoding="utf-8")
    assert "widget-view" not in text and "Shifts 8 -> pool 4 -> all 1, 8 shifts, " in text
    notebook = open_notebook("shifts.ipynb")
    assert notebook.problems() == [] and len(notebook.images()) == 1
    notebook.run_all()
    assert notebook.problems() == []
    root = notebook.page.locator(".cnn-shifts")
    assert root.get_attribute("data-shift") == "1" and "2 of 4 unchanged" in root.inner_text()
    root.get_by_label("Shift", exact=True).focus()
    active = notebook.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex")
    for _ in range(3):
        notebook.page.keyboard.press("ArrowRight")
    assert root.get_attribute("data-shift") == "4" and "4 of 4 moved along" in root.inner_text()
    assert notebook.page.evaluate("jupyterapp.shell.currentWidget.content.activeCellIndex") == active
    # what the browser sends may come after a cell that was just started
    assert any(notebook.page.evaluate(RUN, 2).strip() == "4" for _ in range(3))
    notebook.page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    root.and_(notebook.page.locator("[data-theme=dark]")).wait_for()
    assert requests_outside == []
