"""A lesson goes on with a learner's function once it passes, and with the solution until then."""

import sys

import pytest

import cnnlib as cnn


def right(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def wrong(x, w):
    return right(x, w[::-1])


def todo(x, w):
    return cnn.learn.TODO


def test_a_function_that_passes_is_given_back(capsys):
    assert cnn.learn.passing("01.2", right) is right
    assert capsys.readouterr().out == "Exercise 01.2: your own.\n"


@pytest.mark.parametrize("answer", [wrong, todo, None])
def test_until_then_the_solution(answer, capsys):
    assert cnn.learn.passing("01.2", answer) is cnn.learn.exercise("01.2").solution
    assert capsys.readouterr().out == "Exercise 01.2: the solution stands in until your answer passes.\n"


def test_of_a_value_its_number():
    assert cnn.learn.passing("00.1", 750) == cnn.learn.passing("00.1", 760) == 760


def test_nothing_is_counted(monkeypatch):
    noted = []
    monkeypatch.setattr(sys.modules["cnnlib.learn.progress"], "record", lambda *what: noted.append(what))
    cnn.learn.passing("00.1", 760)
    assert noted == []
    cnn.learn.check("00.1", 760)
    assert len(noted) == 1


def test_an_exercise_that_there_is_not():
    with pytest.raises(ValueError, match=r"id: found '99\.1'"):
        cnn.learn.passing("99.1", right)
