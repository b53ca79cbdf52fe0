"""Figures say what they show: each number in their words is one that they draw, whatever it is."""

import numpy as np
import pytest
from matplotlib.figure import Figure

import cnnlib as cnn
from cnnlib.viz.kit import alt
from cnnlib.viz.kit.drawing import Figure as Drawn
from cnnlib.viz.kit.show import mimebundle

v = cnn.viz
HISTORY = {"epoch": [1, 2, 3], "loss": [2.3, 1.1, 0.5], "accuracy": [0.1, 0.6, 0.875], "val_loss": [2, 1.25, 1.5],
           "val_accuracy": [0.3, 0.61, 0.6]}
SQUARE = np.arange(64).reshape(8, 8) / 64
PIECES = [0.1, np.nan, 0.9, 0.5, np.nan, *[0.2] * 20]

SAID = {
    "bars": (v.bars(["CONV1", "FC"], {"parameters": [608, 48120]}), "Bars of parameters: CONV1 608, FC 48,120."),
    "confusion_matrix": (
        v.confusion_matrix([[9, 1], [3, 7]], ["cat", "dog"]),
        "A confusion matrix of 2 classes: 16 of 20 right. Recognised: cat 90 %, dog 70 %."),
    "feature_maps": (
        v.feature_maps([[[1, -2], [0, 3]]]),
        "1 map, 2 × 2, blue below zero, white zero, red above. map 0: 1 −2 / 0 3."),
    "feature_maps, large": (
        v.feature_maps(np.stack([SQUARE - 0.5, SQUARE]), ["left", "right"]),
        "2 maps, 8 × 8, blue below zero, white zero, red above. left: from −0.5 to 0.48, mean size 0.25. "
        "right: from 0 to 0.98, mean size 0.49."),
    "filters": (
        v.filters(np.array([[[[-1, 1], [0, 0.5]]]])),
        "1 filter, 2 × 2, weights from −1 to 1, blue below zero, white zero, red above. filter 0: −1 1 / 0 0.5."),
    "filters, of channels": (
        v.filters(np.full((2, 3, 5, 5), 0.25), ["a", "b"]),
        "2 filters, 5 × 5, 3 channels of each, weights everywhere 0.25, blue below zero, white zero, red above. a; b."),
    "heat_maps": (
        v.heat_maps(np.zeros((2, 4, 4)), [[[0, 1], [-2, 0]], [[0, 0], [0, 0]]], ["coat", "bag"]),
        "2 pictures, 4 × 4, each below a map of 2 × 2, orange above zero, blue below. coat: from −2 to 1, largest at "
        "pixel row 0, column 2. bag: zero everywhere."),
    "heat_maps, without titles": (
        v.heat_maps(np.zeros((2, 4, 4)), [[[0, 1], [-2, 0]], [[0, 0], [0, 0]]]),
        "2 pictures, 4 × 4, each below a map of 2 × 2, orange above zero, blue below. From −2 to 1, largest at pixel "
        "row 0, column 2. Zero everywhere."),
    "image_grid": (
        v.image_grid([[[0, 1]], [[1, 1]]], ["coat\n90 %", "bag"]),
        "2 pictures, 1 × 2: coat, 90 %; bag. Mean brightness, 0 black to 1 white: 0.5, 1."),
    "image_grid, alike": (
        v.image_grid([[[0, 1]], [[1, 1]], [[0, 0]]], ["bag", "", "bag"]),
        "3 pictures, 1 × 2: bag. Mean brightness, 0 black to 1 white: 0.5, 1, 0."),
    "learning_curves": (
        v.learning_curves(HISTORY),
        "Learning curves over 3 epochs. Training loss from 2.3 to 0.5. Training accuracy from 10 % to 87.5 %. "
        "Validation loss from 2 to 1.5, lowest 1.25 in epoch 2. Validation accuracy from 30 % to 60 %."),
    "masks": (
        v.masks([[[0, 1], [1, 1]]] * 2, [[[1, 0], [0, 0]], [[2, 1], [1, 0]]], titles=["coat", ""]),
        "2 pictures, 2 × 2, with marked pixels: coat 25 %; 75 % in 2 numbered pieces."),
    "masks, beside the truth": (
        v.masks([[0, 1], [1, 1]], [[1, 1], [0, 0]], [[1, 0], [1, 1]], ["coat"]),
        "1 picture, 2 × 2, with the pixels that are marked rightly, missed, marked too much. coat 25 %, 50 %, 25 %."),
    "masks, of nothing": (v.masks([[0, 1]], titles=["bag"]), "1 picture, 1 × 2: bag."),
    "matrices": (
        v.matrices({"[2, 3]": [[2, 3, 0], [0, 2, 3]]}),
        "[2, 3]: 2 rows, 3 columns, 4 weights, 2 different numbers, 2 3 0 / 0 2 3."),
    "nested_windows": (
        v.nested_windows(np.zeros((32, 32)), ["CONV1", "POOL1"], [5, 6], start=8),
        "A picture of 32 × 32, and on it 2 windows with the top left corner at row 8, column 8: "
        "CONV1 5 × 5, POOL1 6 × 6."),
    "patch2d": (
        v.patch2d(np.eye(4), [[-1, 1]], 2, 1),
        "A grey picture, 4 × 4, and its response, from −1 to 1, blue below zero, red above. In the frame, row 2, "
        "column 1, it is 1: pixels 0 1 times weights −1 1, added up."),
    "reliability": (
        v.reliability({"LeNet": ([0.96, 0.9, 0.56, 0.5], [True, True, True, False])}),
        "How often a network is right, by how sure it is. LeNet: 53 % sure 50 %, 93 % sure 100 % right."),
    "signals": (
        v.signals([{"heart": ([0, 1, 2], [0.1, 0.9, 0.2])}, {"found": (range(25), PIECES)}], ["mV", ""]),
        "Curves over time in seconds, from 0 to 24. mV: heart [0.1, 0.9, 0.2]. found in 3 pieces, from 0.1 to 0.9, "
        "highest at 2."),
    "signals, one of them again": (
        v.signals([{"x": ([0, 1], [3, 4]), "y": ([0], [1], "points")}, {"x": ([0, 1], [3, 4]), "z": ([0], [2])}], "mV"),
        "Curves over time in seconds, from 0 to 1. mV: x [3, 4]; y [1]. mV: x; z [2]."),
    "size_ruler": (
        v.size_ruler(10, 3, stride=2, padding=1, dilation=2),
        "10 cells and 1 of padding on each side, 12 in all. A window that spans 5 cells leaves room for 7: 3 whole "
        "jumps of 2, remainder 1, hatched: never read; so there are 3 + 1 = 4 outputs."),
    "slide1d": (
        v.slide1d([1, 0, 2, 1], [1, -1], stride=2, padding=1, steps=[0]),
        "The filter [1, −1] slides over [1, 0, 2, 1], stride 2, padding 1, and fills y = [−1], so far, of 3 outputs. "
        "i = 0 on padding, x[0]: 0·1 + 1·(−1) = −1."),
    "slide1d, unread": (
        v.slide1d([1, 0, 2], [1, -1], stride=2),
        "The filter [1, −1] slides over [1, 0, 2], stride 2, and fills y = [1]. Never read: x[2]. "
        "i = 0 on x[0], x[1]: 1·1 + 0·(−1) = 1."),
    "wiring": (
        v.wiring(5, 2),
        "5 inputs, 4 outputs. Fully connected: 20 wires, 20 weights, each its own. Convolution with a filter "
        "of 2: 8 wires, 2 weights, each with its colour and dashes."),
}


