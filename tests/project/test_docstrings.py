"""The examples in docstrings: every one is run, and gives what it says."""

import doctest
import importlib
import pkgutil

import numpy as np
import pytest

import cnnlib as cnn

MODULES = sorted(module.name for module in pkgutil.walk_packages(cnn.__path__, "cnnlib."))


@pytest.mark.alike(2)
@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = doctest.testmod(importlib.import_module(name), extraglobs={"np": np, "cnn": cnn}, verbose=False)
    assert result.failed == 0


def test_there_are_examples():
    """Or nothing above was tested."""
    found = [doctest.DocTestFinder().find(importlib.import_module(name)) for name in MODULES]
    assert sum(bool(test.examples) for tests in found for test in tests) > 100
