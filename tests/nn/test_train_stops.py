"""Training that ends early: the stop button, a loss that is not finite, any other error."""

import json
import os
import re
import signal
import subprocess
import sys
import threading

import numpy as np
import pytest
from networks import conv, fit, same, stripes, weights

from cnnlib import nn

# --- stopped ------------------------------------------------------------------------------------------------------


class Pressed(nn.Adam):
    """Somebody presses stop in the k-th step, after some of the parameters have been looked at."""

    def __init__(self, model, k, press):
        super().__init__(model.parameters(), lr=0.01)
        self.left, self.press, self.before = k, press, None

    def _move(self, gradient, state):
        self.left -= 1 / len(self.parameters)
        if self.left < 0.6:
            self.left, self.before = 10**9, [p.data.copy() for p in self.parameters]
            self.press()
        return super()._move(gradient, state)


def press():
    signal.raise_signal(signal.SIGINT)


def press_twice():
    press()
    press()


def stopped(model, optimizer, **options):
    """The history of a training that is stopped, and what is said of it."""
    with pytest.raises(KeyboardInterrupt) as error:
        fit(model, stripes(), epochs=3, batch_size=15, optimizer=optimizer, **options)
    return model.history, str(error.value)


@pytest.mark.usefixtures("_stop_button")
@pytest.mark.parametrize(("k", "completed"), [(1, 0), (8, 0), (9, 1), (17, 2), (24, 2)])
@pytest.mark.parametrize("progress", [False, True])
def test_the_stop_button_loses_nothing(k, completed, progress, capsys):
    model = conv()
    optimizer = Pressed(model, k, press)
    history, said = stopped(model, optimizer, validation=stripes(20), progress=progress)
    assert history["interrupted"] is True
    assert [len(history[name]) for name in ("epoch", "loss", "accuracy", "lr", "val_loss")] == [completed] * 5
    assert history == json.loads(json.dumps(history))
    assert said == (f"Stopped in epoch {completed + 1} at step {k} of 24: the model keeps what it has learned so far, "
                    "and model.history its history.")
    assert capsys.readouterr().out == ""
    assert optimizer.lr == 0.01
    assert not model.training and not model[4].training
    assert {state["steps"] for state in optimizer.state} == {k}, "the step in hand was finished"
    assert not any(np.array_equal(p.data, a) for p, a in zip(optimizer.parameters, optimizer.before, strict=True))
    assert fit(model, stripes(), optimizer=optimizer)["interrupted"] is False, "and can go on"
    assert model.history["interrupted"] is False


@pytest.mark.usefixtures("_stop_button")
def test_pressed_twice_it_does_not_wait_for_the_step():
    model = conv()
    optimizer = Pressed(model, 9, press_twice)
    history, said = stopped(model, optimizer)
    assert said.startswith("Stopped in epoch 2 at step 9 of 24: ") and len(history["loss"]) == 1
    assert {state["steps"] for state in optimizer.state} == {8}, "the step in hand was undone"
    assert all(np.array_equal(p.data, a) for p, a in zip(optimizer.parameters, optimizer.before, strict=True))


@pytest.mark.usefixtures("_stop_button")
def test_a_press_during_the_validation_waits_for_its_end(monkeypatch):
    evaluate = nn.train.evaluate
    monkeypatch.setattr(nn.train, "evaluate", lambda *args: (press(), evaluate(*args))[1])
    model = conv()
    history, said = stopped(model, None, validation=stripes(20))
    assert said.startswith("Stopped in epoch 1 at step 8 of 24: ") and len(history["val_loss"]) == 1


def test_a_handler_of_ones_own_decides():
    """Who counts the signals and goes on is not stopped; who has none does not get one."""
    seen, model = [], conv()
    before = signal.signal(signal.SIGINT, lambda number, frame: seen.append(number))
    try:
        assert fit(model, stripes(), optimizer=Pressed(model, 9, press))["interrupted"] is False
        assert seen == [signal.SIGINT]
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        assert fit(model, stripes(), optimizer=Pressed(model, 9, press))["interrupted"] is False
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_training_beside_the_main_thread():
    model, histories = conv(), []
    thread = threading.Thread(target=lambda: histories.append(fit(model, stripes())))
    thread.start()
    thread.join()
    assert histories == [model.history] and len(model.history["loss"]) == 3


def test_a_real_interrupt_signal():
    script = """
import signal
import numpy as np
from cnnlib import nn
signal.signal(signal.SIGINT, signal.default_int_handler)   # a job in the background is started without it
model = nn.Sequential(nn.Linear(4, 3))
started = lambda t: t == 0 and print("started", flush=True) or 1
try:
    nn.fit(model, (np.ones((64, 4)), np.arange(64) % 3), epochs=10**7, schedule=started)
except KeyboardInterrupt as error:
    print(error)
print(model.history["interrupted"], len(model.history["loss"]) == len(model.history["epoch"]))
print(np.isfinite(nn.predict(model, np.ones((2, 4)))).all())
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=os.getcwd()
    )
    try:
        assert process.stdout.readline() == "started\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
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


def test_training_can_be_tried_again_with_the_same_optimiser():
    # Linear layers only: the loss takes several steps to overflow, and the velocity has grown with it.
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 16), nn.Linear(16, 2))
    x, _ = stripes()
    data = x, np.random.default_rng(0).integers(2, size=len(x))
    optimizer = nn.SGD(model.parameters(), lr=1e5, momentum=0.9)
    with pytest.raises(nn.NonFiniteLossError) as error:
        fit(model, data, optimizer=optimizer)
    assert error.value.step > 2
    optimizer.lr = 0.01
    assert max(fit(model, data, optimizer=optimizer)["loss"]) < 1


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
