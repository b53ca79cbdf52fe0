"""The lines below a figure, and the figure in words: true sums, sizes with their numbers, and what does not fit."""

import math
import re

import numpy as np
import pytest
from drawn import SCENES, lines, small, unwrapped, whole, words
from hypothesis import given, settings
from hypothesis import strategies as st
from sweeps import examples

import cnnlib as cnn
from cnnlib.viz.slide import figure, fit
from cnnlib.viz.slide import words as told
from cnnlib.viz.slide.parts import Plan

RNG = np.random.default_rng(8)
every_scene = pytest.mark.parametrize("name", SCENES)


def some_steps(scene):
    return sorted({scene.steps // 2, scene.steps - 1})


def recalculated(text):
    """Both sides of a printed sum, worked out anew; None for the left one if its middle is left out."""
    left, sign, right = re.fullmatch(r"(?:[^=≈]*\] = )?(.*) ([=≈]) (\S+)", text).groups()
    for old, new in (("−∞", "(-math.inf)"), ("−", "-"), ("·", "*"), ("bias ", "")):
        left = left.replace(old, new)
    value = None if "…" in left else eval(left, {"math": math, "max": lambda *numbers: max(numbers)})
    return value, sign, float(right.replace("−", "-")), right


def agrees(value, sign, right, printed):
    """Is the printed result that of the printed line: exactly, or rounded to the digits it has?"""
    if sign == "=":
        return math.isclose(value, right, abs_tol=1e-9)
    places = len(printed.partition(".")[2])
    return abs(value - right) <= (0.06 * abs(right) if "e" in printed else 0.5001 * 10.0**-places)


# --- the sums ---------------------------------------------------------------------------------------------------------

@pytest.mark.alike(6)
@every_scene
def test_the_printed_sums_are_true(name):
    """Whoever works them out from the printed numbers gets the printed result, which is the scene's own."""
    scene = SCENES[name]
    for step in some_steps(scene)[:1]:
        fig, frame = figure.figure(scene, step), scene.frame(step)
        found = dict(unwrapped(fig))[f"step {step + 1} of {scene.steps}"]
        if not frame.terms:
            assert found.endswith(" = 0 (no window reads this cell of x)")
            continue
        value, sign, right, printed = recalculated(found)
        assert value is None or agrees(value, sign, right, printed), found
        assert agrees(frame.value, "≈" if "≈" in found else "=", right, printed), found
        for label, text in unwrapped(fig):
            if re.fullmatch(r"(channel|filter) \d+", label):
                value, sign, right, printed = recalculated(text)
                assert value is None or agrees(value, sign, right, printed), text
                assert agrees(frame.channel_sums[int(label.split()[1])], sign, right, printed), text


def test_nine_terms_are_always_written_out():
    """Those of a 3x3 kernel, in rows that end between terms; of more, as many as there is room for."""
    nine = cnn.viz.slide(RNG.normal(size=(4, 4)) * 100, RNG.normal(size=(3, 3)) * 100)
    rows = [text for label, text in lines(nine.figure())[:-1]]
    assert len(rows) > 1 and "".join(rows).count("·") == 9 and "…" not in "".join(rows)
    assert all(re.match(r"[+≈] ", row) for row in rows[1:]) and rows[0].startswith("y[1, 1] = ")
    assert words(cnn.viz.slide(np.ones((4, 4)), np.full((4, 4), 2)).figure()).count("1·2") == 16
    long = words(cnn.viz.slide(np.ones((5, 5)), np.full((5, 5), -2)).figure())
    assert 9 < long.count("1·(−2)") < 16 and "… + 1·(−2) = −50" in long.replace("\n: ", " ")


def test_a_sum_that_needs_more_rows_than_were_measured_is_smaller():
    """Of many steps only some are measured: the others have their room, and no more."""
    x = np.ones((30, 30))
    x[9:12, 12:15] = 12345.67891
    scene = cnn.viz.slide(x, np.full((3, 3), -1.23456))
    step = 9 * 28 + 12
    rows = lines(scene.figure(step))
    assert [label for label, _ in rows][:3] == ["step 265 of 784", "", "size of y"] or rows[1][0] == "size of y"
    assert "".join(text for _, text in rows).count("·") >= 9


def test_channels_then_their_sum_then_the_bias():
    scene = cnn.viz.slide([[1, 2], [3, 4]], [[[1, 0], [0, -1]]], b=[5])
    assert lines(scene.figure())[:3] == [
        ("channel 0", "1·1 + 2·0 = 1"), ("channel 1", "3·0 + 4·(−1) = −4"),
        ("step 1 of 1", "y[0, 0] = 1 + (−4) + bias 5 = 2")]


def test_of_many_channels_the_first_and_the_last():
    labels = [label for label, _ in lines(SCENES["many channels"].figure())]
    assert labels[:5] == ["channel 0", "channel 1", "…", "channel 15", "step 192 of 192"]


@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_any_sum_is_true(data):
    """Whatever the numbers: equal only if equal, and never a result that the line does not give."""
    number = st.one_of(st.integers(-300, 300), st.floats(-50, 50), st.sampled_from([1e-9, -2.5e-6, 1e7, 1 / 3, 0.0]))
    count = data.draw(st.integers(1, 5))
    x, w = ([data.draw(number) for _ in range(count)] for _ in "xw")
    scene = cnn.viz.slide(x, w, b=data.draw(st.one_of(st.none(), st.integers(-3, 3))))
    text = told.text_of(told.sum_line(Plan(scene), 0))
    value, sign, right, _ = recalculated(text)
    exact = sum(a * b for a, b in zip(x, w, strict=True)) + (scene.b[0] if scene.b is not None else 0)
    if sign == "=":
        assert value == pytest.approx(right, rel=1e-12, abs=1e-9) and right == pytest.approx(exact, abs=1e-6)
    else:
        largest = max(abs(a * b) for a, b in zip(x, w, strict=True))
        assert abs(right - exact) <= max(0.06 * abs(exact), 0.051, 0.02 * largest)


def test_the_mean_and_the_largest():
    """Padding is -∞ for one and 0 for the other; a mean is the sum over the number of cells."""
    assert "y[0] = max(−∞, −3) = −3" in words(cnn.viz.pool([-3, -4], 2, padding=1).figure(0))
    assert "y[0] = (0 + (−3)) / 2 = −1.5" in words(cnn.viz.pool([-3, -4], 2, padding=1, mode="avg").figure(0))
    assert "y[0] = (1 + 0 + 0) / 3 ≈ 0.33" in words(cnn.viz.pool([1, 0, 0], 3, mode="avg").figure())


# --- sizes, and what does not fit -------------------------------------------------------------------------------------

def test_the_size_formula_has_its_numbers():
    found = words(cnn.viz.slide(whole(7, 7), small(3, 3), stride=2, padding=1).figure())
    assert "size of y: ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4" in found
    found = words(SCENES["image, unequal"].figure())
    assert "size of y: height: ⌊(3 + 2·1 − 2)/1⌋ + 1 = 4\n: width: ⌊(12 + 2·0 − 3)/4⌋ + 1 = 3" in found
    assert "⌊(7 + 2·2 − ((3 − 1)·2 + 1))/1⌋ + 1 = 7" in words(SCENES["image, dilated"].figure())
    assert "(3 − 1)·2 − 2·1 + 3 + 1 = 6" in words(SCENES["transpose"].figure())


@pytest.mark.parametrize("name", [n for n in SCENES if not n.startswith("dx") and not n.startswith("dw")])
def test_the_size_formula_ends_in_the_size(name):
    found = [int(line.rpartition("= ")[2]) for line in fit.size_lines(SCENES[name])]
    shape = SCENES[name].y_shape[1:]
    assert found == list(shape) if len(found) == 2 else set(found) == {shape[1]}


def test_what_does_not_fit_is_said_with_its_fixes():
    scene = SCENES["image, does not fit"]
    assert fit.fit(scene) == (
        "The last row and the last column are never read: (7 − 3) leaves remainder 1 with stride 3.",
        "It fits with padding 1, kernel size 1 or 4, stride 1 or 2.")
    assert ("does not fit", " ".join(fit.fit(scene))) in unwrapped(scene.figure())
    assert fit.fit(SCENES["image"]) is None and "does not fit" not in words(SCENES["image"].figure())


@settings(max_examples=examples(150), deadline=None)
@given(st.integers(1, 12), st.integers(1, 5), st.integers(1, 4), st.integers(0, 3), st.integers(1, 2))
def test_every_fix_fits(n, f, stride, padding, dilation):
    """And what is said to be the remainder is it."""
    if n + 2 * padding < dilation * (f - 1) + 1:
        return
    scene = cnn.viz.slide(np.ones(n), np.ones(f), stride=stride, padding=padding, dilation=dilation)
    rest, found = scene.window.unread[1], fit.fit(scene)
    assert (found is None) == (rest == 0)
    if rest:
        assert f"leaves remainder {rest} with stride {stride}" in found[0]
        for key, numbers in re.findall(r"(padding|kernel size|stride) (\d+(?: or \d+)*)", found[1]):
            for number in map(int, numbers.split(" or ")):
                new = {"padding": padding, "kernel size": f, "stride": stride} | {key: number}
                room = n + 2 * new["padding"] - dilation * (new["kernel size"] - 1) - 1
                assert room >= 0 and room % new["stride"] == 0, found[1]


# --- in words ---------------------------------------------------------------------------------------------------------

@every_scene
def test_the_words_carry_the_numbers(name):
    scene = SCENES[name]
    for step in some_steps(scene):
        text = scene.alt(step)
        assert 20 <= len(text) <= 500 and text == scene.alt(step) and "\n" not in text
        assert f"Step {step + 1} of {scene.steps}" in text
        assert all("×".join(map(str, shape)) in text for shape in (scene.x.shape, scene.output.shape))
        if scene.frame(step).terms:
            line = re.search(r"\d: \S*\[.*?\] = (.*?[=≈] [^\s]+?)\.(?: |$)", text)[1]
            _, sign, right, printed = recalculated(line)
            assert agrees(scene.frame(step).value, sign, right, printed)
    assert scene.alt() == scene.alt(scene.steps - 1)


def test_the_words_of_a_small_scene():
    assert cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).alt(1) == (
        "Convolution: x 5, kernel 2, stride 1 -> y 4. Step 2 of 4: y[1] = 1·(−1) + 0·1 = −1. "
        "The first 2 outputs: 1, −1.")
    text = cnn.viz.slide(np.ones((7, 7)), np.ones((3, 3)), stride=3).alt()
    assert "The last row and the last column are never read." in text and "All outputs: 9, 9, 9, 9." in text
    with pytest.raises(ValueError, match="expected 0 to 3"):
        cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]).alt(4)
