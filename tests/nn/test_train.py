"""`fit` on small problems: what it learns, records and repeats; `predict` and `evaluate`."""

import json
import math

import numpy as np
import pytest
from networks import blobs, conv, dense, fit, same, stripes, weights

import cnnlib as cnn
from cnnlib import nn

# --- learning -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_learns_a_separable_problem(dtype):
    x, y = blobs()
    model = dense()
    history = fit(model, (x.astype(dtype), y), epochs=40, optimizer=nn.Adam(model.parameters(), lr=0.02))
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
    assert all(np.allclose(w, weights(twin)[name], atol=1e-5) for name, w in weights(model).items())


def test_softmax_is_computed_once_in_a_step(monkeypatch):
    """The loss and its gradient stand on the same exponentials."""
    real, shapes = np.exp, []
    monkeypatch.setattr(np, "exp", lambda x: shapes.append(x.shape) or real(x))
    fit(dense(), blobs(30), epochs=2, batch_size=10)
    assert shapes == [(10, 3)] * 6


def test_fine_tuning_moves_only_what_the_optimiser_holds():
    model = conv()
    before = weights(model)
    fit(model, stripes(), optimizer=nn.Adam(model[-1].parameters()))
    changed = [not np.array_equal(a, b) for a, b in zip(before.values(), weights(model).values(), strict=True)]
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


def test_the_defaults_are_what_the_docstring_says():
    usual, told = dense(), dense()
    history = nn.fit(usual, blobs(200), progress=False)
    assert history == nn.fit(
        told, blobs(200), epochs=10, batch_size=64, optimizer=nn.Adam(told.parameters(), lr=0.002), schedule=nn.cosine,
        validation=None, shift=0, flip=False, seed=0, progress=False,
    )
    assert same(weights(usual), weights(told))


def test_model_is_left_in_evaluation_mode():
    model = conv()
    spy = []
    model.layers[4].forward = lambda x, f=model[4].forward: spy.append(model[4].training) or f(x)
    fit(model, stripes(40), epochs=2, batch_size=40, validation=stripes(8))
    assert spy == [True, False, True, False]
    assert not model.training and not model[4].training


# --- reproducible -------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_result_to_the_last_bit():
    def run(seed):
        model = conv()
        history = fit(model, stripes(), shift=1, flip=True, validation=0.2, seed=seed)
        return history, weights(model)

    (h1, w1), (h2, w2), (h3, w3) = run(5), run(5), run(6)
    assert h1 == h2 and same(w1, w2)
    assert h1["loss"] != h3["loss"] and not any(np.array_equal(w1[name], w3[name]) for name in w1)


def test_the_seed_decides_dropout_whatever_the_model_did_before():
    x, y = stripes(32)

    def run(seed, earlier):
        model = conv()
        for _ in range(earlier):
            model.train()(x)
        fit(model, (x, y), batch_size=32, epochs=2, seed=seed)   # one batch: its order hardly matters
        return weights(model)

    assert same(run(0, earlier=0), run(0, earlier=3))
    assert not np.allclose(run(0, 0)["5.weight"], run(1, 0)["5.weight"], atol=1e-4)


def test_the_seed_of_fit_does_not_decide_the_first_weights():
    starts = []
    for seed in (1, 2):
        model = conv()
        fit(model, stripes(8), seed=seed, optimizer=nn.SGD(model.parameters(), lr=1e-30))
        starts.append(weights(model))
    for start in starts:   # the biases have moved, by 1e-30
        assert all(np.allclose(start[name], w, rtol=0, atol=1e-20) for name, w in weights(conv()).items())


# --- predict, evaluate --------------------------------------------------------------------------------------------

X, Y = stripes(12)


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
        (lambda m: nn.predict(m, X * np.nan), ValueError, "NaN"),
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
