"""What can be shown, and all that follows once a room has said what it shows.

A room of `viz` is a folder with these parts, each of which knows only those before it:

    data.py      the numbers; a class made of `Shown`, with `title`, `digest`, `spec` and `steps`
    words.py     `alt(shown, i)`: what there is to see, in words (or a method `alt` of the class)
    figure.py    `figure(shown, i)`: the still, nothing of which reaches beyond its edges
    player.py    `Player`: the live view, a `kit.live.Live`
    static/      its browser part

The parts find each other by these names, so data never imports who draws it, and matplotlib and the widgets are loaded
only by those who look.
"""

import importlib


class Shown:
    """Plain data that can be looked at: as a still with its words, as a live view, as a file."""

    def __repr__(self):
        return self.digest

    def part(self, name):
        """The module of this name in the room that this comes from."""
        return importlib.import_module(f"{type(self).__module__.rpartition('.')[0]}.{name}")

    @property
    def widget(self):
        """The class of its live view."""
        return self.part("player").Player

    def figure(self, i=None):
        """A matplotlib Figure of step i, counted from 0; of the last one when i is None."""
        return self.part("figure").figure(self, i)

    def alt(self, i=None):
        """What `figure(i)` shows, in words."""
        return self.part("words").alt(self, i)

    def player(self, **traits):
        """The live view, a widget: the last expression of a cell shows it."""
        return self.widget(self, **traits)

    def save(self, path, **options):
        """Write it to a file: .html, .gif, .svg or .png; see `kit.files.save`."""
        from . import files  # only who writes one draws

        return files.save(self, path, **options)
