"""The fields below the boards: geometry, what does not fit, ready-made kernels, bias; in a real Chromium.

What is committed is read from the model and held to `cnn.viz`. Each check also runs on a player that was broken on
purpose, and must notice.
"""

import numpy as np
import pytest
from editing import FILTERS, IMAGE, MISFIT, SIGNAL, W, X, notices, quiet, shows, type_into

from cnnlib.viz import Scene, pool, slide, transpose

# --- geometry ---------------------------------------------------------------------------------------------------------

WIDER = [[0, 0, 0, 0, 0], [0, *W[0], 0], [0, *W[1], 0], [0, *W[2], 0], [0] * 5]
GEOMETRY = [
    ("Kernel size", 5, slide(X, WIDER)), ("Kernel size", 1, slide(X, [[1]])), ("Stride", 2, slide(X, W, stride=2)),
    ("Padding", 1, slide(X, W, padding=1)), ("Dilation", 2, slide(X, W, dilation=2)),
]


def check_geometry(page):
    for name, value, scene in GEOMETRY:
        player = page.mount(IMAGE, step=3)
        player.control(name).fill(str(value))
        assert player.trait("spec") == IMAGE.spec   # half a number is none
        page.page.keyboard.press("Enter")
        assert player.saves("spec") == [scene.spec] and player.step == 3
        assert player.voice.startswith(f"{name} {value}. y is ")
        shows(player)
        player.press("Undo")
        assert player.trait("spec") == IMAGE.spec and player.control(name).input_value() == player.control(
            f"{name} slider").input_value()
        slider = player.control(f"{name} slider")
        slider.focus()
        page.page.keyboard.press("ArrowRight" if value > 1 or name == "Padding" else "ArrowLeft")
        if abs(value - int(slider.get_attribute("min"))) <= 1:
            assert player.saves("spec")[-1]["kernel"] == [2, 2] if name == "Kernel size" else scene.spec
        shows(player)
        quiet(player)
        page.clear()


def test_geometry(page):
    check_geometry(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("change({ [key]: +input.value }", "change({ [key]: 2 }"),
    ("history.settle(outcome(`${name} ${range.value}`));", ""),
])
def test_wrong_geometry_is_noticed(browser, change):
    notices(browser, check_geometry, change)


def test_a_slider_is_one_entry(page):
    player, mouse = page.mount(slide(X, W, padding=1), step=20), page.page.mouse
    player.control("Kernel size slider").scroll_into_view_if_needed()
    box = player.control("Kernel size slider").bounding_box()
    y = box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] * 0.25, y)   # 3 of 1 … 9
    mouse.down()
    for share in (0.4, 0.6, 1, 0.8, 0.5):
        mouse.move(box["x"] + box["width"] * share, y)
    assert player.saves("spec") == []
    shows(player, slide(X, WIDER, padding=1).spec)
    mouse.up()
    assert player.saves("spec") == [slide(X, WIDER, padding=1).spec]   # nothing was cropped on the way
    assert player.step == 20
    player.press("Undo")
    assert player.button("Undo").is_disabled()


BAD_GEOMETRY = [
    ("Kernel size", "8"), ("Kernel size", "0"), ("Stride", "0"), ("Stride", "1.5"), ("Stride", "-2"),
    ("Padding", "-1"), ("Padding", "9999"), ("Padding", "--"), ("Dilation", "4"), ("Dilation", "0"), ("Stride", ""),
    ("Kernel size", "1e400"),
]


def check_bad_geometry(page, bad=BAD_GEOMETRY[:3]):
    player = page.mount(IMAGE, step=3)
    for name, text in bad:
        control = player.control(name)
        control.focus()
        control.press("Control+a")
        page.page.keyboard.press("Backspace")
        page.page.keyboard.type(text)
        page.page.keyboard.press("Enter")
        assert control.get_attribute("aria-invalid") == "true"
        assert "expected" in player.error and player.trait("spec") == IMAGE.spec
        shows(player, IMAGE.spec)
        page.page.keyboard.press("Escape")
        quiet(player)
        assert control.input_value() in "0 1 3"
    assert player.saves("spec") == []


