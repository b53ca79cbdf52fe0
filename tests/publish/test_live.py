"""Notebooks that were run, made to live without a kernel: places, data, stills, one script."""

import base64
import json
import re
import shutil
import subprocess

import pytest
from notebooks_made import code, written

import cnnlib as cnn
from cnnlib.publish.errors import PublishError
from cnnlib.publish.live import FIGURE, STATES, VIEW, WIDGET, alive, place, script, style
from cnnlib.publish.notebook import load

pytest.importorskip("nbformat", reason="what publishes is not installed: uv sync --extra publish")

ENTRY = "viz/slide/static/slide.js"
PNG = base64.b64encode(b"not really a picture").decode()
IMAGE = f'<img alt="two &lt; three" src="data:image/png;base64,{PNG}">'
STORED = {"entry": ENTRY, "styles": [], "state": json.dumps({"spec": {"text": "</script><b>"}})}


def shown(data, metadata=None):
    return {"output_type": "execute_result", "data": data, "metadata": metadata or {}, "execution_count": 1}


@pytest.fixture
def lives(tmp_path):
    """`lives(data, ...)`: the HTML of one output with this data, and the entries."""
    def one(data, metadata=None, states=None, picture=None):
        widgets = {"widgets": {STATES: {"state": states or {}}}}
        path = written(tmp_path / "a.ipynb", code("1", "one", [shown(data, metadata)]), metadata=widgets)
        done = alive(load(path), path, picture)
        assert "widgets" not in done.notebook.metadata
        return done.notebook.cells[0].outputs[0].data, done.entries
    return one


def state_of(place):
    return json.loads(re.search('<script type="application/json">(.*?)</script>', place, re.S)[1])


def test_a_stored_view_becomes_a_place_with_its_still_and_data(lives):
    data, entries = lives({VIEW: STORED, FIGURE: {"ground": "light"}, "text/html": IMAGE, "text/plain": "Slide"})
    assert entries == (ENTRY,) and data["text/plain"] == "Slide" and set(data) == {"text/html", "text/plain"}
    assert data["text/html"].startswith(f'<div class="cnn-place" data-entry="{ENTRY}">') and IMAGE in data["text/html"]
    assert data["text/html"].count("</script>") == 1, "a text in the data ends the script"
    assert state_of(data["text/html"]) == {"spec": {"text": "</script><b>"}}


def test_a_widget_of_this_run_becomes_one_too(lives):
    """Where numbers are measured, nothing is stored: its state is what the kernel left."""
    player = cnn.viz.slide([1, 2, 3], [1, 1]).player(step=1)
    state = {name: getattr(player, name) for name in ("spec", *player.own, *player.told)}
    states = {"m": {"state": state | {"_anywidget_id": "cnnlib.viz.slide.player.SlidePlayer", "_esm": "x", "_dom": []}}}
    data, entries = lives({VIEW: {}, WIDGET: {"model_id": "m"}, "text/html": IMAGE}, states=states)
    assert entries == ("viz/slide/static/plain.js",)
    assert state_of(data["text/html"]) == json.loads(json.dumps(state))


def test_a_widget_that_no_notebook_shows_becomes_one_too():
    entry, text = place(cnn.viz.slide([1, 2, 3], [1, 1]).player(step=1), picture=lambda text: "a.png")
    assert entry == ENTRY and state_of(text)["step"] == 1 and 'src="a.png"' in text


def test_a_progress_bar_stays_what_it_says(lives):
    data, entries = lives({VIEW: {}, WIDGET: {"model_id": "m"}, "text/html": "<pre>100 %</pre>"},
                          states={"m": {"state": {"_model_name": "HBoxModel"}}})
    assert entries == () and data["text/html"] == "<pre>100 %</pre>"


@pytest.mark.parametrize("entry", ["viz/slide/static/nowhere.js", "../../etc/static/a.js", "https://x.org/static/a.js"])
def test_a_view_that_this_package_does_not_have_is_named(lives, entry):
    with pytest.raises(PublishError, match=r"a.ipynb, cell 1 \(one\): found a widget"):
        lives({VIEW: STORED | {"entry": entry}})


@pytest.mark.parametrize("kind", [
    "os.path.join", "cnnlib.viz.slide.player.Nobody", "cnnlib.nowhere.A", "cnnlib.conv2d",
])
def test_a_foreign_widget_is_named_and_not_loaded(lives, kind):
    with pytest.raises(PublishError, match=r"cell 1 \(one\): found a widget"):
        lives({WIDGET: {"model_id": "m"}}, states={"m": {"state": {"_anywidget_id": kind}}})


def test_a_figure_follows_the_theme(lives):
    photos = [[0, 0, 0.5, 1]]
    data, _ = lives({FIGURE: {"ground": "light"}, "text/html": IMAGE, "image/png": PNG, "text/plain": "[figure] a"},
                    {"image/png": {"photos": photos}})
    assert data["text/html"].startswith('<div class="cnn-figure" data-ground="light" data-photos=')
    assert json.loads(re.search("data-photos='(.*?)'", data["text/html"])[1]) == photos


def test_pictures_get_the_address_that_is_asked_for(lives):
    asked = []
    data, _ = lives({"text/html": IMAGE + IMAGE}, picture=lambda text: asked.append(text) or 'a"b.png')
    assert asked == [PNG, PNG] and data["text/html"].count('src="a&quot;b.png"') == 2


def test_a_picture_with_a_width_keeps_its_room_free(lives):
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0\x64" + bytes(40)).decode()
    data, _ = lives({"text/html": f'<img width="100" src="data:image/png;base64,{png}">'}, picture=lambda text: "a.png")
    assert data["text/html"] == '<img width="100" height="50" loading="lazy" src="a.png">'


def test_what_only_text_can_say_stays(lives):
    data, entries = lives({"text/markdown": "**a**", "text/plain": "a"})
    assert entries == () and data == {"text/markdown": "**a**", "text/plain": "a"}


def test_each_module_is_in_the_script_once():
    text = script([ENTRY, "viz/kernel/static/lab.js", ENTRY, "learn/static/quiz.js"])
    for name in ("viz/kernel/static/lab.js", "learn/static/quiz.js", ENTRY):
        assert text.count(f'"{name}"') == 1
    assert text.count("const modelOf") == 0 and text.count("function modelOf(") == 1
    assert not re.search(r"^\s*(?:import|export)\b", text, re.M)
    assert ".cnn-place" in style([ENTRY]) and ".cnn-photos" in style([ENTRY])


@pytest.mark.skipif(not shutil.which("node"), reason="no node to read a script with")
def test_the_script_is_a_classic_one(tmp_path):
    (tmp_path / "a.cjs").write_text(script([ENTRY, "learn/static/quiz.js"]), encoding="utf-8")
    subprocess.run(["node", "--check", tmp_path / "a.cjs"], check=True)
