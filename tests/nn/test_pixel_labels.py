"""Training with one label for every pixel: what is learned, counted, moved and refused."""

import numpy as np
import pytest
from networks import fit

import cnnlib as cnn
from cnnlib import nn

RNG = np.random.default_rng(0)
X = RNG.random((12, 1, 8, 6)).astype(np.float32)
Y = (X[:, 0] > 0.5).astype(int)


def threshold():
    return nn.Sequential(nn.Conv2d(1, 4, 1), nn.ReLU(), nn.Conv2d(4, 2, 1), seed=0)


def test_a_network_learns_to_label_pixels():
    model = threshold()
    history = fit(model, (X, Y), epochs=150, batch_size=4, optimizer=nn.Adam(model.parameters(), lr=0.05))
    logits = nn.predict(model, X)
    assert logits.shape == (12, 2, 8, 6)
    loss, accuracy = nn.evaluate(model, X, Y)
    assert accuracy == (logits.argmax(axis=1) == Y).mean() > 0.97
    assert loss == pytest.approx(cnn.cross_entropy(logits, Y), rel=1e-6)
    assert history["accuracy"][-1] > 0.95 and history["loss"][-1] < 0.2


def test_history_is_a_mean_over_pixels_also_with_a_small_last_batch():
    """At a rate of 0 nothing changes: the mean over batches of 5, 5, 2 is that over everything."""
    model = threshold()
    before = nn.evaluate(model, X, Y)
    history = fit(model, (X, Y), epochs=1, batch_size=5, schedule=lambda progress: 0, validation=(X, Y))
    assert (history["loss"][0], history["accuracy"][0]) == pytest.approx(before, rel=1e-6)
    assert (history["val_loss"][0], history["val_accuracy"][0]) == pytest.approx(before, rel=1e-6)


def test_gradient_of_the_loss_through_a_network():
    model, x, y = nn.Sequential(nn.Conv2d(1, 3, 3, padding=1), seed=1), X[:2].astype(np.float64), Y[:2]
    w, h = model[0].weight.data, 1e-4
    model(x)
    model.backward(cnn.cross_entropy_backward(model(x), y))
    for place in ((0, 0, 1, 1), (2, 0, 2, 0)):
        at = w[place]
        losses = []
        for step in (h, -h):
            w[place] = at + step
            losses.append(float(cnn.cross_entropy(model(x), y)))
        w[place] = at
        assert model[0].weight.grad[place] == pytest.approx((losses[0] - losses[1]) / (2 * h), rel=2e-2, abs=1e-5)


@pytest.mark.parametrize("options", [{"shift": 2}, {"flip": True}, {"shift": 1, "flip": True}])
def test_labels_go_where_their_pixels_go(monkeypatch, options):
    seen = []
    real = nn.train.loss_and_gradient
    monkeypatch.setattr(nn.train, "loss_and_gradient", lambda logits, y: seen.append((logits, y)) or real(logits, y))
    copying = nn.Sequential(nn.Conv2d(1, 2, 1, bias=False))   # logits (x, x): the picture as the network saw it
    copying[0].weight.data[...] = 1
    fit(copying, (X, Y), epochs=4, batch_size=12, schedule=lambda progress: 0, **options)
    assert len(seen) == 4
    for logits, y in seen:
        assert np.array_equal(logits[:, 0] > 0.5, y == 1)
    assert not any(np.array_equal(np.sort(y.sum(axis=(1, 2))), y.sum(axis=(1, 2))) for _, y in seen)


def test_a_garment_is_found_on_texture():
    """Two steps of a small U-Net on the real data: logits for every pixel, and a loss that falls."""
    model, pictures = cnn.zoo.unet(in_channels=1, width=4), cnn.data.garments_on_texture(size=32, n=32)
    history = fit(model, pictures, epochs=8, batch_size=16, optimizer=nn.Adam(model.parameters(), lr=0.01))
    assert nn.predict(model, pictures.x).shape == (32, 2, 32, 32)
    assert history["loss"][-1] < 0.8 * history["loss"][0]


@pytest.mark.parametrize(("model", "y", "options", "words"), [
    (nn.Sequential(nn.Flatten(), nn.Linear(48, 2)), Y, {},
     ["one logit per class", "(2,)", "(12, 8, 6), one for each pixel"]),
    (threshold(), Y[:, 0, 0], {}, ["one logit per class", "(2, 8, 6)", "(12,), one for each example"]),
    (threshold(), Y[:, :7], {}, ["labels must have shape (12, 8, 6), one per pixel", "(12, 7, 6)"]),
    (threshold(), Y + 1, {}, ["labels must be 0 to 1", "at index (0, "]),
    (nn.Sequential(nn.Conv2d(1, 2, 3)), Y[:, 1:-1, 1:-1], {"shift": 1}, ["(8, 6)", "(6, 4)"]),
    (nn.Sequential(nn.Conv2d(1, 2, 3)), Y[:, 1:-1, 1:-1], {"flip": True}, ["(8, 6)", "(6, 4)"]),
])
def test_labels_that_do_not_fit(model, y, options, words):
    with pytest.raises(ValueError) as error:
        fit(model, (X, y), **options)
    assert all(word in str(error.value) for word in words), str(error.value)
    assert len(str(error.value)) < 300


def test_labels_may_be_smaller_than_the_image_without_padding():
    fit(nn.Sequential(nn.Conv2d(1, 2, 3)), (X, Y[:, 1:-1, 1:-1]), epochs=1)
