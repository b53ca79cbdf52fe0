"""Put a figure into a notebook together with words for those who cannot see it."""

import base64
import html
import io

import numpy as np
from matplotlib import pyplot as plt

from .alt import checked_alt

DPI = 150                 # pixels per inch: sharp when shown at 100, still small
SHOWN = 100               # pixels per inch at which a page shows the figure, if it has the room
MARGIN = 18               # white pixels around the drawing
UNSEEN = 16               # of 255: a change of colour that nobody sees


def show(fig, alt):
    """Show a figure in the notebook, with alternative text, and close it.

    `fig` is a matplotlib Figure. `alt` says in one or two sentences what there is to see, with its numbers: it is read
    aloud by screen readers, shown where pictures cannot be, and compared when the notebook is tested, for
    pixels are not. Between 20 and 500 characters; line breaks and repeated blanks become single blanks. Returns None.

    The output is one bundle: text/html (an image with its `alt`, for JupyterLab drops the alternative text of a
    plain picture), image/png (for other tools) and text/plain ("[figure] " and the text). Outside a
    notebook the figure opens in a window instead.

    Raises TypeError for what is not a Figure or not text, ValueError for a text that is too short or too long.

    >>> from matplotlib.figure import Figure
    >>> show(Figure(), "a plot")
    Traceback (most recent call last):
    ValueError: alt: found 6 characters ('a plot'), expected 20 to 500: say what there is to see, with its numbers.
    """
    if not hasattr(fig, "savefig"):
        raise TypeError(f"fig: found {type(fig).__name__}, expected a matplotlib Figure (for axes, pass ax.figure).")
    alt = checked_alt(alt)
    if not _in_notebook():
        _window(fig)
        return
    from IPython.display import display

    data, metadata = mimebundle(fig, alt)
    display(data, metadata=metadata, raw=True)
    plt.close(fig)


def mimebundle(fig, alt):
    """The output of `show` as plain data: what each kind of reader gets, and its metadata.

    >>> from matplotlib.figure import Figure
    >>> data, metadata = mimebundle(Figure(figsize=(2, 1)), "an empty picture")
    >>> data["text/plain"], metadata["image/png"]["alt"]
    ('[figure] an empty picture', 'an empty picture')
    """
    png, width = _png(fig)
    text = base64.b64encode(png).decode("ascii")
    image = (
        f'<img alt="{html.escape(alt)}" width="{width}" style="max-width:100%;height:auto" '
        f'src="data:image/png;base64,{text}">'
    )
    data = {"text/html": image, "image/png": text, "text/plain": f"[figure] {alt}"}
    return data, {"image/png": {"alt": alt, "width": width}}


def _png(fig):
    """The figure as PNG bytes, and the width in pixels at which to show it. No name of a program, no date."""
    from PIL import Image  # here, so that importing this room stays quick

    raw = io.BytesIO()
    fig.savefig(raw, format="png", dpi=DPI, facecolor="white", bbox_inches="tight", metadata={"Software": None})
    image = _trimmed(Image.open(raw).convert("RGB"))
    width = round(image.width * SHOWN / DPI)
    return min((_encoded(image), _encoded(_palette(image))), key=len), width


def _trimmed(image):
    """The image without its empty edges, in an even white margin: the figure must also read on a dark page."""
    from PIL import ImageChops, ImageOps

    drawn = ImageChops.invert(image).getbbox()   # None for an empty figure: then nothing is cut away
    return ImageOps.expand(image.crop(drawn), MARGIN, "white")


def _palette(image):
    """The image in 256 colours if the eye cannot tell (a third of the size), otherwise the image itself."""
    from PIL import Image

    few = image.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    error = np.abs(np.asarray(image, int) - np.asarray(few.convert("RGB"), int))
    return few if error.max() <= UNSEEN else image


def _encoded(image):
    packed = io.BytesIO()
    image.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _in_notebook():
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def _window(fig):
    """Open the figure in a window. Figures made without pyplot have none yet: lend them one."""
    if fig.canvas.manager is None:
        manager = plt.figure(figsize=fig.get_size_inches()).canvas.manager
        manager.canvas.figure = fig
        fig.set_canvas(manager.canvas)
    plt.show()
    plt.close("all")
