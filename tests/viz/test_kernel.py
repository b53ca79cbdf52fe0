"""A kernel on a picture, in Python: its response is the library's, two kernels are one, wrong arguments are told."""

import base64
import json

import numpy as np
import pytest
from scipy import ndimage, signal

import cnnlib as cnn
from cnnlib.viz.kernel.figure import _spelt
from cnnlib.viz.kernel.presets import PRESETS, view_of
from cnnlib.viz.kit.live import Refused
from cnnlib.viz.kit.photos import photos

RNG = np.random.default_rng(3)
GREY = RNG.integers(0, 256, (17, 12))
COLOUR = RNG.integers(0, 256, (3, 11, 14))
WEIGHTS = RNG.integers(-4, 5, (4, 3)).astype(float)


def lab(image=GREY, kernel=WEIGHTS, **options):
    return cnn.viz.kernel_lab(image, kernel, **options)


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("kernel", [WEIGHTS, np.ones((1, 1)), RNG.integers(-9, 9, (5, 5))])
def test_the_response_is_that_of_the_library(stride, dilation, kernel):
    for padding, name in ((0, "valid"), ("same", "zeros")):
        expected = cnn.correlate2d(GREY.astype(float), kernel, stride, padding, dilation)
        assert np.allclose(lab(GREY, kernel, stride=stride, padding=name, dilation=dilation).response, expected)


@pytest.mark.parametrize(("padding", "mode"), [
    ("zeros", "constant"), ("reflect", "mirror"), ("replicate", "nearest"), ("circular", "wrap")])
def test_what_lies_around_the_picture(padding, mode):
    """As SciPy has it, under its own names."""
    kernel = RNG.integers(-4, 5, (5, 3))
    expected = ndimage.correlate(GREY.astype(float), kernel.astype(float), mode=mode)
    assert np.allclose(lab(GREY, kernel, padding=padding).response, expected)


def test_colours_are_convolved_one_by_one_and_added():
    tables = RNG.integers(-3, 4, (3, 3, 3))
    made = lab(COLOUR, tables, padding="valid")
    assert np.allclose(made.response, cnn.conv2d(COLOUR[None].astype(float), tables[None].astype(float))[0, 0])
    assert np.allclose(made.channels.sum(axis=0), made.response) and made.channels.shape == (3, 9, 12)
    one = lab(np.moveaxis(COLOUR, 0, -1), tables[0], padding="valid")
    assert np.allclose(one.channels[2], cnn.correlate2d(COLOUR[2].astype(float), tables[0]))
    grey = lab(COLOUR, tables[0], colour=False)
    assert grey.input.shape == (1, 11, 14)
    assert np.abs(grey.input[0] - np.tensordot([0.299, 0.587, 0.114], COLOUR, 1)).max() <= 0.5
    assert np.array_equal(lab(GREY, tables).input, np.stack([GREY] * 3)), "three tables: grey is three equal colours"


@pytest.mark.parametrize("sizes", [((3, 3), (3, 3)), ((2, 4), (5, 2)), ((1, 1), (4, 4))])
@pytest.mark.parametrize("padding", ["valid", "zeros", "reflect", "circular"])
def test_two_kernels_are_one(sizes, padding):
    a, b = (RNG.integers(-4, 5, size).astype(float) for size in sizes)
    made = lab(GREY, a, second=b, padding=padding)
    assert np.allclose(made.composed[0], signal.convolve2d(a, b))
    assert np.allclose(made.single[made.inside], made.response[made.inside]) and made.single[made.inside].size > 20
    assert padding in ("valid", "circular") or sizes[1] == (4, 4) or not np.allclose(made.single, made.response)


def test_pixels_are_whole_numbers_up_to_255():
    photo = cnn.data.photo("camera")
    made = lab({"a": photo, "b": COLOUR / 255})
    assert np.array_equal(made.input[0], np.round(photo * 255)) and made.picture == "a"
    spec = json.loads(json.dumps(made.spec))
    assert [each["shape"] for each in spec["pictures"]] == [[1, 256, 256], [3, 11, 14]]
    assert base64.b64decode(spec["pictures"][1]["data"]) == COLOUR.astype(np.uint8).tobytes()
    assert len(json.dumps(spec)) < 105_000, "pixels travel as bytes"


def test_words_digest_and_figure():
    made = lab(GREY, [[-1, 1]], stride=2)
    words = made.alt()
    assert words == made.figure().alt and "17 × 12" in words and "(−1 1)" in words and "9 × 6" in words
    assert f"from {made.response.min():.0f} to {made.response.max():.0f}".replace("-", "−") in words
    assert made.digest.startswith("KernelLab picture 17x12 k1x2 s2 zeros d1 -> 9x6, ")
    others = lab(GREY, [[-1, 2]]), lab(255 - GREY, [[-1, 1]])
    assert len({each.digest[-4:] for each in (made, *others)}) == 3
    assert "Filled in to row 0." in made.alt(0) and len(lab(COLOUR, RNG.random((3, 15, 15)), second="box").alt()) <= 500
    for kernel, count in (("sharpen", 2), ("sobel x", 1)):   # what keeps its lightness on dark pages: pictures
        fig = lab(cnn.data.photo("chelsea"), kernel).figure()
        fig.canvas.draw()
        assert len(photos(fig)) == count
    assert [_spelt(n) for n in (1e-4, -1 / 9, 0, 2)] == ["1e−4", "−0.11", "0", "2"], "a small weight is not 0"
    assert view_of(PRESETS["laplacian"]) == "signed" and view_of(PRESETS["gaussian"]) == "picture"


