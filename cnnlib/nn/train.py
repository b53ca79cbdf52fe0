"""The training loop: forward, loss, backward, step; again and again."""

import contextlib
import math
import numbers

import numpy as np

from .. import shapes
from ..arguments import quiet, shown
from ..ops import check, cross_entropy
from ..ops.loss import loss_and_gradient
from .batches import Batches, examples, split
from .layer import Layer, generator, seed_key
from .optim import Adam, Optimizer, cosine
from .pages import keep_pages
from .progress import ProgressBar
from .stopping import StopButton
from .threads import suitable_threads

# Examples in a batch of predictions, measured with LeNet: twice as many at a time take a third longer.
PREDICTED = 128

keep_pages()


class NonFiniteLossError(ArithmeticError):
    """The loss, or a weight, became infinite or NaN.

    `.step` counts from 1; `.history` is what `fit` would have returned so far.
    """

    def __init__(self, message, step, history):
        super().__init__(message)
        self.step, self.history = step, history

    def __reduce__(self):
        """To be taken to another process."""
        return type(self), (str(self), self.step, self.history)


@quiet
def predict(model, x, batch_size=PREDICTED):
    """The logits of `model` for x (N, ...), in batches, in evaluation mode: an array (N, classes), or of a network that
    labels pixels (N, classes, H, W).

    TypeError for anything but a network; ValueError for x that does not fit it, naming the layer.

    >>> import cnnlib.nn as nn
    >>> predict(nn.Sequential(nn.Linear(4, 3)), np.ones((5, 4))).shape
    (5, 3)
    """
    _check_network(model)
    x, batch_size = check.floats(x, "x", nan=False), shapes.integer(batch_size, "batch_size", 1)
    if x.ndim == 0:
        raise ValueError(f"x must hold examples, (N, ...), found a single number, {x}: use x[None]")
    batches = [x[i:i + batch_size] for i in range(0, len(x), batch_size)]
    with suitable_threads(model, batches[0].shape), _evaluating(model):
        return np.concatenate([model.forward(batch) for batch in batches])


@contextlib.contextmanager
def _evaluating(model):
    """Evaluation mode, in which forward passes leave no memory; afterwards every layer is as it was."""
    before = [(layer, layer.training, layer.remembering) for layer in model.everything()]

    def back():
        for layer, training, remembering in before:
            layer.training, layer.remembering = training, remembering

    try:
        for layer, *_ in before:
            layer.training = layer.remembering = False
        yield
        back()
    except BaseException:   # also one that comes on the way back
        back()
        raise


def evaluate(model, x, y, batch_size=PREDICTED):
    """(loss, accuracy) of a classifier on x (N, ...) and labels y (N,), or (N, H, W) for one that labels pixels.

    Accuracy is the share of labels that are right, 0 to 1. Raises as `predict` does, and TypeError or ValueError for
    labels that are not class numbers, one per example or pixel.

    >>> import cnnlib.nn as nn
    >>> loss, accuracy = evaluate(nn.Sequential(nn.Linear(4, 2)), np.zeros((3, 4)), [0, 0, 1])
    >>> round(loss, 3), round(accuracy, 3)
    (0.693, 0.667)
    """
    logits = predict(model, x, batch_size)
    return float(cross_entropy(logits, y)), float((logits.argmax(axis=1) == np.asarray(y)).mean())


