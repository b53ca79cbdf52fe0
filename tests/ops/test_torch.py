"""Forward and backward of every operation against what PyTorch computed (recorded by record_torch.py)."""

import json
import pathlib

import numpy as np
import pytest

import cnnlib as cnn

RECORDED = np.load(pathlib.Path(__file__).with_name("torch_cases.npz"), allow_pickle=False)
CASES = json.loads(str(RECORDED["cases"]))


def recorded(i, key):
    return RECORDED[f"{i} {key}"]


def gradients(name, dy, arrays, options):
    """What the backward pass of cnnlib gives for this case, by the name of the array."""
    if name == "cross_entropy":
        return {"logits": dy * cnn.cross_entropy_backward(arrays["logits"], **options)}
    backward = getattr(cnn, f"{name}_backward")
    if name == "batch_norm2d":
        found = backward(dy, arrays["x"], arrays["gamma"], **options)
    else:
        found = backward(dy, *(arrays[key] for key in ("x", "w") if key in arrays), **options)
    found = found if isinstance(found, tuple) else (found,)
    return dict(zip(arrays, found, strict=False))


@pytest.mark.parametrize("i", range(len(CASES)), ids=[f"{name}-{i}" for i, (name, _, _) in enumerate(CASES)])
def test_agrees_with_pytorch(i):
    name, keys, options = CASES[i]
    options = {key: tuple(v) if isinstance(v, list) and key != "labels" else v for key, v in options.items()}
    arrays = {key: recorded(i, key) for key in keys}
    y = getattr(cnn, name)(*arrays.values(), **options)
    np.testing.assert_allclose(y, recorded(i, "y"), rtol=1e-9, atol=1e-9)
    found = gradients(name, recorded(i, "dy"), arrays, options)
    for key in keys:
        np.testing.assert_allclose(found[key], recorded(i, f"d{key}"), rtol=1e-9, atol=1e-9, err_msg=f"d{key}")


def test_every_operation_with_a_way_back_is_recorded():
    backward = {name.removesuffix("_backward") for name in cnn.ops.__all__ if name.endswith("_backward")}
    assert backward - {"global_avg_pool2d"} == {name for name, _, _ in CASES}
