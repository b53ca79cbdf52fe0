"""What is written on the player's canvases is written out, also where the cells below it are narrow."""

import numpy as np
import pytest
from player_page import notices, opened

import cnnlib as cnn

# What is written beyond the right edge of a canvas, by name.
CUT = """
  window.cut = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, ...place) {
    const end = x + this.measureText(text).width * (this.textAlign === "left" ? 1 : 0.5);
    if (end > this.canvas.width / this.getTransform().a) window.cut.push(text);
    return fillText.call(this, text, x, ...place);
  };
"""
NARROW = cnn.viz.slide(np.ones((3, 2, 3)), np.ones((2, 3, 1, 1)) * -7, b=[0, 10])   # cells narrower than their names


def check_names_of_panels(page):
    """Names of channels and their sums are written out, in a wide column and in a narrow one."""
    player = page.mount(NARROW)
    for width in ("auto", "380px"):
        player.js("player.el.style.width = argument", width)
        page.frames(3)
        player.button("Next step").click()
        page.frames(3)
    assert page.page.evaluate("window.cut") == []


def test_names_of_panels_are_written_out(browser):
    with opened(browser, init=CUT) as page:
        check_names_of_panels(page)


@pytest.mark.control
def test_a_name_that_is_cut_is_noticed(browser):
    notices(browser, check_names_of_panels, ("const NAME = 72;", "const NAME = 0;"), init=CUT)


def check_breaks(page):
    """A long sum is whole, on a phone and elsewhere: it breaks before a sign, never in a number or a name."""
    rng = np.random.default_rng(1)
    player = page.mount(cnn.viz.slide(rng.normal(size=(4, 4)) * 100, rng.normal(size=(3, 3)) * 100), step=3)
    for width in ("auto", "380px", "240px"):
        player.js("player.el.style.width = argument", width)
        rows = player.js("""[...player.root.querySelectorAll(".cnn-sum > span")].map(part => {
          const { top, right, height } = part.getBoundingClientRect(), edge = player.root.getBoundingClientRect().right;
          return [part.textContent, Math.round(top), right <= edge, height < 30];
        })""")
        assert player.text("cnn-sum").count("·") == 9 and player.text("cnn-sum").startswith("y[1, 1] = ")
        assert all(inside and one for *_, inside, one in rows), rows
        firsts = [text for n, (text, top, *_) in enumerate(rows) if n and top != rows[n - 1][1]]
        assert all(text[0] in "+=≈" for text in firsts) and (width == "auto" or len(firsts) > 1)


def test_sums_break_between_terms(browser):
    with opened(browser) as page:
        check_breaks(page)


@pytest.mark.control
def test_sums_break_between_terms_broken(browser):
    notices(browser, check_breaks, (".cnn-slide .cnn-whole { white-space: nowrap; }",
                                    ".cnn-slide .cnn-whole { word-break: break-all; }"))
