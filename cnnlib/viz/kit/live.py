"""What is alive in the browser, and what stands in its place wherever that cannot be."""

import html
from pathlib import Path

import anywidget
import traitlets as t

from . import fresh, modules


class Refused(t.TraitError, ValueError):
    """A value that a widget does not take; what it showed before stays."""


class Live(anywidget.AnyWidget):
    """A widget that shows something `Shown`: the live view, and beside it the still, its words and the digest.

    A kind of widget names in `own` the traits that the browser may change, in `entry` the module of its browser part,
    whose `render` draws it; a style sheet of the same name may lie beside that. `shown` is what it shows now, `place`
    the step of its still.
    """

    own = ()
    entry: Path
    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    spec = t.Dict().tag(sync=True)

    def __init__(self, **traits):
        super().__init__(**traits)
        fresh.follow(self)

    @t.default("_esm")
    def _read_module(self):
        return modules.module(self.entry)

    @t.default("_css")
    def _read_style(self):
        return modules.style(self.entry)

    @property
    def shown(self):
        """What is shown now, a `kit.shown.Shown`."""
        raise NotImplementedError

    @property
    def place(self):
        """The step to draw where nothing moves; None for the last."""
        return None

    @classmethod
    def usual(cls):
        """The traits that a fresh one has, beside its spec: {name: value}."""
        return {name: cls.class_traits()[name].default() for name in cls.own if name != "spec"}

    def state(self):
        """The traits as they stand, beside the spec: {name: value}."""
        return {name: getattr(self, name) for name in self.own if name != "spec"}

    def __repr__(self):
        return self.shown.digest

    def save(self, path):
        """Write it, as it stands, as a page that runs offline from the disk (.html); returns the `Path`."""
        from . import files  # only who writes one draws

        return files.save(self, path)

    def set_state(self, sync_data):
        """What the browser sends. Values that make no sense are left out, and the browser gets the last good ones."""
        good, refused = {}, []
        for name, value in sync_data.items():
            try:
                if name in self.own:
                    self.traits()[name]._validate(self, value)
                elif name in ("spec", "_esm", "_css"):
                    raise Refused(f"{name} is not the browser's to change")
                good[name] = value
            except t.TraitError:
                refused.append(name)
        super().set_state(good)
        if refused:
            self.send_state(refused)

    def _still(self):
        """(data, metadata) for all who cannot show the live view."""
        from .show import mimebundle  # a widget with another still draws nothing

        words = self.shown.alt(self.place)
        try:
            data, metadata = mimebundle(self.shown.figure(self.place), words, within=True)
        except ValueError:   # more panels than a figure has room for: the live view scrolls
            data, metadata = {"text/html": f"<p>{html.escape(words)}</p>"}, {}
        return data | {"text/plain": repr(self)}, metadata

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The live view; beside it, for all who cannot show that, the figure, its words and the digest."""
        data, metadata = self._still()
        if self.comm is not None:
            live, for_colab = super()._repr_mimebundle_()
            data, metadata = live | data, metadata | for_colab
        return data, metadata

    def close(self):
        """Take the live views off the page; figure, digest and arrays stay."""
        super().close()
        self.__dict__.pop("_repr_mimebundle_", None)   # ipywidgets would show nothing at all any more
