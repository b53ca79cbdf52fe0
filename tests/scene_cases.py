"""Scenes that several tests use: the recorded ones, and a strategy that draws all kinds in all the shapes users give.

Run as a program it records the golden scenes anew, after a change that is meant to change them:

    python tests/scene_cases.py

It writes tests/scenes/*.json, one scene each: the spec, the digest, and every frame on a line of its own. JSON has no
infinity: the -inf that a padding cell counts as in max-pooling is written as the text "-inf".
"""

import json
import math
import pathlib

import cases
import numpy as np
from hypothesis import strategies as st
from test_transpose import transposed

import cnnlib as cnn

FOLDER = pathlib.Path(__file__).with_name("scenes")
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def whole(*shape, seed=0):
    """Small whole numbers, both signs."""
    return np.random.default_rng(seed).integers(-3, 4, shape)


GOLDEN = {
    "conv1d": lambda: cnn.viz.slide([0, 1, 0, 1, 1], [-1, 1]),
    "conv2d": lambda: cnn.viz.slide(whole(5, 5), SOBEL, stride=2, padding=1),
    "conv2d_channels": lambda: cnn.viz.slide(whole(2, 4, 5), whole(2, 2, 3, 2, seed=1) / 2, [1, -0.5],
                                              stride=(2, 1), padding=(1, 0), dilation=(1, 2)),
    "max_pool2d": lambda: cnn.viz.pool(np.maximum(whole(4, 4), 0), 3, 2, 1),
    "avg_pool1d": lambda: cnn.viz.pool([1, 3, 5, 7, 9], 2, 2, 1, "avg"),
    "conv_transpose2d": lambda: cnn.viz.transpose(whole(2, 2, 2), whole(2, 2, 3, 3, seed=1), [0, 1], 2, 1, 1),
    "conv2d_dx": lambda: cnn.viz.slide(
        whole(4, 5), whole(2, 1, 3, 3, seed=1), stride=2, padding=1, direction="dx", dy=whole(2, 2, 3, seed=2)),
    "conv2d_dw": lambda: cnn.viz.slide(
        whole(2, 4, 4), whole(2, 3, 3, seed=1), padding=1, stride=2, direction="dw", dy=whole(2, 2, seed=2)),
}


# Recording. --------------------------------------------------------------------------------------------------------

def as_json(frame):
    """A frame as it is after a round trip through JSON."""
    fields = frame._asdict() | {"terms": [list(term) for term in frame.terms]}
    return json.loads(json.dumps(_finite(fields)))


def _finite(entry):
    if isinstance(entry, dict):
        return {key: _finite(value) for key, value in entry.items()}
    if isinstance(entry, (list, tuple)):
        return [_finite(value) for value in entry]
    return str(entry) if isinstance(entry, float) and math.isinf(entry) else entry


def record(name):
    """Write one golden scene."""
    scene = GOLDEN[name]()
    lines = ",\n".join(json.dumps(as_json(scene.frame(i))) for i in range(scene.steps))
    head = f'"digest": {json.dumps(scene.digest)},\n"spec": {json.dumps(scene.spec)},\n'
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(f'{{\n{head}"frames": [\n{lines}\n]\n}}\n', encoding="utf-8")


def recorded(name):
    """One golden scene: a dict of digest, spec and frames."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


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


if __name__ == "__main__":
    for golden in GOLDEN:
        record(golden)
