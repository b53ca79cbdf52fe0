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


def side_by_side(weights, digits):
    """What two digits open in a small tower, and in the same one with a shortcut, and their slopes: a matplotlib
    Figure.

    `weights` as in `open_paths`; `digits` maps two names to their `gates`. Written are the cells that w meets, and the
    weights on open paths.

    >>> side_by_side([[2, 1], [[1, -1], [0, 4]]], {"A": [{1}, {1}], "B": [{1}, {2}]}).alt[:80]
    'Two towers, the open paths of two digits in colour. Plain: A: 2 · 1 = 2; B: 2 · '
    """
    lines = {}
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 2.5), layout="constrained")
        for ax, (name, shortcut) in zip(fig.subplots(1, 2), (("plain", False), ("with a shortcut", True)), strict=True):
            _tower(ax, weights, digits, shortcut)
            lines[name] = [f"{digit}: {_sum(open_paths(weights, gates, shortcut))}" for digit, gates in digits.items()]
            for row, (line, colour) in enumerate(zip(lines[name], COLOURS, strict=True)):
                ax.text(len(weights) / 2 + 0.5, -1.25 - 0.5 * row, line, ha="center", color=style.lettering(colour))
            ax.set_title(name)
    told = ". ".join(f"{name.capitalize()}: {'; '.join(each)}" for name, each in lines.items())
    fig.alt = f"Two towers, the open paths of two digits in colour. {told}."
    return fig


def _sum(paths):
    """The products of all paths and what they add up to, in one line."""
    products = (" · ".join(map(factor, path)) for path in paths)
    return f"{' + '.join(products)} = {number(sum(map(prod, paths)))}"


def _tower(ax, weights, digits, shortcut):
    """Draw it: numbers as circles, half blue and half orange where both digits open them, and the paths as lines."""
    layers, width = len(weights), len(weights[0])
    gates = [[{0}, *each, {0}] for each in digits.values()]                 # w and the score are open to all
    circles = [[0], *[range(1, width + 1)] * layers, [0]]

    def height(circle):
        return (width + 1) / 2 - circle if circle else 0

    for layer, (here, there) in enumerate(pairwise(circles)):
        for a, b in product(here, there):
            users = [each for each in (0, 1) if a in gates[each][layer] and b in gates[each][layer + 1]]
            if not users:
                ax.plot([layer, layer + 1], [height(a), height(b)], color=style.PADDING, lw=1, ls=":", zorder=0)
            for each in users:
                shift = (0.05 - 0.1 * each) * (len(users) > 1)
                ax.plot([layer, layer + 1], [height(a) + shift, height(b) + shift], color=COLOURS[each], lw=2.6)
            if b and (users or not a):
                value = weights[layer][a - 1][b - 1] if a else weights[0][b - 1]
                along = 0.5 if a in (0, b) else 0.41                           # on a diagonal, not where two cross
                ax.text(layer + along, height(a) + along * (height(b) - height(a)), number(value), ha="center",
                        va="center", bbox={"boxstyle": "square,pad=0.12", "fc": "#FFFFFF", "ec": "none"})
        for circle in circles[layer] if layer else []:
            top, bottom = (COLOURS[each] if circle in gates[each][layer] else "#FFFFFF" for each in (0, 1))
            ax.plot(layer, height(circle), "o", ms=22, fillstyle="top", mfc=top, markerfacecoloralt=bottom,
                    mec=style.TEXT)
    if shortcut:
        for rise, colour in zip((0.05, -0.05), COLOURS, strict=True):
            ax.annotate("", (layers - 0.12, height(1) + 0.2 + rise), (1.12, height(1) + 0.2 + rise), arrowprops={
                "arrowstyle": "-", "color": colour, "lw": 2.6, "connectionstyle": "arc3,rad=-0.3"})
        ax.text(layers, height(1) + 0.3, "+", size=style.FONT + 4, ha="center", va="bottom")
    ax.text(-0.1, 0, "w", ha="right", va="center", size=style.FONT + 4, style="italic")
    ax.text(layers + 1.1, 0, "score", va="center")
    ax.set(xlim=(-0.4, layers + 1.9), ylim=(-1.9, 1.2))
    ax.axis("off")
