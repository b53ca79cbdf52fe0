"""What the player says, in a real browser: sums that are true as printed, size formulas, what does not fit, places.

Recorded sentences for what a learner meets first; for drawn scenes the properties: a sum printed with "=" is exactly
true, and every fix that is offered makes the window fit. At the end faults that these checks must catch.
"""

import re
from fractions import Fraction

import numpy as np
import pytest
from modules import accepted, ask, drawn, load

from cnnlib.viz import pool, slide, transpose
from cnnlib.viz.kit.numbers import text_of
from cnnlib.viz.slide.parts import Plan
from cnnlib.viz.slide.words import sum_line

SAY = """pairs => pairs.map(([spec, steps]) => {
    const s = scene.derive(spec), text = pieces => pieces.map(piece => piece.text).join("");
    return {
        lines: steps.map(i => [text(words.sumPieces(s.frame(i), s)), ...words.channelLines(s.frame(i), s).map(text)]),
        said: steps.map(i => words.announce(s, i)), size: words.sizeFormula(s).map(text), fit: words.fitText(s),
        roles: steps.map(i => words.sumPieces(s.frame(i), s).map(piece => piece.role)),
    };
})"""


@pytest.fixture(scope="module")
def page(browser):
    """A page with the modules in it; tests only ask it."""
    context = browser.new_context()
    yield load(context)
    context.close()


def say(page, scene, step=0):
    """Everything that is said of one step of a scene."""
    [told] = ask(page, SAY, [[scene.spec, [step]]])
    return {**told, "lines": told["lines"][0], "said": told["said"][0], "roles": told["roles"][0]}


# --- the substituted sum ----------------------------------------------------------------------------------------------

IMAGE = [[1, 8, 3, 0], [3, -2, 0, 1], [2, 0, 1, 5], [0, 4, 2, 2]]


