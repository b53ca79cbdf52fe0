"""Views of shifts in a page of a real browser, without a kernel (see player_page), and the views that tests look at."""

import contextlib

import numpy as np
import player_page
from playwright.sync_api import Error

import cnnlib as cnn
from cnnlib.viz.shifts.player import ShiftPlayer


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


notices = player_page.noticing(opened, (AssertionError, Error, TypeError))


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
