"""A colour picture in the player: seen in colour beside its channels, and what is looked at is marked there, too."""

import numpy as np
import pytest
from player_page import notices, opened
from predicting import NOTE

from cnnlib.viz import pool, slide

RNG = np.random.default_rng(6)
X = np.round(RNG.random((3, 16, 18)) * 255)
W = RNG.integers(-1, 2, (3, 3, 3))
LARGER = np.round(RNG.random((3, 40, 40)) * 255)
SLID = slide(X, W, padding=1)



def seen(player, board, shape, pad=0):
    """The colours (3, rows, columns) of the whole picture of a board, in a column before its three channels."""
    script = """([id, rows, columns, pad]) => {
      const canvas = player.root.querySelector(`figure[data-board=${id}] canvas`), ctx = canvas.getContext("2d");
      const cell = (canvas.width - 20) / 2 / (columns + 2 * pad), [label, gap, margin] = [19, 10, 5];
      const pitch = (rows + 2 * pad) * cell + label + gap;
      const [left, top] = [margin, margin + pitch + label].map(n => n + pad * cell);
      return [...Array(rows * columns).keys()].map(n => [...ctx.getImageData(left + (n % columns + 0.5) * cell,
        top + (Math.floor(n / columns) + 0.5) * cell, 1, 1).data].slice(0, 3));
    }"""
    rows, columns = shape
    found = player.js(f"({script})(argument)", [board, rows, columns, pad])
    return np.array(found, float).reshape(rows, columns, 3).transpose(2, 0, 1)


def outlined(shown, wanted):
    """The cells whose colour is another than that of the picture: something is drawn over them."""
    return {(int(r), int(c)) for r, c in np.argwhere(np.abs(shown - wanted).max(axis=0) > 2)}


def check_whole(page):
    """All three channels together, without a net; the window on it is that on the channels."""
    player = page.mount(SLID, step=40)   # row 2, column 4
    assert outlined(seen(player, "x", X.shape[1:], 1), X) == set()
    assert player.root.locator(".cnn-scale").first.inner_text() == (
        "x from 0 (black) to 255 (red, green and blue; in colour, all three together)")
    assert "in colour" in page.page.evaluate("written")
    before = seen(player, "x", X.shape[1:], 1)
    player.press("Last step")
    assert (before == seen(player, "x", X.shape[1:], 1)).all()   # the window frames cells, and hides none


def rim(player, board, shape, cell):
    """The colour on the upper edge of a cell of the whole picture."""
    return player.js("""(([id, rows, columns, row, column]) => {
      const canvas = player.root.querySelector(`figure[data-board=${id}] canvas`), ctx = canvas.getContext("2d");
      const size = (canvas.width - 20) / 2 / columns;
      return ctx.getImageData(5 + (column + 0.5) * size, 5 + (rows + row) * size + 19 * 2 + 10, 1, 1).data.join();
    })(argument)""", [board, *shape, *cell])


def check_window(page):
    """What is read, and what is written, is framed on the whole picture, too."""
    player = page.mount(pool(X, 2), step=0)
    places = [("x", (16, 18), (0, 0)), ("y", (8, 9), (0, 0))]
    framed = [rim(player, *place) for place in places]
    player.press("Next step")
    page.page.wait_for_function("player => player.dataset.step === '1'", arg=player.root.element_handle())
    player.press("Last step")
    assert all(rim(player, *place) != was for place, was in zip(places, framed, strict=True))


def check_pooled(page):
    """What a pooling makes of a picture comes channel by channel: first its red light, in the end all of it."""
    scene = pool(X, 2)
    player = page.mount(scene)
    for step, channels in ((71, 1), (143, 2), (215, 3)):
        for reached in (step - 1, step):   # from far off, and by one cell
            player.from_python(step=reached)
        wanted = scene.output * (np.arange(3) < channels)[:, None, None]
        assert outlined(seen(player, "y", (8, 9)), wanted) == set()