def test_a_player_holds_its_settings():
    player = lab({"a": GREY, "b": COLOUR}).player(stride=2, at=[1, 2])
    player.set_state({"kernel": [[[1, 0.5]]], "padding": "reflect", "picture": "b", "stride": 1})
    assert np.array_equal(player.lab.kernel, [[[1, 0.5]]]) and player.lab.input.shape[0] == 3
    assert player.lab.padding == "reflect" and player.at == [1, 2]
    player.kernel = "box"
    assert player.lab.response.shape == (11, 14) and player.kernel[0][1][1] == 1 / 9
    for wrong in ({"kernel": [[1, 2]] * 16}, {"kernel": [[[float("nan")]]]}, {"picture": "c"}, {"padding": "mirror"},
                  {"stride": 0}, {"stride": None}, {"at": [1]}, {"view": "grey"}, {"spec": {}}):
        before = player.state()
        player.set_state(wrong)
        assert player.state() == before, wrong
    with pytest.raises(Refused, match="kernel must hold weights of size at most"):
        player.kernel = [[1e9]]


def test_a_tour_of_the_lab():
    pages = [{"text": "{size}, sum {sum}", "set": {"kernel": "box", "view": "picture"}, "light": "kernel"},
             {"text": "b", "task": {"do": "moves", "down": 0, "right": 1, "solved": {"kernel": [[1, 0, 0]]}}},
             {"text": "c", "task": {"choose": ["yes", "no"], "right": 1, "why": ["Wrong.", "Right."]}},
             {"text": "d", "task": {"number": 2, "near": 0.5, "why": "So it is."}}]
    player = lab().player(tour=pages)
    made = player.tour["pages"]
    assert made[0]["text"] == "3 × 3, sum 1" and player.page == 1 and player.view == "picture"
    assert made[1]["task"] == {"do": "moves", "down": 0, "right": 1} and made[1]["then"]["kernel"] == [[[1, 0, 0]]]
    assert made[2]["set"]["kernel"] == [[[1, 0, 0]]] and made[2]["task"]["right"] == 1
    assert made[3]["task"] == {"number": 2.0, "near": 0.5, "why": "So it is."}
    assert "<summary>Tour, 4 pages</summary>" in player._still()[0]["text/html"]
    wrong = [([], "a list of pages"), ([{"text": "a", "set": {"speed": 1}}], "page 1: set has no 'speed'"),
             ([{"text": "a", "set": {"stride": 99}}], "page 1: stride must be at most"),
             ([{"text": "{best}"}], "the field {best}"), ([{"text": "a", "light": "sun"}], "light must be one of"),
             ([{"text": "a", "task": {"do": "sing"}}], "task must be"), ([{"text": "a", "task": 3}], "task must be"),
             ([{"text": "a", "task": {"do": "moves", "up": 1}}], "task has no 'up'"),
             ([{"text": "a", "task": {"choose": ["a"], "right": 0, "why": [""]}}], "two answers or more"),
             ([{"text": "a", "task": {"choose": ["a", "b"], "right": 2, "why": ["", ""]}}], "right must be"),
             ([{"text": "a", "task": {"choose": ["a", "b"], "right": 1, "why": "so"}}], "why must say"),
             ([{"text": "a", "task": {"number": float("nan")}}], "must be finite")]
    for tour, message in wrong:
        with pytest.raises((TypeError, ValueError)) as error:
            lab().player(tour=tour)
        assert message in str(error.value) and len(str(error.value)) < 300


@pytest.mark.parametrize(("arguments", "message"), [
    ({"image": np.ones((2, 3, 4, 5))}, "several pictures"), ({"image": np.ones(9)}, "image must have the shape"),
    ({"image": -np.ones((4, 4))}, "brightness from 0 to 1"), ({"image": np.full((4, 4), 300)}, "found 300 to 300"),
    ({"image": np.full((4, 4), np.nan)}, "image"), ({"image": np.ones((600, 4))}, "at most 512"),
    ({"image": {}}, "1 to 8"), ({"image": {"": GREY}}, "names of 1 to 24"), ({"image": {3: GREY}}, "names of"),
    ({"image": {"a": GREY, "b": "b"}}, 'image["b"]'), ({"image": None}, "image"), ({"image": "camera"}, "image"),
    ({"kernel": "gausian"}, "did you mean 'gaussian'"), ({"kernel": np.ones((16, 3))}, "at most 15"),
    ({"kernel": np.ones((2, 3, 3))}, "(3, Fh, Fw)"), ({"kernel": [[1e7]]}, "size at most"),
    ({"second": np.ones((3, 3, 3))}, "second must have the shape (Fh, Fw)"), ({"padding": 1}, "padding must be one of"),
    ({"stride": 0}, "stride"), ({"dilation": 9}, "dilation must be at most 8"), ({"view": "grey"}, "view must be"),
    ({"colour": "no"}, "colour"), ({"second": "box", "stride": 2}, "stride must be 1 for two kernels"),
    ({"image": [[1]], "padding": "valid"}, "kernel is too large"),
    ({"image": np.ones((5, 5)), "padding": "valid", "second": "gaussian"}, "second is too large"),
])
def test_what_is_wrong_is_told(arguments, message):
    with pytest.raises((TypeError, ValueError)) as error:
        cnn.viz.kernel_lab(**{"image": GREY} | arguments)
    assert message in str(error.value) and len(str(error.value)) < 300
    with pytest.raises(TypeError, match="lab must be what"):
        cnn.viz.KernelLab(GREY)
    with pytest.raises(TypeError, match="no argument 'speed'"):
        lab().player(speed=1)
