"""What the networks of the zoo are made of: shapes, gradients, and the facts that the papers rest on."""

import numpy as np
import pytest
from networks import apart
from recorded import unsettled

from cnnlib import nn, zoo
from cnnlib.zoo.densenet import dense_block, dense_layer, transition
from cnnlib.zoo.resnet import basic_block, bottleneck_block, projection

# Name: (block, shape of one example that it takes, and of what it gives).
BLOCKS = {
    "residual": (lambda: basic_block(3, 3), (3, 5, 6), (3, 5, 6)),
    "residual, projection": (lambda: basic_block(3, 4), (3, 5, 6), (4, 5, 6)),
    "residual, projection and stride": (lambda: basic_block(3, 4, stride=2), (3, 5, 6), (4, 3, 3)),
    "bottleneck": (lambda: bottleneck_block(8, 2), (8, 5, 6), (8, 5, 6)),
    "bottleneck, projection": (lambda: bottleneck_block(3, 2), (3, 5, 6), (8, 5, 6)),
    "bottleneck, projection and stride": (lambda: bottleneck_block(8, 2, stride=2), (8, 5, 6), (8, 3, 3)),
    "dense layer": (lambda: dense_layer(4, 2), (4, 5, 6), (2, 5, 6)),
    "dense block": (lambda: dense_block(3, 3, growth=2), (3, 5, 6), (9, 5, 6)),
    "transition": (lambda: nn.Sequential(*transition(5)), (5, 6, 7), (2, 3, 3)),
    "level of U-Net": (lambda: zoo.unet(classes=3, in_channels=2, width=2, depth=1), (2, 4, 6), (3, 4, 6)),
}
each_block = pytest.mark.parametrize(("make", "shape", "output"), BLOCKS.values(), ids=BLOCKS)


@pytest.mark.alike(2)
@each_block
@pytest.mark.parametrize("training", [True, False], ids=["training", "evaluation"])
def test_gradients(make, shape, output, training):
    """In float64 against differences, with batch norm in both its ways, its scales and shifts not 1 and 0."""
    block, x = unsettled(make()).train(training), apart((3, *shape))
    assert block(x).shape == (3, *output) == (3, *block.output_shape(shape))
    result = nn.check_gradients(block, x, samples=20)
    assert result.passed, result
    assert set(result) == {"x", *(name for name, _ in block.named_parameters())}


def test_a_basic_block_adds_to_its_input():
    """With nothing in its last scale it passes on what came; and the gradient past it is untouched."""
    block, x = basic_block(3, 3).train(), apart((2, 3, 4, 4))
    last = block.body[-1]
    last.weight.data = np.zeros(3)
    assert np.array_equal(block(x), x)
    dy = apart(x.shape, seed=1)
    assert np.array_equal(block.backward(dy), dy)


def test_a_projection_only_where_the_shape_changes():
    assert projection(4, 4, 1) is None
    assert projection(4, 8, 1).output_shape((4, 5, 5)) == (8, 5, 5)
    assert projection(4, 4, 2).output_shape((4, 5, 5)) == (4, 3, 3)
    blocks = [layer for layer in zoo.resnet34() if isinstance(layer, nn.Residual)]
    assert [i for i, block in enumerate(blocks) if len(block.shortcut)] == [3, 7, 13], "the first of stages 2, 3 and 4"


def test_the_stride_of_a_bottleneck_is_in_its_middle():
    """As every library has it: a 1x1 with stride 2 would never look at three of four positions."""
    assert [layer.stride for layer in bottleneck_block(8, 2, stride=2).body if isinstance(layer, nn.Conv2d)] == [
        (1, 1), (2, 2), (1, 1)]


def test_a_dense_block_keeps_what_it_was_given():
    block, x = dense_block(3, 2, growth=2), apart((2, 3, 4, 4))
    y = block(x)
    assert np.array_equal(y[:, :3], x)
    assert np.array_equal(block.layers[0](x), y[:, 3:5]), "the first layer has seen the input only"
    assert np.array_equal(block.layers[1](y[:, :5]), y[:, 5:]), "the second all maps so far"


def test_the_skip_of_unet_is_what_it_saw_on_the_way_down():
    model = zoo.unet(in_channels=1, width=2, depth=1)
    x, at = apart((1, 1, 8, 8)), next(i for i, layer in enumerate(model) if isinstance(layer, nn.DenseBlock))
    down = model[:at](x)
    joined = model[at](down)
    assert np.array_equal(joined[:, :2], down) and joined.shape == (1, 4, 8, 8)


def test_unet_without_depth_and_with_sizes_that_do_not_halve():
    assert zoo.unet(depth=0).output_shape((3, 5, 7)) == (2, 5, 7)
    with pytest.raises(ValueError, match=r"DenseBlock must keep height and width, \(5, 6\), found \(4, 6\)"):
        zoo.unet().output_shape((3, 10, 12))


