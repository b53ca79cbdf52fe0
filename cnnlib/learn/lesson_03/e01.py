"""Four windows of a small image, by hand."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    x = np.array([[1, 0, 2], [3, 1, 0], [0, 2, 1]])
    w = np.array([[1, 2], [3, -1]])
    y = np.zeros((2, 2), int)
    for i in range(2):                                # two places downwards
        for j in range(2):                            # and two to the right
            y[i, j] = (x[i:i + 2, j:j + 2] * w).sum()
    return y


X, W = np.array([[1, 0, 2], [3, 1, 0], [0, 2, 1]]), np.array([[1, 2], [3, -1]])


def sums(x=X, w=W, one=lambda window, w: (window * w).sum()):
    """What comes out with another image, another filter, or another way to turn a window into one number."""
    return [[one(x[i:i + 2, j:j + 2], w) for j in range(x.shape[1] - 1)] for i in range(x.shape[0] - 1)]


MINUS = "The last weight is −1: its product is subtracted, in every window."
OVER = "Your windows hang over the border of x: a window of 2 × 2 fits only twice across and twice down."
ONE_SIGN = "In some window you lost the minus of the last weight: check the products with −1."
MATRIX = "That is the product of two matrices, rows times columns: here each cell meets only the weight on it."
FIRST = "That is the first window. It can move: to the right, and down."
SUMS = "The weights are missing: you add up what lies in each window. Multiply each cell by the weight on it first."

EXERCISE = Exercise(
    id="03.1",
    title="Four windows",
    statement="""Slide the filter $w$ over the image $x$ on paper: stride 1, no padding.

$$x = \\begin{bmatrix} 1 & 0 & 2 \\\\ 3 & 1 & 0 \\\\ 0 & 2 & 1 \\end{bmatrix} \\qquad\\qquad
w = \\begin{bmatrix} 1 & 2 \\\\ 3 & -1 \\end{bmatrix}$$

Which outputs come out, and in which arrangement? Write them as rows, such as `[[0, 0], [0, 0]]`.""",
    signature="answer: a list of rows",
    ask="value",
    difficulty=1,
    minutes=3,
    hints=(
        "Imagine a sheet of paper with a hole of 2 × 2 cells on the image. How far can you push it right, and how "
        "far down?",
        "There are four places. In each, four cells meet four weights: multiply, then add up. Keep the layout: "
        "right stays right, down stays down.",
        "The first: 1 · 1 + 0 · 2 + 3 · 3 + 1 · (−1). The window to its right holds 0, 2 above 1, 0; the one below "
        "it 3, 1 above 0, 2.",
    ),
    solution=solution,
    errors="""- *Nine numbers, or sixteen?* The window stays on the image: $3 - 2 + 1 = 2$ places along each side.
- *[[6, 8], [2, 4]]*: the filter was rotated by 180°.
- *[[9, 3], [7, 6]]*: the second place is to the right of the first, not below it.
- *[9, 7, 3, 6]*: an image goes in, so an image comes out: two rows of two.""",
    praise="Four windows, four products each.",
    insight="The outputs lie where their windows lie, so an image gives an image, only smaller.",
    right=[((9, 7), (3, 6)), [[9, 7], [3, 6]], np.array([[9, 7], [3, 6]]), np.float32([[9, 7], [3, 6]])],
    wrong=[
        Wrong(sums(w=W[::-1, ::-1]), "Your filter is rotated by 180°: its first weight, 1, belongs on the top left "
                                     "cell of each window."),
        Wrong(sums(w=W[::-1]), "Your filter is upside down: its upper row, 1 and 2, belongs on the upper cells of the "
                               "window."),
        Wrong(sums(w=W[:, ::-1]), "Your filter is mirrored: its left weights, 1 and 3, belong on the left cells of the "
                                  "window."),
        Wrong(sums(w=W.T), "Rows and columns of your filter are swapped: 1 and 2 are side by side, not one above "
                           "the other."),
        Wrong([[9, 3], [7, 6]], "The numbers are right, but rows and columns are swapped: the second place is to "
                                "the right of the first."),
        Wrong([9, 7, 3, 6], "The numbers are right, but not their arrangement: write two rows of two."),
        Wrong([[9], [7], [3], [6]], "The numbers are right, but not their arrangement: write two rows of two."),
        Wrong(sums(w=np.abs(W)), MINUS),
        Wrong([[11, 7], [3, 6]], ONE_SIGN), Wrong([[9, 7], [7, 6]], ONE_SIGN), Wrong([[9, 7], [3, 8]], ONE_SIGN),
        Wrong([[11, 7], [7, 6]], ONE_SIGN), Wrong([[11, 7], [3, 8]], ONE_SIGN), Wrong([[9, 7], [7, 8]], ONE_SIGN),
        Wrong(sums(np.pad(X, 1)), "You put zeros around x: the filter should stay on x, where it finds four places."),
        Wrong(sums(np.pad(X, (0, 1))), OVER), Wrong(sums(np.pad(X, ((0, 0), (0, 1)))), OVER),
        Wrong(sums(np.pad(X, ((0, 1), (0, 0)))), OVER),
        Wrong([[9, 6]], "You moved down and to the right at once: move one to the right first, then one down."),
        Wrong([9, 6], "You moved down and to the right at once: move one to the right first, then one down."),
        Wrong([[9, 7]], "The window can also move down: there is a second row of places."),
        Wrong([9, 7], "The window can also move down: there is a second row of places."),
        Wrong(9, FIRST), Wrong([9], FIRST), Wrong([[9]], FIRST),
        Wrong(sums(w=np.ones((2, 2))), SUMS),
        Wrong(sums(one=lambda window, w: window.sum() * w.sum()), "You add first, then multiply: each cell meets "
              "its own weight, and adding comes last."),
        Wrong(sums(one=lambda window, w: (window + w).sum()), "You add the weights to the cells: multiply them."),
        Wrong(sums(one=lambda window, w: (window * w).max()), "You keep the largest product of each window: add them "
              "all up."),
        Wrong(sums(w=W.clip(0)), "The last weight is −1, not 0: its product is subtracted."),
        Wrong(sums(one=lambda window, w: (window * w).mean()), "You divide by the number of weights: an output is the "
              "sum of the products."),
        Wrong([[1, 0], [9, -1]], "These are the products of the first window: add them up, then move on."),
        Wrong([[9, 16], [19, 25]], "Your sum carries over from window to window: start from 0 at each place."),
        Wrong(X[:2, :2] @ W, MATRIX), Wrong(sums(one=lambda window, w: (window @ w).sum()), MATRIX),
        *(Wrong(added, "You added up all windows: each has its own output.") for added in (25, [25], [[25]])),
    ],
)
