"""The network by its pattern, [(Conv-ReLU)*N - Pool]*M - (FC-ReLU)*K - Softmax."""

import numpy as np
import pytest

import cnnlib as cnn
from cnnlib import nn, zoo

SIZES = [(N, M, K) for N in (1, 2, 3) for M in (0, 1, 2, 3) for K in (0, 1, 2)]


def kinds(model):
    return [type(layer).__name__ for layer in model]


@pytest.mark.parametrize(("N", "M", "K"), SIZES)
def test_classifier_follows_its_pattern(N, M, K):
    model = zoo.classifier(N, M, K)
    stage, hidden = [*["Conv2d", "ReLU"] * N, "MaxPool2d"], ["Linear", "ReLU"]
    assert kinds(model) == [*stage * M, "Flatten", *hidden * K, "Linear"]
    assert kinds(model).count("Conv2d") == N * M and kinds(model).count("Linear") == K + 1


@pytest.mark.parametrize(("N", "M", "K"), SIZES)
@pytest.mark.parametrize(("channels", "size", "classes", "filters"), [(1, 28, 10, 8), (3, (21, 40), 4, 5)])
def test_classifier_shapes(N, M, K, channels, size, classes, filters):
    """Every convolution of stage m gives filters * 2**m maps as large as what it is given; every pool halves them."""
    model = zoo.classifier(N, M, K, in_channels=channels, size=size, classes=classes, filters=filters, hidden=12)
    height, width = size if isinstance(size, tuple) else (size, size)
    rows = iter(model.summary((channels, height, width)).rows[1:])
    for m in range(M):
        maps = filters * 2 ** m
        assert [next(rows).output_shape for _ in range(2 * N)] == [(maps, height, width)] * 2 * N
        height, width = height // 2, width // 2
        assert next(rows).output_shape == (maps, height, width)
    features = (filters * 2 ** (M - 1) if M else channels) * height * width
    assert next(rows).output_shape == (features,)
    assert [row.output_shape for row in rows] == [(12,)] * 2 * K + [(classes,)]


def test_classifier_can_be_lenet():
    """Described by its pattern, the network of the notes is the same network, to the last weight."""
    model = zoo.classifier(1, 2, 2, in_channels=3, size=32, kernel_size=5, padding=0, hidden=(120, 84), seed=3)
    x = np.random.default_rng(0).random((2, 3, 32, 32), dtype=np.float32)
    assert repr(model) == repr(zoo.lenet_notes()) and np.array_equal(model(x), zoo.lenet_notes(seed=3)(x))


def test_classifier_ends_in_logits():
    """Softmax belongs to the loss: what comes out is not yet shares."""
    logits = zoo.classifier(1, 2, 1)(np.random.default_rng(0).random((5, 1, 28, 28), dtype=np.float32))
    assert (logits < 0).any() and not np.allclose(logits.sum(axis=1), 1)


@pytest.mark.parametrize(("arguments", "error", "says"), [
    ({"M": 5}, ValueError, r"^M is too large: found 5, but 4 stages shrink an image of 28 x 28 to 1 x 1, .* use M = 4"),
    ({"M": 2, "size": 3}, ValueError, r"^M is too large: found 2, but 1 stage shrinks an image of 3 x 3 to 1 x 1"),
    ({"M": 3, "size": (64, 5)}, ValueError, r"^M is too large: .* 64 x 5 to 16 x 1, .* use M = 2 at most"),
    ({"N": 2, "M": 3, "padding": 0}, ValueError, r"^M is too large: found 3, but 2 stages .* to 4 x 4"),
    ({"size": 10**9}, ValueError, r"^size is too large: found 1000000000, which leaves 2e\+18 numbers"),
    ({"size": 1}, ValueError, r"^size is too small: an image of 1 x 1 does not survive"),
    ({"size": 4, "kernel_size": 5, "padding": 0}, ValueError, r"^size is too small: an image of 4 x 4"),
    ({"N": 0}, ValueError, r"^N must be at least 1, found 0"),
    ({"M": -1}, ValueError, r"^M must be at least 0, found -1"),
    ({"K": 1.5}, TypeError, r"^K must be an integer, found 1.5"),
    ({"size": (28, 28, 1)}, ValueError, r"^size must be one integer or a pair"),
    ({"in_channels": 0}, ValueError, r"^in_channels must be at least 1"),
    ({"filters": "8"}, TypeError, r"^filters must be an integer"),
    ({"classes": 0}, ValueError, r"^classes must be at least 1"),
    ({"hidden": 0}, ValueError, r"^hidden must be at least 1"),
    ({"K": 2, "hidden": (64,)}, ValueError, r"^hidden must be one integer or a sequence of K = 2, found 1"),
    ({"kernel_size": 0}, ValueError, r"^kernel_size must be at least 1"),
    ({"padding": "sane"}, ValueError, r"^padding must be"),
])
def test_classifier_names_the_argument(arguments, error, says):
    with pytest.raises(error, match=says):
        zoo.classifier(**{"N": 1, "M": 1, "K": 1, **arguments})


def test_classifier_takes_as_many_stages_as_it_says():
    """The limit in the message is exact: that many stages can be made, and used, and one more cannot."""
    assert zoo.classifier(1, 4, 1)(np.zeros((1, 1, 28, 28), np.float32)).shape == (1, 10)
    assert zoo.classifier(2, 2, 0, padding=0)(np.zeros((1, 1, 28, 28), np.float32)).shape == (1, 10)


@pytest.mark.long
@pytest.mark.parametrize(("design", "enough"), [
    ({"N": 1, "M": 2, "K": 0, "filters": 4}, True),
    ({"N": 1, "M": 2, "K": 1, "filters": 4, "hidden": 8}, False),
    ({"N": 1, "M": 0, "K": 1, "hidden": 7}, False),
], ids=["without a hidden layer", "through eight numbers", "no convolution"])
def test_the_budget_of_lesson_06_can_be_met_and_missed(design, enough):
    """At most 6,000 parameters: what the lesson says of these designs is so, trained as it trains them."""
    garments, model = cnn.data.fashion_mnist(), zoo.classifier(**design)
    assert model.summary((1, 28, 28)).parameters <= 6000
    nn.fit(model, (garments.x_train[:7200], garments.y_train[:7200]), epochs=6, shift=1, progress=False)
    _, accuracy = nn.evaluate(model, garments.x_train[7200:], garments.y_train[7200:])
    assert (accuracy >= 0.80) == enough
