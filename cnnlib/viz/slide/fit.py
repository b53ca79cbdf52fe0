"""The size formula of a scene with its numbers, what does not fit, and what would. Its twin is static/words.js."""

from typing import NamedTuple

from ... import shapes


class Way(NamedTuple):
    """One direction of the slide: `n` cells of x, `f` of the kernel, and what comes of them, a `shapes.Axis`: padding
    of both sides, outputs, and the cells at the end for which there is no further step. `extra` is output padding."""

    n: int
    f: int
    stride: int
    dilation: int
    extra: int
    axis: shapes.Axis

    @property
    def span(self):
        """The cells that the kernel spans."""
        return shapes.spanned(self.f, self.dilation)

    @property
    def padding(self):
        """Cells before and after."""
        return self.axis.before, self.axis.after

    def changed(self, padding=None, kernel=None, stride=None):
        """The same way with another padding, kernel size or stride; it may have no output."""
        f, stride = kernel or self.f, stride or self.stride
        sides = self.padding if padding is None else (padding, padding)
        axis = shapes.slid(self.n, shapes.spanned(f, self.dilation), stride, *sides)
        return self._replace(f=f, stride=stride, axis=axis)

    def sides(self):
        """The padding of both sides: "2·1", or "0 + 1" where they differ."""
        before, after = self.padding
        return f"2·{before}" if before == after else f"{before} + {after}"

    def added(self):
        """The padding, if there is any, with the plus before it."""
        return f" + {self.sides()}" if any(self.padding) else ""

    def span_text(self):
        """The cells that the kernel spans: "3", or "((3 − 1)·2 + 1)" with dilation."""
        return str(self.f) if self.dilation == 1 else f"(({self.f} − 1)·{self.dilation} + 1)"


def ways(scene):
    """The ways of a scene worth a line, each with its name; one without a name if both are the same."""
    unread = (0, 0) if scene.record.transposed else scene.window.unread
    axes = [shapes.Axis(*sides, out, rest) for sides, out, rest in
            zip(scene.padding, scene.y_shape[1:], unread, strict=True)]
    tall, wide = map(Way, scene.x_shape[1:], scene.kernel, scene.stride, scene.dilation, scene.output_padding, axes)
    return [("", wide)] if scene.axes == 1 or tall == wide else [("height", tall), ("width", wide)]


def size_lines(scene):
    """The size formula with its numbers, a line for each way."""
    lines = []
    for name, way in ways(scene):
        if scene.record.transposed:
            cut = way.sides() if len(set(way.padding)) == 1 else f"({way.sides()})"
            formula = f"({way.n} − 1)·{way.stride} − {cut} + {way.f} + {way.extra}"
        else:
            formula = f"⌊({way.n} + {way.sides()} − {way.span_text()})/{way.stride}⌋ + 1"
        lines.append(f"{name}{name and ': '}{formula} = {way.axis.out}")
    return lines


def fit(scene):
    """None if the window ends exactly at the edge; otherwise who is never read, the remainder, and what would fit.

    Returns two sentences: what is wrong, and the nearest changes of padding, kernel size or stride that mend it.
    """
    lines = ways(scene)
    if not any(way.axis.unread for _, way in lines):
        return None
    names = ["cell"] if scene.axes == 1 else ["row", "column"]
    every = [way for _, way in lines] if len(lines) == len(names) else [lines[0][1]] * len(names)
    lost = [_lost(way, name) for way, name in zip(every, names, strict=True) if way.axis.unread]
    verb = "are" if len(lost) > 1 or lost[0][1] else "is"
    rests = [f"{name}{name and ' '}({way.n}{way.added()} − {way.span_text()}) leaves remainder {way.axis.unread} with "
             f"stride {way.stride}" for name, way in lines if way.axis.unread]
    unread = " and the ".join(text for text, _ in lost)
    return f"The {unread} {verb} never read: {', '.join(rests)}.", _fixes(scene, every)


def _lost(way, name):
    """ "last column", "last 2 rows and the padding after them", "last column of the padding"; and is it a plural?"""
    real = max(0, way.axis.unread - way.axis.after)
    count = real or way.axis.unread
    text = f"last {name}" if count == 1 else f"last {count} {name}s"
    if not real:
        return f"{text} of the padding", count > 1
    after = f" and the padding after {'it' if count == 1 else 'them'}" if way.axis.after else ""
    return text + after, bool(count > 1 or after)


def _fixes(scene, every):
    """ "It fits with padding 1, kernel size 1 or 4, stride 1 or 2." """
    def fits(**change):
        tried = [way.changed(**change) for way in every]
        half = not scene.record.pooling or all(2 * max(way.padding) <= way.f for way in tried)
        return half and all(way.axis.out >= 1 and not way.axis.unread for way in tried)

    def nearest(now, numbers, key, below=1):
        good = [n for n in numbers if fits(**{key: n})]
        return [n for n in good if n <= now][-below:] + [n for n in good if n > now][:1]

    way = every[-1]
    span, longest = min(w.span for w in every), max(w.n + sum(w.padding) for w in every)
    offers = [
        ("padding", nearest(way.axis.before, range(max(way.axis.before, span - 1) + 1), "padding")),
        ("kernel size", nearest(way.f, range(1, longest + 1), "kernel")),
        ("stride", nearest(way.stride, range(1, max(way.stride, span) + 1), "stride", 2)),
    ]
    return "It fits with " + ", ".join(f"{name} {' or '.join(map(str, ns))}" for name, ns in offers if ns) + "."
