"""The colours of a `scale.Scale` in figures; those of the browser are in static/scale.js and theme.css."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from . import style
from .scale import CHANNELS

_ENDS = {"grey": "#FFFFFF", "red": "#FF6B5E", "green": "#5ED16B", "blue": "#6B9BFF"}
_GREYS = {kind: LinearSegmentedColormap.from_list(kind, ["#000000", end], N=256) for kind, end in _ENDS.items()}


def shown(scale, deep):
    """(colours, lowest, highest) of a scale as matplotlib takes them; `deep` for cells without digits."""
    if scale.kind == "signed":
        return style.SIGNED_DEEP if deep else style.SIGNED, -scale.limit, scale.limit
    return _GREYS["grey" if scale.kind == "rgb" else scale.kind], 0.0, scale.limit


def fill(scale, value, deep=False):
    """The colour of a value, "#rrggbb"."""
    if scale.kind == "signed" and not deep:
        return style.fill(value, scale.limit)
    colours, low, high = shown(scale, deep)
    return to_hex(colours(float(np.clip((value - low) / (high - low), 0, 1))))


def pixels(scale, values):
    """What `imshow` draws of the values of a panel, or of all channels (3, rows, columns) of a colour picture: the
    light of those that are known, together."""
    if values.ndim == 2:
        return np.ma.masked_invalid(values)
    light = np.clip(np.nan_to_num(values) / scale.limit, 0, 1)
    return np.concatenate([light, np.isfinite(values).any(axis=0)[None]]).transpose(1, 2, 0)


def bar(ax, left, row, scale, deep, wide=0.95, high=0.15):
    """A bar in the colours of a scale, from its low end to its high one, of a colour picture in those of each channel;
    `ax` counts inches."""
    lanes = [scale.lane(channel) for channel in range(len(CHANNELS) if scale.kind == "rgb" else 1)]
    size, values = (ax.get_xlim(), ax.get_ylim()), np.linspace(scale.low, scale.high, 96)[None]
    for n, lane in enumerate(lanes):
        cmap, low, end = shown(lane, deep)
        top, bottom = (row - high / 2 + high * share / len(lanes) for share in (n, n + 1))
        ax.imshow(values, cmap=cmap, vmin=low, vmax=end, extent=(left, left + wide, bottom, top),
                  aspect=ax.get_aspect(), interpolation="nearest")
    ax.set(xlim=size[0], ylim=size[1])
    ax.add_artist(Rectangle((left, row - high / 2), wide, high, fc="none", ec=style.QUIET, lw=0.6))
