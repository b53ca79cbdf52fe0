"""A scene as text and JSON: its digest, the golden scenes, the spec there and back, and what a bad one gets to read."""

import copy
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from scene_cases import SOBEL, scenes, whole
from sweeps import examples

from cnnlib.viz import Scene, pool, slide, transpose
from cnnlib.viz.slide import kinds
from tools import golden

GOLDEN = pytest.mark.parametrize("name", golden.GOLDEN)


# Digest. ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("make", "line"), [
    (lambda: slide(whole(7, 7), whole(2, 1, 3, 3), stride=2, padding=1), "Conv2d 1x7x7 k3 s2 p1 -> 2x4x4, 32 steps, "),
    (lambda: slide(whole(7), whole(3)), "Conv1d 1x7 k3 s1 p0 -> 1x5, 5 steps, "),
    (lambda: slide(whole(7), whole(2), padding="same"), "Conv1d 1x7 k2 s1 p0+1 -> 1x7, 7 steps, "),
    (lambda: slide(whole(6, 7), whole(3, 2), stride=(1, 2), padding=(1, 0), dilation=2),
     "Conv2d 1x6x7 k3x2 s1x2 p1x0 d2 -> 1x4x3, 12 steps, "),
    (lambda: pool(whole(2, 6, 6), 2), "MaxPool2d 2x6x6 k2 s2 p0 -> 2x3x3, 18 steps, "),
    (lambda: pool(whole(6, 6), 2, mode="avg"), "AvgPool2d 1x6x6 k2 s2 p0 -> 1x3x3, 9 steps, "),
    (lambda: pool(whole(8), 2), "MaxPool1d 1x8 k2 s2 p0 -> 1x4, 4 steps, "),
    (lambda: transpose(whole(2, 2), whole(3, 3), stride=2, output_padding=1),
     "ConvTranspose2d 1x2x2 k3 s2 p0 op1 -> 1x6x6, 36 steps, "),
    (lambda: slide(whole(7, 7), whole(2, 1, 3, 3), direction="dx"), "Conv2d dx 2x5x5 k3 s1 p0 -> 1x7x7, 49 steps, "),
    (lambda: slide(whole(3, 7), whole(2, 3, 3), direction="dw"), "Conv1d dw 3x7 k3 s1 p0 -> 2x3x3, 18 steps, "),
])
def test_a_digest_names_the_scene_in_a_line(make, line):
    digest = make().digest
    assert digest[:-4] == line
    assert int(digest[-4:], 16) >= 0
    assert make().digest == digest


def test_a_digest_changes_with_any_value_but_not_with_rounding():
    x, w, b = whole(5, 5) + 0.5, np.array(SOBEL) + 0.25, np.array([1.0])
    start = slide(x, w, b).digest
    for array in (x, w, b):
        here = (0,) * array.ndim
        old = array[here]
        array[here] = old + 1e-9
        assert slide(x, w, b).digest == start
        array[here] = old + 1e-3
        assert slide(x, w, b).digest != start
        array[here] = old
    back = {"direction": "dw", "dy": np.ones((3, 3))}
    one = slide(x, w, **back).digest
    back["dy"][0, 0] = 2
    assert slide(x, w, **back).digest != one
    assert slide(x * 0, w, b).digest == slide(x * -0.0, w, b).digest


# Golden scenes. --------------------------------------------------------------------------------------------------

@GOLDEN
def test_golden_scenes(name):
    stored = golden.recorded(name)
    for s in (golden.GOLDEN[name](), Scene.from_spec(stored["spec"])):
        assert s.spec == stored["spec"]
        assert s.digest == stored["digest"]
        assert [golden.as_json(s.frame(i)) for i in range(s.steps)] == stored["frames"]


def test_golden_scenes_are_of_all_kinds():
    found = {golden.recorded(name)["spec"]["kind"] for name in golden.GOLDEN}
    assert found == set(kinds.KINDS)
    assert {path.stem for path in golden.FOLDER.iterdir()} == set(golden.GOLDEN)


# The spec. -------------------------------------------------------------------------------------------------------

