"""Tours in a real Chromium, by keyboard alone, without Python behind them; each check also fails on a broken player."""

import functools

import player_page
import pytest
from player_page import opened
from player_scenes import SCENES
from test_page_file import Opened
from tours import TouredPlayer, Visitor, stored, toured

from cnnlib.viz import pool, slide
from cnnlib.viz.kit import page as one_file

IMAGE = slide([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]],
              [[1, 0, 1], [0, 1, 0], [1, 0, 1]])
OPTIONS = {"widget": TouredPlayer, "reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}
notices = functools.partial(player_page.notices, **OPTIONS)


@pytest.fixture(scope="module")
def shared(browser):
    with opened(browser, **OPTIONS) as page:
        yield page
        assert page.errors == [] and page.outside == []


def visit(page, scene, *pages, **traits):
    """A visitor of a tour of a scene."""
    player = scene.player(tour=list(pages), **traits)
    return Visitor(page.mount(player.scene, **player.state()))


# --- the tours of the lessons -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lesson", "which"), [
    *(pytest.param(lesson, 1, marks=[pytest.mark.long] * (n % 3 > 0)) for n, lesson in enumerate(toured())), ("07", 2)])
def test_from_the_first_page_to_the_last_by_keyboard_alone(page, lesson, which):
    """Each task is done after something else was tried; each page shows what it is about."""
    state = stored(lesson, which)
    visitor = Visitor(page.mount(state.pop("spec"), **state))
    for number, about in enumerate(visitor.pages, 1):
        assert (visitor.number, visitor.player.step) == (number, about["step"])
        assert visitor.player.text("cnn-told") == about["text"].replace("`", "")
        assert visitor.player.trait("spec") == visitor.scenes[about["scene"]]
        assert visitor.next == ("Skip" if about["task"] else "Next" if number < len(visitor.pages) else "Finish")
        if about["task"]:
            visitor.act(right=False)
            assert visitor.next == "Skip" and "ot yet" in visitor.said, visitor.said
            visitor.act(right=True)
            assert visitor.next != "Skip" and visitor.said.startswith(("Done: ", "Right: ")), visitor.said
            visitor.player.root.focus()
        visitor.press("PageDown")
    assert visitor.number == 0 and visitor.player.trait("done") == [
        n for n, about in enumerate(visitor.pages, 1) if about["task"]]


def test_skipped_tasks_are_done_by_the_tour(page):
    state = stored("03")
    visitor = Visitor(page.mount(state.pop("spec"), **state))
    for about in visitor.pages:
        assert visitor.player.trait("spec") == visitor.scenes[about["scene"]] and visitor.player.step == about["step"]
        visitor.press("PageDown")
    assert visitor.player.trait("done") == [] and visitor.number == 0


# --- tasks ------------------------------------------------------------------------------------------------------------


def change(visitor, name, value):
    visitor.player.control(name).fill(str(value))
    visitor.press("Enter")


def check_set(page):
    """Both numbers are needed; what is not yet right is said, and nothing before something was tried."""
    visitor = visit(page, IMAGE, {"text": "a", "task": {"stride": 2, "padding": 1}}, {"text": "b"})
    assert visitor.said == "" and visitor.player.root.locator(".cnn-spot input[type=number]").count() == 2
    said = []
    for name, value in [("Dilation", 2), ("Dilation", 1), ("Stride", 3), ("Stride", 2)]:
        change(visitor, name, value)
        said.append(visitor.said)
    assert said == ["The stride is still 1, not yet 2."] * 2 + [
        "The stride is now 3, not yet 2.", "The padding is still 0, not yet 1."]
    assert visitor.next == "Skip"
    change(visitor, "Padding", 1)
    assert (visitor.said, visitor.next) == ("Done: the stride is 2, the padding is 1.", "Next")
    assert visitor.player.trait("done") == [1] and visitor.player.root.locator(".cnn-spot").count() == 0


def test_numbers_to_be_set(page):
    check_set(page)


@pytest.mark.control
def test_numbers_to_be_set_broken(browser):
    notices(browser, check_set, ("if (!open.length) return done", "if (open.length < 2) return done"))


def check_find(page):
    visitor = visit(page, IMAGE, {"text": "a", "task": {"find": "largest"}}, {"text": "{value}", "task": {"find": 2}})
    visitor.go(3)
    assert visitor.said == "", "passing by is no answer"
    visitor.tab_to("It is this step")
    visitor.press("Enter")
    assert visitor.said == "Not yet. Step 4 gives 2. Another output is larger."
    visitor.go(2)   # 4, and not the only one
    visitor.tab_to("It is this step")
    visitor.press("Enter")
    assert visitor.said == "Right: step 3 gives 4." and visitor.page["task"]["find"] == "largest"
    assert visitor.player.page.evaluate("document.activeElement.textContent") == "Next", "the focus is not lost"
    visitor.press("Enter")
    visitor.act(right=False)
    assert visitor.said == "Not yet. Step 1 gives 4. You are looking for 2."
    visitor.act(right=True)
    assert visitor.said == "Right: step 4 gives 2."


