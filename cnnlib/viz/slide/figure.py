"""A scene as a matplotlib figure: the boards with the cells of one step marked, and below them what is computed.

`Picture` draws what stays the same once, and what belongs to a step anew for each step; `figure` uses it for one step,
the exports for many.
"""

import numpy as np

from ..kit import cells, panels, style
from ..kit.drawing import Figure
from ..kit.steps import step_of
from . import marks, words
from .layout import MARGIN, TITLE_POINTS, layout
from .parts import Plan

SUMS = tuple(half / 2 for half in range(25, 14, -1))   # points: sums are as large as there is room for
LINE, SMALL = 11.0, 10.0
LINE_HIGH, LABEL, MOST_FACTS = 0.28, 1.25, 7.4   # inches
MOST_CHANNELS = 4                        # lines of channels


def figure(scene, i=None):
    """Draw step i of a scene, counted from 0, or its last step: a matplotlib Figure, at most 9 inches wide.

    The source with its padding, the weights, and the result as far as it is filled; the window of the step is
    outlined, the cell that it fills is marked. Below: the sum with its numbers put in, the size formula, and what
    is never read. Boards too large for digits are drawn in colours.

    Raises ValueError for a step that does not exist, and for more channels and filters than can be seen.

    >>> from cnnlib.viz import slide
    >>> type(figure(slide([0, 1, 0, 1, 1], [-1, 1]), 1)).__name__
    'Figure'
    """
    step = step_of(scene, i)
    with style.context():
        picture = Picture(scene)
        picture.fill(step)
        picture.mark(step)
    return picture.fig


