"""Negative controls break a view's code on purpose, and the test of their name must notice. They double the time of the
tests in a browser, so `pytest -m control` runs them. What each replaces must still be in the code, or none would know.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("cnnlib/**/static/*"))


def is_control(function):
    return any(ast.unparse(each) == "pytest.mark.control" for each in function.decorator_list)


def replaced(text):
    """[(test, what it replaces)] of the controls in a file of tests."""
    found = []
    for function in ast.parse(text).body:
        if isinstance(function, ast.FunctionDef) and is_control(function):
            for node in ast.walk(function):
                words = [getattr(each, "value", None) for each in getattr(node, "elts", [])]
                if isinstance(node, ast.Tuple) and len(words) > 1 and all(isinstance(word, str) for word in words):
                    found.append((function.name, words[-2]))
    return found


def test_what_controls_replace_is_in_the_code():
    paths = sorted(ROOT.glob("tests/browser/test_*.py"))
    found = [pair for path in paths for pair in replaced(path.read_text(encoding="utf-8"))]
    assert len(found) > 100
    assert [(name, old) for name, old in found if old not in CODE] == []
