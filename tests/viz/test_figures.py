"""Scenes as figures: the scene's numbers at the right places, legible, and nothing falls off the sheet."""

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
    texts,
    unwrapped,
    words,
)
from matplotlib.colors import to_rgb

import cnnlib as cnn
from cnnlib.viz.kit import panels, style
from cnnlib.viz.kit.numbers import number
from cnnlib.viz.kit.show import mimebundle
from cnnlib.viz.slide import figure, layout
from cnnlib.viz.slide.parts import Plan

every_scene = pytest.mark.parametrize("name", SCENES)


def some_steps(scene):
    return sorted({scene.steps // 2, scene.steps - 1})


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
    said = dict(unwrapped(SCENES["signal, stride over cells"].figure()))
    assert "larger than the 2 cells that the kernel spans" in said["skipped"]


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
            place: number(value) for place, value in np.ndenumerate(values)}
    for values, panel in zip(scene.destination.values.reshape(-1, *scene.destination.values.shape[-2:]),
                             made.panels["result"], strict=True):
        assert {place: text for place, (text, _) in digits(panel).items()} == {
            place: number(value) for place, value in np.ndenumerate(values)}


def test_the_filter_of_the_step_is_shown():
    scene = SCENES["channels"]
    for step, k in ((0, 0), (9, 1)):
        made, _ = picture(scene, step)
        titles = [text.get_text() for text in made.sheet.texts]
        for c, panel in enumerate(made.panels["weights"]):
            assert {p: text for p, (text, _) in digits(panel).items()} == {
                p: number(v) for p, v in np.ndenumerate(scene.w[k, c])}
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


@pytest.mark.alike(4)
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
    for name, names in (("image", ["x", "w", "y"]), ("dx", ["dx", "dy", "w"]), ("dw", ["dw", "x", "dy"])):
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


def test_large_boards_are_colours_with_their_scale():
    """A picture goes from black to white, a response is blue and red around zero; each has its bar."""
    scene = cnn.viz.slide(np.linspace(0, 255, 900).reshape(30, 30), [[1, -1]])
    made, _ = picture(scene)
    source, result = made.panels["source"][0], made.panels["result"][0]
    assert not digits(source) and digits(made.panels["weights"][0])
    assert np.allclose(source.image.get_array(), scene.x) and np.allclose(result.image.get_array(), scene.output)
    assert source.image.get_clim() == (0, 255) and result.image.get_clim() == pytest.approx((-0.28, 0.28), abs=0.01)
    found = [text for _, text in lines(made.fig)]
    assert found[-2:] == ["x from 0 (black) to 255 (white)", "y from −0.28 (blue) to 0 (white)"]
    assert [image.get_clim() for image in made.sheet.images] == [p.image.get_clim() for p in (source, result)]


@pytest.mark.parametrize("name", ["28x28", "image, dilated", "zeros", "one cell"])
def test_x_and_y_of_one_size_have_cells_of_one_size(name):
    scene = SCENES[name]
    blocks = picture(scene)[0].layout.blocks
    assert (blocks["source"].cell == blocks["result"].cell) == (scene.x.shape == scene.output.shape or name == "zeros")


def test_a_few_channels_stand_beside_their_weights():
    """Row by row, whatever the sizes; also where there is no room for digits."""
    for size, channels in ((5, 3), (9, 3), (9, 4), (40, 3)):
        x = np.arange(channels * size**2).reshape(channels, size, size) % 7
        scene = cnn.viz.slide(x, np.ones((1, channels, 3, 3)))
        made, _ = picture(scene)
        x, w = made.panels["source"], made.panels["weights"]
        assert len({panel.corner_at[0] for panel in x}) == len({panel.corner_at[0] for panel in w}) == 1
        assert [panel.middle for panel in x] == pytest.approx([panel.middle for panel in w])


# --- legible, and nothing lost ----------------------------------------------------------------------------------------

@pytest.mark.alike(6)
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


@pytest.mark.alike(4)
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


def test_a_figure_of_a_scene_can_be_shown():
    scene = SCENES["image"]
    data, _ = mimebundle(scene.figure(3), scene.alt(3))
    assert data["text/plain"] == f"[figure] {scene.alt(3)}"
