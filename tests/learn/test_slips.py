"""Mistakes that are edits of right answers: every way that holds the old text, its body only, and never in silence."""

import numpy as np
import pytest

from cnnlib.learn import Wrong, slips

ONES = 1


def looped(ones, P=0):
    total = ONES * P
    for one in ones:
        total += one
    return total


def summed(ones, P=0):
    return np.sum(ones) + P


def outcomes(wrongs, *args):
    return [(wrong.answer(*args), wrong.suspicion) for wrong in wrongs]


def test_every_way_that_holds_the_text_makes_a_wrong_answer():
    made = slips.slips([looped, summed], ("P is lost.", "P", "0"), ("Doubled.", "total += one", "total += 2 * one"))
    assert outcomes(made, [1, 2], 5) == [(3, "P is lost."), (3, "P is lost."), (11, "Doubled.")]


def test_two_sentences_two_edits_and_a_change_of_the_result():
    made = slips.slips([looped], (("Doubled.", "P is lost."), "total += one", "total += 2 * one", "ONES * P", "0"),
                       ("The sign is turned round.", lambda y, ones, P: -y))
    assert outcomes(made, [1, 2], 5) == [
        (6, "Two mistakes at once. First: Doubled. Second: P is lost."), (-8, "The sign is turned round.")]


def test_only_the_body_is_edited_and_defaults_stay():
    made, = slips.slips([summed], ("The largest.", "sum", "max"))
    assert made.answer([1, 3, 2]) == 3 and made.answer(ones=[1], P=1) == 2 and made.answer.__name__ == "summed"


def test_a_text_that_is_nowhere_and_an_edit_without_effect_are_told():
    with pytest.raises(ValueError, match=r"slip: \['P \* P'\] found in none of looped, summed"):
        slips.slips([looped, summed], ("Squared.", "P * P", "P"))
    with pytest.raises(ValueError, match="changes nothing of summed"):
        slips.slips([summed], ("The same.", "P", "P"))


def test_who_does_not_know_an_argument_yet():
    made = slips.not_yet(slips.slips([summed], ("Negated.", "np.sum", "-np.sum")), "P changes nothing so far.", P=0)
    said = "Two mistakes at once. First: Negated. Second: P changes nothing so far."
    assert outcomes(made, [1, 2], 5) == [(-3, said)] and isinstance(made[0], Wrong)
