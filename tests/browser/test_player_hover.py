"""Pointing at a cell lights up what it is tied to, no more and no less: every cell of every board of every kind.

What is true is read off `scene.taps` in NumPy. The canvas is scanned with a pointer, so nothing here knows where the
player draws its cells; the digits written on the canvas say whether they stand where they are pointed at.
"""

import re

import numpy as np
import pytest
from player_page import opened
from player_scenes import SCENES, SOBEL

from cnnlib.viz import slide
from cnnlib.viz.kit.numbers import number

# Digits are noted as they are drawn: text and place, in CSS pixels, per board.
NOTE = """
  const write = CanvasRenderingContext2D.prototype.fillText;
  window.written = new Map();
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    if (!written.has(this.canvas)) written.set(this.canvas, []);
    written.get(this.canvas).push([text, x, y]);
    return write.call(this, text, x, y);
  };
"""

# Moves a pointer over a board: for every different answer where it was given, and all figures' data-lit.
SCAN = """(() => {
  const boards = Object.fromEntries([...player.root.querySelectorAll("figure")].map(f => [f.dataset.board, f]));
  const canvas = boards[argument].querySelector("canvas"), text = player.root.querySelector(".cnn-hover");
  const { left, top, width, height } = canvas.getBoundingClientRect(), answers = new Map(), pixel = 8;
  for (let y = pixel / 2; y < height; y += pixel) {
    for (let x = pixel / 2; x < width; x += pixel) {
      canvas.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX: left + x, clientY: top + y }));
      const lit = Object.fromEntries(Object.entries(boards).map(([name, { dataset }]) => [name, dataset.lit ?? null]));
      const key = JSON.stringify([lit, text.textContent]);
      if (!answers.has(key)) answers.set(key, { lit, text: text.textContent, points: [] });
      answers.get(key).points.push([x, y]);
    }
  }
  return [...answers.values()];
})()"""


INIT = NOTE   # for the shared page


def tied(scene, board, flat, step):
    """What cell `flat` of a board is tied to, read off the taps: {board: cells}, without boards that have none."""
    out, source, weight = scene.taps.T
    names = {"source": scene.source.name, "out": scene.destination.name}
    if scene.weights is not None:
        names["weight"] = scene.weights.name
    here = (out == step) & (weight == flat) if board == "p" else {
        names["out"]: out == flat, names["source"]: source == flat, names.get("weight"): weight == flat}[board]
    lit = {names["out"]: set(out[here]), names["source"]: set(source[here]) - {-1}}
    if "weight" in names:
        lit[names["weight"]] = set(weight[here])
    lit.setdefault(board, set()).add(flat)
    return {name: sorted(map(int, cells)) for name, cells in lit.items() if cells}


def answered(answer):
    """The figures' data-lit as {board: cells}."""
    return {name: list(map(int, lit.split())) for name, lit in answer["lit"].items() if lit is not None}


def check_board(scene, player, board, step):
    """Scan a board; the cells found, each with the middle of the points where it answered."""
    found, padding = {}, 0
    for answer in player.js(SCAN, board):
        lit = answered(answer)
        if not lit:
            padding += answer["text"].startswith("padding")
            assert answer["text"] == "" or answer["text"].startswith("padding")
            continue
        [cell] = lit[board]   # the one pointed at
        assert answer["text"] != "" and lit == tied(scene, board, cell, step)
        assert cell not in found
        found[cell] = np.array(answer["points"]).mean(axis=0)
    return found, padding


def boards_of(scene):
    """The names of the boards, and how many cells each has."""
    sizes = {scene.source.name: scene.source.values.size, scene.destination.name: scene.steps}
    if scene.weights is not None:
        sizes |= {scene.weights.name: scene.weights.values.size, "p": scene.weights.values.size}
    return sizes


