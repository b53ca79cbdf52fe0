"""The player's looks, as far as they can be measured: themes, contrast, few colours, narrow pages, zoom, names.

What is drawn on the canvases is noted as it is drawn. Each check also runs on a player that was broken on purpose.
"""

import functools
import re

import player_page
import pytest
from player_page import opened
from player_scenes import LARGE, SCENES

# Notes of every canvas: digits with their colour and what was painted below them, frames, and fills.
NOTE = """
  const draw = CanvasRenderingContext2D.prototype, { fillText, fillRect, strokeRect } = draw;
  window.notes = new Map();
  const blank = () => ({ digits: [], frames: [], fills: new Set() });
  const noteOf = canvas => notes.get(canvas) ?? notes.set(canvas, blank()).get(canvas);
  draw.fillRect = function (...place) {
    noteOf(this.canvas).ground = this.fillStyle;
    noteOf(this.canvas).fills.add(this.fillStyle);
    return fillRect.apply(this, place);
  };
  draw.fillText = function (text, ...place) {
    noteOf(this.canvas).digits.push([text, this.fillStyle, noteOf(this.canvas).ground]);
    return fillText.call(this, text, ...place);
  };
  draw.strokeRect = function (...place) {
    noteOf(this.canvas).frames.push([this.strokeStyle, this.lineWidth]);
    return strokeRect.apply(this, place);
  };
"""
NOTES = "[...notes.values()].map(({ digits, frames, fills }) => ({ digits, frames, fills: [...fills] }))"


@pytest.fixture
def light(browser):
    with opened(browser, init=NOTE) as page:
        yield page
        assert page.errors == []


notices = functools.partial(player_page.notices, init=NOTE)


# --- colours ----------------------------------------------------------------------------------------------------------


def channels(colour):
    """(r, g, b) of "#rrggbb" or "rgb(...)"."""
    if colour.startswith("#"):
        return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
    return [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]


def luminance(colour):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (c / 255 for c in channels(colour))]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    """WCAG's contrast ratio of two colours, 1 to 21."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


# All elements with text of their own: the text, its colour, and that of the nearest painted ground.
TEXTS = """[...player.root.querySelectorAll("*")]
  .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .flatMap(e => {
    let ground = e;
    while (ground && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    const painted = getComputedStyle(ground).backgroundColor;
    const colours = ["", "::before", "::after"].map(part => getComputedStyle(e, part).color);
    return colours.map(colour => [e.textContent.slice(0, 40), colour, painted]);
  })"""
VARIABLES = """names => {
  const { root } = players.at(-1), probe = document.createElement("span");
  root.append(probe);
  const found = names.map(name => { probe.style.color = `var(--cnn-${name})`; return getComputedStyle(probe).color; });
  probe.remove();
  return found;
}"""


def check_contrast(page, names=("image", "channels", "max", "dx", "dw", "transpose")):
    """Text can be read (4.5), on the page and in the cells; outlines can be told from the paper (3)."""
    for name in names:
        player = page.mount(SCENES[name], step=1)
        player.js("""player.root.querySelector("canvas").dispatchEvent(new PointerEvent("pointermove", {
          bubbles: true, clientX: argument.x + 40, clientY: argument.y + 60 }))""",
                  player.js("player.root.querySelector('canvas').getBoundingClientRect().toJSON()"))
        player.js("player.fromPython('spec', {})")   # a sentence of complaint
        texts = player.js(TEXTS)
        assert len(texts) > 20 and any("expected" in text for text, *_ in texts) and player.text("cnn-hover")
        faint = [(text, colour, ground) for text, colour, ground in texts if contrast(colour, ground) < 4.5]
        assert not faint, faint
    notes = page.page.evaluate(NOTES)
    digits = [digit for note in notes for digit in note["digits"]]
    faint = [digit for digit in digits if contrast(digit[1], digit[2]) < 4.5]
    assert len(digits) > 40 * len(names) and not faint, faint[:5]
    paper, *outlines = page.page.evaluate(VARIABLES, ["paper", "input", "kernel", "output", "light", "quiet"])
    assert min(contrast(outline, paper) for outline in outlines) >= 3


@pytest.mark.alike(2)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast(browser, theme):
    with opened(browser, init=NOTE, color_scheme=theme) as page:
        check_contrast(page)


def test_contrast_in_jupyterlab(browser):
    """With the colours of JupyterLab's dark theme, while the system is light."""
    with opened(browser, init=NOTE) as page:
        page.page.evaluate("""() => {
          const { style, dataset } = document.body;
          style.background = "#111"; dataset.jpThemeLight = "false";
          style.setProperty("--jp-layout-color0", "#111111");
          style.setProperty("--jp-content-font-color0", "rgba(255, 255, 255, 1)");
        }""")
        check_contrast(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("--cnn-quiet: #595959", "--cnn-quiet: #999"), ("--cnn-input-text: #2b68b8", "--cnn-input-text: var(--cnn-input)"),
    ("--cnn-kernel: #d55e00", "--cnn-kernel: #ffb380"),
    ("contrast(colours.ink) >= contrast(colours.paper)", "contrast(colours.ink) < contrast(colours.paper)"),
])
def test_faint_colours_are_noticed(browser, change):
    notices(browser, lambda page: check_contrast(page, ["channels"]), change)


