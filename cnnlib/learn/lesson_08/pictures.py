"""The pictures of lesson 08 that no other lesson needs: towers, coins tossed, channels of a batch, blocks."""

import numpy as np

from ...viz.kit import style
from ...viz.kit.drawing import Figure

# Year, network, layers that learn, errors with five guesses in per cent, what made it possible. The errors are those of
# the ImageNet contest (LeNet was not in it); several networks of a kind together, the deepest ResNet with 152 layers.
CONTEST = (("lesson 06", "LeNet", 5, 0, ""), ("2012, second", "no network", 0, 26, ""),
           ("2012, first", "AlexNet", 8, 15, "ReLU,\ndropout"), ("2014, second", "VGG-16", 16, 7.3, "3 × 3\nonly"),
           ("2015, first", "ResNet", 152, 3.6, "batch norm\nand “+”"))
YOURS = "lesson 08", "yours", 32, 0, "all but\ndropout"   # 31 convolutions and a fully connected layer
PERSON = 5

# What share of 50,000 photographs PyTorch's first trained versions name correctly, with one guess each, in per cent.
NAMED_RIGHT = {"AlexNet": 57, "VGG-16": 72, "ResNet-18": 70, "ResNet-34": 73, "ResNet-50": 76, "DenseNet-121": 74}


def _sheet(high, **limits):
    """A figure as wide as all, so many inches high, with axes that fill it and show only what is drawn."""
    fig = Figure(figsize=(style.WIDTH, high))
    ax = fig.add_axes([0, 0, 1, 1])
    ax.set(**limits)
    ax.axis("off")
    return fig, ax


def contest(cures=False):
    """The contest from 2012 to 2015, layers as towers to one scale above the errors: a matplotlib Figure.

    With `cures`, each tower says what it needed, and the tower of this lesson stands beside them.

    >>> contest().alt[:54]
    'Towers of layers to scale, and errors with five guesse'
    """
    entries = (*CONTEST, YOURS) if cures else CONTEST
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 5.4))
        towers, errors = fig.add_axes([0.08, 0.4, 0.9, 0.55]), fig.add_axes([0.08, 0.14, 0.9, 0.2])
        for x, (_, _, layers, error, cure) in enumerate(entries):
            towers.bar([x] * layers, 0.75, 0.42, np.arange(layers), color=style.OUTPUT)
            towers.text(x, layers + 3, f"{layers} layers" if layers else "none:\nmade by hand", ha="center")
            if cures:
                place = (x - 0.28, 80, "right") if layers > 100 else (x, layers + 15, "center")
                towers.text(*place[:2], cure, ha=place[2], color=style.KERNEL_TEXT, weight="bold", va="bottom")
            errors.bar(x, error, 0.42, color=style.INPUT)
            if error:
                errors.text(x, max(error, PERSON) + 1, f"{error} %", ha="center")
            else:
                errors.text(x, 0.4, "not in it", ha="center", size=style.FONT - 2)
        errors.axhline(PERSON, color=style.TEXT, lw=1, ls="--")
        errors.text(len(entries) - 0.12, PERSON + 1.5, "one person", ha="right", size=style.FONT - 2)
        towers.set(xlim=(-0.5, len(entries) - 0.1), ylim=(0, 165), xticks=[], yticks=[0, 50, 100, 150],
                   ylabel="layers that learn")
        errors.set(xlim=(-0.5, len(entries) - 0.1), ylim=(0, 34), yticks=[0, 20], ylabel="% wrong",
                   xticks=range(len(entries)), xticklabels=[f"{name}\n{year}" for year, name, *_ in entries])
    told = "; ".join(f"{name}, {year}: {layers} layers" + f", {error} % wrong" * (error > 0)
                     + f", {' '.join(cure.split())}" * (cures and cure > "")
                     for year, name, layers, error, cure in entries)
    fig.alt = f"Towers of layers to scale, and errors with five guesses. {told}. One person: about {PERSON} %."
    return fig