class Picture:
    """The figure of a scene: `fill(step)` writes the results up to a step, `mark(step)` shows how it comes about."""

    def __init__(self, scene):
        """Lay out the boards and draw all that is the same for every step."""
        self.scene, self.plan = scene, Plan(scene)
        self.look = self._looks()
        self._label = self._label_width()
        self.layout = layout(self.plan, {name: look.needed_cell for name, look in self.look.items()}, self._label,
                             self._longest())
        self._room = self.layout.width - 2 * MARGIN - self._label
        self._text = self._lines()
        with style.context():
            high = self.layout.bottom + 0.12 + LINE_HIGH * (self._sums() + len(self._text)) + MARGIN
            self.fig = Figure(figsize=(self.layout.width, high))
            self.sheet = cells.sheet_in(self.fig, (0, 0), self.layout.width, high, 1.0)   # one cell is one inch
            self._moving, self._filled = [], 0
            self._still()

    def _looks(self):
        """Colours and decimals of each board; those of a pooling are to be compared, so they are the same."""
        source, result = self.plan.source.values, self.plan.result.values
        weights, middle = (source, "product") if self.plan.pooling else (self.scene.weights.values, self.plan.roles[1])
        limit = style.signed_limit(source) if self.plan.pooling else None
        ghost = ["−∞"] if self.plan.record.action == "max" and self.plan.padded_cells else []
        lettered = self.plan.record.by == "input"
        return {"source": panels.look(source, self.plan.roles[0], limit, ghost, lettered),
                "weights": panels.look(weights, middle, limit, ghost, lettered),
                "result": panels.look(result, self.plan.roles[2], limit)}

    def _label_width(self):
        """Room for the names of lines, and of signals."""
        steps = self.scene.steps
        names = [panels.width(f"step {steps} of {steps}", SMALL)]
        if self.plan.axes == 1:
            parts = (self.plan.source, self.plan.result, self.plan.weights(steps - 1))
            names += [panels.width(t, TITLE_POINTS, "bold", "italic") for part in parts for t in part.titles]
        return max(LABEL, max(names) + 0.2)

    def _longest(self):
        """The width of the longest of some sums, and enough for the other lines."""
        steps = sorted({*np.linspace(0, self.scene.steps - 1, 40).astype(int).tolist()})
        lines = [line for step in steps for line in (words.sum_line(self.plan, step),
                                                     *words.channel_lines(self.plan, step))]
        facts = [panels.width(text, LINE) for _, text in words.facts(self.plan)]
        return max(max(self._wide(line) for line in lines), min(MOST_FACTS, max(facts, default=0) + 0.1))

    def _wide(self, line, points=SUMS[0]):
        return panels.pieces_width(self._coloured(line), points) * 1.01 + 0.1

    # --- what stays ---------------------------------------------------------------------------------------------------

    def _still(self):
        plan, blocks = self.plan, self.layout.blocks
        self.panels = {name: self._panels(name, part) for name, part in
                       (("source", plan.source), ("weights", plan.weights(0)), ("result", plan.result))}
        rows, columns = plan.unread() if self.scene.known is None else ((), ())
        for n, panel in enumerate(self.panels["source"]):
            self.title(panel, plan.source.titles[n], plan.source.role)
            self._source(panel, plan.source, n, set(rows), set(columns))
        for n, panel in enumerate(self.panels["result"]):
            self.title(panel, plan.result.titles[n], plan.result.role)
            if blocks["result"].digits:
                if self.scene.known is None:   # otherwise their number is asked for, too
                    panel.waiting()
            else:
                panel.colours(np.full(plan.result.size, np.nan), plan.result.pad, plan.result.role,
                              self.look["result"].limit)
            if self.scene.known is None:
                self._indices(panel, plan.result)
        self._signs()
        top = self._text_top() + LINE_HIGH * self._sums()
        for n, (label, text) in enumerate(self._text):
            self._write(top + LINE_HIGH * n, label, [(text, style.TEXT, "normal")], LINE)

    def _panels(self, name, part):
        block = self.layout.blocks[name]
        size = part.size
        if name == "weights" and self.layout.under:   # as long as the source, along which they move
            size = (1, self.plan.source.size[1])
        return [panels.Panel(self.fig, corner, size, block.cell) for corner in block.corners]

    def _source(self, panel, part, n, rows, columns):
        """x with its padding; rows and columns that are never read are hatched."""
        (top, _), (left, _) = part.pad
        high, wide = part.size
        if not self.layout.blocks["source"].digits:
            panel.colours(part.values[n], part.pad, part.role, self.look["source"].limit)
            for row in rows:
                panel.strip(row, 0, 1, wide)
            for column in columns:
                panel.strip(0, column, high, 1)
            return
        ghost = -np.inf if self.plan.record.action == "max" else 0.0
        places = []
        for row, column in np.ndindex(high, wide):
            r, c = row - top, column - left
            inside = 0 <= r < part.values.shape[1] and 0 <= c < part.values.shape[2]
            role = "unread" if row in rows or column in columns else part.role if inside else "padding"
            places.append((row, column, part.values[n, r, c] if inside else ghost, role))
        panel.numbers(places, self.look["source"])
        self._indices(panel, part)

    def _indices(self, panel, part):
        """The numbers above the cells of a signal."""
        name = "result" if part is self.plan.result else "source"
        if self.plan.axes == 2 or not self.layout.blocks[name].digits:
            return
        before, inner = part.pad[1][0], part.values.shape[2]
        for column in range(part.size[1]):
            text = str(column - before) if 0 <= column - before < inner else "pad"
            cells.note(panel.ax, column + 0.5, -0.1 / panel.cell[1], text, 7.5 / panel.ax.cell_points)

    def title(self, panel, text, role):
        """The name of a panel: above it, or to the left of a signal."""
        looks = {"style": "italic", "weight": "bold"}
        left, top = panel.corner_at
        if self.plan.axes == 1:
            return cells.note(self.sheet, left - 0.12, top + panel.cell[1] / 2, text, TITLE_POINTS / 72,
                              panels.COLOURS[role], ha="right", **looks)
        return cells.note(self.sheet, left + panel.size[1] * panel.cell[0] / 2, top - 0.15, text, TITLE_POINTS / 72,
                          panels.COLOURS[role], **looks)

    def _signs(self):
        """⊙ between the source and its weights, an arrow to the result; backwards for a gradient."""
        if self.plan.axes == 1:
            return
        sides = {name: block.sides for name, block in self.layout.blocks.items()}
        source, weights = self.panels["source"], self.panels["weights"]
        _, top, _, bottom = panels.box(source)
        middle, between = (top + bottom) / 2, (sides["source"][1] + sides["weights"][0]) / 2
        if self.plan.pooling:
            cells.arrow(self.sheet, (between - 0.13, middle), (between + 0.13, middle))
        else:
            for row in {p.middle for p in source} if len(source) == len(weights) else {middle}:
                cells.note(self.sheet, between, row, "⊙", 17 / 72, style.TEXT)
        if self.plan.backward:
            start, end = sides["source"][0] - 0.14, sides["result"][1] + 0.14
        else:
            start, end = sides["weights"][1] + 0.14, sides["result"][0] - 0.14
        self.sheet.annotate("", xy=(end, middle), xytext=(start, middle), arrowprops={
            "arrowstyle": "-|>", "color": style.TEXT, "lw": 1.8, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14})
        cells.note(self.sheet, (start + end) / 2, middle - 0.17, self.plan.record.action, SMALL / 72, style.TEXT)

    # --- what each step draws -----------------------------------------------------------------------------------------

    def fill(self, step):
        """Write the results up to this step; returns the artists that are new."""
        part, digits = self.plan.result, self.layout.blocks["result"].digits
        before = self._all()
        with style.context():
            if digits:
                starts, new = self.scene.numbers.starts, [[] for _ in self.panels["result"]]
                for n in filter(self._told, range(self._filled, step + 1)):
                    panel, row, column = np.unravel_index(n, part.values.shape)
                    role = "unread" if self.plan.backward and starts[n] == starts[n + 1] else part.role
                    new[panel].append((row, column, part.values[panel, row, column], role))
                for panel, places in zip(self.panels["result"], new, strict=True):
                    panel.numbers(places, self.look["result"])
            else:
                told = [n <= step and self._told(n) for n in range(part.values.size)]
                known = np.where(told, part.values.ravel(), np.nan)
                for panel, values in zip(self.panels["result"], known.reshape(part.values.shape), strict=True):
                    panel.image.set_data(np.ma.masked_invalid(values))
        self._filled = max(self._filled, step + 1)
        return self._new(before)

    def _told(self, step):
        return not self.scene.asks(step)

    @property
    def changing(self):
        """The artists of results in colours, which change where they are."""
        return [artist for panel in self.panels["result"] for artist in panel.surface]

    def mark(self, step):
        """Show how this step comes about; what belonged to another step goes. Returns the artists drawn."""
        for artist in self._moving:
            artist.remove()
        before = self._all()
        with style.context():
            marks.draw(self, step)
            self._sum(step)
        self._moving = self._new(before)
        return self._moving

    # --- text below ---------------------------------------------------------------------------------------------------

    def _text_top(self):
        return self.layout.bottom + 0.12 + 0.2

    def _sums(self):
        """How many lines the sums take."""
        channels = len(self.scene.frame(0).channel_sums) if self.scene.known is None else 1
        return 1 + (min(channels, MOST_CHANNELS) if channels > 1 else 0)

    def _sum(self, step):
        """The sum of a step: a line for each channel (of many, the first and the last), then the whole."""
        whole, channels = words.sum_line(self.plan, step), words.channel_lines(self.plan, step)
        channels = channels if self._sums() > 1 else []
        shown = [(f"{self.plan.record.lane} {c}", line) for c, line in enumerate(channels)]
        if len(shown) > MOST_CHANNELS:
            shown[MOST_CHANNELS - 2:-1] = [("…", [])]
        # One size for all of them.
        every = [whole, *(line for _, line in shown)]
        points = next((size for size in SUMS if self._fit(every, size)), SUMS[-1])
        for n, (label, line) in enumerate(shown):
            self._write(self._text_top() + LINE_HIGH * n, label, self._coloured(line), points)
        of = f" of {self.scene.steps}" if self.scene.known is None else ""
        self._write(self._text_top() + LINE_HIGH * (self._sums() - 1), f"step {step + 1}{of}",
                    self._coloured(whole), points)

    def _fit(self, lines, points):
        return all(self._wide(line, points) <= self._room + 0.1 for line in lines)

    def _coloured(self, pieces):
        return [(text, style.lettering(panels.COLOURS[role]), "bold" if n == len(pieces) - 1 and role else "normal")
                for n, (text, role) in enumerate(pieces)]

    def _write(self, row, label, pieces, points):
        cells.note(self.sheet, MARGIN + self._label - 0.15, row, label, SMALL / 72, ha="right")
        panels.write(self.sheet, MARGIN + self._label, row, pieces, points)

    def _lines(self):
        """What is said about the whole scene: (label, text), broken into lines."""
        return [(label if n == 0 else "", part) for label, text in words.facts(self.plan, self._in_colours())
                for n, part in enumerate(panels.broken(text, LINE, self._room))]

    def _in_colours(self):
        """(name, lowest, highest) of the boards without digits."""
        named = {"source": self.plan.source, "result": self.plan.result}
        if self.scene.known is not None:
            del named["result"]
        return [(part.name, part.values.min(), part.values.max()) for name, part in named.items()
                if not self.layout.blocks[name].digits]

    def _all(self):
        return {artist for ax in self.fig.axes for artist in ax.get_children()}

    def _new(self, before):
        return [artist for ax in self.fig.axes for artist in ax.get_children() if artist not in before]

