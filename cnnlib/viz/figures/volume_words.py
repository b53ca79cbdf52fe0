"""What is said of the volumes of a network: below its boxes, and to those who cannot see them."""

WORDS = 380    # characters that the figure's own words may have
LONGEST = 16   # of the name of a layer that somebody made
NAMES = {"Conv2d": "conv", "ConvTranspose2d": "up-conv", "MaxPool2d": "max pool", "AvgPool2d": "avg pool",
         "GlobalAvgPool2d": "global avg", "Linear": "linear", "SparseConv2d": "sparse conv",
         "Distances": "distances", "Residual": "residual", "DenseBlock": "dense"}
SHORT = ("MaxPool2d", "AvgPool2d", "GlobalAvgPool2d", "join")   # what goes first where words have no room


def lines(volume):
    """What stands below a box, pairs (text, weight): its shape, then what made it."""
    depth, *size = volume.shape
    sizes = [f"{depth:,} ×", "×".join(map(str, size))] if size else [f"{depth:,}"]
    made = [made_by(volume), *_kernels(volume.kernels), *(["after pool"] if volume.after else [])]
    return [*((text, "bold") for text in sizes), *((text, "normal") for text in made)]


def made_by(volume):
    """What made a volume, and how many of it."""
    name = NAMES.get(volume.kind, volume.kind)
    name = name if len(name) <= LONGEST else f"{name[:LONGEST - 1]}…"
    count = len(volume.depths) - 1 if volume.kind == "DenseBlock" else volume.count
    return f"{count} {name}" if count > 1 else name


def _kernels(kernels):
    """Sizes of kernels, two a line; of many the first four."""
    said = [f"{height}×{width}" for height, width in kernels[:4]] + ["…"] * (len(kernels) > 4)
    found = [", ".join(said[i:i + 2]) for i in range(0, len(said), 2)]
    return [f"{line}," for line in found[:-1]] + found[-1:]


def percent(share):
    """A share in percent, as it stands on its bar.

    >>> percent(0), percent(0.001), percent(0.743)
    ('–', '<1 %', '74 %')
    """
    return "–" if not share else f"{share:.0%}".replace("%", " %") if share >= 0.005 else "<1 %"


def words(first, found, skips):
    """The picture in words: totals, every volume as far as there is room, where most parameters and MACs are."""
    last = ", ".join(_most(name, found) for name in ("parameters", "MACs") if _counts(name, found))
    last = f" {last}." if last else ""
    if skips:
        last += f" {len(skips)} skip{'s' * (len(skips) > 1)} over the layers between."
    room = WORDS - len(first) - len(last) - 2
    parts = [said(volume) for volume in found]
    if len("; ".join(parts)) > room:
        parts = [said(volume._replace(after="")) for volume in found if volume.kind not in SHORT]
    before, after = parts[:len(parts) // 2], parts[len(parts) // 2:]
    while len("; ".join(parts)) > room and len(parts) > 2:
        (before if len(before) > len(after) else after).pop(-1 if len(before) > len(after) else 0)
        parts = [*before, "…", *after]
    return f"{first} {'; '.join(parts)}.{last}"


def _most(name, found):
    """Which volume has most of them."""
    counts = _counts(name, found)
    volume = found[counts.index(max(counts))]
    return f"{percent(max(counts) / sum(counts))} of the {name} for {made_by(volume)} {_shape(volume)}"


def _counts(name, found):
    counts = [getattr(volume, name.lower()) for volume in found]
    return counts if any(counts) else []


def said(volume):
    """A volume in a few words: what made it, and its shape."""
    name = " ".join([made_by(volume), *_kernels(volume.kernels)])
    return f"{name}{' after pool' if volume.after else ''}: {_shape(volume)}"


def _shape(volume):
    return "×".join(map(str, volume.shape))
