"""What is shown: the verdict, the player of a wrong step, hints, solution and statement; and what is no exercise."""

import inspect

import numpy as np
import pytest
from answers import EX, exercise, right, thrower
from heard import Heard

import cnnlib as cnn
from cnnlib.learn import Exercise, Wrong, showing
from cnnlib.learn.verdict import Verdict


def test_a_verdict_draws_itself(capsys):
    def flipped(x, w):
        print("<i>here</i>")
        return right(x, w[::-1])

    verdict = EX.check(flipped)
    data = verdict._repr_mimebundle_()
    assert data["text/plain"] == verdict.message == repr(verdict)
    assert "<strong>Not right yet</strong> · exercise 01.2" in data["text/html"]
    assert "<strong>What happened:</strong> Your filter is flipped" in data["text/html"]
    assert "<code>w[0]</code>" in data["text/html"] and "<pre>&lt;i&gt;here&lt;/i&gt;" in data["text/html"]
    assert 'data-state="right"' in EX.check(right)._repr_mimebundle_()["text/html"]
    told = EX.check(thrower(ValueError("<b>bold</b>")))._repr_mimebundle_()["text/html"]
    assert "<b>" not in told and "&lt;b&gt;" in told
    EX.check(None)._ipython_display_()
    assert "Not yet: put your code" in capsys.readouterr().out


def test_the_player_of_a_wrong_step():
    def part(x, w):
        y = right(x, w)
        y[2:] += 1
        return y

    player = showing.step_player(EX.check(part))
    assert player.step == 2 and player.yours == [1, -1, 2, 1] and "differ in step 3 of 4" in player.message
    assert showing.step_player(EX.check(right)) is None and showing.step_player(EX.check(None)) is None
    assert showing.step_player(EX.check(lambda x, w: [1])) is None, "another shape has no step"
    player = showing.step_player(EX.check(lambda signal, kernel: right(signal, kernel[::-1])))
    assert player.step == 0 and player.yours == [-1, 1, -1, 0]


def test_a_player_opens_also_where_arguments_have_names_that_a_scene_does_not_know():
    def largest(x, F, S):
        return [max(x[i:i + F]) for i in range(0, len(x) - F + 1, S)]

    ex = Exercise(**{**{name: getattr(EX, name) for name in EX.__dataclass_fields__}, "solution": largest, "wrong": [],
                     "cases": [([1, 5, 2, 4, 3, 6], 2, 2)], "draw": None, "signature": "largest(x, F, S): y",
                     "player": lambda x, F, S: cnn.viz.pool(x, F, stride=S)})

    def careless(x, F, S):
        return [*largest(x, F, S)[:-1], 0]

    player = showing.step_player(ex.check(careless))
    assert player is not None and player.step == 2


def test_a_wrong_answer_is_called_and_judged_once():
    """By the check, and for the first case once more; its player shows what was found there."""
    calls = Heard()

    def part(x, w):
        calls.append(len(x))
        return right(x, w) + 1

    verdict = EX.check(part)
    assert len(calls) == len(EX.all_cases) + 1
    player = showing.step_player(verdict)
    assert player.differs == [0, 1, 2, 3] and len(calls) == len(EX.all_cases) + 1
    player.x = [1, 2, 4]
    assert player.differs == [0, 1] and len(calls) == len(EX.all_cases) + 2


def test_a_player_for_arguments_that_a_scene_does_not_have():
    def scene(x, w, stride):
        return cnn.viz.slide(x, w, stride=stride)

    ex = exercise([], solution=lambda x, w, stride: cnn.correlate1d(x, w, stride), cases=[([1, 2, 3, 4], [1, 1], 2)],
                  player=scene)
    for answer in (lambda x, w, stride: np.zeros(2), lambda a, b, c: [3, c]):
        player = showing.step_player(ex.check(answer))
        assert player is not None and "differ in step" in player.message
    assert player.yours == [3, 2] and player.step == 1
    broken = exercise([], player=lambda a, b: 1 / 0)
    assert showing.step_player(broken.check(lambda a, b: a)) is None


def test_hints_solution_and_statement():
    hint = cnn.learn.hint("01.2")
    assert repr(hint).startswith("Hint 1 of 3: How many places") and "Hint 2" not in repr(hint)
    assert repr(cnn.learn.hint("01.2", 3)).count("Hint") == 3
    markdown = hint._repr_mimebundle_()["text/markdown"]
    order = [markdown.index(text) for text in ("Hint 1", "How many", "Hint 2", "Two loops", "Hint 3", "`for i in")]
    assert order == sorted(order) and markdown.count("<details>") == markdown.count("</details>") == 3
    solution = cnn.learn.solution("01.2")._repr_mimebundle_()
    assert "```python\ndef slide(x, w):" in solution["text/markdown"] and "Common errors" in solution["text/plain"]
    assert "**760**" in cnn.learn.solution("00.1").markdown and repr(cnn.learn.solution("00.1")).startswith("760\n")
    statement = EX._repr_mimebundle_()
    head = f"### Exercise 01.2 · Slide it\n\n*difficulty 2 of 5 · about {EX.minutes} minutes*"
    assert statement["text/markdown"].startswith(head)
    assert statement["text/plain"] == repr(EX) == f"Exercise 01.2 · Slide it\n{EX.signature}"
    for wrong in (0, 4, "1", None):
        with pytest.raises(ValueError, match="number: found"):
            cnn.learn.hint("01.2", wrong)


@pytest.mark.parametrize(("name", "value"), [
    ("id", "1.2"), ("title", ""), ("statement", " "), ("signature", None), ("difficulty", 6), ("difficulty", 0),
    ("hints", ("a", "b")), ("hints", ("a", "b", "")), ("solution", 5), ("errors", ""), ("praise", ""), ("insight", ""),
    ("ask", "text"), ("cases", []),
])
def test_an_exercise_that_lacks_something_is_refused(name, value):
    with pytest.raises(ValueError, match=f"exercise .*: {name} must be"):
        exercise([], **{name: value})


def test_a_mistake_without_a_sentence_is_refused():
    with pytest.raises(ValueError, match="sentence must be text"):
        Wrong(5, "")


class Evil(type):
    """Of whose things one may not even ask the name."""

    @property
    def __name__(cls):
        raise KeyError("name")


def test_a_check_never_raises():
    class Thing(metaclass=Evil):
        def __getattribute__(self, name):
            raise KeyError(name)

    for answer in (Thing(), Thing, [Thing()], lambda x, w: Thing(), lambda x, w: [Thing()] * 4):
        for ex in (EX, cnn.learn.exercise("00.1")):
            verdict = ex.check(answer)
            assert not verdict.passed and verdict.message.startswith("Not right yet. ")
            assert verdict._repr_mimebundle_()["text/html"]


def test_verdicts_are_plain_data():
    assert Verdict("01.2", False, "m").suspicion is None
    assert "player" not in repr(Verdict("01.2", False, "m")) and inspect.isclass(Verdict)
