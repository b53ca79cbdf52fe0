"""What one step of a scene adds to its picture: its weights, the window, the cell that it fills, who meets whom."""

import numpy as np

from ..kit import cells, panels, style
from ..kit.panels import COLOURS, INDEX


def draw(picture, step, phase=None):
    """Draw on a `figure.Picture` how a step comes about; for `phase` see there."""
    at = picture.plan.at(step)
    if phase == "slide":
        before = picture.plan.at(step - 1)
        middle = [(p, r, (c + d) / 2) for (p, r, c), (_, _, d) in zip(at.source, before.source, strict=True)]
        _weights(picture, step, at._replace(source=middle))
        return _window(picture, at._replace(source=middle))
    _weights(picture, step, at, products=phase == "products")
    _window(picture, at)
    winner = picture.scene.frame(step).winner
    if winner is not None and not phase and not picture.scene.asks(step):
        _winner(picture, at.source[winner], at.weights[winner])
    if picture.plan.record.by == "input":
        _partners(picture, at)
    panel, row, column = at.result
    for each in picture.seen("result", panel):
        each.outline(row, column, 1, 1, COLOURS[picture.plan.result.role], 3.2)
    if picture.scene.asks(step) and picture.layout.blocks["result"].digits:
        cells.note(picture.panels["result"][panel].ax, column + 0.5, row + 0.51, "?", 0.42, style.TEXT, weight="bold")
    if picture.plan.axes == 1 and at.source:
        _way(picture, at)


def slides(picture, step):
    """Does the window come to this step from the one before it, in the same row?"""
    if picture.plan.record.by != "output" or step == 0:
        return False
    (*lane, column), (*before, left) = picture.plan.at(step).result, picture.plan.at(step - 1).result
    return lane == before and left < column


def _weights(picture, step, at, products=False):
    """The filter in use, or its products; of a pooling the numbers in its window, with the padding among them."""
    part, block, look = picture.plan.weights(step), picture.layout.blocks["weights"], picture.look["weights"]
    ghosts = set()
    if picture.plan.pooling:
        terms = picture.scene.frame(step).terms
        ghosts = {place for place, term in zip(at.weights, terms, strict=True) if term.x_index is None}
    channel = at.result[0] if picture.plan.pooling else 0   # which of a picture the window shows
    values = {}
    if products and picture.look["products"] and block.digits and (
            picture.look["products"].needed_cell <= min(block.cell) and picture.plan.record.by == "output"):
        terms = picture.scene.frame(step).terms
        values = {weight: term.product for weight, term in zip(at.weights, terms, strict=True)}
        look = picture.look["products"]
    for n, panel in enumerate(picture.panels["weights"]):
        picture.title(panel, "x ⊙ w" if values else part.titles[n], part.role)
        if not block.digits:
            known = np.where(np.isfinite(part.values[n]), part.values[n], 0)
            panel.colours(known, part.pad, part.role, look.scale.lane(channel))
            continue
        places = {(row, column): (row, column) for row, column in np.ndindex(*part.size)}
        if picture.layout.under:   # each weight below the cell that it meets
            places = {w[1:]: (0, s[2]) for s, w in zip(at.source, at.weights, strict=True) if w[0] == n}
        role = "product" if values else part.role
        cells_of = [(place, (n, *weight), part.values[n][weight]) for weight, place in places.items()]
        panel.numbers([(*place, values.get(weight, value), "padding" if weight in ghosts else role)
                       for place, weight, value in cells_of], look, channel)


def _window(picture, at):
    """The cells that are read, in the colour of what they are multiplied with."""
    plan = picture.plan
    colour = style.KERNEL if plan.pooling else COLOURS[plan.roles[1]]
    for n, panel in enumerate(picture.panels["source"]):
        panel.window([place[1:] for place in at.source if place[0] == n], colour)
    if "source" in picture.wholes:
        picture.wholes["source"].window(list({place[1:] for place in at.source}), colour)
    if plan.record.by == "weight" and len(picture.panels["weights"]) > 1:   # one of several maps takes part
        panel = picture.panels["weights"][at.weights[0][0]]
        panel.outline(0, 0, *panel.size, colour)


def _winner(picture, source, weight):
    """The largest number, in x and in the window."""
    under = picture.layout.under
    for name, (panel, *place) in (("source", source), ("weights", (0, 0, source[2]) if under else weight)):
        for each in picture.seen(name, panel):
            each.outline(*place, 1, 1, style.OUTPUT, 2.6, grow=-0.1)
        if picture.layout.blocks[name].digits:
            picture.panels[name][panel].star(*place)


def _partners(picture, at):
    """Cells that are multiplied with each other carry the same letter; weights without a partner step back."""
    blocks = [picture.layout.blocks[name] for name in ("source", "weights")]
    if not all(block.digits for block in blocks):
        return
    for n, panel in enumerate(picture.panels["weights"]):
        for place in set(np.ndindex(*panel.size)) - {weight[1:] for weight in at.weights if weight[0] == n}:
            panel.dim(*place)
    seen = {}
    for source, weight in zip(at.source, at.weights, strict=True):
        n = seen[source[0]] = seen.get(source[0], -1) + 1
        if n < len(panels.LETTERS) and min(block.cell[0] for block in blocks) >= panels.SMALLEST_LETTERED:
            picture.panels["source"][source[0]].letter(*source[1:], panels.LETTERS[n])
            picture.panels["weights"][weight[0]].letter(*weight[1:], panels.LETTERS[n])


def _way(picture, at):
    """An arrow from the window of a signal to the cell that it fills."""
    columns = [place[2] for place in at.source]
    middle = (min(columns) + max(columns) + 1) / 2
    first, to = picture.panels["source"][0], picture.panels["result"][at.result[0]]
    start = first.corner_at[0] + middle * first.cell[0]
    end = to.corner_at[0] + (at.result[2] + 0.5) * to.cell[0]
    _, top, _, bottom = panels.box(picture.panels["source"] + picture.panels["weights"])
    _, result_top, _, result_bottom = panels.box(picture.panels["result"])
    if picture.plan.backward:   # the results stand above
        rows = top - INDEX - 0.02, result_bottom + 0.05
    else:
        rows = bottom + 0.05, result_top - (INDEX if picture.layout.blocks["result"].digits else 0.06)
    cells.arrow(picture.sheet, (start, rows[0]), (end, rows[1]), COLOURS[picture.plan.result.role])
