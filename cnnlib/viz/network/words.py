"""What there is to see of a network, in words."""

import numpy as np

from ..kit.alt import LONGEST
from ..kit.numbers import number
from ..kit.steps import step_of

MOST = 3   # answers that are told


def alt(network, i=None):
    """What `figure(i)` shows, in at most 500 characters."""
    i = 0 if i is None else step_of(network, i)
    of = "An empty input" if network.images is None else f"Test image {i}"
    truth = "" if network.labels is None else f", labelled {network.classes[network.labels[i]]},"
    first = f"{of}{truth} on its way through a network, {_x(network.shape)}:"
    stages = [f"{column['name']}{column['told'] and ' ({})'.format(column['told'])} {_x(column['shape'])}"
              for column in network.columns]
    last = f" It answers {_answers(network, i)}." if network.classes and not network.measured else ""
    for some in range(len(stages), 0, -1):   # the middle is left out where there is no room
        kept = stages if some == len(stages) else [*stages[:some - some // 2], "…", *stages[len(stages) - some // 2:]]
        if len(text := f"{first} {'; '.join(kept)}.{last}") <= LONGEST:
            return text
    return text[:LONGEST - 1] + "…"


def here(network, parts, i):
    """What the low picture shows, with what is marked in it."""
    of = "An empty input" if network.images is None else f"Test image {i}"
    if network.labels is not None:
        of += f", labelled {network.classes[network.labels[i]]},"
    first = f"{of} in a network of {len(network.columns)} layers: {', '.join(parts.drawn)}."
    if parts.all:
        marked = "An arrow leads the way back, from the end to the input." if parts.back else "All of it is marked."
    elif parts.map is not None:
        marked = f"Marked is map {parts.map} of {parts.column}, the rest is pale."
        if parts.kernel:
            size = _x(parts.kernel["kernel_size"])
            marked = (f"Marked are a window of {size} pixels, the kernel of {size} weights on it, and map {parts.map} "
                      f"of {parts.column}, which they make; the rest is pale.")
    else:
        marked = f"Marked: {', '.join(parts.names)}; the rest is pale."
    return f"{first} {marked}"


def best(z, classes):
    """The likeliest class and its share: what stands below the bars."""
    p = np.exp(z - z.max())
    n = int(p.argmax())
    return f"{z[0]:.2f}" if len(z) == 1 else f"{classes[n]}, {percent(p[n] / p.sum())}"


def _answers(network, i):
    """The likeliest classes with their shares; those below 1 % are not told."""
    z = network.outputs(i)[-1].astype(float)
    if len(z) == 1:
        return f"{z[0]:.2f}"
    p = np.exp(z - z.max())
    p /= p.sum()
    order = [n for n in np.argsort(-p, kind="stable")[:MOST] if p[n] >= 0.01]
    return ", ".join(f"{network.classes[n]} {percent(p[n])}" for n in order)


def percent(share):
    """A share as it is told: 100 % only where nothing is left for the others. The twin is `percent` in static/bars.js.

    >>> percent(0.25), percent(0.0004), percent(0.99999), percent(1)
    ('25 %', '0 %', '99.9 %', '100 %')
    """
    share = float(np.float32(share))   # as the browser computes it
    return "99.9 %" if 0.9995 <= share < 1 else f"{number(100 * share, 1)} %"


def _x(shape):
    return " × ".join(map(str, shape))