@settings(max_examples=examples(200))
@given(scenes())
def test_a_spec_leads_back_to_the_same_scene(s):
    text = json.dumps(s.spec, allow_nan=False)
    again = Scene.from_spec(json.loads(text))
    assert json.dumps(again.spec) == text
    assert again.digest == s.digest
    for name in ("x", "w", "b", "dy"):
        assert_array_equal(getattr(again, name), getattr(s, name))
        assert np.shape(getattr(again, name)) == np.shape(getattr(s, name))
    assert again.window == s.window
    assert_array_equal(again.output, s.output)
    assert again.output.shape == s.output.shape


def test_a_spec_has_whole_numbers_as_ints_and_all_keys():
    s = slide([1.0, 0.5, -0.0, 1e60], [2.0, 1e-3])
    data = s.spec
    assert data.pop("record") == kinds.KINDS["conv"].as_spec()
    assert json.dumps(data) == (
        '{"kind": "conv", "axes": 1, "x": [[[1, 0.5, 0, 1e+60]]], "w": [[[[2, 0.001]]]], "b": null, "dy": null, '
        '"kernel": [1, 2], "stride": [1, 1], "padding": [[0, 0], [0, 0]], "dilation": [1, 1], '
        '"output_padding": [0, 0], "given": {"x": 1, "w": 1}}'
    )


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_the_record_of_a_kind_is_pythons_own(kind):
    """A spec may lack it, as those of older pages do, or carry any other: none of it is believed."""
    stored = next(golden.recorded(name) for name in golden.GOLDEN if golden.recorded(name)["spec"]["kind"] == kind)
    own = stored["spec"].pop("record")
    for record in (None, "max", {**own, "name": "max", "title": "<script>", "by": "weight"}, {}):
        s = Scene.from_spec({**stored["spec"], "record": record})
        assert s.spec == Scene.from_spec(stored["spec"]).spec == {**stored["spec"], "record": own}
        assert s.digest == stored["digest"]
    assert json.loads(json.dumps(own)) == own


def test_a_spec_is_new_each_time():
    s = slide([1, 2, 3], [1, 1])
    s.spec["x"][0][0][0] = 99
    assert s.spec["x"] == [[[1, 2, 3]]]


def test_large_floats_that_json_writes_as_integers():
    data = {**IMAGE, "x": [[[10**20, 2**60, 1]] * 3]}   # JavaScript writes 1e20 as 100000000000000000000
    assert Scene.from_spec(data).x[0].tolist() == [1e20, 2.0**60, 1]


def test_padding_of_each_side_in_a_spec():
    data = slide(whole(4, 5), SOBEL, padding="same").spec
    data["padding"] = [[0, 2], [1, 3]]
    s = Scene.from_spec(data)
    assert s.padding == ((0, 2), (1, 3))
    assert s.output.shape == (4, 7)
    assert s.spec == data


CONV = slide(whole(2, 5, 5), whole(2, 2, 3, 3, seed=1), [1, 2], 2, 1).spec
IMAGE = slide(whole(5, 5), SOBEL).spec
SIGNAL = slide(whole(5), [1, 2]).spec
POOL = pool(whole(4, 4), 2).spec
BACK = slide(whole(5, 5), SOBEL, direction="dx").spec
UP = transpose(whole(2, 2), SOBEL, stride=2).spec


