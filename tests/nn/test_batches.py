"""What the network is given in training: every example once, shuffled, moved, mirrored, never the held-out ones."""

import numpy as np
import pytest
from networks import fit

from cnnlib import nn
from cnnlib.nn import train as train_module


class Spy(nn.Layer):
    """Passes images on and keeps what it saw while training."""

    def __init__(self):
        self.batches = []

    def forward(self, x):
        if self.training:
            self.batches.append(x.copy())
        return x

    def backward(self, dy, need_dx=True):
        return dy


def watched(monkeypatch, data, **options):
    """What the network and the loss were given in training: images and labels of every step."""
    x, _ = data
    spy, labels = Spy(), []
    real = train_module.loss_and_gradient
    monkeypatch.setattr(train_module, "loss_and_gradient", lambda logits, y: labels.append(y.copy()) or real(logits, y))
    fit(nn.Sequential(spy, nn.Flatten(), nn.Linear(x[0].size, 10)), data, **options)
    return spy.batches, labels


def numbered(n=23):
    """Images 5 x 6 that can be told apart by their largest value, with labels that follow from it."""
    rng = np.random.default_rng(0)
    x = rng.uniform(0.1, 0.4, size=(n, 2, 5, 6))
    x[:, :, 2, 2:4] = (1 + np.arange(n)[:, None, None] / n) / 2   # near the middle: no small shift moves it out
    return x, np.arange(n) % 10


def identities(images, n=23):
    return np.rint((images.max(axis=(1, 2, 3)) * 2 - 1) * n).astype(int)


@pytest.mark.parametrize(("shift", "flip"), [(0, False), (2, False), (0, True), (2, True)])
def test_every_epoch_visits_every_example_once_with_its_label(monkeypatch, shift, flip):
    batches, labels = watched(monkeypatch, numbered(), epochs=3, batch_size=5, shift=shift, flip=flip)
    assert [len(b) for b in batches] == [5, 5, 5, 5, 3] * 3
    orders = identities(np.concatenate(batches)).reshape(3, 23)
    assert all(sorted(order) == list(range(23)) for order in orders.tolist())
    assert len({tuple(order) for order in orders.tolist()} | {tuple(range(23))}) == 4, "in a new order each time"
    assert np.array_equal(np.concatenate(labels), orders.ravel() % 10)


def shifted(image, down, right):
    """The image rolled, and 0 where it came in again on the other side."""
    out = np.roll(image, (down, right), axis=(1, 2))
    rows, columns = np.arange(image.shape[1]) - down, np.arange(image.shape[2]) - right
    out[:, (rows < 0) | (rows >= image.shape[1])] = 0
    out[:, :, (columns < 0) | (columns >= image.shape[2])] = 0
    return out


def test_shift_moves_images_and_fills_with_zeros(monkeypatch):
    x, y = numbered()
    before = x.copy(), y.copy()
    batches, _ = watched(monkeypatch, (x, y), epochs=30, shift=2)
    images = np.concatenate(batches)
    assert images.dtype == x.dtype
    counts = {}
    for image, i in zip(images, identities(images), strict=True):
        moves = [(d, r) for d in range(-2, 3) for r in range(-2, 3) if np.array_equal(image, shifted(x[i], d, r))]
        assert len(moves) == 1, "an image that is no shift of its original"
        counts[moves[0]] = counts.get(moves[0], 0) + 1
    assert len(counts) == 25, "every shift, no shift among them, occurs"
    expected = len(images) / 25
    assert sum((count - expected) ** 2 for count in counts.values()) / expected < 52, "and equally often (chi-square)"
    assert np.array_equal(x, before[0]) and np.array_equal(y, before[1]), "the data is not touched"


def test_images_of_one_batch_move_independently(monkeypatch):
    x = np.zeros((40, 1, 5, 5))
    x[:, 0, 2, 2] = 1
    (batch,), _ = watched(monkeypatch, (x, np.zeros(40, int)), epochs=1, batch_size=40, shift=2)
    rows, columns = np.array([np.unravel_index(image.argmax(), (5, 5)) for image in batch[:, 0]]).T
    assert len(set(rows)) == len(set(columns)) == 5
    assert len(set(zip(rows.tolist(), columns.tolist(), strict=True))) > 10


def test_flip_mirrors_left_and_right_of_half_the_images(monkeypatch):
    x, y = numbered()
    before = x.copy(), y.copy()
    batches, _ = watched(monkeypatch, (x, y), epochs=40, batch_size=23, flip=True)
    images = np.concatenate(batches)
    originals = x[identities(images)]
    mirrored = np.array([np.array_equal(a, b[:, :, ::-1]) for a, b in zip(images, originals, strict=True)])
    assert np.array_equal(images[~mirrored], originals[~mirrored]), "mirrored, or as it was: nothing else"
    assert images.dtype == x.dtype and abs(mirrored.mean() - 0.5) < 0.07, "half of 920, within four spreads"
    counts = mirrored.reshape(40, 23).sum(axis=1)
    assert counts.min() > 0 and counts.max() < 23, "each image by itself"
    counts = np.bincount(identities(images)[mirrored], minlength=23)
    assert counts.min() > 0 and counts.max() < 40, "and anew in every epoch"
    assert np.array_equal(x, before[0]) and np.array_equal(y, before[1]), "the data is not touched"


def test_flip_and_shift_go_together(monkeypatch):
    x, y = numbered()
    images = np.concatenate(watched(monkeypatch, (x, y), epochs=20, shift=1, flip=True)[0])
    seen = set()
    for image, i in zip(images, identities(images), strict=True):
        ways = {(flip, d, r) for flip in (1, -1) for d in (-1, 0, 1) for r in (-1, 0, 1)
                if np.array_equal(image, shifted(x[i][:, :, ::flip], d, r))}
        assert len(ways) == 1, "an image that is neither shifted nor mirrored"
        seen |= ways
    assert len(seen) == 18


def test_without_flip_the_seed_gives_what_it_gave_before_there_was_one(monkeypatch):
    """Lessons and notebooks of others keep their numbers: no random number is drawn that is not used."""
    x, y = numbered()
    batches, _ = watched(monkeypatch, (x, y), epochs=1, batch_size=23, seed=3)
    order = np.random.default_rng((3, 1)).permutation(23)
    assert np.array_equal(batches[0], x[order])


def test_validation_and_predictions_see_the_images_as_they_are(monkeypatch):
    x, y = numbered()
    seen = []
    real = train_module.evaluate
    monkeypatch.setattr(train_module, "evaluate", lambda model, x, y: seen.append(x.copy()) or real(model, x, y))
    watched(monkeypatch, (x, y), epochs=5, validation=(x, y), shift=2, flip=True)
    assert len(seen) == 5 and all(np.array_equal(images, x) for images in seen)


def test_a_share_is_held_out_and_never_trained_on(monkeypatch):
    data = numbered()
    batches, _ = watched(monkeypatch, data, epochs=2, validation=0.3)
    orders = identities(np.concatenate(batches)).reshape(2, -1).tolist()
    assert len(orders[0]) == 23 - 7 and sorted(orders[0]) == sorted(orders[1])
    assert len(set(orders[0])) == 16
    assert sorted(orders[0]) != list(range(16)) and sorted(orders[0]) != list(range(7, 23)), "drawn, not the first"
