"""What CONTRIBUTING.md shows: its exercise is a real one."""

import importlib.util
import re
from pathlib import Path

import pytest
import test_exercises

from tools.holes.search import searched

PAGE = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.fixture
def exercise(tmp_path):
    """The exercise in the page, loaded from a file as it would be."""
    (source,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    path = tmp_path / "e07.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("e07", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.EXERCISE


def test_the_exercise_passes_what_every_exercise_must_pass(exercise):
    test_exercises.test_the_solution_passes(exercise)
    test_exercises.test_the_solution_is_checked_quickly(exercise)
    test_exercises.test_lists_and_single_precision_pass(exercise)
    test_exercises.test_the_solution_that_is_shown_works_by_itself(exercise)
    test_exercises.test_the_stub_is_not_yet(exercise)
    test_exercises.test_no_two_sentences_claim_the_same_answer(exercise)
    test_exercises.test_changing_an_input_fails_with_a_sentence(exercise)
    test_exercises.test_its_sentences_are_sentences(exercise)
    test_exercises.test_other_right_answers_pass(exercise)
    test_exercises.test_every_typical_mistake_gets_its_own_sentence(exercise, None)


def test_nothing_that_is_nearly_right_passes_it(exercise):
    """But for what is the same after all."""
    assert searched(exercise).holes == ["solution: zeros = np.zeros(P) -> zeros = np.zeros(P, dtype=int)"]


def test_it_is_not_in_the_way_of_one_that_exists(exercise):
    assert exercise.id not in test_exercises.IDS
