"""What the layers of a network really hold after a forward pass in training."""

import numpy as np

from cnnlib import nn


def arrays(value):
    """All arrays in what a layer remembers, each as the whole that it is a view of."""
    if isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from arrays(part)


def held(model, x):
    """Bytes that the layers hold after a forward pass in training; and of those, the patches of convolutions."""
    model.train()(x)
    layers = [layer for layer in model.everything() if getattr(layer, "cache", None) is not None]
    patches = {id(each) for layer in layers if isinstance(layer, nn.Conv2d) for each in arrays(layer.cache[-1][-1])}
    own = {id(each) for parameter in model.parameters() for each in arrays(parameter.data)}
    found = {id(each): each.nbytes for layer in layers for each in arrays(layer.cache) if id(each) not in own}
    return sum(found.values()), sum(count for key, count in found.items() if key in patches)
