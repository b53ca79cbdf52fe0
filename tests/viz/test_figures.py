"""Scenes as figures: they show the scene's numbers, true sums, the right places, and nothing falls off the sheet."""

import math
import re

import numpy as np
import pytest
from drawn import (
    SCENES,
    cells,
    corners,
    digits,
    frames,
    lines,
    outlined,
    overlaps,
    picture,
    pixels,
    small,
    texts,
    whole,
    words,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

import cnnlib as cnn
from cnnlib.viz.kit import panels, style
from cnnlib.viz.kit.show import bundle
from cnnlib.viz.slide import figure, fit, layout
from cnnlib.viz.slide import words as told
from cnnlib.viz.slide.parts import Plan

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


def unwrapped(scene):
    """All lines, those that were broken in two in one piece."""
    return re.sub(r"\n: ", " ", words(scene.figure()))


# --- the sums ---------------------------------------------------------------------------------------------------------

@every_scene
def test_the_printed_sums_are_true(name):
    """Whoever works them out from the printed numbers gets the printed result, which is the scene's own."""
    scene = SCENES[name]
    for step in some_steps(scene)[:1]:
        fig, frame = figure.figure(scene, step), scene.frame(step)
        found = dict(lines(fig))[f"step {step + 1} of {scene.steps}"]
        if not frame.terms:
            assert found.endswith(" = 0 (no window reads this cell of x)")
            continue
        value, sign, right, printed = recalculated(found)
        assert value is None or agrees(value, sign, right, printed), found
        assert agrees(frame.value, "≈" if "≈" in found else "=", right, printed), found
        for label, text in lines(fig):
            if re.fullmatch(r"(channel|filter) \d+", label):
                value, sign, right, printed = recalculated(text)
                assert value is None or agrees(value, sign, right, printed), text
                assert agrees(frame.channel_sums[int(label.split()[1])], sign, right, printed), text


def test_a_sum_of_nine_is_written_out_and_a_longer_one_shortened():
    nine = cnn.viz.slide(np.ones((3, 3)), np.full((3, 3), 12))
    assert words(nine.figure()).count("1·12") == 9 and "…" not in words(nine.figure())
    long = cnn.viz.slide(np.ones((5, 5)), np.full((5, 5), -2))
    assert 3 <= words(long.figure()).count("1·(−2)") < 9 and "… + 1·(−2) = −50" in words(long.figure())


def test_channels_then_their_sum_then_the_bias():
    scene = cnn.viz.slide([[1, 2], [3, 4]], [[[1, 0], [0, -1]]], b=[5])
    assert lines(scene.figure())[:3] == [
        ("channel 0", "1·1 + 2·0 = 1"), ("channel 1", "3·0 + 4·(−1) = −4"),
        ("step 1 of 1", "y[0, 0] = 1 + (−4) + bias 5 = 2")]


def test_of_many_channels_the_first_and_the_last():
    labels = [label for label, _ in lines(SCENES["many channels"].figure())]
    assert labels[:5] == ["channel 0", "channel 1", "…", "channel 15", "step 192 of 192"]


@settings(max_examples=60, deadline=None)
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
        assert value == pytest.approx(right, abs=1e-9) and right == pytest.approx(exact, abs=1e-6)
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
    assert "does not fit: " + " ".join(fit.fit(scene)) in unwrapped(scene)
    assert fit.fit(SCENES["image"]) is None and "does not fit" not in words(SCENES["image"].figure())


@settings(max_examples=150, deadline=None)
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


def test_cells_never_read_are_hatched():
    """Those after the last window, those between windows, and the gradient that never reaches them; and only those."""
    hatched = {"image, does not fit": 7 + 6, "signal, stride over cells": 9 - 4, "signal, padded": 1, "image": 0}
    for name, count in hatched.items():
        made, _ = picture(SCENES[name])
        assert outlined(made.panels["source"][0], style.PADDING, ":") == count, name
    made, _ = picture(SCENES["dx, never read"])
    assert outlined(made.panels["result"][0], style.PADDING, ":") == 13
    made, _ = picture(cnn.viz.slide(np.ones((31, 32)), np.ones((3, 3)), stride=4))   # no room for digits
    strips = {(p.get_y(), p.get_x(), p.get_height(), p.get_width()) for p in made.panels["source"][0].ax.patches
              if p.get_hatch() == "xxxx"}
    assert strips == {(n, 0, 1, 32) for n in range(3, 31, 4)} | {(0, n, 31, 1) for n in range(3, 32, 4)}
    assert "larger than the 2 cells that the kernel spans" in unwrapped(SCENES["signal, stride over cells"])


# --- the boards -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", ["image, padded", "channels", "signal, channels", "max", "transpose", "dx, channels"])
def test_every_cell_shows_its_number(name):
    """Of the source with its padding, of the weights in use, and of the result."""
    scene = SCENES[name]
    made, _ = picture(scene)
    source = scene.source.values
    (top, bottom), (left, right) = scene.padding if name not in ("transpose", "dx, channels") else ((0, 0), (0, 0))
    padded = np.pad(source, [(0, 0), (top, bottom), (left, right)])
    for values, panel in zip(padded, made.panels["source"], strict=True):
        found = digits(panel)
        assert {place: text for place, (text, _) in found.items()} == {
            place: style.number(value) for place, value in np.ndenumerate(values)}
    for values, panel in zip(scene.destination.values.reshape(-1, *scene.destination.values.shape[-2:]),
                             made.panels["result"], strict=True):
        assert {place: text for place, (text, _) in digits(panel).items()} == {
            place: style.number(value) for place, value in np.ndenumerate(values)}


def test_the_filter_of_the_step_is_shown():
    scene = SCENES["channels"]
    for step, k in ((0, 0), (9, 1)):
        made, _ = picture(scene, step)
        titles = [text.get_text() for text in made.sheet.texts]
        for c, panel in enumerate(made.panels["weights"]):
            assert {p: text for p, (text, _) in digits(panel).items()} == {
                p: style.number(v) for p, v in np.ndenumerate(scene.w[k, c])}
            assert f"w[{k}, {c}]" in titles and f"w[{1 - k}, {c}]" not in titles


def test_outputs_after_the_step_are_blank():
    for name in ("image, padded", "channels", "signal", "dw, channels"):
        scene = SCENES[name]
        step = scene.steps // 3
        made, _ = picture(scene, step)
        written = sum(len(digits(panel)) for panel in made.panels["result"])
        assert written == step + 1, name
    made, _ = picture(SCENES["28x28"], 100)
    known = np.ma.getmaskarray(made.panels["result"][0].image.get_array())
    assert (~known).sum() == 101 and not known.ravel()[:101].any()


@pytest.mark.parametrize("name", ["image", "image, padded", "channels", "28x28", "64x64", "max", "avg", "signal"])
def test_the_window_is_outlined_at_its_place(name):
    scene = SCENES[name]
    for step in some_steps(scene):
        made, _ = picture(scene, step)
        _, row, column = np.unravel_index(step, scene.y_shape)
        wanted = (row * scene.stride[0], column * scene.stride[1], *scene.kernel)
        for panel in made.panels["source"][:1 if scene.w is not None else 0]:
            assert frames(panel, style.KERNEL, 1.5) == [wanted]
        k, *_ = np.unravel_index(step, scene.y_shape)
        if scene.w is None:
            assert [frames(p, style.KERNEL, 1.5) for p in made.panels["source"]] == [
                [wanted] if c == k else [] for c in range(len(made.panels["source"]))]
        assert [frames(p, style.OUTPUT, 3) for p in made.panels["result"]] == [
            [(row, column, 1, 1)] if n == k else [] for n in range(len(made.panels["result"]))]


def test_a_dilated_window_is_outlined_cell_by_cell():
    scene = SCENES["image, dilated"]
    made, _ = picture(scene, 8)   # y[1, 1]
    assert sorted(frames(made.panels["source"][0], style.KERNEL)) == [
        (1 + 2 * u, 1 + 2 * v, 1, 1) for u in range(3) for v in range(3)]


def test_the_weights_of_a_signal_lie_below_their_cells():
    scene = SCENES["signal, padded"]
    made, _ = picture(scene, 2)
    w = made.panels["weights"][0]
    assert [column for _, column in sorted(digits(w))] == [4, 5, 6]
    assert w.corner_at[0] == made.panels["source"][0].corner_at[0] and w.cell == made.panels["source"][0].cell
    assert w.corner_at[1] > made.panels["source"][0].corner_at[1]


def test_the_winner_has_a_star():
    scene = SCENES["max, padded"]
    for step in (0, 4, 8):
        made, _ = picture(scene, step)
        stars = [place for place, text in corners(made.panels["source"][0]).items() if text == "★"]
        row, column = scene.frame(step).terms[scene.frame(step).winner].x_index
        assert stars == [(row + 1, column + 1)]
        assert frames(made.panels["source"][0], style.OUTPUT) == [(row + 1, column + 1, 1, 1)]


def test_the_padding_of_a_window_stays_padding():
    made, _ = picture(SCENES["max, padded"], 0)
    assert [text for _, (text, _) in sorted(digits(made.panels["weights"][0]).items())][:4] == ["−∞"] * 4
    assert outlined(made.panels["weights"][0], style.PADDING, "--") == 5


@pytest.mark.parametrize("name", ["transpose", "transpose, channels", "dx", "dx, channels", "dx, signal"])
def test_partners_carry_the_same_letter(name):
    """The products of cells with the same letter are the terms of the step, channel by channel."""
    scene = SCENES[name]
    for step in (0, scene.steps // 2):
        made, _ = picture(scene, step)
        for n, (source, weights) in enumerate(zip(made.panels["source"], made.panels["weights"], strict=True)):
            one, two = ({letter: float(digits(p)[place][0].replace("−", "-"))
                         for place, letter in corners(p).items()} for p in (source, weights))
            pairs = [(one[letter], two[letter]) for letter in sorted(one)]
            wanted = [(t.x, t.w) for t, place in zip(scene.frame(step).terms, Plan(scene).at(step).source, strict=True)
                      if place[0] == n]
            assert set(one) == set(two) and pairs == wanted


def test_gradients_are_named_and_their_arrow_points_back():
    for name, names in (("image", ["x", "w", "y"]), ("dx", ["∂L/∂x", "∂L/∂y", "w"]), ("dw", ["∂L/∂w", "x", "∂L/∂y"])):
        made, _ = picture(SCENES[name])
        titles = sorted((t.get_position()[0], t.get_text()) for t in made.sheet.texts if t.get_style() == "italic")
        assert [text for _, text in titles] == names   # from left to right
        (arrow,) = [t for t in made.sheet.texts if hasattr(t, "arrow_patch")]
        assert (arrow.xy[0] < arrow.xyann[0]) == name.startswith("d")
        side, end = (0, 2) if name.startswith("d") else (2, 0)   # it lies between the result and its neighbour
        neighbour = panels.box(made.panels["source" if name.startswith("d") else "weights"])[side]
        result = panels.box(made.panels["result"])[end]
        assert min(neighbour, result) < min(arrow.xy[0], arrow.xyann[0])
        assert max(arrow.xy[0], arrow.xyann[0]) < max(neighbour, result)
        assert f"step {SCENES[name].steps}" in words(made.fig) and f"{made.plan.result.name}[" in words(made.fig)


def test_large_boards_are_colours_with_their_range():
    scene = cnn.viz.slide(np.linspace(0, 255, 900).reshape(30, 30), [[1, -1]])
    made, _ = picture(scene)
    source, result = made.panels["source"][0], made.panels["result"][0]
    assert not digits(source) and digits(made.panels["weights"][0])
    assert np.allclose(source.image.get_array(), scene.x) and np.allclose(result.image.get_array(), scene.output)
    assert source.image.get_clim() == (-255, 255)   # zero is white
    assert "colours: x from 0 (white) to 255 (red); y from −0.28 (blue) to −0.28 (blue)" in words(made.fig)


# --- legible, and nothing lost ----------------------------------------------------------------------------------------

@every_scene
def test_nothing_is_clipped_overlaps_or_is_too_small(name):
    """Texts and outlines lie within the figure, no text on another or below 7 points; none is wider than 9 inches."""
    scene = SCENES[name]
    for step in some_steps(scene):
        made, renderer = picture(scene, step)
        image = np.asarray(renderer.buffer_rgba())[..., :3]
        assert (image[[0, 1, -2, -1]] == 255).all() and (image[:, [0, 1, -2, -1]] == 255).all()
        wide, high = made.fig.get_size_inches() * made.fig.dpi
        assert made.fig.get_figwidth() <= style.WIDTH + 1e-9 and made.fig.get_figheight() < 12
        found = texts(made.fig, renderer)
        assert [t for t, box, _ in found if box.x0 < 0 or box.y0 < 0 or box.x1 > wide or box.y1 > high] == []
        assert overlaps(found) == []
        assert [t for t, _, size in found if size < 7 and t != "★"] == []


@pytest.mark.parametrize("name", ["image, padded", "channels", "max, padded", "dx, never read", "large numbers"])
def test_digits_can_be_read_on_their_cells(name):
    """At least 4.5 to 1 against the face of the cell; dimmed weights, which have no part in the step, aside."""
    made, _ = picture(SCENES[name])
    shown = [p for key in ("source", "result") for p in made.panels[key]]
    for panel in shown:
        for (row, column), (_, colour) in digits(panel).items():
            faces = [face for box, face, _, _ in cells(panel)
                     if face[3] == 1 and box.contains(column + 0.5, row + 0.5)]
            assert style.contrast(to_rgb(colour), to_rgb(faces[-1])) >= 4.5


def test_roles_of_a_sum_stand_out_from_white():
    assert min(style.contrast(colour, "white") for colour in panels.COLOURS.values()) > 3.8


def test_the_same_scene_gives_the_same_picture():
    one, two = (pixels(SCENES["channels"].figure(4)) for _ in range(2))
    assert (one == two).all() and (pixels(SCENES["channels"].figure(5)).shape == one.shape)


def test_steps_that_do_not_exist_are_refused():
    scene = SCENES["image"]
    for bad in (9, -1):
        with pytest.raises(ValueError, match=r"^i"):
            scene.figure(bad)
    with pytest.raises(TypeError, match=r"i must be an integer, found 1\.5"):
        scene.figure(1.5)
    assert (pixels(scene.figure()) == pixels(scene.figure(8))).all()


def test_too_many_panels_are_refused_with_the_way_out():
    scene = cnn.viz.slide(np.ones((400, 8, 8)), np.ones((1, 400, 3, 3)))
    with pytest.raises(ValueError, match=r"too many panels.*400 of x.*such as x\[:3\]"):
        scene.figure()


def test_sixty_four_by_sixty_four_with_three_channels_and_eight_filters():
    """The largest that has to be readable: each of its maps is at least an inch wide."""
    made = figure.Picture(SCENES["64x64"])
    assert len(made.panels["source"]) == 3 and len(made.panels["result"]) == 8
    for name in ("source", "result"):
        block = made.layout.blocks[name]
        assert not block.digits and block.cell[0] * 62 > 1


def test_channels_stand_beside_their_weights():
    made = figure.Picture(SCENES["channels"])
    for x, w in zip(made.panels["source"], made.panels["weights"], strict=True):
        assert x.middle == pytest.approx(w.middle) and x.corner_at[0] < w.corner_at[0]
    assert made.panels["source"][0].corner_at[1] >= layout.MARGIN


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


def test_a_figure_of_a_scene_can_be_shown():
    scene = SCENES["image"]
    data, _ = bundle(scene.figure(3), scene.alt(3))
    assert data["text/plain"] == f"[figure] {scene.alt(3)}"
