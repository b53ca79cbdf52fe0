"""What is said about code is seen in it, or asked; and what is right gets one remark at most."""

import re

import pytest

import cnnlib as cnn
from cnnlib.learn.code import CLAIMS, confirmed, parsed, worded
from cnnlib.learn.remarks import remark

EARLY = "You return after the first place: `return` belongs after both loops."


def early(x, w):
    for i in range(3):
        return x[i] * w


def late(x, w):
    y = []
    for i in range(3):
        y.append(x[i] * w)
    return y


def with_helper(x, w):
    return early(x, w)


class Called:
    def __call__(self, x, w):
        for i in range(3):
            return x[i] * w


@pytest.mark.parametrize("answer", [early, with_helper, Called(), Called().__call__])
def test_what_stands_there_is_told(answer):
    assert worded(EARLY, answer) == EARLY


@pytest.mark.parametrize("answer", [late, len, eval("lambda x, w: x[0] * w"), print, int, 5])
def test_what_is_not_seen_is_asked(answer):
    assert worded(EARLY, answer) == f"Is it this? {EARLY}"
    assert worded("You subtract.", answer) == "You subtract." and worded("Is it a loop?", answer) == "Is it a loop?"


def test_every_sentence_about_code_is_one_that_can_be_looked_for():
    """Or asks already, or only says what to write."""
    sentences = {s for ex in map(cnn.learn.exercise, cnn.learn.exercises()) for w in ex.wrong for s in w.sentences}
    of_code = {s for s in sentences if re.search(r"`return`|`append`|`break`|`range`|\bloops?\b|[Bb]rackets", s)}
    assert len(of_code) > 40
    for sentence in of_code:
        claims = [pattern for pattern, _ in CLAIMS if re.search(pattern, sentence)]
        assert claims or "?" in sentence, sentence
        assert "?" in sentence or not confirmed(sentence, parsed(len)), sentence


def four_loops(x, w):
    rows, columns = x.shape[0] - w.shape[0] + 1, x.shape[1] - w.shape[1] + 1
    y = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for u in range(w.shape[0]):
                for v in range(w.shape[1]):
                    y[i][j] += x[i + u, j + v] * w[u, v]
    return y


def backwards(x, w):
    return [sum(x[i - len(x) + k] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def forwards(x, w):
    return [sum(x[i + k] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def from_the_end(x, w):
    return [sum(x[-(len(x) - i - k)] * w[k] for k in range(len(w))) for i in range(len(x) - len(w) + 1)]


def test_one_remark_where_it_is_deserved():
    """Where loops are asked for, loops are no reason for one."""
    slide, with_loops, faster = map(cnn.learn.exercise, ("01.2", "03.2", "05.2"))
    assert "four nested loops, and that is fine" in remark(faster, four_loops)
    assert remark(with_loops, four_loops) is None
    assert remark(cnn.learn.exercise("09.6"), four_loops) is None, "nobody takes a window there"
    assert remark(slide, backwards).startswith("One remark: your code reads `x` with an index below 0")
    assert remark(slide, forwards) is None and remark(slide, from_the_end) is None and remark(slide, len) is None


def borrowed(x, w):
    return cnn.correlate2d(x, w)


def test_the_librarys_function_is_remarked_on_where_the_statement_rules_it_out():
    for id in ("03.2", "04.2"):
        assert remark(cnn.learn.exercise(id), borrowed).startswith("One remark: `cnn.correlate2d` did the work.")
    assert remark(cnn.learn.exercise("09.1"), borrowed) is None
    assert remark(cnn.learn.exercise("09.3"), lambda x, w, stride: cnn.conv_transpose2d(x, w)).startswith(
        "One remark: `cnn.conv_transpose2d` did the work.")


def test_the_solutions_deserve_none():
    exercises = [ex for ex in map(cnn.learn.exercise, cnn.learn.exercises()) if ex.ask == "function"]
    assert {ex.id: said for ex in exercises if (said := remark(ex, ex.solution))} == {}
