"""Where the boards of a scene's picture go, and how large their cells are: numbers only, nothing is drawn here.

All lengths are inches, counted from the figure's top left corner. Images: [x] ⊙ [w] -> [y] side by side, channels below
each other (gradients from right to left: [dx] <- [dy] ⊙ [w]). Signals: the same from top to bottom.
"""

import itertools
import math
from typing import NamedTuple

from ..kit import panels, style, texts

MARGIN = 0.14
TITLE, TITLE_POINTS = 0.3, 12.0      # the band above each panel that holds its name
PANEL_GAP, SIGN_GAP, ARROW_GAP = 0.14, 0.42, 0.78
LOW, TALL, TALLEST = 5.6, 7.2, 8.0   # heights of all boards: the best; for cells of up to MIDDLING; the most
MIDDLING = 0.36
SMALL_BOARD = 2.7                    # a board that can keep its digits at this width keeps them
MOST_PANELS = 144
MOST_PAIRED = 4                      # channels
SMALLEST = 0.005                     # smaller cells than half a pixel are none
STRIP = 0.34                         # height of a signal drawn in colours
WHOLE = "in colour"                  # what a picture is called beside its channels


class Block(NamedTuple):
    """One board in place: `cell` (width, height), whether its cells are large enough for `digits`, the left top
    `corners` of its panels, and the `sides` (left, right) of all with its titles; of a colour picture also the corner
    of the `whole`."""

    cell: tuple[float, float]
    digits: bool
    corners: list
    sides: tuple[float, float] = (0.0, 0.0)
    whole: tuple[float, float] | None = None

    def moved(self, by):
        """The same further to the right."""
        whole = self.whole and (self.whole[0] + by, self.whole[1])
        corners, sides = [(x + by, y) for x, y in self.corners], tuple(x + by for x in self.sides)
        return self._replace(corners=corners, sides=sides, whole=whole)


class Layout(NamedTuple):
    """The blocks by name ("source", "weights", "result"), the figure's width, and the bottom of all boards; `under`: do
    the weights of a signal move along below it?"""

    blocks: dict
    width: float
    bottom: float
    under: bool = False
    centred: bool = True

    def widened(self, width):
        """The same in the middle of a figure that is at least so wide; signals stay at the left, with their names."""
        more = max(0.0, width - self.width)
        if not more or self.centred:
            blocks = {name: block.moved(more / 2) for name, block in self.blocks.items()}
            return self._replace(blocks=blocks, width=self.width + more)
        return self._replace(width=width)


def layout(plan, need, label, text):
    """The `Layout` of a plan. For each of the three boards, `need` is the cell below which its digits are too small.

    `label` is the width of the names to the left of lines and signals, `text` that of the longest line. Raises
    ValueError for more panels than can be seen.
    """
    parts = {"source": plan.source, "weights": plan.weights(0), "result": plan.result}
    placed = _rows(plan, parts, need, label) if plan.axes == 1 else _beside(plan, parts, need)
    return placed.widened(min(style.WIDTH, text + label + 2 * MARGIN))


# --- images -----------------------------------------------------------------------------------------------------------

class _Grid(NamedTuple):
    """The panels of a part in rows and columns, and what they measure for a size of cells; a `whole` picture stands in
    a column before theirs."""

    panels: int
    columns: int
    size: tuple[int, int]
    title: float
    real: tuple[int, int]   # the size without padding
    whole: bool = False

    @property
    def rows(self):
        return math.ceil(self.panels / self.columns)

    def pitch(self, cell):
        """From one panel to the next: across, down."""
        return max(self.size[1] * cell, self.title) + PANEL_GAP, self.size[0] * cell + TITLE + PANEL_GAP

    def extent(self, cell):
        """Width and height of the whole block."""
        across, down = self.pitch(cell)
        return (self.columns + self.whole) * across - PANEL_GAP, self.rows * down - PANEL_GAP

    def cell(self, wide, high):
        """The largest cell with which the block is at most so wide and so high; may be below 0."""
        by_height = ((high + PANEL_GAP) / self.rows - PANEL_GAP - TITLE) / self.size[0]
        return min(by_height, ((wide + PANEL_GAP) / (self.columns + self.whole) - PANEL_GAP) / self.size[1])