def test_bad_geometry(page):
    check_bad_geometry(page, BAD_GEOMETRY)


@pytest.mark.control
def test_taken_bad_geometry_is_noticed(browser):
    notices(browser, check_bad_geometry, ("    const wrong = problem(spec);", "    const wrong = null;"))


def test_a_bad_slider_goes_back(page):
    player = page.mount(slide(X, W, dilation=3))   # spans all 7 cells
    slider = player.control("Dilation slider")
    slider.focus()
    page.page.keyboard.press("ArrowRight")
    assert player.error.startswith("the kernel's height with dilation 4") and slider.input_value() == "3"
    page.page.keyboard.press("ArrowLeft")
    assert player.trait("spec")["dilation"] == [2, 2]
    quiet(player)


def test_sides_that_differ(page):
    player = page.mount(slide(X, W, stride=(2, 1), padding=((1, 0), (1, 0))))
    stride, padding = player.control("Stride"), player.control("Padding")
    assert [stride.input_value(), stride.get_attribute("placeholder")] == ["", "2 × 1"]
    assert [padding.input_value(), padding.get_attribute("placeholder")] == ["", "1+0"]
    stride.focus()
    page.page.keyboard.press("Enter")
    assert player.error == "" and player.saves("spec") == []
    stride.fill("2")
    page.page.keyboard.press("Enter")
    assert player.trait("spec")["stride"] == [2, 2] and stride.get_attribute("placeholder") == ""
    quiet(player)


@pytest.mark.alike(2)
@pytest.mark.parametrize("scene, missing", [
    (pool(X, 3, 2), ["Dilation", "Preset", "bias b[0]"]), (pool(X, 2, mode="avg"), ["Dilation", "Preset", "bias b[0]"]),
    (transpose(X, W, stride=2), ["Dilation"]), (slide(X, W, direction="dx"), ["bias b[0]"]),
    (slide(X, W, direction="dw"), ["bias b[0]", "Preset"]), (SIGNAL, []),
], ids=lambda value: value.kind if isinstance(value, Scene) else "")
def test_only_what_applies(page, scene, missing):
    player = page.mount(scene)
    names = ["Kernel size", "Stride", "Padding", "Dilation", "bias b[0]", "Preset"]
    assert [name for name in names if not player.control(name).is_visible()] == [n for n in names if n in missing]
    player.control("Stride").fill("1")
    page.page.keyboard.press("Enter")
    player.control("Kernel size").fill("4")
    page.page.keyboard.press("Enter")
    player.control("Padding").fill("1")
    page.page.keyboard.press("Enter")
    spec = player.trait("spec")
    assert spec["kernel"][1] == 4 and spec["stride"][1] == 1 and spec["padding"][1] == [1, 1]
    shows(player)
    quiet(player)


# --- what does not fit ------------------------------------------------------------------------------------------------

FIXES = {   # kernel size, stride, padding
    "padding 1": (3, 3, 1), "kernel size 1": (1, 3, 0), "kernel size 4": (4, 3, 0), "stride 1": (3, 1, 0),
    "stride 2": (3, 2, 0),
}


def check_fixes(page):
    player = page.mount(MISFIT)
    assert "The last row and the last column are never read" in player.text("cnn-fit")
    assert "remainder 1" in player.text("cnn-fit")
    assert player.root.locator(".cnn-fit button").all_text_contents() == list(FIXES)
    for name, (kernel, stride, padding) in FIXES.items():
        player.press(name)
        spec = player.trait("spec")
        assert (spec["kernel"], spec["stride"], spec["padding"][1]) == ([kernel] * 2, [stride] * 2, [padding] * 2)
        assert (7 + 2 * padding - kernel) % stride == 0 and "It fits" in player.text("cnn-fit")
        assert player.root.locator(".cnn-fit button").count() == 0
        shows(player)
        page.page.keyboard.press("Control+z")
        assert player.trait("spec") == MISFIT.spec
    assert len(player.saves("spec")) == 10


def test_fixes(page):
    check_fixes(page)
    assert not page.mount(IMAGE).root.locator(".cnn-fit").is_visible()


