"""What a figure of a scene shows, read back from its artists; and scenes of all kinds to be drawn."""

import itertools

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

import cnnlib as cnn
from cnnlib.viz.kit import style
from cnnlib.viz.kit.lettering import Lettering
from cnnlib.viz.slide import figure

RNG = np.random.default_rng(7)


def whole(*shape):
    return RNG.integers(-4, 10, shape)


def small(*shape):
    return RNG.integers(-2, 3, shape)


SCENES = {
    "signal": cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]),
    "signal, padded": cnn.viz.slide(whole(8), small(3), padding=1, stride=2),
    "signal, channels": cnn.viz.slide(whole(2, 7), small(3, 2, 3), [1, -2, 0], padding=1),
    "signal, long": cnn.viz.slide(whole(400), small(5), padding=2),
    "signal, stride over cells": cnn.viz.slide(whole(9), small(2), stride=4),
    "image": cnn.viz.slide(whole(5, 5), small(3, 3)),
    "image, padded": cnn.viz.slide(whole(7, 7), small(3, 3), 2, stride=2, padding=1),
    "image, does not fit": cnn.viz.slide(whole(7, 7), small(3, 3), stride=3),
    "image, dilated": cnn.viz.slide(whole(7, 7), small(3, 3), -1, dilation=2, padding=2),
    "image, unequal": cnn.viz.slide(whole(3, 12), small(2, 3), padding=(1, 0), stride=(1, 4)),
    "channels": cnn.viz.slide(whole(3, 5, 5), small(2, 3, 3, 3), [1, 0], padding=1, stride=2),
    "many channels": cnn.viz.slide(whole(16, 4, 4), small(12, 16, 1, 1)),
    "decimals": cnn.viz.slide(RNG.normal(size=(6, 6)), RNG.normal(size=(3, 3))),
    "large numbers": cnn.viz.slide(whole(6, 6) * 12345.0, small(3, 3) * 10),
    "tiny numbers": cnn.viz.slide(RNG.normal(size=(4, 4)) * 1e-7, small(2, 2)),
    "zeros": cnn.viz.slide(np.zeros((4, 4)), np.zeros((2, 2))),
    "one cell": cnn.viz.slide([[3]], [[-2]]),
    "28x28": cnn.viz.slide(RNG.random((28, 28)).round(1), small(5, 5), padding=2),
    "64x64": cnn.viz.slide(whole(3, 64, 64), small(8, 3, 3, 3), np.arange(8)),
    "max": cnn.viz.pool(whole(6, 6), 2),
    "max, padded": cnn.viz.pool(whole(5, 5) - 6, 3, 2, padding=1),
    "max, signal": cnn.viz.pool([0, 0, 1, 1, 0, 0, 1, 1], 2),
    "max, large": cnn.viz.pool(whole(3, 32, 32), 2),
    "avg": cnn.viz.pool(whole(2, 5, 5), 3, 2, padding=1, mode="avg"),
    "avg, global": cnn.viz.pool(whole(28, 28), 28, mode="avg"),
    "transpose": cnn.viz.transpose(whole(3, 3), small(3, 3), stride=2, padding=1, output_padding=1),
    "transpose, signal": cnn.viz.transpose([1, 2, 3], [1, 10, 100], stride=2),
    "transpose, channels": cnn.viz.transpose(whole(2, 3, 3), small(2, 3, 3, 3), [0, 1, 2], stride=2),
    "dx": cnn.viz.slide(whole(5, 5), small(3, 3), direction="dx", dy=small(3, 3)),
    "dx, never read": cnn.viz.slide(whole(7, 7), small(3, 3), stride=3, direction="dx", dy=small(2, 2)),
    "dx, channels": cnn.viz.slide(whole(3, 6, 6), small(2, 3, 3, 3), direction="dx", dy=small(2, 4, 4)),
    "dx, signal": cnn.viz.slide(whole(5), small(3), stride=2, direction="dx", dy=[1, -2]),
    "dw": cnn.viz.slide(whole(5, 5), small(3, 3), padding=1, stride=2, direction="dw", dy=small(3, 3)),
    "dw, channels": cnn.viz.slide(whole(2, 5, 5), small(2, 2, 3, 3), direction="dw", dy=small(2, 3, 3)),
    "dw, signal": cnn.viz.slide(whole(6), small(3), padding=1, stride=2, direction="dw"),
}


