"""Many cases of one kind: half of them are run each time, the others by the suite `long`."""

import pytest


def half(names):
    """Parameters of a test: every second name, and the others for `pytest -m long`."""
    return [name if n % 2 == 0 else pytest.param(name, marks=pytest.mark.long) for n, name in enumerate(names)]
