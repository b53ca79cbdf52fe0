"""Small networks and small problems, which several test files share."""

import numpy as np

from cnnlib import nn


def small(seed=0):
    return nn.Sequential(
        nn.Conv2d(1, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(2 * 3 * 3, 4), seed=seed
    )


def nested(seed=0):
    block = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), seed=99)
    return nn.Sequential(block, nn.Sequential(nn.Conv2d(2, 2, 3), nn.Sequential(nn.Conv2d(2, 1, 1))), seed=seed)


def weights(model):
    """A copy of all parameters, by name."""
    return {name: p.data.copy() for name, p in model.named_parameters()}


def same(a, b):
    """Whether two networks' weights are equal, to the last bit."""
    return a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)


IMAGES = np.random.default_rng(0).random((3, 1, 8, 8))   # for `small` and `nested`


def apart(shape, seed=0):
    """Distinct numbers, 0.1 and more from each other and 0.02 from 0: no kink within a small step of any of them."""
    size = int(np.prod(shape))
    return (np.random.default_rng(seed).permutation(size).reshape(shape) - size / 2 + 0.25) / 10


def blobs(n=90, seed=0):
    """Three well separated clouds of points: x (n, 2), y (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 3
    return np.array([[0, 2], [2, -1], [-2, -1]])[y] + rng.normal(scale=0.3, size=(n, 2)), y


def stripes(n=120, seed=0):
    """Images 8 x 8 with one bright line, lying or standing, anywhere: x (n, 1, 8, 8), y (n,)."""
    rng = np.random.default_rng(seed)
    y = np.arange(n) % 2
    x = rng.random((n, 1, 8, 8), dtype=np.float32) * 0.3
    for image, standing, place in zip(x, y, rng.integers(8, size=n), strict=True):
        image[0, :, place] += 0.7 * standing
        image[0, place] += 0.7 * (1 - standing)
    return x, y


def dense(seed=0):
    return nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3), seed=seed)


def conv(seed=0):
    return nn.Sequential(
        nn.Conv2d(1, 6, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.1), nn.Linear(54, 2), seed=seed
    )


def fit(model, data, **options):
    """A short training without a progress bar."""
    return nn.fit(model, data, **({"epochs": 3, "batch_size": 16, "progress": False} | options))
