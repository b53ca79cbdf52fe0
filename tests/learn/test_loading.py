"""A check loads what it needs and nothing that draws, as seen in a fresh Python in which nothing else is loaded."""

import json
import os
import subprocess
import sys

import pytest

DRAWING = {"matplotlib", "PIL", "IPython", "ipywidgets", "anywidget", "traitlets", "cnnlib.viz"}
START = "import json, sys, cnnlib as cnn; known = set(sys.modules)\n"
END = "\nprint(json.dumps(sorted(set(sys.modules) - known)))"


def loaded(code):
    """What `code` has loaded when it is done, beyond cnnlib itself and what that loads."""
    done = subprocess.run([sys.executable, "-c", START + code + END], capture_output=True, text=True,
                          env=os.environ | {"CNNLIB_PROGRESS": ""}, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


EVERY = """
for id in cnn.learn.exercises():
    ex = cnn.learn.exercise(id)
    assert cnn.learn.check(id, ex.solution if ex.ask == "function" else ex.solution()).passed
"""
WRONG = """
for id in ("00.1", "01.2", "03.2", "05.2"):
    verdict = cnn.learn.check(id, cnn.learn.exercise(id).wrong[-1].answer)
    assert not verdict.passed and repr(verdict) and verdict._repr_mimebundle_()["text/html"]
"""


@pytest.mark.alike(2)
@pytest.mark.parametrize("code", [
    'assert not cnn.learn.check("00.1", 750).passed', EVERY, WRONG,
    'cnn.learn.progress(), cnn.learn.quiz("01"), cnn.learn.exercises()',
    'for show in (cnn.learn.exercise, cnn.learn.hint, cnn.learn.solution): show("01.2")._repr_mimebundle_()',
], ids=["one number", "every right answer", "wrong answers", "quiz and progress", "statement, hint, solution"])
def test_what_draws_is_not_loaded(code):
    modules = loaded(code)
    assert "cnnlib.learn" in modules and not modules & DRAWING


def test_one_number_loads_no_other_exercise():
    lessons = {name for name in loaded('cnn.learn.check("00.1", 750)') if name.startswith("cnnlib.learn.lesson_")}
    assert lessons == {"cnnlib.learn.lesson_00", "cnnlib.learn.lesson_00.e01"}


def test_a_wrong_answer_that_is_drawn_loads_the_player():
    shown = "verdict = cnn.learn.check('01.2', lambda x, w: cnn.correlate1d(x, w[::-1])); verdict._ipython_display_()"
    assert {"cnnlib.viz", "anywidget", "IPython"} <= loaded(shown)
