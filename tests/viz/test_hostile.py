"""Whatever the browser sends: it changes only what is its own, raises nothing, and the next good message still works.

CNNLIB_MESSAGES sets how many are sent to each kind of widget.
"""

import copy
import json
import os
import random

import pytest

import cnnlib as cnn
from cnnlib.learn import Option, Question, Quiz, Right
from cnnlib.learn.progress import load
from cnnlib.viz.kit.live import plain

COUNT = int(os.environ.get("CNNLIB_MESSAGES", "400"))
SCENE = cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1])
STACK = cnn.nn.Sequential(cnn.nn.Conv2d(1, 2, 3), cnn.nn.ReLU())
LABELS = cnn.nn.Sequential(cnn.nn.Conv2d(1, 2, 3), cnn.nn.Flatten(), cnn.nn.Linear(32, 2))
STROKES = [{"points": [1, 2.5], "width": 2, "erase": False}]
QUIZ = Quiz("99", *(Question(f"{n}?", Right("yes", "So it is."), Option("no", "Count again.")) for n in range(5)))


def player():
    return cnn.viz.SlidePlayer.compare(SCENE, lambda x, w: [1, 0, 0, 0])


KINDS = {
    "network": (lambda: cnn.viz.network_explorer(LABELS, [[[[0.5] * 6] * 6]] * 2).player(),
                {"image": 1, "strokes": STROKES, "changes": {"turn": 3}, "centred": False, "looking": [0, 1, 2, 3]}),
    "player": (player, {"step": 2, "speed": 3.0, "loop": True, "view": ["matrix"]}),
    "shifts": (lambda: cnn.viz.shifts([0, 1, 2], {"twice": lambda a: 2 * a}).player(), {"shift": 1}),
    "kernel lab": (lambda: cnn.viz.kernel_lab([[0, 255]] * 3).player(tour=[{"text": "a"}]),
                   {"stride": 2, "kernel": [[[1, 2.5]]], "second": None, "at": [1, 1], "padding": "reflect"}),
    "stack": (lambda: cnn.viz.stack_explorer(STACK, [[1.0] * 6] * 6).player(),
              {"dx": 1, "unit": ["CONV1", 0, 1, 2], "blur": True, "padding": "circular", "channels": [1]}),
    "quiz": (QUIZ.widget, {"answers": [0, 1, None, 0, 1]}),
}
VALUES = [None, True, 0, 1, -1, 2.5, 10**400, -10**400, 1e308, float("nan"), float("inf"), "", "x" * 1000, "explore",
          [], {}, [None], [10**400], [float("nan")], [[1.0, float("inf")]], [{"step": float("nan")}], {"kind": "conv"},
          [{"step": 0, "guess": float("inf"), "value": 1, "right": True, "why": ""}], [{"stranger": 1}], [1, [2, [3]]],
          [0, 0, 0, 0, 0], [0, 0, 0, 0, 99], b"bytes", {1: 2}]


def deep(levels=10_000):
    value = []
    for _ in range(levels):
        value = [value]
    return value


def message(rng, widget):
    """What no browser part of ours sends: foreign traits, values of all kinds, binary parts, no sense at all."""
    names = [*widget.keys, "comm", "keys", "log", "_trait_values", "nothing", "__class__", "own", "set_state", ""]
    state = {rng.choice(names): rng.choice([*VALUES, deep]) for _ in range(rng.randint(1, 4))}
    state = {name: value() if value is deep else copy.copy(value) for name, value in state.items()}
    if "spec" in widget.keys and rng.random() < 0.3:
        spec = json.loads(json.dumps(widget.spec))
        spec[rng.choice([*spec, "more"])] = rng.choice(VALUES)
        state["spec"] = spec
    data = {"method": "update", "state": state}
    strange = rng.random()
    if strange < 0.1:
        data["buffer_paths"] = rng.choice([[["spec", 0]], [["nothing"]], 5, [[]]])
    elif strange < 0.2:
        data = rng.choice([None, 5, {}, {"method": "custom", "content": {}}, {"method": None},
                           {"method": "custom", "content": {"save": rng.choice(["../x.png", ".npz", 5, None])}},
                           {"method": "custom", "content": {"save": ".png", "step": rng.choice([-1, "1", 1.5, 10**9])}},
                           {"method": "update"},
                           {"method": "update", "state": [1]}, {"method": "request_state"}, {"method": {}}])
    return {"content": {"data": data}, "buffers": [b"1234"]}


def state_of(widget):
    """All traits, by name; those that the browser may change aside."""
    return {name: value for name, value in widget.get_state().items() if name not in widget.own}


@pytest.mark.alike(3)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_messages(kind):
    make, good = KINDS[kind]
    widget, rng = make(), random.Random(kind)
    foreign, comm = state_of(widget), widget.comm
    for number in range(COUNT):
        widget.comm.handle_msg(message(rng, widget))
        now = state_of(widget)
        if kind == "player" and widget.spec is not SCENE.spec:   # after an edit Python calls the function again
            now, foreign = ({k: v for k, v in part.items() if k not in widget.told} for part in (now, foreign))
        assert now == foreign, number
        assert all(plain(getattr(widget, name)) for name in widget.own)
        if number % 50 == 0:
            widget.comm.handle_msg({"content": {"data": {"method": "update", "state": good}}, "buffers": []})
            assert {name: getattr(widget, name) for name in good} == good
    assert widget.comm is comm
    widget.close()


def test_one_bad_value_takes_no_other_with_it():
    for bad in VALUES:
        if bad not in (True, 1, 2.5, 1e308):
            widget = player()
            widget.set_state({"speed": bad, "step": 2, "loop": True})
            assert (widget.step, widget.loop, widget.speed) == (2, True, 1.5), bad


def test_a_page_cannot_write_into_the_progress():
    """Neither a spec of its own, with other right answers, nor another name."""
    widget, before = Quiz("98", *QUIZ.questions).widget(), load()
    spec = {"id": "01", "questions": [{**question.spec, "right": 1} for question in QUIZ.questions]}
    widget.set_state({"spec": spec, "quiz": None, "answers": [1] * 5})
    assert load()["quizzes"] == before["quizzes"] | {"98": {"right": 0, "of": 5}}
    assert widget.spec == widget.quiz.spec


def test_what_python_tells_is_not_the_browsers_to_say():
    widget = player()
    told = {name: getattr(widget, name) for name in widget.told}
    widget.set_state({"yours": [0, 0, 0, 0], "differs": [], "calls": 7, "message": "All is right."})
    assert {name: getattr(widget, name) for name in widget.told} == told
    with pytest.raises(ValueError, match="yours must be lists of finite numbers"):
        widget.yours = [float("nan")]
    with pytest.raises(ValueError, match="answers must be dicts of step, guess, value, right, why"):
        widget.answers = [{"step": 0, "guess": float("nan")}]


@pytest.mark.parametrize("value", [float("nan"), [1, float("inf")], {"a": [-float("inf")]}, 10**400, b"", {1: 2}, {1}])
def test_what_is_not_plain(value):
    assert not plain(value) and plain([None, True, -1.5, "text", {"a": [10**300]}])