def test_where_the_parameters_of_vgg_sit_and_where_the_work_is():
    """The first matrix has 102,764,544 of 138 million parameters, and the convolutions 99 of 100 multiplications."""
    rows = {row.name: row for row in zoo.vgg16().summary((3, 224, 224)).rows}
    assert rows["32 Linear"].parameters == 102_764_544
    assert [row.output_shape for name, row in rows.items() if "Pool" in name] == [
        (64, 112, 112), (128, 56, 56), (256, 28, 28), (512, 14, 14), (512, 7, 7)]
    assert sum(row.macs for name, row in rows.items() if "Conv" in name) > 0.99 * sum(r.macs for r in rows.values())


def test_the_maps_of_alexnet():
    rows = zoo.alexnet().summary((3, 224, 224)).rows
    assert [row.output_shape for row in rows if "Conv" in row.name or "Pool" in row.name] == [
        (64, 55, 55), (64, 27, 27), (192, 27, 27), (192, 13, 13), (384, 13, 13), (256, 13, 13), (256, 13, 13),
        (256, 6, 6)]


@pytest.mark.parametrize("make", [zoo.alexnet, zoo.vgg16])
def test_half_of_the_hidden_units_drop_out(make):
    assert [layer.p for layer in make().train() if isinstance(layer, nn.Dropout)] == [0.5, 0.5]


@pytest.mark.parametrize(("make", "shape", "maps"), [
    (zoo.resnet18, PHOTO := (3, 224, 224), [(64, 56, 56), (128, 28, 28), (256, 14, 14), (512, 7, 7)]),
    (zoo.resnet50, PHOTO, [(256, 56, 56), (512, 28, 28), (1024, 14, 14), (2048, 7, 7)]),
    (zoo.densenet121, PHOTO, [(256, 56, 56), (512, 28, 28), (1024, 14, 14), (1024, 7, 7)]),
])
def test_the_stages(make, shape, maps):
    rows = [row for row in make().summary(shape).rows if "Residual" in row.name or "Dense" in row.name]
    assert list(dict.fromkeys(row.output_shape for row in rows)) == maps


def test_stems():
    for make, first in (zoo.resnet18, 64), (zoo.densenet121, 64):
        sizes = {stem: make(stem=stem)[:4 if stem == "imagenet" else 3].output_shape((3, 32, 32))
                 for stem in ("imagenet", "small", "half")}
        assert sizes == {"imagenet": (first, 8, 8), "small": (first, 32, 32), "half": (first, 16, 16)}


@pytest.mark.parametrize(("call", "error", "says"), [
    (lambda: zoo.alexnet(size=62), ValueError, r'^size is too small: an image of 62 x 62 .*, or stem="small"$'),
    (lambda: zoo.alexnet(size=14, stem="small"), ValueError, r"^size is too small: .* 14 x 14 .* use a larger size$"),
    (lambda: zoo.vgg16(size=(31, 40)), ValueError, r"^size is too small: an image of 31 x 40"),
    (lambda: zoo.vgg16(size=10**7), ValueError, r"^size is too large: found 10000000"),
    (lambda: zoo.vgg16(width=0), ValueError, r"^width must be at least 1, found 0"),
    (lambda: zoo.resnet18(width=10**6), ValueError, r"^width must be at most 10000, found 1000000"),
    (lambda: zoo.resnet18(stem="large"), ValueError, r"^stem must be one of .*'small', 'half', found 'large'"),
    (lambda: zoo.alexnet(stem="half"), ValueError, r"^stem must be one of 'imagenet', 'small', found 'half'"),
    (lambda: zoo.resnet18(classes=2.5), TypeError, r"^classes must be an integer, found 2.5"),
    (lambda: zoo.densenet121(in_channels=0), ValueError, r"^in_channels must be at least 1"),
    (lambda: zoo.densenet121(width=7), ValueError, r"^width must be even, twice the growth rate, found 7"),
    (lambda: zoo.resnet(4), TypeError, r"^blocks must be a list of numbers, one a stage, found 4"),
    (lambda: zoo.resnet((2, 0)), ValueError, r"^blocks must be at least 1, found 0"),
    (lambda: zoo.densenet(()), ValueError, r"^blocks must be numbers of 1 to 8 stages, .*, found \(\)"),
    (lambda: zoo.resnet((2, 2), bottleneck="no"), TypeError, r"^bottleneck must be True or False"),
    (lambda: zoo.unet(depth=9), ValueError, r"^depth must be at most 8, found 9"),
    (lambda: zoo.resnet18(seed=-1), ValueError, r"^seed must be at least 0"),
])
def test_errors_name_the_argument(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_the_least_sizes_are_exact():
    assert zoo.alexnet(size=63, width=2)(np.zeros((1, 3, 63, 63), np.float32)).shape == (1, 1000)
    assert zoo.alexnet(size=15, width=2, stem="small")(np.zeros((1, 3, 15, 15), np.float32)).shape == (1, 1000)
    assert zoo.vgg16(size=32, width=2)(np.zeros((1, 3, 32, 32), np.float32)).shape == (1, 1000)
