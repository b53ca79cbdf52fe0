"""The training loop: forward, loss, backward, step; again and again."""

import math

import numpy as np

from .. import shapes
from ..ops import check, cross_entropy, cross_entropy_backward
from .batches import Batches, examples, split
from .optim import Adam, cosine
from .progress import ProgressBar


class NonFiniteLossError(ArithmeticError):
    """The loss became infinite or NaN. `.step` counts from 1; `.history` is what `fit` would have returned so far."""

    def __init__(self, message, step, history):
        super().__init__(message)
        self.step, self.history = step, history


def predict(model, x, batch_size=256):
    """The logits of `model` for x (N, ...), in batches, in evaluation mode: an array (N, classes).

    >>> import cnnlib.nn as nn
    >>> predict(nn.Sequential(nn.Linear(4, 3)), np.ones((5, 4))).shape
    (5, 3)
    """
    x = check.floats(x, "x", nan=False)
    was_training = getattr(model, "training", False)
    model.eval()
    try:
        return np.concatenate([model.forward(x[i:i + batch_size]) for i in range(0, len(x), batch_size)])
    finally:
        model.train(was_training)


def evaluate(model, x, y, batch_size=256):
    """(loss, accuracy) of a classifier on x (N, ...) and labels y (N,); accuracy is a share, 0 to 1.

    >>> import cnnlib.nn as nn
    >>> loss, accuracy = evaluate(nn.Sequential(nn.Linear(4, 2)), np.zeros((3, 4)), [0, 0, 1])
    >>> round(loss, 3), round(accuracy, 3)
    (0.693, 0.667)
    """
    logits = predict(model, x, batch_size)
    return float(cross_entropy(logits, y)), float((logits.argmax(axis=1) == np.asarray(y)).mean())


def fit(model, data, *, epochs=10, batch_size=64, optimizer=None, schedule=cosine, validation=None, shift=0, seed=0,
        progress=True):
    """Train a classifier; returns its history.

    data         (x, y): x (N, C, H, W) or (N, features), floats; y (N,) integer labels. Or a data set of `cnn.data`,
                 of which only the training half is used.
    epochs       passes over the data; batch_size examples make one step.
    optimizer    Adam(model.parameters(), lr=0.002) unless given; its lr is the largest of the schedule.
    schedule     share of that lr as a function of progress (0 to 1); None keeps it constant.
    validation   a pair (x, y), or a share such as 0.1 to hold out of the data; measured after each epoch.
    shift        augmentation: moves every image by up to this many pixels in each direction.
    seed         decides order, shifts and dropout: same model, data and seed, same result.
    progress     show the bar with epoch, loss, accuracy and time left.

    The history is a dict of lists, one entry per completed epoch: epoch, loss, accuracy, lr and, with validation,
    val_loss, val_accuracy; "interrupted" tells whether it was stopped early. The stop button (KeyboardInterrupt) ends
    training at once: the model keeps what it has learned, the history so far is returned.

    Raises NonFiniteLossError when the loss is not finite (the model is put back to the start of that epoch);
    TypeError and ValueError for data that cannot be learned from.

    >>> import cnnlib.nn as nn
    >>> x, y = np.array([[0.0], [1.0]] * 8), np.array([0, 1] * 8)
    >>> history = fit(nn.Sequential(nn.Linear(1, 2)), (x, y), epochs=50, progress=False)
    >>> history["loss"][-1] < history["loss"][0]
    True
    """
    rng = np.random.default_rng(seed)
    epochs = shapes.integer(epochs, "epochs", 1)
    (x, y), held_out = split(*examples(data), validation, rng)
    _check_fit(model, x, y, held_out)
    batches = Batches(x, y, batch_size, shift, rng)
    optimizer = optimizer or Adam(model.parameters(), lr=0.002)
    top_lr, steps = optimizer.lr, epochs * len(batches)
    history = {name: [] for name in ("epoch", "loss", "accuracy", "lr")} | {"interrupted": False}
    if held_out:
        history |= {"val_loss": [], "val_accuracy": []}

    bar = ProgressBar(epochs, len(batches)) if progress else None
    step = 0
    try:
        for epoch in range(1, epochs + 1):
            start = [p.data.copy() for p in model.parameters()]
            model.train()
            loss_sum = right = seen = 0
            for xb, yb in batches.epoch():
                optimizer.lr = top_lr * (schedule(step / steps) if schedule else 1)
                step += 1
                with np.errstate(all="ignore"):   # a diverging step overflows first; the test below tells it better
                    logits = model.forward(xb)
                    loss = float(cross_entropy(logits, yb))
                    if not math.isfinite(loss):
                        for p, data in zip(model.parameters(), start, strict=True):
                            p.data = data
                        raise _diverged(loss, step, epoch, optimizer.lr, history)
                    model.backward(cross_entropy_backward(logits, yb), need_dx=False)
                    optimizer.step()
                seen += len(yb)
                loss_sum += loss * len(yb)
                right += int((logits.argmax(axis=1) == yb).sum())
                if bar:
                    bar.step(epoch, loss_sum / seen, right / seen)
            record = {"epoch": epoch, "loss": loss_sum / seen, "accuracy": right / seen, "lr": optimizer.lr}
            if held_out:
                record["val_loss"], record["val_accuracy"] = evaluate(model, *held_out)
            for name, value in record.items():
                history[name].append(value)
            if bar:
                bar.epoch_done(record)
    except KeyboardInterrupt:
        history["interrupted"] = True
        print(f"Stopped in epoch {epoch} at step {step} of {steps}: the model keeps what it has learned so far.")
    finally:
        optimizer.lr = top_lr
        model.eval()
        if bar:
            bar.close()
    return history


def _check_fit(model, x, y, held_out):
    """Errors that would otherwise come up in the middle of training."""
    if not hasattr(model, "output_shape"):
        return
    classes = model.output_shape(x.shape[1:])
    if len(classes) != 1:
        raise ValueError(f"model must end in one logit per class, found an output of shape {classes} for each example")
    check.labels(y, classes[0], len(y))
    if held_out:
        check.same_shape(held_out[0][0], "validation: x (one example)", x.shape[1:], "like the training examples")
        check.labels(held_out[1], classes[0], len(held_out[1]))


def _diverged(loss, step, epoch, lr, history):
    return NonFiniteLossError(
        f"the loss is {loss} at step {step} (epoch {epoch}), expected a finite number. Usual causes: a learning rate "
        f"too high (here {lr:.3g}; try a tenth), inputs not scaled to about 0..1, or weights that were already "
        "damaged. The model is back at the start of that epoch.",
        step,
        history,
    )
