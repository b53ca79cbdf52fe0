"""Several networks, trained side by side: as `fit` trains each, to the last bit, whatever goes wrong on the way."""

import _thread
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from networks import blobs, dense, fit, same, stripes, weights

from cnnlib import nn
from cnnlib.nn import together
from cnnlib.ops import parallel


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    monkeypatch.setattr(parallel, "cores", lambda: 2)


@pytest.fixture
def elsewhere(monkeypatch):
    """The networks that another process has trained."""
    taken, take = [], together._take
    monkeypatch.setattr(together, "_take", lambda job, result: (taken.append(job[0]), take(job, result)))
    return taken


def network(seed=0, kind=nn.ReLU):
    return nn.Sequential(nn.Conv2d(1, 4, 3, bias=False), nn.BatchNorm2d(4), kind(), nn.Dropout(0.3), nn.Flatten(),
                         nn.Linear(144, 2), seed=seed)


def fit_all(models, data, **options):
    return nn.fit_all(models, data, **({"epochs": 3, "batch_size": 16, "progress": False} | options))


def alike(one, other):
    measured = [[p.data for _, p in model.named_statistics()] for model in (one, other)]
    return (same(weights(one), weights(other)) and one.history == other.history and not one.training
            and all(map(np.array_equal, *measured)))


def test_each_is_what_fit_makes_of_it(elsewhere):
    apart, alone = ([network(seed) for seed in range(3)] for _ in range(2))
    optimizers = [[nn.Adam(model.parameters(), lr=0.01) for model in models] for models in (apart, alone)]
    histories = fit_all(apart, stripes(), optimizers=optimizers[0], shift=1, flip=True, validation=0.1, seed=5)
    for model, optimizer in zip(alone, optimizers[1], strict=True):
        fit(model, stripes(), optimizer=optimizer, shift=1, flip=True, validation=0.1, seed=5)
    assert len(elsewhere) == 3 and histories == [model.history for model in alone]
    assert all(map(alike, apart, alone))
    fit_all(apart, [stripes(seed=seed) for seed in range(3)], optimizers=optimizers[0])   # each on its own, from there
    for seed, (model, optimizer) in enumerate(zip(alone, optimizers[1], strict=True)):
        fit(model, stripes(seed=seed), optimizer=optimizer)
    assert len(elsewhere) == 6 and all(map(alike, apart, alone))


class OnlyHere(nn.ReLU):
    """A layer that no other process knows."""


@pytest.mark.parametrize("kind, options, serve", [
    (OnlyHere, {}, None), (nn.ReLU, {"after_epoch": lambda history: None}, None),
    (nn.ReLU, {}, "import os; os.read(0, 1000)"), (nn.ReLU, {}, "print('no pickle', flush=True)"),
], ids=["class", "lambda", "gone", "chatter"])
def test_what_no_process_can_do_is_done_here(elsewhere, monkeypatch, kind, options, serve):
    monkeypatch.setattr(together, "SERVE", serve or together.SERVE)
    apart, alone = ([network(seed, kind) for seed in range(3)] for _ in range(2))
    fit_all(apart, stripes(), **options)
    for model in alone:
        fit(model, stripes(), **options)
    assert not elsewhere and all(map(alike, apart, alone))


def test_where_no_process_can_be_had(elsewhere, monkeypatch):
    def refused(*args, **options):
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(together.subprocess, "Popen", refused)
    models = [network(seed) for seed in range(2)]
    fit_all(models, stripes())
    assert not elsewhere and all(len(model.history["loss"]) == 3 for model in models)


@pytest.mark.parametrize("why", ["one core", "one network", "shared"])
def test_one_after_the_other_where_nothing_is_won(elsewhere, monkeypatch, why):
    models = [dense(seed) for seed in range(1 if why == "one network" else 2)]
    if why == "one core":
        monkeypatch.setattr(parallel, "cores", lambda: 1)
    elif why == "shared":
        models[1].layers[0].weight = models[0].layers[0].weight
    fit_all(models, blobs())
    assert not elsewhere and all(len(model.history["loss"]) == 3 for model in models)


