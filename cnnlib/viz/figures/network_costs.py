"""What networks cost: parameters to store, multiplications to compute, and the year they are from."""

import math

from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.ticker import LogLocator

from ...arguments import label, numbers, shown
from ..kit import style, texts
from ..kit.drawing import Figure

TIMES = LinearSegmentedColormap.from_list("times", ["#FFFFFF", style.OUTPUT])

HIGH = 5.2             # inches
LETTERS = 10           # points
DOT = 0.09             # inches: half a point's room
MOST = 24              # networks
LARGEST = 1e15
# Where a name may stand, as it is tried: how far from the point, in inches to the right and upwards.
_TURNS = [turn * math.pi / 8 for turn in (0, 8, 4, -4, 2, -2, 6, -6, 1, -1, 7, -7, 3, -3, 5, -5)]
_FAR = (0.14, 0.3, 0.5, 0.75, 1.0, 1.3, 1.6)
PLACES = [(math.cos(turn) * far, math.sin(turn) * far) for far in _FAR for turn in _TURNS]


def network_costs(networks):
    """Draw networks by MACs (to the right) and parameters (upwards), named with their year: a matplotlib Figure.

    `networks` maps a name to (year, parameters, MACs). Both axes count in powers of ten; the later a network, the
    darker its point. Raises TypeError for what is no such dictionary, ValueError for numbers that cannot be, or more
    than 24 networks.

    >>> fig = network_costs({"LeNet-5": (1998, 61_706, 416_520), "AlexNet": (2012, 61_100_840, 714_188_480)})
    >>> fig.axes[0].get_xlabel()
    'MACs for one example (G: a billion)'
    """
    found = _checked(networks)
    with style.context():
        fig = Figure(figsize=(style.WIDTH, HIGH))
        ax = fig.add_axes([0.1, 0.13, 0.87, 0.78])
        ax.set(xscale="log", yscale="log", xlabel="MACs for one example (G: a billion)", ylabel="parameters",
               title="upwards: what to store; to the right: what to compute; darker: later")
        years, parameters, macs = zip(*found.values(), strict=True)
        ax.set(xlim=_limits(macs), ylim=_limits(parameters))
        ax.grid(color="#DDDDDD", lw=0.8)
        ax.minorticks_off()
        for axis in (ax.xaxis, ax.yaxis):
            low, high = axis.get_view_interval()
            axis.set_major_locator(LogLocator(subs=(1,) if high > 100 * low else (1, 2, 5)))
            axis.set_major_formatter(lambda value, _: _short(value))
        first, span = min(years), max(1, max(years) - min(years))
        for year, x, y in zip(years, macs, parameters, strict=True):
            ax.plot(x, y, "o", color=style.OUTPUT, ms=9, mfc=to_hex(TIMES((year - first) / span)), mew=1.6)
        _names(ax, [f"{name}, {year}" for name, year in zip(found, years, strict=True)], macs, parameters)
    listed = "; ".join(f"{name} ({year}) {_short(p)} and {_short(m)}" for name, (year, p, m) in found.items())
    first = f"{len(found)} network{'s' * (len(found) > 1)}, parameters and MACs: "
    room = 379 - len(first)
    fig.alt = first + (listed if len(listed) <= room else f"{listed[:room - 1]}…") + "."
    return fig


def _checked(networks):
    """The networks as a dictionary of (year, parameters, MACs)."""
    if not isinstance(networks, dict):
        raise TypeError("networks must be a dictionary of names and (year, parameters, MACs), found "
                        f"{shown(networks)}")
    if not 0 < len(networks) <= MOST:
        raise ValueError(f"networks: found {len(networks)}, expected 1 to {MOST}, or their names could not be read.")
    found = {}
    for name, costs in networks.items():
        name = label(name, 40)
        array = numbers(costs, f"networks: {name}").astype(float)
        if array.shape != (3,) or not ((array >= 1) & (array <= LARGEST) & (array == array.round())).all():
            raise ValueError(f"networks: {name} must be three whole numbers, year, parameters and MACs, each at least "
                             f"1, found {shown(costs)}")
        found[name] = tuple(int(n) for n in array)
    return found


def _limits(values):
    """From below the least to above the largest, with room for the names."""
    low, high = math.log10(min(values)), math.log10(max(values))
    margin = max(0.3, 0.12 * (high - low))
    return 10 ** (low - margin), 10 ** (high + 1.6 * margin)


def _names(ax, names, xs, ys):
    """Write each name near its point, where it covers no other name and no point."""
    width, height = ax.figure.get_size_inches()
    box = ax.get_position()
    left, bottom, right, top = box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height
    points = [tuple(place / ax.figure.dpi) for place in ax.transData.transform(list(zip(xs, ys, strict=True)))]
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in points]
    tall = 1.3 * LETTERS / 72
    for name, (x, y) in zip(names, points, strict=True):
        wide = texts.width(name, LETTERS)
        boxes = []
        for across, up in PLACES:
            start = x + across + wide * (-0.5 if abs(across) < 0.01 else -1 if across < 0 else 0)
            boxes.append((start, y + up - tall / 2, start + wide, y + up + tall / 2, (across, up)))
        free = [each for each in boxes if left < each[0] and each[2] < right and bottom < each[1] and each[3] < top
                and not any(_meet(each, other) for other in taken)]
        best = (free or boxes)[0]
        taken.append(best[:4])
        across, up = best[4]
        if math.hypot(across, up) > 0.2:
            end = min(max(x, best[0]), best[2]), min(max(y, best[1]), best[3])   # of the name, the nearest
            ax.plot([x / width, end[0] / width], [y / height, end[1] / height], transform=ax.figure.transFigure,
                    color=style.QUIET, lw=0.8, zorder=1.6)
        ax.text(best[0] / width, (best[1] + best[3]) / 2 / height, name, transform=ax.figure.transFigure, ha="left",
                va="center", size=LETTERS)


def _meet(one, two):
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _short(count):
    """A count with three digits and its unit, as one says it.

    >>> _short(61_706), _short(25_557_032), _short(15_470_264_320)
    ('61.7 k', '25.6 M', '15.5 G')
    """
    power = min(max(0, int(math.log10(count) + 1e-9) // 3), 5)
    return f"{count / 1000 ** power:.3g} {('', 'k', 'M', 'G', 'T', 'P')[power]}".strip()
