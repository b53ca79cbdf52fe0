"""The Python side of the SlidePlayer: what it holds, what it refuses, what it shows, and a learner's function in it."""

import copy
import gc
import html
import json
import pickle
import subprocess
import sys
import warnings
from pathlib import Path

import ipywidgets
import nbformat
import numpy as np
import pytest
import traitlets
from compared import verdicts
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_code_cell, new_notebook

import cnnlib as cnn
from cnnlib.viz.kit import modules
from cnnlib.viz.kit.live import VIEW
from cnnlib.viz.kit.show import FIGURE
from cnnlib.viz.slide.data import Data
from cnnlib.viz.slide.player import SlidePlayer
from tools import store

ROOT = Path(__file__).resolve().parents[2]
SIGNAL = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
IMAGE = cnn.viz.slide(np.arange(25).reshape(5, 5) % 7, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], b=3, stride=2, padding=1)
SCENES = {
    "signal": SIGNAL,
    "image": IMAGE,
    "channels": cnn.viz.slide(np.arange(18).reshape(2, 3, 3), np.arange(16).reshape(2, 2, 2, 2) - 8, b=[1, -1]),
    "same": cnn.viz.slide([1, 2, 3, 4], [1, 1], padding="same"),
    "max": cnn.viz.pool([[1, 2, 3], [4, 5, 6], [7, 8, 9]], 2, stride=1, padding=1),
    "avg": cnn.viz.pool([0, 0, 1, 1, 0, 0, 1, 1], 2, mode="avg"),
    "transpose": cnn.viz.transpose([[1, 2], [3, 4]], [[1, 1], [1, 1]], stride=2, padding=1, output_padding=1),
    "dx": cnn.viz.slide([1, 2, 3, 4, 5], [1, 0, -1], direction="dx", dy=[1, 2, 3]),
    "dw": cnn.viz.slide(np.eye(4), [[1, 2], [3, 4]], direction="dw"),
}
every_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)


def sent(player):
    """Messages that go to the browser from now on."""
    messages = []
    player._send = lambda message, buffers=None: messages.append(message)
    return messages


# --- what it holds ----------------------------------------------------------------------------------------------------


@every_scene
def test_it_holds_the_scene(scene):
    player = SlidePlayer(scene)
    assert repr(player) == repr(player.scene) == scene.digest
    assert player.spec == scene.spec == json.loads(json.dumps(player.spec, allow_nan=False))
    for name in ("x", "w", "b", "dy"):
        mine, given_ = getattr(player, name), getattr(scene, name)
        assert (mine is None) == (given_ is None)
        assert mine is None or (mine.shape == given_.shape and np.array_equal(mine, given_))
    assert np.array_equal(player.scene.output, scene.output)


@every_scene
def test_arrays_can_be_assigned(scene):
    """Each gives the scene that the function would have made of it; all else stays."""
    for name in ("x", "w", "b", "dy"):
        if getattr(scene, name) is None:
            continue
        player = SlidePlayer(scene)
        setattr(player, name, getattr(scene, name) + 1)
        spec = scene.spec
        spec[name] = (np.array(spec[name]) + 1).tolist()
        assert player.spec == spec and player.scene.digest != scene.digest


def test_assigned_arrays_may_have_other_shapes():
    player = SlidePlayer(IMAGE)
    player.x = np.ones((2, 9))
    player.w = np.ones((2, 1, 3, 1))
    assert player.scene.output.shape == (2, 1, 6) and player.b.tolist() == [3, 3]
    player.b = [1, 2]
    assert player.scene.output[:, 0, 0].tolist() == [1, 2]
    player.b = None
    assert player.b is None and player.scene.output[:, 0, 0].tolist() == [0, 0]
    signal = SlidePlayer(SCENES["same"])
    signal.x = [1, 2, 3, 4, 5, 6]
    assert signal.scene.output.tolist() == [3, 5, 7, 9, 11, 6]
    signal.scene = IMAGE
    assert signal.x.shape == (5, 5)