def normed(numbers):
    """Batch norm in two moves on a line: the numbers, less their mean, in units of their spread: a matplotlib Figure.

    >>> normed([1, 3, 5, 7]).alt
    'Numbers on a line. As they are: 1, 3, 5, 7. Less their mean: -3, -1, 1, 3. Divided by 2.24: -1.3, -0.4, 0.4, 1.3.'
    """
    x = np.asarray(numbers, float)
    rows = {"as they are": x, "less their mean": x - x.mean(),
            f"divided by {x.std():.2f}": (x - x.mean()) / x.std()}
    low, high = min(row.min() for row in rows.values()) - 0.6, max(row.max() for row in rows.values()) + 0.6
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 2.9), layout="constrained")
        axes = fig.subplots(len(rows), sharex=True)
        for ax, (name, row) in zip(axes, rows.items(), strict=True):
            ax.axhline(0, color=style.QUIET, lw=1)
            ax.axvline(0, color=style.QUIET, lw=1, ls=":")
            ax.plot(row, 0 * row, "o", color=style.OUTPUT, ms=9)
            for value in row:
                ax.text(value, 0.35, f"{value:.1f}".removesuffix(".0"), ha="center")
            ax.set(xlim=(low, high), ylim=(-0.4, 1.1), yticks=[])
            ax.set_ylabel(name, rotation=0, ha="right", va="center")
            ax.tick_params(bottom=ax is axes[-1])
            ax.spines[:].set_visible(False)
    told = [f"{name.capitalize()}: {', '.join(f'{value:.1f}'.removesuffix('.0') for value in row)}"
            for name, row in rows.items()]
    fig.alt = f"Numbers on a line. {'. '.join(told)}."
    return fig


def two_ways():
    """A residual block, its way forward above and the two ways of a slope back below: a matplotlib Figure.

    >>> two_ways().alt
    'A block with a shortcut: forward x + f(x); back, dy comes once along the shortcut and once through f.'
    """
    with style.context():
        fig, ax = _sheet(3.3, xlim=(0, 9), ylim=(0, 3.3))
        for y, (colour, forward) in {2.35: (style.INPUT, True), 0.75: (style.KERNEL, False)}.items():
            names = ("x", "f", "y = x + f(x)") if forward else ("dx", "back through f", "dy")
            arrow = {"arrowstyle": "-|>", "color": colour, "lw": 2.4}
            bend = {"connectionstyle": f"arc3,rad={-0.22 if forward else 0.22}"}
            ways = [((1.1, y), (2.9, y), {}), ((5.1, y), (6.1, y), {}), ((6.5, y), (7.0, y), {}),
                    ((1.1, y + 0.1), (6.3, y + 0.2), bend)]
            for a, b, bent in ways:
                start, end = (a, b) if forward else (b, a)
                ax.annotate("", end, start, arrowprops=arrow | bent)
            ax.text(0.95, y, names[0], ha="right", va="center", size=style.FONT + 4, style="italic")
            ax.barh(y, 2.2, 0.62, 2.9, color="#F4F4F4", edgecolor=style.QUIET)
            ax.text(4, y, names[1], ha="center", va="center", size=style.FONT + 2, style="italic")
            ax.text(6.3, y, "+", ha="center", va="center", size=style.FONT + 4,
                    bbox={"boxstyle": "circle,pad=0.15", "fc": "#FFFFFF", "ec": style.TEXT})
            ax.text(7.1, y, names[2], va="center", size=style.FONT + 4, style="italic")
            ax.text(3.7, y + 0.78, "shortcut" if forward else "shortcut: as it is", ha="center", color=colour)
    fig.alt = "A block with a shortcut: forward x + f(x); back, dy comes once along the shortcut and once through f."
    return fig


