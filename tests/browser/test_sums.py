"""Figure, alternative text and player say the same: numbers, sums, sizes, what does not fit, for every scene.

Python and the browser each print what they say; here the two are compared, step by step, and none may differ. Below
them faults that this must catch.
"""

import functools
import re

import numpy as np
import pytest
from drawn import SCENES, unwrapped
from hypothesis import HealthCheck, Phase, given, settings
from modules import KINDS, ask, drawn, load
from scene_cases import scenes
from sweeps import examples

from cnnlib.viz import pool, slide
from cnnlib.viz.kit import numbers
from cnnlib.viz.slide import fit, words
from cnnlib.viz.slide.parts import Plan

RNG = np.random.default_rng(3)
# Sums of which the middle is left out, but for the winner.
LONG = [pool(RNG.integers(-99, 99, (9, 9)), 8, 1), slide(RNG.normal(size=(6, 6)), RNG.normal(size=(5, 5)))]


@pytest.fixture(scope="module")
def page(browser):
    """A page with the modules in it; tests only ask it."""
    context = browser.new_context()
    yield load(context)
    context.close()


# --- numbers ----------------------------------------------------------------------------------------------------------

TIES = [0.125, -0.375, 1.005, 2.5, -3.5, 0.15, 1234.5, 12345.5, 2.0**-14, 0.5, 9.995, 9.5, 25.0,
        35.0, 1250.0, 1.25e9, 2.0**-8]
SPECIAL = [0.0, -0.0, 1e-9, -2.5e-6, 1 / 3, -2 / 3, 0.01, 0.0099999, 99999.5, 999999.5, 1e6, 1e9, -1e9, 1e9 - 0.25,
           1e15, 2.0**60, 1e21, -2.5e30, 1e100, 5e-324, 1e-300, 0.1, 0.3, 0.1 + 0.2, 1e5 / 3, 1e20 / 3]
DRAWS = [
    lambda n: RNG.integers(-9, 10, n), lambda n: RNG.integers(-64, 65, n) / 32, lambda n: RNG.normal(size=n),
    lambda n: RNG.normal(size=n).round(2), lambda n: 10.0 ** RNG.integers(-12, 12, n),
    lambda n: RNG.integers(-9, 9, n) / 3,
    lambda n: RNG.normal(size=n) * 10.0 ** RNG.integers(-9, 10, n), lambda n: RNG.choice([*TIES, *SPECIAL], n),
    lambda n: RNG.choice(TIES, n) * RNG.choice([-1, 1], n),
]


def test_the_limits_are_the_same(page):
    told = ask(page, "() => [numbers.ALWAYS, numbers.LONGEST_SUM, words.MOST_CHANNELS]", 0)
    assert told == [numbers.ALWAYS, numbers.LONGEST_SUM, words.MOST_CHANNELS]


def test_every_number_is_printed_alike(page):
    """With decimals and with powers of ten; also ties, which go to the even digit, and what is no finite number."""
    values = [float(v) for v in (*TIES, *SPECIAL, *(v for draw in DRAWS for v in draw(400)))]
    told = ask(page, """values => values.map(v => [
        ...[0, 1, 2, 3, 4].flatMap(d => [numbers.number(v, d), numbers.factor(v, d)]),
        ...[1, 2, 3, 5, 8].map(figures => numbers.power(v, figures))])""", values)
    for value, printed in zip(values, told, strict=True):
        assert printed == [
            *(text for d in range(5) for text in (numbers.number(value, d), numbers.factor(value, d))),
            *(numbers.power(value, figures) for figures in (1, 2, 3, 5, 8))], value
    endless = [numbers.number(float(text)) for text in ("inf", "-inf", "nan")]
    assert endless == ["∞", "−∞", "not a number"]
    assert ask(page, "() => [1 / 0, -1 / 0, 0 / 0].map(n => numbers.number(n))", 0) == endless


