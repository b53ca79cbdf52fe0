"""One's own output beside the scene's; in a real Chromium, without Python behind it.

What differs was decided by `SlidePlayer.compare`; and each check also runs on a player that was broken on purpose, and
must notice.
"""

import numpy as np
import pytest
from player_page import notices
from player_scenes import SCENES, SOBEL

from cnnlib.viz import SlidePlayer, pool, slide

IMAGE = SCENES["image"]   # 16 steps


def changed(scene, *steps, by=2.0):
    """What Python says of a function with other values at some steps: the traits `yours` and `differs`."""
    yours = scene.output.copy()
    yours.ravel()[list(steps)] += by
    return {"differs": list(steps), "yours": yours.tolist()}


def right(scene):
    return changed(scene)


def told(player):
    """What is said about the comparison."""
    return player.js("player.root.querySelector('.cnn-compare span').textContent")


# --- one's own output -------------------------------------------------------------------------------------------------


def check_parting(page):
    """From the first difference on: where they part, what is said at each step, back to it with a button."""
    player = page.mount(IMAGE, **changed(IMAGE, 6, 9))
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


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("player.go(first, { say: false })", "player.go(0)"), ("if (differs.has(step))", "if (!differs.has(step))"),
    ("? steps[0] : -1", "? steps.at(-1) : -1"), ("player.remarks.push(here)", ""),
])
def test_a_comparison_that_errs_is_noticed(browser, change):
    notices(browser, check_parting, change)


# Per cell of the two boards: does it look alike in both, and how bright is its upper right corner in one's own.
CELLS = """(() => {
  const [y, yours] = ["y", "yours"].map(id => player.root.querySelector(`figure[data-board=${id}] canvas`));
  const read = (canvas, ...box) => canvas.getContext("2d").getImageData(...box.map(Math.round), 1, 1).data;
  const cell = (y.width - 10) / 4, size = cell - 4;
  return [...Array(16).keys()].map(i => {
    const left = 5 + (i % 4) * cell, top = 5 + Math.floor(i / 4) * cell;
    const whole = canvas => canvas.getContext("2d").getImageData(left + 2, top + 2, size, size).data.join();
    const [r, g, b] = read(yours, left + cell - 4, top + 4);
    return [whole(y) === whole(yours), r + g + b];
  });
})()"""


def check_board(page):
    """The board is filled in together with the output; cells that differ have other digits and a black corner."""
    player = page.mount(IMAGE, **changed(IMAGE, 6, 9), step=15)
    cells = player.js(CELLS)
    others = set(range(16)) - {10, 11, 14, 15}   # 15 has the mark of the present step, which touches its neighbours
    assert {i for i in others if not cells[i][0]} == {i for i in others if cells[i][1] < 3 * 40} == {6, 9}
    player.control("Step").fill("7")
    assert all(alike for alike, _ in player.js(CELLS)[8:])   # blank, both
    assert player.board("yours").get_by_label("2 cells differ").count() == 1


def test_the_board_of_ones_own_output(page):
    check_board(page)


@pytest.mark.control
def test_the_board_of_ones_own_output_broken(browser):
    notices(browser, check_board, ("board.drawCell = drawCell;", ""))
    notices(browser, check_board, ('this.boards.get("yours")].filter(Boolean)', "].filter(Boolean)"))


# The step where a player goes when an outcome comes, and what its board is called then.
JUDGED = """argument.map(traits => {
  for (const news of [{ yours: null, differs: null, step: 0 }, traits])
    for (const [name, value] of Object.entries(news)) player.fromPython(name, value);
  return [+player.root.dataset.step, player.root.querySelector("[data-board=yours] canvas").ariaLabel];
})"""


