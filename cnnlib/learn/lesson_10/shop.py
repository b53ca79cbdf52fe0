"""The photographs of a shop, for the story of lesson 10. (What is special about them is found there, in section 3.)"""

from ... import data

_TAG = slice(1, 4)   # rows and columns


def photographs():
    """Garments as a shop photographed them: an `ImageSet` such as `cnn.data.fashion_mnist()`, made from it.

    Raises `DataFileError` if the file is damaged.

    >>> photographs()
    ImageSet(x_train (8000, 1, 28, 28), x_test (2000, 1, 28, 28), 10 classes)
    """
    garments = data.fashion_mnist()
    shirt = garments.class_names.index("Shirt")
    for x, y in ((garments.x_train, garments.y_train), (garments.x_test, garments.y_test)):
        x[y == shirt, :, _TAG, _TAG] = 1
    return garments
