"""The diagram of a network: boxes to scale, every volume named, and nothing on top of anything else."""

import math

import pytest
from drawn import overlaps, texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from cnnlib import nn, viz, zoo
from cnnlib.viz.figures.volumes import EDGE, HIGH, scale
from cnnlib.viz.kit import style

IMAGENET = (3, 224, 224)


def plain(count):
    """As many convolutions, each with a size and a depth of its own."""
    return nn.Sequential(*(nn.Conv2d(1 + i, 2 + i, 3) for i in range(count)), nn.GlobalAvgPool2d(),
                         nn.Linear(count + 1, 10))


NETWORKS = {
    "LeNet-5": (zoo.lenet5, (1, 28, 28)),
    "VGG-16": (zoo.vgg16, IMAGENET),
    "ResNet-18": (zoo.resnet18, IMAGENET),
    "ResNet-50": (zoo.resnet50, IMAGENET),
    "ResNet-101": (lambda: zoo.resnet((3, 4, 23, 3), bottleneck=True), IMAGENET),
    "DenseNet-121": (zoo.densenet121, IMAGENET),
    "U-Net": (lambda: zoo.unet(width=8), (3, 32, 32)),
    "fifty sizes": (lambda: plain(50), (1, 120, 120)),
    "matrices": (lambda: nn.Sequential(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 10)), (784,)),
    "one": (lambda: nn.Sequential(nn.ReLU()), (3, 4, 5)),
    "wide": (lambda: nn.Sequential(nn.Conv2d(1, 3, (1, 3)), nn.Flatten(), nn.Linear(6000, 4)), (1, 5, 402)),
    "an unusual name": (lambda: nn.Sequential(type("ALayerWithAVeryLongName", (nn.Linear,), {})(4, 10)), (4,)),
}
every_network = pytest.mark.parametrize("name", NETWORKS)


def drawn(name):
    make, shape = NETWORKS[name]
    return viz.volumes(make(), shape, name)


def collections(fig, gid):
    return [each for each in fig.axes[0].collections if str(each.get_gid()).startswith(gid)]


def boxes(fig):
    """(kind, length, height, width behind) of the front box of every pack, in inches; and how many are in the pack."""
    found = []
    for pack in collections(fig, "box "):
        paths = [path.get_extents() for path in pack.get_paths()]
        front, side = paths[-1], paths[-2]
        found.append((pack.get_gid().split()[1], front.width, front.height, side.width, len(paths) // 3))
    return found


def arcs(fig):
    return [each for each in fig.axes[0].artists + fig.axes[0].patches if each.get_gid() == "arc"]


# --- to scale ---------------------------------------------------------------------------------------------------------

def test_lenet_is_drawn_to_scale():
    """28 cells are twice as high as 14; six channels and 16 as their square roots."""
    found = boxes(drawn("LeNet-5"))
    assert [kind for kind, *_ in found] == ["input", "Conv2d", "MaxPool2d", "Conv2d", "MaxPool2d", *["Linear"] * 3]
    for (_, length, height, behind, _), depth, side in zip(
            found, [1, 6, 6, 16, 16, 120, 84, 10], [28, 28, 14, 10, 5, 1, 1, 1], strict=True):
        assert height == pytest.approx(HIGH * side / 28) and behind == pytest.approx(0.34 * height)
        assert length == pytest.approx(found[0][1] * math.sqrt(depth))


@pytest.mark.parametrize("name", ["VGG-16", "ResNet-50", "DenseNet-121"])
def test_large_networks_are_drawn_by_square_roots(name):
    """And in one scale: all boxes are what the shapes say."""
    fig, (make, shape) = drawn(name), NETWORKS[name]
    found, volumes = boxes(fig), make().volumes(shape, len(boxes(fig)))[0]
    assert len(found) == len(volumes) <= 14
    for (_, length, height, behind, _), volume in zip(found, volumes, strict=True):
        depth, rows, columns = volume.sides
        assert height / found[0][2] == pytest.approx(math.sqrt(rows / 224))
        assert behind / found[0][3] == pytest.approx(math.sqrt(columns / 224))
        assert length / found[0][1] == pytest.approx(math.sqrt(depth / 3))
    assert " ".join(text.get_text() for text in fig.axes[0].texts).count("by their square root") == 2


def test_scales_bend_as_little_as_needed():
    assert [scale([1, most], 1, 1).name for most in (40, 41, 1600, 1601)] == [
        "", "square root", "square root", "logarithm"]
    drawn = scale([3, 4096], 1.05, 1)
    assert drawn(4096) == pytest.approx(1.05) and drawn(1024) == pytest.approx(1.05 / 2)
    assert scale([1, 1], 2, 0.25)(1) == 0.25, "a single cell is not blown up"
    wide = boxes(viz.volumes(nn.Sequential(nn.Conv2d(1, 2, (1, 3))), (1, 5, 42)))
    assert wide[0][3] / wide[0][2] == pytest.approx(0.34 * 42 / 5)


@pytest.mark.parametrize("name", ["LeNet-5", "VGG-16", "DenseNet-121"])
def test_bars_are_shares(name):
    fig, (make, shape) = drawn(name), NETWORKS[name]
    for kind in ("parameters", "MACs"):
        (bars,) = collections(fig, kind)
        high = [path.get_extents().height for path in bars.get_paths()]
        found = make().volumes(shape, len(high))[0]
        counts = [getattr(volume, kind.lower()) for volume in found]
        assert high == pytest.approx([0.5 * count / sum(counts) for count in counts])
        written = [text.get_text() for text in fig.axes[0].texts]
        assert f"{max(counts) / sum(counts):.0%}".replace("%", " %") in written


def test_the_kernel_lies_on_the_map_it_reads():
    """5x5 of 28x28, 2x2, 5x5, 2x2: to scale, on the face of the volume before."""
    fig = drawn("LeNet-5")
    sizes = []
    for window in collections(fig, "window"):
        (path,) = window.get_paths()
        (x0, _), (x1, y1), (_, y2), *_ = path.vertices
        sizes.append(((y2 - y1) / HIGH * 28, (x1 - x0) / 0.34 / HIGH * 28))
    assert sizes == [pytest.approx((n, n)) for n in (5, 2, 5, 2)]
    assert not collections(drawn("VGG-16"), "window"), "no kernel can be shown where maps are not linear"


# --- shortcuts --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "packs", "dashed"), [
    ("ResNet-18", [2, 2, 2, 2], 3), ("ResNet-50", [3, 4, 6, 3], 4), ("ResNet-101", [3, 4, 6, 3], 4)])
