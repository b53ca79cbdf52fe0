"""The fuzzer: it knows all that is public, its right calls are right, it notices what is bad, and finds nothing."""

import warnings

import numpy as np
import pytest

import cnnlib as cnn
from tools.fuzz import judging, running
from tools.fuzz.__main__ import main
from tools.fuzz.hostile import NAMES
from tools.fuzz.judging import judged
from tools.fuzz.subjects import Subject, subjects

ALL = {subject.text: subject for subject in subjects()}


def test_everything_public_is_called():
    assert {"cnn.conv2d", "cnn.as_matrix", "cnn.taps.window", "cnn.nn.fit", "cnn.viz.bars"} <= set(ALL)
    assert {f"cnn.{name}" for name in cnn.ops.__all__} <= set(ALL)
    assert {"SCENE.figure", "ran(cnn.nn.Conv2d(3, 4, 3), X).backward"} <= set(ALL) and len(ALL) > 250


@pytest.mark.parametrize("text", [text for text in ALL if not text.endswith((".load", "from_idx"))])
def test_right_calls_are_right(text, tmp_path, monkeypatch):
    """Or they would test one refusal again and again. (Two read files that are not there.)"""
    monkeypatch.chdir(tmp_path)   # some write
    eval(ALL[text].call(ALL[text].right), dict(NAMES))


BAD = {
    "cnn.bad_error(x=1)": "KeyError: 'why'", "cnn.bad_silence(x=1)": "ValueError: names no argument: something",
    "cnn.bad_length(x=1)": "ValueError: a message of 300 characters: x",
    "cnn.bad_warning(x=1)": "RuntimeWarning: divide",
    "cnn.bad_memory(x=1)": "MemoryError: ", "cnn.bad_end(x=1)": "ended the program", "cnn.bad_time(x=1)": "took ",
    "cnn.good(x=1)": None, "cnn.good_error(x=1)": None,
}


def bad(name):
    """A function that is bad in the way its name says."""
    def function(x):
        if name == "bad_time":
            sum(range(10**7))
        if name == "bad_warning":
            return np.divide(np.ones(1), 0)
        errors = {"bad_error": KeyError("why"), "bad_silence": ValueError("something"), "bad_end": SystemExit(),
                  "bad_length": ValueError("x" + " y" * 150), "bad_memory": MemoryError(),
                  "good_error": TypeError("x: no")}
        if name in errors:
            raise errors[name]
    return function


@pytest.mark.parametrize("text", BAD)
def test_what_is_bad_is_noticed(text, monkeypatch):
    name = text[4:].partition("(")[0]
    monkeypatch.setattr(cnn, name, bad(name), raising=False)
    assert judging.SECONDS == 2
    monkeypatch.setattr(judging, "SECONDS", 0.02 if name == "bad_time" else 2)
    problem = judged(Subject(f"cnn.{name}", {"x": "1"}, {}, frozenset("x"), ""), text)
    assert problem is None if BAD[text] is None else problem.startswith(BAD[text])


def test_the_same_seed_makes_the_same_calls():
    every = list(ALL.values())
    texts = [running.drawn(every, 5, number)[1] for number in range(300)]
    assert texts == [running.drawn(every, 5, number)[1] for number in range(300)]
    assert texts != [running.drawn(every, 6, number)[1] for number in range(300)] and len(set(texts)) > 250


def test_a_process_that_dies_is_a_finding_and_the_run_goes_on(monkeypatch):
    answers, batches = [([], 2, "ended the process, code -9"), ([], 1, None)], []

    def died(only, seed, batch):
        batches.append(list(batch))
        return answers.pop(0)

    monkeypatch.setattr(running, "_in_a_process", died)
    found = list(running.run("cnn.conv2d", 1, [1, 2, 3, 4]))
    assert [(number, why) for number, _, why in found] == [(3, "ended the process, code -9")]
    assert batches == [[1, 2, 3, 4], [4]]


@pytest.mark.parametrize("calls", [500, pytest.param(1500, marks=pytest.mark.long)])
def test_nothing_is_found_in_so_many_calls(calls, capsys):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        failed = main(["--calls", str(calls), "--seed", "7"])
    assert not failed, capsys.readouterr().out