@pytest.mark.parametrize(("scene", "step", "lines"), [
    (slide([0, 1, 0, 1, 1], [-1, 1]), 1, ["1·(−1) + 0·1 = −1"]),
    (slide([0, 1, 0, 1, 1], [-1, 1], -2), 3, ["1·(−1) + 1·1 + bias (−2) = −2"]),
    (slide(IMAGE, [[0, 1, 2], [1, 0, 0], [3, 1, 1]], 4), 0,
     ["1·0 + 8·1 + 3·2 + 3·1 + (−2)·0 + 0·0 + 2·3 + 0·1 + 1·1 + bias 4 = 28"]),
    (slide([0.5, 0.25], [0.5, -1]), 0, ["0.5·0.5 + 0.25·(−1) = 0"]),
    (slide([1 / 3, 1 / 3], [1, 1]), 0, ["0.33·1 + 0.33·1 ≈ 0.7"]),
    (slide([0.1, 0.2], [3, 3]), 0, ["0.1·3 + 0.2·3 = 0.9"]),
    (slide([1e9 + 0.25, 0.6], [1, 1]), 0, ["1e9·1 + 0.6·1 ≈ 1e9"]),
    (slide([[1, 2], [3, 4]], [[[1, 1], [2, -2]]], [1]), 0,
     ["3 + (−2) + bias 1 = 2", "1·1 + 2·1 = 3", "3·2 + 4·(−2) = −2"]),
    (slide([[1, 2], [3, 4]], [[[1, 1], [2, -2]]]), 0, ["3 + (−2) = 1", "1·1 + 2·1 = 3", "3·2 + 4·(−2) = −2"]),
    (pool([3, 8, 1, 2], 3, padding=1, mode="max"), 0, ["max(−∞, 3, 8) = 8"]),
    (pool([[3, 8], [-1, 1]], 2), 0, ["max(3, 8, −1, 1) = 8"]),
    (pool([[1, 8, 3], [3, 9, 0], [2, 0, 1]], 3), 0, ["max(1, 8, 3, 3, 9, 0, 2, 0, 1) = 9"]),
    (pool([1 / 3, 1], 2), 0, ["max(0.33, 1) ≈ 1"]),
    (pool([*range(11, 20), 30, *range(5)], 15), 0, ["max(11, 12, 13, 14, 15, 16, 17, 18, 19, 30, 0, 1, 2, 3, 4) = 30"]),
    (pool([*range(11, 20)] * 3 + [30] + [*range(11, 20)] * 2, 46), 0,
     [f"max({', '.join(map(str, [*range(11, 20)] * 2 + [*range(11, 17)]))}, …, 30, …, 19) = 30"]),
    (slide(np.arange(25), np.ones(25)), 0, [" + ".join(f"{n}·1" for n in range(16)) + " + … + 24·1 = 300"]),
    (slide(np.arange(9) - 0.25, np.full(9, -1.25)), 0,   # nine always, however long
     ["(−0.25)·(−1.25) + " + " + ".join(f"{n}.75·(−1.25)" for n in range(8)) + " = −42.1875"]),
    (slide(np.arange(12) - 0.25, np.full(12, -1.25)), 0,
     ["(−0.25)·(−1.25) + " + " + ".join(f"{n}.75·(−1.25)" for n in range(5)) + " + … + 10.75·(−1.25) = −78.75"]),
    (slide([1e-6, 2e-6], [1, 3]), 0, ["1e−6·1 + 2e−6·3 ≈ 7e−6"]),
    (pool([1, 3, 5, 7], 4, mode="avg"), 0, ["(1 + 3 + 5 + 7) / 4 = 4"]),
    (pool([1, 3, -2], 3, mode="avg"), 0, ["(1 + 3 + (−2)) / 3 ≈ 0.67"]),
    (pool([1, 3], 2, padding=1, mode="avg"), 0, ["(0 + 1) / 2 = 0.5"]),
    (slide([0, 0, 0], [1], stride=2, direction="dx"), 1, ["0 (no window reads this cell of x)"]),
    (slide([0, 0, 0], [2, 3], direction="dx", dy=[5, -1]), 1, ["5·3 + (−1)·2 = 13"]),
    (slide([1, 2, 3], [1, 1], direction="dw"), 1, ["2·1 + 3·1 = 5"]),
    (transpose([1, 2], [1], 7, stride=2), 1, ["7 (no input reaches this cell + bias 7)"]),
    (transpose([1, 2], [1], 1 / 3, stride=2), 1, ["≈ 0.33 (no input reaches this cell + bias 0.33)"]),
    (transpose([1, 2], [1, 10, 100], stride=2), 2, ["1·100 + 2·1 = 102"]),
])
def test_recorded_sums(page, scene, step, lines):
    assert say(page, scene, step)["lines"] == lines


def test_pieces_carry_roles(page):
    """Each number of a sum in the colour of what it stands for."""
    roles = ["input", "", "kernel", "", "input", "", "kernel", "", "kernel", "", "output"]
    assert say(page, slide([1, 2], [3, 4], 5))["roles"] == roles
    assert say(page, pool([1, 2], 2, padding=1))["roles"] == ["", "padding", "", "input", "", "output"]
    assert say(page, slide([1, 2], [3], direction="dx"))["roles"] == ["output", "", "kernel", "", "input"]


@pytest.mark.parametrize("scene", [slide(*data, direction=name) for name in ("dx", "dw") for data in (
    ([1, 2, 3], [1, 2]), (IMAGE, [[1, 2], [3, 4]]))], ids=repr)
def test_a_gradient_has_one_name(page, scene):
    """Over its board, in its sum and in what is announced, as in Python."""
    name = scene.record.result
    told = ask(page, """([spec]) => {
        const s = scene.derive(spec), line = words.sumLine(s.frame(1), s).map(piece => piece.text).join("");
        return [line, words.announce(s, 1), s.record.arrays[s.dest.name].title];
    }""", [scene.spec])
    assert told[0] == text_of(sum_line(Plan(scene), 1)) and told[0].startswith(f"{name}[")
    assert f": {name} " in told[1] and told[2] == f"gradient {name}"


