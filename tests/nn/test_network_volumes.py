"""The volumes of a network: nothing is lost, like layers are one, and long networks fold."""

import pytest
from networks import nested

from cnnlib import nn, zoo
from cnnlib.nn.volumes import Volume

IMAGENET = (3, 224, 224)

NETWORKS = {
    "lenet": (zoo.lenet5, (1, 28, 28)),
    "vgg": (zoo.vgg16, IMAGENET),
    "resnet": (zoo.resnet50, IMAGENET),
    "densenet": (zoo.densenet121, IMAGENET),
    "unet": (lambda: zoo.unet(width=8), (3, 32, 32)),
    "nested": (nested, (1, 8, 8)),
    "matrices": (lambda: nn.Sequential(nn.Linear(5, 3), nn.ReLU(), nn.Linear(3, 3)), (5,)),
}


@pytest.mark.parametrize("most", [None, 12, 6, 2])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_volumes_hold_all_parameters_and_macs(name, most):
    make, shape = NETWORKS[name]
    model = make()
    summary, (found, skips) = model.summary(shape), model.volumes(shape, most)
    assert sum(volume.parameters for volume in found) == summary.parameters
    assert sum(volume.macs for volume in found) == summary.macs
    assert found[0] == Volume("input", shape) and found[-1].shape == summary.rows[-1].output_shape
    assert most is None or len(found) <= most
    assert all(0 <= start < end < len(found) for start, end in skips)
    assert not any(parameter.made for parameter in model.parameters())


def shown(model, shape, most=None):
    return [(v.kind, v.count, v.shape) for v in model.volumes(shape, most)[0]]


def test_lenet_has_eight():
    assert shown(zoo.lenet5(), (1, 28, 28)) == [
        ("input", 1, (1, 28, 28)), ("Conv2d", 1, (6, 28, 28)), ("MaxPool2d", 1, (6, 14, 14)),
        ("Conv2d", 1, (16, 10, 10)), ("MaxPool2d", 1, (16, 5, 5)), ("Linear", 1, (120,)), ("Linear", 1, (84,)),
        ("Linear", 1, (10,))]


def test_like_layers_in_a_row_are_one_but_matrices_are_not():
    found = zoo.vgg16().volumes(IMAGENET)[0]
    assert [v.count for v in found if v.kind == "Conv2d"] == [2, 2, 3, 3, 3]
    assert [v.parameters for v in found if v.kind == "Linear"] == [102_764_544, 16_781_312, 4_097_000]
    assert all(v.kernels == ((3, 3),) for v in found if v.kind == "Conv2d")
    other = nn.Sequential(nn.Conv2d(1, 1, 3, padding=1), nn.Conv2d(1, 1, 5, padding=2))
    assert [v.kernels for v in other.volumes((1, 9, 9))[0]] == [(), ((3, 3),), ((5, 5),)]


def test_blocks_tell_their_kernels_shortcuts_and_depths():
    found = zoo.resnet50().volumes(IMAGENET)[0]
    blocks = [v for v in found if v.kind == "Residual"]
    assert [(v.count, v.projections, v.shape[0]) for v in blocks] == [
        (3, 1, 256), (4, 1, 512), (6, 1, 1024), (3, 1, 2048)]
    assert all(v.kernels == ((1, 1), (3, 3), (1, 1)) for v in blocks)
    plain = [v for v in zoo.resnet((2, 2)).volumes(IMAGENET)[0] if v.kind == "Residual"]
    assert [(v.count, v.projections, v.kernels) for v in plain] == [(2, 0, ((3, 3),) * 2), (2, 1, ((3, 3),) * 2)]
    dense = [v for v in zoo.densenet((6, 12)).volumes(IMAGENET)[0] if v.kind == "DenseBlock"]
    assert [v.depths for v in dense] == [tuple(range(64, 257, 32)), tuple(range(128, 513, 32))]
    assert [v.kernels for v in dense] == [((1, 1), (3, 3))] * 2


def test_a_block_that_changes_the_size_inside_is_opened_and_its_skip_told():
    found, skips = zoo.unet(width=8).volumes((3, 32, 32))
    assert [(v.kind, v.shape) for v in found] == [
        ("input", (3, 32, 32)), ("Conv2d", (8, 32, 32)), ("MaxPool2d", (8, 16, 16)), ("Conv2d", (16, 16, 16)),
        ("MaxPool2d", (16, 8, 8)), ("Conv2d", (32, 8, 8)), ("ConvTranspose2d", (16, 16, 16)), ("join", (32, 16, 16)),
        ("Conv2d", (16, 16, 16)), ("ConvTranspose2d", (8, 32, 32)), ("join", (16, 32, 32)), ("Conv2d", (8, 32, 32)),
        ("Conv2d", (2, 32, 32))]
    assert sorted(skips) == [(1, 10), (3, 7)]
    assert [v.depths for v in found if v.kind == "join"] == [(16, 32), (8, 16)]
    folded, skips = zoo.unet(width=8).volumes((3, 32, 32), most=12)
    assert [v.shape for v in folded][:4] == [(3, 32, 32), (8, 32, 32), (16, 16, 16), (32, 8, 8)]
    assert sorted(skips) == [(1, 8), (2, 5)] and folded[8].kind == folded[5].kind == "join"


def test_poolings_fold_first_then_neighbours_of_one_size():
    assert shown(zoo.vgg16(), IMAGENET, 13) == [
        ("input", 1, IMAGENET), ("Conv2d", 2, (64, 224, 224)), ("Conv2d", 2, (128, 112, 112)),
        ("Conv2d", 3, (256, 56, 56)), ("Conv2d", 3, (512, 28, 28)), ("Conv2d", 3, (512, 14, 14)),
        ("MaxPool2d", 1, (512, 7, 7)), ("Linear", 1, (4096,)), ("Linear", 1, (4096,)), ("Linear", 1, (1000,))]
    assert [v.after for v in zoo.vgg16().volumes(IMAGENET, 13)[0]] == ["", "", *["MaxPool2d"] * 4, "", "", "", ""]
    thin = nn.Sequential(*(nn.Conv2d(1 + i, 2 + i, 3, padding=1) for i in range(40)), nn.MaxPool2d(2))
    found = thin.volumes((1, 8, 8), most=5)[0]
    assert [v.kind for v in found] == ["input", "layers", "layers", "layers", "MaxPool2d"]
    assert sum(v.count for v in found) == 42 and found[-2].shape == (41, 8, 8)


def test_what_leaves_the_shape_belongs_to_what_was_before():
    model = nn.Sequential(nn.Flatten(), nn.ReLU(), nn.Linear(18, 4), nn.Dropout(0.5), nn.ReLU())
    assert shown(model, (2, 3, 3)) == [("input", 1, (2, 3, 3)), ("Linear", 1, (4,))]
    normed = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU()).volumes((1, 8, 8))[0]
    assert [v.parameters for v in normed] == [0, 40 + 8]


def test_sides():
    assert [Volume("", shape).sides for shape in [(7,), (2, 5), (3, 4, 5)]] == [(7, 1, 1), (2, 5, 1), (3, 4, 5)]


def test_bad_input_is_named():
    with pytest.raises(TypeError, match="input_shape must be the shape of one example"):
        zoo.lenet5().volumes(28)
    with pytest.raises(ValueError, match="layer \\(0\\)"):
        zoo.lenet5().volumes((3, 28, 28))
    with pytest.raises(ValueError, match="most must be"):
        zoo.lenet5().volumes((1, 28, 28), most=1)
