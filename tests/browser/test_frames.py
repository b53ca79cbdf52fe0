"""The browser's own scenes against NumPy's: every step of 240 drawn ones, and of specs that were changed there.

The modules run as they are in a real browser. At the end the same comparison must catch modules with a fault in them.
"""

import numpy as np
import pytest
from modules import KINDS, accepted, ask, drawn, load

from cnnlib.viz import Scene, pool, slide, transpose

# All that the browser says of a scene: its taps, outputs, and every frame as columns of numbers.
TELL = """specs => specs.map(spec => {
    const found = scene.problem(spec);
    if (found) return { found };
    const s = scene.derive(spec), frames = Array.from({ length: s.steps }, (_, i) => s.frame(i));
    const column = key => frames.flatMap(frame => frame.terms.map(term => term[key]));
    const each = key => frames.map(frame => frame[key]);
    const rows = (n, by) => Array.from({ length: n }, (_, i) => [...by(i)]), cells = s.source.values.length;
    const weights = s.weights ? s.weights.values.length : spec.kernel[0] * spec.kernel[1];
    return {
        steps: s.steps, taps: [...s.taps], start: [...s.start], values: [...s.dest.values], shape: s.dest.shape,
        names: [s.source.name, s.weights && s.weights.name, s.dest.name], counts: each("terms").map(all => all.length),
        src: column("src"), x: column("x"), wt: column("wt"), w: column("w"), product: column("product"),
        channel: column("channel"), sums: each("sums").flat(), bias: each("bias"), value: each("value"),
        winner: each("winner"), out: each("out"), unread: s.unread, ways: s.ways, cells, weights,
        byIn: rows(cells, s.byIn), byWeight: rows(weights, s.byWeight),
    };
})"""


def shapes(scene):
    """The user's shapes of what a step reads, weighs and writes."""
    source = scene.dy if scene.kind == "dx" else scene.x
    weights = scene.dy if scene.kind == "dw" else scene.w
    return source.shape, scene.kernel[2 - scene.axes:] if weights is None else weights.shape, scene.output.shape


def flat(index, shape):
    """The flat number of an index, -1 for padding."""
    return -1 if index is None else int(np.ravel_multi_index(index, shape))


def differences(scene, told):
    """The names of all that the browser says otherwise than `scene`."""
    if "found" in told:
        return [told["found"]]
    frames = [scene.frame(i) for i in range(scene.steps)]
    terms = [tuple(term) for frame in frames for term in frame.terms]
    source, weights, output = shapes(scene)
    rows = {column: [np.flatnonzero(scene.taps[:, column] == cell).tolist() for cell in range(told[size])]
            for column, size in ((1, "cells"), (2, "weights"))}
    exact = {
        "steps": scene.steps, "taps": scene.taps.ravel().tolist(), "counts": [len(frame.terms) for frame in frames],
        "start": [0, *np.cumsum([len(frame.terms) for frame in frames]).tolist()],
        "src": [flat(term[0], source) for term in terms], "wt": [flat(term[2], weights) for term in terms],
        "winner": [frame.winner for frame in frames], "byIn": rows[1], "byWeight": rows[2],
    }
    near = {
        "x": [term[1] for term in terms], "w": [term[3] for term in terms], "product": [term[4] for term in terms],
        "sums": [part for frame in frames for part in frame.channel_sums], "bias": [frame.bias for frame in frames],
        "value": [frame.value for frame in frames], "values": scene.output.ravel().tolist(),
    }
    wrong = [name for name, expected in exact.items() if told[name] != expected]
    for name, expected in near.items():
        found = np.array([float(n) for n in told[name]])
        if len(found) != len(expected) or not np.allclose(found, expected, rtol=1e-9, atol=1e-9):
            wrong.append(name)
    places = [int(np.ravel_multi_index(out, told["shape"])) for out in told["out"]]
    if not places == [flat(frame.out, output) for frame in frames] == list(range(scene.steps)):
        wrong.append("out")
    if scene.kind not in ("max", "avg"):   # the channel of each term is the one whose sum it is part of
        many = len(told["sums"]) // scene.steps
        place = np.repeat(np.arange(scene.steps), told["counts"]) * many + np.array(told["channel"], int)
        if not np.allclose(np.bincount(place, told["product"], many * scene.steps), told["sums"], rtol=1e-9, atol=1e-9):
            wrong.append("channel")
    return wrong