def evaluated(side):
    """A printed side of a sum as an exact fraction."""
    side = side.replace("−", "-").replace("(", "").replace(")", "").replace("bias ", "")
    terms, _, divisor = side.partition(" / ")
    products = (np.prod([Fraction(n) for n in term.split("·")]) for term in terms.split(" + "))
    return sum(products) / Fraction(divisor or 1)


def untrue(scenes, told):
    """The printed lines that claim to be exact and are not: the line itself, or its result for the value written."""
    wrong = []
    for scene, one in zip(scenes, told, strict=True):
        for i, lines in enumerate(one["lines"]):
            exact = [line.split(" = ") for line in lines if " = " in line]
            wrong += [f"{left} = {right}" for left, right in exact
                      if "…" not in left and "max" not in left and evaluated(left) != evaluated(right)]
            if " = " in lines[0] and abs(evaluated(lines[0].split(" = ")[1]) - scene.frame(i).value) > 1e-7:
                wrong.append(f"{lines[0]}, not {scene.frame(i).value}")
    return wrong


def spoken(page, count=120):
    """Drawn scenes and all that is said of them."""
    scenes = drawn(count, seed=7)
    return scenes, ask(page, SAY, [[scene.spec, [*range(scene.steps)]] for scene in scenes])


@pytest.mark.long
def test_a_sum_printed_as_equal_is_equal(page):
    """Read back as exact fractions; a maximum is among its cells; "≈" is as near as a reader's own rounding."""
    scenes, told = spoken(page)
    lines = [line for one in told for lines in one["lines"] for line in lines]
    assert untrue(scenes, told) == []
    assert sum(" = " in line for line in lines) > 500 and sum(" ≈ " in line for line in lines) > 500
    for line in lines:
        if line.startswith("max"):
            listed, value = re.fullmatch(r"max\((.*)\) [=≈] (.*)", line).groups()
            assert value in listed.split(", ")
    for scene, one in zip(scenes, told, strict=True):
        for i, said in enumerate(one["said"]):
            assert said.startswith(f"Step {i + 1} of {scene.steps}: ") and said.endswith(one["lines"][i][0])
            value = float(re.search(r" is (\S+)\. ", said)[1].replace("−", "-"))
            assert abs(value - scene.frame(i).value) <= 0.0501


@pytest.mark.control
@pytest.mark.parametrize(("file", "old", "new"), [
    ("numbers.js", 'return ["≈", ', 'return ["=", '),                             # every sum claims to be exact
    ("numbers.js", "numbers.every(n => near(n, digits)) && ", ""),                # so do sums of rounded numbers
    ("numbers.js", "i - (places[n - 1] ?? -1) > 1 ? `${sign}…${sign}` : sign", "sign"),   # left out, without a word
    ("words.js", "bias === null ? [] : ", "true ? [] : "),
])
def test_untrue_sums_are_caught(context, file, old, new):
    """The property above can fail."""
    assert untrue(*spoken(load(context, [(file, old, new)]), 60))


# --- sizes ------------------------------------------------------------------------------------------------------------

SQUARE = np.arange(49).reshape(7, 7)


@pytest.mark.parametrize(("scene", "size"), [
    (slide(SQUARE, np.ones((3, 3)), stride=2, padding=1), ["⌊(7 + 2·1 − 3)/2⌋ + 1 = 4"]),
    (slide(SQUARE, np.ones((3, 3)), stride=2, padding=((1, 1), (1, 2))),
     ["height: ⌊(7 + 2·1 − 3)/2⌋ + 1 = 4", "width: ⌊(7 + 1 + 2 − 3)/2⌋ + 1 = 4"]),
    (slide(SQUARE, np.ones((3, 3)), dilation=2), ["⌊(7 + 2·0 − ((3 − 1)·2 + 1))/1⌋ + 1 = 3"]),
    (slide(np.ones(9), np.ones(4), stride=2), ["⌊(9 + 2·0 − 4)/2⌋ + 1 = 3"]),
    (slide(SQUARE, np.ones((3, 3)), direction="dx"), ["⌊(7 + 2·0 − 3)/1⌋ + 1 = 5"]),
    (pool(SQUARE, 2), ["⌊(7 + 2·0 − 2)/2⌋ + 1 = 3"]),
    (transpose(np.ones((4, 4)), np.ones((3, 3)), stride=2, padding=1), ["(4 − 1)·2 − 2·1 + 3 + 0 = 7"]),
    (transpose(np.ones((4, 4)), np.ones((3, 3)), stride=2, padding=((0, 1), (0, 1)), output_padding=1),
     ["(4 − 1)·2 − (0 + 1) + 3 + 1 = 9"]),
])
def test_recorded_size_formulas(page, scene, size):
    assert say(page, scene)["size"] == size


