"""The gates of a tower: at each ReLU, which numbers an image lets through."""

import numpy as np

from ... import nn
from ...viz.kit import style
from ...viz.kit.drawing import Figure


def opened(network, x):
    """What a batch x opens on the way that no shortcut leads past: at each ReLU there, whether a number is above 0.

    A list of arrays of truth values, each of the shape of the numbers. The network runs in training mode, as it is
    when training begins, so its running statistics move.

    >>> tower = nn.Sequential(nn.Linear(1, 1), nn.ReLU())
    >>> tower[0].weight.data[...] = 1
    >>> opened(tower, np.array([[-1.0], [2.0]]))[0].ravel()
    array([False,  True])
    """
    found = []

    def run(layers, x):
        for layer in layers:
            x = run(layer, x) if isinstance(layer, nn.Sequential) else layer(x)
            if isinstance(layer, nn.ReLU):
                found.append(x > 0)
        return x

    run(network.train(), x)
    return found


def beside(images, gates):
    """Two images and the gates that each opens, a column of dots for each ReLU, and below them those that both open.

    `images` (2, 1, H, W); `gates` a list of arrays (N, C, h, w), of which the first two examples are drawn, at the
    middle of their maps. A matplotlib Figure.

    >>> gate = np.array([[True, True, False], [True, False, False]])[:, :, None, None]
    >>> beside(np.zeros((2, 1, 4, 4)), [gate, gate]).alt
    'Two images, and which of 3 gates each opens in a row of layers: 2, 2; 1, 1. Both open 1, 1.'
    """
    middle = np.array([gate[:2, :, gate.shape[2] // 2, gate.shape[3] // 2] for gate in gates])   # (layers, 2, C)
    rows = {"one digit": (middle[:, 0], style.INPUT), "another": (middle[:, 1], style.KERNEL),
            "both": (middle.all(axis=1), style.OUTPUT)}
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 5.8), layout="constrained")
        axes = fig.subplots(3, 2, width_ratios=[1, 7])
        for (image_ax, ax), (name, (open_here, colour)), image in zip(axes, rows.items(), [*images, None], strict=True):
            if image is None:
                image_ax.axis("off")
            else:
                image_ax.imshow(image[0], cmap="gray")
            image_ax.set(xticks=[], yticks=[])
            for layer, dots in enumerate(open_here):
                for row, is_open in enumerate(dots):
                    ax.plot(layer, -row, "o", ms=8, mfc=colour if is_open else "#FFFFFF",
                            mec=colour if is_open else style.QUIET)
            ax.set(xticks=range(len(gates)), xticklabels=range(1, len(gates) + 1), yticks=[], ylim=(-len(dots), 1))
            ax.set_ylabel(name, rotation=0, ha="right", va="center")
            ax.tick_params(length=0, labelbottom=name == "both")
            ax.spines[:].set_visible(False)
        axes[-1, 1].set_xlabel("layer")
    one, other, both = (", ".join(map(str, open_here.sum(axis=1))) for open_here, _ in rows.values())
    fig.alt = (f"Two images, and which of {middle.shape[2]} gates each opens in a row of layers: {one}; {other}. "
               f"Both open {both}.")
    return fig