def check_outcome(page, start=0):
    """What Python found to differ is what is shown, in every kind of scene: nothing is judged a second time."""
    for name, scene in list(SCENES.items())[start::2]:
        last = scene.steps - 1
        outputs = [changed(scene, last, by=by)["yours"] for by in (1e-12, 1e-5, 1e-2)]
        outputs.append(scene.output.astype(np.float32).tolist())
        python = [SlidePlayer.compare(scene, lambda *_, result=yours, **named: result) for yours in outputs]
        assert [each.differs for each in python][::2] == [[], [last]], name
        traits = [{"differs": each.differs, "yours": each.yours} for each in python]
        said = {True: "the output of your code, 1 cell differs", False: "the output of your code, the same"}
        assert page.mount(scene).js(JUDGED, traits) == [
            [each.step, said[bool(each.differs)]] for each in python], name


@pytest.mark.control
def test_python_alone_says_what_differs_broken(browser):
    notices(browser, check_outcome, ("new Set(steps)", "new Set(steps.slice(1))"))


@pytest.mark.alike(2)
@pytest.mark.parametrize("start", [0, 1])
def test_python_alone_says_what_differs(page, start):
    check_outcome(page, start)
    player = page.mount(IMAGE, yours=changed(IMAGE, 6)["yours"])   # nobody has judged it
    assert told(player) == "" and player.board("yours").get_by_label("the output of your code").count() == 1


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
    player.from_python(message="", **right(IMAGE))
    assert told(player) == "All 16 agree." and player.step == 0 and not status.is_visible()
    player.from_python(yours=None)
    assert player.root.locator(".cnn-compare").is_visible() is False and player.board("yours").count() == 0


def test_the_step_that_python_chose(page):
    player = page.mount(IMAGE, **changed(IMAGE, 6), step=3)
    assert player.step == 3
    player.from_python(**changed(IMAGE, 2))   # after an edit: whoever edits stays where they are
    assert player.step == 3 and told(player).startswith("Different since step 3")


def test_values_that_are_missing_or_of_another_shape(page):
    yours = IMAGE.output.tolist()
    yours[1][2] = None
    player = page.mount(IMAGE, yours=yours, differs=[6])
    assert player.step == 6 and "here yours is not a number, the true value is" in told(player)
    for shape in ([[1, 2]], [], [1] * 16, IMAGE.output.T.tolist()[:2], "text"):
        other = page.mount(IMAGE, yours=shape, differs=[1], message="Look.")
        assert other.board("yours").count() == 0 and other.text("cnn-message") == "Look."
    signal = SCENES["signals"]   # (2, 3): filters and positions
    assert page.mount(signal, yours=signal.output.tolist()).board("yours").count() == 1


def check_change(page):
    """After an edit the board stays where its values still fit, says that they are from before, and claims nothing
    about the new scene until Python has called the function again."""
    player, before = page.mount(IMAGE, **changed(IMAGE, 6), step=3), "Yours is from before the change: it catches up"
    player.from_python(spec=slide(IMAGE.x, SOBEL, 1, stride=2, padding=1).spec)
    assert told(player).startswith(before) and not player.button("First difference").is_visible()
    assert player.board("yours").get_by_label("the output of your code").count() == 1
    player.from_python(calls=2)   # it was called again, and everything else is as before
    assert told(player) == "The same so far." and player.step == 3
    player.from_python(spec=pool(IMAGE.x, 3, 2, mode="avg").spec)   # 3x3 outputs
    assert player.board("yours").count() == 0
    player.from_python(spec=IMAGE.spec)
    assert player.board("yours").count() == 1 and told(player).startswith(before)
    player.from_python(**right(IMAGE))
    assert told(player) == "All 16 agree."


def test_after_a_change_of_the_scene(page):
    check_change(page)


@pytest.mark.control
def test_after_a_change_of_the_scene_broken(browser):
    notices(browser, check_change, ("stale ? null :", ""))
    notices(browser, check_change, ('"differs", "calls", "message"];', '"differs", "message"];'))


def test_prediction_keeps_the_true_value(page):
    """One's own output does not tell what is to be predicted."""
    player = page.mount(IMAGE, **changed(IMAGE, 2), mode="predict", step=2)
    assert told(player) == "" and all(alike for alike, _ in player.js(CELLS))   # blank, both
