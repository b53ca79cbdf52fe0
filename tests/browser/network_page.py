"""Views of networks in a page of a real browser, without a kernel (see player_page): drawn into as hands do it."""

import contextlib

import numpy as np
import player_page
from playwright.sync_api import Error

import cnnlib as cnn
from cnnlib.viz.network.player import NetworkExplorer

DATA = cnn.data.mnist()
IMAGES, LABELS = DATA.x_test[:6], DATA.y_test[:6]
MODEL = cnn.zoo.digits()
DIGITS = cnn.viz.network_explorer(MODEL, IMAGES, labels=LABELS)
COLOUR = cnn.viz.network_explorer(
    cnn.zoo.classifier(N=1, M=2, K=0, in_channels=3, size=16, filters=24),
    np.random.default_rng(3).random((2, 3, 16, 16)), list("abcdefghij"))
PLAIN = cnn.viz.network_explorer(cnn.nn.Sequential(cnn.nn.Flatten(), cnn.nn.Linear(64, 3)), input_shape=(1, 8, 8))


@contextlib.contextmanager
def opened(browser, changes=(), **options):
    """A page of players (see player_page) with the code and the style of this view."""
    options = {"viewport": {"width": 1000, "height": 1500}, "reduced_motion": "reduce", **options}
    with player_page.opened(browser, changes, widget=NetworkExplorer, **options) as page:
        page.page.set_default_timeout(4000)
        yield page


notices = player_page.noticing(opened, (AssertionError, Error), patience=1200)


def got(view):
    """The input as the page shows it, (H, W) in 256ths."""
    return np.array(view.js("""(() => {
      const canvas = player.root.querySelector(".cnn-got canvas"), { width, height } = canvas, side = 28;
      const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
      const all = [...Array(side).keys()], at = n => Math.floor((n + 0.5) * width / side);
      return all.map(r => all.map(c => data[4 * (at(r) * width + at(c))]));
    })()"""))


def told(view, act):
    """Do it, and wait until the view has told what became of it; returns what it said."""
    before = len(view.saves("image"))
    act()
    view.page.wait_for_function(f"{view.handle}.saved.filter(sent => 'image' in sent).length > {before}")
    return view.voice


def draw(view, strokes):
    """Strokes in a square of side 1, drawn with the mouse."""
    box, mouse = view.root.locator(".cnn-pad").bounding_box(), view.page.mouse
    for stroke in strokes:
        def act(stroke=stroke):
            for n, (x, y) in enumerate(stroke):
                mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
                if not n:
                    mouse.down()
            mouse.up()
        told(view, act)
    return view.js("player.root.dataset.answer")