def one_channel(images, channels, chosen):
    """What batch norm takes one mean and one variance of, a channel in all images of a batch: a matplotlib Figure.

    >>> one_channel(4, 3, 1).alt
    '4 images of 3 channels each. Channel 1 is marked in all of them: one mean, one variance.'
    """
    with style.context():
        width = channels * 0.28 + 1.3
        fig, ax = _sheet(2.2, xlim=(-0.2, images * width + 2.2), ylim=(-0.75, 1.5 + channels * 0.1), aspect="equal")
        for n in range(images):
            for c in reversed(range(channels)):
                marked = c == chosen
                ax.bar(n * width + c * 0.28, 1, 1, c * 0.2 - 0.1, align="edge",
                       color=style.POSITIVE if marked else "#F4F4F4", edgecolor=style.TEXT if marked else style.QUIET)
            ax.text(n * width + 0.5, -0.4, f"image {n}", ha="center")
        ax.text(images * width - 0.1, 0.75, f"all of\nchannel {chosen}:\none m, one v", va="center",
                color=style.KERNEL_TEXT)
    fig.alt = (f"{images} images of {channels} channels each. Channel {chosen} is marked in all of them: one mean, one "
               "variance.")
    return fig


def unrolled():
    """ResNet-18, each layer that learns as a numbered box, the shortcuts as arcs: a matplotlib Figure.

    >>> unrolled().alt
    'Boxes 1 to 18 in a row. Eight arcs, each over two boxes from 2 to 17; the third, fifth and seventh are dashed.'
    """
    with style.context():
        fig, ax = _sheet(1.9, xlim=(0.2, 18.8), ylim=(-1, 2))
        ax.plot([0.3, 18.7], [0, 0], color=style.QUIET, lw=2, zorder=0)
        for n in range(1, 19):
            stage = 0 if n in (1, 18) else (n - 2) // 4 + 1
            ax.bar(n, 0.9, 0.64, -0.45, color=["#FFFFFF", "#E3EDF9", "#C5DAF3", "#A6C6EC", style.NEGATIVE][stage],
                   edgecolor=style.TEXT)
            ax.text(n, 0, str(n), ha="center", va="center")
        for block, n in enumerate(range(2, 18, 2)):
            ax.annotate("", (n + 1.5, 0.1), (n - 0.5, 0.1), arrowprops={
                "arrowstyle": "-|>", "color": style.KERNEL, "lw": 2, "connectionstyle": "arc3,rad=-0.75",
                "ls": "--" if block in (2, 4, 6) else "-"})
        for x, word in ((1, "7 × 7"), (3.5, "64 maps"), (7.5, "128"), (11.5, "256"), (15.5, "512"), (18, "linear")):
            ax.text(x, -0.8, word, ha="center", va="center")
    fig.alt = ("Boxes 1 to 18 in a row. Eight arcs, each over two boxes from 2 to 17; the third, fifth and seventh are "
               "dashed.")
    return fig


def bottleneck():
    """A bottleneck block, its bars as high as it has maps: a matplotlib Figure.

    >>> bottleneck().alt
    'Bars of 256, 64, 64 and 256 maps, between them 1 × 1, 3 × 3, 1 × 1; a shortcut leads over all to the plus.'
    """
    with style.context():
        fig, ax = _sheet(2.6, xlim=(-0.9, 9.2), ylim=(-1.75, 2.1))
        maps, layers = (256, 64, 64, 256), ("1 × 1", "3 × 3", "1 × 1", "+")
        for i, (count, layer) in enumerate(zip(maps, layers, strict=True)):
            x = 2.1 * i
            ax.bar(x, count / 160, 0.36, -count / 320, color=style.NEGATIVE, edgecolor=style.TEXT)
            ax.text(x, -count / 320 - 0.32, f"{count} maps", ha="center", va="center")
            ax.annotate("", (x + (1.85 if i < 3 else 0.82), 0), (x + 0.25, 0),
                        arrowprops={"arrowstyle": "-|>", "color": style.INPUT, "lw": 2.4})
            ax.text(x + 1.05, 0.3 * (i < 3), layer, ha="center", va="center", size=style.FONT + 2 * (i > 2),
                    bbox={"boxstyle": "circle,pad=0.15", "fc": "#FFFFFF", "ec": style.TEXT} if i == 3 else None)
        ax.annotate("", (7.35, 0.22), (0.1, 0.88), arrowprops={"arrowstyle": "-|>", "color": style.KERNEL, "lw": 2.4,
                    "connectionstyle": "arc3,rad=-0.26"})
        ax.text(3.2, 1.62, "shortcut", ha="center", color=style.KERNEL_TEXT,
                bbox={"boxstyle": "square,pad=0.1", "fc": "#FFFFFF", "ec": "none"})
        ax.annotate("", (8.9, 0), (7.6, 0), arrowprops={"arrowstyle": "-|>", "color": style.INPUT, "lw": 2.4})
        ax.text(-0.75, 0, "x", va="center", size=style.FONT + 4, style="italic")
        ax.text(8.95, 0, "y", va="center", size=style.FONT + 4, style="italic")
    fig.alt = ("Bars of 256, 64, 64 and 256 maps, between them 1 × 1, 3 × 3, 1 × 1; a shortcut leads over all to the "
               "plus.")
    return fig


