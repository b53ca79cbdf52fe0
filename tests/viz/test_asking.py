"""Predict means predict: where a value is asked for, neither figure nor words nor digest give it away, nor the size."""

import re

import numpy as np
import pytest
from drawn import SCENES, digits, picture, words

import cnnlib as cnn
from cnnlib.viz.kit.numbers import number
from tools.asking import DIGEST

ASKED = ["signal, padded", "image, does not fit", "channels", "max", "avg", "transpose", "dx", "dx, channels"]
SIGNAL = cnn.viz.slide([1, 5, 2, 3, 3, 7, 4], [1, 2, 3], stride=3)


def answer(step, scene=SIGNAL, **other):
    return {"step": step, "guess": 1, "value": float(scene.output.flat[step]), "right": True, "why": ""} | other


def shown(scene, step):
    """The digits in the result's cells."""
    made, _ = picture(scene, step)
    return [found for panel in made.panels["result"] for found in digits(panel).values()]


@pytest.mark.alike(3)
@pytest.mark.parametrize("name", ASKED)
def test_nothing_tells_what_is_asked(name):
    scene = SCENES[name]
    for step in {0, scene.steps // 2, scene.steps - 1}:
        player = scene.player(mode="predict", step=step)
        told = player.shown.alt(step)
        drawn = words(player.shown.figure(step))
        assert shown(player.shown, step) == []
        for text in (told, drawn):
            assert re.search(r"\w\[[\d, ]+\] = \?", text) and text.count("=") - text.count("=S") <= 1, text
            assert f"of {scene.steps}" not in text and "size" not in text and "fit" not in text and "->" not in text
        assert 20 <= len(told) <= 500
        assert "->" not in repr(player) and "steps" not in repr(player) and DIGEST.match(repr(player))
        assert "★" not in drawn.replace("wins (★)", "")


def test_pixels_do_not_depend_on_the_answer():
    """Two scenes that differ in nothing but the value asked for look the same: a bias is what differs."""
    one, other = (cnn.viz.slide(SIGNAL.x, SIGNAL.w, b, stride=3).asking() for b in (3, 4))
    assert words(one.figure(1)) == words(other.figure(1)) and one.alt(1) == other.alt(1)


def test_how_many_are_asked_for_is_not_drawn():
    """No cell waits: the same for two outputs and for five."""
    for stride in (1, 3):
        made, _ = picture(cnn.viz.slide(SIGNAL.x, SIGNAL.w, stride=stride).asking(), 0)
        result, = made.panels["result"]
        assert not result.ax.collections and len(result.ax.patches) == 1
        assert [text.get_text() for text in result.ax.texts] == ["?"]


def test_what_was_answered_is_told():
    """Predicted or given up; not what was wrong, and not what was answered before an edit."""
    player = SIGNAL.player(mode="predict", step=1)
    cases = [([answer(0)], {0}), ([answer(0, right=False, why="revealed")], {0}), ([answer(0, right=False)], set()),
             ([answer(0, value=1.0)], set()), ([answer(1), answer(0)], {0, 1}), ([{"right": True}], set())]
    for answers, known in cases:
        player.answers = answers
        assert player.shown.known == known
    player.answers = [answer(1)]
    assert [text for text, _ in shown(player.shown, 1)] == [number(SIGNAL.output[1])]
    assert "y[1] = 3·1 + 3·2 + 7·3 = 30" in words(player.shown.figure(1)) and "y[1] = 30" in player.shown.alt(1)
    player.mode = "explore"
    assert player.shown is player.scene and "y[0] = " not in repr(player)


def test_files_of_the_player_ask_as_well(tmp_path):
    player = cnn.viz.slide(np.eye(4), np.ones((2, 2)) * 7).player(mode="predict", step=4)
    text = player.save(tmp_path / "asks.svg").read_text(encoding="utf-8")
    written = re.findall(r">([^<>]+)</text>", text)
    assert " = ?" in written and "7" in written and not {"14", " 14"} & set(written)
    page = player.save(tmp_path / "asks.html").read_text(encoding="utf-8")
    assert re.search(r'data-words="[^"]* = \?', page)
    assert player.save(tmp_path / "asks.gif").stat().st_size > 100


def test_the_still_of_a_tour_asks_what_its_page_asks():
    """For the output of that step, till it is told, and for nothing else: the size stays."""
    pages = [{"text": "a"}, {"text": "What comes?", "step": 1, "task": {"predict": 1}}, {"text": "It is {value}."}]
    player = SIGNAL.player(tour=pages)
    assert player.shown is player.scene
    player.page, player.step = 2, 1
    drawn = words(player.shown.figure(player.place))
    assert "step 2 of 2: y[1] = ?" in drawn and "size of y" in drawn and "30" not in drawn
    assert "y[1] = ?" in player.shown.alt(1) and "30" not in player.shown.alt(1)
    assert [text for text, _ in shown(player.shown, 1)] == [number(SIGNAL.output[0])]
    assert repr(player).startswith(SIGNAL.digest)
    player.done = [2]
    assert player.shown is player.scene
    player.done, player.page = [], 3
    assert player.shown is player.scene


def test_the_size_is_told_when_all_is_known():
    player = SIGNAL.player(mode="predict", step=1, answers=[answer(0), answer(1)])
    assert "size of y" in words(player.shown.figure(1)) and repr(player) == SIGNAL.digest


def test_what_is_known_are_steps():
    scene = cnn.viz.slide([1, 2, 3], [1, 1])
    with pytest.raises(TypeError, match="known must be a list of steps, found int"):
        scene.asking(3)
    with pytest.raises(ValueError, match="known: found step 2, expected 0 to 1"):
        scene.asking([0, 2])
