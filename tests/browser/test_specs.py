"""Specs that make no sense, in a real browser: each is refused with one sentence, and Python refuses it too.

The sentence names the field, what was found and what is expected; nothing that a page can be handed may throw.
"""

import json

import numpy as np
import pytest
from modules import accepted, ask, load

from cnnlib.viz import pool, slide, transpose


@pytest.fixture(scope="module")
def page(browser):
    """A page with the modules in it; tests only ask it."""
    context = browser.new_context()
    yield load(context)
    context.close()


PLAIN = slide(np.arange(16).reshape(4, 4), np.ones((2, 2)), [1]).spec
POOL, LINE = pool(np.ones((4, 4)), 2).spec, slide([1, 2, 3], [1]).spec
BACK = slide(np.ones((4, 4)), np.ones((2, 2)), direction="dw").spec
SPREAD = transpose(np.ones((2, 2)), np.ones((2, 2)), stride=2).spec
ROW = [[[0, 1, 2, 3]] * 4]
# spec, what is put into it, what the sentence must name
MALFORMED = [
    (PLAIN, {"kind": "convolution"}, 'kind is the text "convolution"; expected conv, as its record has it'),
    (PLAIN, {"kind": None}, "kind is null"),
    (PLAIN, {"kind": "constructor"}, "kind is the text"),
    (PLAIN, {"kind": "max"}, 'kind is the text "max"; expected conv'),
    (PLAIN, {"axes": 3}, "axes is 3; expected 1 or 2"),
    (PLAIN, {"x": None}, "x is null; expected a list"),
    (PLAIN, {"x": "1 2 3"}, 'x is the text "1 2 3"'),
    (PLAIN, {"x": []}, "the length of x is 0; expected at least 1"),
    (PLAIN, {"x": [[]]}, "the length of x[0] is 0"),
    (PLAIN, {"x": [[1, 2], [3, 4]]}, "x[0, 0] is 1; expected a list"),
    (PLAIN, {"x": [[[1, 2, 3], [4, 5], [6, 7, 8]]]}, "the length of x[0, 1] is 2; expected 3"),
    (PLAIN, {"x": [[[1, 2, "three"], [4, 5, 6]]]}, 'x[0, 0, 2] is the text "three"; expected a number'),
    (PLAIN, {"x": [[[1, 2, "1e400"], [4, 5, 6]]]}, 'x[0, 0, 2] is the text "1e400"'),
    (PLAIN, {"x": [[[1, None], [4, 5]]]}, "x[0, 0, 1] is null; expected a number"),
    (PLAIN, {"x": [[[1, [2]], [4, 5]]]}, "x[0, 0, 1] is [2]; expected a number"),
    (PLAIN, {"x": [[[1, 1e200], [4, 5]]]}, "x[0, 0, 1] is 1e+200"),
    (PLAIN, {"x": ROW * 2}, "the number of input channels of w is 1; expected 2"),
    (PLAIN, {"x": [[[0] * 5000] * 2]}, "the size of x"),
    (PLAIN, {"x": [[[0]]]}, "the kernel's height is 2; expected at most 1"),
    (PLAIN, {"w": None}, "w is null; expected a list"),
    (PLAIN, {"w": [[1, 2], [3, 4]]}, "w[0, 0] is 1; expected a list"),
    (PLAIN, {"w": [[[[1, 2]]]]}, "kernel is [2, 2]; expected [1, 2]"),
    (PLAIN, {"w": [[[[1, 2], [3, "x"]]]]}, 'w[0, 0, 1, 1] is the text "x"'),
    (PLAIN, {"b": [1, 2]}, "the length of b is 2; expected 1"),
    (PLAIN, {"b": 5}, "b is 5; expected a list"),
    (PLAIN, {"b": ["a"]}, 'b[0] is the text "a"'),
    (PLAIN, {"kernel": [9, 9]}, "the kernel's height is 9; expected at most 4"),
    (PLAIN, {"kernel": [0, 2]}, "kernel is 0"),
    (PLAIN, {"kernel": 2}, "kernel is 2; expected a pair"),
    (PLAIN, {"stride": [0, 0]}, "stride is 0; expected whole numbers from 1"),
    (PLAIN, {"stride": [1, -1]}, "stride is -1"),
    (PLAIN, {"stride": [1, 1.5]}, "stride is 1.5"),
    (PLAIN, {"stride": ["1", "1"]}, 'stride is the text "1"'),
    (PLAIN, {"stride": [1, None]}, "stride is null"),
    (PLAIN, {"stride": [1, 1, 1]}, "stride is [1, 1, 1]; expected a pair"),
    (PLAIN, {"stride": None}, "stride is null; expected a pair"),
    (PLAIN, {"dilation": [4, 1]}, "the kernel's height with dilation 4 is 5; expected at most 4"),
    (PLAIN, {"dilation": [0, 1]}, "dilation is 0"),
    (PLAIN, {"padding": [-1, 0]}, "padding is -1; expected a pair"),
    (PLAIN, {"padding": [[0, 0], [0, -1]]}, "padding is -1; expected whole numbers from 0"),
    (PLAIN, {"padding": [[0, 0], [0, 0.5]]}, "padding is 0.5"),
    (PLAIN, {"padding": [[0, 0]]}, "padding is a list; expected [[top, bottom], [left, right]]"),
    (PLAIN, {"padding": [[0, 2000], [0, 0]]}, "padding is 2000; expected at most 1006"),
    (PLAIN, {"output_padding": [1, 0]}, "output_padding is [1, 0]; expected [0, 0]"),
    (PLAIN, {"dy": [[[1]]]}, "dy is a list; expected null"),
    (PLAIN, {"given": None}, "given is"),
    (PLAIN, {"given": {"x": 2, "w": 7}}, "given is [2, 7]; expected the numbers of axes of x and w"),
    (PLAIN, {"axes": 1}, "a signal's vertical [rows, kernel, stride, dilation, padding] is [4, 2, 1, 1, 0]; expected"),
    (LINE, {"stride": [2, 1]}, "padding] is [1, 1, 2, 1, 0]"),
    (POOL, {"padding": [[2, 2], [0, 0]]}, "padding is 2; expected at most half the kernel, 1"),
    (POOL, {"dilation": [2, 2]}, "dilation is [2, 2]; expected 1 in a max scene"),
    (POOL, {"w": [[[[1]]]]}, "w is a list; expected null"),
    (POOL, {"b": [1]}, "b is [1]; expected null"),
    (BACK, {"dy": [[[1, 1], [1, 1]]]}, "the shape of dy is [1, 2, 2]; expected [1, 3, 3]"),
    (BACK, {"dy": [[[1, 1, 1], [1, "a", 1], [1, 1, 1]]]}, 'dy[0, 1, 1] is the text "a"'),
    (BACK, {"b": [1]}, "b is [1]; expected null in a dw scene"),
    (SPREAD, {"output_padding": [2, 0]}, "output_padding is [2, 0]; expected less than the stride, [2, 2]"),
    (SPREAD, {"padding": [[2, 2], [0, 0]]}, "the output height is 0; expected at least 1"),
    (SPREAD, {"dilation": [2, 2]}, "dilation is [2, 2]; expected 1 in a transpose scene"),
    (SPREAD, {"stride": [4096, 4096]}, "the padded height is 4098; expected at most 4096"),
]
# Python takes its own record whatever the spec says; the browser has no other.
RECORDS = [
    ({"record": None}, "record is null; expected an object"),
    ({"record": PLAIN["record"] | {"by": "hand"}}, 'the record\'s by is the text "hand"; expected one of output'),
    ({"record": PLAIN["record"] | {"action": None}}, "the record's action is null; expected one of sum"),
    ({"record": PLAIN["record"] | {"result": "z"}}, 'an array of the record is the text "z"; expected one of x'),
    ({"record": PLAIN["record"] | {"arrays": {}}}, 'an array of the record is the text "x"; expected one of'),
]
TOO_LARGE = {"x": [[[0] * 200] * 200], "w": [[[[0] * 9] * 9]], "kernel": [9, 9]}


