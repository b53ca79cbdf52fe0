"""One's own output beside the scene's, and the matrix view; in a real Chromium, without Python behind it.

What differs is decided by `SlidePlayer.compare`, what stands in the matrix by `cnnlib.taps`; and each check also
runs on a player that was broken on purpose, and must notice.
"""

import re

import numpy as np
import pytest
from player_page import opened
from player_scenes import LARGE, SCENES, SOBEL

import cnnlib as cnn
from cnnlib import taps
from cnnlib.viz import SlidePlayer, pool, slide, transpose

IMAGE = SCENES["image"]   # 16 steps
MATRIX = {"view": ["matrix"]}


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser) as page:
        yield page
        assert page.errors == [] and page.outside == []


@pytest.fixture
def page(shared):
    yield shared
    shared.clear()


def notices(browser, check, change, *arguments):
    """A broken player fails the check."""
    with opened(browser, [change]) as page, pytest.raises(AssertionError):
        check(page, *arguments)


def changed(scene, *steps, by=2.0):
    """The scene's output as a list, other values at some steps."""
    yours = scene.output.copy()
    yours.ravel()[list(steps)] += by
    return yours.tolist()


def told(player):
    """What is said about the comparison."""
    return player.js("player.root.querySelector('.cnn-compare span').textContent")


# --- one's own output -------------------------------------------------------------------------------------------------


def check_parting(page):
    """From the first difference on: where they part, what is said at each step, back to it with a button."""
    player = page.mount(IMAGE, yours=changed(IMAGE, 6, 9))
    v = [f"{n:g}".replace("-", "−") for n in IMAGE.output.ravel()]
    yours = [f"{n + 2:g}".replace("-", "−") for n in IMAGE.output.ravel()]
    assert (player.step, player.saves("step")) == (6, [6])   # here the two part
    at_once = f"The same up to step 6; here yours is {yours[6]}, the true value is {v[6]}."
    assert told(player) == at_once
    said = {}
    for step in (0, 5, 7, 9, 15):
        player.control("Step").fill(str(step))
        said[step] = told(player)
        assert player.voice.endswith(said[step])
    since = "Different since step 7; here both are"
    assert said == {0: "The same so far.", 5: "The same so far.", 7: f"{since} {v[7]}.", 15: f"{since} {v[15]}.",
                    9: f"Different; here yours is {yours[9]}, the true value is {v[9]}."}
    player.press("First difference")
    assert player.step == 6 and told(player) == at_once


def test_where_they_part(page):
    check_parting(page)


@pytest.mark.parametrize("change", [
    ("player.go(first, { say: false })", "player.go(0)"), ("(Math.abs(value - yours[i]) <= rounding)", "(value === 0)"),
    ("differs.indexOf(true)", "differs.lastIndexOf(true)"), ("player.remarks.push(here)", ""),
])
def test_a_comparison_that_errs_is_noticed(browser, change):
    notices(browser, check_parting, change)


PIXELS = """((board, step) => {
  const canvas = player.root.querySelector(`figure[data-board=${board}] canvas`), cell = (canvas.width - 10) / 4;
  const x = 5 + (step % 4) * cell, y = 5 + Math.floor(step / 4) * cell;
  return canvas.getContext("2d").getImageData(x + 2, y + 2, cell - 4, cell - 4).data.join();
})(...argument)"""

# How bright the upper right corner of a cell of one's own output is.
CORNER = """(step => {
  const canvas = player.root.querySelector("figure[data-board=yours] canvas"), cell = (canvas.width - 10) / 4;
  const x = 5 + (step % 4 + 1) * cell - 4, y = 5 + Math.floor(step / 4) * cell + 4;
  const pixel = canvas.getContext("2d").getImageData(Math.round(x), Math.round(y), 1, 1).data;
  return pixel[0] + pixel[1] + pixel[2];
})(argument)"""


def check_board(page):
    """The board is filled in together with the output, and looks like it but for the cells that differ."""
    player = page.mount(IMAGE, yours=changed(IMAGE, 6, 9), step=15)
    others = set(range(16)) - {10, 11, 14, 15}   # 15 has the mark of the present step, which touches its neighbours
    assert {i for i in others if player.js(PIXELS, ["y", i]) != player.js(PIXELS, ["yours", i])} == {6, 9}
    player.control("Step").fill("7")
    later = [player.js(PIXELS, ["yours", i]) == player.js(PIXELS, ["y", i]) for i in (8, 9, 10)]
    assert all(later)   # blank, both
    assert player.board("yours").get_by_label("2 cells differ").count() == 1
    # Marked without colour: a black corner.
    player.control("Step").fill("15")
    assert {i for i in range(15) if player.js(CORNER, i) < 3 * 40} == {6, 9}


