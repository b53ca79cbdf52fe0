"""Training: optimisers against their papers, the loop of `fit` with all that can go wrong in it, predict, evaluate."""

import json
import math
import os
import re
import signal
import subprocess
import sys
import types

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import cnnlib as cnn
from cnnlib import nn
from cnnlib.nn import train as train_module

# --- what is learned ----------------------------------------------------------------------------------------------


def blobs(n=90, seed=0):
    """Three well separated clouds of points: x (n, 2), y (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    return np.array([[0, 2], [2, -1], [-2, -1]])[y] + rng.normal(scale=0.3, size=(n, 2)), y


def stripes(n=120, seed=0):
    """Images 8 x 8 with one bright line, lying or standing, anywhere: x (n, 1, 8, 8), y (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    x = rng.random((n, 1, 8, 8), dtype=np.float32) * 0.3
    for image, standing, place in zip(x, y, rng.integers(8, size=n), strict=True):
        image[0, :, place] += 0.7 * standing
        image[0, place] += 0.7 * (1 - standing)
    return x, y


def dense(seed=0):
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3), seed=seed)


def conv(seed=0):
    return nn.Sequential(
        nn.Conv2d(1, 6, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.1), nn.Linear(54, 2), seed=seed
    )


def fit(model, data, **options):
    return nn.fit(model, data, **({"epochs": 3, "batch_size": 16, "progress": False} | options))


def weights(model):
    return [p.data.copy() for p in model.parameters()]


def same(a, b):
    return all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))


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


# --- optimisers ---------------------------------------------------------------------------------------------------


def parameter(values):
    p = nn.Parameter(np.shape(values), 0)
    p.data = np.array(values, float)
    return p


def slopes(steps=7, shape=(3, 2), seed=0):
    return np.random.default_rng(seed).normal(size=(steps, *shape))


def walk(make, start, gradients):
    """Where an optimiser leads from `start`, given these gradients."""
    p = parameter(start)
    optimizer, places = make([p]), []
    for p.grad in gradients:
        optimizer.step()
        places.append(p.data.copy())
    return np.array(places)


def test_sgd_by_hand():
    gradients = np.array([[1.0], [1.0], [-2.0]])
    assert np.allclose(walk(lambda p: nn.SGD(p, lr=0.1), [1.0], gradients).ravel(), [0.9, 0.8, 1.0])
    # v = 1, 1.5, -1.25
    with_momentum = walk(lambda p: nn.SGD(p, lr=0.1, momentum=0.5), [1.0], gradients)
    assert np.allclose(with_momentum.ravel(), [0.9, 0.75, 0.875])
    # 1 - 0.1·(1 + 0.5·1) = 0.85; 0.85 - 0.1·(1 + 0.5·0.85) = 0.7075; 0.7075 - 0.1·(-2 + 0.5·0.7075) = 0.872125
    with_decay = walk(lambda p: nn.SGD(p, lr=0.1, weight_decay=0.5), [1.0], gradients)
    assert np.allclose(with_decay.ravel(), [0.85, 0.7075, 0.872125])


def test_momentum_is_a_sum_of_old_gradients():
    gradients, lr, m = slopes(), 0.03, 0.9
    place, expected = np.ones((3, 2)), []
    for t in range(len(gradients)):
        place = place - lr * sum(m ** (t - s) * gradients[s] for s in range(t + 1))
        expected.append(place)
    assert np.allclose(walk(lambda p: nn.SGD(p, lr, m), np.ones((3, 2)), gradients), expected, rtol=1e-12)


def test_weight_decay_goes_through_momentum():
    gradients, lr, m, decay = slopes(), 0.03, 0.9, 0.2
    place, velocity, expected = np.full((3, 2), 2.0), 0, []
    for gradient in gradients:
        velocity = m * velocity + (gradient + decay * place)
        place = place - lr * velocity
        expected.append(place)
    assert np.allclose(walk(lambda p: nn.SGD(p, lr, m, decay), np.full((3, 2), 2.0), gradients), expected, rtol=1e-12)