@pytest.mark.parametrize(("start", "change", "error", "says"), [
    (IMAGE, {"kind": "convolution"}, ValueError, ["kind", "conv, max, avg", "'convolution'"]),
    (IMAGE, {"kind": ["conv"]}, ValueError, ["kind", "['conv']"]),
    (IMAGE, {"kind": None}, ValueError, ["kind", "None"]),
    (IMAGE, {"axes": 3}, ValueError, ["axes", "found 3"]),
    (IMAGE, {"axes": True}, ValueError, ["axes", "True"]),
    (IMAGE, {"axes": [2]}, ValueError, ["axes", "[2]"]),
    (IMAGE, {"x": None}, ValueError, ['spec["x"]', "C, H, W", "None"]),
    (IMAGE, {"x": "photo"}, TypeError, ['spec["x"]', "nested lists", "'photo'"]),
    (IMAGE, {"x": 7}, TypeError, ['spec["x"]', "nested lists"]),
    (IMAGE, {"x": []}, ValueError, ['spec["x"] is empty']),
    (IMAGE, {"x": [[1, 2], [3, 4]]}, ValueError, ['spec["x"] must have the axes (C, H, W)', "(2, 2)"]),
    (IMAGE, {"x": [[[1, 2, 3], [1, 2], [1]]]}, ValueError, ['spec["x"]', "different lengths"]),
    (IMAGE, {"x": [[[1, "two", 3]] * 3]}, TypeError, ['spec["x"]', "numbers", "'two' at index (0, 0, 1)"]),
    (IMAGE, {"x": [[[1, 2, 3], [1, None, 3]]]}, TypeError, ['spec["x"]', "None at index (0, 1, 1)"]),
    (IMAGE, {"x": [[[1, {}, 3]] * 3]}, TypeError, ['spec["x"]', "{} at index (0, 0, 1)"]),
    (IMAGE, {"x": [[[1, float("nan"), 3]] * 3]}, ValueError, ['spec["x"]', "NaN", "(0, 0, 1)"]),
    (IMAGE, {"x": [[[1, 2, 3]] * 2 + [[1, 2, -1e400]]]}, ValueError, ['spec["x"]', "found -inf at index (0, 2, 2)"]),
    (IMAGE, {"x": [[[1e101, 2, 3]] * 3]}, ValueError, ['spec["x"]', "1e+100", "1e+101"]),
    (IMAGE, {"x": [[[10**400, 2, 3]] * 3]}, ValueError, ['spec["x"]', "found inf at index (0, 0, 0)"]),
    (IMAGE, {"x": [[[1, 2, True]] * 3]}, TypeError, ['spec["x"]', "True at index (0, 0, 2)"]),
    (IMAGE, {"x": [[[[1]]]]}, ValueError, ['spec["x"] must have the axes (C, H, W)', "(0, 0, 0)"]),
    (IMAGE, {"w": None}, ValueError, ['spec["w"]', "K, C, Fh, Fw"]),
    (IMAGE, {"w": [[[[1, float("inf"), 1]] * 3]]}, ValueError, ['spec["w"]', "inf"]),
    (IMAGE, {"w": [[[[1, 1]] * 2]]}, ValueError, ["kernel", "[2, 2]", "[3, 3]"]),
    (IMAGE, {"b": 3}, TypeError, ['spec["b"]', "nested lists"]),
    (IMAGE, {"b": [1, 2]}, ValueError, ["b must", "(1,)", "(2,)"]),
    (IMAGE, {"b": [[1]]}, ValueError, ['spec["b"]', "axes (K)"]),
    (IMAGE, {"dy": [[[1]]]}, ValueError, ['spec["dy"] must be null for kind "conv"']),
    (IMAGE, {"kernel": [6, 6], "w": np.ones((1, 1, 6, 6)).tolist()}, ValueError, ["w is too large", "0 + 5 + 0"]),
    (IMAGE, {"stride": [0, 1]}, ValueError, ['spec["stride"] must be at least 1', "found 0"]),
    (IMAGE, {"stride": 2}, TypeError, ['spec["stride"]', "pair"]),
    (IMAGE, {"stride": [1.5, 1]}, TypeError, ['spec["stride"] must be an integer', "1.5"]),
    (IMAGE, {"stride": [True, 1]}, TypeError, ['spec["stride"]', "truth value"]),
    (IMAGE, {"stride": [1, 2, 3]}, TypeError, ['spec["stride"]', "[1, 2, 3]"]),
    (IMAGE, {"stride": [1, 10**6]}, ValueError, ["stride", "at most 4096"]),
    (IMAGE, {"stride": [1, 10**30]}, ValueError, ["stride", "at most 10"]),
    (IMAGE, {"padding": [1, 1]}, TypeError, ["padding", "pair [before, after]"]),
    (IMAGE, {"padding": [[-1, 0], [0, 0]]}, ValueError, ["padding", "at least 0"]),
    (IMAGE, {"padding": [[10**9, 10**9], [0, 0]]}, ValueError, ["padding must be at most"]),
    (IMAGE, {"padding": [[0, 10**9], [0, 0]]}, ValueError, ["padding must be at most"]),
    (IMAGE, {"padding": "same"}, TypeError, ["padding", "'same'"]),
    (IMAGE, {"dilation": [3, 1]}, ValueError, ["w is too large", "dilation 3"]),
    (IMAGE, {"output_padding": [1, 0]}, ValueError, ["output_padding", "[0, 0]", "[1, 0]"]),
    (IMAGE, {"given": {"x": 1, "w": 1}}, ValueError, ["given", "axes 2"]),
    (IMAGE, {"given": {"x": 3, "w": 2}}, ValueError, ["do not fit together"]),
    (IMAGE, {"given": {"x": 9, "w": 2}}, ValueError, ["given"]),
    (IMAGE, {"given": {"x": 2, "w": None}}, TypeError, ["given", "None"]),
    (IMAGE, {"given": [2, 2]}, TypeError, ["given", "[2, 2]"]),
    (CONV, {"given": {"x": 2, "w": 4}}, ValueError, ["given", "(2, 5, 5)"]),
    (CONV, {"given": {"x": 3, "w": 3}}, ValueError, ["given"]),
    (CONV, {"x": whole(3, 5, 5).tolist()}, ValueError, ["x has 3 channels", "w expects 2"]),
    (SIGNAL, {"axes": 2}, ValueError, ["given", "axes 2"]),
    (SIGNAL, {"stride": [2, 1]}, ValueError, ["stride", "begin with 1", "signal"]),
    (SIGNAL, {"padding": [[1, 1], [0, 0]]}, ValueError, ["padding", "signal"]),
    (SIGNAL, {"x": [[[1, 2, 3]] * 2]}, ValueError, ["given", "(1, 2, 3)"]),
    (POOL, {"w": [[[[1]]]]}, ValueError, ['spec["w"] must be null for kind "max"']),
    (POOL, {"dilation": [2, 2]}, ValueError, ["dilation", "[1, 1]"]),
    (POOL, {"padding": [[2, 2], [0, 0]]}, ValueError, ["padding must be at most half"]),
    (POOL, {"padding": [[0, 2], [0, 0]]}, ValueError, ["padding must be at most half"]),
    (POOL, {"given": {"x": 2, "w": 2}}, ValueError, ["given"]),
    (POOL, {"axes": 1}, ValueError, ["kernel", "signal"]),
    (BACK, {"dy": [[[1]]]}, ValueError, ['spec["dy"] must have shape (1, 3, 3)', "(1, 1, 1)"]),
    (BACK, {"b": [1]}, ValueError, ['spec["b"] must be null']),
    (UP, {"output_padding": [2, 0]}, ValueError, ["output_padding must be less than the stride"]),
    (UP, {"padding": [[9, 9], [0, 0]]}, ValueError, ["leaves no output"]),
    (UP, {"dilation": [1, 2]}, ValueError, ["dilation", "[1, 1]"]),
    (UP, {"stride": [9000, 1]}, ValueError, ["at most 4096"]),
])
def test_what_a_wrong_spec_gets_to_read(start, change, error, says):
    with pytest.raises(error) as caught:
        Scene.from_spec({**start, **change})
    for words in says:
        assert words in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("wrong", [None, [], "spec", 3, {}, {"kind": "conv"}, {**IMAGE, "colour": "red"}])
