"""The zoo against PyTorch: logits, gradients of all that is learned and running statistics, recorded beforehand.

`benchmarks/record_zoo.py` made the recording, with the same weights. Both count in float64: through fifty layers of
batch norm in training, float32 leaves single gradients only two digits, whoever computes them.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from recorded import CASES, by_layer, differences, fingerprint, unsettled, wave

from cnnlib import zoo

RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))


def prints(name, dtype=np.float64):
    """Fingerprints of what a case gives here, by PyTorch's names."""
    builder, options, shape = CASES[name]
    model = unsettled(getattr(zoo, builder)(**options))
    y = model(wave(shape).astype(dtype))
    dx = model.backward(wave(y.shape, 2).astype(dtype))
    found = {"training": y, "x": dx}
    for kind, held in (("grad", model.named_parameters()), ("data", model.named_statistics())):
        for own, p in held:
            layer, _, last = own.rpartition(".")
            found[f"{model.torch_names.get(layer, layer)}.{last}"] = getattr(p, kind)
    found["evaluation"] = model.eval()(wave(shape).astype(dtype))
    return by_layer({key: fingerprint(array) for key, array in found.items()})


def test_every_case_is_recorded():
    assert list(RECORDED) == list(CASES)


ALIKE = {"alexnet", "vgg16", "resnet34", "densenet121"}   # built like others here that are smaller, or show more kinds


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.long] * (name in ALIKE)) for name in CASES])
def test_as_recorded(name):
    worst = differences(prints(name), RECORDED[name])
    assert max(worst.values()) < 1e-5, sorted(worst.items(), key=lambda item: -item[1])[:5]


@pytest.mark.parametrize("name", ["lenet5", "unet", "resnet18, small"])
def test_in_single_precision_too(name):
    worst = differences(prints(name, np.float32), RECORDED[name])
    assert max(worst.values()) < 1e-4, sorted(worst.items(), key=lambda item: -item[1])[:5]