def _beside(plan, parts, need):
    order = ("result", "source", "weights") if plan.backward else ("source", "weights", "result")
    room = style.WIDTH - 2 * MARGIN - SIGN_GAP - ARROW_GAP
    best = None
    if max(len(part.values) for part in parts.values()) > MOST_PANELS:
        raise _too_many(parts)
    for grids in _arrangements(plan, parts):
        cells = _digits(grids, need, room)
        digits = cells is not None
        cells = cells or _colours(grids, need, room)
        # The larger the cells the better, but a few channels stay below each other, each beside its weights; and of
        # more, and of results, those in few columns if that costs little.
        paired = grids["source"].columns == grids["weights"].columns == 1 and grids["source"].panels <= MOST_PAIRED
        many = 4 * grids["source"].columns + grids["result"].columns
        score = (digits, paired, min(cells.values()) - (0.012 if digits else 0.0002) * many)
        if min(cells.values()) > 0 and (best is None or score > best[0]):
            best = (score, grids, cells)
    if best is None or min(best[2].values()) < SMALLEST:
        raise _too_many(parts)
    return _placed(order, *best[1:], need)


def _too_many(parts):
    counts = ", ".join(f"{len(part.values)} of {part.name}" for part in parts.values())
    return ValueError(
        f"x, w: found too many panels to be seen in one figure ({counts}); draw a scene of some of the channels and "
        "filters, such as x[:3] with w[:2, :3]"
    )


def _arrangements(plan, parts):
    """All sensible ways of laying out the panels: a `_Grid` for each part."""
    aligned = len(parts["source"].values) == len(parts["weights"].values) and plan.record.by != "weight"

    def ways(name):
        part = parts[name]
        titles = [*part.titles, WHOLE] if part.whole else part.titles
        title = max(texts.width(t, TITLE_POINTS, "bold", "italic") for t in titles)
        count = len(part.values)
        if plan.record.by == "weight" and name == "result" and plan.channels <= 6:   # a row for each filter
            return [_Grid(count, plan.channels, part.size, title, part.values.shape[1:])]
        columns = range(1, count + 1) if count <= 8 else range(2, 13)
        useful = {math.ceil(count / math.ceil(count / c)) for c in columns}   # 3 columns of 8 panels, not 7 and 1
        return [_Grid(count, c, part.size, title, part.values.shape[1:], part.whole) for c in sorted(useful)]

    for source, weights, result in itertools.product(*map(ways, ("source", "weights", "result"))):
        if not aligned or source.columns == weights.columns:
            yield {"source": source, "weights": weights, "result": result}


def _common(grids, room, tallest, least=None):
    """The largest size of cells with which all blocks fit beside each other, 0 if there is none; no board gets cells
    smaller than its `least`."""
    least = least or dict.fromkeys(grids, 0.0)

    def fits(size):
        extents = [g.extent(max(size, least[name])) for name, g in grids.items()]
        return sum(wide for wide, _ in extents) <= room and max(high for _, high in extents) <= tallest

    low, high = 0.0, panels.LARGEST_CELL
    if fits(high):
        return high
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _digits(grids, need, room):
    """Cells for boards that all have digits, or None where there is no room for them."""
    size = max(_common(grids, room, LOW, need), min(MIDDLING, _common(grids, room, TALL, need)))
    size = size or _common(grids, room, TALLEST, need)
    return _alike(grids, {name: max(size, need[name]) for name in grids}, room) if size else None


def _alike(grids, cells, room):
    """The same, with cells of one size for x and y where both have as many of them, and there is room for it."""
    ends = [name for name in ("source", "result") if grids[name].real == grids["source"].real]
    size = max(cells[name] for name in ends)
    larger = cells | dict.fromkeys(ends, size)
    extents = [grids[name].extent(cell) for name, cell in larger.items()]
    fits = sum(wide for wide, _ in extents) <= room and max(high for _, high in extents) <= TALLEST
    return larger if fits else cells | dict.fromkeys(ends, min(cells[name] for name in ends))


