"""What tests of training share."""

import signal

import pytest


@pytest.fixture
def _stop_button():
    """It is heard, also where the tests are a job in the background, which is started without it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler, "put back as it was"