def test_every_block_has_its_arc(name, packs, dashed):
    """One for each box of a pack, of six at most; dashed where the shortcut has a convolution."""
    fig = drawn(name)
    assert [pack[-1] for pack in boxes(fig) if pack[0] == "Residual"] == packs
    found = arcs(fig)
    assert len(found) == sum(packs)
    assert sum(arc.get_linestyle() not in ("-", "solid") for arc in found) == dashed
    assert "dashed where a convolution" in " ".join(text.get_text() for text in fig.axes[0].texts)


def test_a_dense_block_shows_what_came_in_and_what_each_layer_adds():
    fig = drawn("DenseNet-121")
    carried, dense = collections(fig, "carried"), [pack for pack in boxes(fig) if pack[0] == "DenseBlock"]
    shares = [each.get_paths()[0].get_extents().width / pack[1] for each, pack in zip(carried, dense, strict=True)]
    assert shares == pytest.approx([math.sqrt(n) for n in (64 / 256, 128 / 512, 256 / 1024, 512 / 1024)])
    assert len(arcs(fig)) >= 4 * 3, "the first from the block's input"
    said = [text.get_text() for text in fig.axes[0].texts]
    assert [word for word in said if "dense" in word] == ["6 dense", "12 dense", "24 dense", "16 dense"]


def test_skips_of_a_unet_go_over_what_lies_between():
    fig = drawn("U-Net")
    tops = [arc.get_path().vertices[:, 1].min() for arc in arcs(fig)]
    roofs = [path.get_extents().y0 for pack in collections(fig, "box ") for path in pack.get_paths()]
    assert len(tops) == 2 and max(tops) < min(roofs) and abs(tops[0] - tops[1]) > 0.1
    assert "2 skips over the layers between" in fig.alt
    shares = [each.get_paths()[0].get_extents().width for each in collections(fig, "carried")]
    joined = [pack[1] for pack in boxes(fig) if pack[0] == "join"]
    assert shares == pytest.approx([length / 2 for length in joined])


# --- legible, and in words --------------------------------------------------------------------------------------------