def picture(scene, step=None):
    """The drawn `Picture` of a step, and a renderer that has drawn it."""
    step = scene.steps - 1 if step is None else step
    made = figure.Picture(scene)
    made.fill(step)
    made.mark(step)
    with style.context():
        canvas = FigureCanvasAgg(made.fig)
        canvas.draw()
    return made, canvas.get_renderer()


def pixels(fig, dpi=100):
    """A figure as RGB numbers."""
    with style.context():
        fig.set_dpi(dpi)
        canvas = FigureCanvasAgg(fig)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba())[..., :3].astype(int)


def written(ax):
    """Every line that the axes' letterings write."""
    return [line for artist in ax.get_children() if isinstance(artist, Lettering) for line in artist.lines]


def lines(fig):
    """The lines below the boards: what stands in each, label first, from top to bottom."""
    sheet = fig.axes[0]
    found = {round(line.y, 3): ["", "".join(text for text, _, _ in line.pieces)] for line in written(sheet)}
    for artist in sheet.texts:
        row = round(artist.get_position()[1], 3)
        if artist.get_ha() == "right" and (row in found or artist.get_text() == "…"):   # "…" stands for lines left out
            found.setdefault(row, ["", ""])[0] = artist.get_text()
    return [tuple(found[row]) for row in sorted(found)]


def unwrapped(fig):
    """The same with every line that was broken in one piece."""
    found = []
    for label, text in lines(fig):
        if label or not found:
            found.append((label, text))
        else:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
    return found


def words(fig):
    """All that is written below the boards."""
    return "\n".join(f"{label}: {text}" for label, text in lines(fig))


def digits(panel):
    """The numbers in the cells of a panel: {(row, column): (text, colour)}."""
    return {(round(line.y - 0.51), round(line.x - 0.5)): line.pieces[0][:2] for line in written(panel.ax)
            if line.centred and line.y > 0}


def corners(panel):
    """The small marks in the corners of cells: {(row, column): text}."""
    return {(int(t.get_position()[1]), int(t.get_position()[0])): t.get_text() for t in panel.ax.texts
            if t.get_ha() == "left"}


def frames(panel, colour, thinnest=2.0):
    """The rectangles that mark cells in a colour: (row, column, rows, columns), rounded outwards to whole cells."""
    found = []
    for patch in panel.ax.patches:
        marks = isinstance(patch, Rectangle) and patch.get_zorder() == 4 and patch.get_linestyle() in ("-", "solid")
        if marks and to_hex(patch.get_edgecolor()).lower() == colour.lower() and patch.get_linewidth() >= thinnest:
            x, y, w, h = patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height()
            found.append((round(y), round(x), round(h + 2 * (y - round(y))), round(w + 2 * (x - round(x)))))
    return found


def cells(panel):
    """All outlines of cells in a panel, in the order in which they are drawn: (box, face, edge, dashes)."""
    for drawn in panel.ax.collections:
        if isinstance(drawn, PolyCollection):
            parts = drawn.get_facecolor(), drawn.get_edgecolor(), drawn.get_linewidth(), drawn.get_linestyle()
            for n, path in enumerate(drawn.get_paths()):
                face, edge, width, (_, dashes) = (part[n % len(part)] for part in parts)
                yield path.get_extents(), face, to_hex(edge).lower(), None if dashes is None else [
                    round(dash / width, 2) for dash in dashes]


def outlined(panel, colour, dashes):
    """How many cells of a panel are drawn with an outline of this colour and these dashes."""
    pattern = {"--": "lines.dashed_pattern", ":": "lines.dotted_pattern"}[dashes]
    return sum(edge == colour.lower() and drawn == matplotlib.rcParams[pattern] for _, _, edge, drawn in cells(panel))


def texts(fig, renderer):
    """(text, bounding box, size in points) of every piece of text in a figure, as it was drawn."""
    found = []
    for ax in fig.axes:
        for artist in ax.get_children():
            if isinstance(artist, Lettering):
                found += [(piece.text, piece.box, piece.points) for *_, pieces in artist.placed()
                          for piece in pieces if piece.text.strip()]
            elif isinstance(artist, Text) and not isinstance(artist, Annotation) and artist.get_text():
                found.append((artist.get_text(), artist.get_window_extent(renderer), artist.get_fontsize()))
    return found


def overlaps(found, least=1.0):
    """Pairs of texts that cover each other by more than `least` pixels both ways."""
    bad = []
    for (a, one, _), (b, two, _) in itertools.combinations(found, 2):
        wide = min(one.x1, two.x1) - max(one.x0, two.x0)
        high = min(one.y1, two.y1) - max(one.y0, two.y0)
        if wide > least and high > least:
            bad.append((a, b))
    return bad
