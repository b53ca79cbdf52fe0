"""The explorer of a stack in a page of a real browser, without a kernel (see player_page)."""

import contextlib

import player_page
from playwright.sync_api import Error
from stack_cases import made

from cnnlib.viz.stack.player import StackExplorer

TOUR = [{"text": "Move *it*.", "set": {"dx": 0}, "light": ["shift", "x"], "task": {"do": "still"}},
        {"text": "Other borders.", "set": {"padding": "circular", "dx": 4}, "light": "meters"}]


@contextlib.contextmanager
def opened(browser, changes=(), **options):
    """A page with the code and the style of this view."""
    with player_page.opened(browser, changes, widget=StackExplorer, **options) as page:
        page.page.set_default_timeout(2000)
        yield page


def mount(page, name="ring", tour=None, **state):
    """A stack of `stack_cases` on the page, and what Python says of it."""
    stack = made(name, **state)
    player = stack.player(tour=tour)
    return page.mount(stack, **player.state()), stack


notices = player_page.noticing(opened, (AssertionError, Error, TypeError))


def cards(view):
    """The columns as the page shows them: name, size, meter, words."""
    return view.js("""[...player.root.querySelectorAll(".cnn-layer")].slice(1).map(card => ({
      name: card.dataset.board, off: card.dataset.off, moved: card.dataset.moved, exact: card.dataset.exact,
      size: card.querySelector(".cnn-size").textContent, gone: card.hasAttribute("data-gone"),
      filled: card.querySelector(".cnn-fill").clientWidth / card.querySelector(".cnn-track").clientWidth,
      said: card.querySelector(".cnn-meter").title, tick: !card.querySelector(".cnn-tick").hidden,
      dashed: getComputedStyle(card.querySelector(".cnn-track")).borderTopStyle === "dashed" }))""")


def colours(view, name, places):
    """What is painted at places (0 to 1, across and down) of a column's large map, [r, g, b] each."""
    return view.js("""(() => {
      const canvas = player.root.querySelector(`[data-board="${argument[0]}"] canvas`), ctx = canvas.getContext("2d");
      const at = share => 4 + share * (canvas.clientWidth - 8), ratio = canvas.width / canvas.clientWidth;
      return argument[1].map(([x, y]) => [...ctx.getImageData(at(x) * ratio, at(y) * ratio, 1, 1).data].slice(0, 3));
    })()""", [name, places])
