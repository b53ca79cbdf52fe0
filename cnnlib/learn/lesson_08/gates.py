"""The gates of a tower: at each ReLU, which numbers an image lets through."""

from ... import nn


def opened(network, x):
    """What a batch x opens on the way that no shortcut leads past: at each ReLU there, whether a number is above 0.

    A list of arrays of truth values, each of the shape of the numbers. The network runs in training mode, as it is
    when training begins, so its running statistics move.

    >>> tower = nn.Sequential(nn.Linear(1, 1), nn.ReLU())
    >>> tower[0].weight.data[...] = 1
    >>> opened(tower, np.array([[-1.0], [2.0]]))[0].ravel()
    array([False,  True])
    """
    found = []

    def run(layers, x):
        for layer in layers:
            x = run(layer, x) if isinstance(layer, nn.Sequential) else layer(x)
            if isinstance(layer, nn.ReLU):
                found.append(x > 0)
        return x

    run(network.train(), x)
    return found
