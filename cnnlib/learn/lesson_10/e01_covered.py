"""What is scored in exercise 10.1, and maps that come of covering something else."""

import numpy as np

from .of_images import OfImage

# --- what is scored ---------------------------------------------------------------------------------------------------

TOTAL = OfImage("the sum of all pixels", np.sum)
LARGEST = OfImage("the largest pixel", np.max)
SQUARES = OfImage("the sum of squares", lambda x: np.sum(x**2))
PLACES = OfImage("the sum of (3i + j + 1) · x[i, j]", lambda x: np.sum(
    x * (3 * np.arange(len(x))[:, None] + np.arange(x.shape[1]) + 1)))
CORNER = OfImage("3 · x[0, 0] - x[-1, -1]", lambda x: 3 * x[0, 0] - x[-1, -1])
EDGES = OfImage("how much neighbours in a row differ", lambda x: np.sum(np.abs(np.diff(x))))
PROBABILITY = OfImage("1 / (1 + exp(-mean))", lambda x: 1 / (1 + np.exp(-np.mean(x))))
COUNT = OfImage("how many pixels are above 2", lambda x: np.sum(x > 2))
FUNCTIONS = (LARGEST, SQUARES, PLACES, CORNER, EDGES, PROBABILITY, COUNT)


# --- something else is covered ----------------------------------------------------------------------------------------

def places(score, x, size, fill, what, rows=None, columns=None):
    """What comes out for `what(x as floats, i, j)` in place of the copy that is scored, at so many places."""
    x = np.asarray(x, float)
    rows = x.shape[0] - size + 1 if rows is None else rows
    columns = x.shape[1] - size + 1 if columns is None else columns
    return np.array([[score(x) - score(what(x.copy(), i, j)) for j in range(columns)] for i in range(rows)])


def covering(part, value=None):
    """A change of the result: other pixels are covered, `part(i, j, size)`, or with another `value(x, fill)`."""
    def change(y, score, x, size, fill):
        def what(copy, i, j):
            copy[part(i, j, size)] = fill if value is None else value(copy, fill)
            return copy

        return places(score, x, size, fill, what)

    return change


def square(i, j, size):
    return np.s_[i:i + size, j:j + size]


def filled(value):
    """A change of the result: the squares are filled with something else."""
    return covering(square, value)


def kept_alone(y, score, x, size, fill):
    def what(copy, i, j):
        only = np.full(copy.shape, float(fill))
        only[square(i, j, size)] = copy[square(i, j, size)]
        return only

    return places(score, x, size, fill, what)


def centred(y, score, x, size, fill, more=0):
    """A square around every pixel; with 1 more, always one of an odd side."""
    half = size // 2

    def what(copy, i, j):
        low, high = -half, half + 1 if more else size - half
        copy[max(i + low, 0):max(i + high, 0), max(j + low, 0):max(j + high, 0)] = fill
        return copy

    return places(score, x, size, fill, what, *x.shape)


def in_tiles(y, score, x, size, fill):
    """Squares beside each other, each fall written onto all of its pixels."""
    falls = over_the_edge(y, score, x, size, fill)
    i, j = np.indices(x.shape) // size * size
    return falls[i, j]


def chained(y, score, x, size, fill):
    """`copy[i:i + size][j:j + size]`: both slices take rows."""
    return places(score, x, size, fill, lambda copy, i, j: np.concatenate([
        copy[:i], copy[i:i + size][:j], copy[i:i + size][j:j + size] * 0 + fill, copy[i:i + size][j + size:],
        copy[i + size:]]))


def over_the_edge(y, score, x, size, fill):
    def what(copy, i, j):
        copy[square(i, j, size)] = fill
        return copy

    return places(score, x, size, fill, what, *x.shape)


def painted_over(y, score, x, size, fill):
    """Every fall written onto all pixels of its square, the last one on top."""
    painted = np.zeros(x.shape)
    for place in np.ndindex(y.shape):
        painted[square(*place, size)] = y[place]
    return painted


def painted(y, score, x, size, fill, mean=False):
    """Every fall added to all pixels of its square."""
    total, times = np.zeros(x.shape), np.zeros(x.shape)
    for i, j in np.ndindex(y.shape):
        total[square(i, j, size)] += y[i, j]
        times[square(i, j, size)] += 1
    return total / times if mean else total


def in_a_frame(y, score, x, size, fill):
    """A map as large as the image, with zeros where no square begins."""
    return np.pad(y, [(0, size - 1)] * 2)


def beside(y, score, x, size, fill):
    """Compared with the place before instead of with x."""
    left = score(x) - y
    return np.diff(np.concatenate([[score(x)], left.ravel()])).reshape(y.shape) * -1


def each_way_round(y, score, x, size, fill):
    return np.array([[score(x) - score(np.where(np.arange(x.size).reshape(x.shape) == i * x.shape[1] + j, fill, x))
                      for j in range(x.shape[1])] for i in range(x.shape[0])])


def per_pixel(y, score, x, size, fill):
    return y / size**2


def covered_at(copy, i, j, size, fill):
    copy[square(i, j, size)] = fill
    return copy