@pytest.mark.parametrize("name", SAID)
def test_a_figure_says_what_it_draws(name):
    """Word for word: sizes, titles, numbers."""
    fig, words = SAID[name]
    assert fig.alt == words


def test_every_figure_speaks():
    """A new one has its words here; players carry theirs."""
    others = {"KernelLab", "Network", "NetworkExplorer", "Scene", "Shifts", "SlidePlayer"}
    others |= {"kernel_lab", "network_explorer", "pool", "shifts", "show", "slide", "transpose"}
    others |= {"StackExplorer", "stack_explorer"}   # in test_stack
    others |= {"layer_outputs", "watch", "volumes", "network_costs"}   # in test_viz_layers, test_volumes, …_costs
    assert {name.partition(",")[0] for name in SAID} | others == set(v.__all__)
    made = [v.slide([0, 1, 0, 1, 1], [-1, 1]), v.shifts([1, 2, 3], {"twice": lambda a: 2 * a}), v.kernel_lab(SQUARE),
            v.network_explorer(cnn.zoo.lenet5(), np.zeros((2, 1, 28, 28)))]
    assert all(shown.figure(1).alt == shown.alt(1) for shown in made)


def test_no_figure_says_too_much():
    """What does not fit is left out, from the end; there is room for a clause."""
    titles = [f"title {i} " * 9 for i in range(60)]
    for fig in (v.slide1d(range(15), [1, -1, 1]), v.image_grid(np.zeros((60, 4, 4)), titles)):
        assert 200 < len(fig.alt) <= alt.ROOM
        assert alt.words_of(fig, "Three coins.").endswith(" Three coins.")
    assert v.slide1d(range(15), [1, -1, 1]).alt.startswith("The filter [1, −1, 1] slides over 15 numbers from 0 to 14,")
    full = Drawn()
    full.alt = "word " * 99
    said = alt.words_of(full, "It ends here.")
    assert len(said) == 500 and said.endswith("… It ends here.")


def test_a_clause_is_added_to_what_the_figure_says():
    """And what is drawn by others needs all its words."""
    fig = v.wiring(5, 2)
    assert alt.words_of(fig) == fig.alt and alt.words_of(fig, "Look.") == f"{fig.alt} Look."
    with pytest.raises(ValueError, match="alt: found 5 characters"):
        alt.words_of(Figure(), "Look.")
    with pytest.raises(TypeError, match="alt: found int"):
        alt.words_of(fig, 3)


def test_measured_numbers_are_seen_and_not_compared():
    """Those who look or listen get them; the plain text, which nbval compares, has none, and the image is marked."""
    fig = v.learning_curves(HISTORY)
    data, metadata = mimebundle(fig, fig.alt, measured=True)
    assert "to 87.5 %" in data["text/html"] and "to 87.5 %" in metadata["image/png"]["alt"]
    assert data["text/plain"].startswith("[figure] Learning curves over … epochs. Training loss from … to ….")
    assert 'class="cnn-measured"' in data["text/html"] and not any(map(str.isdigit, data["text/plain"]))


def test_measured_words_are_seen_and_not_compared(monkeypatch):
    """Then the plain text is what the cell says by itself."""
    shown = []
    monkeypatch.setattr("cnnlib.viz.kit.show.in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    fig = v.image_grid(np.zeros((2, 4, 4)), ["coat 99 %", "bag 98 %"])
    v.show(fig, "Two mistakes, both certain.", measured="words")
    assert "coat 99 %; bag 98 %" in shown[0]["text/html"] and 'class="cnn-measured"' in shown[0]["text/html"]
    assert shown[0]["text/plain"] == "[figure] Two mistakes, both certain."
    with pytest.raises(ValueError, match="alt: found 0 characters"):
        v.show(fig, measured="words")
