"""Somebody's function called on many cases: what comes of each call, and that nothing of it is left behind."""

import sys

import numpy as np
import pytest

from cnnlib.trial import limits
from cnnlib.trial.calls import run


def test_one_outcome_for_each_call():
    def half(x, of=2):
        print("called with", x)
        return x / of

    done = run(half, [((4,), {}), ((np.array([2, 6]),), {"of": 4}), ((1,), {"of": 0})], ["x"])
    first, second, third = done.outcomes
    assert first.reading.value == 2 and second.reading.value.tolist() == [0.5, 1.5]
    assert third.reading is None and third.kind == "ZeroDivisionError" and "`return x / of`" in third.error
    assert done.ended is None and not done.interrupted
    assert done.printed == "called with 4\ncalled with [2 6]\ncalled with 1\n"


def test_it_gets_copies_and_what_it_changes_is_known():
    x, more = np.array([1.0, np.nan]), {"rows": [1, 2]}

    def meddling(a, rows):
        a[0] = 9
        rows.append(3)

    outcome, = run(meddling, [((x,), more)], ["a"]).outcomes
    assert outcome.changed == ("a", "rows") and x[0] == 1 and more == {"rows": [1, 2]}
    outcome, = run(lambda a, rows: a.sum(), [((x,), more)], ["a"]).outcomes
    assert outcome.changed == ()


def test_how_it_reads_results_is_the_callers_choice():
    outcome, = run(lambda: 3, [((), {})], [], read=lambda result: result + 1).outcomes
    assert outcome.reading == 4


def forever():
    while True:
        pass


def forever_and_catching():
    while True:
        try:
            forever()
        except BaseException:
            continue


@pytest.mark.parametrize("function", [forever, forever_and_catching])
def test_what_never_ends_is_stopped_and_leaves_no_trace(function):
    done = run(lambda case: function() if case else 5, [((0,), {}), ((1,), {}), ((0,), {})], ["case"], seconds=0.2)
    assert len(done.outcomes) == 1 and not done.interrupted
    assert done.ended.startswith("Your function was stopped after 0.2 seconds in line ")
    assert sys.gettrace() is None and sys.exc_info() == (None, None, None)


@pytest.mark.parametrize("function", [forever, forever_and_catching])
def test_limits_end_where_they_were_opened(function):
    """Whoever opens them, in whatever file: what is below that frame is told again and again, the frame itself once."""
    after = []
    with pytest.raises(limits.TooSlow), limits.limited(0.2):
        try:
            function()
        finally:
            after.append("one line")
            after.append("and another")
    assert after == ["one line", "and another"] and sys.gettrace() is None


def test_the_stop_button_ends_it_too():
    def stop(case):
        raise KeyboardInterrupt

    done = run(stop, [((0,), {}), ((1,), {})], ["case"])
    assert done.interrupted and done.outcomes == []
    assert done.ended.startswith("You interrupted your function in line")
