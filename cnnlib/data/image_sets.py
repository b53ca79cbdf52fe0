"""Sets of small images with their classes, to learn from and to be tested on."""

from typing import NamedTuple

import numpy as np

from ..arguments import label, several
from . import idx
from .files import npz, unit

_DIGITS = tuple("0123456789")


class ImageSet(NamedTuple):
    """Images with their classes, split into a part to learn from and a part to be tested on.

    `x_train` and `x_test` are float32 (N, 1, 28, 28) from 0 to 1, `y_train` and `y_test` int64 (N,), and
    `class_names[y]` is the name of class y.
    """

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    class_names: tuple[str, ...]

    def __repr__(self):
        # The tuple's own would print four arrays of pixels into the notebook.
        return f"ImageSet(x_train {self.x_train.shape}, x_test {self.x_test.shape}, {len(self.class_names)} classes)"


def fashion_mnist():
    """Load 8,000 garments to train on and 2,000 to test on: a balanced part of Fashion-MNIST, with its official split.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,), 10 classes of 800 + 200 images.
    Raises `DataFileError` if the file is damaged.

    Source: Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747. Copyright (c) 2017 Zalando SE, MIT licence.

    >>> import cnnlib as cnn
    >>> garments = cnn.data.fashion_mnist()
    >>> garments
    ImageSet(x_train (8000, 1, 28, 28), x_test (2000, 1, 28, 28), 10 classes)
    >>> garments.class_names[garments.y_train[0]]
    'Dress'
    """
    z = npz("fashion_mnist_8k_2k.npz")
    return _image_set(z["x_train"], z["y_train"], z["x_test"], z["y_test"], tuple(z["class_names"].tolist()))


def mnist():
    """Load 4,000 handwritten digits to train on and 1,000 to test on.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,), 10 classes of 400 + 100 images. The split
    is our own, not the official one: do not compare scores on it with published ones.
    Raises `DataFileError` if the file is damaged.

    Source: LeCun, Bottou, Bengio and Haffner 1998, doi:10.1109/5.726791. Copyright Yann LeCun and Corinna Cortes,
    CC BY-SA 3.0: pass this file on under the same licence.

    >>> import cnnlib as cnn
    >>> x_train, y_train, x_test, y_test, names = cnn.data.mnist()
    >>> x_train.shape, y_test.shape, names[7]
    ((4000, 1, 28, 28), (1000,), '7')
    """
    z = npz("mnist_5k.npz")
    return _image_set(z["x_train"], z["y_train"], z["x_test"], z["y_test"], _DIGITS)


def from_idx(folder, class_names=_DIGITS):
    """Read a whole data set from the four files in which MNIST and Fashion-MNIST are published.

    `folder` holds train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
    each as it is or packed as .gz; the spelling train-images.idx3-ubyte is understood too. `class_names` is a list of
    text, one for each class, "0" to "9" unless given; for Fashion-MNIST, `fashion_mnist().class_names` fits.

    Returns an `ImageSet`: x float32 (N, 1, 28, 28) from 0 to 1, y int64 (N,). The 60,000 images take 188 MB.
    Raises FileNotFoundError if the folder or one of the files is missing, ValueError if a file is not what its name
    promises (magic number, dimension, size, number of labels, largest label), TypeError for other arguments.

    Source of the format: the MNIST page of LeCun, Cortes and Burges. The licence is that of the files you read.

    >>> import cnnlib as cnn
    >>> cnn.data.from_idx("no/such/folder")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    FileNotFoundError: folder: there is no folder no/such/folder (looked from ...).
    """
    class_names = tuple(label(name) for name in several(class_names, "class_names", "names, one for each class"))
    return _image_set(*idx.read_folder(folder, len(class_names)), class_names)


def _image_set(x_train, y_train, x_test, y_test, class_names):
    """Pixels (N, H, W) of bytes to (N, 1, H, W) from 0 to 1, labels to int64."""
    train = unit(x_train[:, None]), y_train.astype(np.int64)
    test = unit(x_test[:, None]), y_test.astype(np.int64)
    return ImageSet(*train, *test, class_names)
