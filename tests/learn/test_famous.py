"""The numbers of lesson 08's exercises are those of the networks themselves."""

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn, zoo
from cnnlib.learn.lesson_08 import paths, pictures
from cnnlib.zoo.resnet import bottleneck_block


def solution(id):
    return cnn.learn.exercise(id).solution


def test_alexnets_first_layer_is_counted_as_the_network_counts_it():
    first = nn.Sequential(zoo.alexnet()[0]).summary((3, 224, 224))
    shape = nn.Sequential(zoo.alexnet()[0]).output_shape((3, 224, 224))
    assert solution("08.1")() == [first.parameters, *shape, first.macs]


def test_vggs_largest_matrix_is_counted_as_the_network_counts_it():
    model, matrix = zoo.vgg16(), nn.Linear(7 * 7 * 512, 4096)
    as_filters = nn.Sequential(nn.Conv2d(512, 4096, 7))
    count = nn.Sequential(matrix).summary((7 * 7 * 512,)).parameters
    assert repr(matrix) in map(repr, model), "a layer of VGG-16"
    share = round(100 * count / model.summary((3, 224, 224)).parameters)
    filters, shape = as_filters.summary((512, 14, 14)).parameters, as_filters.output_shape((512, 14, 14))
    assert solution("08.3")() == [count, share, filters, *shape]


def test_the_bottleneck_is_that_of_resnet_50():
    for C in (16, 256):
        assert solution("08.6")(C, 4)[0] == sum(p.size for p in bottleneck_block(C, C // 4).parameters())


def test_the_towers_are_as_high_as_the_networks():
    layers = {name: count for _, name, count, *_ in pictures.CONTEST}
    for name, model in (("LeNet", zoo.lenet5()), ("AlexNet", zoo.alexnet()), ("VGG-16", zoo.vgg16())):
        assert layers[name] == sum(isinstance(layer, nn.Conv2d | nn.Linear) for layer in model)
    assert "3 × 3 only" in pictures.contest(cures=True).alt and "3 × 3 only" not in pictures.contest().alt


@pytest.mark.parametrize("shortcut", [False, True])
def test_the_open_paths_of_a_small_tower_add_up_to_its_slope(shortcut):
    """Which is a product of matrices, those of the gates between those of the weights."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        first, second, third = rng.normal(size=3), *rng.normal(size=(2, 3, 3))
        gates = rng.random((3, 3)) < 0.6
        layer_1 = first * gates[0]
        layer_3 = (layer_1 @ second * gates[1] @ third + shortcut * layer_1) * gates[2]
        found = paths.open_paths([first, second, third], [set(np.flatnonzero(gate) + 1) for gate in gates], shortcut)
        assert abs(sum(map(np.prod, found)) - layer_3.sum()) < 1e-12