def adam_of_the_paper(theta, gradients, alpha, beta1, beta2, epsilon):
    """Kingma & Ba 2015, Algorithm 1, line by line."""
    m, v, places = np.zeros_like(theta), np.zeros_like(theta), []
    for t, g in enumerate(gradients, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        theta = theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
        places.append(theta)
    return np.array(places)


@pytest.mark.parametrize(
    ("lr", "betas", "eps"), [(0.001, (0.9, 0.999), 1e-8), (0.1, (0.5, 0.8), 0.1), (1, (0, 0), 1e-3)]
)
def test_adam_of_the_paper(lr, betas, eps):
    start, gradients = np.ones((3, 2)), slopes(20)
    expected = adam_of_the_paper(start, gradients, lr, *betas, eps)
    assert np.allclose(walk(lambda p: nn.Adam(p, lr, betas, eps), start, gradients), expected, rtol=1e-11, atol=1e-13)


def test_adam_takes_its_defaults_from_the_paper():
    start, gradients = np.ones((3, 2)), slopes(20)
    expected = adam_of_the_paper(start, gradients, 0.001, 0.9, 0.999, 1e-8)
    assert np.allclose(walk(nn.Adam, start, gradients), expected, rtol=1e-12)
    # However large or small the gradient is, the first step is lr against its sign.
    for size in (1e-3, 1.0, 1e6):
        first = walk(lambda p: nn.Adam(p, lr=0.1), [1.0, 1.0], [np.array([size, -size])])
        assert np.allclose(first, [[0.9, 1.1]], atol=1e-5)


def test_adam_weight_decay_is_added_to_the_gradient():
    start, gradients = 2.0, slopes(6, ())
    theta, m, v = start, 0, 0
    for t, g in enumerate(gradients, start=1):
        g = g + 0.3 * theta
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        theta -= 0.05 * (m / (1 - 0.9**t)) / (math.sqrt(v / (1 - 0.999**t)) + 1e-8)
    assert np.isclose(walk(lambda p: nn.Adam(p, lr=0.05, weight_decay=0.3), start, gradients)[-1], theta, rtol=1e-12)


@pytest.mark.parametrize("make", [nn.SGD, lambda p: nn.SGD(p, momentum=0.9, weight_decay=0.1), nn.Adam])
def test_steps_are_taken_in_place_in_float32(make):
    layer = nn.Linear(3, 2)
    arrays = [p.data for p in layer.parameters()]
    layer.weight.grad = np.ones((2, 3))   # float64, and no gradient for the bias
    optimizer = make(layer.parameters())
    for _ in range(3):
        optimizer.step()
    assert all(p.data is array for p, array in zip(layer.parameters(), arrays, strict=True))
    assert all(a.dtype == np.float32 for a in arrays)
    assert layer.bias.data.tolist() == [0, 0], "without a gradient nothing moves"
    assert np.array_equal(layer.weight.grad, np.ones((2, 3))), "the gradient is only read"


def test_the_learning_rate_can_be_changed_between_steps():
    p = parameter([1.0])
    optimizer, p.grad = nn.SGD([p], lr=0.1), np.ones(1)
    optimizer.step()
    optimizer.lr = 0.5
    optimizer.step()
    assert np.allclose(p.data, 0.4)


def test_reset_forgets_earlier_steps():
    for make in (lambda p: nn.SGD(p, momentum=0.9), nn.Adam):
        p = parameter([1.0])
        optimizer, p.grad = make([p]), np.ones(1)
        optimizer.step()
        first = 1 - p.data
        optimizer.step()
        optimizer.reset()
        before = p.data.copy()
        optimizer.step()
        assert np.allclose(before - p.data, first)


def test_cosine():
    assert [nn.cosine(t) for t in (0, 1)] == [1, 0]
    assert math.isclose(nn.cosine(0.5), 0.5) and math.isclose(nn.cosine(1 / 3), 0.75)
    values = [nn.cosine(t / 20) for t in range(21)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda m: nn.SGD(m.parameters(), lr=0), ValueError, "lr must be a positive number, found 0"),
        (lambda m: nn.SGD(m.parameters(), lr=-0.1), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr=float("nan")), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr=float("inf")), ValueError, "lr must be"),
        (lambda m: nn.Adam(m.parameters(), lr="0.1"), ValueError, "lr must be"),
        (lambda m: nn.SGD(m.parameters(), momentum=1), ValueError, "momentum must be a number, 0 <= momentum < 1"),
        (lambda m: nn.SGD(m.parameters(), momentum=-0.1), ValueError, "momentum"),
        (lambda m: nn.SGD(m.parameters(), weight_decay=-1), ValueError, "weight_decay"),
        (lambda m: nn.Adam(m.parameters(), weight_decay=-1), ValueError, "weight_decay"),
        (lambda m: nn.Adam(m.parameters(), betas=(0.9, 1)), ValueError, "betas"),
        (lambda m: nn.Adam(m.parameters(), betas=(0.9,)), ValueError, "betas must be two numbers"),
        (lambda m: nn.Adam(m.parameters(), betas=0.9), ValueError, "betas must be two numbers"),
        (lambda m: nn.Adam(m.parameters(), eps=0), ValueError, "eps"),
        (lambda m: nn.SGD(nn.ReLU().parameters()), ValueError, "parameters is empty"),
        (lambda m: nn.SGD(m), TypeError, r"model\.parameters\(\).*found a Linear"),
        (lambda m: nn.Adam(m.parameters), TypeError, r"model\.parameters\(\).*found a method"),
        (lambda m: nn.Adam([p.data for p in m.parameters()]), TypeError, "found a ndarray"),
    ],
)
def test_optimisers_check_their_arguments(make, kind, words):
    with pytest.raises(kind, match=words):
        make(dense())