@pytest.fixture(scope="module")
def scenes():
    """240 scenes, a few that everybody draws, and the largest of the lessons."""
    rng = np.random.default_rng(0)
    known = [
        slide(np.arange(49).reshape(7, 7), np.ones((3, 3)), stride=3), slide([0, 1, 0, 1, 1], [-1, 1]),
        slide(rng.normal(size=(3, 9, 9)), rng.normal(size=(4, 3, 3, 3)), [1, 2, 3, 4], padding=1, stride=2),
        pool(np.zeros((6, 6)), 3, 2, 1), transpose(np.ones((2, 2)), np.ones((3, 3)), stride=4),
    ]
    return drawn(240) + known


@pytest.fixture(scope="module")
def page(browser):
    """A page with the modules in it; tests only ask it."""
    context = browser.new_context()
    yield load(context)
    context.close()


def test_every_step_is_the_same_as_in_numpy(page, scenes):
    """Taps, indices, factors, products, sums, bias, value, winner, outputs; the taps grouped by input and weight."""
    assert {(s.kind, s.axes) for s in scenes} == {(kind, axes) for kind in KINDS for axes in (1, 2)}
    told = ask(page, TELL, [scene.spec for scene in scenes])
    wrong = {repr(scene): found for scene, one in zip(scenes, told, strict=True) if (found := differences(scene, one))}
    assert wrong == {}
    names = {"conv": ["x", "w", "y"], "max": ["x", None, "y"], "avg": ["x", None, "y"], "transpose": ["x", "w", "y"],
             "dx": ["dy", "w", "dx"], "dw": ["x", "dy", "dw"]}
    for scene, one in zip(scenes, told, strict=True):
        assert one["names"] == names[scene.kind]
        rest = [way["rest"] for way in one["ways"]]
        assert rest == list((0, 0) if scene.kind == "transpose" else scene.window.unread)
        ends = [n + sum(p) for n, p in zip(scene.window.size, scene.window.padding, strict=True)]
        if scene.kind != "transpose":
            assert one["unread"] == {"rows": [ends[0] - rest[0], ends[0]], "columns": [ends[1] - rest[1], ends[1]]}


FAULTS = {
    "the stride is forgotten": ("i * s + u * d - before", "i + u * d - before"),
    "the padding has the wrong sign": ("i * s + u * d - before", "i * s + u * d + before"),
    "the dilation is forgotten": ("i * s + u * d - before", "i * s + u - before"),
    "the last maximum wins": ("terms.findIndex(", "terms.findLastIndex("),
    "filters and channels are swapped": ("[c, k * from + c]", "[c, c * to + k]"),
    "the bias of the first filter for all": ("bias[Math.floor(step / area)]", "bias[0]"),
    "padding is another cell": ("inside && column[q] >= 0 ? read + column[q] : -1", "Math.max(0, read + column[q])"),
    "padding of a maximum is 0": ("ghost: max ? -Infinity : 0", "ghost: 0"),
    "the mean is of three": ("total / window.size", "total / 3"),
    "taps of a pixel are one off": ("rows[next[taps[t]]++]", "rows[--next[taps[t] + 1]]"),
}


@pytest.mark.control
@pytest.mark.parametrize("fault", FAULTS)
def test_a_module_with_a_fault_is_caught(context, scenes, fault):
    """The comparison above can fail."""
    page = load(context, [("scene.js", *FAULTS[fault])])
    few = scenes[:48]
    assert any(map(differences, few, ask(page, TELL, [scene.spec for scene in few])))


# --- changes ----------------------------------------------------------------------------------------------------------

CHANGE = """pairs => pairs.map(([spec, change]) => {
    const before = JSON.stringify(spec), changed = scene.withChange(spec, change);
    return { changed, found: scene.problem(changed), kept: JSON.stringify(spec) === before };
})"""


def changes(rng, spec):
    """Every control of the player moved once, and a cell of every array that there is."""
    board = rng.choice([name for name in ("x", "w", "b", "dy") if spec[name] is not None])
    cells = np.size(spec[board])
    return [
        {"stride": int(rng.integers(1, 5))}, {"padding": int(rng.integers(0, 4))}, {"kernel": int(rng.integers(1, 6))},
        {"dilation": int(rng.integers(1, 4))}, {"stride": [1, 2]}, {"padding": [[0, 0], [1, 2]]}, {"kernel": [1, 2]},
        {"cell": {"board": str(board), "index": int(rng.integers(cells)), "value": 7.5}},
    ]


