"""The site in a real browser, from the disk, without a network: nothing fails, players play, themes are followed."""

import pytest

pytest.importorskip("myst_nb", reason="what publishes is not installed: uv sync --extra publish")
pytest.importorskip("furo", reason="what publishes is not installed: uv sync --extra publish")

from small_site import built

# Before a release. That it is built, and what is in its pages, is seen each day in tests/publish.
pytestmark = pytest.mark.long
PAGES = ["index", "00_small", "words", "solutions/00_small", "docs/teaching", "search"]
LIVE = "() => [...document.querySelectorAll('.cnn-place')].every(place => place.dataset.live === 'yes')"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(tmp_path_factory.mktemp("series"))


@pytest.fixture
def opened(browser, site):
    """`opened(name)` opens a page, offline; what fails or asks beyond the disk is noted, and must be nothing."""
    contexts, faults = [], []

    def open_one(name, **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "offline": True} | options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(message.text))
        page.on("requestfailed", lambda request: faults.append(request.url))
        page.on("request", lambda request: request.url.startswith(("file:", "data:", "blob:"))
                or faults.append(request.url))
        path, _, rest = name.partition("#")
        page.goto((site / f"{path}.html").as_uri() + (f"#{rest}" if rest else ""))
        page.wait_for_function(LIVE)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.mark.parametrize(("name", "width"), [(name, width) for name in PAGES for width in (380, 1280)])
def test_a_page_opens_and_fits(opened, name, width):
    page = opened(name, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("h1").first.is_visible() or name == "search"


def test_a_player_plays_and_a_quiz_answers(opened):
    page = opened("00_small")
    player = page.locator(".cnn-player").first
    assert (player.get_attribute("data-step"), player.get_attribute("data-value")) == ("0", "1")
    player.get_by_role("button", name="Next step").click()
    page.wait_for_function("() => document.querySelector('.cnn-player').dataset.value === '-1'")
    assert page.locator(".cnn-place > .cnn-still").first.is_hidden()
    page.locator(".cnn-quiz").get_by_role("radio").first.check()
    page.locator(".cnn-quiz").get_by_text("ight").first.wait_for()


def test_what_answers_a_prediction_is_folded_and_alive(opened):
    page = opened("00_small")
    answer, player = page.get_by_text("42", exact=True), page.locator(".cnn-player").nth(1)
    assert answer.is_hidden() and player.is_hidden()
    page.get_by_text("Your prediction first").click()
    assert answer.is_visible() and player.bounding_box()["width"] > 200
    player.get_by_role("button", name="Next step").click()
    page.wait_for_function("() => document.querySelectorAll('.cnn-player')[1].dataset.value === '5'")


def test_the_player_of_the_first_page_plays(opened):
    player = opened("index").locator(".cnn-player")
    assert player.get_attribute("data-step") == "0"
    player.locator(".cnn-speed input").press("End")   # as fast as it goes: else the first step takes its time
    player.get_by_role("button", name="Play").click()
    player.page.wait_for_function("() => document.querySelector('.cnn-player').dataset.step > 1")


def test_widgets_and_figures_follow_the_theme_of_the_page(opened):
    page = opened("00_small", color_scheme="dark")
    player = page.locator(".cnn-player").first
    assert player.get_attribute("data-theme") == "dark"
    ground = "getComputedStyle(document.querySelector('.cnn-player')).backgroundColor"
    assert page.evaluate(ground) == page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.evaluate("document.body.dataset.theme = 'light'")
    page.wait_for_function("() => document.querySelector('.cnn-player').dataset.theme === 'light'")


def test_formulas_are_drawn_in_the_font_that_travels_along(opened):
    page = opened("00_small")
    assert page.locator("math").count() >= 2
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some("
                         "font => font.family.includes('Cnnlib Maths') && font.status === 'loaded'))")


def test_a_link_to_a_cell_lands_there(opened):
    page = opened("00_small")
    page.get_by_role("link", name="word", exact=True).click()
    page.wait_for_url("**/words.html#cell-id=kernel")
    page.wait_for_function("() => scrollY > 300")
    assert page.get_by_role("heading", name="Kernel").is_visible()


def test_the_search_finds_a_word(opened):
    page = opened("search")
    page.goto(page.url + "?q=kernel")
    page.locator("#search-results a", has_text="Words").first.wait_for()


def test_what_scrolls_can_be_reached_whenever_it_came_to_scroll(opened):
    """What is in a table grows, as when its font has come, and shrinks again; the window narrows."""
    page = opened("docs/teaching")
    page.evaluate("document.querySelector('.table-wrapper td').style.minWidth = '2000px'")
    page.wait_for_function("() => document.querySelector('.table-wrapper').tabIndex === 0")
    page.evaluate("document.querySelector('.table-wrapper td').style.minWidth = ''")
    page.wait_for_function("() => document.querySelector('.table-wrapper').tabIndex === -1")
    page = opened("00_small")
    code = "[...document.querySelectorAll('pre')].find(each => each.textContent.startsWith('cnn.viz.slide'))"
    assert page.evaluate(f"{code}.tabIndex") == -1
    page.set_viewport_size({"width": 380, "height": 800})
    page.wait_for_function(f"() => {code}.tabIndex === 0")


def test_a_table_scrolls_sideways_only(opened):
    """An arrow in it claims room below the table, in which nothing stands."""
    page = opened("docs/teaching")
    assert page.locator(".table-wrapper math").count() == 1
    assert page.evaluate("getComputedStyle(document.querySelector('.table-wrapper')).overflow") == "auto hidden"


def test_paper_shows_the_stills(opened):
    page = opened("00_small")
    page.emulate_media(media="print")
    assert page.locator(".cnn-place > .cnn-still").first.is_visible()
    assert page.locator(".cnn-place > .cnn-view").first.is_hidden()


@pytest.mark.parametrize(("name", "scheme"), [(name, scheme) for name in PAGES for scheme in ("light", "dark")])
def test_no_serious_fault_for_those_who_cannot_see_or_point(opened, name, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe")
    page = opened(name, color_scheme=scheme)
    faults = axe.Axe().run(page, options={"preload": False}).response["violations"]   # it would ask for style sheets
    assert [(fault["id"], fault["nodes"][0]["target"]) for fault in faults
            if fault["impact"] in ("serious", "critical")] == []