def test_a_step_to_be_found(page):
    check_find(page)


@pytest.mark.control
def test_a_step_to_be_found_broken(browser):
    notices(browser, check_find, ("values.some(other => better(other, value))", "false"))


def check_predict(page):
    """The output is hidden everywhere until it is typed; of a wrong number the reason is told, where it is known."""
    asked = {"text": "?", "task": {"predict": 4}}
    visitor = visit(page, IMAGE, {"text": "a", "step": 2}, asked, {"text": "{value}"})
    player = visitor.player
    visitor.press("PageDown")
    assert player.step == 4 and player.js("'value' in player.root.dataset") is False
    assert player.text("cnn-sum") == "What comes at y[1, 1]?"
    visitor.tab_to("Your number for y[1, 1]")
    for typed, said in [("", "Nothing is typed yet."), ("four", "“four” is not a number."), ("5", "Not yet. ")]:
        visitor.press("ControlOrMeta+a", "Backspace")
        visitor.keyboard.type(typed)
        visitor.press("Enter")
        assert visitor.said.startswith(said) and visitor.next == "Skip"
    visitor.press("PageUp")   # also from inside the field
    assert (player.step, player.value, visitor.number) == (2, 4, 1)
    visitor.press("PageDown")
    assert player.text("cnn-sum") == "What comes at y[1, 1]?"
    visitor.act(right=True)
    assert visitor.said == "Right: y[1, 1] is 4, the sum of 9 products." and player.value == 4
    assert player.text("cnn-sum").endswith("= 4")


def test_an_output_to_be_typed(page):
    check_predict(page)


@pytest.mark.control
def test_an_output_to_be_typed_broken(browser):
    notices(browser, check_predict, ("step => step === asked ||", "step => "))


# --- pages ------------------------------------------------------------------------------------------------------------


def check_back(page):
    """Back restores what the page had set; what the visitor changed is put aside, told, and can be had back."""
    visitor = visit(page, IMAGE, {"text": "a"}, {"text": "b", "stride": 2, "step": 3, "view": ["matrix"]})
    player = visitor.player
    given = player.trait("spec")
    visitor.press("PageDown")
    assert (player.step, player.trait("view"), player.trait("spec")["stride"]) == (3, ["matrix"], [2, 2])
    visitor.press("PageUp")
    assert (player.step, player.trait("view"), player.trait("spec")) == (0, [], given)
    assert player.text("cnn-kept") == ""
    visitor.cell("x", (0, 1), 7)
    mine = player.trait("spec")
    visitor.press("PageDown")
    assert player.text("cnn-kept").startswith("Your changes were put aside.")
    visitor.tab_to("Bring them back")
    visitor.press("Enter")
    assert player.trait("spec") == mine and visitor.number == 2 and player.text("cnn-kept") == ""
    visitor.press("PageUp", "ControlOrMeta+z")
    assert player.trait("spec") == mine, "a page turned is one step to undo"


def test_going_back(page):
    check_back(page)


@pytest.mark.control
def test_going_back_broken(browser):
    notices(browser, check_back, ("aside = room.mine(page(now || last))", "aside = null"))


def check_light(page):
    """What a page speaks of is lit: cells are named in `data-spot`, parts of the player are outlined."""
    lights = ["window", "output", "products", "sum", "size", "w", "x[2, 2]", "w[1, 1]", "padding", "unread"]
    pages = [{"text": "a", "light": light, "padding": int(light == "padding"), "stride": 1} for light in lights[:-1]]
    visitor = visit(page, IMAGE, *pages, {"text": "b", "padding": 0, "kernel_size": 2, "stride": 2, "light": "unread"})
    page.page.set_viewport_size({"width": 800, "height": 1200})   # where a closed tour leaves the boards as they are
    page.frames()
    seen, painted = {}, set()
    for light in lights:
        seen[light] = visitor.player.js("""[...player.root.querySelectorAll("[data-spot], .cnn-spot")].map(
          part => `${part.dataset.board ?? part.className.split(" ")[0]} ${part.dataset.spot ?? "whole"}`)""")
        lit = visitor.player.picture
        visitor.press("t")
        if visitor.player.picture != lit:
            painted.add(light)
        visitor.press("t", "PageDown")
    every = " ".join(map(str, range(9)))
    assert seen == {
        "window": ["x 0 1 2 5 6 7 10 11 12"], "output": ["y 0"], "products": [f"p {every}"], "sum": ["cnn-sum whole"],
        "size": ["cnn-size whole"], "w": ["w whole"], "x[2, 2]": ["x 12", f"w {every}", f"y {every}"],
        "w[1, 1]": ["x 6 7 8 11 12 13 16 17 18", "w 4", f"y {every}"], "padding": [], "unread": []}
    assert painted == set(lights) - {"sum", "size", "w"}, "of these, cells are painted"


def test_what_is_lit_up(page):
    check_light(page)