def test_changed_specs_are_specs(page, scenes):
    """What a control makes of a spec: Python takes it exactly if the browser does, and writes and computes the same."""
    rng = np.random.default_rng(2)
    pairs = [[scene.spec, change] for scene in scenes[::2] for change in changes(rng, scene.spec)]
    told, good = ask(page, CHANGE, pairs), []
    for (_, change), one in zip(pairs, told, strict=True):
        assert one["kept"], f"{change} wrote into the old spec"
        scene = accepted(one["changed"])
        assert (scene is None) == (one["found"] is not None), (one["found"], change, one["changed"])
        if scene is not None:
            assert scene.spec == one["changed"]
            good.append(scene)
    assert len(good) > len(pairs) / 2 and len({type(one["found"]) for one in told}) == 2
    some = good[::7]
    assert not any(map(differences, some, ask(page, TELL, [scene.spec for scene in some])))


def changed(page, scene, change):
    """The scene after one change."""
    [one] = ask(page, CHANGE, [[scene.spec, change]])
    assert one["found"] is None
    return Scene.from_spec(one["changed"])


def test_what_follows_from_a_change(page):
    """The kernel keeps its centre, dy the outputs that stay, b its filters, output_padding its limit."""
    x, w = np.arange(49).reshape(7, 7), np.arange(1, 10).reshape(3, 3)
    larger = changed(page, slide(x, w), {"kernel": 5})
    assert larger.w.tolist() == np.pad(w, 1).tolist()
    assert changed(page, larger, {"kernel": 3}).w.tolist() == w.tolist()
    assert changed(page, slide(x, w), {"kernel": 4}).w.tolist() == np.pad(w, ((0, 1), (0, 1))).tolist()
    assert changed(page, changed(page, slide(x, w), {"kernel": 4}), {"kernel": 5}).w.tolist() == larger.w.tolist()
    assert changed(page, slide(x, w), {"kernel": 1}).w.tolist() == [[5]]
    assert changed(page, slide([1, 2, 3, 4], [1, 2, 3]), {"kernel": 2}).w.tolist() == [2, 3]

    gradient = slide(np.zeros(4), [1, 1], direction="dx", dy=[5, 6, 7])
    assert changed(page, gradient, {"stride": 2}).dy.tolist() == [5, 6]
    assert changed(page, gradient, {"padding": 1}).dy.tolist() == [5, 6, 7, 1, 1]
    two = [[[[1, 0]]], [[[0, 1]]]]
    assert changed(page, gradient, {"w": two}).dy.tolist() == [[5, 6, 7], [1, 1, 1]]

    biased = changed(page, slide(x, w), {"cell": {"board": "b", "index": 0, "value": 2}})
    assert biased.b.tolist() == [2] and biased.output[0, 0] == slide(x, w).output[0, 0] + 2
    one = slide([1, 2, 3], [1, 1], [4])
    assert changed(page, one, {"w": two}).b.tolist() == [4, 0] and changed(page, one, {"b": None}).b is None
    wide = transpose([1, 2], [1, 1, 1], stride=3, output_padding=2)
    assert changed(page, wide, {"stride": 2}).output_padding == (0, 1)
    three = changed(page, slide(x, w), {"cell": {"board": "x", "index": 8, "value": -1}})
    assert three.x[1, 1] == -1 and (three.x != x).sum() == 1
    channels = changed(page, pool(x, 2), {"x": [x.tolist(), x.tolist()]})
    assert channels.output.shape == (2, 3, 3)


def test_a_large_scene_is_quick(page):
    """28x28, six 5x5 filters, 86 400 products: well within a frame, so a slider can make one at every move."""
    scene = slide(np.ones((28, 28)), np.ones((6, 1, 5, 5)))
    best = page.evaluate("""spec => Math.min(...Array.from({ length: 20 }, () => {
        const begin = performance.now();
        scene.derive(spec);
        return performance.now() - begin;
    }))""", scene.spec)
    assert best < 10
