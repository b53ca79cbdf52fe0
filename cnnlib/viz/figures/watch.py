"""A training, seen while it goes on: the curves so far, and the filters of the first convolution as they are now."""

import numpy as np

from ...arguments import shown
from ..kit import alt, style
from ..kit.drawing import Figure
from ..kit.numbers import number
from ..kit.show import in_notebook, renew
from .layer_outputs import panel, sheet, signed
from .results import checked, curves

_MOST = 8               # filters that are drawn
_CURVES, _SIDE, _GAP, _EDGE, _TITLE = 3.55, 0.85, 0.13, 0.75, 0.4   # inches: curves; a filter, beside it, left, above


def watch(model):
    """A live picture of a training, for `fit(model, data, after_epoch=cnn.viz.watch(model))`.

    Returns a function of the history that draws it again: loss and accuracy so far, and below them the filters of the
    first convolution, at most eight, of each the first channel, all on one scale of signed colours. In a notebook one
    output is updated, and the last picture stays; elsewhere nothing is shown. TypeError for anything but a network.

    >>> from cnnlib import nn
    >>> draw = watch(nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU()))
    >>> draw({"epoch": [1], "loss": [2.1], "accuracy": [0.3]})
    """
    if not hasattr(model, "parameters"):
        raise TypeError(f"model must be a network, found {shown(model)} ({type(model).__name__})")
    handle = None

    def draw(history):
        nonlocal handle
        if in_notebook():
            handle = renew(picture(history, _filters(model)), handle)

    return draw


def picture(history, filters):
    """The figure for a history so far and filters (K, Fh, Fw), or none of them."""
    history = checked(history)
    wide, high = style.WIDTH, _CURVES + (_TITLE + _SIDE if len(filters) else 0)
    with style.context():
        fig = Figure(figsize=(wide, high))
        axes = [fig.add_axes([left / wide, (high - 2.85) / high, 3.6 / wide, 2.45 / high]) for left in (_EDGE, 5.25)]
        curves(axes, history)
        if len(filters):
            ax = sheet(fig)
            ax.text(_EDGE, _SIDE + 0.28, "filters of the first convolution, now", va="center")
            for k, each in enumerate(filters):
                left = _EDGE + k * (_SIDE + _GAP)
                panel(ax, left, 0.08 + _SIDE / 2, _SIDE, _SIDE, each, style.KERNEL, **signed(filters))
    return alt.say(fig, *_told(history, filters))


def _told(history, filters):
    """The numbers of the last epoch, and what is drawn below the curves: after every epoch in the same words."""
    for name, curve in (("Training", ""), ("Validation", "val_")):
        loss, accuracy = history.get(f"{curve}loss"), history.get(f"{curve}accuracy")
        if loss is not None and accuracy is not None:
            yield (f"{name}, epoch {number(history['epoch'][-1])}: loss {number(loss[-1])}, "
                   f"accuracy {number(100 * accuracy[-1], 1)} %.")
    if len(filters):
        yield f"Below, filters of the first convolution: {len(filters)} of {' × '.join(map(str, filters.shape[1:]))}."


def _filters(model):
    """The filters of the first convolution, of each its first channel."""
    weights = next((p.data for p in model.parameters() if len(p.shape) == 4), np.empty((0, 1, 0, 0)))
    return weights[:_MOST, 0]
