"""Cells clicked and typed into, and whether the player is then right: what the tests of editing share."""

import functools

import numpy as np
import player_page
import pytest
from playwright.sync_api import Error

from cnnlib.viz import Scene, slide

X = np.arange(49).reshape(7, 7) * 5 % 11 - 4
W = [[1, 0, -1], [2, 1, -2], [1, 0, -1]]
IMAGE = slide(X, W)                  # 5x5 outputs
MISFIT = slide(X, W, stride=3)       # remainder 1 both ways
SIGNAL = slide([0, 1, 0, 1, 1, 2], [-1, 1, 2])
FILTERS = slide(np.arange(32).reshape(2, 4, 4) % 7, np.arange(36).reshape(2, 2, 3, 3) % 5, [1, -2])   # 2x2 outputs each
MARKUP = "<img src=x onerror=alert(1)>"
NOW = """[
  player.state.spec, +player.root.dataset.step, +player.root.dataset.value,
  player.root.querySelector(".cnn-count").textContent
]"""

# Waiting is cut short: what never comes fails, too.
notices = functools.partial(player_page.notices, errors=(AssertionError, Error), patience=800)

SPOT = """(() => {
  const [board, row, column] = argument, { padding } = player.state.spec;
  const canvas = player.root.querySelector(`figure[data-board=${board}] canvas`);
  const count = +canvas.getAttribute("aria-label").match(/(\\d+) cells/)[1];
  const [[top], [left, right]] = board === "x" ? padding : [[0], [0, 0]];
  canvas.scrollIntoView({ block: "nearest" });
  const box = canvas.getBoundingClientRect(), cell = (box.width - 10) / (left + count + right);
  return [box.left + 5 + (left + column + 0.5) * cell, box.top + 5 + (top + row + 0.5) * cell];
})()"""


def spot(player, board, row, column):
    """The middle of a cell in the page, of a board with one panel."""
    return player.js(SPOT, [board, row, column])


def click(player, board, row, column):
    player.page.mouse.click(*spot(player, board, row, column))


def type_into(player, board, row, column, text, end="Enter"):
    """Select a cell, type, and end with a key."""
    click(player, board, row, column)
    player.page.keyboard.type(text)
    player.page.keyboard.press(end)


def field(player):
    return player.root.locator(".cnn-field")


def shows(player, spec=None):
    """The player is right about its spec (or the one given): the model's, its output's size, the value of its step."""
    state, step, value, count = player.js(NOW)
    scene = Scene.from_spec(spec or state)
    assert value == pytest.approx(scene.frame(step).value, abs=1e-9)
    assert count == f"{step + 1} / {scene.steps}"
    return scene


def quiet(player):
    """No complaint, no field marked as wrong."""
    assert player.error == "" and player.js("player.root.querySelectorAll('[aria-invalid=true]').length") == 0
