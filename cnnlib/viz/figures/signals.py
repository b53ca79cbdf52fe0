"""Signals as curves, one above the other on one time axis: what a filter does to a recording."""

import numpy as np

from ...arguments import label, numbers, positive, several, shown, text
from ..kit import alt, style
from ..kit.drawing import Figure
from ..kit.numbers import number

# Told apart by weight and dashes as well as by colour.
_LINES = {
    "input": {"color": style.INPUT, "lw": 1.3},
    "output": {"color": style.OUTPUT, "lw": 2.2},
    "kernel": {"color": style.KERNEL, "lw": 1.8, "ls": (0, (4, 1.5))},
}

_ROLES = _LINES | {"points": {"color": style.TEXT, "ls": "", "marker": "o", "ms": 6}}

FEW = 6           # values that are said one by one
MOST = 30         # panels
LARGEST = 1e100   # what matplotlib can still lay out


def signals(panels, units, xlabel="time in seconds", height=1.9):
    """Draw curves in panels that share one horizontal axis: a matplotlib Figure.

    `panels` is a list of dictionaries, one for each panel, name of a curve -> (times, values) or (times, values, role),
    at most three of them. The role is "input" (thin, blue), "output" (thick, purple) or "kernel" (dashed, orange), in
    this order unless given, or "points" (dots without a line). `units` is the vertical label of each panel, or one for
    all; `height` is that of a panel in inches.

    Raises ValueError for an empty list, more than three curves in a panel, a role that is none, units that do not match
    the panels, and times and values of different lengths.

    >>> fig = signals([{"heart": ([0, 1, 2], [0.1, 0.9, 0.2])}], "millivolts")
    >>> fig.axes[0].get_ylabel()
    'millivolts'
    """
    panels, height = several(panels, "panels", "dictionaries"), positive(height, "height")
    if not 0.2 <= height <= 20 or len(panels) > MOST:
        raise ValueError(f"height must be 0.2 to 20 inches and panels at most {MOST}, found {height:g} "
                         f"and {len(panels)}")
    units = [units] * len(panels) if isinstance(units, str) else several(units, "units", "texts")
    if not panels or len(units) != len(panels):
        raise ValueError(f"units: found {len(units)} for {len(panels)} panels, expected one for each, at least one.")
    with style.context():
        fig = Figure(figsize=(style.WIDTH, height * len(panels) + 0.6), layout="constrained")
        axes = fig.subplots(len(panels), sharex=True, squeeze=False)[:, 0]
        for ax, curves, unit in zip(axes, panels, units, strict=True):
            _panel(ax, curves, label(unit))
        axes[-1].set_xlabel(label(text(xlabel, "xlabel")))
    times = np.concatenate([_curve(name, curve)[0] for curves in panels for name, curve in curves.items()] or [[]])
    return alt.say(fig, f"Curves over {label(xlabel)}, {alt.span(times)}.", *_all_told(units, panels))


def _all_told(units, panels):
    """Each panel in words; a curve that is drawn again is only named."""
    known = set()
    for unit, curves in zip(units, panels, strict=True):
        told = [(name, _told(name, curve)) for name, curve in curves.items()]
        said = "; ".join(label(name) if words in known else words for name, words in told)
        known.update(words for _, words in told)
        yield f"{label(unit)}: {said}." if unit and said else said and f"{said}."


def _told(name, curve):
    """A curve in words: a few numbers all, of many their span and the place of the highest."""
    times, values, *_ = _curve(name, curve)
    finite = np.isfinite(values)
    if len(values) <= FEW or not finite.any():
        return f"{label(name)} {alt.read_out(values)}"
    pieces = int(finite[0]) + int((finite[1:] & ~finite[:-1]).sum())
    apart = f" in {alt.count(pieces, 'piece')}" if pieces > 1 else ""
    top = int(np.nanargmax(np.where(finite, values, np.nan)))
    return f"{label(name)}{apart}, {alt.span(values)}, highest at {number(times[top])}"


def _panel(ax, curves, unit):
    if not isinstance(curves, dict):
        raise TypeError(f"panels: each must be a dictionary, name -> (times, values), found {shown(curves)}")
    if len(curves) > len(_LINES):
        raise ValueError(f"panels: found {len(curves)} curves in one panel, expected at most {len(_LINES)}.")
    for (name, curve), usual in zip(curves.items(), _LINES, strict=False):
        times, values, *given = _curve(name, curve)
        if len(times) != len(values):
            raise ValueError(
                f"panels: {shown(name)} has {len(times)} times but {len(values)} values; a filter without padding "
                "shortens its input, so its times must be shortened, too."
            )
        role = given[0] if given else usual
        if not isinstance(role, str) or role not in _ROLES:
            raise ValueError(f"panels: {shown(name)} has the role {shown(role)}, expected one of {', '.join(_ROLES)}.")
        line = _ROLES[role] | ({"lw": 1.4} if len(curves) == 1 else {})   # alone, it need not stand out
        ax.plot(times, values, label=label(name), **line)
    ax.set_ylabel(unit)
    ax.axhline(0, color=style.QUIET, lw=0.7, zorder=0)
    ax.margins(x=0.01)
    if curves:
        ax.legend(loc="lower left", bbox_to_anchor=(0, 0.98), ncols=3, borderaxespad=0, borderpad=0.2)


def _curve(name, curve):
    """Times and values of a curve as arrays, and its role if one is given."""
    if not isinstance(curve, (tuple, list)) or len(curve) not in (2, 3):
        raise TypeError(f"panels: {shown(name)} must be (times, values) or (times, values, role), found {shown(curve)}")
    arrays = [numbers(part, f"panels: {shown(name)}").astype(float) for part in curve[:2]]
    for array in arrays:
        if array.ndim != 1 or (abs(array) > LARGEST).any():
            raise ValueError(f"panels: {shown(name)} must hold lists of numbers up to {LARGEST:g}, found shape "
                             f"{shown(array.shape)}")
    return (*arrays, *curve[2:])
