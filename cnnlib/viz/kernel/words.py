"""What there is to see of a kernel on a picture, in words."""

import numpy as np

from ..kit.alt import ROOM, rows, span

FEW = 25   # weights that are said one by one


def alt(lab, i=None):
    """What `lab.figure(i)` shows, in words."""
    channels, high, wide = lab.input.shape
    kind = "colour" if channels == 3 else "grey"
    told = [f"A {kind} picture, {lab.picture}, {high} × {wide}", kernel_words(lab.kernel)]
    if lab.second is not None:
        told.append(f"then {kernel_words(lab.second)}")
    y = lab.response
    near = 1e-9 * np.abs(y).max()   # sums of fractions that are nothing but rounding
    shares = ", ".join(f"{100 * share.mean():.0f} % {where}" for share, where in (
        (y < -near, "below zero"), (np.abs(y) <= near, "zero"), (y > near, "above")))
    how = {"signed": "blue below zero, white at zero, red above", "picture": "black 0, white 255"}[lab.view]
    geometry = f"Stride {lab.stride}, padding {lab.padding}" + (f", dilation {lab.dilation}" * (lab.dilation > 1))
    part = "" if i is None or i >= lab.steps - 1 else f" Filled in to row {filled(lab, i) - 1}."
    words = (f"{', under '.join(told[:2])}{', ' if told[2:] else ''}{''.join(told[2:])}. {geometry}. The response, "
             f"{' × '.join(map(str, y.shape))}, {how}: {span(y)}; {shares}.{part}")
    return words if len(words) <= ROOM + 100 else f"{words[:ROOM + 99]}…"


def kernel_words(kernel):
    """A kernel by its weights, if these are few."""
    size = f"a kernel of {kernel.shape[1]} × {kernel.shape[2]}"
    if kernel[0].size > FEW:
        return f"{size}, weights {span(kernel)}, sum {span(kernel.sum()).removeprefix('everywhere ')}"
    tables = "; ".join(rows(table) for table in kernel)
    return f"{size} ({tables})"


def filled(lab, i):
    """How many rows of the response there are at a step."""
    return int(np.ceil(lab.response.shape[0] * (min(i, lab.steps - 1) + 1) / lab.steps))