@pytest.mark.control
def test_fixes_that_do_nothing_are_noticed(browser):
    notices(browser, check_fixes, ("change(what, outcome(text));", ""))


# --- ready-made kernels and the bias ----------------------------------------------------------------------------------

KERNELS = {
    "identity": [[0, 0, 0], [0, 1, 0], [0, 0, 0]], "blur": [[1 / 9] * 3] * 3,
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]], "outline": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "sobel x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
}


def options(player):
    return player.control("Preset").locator("option").all_text_contents()[1:]


def check_presets(page):
    player = page.mount(IMAGE)
    assert options(player) == list(KERNELS) and player.control("Preset").input_value() == ""
    for name, kernel in KERNELS.items():
        player.control("Preset").select_option(name)
        assert player.trait("spec")["w"] == [[kernel]] and player.control("Preset").input_value() == name
        shows(player)
    type_into(player, "w", 0, 0, "9")
    assert player.control("Preset").input_value() == ""
    player = page.mount(FILTERS, step=5)   # the second filter's turn
    player.control("Preset").select_option("outline")
    assert player.trait("spec")["w"] == [FILTERS.spec["w"][0], [KERNELS["outline"]] * 2]
    player.press("First step")
    assert player.control("Preset").input_value() == ""
    shows(player)


def test_presets(page):
    check_presets(page)


@pytest.mark.control
@pytest.mark.parametrize("change", [
    ("panels.includes(a * lanes.length + b) ?", "true ?"), ("[-1, 5, -1]", "[-1, 4, -1]"),
    ("player.stage.panelsAt(player.step)", "player.stage.panelsAt(0)"),
])
def test_wrong_presets_are_noticed(browser, change):
    notices(browser, check_presets, change)


def test_presets_of_a_signal_and_of_other_sizes(page):
    player = page.mount(SIGNAL)
    assert options(player) == ["identity", "moving average", "difference", "sharpen"]
    kernels = {"identity": [0, 1, 0], "moving average": [1 / 3] * 3, "difference": [0, -1, 1], "sharpen": [-1, 3, -1]}
    for name, kernel in kernels.items():
        player.control("Preset").select_option(name)
        assert player.trait("spec")["w"] == [[[kernel]]]
    player = page.mount(slide(X, np.zeros((5, 4))))
    player.control("Preset").select_option("sharpen")
    assert player.trait("spec")["w"][0][0] == [[0] * 4, [0, -1, 0, 0], [-1, 5, -1, 0], [0, -1, 0, 0], [0] * 4]
    player = page.mount(slide(X, [[1, 2], [3, 4]]))
    allowed = [option.text_content() for option in player.control("Preset").locator("option:not(:disabled)").all()]
    assert allowed == ["identity", "blur"]


def check_bias(page):
    player, keyboard = page.mount(FILTERS, step=5), page.page.keyboard
    assert player.control("bias b[1]").input_value() == "-2"
    player.control("bias b[1]").fill("2.5")
    keyboard.press("Enter")
    assert player.saves("spec") == [{**FILTERS.spec, "b": [1, 2.5]}]
    shows(player)
    player.control("bias b[1]").fill("abc")
    keyboard.press("Enter")
    assert player.control("bias b[1]").get_attribute("aria-invalid") == "true"
    assert player.error.startswith('b[1] is "abc"')
    keyboard.press("Escape")
    quiet(player)
    player.press("First step")
    assert player.control("bias b[0]").input_value() == "1"
    player = page.mount(IMAGE)   # without one
    player.control("bias b[0]").fill("4")
    keyboard.press("Enter")
    assert player.trait("spec") == slide(X, W, 4).spec
    shows(player)


def test_bias(page):
    check_bias(page)


@pytest.mark.control
def test_a_wrong_bias_is_noticed(browser):
    notices(browser, check_bias, ("index: filter(), value", "index: 0, value"))


def test_random_input(page):
    player = page.mount(FILTERS)
    player.press("Random x")
    x = np.array(player.trait("spec")["x"])
    assert x.shape == (2, 4, 4) and 0 <= x.min() < x.max() <= 9 and (x == x.round()).all()
    shows(player)