def check_hover(page, scene):
    """Every cell of every board is there once and tied to the right cells; of several filters, each in its steps."""
    cells = {board: set() for board in boards_of(scene)}
    several = scene.w is not None and scene.w.ndim == scene.axes + 2
    for step in (0, scene.steps - 1) if several else (scene.steps // 2,):
        player = page.mount(scene, step=step)
        for board, size in boards_of(scene).items():
            found, padding = check_board(scene, player, board, step)
            cells[board] |= set(found)
            assert set(found) <= set(range(size))
            padded = board == scene.source.name and scene.kind in ("conv", "max", "avg", "dw") and np.any(scene.padding)
            assert (padding == 1) == padded
        player.remove()
    assert {board: len(seen) for board, seen in cells.items()} == boards_of(scene)


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", SCENES)
def test_every_cell_lights_up_what_it_is_tied_to(page, name):
    check_hover(page, SCENES[name])


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("sets[dest.name].add(taps[3 * row]);", "sets[dest.name].add(taps[3 * row] + 1);"),
    ("if (taps[3 * row + 1] >= 0) sets", "sets"),
    ("else scene.byWeight(flat).forEach(take);", "else scene.byWeight(0).forEach(take);"),
    ("return real ? (panel * this.rows + row) * this.columns + column : -1;", "return row * this.columns + column;"),
    ("tied(scene, id, flat, step);", "tied(scene, id, flat, 0);"),
])
def test_wrong_ties_are_noticed(browser, change):
    with opened(browser, [change]) as page, pytest.raises((AssertionError, KeyError, ValueError)):
        check_hover(page, slide(np.eye(3), SOBEL, padding=1))


def check_digits(page, scene):
    """Where a cell answers, its own number is written, and there are no other numbers."""
    last = scene.steps - 1
    player = page.mount(scene, step=last - 2)
    player.from_python(step=last - 1)   # one cell more each time, not the whole board
    player.from_python(step=last)
    values = {scene.source.name: scene.source.values, scene.destination.name: scene.destination.values}
    if scene.weights is not None:
        products = np.full(scene.weights.values.size, np.nan)
        products[scene.taps[scene.taps[:, 0] == last, 2]] = [term.product for term in scene.frame(last).terms]
        values |= {scene.weights.name: scene.weights.values, "p": products}
    # The last of what was written at a place is what is seen there. Digits are drawn on a canvas behind the one shown.
    written = page.page.evaluate("[...written.entries()].filter(([c]) => !c.dataset.read).map(([c, list]) => {"
                                 "c.dataset.read = 1; return [[c.width, c.height], list]; })")
    for board, numbers in values.items():
        size = player.js("(canvas => [canvas.width, canvas.height])"
                         "(player.root.querySelector(`[data-board=${argument}] canvas`))", board)
        found, _ = check_board(scene, player, board, last)
        lists = [{(x, y): text for text, x, y in list_} for canvas, list_ in written if canvas == size]
        wanted = {cell: number(value) for cell, value in enumerate(numbers.ravel()) if np.isfinite(value)}
        wanted = {cell: text for cell, text in wanted.items() if cell in found}
        assert any(all(near(texts, found[cell]) == text for cell, text in wanted.items()) for texts in lists), board
    player.remove()


def near(texts, place, reach=8):
    """The text that was written around a place."""
    for (x, y), text in texts.items():
        if np.hypot(x - place[0], y - place[1]) < reach:
            return text
    return None


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", ["image", "signals", "channels", "max", "transpose", "dx", "dw"])
def test_numbers_stand_where_their_cells_are(page, name):
    check_digits(page, SCENES[name])


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("const value = this.values[flat], shown", "const value = this.values[0], shown"),
    ("(column + this.pad[1][0]) * this.cell,", "(this.columns - 1 - column + this.pad[1][0]) * this.cell,"),
    ("if (flat >= 0) board.drawCell(ctx, flat, this.font);", ";"),
])
def test_wrong_numbers_are_noticed(browser, change):
    with opened(browser, [change], init=NOTE) as page, pytest.raises((AssertionError, ValueError)):
        check_digits(page, SCENES["image"])


