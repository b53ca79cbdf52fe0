"""The networks of the zoo: shapes, published totals, and that they learn."""

import inspect

import numpy as np
import pytest
from effort import effort

import cnnlib as cnn
from cnnlib import nn, zoo

GREY, COLOUR, PHOTO = (1, 28, 28), (3, 32, 32), (3, 224, 224)
PATTERN = (9 + 1) * 8 + (72 + 1) * 8 + (72 + 1) * 16 + (144 + 1) * 16 + 785 * 64 + 65 * 10

# Name, arguments it needs, one example of its input, of its output, published number of parameters, and of MACs in
# billions where these are published.
NETWORKS = [
    ("lenet5", (), GREY, (10,), 61_706, None),
    ("lenet_notes", (), COLOUR, (10,), 62_958, None),
    ("lenet_1998", (), (1, 32, 32), (10,), 60_000, None),
    ("classifier", (2, 2, 1), GREY, (10,), PATTERN, None),
    ("alexnet", (), PHOTO, (1000,), 61_100_840, 0.714),
    ("vgg16", (), PHOTO, (1000,), 138_357_544, 15.47),
    ("resnet18", (), PHOTO, (1000,), 11_689_512, 1.814),
    ("resnet34", (), PHOTO, (1000,), 21_797_672, 3.664),
    ("resnet50", (), PHOTO, (1000,), 25_557_032, 4.089),
    ("densenet121", (), PHOTO, (1000,), 7_978_856, 2.834),
    ("resnet", ((2, 2, 2, 2),), PHOTO, (1000,), 11_689_512, 1.814),
    ("densenet", ((6, 12, 24, 16),), PHOTO, (1000,), 7_978_856, 2.834),
    ("unet", (), (3, 48, 48), (2, 48, 48), 117_378, None),
]

# The same on small images: name, arguments, options, one example of its input.
TINY = {"classes": 10, "in_channels": 1}
SMALL = [
    ("lenet5", (), {}, GREY),
    ("lenet_notes", (), {}, COLOUR),
    ("lenet_1998", (), {}, (1, 32, 32)),
    ("classifier", (2, 2, 1), {}, GREY),
    ("alexnet", (), TINY | {"size": 28, "width": 8, "stem": "small"}, GREY),
    ("vgg16", (), TINY | {"size": 32, "width": 8}, (1, 32, 32)),
    ("resnet18", (), TINY | {"width": 4, "stem": "small"}, (1, 16, 16)),
    ("resnet34", (), TINY | {"width": 2, "stem": "half"}, (1, 16, 16)),
    ("resnet50", (), TINY | {"width": 2, "stem": "imagenet"}, (1, 64, 64)),
    ("densenet121", (), TINY | {"width": 4, "stem": "small"}, (1, 16, 16)),
    ("resnet", ((1, 1),), TINY | {"width": 4, "bottleneck": True, "stem": "half"}, GREY),
    ("densenet", ((2, 2),), TINY | {"width": 12, "stem": "half"}, GREY),
    ("unet", (), {"in_channels": 1, "width": 4}, (1, 12, 16)),
]
every_network = pytest.mark.parametrize(
    ("name", "needed", "shape", "output", "parameters", "macs"), NETWORKS, ids=[row[0] for row in NETWORKS])
every_small_one = pytest.mark.parametrize(
    ("name", "needed", "options", "shape"), SMALL, ids=[row[0] for row in SMALL])


def test_every_network_is_in_the_tables():
    """But for the one that has learned already."""
    names = sorted({*zoo.__all__} - {"digits"})
    assert names == sorted(name for name, *_ in NETWORKS) == sorted(name for name, *_ in SMALL)
    assert all(inspect.signature(getattr(zoo, name)).parameters["seed"].default == 0 for name in names)


@every_network
def test_as_published(name, needed, shape, output, parameters, macs):
    model = getattr(zoo, name)(*needed)
    summary = model.summary(shape)
    assert (model.output_shape(shape), summary.rows[-1].output_shape) == (output, output)
    assert summary.parameters == parameters
    assert not any(p.made for p in model.parameters()), "to describe a network costs nothing"
    assert macs is None or abs(summary.macs / 1e9 / macs - 1) < 1e-3


def test_a_summary_is_instant():
    assert effort(lambda: zoo.vgg16().summary(PHOTO), enough=1) < 1


