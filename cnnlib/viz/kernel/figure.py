"""The still picture of a `Lab`: picture, kernel, response, and how often each value occurs. Lengths are inches."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from ..kit import cells, style
from ..kit.alt import span
from ..kit.drawing import Figure
from ..kit.numbers import number, power
from .words import alt, filled

DOT = 1 / 150                    # what one pixel of a stored picture takes: of ours, each is a whole number of these
SIDE, MIDDLE = 512 * DOT, 1.62   # a picture is at most so wide and high; room for the kernels between both
MARGIN, TITLE, BELOW = 0.12, 0.3, 1.26
BARS = 61                        # an odd number, so that one stands around zero
DIGITS = 7                       # a kernel of more rows or columns is drawn without its numbers
WHITE = 255
_LINE = {"labelbottom": False, "labelleft": False, "bottom": False, "left": False}


def figure(lab, i=None):
    """Draw a lab, its response filled in as far as step i has it: a matplotlib Figure, 9 inches wide."""
    i = lab.steps - 1 if i is None else min(max(i, 0), lab.steps - 1)
    rows, columns = lab.input.shape[1:]
    scale = _scale(rows, columns)
    kernels = [lab.kernel] if lab.second is None else [lab.kernel, lab.second]
    tall = np.ceil(max(rows * scale, len(kernels) * (MIDDLE + TITLE) - TITLE) / DOT) * DOT
    with style.context():
        fig = Figure(figsize=(style.WIDTH, tall + TITLE + BELOW + 2 * MARGIN))
        top = BELOW + MARGIN + tall
        _panel(fig, MARGIN, top, rows * scale, columns * scale, _picture(lab), f"picture x: {lab.picture}",
               style.INPUT, style.INPUT_TEXT)
        for n, (kernel, name) in enumerate(zip(kernels, ("kernel w", "then kernel v"), strict=False)):
            _kernel(fig, MARGIN + SIDE + 0.17, top - n * (MIDDLE + TITLE), kernel, name)
        left = style.WIDTH - SIDE - MARGIN
        drawn = _response(lab)
        drawn[filled(lab, i):] = 1 if drawn.ndim == 3 else np.nan   # nothing there yet
        high, wide = lab.response.shape
        size = _scale(high, wide)
        limit = number(np.abs(lab.response).max())
        how = f"blue −{limit} · 0 · red {limit}" if lab.view == "signed" else "0 to 255"
        _panel(fig, left, top, high * size, wide * size, drawn, f"response y: {how}", style.OUTPUT, style.OUTPUT,
               cmap=style.SIGNED_DEEP, vmin=-1, vmax=1)
        _histogram(fig, left, lab)
        _note(fig, lab)
    fig.alt = alt(lab, i)
    return fig


def _scale(rows, columns):
    """Inches that a pixel takes."""
    return max(1, SIDE / DOT // max(rows, columns)) * DOT


def _picture(lab):
    """The picture as it is looked at, (H, W) or (H, W, 3), 0 to 1."""
    x = lab.input / WHITE
    return np.moveaxis(x, 0, -1) if len(lab.pictures[lab.picture]) == 3 and lab.colour else x[0]


def _response(lab):
    """The response, (H', W') from −1 to 1, or the colours of a picture, which show what is beyond black and white."""
    y = lab.response
    if lab.view == "signed":
        return y / (np.abs(y).max() or 1)
    if len(lab.channels) == 3 and len(lab.kernel) == 1 and len(lab.pictures[lab.picture]) == 3:
        return np.moveaxis(lab.seen.clip(0, WHITE) / WHITE, 0, -1)
    made = np.repeat((y.clip(0, WHITE) / WHITE)[..., None], 3, axis=-1)
    for beyond, colour in ((-y, _below), (y - WHITE, _above)):
        where = beyond > 0.5
        made[where] = colour(np.minimum(1, 0.35 + beyond[where] / WHITE))
    return made


def _below(share):
    return np.stack([0 * share, 70 * share, 90 + 165 * share], axis=-1) / 255


def _above(share):
    return np.stack([255 + 0 * share, 190 * (1 - share), 170 * (1 - share)], axis=-1) / 255


def _axes(fig, left, top, high, wide):
    width, height = fig.get_size_inches()
    return fig.add_axes([left / width, (top - high) / height, wide / width, high / height])


def _panel(fig, left, top, high, wide, pixels, title, colour, ink, **scale):
    ax = _axes(fig, left, top, high, wide)
    ax.tick_params(**_LINE)
    for spine in ax.spines.values():
        spine.set(visible=True, color=colour, lw=1.4)
    ax.imshow(pixels, aspect="auto", interpolation="nearest", **(scale or {"cmap": "gray", "vmin": 0, "vmax": 1}))
    ax.set_title(title, loc="left", color=style.lettering(ink), weight="bold", size=style.FONT - 2, pad=5)


def _kernel(fig, left, top, kernel, name):
    """A kernel with its numbers, if they can be read; of three tables each, one behind the other."""
    count, rows, columns = kernel.shape
    side = min(MIDDLE / max(rows, columns), 0.5) / (1 if count == 1 else 1.6)
    limit, height = style.signed_limit(kernel), fig.get_size_inches()[1]
    fig.text(left / style.WIDTH, (top + 0.075) / height, name, color=style.KERNEL_TEXT, weight="bold",
             size=style.FONT - 2, va="bottom")
    for n in range(count - 1, -1, -1):
        corner = left + n * (MIDDLE - columns * side) / 2, top - rows * side - n * (MIDDLE - columns * side) / 2
        ax = cells.sheet_in(fig, corner, columns, rows, side)
        for (r, c), value in np.ndenumerate(kernel[n]):
            face = style.fill(value, limit)
            ax.add_artist(Rectangle((c, r), 1, 1, facecolor=face, edgecolor=cells.HATCH, lw=0.6))
            if max(rows, columns) <= DIGITS and count == 1:
                text = _spelt(value)
                cells.note(ax, c + 0.5, r + 0.51, text, min(0.42, 1.35 / len(text)), style.ink(face))
        ax.add_artist(Rectangle((0, 0), columns, rows, fill=False, ec=style.KERNEL, lw=2.6, clip_on=False))


def _spelt(value):
    return power(value, 2) if 0 < abs(value) < 0.001 else number(value, 3 if 0 < abs(value) < 0.1 else 2)


def _histogram(fig, left, lab):
    """How often each value occurs, its bars in the colours of the scale; heights are square roots."""
    y, ax = lab.response.ravel(), _axes(fig, left, BELOW - 0.12, BELOW - 0.5, SIDE)
    limit = np.abs(y).max() or 1
    counts = np.bincount(np.round((y / limit + 1) / 2 * (BARS - 1)).astype(int), minlength=BARS)
    places = np.linspace(-1, 1, BARS)
    colours = style.SIGNED_DEEP((0.9 * places + 0.1 * np.sign(places) + 1) / 2)   # faint ones must be seen
    colours[BARS // 2] = to_rgba(style.QUIET)
    ax.bar(places, np.sqrt(counts), width=2 / (BARS - 1), color=colours)
    ax.axvline(0, color=style.TEXT, lw=1, ls=":")
    ax.set(xlim=(-1.02, 1.02), yticks=[], xticks=[-1, 0, 1])
    for label, side in zip(ax.set_xticklabels([f"−{number(limit)}", "0", number(limit)], size=style.FONT - 3),
                           ("left", "center", "right"), strict=True):
        label.set_ha(side)
    ax.spines["left"].set_visible(False)


def _note(fig, lab):
    """How it slides, and what two kernels are together."""
    told = [f"stride {lab.stride}, padding {lab.padding}, dilation {lab.dilation}: "
            f"{' × '.join(map(str, lab.input.shape[1:]))} → {' × '.join(map(str, lab.response.shape))}",
            f"values of y {span(lab.response)}"]
    if lab.second is not None:
        rows, columns = lab.composed.shape[1:]
        told.append(f"both kernels at once are one of {rows} × {columns}")
    height = fig.get_size_inches()[1]
    for n, line in enumerate(told):
        fig.text(MARGIN / style.WIDTH, (BELOW - 0.3 - 0.27 * n) / height, line, size=style.FONT - 2, color=style.QUIET)
