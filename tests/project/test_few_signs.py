"""Whatever the package says can be printed everywhere: to a Windows pipe, too, which has few signs."""

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cnnlib import _plain

ROOT = Path(__file__).resolve().parents[2]
PRINTED = """
import numpy as np
import cnnlib as cnn
scene = cnn.viz.slide(np.arange(25).reshape(5, 5) - 9, [[1, 0, -1]] * 3, padding=1)
shifts = cnn.viz.shifts([0, 1, 2], {"twice": lambda a: 2 * a})
print(scene.alt(0), scene, scene.player(), shifts.alt(1), cnn.zoo.lenet5().summary((1, 28, 28)))
for id in cnn.learn.exercises():
    print(cnn.learn.exercise(id), cnn.learn.hint(id, 3), cnn.learn.solution(id))
for id in cnn.learn.exercises()[::8]:
    print(cnn.learn.check(id, lambda *_: [1]))
for lesson in cnn.learn.library.lessons():
    print(cnn.learn.progress(lesson), cnn.learn.quiz(lesson).alt(), cnn.learn.quiz(lesson).html)
print(cnn.learn.progress(), "Łódź, 5 − 3 × 2 ≈ …")
try:
    cnn.conv2d(np.ones((1, 2, 3)), np.ones((1, 1, 1, 1)))
except ValueError as error:
    print(error)
"""
READ = "import pathlib, sys, cnnlib; print(pathlib.Path(sys.argv[1]).read_text(encoding='utf-8'), end='')"


def printed(encoding, *program):
    done = subprocess.run([sys.executable, "-c", *program], capture_output=True, cwd=ROOT, check=False,
                          env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-600:]
    return done.stdout.decode(encoding).replace("\r\n", "\n")


@pytest.mark.long
def test_a_windows_pipe_gets_all_of_it(tmp_path):
    """Sign by sign the same, but for those it does not have; and what it has is as it was. All of it is worked out in
    two programs; what others print was read from a file."""
    whole = printed("utf-8", PRINTED)
    assert "−" in whole and "×" in whole and "Łódź, 5 − 3 × 2 ≈ …" in whole
    (path := tmp_path / "whole.txt").write_text(whole, encoding="utf-8")
    for encoding, *program in ("cp1252", PRINTED), ("cp437", READ, path), ("ascii", READ, path):
        told = printed(encoding, *program)
        assert told == "".join(sign if encodable(sign, encoding) else plain(sign) for sign in whole)
        assert ("×" in told) == (encoding == "cp1252")


def encodable(sign, encoding):
    try:
        return bool(sign.encode(encoding))
    except UnicodeEncodeError:
        return False


def plain(sign):
    return sign.encode("ascii", _plain.NAME).decode()


def test_every_sign_of_ours_has_a_spelling():
    texts = [node.value for path in (ROOT / "cnnlib").rglob("*.py")
             for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    signs = {sign for text in texts for sign in text if not sign.isascii()}
    assert "−" in signs and {sign for sign in signs if plain(sign) == "?"} <= {"\ufffd"}, "which stands for none"


@pytest.mark.parametrize(("encoding", "errors", "after"), [
    ("utf-8", "strict", "strict"), ("utf-16", "strict", "strict"), ("cp1252", "strict", _plain.NAME),
    ("cp437", "strict", _plain.NAME), ("cp437", "replace", "replace"), ("ascii", "surrogateescape", "surrogateescape"),
])
def test_only_an_output_that_would_raise_is_taught(encoding, errors, after):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors)
    _plain.teach(stream)
    assert (stream.encoding, stream.errors) == (encoding, after)


@pytest.mark.parametrize("stream", [None, io.StringIO(), io.BytesIO(), object()])
def test_other_outputs_are_left_alone(stream):
    """No output at all, as under pythonw; one of another kind."""
    _plain.teach(stream)


def test_spellings():
    assert "−3 × ½ → ∞ 東é".encode("ascii", _plain.NAME) == b"-3 x 1/2 -> inf ?e"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", _plain.NAME)
