"""Pictures of images and results: they draw the numbers they were given, on one scale, and refuse what they cannot."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba

import cnnlib as cnn
from cnnlib.viz.kit import style

RNG = np.random.default_rng(0)


def titles(fig):
    """The titles of all panels."""
    return [ax.get_title() for ax in fig.axes]


def drawn(ax):
    """The pixels of a panel's image, and its colour limits."""
    (image,) = ax.images
    return np.asarray(image.get_array()), image.get_clim()


def texts(fig):
    """Every text that is seen: titles, numbers, labels of ticks within the axes."""
    for ax in fig.axes:
        yield from (text for text in (*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label) if text.get_text())
        for axis, (low, high) in ((ax.xaxis, sorted(ax.get_xlim())), (ax.yaxis, sorted(ax.get_ylim()))):
            yield from (tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high)


def inside(fig):
    """Whether every text lies within the figure."""
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    box = fig.bbox.padded(1.5)
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts(fig)]
    return all(box.x0 <= b.x0 and b.x1 <= box.x1 and box.y0 <= b.y0 and b.y1 <= box.y1 for b in boxes)


def edge(count):
    """`count` filters with a bright right side."""
    return np.tile(np.array([-1.0, 0, 2])[None, None, None], (count, 1, 3, 1))


# --- image_grid -------------------------------------------------------------------------------------------------------

def test_a_grid_shows_every_image_from_black_to_white():
    """A dark image stays dark: no image is stretched to its own contrast."""
    images = RNG.random((7, 1, 5, 6)) * 0.3
    fig = cnn.viz.image_grid(images, list("abcdefg"), columns=3)
    assert titles(fig) == list("abcdefg")
    for ax, image in zip(fig.axes, images, strict=True):
        pixels, limits = drawn(ax)
        assert np.array_equal(pixels, image[0]) and limits == (0, 1)


def test_a_grid_in_colour_has_its_channels_last():
    """(N, 3, H, W) is drawn as H rows and W columns of red, green and blue."""
    images = RNG.random((2, 3, 4, 5))
    pixels, _ = drawn(cnn.viz.image_grid(images).axes[1])
    assert np.array_equal(pixels, images[1].transpose(1, 2, 0))


def test_wide_pictures_fill_a_page():
    """A row is as wide as a page, pixels are squares, and no value moves by more than the eye can tell."""
    images, maps = RNG.random((2, 40, 60)), RNG.normal(size=(2, 40, 60))
    limit = np.abs(maps).max()
    for fig, values, most in ((cnn.viz.image_grid(images, columns=2, wide=True), images, 1),
                              (cnn.viz.feature_maps(maps, columns=2, wide=True), maps, limit)):
        assert fig.get_size_inches()[0] == style.WIDTH
        for ax, each in zip(fig.axes[:2], values, strict=True):
            assert ax.images[0].get_interpolation() == "nearest"
            assert 0 < np.abs(drawn(ax)[0] - each).max() <= most / 80


@pytest.mark.parametrize(("images", "names", "message"), [
    (np.zeros((2, 4, 5)) + 255, None, "divide bytes by 255"),
    (np.zeros((2, 4, 5)) - 0.5, None, "feature_maps"),
    (np.zeros((4, 5)), None, r"images: found shape \(4, 5\)"),
    (np.zeros((2, 2, 4, 5)), None, "expected"),
    (np.zeros((0, 4, 5)), None, "empty"),
    (np.zeros((2, 4, 5)), ["one"], "titles: found 1 for 2"),
    (np.full((2, 4, 5), np.nan), None, "NaN"),
])
def test_a_grid_refuses(images, names, message):
    """Anything that would be drawn wrongly without a word."""
    with pytest.raises(ValueError, match=message):
        cnn.viz.image_grid(images, names)


# --- filters and feature maps -----------------------------------------------------------------------------------------

def test_feature_maps_share_one_scale_with_white_zero():
    """The faint map stays faint; the scale begins at zero if no value lies below."""
    maps = np.stack([np.full((4, 4), 0.5), np.full((4, 4), 2.0)])
    fig = cnn.viz.feature_maps(maps)
    assert titles(fig)[:2] == ["map 0", "map 1"]
    assert [drawn(ax)[1] for ax in fig.axes[:2]] == [(-2, 2)] * 2
    assert fig.axes[2].get_xlim() == (0, 2)
    assert cnn.viz.feature_maps(-maps).axes[2].get_xlim() == (-2, 2)
    assert fig.axes[0].images[0].to_rgba(0.0) == to_rgba("white")


def test_dead_maps_can_be_drawn():
    """All zero after ReLU: white, and no division by zero."""
    assert cnn.viz.feature_maps(np.zeros((3, 4, 4))).axes[0].images[0].to_rgba(0.0) == to_rgba("white")


