"""Colours: figure and player draw a value alike, for every board of every scene; pictures, scales and legends."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from modules import ask, drawn, load
from player_page import opened

from cnnlib.viz import pool, slide
from cnnlib.viz.kit import colours
from cnnlib.viz.kit.scale import scale_of
from cnnlib.viz.slide.parts import scales_of

RNG = np.random.default_rng(4)
SOBEL = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
FAR = RNG.integers(0, 9, (7, 7)).astype(float)
FAR[2, 3] = 1e9
PICTURES = [slide(RNG.random((28, 28)), SOBEL, padding=1), slide(RNG.random((3, 16, 16)) * 255, RNG.random((3, 3, 3))),
            pool(RNG.random((3, 20, 20)), 2), slide(FAR, SOBEL)]
# The colours of the light theme, as the style sheet has them.
LIGHT = {"zero": "#fff", "negative": "#7faee0", "positive": "#ec8f83", "negative-middle": "#5b9be0",
         "negative-end": "#0b3c7a", "positive-middle": "#e8705f", "positive-end": "#8a130a"}
ASK = """([specs, colours]) => specs.map(spec => {
    const s = scene.derive(spec), scales = scale.scalesOf(s);
    return [s.source, s.weights ?? s.source, s.dest].map(({ name, values, shape }) => {
        const own = scales[name], { kind, limit, low, high, beyond, most } = own, size = shape.at(-1) * shape.at(-2);
        const few = Array.from(values).map((v, n) => [v, Math.floor(n / size)]).filter((_, n) => n % 7 === 0);
        const both = (v, panel) => [false, true].map(deep => scale.tint(v, own, colours, deep, panel));
        const cells = few.map(([v, panel]) => [v, panel, ...both(v, panel)]);
        return [[kind, limit, low, high, beyond, most], scale.told(own, name), cells];
    });
})"""


def differing(page, scenes):
    """Whatever is not alike: scales, what legends say, and every seventh colour, which may be rounded differently."""
    theme = {name: [round(255 * part) for part in to_rgb(colour)] for name, colour in LIGHT.items()}
    wrong = []
    for scene, boards in zip(scenes, ask(page, ASK, [[scene.spec for scene in scenes], theme]), strict=True):
        names = [scene.source.name, (scene.weights or scene.source).name, scene.destination.name]
        for name, scale, (told, said, cells) in zip(names, scales_of(scene).values(), boards, strict=True):
            if not np.allclose(told[1:], scale[1:], rtol=1e-9) or told[0] != scale.kind or said != scale.told(name):
                wrong.append((scene.digest, name, told, scale))
            for value, panel, *both in cells:
                for deep, found in zip((False, True), both, strict=True):
                    wanted = np.array(to_rgb(colours.fill(scale.lane(panel), value, deep))) * 255
                    if np.abs(found - wanted).max() > 2.5:
                        wrong.append((scene.digest, name, value, deep, found, wanted))
    return wrong


def test_figure_and_player_have_the_same_colours(context):
    assert differing(load(context), [*drawn(60, seed=3), *PICTURES]) == []


@pytest.mark.control
@pytest.mark.parametrize(("file", "old", "new"), [
    ("scale.js", "FARTHEST = 1000", "FARTHEST = 1e15"), ("scale.js", "SIDE = 16", "SIDE = 17"),
    ("scale.js", "2 * share - 1", "share"), ("scale.js", "cell${beyond > 1", "cell${beyond > 9"),
    ("boards.js", "weights ? scaleOf(dest.values) : from", "scaleOf(dest.values)"),
])
def test_a_colour_that_differs_is_caught(context, file, old, new):
    assert differing(load(context, [(file, old, new)]), PICTURES)


def test_many_scales_end_at_the_same_value(context):
    """Random numbers, a few of which lie far off."""
    lists = [[float(v) for v in RNG.normal(size=n) * 10.0 ** RNG.integers(-3, 12 if far else -1, n)]
             for n in (1, 3, 9, 49, 200) for far in (0, 1) for _ in range(40)]
    script = "lists => lists.map(values => { const s = scale.scaleOf(values); return [s.limit, s.beyond]; })"
    told = ask(load(context), script, lists)
    assert told == [[scale.limit, scale.beyond] for scale in map(scale_of, map(np.array, lists))]


FITTED = """async ([values, limit]) => {
  const { fitNumbers, writeNumber } = await import("./kit/static/digits.js"), said = [];
  const ctx = document.createElement("canvas").getContext("2d"), texts = [];
  ctx.fillText = text => texts.push(text);
  for (let cell = 21; cell < 57; cell++) {
    const digits = fitNumbers(ctx, values, cell, "sans-serif", { limit });
    if (digits) for (const value of values) writeNumber(ctx, value, 0, 0, cell, digits, "sans-serif");
  }
  return texts;
}"""


@pytest.mark.parametrize(("values", "written"), [
    ([-159.0, 7, 0], {"−159", "7", "0"}), ([12345.0, -12345], {"12345", "−12345"}), ([99.0], {"99"}),
])
def test_whole_numbers_are_written_as_they_are_or_not_at_all(context, values, written):
    """Never as powers of ten, which would be others."""
    assert set(load(context).evaluate(FITTED, [values, 1e9])) == written


def test_numbers_beyond_the_scale_do_not_make_others_small(context):
    texts = load(context).evaluate(FITTED, [[1.0, 2, 1e9, 123456], 2])
    assert {"1", "2", "1e9", "1e5"} == set(texts)


# The colours in the middle of all cells of a board, row by row.
MIDDLES = """((id, rows, columns) => {
  const canvas = player.root.querySelector(`figure[data-board=${id}] canvas`), ctx = canvas.getContext("2d");
  const cell = (canvas.width - 10) / columns;
  return [...Array(rows * columns).keys()].map(n => [...ctx.getImageData(5 + (n % columns + 0.5) * cell,
    5 + (Math.floor(n / columns) + 0.5) * cell, 1, 1).data].slice(0, 3));
})(...argument)"""


CORNERS = MIDDLES.replace("(n % columns + 0.5)", "(n % columns + 0.88)").replace("(Math.floor(n / columns) + 0.5)",
                                                                                 "(Math.floor(n / columns) + 0.1)")


def test_a_picture_is_drawn_as_one(browser):
    """Grey from edge to edge, without a net; x and y alike in size; the legend names both scales."""
    x = np.linspace(0, 1, 28 * 28).reshape(28, 28)
    with opened(browser) as page:
        player = page.mount(slide(x, np.array([[0, 0, 0], [0, 1, 0], [0, 0, -1]]), padding=1), step=783)
        wide = [player.board(id).locator("canvas").evaluate("canvas => canvas.width") for id in "xy"]
        assert wide[0] - wide[1] == 2 * (wide[1] - 10) // 28   # x has its padding
        assert player.root.locator(".cnn-scale").all_inner_texts() == [
            "x from 0 (black) to 1 (white)", "y from −1 (blue) to 1 (red)"]
        bare = page.mount(slide(x, [[1.0]]), step=783)
        found = np.array(bare.js(MIDDLES, ["x", 28, 28]))
        assert (np.ptp(found, axis=1) == 0).all()
        assert np.abs(found[:-2, 0] - x.ravel()[:-2] * 255).max() < 2   # the last is outlined
        assert page.errors == []


def test_a_cell_far_beyond_is_marked_in_the_player(browser):
    """The others keep the colours they would have without it, and their digits."""
    with opened(browser) as page:
        near = FAR.copy()
        near[2, 3] = 8
        one, two = (page.mount(slide(x, SOBEL), step=24) for x in (near, FAR))
        before, after = (np.array(player.js(CORNERS, ["x", 7, 7])) for player in (one, two))
        assert [divmod(n, 7) for n in range(49) if (before[n] != after[n]).any()] == [(2, 3)]
        assert one.root.locator(".cnn-scale").count() == 0
        said = two.root.locator(".cnn-scale").first.inner_text()
        assert said == "x from 0 (white) to 8 (red); ◥ 1 cell beyond, up to 1e9"
