"""One image on its way through a network: what every layer makes of it, to scale."""

from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from ...arguments import label, shown
from ...ops import check
from ..kit import alt, style
from ..kit.arrays import values as drawable
from ..kit.drawing import Figure
from ..kit.numbers import number

# Inches: the names at the left; between two maps, and two layers; the height of a row of numbers; a line of letters.
_NAMES, _APART, _BELOW, _STRIP, _LINE = 1.75, 0.05, 0.13, 0.3, 0.24
_ROOM = style.WIDTH - _NAMES - 0.1
_LARGEST = 1.1           # inches: no map is drawn larger
MOST_LAYERS, MOST_MAPS, MOST_NUMBERS = 16, 32, 4096
_WRITTEN = 12            # so few numbers are written into their cells


def layer_outputs(outputs, class_names=None):
    """Draw one image and what the layers of a network make of it, from top to bottom: a matplotlib Figure.

    `outputs` maps names to arrays: first the image, (1, H, W) or (3, H, W) from 0 to 1; then maps (K, H, W) and rows of
    numbers (n,). All maps are drawn to one scale, a pixel of one as large as a pixel of another; of more than 32 the
    first. Colours are signed, each layer has a scale of its own. Few numbers are written out; `class_names` stand below
    those of the last row. Raises TypeError and ValueError for other shapes, sizes and numbers of names.

    >>> outputs = {"image": np.zeros((1, 6, 6)), "CONV": np.ones((2, 4, 4)), "logits": np.array([1.5, -2])}
    >>> [text.get_text() for text in layer_outputs(outputs, ["cat", "dog"]).axes[0].texts]
    ['image', '1 × 6 × 6', 'CONV', '2 × 4 × 4', 'logits', '2', '1.5', '−2', 'cat', 'dog']
    """
    outputs = _checked(outputs)
    last = next(reversed(outputs.values()))
    class_names = [] if class_names is None else [label(name) for name in class_names]
    if class_names and (last.ndim != 1 or not len(class_names) == len(last) <= _WRITTEN):
        raise ValueError(f"class_names: found {len(class_names)} for a last output of shape {last.shape}, expected one "
                         f"for each of at most {_WRITTEN} numbers.")
    scale = _scale([a for a in outputs.values() if a.ndim == 3])
    heights = [max(a.shape[1] * scale if a.ndim == 3 else _STRIP, 2 * _LINE) for a in outputs.values()]
    high = sum(heights) + _BELOW * (len(heights) + 1) + _LINE * bool(class_names)
    with style.context():
        fig, top = Figure(figsize=(style.WIDTH, high)), high - _BELOW
        ax = sheet(fig)
        for place, ((name, a), height) in enumerate(zip(outputs.items(), heights, strict=True)):
            _named(ax, top - height / 2, name, a)
            draw = _numbers if a.ndim == 1 else _maps if place else _image
            draw(ax, top - height / 2, a, scale)
            top -= height + _BELOW
        for i, name in enumerate(class_names):
            _write(ax, _NAMES + (i + 0.5) * _ROOM / len(class_names), top + 0.3 * _LINE, name, style.FONT - 5)
    layers = "; ".join(f"{name} {_shape(a)}" for name, a in outputs.items())
    return alt.say(fig, f"An image on its way through a network: {layers}.",
                   _told(last, class_names or [""] * len(last)))


def _scale(maps):
    """Inches for a pixel: none of the maps is too large, no row of them too long."""
    largest = max(max(a.shape[1:]) for a in maps)
    shown = [(min(len(a), MOST_MAPS), a.shape[2]) for a in maps]
    return min(_LARGEST / largest, *((_ROOM - _APART * (count - 1)) / (count * width) for count, width in shown))


