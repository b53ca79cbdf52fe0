"""Whatever an answer is: numbers in any writing are right, what is strange or unfinished becomes a sentence."""

import dataclasses
import warnings
from array import array
from collections import UserList, deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from answers import EX, Odd, exercise, in_a_cell, message, right
from heard import Heard

import cnnlib as cnn
from cnnlib.learn import Case, Wrong, showing

# --- cases ------------------------------------------------------------------------------------------------------------


def test_written_cases_come_first_then_those_drawn_which_are_always_the_same():
    """And last the edges."""
    seen = Heard()

    def spy(x, w):
        seen.append((x.tolist(), w.tolist()))
        return right(x, w)

    assert EX.draw and EX.edges and EX.check(spy).passed
    assert len(seen) == len(EX.cases) + EX.drawn + len(EX.edges) + 1
    assert next(iter(seen)) == [*seen][-1], "the first once more"
    assert [*seen][:-1] == [tuple(arg.tolist() for arg in case.args) for case in dataclasses.replace(EX).all_cases]


def test_the_edges_count_only_for_what_is_right_in_all_other_cases():
    """There one mistake may come to many things; so the others alone tell which one it is."""
    ex = exercise([Wrong(lambda a, b: a * b - 1, "You subtract 1.")], edges=[([0], [0])])

    def breaks(a, b, more):
        return a * b + more if a.any() else 1 // 0

    said = message(lambda a, b: breaks(a, b, 1), ex)
    assert ex.check(lambda a, b: a * b + 1).passed
    assert "ZeroDivisionError" in said and "The call was f(a=[0], b=[0]). Where it does not stop, your results" in said
    assert ex.check(lambda a, b: breaks(a, b, -1)).suspicion == "You subtract 1."


# --- strange results --------------------------------------------------------------------------------------------------


class Equal:
    """A result that claims to be equal to everything."""

    def __eq__(self, other):
        return True

    __hash__ = None


class Endless(list):
    """A list that cannot be read to its end."""

    def __len__(self):
        raise RuntimeError("no length")


class Number:
    """A number of the learner's own."""

    def __init__(self, value):
        self.value = value

    def __float__(self):
        return float(self.value)


class Row:
    """A container of the learner's own."""

    def __init__(self, cells):
        self.cells = cells

    def __iter__(self):
        return iter(self.cells)

    def __len__(self):
        return len(self.cells)

    def __contains__(self, cell):
        return cell in self.cells


async def later(x, w):
    return right(x, w)


async def later_each(x, w):
    yield right(x, w)


def generate(x, w):
    yield from right(x, w)


def of_itself(result):
    result[-1].append(result) if isinstance(result[-1], list) else result.append(result)
    return result


