"""Networks by what they cost: at their places, each name by its point and on nothing else."""

import numpy as np
import pytest
from drawn import overlaps, texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb

from cnnlib import viz
from cnnlib.viz.kit import style

FAMOUS = {
    "LeNet-5": (1998, 61_706, 416_520), "AlexNet": (2012, 61_100_840, 714_188_480),
    "VGG-16": (2014, 138_357_544, 15_470_264_320), "ResNet-18": (2015, 11_689_512, 1_814_073_344),
    "ResNet-34": (2015, 21_797_672, 3_663_761_408), "ResNet-50": (2015, 25_557_032, 4_089_184_256),
    "DenseNet-121": (2016, 7_978_856, 2_834_161_664),
}
CROWD = {f"network {i}": (2000 + i, 10**6 + 10**5 * (i % 5), 10**8 + 10**7 * i) for i in range(12)}
CASES = {"famous": FAMOUS, "one": {"LeNet-5": FAMOUS["LeNet-5"]}, "crowd": CROWD,
         "equal": {"a": (2000, 5, 5), "b": (2001, 5, 5), "c": (2002, 5, 5)}}


def drawn(networks):
    fig = viz.network_costs(networks)
    with style.context():
        canvas = FigureCanvasAgg(fig)
        canvas.draw()
    return fig, canvas.get_renderer()


def points(fig):
    return [line for line in fig.axes[0].lines if line.get_marker() == "o"]


def test_points_stand_where_their_numbers_are():
    fig, _ = drawn(FAMOUS)
    assert [(p.get_xdata()[0], p.get_ydata()[0]) for p in points(fig)] == [(m, p) for _, p, m in FAMOUS.values()]
    assert fig.axes[0].get_xscale() == fig.axes[0].get_yscale() == "log"
    lightness = [sum(to_rgb(p.get_markerfacecolor())) for p in points(fig)]
    assert lightness == sorted(lightness, reverse=True) and lightness[0] == 3, "from white to the latest"
    assert lightness[3] == lightness[4] == lightness[5] > lightness[6]


@pytest.mark.parametrize("name", CASES)
def test_names_stand_by_their_points_and_on_nothing(name):
    fig, renderer = drawn(CASES[name])
    ax = fig.axes[0]
    shown = [(text.get_text(), text.get_window_extent(renderer)) for text in ax.texts]
    assert [text for text, _ in shown] == [f"{key}, {year}" for key, (year, *_) in CASES[name].items()]
    assert overlaps(texts(fig, renderer)) == []
    places = ax.transData.transform([(m, p) for _, p, m in CASES[name].values()])
    for (_, box), place in zip(shown, places, strict=True):
        near = np.clip(place, box.min, box.max)
        assert np.hypot(*(near - place)) < (0.35 if name == "famous" else 1.7) * fig.dpi
        assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in places)
    wide, high = fig.get_size_inches() * fig.dpi
    ticks = []
    for axis in (ax.xaxis, ax.yaxis):
        low, top = axis.get_view_interval()
        inside = [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= top]
        assert len(inside) >= 2
        ticks += inside
    for each in [*ticks, ax.xaxis.label, ax.yaxis.label, ax.title, *ax.texts]:
        box = each.get_window_extent(renderer)
        assert box.x0 >= 0 and box.x1 <= wide and box.y0 >= 0 and box.y1 <= high, each.get_text()
        assert each.get_text() and "$" not in each.get_text()


def test_the_words_have_the_numbers():
    assert viz.network_costs(FAMOUS).alt == (
        "7 networks, parameters and MACs: LeNet-5 (1998) 61.7 k and 417 k; AlexNet (2012) 61.1 M and 714 M; VGG-16 "
        "(2014) 138 M and 15.5 G; ResNet-18 (2015) 11.7 M and 1.81 G; ResNet-34 (2015) 21.8 M and 3.66 G; ResNet-50 "
        "(2015) 25.6 M and 4.09 G; DenseNet-121 (2016) 7.98 M and 2.83 G.")
    assert len(viz.network_costs(CROWD).alt) <= 380


@pytest.mark.parametrize(("networks", "words"), [
    ([1998], "networks must be a dictionary"), ({}, "networks: found 0"),
    ({str(i): (2000, 1, 1) for i in range(25)}, "networks: found 25"),
    ({"LeNet": (1998, 61706)}, "LeNet must be three whole numbers"),
    ({"LeNet": (1998, 61706, 0)}, "LeNet must be three whole numbers"),
    ({"LeNet": (1998, 61706.5, 3)}, "LeNet must be three whole numbers"),
    ({"LeNet": "1998"}, "networks: LeNet"),
])
def test_what_cannot_be_drawn_is_named(networks, words):
    with pytest.raises((TypeError, ValueError)) as error:
        viz.network_costs(networks)
    assert words in str(error.value) and len(str(error.value)) < 300


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.longdouble])
def test_numbers_of_any_precision_are_drawn_without_a_warning(dtype, recwarn):
    """The largest number that a figure takes is infinite in half and single precision."""
    line = np.arange(1, 4, dtype=dtype)
    viz.signals([{"a": (line, line)}], "units")
    viz.network_costs({"a": line})
    viz.confusion_matrix(np.outer(line, line), ["1", "2", "3"])
    viz.bars(["1", "2", "3"], {"a": line})
    assert not recwarn.list
