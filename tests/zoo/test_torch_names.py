"""Weights of PyTorch's models, by the names that these give them: tried on the names of the recording."""

import json
from pathlib import Path

import numpy as np
import pytest
from recorded import CASES, unsettled

from cnnlib import nn, zoo

RECORDED = json.loads(Path(__file__).with_name("recorded.json").read_text(encoding="utf-8"))
NAMED = ["alexnet, small", "resnet18, small", "densenet121, half"]
KINDS = ["weight", "bias", "running_mean", "running_var"]


def made(name, **changed):
    builder, options, _ = CASES[name]
    return getattr(zoo, builder)(**options, **changed)


def state(name, model):
    """A state_dict as PyTorch's model has it: the recorded names in their order, the numbers of `model`."""
    held = dict([*model.named_parameters(), *model.named_statistics()])
    here = {there: own for own, there in model.torch_names.items()}
    found = {}
    for layer in list(RECORDED[name])[2:-1]:   # between "x" and "evaluation"
        kinds = [kind for kind in KINDS if f"{here[layer]}.{kind}" in held]
        found |= {f"{layer}.{kind}": held[f"{here[layer]}.{kind}"].data.copy() for kind in kinds}
        if "running_var" in kinds:
            found[f"{layer}.num_batches_tracked"] = np.array(7)
    return found


@pytest.mark.parametrize("name", NAMED)
def test_weights_come_by_their_names(name):
    source, model = unsettled(made(name, seed=1)).eval(), made(name, seed=2)
    arrays = state(name, source)
    assert model.load(arrays) is model
    x = np.random.default_rng(0).random(CASES[name][2], dtype=np.float32)
    assert np.array_equal(model(x), source(x))
    again = made(name, seed=3).load(dict(sorted(arrays.items(), reverse=True)))
    assert np.array_equal(again(x), source(x)), "names count, not their order"
    first = next(iter(arrays))
    arrays[first][...] = 0
    assert np.array_equal(model(x), source(x)), "the numbers are copied"


@pytest.mark.parametrize("name", CASES)
def test_every_recorded_name_is_known(name):
    model = made(name)
    names = [model.torch_names.get(own, own) for own in zoo._parts.learning(model)]
    assert sorted(names) == sorted(list(RECORDED[name])[2:-1])


def test_own_names_do_as_well():
    source, model = made("resnet18, small", seed=1), made("resnet18, small", seed=2)
    model.load({name: p.data for name, p in [*source.named_parameters(), *source.named_statistics()]})
    assert np.array_equal(model[0].weight.data, source[0].weight.data)
    plain = nn.Sequential(nn.Linear(2, 1), nn.ReLU())   # whose names PyTorch shares
    assert plain.load({"0.weight": [[1.0, 2.0]], "0.bias": [3.0]})([[1.0, 1.0]]) == 6


@pytest.mark.parametrize(("change", "says"), [
    (lambda a: a.pop("fc.bias"), r"^path: these arrays belong to another network: fc\.bias is missing$"),
    (lambda a: a.update(extra=np.ones(1)), r"another network: extra is not in this network$"),
    (lambda a: a.update({3: np.ones(1)}), r"another network: 3 is not in this network$"),
    (lambda a: a.update({"fc.bias": np.ones(9)}), r"fc\.bias has shape \(9,\), expected \(10,\)$"),
    (lambda a: a.update({"fc.bias": np.ones(10, int)}), r"fc\.bias holds int64, expected floats$"),
    (lambda a: a.update({"fc.bias": np.full(10, np.nan)}), r"path does not fit this network: fc\.bias holds 10 NaN"),
    (lambda a: a.update({"fc.bias": np.full(10, 0.1)}), r"fc\.bias holds float64, of which float32 would change"),
    (lambda a: a.clear(), r"another network: .* is missing; .* \(and \d+ more\)$"),
])
def test_all_or_nothing(change, says):
    source, model = made("resnet18, small", seed=1), made("resnet18, small", seed=2)
    arrays, before = state("resnet18, small", source), model[0].weight.data.copy()
    change(arrays)
    with pytest.raises(ValueError, match=says) as error:
        model.load(arrays)
    assert len(str(error.value)) < 300 and np.array_equal(model[0].weight.data, before)


def test_what_is_no_array():
    arrays = state("resnet18, small", made("resnet18, small"))
    with pytest.raises(TypeError, match=r"^path\['fc\.bias'\] must be an array, found None"):
        made("resnet18, small").load(arrays | {"fc.bias": None})
