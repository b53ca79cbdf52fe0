"""Tours in Python: pages checked, their fields filled in from the scene, and told to those who have no browser part."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib.viz import pool, slide, transpose
from cnnlib.viz.kit.live import VIEW, Refused
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.slide.changed import changed
from cnnlib.viz.slide.parts import Plan
from cnnlib.viz.slide.tour import tour_of

SIGNAL = slide([0, 1, 0, 1, 1], [-1, 1])
IMAGE = slide(np.arange(49).reshape(7, 7) % 10, np.arange(9).reshape(3, 3) - 4, 2)
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LEARN = Path(cnn.learn.__file__).parent


def pages(scene, *made):
    return tour_of(scene, list(made))["pages"]


def test_fields_say_what_the_scene_says():
    text = "{place} {value} {sum} {step} {steps} {largest} {smallest} {size} {formula} {x[1]} {w[0]} {y[2]} {b[0]}"
    page, = pages(SIGNAL, {"text": text, "step": 1})
    assert page["text"] == "y[1] −1 y[1] = 1·(−1) + 0·1 = −1 2 4 1 −1 4 ⌊(5 + 2·0 − 2)/1⌋ + 1 = 4 1 −1 1 0"
    page, = pages(IMAGE, {"text": "{y[1, 2]} {x[6, 6]} {w[2, 2]} {b[0]} {size}"})
    y = IMAGE.output
    assert page["text"] == f"{y[1, 2]:.0f} {IMAGE.x[6, 6]:.0f} 4 2 5 × 5".replace("-", "−")


def test_what_a_page_changes_stays():
    made = tour_of(SIGNAL, [
        {"text": "{size}", "step": 3}, {"text": "{size}", "stride": 2}, {"text": "{size} {place}", "padding": 1},
        {"text": "{y[0]}", "cells": {"x[0]": 9}, "stride": 1},
    ])
    scenes, found = made["scenes"], made["pages"]
    assert [page["text"] for page in found] == ["4", "2", "3 y[1]", "9"]
    assert [page["step"] for page in found] == [3, 1, 1, 1]   # as far as there are steps
    assert scenes == [scene.spec for scene in (
        SIGNAL, slide([0, 1, 0, 1, 1], [-1, 1], stride=2), slide([0, 1, 0, 1, 1], [-1, 1], stride=2, padding=1),
        slide([9, 1, 0, 1, 1], [-1, 1], padding=1))]
    assert SIGNAL.x[0] == 0


def test_what_a_task_asks_for_holds_on_the_next_page():
    """Done or skipped: the page after it says the same."""
    found = pages(SIGNAL, {"text": "a", "task": {"stride": 2}}, {"text": "{size}", "task": {"find": "smallest"}},
                  {"text": "{place} {value}", "task": {"cells": {"x[3]": 7}}}, {"text": "{x[3]} {value}"},
                  {"text": "?", "task": {"predict": 0}}, {"text": "{value}"})
    assert [page["text"] for page in found] == ["a", "2", "y[0] 1", "7 1", "?", "1"]
    assert [page["task"] for page in found] == [
        {"set": {"stride": [1, 2]}, "cells": []}, {"find": "smallest"}, {"set": {}, "cells": [["x", 3, 7.0]]}, None,
        {"predict": True}, None]
    assert [page["scene"] for page in found] == [0, 1, 1, 2, 2, 2] and [page["then"] for page in found][:3] == [1, 1, 2]


def test_a_kernel_of_another_size_keeps_its_middle():
    assert changed(IMAGE, {"kernel_size": 5}).w.tolist() == np.pad(IMAGE.w, 1).tolist()
    assert changed(IMAGE, {"kernel_size": (1, 3)}).w.tolist() == IMAGE.w[1:2].tolist()
    assert changed(SIGNAL, {"kernel_size": 4}).w.tolist() == [0, -1, 1, 0]
    assert changed(pool(IMAGE.x, 2), {"kernel_size": 3}).output.shape == (3, 3)
    back = transpose([[1, 2], [3, 4]], np.ones((3, 3)), stride=2, output_padding=1)
    assert changed(back, {"stride": 1}).output_padding == (0, 0)


WRONG = [
    ([], "a list of pages"), ("text", "a list of pages"), ({"text": "a"}, "a list of pages"),
    ([{"text": "a"}, 3], "page 2: a page must be a dict"), ([{"tekst": "a"}], "page 1: a page has no 'tekst'"),
    ([{"step": 1}], "page 1: text must be words, found None"), ([{"text": " "}], "text must be words"),
    ([{"text": "a" * 601}], "text has 601 characters"), ([{"text": "{mean}"}], r"the field \{mean\}"),
    ([{"text": "{y[4]}"}], r"'y\[4\]'.*has the shape \(4,\)"),
    ([{"text": "a", "step": 4}], "step 4, expected 0 to 3"), ([{"text": "a", "step": "last"}], "step"),
    ([{"text": "a", "stride": 0}], "stride must be at least 1, found 0"),
    ([{"text": "a", "stride": (1, 2)}], "stride must be one integer"),
    ([{"text": "a", "kernel_size": 9}], "kernel spans 9"),
    ([{"text": "a", "cells": {"y[0]": 1}}], r"'y\[0\]' is computed by the scene"),
    ([{"text": "a", "cells": {"x[0]": "1"}}], "must become a number"),
    ([{"text": "a", "cells": [1]}], "cells must be a dict"),
    ([{"text": "a", "cells": {"x[0, 0]": 1}}], r"a cell of x, which has the shape \(5,\)"),
    ([{"text": "a", "view": "matrix"}], "view must be a list"),
    ([{"text": "a", "light": "filter"}], "light must be one of window"),
    ([{"text": "a", "light": "padding"}], "'padding', but the scene of this page has none"),
    ([{"text": "a", "light": 3}], "light"), ([{"text": "a", "light": ["matrix"]}], "has none"),
    ([{"text": "a", "light": "x[5]"}], r"'x\[5\]'"), ([{"text": "a", "task": "stride"}], "task must be a dict"),
    ([{"text": "a", "task": {}}], "of one kind, found none"),
    ([{"text": "a", "task": {"find": "largest", "stride": 2}}], "of one kind, found find, stride"),
    ([{"text": "a", "task": {"stride": 1}}], "shows already"),
    ([{"text": "a", "task": {"find": 7}}], "no step of the scene"),
    ([{"text": "a", "task": {"find": "best"}}], "find must be largest, smallest, farthest"),
    ([{"text": "a", "task": {"predict": 9}}], "step 9"),
    ([{"text": "{sum}", "task": {"predict": 1}}], "gives the prediction away"),
]


@pytest.mark.parametrize(("tour", "message"), WRONG)
def test_what_makes_no_sense_is_told_with_its_page(tour, message):
    with pytest.raises((TypeError, ValueError), match=message) as error:
        SIGNAL.player(tour=tour)
    assert str(error.value).startswith("tour") and len(str(error.value)) < 300


@pytest.mark.parametrize(("x", "w"), [([1, 2, 3], [1, 2]), (np.ones((3, 3)), np.ones((2, 2)))], ids=["signal", "image"])
@pytest.mark.parametrize(("name", "boards"), [("dx", ["dy", "w", "dx"]), ("dw", ["x", "dy", "dw"])])
def test_a_gradient_has_one_name(x, w, name, boards):
    """On its board, in sums, in the fields of a tour, in cells to be lit up: that by which Python knows it."""
    scene = slide(x, w, direction=name)
    plan = Plan(scene)
    assert [board.titles[0] for board in (plan.source, plan.weights(0), plan.result)] == boards
    page, = pages(scene, {"text": "{place} {sum}", "light": [f"{name}[{', '.join('0' * scene.axes)}]", boards[1]]})
    place, said, *_ = page["text"].split("] ")
    assert place.startswith(f"{name}[0") and said.startswith(f"{name}[0") and f" {name}[0" in scene.alt(0)
    assert "∂" not in scene.alt(0) + scene.headline + json.dumps(scene.spec, ensure_ascii=False)


def test_a_gradient_keeps_its_geometry():
    with pytest.raises(ValueError, match="page 1: stride of a gradient"):
        tour_of(slide([1, 2, 3], [1, 1], direction="dx"), [{"text": "a", "stride": 2}])


def test_a_player_begins_on_its_first_page():
    player = SIGNAL.player(tour=[{"text": "a", "step": 2, "padding": 1, "view": ["matrix"]}, {"text": "b"}])
    assert (player.page, player.step, player.view, player.scene.padding[1]) == (1, 2, ["matrix"], (1, 1))
    assert player.place == 2, "the still shows what the page is about, not the last step"
    assert SIGNAL.player(tour=[{"text": "a"}, {"text": "b", "step": 3}], page=2).step == 3
    assert SIGNAL.player(tour=[{"text": "a"}], page=0).page == 0
    player.page = 99
    assert player.page == 2
    player.tour = [{"text": "another"}]
    assert (player.page, len(player.tour["pages"])) == (1, 1)


def test_the_browser_turns_pages_and_cannot_write_them():
    player = SIGNAL.player(tour=[{"text": "a"}, {"text": "b"}])
    player.set_state({"page": 2, "done": [1], "tour": {"pages": []}})
    assert (player.page, player.done, len(player.tour["pages"])) == (2, [1], 2)
    player.set_state({"done": "all", "page": "last"})
    assert (player.page, player.done) == (2, [1])


def test_a_player_without_a_tour_does_without_its_code():
    player = SIGNAL.player()
    assert SIGNAL.player(tour=None).tour == {}
    assert player.entry.name == "slide.js" and ".cnn-card" not in player._css
    with pytest.raises(Refused, match=r"scene.player\(tour="):
        player.tour = [{"text": "a"}]
    toured = SIGNAL.player(tour=[{"text": "a"}])
    assert toured.entry.name == "toured.js" and ".cnn-card" in toured._css


def test_readers_without_scripts_get_the_text(tmp_path):
    player = SIGNAL.player(tour=[{"text": "First {sum} & <b>"}, {"text": "second"}])
    data, _ = player._repr_mimebundle_()
    told = "1. First y[0] = 0·(−1) + 1·1 = 1 & <b>\n2. second"
    assert data["text/plain"] == f"{SIGNAL.digest}\n{told}"
    assert "<summary>Tour, 2 pages</summary>" in data["text/html"]
    assert "<li>First y[0] = 0·(−1) + 1·1 = 1 &amp; &lt;b&gt;</li><li>second</li>" in data["text/html"]
    page = player.save(tmp_path / "tour.html").read_text(encoding="utf-8")
    noscript = page.split("<noscript>")[1].split("</noscript>")[0]
    assert SIGNAL.alt(0) in noscript.replace("&gt;", ">") and "1 &amp; &lt;b&gt; second" in noscript
    assert json.loads(data[VIEW]["state"])["tour"] == player.tour and data[VIEW]["entry"].endswith("toured.js")


@pytest.mark.parametrize("lesson", [path.parent.name[-2:] for path in sorted(LEARN.glob("lesson_*/tour.py"))])
def test_tours_of_the_lessons(lesson):
    """Five to eight pages, at least one task, and the copy that one gets is one's own."""
    tour = cnn.learn.tour(lesson)
    assert 5 <= len(tour) <= 8 and sum("task" in page for page in tour) >= 2
    notebook, = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    assert f'tour=cnn.learn.tour(\\"{lesson}\\")' in notebook.read_text(encoding="utf-8")
    tour[0]["text"] = "changed"
    assert cnn.learn.tour(lesson)[0]["text"] != "changed"


