"""The size formula of a scene with its numbers, what does not fit, and what would."""


class Way:
    """One direction of the slide: `n` cells of input, `f` of the kernel, stride, padding of both sides, dilation."""

    def __init__(self, n, f, stride, before, after, dilation, extra=0):
        self.n, self.f, self.stride, self.before, self.after = n, f, stride, before, after
        self.dilation, self.extra = dilation, extra
        self.span = dilation * (f - 1) + 1
        self.room = n + before + after - self.span

    @property
    def rest(self):
        """Cells at the end of the padded input for which there is no further step."""
        return self.room % self.stride

    def changed(self, padding=None, kernel=None, stride=None):
        """The same way with another padding, kernel size or stride."""
        before, after = (self.before, self.after) if padding is None else (padding, padding)
        return Way(self.n, kernel or self.f, stride or self.stride, before, after, self.dilation)

    def numbers(self):
        """What tells one way from another."""
        return (self.n, self.f, self.stride, self.before, self.after, self.dilation, self.extra)

    def sides(self):
        """The padding of both sides: "2·1", or "0 + 1" where they differ."""
        return f"2·{self.before}" if self.before == self.after else f"{self.before} + {self.after}"

    def added(self):
        """The padding, if there is any, with the plus before it."""
        return f" + {self.sides()}" if self.before + self.after else ""

    def span_text(self):
        """The cells that the kernel spans: "3", or "((3 − 1)·2 + 1)" with dilation."""
        return str(self.f) if self.dilation == 1 else f"(({self.f} − 1)·{self.dilation} + 1)"


def ways(scene):
    """The ways of a scene worth a line, each with its name; one without a name if both are the same."""
    numbers = zip(scene.x_shape[1:], scene.kernel, scene.stride, scene.padding, scene.dilation, scene.output_padding,
                  strict=True)
    both = [Way(n, f, s, *pad, d, e) for n, f, s, pad, d, e in numbers]
    if scene.axes == 1 or both[0].numbers() == both[1].numbers():
        return [("", both[1])]
    return [("height", both[0]), ("width", both[1])]


def size_lines(scene):
    """The size formula with its numbers, a line for each way."""
    lines = []
    for name, way in ways(scene):
        head = f"{name}: " if name else ""
        if scene.kind == "transpose":
            cut = way.sides() if way.before == way.after else f"({way.sides()})"
            out = (way.n - 1) * way.stride - way.before - way.after + way.f + way.extra
            lines.append(f"{head}({way.n} − 1)·{way.stride} − {cut} + {way.f} + {way.extra} = {out}")
        else:
            out = way.room // way.stride + 1
            lines.append(f"{head}⌊({way.n} + {way.sides()} − {way.span_text()})/{way.stride}⌋ + 1 = {out}")
    return lines


def fit(scene):
    """None if the window ends exactly at the edge; otherwise who is never read, the remainder, and what would fit.

    Returns two sentences: what is wrong, and the nearest changes of padding, kernel size or stride that mend it.
    """
    lines = ways(scene)
    if scene.kind == "transpose" or not any(way.rest for _, way in lines):
        return None
    names = ["cell"] if scene.axes == 1 else ["row", "column"]
    every = [way for _, way in lines] if len(lines) == len(names) else [lines[0][1]] * len(names)
    lost = [_lost(way, name) for way, name in zip(every, names, strict=True) if way.rest]
    verb = "are" if len(lost) > 1 or lost[0][1] else "is"
    rests = [f"{name and name + ' '}({way.n}{way.added()} − {way.span_text()}) leaves remainder {way.rest} with stride "
             f"{way.stride}" for name, way in lines if way.rest]
    unread = " and the ".join(text for text, _ in lost)
    return f"The {unread} {verb} never read: {', '.join(rests)}.", _fixes(scene, every)


def _lost(way, name):
    """ "last column", "last 2 rows and the padding after them", "last column of the padding"; and is it a plural?"""
    real = max(0, way.rest - way.after)
    count = real or way.rest
    text = f"last {name}" if count == 1 else f"last {count} {name}s"
    if not real:
        return f"{text} of the padding", count > 1
    return text + (f" and the padding after {'it' if count == 1 else 'them'}" if way.after else ""), bool(
        count > 1 or way.after)


def _fixes(scene, every):
    """ "It fits with padding 1, kernel size 1 or 4, stride 1 or 2." """
    pooling = scene.kind in ("max", "avg")

    def fits(**change):
        tried = [way.changed(**change) for way in every]
        return all(w.room >= 0 and not w.rest and not (pooling and 2 * max(w.before, w.after) > w.f) for w in tried)

    def nearest(now, numbers, key, below=1):
        good = [n for n in numbers if fits(**{key: n})]
        return [n for n in good if n <= now][-below:] + [n for n in good if n > now][:1]

    way = every[-1]
    span, longest = min(w.span for w in every), max(w.n + w.before + w.after for w in every)
    offers = [
        ("padding", nearest(way.before, range(max(way.before, span - 1) + 1), "padding")),
        ("kernel size", nearest(way.f, range(1, longest + 1), "kernel")),
        ("stride", nearest(way.stride, range(1, max(way.stride, span) + 1), "stride", 2)),
    ]
    return "It fits with " + ", ".join(f"{name} {' or '.join(map(str, ns))}" for name, ns in offers if ns) + "."