def test_arrays_cannot_be_changed_unseen():
    with pytest.raises(ValueError, match="read-only"):
        SlidePlayer(SIGNAL).x[0] = 5


def test_step_is_held_to_the_steps_there_are():
    player = SlidePlayer(SIGNAL, step=2)
    assert player.step == 2
    for step, held in ((99, 3), (-4, 0), (1, 1), (3, 3)):
        player.step = step
        assert player.step == held
    player.w = [1, 1, 1, 1]
    assert player.scene.steps == 2 and player.step == 1
    assert SlidePlayer(SIGNAL, step=50).step == 3


@pytest.mark.parametrize(
    ("trait", "value"),
    [("mode", "guess"), ("mode", None), ("speed", 0), ("speed", -1), ("speed", float("nan")), ("speed", float("inf")),
     ("speed", "fast"), ("view", ["table"]), ("view", 5), ("step", 1.5), ("step", None), ("loop", "yes"),
     ("spec", {}), ("spec", None), ("spec", {"kind": "conv"}), ("spec", IMAGE.spec | {"stride": [0, 1]}),
     ("spec", IMAGE.spec | {"x": [[["a"]]]}), ("spec", IMAGE.spec | {"x": [[[1e400]]]}), ("answers", [1])],
)
def test_nonsense_is_refused_and_nothing_lost(trait, value):
    player = SlidePlayer(IMAGE, step=3, mode="predict", speed=2, view=["matrix"])
    before = player.get_state()
    with pytest.raises((ValueError, traitlets.TraitError), match=trait):
        setattr(player, trait, value)
    with pytest.raises((ValueError, traitlets.TraitError)), player.hold_trait_notifications():
        player.step = 1
        setattr(player, trait, value)
    assert player.get_state() | {"step": 3} == before
    if trait != "spec":
        with pytest.raises((ValueError, traitlets.TraitError), match=trait):
            SlidePlayer(IMAGE, **{trait: value})


@pytest.mark.parametrize(
    ("scene", "name", "value", "message"),
    [(IMAGE, "x", "text", "x "), (IMAGE, "x", [[np.nan]], "x has 1 NaN"), (IMAGE, "x", None, "x "),
     (IMAGE, "w", np.ones((9, 9)), "w is too large"), (IMAGE, "x", np.ones(5), "x of shape"),
     (IMAGE, "b", [1, 2], "b must be"), (SIGNAL, "dy", [1], "dy: a scene of kind"), (SCENES["dx"], "dy", [1, 2], "dy"),
     (SCENES["max"], "w", [1], "w: a scene of kind 'max' has none"), (SCENES["max"], "x", [1, 2], "x must stay one"),
     (SCENES["max"], "x", np.ones((1, 1, 2, 2)), "x must")],
)
def test_arrays_that_make_no_sense_are_refused(scene, name, value, message):
    player = SlidePlayer(scene)
    with pytest.raises((ValueError, TypeError), match=message):
        setattr(player, name, value)
    assert player.spec == scene.spec and repr(player) == scene.digest


def test_what_is_not_a_scene_is_refused():
    with pytest.raises(TypeError, match=r"scene must be .* found ndarray"):
        SlidePlayer(np.eye(3))
    with pytest.raises(TypeError, match="scene must be"):
        SlidePlayer(SIGNAL).scene = 1
    with pytest.raises(TypeError, match="no argument 'sped'"):
        SlidePlayer(SIGNAL, sped=2)
    with warnings.catch_warnings():   # what did not come to be is not complained about either
        warnings.simplefilter("error")
        gc.collect()


# --- what comes from the browser --------------------------------------------------------------------------------------


def test_an_edit_in_the_browser_is_taken():
    player = SlidePlayer(SIGNAL)
    seen = []
    player.observe(lambda change: seen.append(player.x.tolist()), "spec")
    messages = sent(player)
    spec = SIGNAL.spec | {"x": [[[5.0, 1, 0, 1, 1, 2]]]}
    player.set_state({"spec": spec, "step": 4})
    assert player.x.tolist() == [5, 1, 0, 1, 1, 2] and player.step == 4   # the old scene had no step 4
    assert seen == [player.x.tolist()]
    assert not [m for m in messages if m["method"] == "update"], "what the browser has is not sent to it again"


