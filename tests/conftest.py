"""What all tests share."""

import os

from hypothesis import settings

# No deadline: a busy machine is not a failure. In CI the same examples every time, so a red run can be repeated.
settings.register_profile("default", deadline=None, max_examples=60, derandomize="CI" in os.environ)
settings.load_profile("default")
