"""What the tests of predictions share."""

import functools

import player_page

PREDICT = {"mode": "predict"}
# Notes every text that is written on a canvas.
NOTE = """
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
    window.written.push(text);
    return write.call(this, text, ...place);
  };
"""


notices = functools.partial(player_page.notices, init=NOTE)


def guess(player, text):
    """Put a prediction in and press Enter; the verdict."""
    return player.js("""(field => {
        field.value = argument;
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        return player.root.querySelector(".cnn-verdict").textContent;
    })(player.root.querySelector("[aria-label='Your prediction']"))""", text)


def hinted(player):
    """The cells that are pointed out, per board."""
    return player.js("""Object.fromEntries([...player.root.querySelectorAll("figure[data-hint]")].map(
        f => [f.dataset.board, f.dataset.hint.split(" ").map(Number)]))""")
