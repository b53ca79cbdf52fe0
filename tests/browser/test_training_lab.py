"""The lessons that train networks, in JupyterLab, as the others in test_jupyterlab.py: a file for another worker."""

import pytest
from run_lesson import TRAINING, as_stored_and_after_run_all, named


@pytest.mark.parametrize("name", named(TRAINING))
def test_a_lesson_as_stored_and_after_run_all(name, open_notebook, requests_outside, request):
    as_stored_and_after_run_all(name, open_notebook, requests_outside, request)