def _colours(grids, need, room):
    """Cells where not all boards can have digits: small boards keep theirs, the others share what is left."""
    small = {}
    for name, grid in grids.items():
        for size in (max(need[name], 0.34), need[name]):
            wide, high = grid.extent(size)
            if name not in small and max(grid.size) <= 11 and wide <= SMALL_BOARD and high <= LOW:
                small[name] = size
    rest = {name: grid for name, grid in grids.items() if name not in small}
    if not rest:   # each by itself is small, together they are not
        rest, small = grids, {}
    left = room - sum(grids[name].extent(cell)[0] for name, cell in small.items())
    sizes = dict.fromkeys(rest, _common(rest, left, LOW))
    for name in rest:   # a single image beside many small ones may be larger than they
        others = sum(grids[n].extent(c)[0] for n, c in sizes.items() if n != name)
        sizes[name] = min(max(sizes[name], _common({name: rest[name]}, left - others, LOW)), 2 * sizes[name])
    ends = [name for name in ("source", "result") if name in rest and grids[name].real == grids["source"].real]
    sizes |= dict.fromkeys(ends, min((sizes[name] for name in ends), default=0))
    return small | sizes


def _placed(order, grids, cells, need):
    extents = {n: grids[n].extent(cells[n]) for n in order}
    high = max(h for _, h in extents.values())
    wide = sum(w for w, _ in extents.values()) + SIGN_GAP + ARROW_GAP
    blocks, left = {}, MARGIN
    alike = len({(grids[n].panels, grids[n].columns) for n in ("source", "weights")}) == 1
    for place, name in enumerate(order):
        grid, cell = grids[name], cells[name]
        across, down = grid.pitch(cell)
        panel_high = grid.size[0] * cell
        if alike and name != "result":   # x[c] and w[c] in one line
            down = max(grids[n].pitch(cells[n])[1] for n in ("source", "weights"))
            first = (high - grid.rows * down + PANEL_GAP) / 2 + (down - PANEL_GAP - TITLE - panel_high) / 2
        else:
            first = (high - extents[name][1]) / 2
        slack = (across - PANEL_GAP - grid.size[1] * cell) / 2
        begin, top = left + grid.whole * across + slack, MARGIN + first + TITLE
        corners = [(begin + column * across, top + row * down)
                   for row, column in (divmod(n, grid.columns) for n in range(grid.panels))]
        whole = (left + slack, top + (grid.rows - 1) / 2 * down) if grid.whole else None
        blocks[name] = Block((cell, cell), cell >= need[name] - 1e-9, corners, (left, left + extents[name][0]), whole)
        left += extents[name][0] + (SIGN_GAP if order[place:place + 2] == ("source", "weights") else ARROW_GAP)
    return Layout(blocks, wide + 2 * MARGIN, MARGIN + high + MARGIN)


# --- signals ----------------------------------------------------------------------------------------------------------

def _rows(plan, parts, need, label):
    room = style.WIDTH - 2 * MARGIN - label
    long = max(parts["source"].size[1], parts["result"].size[1], parts["weights"].size[1])
    lines = sum(len(p.values) for p in parts.values())
    high = (TALLEST - 0.5) / lines - 0.32   # of a row of cells, without its numbers and the gap to the next
    size = min(panels.LARGEST_CELL, room / long, high)
    sizes = {}
    for name, part in parts.items():
        own = min(0.4, room / part.size[1], high)
        fits = next((c for c in (size, own) if c >= need[name]), None)
        strip = (room / long, min(STRIP, max(high, 0.05)))
        sizes[name] = ((fits, fits), True) if fits else (strip, False)
    under = plan.padded and sizes["source"][0] == sizes["weights"][0] and sizes["source"][1] and sizes["weights"][1]

    blocks = {name: Block(*sizes[name], []) for name in parts}
    # The weights of a channel belong right below it.
    most = max(len(parts["source"].values), len(parts["weights"].values))
    sources = [(name, n) for n in range(most) for name in ("source", "weights") if n < len(parts[name].values)]
    results = [("result", n) for n in range(len(parts["result"].values))]
    groups, top = ([results, sources] if plan.backward else [sources, results]), MARGIN
    for n, group in enumerate(groups):
        for name, _ in group:
            cell, digits, corners, *_ = blocks[name]
            top += (panels.INDEX if digits and name != "weights" else 0.06)
            corners.append((MARGIN + label, top))
            top += cell[1] + (0.06 if name == "source" else 0.12)
        top += 0.5 if n == 0 else 0
    widest = max(p.size[1] * sizes[n][0][0] for n, p in parts.items())
    return Layout(blocks, MARGIN * 2 + label + widest, top + MARGIN, under, centred=False)
