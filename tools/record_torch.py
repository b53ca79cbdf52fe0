"""What PyTorch computes, recorded as the oracle of tests/ops/test_torch.py. Run only to add cases:

    uv run --group benchmark python -m tools.record_torch

It writes tests/ops/torch_cases.npz: inputs and results in float64, and the list of cases as JSON. The tests need that
file and not PyTorch. Inputs are quarters of small integers, so that they are short to store and sums are nearly exact.
"""

import json
import pathlib
import sys

import numpy as np

from . import command

FILE = pathlib.Path(__file__).resolve().parents[1] / "tests" / "ops" / "torch_cases.npz"

# (operation of cnnlib, shapes of its arrays, keyword arguments)
CASES = [
    ("conv2d", {"x": (2, 3, 7, 6), "w": (4, 3, 3, 2), "b": (4,)}, {}),
    ("conv2d", {"x": (2, 3, 8, 9), "w": (4, 3, 3, 3), "b": (4,)}, {"stride": 2, "padding": 1}),
    ("conv2d", {"x": (1, 2, 9, 8), "w": (3, 2, 3, 2), "b": (3,)}, {"stride": (2, 3), "padding": (1, 2)}),
    ("conv2d", {"x": (2, 2, 9, 9), "w": (2, 2, 3, 3), "b": (2,)}, {"dilation": 2}),
    ("conv2d", {"x": (1, 2, 11, 7), "w": (2, 2, 3, 2)}, {"dilation": (2, 3), "padding": (2, 1), "stride": (1, 2)}),
    ("conv2d", {"x": (2, 4, 6, 6), "w": (6, 2, 3, 3), "b": (6,)}, {"groups": 2, "padding": 1}),
    ("conv2d", {"x": (2, 3, 6, 5), "w": (6, 1, 3, 3), "b": (6,)}, {"groups": 3, "stride": 2, "padding": 1}),
    ("conv2d", {"x": (1, 2, 5, 5), "w": (2, 2, 1, 1)}, {"padding": 1}),
    ("conv2d", {"x": (1, 1, 6, 7), "w": (1, 1, 3, 5), "b": (1,)}, {"padding": "same"}),
    ("conv1d", {"x": (2, 3, 11), "w": (4, 3, 3), "b": (4,)}, {"stride": 2, "padding": 2}),
    ("conv1d", {"x": (2, 4, 12), "w": (4, 1, 4), "b": (4,)}, {"groups": 4, "dilation": 2}),
    ("conv_transpose2d", {"x": (2, 3, 4, 5), "w": (3, 2, 3, 3), "b": (2,)}, {}),
    ("conv_transpose2d", {"x": (2, 3, 4, 3), "w": (3, 2, 3, 2), "b": (2,)}, {"stride": 2, "padding": 1}),
    (
        "conv_transpose2d",
        {"x": (1, 2, 3, 4), "w": (2, 3, 3, 4), "b": (3,)},
        {"stride": (3, 2), "padding": (1, 0), "output_padding": (2, 1)},
    ),
    ("max_pool2d", {"x": (2, 3, 6, 8)}, {"kernel_size": 2}),
    ("max_pool2d", {"x": (2, 3, 7, 8)}, {"kernel_size": 3, "stride": 2, "padding": 1}),
    ("max_pool2d", {"x": (1, 2, 7, 9)}, {"kernel_size": (2, 3), "stride": (3, 1), "padding": (1, 1)}),
    ("avg_pool2d", {"x": (2, 3, 6, 8)}, {"kernel_size": 2}),
    ("avg_pool2d", {"x": (2, 2, 7, 8)}, {"kernel_size": 3, "stride": 2, "padding": 1}),
    ("avg_pool2d", {"x": (2, 2, 7, 8)}, {"kernel_size": 3, "stride": 2, "padding": 1, "count_include_pad": False}),
    ("batch_norm2d", {"x": (4, 3, 3, 2), "gamma": (3,), "beta": (3,)}, {"eps": 1e-3}),
    ("linear", {"x": (4, 5), "w": (3, 5), "b": (3,)}, {}),
    ("cross_entropy", {"logits": (5, 4)}, {"labels": [0, 3, 1, 1, 2]}),
    ("cross_entropy", {"logits": (2, 3, 2, 2)}, {"labels": [[[0, 2], [1, 1]], [[2, 2], [0, 1]]]}),
    ("relu", {"x": (3, 4)}, {}),
    ("leaky_relu", {"x": (3, 4)}, {"slope": 0.1}),
    ("sigmoid", {"x": (3, 4)}, {}),
    ("tanh", {"x": (3, 4)}, {}),
]


def in_torch(name, arrays, options):
    """The same call in PyTorch's words."""
    import torch  # of the benchmark group: only who records needs it
    import torch.nn.functional as F

    if name == "batch_norm2d":
        return F.batch_norm(arrays["x"], None, None, arrays["gamma"], arrays["beta"], training=True, **options)
    if name == "cross_entropy":
        return F.cross_entropy(arrays["logits"], torch.tensor(options["labels"]))
    if name == "leaky_relu":
        return F.leaky_relu(arrays["x"], options["slope"])
    function = getattr(torch, name) if name in ("relu", "sigmoid", "tanh") else getattr(F, name)
    return function(*arrays.values(), **options)


def record():
    """Run every case forward and, with a drawn dy, backward; write inputs, output and gradients."""
    import torch

    rng, saved = np.random.default_rng(0), {}
    for i, (name, shapes, options) in enumerate(CASES):
        arrays = {key: torch.tensor(rng.integers(-12, 13, size=shape) / 4.0) for key, shape in shapes.items()}
        for array in arrays.values():
            array.requires_grad_()
        y = in_torch(name, arrays, options)
        dy = torch.tensor(rng.integers(-12, 13, size=tuple(y.shape)) / 4.0)
        y.backward(dy)
        for key, array in arrays.items():
            saved[f"{i} {key}"], saved[f"{i} d{key}"] = array.detach().numpy(), array.grad.numpy()
        saved[f"{i} y"], saved[f"{i} dy"] = y.detach().numpy(), dy.numpy()
    cases = [[name, list(shapes), options] for name, shapes, options in CASES]
    np.savez_compressed(FILE, cases=json.dumps(cases), torch_version=str(torch.__version__), **saved)


def main(arguments=None):
    """The command line; returns the exit code."""
    command.parser("tools.record_torch", __doc__, check=False).parse_args(arguments)
    record()
    print(f"{FILE.name}: stored")
    return 0


if __name__ == "__main__":
    sys.exit(main())
