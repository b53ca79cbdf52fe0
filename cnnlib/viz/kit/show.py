"""Put a figure into a notebook together with words for those who cannot see it."""

import base64
import html
import sys

from .alt import checked_alt, unmeasured, words_of
from .png import DPI, png

FIGURE = "application/vnd.cnnlib.figure+json"   # what lab/plugin.js draws
SHOWN = 100               # pixels per inch at which a page shows the figure, if it has the room


def show(fig, alt="", measured=False):
    """Show a figure in the notebook, with alternative text, and close it.

    `fig` is a matplotlib Figure. Those of `cnn.viz` say themselves what they show, in `fig.alt`; then `alt` only adds
    what no function can know, such as what is in a photograph. For a figure of your own, `alt` says it all in one or
    two sentences, with its numbers. The text is read aloud by screen readers, shown where pictures cannot be, and
    compared when the notebook is tested, because pixels are not. Between 20 and 500 characters; line breaks and
    repeated blanks become single blanks. With `measured=True` its numbers differ between machines, as those of a
    training do: they are not compared. With `measured="words"` nothing that the figure says is, only `alt`. Returns
    None.

    The output is one bundle: text/html (an image with its `alt`, because JupyterLab drops the alternative text of a
    plain picture), image/png (for other tools), text/plain ("[figure] " and the text), and a note for the package's
    part of JupyterLab: there a figure on light ground follows a dark theme, its lightness turned round, and photographs
    in it stay as they are. Everywhere else it stands on its own ground. Outside a notebook the figure opens in a window
    instead.

    Raises TypeError for what is not a Figure or not text, ValueError for a text that is too short or too long.

    >>> from matplotlib.figure import Figure
    >>> show(Figure(), "a plot")
    Traceback (most recent call last):
    ValueError: alt: found 6 characters ('a plot'), expected 20 to 500: say what there is to see, with its numbers.
    """
    if not hasattr(fig, "savefig"):
        raise TypeError(f"fig: found {type(fig).__name__}, expected a matplotlib Figure (for axes, pass ax.figure).")
    own, alt = (checked_alt(alt) if measured == "words" else ""), words_of(fig, alt)
    if not in_notebook():
        _window(fig)
        return
    from IPython.display import display

    data, metadata = mimebundle(fig, alt, measured=bool(measured))
    if own:
        data["text/plain"] = f"[figure] {own}"
    display(data, metadata=metadata, raw=True)
    if "matplotlib.pyplot" in sys.modules:   # otherwise nobody holds the figure
        sys.modules["matplotlib.pyplot"].close(fig)


def mimebundle(fig, alt, within=False, measured=False):
    """The output of `show` as plain data: what each kind of reader gets, and its metadata.

    `within` says that nothing in the figure reaches beyond its edges, so that drawing it once is enough; `measured`,
    that the numbers in its words are those of this machine: the plain text has none, and a class marks the image.

    >>> from matplotlib.figure import Figure
    >>> data, metadata = mimebundle(Figure(figsize=(2, 1)), "an empty picture")
    >>> data["text/plain"], metadata["image/png"]["alt"]
    ('[figure] an empty picture', 'an empty picture')
    """
    picture = png(fig, within)
    text, width = base64.b64encode(picture.png).decode("ascii"), round(picture.width * SHOWN / DPI)
    mark = ' class="cnn-measured"' if measured else ""
    image = (
        f'<img alt="{html.escape(alt)}"{mark} width="{width}" style="max-width:100%;height:auto;border-radius:6px" '
        f'src="data:image/png;base64,{text}">'
    )
    ground = {"ground": "dark" if picture.dark else "light"}
    plain = unmeasured(alt) if measured else alt
    data = {FIGURE: ground, "text/html": image, "image/png": text, "text/plain": f"[figure] {plain}"}
    return data, {"image/png": {"alt": alt, "width": width, "photos": picture.photos}}


def renew(fig, handle=None):
    """Show a figure, whose numbers are measured, in place of the one that `handle` stands for; returns the handle.

    Without a handle it makes a new output. Everything in the figure lies within its edges.
    """
    from IPython.display import display

    data, metadata = mimebundle(fig, words_of(fig), within=True, measured=True)
    if handle is None:
        return display(data, metadata=metadata, raw=True, display_id=True)
    handle.update(data, metadata=metadata, raw=True)
    return handle


def in_notebook():
    """Whether there is a notebook in which something can be shown."""
    from IPython import get_ipython

    return getattr(get_ipython(), "kernel", None) is not None


def _window(fig):
    """Open the figure in a window. Figures made without pyplot have none yet: lend them one."""
    from matplotlib import pyplot as plt  # here, because it takes long to import and notebooks can do without

    if fig.canvas.manager is None:
        manager = plt.figure(figsize=fig.get_size_inches()).canvas.manager
        manager.canvas.figure = fig
        fig.set_canvas(manager.canvas)
    plt.show()
    plt.close("all")
