"""The paths of a slope through a small tower: two digits open different ones, and a shortcut is a path of both."""

from itertools import pairwise, product
from math import prod

from ...viz.kit import style
from ...viz.kit.drawing import Figure
from ...viz.kit.numbers import factor, number

COLOURS = style.INPUT, style.KERNEL   # one for each digit


def open_paths(weights, gates, shortcut=False):
    """The factors on each path from a weight w to the score that its gates leave open: a list of lists.

    `weights`: the cells that w meets, one for each number of layer 1 (n,), then from each layer to the next, (n, n),
    from row to column; the score adds up the last layer. `gates`: for each layer the set of numbers, counted from 1,
    whose gate is open. With `shortcut`, layer 1 is also added to the last one, number by number.

    >>> open_paths([[2, 1], [[1, -1], [0, 4]]], [{1}, {1, 2}])
    [[2, 1], [2, -1]]
    >>> open_paths([[2, 1], [[1, -1], [0, 4]]], [{1}, {1}], shortcut=True)
    [[2, 1], [2]]
    """
    first, *others = weights
    found = [[first[path[0] - 1], *(rows[a - 1][b - 1] for rows, (a, b) in zip(others, pairwise(path), strict=True))]
             for path in product(*gates)]
    return found + [[first[both - 1]] for both in sorted(gates[0] & gates[-1]) if shortcut]


def towers(weights, digits, shortcut=False):
    """The same small tower for two digits side by side, what each opens in it, and its slope: a matplotlib Figure.

    `weights` as in `open_paths`; `digits` maps two names to their `gates`. Written are the cells that w meets, and the
    weights between the layers.

    >>> towers([[2, 1], [[1, -1], [0, 4]]], {"A": [{1}, {1}], "B": [{1}, {2}]}).alt
    'A small tower, the open path of each digit in colour. A: 2 · 1 = 2; B: 2 · (−1) = −2.'
    """
    lines = [f"{digit}: {_sum(open_paths(weights, gates, shortcut))}" for digit, gates in digits.items()]
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 2.5), layout="constrained")
        for ax, gates, line, colour in zip(fig.subplots(1, 2), digits.values(), lines, COLOURS, strict=True):
            _tower(ax, weights, gates, colour, shortcut)
            ax.text(len(weights) / 2 + 0.5, -1.62, line, ha="center", color=style.lettering(colour))
    with_one = " with a shortcut" if shortcut else ""
    fig.alt = f"A small tower{with_one}, the open path{'s' * shortcut} of each digit in colour. {'; '.join(lines)}."
    return fig


def _sum(paths):
    """The products of all paths and what they add up to, in one line."""
    products = (" · ".join(map(factor, path)) for path in paths)
    return f"{' + '.join(products)} = {number(sum(map(prod, paths)))}"


def _tower(ax, weights, gates, colour, shortcut):
    """Draw it for one digit: gates as circles, full where they are open; open paths as thick lines."""
    layers, width = len(weights), len(weights[0])
    gates = [{0}, *gates, {0}]                                              # w and the score are always open
    circles = [[0], *[range(1, width + 1)] * layers, [0]]

    def height(circle):
        return (width + 1) / 2 - circle if circle else 0

    for layer, (here, there) in enumerate(pairwise(circles)):
        for a, b in product(here, there):
            passes = a in gates[layer] and b in gates[layer + 1]
            look = {"color": colour, "lw": 3} if passes else {"color": style.PADDING, "lw": 1, "ls": ":", "zorder": 0}
            ax.plot([layer, layer + 1], [height(a), height(b)], **look)
            if b:
                value = weights[layer][a - 1][b - 1] if a else weights[0][b - 1]
                along = 0.5 if a in (0, b) else 0.3                         # on a diagonal, not where two cross
                name = "" if a else "x = "                                  # of a cell; all others are weights
                ax.text(layer + along, height(a) + along * (height(b) - height(a)), f"{name}{number(value)}",
                        ha="center", va="center", color=style.TEXT if passes else style.QUIET,
                        bbox={"boxstyle": "square,pad=0.12", "fc": "#FFFFFF", "ec": "none"})
    for layer in range(1, layers + 1):
        ax.text(layer, height(width) - 0.42, f"layer {layer}", ha="center", color=style.QUIET, size=style.FONT - 1)
        for circle in circles[layer]:
            full = colour if circle in gates[layer] else "#FFFFFF"
            ax.plot(layer, height(circle), "o", ms=22, mfc=full, mec=style.TEXT)
    if shortcut:
        ax.annotate("", (layers - 0.12, height(1) + 0.2), (1.12, height(1) + 0.2), arrowprops={
            "arrowstyle": "-", "color": colour, "lw": 3, "connectionstyle": "arc3,rad=-0.3"})
        ax.text(layers, height(1) + 0.3, "+", size=style.FONT + 4, ha="center", va="bottom")
    ax.text(-0.1, 0, "w", ha="right", va="center", size=style.FONT + 4, style="italic")
    ax.text(layers + 1.1, 0, "score", va="center")
    ax.set(xlim=(-0.4, layers + 1.9), ylim=(-1.8, 1.2 if shortcut else 0.9))
    ax.axis("off")
