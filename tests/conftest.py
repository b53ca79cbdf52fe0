"""What all tests share."""

import os

from hypothesis import settings
from untouched import pytest_sessionfinish, pytest_sessionstart, pytest_terminal_summary  # noqa: F401  (hooks)

# No deadline: a busy machine is not a failure. In CI the same examples every time, so a red run can be repeated.
settings.register_profile("default", deadline=None, max_examples=60, derandomize="CI" in os.environ)
settings.load_profile("default")

# What is tried in tests and in their notebooks is no progress of whoever runs them: each program begins with none.
os.environ["CNNLIB_PROGRESS"] = ""