def test_a_window_that_does_not_fit(page):
    """7x7, kernel 3, stride 3: remainder 1, the last row and column, and the five nearest ways out."""
    fit = say(page, slide(SQUARE, np.ones((3, 3)), stride=3))["fit"]
    assert fit["remainder"] == "(7 − 3) leaves remainder 1 with stride 3"
    assert fit["text"] == "The last row and the last column are never read: (7 − 3) leaves remainder 1 with stride 3."
    assert fit["fixes"] == [
        {"text": "padding 1", "change": {"padding": 1}}, {"text": "kernel size 1", "change": {"kernel": 1}},
        {"text": "kernel size 4", "change": {"kernel": 4}}, {"text": "stride 1", "change": {"stride": 1}},
        {"text": "stride 2", "change": {"stride": 2}},
    ]
    assert say(page, slide(SQUARE, np.ones((3, 3)), stride=2))["fit"] is None
    assert say(page, transpose([1, 2], [1], stride=3))["fit"] is None


@pytest.mark.parametrize(("scene", "text"), [
    (slide(np.ones(7), np.ones(3), stride=3), "The last cell is never read: (7 − 3) leaves remainder 1 with stride 3"),
    (slide(np.ones(8), np.ones(3), stride=3),
     "The last 2 cells are never read: (8 − 3) leaves remainder 2 with stride 3"),
    (slide(np.ones((7, 6)), np.ones((3, 3)), stride=3),
     "The last row is never read: height (7 − 3) leaves remainder 1 with stride 3"),
    (slide(np.ones((6, 8)), np.ones((3, 3)), stride=3),
     "The last 2 columns are never read: width (8 − 3) leaves remainder 2 with stride 3"),
    (slide(np.ones((7, 8)), np.ones((3, 3)), stride=3),
     "The last row and the last 2 columns are never read: height (7 − 3) leaves remainder 1 with stride 3, "
     "width (8 − 3) leaves remainder 2 with stride 3"),
    (slide(np.ones(6), np.ones(3), stride=2, padding=1),
     "The last cell of the padding is never read: (6 + 2·1 − 3) leaves remainder 1 with stride 2"),
    (slide(np.ones(6), np.ones(3), stride=4, padding=1),
     "The last cell of the padding is never read: (6 + 2·1 − 3) leaves remainder 1 with stride 4"),
    (slide(np.ones(9), np.ones(3), stride=5, padding=1),
     "The last 2 cells and the padding after them are never read: (9 + 2·1 − 3) leaves remainder 3 with stride 5"),
    (slide(np.ones(9), np.ones(3), stride=3, dilation=2),
     "The last cell is never read: (9 − ((3 − 1)·2 + 1)) leaves remainder 1 with stride 3"),
    (pool(SQUARE, 2), "The last row and the last column are never read: (7 − 2) leaves remainder 1 with stride 2"),
])
def test_who_is_never_read(page, scene, text):
    assert say(page, scene)["fit"]["text"] == f"{text}."


def misfits(page, scenes):
    """The fixes that are offered for these scenes but do not fit, and how many were offered."""
    told = ask(page, SAY, [[scene.spec, []] for scene in scenes])
    fits = [(scene, one["fit"]) for scene, one in zip(scenes, told, strict=True) if one["fit"]]
    offers = [(scene.spec, fix["change"]) for scene, fit in fits for fix in fit["fixes"]]
    results = ask(page, "pairs => pairs.map(([spec, change]) => scene.withChange(spec, change))", offers)
    wrong = [offer for offer, spec in zip(offers, results, strict=True)
             if (fixed := accepted(spec)) is None or any(fixed.window.unread)]
    return wrong, len(offers)


