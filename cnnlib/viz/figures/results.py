"""Pictures of how a network is doing: learning curves, the confusion matrix, bars of what each layer costs."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from ...arguments import label, numbers, several, shown
from ..kit import alt, style
from ..kit.drawing import Figure
from ..kit.numbers import number

# Told apart by weight and dashes as well as by colour.
_TRAIN = {"color": style.INPUT, "lw": 1.8}
_VALIDATION = {"color": style.OUTPUT, "lw": 2.6, "ls": (0, (4, 1.2))}
_MISTAKES = LinearSegmentedColormap.from_list("mistakes", ["#FFFFFF", "#F4A582", "#B2182B"])
_RIGHT = "#E4E4E4"
_COLOURS = (style.INPUT, style.OUTPUT, style.KERNEL)
MOST_BARS = 200
MOST_CLASSES = 50
LARGEST = 1e15   # of what a bar can stand for


def learning_curves(history):
    """Draw loss and accuracy over the epochs, as `fit` returned them: a matplotlib Figure.

    `history` needs epoch, loss and accuracy; with val_loss and val_accuracy the validation curves are drawn too, and a
    dot marks the epoch with the lowest validation loss. Raises ValueError for a history without an epoch.

    >>> fig = learning_curves({"epoch": [1, 2], "loss": [2.3, 1.1], "accuracy": [0.1, 0.6]})
    >>> [ax.get_title() for ax in fig.axes]
    ['loss: lower is better', 'accuracy: higher is better']
    """
    history = checked(history)
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 3.4), layout="constrained")
        curves(fig.subplots(1, 2), history)
    return alt.say(fig, f"Learning curves over {alt.count(len(history['epoch']), 'epoch')}.", *_ends(history))


def _ends(history):
    """Where each curve begins and ends, and the lowest validation loss."""
    for name, curve in (("training", ""), ("validation", "val_")):
        loss, accuracy = history.get(f"{curve}loss"), history.get(f"{curve}accuracy")
        if loss is not None:
            low = int(np.argmin(loss))
            lowest = f", lowest {number(loss[low])} in epoch {number(history['epoch'][low])}" if curve else ""
            yield f"{name.capitalize()} loss from {number(loss[0])} to {number(loss[-1])}{lowest}."
        if accuracy is not None:
            first, last = (number(100 * accuracy[i], 1) for i in (0, -1))
            yield f"{name.capitalize()} accuracy from {first} % to {last} %."


def curves(axes, history):
    """Draw loss and accuracy of a history that was `checked` into two axes."""
    epochs = history["epoch"]
    dot = "o" if len(epochs) == 1 else ""   # a line needs two points
    for ax, name, unit, good in zip(axes, ("loss", "accuracy"), (1, 100), ("lower", "higher"), strict=True):
        ax.plot(epochs, unit * history[name], label="training", marker=dot, **_TRAIN)
        held_out = history.get(f"val_{name}")
        if held_out is not None:
            ax.plot(epochs, unit * held_out, label="validation", marker=dot, **_VALIDATION)
        if held_out is not None and name == "loss":
            best = int(np.argmin(held_out))
            ax.plot(epochs[best], held_out[best], "o", color=style.OUTPUT, ms=9, mfc="white", mew=2.2,
                    label="lowest validation loss")
        ax.set(xlabel="epoch", title=f"{name}: {good} is better")
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.grid(axis="y", color="#DDDDDD", lw=0.8)
        ax.legend(loc="best")
    ax.yaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")


def checked(history):
    """The lists of a history that are drawn, as arrays of one length."""
    if not isinstance(history, dict):
        raise TypeError(f"history must be what fit returned, a dictionary, found {shown(history)}")
    lists = {}
    for name in ("epoch", "loss", "accuracy", "val_loss", "val_accuracy"):
        if name not in history and name.startswith("val_"):
            continue
        values = several(history.get(name), f'history["{name}"]', "numbers, one for each epoch")
        if name == "epoch" and not values:
            raise ValueError("history: found no completed epoch, so there is nothing to draw; train for at least one.")
        lists[name] = numbers(values, f'history["{name}"]') if values or name[:4] != "val_" else None
        if lists[name] is not None and lists[name].shape != lists["epoch"].shape:
            raise ValueError(f'history["{name}"] must hold one number for each of the {len(lists["epoch"])} epochs, '
                             f"found shape {shown(lists[name].shape)}")
    return lists


def confusion_matrix(counts, class_names):
    """Draw how often each true class (row) was called which class (column): a matplotlib Figure.

    `counts` are whole numbers (K, K). The diagonal, where the answer was right, is grey; mistakes are white to red, and
    every number is printed. On the right is the share of each class that was recognised, its recall.
    Raises ValueError for counts that are not a square of whole numbers, or another number of names.

    >>> fig = confusion_matrix([[9, 1], [3, 7]], ["cat", "dog"])
    >>> fig.axes[0].texts[-1].get_text()
    '70 %'
    """
    counts, names = numbers(counts, "counts").astype(float), _names(class_names)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"counts: found shape {shown(counts.shape)}, expected a square of whole numbers.")
    if not ((counts >= 0) & (counts <= LARGEST) & (counts == counts.round())).all():
        raise ValueError("counts: found fractions, negative or huge numbers, expected a square of whole numbers.")
    if len(counts) > MOST_CLASSES:
        raise ValueError(f"counts: found {len(counts)} classes, expected at most {MOST_CLASSES}: no more can be read.")
    if len(names) != len(counts):
        raise ValueError(f"class_names: found {len(names)} for {len(counts)} classes, expected one for each.")
    size, right = len(counts), np.diag(counts)
    most = max(1, int((counts - np.diag(right)).max()))
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 2.0 + 0.52 * size), layout="constrained")
        ax = fig.subplots()
        ax.set(xlim=(-0.5, size + 0.6), ylim=(size - 0.5, -0.5))
        for (row, column), count in np.ndenumerate(counts):
            face = _RIGHT if row == column else to_hex(_MISTAKES(count / most))
            ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, fc=face, ec="#C8C8C8", lw=0.8))
            if count or row == column:
                weight = "bold" if row == column else "normal"
                ax.text(column, row, f"{int(count)}", ha="center", va="center", color=style.ink(face), weight=weight)
        shares = [f"{right[row] / total:.0%}".replace("%", " %") if total else "–"
                  for row, total in enumerate(counts.sum(axis=1))]
        for row, share in enumerate(shares):
            ax.text(size + 0.1, row, share, ha="center", va="center", weight="bold")
        slanted = {"rotation": 45, "ha": "right", "rotation_mode": "anchor"}
        ax.set_xticks([*range(size), size + 0.1], [*names, "recognised"], **slanted)
        ax.set_yticks(range(size), names)
        ax.set(xlabel="the network said", ylabel="it is")
        ax.tick_params(length=0)
        for spine in ax.spines.values():
            spine.set_visible(False)
    recalls = ", ".join(f"{name} {share}" for name, share in zip(names, shares, strict=True))
    return alt.say(fig, f"A confusion matrix of {alt.count(size, 'class', 'es')}: "
                   f"{number(right.sum())} of {number(counts.sum())} right.", f"Recognised: {recalls}.")


def _names(value):
    """The names of classes; letters of a word are names, too."""
    return [label(name) for name in several(list(value) if isinstance(value, str) else value, "class_names", "texts")]


def bars(names, panels):
    """Draw one bar for each name, in panels side by side, with its number written out: a matplotlib Figure.

    `names` are the layers from top to bottom; `panels` maps a title to one number (0 or more) for each name.
    Raises ValueError unless there is one value for each name.

    >>> fig = bars(["CONV1", "FC"], {"parameters": [608, 48120], "MACs": [470400, 48000]})
    >>> fig.axes[0].texts[1].get_text()
    '48,120'
    """
    names = [label(name) for name in several(names, "names", "texts")]
    if not isinstance(panels, dict) or not 0 < len(panels) <= len(_COLOURS):
        raise TypeError(f"panels must be a dictionary of 1 to {len(_COLOURS)} titles and their numbers, found "
                        f"{shown(panels)}")
    if not 0 < len(names) <= MOST_BARS:
        raise ValueError(f"names: found {len(names)}, expected 1 to {MOST_BARS}, or they could not be read.")
    panels = {label(title): _heights(title, values, len(names)) for title, values in panels.items()}
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 0.75 + 0.36 * len(names)), layout="constrained")
        axes = fig.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        for ax, (title, values), colour in zip(axes, panels.items(), _COLOURS, strict=False):
            ax.barh(range(len(names)), values, color=colour, height=0.62)
            ax.set(title=title, xticks=[], xlim=(0, 1.42 * max(*values, 1)))
            ax.spines["bottom"].set_visible(False)
            for row, value in enumerate(values):
                ax.text(value + 0.02 * ax.get_xlim()[1], row, f"{value:,}", va="center", size=style.FONT - 1)
        axes[0].set_yticks(range(len(names)), names)
        axes[0].set_ylim(len(names) - 0.4, -0.6)
        for ax in axes:
            ax.tick_params(length=0)
    said = (", ".join(f"{name} {value:,}" for name, value in zip(names, values, strict=True))
            for values in panels.values())
    return alt.say(fig, *(f"Bars of {title}: {each}." for title, each in zip(panels, said, strict=True)))


def _heights(title, values, count):
    """The numbers of one panel of bars."""
    name = f"panels: {shown(title)}"
    values = several(values, name, "numbers")
    if len(values) != count:
        raise ValueError(f"{name} has {len(values)} values for {count} names, expected one for each.")
    array = numbers(values, name).astype(float)
    if array.ndim != 1 or not (np.isfinite(array) & (array >= 0) & (array <= LARGEST)).all():
        raise ValueError(f"{name} must hold one number for each name, 0 to {LARGEST:g}, found {shown(values)}")
    return values