@pytest.mark.parametrize(("count", "printed"), [(3, ["−0.6", "0", "2"]), (12, ["−", "", "+"])])
def test_filters_print_weights_or_signs(count, printed):
    """Never colour alone: digits where there is room, otherwise the sign; zero has none."""
    w = np.tile(np.array([-0.6, 0, 2, 2, 2]), (count, 1, 5, 1))
    assert [t.get_text() for t in cnn.viz.filters(w).axes[0].texts[:3]] == printed


def test_filters_of_several_channels_stand_in_a_row_for_each():
    """Filter k in column k, channel c in row c."""
    w = RNG.standard_normal((4, 3, 5, 5))
    fig = cnn.viz.filters(w)
    assert titles(fig)[:5] == ["filter 0", "filter 1", "filter 2", "filter 3", ""]
    for place, (c, k) in enumerate(np.ndindex(3, 4)):
        pixels, limits = drawn(fig.axes[place])
        assert np.array_equal(pixels, w[k, c]) and limits == (-np.abs(w).max(), np.abs(w).max())
    assert [fig.axes[4 * c].get_ylabel() for c in range(3)] == ["channel 0", "channel 1", "channel 2"]


@pytest.mark.parametrize("w", [edge(3), edge(6) * 5, np.pad(edge(6), ((0, 0), (0, 0), (0, 2), (2, 2)))])
def test_signs_and_digits_can_be_read_on_their_cells(w):
    """At least 4.5:1, on the palest and on the deepest cell."""
    ax = cnn.viz.filters(w).axes[0]
    for text in ax.texts:
        column, row = map(int, text.get_position())
        assert style.contrast(text.get_color(), ax.images[0].to_rgba(w[0, 0, row, column])[:3]) > 4.5


@pytest.mark.parametrize(("w", "names", "message"), [
    (np.ones((16, 6, 5, 5)), None, r"w: found 16 filters of 5 x 5 .*, such as w\[:8\]"),
    (np.ones((6, 5, 5)), None, "w"),
    (np.ones((2, 1, 5, 5)), ["a"], "titles: found 1 for 2"),
])
def test_filters_refuse(w, names, message):
    """Too many to be read, another shape, other titles."""
    with pytest.raises(ValueError, match=message):
        cnn.viz.filters(w, names)


def test_as_many_filters_as_the_message_says_fit():
    """The way out that an error names must be one."""
    cnn.viz.filters(np.ones((8, 6, 5, 5)))


# --- nested windows ---------------------------------------------------------------------------------------------------

def test_nested_windows_frame_whole_pixels():
    """A window of 5 from pixel 8 on covers the pixels 8 to 12: its sides lie between pixels."""
    ax = cnn.viz.nested_windows(RNG.random((3, 32, 32)), ["a", "b"], [5, 16], start=8).axes[0]
    boxes = {(*p.get_xy(), p.get_width(), p.get_height()) for p in ax.patches}
    assert boxes == {(7.5, 7.5, 5, 5), (7.5, 7.5, 16, 16)}


@pytest.mark.parametrize(("names", "sizes", "start", "message"), [
    (["a"], [5, 6], 0, "2 for 1 names"),
    (list("abcde"), [1, 2, 3, 4, 5], 0, "1 to 4"),
    (["a"], [5], 28, "leaves the image"),
    (["a"], [5], -1, "leaves the image"),
])
def test_nested_windows_refuse(names, sizes, start, message):
    """Windows without a name, too many, or outside the image."""
    with pytest.raises(ValueError, match=message):
        cnn.viz.nested_windows(np.zeros((32, 32)), names, sizes, start)


# --- results ----------------------------------------------------------------------------------------------------------

HISTORY = {"epoch": [1, 2, 3], "loss": [2.0, 1.0, 0.5], "accuracy": [0.3, 0.6, 0.9],
           "val_loss": [1.9, 1.2, 1.4], "val_accuracy": [0.35, 0.55, 0.5]}


def curves(ax):
    """Label -> y values."""
    return {line.get_label(): np.asarray(line.get_ydata()).round(9).tolist() for line in ax.lines}


def test_learning_curves_draw_the_history():
    """Loss as it is, accuracy in per cent, a ring at the lowest validation loss; told apart by more than colour."""
    loss, accuracy = cnn.viz.learning_curves(HISTORY).axes
    assert curves(loss) == {"training": [2, 1, 0.5], "validation": [1.9, 1.2, 1.4], "lowest validation loss": [1.2]}
    assert loss.lines[2].get_xdata().tolist() == [2]
    assert curves(accuracy) == {"training": [30, 60, 90], "validation": [35, 55, 50]}
    assert loss.lines[0].get_linestyle() != loss.lines[1].get_linestyle()
    assert all(float(tick).is_integer() for tick in loss.get_xticks())


def test_learning_curves_without_validation_and_of_one_epoch():
    """No empty curve; a single epoch is a dot, for a line of one point is not seen."""
    one = {"epoch": [1], "loss": [2.0], "accuracy": [0.3]}
    loss, _ = cnn.viz.learning_curves(one).axes
    assert curves(loss) == {"training": [2]} and loss.lines[0].get_marker() == "o"
    with pytest.raises(ValueError, match="no completed epoch"):
        cnn.viz.learning_curves({"epoch": [], "loss": [], "accuracy": []})


