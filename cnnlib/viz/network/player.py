"""NetworkExplorer: a network alive in the browser: drawn into, looked into, and moving along while it trains.

The browser runs the network itself. Back to Python come only which image is loaded, and the strokes of a drawing.
"""

import time
from pathlib import Path

import traitlets as t

from ... import shapes
from ...arguments import shown
from ..kit.live import Fixed, Refused
from ..kit.show import in_notebook
from ..kit.tour import Guided
from .data import Network

OFTEN = 0.3            # seconds between two pictures of a network in training, at least
MOST_STROKES, MOST_POINTS = 400, 40_000
CHANGES = ("right", "down", "turn", "thicker")
CURVES = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy")


class NetworkExplorer(Guided, Fixed):
    """The live view of what `cnn.viz.network_explorer` took in; the last expression of a cell shows it.

    Traits, kept in step with the browser: `image` (int, the test image that is loaded, -1 while there is none),
    `strokes` (a list of dicts `points width erase`: what was drawn, in pixels of the input), `changes` (a dict of how
    that is moved: `right down turn thicker`), `centred` (bool, or None for what the network was given) and `looking`
    (a list: [column, map] that is looked into, or [column, map, row, column]). `explorer.network` holds what is shown.

    `fit(model, data, after_epoch=explorer.watch(model))` lets it follow a training. `tour=[page, …]`: pages as
    in `cnnlib.viz.kit.tour`; they set these traits. Raises TypeError for anything but a `Network`, ValueError for an
    unknown image.

    >>> from cnnlib import nn
    >>> from cnnlib.viz import network_explorer
    >>> explorer = NetworkExplorer(network_explorer(nn.Sequential(nn.Flatten(), nn.Linear(784, 10))))
    >>> explorer.image, explorer.strokes
    (-1, [])
    """

    own = ("image", "strokes", "changes", "centred", "looking", "page", "done")
    told = ("curve", "message", "tour")
    steered = ("image", "strokes", "changes", "centred", "looking")
    lit = ("pad", "input", "first", "maps", "answer", "centring", "images", "changes", "eraser", "closer")
    tasks = {"drawn": ("class",), "switched": (), "quietest": ("column",), "becomes": ("from", "to"),   # noqa: RUF012
             "erased": ("most",)}
    entry = Path(__file__).with_name("static") / "network.js"
    other = "make another with cnn.viz.network_explorer, or watch a training"
    image = t.Int(0).tag(sync=True)
    strokes = t.List(t.Dict()).tag(sync=True)
    changes = t.Dict().tag(sync=True)
    centred = t.Bool(None, allow_none=True).tag(sync=True)
    looking = t.List(t.Int()).tag(sync=True)
    curve = t.Dict().tag(sync=True)
    message = t.Unicode("").tag(sync=True)

    def __init__(self, network, image=0, **traits):
        if not isinstance(network, Network):
            raise TypeError(f"network must be what cnn.viz.network_explorer made, found {type(network).__name__}")
        known = ("strokes", "changes", "centred", "looking", "tour", "page")
        if unknown := [name for name in traits if name not in known]:
            raise TypeError(f"NetworkExplorer has no argument {shown(unknown[0], 40)}, expected image, "
                            f"{', '.join(known[:-1])} and page")
        image = shapes.integer(image, "image", -1, network.steps - 1)
        self._network, self._spec, self._due = network, network.spec, 0.0
        super().__init__(spec=self._spec, image=image, **traits)

    network = property(lambda self: self._network, doc="What is shown now, a `Network`.")
    shown = property(lambda self: self._network)
    place = property(lambda self: max(0, self.image))

    @t.validate("image")
    def _existing_image(self, proposal):
        return -1 if self._network.images is None else max(-1, min(proposal["value"], self._network.steps - 1))

    @t.validate("strokes")
    def _sound_strokes(self, proposal):
        strokes = proposal["value"]
        for stroke in strokes:
            points = stroke.get("points")
            if set(stroke) != {"points", "width", "erase"} or not isinstance(stroke["erase"], bool) \
                    or not isinstance(points, (list, tuple)) or not points or len(points) % 2 \
                    or not all(_near(number) for number in (stroke["width"], *points)):
                raise Refused(f"strokes must be dicts of points (x, y, x, y, …), width and erase, found {stroke!r:.80}")
        if len(strokes) > MOST_STROKES or sum(len(stroke["points"]) for stroke in strokes) > MOST_POINTS:
            raise Refused(f"strokes must be at most {MOST_STROKES} with {MOST_POINTS} numbers, found more")
        return strokes

    @t.validate("changes")
    def _sound_changes(self, proposal):
        if any(name not in CHANGES or not _near(value) for name, value in proposal["value"].items()):
            raise Refused(f"changes must be a dict of numbers by {', '.join(CHANGES)}, found {proposal['value']!r:.80}")
        return proposal["value"]

    @t.validate("looking")
    def _there_to_look(self, proposal):
        """As far as that is there: a column, a map of it, a row and a column of the map."""
        wanted, columns = proposal["value"], self._network.columns
        if len(wanted) not in (0, 2, 4) or any(n < 0 for n in wanted):
            raise Refused(f"looking must be [], [column, map] or [column, map, row, column], found {wanted!r:.60}")
        if wanted and wanted[0] >= len(columns):
            raise Refused(f"looking must name a column from 0 to {len(columns) - 1}, found {wanted[0]}")
        if wanted and any(n >= size for n, size in zip(wanted[1:], columns[wanted[0]]["shape"], strict=False)):
            raise Refused(f"looking must stay within column {wanted[0]}, {columns[wanted[0]]['shape']}, found {wanted}")
        return wanted

    # --- a training ---------------------------------------------------------------------------------------------------

    def watch(self, model):
        """A function of the history, for `fit(model, data, after_epoch=explorer.watch(model))`: the view follows.

        `model` has the layers of the network that is shown, and learns. At most every 0.3 seconds, and once more when
        the cell ends (outside of a notebook after every epoch), the browser gets the weights of that moment; the loss
        curve grows beside the picture. Where no browser looks, this costs next to nothing. Weights that are no longer
        finite are not shown: a sentence says so.

        Raises TypeError for what is no network, ValueError for one of other layers.

        >>> from cnnlib import nn
        >>> from cnnlib.viz import network_explorer
        >>> model = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
        >>> explorer = network_explorer(model).player()
        >>> explorer.watch(model)({"epoch": [1], "loss": [2.3], "accuracy": [0.1]})
        >>> explorer.curve
        {'epoch': [1], 'loss': [2.3], 'accuracy': [0.1]}
        """
        self._network.again(model)   # raises what is wrong with it now, not in the middle of a training
        last = {}

        def follow(history):
            last.update(history)
            if not in_notebook() or time.monotonic() >= self._due:   # elsewhere no cell ends, to show the last
                self._move(model, last)
                self._due = time.monotonic() + OFTEN

        if in_notebook():
            self._at_the_end(model, last)
        return follow

    def _at_the_end(self, model, last):
        """Once, when the cell that trains has ended: then the picture is that of the trained network."""
        from IPython import get_ipython

        events = get_ipython().events

        def once(*_):
            if last:
                events.unregister("post_run_cell", once)
                self._move(model, last)

        events.register("post_run_cell", once)

    def _move(self, model, history):
        """Show the weights of now."""
        try:
            network = self._network.again(model)
        except ValueError as error:
            self.message = f"The picture stays as it was. {error}"
            return
        with self.hold_sync():   # the browser gets all of it at once
            self._network, self._spec = network, network.spec
            self.spec, self.message = self._spec, ""
            self.curve = {name: [float(n) if name != "epoch" else int(n) for n in history[name]]
                          for name in CURVES if history.get(name)}


def _near(number):
    return isinstance(number, (int, float)) and not isinstance(number, bool) and abs(number) < 10_000


Player = NetworkExplorer   # by this name `kit.shown` looks for it
