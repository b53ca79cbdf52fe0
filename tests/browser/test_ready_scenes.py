"""Ready scenes, opened from the disk without a network: every player lives, every link leads somewhere."""

import pytest

from cnnlib import _writing
from cnnlib.publish import gallery


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _writing.folder(tmp_path_factory.mktemp("ready") / "out", gallery.fill, "export --gallery")


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 900, "height": 700}, offline=True)
    page = context.new_page()
    page.wrong, page.asked = [], []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on("console", lambda message: message.type == "error" and page.wrong.append(message.text))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    context.close()


@pytest.mark.long
def test_every_player_lives(folder, page):
    page.goto((folder / "index.html").as_uri())
    players, scenes = page.locator(".cnn-player[data-step]"), gallery.scenes()
    players.nth(len(scenes) - 1).wait_for(timeout=10_000)
    for player, (_, scene) in zip(players.all(), scenes.values(), strict=True):
        player.get_by_role("button", name="Next step").click()
        assert player.get_attribute("data-step") == "1"
        assert float(player.get_attribute("data-value")) == pytest.approx(scene.frame(1).value)
    assert page.wrong == [] and page.asked == [(folder / "index.html").as_uri()]


def test_links_lead_to_pages_and_pictures(folder, page):
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("listitem").filter(has_text="Max pooling").get_by_role("link", name="page").click()
    page.locator(".cnn-player[data-step]").wait_for(timeout=10_000)
    assert page.get_by_role("heading", level=1).inner_text() == "Max pooling"
    page.go_back()
    page.get_by_role("listitem").filter(has_text="Max pooling").get_by_role("link", name="picture").click()
    page.wait_for_url("**/max_pooling.svg")
    assert page.wrong == []