def test_a_spec_that_makes_no_sense_is_named(page):
    """One sentence that names the field, what was found and what is expected; Python refuses the same specs."""
    specs = [spec | wrong for spec, wrong, _ in MALFORMED] + [PLAIN | TOO_LARGE]
    told = ask(page, "specs => specs.map(scene.problem)", specs)
    large = "the number of products or outputs is 2985984; expected at most 2000000"
    sentences = [sentence for *_, sentence in MALFORMED] + [large]
    for found, expected, spec in zip(told, sentences, specs, strict=True):
        assert found and expected in found, (found, expected)
        assert found.endswith(".") and "\n" not in found and len(found) < 200
        assert accepted(spec) is None, found
    assert ask(page, "specs => specs.map(scene.problem)", [PLAIN, POOL, BACK, LINE, SPREAD]) == [None] * 5


def test_a_record_that_makes_no_sense_is_named(page):
    told = ask(page, "specs => specs.map(scene.problem)", [PLAIN | wrong for wrong, _ in RECORDS])
    for found, (_, expected) in zip(told, RECORDS, strict=True):
        assert found and expected in found and found.endswith(".") and "\n" not in found


def test_every_key_is_needed(page):
    """A spec with one key missing is told so."""
    for spec in (PLAIN, BACK, SPREAD):
        short = [{key: value for key, value in spec.items() if key != left_out} for left_out in spec]
        told = ask(page, "specs => specs.map(scene.problem)", short)
        assert all(name in sentence for name, sentence in zip(spec, told, strict=True)), told