def check_pointing(page):
    """The whole picture is to be looked at: its cells are those of the channels, and none can be changed in it."""
    player = page.mount(SLID)
    canvas = player.board("x").locator("canvas")
    box = canvas.bounding_box()
    canvas.click(position={"x": box["width"] / 4, "y": box["height"] / 2 + 10})
    assert player.text("cnn-hover") == "" and player.root.locator(".cnn-field").count() == 0
    canvas.hover(position={"x": box["width"] * 3 / 4, "y": box["height"] / 2 + 10})
    assert player.text("cnn-hover").startswith("x[1, ")


def check_block(page):
    """Many cells that are read have one frame: what is in it can be seen."""
    player = page.mount(slide(LARGER, W, direction="dw"), step=4)   # rows and columns 1 to 38
    over = outlined(seen(player, "x", (40, 40)), LARGER)
    assert all(row in (0, 1, 38, 39) or column in (0, 1, 38, 39) for row, column in over)


CHECKS = (check_whole, check_window, check_pooled, check_pointing, check_block)
WIDE = {"viewport": {"width": 1400, "height": 1000}, "init": NOTE}


def test_a_colour_picture_is_seen_in_colour(browser):
    with opened(browser, **WIDE) as page:
        player = page.mount(SLID, step=40)
        player.root.focus()
        page.page.keyboard.press("f")
        page.page.locator(".cnn-staged").wait_for()
        assert player.root.locator(".cnn-scale").first.is_visible()
        page.page.keyboard.press("f")
        page.page.locator(".cnn-staged").wait_for(state="detached")
        page.clear()
        for check in CHECKS:
            check(page)
            page.clear()
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize(("check", "change"), [
    (check_whole, ("tint(this.values[flat], scale, colours, true, WHOLE)[0]", "0")),
    (check_whole, ("[0, (lines - 1) / 2]", "[0, 0]")),
    (check_window, ("if (this.lead && panel !== WHOLE)", "if (false)")),
    (check_pooled, ("if (whole) this.drawPixel", "if (false) this.drawPixel")),
    (check_pointing, ("/ this.pitch[0]) - this.lead, q", "/ this.pitch[0]), q")),
    (check_block, ("if (own.length > 1 &&", "if (false &&")),
])
def test_a_player_that_shows_another_is_noticed(browser, check, change):
    notices(browser, check, change, **WIDE)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_it_is_cut_off(browser, width):
    with opened(browser, viewport={"width": width, "height": 900}) as page:
        for scene in (SLID, pool(np.round(RNG.random((3, 32, 32)) * 255), 2)):
            player = page.mount(scene)
            room = player.root.evaluate("root => root.clientWidth")
            assert max(player.root.locator("canvas").evaluate_all("all => all.map(c => c.clientWidth)")) <= room


# --- on the stage -----------------------------------------------------------------------------------------------------

LAPTOP = {"viewport": {"width": 1280, "height": 900}}
EYE = slide(LARGER[:, :32, :32], np.arange(75).reshape(3, 5, 5) % 4 - 1, -125)


def check_fits(page):
    """Input, weights, products and output are all on a laptop's screen together: nothing scrolls."""
    player = page.mount(EYE)
    player.root.focus()
    page.page.keyboard.press("f")
    page.page.wait_for_function("root => root.matches('.cnn-staged')", arg=player.root.element_handle())
    page.frames(2)
    boards = "player.root.querySelector('.cnn-stage')"
    assert player.js(f"{boards}.scrollHeight - {boards}.clientHeight") <= 1


def test_it_fits_on_the_stage(browser):
    with opened(browser, **LAPTOP) as page:
        check_fits(page)


@pytest.mark.control
def test_a_stage_that_scrolls_is_noticed(browser):
    notices(browser, check_fits, ("TINIEST = [10, 8, 6, 4]", "TINIEST = []"), **LAPTOP)
