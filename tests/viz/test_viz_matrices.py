"""Pictures of small matrices: each weight in its place, in its colour, and counted; nothing cut off or covered."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

import cnnlib as cnn
from cnnlib.viz.figures.matrices import counts
from cnnlib.viz.kit import style

LONGEST_NUMBER = -12


def fills(fig):
    """The colours of all cells, row by row."""
    cells = sorted(fig.axes[0].patches, key=lambda cell: (round(cell.get_y()), cell.get_x()))
    return [to_hex(cell.get_facecolor()) for cell in cells]


def test_each_weight_stands_in_its_place():
    """Rows are outputs, columns inputs: the numbers of the matrix itself, with its colours, and dots for zeros."""
    matrix = cnn.as_matrix([4, 9, -7], 6)
    ax = cnn.viz.matrices({"a filter": matrix}).axes[0]
    corner = min((p.get_x(), p.get_y()) for p in ax.patches)
    found = np.zeros_like(matrix)
    for p in ax.patches:
        column, row = round(p.get_x() - corner[0]), round(p.get_y() - corner[1])
        (number,) = [t.get_text() for t in ax.texts if p.get_x() < t.get_position()[0] < p.get_x() + 1
                     and p.get_y() < t.get_position()[1] < p.get_y() + 1]
        found[row, column] = float(number.replace("−", "-"))
        assert to_hex(p.get_facecolor()) == style.fill(matrix[row, column], 9)
    assert np.array_equal(found, matrix)
    assert [t.get_text() for t in ax.texts].count("·") == (matrix == 0).sum()


def test_sharing_and_sparsity_are_counted_apart():
    """Few weights and few numbers are two things: each can be had without the other."""
    own = np.where(cnn.as_matrix([1, 1, 1], 6) != 0, np.arange(1, 25).reshape(4, 6), 0)
    long_filter = cnn.as_matrix(np.arange(1, 10), 6, padding=3)
    assert counts(own) == (12, 12) and counts(long_filter) == (24, 9) and counts(cnn.as_matrix([1, 2, 3], 6)) == (12, 3)
    words = [t.get_text() for t in cnn.viz.matrices({"own": own, "long": long_filter}).axes[0].texts]
    assert {"12 weights", "12 different numbers", "24 weights", "9 different numbers"} <= set(words)
    assert "1 different number" in [t.get_text() for t in cnn.viz.matrices({"one": np.eye(2)}).axes[0].texts]


def test_one_scale_for_all():
    """The same number has the same colour in every matrix, so that they can be compared."""
    assert fills(cnn.viz.matrices({"a": [[1]]})) == [style.fill(1, 1)]
    assert fills(cnn.viz.matrices({"a": [[1]], "b": [[-4]]})) == [style.fill(1, 4), style.fill(-4, 4)]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_nothing_is_cut_off_or_covered(columns):
    """Titles, numbers of rows and columns, and counts lie inside the picture and apart, whatever the sizes."""
    named = {"a title of some length": np.full((2, 5), LONGEST_NUMBER), "b": cnn.as_matrix([1, 2, -1], 7),
             "c": cnn.as_matrix([1, 2, -1], 5, padding=1)}
    fig = cnn.viz.matrices(named, columns=columns)
    renderer = FigureCanvasAgg(fig).get_renderer()
    boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in fig.axes[0].texts if t.get_text() != "·"]
    for n, (text, box) in enumerate(boxes):
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= fig.bbox.width and box.y1 <= fig.bbox.height, text
        for other, second in boxes[n + 1:]:
            assert not (box.x0 < second.x1 and second.x0 < box.x1 and box.y0 + 2 < second.y1
                        and second.y0 + 2 < box.y1), (text, other)


@pytest.mark.parametrize(("named", "words"), [
    ([[1, 2]], "named: found list"), ({}, "named: found dict"), ({"a": [1, 2]}, r"named\['a'\] must have the axes"),
    ({"a": np.ones((2, 40))}, "could not be read"), ({"a": [[1, np.nan]]}, r"named\['a'\]"),
])
def test_refused(named, words):
    """What is no dictionary of matrices, or would not be readable."""
    with pytest.raises(ValueError, match=words):
        cnn.viz.matrices(named)
