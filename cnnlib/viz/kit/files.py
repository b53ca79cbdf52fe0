"""What is shown as a file: one picture (.png, .svg), all steps as a film (.gif), or a page that plays offline (.html).

Pictures carry their alternative text, and no date and no name of a program: the same scene gives the same file.
Everything is written to a file beside its place first, so a failure leaves an older file as it was.
"""

import html
import io
import os
import re
import tempfile
from pathlib import Path

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
        return _written(path, lambda place: save_html(scene, place))
    scene, step = getattr(scene, "shown", scene), getattr(scene, "place", None) if step is None else step
    if suffix == ".gif":
        return _written(path, lambda place: save_gif(scene, place, steps, speed))
    return _written(path, lambda place: (_svg if suffix == ".svg" else _png)(scene, place, step))


# --- files ------------------------------------------------------------------------------------------------------------

def _path(path):
    """The path, if there is a folder to write to and the suffix is known."""
    try:
        path = Path(path)
    except TypeError:
        raise TypeError(f'path must be a file name such as "slide.gif", found {type(path).__name__}') from None
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"path must end in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}, found {path.name!r}")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"path: the folder {str(path.parent)!r} does not exist, so {path.name!r} cannot be "
                                "written there; make it first, or correct the name")
    if path.is_dir():
        raise ValueError(f"path must be a file, found the folder {str(path)!r}")
    return path


def _written(path, write):
    """Let `write` fill a file beside `path`, then put it in its place in one go."""
    handle, place = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix)
    os.close(handle)
    try:
        write(Path(place))
        # A temporary file is private; this one is to be as readable as any other that the user writes.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(place, 0o666 & ~mask)
        os.replace(place, path)
    finally:
        Path(place).unlink(missing_ok=True)
    return path


# --- one picture ------------------------------------------------------------------------------------------------------

def _png(scene, place, step):
    step = step_of(scene, step, "step")
    fig = scene.figure(step)
    with style.context():
        fig.savefig(place, format="png", dpi=DPI, facecolor="white",
                    metadata={"Software": None, "Description": scene.alt(step)})


def _svg(scene, place, step):
    """Text stays text, to be searched, read aloud and styled; a figure without DejaVu Sans falls back to its kin."""
    from matplotlib import rc_context

    step = step_of(scene, step, "step")
    fig, drawn = scene.figure(step), io.StringIO()
    with style.context(), rc_context({"svg.fonttype": "none", "svg.hashsalt": scene.digest}):
        fig.savefig(drawn, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue().replace("'DejaVu Sans'", _FONTS)
    # The blanks around the signs of a sum count: each of its pieces stands at its own place.
    text = text.replace("*{stroke-linejoin", "text {white-space: pre} *{stroke-linejoin")
    told = html.escape(scene.alt(step))
    text = re.sub(r"<svg ([^>]*)>", rf'<svg \1 role="img">\n <title>{_literal(told)}</title>', text, count=1)
    place.write_text(text, encoding="utf-8", newline="\n")


def _literal(text):
    """A text that `re.sub` puts in as it is."""
    return text.replace("\\", r"\\")
