"""The exercises of the first lessons: stubs are not passed, solutions are, and the usual slips are not.

The code that is tried here is the one that learners see: the cells of the stored notebooks, and the solution folded
below the exercise.
"""

import contextlib
import io
import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def cells(name, kind):
    """The sources of a notebook's code or markdown cells."""
    nb = nbformat.read(NOTEBOOKS / name, as_version=4)
    return [cell.source for cell in nb.cells if cell.cell_type == kind]


def the(sources, piece):
    """The one source that contains a piece of text."""
    (found,) = [source for source in sources if piece in source]
    return found


def run(*sources):
    """Run pieces of code one after the other; returns the lines printed by the last."""
    space, printed = {}, io.StringIO()
    for source in sources:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(source, space)
    return printed.getvalue().splitlines()


@pytest.fixture(scope="module")
def first():
    """The code cells of lesson 01, and those every exercise needs."""
    code = cells("01_convolution_1d.ipynb", "code")
    needed = [the(code, "TODO = None"), "x, w = [1, 2], [1]", the(code, "def slide("), the(code, "def output_length(")]
    return code, needed


@pytest.mark.parametrize(("a", "b", "verdicts"), [
    ("TODO", "TODO", ["a: not yet", "b: not yet"]),
    ("[1, -1]", "[1 / 3, 1 / 3, 1 / 3]", ["a: right", "b: right"]),
    ("(1, -1)", "np.full(3, 1 / 3)", ["a: right", "b: right"]),
    ("[1, 5]", "[1, 1, 1]", ["a: not right yet, look again at y[1]",
                               "b: not right yet, your weights give [3.0, 3.0, 3.0]"]),
    ("[2, 0, 1, -3]", "[1 / 3]", ["a: there should be 2 numbers, you have 4",
                                  "b: there should be 3 numbers, you have 1"]),
    ("[0, 0]", "[.33] * 3", ["a: not right yet, look again at y[0]",
                              "b: not right yet, your weights give [0.99, 0.99, 0.99]"]),
    ("[1, TODO]", "TODO", ["a: not right yet, look again at y[1]", "b: not yet"]),
    ("'[1, -1]'", "{1 / 3}", [f"{letter}: write a list of numbers, such as [0, 0, 0]" for letter in "ab"]),
    ("[]", "1", ["a: there should be 2 numbers, you have 0", "b: there should be 3 numbers, you have 1"]),
])
def test_exercise_01_1(first, a, b, verdicts):
    """By hand: a sum, and a filter."""
    code, needed = first
    assert run(*needed, f"answer_a, answer_b = {a}, {b}", the(code, "def check(name")) == verdicts


@pytest.mark.parametrize(("answers", "verdicts"), [
    ("TODO, TODO, TODO, TODO", ["not yet", "not yet", "not yet", "not yet"]),
    ("4, 3, 5, 2", ["right"] * 4),
    ("3, 4, 4, 1", [f"not right yet: {slip}" for slip in (
        "the place at the start counts, too", "half a jump is no jump, round down",
        "padding goes on both sides, and the start counts", "right without dilation; take the span")]),
    ("0, 2, 6, 'same'", [f"not right yet: {slip}" for slip in (
        "go through the five steps again", "the place at the start counts, too", "go through the five steps again")]
     + ["write a whole number, without quotes or brackets"]),
    ("'4', [3], 5.0, 1.5", ["write a whole number, without quotes or brackets"] * 4),
])
def test_exercise_01_2(first, answers, verdicts):
    """Lengths: off by one, rounded up, padding added once, dilation forgotten."""
    code, needed = first
    stub = f"answer_a, answer_b, answer_c, answer_d = {answers}"
    expected = [f"{letter}: {verdict}" for letter, verdict in zip("abcd", verdicts, strict=True)]
    assert run(*needed, stub, the(code, "questions = {")) == expected


def solution(name, function):
    """The folded solution that defines a function."""
    blocks = [b for source in cells(name, "markdown") for b in re.findall(r"```python\n(.*?)```", source, re.S)]
    return the(blocks, f"def {function}(")


def test_exercise_01_3_stub_and_solution(first):
    """The stub is not yet right; what is folded below it is."""
    code, needed = first
    check, stub = the(code, "def check_conv1d("), the(code, "def my_conv1d(")
    assert run(*needed, stub, check) == ["not yet: the function returns nothing so far"]
    right = [f"{stage}: right" for stage in ("plain", "stride", "padding", "dilation", "all")]
    assert run(*needed, solution("01_convolution_1d.ipynb", "my_conv1d"), check) == right


@pytest.mark.parametrize(("good", "bad", "stage"), [
    ("return y", "return [0] * len(y)", "plain: y[0] is 0"),
    ("stride + 1)", "stride)", "plain: 4 outputs, there should be 5"),
    ("* w[k]", "* w[len(w) - 1 - k]", "plain: y["),
    ("i * stride + ", "i + ", "stride: y["),
    (" // stride + 1", " + 1", "stride: "),
    ("list(x) + [0] * padding", "list(x)", "padding: 7 outputs, there should be 9"),
    ("k * dilation]", "k]", "dilation: y["),
    ("span = dilation * (len(w) - 1) + 1", "span = len(w)", "dilation: IndexError: list index out of range, for x=["),
    ("return y", "return None", "not yet: the function returns nothing so far"),
    ("return y", "return 7", "plain: 1 outputs, there should be 5"),
    ("return y", "return [None] * len(y)", "plain: y[0] is nan"),
    ("return y", "return ['a'] * len(y)", "plain: ValueError: could not convert string to float"),
    ("x = [0] * padding + list(x) + [0] * padding", "x += [0] * padding", "padding: 7 outputs, there should be 9"),
], ids=["zeros", "off by one", "flipped", "stride forgotten", "length without stride", "padded once", "no dilation",
        "span without dilation", "nothing returned", "a number", "no numbers", "text", "the list itself changed"])
def test_exercise_01_3_slips(first, good, bad, stage):
    """Each slip is stopped at its stage, with an example."""
    code, needed = first
    right = solution("01_convolution_1d.ipynb", "my_conv1d")
    assert good in right
    assert run(*needed, right.replace(good, bad), the(code, "def check_conv1d("))[-1].startswith(stage)


@pytest.mark.parametrize(("answer", "verdict"), [
    (None, "not yet"), (760, "right"), (750, "not yet right: each filter has a bias, too"),
    (260, "not yet right: a colour image"), (0, "not yet right: count one filter first"),
    ("[760]", "write one plain number"), ("'760'", "write one plain number"), ("np.int64(760)", "right"),
])
def test_exercise_00(answer, verdict):
    """The first count of parameters."""
    code = cells("00_start_here.ipynb", "code")
    assert run(the(code, "import cnnlib"), f"answer = {answer}", the(code, "slips = {"))[0].startswith(verdict)
