"""The kernel lab in a page of its own: what its tests share."""

import contextlib

import numpy as np
import player_page
from playwright.sync_api import Error

import cnnlib as cnn
from cnnlib.viz.kernel.player import KernelLab

PHOTO, CAT = cnn.data.photo("camera"), cnn.data.photo("chelsea")[:, ::2, ::2]
RNG = np.random.default_rng(8)
SMALL = RNG.integers(0, 256, (20, 24))
# A camera for those tests that want one: it shows a red field, and says who stopped it.
CAMERA = """
  window.camera = { error: null, stopped: 0 };
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { async getUserMedia() {
    if (camera.error) throw new DOMException("no", camera.error);
    const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
    const ctx = canvas.getContext("2d");
    const paint = () => { ctx.fillStyle = "rgb(250, 0, 0)"; ctx.fillRect(0, 0, 64, 48); };
    paint();
    setInterval(paint, 30);
    const stream = canvas.captureStream();
    for (const track of stream.getTracks()) {
      const stop = track.stop.bind(track);
      track.stop = () => { camera.stopped++; stop(); };
    }
    return stream;
  } } });
"""


@contextlib.contextmanager
def opened(browser, changes=(), **options):
    with player_page.opened(browser, changes, widget=KernelLab, **options) as page:
        page.page.set_default_timeout(4000)
        yield page


notices = player_page.noticing(opened, (AssertionError, Error, TypeError), patience=1500)


def mount(page, lab, **traits):
    return page.mount(lab, **lab.player(**traits).state())

