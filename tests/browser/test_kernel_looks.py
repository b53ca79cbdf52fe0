"""How the kernel lab looks in a real Chromium: in both themes, on a phone, on the stage, and what is taken along."""

import io

import numpy as np
import pytest
from kernel_page import CAT, PHOTO, SMALL, mount, notices, opened
from PIL import Image
from test_player_looks import TEXTS, contrast

import cnnlib as cnn


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser, viewport={"width": 960, "height": 1000}) as page:
        yield page
        assert page.errors == [] and page.outside == []


def check_looks(page):
    """Text and weights can be read in both themes, nothing is wider than a phone, the sign of a response is seen."""
    view = mount(page, cnn.viz.kernel_lab(CAT, "emboss", second="gaussian", view="signed"))
    seen = []
    for scheme, width in (("light", 960), ("dark", 380)):
        page.page.set_viewport_size({"width": width, "height": 900})
        page.page.emulate_media(color_scheme=scheme)
        page.frames(3)
        texts = view.js(TEXTS)
        assert len(texts) > 40 and [each for each in texts if contrast(each[1], each[2]) < 4.5] == []
        weights = view.js("""[...player.root.querySelectorAll(".cnn-weight")].map(field => getComputedStyle(field))
          .map(({ color, backgroundColor }) => [color, backgroundColor])""")
        assert len(weights) == 34 and min(contrast(*each) for each in weights) > 4.5
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        seen.append(view.picture)
    assert seen[0] != seen[1]
    view.from_python(kernel=[np.eye(15).tolist()], second=None)
    grid = view.root.locator(".cnn-grid").first.bounding_box()
    assert grid["x"] + grid["width"] < 380, "all 15 columns"
    flat = mount(page, cnn.viz.kernel_lab(np.full((20, 20), 100), [[-1]], view="signed"))
    colour = """[...player.root.querySelector("[data-board=output] canvas").getContext("2d")
      .getImageData(30, 30, 1, 1).data]"""
    red, _, blue, _ = flat.js(colour)
    assert blue > red + 60, "below zero"
    flat.from_python(view="picture")
    red, _, blue, _ = flat.js(colour)
    assert blue > red + 60, "below zero, as a picture, too"


def test_looks(page):
    try:
        check_looks(page)
    finally:
        page.page.set_viewport_size({"width": 960, "height": 1000})
        page.page.emulate_media(color_scheme="light")


@pytest.mark.control
def test_looks_broken(browser):
    notices(browser, check_looks, ("if (value < -0.5)", "if (false)"))


def test_on_the_stage_all_is_in_sight(browser):
    """A lecturer's 1280 x 720, with the tour; and back."""
    with opened(browser, viewport={"width": 1280, "height": 720}) as page:
        made = cnn.viz.kernel_lab({"man": PHOTO[40:168, 10:250]})
        view = page.mount(made, **made.player(tour=cnn.learn.tour("03", "lab")).state())
        order = "[...player.root.children].map(child => child.className)"
        before = view.js(order)
        view.root.focus()
        page.page.keyboard.press("f")
        view.root.and_(page.page.locator(".cnn-beside")).wait_for()
        low = [view.root.locator(part).last.bounding_box() for part in (".cnn-side", ".cnn-loupe .cnn-sum")]
        assert max(box["y"] + box["height"] for box in low) <= 720
        page.page.keyboard.press("f")
        view.root.and_(page.page.locator(":not(.cnn-beside)")).wait_for()
        assert view.js(order) == before and page.errors == []


def test_taking_it_along(page):
    """The picture has the weights, too, which are fields on the page."""
    inks, said = [], []
    for kernel in ("box", "laplacian"):
        view = mount(page, cnn.viz.kernel_lab(SMALL[:2, :2], kernel))
        view.press("Save")
        with page.page.expect_download() as kept:
            view.press(".png")
        assert kept.value.suggested_filename.startswith("picture-under-a-kernel-")
        with open(kept.value.path(), "rb") as file:
            taken = Image.open(io.BytesIO(file.read())).convert("RGB")
        where = lambda part, view=view: view.js("(({ x, y, width, height }) => [x, y, width, height])("
                                     "player.root.querySelector(argument).getBoundingClientRect())", part)
        left = where("[data-board=input]")
        for part, (wide, high), ink in ((".cnn-grid", (40, 30), inks), (".cnn-where button", (60, 20), said)):
            box = where(part)
            x, y = (2 * (box[n] + box[n + 2] / 2 - left[n] + 10) for n in (0, 1))
            ink.append(np.asarray(taken.crop((x - wide, y - high, x + wide, y + high))).mean(axis=(0, 1)))
    assert inks[0][0] > inks[0][2] + 40 and inks[1][2] > inks[1][0] + 40, "the middle of the one is red, then blue"
    assert np.min(said) == 255, "no words of what can only be pressed"