@pytest.mark.control
def test_what_is_lit_up_broken(browser):
    notices(browser, check_light, ("for (const place of spots.places)", "for (const place of [])"))


def check_keys(page):
    """T closes and opens, at the page that one left; without a tour in sight Page Down belongs to the page around."""
    visitor = visit(page, IMAGE, {"text": "a"}, {"text": "b"}, {"text": "c"})
    player = visitor.player
    visitor.press("PageUp")
    assert visitor.number == 1
    visitor.press("PageDown", "t")
    assert (visitor.number, player.trait("page")) == (0, 0)
    visitor.press("PageDown")
    assert visitor.number == 0
    visitor.press("t")
    assert visitor.number == 2
    visitor.tab_to("Close the tour")
    visitor.press("Enter")
    assert visitor.number == 0 and player.page.evaluate("document.activeElement.textContent") == "Tour"
    visitor.press("Enter")
    assert visitor.number == 2 and player.page.evaluate("document.activeElement.textContent") == "Next"
    visitor.press("Enter", "Enter")
    assert visitor.number == 0
    player.from_python(page=1)
    assert visitor.number == 1
    assert player.root.get_by_role("region", name="Tour").count() == 1
    assert player.js("player.root.querySelector('.cnn-told').ariaLive") == "polite"


def test_keys_and_names(page):
    check_keys(page)


@pytest.mark.control
def test_keys_and_names_broken(browser):
    notices(browser, check_keys, ("if (inside) reopen.focus();", ""))


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_beside_the_boards_or_above(browser, width):
    """Nothing reaches beyond the page, and text and boards do not lie on each other."""
    with opened(browser, **OPTIONS | {"viewport": {"width": width, "height": 900}}) as page:
        visitor = visit(page, pool([[1, 3, 2, 0], [5, 2, 1, 1]], 2), {"text": "Some words. " * 40}, {"text": "b"})
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        boxes = [visitor.player.root.locator(part).first.bounding_box() for part in (".cnn-card", ".cnn-stage")]
        card, stage = boxes
        beside = card["x"] >= stage["x"] + stage["width"] - 1
        above = card["y"] + card["height"] <= stage["y"]
        assert (beside, above) == (width == 1280, width < 1280)
        root = visitor.player.root.bounding_box()
        assert card["y"] + card["height"] <= root["y"] + root["height"]
        visitor.press("t")
        assert visitor.player.root.locator(".cnn-stage").bounding_box()["width"] > width * 0.9


def test_a_tour_on_a_page_of_its_own(browser, tmp_path):
    """Offline, from the disk, under its policy; beside a player without a tour."""
    context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 900, "height": 700})
    tour = [{"text": "Sum {sum}"}, {"text": "b", "task": {"stride": 2}}]
    file = Opened(context, tmp_path / "tour.html", one_file.page([IMAGE.player(tour=tour), IMAGE]))
    player = file.players()[0]
    assert player.locator(".cnn-told").inner_text() == f"Sum {IMAGE.player(tour=tour).tour['pages'][0]['text'][4:]}"
    player.focus()
    file.page.keyboard.press("PageDown")
    player.get_by_label("Stride", exact=True).fill("2")
    player.get_by_label("Stride", exact=True).press("Enter")
    assert player.locator(".cnn-tour .cnn-verdict").inner_text() == "Done: the stride is 2."
    assert file.players()[1].locator(".cnn-tour").count() == 0
    assert file.errors == [] and file.asked == [file.address]
    context.close()


def check_hidden(page):
    """JupyterLab hides everything while it loads a theme: afterwards each board is as large as it was."""
    player = visit(page, SCENES["channels"], {"text": "A page of a few words."}).player
    sizes = lambda: player.js("""[player.root, ...player.root.querySelectorAll("canvas")]
      .map(({ clientWidth, clientHeight }) => [clientWidth, clientHeight])""")
    page.page.evaluate("document.body.style.display = 'none'")
    page.frames()
    page.page.evaluate("document.body.style.display = ''")
    page.frames(3)
    before, picture = sizes(), player.picture
    for light in ("false", "true"):
        hidden = page.page.evaluate("""async light => {
          document.body.style.display = "none";
          document.body.dataset.jpThemeLight = light;
          await null;   // all is told of it, but nothing was painted
          const { clientWidth } = document.querySelector(".cnn-player");
          document.body.style.display = "";
          return clientWidth;
        }""", light)
        page.frames(3)
        assert hidden == 0 and sizes() == [pytest.approx(size, rel=0.06) for size in before]   # a line more or less
        assert (player.picture == picture) == (light == "true"), "the colours of the theme that was loaded"
    page.page.evaluate("delete document.body.dataset.jpThemeLight")


def test_a_theme_that_takes_a_while_leaves_the_layout(shared):
    check_hidden(shared)


@pytest.mark.control
def test_a_layout_without_room_is_noticed(browser):
    notices(browser, check_hidden, ("if (!laid()) view.redraw();", "view.redraw();"))
