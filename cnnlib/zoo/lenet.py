"""LeNet and the LeNet-style network of the lessons.

The first convolutional network in wide use (LeCun, Bottou, Bengio & Haffner 1998): convolution and pooling, twice, then
fully-connected layers. The original had trainable subsampling, tanh-like units and a sparsely connected second
convolution (`lenet_1998`); what the name stands for today is the plain version here, with ReLU and max-pooling.
"""

from ..nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential


def _lenet(in_channels, padding, filters, seed):
    first, second = filters
    return Sequential(
        Conv2d(in_channels, first, 5, padding=padding),
        ReLU(),
        MaxPool2d(2),
        Conv2d(first, second, 5),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(second * 5 * 5, 120),
        ReLU(),
        Linear(120, 84),
        ReLU(),
        Linear(84, 10),
        seed=seed,
    )


def lenet5(seed=0):
    """The modern LeNet-5 for 28x28 grey images: (N, 1, 28, 28) -> logits (N, 10); 61,706 parameters.

    >>> lenet5().summary((1, 28, 28)).parameters
    61706
    """
    return _lenet(in_channels=1, padding=2, filters=(6, 16), seed=seed)


def lenet_notes(seed=0):
    """The LeNet-style network for 32x32 RGB images with 8 and 16 filters: (N, 3, 32, 32) -> logits (N, 10).

    Its table (DeepLearning.AI, course 4 week 1) adds up to 62,958 parameters. The last layer gives logits: softmax
    belongs to the loss.

    >>> lenet_notes().summary((3, 32, 32)).parameters
    62958
    """
    return _lenet(in_channels=3, padding=0, filters=(8, 16), seed=seed)