def growing(start, k, layers):
    """A dense block, its maps as stripes after each layer, the newest orange: a matplotlib Figure.

    >>> growing(64, 32, 2).alt
    'Stacks of 64, 96, 128 maps: each keeps all stripes of the one before, and adds one.'
    """
    counts = [start + k * n for n in range(layers + 1)]
    with style.context():
        fig, ax = _sheet(2.4, xlim=(-0.5, layers + 0.5), ylim=(-2, counts[-1] + 1.2 * k))
        for x, count in enumerate(counts):
            for n, low in enumerate([0, *counts[:x]]):
                ax.bar(x, counts[n] - low, 0.6, low, color="#F0B98D" if 0 < n == x else style.NEGATIVE,
                       edgecolor=style.TEXT)
            ax.text(x, count - (k if x else start) / 2, f"x{chr(ord('₀') + x)}", ha="center", va="center")
            ax.text(x, count + 0.1 * k, count, ha="center", va="bottom")
    fig.alt = f"Stacks of {', '.join(map(str, counts))} maps: each keeps all stripes of the one before, and adds one."
    return fig


def worth(costs, right):
    """Networks by what they calculate (to the right) and what they get right (upwards); the area of a dot is what they
    store: a matplotlib Figure.

    `costs` maps a name to (year, parameters, MACs), `right` a name to per cent.

    >>> worth({"VGG-16": (2014, 138_357_544, 15_470_264_320)}, {"VGG-16": 72}).alt
    'Networks by billions of MACs and % right, dots as large as their parameters. VGG-16: 15.5 G, 72 %, 138 M.'
    """
    told = []
    with style.context():
        fig = Figure(figsize=(style.WIDTH, 4.4), layout="constrained")
        ax = fig.subplots()
        for name, good in right.items():
            _, parameters, macs = costs[name]
            ax.scatter(macs / 1e9, good, parameters / 50_000, color=style.OUTPUT, alpha=0.55, lw=0)
            radius = (parameters / 50_000 / np.pi) ** 0.5
            side = -1 if name in ("DenseNet-121", "ResNet-18") else 1
            ax.annotate(f"{name}, {parameters / 1e6:.0f} M", (macs / 1e9, good), textcoords="offset points",
                        xytext=(side * (4 + radius), -2), ha="right" if side < 0 else "left", va="center")
            told.append(f"{name}: {macs / 1e9:.1f} G, {good} %, {parameters / 1e6:.0f} M")
        ax.set(xscale="log", xlim=(0.45, 50), ylim=(52, 80), xticks=[0.5, 1, 2, 5, 10, 20],
               xticklabels=["0.5", "1", "2", "5", "10", "20"], xlabel="billions of multiplications for one photograph",
               ylabel="% named correctly", title="the larger the dot, the more parameters")
        ax.minorticks_off()
        ax.grid(color="#DDDDDD", lw=0.8)
        ax.set_axisbelow(True)
    fig.alt = f"Networks by billions of MACs and % right, dots as large as their parameters. {'; '.join(told)}."
    return fig
