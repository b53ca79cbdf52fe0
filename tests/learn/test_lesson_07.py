"""The exercises of lesson 07 against what they teach to build: the package's ways back, and measured slopes."""

import numpy as np
import pytest

import cnnlib as cnn

EX = {id: cnn.learn.exercise(id) for id in cnn.learn.exercises("07")}


def measured(loss, *arrays):
    """Slopes of a loss for each number of each array, by central differences."""
    slopes = []
    for place, array in enumerate(arrays):
        steps = 1e-4 * np.eye(array.size).reshape(-1, *array.shape)
        moved = [[*arrays[:place], array + sign * step, *arrays[place + 1:]] for step in steps for sign in (1, -1)]
        values = [loss(*each) for each in moved]
        slopes.append(np.subtract(values[::2], values[1::2]).reshape(array.shape) / 2e-4)
    return slopes


def test_the_dot_product_by_hand():
    slopes = measured(lambda w, x, b: (w @ x + b - 2)**2 / 2, np.array([4.0, -1]), np.array([2.0, 3]), np.array(6.0))
    assert np.allclose(np.concatenate([np.ravel(slope) for slope in slopes]), EX["07.1"].solution())


def test_the_sliding_filter_by_hand():
    x, w, dy = np.array([2.0, 1, 0, 3]), np.array([3.0, 1]), np.array([2, -1, 3])
    slopes = measured(lambda x, w, b: (np.correlate(x, w) + b) @ dy, x, w, np.array(0.0))
    assert np.allclose(np.concatenate([np.ravel(slope) for slope in slopes]), EX["07.2"].solution())


def layered(id, dy, x, *rest):
    """What the package makes of the arguments of a case, as a layer of one image and one channel."""
    dy, x = dy[None, None], x[None, None]
    if id == "07.5":
        return (cnn.ops.max_pool2d_backward(dy, x, *rest)[0, 0],)
    back = cnn.ops.conv1d_backward if id == "07.3" else cnn.ops.conv2d_backward
    dx, dw, db = back(dy, x, rest[0][None, None])
    return dx[0, 0], dw[0, 0], db[0]


@pytest.mark.parametrize("id", ["07.3", "07.4", "07.5"])
def test_the_ways_back_are_those_of_the_package(id):
    for case in EX[id].all_cases:
        mine = EX[id].solution(*case.args)
        mine = mine if isinstance(mine, tuple) else (mine,)
        for part, theirs in zip(mine, layered(id, *case.args), strict=False):   # of 07.3 the package knows db as well
            assert np.shape(part) == np.shape(theirs) and np.allclose(part, theirs), case


@pytest.mark.parametrize(("id", "forward"), [
    ("07.3", lambda x, w: np.correlate(x, w)), ("07.4", lambda x, w: cnn.correlate2d(x, w))])
def test_the_ways_back_are_slopes(id, forward):
    for case in EX[id].cases:
        dy, x, w = (np.array(argument, float) for argument in case)
        for part, slopes in zip(EX[id].solution(dy, x, w), measured(
                lambda x, w, dy=dy: (forward(x, w) * dy).sum(), x, w), strict=False):
            assert np.allclose(part, slopes), case


def test_a_measured_gradient():
    """Exact for what is no steeper than a square, off by h² for a cube; of a kink the mean of both sides."""
    slopes = EX["07.6"].solution
    assert np.allclose(slopes(lambda x: x @ x, np.array([3, -1]), 2.0), [6, -2])
    assert np.allclose(slopes(lambda x: (x**3).sum(), np.array([1, 2]), 0.5), [3.25, 12.25])
    assert np.allclose(slopes(lambda x: np.maximum(x, 0).sum(), np.array([0, 5]), 0.5), [0.5, 1])


def test_equal_cells_and_overlaps():
    """The first of equal cells has it all; what wins twice has both."""
    back = EX["07.5"].solution
    assert back(np.array([[7]]), np.array([[3, 3], [1, 3]]), 2, 1).tolist() == [[7, 0], [0, 0]]
    assert back(np.array([[1, 2]]), np.array([[1, 9, 1], [1, 1, 1]]), 2, 1).tolist() == [[0, 3, 0], [0, 0, 0]]
