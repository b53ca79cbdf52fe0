"""A classifier by its pattern: stages of convolution and pooling, then fully-connected layers."""

from .. import shapes
from ..arguments import shown
from ..nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential
from ._parts import BROADEST

MOST = 1000   # layers that learn


def classifier(N, M, K, *, in_channels=1, size=28, classes=10, filters=8, kernel_size=3, padding="same", hidden=64,
               seed=0):
    """The network `[(Conv-ReLU)*N - Pool]*M - (FC-ReLU)*K - Softmax`: (N, C, H, W) -> logits (N, classes).

    N, M, K      convolutions in a stage (at least 1), stages, hidden fully-connected layers (both may be 0).
    in_channels  channels of the image; `size` its height and width, an int or a pair.
    classes      how many logits come out.
    filters      of each convolution in the first stage; every next stage has twice as many.
    kernel_size  and `padding` are those of every convolution, at stride 1; every Pool takes the maximum of 2x2.
    hidden       outputs of each hidden layer: one int for all, or a sequence of K.

    It ends in logits: the softmax of the pattern belongs to the loss (`cross_entropy`), and `cnn.softmax` turns logits
    into shares. ValueError or TypeError names the argument; for images that get too small on the way it tells how many
    stages fit. The pattern is that of VGG (Simonyan & Zisserman 2015) and of many networks before it.

    >>> model = classifier(N=1, M=2, K=1)
    >>> model
    Sequential(
      (0) Conv2d(1, 8, kernel_size=3, padding='same')
      (1) ReLU()
      (2) MaxPool2d(2, stride=2)
      (3) Conv2d(8, 16, kernel_size=3, padding='same')
      (4) ReLU()
      (5) MaxPool2d(2, stride=2)
      (6) Flatten()
      (7) Linear(784, 64)
      (8) ReLU()
      (9) Linear(64, 10)
    )
    >>> model.summary((1, 28, 28)).parameters
    52138
    """
    N, M, K = (shapes.integer(n, name, least) for n, name, least in ((N, "N", 1), (M, "M", 0), (K, "K", 0)))
    if N * M + K > MOST:
        name, found = ("K", K) if K > N * M else ("N", N) if N > M else ("M", M)
        raise ValueError(f"{name} is too large: found {found}, which makes {N * M + K:.3g} layers that learn; expected "
                         f"N·M + K at most {MOST}")
    channels, filters = shapes.integer(in_channels, "in_channels", 1), shapes.integer(filters, "filters", 1)
    classes, widths = shapes.integer(classes, "classes", 1), _widths(hidden, K)
    height, width = _last_size(shapes.pair(size, "size", 1), N, M, kernel_size, padding)
    layers = []
    for stage in range(M):
        for _ in range(N):
            layers += [Conv2d(channels, filters * 2 ** stage, kernel_size, padding=padding), ReLU()]
            channels = filters * 2 ** stage
        layers.append(MaxPool2d(2))
    layers.append(Flatten())
    features = channels * height * width
    if features > BROADEST:
        raise ValueError(f"size is too large: found {shown(size)}, which leaves {features:.3g} numbers for the fully "
                         "connected layers; use a smaller size, or more stages")
    for outputs in widths:
        layers += [Linear(features, outputs), ReLU()]
        features = outputs
    return Sequential(*layers, Linear(features, classes), seed=seed)


def _widths(hidden, K):
    """The outputs of each of K hidden layers."""
    if not isinstance(hidden, (tuple, list)):
        return [shapes.integer(hidden, "hidden", 1)] * K
    if len(hidden) != K:
        raise ValueError(f"hidden must be one integer or a sequence of K = {K}, found {len(hidden)}: {hidden!r}")
    return [shapes.integer(outputs, "hidden", 1) for outputs in hidden]


def _last_size(size, N, M, kernel_size, padding):
    """(height, width) after the last stage; ValueError tells after which stage nothing is left to look at."""
    kernel, margins = shapes.pair(kernel_size, "kernel_size", 1), shapes.padding_pair(padding)
    height, width = size
    for done in range(M):
        try:
            after = tuple(_stage(n, N, f, p) for n, f, p in zip((height, width), kernel, margins, strict=True))
        except ValueError:
            if not done:
                raise ValueError(f"size is too small: an image of {height} x {width} does not survive a single stage "
                                 f"of {N} Conv and a Pool; use a larger size, or padding that keeps it") from None
            shrunk = f"{done} stage{'s shrink' if done > 1 else ' shrinks'} an image of {size[0]} x {size[1]}"
            raise ValueError(f"M is too large: found {M}, but {shrunk} to {height} x {width}, too small for one more; "
                             f"use M = {done} at most, or a larger size") from None
        height, width = after
    return height, width


def _stage(n, N, kernel_size, padding):
    """One side of an image after N convolutions and a 2x2 pooling."""
    for _ in range(N):
        n = shapes.output_size(n, kernel_size, padding=padding)
    return shapes.output_size(n, 2, stride=2)
