"""The matrix view: what stands in it, in step with the slide, lit together with the cells; in a real Chromium.

What is true is read off `cnnlib.taps`; and each check also runs on a player that was broken on purpose, and must
notice.
"""

import re

import numpy as np
import pytest
from player_page import notices, opened
from player_scenes import LARGE, SCENES, SOBEL

import cnnlib as cnn
from cnnlib import taps
from cnnlib.viz import pool, slide, transpose

MATRIX = {"view": ["matrix"]}


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


@pytest.mark.alike(2)
@pytest.mark.parametrize("name", SMALL)
def test_every_entry_of_the_matrix(page, name):
    check_matrix(page, SMALL[name])


def test_the_matrix_is_that_of_the_lesson(page):
    """The matrix of `cnn.as_matrix`, its transpose for what goes backwards."""
    forward = cnn.as_matrix([[1, 2], [3, -4]], (4, 4))
    assert np.array_equal(taps.matrix(SMALL["dx"].taps, SMALL["dx"].w.ravel(), (16, 9)), forward.T)
    for name in ("dx", "transpose"):
        assert "transpose" in page.mount(SMALL[name], **MATRIX).text("cnn-note")


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("values[taps[t] * columns + taps[t + 1]] = weights", "values[taps[t + 2] * columns + taps[t + 1]] = weights"),
    ("if (taps[3 * row + 1] === src) take(row)", "take(row)"),
])
def test_a_wrong_matrix_is_noticed(browser, change):
    notices(browser, check_matrix, change, SMALL["signal"])


# At every step the colours in the middle of the left border of every row and above every column, and the sentence.
MARKS = """((rows, columns) => {
  const canvas = player.root.querySelector("figure[data-board=m] canvas"), ctx = canvas.getContext("2d");
  const cell = (canvas.width - 10) / columns, slider = player.root.querySelector("[aria-label=Step]");
  const colour = (x, y) => ctx.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3).join();
  const range = n => [...Array(n).keys()];
  return range(rows).map(step => {
    slider.value = step;
    slider.dispatchEvent(new Event("input"));
    const left = range(rows).map(i => colour(5, 5 + (i + 0.5) * cell));
    const above = range(columns).map(j => colour(5 + (j + 0.5) * cell, 2));
    return [left, above, player.root.querySelector(".cnn-row").textContent];
  });
})(...argument)"""


def check_in_step(page):
    """At every step its row is outlined and the columns that are read are marked; no others."""
    scene = SMALL["image"]
    for step, (rows, columns, said) in enumerate(page.mount(scene, **MATRIX).js(MARKS, [scene.steps, 25])):
        common = max(set(rows), key=rows.count)
        read = sorted({src for out, src, _ in scene.taps.tolist() if out == step and src >= 0})
        assert [i for i, colour in enumerate(rows) if colour != common] == [step]
        assert [j for j, colour in enumerate(columns) if colour != "255,255,255"] == read
        assert f"row {step} makes y[{step // 3}, {step % 3}];" in said


def test_the_row_of_the_step(page):
    check_in_step(page)


@pytest.mark.control
def test_the_row_of_the_step_broken(browser):
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
    said = "The matrix has 784 rows and 784 columns: 614,656 entries are too many to show."
    assert player.text("cnn-note") == said


def check_own_frame(page):
    """At 390 pixels 25x25 entries stay legible: their frame scrolls, not the page, and the step's entries are in it."""
    player = page.mount(slide(np.arange(25) % 7, [1, 0, -1], padding=1), **MATRIX)
    player.press("Last step")
    page.frames()
    told = player.js("""(() => {
      const { scrollLeft, scrollWidth, clientWidth } = player.root.querySelector(".cnn-scroll");
      const whole = document.documentElement.scrollWidth <= innerWidth;
      return [scrollWidth - scrollLeft - clientWidth, scrollWidth > clientWidth, whole];
    })()""")
    assert told[0] <= 10 and told[1:] == [True, True], told   # to the last column, but for the margin
    wide = player.board("m").locator("canvas").evaluate("canvas => canvas.clientWidth")
    assert (wide - 10) // 25 >= 15


def test_a_matrix_scrolls_in_its_own_frame(browser):
    with opened(browser, viewport={"width": 390, "height": 800}) as page:
        check_own_frame(page)


@pytest.mark.control
def test_a_matrix_scrolls_in_its_own_frame_broken(browser):
    notices(browser, check_own_frame, ("(least + 1) * count + 20", "0"), viewport={"width": 390, "height": 800})


def check_true_colours(page):
    """Entries have the colours of their values, wherever the step is."""
    player = page.mount(SMALL["signal"], **MATRIX)
    colours = """(() => {
      const canvas = player.root.querySelector("figure[data-board=m] canvas"), cell = (canvas.width - 10) / 5;
      const at = (i, j) => [...canvas.getContext("2d").getImageData(8 + j * cell, 8 + i * cell, 1, 1).data].join();
      return [0, 1, 2, 3].flatMap(i => [0, 1, 2, 3, 4].map(j => at(i, j)));
    })()"""
    found = []
    for step in range(4):
        player.js("(slider => { slider.value = argument; slider.dispatchEvent(new Event('input')); })"
                  "(player.root.querySelector('[aria-label=Step]'))", step)
        found.append(player.js(colours))
    places = [(i, j) for i in range(4) for j in range(5)]
    for kind in ([p for p in places if p[1] == p[0]], [p for p in places if p[1] - p[0] not in (0, 1)]):
        assert len({colours[5 * i + j] for colours in found for i, j in kind}) == 1


def test_marks_do_not_tint_entries(page):
    check_true_colours(page)


@pytest.mark.control
def test_marks_do_not_tint_entries_broken(browser):
    change = ("ctx.fillRect(x + cell * 0.15, at, cell * 0.7, 3.5);", "ctx.fillRect(x, 8, 9, 9);")
    notices(browser, check_true_colours, change)