def check_themes(page):
    """The theme may change while the player is there: the system's, or JupyterLab's, which comes first."""
    player = page.mount(SCENES["image"], step=3)
    look = lambda: (player.js("getComputedStyle(player.root).backgroundColor"), player.picture)
    light = look()
    page.page.emulate_media(color_scheme="dark")
    page.frames()
    dark = look()
    assert luminance(dark[0]) < 0.02 < 0.9 < luminance(light[0]) and dark[1] != light[1]
    page.page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    page.frames()
    assert look() == light
    page.page.emulate_media(color_scheme="light")
    page.page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    page.frames()
    assert look() == dark
    page.page.evaluate("delete document.body.dataset.jpThemeLight")
    page.frames()
    assert look() == light


def test_themes_change_while_running(light):
    check_themes(light)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("setTheme(root); if (!laid()) view.redraw();", "setTheme(root);"),
    ('query.addEventListener("change", themed)', "query"), ('? jpThemeLight === "false"', "? false"),
])
def test_a_theme_that_does_not_follow_is_noticed(browser, change):
    notices(browser, check_themes, change)


def check_forced(page):
    """Where the system allows few colours, outlines and digits are drawn in them; large boards still have shades."""
    page.mount(SCENES["image"], step=3)
    [paper] = page.page.evaluate(VARIABLES, ["paper"])
    boards = [note for note in page.page.evaluate(NOTES) if note["digits"]]
    assert len(boards) == 4
    for note in boards:   # lines of width 1 are those between cells
        frames = [colour for colour, width in note["frames"] if width > 1]
        assert frames and all(contrast(colour, paper) >= 3 for colour in frames)
        assert all(contrast(ground, paper) == 1 and contrast(ink, ground) >= 4.5 for _, ink, ground in note["digits"])
    page.page.evaluate("notes.clear()")
    page.mount(LARGE)
    assert max(len(note["fills"]) for note in page.page.evaluate(NOTES)) > 30


def test_forced_colours(browser):
    with opened(browser, init=NOTE, forced_colors="active") as page:
        check_forced(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("--cnn-kernel: Highlight", "--cnn-kernel: Canvas"),
    ("--cnn-negative: Highlight; --cnn-positive: CanvasText", "--cnn-negative: Canvas; --cnn-positive: Canvas"),
])
def test_what_cannot_be_seen_in_few_colours_is_noticed(browser, change):
    notices(browser, check_forced, change, forced_colors="active")


# --- room -------------------------------------------------------------------------------------------------------------

# What sticks out of the player, or out of the page.
WIDE = """(() => {
  const { left, right } = player.root.getBoundingClientRect(), out = [];
  for (const e of player.root.querySelectorAll("*:not(.cnn-voice)")) {
    const box = e.getBoundingClientRect();
    if (box.width && (box.right > right + 0.5 || box.left < left - 0.5)) out.push(`${e.tagName} ${e.className}`);
    if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth && getComputedStyle(e).display !== "inline")
      out.push(`in ${e.tagName} ${e.className}`);
  }
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) out.push(`page ${page.scrollWidth} > ${page.clientWidth}`);
  return out;
})()"""


def check_room(page, names=(*SCENES, "large")):
    """Nothing is wider than the player, and the player is not wider than its page."""
    for name in names:
        player = page.mount(LARGE if name == "large" else SCENES[name], step=2)
        assert player.js(WIDE) == []
        assert player.js("Math.min(...[...player.root.querySelectorAll('canvas')].map(c => c.clientHeight))") > 30
        player.remove()