def fit(model, data, *, epochs=10, batch_size=64, optimizer=None, schedule=cosine, validation=None, shift=0, flip=False,
        seed=0, progress=True, after_epoch=None):
    """Train a classifier; returns its history.

    data         (x, y): x (N, C, H, W) or (N, features), floats; y (N,) integer labels, or (N, H, W), one for each
                 pixel. Or a data set of `cnn.data`, of which only the training half is used.
    epochs       passes over the data; batch_size examples make one step.
    optimizer    Adam(model.parameters(), lr=0.002) unless given; its lr is the largest of the schedule.
    schedule     share of that lr as a function of progress (0 to 1); None keeps it constant.
    validation   a pair (x, y), or a share such as 0.1 to hold out of the data; measured after each epoch.
    shift        augmentation: moves every image, and labels of pixels with it, by up to this many pixels each way.
    flip         augmentation: mirrors every image left to right with probability 1/2. Good for clothes and animals, bad
                 for digits and letters, which mean something else in a mirror.
    seed         decides order, shifts, flips and dropout: same model, data and seed, same result, to the last bit.
    progress     show the bar with epoch, loss, accuracy and time left.
    after_epoch  a function of the history so far, called after each epoch: `cnn.viz.watch(model)` draws it.

    The history is a dict of lists, one entry per completed epoch: epoch, loss, accuracy, lr and, with validation,
    val_loss, val_accuracy; "interrupted" tells whether it was stopped early. It also stays in `model.history`, however
    training ends. The stop button and Ctrl-C end it after the current step (pressed twice: at once, and that step is
    undone) with a KeyboardInterrupt, so that cells still to come do not run; the model keeps what it has learned.

    Raises NonFiniteLossError when the loss is not finite (the model is put back to the start of that epoch, the
    optimiser forgets its running means); TypeError and ValueError for data that cannot be learned from.

    >>> import cnnlib.nn as nn
    >>> x, y = np.array([[0.0], [1.0]] * 8), np.array([0, 1] * 8)
    >>> history = fit(nn.Sequential(nn.Linear(1, 2)), (x, y), epochs=50, progress=False)
    >>> history["loss"][-1] < history["loss"][0]
    True
    """
    _check_network(model)
    rng = generator(seed_key(seed))
    epochs = shapes.integer(epochs, "epochs", 1)
    (x, y), held_out = split(*examples(data), validation, rng)
    _check_fit(model, x, y, held_out)
    batches = Batches(x, y, batch_size, shift, flip, rng)
    _check_last_batch(model, x, batches.batch_size)
    optimizer = Adam(model.parameters(), lr=0.002) if optimizer is None else _check_optimizer(optimizer, model)
    if schedule is not None and not callable(schedule):
        raise TypeError(f"schedule must be a function of progress, 0 to 1, such as cosine, or None; found "
                        f"{shown(schedule)}")
    if after_epoch is not None and not callable(after_epoch):
        raise TypeError(f"after_epoch must be a function of the history, or None; found {shown(after_epoch)}")
    top_lr, steps = optimizer.lr, epochs * len(batches)
    history = {name: [] for name in ("epoch", "loss", "accuracy", "lr")} | {"interrupted": False}
    if held_out:
        history |= {"val_loss": [], "val_accuracy": []}

    model.history = history   # kept there, however training ends
    measured = [p for _, p in model.named_statistics()]
    state = [*model.parameters(), *measured]
    start = [p.data.copy() for p in state]   # makes them, so that the seed is for dropout alone
    model.seed(seed)
    bar = ProgressBar(epochs, len(batches)) if progress else None
    epoch = step = 0
    with StopButton() as stop, suitable_threads(model, (batches.batch_size, *x.shape[1:])):
        try:
            for epoch in range(1, epochs + 1):
                start = [p.data.copy() for p in state]
                model.train()
                loss_sum = right = seen = 0
                for xb, yb in batches.epoch():
                    optimizer.lr = top_lr * (_planned(schedule, step / steps) if schedule else 1)
                    step += 1
                    loss, hits = _step(model, optimizer, measured, xb, yb)
                    if not math.isfinite(loss):
                        raise _diverged(f"the loss is {loss}", step, epoch, (top_lr, optimizer.lr), history)
                    loss_sum, right, seen = loss_sum + loss * yb.size, right + hits, seen + yb.size
                    if bar:
                        bar.step(epoch, loss_sum / seen, right / seen)
                    stop.check()
                record = {"epoch": epoch, "loss": loss_sum / seen, "accuracy": right / seen, "lr": optimizer.lr}
                if not all(np.isfinite(p.data).all() for p in state):
                    raise _diverged("a weight is no longer finite", step, epoch, (top_lr, optimizer.lr), history)
                if held_out:
                    with np.errstate(all="ignore"):
                        record["val_loss"], record["val_accuracy"] = evaluate(model, *held_out)
                    if not math.isfinite(record["val_loss"]):
                        what = f"the validation loss is {record['val_loss']}"
                        raise _diverged(what, step, epoch, (top_lr, optimizer.lr), history)
                history.update({name: [*history[name], value] for name, value in record.items()})   # all at once
                if bar:
                    bar.epoch_done(record)
                if after_epoch:
                    after_epoch(history)
                stop.check()
        except KeyboardInterrupt:
            history["interrupted"] = True
            raise _stopped(epoch, step, steps) from None
        except NonFiniteLossError:
            for p, data in zip(state, start, strict=True):
                p.data[...] = data
            optimizer.reset()   # its running means have seen the infinite gradient and would spoil the next attempt
            raise
        finally:
            optimizer.lr = top_lr
            model.eval()
            model.forget()
            if bar:
                bar.close()
    return history


