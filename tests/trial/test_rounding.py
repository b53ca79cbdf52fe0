"""One rule for what is rounding, for the checks of exercises and for the player."""

import dataclasses
import inspect

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps import examples

import cnnlib as cnn
from cnnlib.learn.showing import _for_scene
from cnnlib.trial import apart
from cnnlib.trial.rounding import ROUNDING, SINGLE, TOLERANCE, WHOLE, differing, first, margin, same
from cnnlib.viz.slide.compare import compare

HALVES = np.array([0.5, 1.5])


@pytest.mark.parametrize(("given", "truth", "exact", "expected"), [
    ([], [HALVES], True, TOLERANCE * 1.5), ([np.array([-1e6])], [HALVES], True, TOLERANCE * 1.5 + ROUNDING * 1e6),
    ([3, "text", np.array(["a"]), [7e9], None], [HALVES], True, TOLERANCE * 1.5 + ROUNDING * 3),
    ([np.zeros((0, 2))], [HALVES, np.array([9.5])], True, TOLERANCE * 9.5), ([], [np.zeros(0)], True, 0),
    ([np.array([100.0])], [HALVES], False, SINGLE * 101.5), ([], [np.array([np.inf, 0.5])], True, TOLERANCE * 0.5),
    ([], [np.array([1e9])], True, WHOLE), ([np.array([1e9])], [np.array([1e9])], False, 1e9 / 2**24),
    ([np.array([1e5])], [np.array([1e5])], False, WHOLE),
])
def test_how_far_a_number_may_be_off(given, truth, exact, expected):
    assert margin(given, truth, exact) == pytest.approx(expected, rel=1e-12)


def test_an_exercise_may_have_its_own_tolerance():
    assert margin([], [HALVES], tolerance=0.1) == pytest.approx(0.15)


def test_what_is_no_number_is_like_itself_only():
    odd = np.array([np.nan, np.inf, -np.inf])
    assert not differing(odd, odd, 1e-6).any()
    assert differing(odd, np.roll(odd, 1), 1e-6).tolist() == [True, True, True]
    assert differing(np.array([1, 2]), np.array([1.0, np.nan]), 9.0).tolist() == [False, True]


def test_the_first_in_rows():
    assert first(np.array([[False, True], [True, False]])) == (0, 1)
    assert first(np.array(True)) == () and first(np.zeros((2, 0), bool)) is None


# --- the check and the player -----------------------------------------------------------------------------------------

WITH_PLAYER = [pytest.param(ex, part, id=ex.id if part is None else f"{ex.id} {ex.returns[part]}")
               for ex in map(cnn.learn.exercise, cnn.learn.exercises()) if ex.player
               for part in (range(len(ex.returns)) if isinstance(ex.returns, tuple) else [None]) if ex.player_of(part)]


@pytest.mark.alike(3)
@pytest.mark.parametrize(("ex", "part"), WITH_PLAYER)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_check_and_a_player_draw_the_line_at_the_same_place(ex, part, dtype, monkeypatch):
    """Of answers that are off by a little, the player takes those for right that the check does; and no others."""
    monkeypatch.setattr(apart, "POSSIBLE", False)   # harmless answers: no copy of the program for each
    parted = set()
    for case in (ex.inner.all_cases[0], ex.inner.all_cases[-1]):
        one = dataclasses.replace(ex, cases=[case], draw=None, edges=[], wrong=[])
        scene = ex.player_of(part)(*case.args, **case.named)
        for by in (1e-13, 3e-10, 3e-9, 3e-8, 1e-7, 5e-7, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 1e-3, 1e-2):
            def off(*args, by=by, **named):
                y = ex.solution(*args, **named)
                if part is None:
                    return (np.asarray(y) + by).astype(dtype)
                return tuple((np.asarray(each) + by * (n == part)).astype(dtype) for n, each in enumerate(y))

            off.__signature__ = inspect.signature(ex.solution)
            differs = compare(scene, _for_scene(one, off, case, part)).step is not None
            passed = one.check(off).passed   # of several results the check measures all by the largest of all
            assert passed != differs or (passed and part is not None), by
            parted.add(differs)
    assert parted == {True, False}


@settings(max_examples=examples(200))
@given(st.lists(st.sampled_from([0, 1, 1 + 1e-9, 2, np.nan, np.inf, -np.inf, 1e308, -1e308]), max_size=5), st.data())
def test_three_numbers_ahead_change_no_answer(numbers, data):
    """`same` is quick, and says what `differing` says."""
    mine = np.array(numbers, float)
    other = np.array(data.draw(st.permutations(numbers)), float)
    assert same(mine, other, 1e-6) == (not differing(mine, other, 1e-6).any())
    assert same(mine, mine, 0) and not same(mine, np.append(mine, 1), 1e-6)
