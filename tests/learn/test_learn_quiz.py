"""Quizzes as data, as text and as the Python side of the widget; what is alive is tested in browser/test_quiz.py."""

import html
import json
import re
import subprocess
import sys

import pytest
from traitlets import TraitError

import cnnlib as cnn
from cnnlib.learn import Option, Question, Quiz, Right, library
from cnnlib.learn.progress import load
from cnnlib.learn.quiz import ENTRY

QUIZZES = {id: cnn.learn.quiz(id) for id in library.lessons() if library._has_quiz(id)}
every = pytest.mark.parametrize("quiz", QUIZZES.values(), ids=QUIZZES)
TINY = Quiz("99", Question("1 < `2`?", Right("yes, `1 < 2`", "So it <i>is</i>."), Option("no", "Count `again`.")))


@every
def test_every_quiz_is_complete(quiz):
    assert QUIZZES[quiz.id] is quiz and 3 <= len(quiz.questions) <= 5
    for question in quiz.questions:
        assert 2 <= len(question.options) <= 5 and question.text[-1] in ".?"
        for option in question.options:
            assert option.why[-1] in ".?" and len(option.why) < 240 and option.why != option.text
            for text in (question.text, option.text, option.why):
                assert text.count("`") % 2 == 0 and "$" not in text, "code is marked, formulas are not set"
    places = [question.spec["right"] for question in quiz.questions]
    assert len(set(places)) > 1, "the right answer is not always in the same place"


@every
def test_without_anything_alive_every_answer_has_its_reason(quiz):
    data, _ = quiz._repr_mimebundle_()
    assert data["text/plain"] == f"Quiz {quiz.id}: {len(quiz.questions)} questions"
    text = html.unescape(re.sub(r"</?code>", "`", data["text/html"]))
    for question in quiz.questions:
        assert question.text in text
        for option in question.options:
            verdict = "Right." if option.right else "Not right."
            found = f"<summary>{option.text}</summary><p><strong>{verdict}</strong> {option.why}</p></details>"
            assert found in text
    assert "application/vnd.jupyter.widget-view+json" in data


def test_text_stays_text():
    assert "1 &lt; <code>2</code>?" in TINY.html and "<i>" not in TINY.html and "&lt;i&gt;" in TINY.html
    spec = json.loads(json.dumps(TINY.spec))
    assert spec["questions"][0]["right"] == 0 and spec["questions"][0]["options"][1]["why"] == "Count `again`."


@pytest.mark.parametrize(("parts", "told"), [
    (("q", Right("a", "w")), "1 right options of 1"),
    (("q", Option("a", "w"), Option("b", "w")), "0 right options of 2"),
    (("q", Right("a", "w"), Right("b", "w")), "2 right options of 2"),
    (("", Right("a", "w"), Option("b", "v")), "empty"),
    (("q", Right("a", ""), Option("b", "v")), "empty"), (("q", Right("a", "w"), Option(5, "v")), "empty"),
    (("q", Right("a", "w"), Option("a", "v")), "two options with the same text"),
])
def test_questions_that_make_no_sense_are_refused(parts, told):
    with pytest.raises(ValueError, match=told):
        Question(*parts)


def test_only_quizzes_that_there_are():
    for id in ("77", None, 1, "01.1"):
        with pytest.raises(ValueError, match=r"id: found .*, expected one of .*01"):
            cnn.learn.quiz(id)


def test_answers_are_noted(tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_PROGRESS", str(tmp_path / "p.json"))
    widget = cnn.learn.quiz("01").widget()
    assert widget.answers == [None] * 3 and load()["quizzes"] == {}
    right = [question.spec["right"] for question in cnn.learn.quiz("01").questions]
    widget.set_state({"answers": [right[0], None, None]})
    assert load()["quizzes"] == {"01": {"right": 1, "of": 3}}
    widget.set_state({"answers": right})
    widget.set_state({"answers": [0, 0, 0]})
    assert load()["quizzes"] == {"01": {"right": 3, "of": 3}}


@pytest.mark.parametrize("bad", [
    [], [None] * 4, [9, None, None], [-1, None, None], ["0", None, None], [0.5, 0, 0], "no", None,
])
def test_answers_that_there_are_not_are_refused(bad, tmp_path, monkeypatch):
    monkeypatch.setenv("CNNLIB_PROGRESS", str(tmp_path / "p.json"))
    widget = cnn.learn.quiz("01").widget()
    widget.answers = [0, None, None]
    with pytest.raises((ValueError, TraitError), match="answers") as caught:
        widget.answers = bad
    assert len(str(caught.value)) < 300
    widget.set_state({"answers": bad, "spec": {"id": "01", "questions": []}})   # from the browser: left out, no error
    assert widget.answers == [0, None, None] and widget.spec == cnn.learn.quiz("01").spec


def test_a_quiz_is_shown_as_other_widgets_are():
    widget = TINY.widget()
    assert repr(widget) == repr(TINY) == TINY.digest and widget.shown is TINY
    assert TINY.alt() == "Quiz 99: 1 question. 1 < `2`?"
    assert all(20 <= len(quiz.alt()) <= 500 and quiz.alt().startswith(quiz.digest) for quiz in QUIZZES.values())
    widget.close()
    assert widget._repr_mimebundle_() == ({"text/html": TINY.html, "text/plain": "Quiz 99: 1 question"}, {})


def test_a_quiz_draws_nothing():
    """So it is there at once: neither matplotlib nor what writes files is loaded for it."""
    code = "import sys, cnnlib; cnnlib.learn.quiz('01')._repr_mimebundle_(); print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_every_rule_of_the_style_sheet_stays_inside_the_quiz():
    css = re.sub(r"/\*.*?\*/", "", ENTRY.with_suffix(".css").read_text(encoding="utf-8"), flags=re.S)
    for selector in re.findall(r"([^{}]+)\{", css):
        assert selector.strip().startswith((".cnn-quiz", "@media")), selector
