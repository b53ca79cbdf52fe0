"""Ready scenes for slides and course pages: each kind of step once, on numbers that can be checked by hand."""

import html

import numpy as np

from .. import _writing, viz
from ..viz.kit.page import page, save_html

MAP = [[1, 3, 2, 0], [4, 4, 1, 1], [0, 8, 5, 2], [4, 0, 3, 6]]
EDGE = [[1, 1, 1, 1, 5], [1, 1, 1, 5, 5], [1, 1, 5, 5, 5], [1, 5, 5, 5, 5], [5, 5, 5, 5, 5]]
RIGHT_MINUS_LEFT = [[-1, 0, 1]] * 3
GRADIENT = {"x": [[1, 2, 0], [0, 1, 3], [2, 1, 0]], "w": [[1, 2], [3, 4]], "dy": [[1, 0], [-1, 2]]}
TITLE = "Sliding windows, ready to show"


def scenes():
    """{name of its files: (heading, scene)} of all of them.

    >>> scenes()["signal"][1].output
    array([ 1., -1.,  1.,  0.])
    """
    digits, colours = np.arange(49).reshape(7, 7) % 10, np.random.default_rng(3).integers(0, 5, size=(2, 5, 5))
    filters = [[[[1, 0], [0, 1]], [[0, 1], [1, 0]]], [[[1, 1], [-1, -1]], [[-1, 1], [-1, 1]]]]
    return {
        "signal": ("A signal and a filter of two", viz.slide([0, 1, 0, 1, 1], [-1, 1])),
        "image": ("An image, with zeros around it", viz.slide(EDGE, RIGHT_MINUS_LEFT, padding=1)),
        "stride": ("A stride that does not fit", viz.slide(digits, np.eye(3), stride=3)),
        "dilation": ("Gaps between the weights", viz.slide(digits, RIGHT_MINUS_LEFT, dilation=2)),
        "channels": ("Two channels, two filters, a bias for each", viz.slide(colours, filters, b=[-8, 1])),
        "max_pooling": ("Max pooling", viz.pool(MAP, 2)),
        "average_pooling": ("Average pooling", viz.pool(MAP, 2, mode="avg")),
        "transposed": ("A transposed convolution",
                       viz.transpose([[1, 2], [3, 4]], [[1, 0, 1], [0, 2, 0], [1, 0, 1]], stride=2)),
        "gradient_of_input": ("How much does each input matter?", viz.slide(**GRADIENT, direction="dx")),
        "gradient_of_weights": ("How much does each weight matter?", viz.slide(**GRADIENT, direction="dw")),
    }


def fill(folder):
    """Write index.html with all scenes, and each one alone as a page and as a picture."""
    ready = scenes()
    for name, (heading, scene) in ready.items():
        save_html(scene, folder / f"{name}.html", heading)
        scene.save(folder / f"{name}.svg")
    whole = page(list(ready.values()), TITLE)
    links = [f'<li>{html.escape(heading)}: <a href="{name}.html">page</a>, <a href="{name}.svg">picture</a></li>'
             for name, (heading, _) in ready.items()]
    before, code, after = whole.rpartition('<script type="text/plain" id="code"')
    text = "\n".join([before, "<h2>Each one alone</h2>", "<ul>", *links, "</ul>", code + after])
    _writing.write(folder / "index.html", lambda file: file.write(text.encode()))
