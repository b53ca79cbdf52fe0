"""The golden scenes: what their specs, digests and frames are to stay. After a change that is meant to change them:

    python -m tools.golden            write them again
    python -m tools.golden --check    report only, write nothing; exit 1 if one would change

It writes tests/viz/scenes/*.json, one scene each: the spec, the digest, and every frame on a line of its own. JSON has
no infinity: the -inf that a padding cell counts as in max-pooling is written as the text "-inf".
"""

import json
import math
import pathlib
import sys

import numpy as np

import cnnlib as cnn

from . import command

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "tests" / "viz" / "scenes"
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


def text(name):
    """One golden scene as its file holds it."""
    scene = GOLDEN[name]()
    lines = ",\n".join(json.dumps(as_json(scene.frame(i))) for i in range(scene.steps))
    head = f'"digest": {json.dumps(scene.digest)},\n"spec": {json.dumps(scene.spec)},\n'
    return f'{{\n{head}"frames": [\n{lines}\n]\n}}\n'


def recorded(name):
    """One golden scene: a dict of digest, spec and frames."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def main(arguments=None):
    """The command line; returns the exit code."""
    options, failed = command.parser("tools.golden", __doc__).parse_args(arguments), False
    for name in GOLDEN:
        path = FOLDER / f"{name}.json"
        failed |= command.told(path, command.put(path, text(name), options.check), options.check)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
