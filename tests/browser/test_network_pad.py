"""Drawing into a network, in a real Chromium: by mouse and keyboard, with eraser and undo; what it gets of that."""

import numpy as np
import pytest
from network_page import DATA, DIGITS, IMAGES, MODEL, draw, got, notices, opened, told
from strokes import DIGITS as DRAWN

import cnnlib as cnn

L = [[(0.1, 0.1), (0.1, 0.3), (0.2, 0.3)]]   # small, in a corner


@pytest.fixture(scope="module")
def pages(browser):
    with opened(browser) as page:
        yield page
        assert page.errors == [] and page.outside == []


@pytest.fixture
def view(pages):
    view = pages.mount(DIGITS)
    yield view
    view.remove()


def middle(image):
    """The centre of mass."""
    r, c = np.indices(image.shape)
    assert image.any(), "nothing is there"
    return (image * r).sum() / image.sum(), (image * c).sum() / image.sum()


@pytest.mark.long
def test_digits_drawn_by_hand_are_recognised(view):
    """At least 17 of 20, as MNIST's were centred; none of them was looked at while the network was made."""
    right = []
    for digit, strokes in DRAWN:
        told(view, lambda: view.press("Clear"))
        right.append(draw(view, strokes) == str(digit))
    assert sum(right) >= 17, right


def check_centred(page):
    """A small drawing in a corner comes to the middle, 20 pixels high; with the switch off it stays where it is."""
    view = page.mount(DIGITS, image=-1)
    draw(view, L)
    inside = got(view)
    assert middle(inside) == pytest.approx((13.5, 13.5), abs=1)
    rows = np.flatnonzero(inside.max(axis=1) > 30)
    assert rows[-1] - rows[0] + 1 in (19, 20, 21)
    told(view, view.control("centre as MNIST").uncheck)
    outside = got(view)
    assert middle(outside)[0] < 9 and middle(outside)[1] < 6 and view.trait("centred") is False
    assert outside.sum() < inside.sum() / 3


def check_eraser(page):
    """What is erased of a test image is gone, the rest stays where it was; undone, it is the image again."""
    view = page.mount(DIGITS, image=2)
    whole = got(view)
    assert np.abs(whole - IMAGES[2, 0] * 255).max() <= 1
    view.press("Eraser")
    draw(view, [[(0.2, 0.45), (0.8, 0.45)]])
    rubbed = got(view)
    assert whole[12, 8:20].sum() > 500 and rubbed[12, 8:20].max() == 0
    assert np.array_equal(rubbed[:10], whole[:10]) and np.array_equal(rubbed[16:], whole[16:])
    told(view, lambda: view.press("Undo"))
    assert np.array_equal(got(view), whole) and view.trait("strokes") == []


def check_undo(page):
    """Undone, a loaded image gives way to the drawing before it, and the switch stands where it stood."""
    view = page.mount(DIGITS, image=-1)
    draw(view, L)
    drawn = got(view)
    told(view, lambda: view.press("Next test image"))
    told(view, view.control("centre as MNIST").uncheck)
    told(view, lambda: view.press("Undo"))
    assert view.control("centre as MNIST").is_checked() and view.trait("centred") is None and view.trait("image") == 0
    told(view, lambda: view.press("Undo"))
    assert np.array_equal(got(view), drawn) and view.trait("image") == -1 and len(view.trait("strokes")) == 1
    told(view, lambda: view.press("Undo"))
    assert not got(view).any() and view.trait("strokes") == []
    view.remove()


def check_keyboard(page):
    """Arrows move the pen, space sets it down and lifts it, Backspace undoes; all is told."""
    view, keyboard = page.mount(DIGITS, image=-1), page.page.keyboard
    view.root.locator(".cnn-pad").focus()
    for _ in range(6):
        keyboard.press("ArrowUp")
    keyboard.press(" ")
    assert view.voice == "Pen down."
    for _ in range(12):
        keyboard.press("ArrowDown")
    said = told(view, lambda: keyboard.press(" "))
    stroke, = view.trait("strokes")
    assert stroke["points"][:2] == [14, 8] and stroke["points"][-2:] == [14, 20] and len(stroke["points"]) == 26
    assert said.startswith("It says 1, ") and view.js("player.root.dataset.answer") == "1"
    keyboard.press("ArrowLeft")
    assert len(view.trait("strokes")) == 1, "the pen is up"
    told(view, lambda: keyboard.press("Backspace"))
    assert view.trait("strokes") == [] and view.trait("looking") == []