STRANGE = [
    (lambda x, w: None, "gives None: is its `return` missing?"),
    (lambda x, w: "1, -1", "gives a text, expected a list of 4 numbers"),
    (lambda x, w: b"1", "not numbers"), (lambda x, w: 5, "gives one plain number, expected a list of 4 numbers"),
    (lambda x, w: True, "gives True or False, expected a list of 4 numbers"),
    (generate, "gives a generator, which has not calculated anything yet: put it into `list(...)`"),
    (lambda x, w: map(float, x), "gives a map, which has not calculated"), (later, "gives a coroutine: write `def`"),
    (lambda x, w: {1, 2}, "gives a set, which has no order"), (lambda x, w: {0: 1}, "gives a dict, which has no order"),
    (lambda x, w: len, "are the brackets of a call missing?"), (lambda x, w: Odd(), "gives an Odd"),
    (lambda x, w: Odd, "are the brackets of a call missing?"), (lambda x, w: object(), "gives an object"),
    (lambda x, w: Equal(), "gives an Equal"), (lambda x, w: Endless([1]), "RuntimeError"),
    (lambda x, w: [[1, 2], [3]], "gives a list whose rows have different lengths"),
    (lambda x, w: of_itself([1]), "gives a list that holds itself: append a number to it, not the list"),
    (lambda x, w: of_itself([[1], [2]]), "holds itself"),
    (lambda x, w: [1, None, 2, 3], "gives a list with None at [1]"),
    (lambda x, w: [1, "2", 3, 4], "not numbers"), (lambda x, w: ["a", None], "gives a list with a str at [0]"),
    (lambda x, w: dict.fromkeys(x, 1).values(), "gives a dict_values, which has not calculated anything yet"),
    (lambda x, w: [Fraction(1, 2), "1", 2, 3], "gives a list with a str at [1]"),
    (lambda x, w: [{}, 1, 2, 3], "gives a list with a dict at [0]"), (lambda x, w: [10**400] * 4, "too large"),
    (lambda x, w: np.array([1j] * 4), "complex numbers"), (lambda x, w: right(x, w) > 0, "truth values"),
    (lambda x, w: right(x, w).astype(str), "texts, not numbers"),
    (lambda x, w: [(a := []), a.append(a)], "gives a list"), (later_each, "gives an async_generator: write `def`"),
    (lambda x, w: right(x, w).astype(complex).astype(object), "gives an array of dtype object with a complex at [0]"),
    (lambda x, w: [Decimal(1), "1", 2, 3], "gives a list with a str at [1]"),
    (lambda x, w: iter(right(x, w)), "gives an iterator, which has not calculated anything yet: put it into"),
    (lambda x, w: right(x, w)[None], "gives an array of shape (1, 4), expected a list of 4 numbers"),
    (lambda x, w: np.zeros((0, 3)), "gives an array of shape (0, 3)"), (lambda x, w: [], "gives 0 numbers, expected 4"),
    (lambda x, w: np.zeros(10**8), "100,000,000 numbers"), (lambda x, w: np.array(right), "not numbers|array of dtype"),
    (lambda x, w: right(x, w) * np.nan, "gives y[0] = nan, expected 1"),
    (lambda x, w: right(x, w) / 0.0, "gives y[0] = inf, expected 1"),
    (lambda x, w: right(x, w) + 1e-4, "gives y[0] = 1.0001, expected 1"),
    (lambda x, w: np.array(["2020-01-01"] * 4, "datetime64[D]"), "gives an array of dtype datetime64[D]"),
    (lambda x, w: (right(x, w), 1), "different lengths"), (lambda x, w: type("T", (), {}), "brackets of a call"),
]


@pytest.mark.alike(4)
@pytest.mark.parametrize(("function", "told"), STRANGE)
def test_strange_results_become_sentences(function, told):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said = message(function)
    assert any(each in said for each in told.split("|")), said


@pytest.mark.parametrize("function", [
    lambda x, w: right(x, w).tolist(), lambda x, w: tuple(right(x, w)), lambda x, w: right(x, w).astype(np.float32),
    lambda x, w: right(x, w).astype(np.int8 if set(right(x, w)) <= set(range(-128, 128)) else float),
    lambda x, w: right(x, w).view(type("Sub", (np.ndarray,), {"__eq__": lambda a, b: False})),
    lambda x, w: [np.array(n) for n in right(x, w)], lambda x, w: [np.float32(n) for n in right(x, w)],
    lambda x, w: [Fraction(float(n)) for n in right(x, w)], lambda x, w: [Decimal(float(n)) for n in right(x, w)],
    lambda x, w: right(x, w).astype(object), lambda x, w: np.array([Decimal(float(n)) for n in right(x, w)]),
    lambda x, w: [Decimal(float(n)) if i else float(n) for i, n in enumerate(right(x, w))],
    lambda x, w: deque(right(x, w)), lambda x, w: UserList(right(x, w)), lambda x, w: array("d", right(x, w)),
    lambda x, w: memoryview(right(x, w)), lambda x, w: right(x, w).flat, lambda x, w: Row(right(x, w)),
    lambda x, w: right(x, w) * (1 + 1e-9), lambda x, w: np.ma.array(right(x, w)), lambda x, w: -0.0 + right(x, w),
])
def test_other_ways_to_write_the_same_numbers_are_right(function):
    assert EX.check(function).passed, EX.check(function).message


# --- inputs, printed text, warnings, settings -------------------------------------------------------------------------


def sorting(x, w):
    y = right(x, w)
    x.sort()
    return y