def _step(model, optimizer, measured, x, y):
    """One step on one batch: its loss, and how many were right. A loss that is not finite changes no weight.

    All or nothing: the optimiser moves all or none, and unless it has, an error or interruption puts back what the
    forward pass has `measured`, the running statistics.
    """
    before, state = [p.data.copy() for p in measured], optimizer.state
    try:
        with np.errstate(all="ignore"):   # a diverging step overflows first; the caller's message tells it better
            logits = model.forward(x)
            loss, dlogits = loss_and_gradient(logits, y)
            if math.isfinite(loss):
                model.backward(dlogits, need_dx=False)
                optimizer.step()
        return float(loss), int((logits.argmax(axis=1) == y).sum())
    except BaseException:
        if optimizer.state is state:
            for p, data in zip(measured, before, strict=True):
                p.data[...] = data
        raise


def _check_network(model):
    if not isinstance(model, Layer):
        slip = ": call it, add ()" if callable(model) else ""
        raise TypeError(f"model must be a network, found {getattr(model, '__name__', shown(model))}{slip}")


def _check_optimizer(optimizer, model):
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"optimizer must be one such as Adam(model.parameters(), lr=0.002), found {shown(optimizer)}")
    own = {id(p) for p in model.parameters()}
    if not all(id(p) in own for p in optimizer.parameters):
        raise ValueError("optimizer holds parameters of another network: make a new one from model.parameters()")
    return optimizer


def _check_fit(model, x, y, held_out):
    """Errors that would otherwise come up in the middle of training."""
    shape = model.output_shape(x.shape[1:])
    if len(shape) != y.ndim:
        raise ValueError(f"model must end in one logit per class, found an output of shape {shape} for each example, "
                         f"but labels y of shape {y.shape}, one for each {'pixel' if y.ndim == 3 else 'example'}")
    check.labels(y, (len(y), *shape))
    if held_out:
        check.same_shape(held_out[0][0], "validation: x (one example)", x.shape[1:], "like the training examples")
        check.labels(held_out[1], (len(held_out[1]), *shape))


def _planned(schedule, progress):
    """What a schedule says, checked: a rate below 0 would train uphill without a word."""
    share = schedule(progress)
    if not isinstance(share, numbers.Real):
        raise TypeError(f"schedule must return a number, found {type(share).__name__} at progress {progress:.3g}")
    if not share >= 0:
        raise ValueError(f"schedule must return 0 or more, found {float(share)!r} at progress {progress:.3g}")
    return share


def _check_last_batch(model, x, batch_size):
    """Batch normalisation cannot be trained on a single value: say so before the last batch turns out to have one."""
    def smallest(size):
        return len(x) % size or min(size, len(x))

    for layer, shape in model.visits(x.shape[1:]):
        least = layer.least_batch(shape)
        if smallest(batch_size) < least:
            near = *range(batch_size, least - 1, -1), *range(least, len(x) + 1)
            better = next((f": use batch_size={n}" for n in near if smallest(n) >= least), ": use more examples")
            raise ValueError(
                f"batch_size={batch_size} leaves a last batch of {smallest(batch_size)} of the {len(x)} examples, but "
                f"{type(layer).__name__}, which gets one value per channel from each, needs {least} in training{better}"
            )


def _stopped(epoch, step, steps):
    return KeyboardInterrupt(
        f"Stopped in epoch {epoch} at step {step} of {steps}: the model keeps what it has learned so far, and "
        "model.history its history."
    )


def _diverged(what, step, epoch, rates, history):
    lr = ", scheduled to ".join(dict.fromkeys(f"{rate:.3g}" for rate in rates))   # one number where both are the same
    return NonFiniteLossError(
        f"{what} at step {step} (epoch {epoch}), expected a finite number. Usual causes: a learning rate "
        f"too high (here {lr}; try a tenth), inputs not scaled to about 0..1, or weights that were already "
        "damaged. The model is back at the start of that epoch.",
        step,
        history,
    )
