"""Taking along what is shown, in both widgets: the picture on the clipboard, files, and where there is no Python or no
clipboard, a sentence."""

import base64
import io
import re

import numpy as np
import pytest
import shifts_page
from matplotlib.image import imread
from player_page import notices, opened
from player_scenes import SCENES
from playwright.sync_api import Error

from cnnlib.viz import kernel_lab
from cnnlib.viz.kit import files
from cnnlib.viz.kit.modules import STATIC

READ = """async () => {
  const [item] = await navigator.clipboard.read(), blob = await item.getType("image/png");
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  return new Promise(read => { reader.onload = () => read(reader.result.split(",")[1]); });
}"""
PLAYER, SHIFTS = "convolution-7x7-by-3x3", "shifts-of-8"
SHOWN = {PLAYER: SCENES["image"], SHIFTS: shifts_page.SIGNAL}


@pytest.fixture(scope="module", params=[PLAYER, pytest.param(SHIFTS, marks=pytest.mark.long)])
def alone(request, browser, tmp_path_factory):
    """(name, page): each widget in a page of its own, opened from the disk, where a clipboard is and no Python."""
    path = tmp_path_factory.mktemp("take") / "page.html"
    files.save(SHOWN[request.param], path)
    context = browser.new_context(viewport={"width": 1280, "height": 700}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(path.as_uri())
    page.locator(".cnn-player").press("ArrowRight")
    yield request.param, page
    context.close()


def said(page):
    """What is said at last of something taken along."""
    line = page.locator(".cnn-hands [role=status]:not(:empty)")
    line.filter(has_not_text="…").wait_for()
    return line.text_content()


def press(page, name):
    page.locator(".cnn-hands").get_by_role("button", name=name, exact=True).click()


def looks(png, page):
    """The picture is as sharp as it is said to be and shows the boards, not only the words around them."""
    pixels = imread(io.BytesIO(png))[..., :3]
    boards = page.locator(".cnn-board canvas:visible").all()
    boxes = [board.bounding_box() for board in boards]
    left, right = min(box["x"] for box in boxes), max(box["x"] + box["width"] for box in boxes)
    assert 2 * (right - left) <= pixels.shape[1] <= 2.1 * page.viewport_size["width"]
    assert pixels.shape[0] >= 2 * max(box["y"] + box["height"] for box in boxes) - 2 * min(box["y"] for box in boxes)
    coloured = np.ptp(pixels, axis=-1) > 0.02
    assert coloured.mean() > 0.1
    return pixels


def test_copy(alone):
    name, page = alone
    before = page.locator("canvas").first.evaluate("canvas => canvas.toDataURL()")
    press(page, "Copy")
    assert said(page) == "The picture is on the clipboard."
    pixels = looks(base64.b64decode(page.evaluate(READ)), page)
    below = pixels[-90:] if name.startswith("conv") else pixels[:60]   # the sum; the name of the first stage
    assert below.min() < 0.4 and (below > 0.95).mean() > 0.8
    assert page.locator("canvas").first.evaluate("canvas => canvas.toDataURL()") == before


def test_save(alone, tmp_path):
    """The same picture as a file, whose name says what it shows; the others wait for Python, and say so."""
    name, page = alone
    assert page.locator(".cnn-hands").get_by_role("button", name=".png").count() == 0, "shown when asked for"
    press(page, "Save")
    with page.expect_download() as download:
        press(page, ".png")
    file = f"{name}-{'step-2' if name.startswith('conv') else 'shift-1'}.png"
    assert download.value.suggested_filename == file and said(page) == f"Saved as {file}."
    download.value.save_as(tmp_path / file)
    looks((tmp_path / file).read_bytes(), page)
    for kind in files.SUFFIXES[:-1]:
        button = page.locator(".cnn-hands").get_by_role("button", name=kind, exact=True)
        assert button.is_disabled() and button.get_attribute("title").endswith("only while Python runs")


def check_picture(page):
    """The file has the boards and the sum; and the page is as it was."""
    player = page.mount(SCENES["image"], step=9)
    before = player.picture
    player.press("Previous step")
    player.press("Next step")   # on its way: what is taken along is the step with its sum
    press(page.page, "Save")
    with page.page.expect_download() as download:
        press(page.page, ".png")
    with open(download.value.path(), "rb") as file:
        pixels = looks(file.read(), page.page)
    assert pixels[-50:].min() < 0.4, "the sum"
    assert player.picture == before


def test_the_picture(browser):
    with opened(browser) as page:
        check_picture(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("ctx.drawImage(canvas, 0, 0, width, height)", "0"), ("ctx.fillText(word, 0,", "(0,"),
    ("sharpen(view, boards, usual);", ""), ("const SHARP = 2;", "const SHARP = 1;"),
])
def test_wrong_pictures_are_noticed(browser, change):
    notices(browser, check_picture, change, errors=(AssertionError, Error), patience=2000)


