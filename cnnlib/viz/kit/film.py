"""All steps of what is shown, one after the other: an animated GIF.

A room whose figure.py has a `Picture`, which draws what stays the same once and what belongs to a step again for each
step, gets its films quickly; of others every frame is a figure of its own. If it has `phases`, steps that follow each
other are seen as they come about: of a convolution the window slides, its products stand there, then their sum.
"""

import math

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from . import style
from .steps import step_of

MOST_FRAMES = 300
FASTEST = 50            # steps per second: browsers slow down films that ask for more
MOST_MOVING = 64        # longer films show each step as it ends: they would be large
PAUSE = 2000            # milliseconds that the last frame stays before the film begins again
FILM_DPI = 100


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
    return [step_of(scene, n, "steps") for n in chosen]


def _pace(speed):
    """Milliseconds per frame: GIF counts in hundredths of a second."""
    if isinstance(speed, bool) or not isinstance(speed, (int, float)) or not 0 < speed <= FASTEST:
        raise ValueError(f"speed must be a number of steps per second above 0 and up to {FASTEST}, found {speed!r}")
    return max(2, min(6000, round(100 / speed))) * 10


def save_gif(shown, file, steps=None, speed=1.5):
    """Write a film of all steps, or of those in `steps`, at `speed` steps per second; for errors see `files.save`."""
    steps, pace = _chosen(shown, steps), _pace(speed)
    moving = 1 < len(steps) <= MOST_MOVING
    frames, shares = zip(*((np.asarray(frame), share) for frame, share in _frames(shown, steps, moving)), strict=True)
    colours = _colours([frames[0], frames[len(frames) // 2], frames[-1]])
    first, *others = _paletted(frames, colours)
    durations = [max(20, round(pace * share / 10) * 10) for share in shares[:-1]] + [max(pace, PAUSE)]
    # `optimize` leaves out what did not change since the frame before: a quarter of the size.
    first.save(file, "GIF", save_all=True, append_images=others, duration=durations, loop=0, optimize=True, disposal=1,
               palette=colours.tobytes())


def _colours(samples):
    """Up to 255 colours (n, 3) for all frames, uint8; one of 256 is left over, for "as before".

    Those that cover most of the samples, such as white, are in it as they are; the others as near as possible.
    """
    together = Image.fromarray(np.concatenate(samples))
    counted = sorted(together.getcolors(together.width * together.height), reverse=True)
    near = together.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette("RGB")
    chosen = dict.fromkeys([colour for _, colour in counted[:127]] + list(zip(*[iter(near)] * 3, strict=True)))
    return np.array(list(chosen)[:255], np.uint8)


def _paletted(frames, colours):
    """The frames as images of these colours, every pixel in the nearest one. (Pillow's own choice is only rough.)"""
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
    return (image for image, _ in _frames(scene, steps, moving=False))


def _frames(scene, steps, moving):
    """Pairs (image, share of the time of its step)."""
    Picture = getattr(scene.part("figure"), "Picture", None)
    return _figures(scene, steps) if Picture is None else _pictures(Picture, scene, steps, moving)


def _figures(scene, steps):
    """Every frame a figure of its own."""
    for step in steps:
        fig = scene.figure(step)
        with style.context():
            fig.set_dpi(FILM_DPI)
            canvas = FigureCanvasAgg(fig)
            canvas.draw()
        yield _image(canvas), 1.0


def _pictures(Picture, scene, steps, moving):
    """Frames that share what stays the same."""
    picture, filled = None, -1
    for step in steps:
        with style.context():
            if picture is None or step < filled:   # backwards: begin with an empty output again
                picture = Picture(scene)
                picture.fig.set_dpi(FILM_DPI)
                canvas = FigureCanvasAgg(picture.fig)
                still = _background(picture, canvas)
            last = 1.0
            for phase, share in picture.phases(step) if moving and step == filled + 1 else ():
                canvas.restore_region(still)
                _draw(picture.changing)
                _draw(picture.mark(step, phase))
                yield _image(canvas), share
                last -= share
            canvas.restore_region(still)
            _draw(picture.fill(step))
            still, filled = canvas.copy_from_bbox(picture.fig.bbox), step
            _draw(picture.changing)
            _draw(picture.mark(step))
            yield _image(canvas), last


def _image(canvas):
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


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