def test_a_lesson_without_a_tour():
    with pytest.raises(ValueError, match="id: found '02', expected one of 00, 01, 03, 04, 05, 06, 07"):
        cnn.learn.tour("02")


def test_a_second_tour_of_a_lesson():
    """It has a name; both tours of lesson 07 belong to the scenes that the lesson shows, and say their numbers."""
    x, w = np.array([[1, 0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 1], [1, 0, 3, 0]]), np.array([[1, 2], [0, -1]])
    dy = np.array([[1, 0, -1], [2, 0, 0], [0, 1, 0]])
    back, weights = slide(x, w, direction="dx", dy=dy), slide(x, w, direction="dw", dy=dy)
    to_x, to_w = (pages(scene, *tour) for scene, tour in (
        (back, cnn.learn.tour("07")), (weights, cnn.learn.tour("07", "dw"))))
    assert to_x[3]["text"].startswith("dx[1, 1] = 1·(−1) + 0·0 + 2·2 + 0·1 = 3.")
    assert to_w[3]["text"].startswith("dw[1, 1] = 1·1 +") and "= 6." in to_w[3]["text"]
    assert to_w[5]["text"].startswith("`dw` is 9, 2, 9, 8 now.")
    slopes = {f"dx[{i}, {j}] is {number(back.output[i, j])}": back.output[i, j] for i, j in np.ndindex(4, 4)}
    assert to_x[5]["text"].partition(":")[0] == min(slopes, key=slopes.get), "the smallest slope"
    for asks, tells in (pair for tour in (to_x, to_w) for pair in itertools.pairwise(tour)):
        assert asks["step"] == tells["step"] or asks["task"] != {"predict": True}, "what is asked for is told next"
    with pytest.raises(ValueError, match="name: found 'dx', expected one of dw"):
        cnn.learn.tour("07", "dx")
    with pytest.raises(ValueError, match="name: found 'dw', expected one of "):
        cnn.learn.tour("03", "dw")
