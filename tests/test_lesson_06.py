"""The exercises of lesson 06: stubs are not passed, the folded solutions are, and the usual slips are named."""

import contextlib
import functools
import io
import re
from pathlib import Path

import nbformat
import pytest

import cnnlib as cnn

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
NAME = "06_a_full_cnn.ipynb"


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


def solution(name, function):
    """The folded solution that defines a function."""
    blocks = [b for source in cells(name, "markdown") for b in re.findall(r"```python\n(.*?)```", source, re.S)]
    return the(blocks, f"def {function}(")


CODE = cells(NAME, "code")
START = [the(CODE, "import cnnlib"), "TODO = None"]
DATA = [the(CODE, "garments = cnn.data"), the(CODE, "validation = garments")]


@pytest.mark.parametrize(("a", "b", "c", "verdicts"), [
    ("TODO", "TODO", "TODO", ["a: not yet", "b: not yet", "c: not yet"]),
    ("448", "(16, 6, 6)", "69240", ["a: right", "b: right", "c: right"]),
    ("448", "[16, 6, 6]", "69240", ["a: right", "b: right", "c: right"]),
    ("432", "(16, 5, 5)", "69120", ["a: not right yet: the biases are missing",
                                    "b: not right yet: the padding is missing",
                                    "c: not right yet: the biases are missing"]),
    ("160", "(6, 6, 16)", "48120", ["a: not right yet: each filter reads all channels",
                                    "b: not right yet: channels come first",
                                    "c: not right yet: FC3 is given more than 400 numbers"]),
    ("0", "(0, 0, 0)", "0", ["a: not right yet", "b: not right yet", "c: not right yet"]),
    ("np.array(448)", "np.array([16, 6, 6])", "69240.0", ["a: right", "b: right", "c: right"]),
    ("'448'", "(16, 12, 12)", "[69240]", ["a: not right yet: write numbers, without quotes",
                                          "b: not right yet: that is CONV2, and POOL2 halves it",
                                          "c: not right yet: write one number, without brackets"]),
    ("{448}", "[[16], 6]", "1j", ["a: not right yet", "b: not right yet", "c: not right yet"]),
])
def test_exercise_1(a, b, c, verdicts):
    """A changed network, on paper."""
    assert run(*START, f"answer_a, answer_b, answer_c = {a}, {b}, {c}", the(CODE, "def check(name")) == verdicts


def test_exercise_2_stub_and_solution():
    """Count the parameters."""
    check = the(CODE, "def check_count(")
    assert run(*START, the(CODE, "def count_parameters("), check) == ["not yet: the function returns nothing so far"]
    assert run(*START, solution(NAME, "count_parameters"), check) == ["right"]


@pytest.mark.parametrize(("body", "verdict"), [
    ("0", "its shapes are"),
    ("len(list(model.parameters()))", "the number of arrays"),
    ("sum(sum(p.shape) for p in model.parameters())", "multiplied, not added"),
    ("sum(math.prod(p.shape) for p in model.parameters() if len(p.shape) > 1)", "the biases are missing"),
    ("sum(len(p.data) for p in model.parameters())", "its shapes are"),
    ("[math.prod(p.shape) for p in model.parameters()]", "one number is expected, found list"),
    ("sum(p.shape for p in model.parameters())", "TypeError: unsupported operand"),
])
def test_exercise_2_slips(body, verdict):
    """Each slip is named, already on the smallest network."""
    (line,) = run(*START, f"def count_parameters(model): return {body}", the(CODE, "def check_count("))
    assert line.startswith("Linear(4, 3): ") and verdict in line


def test_exercise_3_stub_and_solution():
    """Accuracy and recall."""
    check = the(CODE, "def check_shares(")
    assert run(*START, the(CODE, "def my_accuracy("), check) == ["not yet: nothing is returned so far as accuracy"]
    assert run(*START, solution(NAME, "my_accuracy"), check) == ["right"]


@pytest.mark.parametrize(("good", "bad", "verdict"), [
    ("zip(true, said)) / len(true)", "zip(true, said))", "accuracy: 4 found, 0.571 expected; that is how many"),
    ("sum(t == s", "sum(t != s", "accuracy: 0.429"),
    ("[s for t, s in zip(true, said) if t == c]", "[t for t, s in zip(true, said) if s == c] or [9]",
     "recall of class 0: 0.6 found, 0.75 expected; that is the share of those that were CALLED 0"),
    ("/ len(among)", "/ len(true)", "recall of class 0: 0.429 found, 0.75 expected; that is a share of all images"),
    ("/ len(among)", "", "recall of class 0: 3 found, 0.75 expected; a share is asked for"),
    ("sum(s == c for s in among) / len(among)", "0.75", "recall of class 1: 0.75 found, 0.5 expected"),
    ("return sum(s == c", "sum(s == c", "not yet: nothing is returned so far as recall of class 0"),
    ("sum(s == c for s in among) / len(among)", "'75 %'", "one number is expected as recall of class 0"),
    ("if t == c", "if t == 7", "recall of class 0: ZeroDivisionError: division by zero; true [0"),
], ids=["not divided", "mistakes counted", "precision", "share of all", "count", "one number", "no return", "text",
        "none chosen"])
def test_exercise_3_slips(good, bad, verdict):
    """Precision instead of recall, counts instead of shares, one number for all classes."""
    right = solution(NAME, "my_accuracy")
    assert good in right
    (line,) = run(*START, right.replace(good, bad), the(CODE, "def check_shares("))
    assert line.startswith(verdict)


SMALL = "cnn.nn.Sequential(cnn.nn.Flatten(), cnn.nn.Linear(784, {}))"


@pytest.mark.parametrize(("network", "verdict"), [
    ("TODO", "not yet"),
    ("[cnn.nn.Flatten()]", "expected is cnn.nn.Sequential(...), found [Flatten()]"),
    (SMALL.replace("784", "28").format(10), "the layers do not fit together: layer (1) Linear(28, 10) cannot take "
     "input of shape (784,): Linear expects 28 features, found an example of (784,)"),
    (SMALL.format(12), "it ends in (12,), expected are 10 logits: (10,)"),
    ("cnn.zoo.lenet5()", "61,706 parameters; at most 20,000 are allowed"),
])
def test_exercise_4_refuses(network, verdict):
    """Before anything is trained."""
    assert run(*START, *DATA, f"my_network = {network}", the(CODE, "def check_network(")) == [verdict]


FOLDED = [b for source in cells(NAME, "markdown") for b in re.findall(r"```python\n(.*?)```", source, re.S)]
BLIND = "my_network = cnn.nn.Sequential(cnn.nn.MaxPool2d(28), cnn.nn.Flatten(), cnn.nn.Linear(1, 10))"


@pytest.mark.parametrize(("stub", "passed"), [(the(FOLDED, "my_network ="), "True"), (BLIND, "False")],
                         ids=["the folded solution", "one that sees one number of each image"])
def test_exercise_4_trains(stub, passed, monkeypatch):
    """A network that can do it passes, and one that cannot does not."""
    monkeypatch.setattr(cnn.nn, "fit", functools.partial(cnn.nn.fit, progress=False))
    lines = run(*START, *DATA, stub, the(CODE, "def check_network("))
    assert lines[-1] == f"at least 80 % of the validation images are right: {passed}"
