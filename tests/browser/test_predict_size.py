"""While outputs are asked for, nothing in the live player tells how many there are, as in its still."""

import numpy as np
import pytest
from player_page import notices, opened
from predicting import NOTE, PREDICT, guess

from cnnlib.viz import pool, slide

X = np.arange(30).reshape(5, 6)
SCENE = slide(X, [[1, 0, 1]], stride=2)   # 3 x 2 outputs, the last column is never read
TELLING = ("3 × 2", "3×2", "3 by 2", "of 6", "/ 6", "⌊", "never read")

# Colours on the board of the output, apart from the surroundings of one cell; and labels that are read aloud.
BOARD = """(([row, column, rows, columns]) => {
  const canvas = player.root.querySelector("figure[data-board=y] canvas"), cell = (canvas.width - 10) / columns;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), seen = new Set();
  for (let y = 0; y < canvas.height; y++) for (let x = 0; x < canvas.width; x++) {
    const near = (at, n) => Math.abs(at - 5 - (n + 0.5) * cell) < cell / 2 + 4;
    const at = 4 * (y * canvas.width + x);
    if (!(near(x, column) && near(y, row))) seen.add(data.slice(at, at + 3).join());
  }
  return [...seen];
})(argument)"""
ALOUD = """[...player.root.querySelectorAll("*")].flatMap(e => ["aria-label", "aria-valuetext", "title"].map(
    name => e.checkVisibility() && e.getAttribute(name))).filter(Boolean).join("; ")"""


def telling(player):
    """What of all that is written, or read aloud, tells the size."""
    said = f"{player.root.inner_text()}; {player.js(ALOUD)}; {player.voice}"
    return [text for text in TELLING if text in said]


def check_size(page):
    """Blank paper but for the cell that is asked for; when all are known, everything is there."""
    player = page.mount(SCENE, step=3, view=["matrix"], **PREDICT)
    assert telling(player) == [] and len(player.js(BOARD, [1, 1, 3, 2])) == 1
    assert "?" in page.page.evaluate("written") and player.board("m").count() == 0
    assert "it is shown once all outputs are known" in player.text("cnn-note")
    player.board("w").locator("canvas").hover(position={"x": 15, "y": 15})   # it takes part in all of them
    assert player.text("cnn-hover") == "w[0, 0] = 1" and len(player.js(BOARD, [1, 1, 3, 2])) == 1
    page.page.mouse.move(0, 0)
    player.control("Stride").fill("3")
    player.control("Stride").press("Enter")
    assert telling(player) == []
    player.from_python(spec=SCENE.spec)
    known = [{"step": n, "guess": 1, "value": v, "right": True, "why": ""} for n, v in enumerate(SCENE.output.ravel())]
    player.from_python(answers=known[:5], step=5)
    assert telling(player) == []
    guess(player, f"{SCENE.output[2, 1]:g}")
    assert player.text("cnn-progress") == "6 of 6 right" and player.board("m").count() == 1
    assert {"3×2", "never read", "/ 6", "⌊"} <= set(telling(player)) and len(player.js(BOARD, [2, 1, 3, 2])) > 4
    assert "output y, 3 by 2 cells" in player.js(ALOUD)
    player.press("Start over")
    assert telling(player) == []


def test_the_size_of_the_output_is_not_told(browser):
    with opened(browser, init=NOTE) as page:
        check_size(page)
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("if (this.veiled && !shown) return;", ""), ("if (!this.veiled) this.drawFrame", "this.drawFrame"),
    (":is(.cnn-size, .cnn-fit, .cnn-veil small)", ":is(.cnn-fit, .cnn-veil small)"),
    ("on ? title : `", "`"), ("player.counter.textContent = step + 1;", ""),
    ("if (player.veiled) return `", "if (false) return `"), ("player.veiled || whyNot(scene)", "whyNot(scene)"),
    ('player.emit("veil");', ""), ("player.lit = all && veiled &&", "player.lit = false &&"),
])
def test_a_player_that_tells_it_is_noticed(browser, change):
    notices(browser, check_size, change, init=NOTE)


def check_legend(page):
    """The scale of what is asked for would tell its largest."""
    x = np.linspace(0, 1, 400).reshape(20, 20)
    legends = lambda player: player.root.locator(".cnn-scale").all_inner_texts()
    told = ["x from 0 (black) to 1 (white)"]
    for scene in (slide(x, [[9.0, 9]]), pool(x, 2)):
        player = page.mount(scene, **PREDICT)
        assert legends(player) == told
        player.from_python(mode="explore")
        assert legends(player) != told
        player.from_python(mode="predict")
        assert legends(player) == told


def test_the_legend_does_not_tell_what_is_asked(browser):
    with opened(browser) as page:
        check_legend(page)


@pytest.mark.control
def test_the_legend_does_not_tell_what_is_asked_broken(browser):
    notices(browser, check_legend, ("weights ? named.pop() : named[0][1] = source.name", "named"))
