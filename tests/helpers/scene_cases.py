"""Scenes that several tests use: a strategy that draws all kinds in all the shapes users give."""

import cases
from cases import transposed
from hypothesis import strategies as st

import cnnlib as cnn
from tools.golden import SOBEL, whole

__all__ = ["SOBEL", "scenes", "whole"]


# Drawing. ----------------------------------------------------------------------------------------------------------

# (axes, does x have channels, does w have filters): the shapes that go together.
FORMS = [(1, False, False), (1, False, True), (1, True, True), (2, False, False), (2, False, True), (2, True, False),
         (2, True, True)]


def shaped(form, channels, filters, size, kernel, transposed):
    """The shapes of x and w in this form; channels and filters are 1 where the form has none."""
    _, many, several = form
    channels, filters = channels if many else 1, filters if several else 1
    x = (*((channels,) if many else ()), *size)
    if several:
        return x, (*((channels, filters) if transposed else (filters, channels)), *kernel)
    return x, (*((channels,) if many else ()), *kernel)


@st.composite
def scenes(draw, kinds=("conv", "dx", "dw", "max", "avg", "transpose")):
    """A scene of any kind, in any of the shapes that users give, with whole or with real numbers."""
    kind, seed = draw(st.sampled_from(kinds)), draw(st.integers(0, 999))
    numbers = draw(st.sampled_from([lambda shape, s: whole(*shape, seed=s), cases.numbers]))
    if kind in ("max", "avg"):
        axes = draw(st.integers(1, 2))
        case = draw(cases.poolings(axes))
        x = case.ties()[0, 0] if axes == 1 or draw(st.booleans()) else case.array()[0]
        return cnn.viz.pool(x, mode=kind, **case.window)
    form = draw(st.sampled_from(FORMS))
    if kind == "transpose":
        case = draw(transposed())
        geometry = case.geometry if form[0] == 2 else {k: cases.on_axis(v, 1) for k, v in case.geometry.items()}
        (_, channels, *size), (_, filters, *kernel) = case.x_shape, case.w_shape
        shapes = shaped(form, channels, filters, size[2 - form[0]:], kernel[2 - form[0]:], True)
        make = cnn.viz.transpose
    else:
        case = draw(cases.convolutions(form[0]))
        (_, channels, *size), (filters, _, *kernel), geometry = case.x_shape, case.w_shape, case.geometry
        shapes = shaped(form, channels, filters, size, kernel, False)
        make = cnn.viz.slide
    x, w = numbers(shapes[0], seed), numbers(shapes[1], seed + 1)
    b = draw(st.sampled_from([None, 2, numbers((filters if form[2] else 1,), seed + 2)]))
    if kind not in ("dx", "dw"):
        return make(x, w, b, **geometry)
    output = make(x, w, **geometry).output.shape
    return make(x, w, **geometry, direction=kind, dy=numbers(output, seed + 3))