def test_the_board_of_ones_own_output(page, browser):
    check_board(page)
    notices(browser, check_board, ("board.drawCell = drawCell;", ""))
    notices(browser, check_board, ('this.boards.get("yours")].filter(Boolean)', "].filter(Boolean)"))


def test_python_and_browser_agree_on_what_differs(page):
    """Also on what is rounding only: sums of many products, in single precision, or in another order."""
    for name, scene in SCENES.items():
        for by in (1e-12, 1e-7, 1e-5, 1e-2):
            yours = np.array(changed(scene, scene.steps - 1, by=by))
            if by == 1e-7:
                yours = np.float64(np.float32(scene.output))
            python = SlidePlayer.compare(scene, lambda *_, result=yours, **named: result)
            assert "agrees" in python.message or "part in step" in python.message
            player = page.mount(scene, yours=yours.tolist())
            differs = player.board("yours").get_by_label("cells differ").count()
            assert (player.step if differs else None) == (python.step if "part" in python.message else None), (name, by)
            player.remove()


def test_what_python_has_to_say(page):
    """Its message is text, never markup; nothing is shown where there is nothing to say."""
    player = page.mount(IMAGE)
    assert player.root.locator(".cnn-compare").is_visible() is False and player.board("yours").count() == 0
    player.from_python(message="<b>Your</b> function <img src=x> stopped.")
    status = player.root.locator(".cnn-message")
    assert status.inner_text() == "<b>Your</b> function <img src=x> stopped."
    assert status.get_attribute("role") == "status"
    assert player.root.locator("img, .cnn-message b").count() == 0 and player.board("yours").count() == 0
    assert not player.button("First difference").is_visible()
    player.from_python(message="", yours=IMAGE.output.tolist())
    assert told(player) == "All 16 agree." and player.step == 0 and not status.is_visible()
    player.from_python(yours=None)
    assert player.root.locator(".cnn-compare").is_visible() is False and player.board("yours").count() == 0


def test_the_step_that_python_chose(page):
    player = page.mount(IMAGE, yours=changed(IMAGE, 6), step=3)
    assert player.step == 3
    player.from_python(yours=changed(IMAGE, 2))   # after an edit: whoever edits stays where they are
    assert player.step == 3 and told(player).startswith("Different since step 3")


def test_values_that_are_missing_or_of_another_shape(page):
    yours = IMAGE.output.tolist()
    yours[1][2] = None
    player = page.mount(IMAGE, yours=yours)
    assert player.step == 6 and "here yours is not a number, the true value is" in told(player)
    for shape in ([[1, 2]], [], [1] * 16, IMAGE.output.T.tolist()[:2], "text"):
        other = page.mount(IMAGE, yours=shape, message="Look.")
        assert other.board("yours").count() == 0 and other.text("cnn-message") == "Look."
    signal = SCENES["signals"]   # (2, 3): filters and positions
    assert page.mount(signal, yours=signal.output.tolist()).board("yours").count() == 1


def test_after_a_change_of_the_scene(page):
    """The board follows where its values still fit, and says that they are from before."""
    player = page.mount(IMAGE, yours=IMAGE.output.tolist())
    player.from_python(spec=slide(IMAGE.x, SOBEL, 1, stride=2, padding=1).spec)   # one more everywhere
    assert told(player).startswith("They part at once; here yours is −18, the true value is −17.")
    assert told(player).endswith("Yours is from before the change: it follows while Python runs.")
    player.from_python(spec=pool(IMAGE.x, 3, 2, mode="avg").spec)   # 3x3 outputs
    assert player.board("yours").count() == 0
    player.from_python(spec=IMAGE.spec)
    assert player.board("yours").count() == 1 and told(player) == "All 16 agree."


def test_prediction_keeps_the_true_value(page):
    """One's own output does not tell what is to be predicted."""
    player = page.mount(IMAGE, yours=changed(IMAGE, 2), mode="predict", step=2)
    assert told(player) == "" and player.js(PIXELS, ["yours", 1]) == player.js(PIXELS, ["y", 1])