# --- learning -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learns_a_separable_problem(dtype):
    x, y = blobs()
    model = dense()
    history = fit(model, (x.astype(dtype), y), epochs=40)
    assert history["loss"][-1] < 0.1 * history["loss"][0]
    assert history["accuracy"][-1] == 1
    loss, accuracy = nn.evaluate(model, *blobs(seed=1))
    assert accuracy == 1 and loss < 0.2
    assert all(p.data.dtype == np.float32 for p in model.parameters())


@pytest.mark.parametrize("make", [lambda p: nn.SGD(p, lr=0.1, momentum=0.9), lambda p: nn.Adam(p, lr=0.01)])
def test_learns_images(make):
    model = conv()
    history = fit(model, stripes(400), epochs=15, optimizer=make(model.parameters()), validation=stripes(seed=1))
    assert history["val_accuracy"][-1] > 0.9
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    assert np.mean(history["loss"][:5]) > np.mean(history["loss"][5:])


def test_fit_is_gradient_descent():
    x, y = blobs(30)
    model, twin = dense(), dense()
    optimizer = nn.SGD(model.parameters(), lr=0.2)
    history = fit(model, (x, y), epochs=5, batch_size=30, optimizer=optimizer, schedule=None)
    losses = []
    for _ in range(5):
        logits = twin(x)
        losses.append(cnn.cross_entropy(logits, y))
        twin.backward(cnn.cross_entropy_backward(logits, y))
        for p in twin.parameters():
            p.data -= np.float32(0.2) * p.grad.astype(np.float32)
    assert np.allclose(history["loss"], losses, rtol=1e-5)
    assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(weights(model), weights(twin), strict=True))


def test_fine_tuning_moves_only_what_the_optimiser_holds():
    model = conv()
    before = weights(model)
    fit(model, stripes(), optimizer=nn.Adam(model[-1].parameters()))
    changed = [not np.array_equal(a, b) for a, b in zip(before, weights(model), strict=True)]
    assert changed == [False, False, True, True]


# --- history ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("validation", [None, 0.25, blobs(seed=1)])
def test_history_is_plain_data(validation):
    history = fit(dense(), blobs(), epochs=4, validation=validation)
    names = ["epoch", "loss", "accuracy", "lr", "interrupted"] + ["val_loss", "val_accuracy"] * (validation is not None)
    assert list(history) == names
    assert history["epoch"] == [1, 2, 3, 4]
    assert history["interrupted"] is False
    for name in set(names) - {"interrupted", "epoch"}:
        assert len(history[name]) == 4
        assert all(type(value) is float for value in history[name])
    assert json.loads(json.dumps(history)) == history


def test_loss_and_accuracy_are_means_over_the_examples():
    # At a learning rate that moves nothing, the epoch's means are those of the whole set, though the last batch is
    # smaller than the others.
    x, y = blobs(50)
    model = dense()
    loss, accuracy = nn.evaluate(model, x, y)
    history = fit(model, (x, y), batch_size=16, optimizer=nn.SGD(model.parameters(), lr=1e-30), validation=(x, y))
    assert np.allclose(history["loss"], loss, rtol=1e-6) and history["val_loss"] == [loss] * 3
    assert np.allclose(history["accuracy"], accuracy, rtol=1e-12) and history["val_accuracy"] == [accuracy] * 3


def test_validation_is_measured_after_each_epoch_in_evaluation_mode():
    model = conv()
    history = fit(model, stripes(), validation=stripes(seed=1))
    assert (history["val_loss"][-1], history["val_accuracy"][-1]) == nn.evaluate(model, *stripes(seed=1))


@pytest.mark.parametrize("schedule", [nn.cosine, None, lambda t: 1 - t])
def test_learning_rate(schedule):
    model = dense()
    optimizer = nn.SGD(model.parameters(), lr=0.3)
    seen, step = [], optimizer.step
    optimizer.step = lambda: seen.append(optimizer.lr) or step()
    history = fit(model, blobs(40), epochs=4, batch_size=16, optimizer=optimizer, schedule=schedule)
    shares = [schedule(i / 12) if schedule else 1 for i in range(12)]
    assert np.allclose(seen, 0.3 * np.array(shares), rtol=1e-12)
    assert history["lr"] == seen[2::3]
    assert optimizer.lr == 0.3, "and is put back at the end"


