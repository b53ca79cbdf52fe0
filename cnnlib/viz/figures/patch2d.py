"""One place of a kernel on a photograph: the photo, what the filter makes of it, and the arithmetic of one pixel."""

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from ... import shapes
from ...ops import check, correlate2d
from ..kit import alt, cells, style
from ..kit.arrays import values as drawable
from ..kit.drawing import Figure
from ..kit.numbers import number
from ..kit.photos import PHOTO

_CELL = 0.5   # inches


def patch2d(image, kernel, row, column):
    """Draw a grey image (H, W), its response to a kernel (Fh, Fw), and how one number of the response comes about.

    `row` and `column` are the place in the response: the window's top left corner in the image. Below the two pictures
    stand the window's pixels, the kernel, and the sum, one line for each row of the kernel. No padding, stride 1.
    Returns a matplotlib Figure. Raises ValueError for a place outside the response, and as `correlate2d` does.

    >>> import numpy as np
    >>> fig = patch2d(np.eye(8), [[-1, 1], [-1, 1]], 2, 3)
    >>> type(fig).__name__
    'Figure'
    """
    image = drawable(check.floats(image, "image", "H, W"), "image")
    kernel = drawable(check.floats(kernel, "kernel", "Fh, Fw"), "kernel")
    response = correlate2d(image, kernel)
    row, column = shapes.integer(row, "row", 0), shapes.integer(column, "column", 0)
    if row >= response.shape[0] or column >= response.shape[1]:
        raise ValueError(f"row, column: found ({row}, {column}), expected a place in the response {response.shape}.")
    window = image[row:row + len(kernel), column:column + kernel.shape[1]]
    below = (len(kernel) + 2.1) * _CELL
    photo = 4.25 * image.shape[0] / image.shape[1]
    with style.context():
        fig = Figure(figsize=(style.WIDTH, photo + 0.45 + below))
        _picture(fig, 0.0, below, photo, image, "image", (row, column), kernel.shape)
        _picture(fig, 4.5, below, photo, response, "response", (row, column), (1, 1))
        ax = cells.sheet_in(fig, (0, 0), style.WIDTH / _CELL, below / _CELL, _CELL)
        _arithmetic(ax, window, kernel, response[row, column], _white(image))
    return alt.say(
        fig, f"A grey picture, {' × '.join(map(str, image.shape))}, and its response, {alt.span(response)}, blue below "
        f"zero, red above. In the frame, row {row}, column {column}, it is {number(response[row, column])}:",
        f"pixels {alt.rows(window)} times weights {alt.rows(kernel)}, added up.")


def _white(image):
    """The value of white: pixels are counted to 255, or measured from 0 to 1."""
    return 255 if image.max() > 1 else 1


def _picture(fig, left, bottom, height, pixels, kind, place, size):
    """An image in greys, or a response in signed colours, with a frame around the place."""
    width, total = fig.get_size_inches()
    ax = fig.add_axes([left / width, bottom / total, 4.25 / width, height / total])
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color=style.QUIET, lw=0.8)
    if kind == "image":
        ax.imshow(pixels, cmap="gray", vmin=0, vmax=_white(pixels))
        ax.set_title("the photograph x", color=style.INPUT_TEXT, weight="bold", size=style.FONT - 1)
    else:
        limit = style.signed_limit(pixels)
        ax.imshow(pixels, cmap=style.SIGNED_DEEP, vmin=-limit, vmax=limit)
        most = number(limit, 0)
        ax.set_title(f"the response y: blue −{most}, white 0, red {most}", color=style.OUTPUT, weight="bold",
                     size=style.FONT - 1)
    # The frame is drawn larger than the window, or it would hide what it shows.
    margin = max(pixels.shape) / 40
    corner = (place[1] - 0.5 - margin, place[0] - 0.5 - margin)
    sides = (size[1] + 2 * margin, size[0] + 2 * margin)
    for colour, lw in (("white", 5), (style.KERNEL, 2.4)):
        ax.add_patch(Rectangle(corner, *sides, fill=False, ec=colour, lw=lw))


def _arithmetic(ax, window, kernel, value, white):
    """Window ⊙ kernel, the sum of each row, and the sum of the sums."""
    rows, columns = kernel.shape
    limit = style.signed_limit(kernel)
    cells.note(ax, columns / 2 + 0.1, 0.5, f"window of {rows}×{columns}", 0.3, style.INPUT)
    cells.note(ax, columns * 1.5 + 1.1, 0.5, "kernel w", 0.3, style.KERNEL)
    cells.note(ax, columns + 0.6, 1 + rows / 2, "×", 0.5, style.TEXT)
    ax.add_patch(Rectangle((0.1, 1), columns, rows, fill=False, lw=0, gid=PHOTO))   # in greys, as the photograph
    for r in range(rows):
        for c in range(columns):
            grey = to_hex([min(1.0, max(0.0, window[r, c] / white))] * 3)
            cells.cell(ax, 0.1 + c, 1 + r, text=number(window[r, c]), face=grey)
            cells.cell(ax, columns + 1.1 + c, 1 + r, kernel[r, c], "kernel", limit)
        terms = list(zip(window[r], kernel[r], strict=True))
        cells.arrow(ax, (2 * columns + 1.3, 1.5 + r), (2 * columns + 1.95, 1.5 + r))
        cells.substituted_sum(ax, 2 * columns + 2.1, 1.5 + r, terms, float(window[r] @ kernel[r]), 0.34)
    totals = [number(np.dot(*pair)) for pair in zip(window, kernel, strict=True)]
    added = " + ".join(f"({t})" if t.startswith("−") else t for t in totals)
    cells.note(ax, 2 * columns + 2.2, 1.55 + rows, f"together   {added} = {number(value)}", 0.34, style.OUTPUT,
               ha="left", weight="bold")