@pytest.mark.alike(4)
@pytest.mark.parametrize(("width", "scale"), [(380, 1), (450, 2), (320, 1)])
def test_narrow_pages_and_fine_screens(browser, width, scale):
    with opened(browser, viewport={"width": width, "height": 700}, device_scale_factor=scale) as page:
        check_room(page)
        player = page.mount(SCENES["image"])
        canvases = "[...player.root.querySelectorAll('canvas')]"
        assert player.js(f"{canvases}.every(canvas => canvas.width === argument * canvas.clientWidth)", scale)


@pytest.mark.control
def test_boards_that_do_not_wrap_are_noticed(browser):
    change = ("flex-wrap: wrap; align-items: center; gap: 4px", "align-items: center; gap: 4px")
    notices(browser, check_room, change, viewport={"width": 380, "height": 700})


def test_it_fits_again_when_its_column_changes(light):
    """A notebook's column may be dragged narrower, and wider again."""
    player = light.mount(SCENES["channels"])
    wide = player.picture
    for width, same in (("380px", False), ("auto", True)):
        player.js("player.el.style.width = argument", width)
        light.frames(3)
        assert player.js(WIDE) == [] and (player.picture == wide) == same


def check_zoom(page):
    """Also at 200 % nothing sticks out, and the pointer finds its cells."""
    page.page.evaluate("document.documentElement.style.zoom = 2")
    check_room(page, ["image", "channels"])
    player = page.mount(SCENES["image"])
    player.js("player.root.querySelector('.cnn-stage').scrollIntoView()")   # larger than the window
    player.js("player.root.querySelector('.cnn-stage').scrollTop = 60")
    box = player.board("x").locator("canvas").bounding_box()
    page.page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.7)   # of 9 cells the 7th
    assert player.board("x").get_attribute("data-lit") == str(5 * 7 + 5)


def test_zoom(light):
    check_zoom(light)


@pytest.mark.control
def test_a_pointer_lost_in_zoom_is_noticed(browser):
    notices(browser, check_zoom, ("scale = board.size[0] / width", "scale = 1"))


# --- names ------------------------------------------------------------------------------------------------------------

CONTROLS = r"- (button|slider|checkbox|spinbutton|combobox|textbox|application|toolbar|group)\b(?: \"([^\"]+)\")?"


def check_names(page):
    """Every control has a name, each its own."""
    player = page.mount(SCENES["image"])
    found = re.findall(CONTROLS, player.root.aria_snapshot())
    kinds = [kind for kind, _ in found]
    assert kinds.count("button") >= 5 and kinds.count("slider") >= 2 and kinds.count("application") == 4
    names = [name for _, name in found]
    assert all(names) and len(set(names)) == len(names)
    assert {"Play", "Next step", "Previous step", "First step", "Last step", "Step", "Speed", "Loop"} <= set(names)
    assert "input x, 7 by 7 cells" in names
    assert player.root.get_attribute("role") == "group" and "space plays" in player.root.get_attribute("aria-label")


def test_every_control_has_a_name(light):
    check_names(light)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ('max: SPEEDS.length - 1, step: 1, "aria-label": "Speed"', "max: SPEEDS.length - 1, step: 1"),
    ('button.setAttribute("aria-label", name);', 'button.setAttribute("aria-label", "button");'),
])
def test_missing_names_are_noticed(browser, change):
    notices(browser, check_names, change)


def test_the_focus_is_seen(light):
    """Whatever Tab reaches has an outline."""
    player = light.mount(SCENES["image"])
    player.root.focus()
    seen = []
    for key in ["Tab", *["PageDown"] * 3, "Tab", *["ArrowDown"] * 6, "Tab", *["ArrowDown"] * 3, "Tab"]:
        light.page.keyboard.press(key)
        seen.append(light.page.evaluate("""(({ tagName, type }, { outlineStyle, outlineWidth }) =>
          [`${tagName} ${type ?? ""}`, outlineStyle, parseFloat(outlineWidth)])
          (document.activeElement, getComputedStyle(document.activeElement))"""))
    assert [name for name, *_ in seen].count("CANVAS ") == 4
    assert all(line != "none" and width >= 2 for name, line, width in seen)