def test_model_is_left_in_evaluation_mode():
    model = conv()
    spy = []
    model.layers[4].forward = lambda x, f=model[4].forward: spy.append(model[4].training) or f(x)
    fit(model, stripes(40), epochs=2, batch_size=40, validation=stripes(8))
    assert spy == [True, False, True, False]
    assert not model.training and not model[4].training


# --- batches, shifts ----------------------------------------------------------------------------------------------


def watched(monkeypatch, data, **options):
    """What the network and the loss were given in training: images and labels of every step."""
    x, _ = data
    spy, labels = Spy(), []
    real = train_module.cross_entropy
    monkeypatch.setattr(train_module, "cross_entropy", lambda logits, y: labels.append(y.copy()) or real(logits, y))
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


@pytest.mark.parametrize("shift", [0, 2])
def test_every_epoch_visits_every_example_once_with_its_label(monkeypatch, shift):
    batches, labels = watched(monkeypatch, numbered(), epochs=3, batch_size=5, shift=shift)
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


def test_a_share_is_held_out_and_never_trained_on(monkeypatch):
    data = numbered()
    batches, _ = watched(monkeypatch, data, epochs=2, validation=0.3)
    orders = identities(np.concatenate(batches)).reshape(2, -1).tolist()
    assert len(orders[0]) == 23 - 7 and sorted(orders[0]) == sorted(orders[1])
    assert len(set(orders[0])) == 16
    assert sorted(orders[0]) != list(range(16)) and sorted(orders[0]) != list(range(7, 23)), "drawn, not the first"


# --- reproducible -------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_result_to_the_last_bit():
    def run(seed):
        model = conv()
        history = fit(model, stripes(), shift=1, validation=0.2, seed=seed)
        return history, weights(model)

    (h1, w1), (h2, w2), (h3, w3) = run(5), run(5), run(6)
    assert h1 == h2 and same(w1, w2)
    assert h1["loss"] != h3["loss"] and not any(np.array_equal(a, b) for a, b in zip(w1, w3, strict=True))


def test_the_seed_decides_dropout_whatever_the_model_did_before():
    x, y = stripes(32)

    def run(seed, earlier):
        model = conv()
        for _ in range(earlier):
            model.train()(x)
        fit(model, (x, y), batch_size=32, epochs=2, seed=seed)   # one batch: its order hardly matters
        return weights(model)

    assert same(run(0, earlier=0), run(0, earlier=3))
    assert not np.allclose(run(0, 0)[-2], run(1, 0)[-2], atol=1e-4)


def test_the_seed_of_fit_does_not_decide_the_first_weights():
    starts = []
    for seed in (1, 2):
        model = conv()
        fit(model, stripes(8), seed=seed, optimizer=nn.SGD(model.parameters(), lr=1e-30))
        starts.append(weights(model))
    for start in starts:   # the biases have moved, by 1e-30
        assert all(np.allclose(a, b, rtol=0, atol=1e-20) for a, b in zip(start, weights(conv()), strict=True))


# --- stopped ------------------------------------------------------------------------------------------------------


class Stopped(nn.Adam):
    """Pretends that somebody presses stop in the k-th step, after some of the parameters have moved."""

    def __init__(self, model, k):
        super().__init__(model.parameters(), lr=0.01)
        self.left = k

    def _move(self, gradient, state):
        self.left -= 1 / len(self.parameters)
        if self.left < 0.6:
            self.left = 10**9
            raise KeyboardInterrupt
        return super()._move(gradient, state)


@pytest.mark.parametrize(("k", "completed"), [(1, 0), (8, 0), (9, 1), (17, 2), (24, 2)])
@pytest.mark.parametrize("progress", [False, True])
def test_the_stop_button_loses_nothing(k, completed, progress, capsys):
    model = conv()
    optimizer = Stopped(model, k)
    history = fit(model, stripes(), epochs=3, batch_size=15, optimizer=optimizer, validation=stripes(20),
                  progress=progress)
    assert history["interrupted"] is True
    assert [len(history[name]) for name in ("epoch", "loss", "accuracy", "lr", "val_loss")] == [completed] * 5
    assert history == json.loads(json.dumps(history))
    out = capsys.readouterr().out
    assert out == f"Stopped in epoch {completed + 1} at step {k} of 24: the model keeps what it has learned so far.\n"
    assert optimizer.lr == 0.01
    assert not model.training and not model[4].training
    assert np.isfinite(nn.predict(model, stripes()[0])).all()
    assert not np.array_equal(model[0].weight.data, conv()[0].weight.data), "it has learned something"
    assert fit(model, stripes(), optimizer=optimizer)["interrupted"] is False, "and can go on"


