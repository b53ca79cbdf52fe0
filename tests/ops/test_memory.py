"""How much memory a convolution takes while it runs."""

import tracemalloc

import numpy as np

import cnnlib as cnn


def peak_of(call):
    """The most megabytes that lived at once while `call` ran, its result included, its arguments not."""
    tracemalloc.start()   # NumPy reports its arrays to it
    try:
        result = call()
        return tracemalloc.get_traced_memory()[1] / 1e6, result
    finally:
        tracemalloc.stop()


def test_a_large_layer_takes_little_more_than_its_input_and_output():
    """conv2d 3x3, 64 to 64 channels, padded, on 8 x 64 x 224 x 224 in float32, forward.

    Output and padded input take 103 and 105 MB. All patches at once would take 925 MB: they are made block by block.
    """
    x, w = np.ones((8, 64, 224, 224), np.float32), np.ones((64, 64, 3, 3), np.float32)
    peak, y = peak_of(lambda: cnn.conv2d(x, w, padding=1))
    assert y.shape == (8, 64, 224, 224) and y.dtype == np.float32
    assert (y[0, 0, 0, 0], y[-1, -1, 100, 100]) == (64 * 4, 64 * 9)
    assert 102 < peak < 250, f"{peak:.0f} MB (below 102 not even the output was traced)"
