"""Lists of numbers as arrows: the angles between random ones, and between the slopes of two sets of digits."""

import numpy as np

from ...viz.kit import style
from ...viz.kit.drawing import Figure

DRAWN = 8   # pairs of a fan: enough to see how far it opens


def compasses(agreements, layers):
    """Two arrows for each of some layers, the angle between them by their cosine: a matplotlib Figure.

    `agreements` maps a name to the cosines of all layers; `layers` counts from 1.

    >>> compasses({"plain": [0, 0.5, 1]}, [1, 3]).alt
    'Two arrows for each layer, by the angle between them. plain: layer 1 90°, layer 3 0°.'
    """
    told = []
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 1.75 * len(agreements)), layout="constrained")
        axes = fig.subplots(len(agreements), len(layers), squeeze=False)
        for row, (name, found) in zip(axes, agreements.items(), strict=True):
            degrees = [float(np.degrees(np.arccos(found[layer - 1]))) for layer in layers]
            told.append(f"{name}: " + ", ".join(f"layer {n} {d:.0f}°" for n, d in zip(layers, degrees, strict=True)))
            for ax, layer, angle in zip(row, layers, degrees, strict=True):
                for turn, colour in ((angle / 2, style.INPUT), (-angle / 2, style.KERNEL)):
                    up = np.radians(90 + turn)
                    ax.annotate("", (np.cos(up), np.sin(up)), (0, 0),
                                arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2.6})
                ax.set(xlim=(-1, 1), ylim=(-0.25, 1.15), xticks=[], yticks=[], aspect="equal")
                ax.spines[:].set_visible(False)
                ax.set_xlabel(f"layer {layer}: {angle:.0f}°")
            row[0].set_ylabel(name)
    fig.alt = f"Two arrows for each layer, by the angle between them. {'; '.join(told)}."
    return fig


def fans(angles):
    """One blue arrow, and where others point as seen from it, a fan for each length of the lists: a matplotlib Figure.

    `angles` maps how many numbers a list has to the angles of many pairs, in degrees. Nine in ten of them lie between
    the two that stand below a fan.

    >>> fans({2: np.linspace(0, 180, 21), 20: np.linspace(60, 120, 21)}).alt
    'A blue arrow, and random others as a fan. Nine in ten at: 9° to 171° (2 numbers); 63° to 117° (20 numbers).'
    """
    told = []
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 2.1), layout="constrained")
        for ax, (count, found) in zip(fig.subplots(1, len(angles), squeeze=False)[0], angles.items(), strict=True):
            for angle in np.radians(found[:DRAWN]):
                ax.plot([0, np.cos(angle)], [0, np.sin(angle)], color=style.KERNEL, lw=1, alpha=0.7)
            ax.annotate("", (1.15, 0), (0, 0), arrowprops={"arrowstyle": "-|>", "color": style.INPUT, "lw": 2.6})
            low, high = np.percentile(found, [5, 95])
            ax.set(xlim=(-1.2, 1.2), ylim=(-0.12, 1.1), xticks=[], yticks=[], aspect="equal",
                   xlabel=f"{low:.0f}° to {high:.0f}°", title=f"{count} numbers")
            ax.spines[:].set_visible(False)
            told.append(f"{low:.0f}° to {high:.0f}° ({count} numbers)")
    fig.alt = f"A blue arrow, and random others as a fan. Nine in ten at: {'; '.join(told)}."
    return fig