@every_small_one
def test_small(name, needed, options, shape):
    """It runs, is as large as it says, has the dtype of its input; and its seed decides what it starts from."""
    make, x = getattr(zoo, name), np.random.default_rng(0).random((2, *shape))
    model = make(*needed, **options, seed=1)
    y = model(x.astype(np.float32))
    assert (y.shape, y.dtype) == ((2, *model.output_shape(shape)), np.float32)
    assert sum(p.data.size for p in model.parameters()) == model.summary(shape).parameters
    assert np.array_equal(make(*needed, **options, seed=1)(x), model(x))
    assert np.array_equal(make(*needed, **options)(x), make(*needed, **options, seed=0)(x))
    assert not np.array_equal(model(x), make(*needed, **options, seed=2)(x))


@every_small_one
def test_no_two_weights_are_alike(name, needed, options, shape):
    """Each layer draws numbers of its own, however deep inside a block it is."""
    model = getattr(zoo, name)(*needed, **options)
    drawn = [tuple(p.data.ravel()[:4]) for p in model.parameters() if p.std]
    assert len(set(drawn)) == len(drawn) > 2


# U-Net learns below, LeNet of 1998 in test_lenet_1998.py: its distances want smaller steps.
LEARNERS = [row for row in SMALL if row[0] not in ("unet", "lenet_1998")]


@pytest.mark.alike(4)
@pytest.mark.parametrize(("name", "needed", "options", "shape"), LEARNERS, ids=[row[0] for row in LEARNERS])
def test_learns(name, needed, options, shape):
    """Trained on four images, it tells them apart: the way back reaches every layer, and goes downhill."""
    model, x = getattr(zoo, name)(*needed, **options), np.random.default_rng(0).random((4, *shape), dtype=np.float32)
    before = [p.data.copy() for p in model.parameters()]
    adam = nn.Adam(model.parameters(), lr=0.01)
    losses = nn.fit(model, (x, np.arange(4)), epochs=15, batch_size=4, optimizer=adam, progress=False)["loss"]
    assert losses[-1] < losses[0] / 2, losses
    assert not any(np.array_equal(a, p.data) for a, p in zip(before, model.parameters(), strict=True))


def test_unet_learns_where_bright_squares_are():
    rng = np.random.default_rng(0)
    truth = np.kron(rng.integers(2, size=(8, 3, 4)), np.ones((4, 4), int))   # (N, H, W)
    x = (truth[:, None] + rng.normal(scale=0.5, size=(8, 1, 12, 16))).astype(np.float32)
    model = zoo.unet(in_channels=1, width=4).train()
    step, losses = nn.Adam(model.parameters(), lr=0.02), []
    for _ in range(20):
        logits = model(x)
        rows = logits.transpose(0, 2, 3, 1).reshape(-1, 2)
        losses.append(cnn.cross_entropy(rows, truth.ravel()))
        d = cnn.cross_entropy_backward(rows, truth.ravel()).reshape(8, 12, 16, 2).transpose(0, 3, 1, 2)
        model.backward(d)
        step.step()
    assert losses[-1] < losses[0] / 4
    assert (model(x).argmax(axis=1) == truth).mean() > 0.97


@pytest.mark.parametrize(("name", "shape"), [("lenet5", GREY), ("lenet_notes", COLOUR), ("lenet_1998", (1, 32, 32))])
def test_an_untrained_network_knows_nothing_but_is_not_far_off(name, shape):
    x = np.random.default_rng(0).random((100, *shape), dtype=np.float32)
    loss, accuracy = nn.evaluate(getattr(zoo, name)(), x, np.arange(100) % 10)
    assert abs(loss - np.log(10)) < 1.5
    assert accuracy < 0.4


def test_lenet5_layer_by_layer():
    summary = zoo.lenet5().summary((1, 28, 28))
    assert [(row.output_shape, row.parameters) for row in summary.rows if row.parameters] == [
        ((6, 28, 28), 156), ((16, 10, 10), 2_416), ((120,), 48_120), ((84,), 10_164), ((10,), 850),
    ]  # fmt: skip
    assert [row.receptive_field for row in summary.rows if "Pool" in row.name] == [6, 16]
    assert summary.macs == 28 * 28 * 6 * 25 + 10 * 10 * 16 * 6 * 25 + 400 * 120 + 120 * 84 + 84 * 10


def test_lenet5_learns_digits():
    digits = cnn.data.mnist()
    model = zoo.lenet5()
    x, y = digits.x_train[:1500], digits.y_train[:1500]
    history = nn.fit(model, (x, y), epochs=3, progress=False)
    _, accuracy = nn.evaluate(model, digits.x_test, digits.y_test)
    assert history["loss"] == sorted(history["loss"], reverse=True)
    assert accuracy > 0.85