def test_what_is_no_spec_at_all(wrong):
    with pytest.raises((TypeError, ValueError), match="spec must"):
        Scene.from_spec(wrong)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.integers(-1, 4)
JUNK = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xwk"), inner))


@settings(max_examples=examples(300))
@given(st.data())
def test_junk_never_passes_and_never_breaks(data):
    """Any part of a spec replaced by anything: a scene that is what it says, or an error with a sentence."""
    start = copy.deepcopy(data.draw(st.sampled_from([CONV, IMAGE, SIGNAL, POOL, BACK, UP])))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = start, data.draw(st.sampled_from(sorted(start)))
        while isinstance(holder[key], list) and holder[key] and data.draw(st.booleans()):
            holder, key = holder[key], data.draw(st.integers(0, len(holder[key]) - 1))
        holder[key] = data.draw(JUNK)
    try:
        s = Scene.from_spec(start)
    except (ValueError, TypeError) as error:
        assert 20 < len(str(error)) < 500
        assert "\n" not in str(error)
    else:
        assert np.isfinite(s.output).all()
        assert Scene.from_spec(s.spec).spec == s.spec


@pytest.mark.parametrize("deep", [50, 5000])
def test_lists_in_lists_in_lists(deep):
    nested = 1
    for _ in range(deep):
        nested = [nested]
    with pytest.raises((ValueError, TypeError), match="spec"):
        Scene.from_spec({**IMAGE, "x": nested})
