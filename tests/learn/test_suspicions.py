"""A mistake is named where it is proven, alone or with another, and nowhere else."""

import numpy as np
from answers import EX, exercise, message, right

from cnnlib.learn import Wrong

NO_ONE = Wrong(lambda a, b: a * b, "The 1 is missing.")
SUM = Wrong(lambda a, b: a + b + 1, "You add.")
TWO = Wrong(lambda a, b: a + b, "You add.", "The 1 is missing.")


def test_one_mistake_two_mistakes_and_an_unknown_one():
    ex = exercise([NO_ONE, SUM, TWO])
    assert ex.check(lambda a, b: b * a).suspicion == "The 1 is missing."
    assert ex.check(lambda a, b: b + a).suspicion == (
        "Two mistakes at once. First: You add. Second: The 1 is missing.")
    assert ex.check(lambda a, b: a * b + 2).suspicion is None
    assert ex.check(lambda a, b: a * b + (len(a) == 1)).suspicion is None, "in every case, not in most"


def test_mistakes_that_cannot_be_told_apart_are_named_only_if_they_share_a_sentence():
    same = Wrong(lambda a, b: b * a, "The 1 is missing.")
    other = Wrong(lambda a, b: a * b * 1, "Something else.")
    assert exercise([NO_ONE, same]).check(lambda a, b: a * b).suspicion == "The 1 is missing."
    assert exercise([NO_ONE, other]).check(lambda a, b: a * b).suspicion is None


def test_errors_alone_prove_nothing():
    """A typical mistake that breaks in some cases is known by the others; one that always breaks is not."""
    def sometimes(a, b):
        return a * b[[0, 1]]

    def always(a, b):
        raise IndexError("elsewhere")

    ex = exercise([Wrong(sometimes, "Only for two numbers.")])
    verdict = ex.check(lambda a, b: b[[0, 1]] * a)
    assert verdict.suspicion == "Only for two numbers." and "IndexError" in verdict.message
    assert exercise([Wrong(always, "Always.")]).check(always).suspicion is None

    def otherwise(a, b):
        return a * b if len(a) == 2 else {}[0]

    assert ex.check(otherwise).suspicion is None, "another error"


def test_right_numbers_in_another_arrangement():
    assert EX.check(lambda x, w: right(x, w)[:, None]).suspicion == "The numbers are right, but not their arrangement."
    assert EX.check(lambda x, w: right(x, w)[None] + 1).suspicion is None


def test_a_mistake_that_also_changes_an_input_is_known_by_both():
    def changing(a, b):
        a *= b
        return a

    ex = exercise([NO_ONE, Wrong(changing, "You multiply into a, and forget the 1.")])
    assert ex.check(lambda a, b: a * b).suspicion == "The 1 is missing."
    assert ex.check(lambda a, b: a.__imul__(b)).suspicion == "You multiply into a, and forget the 1."

    def changing_b(a, b):
        b *= a
        return b

    assert ex.check(changing_b).suspicion == (
        "The 1 is missing. Your function changes b in place: work on a copy, `b.copy()`.")


def test_several_results():
    ex = exercise([Wrong(lambda a, b: (a - b, a + b), "Turned round.")], solution=lambda a, b: (a + b, a - b),
                  returns=("total", "rest"))
    assert ex.check(lambda a, b: [a + b, (a - b).tolist()]).passed
    assert ex.check(lambda a, b: (a - b, a + b)).suspicion == "Turned round."
    assert "gives rest[0] = -1, expected -2" in message(lambda a, b: (a + b, a - b + 1), ex)
    assert "gives a list of 3 numbers, expected 2 results (total, rest)" in message(lambda a, b: np.ones(3), ex)
    assert "gives 3 results. Expected: 2 results (total, rest)" in message(lambda a, b: (a + b, a - b, a[0]), ex)
    assert "gives total as one plain number" in message(lambda a, b: a + b, ex)
    assert ex.check(lambda a, b: np.array([a + b, a - b])).passed, "two rows are two results"
    assert "gives total as 1 number, expected 2" in message(lambda a, b: (a[:1], a - b), ex)
    assert "gives None" in message(lambda a, b: (None, a), ex)


def test_texts_and_truths():
    ex = exercise([Wrong(True, "It does not.")], ask="value", solution=lambda: False, cases=[()])
    assert ex.check(False).passed and ex.check(np.False_).passed and ex.check(True).suspicion == "It does not."
    assert "one plain number, expected True or False" in message(0, ex)
    ex = exercise([Wrong("b", "No.")], ask="value", solution=lambda: "a", cases=[()])
    assert ex.check(" a ").passed and ex.check("b").suspicion == "No." and "'c' is not it." in message("c", ex)


def test_right_numbers_need_no_mistake_that_shows_at_the_edges_only():
    """Who changes an input, and is right otherwise, is not told of a mistake that most cases do not know."""
    loose = Wrong(lambda a, b: np.round(a * b + 1, 3), "You round.")
    ex = exercise([loose], edges=[([0.00012, 2], [1, 3])])

    def changing(a, b):
        y = a * b + 1
        a[:] = 0
        return y

    told = ex.check(changing).suspicion
    assert "changes a in place" in told and "round" not in told, told
