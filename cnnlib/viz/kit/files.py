"""What is shown as a file: one picture (.png, .svg), all steps as a film (.gif), or a page that plays offline (.html).

Pictures carry their alternative text, and no date and no name of a program: the same scene gives the same file.
A failure leaves an older file as it was.
"""

import html
import io
import re

from ... import _writing
from . import style
from .film import save_gif
from .page import save_html
from .steps import step_of

SUFFIXES = (".html", ".gif", ".svg", ".png")
DPI = 150
_FONTS = "'DejaVu Sans', Verdana, sans-serif"


def save(scene, path, steps=None, speed=1.5, step=None):
    """Write a scene or its player to a file of the kind that its name ends in, and return its `Path`.

    `.png` and `.svg` are the figure of `step`, counted from 0, or of the last step; of a player, of
    the step that it shows. `.gif` shows all steps, or those in `steps`, at `speed` steps per second, and begins again
    after a pause. `.html` is the player with all its controls, in one file that needs neither kernel nor network.

    Raises ValueError for other suffixes, for arguments that the kind of file does not take, for steps that do not
    exist, for more than 300 frames and for speeds that are not from above 0 to 50; FileNotFoundError for a folder that
    does not exist.

    >>> import tempfile, cnnlib as cnn
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(cnn.viz.slide([1, 2, 3], [1, 1]), folder + "/slide.svg").name
    'slide.svg'
    """
    path = _path(path)
    suffix = path.suffix.lower()
    for name, value, wanted in (("steps", steps, (".gif",)), ("step", step, (".png", ".svg"))):
        if value is not None and suffix not in wanted:
            other = "step= picks the step of a picture" if name == "steps" else "steps= picks the steps of a film"
            raise ValueError(f"{name} belongs to {' and '.join(wanted)} files, found it for {path.name}; {other}")
    if suffix == ".html":
        return save_html(scene, path)
    scene, step = getattr(scene, "shown", scene), getattr(scene, "place", None) if step is None else step
    if suffix == ".gif":
        return _writing.write(path, lambda file: save_gif(scene, file, steps, speed))
    return _writing.write(path, lambda file: (_svg if suffix == ".svg" else _png)(scene, file, step))


# --- files ------------------------------------------------------------------------------------------------------------

def _path(path):
    """The path, if the suffix is known and there is a folder to write to."""
    named = _writing.named(path, "slide.gif")
    if named.suffix.lower() not in SUFFIXES:
        raise ValueError(f"path must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, found {named.name!r:.80}")
    return _writing.target(path, "slide.gif")


# --- one picture ------------------------------------------------------------------------------------------------------

def _png(scene, file, step):
    step = step_of(scene, step, "step")
    fig = scene.figure(step)
    with style.context():
        fig.savefig(file, format="png", dpi=DPI, facecolor="white",
                    metadata={"Software": None, "Description": scene.alt(step)})


def _svg(scene, file, step):
    """Text stays text, to be searched, read aloud and styled; a figure without DejaVu Sans falls back to its kin."""
    from matplotlib import rc_context

    step = step_of(scene, step, "step")
    fig, drawn = scene.figure(step), io.StringIO()
    one_file = {"svg.fonttype": "none", "svg.hashsalt": scene.digest, "svg.image_inline": True}
    with style.context(), rc_context(one_file):
        fig.savefig(drawn, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue().replace("'DejaVu Sans'", _FONTS)
    # The blanks around the signs of a sum count: each of its pieces stands at its own place.
    text = text.replace("*{stroke-linejoin", "text {white-space: pre} *{stroke-linejoin")
    told = html.escape(scene.alt(step))
    text = re.sub(r"<svg ([^>]*)>", rf'<svg \1 role="img">\n <title>{_literal(told)}</title>', text, count=1)
    file.write(text.encode())


def _literal(text):
    """A text that `re.sub` puts in as it is."""
    return text.replace("\\", r"\\")
