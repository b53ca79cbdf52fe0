"""Slide a filter by hand."""

import numpy as np

from ..exercise import Exercise, Wrong


def solution():
    first = 2 * 1 + 0 * 2 + 1 * -1      # the filter lies on 2, 0, 1
    second = 0 * 1 + 1 * 2 + 3 * -1     # and one cell on: on 0, 1, 3
    return [first, second]


PADDED = "You put zeros around x: the filter should stay on x, and there it fits only twice."
SIGN = "The last weight is −1, not 1: its product is subtracted."
TURNED = "Your filter is flipped."
PRODUCTS = "These are the products: add up the three of each place."

EXERCISE = Exercise(
    id="01.1",
    title="By hand",
    statement="""Slide the filter $w = [1, 2, -1]$ over $x = [2, 0, 1, 3]$ on paper. Which list $y$ comes out?

Write it as a list, such as `[0, 0, 0]`.""",
    signature="answer: a list of numbers",
    ask="value",
    difficulty=1,
    minutes=2,
    hints=(
        "Lay three coins or fingers on the first three cells. Where can they lie next?",
        "At each place multiply every cell by the weight on it, then add the three products.",
        "The first place: 2 · 1 + 0 · 2 + 1 · (−1). The second begins with the 0.",
    ),
    solution=solution,
    errors="""- *Four numbers?* A window of 3 fits only $4 - 3 + 1 = 2$ times.
- *A 5?* The minus sign of the last weight was lost on the second window, and its 3 was added.
- *[−1, 5]?* The filter was flipped.""",
    praise="Two windows, three products each.",
    insight="Four cells and a filter of three leave 4 − 3 + 1 places.",
    right=[(1, -1), [1.0, -1.0], np.array([1, -1]), np.float32([1, -1])],
    wrong=[
        Wrong([1, 5], SIGN), Wrong([3, 5], SIGN),
        Wrong([3, -1], "The first is 2 too large: 2 · 1 = 2, then 0 · 2 = 0, then 1 · (−1) = −1."),
        Wrong([-1, 5], "Your filter is flipped: its first weight, 1, belongs on the first cell of each window."),
        Wrong([4, 1, -1, 7], PADDED), Wrong([-2, 4, 1, -1, 7, 3], PADDED),
        Wrong([2, 4, -1, 5, 5, -3], TURNED, PADDED), Wrong([4, -1, 5, 5], TURNED, PADDED), Wrong([4, 1, -1], PADDED),
        Wrong([2, 4, -1, 5], TURNED, PADDED),
        Wrong([2, 2], "The last weight, −1, takes part in neither sum."),
        Wrong([-1, -1], "The first weight, 1, takes part in neither sum."),
        Wrong([1, -2], "The middle weight is 2, not 1."),
        Wrong([4, 5], "The last two weights are swapped: 2 belongs on the middle cell, −1 on the last."),
        Wrong([1, -5], "In the second window 1 · 2 is added: only the product with −1 is subtracted."),
        Wrong([1, 7], "Your window jumps by two cells and hangs over the end: move it by one."),
        Wrong([1, -1, 5, 7], "Your last windows wrap round to the start of x: stop where x ends."),
        Wrong([-1], "That is the second place alone: the filter also lies on the first three cells."),
        Wrong([1, -1, 7], "Your last window hangs over the end of x."),
        Wrong([1, -1, 7, 3], "Your last windows hang over the end of x."),
        Wrong([1, -1, 0, 0], "Where the filter does not fit, there is no output, not even a 0."),
        Wrong([1, 1], "Your second output has lost its sign."),
        Wrong([1], "The filter can move on by one cell: there is a second place."),
        Wrong([1 / 3, -1 / 3], "You divide by the number of weights: an output is the sum of the products."),
        Wrong([3, 4], "You add up the windows without the weights."),
        Wrong([2, 3], "You take the largest number of each window: multiply each cell by its weight, then add up."),
        Wrong([6, 8], "You add first and then multiply: each cell meets its own weight, and adding comes last."),
        Wrong([5, 6], "You add the weights to the cells: multiply them."),
        Wrong([2, 0, -1], "These are the products of the first window: add them up, then go on to the second."),
        Wrong([[2, 0, -1], [0, 2, -3]], PRODUCTS), Wrong([2, 0, -1, 0, 2, -3], PRODUCTS),
        Wrong([1, 0], "Your second sum carries on from the first: start from 0 at each place."),
        Wrong([-1, 1], "Your two numbers are in the wrong order: the window moves from left to right."),
        Wrong(0, "You added up the outputs: each place has a number of its own, so write a list of two."),
    ],
)
