"""A tour where there is little room: as JupyterLab's notebook at 200 % and 150 % zoom, or a window of that size.

What is pressed, the sum and the output are on the screen together; each check also fails on a broken player.
"""

import functools

import player_page
import pytest
from player_page import opened
from tours import TouredPlayer, Visitor, stored, toured

OPTIONS = {"widget": TouredPlayer, "reduced_motion": "reduce"}
ZOOMED = {"viewport": {"width": 540, "height": 329}}   # a window of 1280 x 900 at 200 %: what it leaves to the notebook
LARGER = {"viewport": {"width": 690, "height": 479}}   # the same at 150 %
notices = functools.partial(player_page.notices, **OPTIONS, **ZOOMED)

# What is not on the screen, or under something else: the buttons, the sum, of the output the cell of this step.
MISSED = """(() => {
  const { root } = player, box = part => root.querySelector(part).getBoundingClientRect();
  const play = box("[aria-label=Play]"), sum = box(".cnn-sum"), y = box(`[data-board=${argument.result}] canvas`);
  const { top, bottom } = box(".cnn-stage");
  const middle = y.top + 5 + (y.height - 10) / argument.rows * (argument.row + 0.5);
  const seen = {
    play: play.top >= 0 && play.bottom <= innerHeight, sum: sum.top >= 0 && sum.bottom <= play.top + 1,
    output: middle > Math.max(top, 0) && middle < Math.min(bottom, sum.top),
    page: !argument.page || box(".cnn-head").top >= 0,
  };
  return Object.keys(seen).filter(part => !seen[part]);
})()"""
PRESS = "player.root.querySelector(argument).click()"
NEXT = "player.root.querySelector('[aria-keyshortcuts=PageDown]').getBoundingClientRect().top"


def visit(page, lesson):
    """A visitor of a lesson's tour, of which the beginning is seen at first, as by chance."""
    state = stored(lesson)
    player = page.mount(state.pop("spec"), **state)
    player.js("player.el.style.margin = '500px 0 2000px'")
    visitor = Visitor(player)
    page.page.evaluate("scrollTo(0, 250)")
    return visitor


def missed(visitor):
    scene, image = visitor.scene, visitor.scene.axes == 2   # without a page that of the last one
    row, last = [scene.frame(step).out[-2] if image else 0 for step in (visitor.player.step, scene.steps - 1)]
    shown = {"result": scene.record.result, "row": row, "rows": last + 1, "page": bool(visitor.number)}
    return visitor.player.js(MISSED, shown)


def check_room(page, lesson="03"):
    """Page after page, and with a step on each; then without the tour. What turns the pages stays under the pointer."""
    visitor, places = visit(page, lesson), set()
    player = visitor.player
    for number in range(2, len(visitor.pages) + 1):
        player.js(PRESS, "[aria-keyshortcuts=PageDown]")
        assert visitor.number == number and missed(visitor) == [], number
        places.add(round(player.js(NEXT)))
        for name in ("Last step", "First step"):
            player.js(PRESS, f"[aria-label='{name}']")
            assert missed(visitor) == [], (number, name)
    assert len(places) == 1
    player.js(PRESS, "[aria-label='Close the tour']")
    for name in ("First step", "Last step", "Next step", "First step"):
        player.js(PRESS, f"[aria-label='{name}']")
        assert missed(visitor) == [], name
    player.root.focus()
    visitor.press("t")
    assert missed(visitor) == []


@pytest.mark.long
@pytest.mark.parametrize("room", [ZOOMED, LARGER])
def test_all_is_seen_in_little_room(browser, room):
    with opened(browser, **OPTIONS, **room) as page:
        for lesson in toured():
            check_room(page, lesson)
            page.clear()
        assert page.errors == []


@pytest.mark.control
@pytest.mark.parametrize(("change", "lesson"), [
    (("if (n && moves) room.seen?.();", ""), "03"), (("const LOW = 440", "const LOW = 0"), "03"),
    (("Math.min(page ? top : rest, ", "Math.min(page ? 0 : rest, "), "01"), (("transport.after(parts)", "parts"), "04"),
    (("if (stage.scrolls) stage.bring(step)", ""), "03"),
])
def test_what_is_not_seen_is_noticed(browser, change, lesson):
    notices(browser, check_room, change, lesson)


def check_answer(page):
    """A task is answered in the line that turns the pages; what is said of it takes room from the text."""
    visitor = visit(page, "05")
    while not (visitor.page["task"] or {}).get("predict"):
        visitor.press("PageDown")
    top = "player.root.querySelector(argument).getBoundingClientRect().top"
    before = [visitor.player.js(top, part) for part in (".cnn-stage", ".cnn-answer input", "[aria-label=Play]")]
    visitor.act(right=False)
    assert visitor.said and missed(visitor) == []
    assert [visitor.player.js(top, part) for part in (".cnn-stage", ".cnn-answer input", "[aria-label=Play]")] == before


def test_an_answer_moves_nothing(browser):
    with opened(browser, **OPTIONS, **ZOOMED) as page:
        check_answer(page)


@pytest.mark.control
def test_an_answer_moves_nothing_broken(browser):
    notices(browser, check_answer, (".cnn-told { flex: 1 0 26px; height: 0;", ".cnn-told {"))
