"""A scene as a matplotlib figure: the boards with the cells of one step marked, and below them what is computed.

`Picture` draws what stays the same once, and what belongs to a step again for each step; `figure` uses it for one step,
the exports for many.
"""

import numpy as np

from ..kit import cells, colours, panels, style, texts
from ..kit.drawing import Figure
from ..kit.scale import Scale
from ..kit.steps import step_of
from . import marks, words
from .layout import MARGIN, TITLE_POINTS, WHOLE, layout
from .lines import Sums
from .parts import Plan, scales_of

LINE, SMALL = 11.0, 10.0
LINE_HIGH, LABEL, MOST_FACTS = 0.28, 1.25, 7.4   # inches
BAR = 1.1                                # and the room of the bar that shows a scale


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
    picture.fig.alt = words.alt(scene, step)
    return picture.fig


class Picture:
    """The figure of a scene: `fill(step)` writes the results up to a step, `mark(step)` shows how it comes about."""

    def __init__(self, scene):
        """Lay out the boards and draw all that is the same for every step."""
        self.scene, self.plan = scene, Plan(scene)
        self.look, self.sums = self._looks(), Sums(self.plan)
        self._label = self._label_width()
        need = {name: self.look[name].needed_cell for name in ("source", "weights", "result")}
        self.layout = layout(self.plan, need, self._label, self._longest())
        self._room = self.layout.width - 2 * MARGIN - self._label
        self.sums.fit(self._room)
        self._text = self._lines()
        with style.context():
            high = self.layout.bottom + 0.12 + LINE_HIGH * (self.sums.count + len(self._text)) + MARGIN
            self.fig = Figure(figsize=(self.layout.width, high))
            self.sheet = cells.sheet_in(self.fig, (0, 0), self.layout.width, high, 1.0)   # one cell is one inch
            self._moving, self._filled = [], 0
            self._still()

    def _looks(self):
        """Colours and decimals of each board."""
        source, result, scales = self.plan.source.values, self.plan.result.values, scales_of(self.scene)
        weights, middle = (source, "product") if self.plan.pooling else (self.scene.weights.values, self.plan.roles[1])
        ghost = ["−∞"] if self.plan.record.action == "max" and self.plan.padded_cells else []
        lettered = self.plan.record.by == "input"
        return {"source": panels.look(source, self.plan.roles[0], None, ghost, lettered, scales["source"]),
                "weights": panels.look(weights, middle, None, ghost, lettered, scales["weights"]),
                "result": panels.look(result, self.plan.roles[2], scale=scales["result"]),
                "products": self._look_of_products(scales)}

    def _look_of_products(self, scales):
        """Of the products, which in a film stand for a moment in place of the weights."""
        if self.plan.pooling:
            return None
        limit = scales["source"].limit * scales["weights"].limit
        few = self.scene.numbers.products[:: len(self.scene.numbers.products) // 4000 + 1]
        return panels.look(few, "product", scale=Scale("signed", limit, -limit, limit, 1))

    def _label_width(self):
        """Room for the names of lines, and of signals."""
        steps = self.scene.steps
        names = [texts.width(f"step {steps} of {steps}", SMALL)]
        if self.plan.axes == 1:
            parts = (self.plan.source, self.plan.result, self.plan.weights(steps - 1))
            names += [texts.width(t, TITLE_POINTS, "bold", "italic") for part in parts for t in part.titles]
        return max(LABEL, max(names) + 0.2)

    def _longest(self):
        """The width of the longest of some sums, and enough for the other lines."""
        facts = [texts.width(text, LINE) for _, text in words.facts(self.plan)]
        return max(self.sums.longest, min(MOST_FACTS, max(facts, default=0) + 0.1))

    # --- what stays ---------------------------------------------------------------------------------------------------

    def _still(self):
        plan, blocks = self.plan, self.layout.blocks
        self.panels = {name: self._panels(name, part) for name, part in
                       (("source", plan.source), ("weights", plan.weights(0)), ("result", plan.result))}
        self.wholes = {name: panels.Panel(self.fig, block.whole, getattr(plan, name).size, block.cell)
                       for name, block in blocks.items() if block.whole}
        rows, columns = plan.unread() if self.scene.sized else ((), ())
        for n, panel in enumerate(self.panels["source"]):
            self.title(panel, plan.source.titles[n], plan.source.role)
            self._source(panel, plan.source, n, set(rows), set(columns))
        for name, panel in self.wholes.items():
            part = {"source": plan.source, "result": plan.result}[name]
            self.title(panel, WHOLE, part.role)
            known = part.values if name == "source" else np.full(part.values.shape, np.nan)
            panel.colours(known, part.pad, part.role, self.look[name].scale)
            if name == "source":
                self._strips(panel, rows, columns)
        for n, panel in enumerate(self.panels["result"]):
            self.title(panel, plan.result.titles[n], plan.result.role)
            if blocks["result"].digits:
                if self.scene.sized:   # otherwise their number is asked for, too
                    panel.waiting()
            else:
                panel.colours(np.full(plan.result.size, np.nan), plan.result.pad, plan.result.role,
                              self.look["result"].scale.lane(n))
            if self.scene.sized:
                self._indices(panel, plan.result)
        self._signs()
        top = self._text_top() + LINE_HIGH * self.sums.count
        for n, (label, text, scale) in enumerate(self._text):
            if scale:
                colours.bar(self.sheet, MARGIN + self._label, top + LINE_HIGH * n, *scale)
            self._write(top + LINE_HIGH * n, label, [(text, style.TEXT, "normal")], LINE, BAR if scale else 0.0)

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
            panel.colours(part.values[n], part.pad, part.role, self.look["source"].scale.lane(n))
            return self._strips(panel, rows, columns)
        ghost = -np.inf if self.plan.record.action == "max" else 0.0
        places = []
        for row, column in np.ndindex(high, wide):
            r, c = row - top, column - left
            inside = 0 <= r < part.values.shape[1] and 0 <= c < part.values.shape[2]
            role = "unread" if row in rows or column in columns else part.role if inside else "padding"
            places.append((row, column, part.values[n, r, c] if inside else ghost, role))
        panel.numbers(places, self.look["source"], n)
        self._indices(panel, part)

    def _strips(self, panel, rows, columns):
        """Rows and columns that are never read."""
        high, wide = panel.size
        for row in rows:
            panel.strip(row, 0, 1, wide)
        for column in columns:
            panel.strip(0, column, high, 1)

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
        told = [n <= step and self._told(n) for n in range(part.values.size)]
        known = np.where(told, part.values.ravel(), np.nan).reshape(part.values.shape)
        before = self._all()
        with style.context():
            if digits:
                starts, new = self.scene.numbers.starts, [[] for _ in self.panels["result"]]
                for n in filter(self._told, range(self._filled, step + 1)):
                    panel, row, column = np.unravel_index(n, part.values.shape)
                    role = "unread" if self.plan.backward and starts[n] == starts[n + 1] else part.role
                    new[panel].append((row, column, part.values[panel, row, column], role))
                for n, (panel, places) in enumerate(zip(self.panels["result"], new, strict=True)):
                    panel.numbers(places, self.look["result"], n)
            else:
                for panel, values in zip(self.panels["result"], known, strict=True):
                    panel.show(values)
            if "result" in self.wholes:
                self.wholes["result"].show(known)
        self._filled = max(self._filled, step + 1)
        return self._new(before)

    def _told(self, step):
        return not self.scene.asks(step)

    @property
    def changing(self):
        """The artists of results in colours, which change where they are."""
        return [artist for panel in self.seen("result") for artist in panel.surface]

    def seen(self, name, n=None):
        """The panels on which the cells of panel n (of all) of a block are seen: a whole picture is among them."""
        own = self.panels[name] if n is None else [self.panels[name][n]]
        return [*own, self.wholes[name]] if name in self.wholes else own

    def phases(self, step):
        """What leads to a step in a film: pairs (phase, share of its time)."""
        return (("slide", 0.2), ("products", 0.4)) if marks.slides(self, step) else (("products", 0.5),)

    def mark(self, step, phase=None):
        """Show how this step comes about; what belonged to another step goes. Returns the artists drawn.

        `phase` None is its end; "slide": the window is on its way, "products": they are not yet added up.
        """
        for artist in self._moving:
            artist.remove()
        before = self._all()
        with style.context():
            marks.draw(self, step, phase)
            self._sum(step, phase)
        self._moving = self._new(before)
        return self._moving

    # --- text below ---------------------------------------------------------------------------------------------------

    def _text_top(self):
        return self.layout.bottom + 0.12 + 0.2

    def _sum(self, step, phase):
        """The sum of a step at the bottom of its room, because other steps may need more of it."""
        rows = self.sums.rows(step)
        top = self._text_top() + LINE_HIGH * (self.sums.count - len(rows))
        if phase == "products" and self.scene.frame(step).terms:
            rows = self.sums.unfinished(step)
        for n, (label, pieces, points) in enumerate(rows if phase != "slide" else ()):
            self._write(top + LINE_HIGH * n, label, pieces, points)

    def _write(self, row, label, pieces, points, indent=0.0):
        cells.note(self.sheet, MARGIN + self._label - 0.15, row, label, SMALL / 72, ha="right")
        texts.write(self.sheet, MARGIN + self._label + indent, row, pieces, points)

    def _lines(self):
        """What is said about the whole scene, in lines: (label, text, what the bar before it shows or None)."""
        facts = [(label if n == 0 else "", part, None) for label, text in words.facts(self.plan)
                 for n, part in enumerate(texts.broken(text, LINE, self._room))]
        bars = [(part, scale if n == 0 else None) for scale, text in self._legends()
                for n, part in enumerate(texts.broken(text, LINE, self._room - BAR))]
        return facts + [("colours" if n == 0 else "", *bar) for n, bar in enumerate(bars)]

    def _legends(self):
        """((scale, is it deep), what it means) of the boards whose colours are not explained by digits."""
        plan = self.plan
        names = {"source": plan.source.name, "weights": plan.weights(0).name, "result": plan.result.name}
        if plan.pooling:   # all of them have the same
            names = {"source": f"{plan.source.name}, {plan.result.name}"}
        if any(map(self.scene.asks, range(self.scene.steps))):   # its largest would be told
            names.pop("result", None)
        needed = [name for name in names if self.look[name].scale.beyond or not self.layout.blocks[name].digits]
        return [((self.look[name].scale, not self.layout.blocks[name].digits), self.look[name].scale.told(names[name]))
                for name in needed]

    def _all(self):
        return {artist for ax in self.fig.axes for artist in ax.get_children()}

    def _new(self, before):
        return [artist for ax in self.fig.axes for artist in ax.get_children() if artist not in before]
