"""Several networks that do not need each other, trained side by side: each core has one of its own in hand.

Threads would not do: a step of a small network is thousands of short calls, and only one thread at a time may make
them. So each core gets a process, which is sent network, data and optimiser, and sends back what was learned. What
cannot be sent, such as a layer whose class a notebook wrote, is trained here, one network after the other.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path
from typing import NamedTuple

from ..arguments import quiet, shown
from ..ops import parallel
from .batches import examples
from .progress import NetworksBar
from .stopping import to_the_end
from .threads import is_small
from .train import fit

SERVE = "from cnnlib.nn import together; together.serve()"
LISTENING = 0.2   # seconds until a pressed stop button is heard


@quiet
def fit_all(models, data, *, optimizers=None, batch_size=64, progress=True, **options):
    """Train each of several networks as `fit` would, to the last bit, on as many cores as there are.

    models       a list of networks, none of which shares a parameter with another.
    data         as for `fit`, the same for all; or a list with one such for each network.
    optimizers   a list with one for each; an Adam each, as in `fit`, unless given.
    progress     show a bar that counts networks.
    Other arguments are those of `fit`. Returns the list of histories.

    The stop button ends it with a KeyboardInterrupt: networks that are done keep what they have learned, those not done
    stay as they were. Raises as `fit` does, as soon as one of them cannot be trained, and ValueError for lists of
    different lengths.

    >>> import numpy as np
    >>> import cnnlib.nn as nn
    >>> x, y = np.array([[0.0], [1.0]] * 8), np.array([0, 1] * 8)
    >>> networks = [nn.Sequential(nn.Linear(1, 2), seed=seed) for seed in range(3)]
    >>> histories = fit_all(networks, (x, y), epochs=50, progress=False)
    >>> [history["loss"][-1] < history["loss"][0] for history in histories]
    [True, True, True]
    """
    if not isinstance(models, (list, tuple)):
        raise TypeError(f"models must be a list of networks, found {shown(models)}; for a single one there is fit")
    if "optimizer" in options:
        raise TypeError("optimizer is for a single network: expected optimizers, a list with one for each")
    each = data if isinstance(data, list) else [data] * len(models)
    optimizers = [None] * len(models) if optimizers is None else optimizers
    for name, given in ("data", each), ("optimizers", optimizers):
        if not isinstance(given, (list, tuple)):
            raise TypeError(f"{name} must be a list with one for each network, found {shown(given)}")
        if len(given) != len(models):
            raise ValueError(f"{name} must be a list with one for each network, {len(models)}, found {len(given)}")
    jobs = list(zip(models, each, optimizers, strict=True))
    options |= {"batch_size": batch_size, "progress": False}
    with NetworksBar(len(jobs)) if progress else contextlib.nullcontext() as bar:
        done = _side_by_side(jobs, options, bar) if _can_be(jobs, batch_size) else set()
        for number, (model, pair, optimizer) in enumerate(jobs):
            if number not in done:
                fit(model, pair, optimizer=optimizer, **options)
                if bar:
                    bar.network_done()
    return [model.history for model in models]


def _can_be(jobs, batch_size):
    """Whether there are cores for it, and networks that one core is enough for and that share nothing.

    What `fit` would refuse is left to `fit`, here, so that the error comes at once.
    """
    if min(len(jobs), parallel.cores()) < 2:
        return False
    try:
        owned = [id(p) for model, *_ in jobs for p in model.parameters()]
        return len(set(owned)) == len(owned) and all(
            is_small(model, (batch_size, *examples(data)[0].shape[1:])) for model, data, _ in jobs)
    except (AttributeError, TypeError, ValueError):
        return False


def _side_by_side(jobs, options, bar):
    """Train in processes; the numbers of those jobs that were done, or else are to be done here."""
    left, told, processes, done = deque(range(len(jobs))), queue.SimpleQueue(), [], set()
    try:
        for _ in range(min(len(jobs), parallel.cores())):
            _begin(processes)
        for process in processes:
            threading.Thread(target=_keep_busy, args=(process, left, jobs, options, told), daemon=True).start()
        busy = len(processes)
        while busy:
            try:
                number, result = told.get(timeout=LISTENING)
            except queue.Empty:
                continue
            if number is None:
                busy -= 1
                continue
            to_the_end(lambda job=jobs[number], result=result: _take(job, result))
            if result.error:
                raise result.error
            done.add(number)
            if bar:
                bar.network_done()
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"Stopped: {len(done)} of {len(jobs)} networks are trained, the others as they were."
        ) from None
    finally:
        left.clear()
        for process in processes:
            process.kill()
            process.wait()
    return done


def _begin(processes):
    """Add a process that waits for networks, if one can be had."""
    # It finds this very package, and is out of reach of the stop button, which is for those who sent it something.
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    apart = {"start_new_session": True} if os.name == "posix" else {
        "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    with contextlib.suppress(OSError):
        processes.append(subprocess.Popen(
            [sys.executable, "-c", SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}, **apart))


def _keep_busy(process, left, jobs, options, told):
    """Send a process one job after the other and tell what came back, then None: until none is left, or it cannot."""
    try:
        with process.stdin, process.stdout:
            while left:
                number = left.popleft()
                pickle.dump((*jobs[number], options), process.stdin)
                process.stdin.flush()
                told.put((number, pickle.load(process.stdout)))
    except Exception:   # another was quicker, or the job cannot be sent: what is not done is done here
        pass
    finally:
        told.put((None, None))


class Result(NamedTuple):
    """What a process sends back: the numbers of all parameters and statistics, and what else `fit` changes."""

    numbers: list
    history: dict
    state: list
    error: Exception


def serve():
    """What such a process does, until nobody sends anything any more, or nobody is left to send to."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())   # what is printed on the way is no result
    jobs = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    while True:
        model, data, optimizer, options = jobs.get()
        error = None
        try:
            fit(model, data, optimizer=optimizer, **options)
        except Exception as found:
            error = found
        numbers = [p.data for p in _learned(model)]
        pickle.dump(Result(numbers, model.history, optimizer and optimizer.state, error), out)
        out.flush()


def _listen(jobs):
    """Fill the queue. The other end is closed when there is no more to do, or because who sent it has come to an end:
    then, in the midst of a training too, so does this process."""
    try:
        while True:
            jobs.put(pickle.load(sys.stdin.buffer))
    except BaseException:   # also what cannot be read here, such as a class that only the sender knows
        os._exit(0)


def _learned(model):
    return [*model.parameters(), *(p for _, p in model.named_statistics())]


def _take(job, result):
    """The network and the optimiser of a job as `fit` leaves them."""
    model, _, optimizer = job
    for p, numbers in zip(_learned(model), result.numbers, strict=True):
        p.data[...] = numbers
    model.history = result.history
    if optimizer is not None:
        optimizer.state = result.state
    model.eval()
    model.forget()