def check_python(page):
    """With Python behind it, it is asked; what it sends becomes a file, what it says is read."""
    player = page.mount(SCENES["image"], python=True, step=3)
    press(page.page, "Save")
    press(page.page, ".svg")
    assert player.js("player.saved.at(-1)") == {"save": ".svg", "step": 3}
    answer = "player.listeners['msg:custom'].forEach(hear => hear(...argument))"
    with page.page.expect_download() as download:
        player.js(answer.replace("...argument", "{ saved: '.svg' }, [new TextEncoder().encode('<svg/>')]"))
    assert download.value.suggested_filename == "convolution-7x7-by-3x3-step-4.svg"
    with open(download.value.path()) as file:
        assert file.read() == "<svg/>"
    press(page.page, ".gif")
    assert player.js("player.saved.at(-1)") == {"save": ".gif", "step": None}
    player.js(answer, [{"saved": ".gif", "fault": "too many frames"}])
    assert said(page.page) == "too many frames"
    player.js(answer, [{"saved": ".html"}])   # another view's
    assert said(page.page) == "too many frames"


def test_python_makes_the_others(browser):
    with opened(browser) as page:
        check_python(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("if (saved !== awaited.kind) return;", ""), ("step: still ? step : null", "step"),
    ("if (fault) say(fault); else", ""),
])
def test_what_python_is_told_wrongly_is_noticed(browser, change):
    notices(browser, check_python, change, errors=(AssertionError, Error), patience=1500)


def test_no_clipboard(browser):
    """A page that is not secure has none: the sentence says what to do."""
    with opened(browser) as page:
        page.mount(SCENES["signal"])
        press(page.page, "Copy")
        assert said(page.page).startswith("This browser does not let a picture onto the clipboard")


def test_what_is_asked_is_not_in_the_picture(browser):
    """Where something is to be predicted, Python is not told to draw that step."""
    with opened(browser) as page:
        player = page.mount(SCENES["image"], python=True, step=3, mode="predict")
        press(page.page, "Save")
        press(page.page, ".svg")
        assert player.js("player.saved.at(-1)") == {"save": ".svg", "step": None}


# --- the list of keys -------------------------------------------------------------------------------------------------

def rows(file):
    """The list as a module has it."""
    return re.findall(r'^  \["([^"]+)", "([^"]+)"\],$', file.read_text(encoding="utf-8"), flags=re.M)


def test_the_readme_has_the_list():
    readme = (STATIC.parents[3] / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"^\| key \| in the player \|\n.*\n((?:\|.*\n)+)", readme, flags=re.M)[1]
    assert listed == "".join(f"| {key} | {does} |\n" for key, does in rows(STATIC.parents[1] / "slide/static/keys.js"))


@pytest.mark.alike(3)
@pytest.mark.parametrize(("entry", "shown"), [("slide/static/keys.js", SCENES["image"]),
                                             ("shifts/static/shifts.js", shifts_page.SIGNAL),
                                             ("kernel/static/lab.js", kernel_lab([[0]]))])
def test_the_list_of_keys(browser, entry, shown):
    """? and a button show it, Esc closes it, and meanwhile nothing else moves; only keys that there are stand in it."""
    widget, known = shown.widget, rows(STATIC.parents[1] / entry)
    with opened(browser, widget=widget) as page:
        player, dialog = page.mount(shown), page.page.get_by_role("dialog")
        player.root.focus()
        for end in ("Escape", "?"):
            page.page.keyboard.press("?")
            listed = list(zip(*(dialog.locator(part).all_inner_texts() for part in ("dt", "dd")), strict=True))
            assert [row for row in known if row in listed or not re.fullmatch("[A-Z]", row[0])] == listed
            assert len(listed) >= 5
            page.page.keyboard.press("ArrowRight")
            page.page.keyboard.press(end)
            assert dialog.count() == 0 and player.root.evaluate("root => root === document.activeElement")
        press(page.page, "Keys")
        page.page.get_by_role("button", name="Close").click()
        assert dialog.count() == 0 and player.js("player.root.dataset.step") == "0"
