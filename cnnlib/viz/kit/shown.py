"""What can be shown, and all that follows once a room has said what it shows.

A room of `viz` is a folder with these parts, each of which knows only those before it:

    data.py      the numbers; a class made of `Shown`, with `title`, `digest`, `spec` and `steps`
    words.py     `alt(shown, i)`: what there is to see, in words (or a method `alt` of the class)
    figure.py    `figure(shown, i)`: the still
    player.py    `Player`: the live view, a `kit.live.Live`
    static/      its browser part

The parts find each other by these names, so data never imports who draws it, and matplotlib and the widgets are loaded
only by those who look.
"""

import importlib

from ... import shapes

SHORTEST, LONGEST = 20, 500   # characters of the words for a picture


class Shown:
    """Plain data that can be looked at: as a still with its words, as a live view, as a file."""

    def __repr__(self):
        return self.digest

    def figure(self, i=None):
        """A matplotlib Figure of step i, counted from 0; of the last one when i is None."""
        return part(self, "figure").figure(self, i)

    def alt(self, i=None):
        """What `figure(i)` shows, in words."""
        return part(self, "words").alt(self, i)

    def player(self, **traits):
        """The live view, a widget: the last expression of a cell shows it."""
        return part(self, "player").Player(self, **traits)

    def save(self, path, **options):
        """Write it to a file: .html, .gif, .svg or .png; see `kit.files.save`."""
        from . import files

        return files.save(self, path, **options)


def part(shown, name):
    """The module of this name in the room that `shown` comes from."""
    return importlib.import_module(f"{type(shown).__module__.rpartition('.')[0]}.{name}")


def step_of(shown, i, name="i"):
    """The number of a step, checked; None is the last. Errors call it `name`.

    Raises ValueError for a step that does not exist, TypeError for what is not an integer.
    """
    if i is None:
        return shown.steps - 1
    i = shapes.integer(i, name, 0)
    if i >= shown.steps:
        raise ValueError(f"{name}: found step {i}, expected 0 to {shown.steps - 1}: steps are counted from 0")
    return i
