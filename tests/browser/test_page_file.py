"""The one-file page in a real browser: opened from the disk, without a network, under its own strict policy.

Each check is also made on a page that is broken on purpose, and must fail there.
"""

import contextlib

import pytest
from playwright.sync_api import TimeoutError

import cnnlib as cnn
from cnnlib.viz.kit import page
from cnnlib.viz.slide.player import PLAIN, SlidePlayer

SIGNAL = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
POOL = cnn.viz.pool([[1, 2, 3, 4], [5, 6, 7, 8]], 2)


class Opened:
    """A text as a file of its own, opened from the disk; what it asks for, and what goes wrong, is noted."""

    def __init__(self, context, path, text):
        path.write_text(text, encoding="utf-8")
        self.page, self.errors, self.asked = context.new_page(), [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", lambda request: request.failure == "csp" and self.asked.remove(request.url))
        self.page.goto(path.as_uri())
        with contextlib.suppress(TimeoutError):   # what is not to appear had its time
            self.page.locator(".cnn-player[data-step]").first.wait_for(timeout=1000)
        self.address = path.as_uri()

    def players(self):
        return self.page.locator(".cnn-player").all()

    def shows(self, n=0):
        """(step, value) that a player shows; None if there is no player."""
        players = self.players()
        if len(players) <= n:
            return None
        return int(players[n].get_attribute("data-step")), float(players[n].get_attribute("data-value"))


@pytest.fixture
def opened(browser, tmp_path):
    """`opened(text)` opens a page from the disk, in a browser that is offline; options as for a new context."""
    contexts = []

    def open_one(text, **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 900, "height": 700}, "offline": True} | options))
        return Opened(contexts[-1], tmp_path / f"page-{len(contexts)}.html", text)

    yield open_one
    for context in contexts:
        context.close()


def steps_through(file):
    """Press "Next step" to the end: do step and value follow the scene each time?"""
    frames = [SIGNAL.frame(i) for i in range(SIGNAL.steps)]
    shown = [file.shows()]
    for _ in frames[1:]:
        file.page.get_by_role("button", name="Next step").first.click()
        shown.append(file.shows())
    return shown == [(frame.step, frame.value) for frame in frames]


def test_it_plays_from_the_disk(opened):
    file = opened(page.page(SIGNAL))
    assert steps_through(file)
    file.page.get_by_role("button", name="First step").click()
    file.page.get_by_role("button", name="Play").click()
    file.page.locator('.cnn-player[data-step="2"]').wait_for(timeout=10_000)
    assert file.errors == [] and file.asked == [file.address]


@pytest.mark.control
def test_a_frozen_page_fails_the_same_check(opened, monkeypatch):
    make, line = page._code, "this.root.dataset.step=step;"
    assert make([PLAIN], []).count(line) == 1
    monkeypatch.setattr(page, "_code", lambda *parts: make(*parts).replace(line, "this.root.dataset.step=0;"))
    assert not steps_through(opened(page.page(SIGNAL)))


def test_several_players_on_one_page_are_independent(opened):
    file = opened(page.page([("Slide", SIGNAL), ("Pool", POOL), SlidePlayer(SIGNAL, step=3)]))
    assert [file.shows(n) for n in range(3)] == [(0, 1), (0, 6), (3, 0)]
    file.page.get_by_role("button", name="Next step").nth(1).click()
    assert [file.shows(n) for n in range(3)] == [(0, 1), (1, 8), (3, 0)]
    assert file.errors == []