def test_leaving_puts_the_lights_out(page):
    player = page.mount(SCENES["image"])
    player.board("x").locator("canvas").hover(position={"x": 150, "y": 150})
    lit = player.js("[...player.root.querySelectorAll('figure')].filter(f => f.dataset.lit).map(f => f.dataset.board)")
    said = player.text("cnn-hover")
    assert lit == ["x", "w", "y"] and re.fullmatch(r"x\[\d, \d\] = −?\d goes into \d cells? of y", said)
    player.control("Step").hover()
    assert player.js("player.root.querySelectorAll('[data-lit]').length") == 0 and player.text("cnn-hover") == ""


def test_a_lit_product_follows_the_step(page):
    """The cells behind a product are those of the step shown."""
    scene = SCENES["image"]
    player = page.mount(scene, step=5)
    player.board("p").locator("canvas").hover()   # its middle: the middle weight
    for step in (5, 6, 9):
        player.from_python(step=step)
        lit = player.js("Object.fromEntries([...player.root.querySelectorAll('figure[data-lit]')]"
                        ".map(f => [f.dataset.board, f.dataset.lit]))")
        assert answered({"lit": lit}) == tied(scene, "p", 4, step)
        assert player.text("cnn-hover") == f"product at w[1, 1] = {number(scene.frame(step).terms[4].product)}"


# --- with the keyboard ------------------------------------------------------------------------------------------------


def check_cursor(page, scene, moves):
    """Tab leads into the boards, Page Down or B to the next; there the arrow keys walk, light, speak; the step not."""
    player = page.mount(scene, step=3)
    player.root.focus()
    press = page.page.keyboard.press
    order = player.js("[...player.root.querySelectorAll('figure')].map(f => f.dataset.board)")
    for board in order:
        press("Tab" if board == order[0] else "PageDown" if board == "w" else "b")
        start = 3 if board == scene.destination.name else 0
        for key, cell in [(None, start), *moves.get(board, [])]:
            if key:
                press(key)
            lit = player.js("Object.fromEntries([...player.root.querySelectorAll('figure[data-lit]')]"
                            ".map(f => [f.dataset.board, f.dataset.lit]))")
            assert answered({"lit": lit}) == tied(scene, board, cell, 3)
            assert player.voice == player.text("cnn-hover") != ""
            assert player.step == 3
    press("Tab")   # on to the buttons
    assert player.js("player.root.querySelectorAll('[data-lit]').length") == 0
    assert player.saves("step") == []


def test_the_keyboard_lights_up_cells(page):
    square = [("ArrowRight", 1), ("ArrowDown", 4), ("End", 5), ("ArrowDown", 8), ("ArrowDown", 8), ("ArrowRight", 8),
              ("Home", 6), ("ArrowUp", 3), ("ArrowLeft", 3)]
    moves = {"x": [("ArrowRight", 1), ("ArrowDown", 8), ("End", 13)], "w": square, "p": square, "y": [("ArrowLeft", 2)]}
    check_cursor(page, SCENES["image"], moves)
    channels = {"x": [("PageDown", 16), ("PageUp", 0), ("PageDown", 16), ("PageDown", 32)], "w": [("PageDown", 9)]}
    check_cursor(page, SCENES["channels"], channels)
    check_cursor(page, SCENES["dx"], {"dy": [("ArrowRight", 1)], "w": square, "dx": [("ArrowDown", 9)]})


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("player.voice.textContent = player.hover.textContent;", ""), ("ArrowDown: [slot, row + 1, column]", "x: []"),
    ("player.cursor = null;\n      light(null, null);", "player.cursor = null;"),
])
def test_a_keyboard_that_does_not_work_is_noticed(browser, change):
    with opened(browser, [change]) as page, pytest.raises(AssertionError):
        check_cursor(page, SCENES["image"], {"x": [("ArrowRight", 1), ("ArrowDown", 8)]})
