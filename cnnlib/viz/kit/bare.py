"""Axes for cells, which need neither ticks nor their labels.

Matplotlib makes four ticks for every axes, shown or not: most of the time that making axes takes. Here they are made
when they are asked for.
"""

from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis


class _Across(XAxis):
    majorTicks, minorTicks = cached_property(lambda self: []), cached_property(lambda self: [])


class _Down(YAxis):
    majorTicks, minorTicks = cached_property(lambda self: []), cached_property(lambda self: [])


class Bare(Axes):
    """For `fig.add_axes(place, axes_class=Bare)`: axes as all others, of which only the cells are seen.

    >>> from matplotlib.figure import Figure
    >>> Figure().add_axes([0, 0, 1, 1], axes_class=Bare).axison
    False
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.axis("off")

    def _init_axis(self):   # where matplotlib makes them; should it ask for another name one day, it makes its own
        self.xaxis, self.yaxis = _Across(self, clear=False), _Down(self, clear=False)
        for axis, sides in ((self.xaxis, ("bottom", "top")), (self.yaxis, ("left", "right"))):
            for side in sides:
                self.spines[side].register_axis(axis)