def both(x, w):
    y = right(x, w)
    x += 1
    w[0] = 100
    return y


def test_changed_inputs():
    sentence = "Your function changes x in place: work on a copy, `x.copy()`."
    assert EX.check(sorting).suspicion == sentence
    assert message(sorting) == f"Not right yet. The numbers are right. {sentence}"
    assert EX.check(both).suspicion == "Your function changes x and w in place: work on a copy, `x.copy()`."
    assert EX.check(sorting).suspicion == sentence, "the cases are what they were"


def test_a_mistake_and_a_changed_input_are_two():
    def flipped(x, w):
        w[:] = w[::-1].copy()
        return right(x, w)

    suspicion = EX.check(flipped).suspicion
    assert suspicion.startswith("Your filter is flipped") and suspicion.endswith("work on a copy, `w.copy()`.")


# --- not answered -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [
    "def f(x, w):\n    return cnn.learn.TODO", "def f(x, w):\n    y = np.zeros(cnn.learn.TODO)\n    return y",
    "def f(x, w):\n    raise NotImplementedError", "def f(x, w):\n    return [cnn.learn.TODO] * 4",
    "def f(x, w):\n    return cnn.learn.TODO + 1", "f = cnn.learn.TODO", "f = None",
])
def test_stubs_are_not_yet(source):
    verdict = EX.check(in_a_cell(source))
    assert not verdict.passed and verdict.state == "not yet" and verdict.suspicion is None
    assert showing.verdict(verdict)["text/html"].count("Not yet") == 1
    assert verdict.message == ("Not yet: put your code in place of TODO, then run this again. "
                               '`cnn.learn.hint("01.2")` helps.')


def test_a_todo_left_over_does_not_spoil_what_is_right():
    source = "def f(x, w):\n    if len(x) == 0:\n        return cnn.learn.TODO\n    return np.correlate(x, w)"
    assert EX.check(in_a_cell(source)).passed
    assert repr(cnn.learn.TODO) == "TODO"


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_whole_numbers_are_exact_however_large():
    ex = exercise([], ask="value", solution=lambda: 14_450_688, cases=[()])
    assert ex.check(14_450_688.0).passed and ex.check(np.int32(14_450_688)).passed
    assert "14450689 is not it." in message(14_450_689, ex) and not ex.check(14_450_688.5).passed


def test_rounding_is_forgiven_and_nothing_more():
    rng = np.random.default_rng(0)
    x, w = rng.normal(0, 100, 500), rng.normal(0, 1, 9)
    cases = [Case(x, w), Case(np.full(50, 0.1), w - w.mean())]
    ex = exercise([], solution=lambda x, w: np.correlate(x, w), cases=cases)
    assert ex.check(lambda x, w: np.convolve(x, w[::-1], "valid")).passed
    assert ex.check(lambda x, w: np.correlate(x.astype(np.float32), w.astype(np.float32))).passed
    assert not ex.check(lambda x, w: np.correlate(x, w) * (1 + 1e-4)).passed
    assert not ex.check(lambda x, w: np.correlate(x, w) + 1e-2).passed


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "told"), [
    ("760", "The answer is a text, expected one plain number."), ([760], "a list of 1 number, expected one plain"),
    (True, "True or False"), ({760}, "a set, which has no order"), (761, "761 is not it."), (759.5, "759.5 is not it."),
    (float("nan"), "nan is not it."), (lambda: 760, "should be a value, without `def`"), (760 + 1j, "complex numbers"),
    (object(), "an object"), (Odd(), "an Odd"), (10**400, "too large"), ([[1], [2, 3]], "different lengths"),
])
def test_strange_values_become_sentences(answer, told):
    assert told in message(answer, cnn.learn.exercise("00.1"))


@pytest.mark.parametrize("answer", [
    760, 760.0, np.int64(760), np.float32(760), np.array(760), Fraction(1520, 2), Decimal("760.0"),
    np.array(760, object), np.array(Fraction(760)), np.longdouble(760), np.float16(760), Number(760),
])
def test_a_number_may_be_written_in_many_ways(answer):
    assert cnn.learn.exercise("00.1").check(answer).passed
