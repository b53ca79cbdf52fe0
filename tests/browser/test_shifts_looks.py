"""The looks of the view of shifts: contrast, themes, narrow pages, few colours.

Each check also runs on a view that was broken on purpose, and must notice.
"""

import pytest
from shifts_page import IMAGE, SIGNAL, VIEWS, fine, notices, opened
from test_player_looks import NOTE, TEXTS, WIDE, contrast, luminance


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


@pytest.mark.control
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


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("if (!laid()) view.redraw();", "laid();"), ('query.addEventListener("change", themed)', "query"),
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


@pytest.mark.alike(4)
@pytest.mark.parametrize(("width", "scale"), [(900, 1), (380, 2), (320, 1)])
def test_narrow_pages(browser, width, scale):
    fine(browser, check_room, viewport={"width": width, "height": 700}, device_scale_factor=scale)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    (".cnn-shifts .cnn-beside { display: flex; flex-wrap: wrap;", ".cnn-shifts .cnn-beside { display: flex;"),
    ("if (width) view.relayOut();", "if (width) ;"), ("this.axes === 1 ? room - name", "this.axes === 1 ? room + name"),
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