def test_what_is_no_json_is_named_too(page):
    """NaN, infinity, things that are no data at all, and objects that fail when they are read: never an exception."""
    assert page.evaluate("""text => {
        const plain = JSON.parse(text), cell = value => ({ ...plain, x: [[[value, 1], [1, 1]]] }), loop = [];
        loop.push(loop);
        const trap = new Proxy({}, { get() { throw undefined; }, ownKeys() { throw null; } });
        const sparse = { ...plain, x: [[[1, , 1], [1, 1, 1], [1, 1, 1]]] };
        const cells = [NaN, Infinity, -Infinity, undefined, Symbol("a"), 10n, () => 1, {}].map(cell);
        const fields = [{ x: loop }, { stride: loop }, { kind: Symbol("a") }, { given: trap }, { padding: {} }];
        const things = [undefined, null, 7, "spec", [], {}, trap, () => 1, sparse];
        const told = [...cells, ...fields.map(field => ({ ...plain, ...field })), ...things].map(scene.problem);
        const right = found => typeof found === "string" && /^[^\\n]+; expected [^\\n]+\\.$/.test(found);
        return told.filter(found => !right(found)).map(String);
    }""", json.dumps(PLAIN)) == []


@pytest.mark.parametrize(("change", "sentence"), [
    ({"stride": 0}, "stride is 0"),
    ({"stride": "2"}, 'stride is the text "2"'),
    ({"stride": None}, "stride is null"),
    ({"padding": -1}, "padding is -1"),
    ({"padding": "one"}, 'padding is the text "one"'),
    ({"padding": 10**9}, "padding is 1000000000"),
    ({"dilation": 1.5}, "dilation is 1.5"),
    ({"kernel": 0}, "kernel is 0"),
    ({"kernel": 9}, "the kernel's height is 9; expected at most 4"),
    ({"kernel": 10**9}, "kernel is 1000000000"),
    ({"kernel": None}, "kernel is null"),
    ({"cell": {"board": "x", "index": 5, "value": "1e400"}}, 'x[0, 1, 1] is the text "1e400"'),
    ({"cell": {"board": "w", "index": 3, "value": None}}, "w[0, 0, 1, 1] is null"),
    ({"cell": {"board": "b", "index": 0, "value": "<b>"}}, 'b[0] is the text "<b>"'),
    ({"x": None}, "x is null"),
    ({"w": [[1, 2]]}, "is"),
    ({"w": "sobel"}, "is"),
    ({"b": [1, 2, 3]}, "the length of b is 3"),
    ({"b": {}}, "b is an object"),
])
def test_a_change_that_makes_no_sense_is_named_too(page, change, sentence):
    """Any change of a sound spec gives a spec, and what is wrong with it is said; the old one stays as it was."""
    script = "([spec, change]) => [scene.problem(scene.withChange(spec, change)), spec]"
    found, kept = ask(page, script, [PLAIN, change])
    assert found and sentence in found and kept == PLAIN