def test_every_fix_fits_and_none_is_missing(page):
    """Each leaves no remainder in Python; and the nearest paddings and kernels are found, checked by trying all."""
    wrong, offered = misfits(page, [scene for scene in drawn(240, seed=9) if scene.kind != "transpose"])
    assert wrong == [] and offered > 100
    for n, f, s in [(7, 3, 3), (10, 4, 4), (12, 5, 3), (9, 2, 4), (11, 3, 5)]:
        fit = say(page, slide(np.ones((n, n)), np.ones((f, f)), stride=s))["fit"]
        expected = [{"padding": p} for p in range(f) if (n + 2 * p - f) % s == 0][:1]
        sizes = [g for g in range(1, n + 1) if (n - g) % s == 0]
        expected += [{"kernel": g} for g in [g for g in sizes if g < f][-1:] + [g for g in sizes if g > f][:1]]
        strides = [t for t in range(1, n) if (n - f) % t == 0]
        expected += [{"stride": t} for t in [t for t in strides if t < s][-2:] + [t for t in strides if s < t <= f][:1]]
        assert [fix["change"] for fix in fit["fixes"]] == expected


# --- places and announcements -----------------------------------------------------------------------------------------

def test_places_and_announcements(page):
    """A channel or filter is said only where there are several, a row only of images."""
    image = slide(np.eye(4), np.eye(2))
    assert say(page, image, 2)["said"] == "Step 3 of 9: y row 0, column 2 is 0. 0·1 + 0·0 + 0·0 + 0·1 = 0"
    assert say(page, slide([0, 1, 0], [-1, 1]), 1)["said"] == "Step 2 of 2: y position 1 is −1. 1·(−1) + 0·1 = −1"
    filters = slide(np.ones((2, 2, 2)), np.ones((3, 2, 1, 1)))
    assert say(page, filters, 7)["said"] == "Step 8 of 12: y filter 1, row 1, column 1 is 2. 1 + 1 = 2"
    kernel = slide(np.ones((2, 2, 2)), np.ones((3, 2, 1, 1)), direction="dw")
    assert say(page, kernel, 3)["said"].startswith("Step 4 of 6: dw filter 1, channel 1, row 0, column 0 is 4. ")
    pooled = say(page, pool(np.ones((2, 2, 2)), 2), 1)["said"]
    assert pooled.startswith("Step 2 of 2: y channel 1, row 0, column 0 is 1. ")
    spread = transpose(np.ones((1, 2)), np.ones((1, 2, 1)))
    assert say(page, spread, 3)["said"].startswith("Step 4 of 4: y filter 1, position 1 is 1. ")
    line = slide([1, 2, 3], [1])
    script = "([name, index, spec]) => words.indexText(name, index, scene.derive(spec))"
    for scene, name, index, text in [
        (image, "y", [0, 0, 2], "y[0, 2]"), (image, "y", 2, "y[0, 2]"), (image, "w", 3, "w[1, 1]"),
        (filters, "y", [2, 0, 1], "y[2, 0, 1]"), (filters, "w", [2, 1, 0, 0], "w[2, 1, 0, 0]"),
        (filters, "x", 4, "x[1, 0, 0]"), (kernel, "dw", 5, "dw[2, 1, 0, 0]"), (kernel, "dy", 5, "dy[1, 0, 1]"),
        (line, "x", 2, "x[2]"), (line, "p", 3, "p[3]"), (pool([1, 2, 3], 2), "y", 0, "y[0]"),
    ]:
        assert ask(page, script, [name, index, scene.spec]) == text


@pytest.mark.control
def test_fixes_that_do_not_fit_are_caught(context):
    """So can the check of the fixes."""
    page = load(context, [("words.js", "way.out >= 1 && way.rest === 0", "way.out >= 1 && way.rest <= 1")])
    assert misfits(page, [scene for scene in drawn(60, seed=9) if scene.kind != "transpose"])[0]