def test_a_real_interrupt_signal():
    script = """
import numpy as np
from cnnlib import nn
model = nn.Sequential(nn.Linear(4, 3))
started = lambda t: t == 0 and print("started", flush=True) or 1
history = nn.fit(model, (np.ones((64, 4)), np.arange(64) % 3), epochs=10**7, schedule=started)
print(history["interrupted"], len(history["loss"]) == len(history["epoch"]))
print(np.isfinite(nn.predict(model, np.ones((2, 4)))).all())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=os.getcwd()
    )
    assert process.stdout.readline() == "started\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    first, *rest = out.splitlines()
    assert re.fullmatch(r"Stopped in epoch \d+ at step \d+ of 10000000: the model keeps .*", first)
    assert rest == ["True True", "True"]


# --- not finite ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [lambda p: nn.SGD(p, lr=1e25, momentum=0.9), lambda p: nn.Adam(p, lr=1e30)])
def test_a_learning_rate_that_is_far_too_high(make):
    model = conv()
    optimizer = make(model.parameters())
    lr, before = optimizer.lr, weights(model)
    with pytest.raises(nn.NonFiniteLossError, match=r"the loss is (nan|inf) at step \d+ \(epoch 1\)") as error:
        fit(model, stripes(), optimizer=optimizer)
    assert f"a learning rate too high (here {lr:.3g}, scheduled to " in str(error.value)
    assert same(weights(model), before)
    assert 2 <= error.value.step <= 8
    assert error.value.history["loss"] == [] and error.value.history["interrupted"] is False
    assert optimizer.lr == lr
    assert not model.training
    assert np.isfinite(nn.predict(model, stripes()[0])).all()


def test_it_goes_back_to_the_start_of_that_epoch(capsys):
    model, starts = conv(), []

    def schedule(progress):
        if round(progress * 24) % 8 == 0:
            starts.append(weights(model))
        return 1 if progress < 0.7 else 1e30

    optimizer = nn.SGD(model.parameters(), lr=0.01)
    arrays = [p.data for p in model.parameters()]
    words = r"at step (18|19) \(epoch 3\).*here 0.01, scheduled to 1e\+28; try a tenth"
    with pytest.raises(nn.NonFiniteLossError, match=words) as error:
        fit(model, stripes(), batch_size=15, optimizer=optimizer, schedule=schedule, validation=stripes(10))
    assert same(weights(model), starts[2]) and not same(starts[2], starts[0])
    assert all(p.data is array for p, array in zip(model.parameters(), arrays, strict=True)), "in place"
    assert error.value.history["epoch"] == [1, 2] and len(error.value.history["val_loss"]) == 2
    assert error.value.step in (18, 19)
    assert optimizer.lr == 0.01
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("make", [lambda p: nn.SGD(p, lr=1e25, momentum=0.9), lambda p: nn.Adam(p, lr=1e30)])
def test_training_can_be_tried_again_with_the_same_optimiser(make):
    model = conv()
    optimizer = make(model.parameters())
    with pytest.raises(nn.NonFiniteLossError):
        fit(model, stripes(), optimizer=optimizer)
    optimizer.lr = 0.01
    history = fit(model, stripes(), optimizer=optimizer)
    assert np.isfinite(history["loss"]).all() and history["loss"][-1] < history["loss"][0]


def test_a_last_step_that_ruins_the_model_is_noticed():
    x, y = stripes(16)
    for validation, words in [(None, "a weight is no longer finite"), ((x, y), "a weight is no longer finite")]:
        model = conv()
        before = weights(model)
        with pytest.raises(nn.NonFiniteLossError, match=words + r" at step 1 \(epoch 1\)"):
            fit(model, (x, y), epochs=1, optimizer=nn.SGD(model.parameters(), lr=1e300), validation=validation)
        assert same(weights(model), before)
    model = conv()
    with pytest.raises(nn.NonFiniteLossError, match=r"the validation loss is nan at step 1 \(epoch 1\)"):
        fit(model, (x, y), epochs=1, optimizer=nn.Adam(model.parameters(), lr=1e37), validation=(x, y))


def test_weights_that_were_damaged_before():
    model = conv()
    model[0].bias.data[1] = np.nan
    with pytest.raises(nn.NonFiniteLossError, match=r"the loss is nan at step 1 .*weights that were already damaged"):
        fit(model, stripes())


def test_any_other_error_also_leaves_the_optimiser_and_the_mode_in_order():
    model = conv()
    optimizer = nn.Adam(model.parameters(), lr=0.01)
    with pytest.raises(ZeroDivisionError):
        fit(model, stripes(), optimizer=optimizer, schedule=lambda t: 1 if t < 0.5 else 1 / 0)
    assert optimizer.lr == 0.01 and not model.training


# --- data that cannot be learned from -----------------------------------------------------------------------------

X, Y = stripes(12)


def spoiled(value):
    x = X.copy()
    x[3, 0, 1, 2] = value
    return x


BAD_DATA = [
    ((X * 255).astype(np.uint8), Y, TypeError, ["data: x must hold floats, found uint8", "x.astype(np.float32) / 255"]),
    (X > 0.5, Y, TypeError, ["found bool"]),
    (spoiled(np.nan), Y, ValueError, ["data: x has 1 NaN", "(3, 0, 1, 2)"]),
    (spoiled(np.inf), Y, ValueError, ["data: x holds infinite values"]),
    (X.astype(str), Y, TypeError, ["data: x must hold real numbers"]),
    (None, Y, TypeError, ["data: x must be an array, found None"]),
    ([X[0], X[0, :, :4]], Y[:2], ValueError, ["data: x must be a regular array", "different lengths"]),
    (X[:0], Y[:0], ValueError, ["data: x is empty"]),
    (X, Y.astype(float), TypeError, ["labels must be class numbers, integers, found dtype float64"]),
    (X, Y + 1, ValueError, ["labels must be 0 to 1, found 2 at index 1", "do the labels start at 1?"]),
    (X, -Y, ValueError, ["labels must be 0 to 1, found -1 at index 1"]),
    (X, Y[:5], ValueError, ["one label for each of the 12 examples, found shape (5,)"]),
    (X, Y[:, None], ValueError, ["found shape (12, 1)", "y.ravel()"]),
    (X, np.eye(2)[Y], ValueError, ["found shape (12, 2)", "y.argmax(axis=1)"]),
    (X, None, TypeError, ["data: y must be an array, found None"]),
    (X, ["a"] * 12, TypeError, ["labels must be class numbers"]),
    (Y, X, TypeError, ["are x and y in the wrong order?"]),
    (X[:, 0], Y, ValueError, ["layer (0) Conv2d(1, 6, kernel_size=3)", "(8, 8)", "x[:, None]"]),
    (X[..., :6], Y, ValueError, ["layer (5) Linear(54, 2) cannot take input of shape (36,)"]),
    (X.reshape(12, 64), Y, ValueError, ["layer (0)", "(64,)"]),
    (np.repeat(X, 3, axis=1), Y, ValueError, ["layer (0)", "expects 1 input channels, found 3"]),
]


@pytest.mark.parametrize(("x", "y", "kind", "words"), BAD_DATA)
def test_bad_data(x, y, kind, words):
    model = conv()
    with pytest.raises(kind) as error:
        fit(model, (x, y))
    assert all(word in str(error.value) for word in words), str(error.value)
    assert not any(p.made for p in model.parameters()), "found before anything was done"


@pytest.mark.parametrize(("x", "y", "kind", "words"), BAD_DATA)
def test_bad_validation_data(x, y, kind, words):
    with pytest.raises(kind) as error:
        fit(conv(), (X, Y), validation=(x, y))
    if "data: " in words[0]:
        assert words[0].replace("data: ", "validation: ") in str(error.value)


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"validation": (X[:, :, :6], Y)}, ValueError, r"validation: x \(one example\) must have shape \(1, 8, 8\)"),
        ({"validation": 0.0}, ValueError, "a share between 0 and 1, found 0.0"),
        ({"validation": 1}, ValueError, "a share between 0 and 1, found 1"),
        ({"validation": 0.01}, ValueError, "validation=0.01 holds out 0 of 12 examples"),
        ({"validation": 0.99}, ValueError, "validation=0.99 holds out 12 of 12 examples"),
        ({"validation": X}, TypeError, r"validation must be a pair \(x, y\)"),
        ({"validation": types.SimpleNamespace(x_train=X, y_train=Y)}, TypeError, r"\(data\.x_test, data\.y_test\)"),
        ({"batch_size": 0}, ValueError, "batch_size must be at least 1, found 0"),
        ({"batch_size": 2.5}, TypeError, "batch_size must be an integer"),
        ({"epochs": 0}, ValueError, "epochs must be at least 1, found 0"),
        ({"epochs": "3"}, TypeError, "epochs must be an integer"),
        ({"shift": -1}, ValueError, "shift must be at least 0, found -1"),
        ({"shift": 0.5}, TypeError, "shift must be an integer"),
        ({"seed": None}, TypeError, "seed must be an integer"),
        ({"seed": -1}, ValueError, "seed must be at least 0"),
        ({"schedule": "cosine"}, TypeError, "schedule must be a function of progress.*found 'cosine'"),
        ({"schedule": 0.1}, TypeError, "schedule must be a function"),
        ({"optimizer": "adam"}, TypeError, "optimizer must be one such as Adam.*found 'adam'"),
        ({"optimizer": nn.Adam}, TypeError, "optimizer must be one such as Adam"),
        ({"optimizer": nn.Adam(conv().parameters())}, ValueError, "parameters of another network"),
    ],
)
def test_bad_options(options, kind, words):
    with pytest.raises(kind, match=words):
        fit(conv(), (X, Y), **options)


def test_shift_needs_images():
    with pytest.raises(ValueError, match=r"shift moves images \(N, C, H, W\); x has shape \(90, 2\), use shift=0"):
        fit(dense(), blobs(), shift=1)


@pytest.mark.parametrize("data", [X, (X,), (X, Y, X), None, {"x": X, "y": Y}])
def test_data_must_be_a_pair(data):
    with pytest.raises(TypeError, match=r"data must be a pair \(x, y\) or a data set with x_train and y_train"):
        fit(conv(), data)


def test_numbers_without_a_feature_axis():
    with pytest.raises(ValueError, match=r"x\[:, None\]"):
        fit(nn.Sequential(nn.Linear(1, 2)), ([0.0, 1.0], [0, 1]))


def test_a_network_must_end_in_logits():
    with pytest.raises(ValueError, match=r"one logit per class, found an output of shape \(6, 6, 6\)"):
        fit(conv()[:2], (X, Y))


@pytest.mark.parametrize("call", [lambda m: fit(m, (X, Y)), lambda m: nn.predict(m, X), lambda m: nn.evaluate(m, X, Y)])
def test_the_model_must_be_a_network(call):
    for wrong, words in [(conv, "found conv: call it, add ()"), (nn.Flatten, "found Flatten: call it"), (3, "found 3")]:
        with pytest.raises(TypeError, match="model must be a network") as error:
            call(wrong)
        assert words in str(error.value)


def test_data_in_other_clothes():
    expected = conv()
    history = fit(expected, (X, Y))
    for data in [
        types.SimpleNamespace(x_train=X, y_train=Y, x_test=None, y_test=None),
        cnn.data.mnist()._replace(x_train=X, y_train=Y),
        [X, Y],
        (list(X), list(Y)),
        (np.asfortranarray(X), Y.astype(np.uint8)),
    ]:
        model = conv()
        assert fit(model, data) == history
        assert same(weights(model), weights(expected))
    assert fit(conv(), (X.astype(np.float16), Y))["epoch"] == [1, 2, 3]
    assert fit(dense(), ([[0.0, 1.0], [1.0, 0.0]], [0, 2]))["epoch"] == [1, 2, 3]


# --- the progress bar ---------------------------------------------------------------------------------------------


def test_progress_in_a_terminal(capsys):
    fit(dense(), blobs(), epochs=2, batch_size=30, validation=blobs(seed=1), progress=True)
    out, err = capsys.readouterr()
    assert out == ""
    last = err.strip("\n").split("\r")[-1]
    assert err.endswith("\n") and "\n" not in err[:-1], "one line that redraws itself"
    assert re.match(r"epoch 2/2: 100%\|█+\| 6/6 \[\d\d:\d\d<\d\d:\d\d, ", last), last
    assert re.search(r"loss=\d\.\d{3}, accuracy=\d+\.\d%, val_loss=\d\.\d{3}, val_accuracy=\d+\.\d%", last), last


def test_progress_shows_the_numbers_of_the_history(capsys):
    history = fit(dense(), blobs(), validation=blobs(seed=1), progress=True)
    last = capsys.readouterr().err.strip("\n").split("\r")[-1]
    assert f"loss={history['loss'][-1]:.3f}, accuracy={history['accuracy'][-1]:.1%}" in last
    assert f"val_loss={history['val_loss'][-1]:.3f}, val_accuracy={history['val_accuracy'][-1]:.1%}" in last


def test_no_progress_prints_nothing(capsys):
    fit(dense(), blobs(), validation=0.1)
    assert capsys.readouterr() == ("", "")


def test_the_bar_is_closed_before_an_error_is_told(capsys):
    model = conv()
    with pytest.raises(nn.NonFiniteLossError):
        fit(model, stripes(), optimizer=nn.SGD(model.parameters(), lr=1e30), progress=True)
    assert capsys.readouterr().err.endswith("\n")


def test_in_a_notebook(tmp_path):
    setup = "import numpy as np\nfrom cnnlib import nn\nx, y = np.eye(6)[:, :4], np.arange(6) % 3\n"
    train = "h = nn.fit(nn.Sequential(nn.Linear(4, 3)), (x, y), epochs=2, batch_size=2)"
    stop = (
        "import os, signal, threading\n"
        "threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()\n"   # what the stop button sends
        "h = nn.fit(nn.Sequential(nn.Linear(4, 3)), (x, y), epochs=10**7, batch_size=2)\n"
    )
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, [setup + train, train, stop])])
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    first, again, stopped = (cell.outputs for cell in notebook.cells)

    for outputs in (first, again):
        assert [output.output_type for output in outputs] == ["display_data"]
        assert sorted(outputs[0].data) == ["application/vnd.jupyter.widget-view+json", "text/plain"]
        assert outputs[0].data["text/plain"] == "training: 2 epochs of 3 steps"
        assert outputs[0].metadata == {}
    bar, text = stopped
    assert bar.data["text/plain"] == "training: 10000000 epochs of 3 steps"
    assert text.name == "stdout" and text.text.startswith("Stopped in epoch ")

    # The widget itself: a bar between two texts.
    state = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    box = state[first[0].data["application/vnd.jupyter.widget-view+json"]["model_id"]]["state"]
    before, bar, after = (state[child.removeprefix("IPY_MODEL_")]["state"] for child in box["children"])
    assert re.fullmatch(r"epoch\s2/2:\s100%", before["value"])
    assert (bar["value"], bar["max"]) == (6, 6)
    assert re.search(r"6/6\s.*&lt;.*\sloss=\d\.\d{3},\saccuracy=\d+\.\d%", after["value"]), after["value"]


# --- predict, evaluate --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [1, 7, 12, 1000])
def test_batch_size_does_not_matter(batch_size):
    model = conv()
    assert np.allclose(nn.predict(model, X, batch_size), model(X), rtol=0, atol=1e-6)
    assert nn.predict(model, X, batch_size).dtype == np.float32
    loss, accuracy = nn.evaluate(model, X, Y, batch_size)
    assert math.isclose(loss, cnn.cross_entropy(model(X), Y), rel_tol=1e-5)
    assert accuracy == (model(X).argmax(axis=1) == Y).mean()
    assert type(loss) is type(accuracy) is float


def test_evaluate_by_hand():
    model = nn.Sequential(nn.Linear(2, 2, bias=False))
    model[0].weight.data = np.eye(2)
    x = np.log([[1.0, 3.0], [4.0, 1.0], [1.0, 1.0]])   # probabilities 1/4 3/4, 4/5 1/5, 1/2 1/2
    loss, accuracy = nn.evaluate(model, x, [1, 1, 0])
    assert math.isclose(loss, -(math.log(3 / 4) + math.log(1 / 5) + math.log(1 / 2)) / 3)
    assert accuracy == 2 / 3


@pytest.mark.parametrize("mode", [True, False])
def test_predict_is_in_evaluation_mode_and_keeps_the_flag(mode):
    model = conv().train(mode)
    assert np.array_equal(nn.predict(model, X), conv()(X))
    nn.evaluate(model, X, Y)
    assert model.training is mode and model[4].training is mode
    with pytest.raises(ValueError):
        nn.predict(model, X[:, :, :3])
    assert model.training is mode and model[4].training is mode


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda m: nn.predict(m, X, 0), ValueError, "batch_size must be at least 1"),
        (lambda m: nn.predict(m, X, -1), ValueError, "batch_size must be at least 1"),
        (lambda m: nn.predict(m, X[0]), ValueError, r"layer \(0\).*one image without its batch axis\? Use x\[None\]"),
        (lambda m: nn.predict(m, X[:0]), ValueError, "x is empty"),
        (lambda m: nn.predict(m, spoiled(np.nan)), ValueError, "NaN"),
        (lambda m: nn.predict(m, X[..., :6]), ValueError, r"layer \(5\) Linear\(54, 2\)"),
        (lambda m: nn.evaluate(m, X, Y[:3]), ValueError, r"labels must have shape \(12,\)"),
        (lambda m: nn.evaluate(m, X, Y + 1), ValueError, "labels must be 0 to 1, found 2"),
        (lambda m: nn.evaluate(m, X, Y * 1.0), TypeError, "labels must be class numbers"),
        (lambda m: nn.evaluate(m, X, np.eye(2)[Y]), ValueError, "one-hot rows"),
    ],
)
def test_errors_of_predict_and_evaluate(call, kind, words):
    with pytest.raises(kind, match=words):
        call(conv())