def test_every_part_of_the_player_works_under_the_policy(opened):
    """Editing, the matrix, predictions and a function's output too: nothing of it needs what the policy forbids."""
    compared = SlidePlayer.compare(SIGNAL, lambda x, w: [1, -1, 0, 0])
    file = opened(page.page([SlidePlayer(SIGNAL, view=["matrix"]), SlidePlayer(SIGNAL, mode="predict"), compared]))
    players = file.players()
    players[0].get_by_role("checkbox", name="Matrix").uncheck()
    players[0].get_by_role("checkbox", name="Matrix").check()
    players[0].get_by_label("Stride", exact=True).first.fill("2")
    players[0].get_by_label("Stride", exact=True).first.press("Enter")
    players[0].get_by_role("button", name="Last step").click()
    assert file.shows() == (1, 1)
    players[0].get_by_role("button", name="Undo").click()
    players[1].get_by_label("Your prediction").fill("1")
    players[1].get_by_role("button", name="Check").click()
    assert players[0].locator("[data-board=m]").count() == players[2].locator("[data-board=yours]").count() == 1
    assert compared.message in players[2].inner_text()
    assert file.errors == [] and file.asked == [file.address]


EXTRAS = {
    "a script": '<script>document.title = "broken"</script>',
    "a handler": '<img alt="" src="data:," onerror="document.title = \'broken\'">',
    "a style": '<p style="display: none">seen</p>',
    "a picture from outside": '<img alt="" src="https://example.org/a.png">',
}


@pytest.mark.alike(2)
@pytest.mark.parametrize("what", EXTRAS)
def test_the_policy_stops_what_does_not_belong_there(what, opened):
    """And is no more than that: the player beside it works."""
    file = opened(page.page(SIGNAL).replace("</html>", EXTRAS[what] + "</html>"))
    assert file.page.title() == "Convolution: x 5, kernel 2, stride 1 → y 4" and steps_through(file)
    assert any("Content Security Policy" in error for error in file.errors), file.errors
    assert [url for url in file.asked if not url.startswith("data:")] == [file.address]
    if what == "a style":
        assert file.page.get_by_text("seen").is_visible()


def test_changed_code_does_not_run(opened):
    """The policy of the page as it was made does not allow the code of another."""
    text, parts = page.page(SIGNAL), [page._parts(SIGNAL)]
    code = page._code([PLAIN], parts)
    broken = text.replace(page._packed(code)[1], page._packed(code + "document.title = 'broken';")[1])
    assert broken != text
    file = opened(broken)
    assert file.shows() is None and file.page.title() != "broken"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_systems_theme(scheme, opened):
    file = opened(page.page(SIGNAL), color_scheme=scheme)
    paper = file.page.evaluate("getComputedStyle(document.body).backgroundColor")
    inner = file.page.evaluate("getComputedStyle(document.querySelector('.cnn-player')).backgroundColor")
    assert paper == inner == {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 17, 17)"}[scheme]


def test_without_scripts_it_says_what_there_is_to_see(opened):
    file = opened(page.page(SIGNAL), java_script_enabled=False)
    assert SIGNAL.alt() in file.page.locator("body").inner_text()
    assert SIGNAL.alt() not in opened(page.page(SIGNAL)).page.locator("body").inner_text()


def test_in_a_browser_too_old_it_does_so_too(opened):
    text = page.page(SIGNAL).replace("DecompressionStream", "Decompression_Stream")
    allowed = page.policy([page._LOADER.replace("DecompressionStream", "Decompression_Stream")], [])
    text = text.replace("script-src ", allowed[allowed.index("script-src"):allowed.index("; style")] + " ", 1)
    file = opened(text)
    assert SIGNAL.alt() in file.page.locator("body").inner_text() and file.errors == []


def test_it_fits_a_phone(opened):
    file = opened(page.page(POOL), viewport={"width": 380, "height": 700})
    assert file.page.evaluate("document.documentElement.scrollWidth") <= 380


def test_text_in_it_stays_text(opened):
    evil = "</script></title><script>document.title = 'broken'</script><!-- <b>"
    file = opened(page.page([(evil, SIGNAL)], title=evil))
    assert file.page.title() == evil and steps_through(file) and file.errors == []
    assert file.page.locator("h1").inner_text() == file.page.locator("h2").inner_text() == evil
