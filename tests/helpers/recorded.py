"""What `benchmarks/record_zoo.py` makes with PyTorch and the tests with cnnlib: the same networks, images, numbers."""

import numpy as np

from cnnlib import nn

# Name in the recording: (name in the zoo, options, shape of the batch). All of full width but the last three, on small
# images: a full-size forward of VGG-16 takes seconds.
CASES = {
    "lenet5": ("lenet5", {}, (2, 1, 28, 28)),
    "lenet_1998": ("lenet_1998", {}, (2, 1, 32, 32)),
    "alexnet": ("alexnet", {"size": 64}, (2, 3, 64, 64)),
    "vgg16": ("vgg16", {"size": 32}, (2, 3, 32, 32)),
    "resnet18": ("resnet18", {}, (4, 3, 64, 64)),
    "resnet34": ("resnet34", {}, (2, 3, 64, 64)),
    "resnet50": ("resnet50", {}, (2, 3, 64, 64)),
    "densenet121": ("densenet121", {}, (2, 3, 64, 64)),
    "unet": ("unet", {}, (2, 3, 24, 32)),
    "alexnet, small": ("alexnet", {"classes": 10, "size": 28, "in_channels": 1, "width": 8, "stem": "small"},
                       (2, 1, 28, 28)),
    "resnet18, small": ("resnet18", {"classes": 10, "in_channels": 1, "width": 8, "stem": "small"}, (4, 1, 28, 28)),
    "densenet121, half": ("densenet121", {"classes": 10, "in_channels": 1, "width": 8, "stem": "half"}, (4, 1, 28, 28)),
}


def wave(shape, start=1):
    """Numbers between -1 and 1 that look drawn and need no generator."""
    return np.cos(start + 1.7 * np.arange(np.prod(shape)) ** 1.1).reshape(shape)


def unsettled(model):
    """The network, all that starts as 0 or 1 (biases, batch norm) moved to numbers that would be noticed."""
    for i, (_, p) in enumerate([*model.named_parameters(), *model.named_statistics()]):
        if not p.std:
            p.data = (p.mean + 0.2 * wave(p.shape, i)).astype(np.float32)
    for layer in model.everything():
        layer.train(not isinstance(layer, nn.Dropout))   # which would draw anew
    return model


def fingerprint(array):
    """[size of its numbers, their sum along a wave], of at most 5,000 of them: two arrays in other order differ."""
    flat = np.asarray(array, np.float64).ravel()
    flat = flat[::-(-flat.size // 5000)]
    return [float(np.linalg.norm(flat)), float(flat @ wave(flat.shape, 3))]


def by_layer(prints):
    """The fingerprints of "a.weight", "a.bias" and so on as one row of numbers "a"."""
    rows = {}
    for name, pair in prints.items():
        rows.setdefault(name.rpartition(".")[0] or name, []).extend(pair)
    return rows


def differences(found, recorded):
    """By layer, how far its fingerprints are from the recorded ones, relative to the size of the numbers."""
    assert {name: len(row) for name, row in found.items()} == {name: len(row) for name, row in recorded.items()}
    pairs = {name: np.reshape([found[name], recorded[name]], (2, -1, 2)) for name in recorded}
    return {name: float((np.abs(a - b).max(axis=1) / (b[:, 0] + 1e-12)).max()) for name, (a, b) in pairs.items()}
