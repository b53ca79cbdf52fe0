"""No answer that is nearly right passes: a part of what `python -m tools.holes` tries, and what passed once."""

import dataclasses
import re

import numpy as np
import pytest

import cnnlib as cnn
from tools.holes.mutate import mutants
from tools.holes.reasons import reason
from tools.holes.search import HOLE, RESULT, searched

ALL = {id: cnn.learn.exercise(id) for id in cnn.learn.exercises()}
FUNCTIONS = {id: ex for id, ex in ALL.items() if ex.ask == "function"}


@pytest.mark.long
@pytest.mark.parametrize("id", FUNCTIONS)
def test_what_is_nearly_right_is_refused(id):
    """The solution with what goes in and out of it changed, without inputs of one kind, and a part of the changes of
    its text. What passes needs a case, in `cases` or at the `edges`, or a reason in tools/holes/reasons.py."""
    assert searched(ALL[id], [ALL[id].solution], every=5).holes == []


# --- what passed once -------------------------------------------------------------------------------------------------


def but(id, when, change):
    """The solution, but for the arguments of which `when` is true; there its result is changed."""
    def answer(*args):
        y = ALL[id].solution(*args)
        return change(y) if when(*args) else y

    return answer


def flat(y):
    return np.zeros_like(y)


def first_place(y):
    return y * 0 + y.flat[0] + 1


PASSED = [
    ("01.3", but("01.3", lambda N, F, *_: F > N, lambda y: 0)),
    ("01.5", lambda x, w: np.array(ALL["01.5"].solution(x, w), int)),
    ("01.5", but("01.5", lambda x, w: len(x) == len(w), lambda y: [])),
    ("02.2", but("02.2", lambda x, w: (x <= 0).all(), flat)), ("02.2", but("02.2", lambda x, w: np.ptp(x) < 1, flat)),
    ("02.2", but("02.2", lambda x, w: x[:len(w)].mean() == 0, flat)),
    ("02.2", lambda x, w: ALL["02.2"].solution(np.minimum(x, 255), w)),
    ("02.4", lambda w, N: ALL["02.4"].solution(w[np.nonzero(w)], N)),
    ("02.5", lambda f, x, d: max([0, *np.abs(f(x[d:]) - f(x)[d:])[:-1]])),
    ("03.2", lambda x, w: ALL["03.2"].solution(x.astype(np.int8), w)),
    ("03.2", lambda x, w: ALL["03.2"].solution(x, w).astype(x.dtype)),
    ("03.4", lambda x, w, S, P, D: ALL["03.4"].solution(x, w, S, min(P, 2), D)),
    ("04.2", lambda x, w, b: ALL["04.2"].solution(x[:3], w[:, :3], b)),
    ("04.3", but("04.3", lambda C, H, W, K, F, *_: F > H, lambda y: ((0, 0, 0), 0))),
    ("05.2", but("05.2", lambda x, F, S: (len(x) - F) // S == (x.shape[1] - F) // S == 0, first_place)),
    ("05.4", lambda *args: np.array(ALL["05.4"].solution(*args), args[0].dtype)),
    ("05.5", but("05.5", lambda f, x, s: s > len(x), lambda y: 1)),
    ("08.2", lambda *args: [int(np.float32(n)) for n in ALL["08.2"].solution(*args)]),
    ("08.5", lambda x, f, project: np.maximum(
        f(x) + (x if sorted(f(x).shape) == sorted(x.shape) else project(x)), 0)),
    ("08.6", lambda C, s: (2 * C * (few := int(C * (1 / s))) + 9 * few**2 + 4 * few + 2 * C, 18 * C**2 + 4 * C)),
    ("06.4", but("06.4", lambda true, said, c: not np.isin(said, true).all(), lambda y: (0, 0))),
]


@pytest.mark.parametrize(("id", "answer"), PASSED)
def test_what_passed_once_is_refused(id, answer):
    assert not ALL[id].check(answer).passed


# --- the tool ---------------------------------------------------------------------------------------------------------


def test_an_exercise_without_such_cases_has_holes():
    """So the test above can fail."""
    bare = dataclasses.replace(ALL["01.5"], edges=())
    found = searched(bare, [bare.solution], every=50).holes
    assert "except x.shape[0] = w.shape[0]" in found and len(found) > 2


def test_changes_are_made_one_at_a_time():
    way = next(way for way in ALL["01.2"].right if way.__name__ == "recursive")   # then calls the one that is changed
    made = {mutant.change: mutant.function for mutant in mutants(way)}
    assert made["1: -> 2:"](np.array([1, 2, 3, 4]), np.array([1])) == [1, 3] and len(made) > 20


def test_the_stored_result_has_a_reason_for_everything():
    """Otherwise: python -m tools.holes"""
    text = RESULT.read_text(encoding="utf-8")
    assert HOLE not in text
    assert re.findall(r"^## (.+)$", text, re.M) == list(FUNCTIONS), "python -m tools.holes writes it"
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        id = part.split("\n")[0]
        assert [change for change in re.findall(r"^  - `(.+)`$", part, re.M) if not reason(id, change)] == []