def test_nonsense_from_the_browser_is_answered_with_the_last_good_value():
    player = SlidePlayer(SIGNAL, step=1)
    messages = sent(player)
    bad = {"spec": SIGNAL.spec | {"stride": [1, 0]}, "step": 2, "mode": "guess", "speed": None, "answers": 5}
    player.set_state(bad)
    (update,) = [m for m in messages if m["method"] == "update"]
    assert update["state"] == {"spec": SIGNAL.spec, "mode": "explore", "speed": 1.5, "answers": []}
    assert player.step == 2 and repr(player) == SIGNAL.digest
    player.set_state({"step": 77})
    assert messages[-1] == {"method": "update", "state": {"step": 3}, "buffer_paths": []}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=3) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2), max_leaves=6,
)


@given(st.sampled_from(list(SCENES.values())), st.sampled_from([*SIGNAL.spec, "more"]), ANYTHING)
def test_no_spec_breaks_it(scene, key, value):
    """Whatever stands in a spec: it is taken whole or not at all."""
    player = SlidePlayer(scene)
    player.set_state({"spec": scene.spec | {key: value}})
    assert player.spec == player.scene.spec and repr(player) == player.scene.digest
    if player.spec != scene.spec:
        assert player.spec[key] == value
    player.close()


def test_step_links_to_a_slider():
    player, slider = SlidePlayer(SIGNAL), ipywidgets.IntSlider(max=3)
    link = ipywidgets.jslink((player, "step"), (slider, "value"))
    assert link.source == (player, "step")
    traitlets.link((player, "step"), (slider, "value"))
    player.step = 2
    assert slider.value == 2


# --- what it shows ----------------------------------------------------------------------------------------------------


@every_scene
def test_what_a_cell_shows(scene):
    """The live view, and for all who have none, the figure with its words in HTML and PNG, and the digest."""
    player = SlidePlayer(scene)
    data, metadata = DisplayFormatter().format(player)
    assert set(data) == {store.WIDGET_VIEW, VIEW, FIGURE, "text/html", "image/png", "text/plain"}
    assert data[store.WIDGET_VIEW]["model_id"] == player.model_id
    assert data["text/plain"] == scene.digest
    assert metadata["image/png"]["alt"] == scene.alt() and 20 <= len(scene.alt()) <= 500
    assert data["text/html"].startswith("<img alt=") and len(data["image/png"]) > 1000


def test_the_figure_is_that_of_the_step_and_gives_no_answer_away():
    explored = SlidePlayer(SIGNAL, step=2)._repr_mimebundle_()[1]["image/png"]["alt"]
    guessed = SlidePlayer(SIGNAL, step=2, mode="predict")._repr_mimebundle_()[1]["image/png"]["alt"]
    assert explored == SIGNAL.alt(2) and guessed == SIGNAL.asking().alt(2) != explored


def test_a_scene_too_large_for_a_figure_is_shown_alive_and_in_words():
    many = cnn.viz.slide(np.ones((40, 5, 5)), np.ones((40, 40, 3, 3)))
    data, _ = SlidePlayer(many)._repr_mimebundle_()
    assert set(data) == {store.WIDGET_VIEW, VIEW, "text/html", "text/plain"}
    assert html.escape(many.alt()) in data["text/html"]


def test_closing():
    player = SlidePlayer(SIGNAL)
    player.close()
    player.close()
    data, _ = DisplayFormatter().format(player)
    assert set(data) == {FIGURE, "text/html", "image/png", "text/plain"}
    assert player.x.tolist() == [0, 1, 0, 1, 1]
    player.step = 2
    assert player.step == 2