def check_frames(page):
    """However many events there are, the network runs once for each picture."""
    view = page.mount(DIGITS, image=-1)
    runs = view.js("""(async () => {
      const { root } = player, pad = root.querySelector(".cnn-pad"), { left, top } = pad.getBoundingClientRect();
      const at = (x, y) => ({ bubbles: true, pointerId: 1, clientX: left + x, clientY: top + y });
      const send = (type, x, y) => pad.dispatchEvent(new PointerEvent(type, at(x, y)));
      const frame = () => new Promise(requestAnimationFrame), runs = () => +root.dataset.runs;
      await frame(); await frame();
      const counts = [runs()];
      send("pointerdown", 30, 30);
      for (let n = 0; n < 4; n++) {
        for (let k = 0; k < 40; k++) send("pointermove", 30 + 20 * n + k, 40 + 10 * n + k / 2);
        await frame(); await frame();
        counts.push(runs());
      }
      send("pointerup", 90, 90);
      return counts.map((count, n) => count - counts[Math.max(0, n - 1)]);
    })()""")
    assert runs == [0, 1, 1, 1, 1]


def check_changes(page):
    """Sliders move, turn and thicken the drawing, also a loaded image, and are undone; without centring it is seen."""
    view = page.mount(DIGITS, image=4, centred=False)
    before = got(view).astype(float)

    def slide(name, value):
        told(view, lambda: view.control(name).evaluate("""(slider, value) => {
          slider.value = value;
          for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
        }""", value))

    slide("Shift to the right", 2)
    assert middle(got(view))[1] == pytest.approx(middle(before)[1] + 2, abs=0.2)
    assert view.trait("changes")["right"] == 2
    slide("Thicker", 2)
    assert got(view).sum() > 1.2 * before.sum()
    told(view, lambda: view.press("Reset"))
    assert np.abs(got(view) - before).max() <= 1 and view.trait("changes") == {}
    slide("Turn", 90)
    turned = np.rot90(before, -1)
    assert np.corrcoef(got(view).ravel(), turned.ravel())[0, 1] > 0.9
    told(view, lambda: view.press("Undo"))
    assert np.abs(got(view) - before).max() <= 1


def check_empty(page):
    """An empty pad is told; the next test image is one key away; a drawing of Python's is drawn."""
    view = page.mount(DIGITS, image=0)
    told(view, lambda: view.press("Clear"))
    note = view.root.get_by_role("status").filter(has_text="Nothing is drawn")
    assert note.is_visible() and view.voice.startswith("It says ")
    assert got(view).max() == 0 and view.trait("image") == -1
    told(view, lambda: page.page.keyboard.press("n"))
    assert view.trait("image") == 0 and view.text("cnn-note") == ""
    view.from_python(image=-1, strokes=[{"points": [14, 4, 14, 24], "width": 2.4, "erase": False}])
    page.page.wait_for_function(f"{view.handle}.root.dataset.answer === '1'")


CHECKS = [check_centred, check_eraser, check_undo, check_keyboard, check_frames, check_changes, check_empty]


@pytest.mark.alike(2)
@pytest.mark.parametrize("check", CHECKS)
def test_drawing(pages, check):
    check(pages)
    pages.clear()


@pytest.mark.control
@pytest.mark.parametrize(("check", "change"), [
    (check_centred, ("if (middle) x.set(middle);", "")), (check_eraser, ("&& !(base && !drawn && !this.moved)", "")),
    (check_eraser, ('erase ? "destination-out"', 'false ? ""')),
    (check_undo, ("queueMicrotask(() => { this.following = false;", "[0].forEach(() => { this.following = false;")),
    (check_keyboard, ("if (this.down) return this.liftPen();", "")),
    (check_frames, ("this.due ||= requestAnimationFrame(() => { this.due = 0; this.update(); });", "this.update();")),
    (check_changes, ("ctx.rotate(turn * Math.PI / 180);", "")), (check_empty, ("if (drawing?.empty)", "if (false)")),
])
def test_wrong_drawing_is_noticed(browser, check, change):
    notices(browser, check, change)


