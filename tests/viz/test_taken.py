"""Files that the browser asks for: made of what stands there, sent back as bytes, or the reason why there are none."""

import io

import numpy as np
import pytest
from PIL import Image

from cnnlib.nn import Conv2d, Sequential
from cnnlib.viz import kernel_lab, shifts, slide, stack_explorer

SCENE = slide([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 0], [0, -1]])
SHIFTS = shifts([0, 1, 2, 3], {"twice": lambda a: 2 * a})
STACK = stack_explorer(Sequential(Conv2d(1, 2, 3)), np.eye(5), dx=1)
BEGINS = {".png": b"\x89PNG", ".svg": b"<?xml", ".gif": b"GIF89a", ".html": b"<!doctype html>"}


def asked(widget, **wish):
    """[(content, buffers)] that a widget sends when it is asked by the browser."""
    sent = []
    widget.send = lambda content, buffers=(): sent.append((content, list(buffers)))
    widget._handle_msg({"content": {"data": {"method": "custom", "content": wish}}})
    return sent


@pytest.mark.alike(3)
@pytest.mark.parametrize("made", [SCENE, SHIFTS, kernel_lab([[0, 255]] * 3), STACK])
@pytest.mark.parametrize("kind", BEGINS)
def test_every_kind_of_file(made, kind):
    (content, (data,)), = asked(made.player(), save=kind, step=None)
    assert content == {"saved": kind} and data.startswith(BEGINS[kind])


def test_the_step_that_is_shown():
    """Also the first, where a still without a step would show the last."""
    for step in (0, 2):
        _, (data,) = asked(SCENE.player(), save=".png", step=step)[0]
        assert Image.open(io.BytesIO(data)).text["Description"] == SCENE.alt(step)


def test_why_there_is_none():
    player = slide(np.ones(400), [1]).player()
    (content, buffers), = asked(player, save=".gif", step=None)
    assert content["saved"] == ".gif" and "300" in content["fault"] and len(content["fault"]) < 300 and buffers == []
    (content, buffers), = asked(player, save=".png", step=400)
    assert content["fault"].startswith("step") and buffers == []


def test_nonsense_is_left_aside(tmp_path):
    for kind in (".npz", str(tmp_path / "x.png"), None, [".png"], {}):
        assert asked(SCENE.player(), save=kind) == []
    assert asked(SCENE.player()) == asked(SCENE.player(), step=1) == []
    assert list(tmp_path.iterdir()) == []