def test_the_confusion_matrix_prints_every_count_in_its_cell():
    """Row: what it is; column: what was said; then the share of the row that was right."""
    counts = np.array([[8, 2, 0], [0, 10, 0], [1, 4, 5]])
    ax = cnn.viz.confusion_matrix(counts, ["cat", "dog", "cow"]).axes[0]
    cells = {tuple(map(round, t.get_position())): t.get_text() for t in ax.texts[:-3]}
    assert cells == {(0, 0): "8", (1, 0): "2", (1, 1): "10", (0, 2): "1", (1, 2): "4", (2, 2): "5"}
    assert [t.get_text() for t in ax.texts[-3:]] == ["80 %", "100 %", "50 %"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["cat", "dog", "cow"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("the network said", "it is")


def test_a_class_that_never_occurs_has_no_share():
    """Nothing divided by nothing is not 0 %."""
    ax = cnn.viz.confusion_matrix([[3, 0], [0, 0]], ["cat", "dog"]).axes[0]
    assert [t.get_text() for t in ax.texts[-2:]] == ["100 %", "–"]


@pytest.mark.parametrize(("counts", "names", "message"), [
    ([[1, 2]], ["a"], "counts"), ([[0.5, 0], [0, 1]], "ab", "counts"), ([[-1, 0], [0, 1]], "ab", "counts"),
    ([[1, 0], [0, 1]], "abc", "class_names: found 3 for 2"),
])
def test_the_confusion_matrix_refuses(counts, names, message):
    """No square, shares instead of counts, other names."""
    with pytest.raises(ValueError, match=message):
        cnn.viz.confusion_matrix(counts, names)


def test_bars_are_as_long_as_their_numbers():
    """One panel for each title, each on its own scale, every number written out."""
    panels = {"size": [6272, 400], "parameters": [0, 48120]}
    fig = cnn.viz.bars(["CONV1", "FC3"], panels)
    assert titles(fig) == ["size", "parameters"]
    for ax, values in zip(fig.axes, panels.values(), strict=True):
        assert [bar.get_width() for bar in ax.patches] == values
        assert [t.get_text() for t in ax.texts] == [f"{value:,}" for value in values]
    with pytest.raises(ValueError, match="'size' has 1 values for 2 names"):
        cnn.viz.bars(["a", "b"], {"size": [1]})


NAMES = cnn.data.fashion_mnist().class_names
PICTURES = {
    "grid": lambda: cnn.viz.image_grid(np.zeros((20, 28, 28)), [*NAMES, *NAMES]),
    "mistakes": lambda: cnn.viz.image_grid(np.zeros((10, 28, 28)), [f"{n} 99 %\nis: {n}" for n in NAMES], columns=5),
    "few": lambda: cnn.viz.image_grid(np.zeros((4, 28, 28)), NAMES[:4], columns=4),
    "one": lambda: cnn.viz.image_grid(np.zeros((1, 28, 28)), ["Ankle boot"]),
    "filters": lambda: cnn.viz.filters(RNG.standard_normal((6, 1, 5, 5))),
    "colour filters": lambda: cnn.viz.filters(RNG.standard_normal((8, 3, 5, 5))),
    "maps": lambda: cnn.viz.feature_maps(RNG.standard_normal((16, 10, 10)), columns=8),
    "windows": lambda: cnn.viz.nested_windows(np.zeros((32, 32)), ["CONV1", "POOL2"] * 2, [5, 6, 14, 16], 8),
    "curves": lambda: cnn.viz.learning_curves(HISTORY),
    "heat": lambda: cnn.viz.heat_maps(np.zeros((4, 28, 28)), RNG.standard_normal((4, 7, 7)), NAMES[:4]),
    "reliability": lambda: cnn.viz.reliability({name: ([0.5, 0.99], [0, 1]) for name in NAMES[:3]}),
    "confusion": lambda: cnn.viz.confusion_matrix(np.eye(10, dtype=int) * 200, NAMES),
    "bars": lambda: cnn.viz.bars(["Softmax"] * 8, {"numbers that come out": [14450688] * 8, "parameters": [48120] * 8}),
}


@pytest.mark.alike(4)
@pytest.mark.parametrize("name", PICTURES)
def test_no_word_is_cut_off(name):
    """Titles, labels and numbers lie within the figure, at most 900 pixels wide, in type that can be read."""
    fig = PICTURES[name]()
    assert fig.get_size_inches()[0] <= style.WIDTH + 1e-6
    assert inside(fig)
    assert min(text.get_size() for text in texts(fig)) >= 7   # a lone + or −; all else is larger
    assert min(text.get_size() for text in texts(fig) if text.get_text() not in "+−") >= 9


def test_inside_can_fail():
    """A title far too long is found."""
    fig = cnn.viz.image_grid(np.zeros((1, 28, 28)), ["a title that is far too long for one small picture"])
    assert not inside(fig)