# --- the matrix -------------------------------------------------------------------------------------------------------

# Points at the middle of every entry: what is said, and what is lit.
ENTRIES = """((rows, columns) => {
  const figure = id => player.root.querySelector(`figure[data-board=${id}]`);
  const canvas = figure("m").querySelector("canvas"), text = player.root.querySelector(".cnn-hover");
  const { left, top, width } = canvas.getBoundingClientRect(), cell = (width - 10) / columns, found = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
    const [clientX, clientY] = [left + 5 + (j + 0.5) * cell, top + 5 + (i + 0.5) * cell];
    canvas.dispatchEvent(new PointerEvent("pointermove", { bubbles: true, clientX, clientY }));
    found.push([text.textContent, ...argument[2].map(id => figure(id).dataset.lit ?? "")]);
  }
  return found;
})(...argument)"""
SMALL = {
    "signal": slide([0, 1, 0, 1, 1], [-1, 1]),
    "image": slide(np.arange(25).reshape(5, 5), [[1, 2], [3, -4]], 7, stride=2, padding=1),
    "channels": slide(np.arange(18).reshape(2, 3, 3), np.arange(16).reshape(2, 2, 2, 2) - 5, [1, 2]),
    "avg": pool(np.arange(16).reshape(4, 4), 2, mode="avg", padding=1),
    "transpose": transpose(np.arange(4).reshape(2, 2), SOBEL, 3, stride=2, padding=1),
    "dx": slide(np.arange(16).reshape(4, 4), [[1, 2], [3, -4]], direction="dx", dy=np.arange(9).reshape(3, 3)),
    "dw": slide(np.arange(16).reshape(4, 4), [[1, 2], [3, -4]], direction="dw", dy=np.arange(9).reshape(3, 3)),
}


