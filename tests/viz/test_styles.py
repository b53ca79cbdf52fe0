"""Nobody's matplotlibrc or `plt.style.use` changes a picture of ours, and no picture changes anybody's settings."""

import contextlib
import io

import matplotlib
import numpy as np
import pytest
from drawn import SCENES

import cnnlib as cnn
from cnnlib.viz.kit import png, texts

RNG = np.random.default_rng(5)
GREY, IMAGE, SHIFTS = RNG.random((3, 1, 9, 9)), RNG.random((12, 12)), {"pool": lambda x: x[..., ::2]}
HISTORY = {"epoch": [1, 2, 3], "loss": [2, 1, 0.5], "accuracy": [0.1, 0.4, 0.9], "val_loss": [2, 1, 0.8],
           "val_accuracy": [0.1, 0.3, 0.7]}
DRAWN = {name: SCENES[name].figure for name in ("signal, padded", "image, does not fit", "channels", "max, large")} | {
    "shifts": lambda: cnn.viz.shifts([0, 0, 1, 2, 1, 0, 0, 0], SHIFTS).figure(1),
    "kernel lab": lambda: cnn.viz.kernel_lab(np.eye(16), "box", second="sharpen").figure(8),
    "a stack": lambda: cnn.viz.stack_explorer(cnn.nn.Sequential(cnn.nn.Conv2d(1, 2, 3)), np.eye(9), dx=1).figure(),
    "shifts of an image": lambda: cnn.viz.shifts(np.eye(16), SHIFTS).figure(1),
    "image_grid": lambda: cnn.viz.image_grid(GREY, list("abc")),
    "feature_maps": lambda: cnn.viz.feature_maps(GREY[:, 0] - 0.5),
    "filters": lambda: cnn.viz.filters(GREY[:, :, :3, :3]),
    "heat_maps": lambda: cnn.viz.heat_maps(GREY, GREY[:, 0] - 0.5),
    "nested_windows": lambda: cnn.viz.nested_windows(IMAGE, ["a", "b"], [3, 5], 2),
    "patch2d": lambda: cnn.viz.patch2d(IMAGE, [[-1, 1]], 2, 3),
    "learning_curves": lambda: cnn.viz.learning_curves(HISTORY),
    "confusion_matrix": lambda: cnn.viz.confusion_matrix([[9, 1], [3, 7]], ["cat", "dog"]),
    "reliability": lambda: cnn.viz.reliability({"a": ([0.5, 0.9], [0, 1]), "b": ([0.3, 0.8], [1, 1])}),
    "bars": lambda: cnn.viz.bars(["a", "b"], {"parameters": [608, 48120]}),
    "masks": lambda: cnn.viz.masks(GREY, GREY[:, 0] > 0.5, GREY[:, 0] > 0.4, list("abc")),
    "matrices": lambda: cnn.viz.matrices({"a filter": [[-1, 1, 0], [0, -1, 1]]}),
    "signals": lambda: cnn.viz.signals([{"heart": ([0, 1, 2], [0.1, -0.9, 0.2])}], "millivolts"),
    "slide1d": lambda: cnn.viz.slide1d([0, 1, 0, 1, 1], [-1, 1], padding=1),
    "network_explorer": lambda: cnn.viz.network_explorer(cnn.zoo.classifier(1, 1, 0, size=9), GREY).figure(),
    "size_ruler": lambda: cnn.viz.size_ruler(7, 3, stride=3),
    "network_costs": lambda: cnn.viz.network_costs({"a": (1998, 61706, 416520), "b": (2012, 10**8, 10**9)}),
    "volumes": lambda: cnn.viz.volumes(cnn.zoo.lenet5(), (1, 28, 28)),
    "wiring": lambda: cnn.viz.wiring(5, 2),
}
HOSTILE = {
    "axes.axisbelow": False, "axes.facecolor": "#002b36", "axes.formatter.limits": (0, 0), "axes.grid": True,
    "axes.labelpad": 30, "axes.linewidth": 5, "axes.spines.left": False, "axes.titlecolor": "yellow",
    "axes.titlelocation": "left", "axes.titleweight": "bold", "axes.unicode_minus": False, "axes.xmargin": 0.4,
    "figure.constrained_layout.w_pad": 0.4, "figure.dpi": 37, "figure.edgecolor": "red", "figure.facecolor":
    "#002b36", "figure.frameon": False, "font.family": "serif", "font.size": 31, "font.weight": "bold",
    "grid.color": "red", "hatch.color": "red", "hatch.linewidth": 6, "image.aspect": "auto", "image.cmap": "jet",
    "image.interpolation": "bilinear", "image.origin": "lower", "image.resample": False, "legend.frameon": True,
    "lines.antialiased": False, "lines.color": "red", "lines.dashed_pattern": (1, 9), "lines.scale_dashes": False,
    "patch.antialiased": False, "patch.edgecolor": "red", "patch.force_edgecolor": True, "path.sketch": (3, 20, 4),
    "path.snap": False, "savefig.bbox": "tight", "savefig.dpi": 20, "savefig.facecolor": "red",
    "savefig.pad_inches": 1, "savefig.transparent": True, "svg.fonttype": "path", "svg.image_inline": False,
    "text.antialiased": False, "text.color": "white", "text.usetex": True, "text.hinting": "none",
    "text.parse_math": True, "xtick.bottom": False, "xtick.direction": "in", "xtick.labelsize": 3,
    "xtick.minor.visible": True, "ytick.left": False,
}


