"""A scene as one HTML file, as text: its policy, its parts, its size. What it does is seen in tests/browser."""

import base64
import hashlib
import html
import json
import re
import zlib
from html.parser import HTMLParser

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.viz.kit import modules, page
from cnnlib.viz.slide.player import SlidePlayer

SOBEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
SCENE = cnn.viz.slide(np.arange(49).reshape(7, 7) % 9 / 7, SOBEL, padding=1)   # digits without end
SIGNAL = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])


class Parts(HTMLParser):
    """The elements of a page, [(tag, attributes, text)], as a browser's parser sees them."""

    def __init__(self, text):
        super().__init__()
        self.found, self.inside = [], False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.found.append([tag, dict(attributes), ""])
        self.inside = True

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.found[-1][2] += data

    def all(self, tag):
        return [(attributes, text) for found, attributes, text in self.found if found == tag]


def states(text):
    """What each player of a page starts with."""
    scripts = Parts(text).all("script")
    return [json.loads(body) for attributes, body in scripts if attributes.get("type") == "application/json"]


def test_a_7x7_scene_is_less_than_60_kilobytes(tmp_path):
    path = page.save_html(SCENE, tmp_path / "scene.html")
    assert path == tmp_path / "scene.html" and path.stat().st_size < 60_000


def test_the_head():
    parts = Parts(page.page(SCENE))
    assert parts.all("html")[0][0] == {"lang": "en"}
    assert parts.all("title")[0][1] == parts.all("h1")[0][1] == "Convolution, step by step"
    metas = [attributes for attributes, _ in parts.all("meta")]
    assert metas[0] == {"charset": "utf-8"}
    assert metas[1]["http-equiv"] == "Content-Security-Policy"   # before anything that it is to hold
    assert metas[2]["content"].startswith("width=device-width")


def test_the_policy_allows_nothing_but_these_scripts_and_this_style():
    parts = Parts(page.page(SCENE))
    directives = dict(part.split(" ", 1) for part in parts.all("meta")[1][0]["content"].split("; "))

    def sha(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    scripts = {attributes.get("id"): (attributes.get("type"), body) for attributes, body in parts.all("script")}
    assert {kind for kind, _ in scripts.values()} == {None, "text/plain", "application/json"}
    size, text = scripts["code"][1].split(" ")
    code = zlib.decompress(base64.a85decode(text.replace("v", "<"))[:int(size)]).decode()
    assert modules.lean(modules.joined(SlidePlayer.entry).text) in code
    assert json.dumps(modules.style(SlidePlayer.entry)) in code
    (_, style), = parts.all("style")
    assert directives == {
        "default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'",
        "script-src": f"{sha(scripts[None][1])} {sha(code)}", "style-src": sha(style),
    }
    assert not re.search(r"<[^>]+\son\w+=|<[^>]+\sstyle=|https?:|<link|<iframe", page.page(SCENE))


def test_what_the_players_start_with():
    player = SlidePlayer(SIGNAL, step=2, mode="predict", speed=8, loop=True, view=["matrix"])
    text = page.page([("First", SCENE), player])
    first, second = states(text)
    assert first == {"spec": SCENE.spec, **SlidePlayer.usual()}
    assert second == {name: getattr(player, name) for name in (*SlidePlayer.own, *SlidePlayer.told)}
    assert [text for _, text in Parts(text).all("h2")] == ["First"]
    places = [attributes for attributes, _ in Parts(text).all("div")]
    assert [place["data-scene"] for place in places] == ["scene-1", "scene-2"]
    assert [place["data-words"] for place in places] == [SCENE.alt(), SIGNAL.alt(1)]
    assert [text for _, text in Parts(text).all("p")] == [SCENE.alt(), SIGNAL.alt(1)]   # in <noscript>


def test_a_page_starts_as_a_player_does():
    fresh = SlidePlayer(SIGNAL)
    assert fresh.state() == SlidePlayer.usual() and {*fresh.state(), "spec"} == {*SlidePlayer.own, *SlidePlayer.told}


EVIL = "</script></title><script>alert(1)</script><!-- \" & <b>"


def test_text_stays_text():
    player = SlidePlayer(SIGNAL)
    player.message = EVIL
    text = page.page([(EVIL, player)], title=EVIL)
    parts, plain = Parts(text), Parts(page.page(SIGNAL))
    assert [tag for tag, *_ in parts.found if tag != "h2"] == [tag for tag, *_ in plain.found]
    assert parts.all("title")[0][1] == parts.all("h1")[0][1] == parts.all("h2")[0][1] == EVIL
    assert states(text)[0]["message"] == EVIL
    assert text.count(html.escape(EVIL)) == 3 and EVIL not in text


def test_a_page_is_the_same_every_time():
    assert page.page(SCENE) == page.page(SCENE)


@pytest.mark.parametrize("wrong", [5, None, "scene", np.eye(3), [SCENE, 5], [("a", "b")]])
def test_what_is_no_scene_is_refused(wrong, tmp_path):
    with pytest.raises(TypeError, match=r"scene must be a scene, as .* or a player, found"):
        page.save_html(wrong, tmp_path / "x.html")
    with pytest.raises(ValueError, match="found an empty list"):
        page.save_html([], tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()