def random_sums(count):
    """Sums of products of all kinds of numbers, their means, and numbers that are not added at all."""
    for n in range(count):
        terms = int(RNG.choice([1, 1, 2, 3, 4, 9, 25]))
        x, w = DRAWS[RNG.integers(len(DRAWS))](terms), DRAWS[RNG.integers(len(DRAWS))](terms)
        divisor = (1, 1, 1, 0, terms)[n % 5]
        w = np.ones(terms) if divisor != 1 else w
        pairs = [[float(a), float(b)] for a, b in zip(x, w, strict=True)]
        value = max(a for a, _ in pairs) if divisor == 0 else sum(a * b for a, b in pairs) / divisor
        yield [pairs, float(value) if abs(value) < 1e100 else 1.0, divisor]


def printed_in(page, sums):
    """How the browser prints these sums: sign, factors, result."""
    return ask(page, """sums => sums.map(([pairs, value, divisor]) => {
        const printed = new numbers.Printed(pairs, value, divisor);
        return [printed.sign, ...pairs.flat().map(n => printed.factor(n)), printed.result(value)];
    })""", sums)


def printed(pairs, value, divisor):
    """The same in Python."""
    made = numbers.Printed(pairs, value, divisor)
    return [made.sign, *(made.factor(n) for pair in pairs for n in pair), made.result(value)]


def test_every_sum_is_printed_alike(page):
    """6,000 random ones; both signs, powers of ten and decimals are among them."""
    sums = list(random_sums(6000))
    told = printed_in(page, sums)
    wrong = [(given, one) for given, one in zip(sums, told, strict=True) if one != printed(*given)]
    assert wrong == []
    for sign in "=≈":
        assert sum(one[0] == sign for one in told) > 500
    assert sum("e" in one[-1] for one in told) > 500


@pytest.mark.control
@pytest.mark.parametrize(("old", "new"), [
    ("/[02468]$/.test(down) ? down : text", "false ? down : text"),
    ("tie ? [down, +power] : ", ""),
    ("numbers.every(n => near(n, digits)) && ", ""),
    ("faint >= 0.01", "true"),
    ("sum + read(x) * read(w), 0)", "sum + read(x) * read(w), 0.01)"),
])
def test_a_printer_with_a_fault_is_caught(context, old, new):
    """The two comparisons above can fail."""
    page = load(context, [("numbers.js", old, new)])
    sums = [*random_sums(1500), *([[[v, 1.0]], v, 0] for v in TIES)]
    values = [[float(v), figures] for v in TIES for figures in (1, 2, 5)]
    same = ask(page, "cases => cases.map(([v, f]) => [numbers.number(v), numbers.power(v, f)])", values) == [
        [numbers.number(v), numbers.power(v, f)] for v, f in values]
    assert not same or printed_in(page, sums) != [printed(*given) for given in sums]


# --- scenes -----------------------------------------------------------------------------------------------------------

SAY = """specs => specs.map(spec => {
    const s = scene.derive(spec), { textOf } = numbers, frames = Array.from({ length: s.steps }, (_, i) => s.frame(i));
    const fit = words.fitText(s);
    const parts = pieces => numbers.unbroken(pieces).map(textOf);
    return {
        sums: frames.map(frame => textOf(words.sumLine(frame, s))),
        parts: frames.map(frame => parts(words.sumLine(frame, s))),
        channels: frames.map(frame => words.channelLines(frame, s).map(textOf)),
        sizes: words.sizeFormula(s).map(textOf), fit: fit && [fit.text, fit.fixes.map(({ text }) => text)],
    };
})"""


def said(scene):
    """What the figure and the alternative text of a scene are made from, as the browser names it."""
    plan = Plan(scene)
    lines = [words.sum_line(plan, i) for i in range(scene.steps)]
    channels = [[numbers.text_of(line) for line in words.channel_lines(plan, i)] for i in range(scene.steps)]
    parts = [[numbers.text_of(group) for group in numbers.unbroken(line)] for line in lines]
    return {"sums": [numbers.text_of(line) for line in lines], "parts": parts, "channels": channels,
            "sizes": fit.size_lines(scene), "fit": split(fit.fit(scene))}


