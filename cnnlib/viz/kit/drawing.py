"""The figures of this package: made, drawn and saved under its own settings, whatever those of the user are by then."""

from matplotlib import figure
from matplotlib.artist import allow_rasterization

from . import style


class Figure(figure.Figure):
    """A matplotlib Figure that looks as it was made also where it is drawn or saved later: much of how matplotlib draws
    (hinting, hatches, minus signs, the ground of files) is only looked up then. `alt` says in words what it shows.
    """

    alt = ""

    @allow_rasterization
    def draw(self, renderer):
        """Draw it."""
        with style.context():
            super().draw(renderer)

    def savefig(self, *args, **kwargs):
        """Save it, with the arguments of matplotlib's own."""
        with style.context():
            super().savefig(*args, **kwargs)
