"""What the tests of exercises share."""

import pytest

from cnnlib.learn import judging
from cnnlib.trial import apart


@pytest.fixture(autouse=True)
def facts_do_not_fail(monkeypatch):
    """A learner gets a verdict whatever happens; here, what goes wrong in looking for a fact is seen."""
    monkeypatch.setattr(judging, "FACTS_MAY_FAIL", False)


@pytest.fixture
def no_copy(monkeypatch):
    """Answers that are ours need no copy of the program."""
    monkeypatch.setattr(apart, "POSSIBLE", False)