def _checked(outputs):
    """The arrays by their names."""
    if not isinstance(outputs, dict) or not 0 < len(outputs) <= MOST_LAYERS:
        raise TypeError(f"outputs must be a dictionary of 1 to {MOST_LAYERS} names and arrays, found {shown(outputs)}")
    found = {}
    for name, value in outputs.items():
        place, name = f"outputs[{shown(name, 40)}]", label(name, 40)
        a = found[name] = drawable(check.floats(value, place), place)
        if a.ndim not in (1, 3) or not a.size or (a.ndim == 1 and len(a) > MOST_NUMBERS):
            raise ValueError(f"{place} must be maps (K, H, W) or at most {MOST_NUMBERS} numbers (n,), found shape "
                             f"{shown(a.shape)}{': one image, so take [0] of a batch' if a.ndim in (2, 4) else ''}")
    image = next(iter(found.values()))
    if image.ndim != 3 or len(image) not in (1, 3) or image.min() < -1e-6 or image.max() > 1 + 1e-6:
        raise ValueError(f"outputs must begin with an image, (1, H, W) or (3, H, W) from 0 to 1, found shape "
                         f"{shown(image.shape)} from {image.min():.3g} to {image.max():.3g}")
    return found


def _shape(a):
    return " × ".join(map(str, a.shape))


def _told(last, names):
    """The last numbers in words, if they are few."""
    if last.ndim != 1 or len(last) > _WRITTEN:
        return ""
    return f"At the end {', '.join(f'{name} {number(x, 1)}'.strip() for name, x in zip(names, last, strict=True))}."


def sheet(fig):
    """Axes over the whole figure, in inches from its lower left corner: one is drawn much faster than one per map."""
    ax = fig.add_axes([0, 0, 1, 1])
    ax.set(xlim=(0, fig.get_figwidth()), ylim=(0, fig.get_figheight()))
    ax.axis("off")
    return ax


def panel(ax, left, middle, width, height, values, colour, **looks):
    """An array as a picture at a place on a sheet, in a frame of a colour."""
    right, bottom, top = left + width, middle - height / 2, middle + height / 2
    drawn = ax.imshow(values, extent=(left, right, bottom, top), aspect="auto", **looks)
    ax.add_patch(Rectangle((left, bottom), width, height, fill=False, ec=colour, lw=1))
    return drawn


def signed(values, colours=style.SIGNED_DEEP):
    """How `panel` draws these numbers: blue below zero, white at zero, red above."""
    limit = style.signed_limit(values)
    return {"cmap": colours, "vmin": -limit, "vmax": limit}


def _named(ax, middle, name, a):
    """The name of a layer and its shape, at the left."""
    _write(ax, 0.1, middle + 0.42 * _LINE, name, style.FONT - 3, ha="left", weight="bold")
    _write(ax, 0.1, middle - 0.42 * _LINE, _shape(a), style.FONT - 3, ha="left", color=style.QUIET)


def _write(ax, x, y, text, size, ha="center", **looks):
    ax.text(x, y, text, size=size, ha=ha, va="center", **looks)


def _image(ax, middle, a, scale):
    grey = {"cmap": "gray", "vmin": 0, "vmax": 1}
    panel(ax, _NAMES, middle, a.shape[2] * scale, a.shape[1] * scale, a.transpose(1, 2, 0).clip(0, 1), style.INPUT,
          **grey)


def _maps(ax, middle, a, scale):
    """Maps side by side, in the colours of one scale."""
    height, width = (n * scale for n in a.shape[1:])
    for k, each in enumerate(a[:MOST_MAPS]):
        panel(ax, _NAMES + k * (width + _APART), middle, width, height, each, style.OUTPUT, **signed(a))


def _numbers(ax, middle, a, scale):
    """A row of numbers: few with their digits; many as stripes, as wide as the pixels of a map if there is room."""
    few = len(a) <= _WRITTEN
    width = _ROOM if few else min(_ROOM, len(a) * scale)
    looks = signed(a, style.SIGNED if few else style.SIGNED_DEEP)   # digits need the paler ones
    drawn = panel(ax, _NAMES, middle, width, _STRIP, a[None], style.OUTPUT, **looks)
    for i, value in enumerate(a if few else ()):
        _write(ax, _NAMES + (i + 0.5) * width / len(a), middle, number(value, 1), style.FONT - 2,
               color=style.ink(to_hex(drawn.to_rgba(value))))
