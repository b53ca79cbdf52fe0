"""What can be known before training is said before training; what was learned until an error comes is not lost."""

import numpy as np
import pytest
from networks import conv, fit, same, stripes, weights

import cnnlib as cnn
from cnnlib import nn


def pixels(n):
    return np.random.default_rng(0).random((n, 3, 1, 1)), np.arange(n) % 2


def normed(*before):
    return nn.Sequential(*before, nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(3, 2))


def inside():
    """Deep in blocks, behind a layer that makes one value per channel of an image."""
    block = nn.Residual(nn.Conv2d(3, 3, 1), nn.BatchNorm2d(3), shortcut=nn.Conv2d(3, 3, 1))
    return nn.Sequential(nn.Conv2d(1, 3, 8), nn.Sequential(block), nn.Flatten(), nn.Linear(3, 2))


def in_a_dense_block():
    block = nn.DenseBlock(nn.Conv2d(3, 2, 1), nn.Sequential(nn.BatchNorm2d(5), nn.Conv2d(5, 1, 1)))
    return nn.Sequential(nn.MaxPool2d(8), nn.Conv2d(1, 3, 1), block, nn.Flatten(), nn.Linear(6, 2))


@pytest.mark.parametrize(
    ("model", "data", "options", "words"),
    [
        (normed(), pixels(65), {"batch_size": 64}, "batch_size=64 leaves a last batch of 1 of .*batch_size=63"),
        (normed(), pixels(72), {"batch_size": 64, "validation": 0.1}, "batch_size=64 .* batch of 1 of the 65 examples"),
        (normed(), pixels(3), {"batch_size": 2}, "batch_size=2 .* 3 examples, .*: use batch_size=3"),
        (normed(), pixels(8), {"batch_size": 1}, "batch_size=1 .* 8 examples, .*: use batch_size=2"),
        (normed(), pixels(1), {"batch_size": 64}, "batch_size=64 .* 1 of the 1 examples.*: use more examples"),
        (inside(), stripes(33), {"batch_size": 16}, "BatchNorm2d, which gets one value per channel from each, needs 2"),
        (in_a_dense_block(), stripes(33), {"batch_size": 16}, "batch_size=16 .*: use batch_size=15"),
    ],
)
def test_a_last_batch_of_one(model, data, options, words):
    before = weights(model)
    with pytest.raises(ValueError, match=words) as error:
        fit(model, data, **options)
    assert len(str(error.value)) < 300
    assert same(weights(model), before) and model.history is None
    assert all((p.data == name.endswith("var")).all() for name, p in model.named_statistics())


@pytest.mark.parametrize(("n", "size"), [(65, 63), (64, 64), (66, 64), (10, 64), (5, 3)])
def test_batches_that_will_do(n, size):
    assert len(fit(normed(), pixels(n), batch_size=size)["loss"]) == 3


def test_a_single_example_will_do_where_it_has_several_values():
    model = nn.Sequential(nn.Conv2d(1, 3, 7), nn.BatchNorm2d(3), nn.Flatten(), nn.Linear(12, 2))
    assert len(fit(model, stripes(33), batch_size=16)["loss"]) == 3
    assert len(fit(conv(), stripes(33), batch_size=1, epochs=1)["loss"]) == 1, "and where nothing is normalised"


def test_the_history_survives_a_late_error():
    model = conv()
    with pytest.raises(ZeroDivisionError):
        fit(model, stripes(), schedule=lambda t: 1 if t < 0.5 else 1 / 0)
    assert len(model.history["loss"]) == len(model.history["epoch"]) == 1
    again = fit(model, stripes())
    assert model.history is again and len(again["loss"]) == 3


@pytest.mark.parametrize(
    ("schedule", "kind", "words"),
    [
        (lambda t: None, TypeError, "schedule must return a number, found NoneType at progress 0"),
        (lambda t: np.ones(2), TypeError, "schedule must return a number, found ndarray"),
        (lambda t: 1j, TypeError, "schedule must return a number, found complex"),
        (lambda t: -1, ValueError, r"schedule must return 0 or more, found -1\.0 at progress 0"),
        (lambda t: float("nan"), ValueError, "schedule must return 0 or more, found nan"),
        (lambda t: 0.6 - t, ValueError, r"schedule must return 0 or more, found -0\.\d+ at progress 0\.625"),
    ],
)
def test_a_schedule_that_says_nothing_useful(schedule, kind, words):
    model = conv()
    optimizer = nn.SGD(model.parameters(), lr=0.01)
    with pytest.raises(kind, match=words):
        fit(model, stripes(), schedule=schedule, optimizer=optimizer)
    assert optimizer.lr == 0.01 and not model.training
    assert len(fit(model, stripes(), schedule=lambda t: np.float32(1 - t))["loss"]) == 3


def test_a_shift_out_of_sight():
    for shift in (8, 10**5):
        with pytest.raises(ValueError, match=rf"shift={shift} moves images of 8 x 8 out of sight, .* 7 at most"):
            fit(conv(), stripes(), shift=shift)
    assert len(fit(conv(), stripes(), shift=7)["loss"]) == 3


@pytest.mark.parametrize(
    ("numbers", "name"), [((1, 1, 10**6), "K"), ((10**9, 1, 0), "N"), ((1, 10**9, 0), "M"), ((1, 0, 10**9), "K")])
def test_a_classifier_of_a_million_layers(numbers, name):
    with pytest.raises(ValueError, match=rf"^{name} is too large: found 10+, .* expected N·M \+ K at most 1000$"):
        cnn.zoo.classifier(*numbers)
    assert len(cnn.zoo.classifier(1, 0, 1000)) == 2002
