"""How sure a network is, against how often it is right."""

import numpy as np

from ... import shapes
from ...arguments import label, numbers, shown
from ..kit import alt, style
from ..kit.drawing import Figure
from ..kit.numbers import number

# Told apart by line and marker as well as by colour.
_LOOKS = ({"color": style.INPUT, "ls": "-", "marker": "o"}, {"color": style.KERNEL, "ls": (0, (4, 1.5)), "marker": "s"},
          {"color": style.OUTPUT, "ls": (0, (1, 1)), "marker": "^"})
MOST_BINS = 50


def reliability(networks, bins=10):
    """Draw how often networks are right where they are so sure, and how often they are so sure: a matplotlib Figure.

    `networks` maps one to three names to pairs (confidence, right): for each of N examples the share that the network
    gave its answer, 0 to 1, and whether that was right. Examples are sorted into `bins` of equal width; a point stands
    at the means of its bin, unless that has less than a hundredth of the examples. On the dashed line a network is
    right as often as it says. Raises TypeError for what is no such dictionary, ValueError for arrays that cannot be.

    >>> fig = reliability({"LeNet": ([0.95, 0.9, 0.55, 0.5], [True, True, True, False])}, bins=5)
    >>> fig.axes[0].lines[1].get_xydata().round(3).tolist()
    [[0.525, 0.5], [0.925, 1.0]]
    """
    found, bins = _checked(networks), shapes.integer(bins, "bins", 1, MOST_BINS)
    binned = {name: _binned(*pair, bins) for name, pair in found.items()}
    with style.context():
        fig = Figure(figsize=(style.WIDTH * 0.72, 5.4), layout="constrained")
        ax, below = fig.subplots(2, height_ratios=(3, 1), sharex=True)
        ax.plot([0, 1], [0, 1], color=style.QUIET, lw=1.2, ls="--", label="as often as it says")
        width = 1 / bins / (len(binned) + 0.6)
        for n, ((name, (sure, right, share, filled)), looks) in enumerate(zip(binned.items(), _LOOKS, strict=False)):
            ax.plot(sure, right, label=name, lw=2, ms=7, mfc="white", mew=2, **looks)
            middles = (filled + 0.5) / bins + (n - (len(binned) - 1) / 2) * width
            below.bar(middles, 100 * share, width, color=looks["color"], hatch=("", "///", "...")[n], ec="white", lw=0)
        ax.set(xlim=(0, 1), ylim=(0, 1.02), ylabel="how often right")
        below.set(xlabel="how sure the network was", ylabel="of all answers")
        for each, axis in ((ax, "x"), (ax, "y"), (below, "x")):
            getattr(each, f"{axis}axis").set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        below.yaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")
        ax.grid(color="#DDDDDD", lw=0.8)
        ax.legend(loc="upper left")
    said = (f"{name}: " + ", ".join(f"{_percent(s)} sure {_percent(r)}" for s, r in zip(sure, right, strict=True))
            for name, (sure, right, *_) in binned.items())
    who = "a network is right, by how sure it is" if len(found) == 1 else "networks are right, by how sure they are"
    return alt.say(fig, f"How often {who}.", *(f"{each} right." for each in said))


def _percent(share):
    return f"{number(100 * share, 0)} %"


def _checked(networks):
    """The pairs (confidence, right) as arrays, by name."""
    if not isinstance(networks, dict) or not 0 < len(networks) <= len(_LOOKS):
        raise TypeError(f"networks must be a dictionary of 1 to {len(_LOOKS)} names and pairs (confidence, right), "
                        f"found {shown(networks)}")
    found = {}
    for name, pair in networks.items():
        place, name = f"networks[{shown(name, 40)}]", label(name, 40)
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise TypeError(f"{place} must be a pair (confidence, right), found {shown(pair)}")
        sure, right = (numbers(part, f"{place}: {what}").astype(float)
                       for part, what in zip(pair, ("confidence", "right"), strict=True))
        if sure.ndim != 1 or not len(sure) or right.shape != sure.shape:
            raise ValueError(f"{place} must hold two lists of one length, found shapes {shown(sure.shape)} and "
                             f"{shown(right.shape)}")
        if not ((sure >= 0) & (sure <= 1)).all():
            raise ValueError(f"{place}: confidence must lie between 0 and 1, found {sure.min():.3g} to "
                             f"{sure.max():.3g}: shares, not logits")
        if not np.isin(right, (0, 1)).all():
            raise ValueError(f"{place}: right must hold True or False for each, found {shown(pair[1], 60)}")
        found[name] = sure, right
    return found


def _binned(sure, right, bins):
    """For each bin with examples enough: mean confidence, share right, share of all, and its number."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    filled = np.flatnonzero(np.bincount(place) >= len(place) / 100)   # few examples make a point that means little
    means = [[values[place == b].mean() for b in filled] for values in (sure, right)]
    return *map(np.array, means), np.array([(place == b).mean() for b in filled]), filled