@pytest.mark.parametrize("act", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_widget_is_no_data(act):
    """It says what to take instead; and that can be pickled."""
    player = SlidePlayer(SIGNAL)
    with pytest.raises(TypeError, match=r"a SlidePlayer lives in its page .* from what it shows, its \.shown"):
        act(player)
    assert pickle.loads(pickle.dumps(player.shown)).player().spec == player.spec


def test_the_browser_gets_the_joined_module():
    state = SlidePlayer(SIGNAL).get_state()
    entry = SlidePlayer.entry
    assert state["_esm"] == modules.packed(entry) and state["_css"] == modules.style(entry)
    assert {*SlidePlayer.own, *SlidePlayer.told} <= set(state)


LAZY = """
import sys
import cnnlib as cnn
scene = cnn.viz.slide([1, 2, 3], [1, 1])
assert not {"anywidget", "ipywidgets"} & set(sys.modules)
scene.player()
assert {"anywidget", "ipywidgets"} <= set(sys.modules)
"""


def test_widgets_are_imported_when_first_needed():
    subprocess.run([sys.executable, "-c", LAZY], check=True, cwd=ROOT)


# --- in a stored notebook ---------------------------------------------------------------------------------------------

# Its first corner is not among the numbers in the words of its figure: only the digest tells that it changed.
CELL = """import numpy as np

import cnnlib as cnn

x = np.arange(144).reshape(12, 12) % 7
x[0, 0] = 0
scene = cnn.viz.slide(x, [[1, 0], [0, -1]])
scene.player()"""


@pytest.mark.long
def test_a_stored_player(tmp_path):
    """A figure, a digest, a state of its own, none of a widget's; strict nbval passes, and fails once data differ."""
    path = tmp_path / "player.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell(CELL)]), path)
    assert store.store(path) == (True, [])
    text = path.read_text(encoding="utf-8")
    assert "widget-view" not in text and "widget-state" not in text and "model_id" not in text
    notebook = nbformat.reads(text, as_version=4)
    (output,) = notebook.cells[0].outputs
    assert set(output.data) == {VIEW, FIGURE, "text/html", "image/png", "text/plain"}
    assert output.data[VIEW]["entry"] == "viz/slide/static/slide.js"
    digest = output.data["text/plain"]
    assert digest.startswith("Conv2d 1x12x12 k2 s1 p0 -> 1x11x11, 121 steps, ")
    assert "widgets" not in notebook.metadata
    changes = [("", ""), ("x[0, 0] = 0", "x[0, 0] = 5"), (digest[-4:], "beef")]
    assert [text.count(old) for old, _ in changes[1:]] == [1, 1]
    notebook.cells = [nbformat.reads(text.replace(old, new), as_version=4).cells[0] for old, new in changes]
    for n, cell in enumerate(notebook.cells):
        cell.id = f"cell-{n}"
    nbformat.write(notebook, path)
    found, said = verdicts(path)
    assert found == ["PASSED", "FAILED", "FAILED"], said
    mismatches = [said.count(f"mismatch '{mime}'") for mime in (VIEW, "text/plain", "text/html")]
    assert mismatches == [1, 1, 0], said   # of each output, the first that differs


def test_a_scene_is_built_once_and_an_edit_is_read_once(monkeypatch):
    """Whatever crosses over: the widget's own checks, the step that has to fit, the arrays, the still."""
    built, init = [], Data.__init__
    monkeypatch.setattr(Data, "__init__", lambda self, *args, **named: built.append(self) or init(self, *args, **named))
    scene = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
    player = scene.player(step=2)
    assert player.scene is scene and len(built) == 1
    edited = json.loads(json.dumps(player.spec | {"x": [[[5.0, 1, 0, 1, 1]]]}))
    player.set_state({"spec": edited, "step": 1})
    assert player.x.tolist() == [5, 1, 0, 1, 1] and player.step == 1 and player.spec["x"][0][0][0] == 5
    player._repr_mimebundle_()
    assert len(built) == 2
    player.w = [1, 1]
    assert player.scene.output.tolist() == [6, 1, 1, 2] and len(built) == 3