def test_a_large_network_has_all_cores_to_itself(elsewhere, monkeypatch):
    monkeypatch.setattr("cnnlib.nn.threads.SMALL", 100)
    fit_all([dense(seed) for seed in range(2)], blobs(), epochs=1)
    assert not elsewhere


def test_no_network_is_none():
    assert fit_all([], blobs()) == []


def test_an_error_is_that_of_fit(elsewhere):
    models = [dense(seed) for seed in range(2)]
    before = weights(models[1])
    optimizers = [nn.Adam(models[0].parameters()), nn.SGD(models[1].parameters(), lr=1e30)]
    with pytest.raises(nn.NonFiniteLossError, match="Usual causes") as caught:
        fit_all(models, blobs(), optimizers=optimizers)
    assert models[1] in elsewhere and caught.value.step >= 1 and caught.value.history == models[1].history
    assert same(before, weights(models[1]))   # back at the start of the epoch


@pytest.mark.parametrize("options, words", [
    ({"data": [blobs()] * 3}, "data must be a list with one for each network, 2, found 3"),
    ({"optimizers": []}, "optimizers must be a list with one for each network, 2, found 0"),
    ({"data": (blobs()[0], blobs()[1][:5])}, "data: y must hold one label"),
    ({"epochs": 0}, "epochs"),
])
def test_wrong_arguments(options, words):
    with pytest.raises(ValueError, match=words):
        fit_all([dense(0), dense(1)], **({"data": blobs()} | options))


@pytest.mark.parametrize("options, words", [({"optimizers": 3}, "optimizers must be a list"),
                                            ({"optimizer": nn.Adam(dense().parameters())}, "expected optimizers")])
def test_arguments_of_a_wrong_kind(options, words):
    with pytest.raises(TypeError, match=words):
        fit_all([dense(0), dense(1)], blobs(), **options)


@pytest.mark.parametrize("models", [3, [dense(), 3], [nn.Linear]])
def test_no_networks(models):
    with pytest.raises(TypeError, match="network"):
        fit_all(models, blobs())


@pytest.mark.usefixtures("_stop_button")
def test_the_stop_button_leaves_the_others_as_they_were(monkeypatch):
    models = [dense(seed) for seed in range(3)]
    before, seen, begin = list(map(weights, models)), [], together._begin
    monkeypatch.setattr(together, "_begin", lambda processes: (begin(processes), seen.append(processes[-1])))
    threading.Timer(1, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt, match="Stopped: 0 of 3 networks are trained, the others as they were"):
        fit_all(models, blobs(), epochs=10**8)
    assert all(map(same, before, map(weights, models))) and all(model.history is None for model in models)
    assert all(process.poll() is not None for process in seen)


def test_no_process_outlives_the_one_that_began_it():
    """As when a kernel is killed in the midst of a training."""
    start = """if True:
        import os, threading, time
        from networks import blobs, dense
        from cnnlib import nn
        from cnnlib.nn import together
        from cnnlib.ops import parallel
        parallel.cores, begin = lambda: 2, together._begin
        together._begin = lambda processes: (begin(processes), print(processes[-1].pid, flush=True))
        sending = together._keep_busy
        def busy(*args):
            threading.Timer(1, os._exit, [0]).start()
            sending(*args)
        together._keep_busy = busy
        nn.fit_all([dense(0), dense(1)], blobs(), epochs=10**8, progress=False)"""
    helpers = str(Path(__file__).parents[1] / "helpers")
    paths = os.pathsep.join([str(Path(__file__).parents[2]), helpers])
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, timeout=60,
                          env=os.environ | {"PYTHONPATH": paths})
    numbers, until = [int(line) for line in done.stdout.split()], time.monotonic() + 60
    assert len(numbers) == 2, done.stderr
    while any(map(alive, numbers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(alive, numbers))


def alive(number):
    """Whether a process runs; one that has ended, and that nobody has asked about yet, does not."""
    try:
        told = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True).stdout
        return told[:1] not in "Z"   # "Z": ended; "": gone
    except OSError:
        return False


def test_the_bar_counts_networks(capsys):
    fit_all([dense(seed) for seed in range(3)], blobs(), progress=True)
    out, err = capsys.readouterr()
    assert out == "" and "3/3" in err.split("\r")[-1]
