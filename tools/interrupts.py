"""Interrupt trainings at random moments and look whether a step was torn.

    python -m tools.interrupts        # 500 of them, a minute
    python -m tools.interrupts 50

A thread sends this process the signal of the stop button, once or twice, while `fit` or a loop of one's own trains.
Weights, running statistics, velocities, Adam's means and counters must then be those after one and the same number of
whole steps, to the last bit; the mode, the learning rate and the history must be in order. Exit 1 if one is not.
"""

import os
import signal
import sys
import threading
import time

import numpy as np

from cnnlib import nn
from cnnlib.ops.loss import loss_and_gradient

from . import command

EPOCHS, BATCH, RATE = 3, 8, 0.01


def problem(n=44, seed=0):
    """Images to train on."""
    rng = np.random.default_rng(seed)
    return rng.random((n, 1, 6, 6), dtype=np.float32), np.arange(n) % 2


def network():
    """A small network with all that a step moves."""
    return nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.1),
        nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2),
    )


OPTIMIZERS = {
    "adam": lambda model: nn.Adam(model.parameters(), lr=RATE),
    "sgd": lambda model: nn.SGD(model.parameters(), lr=RATE, momentum=0.9, weight_decay=0.01),
}


def state(model, optimizer):
    """All numbers that a step moves, as bytes."""
    found = [p.data for _, p in [*model.named_parameters(), *model.named_statistics()]]
    for kept in optimizer.state:
        found += kept.values() if isinstance(kept, dict) else [] if kept is None else [kept]
    return b"".join(np.asarray(numbers).tobytes() for numbers in found)


def by_fit(model, optimizer, seen):
    """Train with `fit`; before every step `seen` is called."""
    nn.fit(model, problem(), epochs=EPOCHS, batch_size=BATCH, optimizer=optimizer, validation=problem(10, seed=1),
           progress=False, schedule=lambda t: seen() or 1)


def by_hand(model, optimizer, seen):
    """A loop of one's own, in evaluation mode: only the optimiser answers for what it moves."""
    x, y = problem()
    for i in range(EPOCHS * 6):
        seen()
        part = slice(i % 6 * BATCH, (i % 6 + 1) * BATCH)
        _, dlogits = loss_and_gradient(model(x[part]), y[part])
        model.backward(dlogits)
        optimizer.step()


WAYS = {"fit": by_fit, "by hand": by_hand}


def whole_steps(way, kind):
    """The states after 0, 1, 2, ... steps of a training that nobody interrupts."""
    model = network()
    optimizer, states = OPTIMIZERS[kind](model), []
    WAYS[way](model, optimizer, lambda: states.append(state(model, optimizer)))
    return [*states, state(model, optimizer)]


def faults(model, optimizer, way, states):
    """What is wrong after an interruption, in words."""
    found = [] if state(model, optimizer) in states else ["a torn step"]
    if way == "fit":
        history = getattr(model, "history", None) or {}
        lengths = {len(numbers) for numbers in history.values() if isinstance(numbers, list)}
        found += ["a history of unequal lengths"] * (len(lengths) > 1) + ["still training"] * model.training
        found += ["another learning rate"] * (optimizer.lr != RATE)
    return found


def interrupted(way, kind, delays):
    """The model and the optimiser of a training during which the signal comes after each of `delays` (seconds)."""
    model, armed = network(), True
    optimizer = OPTIMIZERS[kind](model)

    def handler(number, frame):
        if armed:   # else it came when the training had ended already
            raise KeyboardInterrupt

    def press():
        for delay in delays:
            time.sleep(delay)
            os.kill(os.getpid(), signal.SIGINT)

    thread, before = threading.Thread(target=press), signal.signal(signal.SIGINT, handler)
    try:
        thread.start()
        WAYS[way](model, optimizer, lambda: None)
        armed = False
    except KeyboardInterrupt:
        armed = False
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)
    return model, optimizer


def timed(task, *arguments):
    """How long it takes, in seconds."""
    began = time.perf_counter()
    task(*arguments)
    return time.perf_counter() - began


def main(arguments=None):
    """Interrupt and count."""
    parser = command.parser("tools.interrupts", __doc__, check=False)
    parser.add_argument("count", nargs="?", type=command.number, default=500, help="how many, 500 unless given")
    count, rng = parser.parse_args(arguments).count, np.random.default_rng(0)
    cases = {(way, kind): whole_steps(way, kind) for way in WAYS for kind in OPTIMIZERS}
    span = {case: min(timed(whole_steps, *case) for _ in range(3)) for case in cases}
    bad = stopped = 0
    for i in range(count):
        case = list(cases)[i % len(cases)]
        way, kind = case
        delays = [rng.uniform(0, span[case])] + [rng.uniform(0, span[case] / 20)] * (i // len(cases) % 2)
        model, optimizer = interrupted(way, kind, delays)
        stopped += state(model, optimizer) != cases[case][-1]
        if found := faults(model, optimizer, way, cases[case]):
            bad += 1
            print(f"number {i}, {way} with {kind}: {', '.join(found)}", flush=True)
    print(f"{count} interrupts, {stopped} of them before the end; inconsistent: {bad}")
    return bad


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
