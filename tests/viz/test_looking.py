"""Maps over images and reliability curves: each number where it belongs, and words for what cannot be drawn."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

import cnnlib as cnn
from cnnlib.viz.kit.photos import photos

BLACK = np.zeros((1, 8, 8))


def pixels(fig, n=0):
    (image,) = fig.axes[n].images
    return np.asarray(image.get_array())


def test_red_is_above_zero_blue_below_and_nothing_else_is_coloured():
    heat = np.zeros((1, 8, 8))
    heat[0, 2, 3], heat[0, 5, 6] = 2, -1
    drawn = pixels(cnn.viz.heat_maps(BLACK, heat))
    red, green, blue = drawn[2, 3]
    assert red > green > blue and red == 1
    assert drawn[5, 6, 2] > drawn[5, 6, 1] > drawn[5, 6, 0] and drawn[5, 6, 2] < 1, "half as strong"
    drawn[2, 3] = drawn[5, 6] = 0
    assert not drawn.any()


def test_the_image_is_seen_where_the_map_is_zero():
    image = np.random.default_rng(0).random((1, 1, 8, 8))
    drawn = pixels(cnn.viz.heat_maps(image, np.zeros((1, 8, 8))))
    assert np.allclose(drawn, drawn[..., :1]), "grey"
    assert np.corrcoef(drawn[..., 0].ravel(), image.ravel())[0, 1] > 0.999


@pytest.mark.parametrize(("cells", "place", "covers"), [
    ((8, 8), (2, 3), (slice(2, 3), slice(3, 4))),
    ((6, 6), (0, 5), (slice(1, 2), slice(6, 7))),       # of windows of 3: the middle of each
    ((4, 2), (3, 1), (slice(6, 8), slice(4, 8))),
    ((3, 3), (0, 2), (slice(1, 3), slice(5, 7))),
])
def test_a_smaller_map_is_spread_and_lies_in_the_middle(cells, place, covers):
    heat = np.zeros((1, *cells))
    heat[0][place] = 1
    fig = cnn.viz.heat_maps(BLACK, heat)
    coloured = pixels(fig).any(axis=-1)
    assert coloured[covers].all() and coloured.sum() == coloured[covers].size
    (frame,) = fig.axes[0].patches
    rows, columns = covers
    assert frame.get_xy() == (columns.start - 0.5, rows.start - 0.5)
    assert (frame.get_height(), frame.get_width()) == (rows.stop - rows.start, columns.stop - columns.start)


def test_each_map_has_its_own_scale_and_the_largest_is_framed():
    heat = np.zeros((2, 8, 8))
    heat[0, 1, 1], heat[0, 4, 4], heat[1, 6, 6] = -9, 3, 0.001
    fig = cnn.viz.heat_maps(np.zeros((2, 8, 8)), heat, ["a", "b"])
    assert pixels(fig, 1)[6, 6, 0] == 1
    assert [ax.patches[0].get_xy() for ax in fig.axes] == [(3.5, 3.5), (5.5, 5.5)], "not the largest size: that is −9"
    assert cnn.viz.heat_maps(BLACK, np.zeros((1, 8, 8))).axes[0].patches[:] == []


def test_photographs_stay_as_they_are_on_dark_pages():
    fig = cnn.viz.heat_maps(BLACK, np.ones((1, 8, 8)))
    FigureCanvasAgg(fig).draw()
    assert len(photos(fig)) == 1


@pytest.mark.parametrize(("images", "maps", "words"), [
    (np.zeros((1, 3, 8, 8)), np.zeros((1, 8, 8)), "images: found shape"),
    (np.full((1, 8, 8), 255), np.zeros((1, 8, 8)), "images: found values"),
    (np.zeros((2, 8, 8)), np.zeros((1, 8, 8)), "maps: found shape"),
    (BLACK, np.zeros((1, 9, 8)), "none larger than its image"),
    (BLACK, np.zeros((8, 8)), "maps"),
    (BLACK, np.full((1, 8, 8), np.nan), "maps"),
])
def test_heat_maps_refuse(images, maps, words):
    with pytest.raises(ValueError, match=words) as error:
        cnn.viz.heat_maps(images, maps)
    assert len(str(error.value)) < 300


# --- reliability ------------------------------------------------------------------------------------------------------

def points(fig, n=0):
    """The points of a network: the line of as often as it says is the first."""
    return fig.axes[0].lines[n + 1].get_xydata().tolist()


def test_a_point_stands_at_the_means_of_its_bin():
    sure, right = [0.5, 0.59, 0.95, 1.0, 0.91, 0.2], [1, 0, 1, 1, 0, 0]
    fig = cnn.viz.reliability({"a": (sure, right)})
    assert np.allclose(points(fig), [[0.2, 0], [0.545, 0.5], [0.95333333, 2 / 3]])
    assert [bar.get_height() for bar in fig.axes[1].patches] == pytest.approx([100 / 6, 200 / 6, 300 / 6])
    assert fig.axes[0].lines[0].get_xydata().tolist() == [[0, 0], [1, 1]]


def test_bins_are_of_equal_width_and_their_lower_edge_belongs_to_them():
    sure = [0, 0.24, 0.25, 0.5, 0.75, 1]
    assert np.allclose(points(cnn.viz.reliability({"a": (sure, [True] * 6)}, bins=4)),
                       [[0.12, 1], [0.25, 1], [0.5, 1], [0.875, 1]])


def test_a_bin_with_hardly_an_example_has_no_point():
    fig = cnn.viz.reliability({"a": ([0.95] * 300 + [0.15] * 2, [True] * 302)})
    assert np.allclose(points(fig), [[0.95, 1]])


def test_networks_are_told_apart_by_more_than_colour():
    fig = cnn.viz.reliability({name: ([0.5, 0.9], [True, False]) for name in "abc"})
    lines = fig.axes[0].lines[1:]
    assert len({line.get_marker() for line in lines}) == len({to_hex(line.get_color()) for line in lines}) == 3
    assert [line.get_label() for line in lines] == ["a", "b", "c"]


@pytest.mark.parametrize(("networks", "words"), [
    ([0.5], "networks must be a dictionary"), ({}, "networks must be a dictionary"),
    ({name: ([0.5], [True]) for name in "abcd"}, "1 to 3 names"),
    ({"a": [0.5, 0.6, 0.7]}, "must be a pair"),
    ({"a": ([0.5, 0.6], [True])}, "two lists of one length"), ({"a": ([], [])}, "confidence is empty"),
    ({"a": ([3.2], [True])}, "shares, not logits"), ({"a": ([0.5], [7])}, "True or False"),
])
def test_reliability_refuses(networks, words):
    with pytest.raises((TypeError, ValueError), match=words) as error:
        cnn.viz.reliability(networks)
    assert len(str(error.value)) < 300
