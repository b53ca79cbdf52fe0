"""An interruption at every single instruction that moves something in training: no step is ever torn."""

import signal
import sys

import numpy as np
import pytest

from cnnlib import nn
from cnnlib.nn import norm, optim, sequential, stopping, train
from tools import interrupts

FILES = {module.__file__ for module in (norm, optim, sequential, stopping, train)}   # where something moves
FINE = {"fit": {"settle", "_step", "_follow", "_pressed", "check"}, "step": {"step", "settle"}}   # the rest by line


@pytest.fixture(autouse=True)
def numpy_as_before():
    """A strike can come right before the end of a `with np.errstate(...)`, and later tests want to be warned."""
    with np.errstate():
        yield


class Interruption(BaseException):
    """Comes out of nowhere, as a time limit does: no handler can hold it back."""


def at_instruction(k, task, strike, fine):
    """task(), with strike() at the k-th instruction that runs of FILES, lines of functions not in `fine`; how many ran.

    Before anything is counted on, once for nothing: from Python 3.12 on, a function tells its instructions only from
    its second traced call on."""
    count = 0

    def trace(frame, event, arg):
        nonlocal count
        if frame.f_code.co_filename not in FILES:
            return None
        if event == "call":
            frame.f_trace_opcodes = frame.f_code.co_name in fine
        elif event == ("opcode" if frame.f_trace_opcodes else "line"):
            count += 1
            if count == k:
                sys.settrace(None)
                strike()
        return trace

    handler, before = signal.signal(signal.SIGINT, signal.default_int_handler), sys.gettrace()
    sys.settrace(trace)
    try:
        task()
    except (Interruption, KeyboardInterrupt):
        pass
    finally:
        sys.settrace(before)
        signal.signal(signal.SIGINT, handler)
    return count


def out_of_nowhere():
    raise Interruption


def stop_button():
    signal.raise_signal(signal.SIGINT)


def stage(way, kind):
    """A network, its optimiser, and a step to be interrupted: an epoch with validation, or the optimiser's second."""
    model, data = interrupts.network(), interrupts.problem(8)
    optimizer = interrupts.OPTIMIZERS[kind](model)
    if way == "fit":
        return model, optimizer, lambda: nn.fit(model, data, epochs=1, batch_size=8, optimizer=optimizer,
                                                progress=False, validation=data)
    model(data[0])
    model.backward(np.random.default_rng(0).normal(size=(8, 2)))
    optimizer.step()
    return model, optimizer, optimizer.step


@pytest.mark.parametrize("every", [9, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize(("way", "kind", "strike"), [
    ("fit", "adam", stop_button), pytest.param("fit", "adam", out_of_nowhere, marks=pytest.mark.long),
    *[("step", kind, strike) for kind in ("adam", "sgd") for strike in (stop_button, out_of_nowhere)]])
def test_no_instruction_at_which_a_step_is_torn(way, kind, strike, every):
    """Each time every ninth instruction is struck, all of them by the suite `long`."""
    at_instruction(0, stage(way, kind)[-1], strike, FINE[way])
    model, optimizer, task = stage(way, kind)
    states = [interrupts.state(model, optimizer)]
    total = at_instruction(0, task, strike, FINE[way])
    states.append(interrupts.state(model, optimizer))
    seen = set()
    for k in range(1, total + 1, every):
        model, optimizer, task = stage(way, kind)
        at_instruction(k, task, strike, FINE[way])
        after = interrupts.state(model, optimizer)
        assert after in states, f"interrupted at instruction {k} of {total}"
        seen.add(states.index(after))
        if way == "fit" and strike is stop_button:
            assert interrupts.faults(model, optimizer, way, states) == [], f"at instruction {k} of {total}"
    assert seen == {0, 1}, "before it and after it"


def measuring(model, path):
    layer = model.train()[1]
    return lambda: layer(np.random.default_rng(1).random((4, 2, 3, 3)))


def loading(model, path):
    return lambda: model.load(path)


def predicting(model, path):
    model.train()[1].eval()
    return lambda: nn.predict(model, interrupts.problem()[0])


def numbers_and_modes(model):
    found = [p.data for _, p in [*model.named_parameters(), *model.named_statistics()]]
    modes = [(layer.training, layer.remembering) for layer in model]
    return b"".join(array.tobytes() for array in found), modes


@pytest.mark.alike(2)
@pytest.mark.parametrize("strike", [out_of_nowhere, stop_button])
@pytest.mark.parametrize("stage", [measuring, loading, predicting])
def test_neither_is_anything_else_that_moves_numbers(stage, strike, tmp_path):
    """Running statistics in a loop of one's own, a network that is loaded, the modes that a prediction changes."""
    other = interrupts.network()
    other.seed(7)
    path = other.save(tmp_path / "other")
    fine = {"settle", "_follow", "to_the_end", "back"}
    at_instruction(0, stage(interrupts.network(), path), strike, fine)
    model = interrupts.network()
    task = stage(model, path)
    states = [numbers_and_modes(model)]
    total = at_instruction(0, task, strike, fine)
    states.append(numbers_and_modes(model))
    seen = set()
    for k in range(1, total + 1):
        model = interrupts.network()
        at_instruction(k, stage(model, path), strike, fine)
        after = numbers_and_modes(model)
        assert after in states, f"interrupted at instruction {k} of {total}"
        seen.add(states.index(after))
    assert seen == ({0} if stage is predicting else {0, 1})