def split(sentences):
    """The figure's offers one by one, for the player has a button for each: of "stride 1 or 2" two."""
    if sentences is None:
        return None
    offers = re.findall(r"(padding|kernel size|stride) (\d+(?: or \d+)*)", sentences[1])
    return [sentences[0], [f"{name} {n}" for name, every in offers for n in every.split(" or ")]]


@functools.cache
def spoken():
    """120 drawn scenes and two more, each with what it says in Python."""
    return [(scene, said(scene)) for scene in (*drawn(120, seed=11), *LONG)]


def differing(page, some):
    """(scene, what it says in Python, what in the browser) wherever the two differ; `some` are pairs as in `spoken`."""
    told = ask(page, SAY, [scene.spec for scene, _ in some])
    return [(scene.digest, key, here[key], one[key]) for (scene, here), one in zip(some, told, strict=True)
            for key in one if here[key] != one[key]]


def test_every_scene_says_the_same(page):
    """Each step of the drawn scenes: sums, channel lines, size formula, what does not fit and what would."""
    assert {scene.kind for scene, _ in spoken()} == set(KINDS)
    assert differing(page, spoken()) == []


def test_scenes_of_all_forms_say_the_same(page):
    """Those of the strategy that the tests without a browser share."""
    found = []

    @settings(max_examples=examples(60), phases=[Phase.generate], suppress_health_check=[*HealthCheck])
    @given(scenes())
    def collect(scene):
        if scene.steps <= 200:
            found.append(scene)

    collect()
    assert len({scene.kind for scene in found}) > 3
    assert differing(page, [(scene, said(scene)) for scene in found]) == []


@pytest.mark.alike(6)
@pytest.mark.parametrize("name", SCENES)
def test_what_is_drawn_is_what_the_player_says(page, name):
    """The text that stands in the figure, and the sum in its words."""
    scene = SCENES[name]
    steps = sorted({scene.steps // 2, scene.steps - 1})
    told = ask(page, """([spec, steps]) => {
        const s = scene.derive(spec), { textOf } = numbers;
        return steps.map(s.frame).map(frame => [
            ...words.channelRows(frame, s).map(([label, pieces]) => [label, textOf(pieces)]),
            [`step ${frame.step + 1} of ${s.steps}`, textOf(words.sumLine(frame, s))]]);
    }""", [scene.spec, steps])
    for step, rows in zip(steps, told, strict=True):
        assert unwrapped(scene.figure(step))[:len(rows)] == list(map(tuple, rows))
        if len(rows[-1][1]) < 120:
            assert f": {rows[-1][1]}." in scene.alt(step)


@pytest.mark.control
@pytest.mark.parametrize(("file", "old", "new"), [
    ("numbers.js", "ALWAYS = 9", "ALWAYS = 6"),
    ("numbers.js", "LONGEST_SUM = 120", "LONGEST_SUM = 60"),
    ("numbers.js", "also ?? count - 1", "count - 1"),
    ("numbers.js", "(?<=,) | (?=", "(?<=,) |(?="),
    ("words.js", "extra > 1 : given.x > axes", "extra > 0 : given.x > axes"),
    ("words.js", '" + bias "', '" + "'),
    ("words.js", "after > 0]", "false]"),
    ("words.js", "`${name}: `", "`${name} `"),
    ("words.js", "scene.record.nobody", '"nobody reads this cell"'),
    ("words.js", "term.channel === channel", "true"),
])
def test_a_word_that_differs_is_caught(context, file, old, new):
    """The comparison of scenes can fail."""
    assert differing(load(context, [(file, old, new)]), spoken())
