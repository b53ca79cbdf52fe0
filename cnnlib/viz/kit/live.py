"""What is alive in the browser, and what stands in its place wherever that cannot be."""

import html
import json
import sys
import tempfile
from pathlib import Path

import anywidget
import traitlets as t

from . import fresh, modules, rerun

VIEW = "application/vnd.cnnlib.view+json"   # what lab/plugin.js draws where no kernel knows the widget
PACKAGE = Path(__file__).resolve().parents[2]


class Refused(t.TraitError, ValueError):
    """A value that a widget does not take; what it showed before stays."""


def plain(value):
    """Whether a value is plain data that JSON can say and every reader takes for the same: no NaN, nothing infinite or
    beyond it."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and plain(each) for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return all(map(plain, value))
    if isinstance(value, (int, float)):
        return -sys.float_info.max <= value <= sys.float_info.max
    return value is None or isinstance(value, str)


class Live(anywidget.AnyWidget):
    """A widget that shows something `Shown`: the live view, and beside it the still, its words and the digest.

    A kind of widget names in `own` the traits that the browser may change, all others being Python's alone, and in
    `told` those of the others that a page needs, too; in `entry` the module of its browser part, whose `render` draws
    it; a style sheet of the same name may lie beside that. `shown` is what it shows now, `place` the step of its still.
    """

    own = told = ()
    entry: Path
    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)
    spec = t.Dict().tag(sync=True)

    def __init__(self, **traits):
        super().__init__(**traits)
        self._first_layout = None if "layout" in traits else self.layout
        fresh.follow(self)
        rerun.made(self)

    @t.default("_esm")
    def _read_module(self):
        return modules.packed(self.entry)

    @t.default("_css")
    def _read_style(self):
        return modules.style(self.entry)

    @classmethod
    def needed(cls, state):
        """The module that a page needs for one whose traits begin so, {name: value}."""
        return cls.entry

    @property
    def shown(self):
        """What is shown now, a `kit.shown.Shown`."""
        raise NotImplementedError

    @property
    def measured(self):
        """Whether numbers of this machine's training are shown: then a notebook stores only what all machines share."""
        return getattr(self.shown, "measured", False)

    @property
    def place(self):
        """The step to draw where nothing moves; None for the last."""
        return None

    @property
    def words(self):
        """What there is to see, for those who cannot."""
        return self.shown.alt(self.place)

    @classmethod
    def usual(cls):
        """The traits that a fresh one has, beside its spec: {name: value}."""
        return {name: cls.class_traits()[name].default() for name in (*cls.own, *cls.told) if name != "spec"}

    def state(self):
        """The traits as they stand, beside the spec: {name: value}."""
        return {name: getattr(self, name) for name in (*self.own, *self.told) if name != "spec"}

    def __repr__(self):
        return self.shown.digest

    def save(self, path):
        """Write it, as it stands, as a page that runs offline from the disk (.html); returns the `Path`."""
        from . import files  # only who writes one draws

        return files.save(self, path)

    def set_state(self, sync_data):
        """What the browser sends. Only what is its own and makes sense is taken; of the rest, it gets the last good
        values."""
        good, refused = {}, []
        for name, value in sync_data.items():
            try:
                if name not in self.own or not plain(value):
                    raise Refused(f"{name} is not the browser's to change, or not plain data")
                self.traits()[name]._validate(self, value)
                good[name] = value
            except Exception:   # whatever a value does to a check, it concerns nothing but this value
                refused.append(name)
        super().set_state(good)
        if refused := [name for name in refused if name in self.keys]:
            self.send_state(refused)

    def _handle_msg(self, msg):
        """A message of the browser: an update, the wish for the state or for a file. Binary parts, which no trait here
        has, and whatever else there may be are left aside."""
        data = msg["content"].get("data")
        method, state = (data.get("method"), data.get("state")) if isinstance(data, dict) else (None, None)
        if method == "update" and isinstance(state, dict):
            self.set_state(state)
        elif method == "request_state":
            self.send_state()
        elif method == "custom" and isinstance(wish := data.get("content"), dict):
            self._hand_over(wish.get("save"), wish.get("step"))

    def _hand_over(self, kind, step):
        """A file as it stands, for the browser to keep: sent back as bytes, or the reason why there is none."""
        from . import files  # only who wants one draws

        if kind not in files.SUFFIXES or not hasattr(self.shown, "steps"):   # a quiz is no picture
            return
        try:
            with tempfile.TemporaryDirectory() as folder:
                self.send({"saved": kind}, [files.save(self, Path(folder) / f"taken{kind}", step=step).read_bytes()])
        except (ValueError, TypeError, OSError) as error:
            self.send({"saved": kind, "fault": str(error)})

    def _still(self):
        """(data, metadata) for all who cannot show the live view."""
        from .show import mimebundle  # a widget with another still draws nothing

        try:
            data, metadata = mimebundle(self.shown.figure(self.place), self.shown.alt(self.place), within=True,
                                        measured=self.measured)
        except ValueError:   # more panels than a figure has room for: the live view scrolls
            data, metadata = {"text/html": f"<p>{html.escape(self.shown.alt(self.place))}</p>"}, {}
        return data | {"text/plain": repr(self)}, metadata

    def _alone(self):
        """What `VIEW` holds: the module that draws it, its style sheets and the state; no kernel is needed then. Empty
        where numbers of a training are shown: then the still stands there, until it is run."""
        if self.measured:
            return {}

        def name(file):
            return Path(file).resolve().relative_to(PACKAGE).as_posix()

        # As text, for a notebook spends a line on each number of a list.
        state = json.dumps({"spec": self.shown.spec, **self.state()}, separators=(",", ":"), allow_nan=False)
        styles = [name(sheet) for sheet in modules.joined(self.entry).sheets]
        return {"entry": name(self.entry), "styles": styles, "state": state}

    def _repr_mimebundle_(self, include=None, exclude=None):
        """The live view; beside it, for all who cannot show that, the figure, its words and the digest."""
        data, metadata = self._still()
        if self.comm is not None:
            rerun.shown(self)
            live, for_colab = super()._repr_mimebundle_()
            data, metadata = live | {VIEW: self._alone()} | data, metadata | for_colab
        return data, metadata

    def __reduce_ex__(self, *_):
        raise TypeError(f"a {type(self).__name__} lives in its page and can be neither pickled nor copied: "
                        "make another one from what it shows, its .shown")

    __copy__ = __deepcopy__ = __reduce_ex__

    def close(self):
        """Take the live views off the page; figure, digest and arrays stay."""
        super().close()
        if layout := self.__dict__.pop("_first_layout", None):   # a widget of its own, which nobody else has
            layout.close()
        self.__dict__.pop("_repr_mimebundle_", None)   # ipywidgets would show nothing at all any more


class Fixed(Live):
    """A widget whose spec nobody changes, neither the browser nor an assignment: it is `_spec`, and `other` says how to
    come to another one."""

    other = ""

    @t.validate("spec")
    def _same_spec(self, proposal):
        if proposal["value"] is not self._spec:
            raise Refused(f"spec cannot be changed: {self.other}")
        return self._spec