STYLES = {"dark_background": lambda: _pyplot().style.context("dark_background"),
          "ggplot": lambda: _pyplot().style.context("ggplot"), "hostile": lambda: matplotlib.rc_context(HOSTILE)}


def _pyplot():
    from matplotlib import pyplot

    return pyplot


@pytest.fixture(autouse=True)
def usual():
    """Each test begins with matplotlib's own settings, and with nothing measured."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        texts._measured.cache_clear()
        yield


def settings():
    return {name: matplotlib.rcParams[name] for name in matplotlib.rcParams if not name.startswith("backend")}


def pixels(fig):
    """What the figure's own `savefig` writes, and what a page shows of it: all that it holds, and what is within it."""
    saved = io.BytesIO()
    fig.savefig(saved, format="raw")
    return saved.getvalue(), png._drawn_tight(fig).tobytes(), png._drawn(fig).tobytes()


@pytest.mark.alike(10)
@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_the_same_under_all_settings(name):
    """Made and drawn under them; and made before, drawn under them."""
    expected = pixels(DRAWN[name]())
    for style in STYLES if name in ("image_grid", "channels") else ["hostile"]:
        texts._measured.cache_clear()
        before = DRAWN[name]()
        with STYLES[style]():
            theirs = settings()
            assert pixels(DRAWN[name]()) == expected, style
            assert pixels(before) == expected, style
            assert settings() == theirs


@pytest.mark.alike(3)
@pytest.mark.parametrize("suffix", [".png", ".svg", ".gif"])
def test_a_file_is_the_same_under_all_settings(tmp_path, suffix):
    for shown in (SCENES["signal, padded"], cnn.viz.shifts([0, 1, 2, 1], SHIFTS)):
        expected = shown.save(tmp_path / f"usual{suffix}").read_bytes()
        with matplotlib.rc_context(HOSTILE):
            assert shown.save(tmp_path / f"theirs{suffix}").read_bytes() == expected


def test_settings_stay_as_they_were_where_drawing_fails():
    with matplotlib.rc_context(HOSTILE):
        theirs = settings()
        with contextlib.suppress(ValueError):
            cnn.viz.slide(np.ones((200, 3, 3)), np.ones((200, 200, 3, 3))).figure()
        assert settings() == theirs