def check_matrix(page, scene):
    """Every entry, read off the screen: that of the taps, and with it M x + b is the output."""
    player = page.mount(scene, **MATRIX)
    x = scene.source.values.ravel()
    shape = (scene.steps, x.size)
    boards = [scene.source.name, scene.destination.name, "m"]
    boards += [] if scene.weights is None else [scene.weights.name]
    entries, name = np.zeros(shape), "Mᵀ" if scene.kind in ("dx", "transpose") else "M"
    table = {(out, src): weight for out, src, weight in scene.taps.tolist()}
    found = player.js(ENTRIES, [*shape, boards])
    for (i, j), (text, source, out, own, *weight) in zip(np.ndindex(*shape), found, strict=True):
        match = re.fullmatch(re.escape(f"{name}[{i}, {j}] = ") + r"(?:d?[wy]\[[\d, ]+\] = )?(\S+): (.*)", text)
        assert match, text
        entries[i, j] = float(match[1].replace("−", "-"))
        assert ("does not read" in match[2]) == ((i, j) not in table), text
        assert (source, out, own) == (str(j), str(i), str(i * x.size + j))
        assert weight == ([str(table.get((i, j), ""))] if scene.weights is not None else [])
    weights = scene.weights.values if scene.weights is not None else np.full(scene.kernel, 1 / np.prod(scene.kernel))
    assert np.allclose(entries, taps.matrix(scene.taps, weights.ravel(), shape), atol=1e-4)
    bias = 0 if scene.b is None else np.repeat(scene.b, scene.steps // np.size(scene.b))
    assert np.allclose(entries @ x + bias, scene.output.ravel(), atol=1e-3)
    count = np.count_nonzero(entries[0])
    row = rf".* = {name} .*: row 0 makes {scene.destination.name}\[.*; {count} of {x.size} entries are not zero\."
    assert re.fullmatch(row, player.text("cnn-row"))


@pytest.mark.parametrize("name", SMALL)
def test_every_entry_of_the_matrix(page, name):
    check_matrix(page, SMALL[name])


def test_the_matrix_is_that_of_the_lesson(page):
    """The matrix of `cnn.as_matrix`, its transpose for what goes backwards."""
    forward = cnn.as_matrix([[1, 2], [3, -4]], (4, 4))
    assert np.array_equal(taps.matrix(SMALL["dx"].taps, SMALL["dx"].w.ravel(), (16, 9)), forward.T)
    for name in ("dx", "transpose"):
        assert "transpose" in page.mount(SMALL[name], **MATRIX).text("cnn-note")


@pytest.mark.parametrize("change", [
    ("values[taps[t] * columns + taps[t + 1]] = weights", "values[taps[t + 2] * columns + taps[t + 1]] = weights"),
    ("if (taps[3 * row + 1] === src) take(row)", "take(row)"),
])
def test_a_wrong_matrix_is_noticed(browser, change):
    notices(browser, check_matrix, change, SMALL["signal"])


# The colour in the middle of the left border of every row, and above every column.
MARKS = """((rows, columns) => {
  const canvas = player.root.querySelector("figure[data-board=m] canvas"), ctx = canvas.getContext("2d");
  const cell = (canvas.width - 10) / columns;
  const colour = (x, y) => ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3).join();
  const range = n => [...Array(n).keys()];
  const left = range(rows).map(i => colour(5, 5 + (i + 0.5) * cell));
  return [left, range(columns).map(j => colour(5 + (j + 0.5) * cell, 2))];
})(...argument)"""


def check_in_step(page):
    """At every step its row is outlined and the columns that are read are marked; no others."""
    scene = SMALL["image"]
    player = page.mount(scene, **MATRIX)
    for step in range(scene.steps):
        player.control("Step").fill(str(step))
        rows, columns = player.js(MARKS, [scene.steps, 25])
        common = max(set(rows), key=rows.count)
        read = sorted({src for out, src, _ in scene.taps.tolist() if out == step and src >= 0})
        assert [i for i, colour in enumerate(rows) if colour != common] == [step]
        assert [j for j, colour in enumerate(columns) if colour != "255,255,255"] == read
        assert f"row {step} makes y[{step // 3}, {step % 3}];" in player.text("cnn-row")


def test_the_row_of_the_step(page, browser):
    check_in_step(page)
    notices(browser, check_in_step, ("Math.max(0, player.step - 1 + slid)", "0"))
    notices(browser, check_in_step, ("stage.frame.terms.map(({ src }) => src).filter(src => src >= 0)", "[0]"))


def test_cells_light_their_entries(page):
    """Pointing at x, w or y lights up the entries of the matrix that belong to it."""
    scene = SMALL["image"]
    player = page.mount(scene, **MATRIX)
    out, src, weight = scene.taps[scene.taps[:, 1] >= 0].T
    for board, column in (("x", src), ("w", weight), ("y", out)):
        player.board(board).locator("canvas").hover(position={"x": 70, "y": 70} if board == "x" else {"x": 20, "y": 20})
        [cell] = map(int, player.board(board).get_attribute("data-lit").split())
        expected = sorted((out * 25 + src)[column == cell].tolist())
        assert expected and player.board("m").get_attribute("data-lit") == " ".join(map(str, expected)), board


def test_the_switch(page):
    """The checkbox shows and hides it and is told to Python; Python's change is followed."""
    player = page.mount(SCENES["signal"])
    assert player.board("m").count() == 0 and not player.root.locator(".cnn-matrix").is_visible()
    player.control("Matrix").check()
    assert player.board("m").is_visible() and player.saves("view") == [["matrix"]]
    player.control("Matrix").uncheck()
    assert player.board("m").count() == 0 and player.saves("view") == [["matrix"], []]
    player.from_python(view=["matrix"])
    assert player.board("m").is_visible() and player.control("Matrix").is_checked()
    player.from_python(spec=SCENES["max"].spec)
    assert player.board("m").count() == 0 and "not linear" in player.text("cnn-note")
    player.from_python(spec=SMALL["dx"].spec)
    assert player.board("m").is_visible()


def test_large_matrices(page):
    """Two hundred by two hundred is drawn, as small as it must be; more is not, and it says why."""
    player = page.mount(slide(np.arange(200.0), [1, 0, -1], padding=1), **MATRIX)
    assert player.board("m").locator("figcaption").inner_text() == "matrix M 200×200"
    assert player.root.evaluate("root => root.scrollWidth <= root.clientWidth")
    # More entries than forty thousand: 200 outputs of 201 cells.
    assert "40,200 entries" in page.mount(slide(np.arange(201.0), [1, -1]), **MATRIX).text("cnn-note")
    player = page.mount(LARGE, **MATRIX)
    said = "The matrix has 784 rows and 784 columns: 614,656 entries are too many to be seen."
    assert player.text("cnn-note") == said
