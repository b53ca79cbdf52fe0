"""LeNet-5 of 1998: the layers that are no longer usual, and the network that they make."""

from itertools import combinations

import numpy as np
import pytest
from holding import held
from networks import apart
from recorded import unsettled

import cnnlib as cnn
from cnnlib import nn, zoo
from cnnlib.zoo.lenet_1998 import SEEN, Distances, Scale, SparseConv2d, Squash


@pytest.mark.parametrize(("make", "shape"), [
    (Squash, (3, 7)), (lambda: Scale(3), (2, 3, 4, 5)), (lambda: SparseConv2d(SEEN, 3), (2, 6, 5, 6)),
    (lambda: Distances(5, 4), (3, 5)), (zoo.lenet_1998, (2, 1, 32, 32)),
], ids=["squash", "scale", "sparse convolution", "distances", "all"])
def test_gradients(make, shape):
    result = nn.check_gradients(unsettled(make()), apart(shape) / 10, samples=2 if make is zoo.lenet_1998 else 5)
    assert result.passed, result


def test_the_table_of_c3():
    """Of six maps in a ring: all runs of three, all runs of four, three fours in two pairs, and all six."""
    ring = [[tuple(sorted((i + j) % 6 for j in range(n))) for i in range(6)] for n in (3, 4)]
    pairs = [maps for maps in combinations(range(6), 4) if maps not in ring[1] and (maps[0] + 3) % 6 in maps
             and (maps[1] + 3) % 6 in maps]
    assert set(SEEN) == {*ring[0], *ring[1], *pairs, tuple(range(6))} and len(SEEN) == 16
    assert [sum(i in maps for maps in SEEN) for i in range(6)] == [10] * 6, "each map is seen equally often"


def test_a_sparse_convolution_is_one_with_zeros():
    layer, x = unsettled(SparseConv2d(SEEN, 5)), apart((2, 6, 8, 9))
    w, b = np.zeros((16, 6, 5, 5)), np.zeros(16)
    for k, (seen, one) in enumerate(zip(SEEN, layer.filters, strict=True)):
        w[k, list(seen)], b[k] = one.weight.data[0], one.bias.data[0]
    assert np.allclose(layer(x), cnn.conv2d(x, w, b), rtol=0, atol=1e-9)
    assert layer.macs((6, 14, 14)) == 100 * 1500 and sum(p.size for p in layer.parameters()) == 1516
    dy = apart((2, 16, 4, 5), seed=1)
    assert np.allclose(layer.backward(dy), cnn.conv2d_backward(dy, x, w)[0], rtol=0, atol=1e-9)


def test_squash_as_the_paper_wants_it():
    assert np.allclose(Squash()([-1.0, 1.0, 100.0]), [-1, 1, 1.7159], atol=1e-4)


def test_distances_name_the_nearest_code():
    layer = Distances(84, 10)
    assert set(np.unique(layer.codes)) == {-1, 1} and np.array_equal(layer.codes, Distances(84, 10).codes)
    logits = layer(layer.codes + 0.3)
    assert (logits.argmax(axis=1) == np.arange(10)).all() and np.allclose(np.diag(logits), -84 * 0.09)
    assert np.sort(layer(layer.codes))[:, -2].max() < -4 * 30, "any two codes differ in more than 30 places"


def test_layers_and_fields():
    rows = zoo.lenet_1998().summary((1, 32, 32)).rows
    assert [row.output_shape for row in rows if row.parameters] == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5), (120, 1, 1), (84,)]
    assert [row.receptive_field for row in rows if "Conv" in row.name or "Pool" in row.name] == [5, 6, 14, 16, 32]


@pytest.mark.parametrize(("call", "says"), [
    (lambda: Scale(3)(np.ones((1, 2, 4, 4))), r"Scale expects examples of shape \(3, H, W\), found \(2, 4, 4\)"),
    (lambda: SparseConv2d(SEEN, 5)(np.ones((1, 5, 9, 9))), r"SparseConv2d .* \(6, H, W\), found \(5, 9, 9\)"),
    (lambda: Distances(84, 10)(np.ones((1, 80))), r"Distances expects 84 features, found an example of \(80,\)"),
    (lambda: zoo.lenet_1998()(np.ones((1, 1, 28, 28))), r"^layer \(10\) Conv2d"),
])
def test_what_does_not_fit(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_it_learns_digits():
    digits = cnn.data.mnist()

    def seen(x):
        return 1.275 * np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2))) - np.float32(0.1)

    model = zoo.lenet_1998()
    nn.fit(model, (seen(digits.x_train[:1000]), digits.y_train[:1000]), epochs=3, progress=False)
    _, accuracy = nn.evaluate(model, seen(digits.x_test[:500]), digits.y_test[:500])
    assert accuracy > 0.8


@pytest.mark.parametrize("batch", [1, 16])
@pytest.mark.parametrize(("make", "shape"), [
    (Squash, (3, 7)), (lambda: Distances(84, 10), (84,)), (lambda: SparseConv2d(SEEN, 5), (6, 14, 14)),
    (zoo.lenet_1998, (1, 32, 32)),
], ids=["squash", "distances", "sparse convolution", "all"])
def test_memory_is_what_the_layers_hold(make, shape, batch):
    """Squashing keeps what came out, which the next layer need not keep again; the distances keep 840 differences."""
    model = nn.Sequential(make())
    whole, patches = held(model, np.random.default_rng(0).random((batch, *shape), np.float32))
    assert model.summary(shape).memory.batch(batch).activations == whole - patches


def test_memory_by_hand():
    """The image, six squashed maps, four poolings and scales, what C3's filters see (60 maps), and 840 differences."""
    kept = 1024 + 4704 + 1176 + 1176 + 60 * 196 + 1600 + 400 + 400 + 120 + 84 + 840
    assert zoo.lenet_1998().summary((1, 32, 32)).memory.activations == 4 * kept
