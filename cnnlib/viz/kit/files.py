"""A scene as a file: one picture (.png, .svg), the whole slide as a film (.gif), or a page that plays offline (.html).

Pictures carry their alternative text, and no date and no name of a program: the same scene gives the same file.
Everything is written to a file beside its place first, so a failure leaves an older file as it was.
"""

import html
import io
import math
import os
import re
import tempfile
from pathlib import Path

import numpy as np

from ..slide import figure, words
from . import style

SUFFIXES = (".html", ".gif", ".svg", ".png")
MOST_FRAMES = 300
FASTEST = 50            # steps per second: browsers slow down films that ask for more
PAUSE = 2000            # milliseconds that the last frame stays before the film begins again
DPI, FILM_DPI = 150, 100
_FONTS = "'DejaVu Sans', Verdana, sans-serif"


def save(scene, path, steps=None, speed=1.5, step=None):
    """Write a scene to a file of the kind that its name ends in, and return its `Path`.

    `.png` and `.svg` are the figure of `step`, counted from 0, or of the last step. `.gif` shows all steps, or those
    in `steps`, at `speed` steps per second, and begins again after a pause. `.html` is the player with all its
    controls, in one file that needs neither kernel nor network.

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
        from .page import save_html

        return _written(path, lambda place: save_html(scene, place))
    if suffix == ".gif":
        return _written(path, lambda place: _gif(scene, place, _chosen(scene, steps), _pace(speed)))
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
    step = words.step_of(scene, step, "step")
    fig = figure.figure(scene, step)
    with style.context():
        fig.savefig(place, format="png", dpi=DPI, facecolor="white",
                    metadata={"Software": None, "Description": words.alt(scene, step)})


def _svg(scene, place, step):
    """Text stays text, to be searched, read aloud and styled; a figure without DejaVu Sans falls back to its kin."""
    from matplotlib import rc_context

    step = words.step_of(scene, step, "step")
    fig, drawn = figure.figure(scene, step), io.StringIO()
    with style.context(), rc_context({"svg.fonttype": "none", "svg.hashsalt": scene.digest}):
        fig.savefig(drawn, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    text = drawn.getvalue().replace("'DejaVu Sans'", _FONTS)
    # The blanks around the signs of a sum count: each of its pieces stands at its own place.
    text = text.replace("*{stroke-linejoin", "text {white-space: pre} *{stroke-linejoin")
    told = html.escape(words.alt(scene, step))
    text = re.sub(r"<svg ([^>]*)>", rf'<svg \1 role="img">\n <title>{_literal(told)}</title>', text, count=1)
    place.write_text(text, encoding="utf-8", newline="\n")


def _literal(text):
    """A text that `re.sub` puts in as it is."""
    return text.replace("\\", r"\\")


# --- a film -----------------------------------------------------------------------------------------------------------

def _chosen(scene, steps):
    """The steps of a film, checked."""
    if steps is None:
        steps = range(scene.steps)
    try:
        chosen = steps if hasattr(steps, "__len__") else list(steps)
        count = len(chosen)
    except TypeError:
        raise TypeError(f"steps must be a range or a list of steps, found {type(steps).__name__}") from None
    if count > MOST_FRAMES:
        raise ValueError(
            f"steps: found {count} frames, expected at most {MOST_FRAMES}; pass some of them, such as "
            f"steps=range(0, {scene.steps}, {math.ceil(scene.steps / MOST_FRAMES)})"
        )
    if not count:
        raise ValueError("steps: found none, expected at least one step to show")
    return [words.step_of(scene, n, "steps") for n in chosen]


def _pace(speed):
    """Milliseconds per frame: GIF counts in hundredths of a second."""
    if isinstance(speed, bool) or not isinstance(speed, (int, float)) or not 0 < speed <= FASTEST:
        raise ValueError(f"speed must be a number of steps per second above 0 and up to {FASTEST}, found {speed!r}")
    return max(2, min(6000, round(100 / speed))) * 10


def _gif(scene, place, steps, pace):
    frames = [np.asarray(frame) for frame in film(scene, steps)]
    colours = _colours([frames[0], frames[len(frames) // 2], frames[-1]])
    first, *others = _paletted(frames, colours)
    durations = [pace] * len(others) + [max(pace, PAUSE)]
    # `optimize` leaves out what did not change since the frame before: a quarter of the size.
    first.save(place, "GIF", save_all=True, append_images=others, duration=durations, loop=0, optimize=True, disposal=1,
               palette=colours.tobytes())


def _colours(samples):
    """Up to 255 colours (n, 3) for all frames, uint8; one of 256 is left over, for "as before".

    Those that cover most of the samples, such as white, are in it as they are; the others as near as possible.
    """
    from PIL import Image

    together = Image.fromarray(np.concatenate(samples))
    counted = sorted(together.getcolors(together.width * together.height), reverse=True)
    near = together.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette("RGB")
    chosen = dict.fromkeys([colour for _, colour in counted[:127]] + list(zip(*[iter(near)] * 3, strict=True)))
    return np.array(list(chosen)[:255], np.uint8)


def _paletted(frames, colours):
    """The frames as images of these colours, every pixel in the nearest one. (Pillow's own choice is only rough.)"""
    from PIL import Image

    nearest, known = np.zeros(1 << 24, np.uint8), np.zeros(1 << 24, bool)
    for frame in frames:
        pixels = frame.astype(np.int32) @ [1 << 16, 1 << 8, 1]
        new = np.unique(pixels[~known[pixels]])
        parts = np.stack([new >> 16, new >> 8 & 255, new & 255], axis=-1)
        for start in range(0, len(new), 4096):
            apart = parts[start:start + 4096, None] - colours.astype(np.int32)
            nearest[new[start:start + 4096]] = (apart**2).sum(axis=-1).argmin(axis=-1)
        known[new] = True
        image = Image.fromarray(nearest[pixels], "P")
        image.putpalette(colours.tobytes())
        yield image


def film(scene, steps):
    """The pictures of some steps, one after the other, all of one size: RGB images.

    What does not change is drawn once; each further step adds the outputs it fills and its own marks.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    picture, filled = None, -1
    for step in steps:
        with style.context():
            if picture is None or step < filled:   # backwards: begin with an empty output again
                picture = figure.Picture(scene)
                picture.fig.set_dpi(FILM_DPI)
                canvas = FigureCanvasAgg(picture.fig)
                still = _background(picture, canvas)
            canvas.restore_region(still)
            _draw(picture.fill(step))
            still, filled = canvas.copy_from_bbox(picture.fig.bbox), step
            _draw(picture.changing)
            _draw(picture.mark(step))
            yield Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def _background(picture, canvas):
    """All that stays as it is, drawn."""
    for artist in picture.changing:
        artist.set_visible(False)
    canvas.draw()
    for artist in picture.changing:
        artist.set_visible(True)
    return canvas.copy_from_bbox(picture.fig.bbox)


def _draw(artists):
    for artist in sorted(artists, key=lambda a: a.get_zorder()):
        artist.axes.draw_artist(artist)