@pytest.mark.alike(2)
@every_network
def test_nothing_is_clipped_overlaps_or_is_too_small(name):
    fig = drawn(name)
    with style.context():
        canvas = FigureCanvasAgg(fig)
        canvas.draw()
    wide, high = fig.get_size_inches() * fig.dpi
    assert fig.get_figwidth() == style.WIDTH and fig.get_figheight() < 9
    found = texts(fig, canvas.get_renderer())
    margin = (EDGE - 0.1) * fig.dpi
    assert [t for t, box, _ in found if box.x0 < margin or box.x1 > wide - margin or box.y0 < 0 or box.y1 > high] == []
    assert overlaps(found) == []
    assert min(size for _, _, size in found) >= 8
    fronts = [pack.get_paths()[-1].get_extents() for pack in collections(fig, "box ")]
    sides = [pack.get_paths()[-2].get_extents() for pack in collections(fig, "box ")]
    firsts = [pack.get_paths()[2].get_extents() for pack in collections(fig, "box ")]
    assert all(side.x1 < following.x0 for side, following in zip(sides, firsts[1:], strict=False))
    assert sides[-1].x1 <= style.WIDTH - EDGE + 0.01 and fronts[0].x0 >= EDGE - 0.01
    letters = [box.y1 / fig.dpi for text, box, _ in found if "×" in text]
    assert all(fig.get_figheight() - front.y1 > max(letters, default=0) - 1e-9 for front in fronts)


@pytest.mark.alike(2)
@every_network
def test_the_words_have_the_totals_and_name_the_volumes(name):
    fig, (make, shape) = drawn(name), NETWORKS[name]
    summary = make().summary(shape)
    assert 20 <= len(fig.alt) <= 380 and "\n" not in fig.alt
    assert fig.alt.startswith(f"{name} as boxes: {summary.parameters:,} parameters, {summary.macs:,} MACs. input")
    assert "×".join(map(str, shape)) in fig.alt and "×".join(map(str, summary.rows[-1].output_shape)) in fig.alt
    written = " ".join(text.get_text() for text in fig.axes[0].texts)
    assert written.startswith(name) and f"memory to train on one example: {summary.memory} " in written


def test_the_words_of_lenet():
    assert drawn("LeNet-5").alt == (
        "LeNet-5 as boxes: 61,706 parameters, 416,520 MACs. input: 1×28×28; conv 5×5: 6×28×28; max pool 2×2: 6×14×14; "
        "conv 5×5: 16×10×10; max pool 2×2: 16×5×5; linear: 120; linear: 84; linear: 10. 78 % of the parameters for "
        "linear 120, 58 % of the MACs for conv 16×10×10.")


def test_colours_of_outlines_stand_out():
    for name in ("LeNet-5", "DenseNet-121"):
        for pack in collections(drawn(name), "box "):
            edge = to_hex(pack.get_edgecolor()[0])
            assert style.contrast(edge, "white") > 3.5 and style.contrast(style.night(edge), style.night("white")) > 3.5


# --- folding, and what cannot be drawn --------------------------------------------------------------------------------

def test_long_networks_fold_until_their_boxes_can_be_seen():
    for name in ("VGG-16", "DenseNet-121", "fifty sizes"):
        found = boxes(drawn(name))
        assert max(height for _, _, height, _, _ in found) > HIGH / 2 and len(found) >= 10, name
    assert "layers" in {kind for kind, *_ in boxes(drawn("fifty sizes"))}
    assert "layers" not in {kind for name in ("VGG-16", "DenseNet-121") for kind, *_ in boxes(drawn(name))}


def test_without_a_title_the_totals_stand_alone():
    fig = viz.volumes(nn.Sequential(nn.Linear(4, 3)), (4,))
    assert fig.axes[0].texts[0].get_text() == "15 parameters, 12 MACs"
    assert fig.alt.startswith("A network as boxes: 15 parameters, 12 MACs.")
    long = viz.volumes(nn.Sequential(nn.Linear(4, 3)), (4,), "a long name " * 12)
    assert len(long.axes[0].texts[0].get_text()) < 100, "a long title takes several lines"


def test_the_memory_can_wait():
    lines = [[text.get_text() for text in viz.volumes(zoo.lenet5(), (1, 28, 28), memory=memory).axes[0].texts]
             for memory in (True, False)]
    assert lines[0][1].startswith("memory") and lines[1] == [lines[0][0], *lines[0][2:]]


@pytest.mark.parametrize(("arguments", "words"), [
    ((3, (1, 28, 28)), "model must be a network, cnn.nn.Sequential(...), found 3"),
    ((nn.Sequential, (1, 28, 28)), "it is a class, add ()"),
    ((nn.Conv2d(1, 2, 3), (1, 28, 28)), "model must be a network"),
    ((zoo.lenet5(), (1, 28, 28), "", "no"), "memory must be True or False, found 'no'"),
    ((zoo.lenet5(), 28), "input_shape must be the shape"),
    ((zoo.lenet5(), (3, 28, 28)), "expects 1 input channels, found 3"),
])
def test_what_cannot_be_drawn_is_named(arguments, words):
    with pytest.raises((TypeError, ValueError)) as error:
        viz.volumes(*arguments)
    assert words in str(error.value) and len(str(error.value)) < 300