def test_what_the_pad_makes_is_what_python_centres(view):
    """The centring of the pad is that of `cnn.data.centred`."""
    told(view, lambda: view.press("Clear"))
    view.from_python(image=-1, strokes=[{"points": [7, 7, 14, 7, 14, 11], "width": 4, "erase": False}])
    view.page.wait_for_function(f"{view.handle}.root.dataset.answer")
    side = 168
    r, c = (np.indices((side, side)) + 0.5) / 6
    across, down = np.maximum(0, np.maximum(7 - c, c - 14)), np.maximum(0, np.maximum(7 - r, r - 11))
    away = np.minimum(np.hypot(across, r - 7), np.hypot(c - 14, down)) - 2   # how far outside of a round pen
    expected = cnn.data.centred(np.clip(0.5 - 6 * away, 0, 1).round(4)) * 255
    view.page.wait_for_function(f"{view.handle}.root.querySelector('.cnn-note').textContent === ''")
    assert np.abs(got(view) - expected).mean() < 3


def check_tour(page):
    """The questions of the tour of lesson 06 are answered by drawing, and what is not yet right is said."""
    reader = cnn.viz.network_explorer(MODEL, DATA.x_test[:12], labels=DATA.y_test[:12])
    view = page.mount(reader, **reader.player(tour=cnn.learn.tour("06")).state())

    def on(page):
        for name in ("Next", "Skip"):
            if view.button(name).count():
                view.press(name)
                break
        view.page.wait_for_function(f"{view.handle}.state.page === {page}")
        view.page.wait_for_function(f"{view.handle}.root.dataset.runs")

    def verdict():
        return view.text("cnn-verdict")

    draw(view, [[(0.3, 0.2), (0.6, 0.2), (0.4, 0.8)]])
    assert verdict() == "It says 7." and view.trait("done") == [1]
    on(2)
    page.frames()
    first = view.root.locator("[data-kind=Conv2d]").first.locator(".cnn-map")
    heights = reader.outputs(x=got(view)[None] / 255)[1].reshape(6, -1).max(axis=1)
    first.nth(int(heights.argmax())).click()
    assert "Another map is quieter." in verdict() and view.trait("done") == [1]
    first.nth(int(heights.argmin())).click()
    assert view.trait("done") == [1, 2] and heights.argmin() == 2, "as the tour says it is solved"
    on(3)
    view.control("Your number").fill("150")
    page.page.keyboard.press("Enter")
    assert verdict().startswith("Right: 150.")
    on(4)
    page.frames()
    assert view.js("player.root.dataset.answer") == "7"
    told(view, view.control("centre as MNIST").uncheck)
    assert view.trait("done")[-1] == 4 and view.js("player.root.dataset.answer") != "7"
    on(5)
    page.frames()
    draw(view, [[(0.55, 0.15), (0.55, 0.85)]])
    assert verdict() == "It says 1. Go on drawing, until it says 7."
    for left in (0.45, 0.35, 0.25):
        if draw(view, [[(0.55, 0.15), (left, 0.15)]]) == "7":
            break
    assert verdict() == "It says 7. Without the last stroke it said 1." and view.trait("done")[-1] == 5
    on(6)
    page.frames()
    view.press("Eraser")
    draw(view, [[(0.45, 0.1), (0.55, 0.1)]])
    assert verdict() == "It still says 2, after 1 stroke of the eraser."
    told(view, lambda: view.press("Undo"))
    draw(view, [[(0.2, 0.68), (0.8, 0.68), (0.8, 0.76), (0.2, 0.76)]])
    assert view.trait("done")[-1] == 6 and verdict().endswith("after 1 stroke of the eraser.")
    view.remove()


def test_the_questions_of_the_tour(pages):
    check_tour(pages)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("JSON.stringify(strokes.slice(0, count)) === drawn", "false"), ("all[map] <= Math.min(...all)", "true"),
    ("if (said === truth) return", "if (false) return"),
])
def test_a_question_that_is_judged_wrongly_is_noticed(browser, change):
    notices(browser, check_tour, change)
