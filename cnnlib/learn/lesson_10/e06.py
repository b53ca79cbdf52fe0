"""Robustness to shifts: for which share of the shifts does the class stay?"""

import numpy as np

from ..exercise import Exercise
from .e06_slips import (
    BRIGHTEST,
    COLUMN,
    CORNER,
    COUNT,
    FUNCTIONS,
    HALF,
    MIDDLE,
    ROW,
    WRONG,
    counted,
    with_a_list,
)


def solution(predict, x, most):
    before, same, count = predict(x), 0, 0
    for dy in range(-most, most + 1):
        for dx in range(-most, most + 1):
            if (dy, dx) != (0, 0):
                same += predict(np.roll(x, (dy, dx), axis=(0, 1))) == before
                count += 1
    return same / count


# --- other right ways -------------------------------------------------------------------------------------------------

def less_the_middle(predict, x, most):
    side = 2 * most + 1
    same = sum(predict(np.roll(np.roll(x, i - most, 0), j - most, 1)) == predict(x)
               for i in range(side) for j in range(side))
    return (same - 1) / (side * side - 1)


def by_indices(predict, x, most):
    H, W = x.shape
    steps = [(dy, dx) for dy in range(-most, most + 1) for dx in range(-most, most + 1) if dy or dx]
    rows, columns = np.arange(H), np.arange(W)
    return sum(predict(x[np.ix_((rows - dy) % H, (columns - dx) % W)]) == predict(x) for dy, dx in steps) / len(steps)


def by_lists(predict, x, most):
    H, W, stayed = len(x), len(x[0]), []
    for place in range((2 * most + 1) ** 2):
        dy, dx = place // (2 * most + 1) - most, place % (2 * most + 1) - most
        if not dy == dx == 0:
            moved = [[x[(i + dy) % H][(j + dx) % W] for j in range(W)] for i in range(H)]
            stayed.append(1 if predict(moved) == predict(x) else 0)
    return sum(stayed) / len(stayed)


def tiled(predict, x, most):
    H, W = x.shape
    around = np.pad(x, most, "wrap")
    classes = np.array([[predict(around[i:i + H, j:j + W]) for j in range(2 * most + 1)] for i in range(2 * most + 1)])
    return (np.count_nonzero(classes == classes[most, most]) - 1) / (classes.size - 1)


def one_less_what_changed(predict, x, most):
    moves = np.delete(np.arange((2 * most + 1) ** 2), 2 * most * (most + 1))
    changed = [predict(np.roll(x, np.array(divmod(int(m), 2 * most + 1)) - most, (0, 1))) != predict(x) for m in moves]
    return 1 - np.mean(changed)


def single_precision(predict, x, most):
    return np.float32(with_a_list(predict, x, most))


def draw(rng):
    x = rng.integers(0, 6, rng.integers(3, 6, 2))
    return FUNCTIONS[rng.integers(len(FUNCTIONS))], x, int(rng.integers(1, 4))


EXERCISE = Exercise(
    id="10.6",
    title="Does the class stay?",
    statement="""Write `steady(predict, x, most)`. `x` is one image, $(H, W)$; `predict(x)` returns the number of its
class.

Move the image by `dy` rows down and `dx` columns to the right, with `np.roll`: what leaves on one side comes in on the
other. Both take every whole number from `-most` to `most`, ends included, in every combination except (0, 0). Return
the **share** of these shifts for which the class is the same as for `x` itself: 1 if it always is, 0 if it never is.
`x` must be unchanged afterwards.""",
    signature="steady(predict, x, most): function, (H, W), whole number -> a number from 0 to 1",
    difficulty=2,
    minutes=6,
    hints=(
        "How many shifts are there for `most` = 1? Draw them as a grid with a hole in the middle.",
        "Use two loops, both over `range(-most, most + 1)`; skip the case where both are 0. `np.roll(x, (dy, dx), "
        "axis=(0, 1))` is a moved copy of x.",
        "Before the loops: `before = predict(x)`. Inside: `if (dy, dx) != (0, 0):`, count one more shift, and one "
        "more that stays if `predict(np.roll(x, (dy, dx), axis=(0, 1))) == before`.",
    ),
    solution=solution,
    errors="""- *(0, 0) counted*: an unmoved image always keeps its class, so the share is too high.
- *`if dy and dx`* leaves out all shifts along one side only. `if dy or dx` leaves out just (0, 0).
- *`range(-most, most)`* ends at `most - 1`.
- *`np.roll(x, (dy, dx))`* without `axis` rolls the image as one long row.
- *`x = np.roll(x, ...)`* in the loop: the shifts add up.""",
    praise="Every shift except none at all.",
    insight="It needs no labels: even a network that is always wrong can be steady. Ask for both, right and steady.",
    cases=[
        (BRIGHTEST, [[0, 0, 0], [0, 9, 0], [0, 0, 0]], 1),
        (ROW, [[0, 0, 0], [0, 9, 0], [0, 0, 0]], 1),
        (HALF, [[0, 0, 0, 0], [3, 2, 0, 0], [1, 1, 0, 0]], 1),
        (MIDDLE, [[0, 0, 0, 0, 0], [0, 3, 4, 0, 0], [0, 5, 3, 4, 0], [0, 0, 3, 0, 0]], 2),
        (COUNT, [[1, 5], [4, 2], [0, 3]], 1),
        (CORNER, [[1, 2, 1, 3], [2, 1, 1, 0], [3, 1, 1, 2]], 1),
        (COLUMN, [[0, 1, 2, 7, 1], [4, 2, 0, 1, 3], [5, 1, 0, 2, 6]], 2),
        (CORNER, [[1, 0, 1, 1, 3], [0, 1, 2, 0, 1], [1, 1, 0, 3, 0], [2, 1, 1, 0, 1], [0, 1, 2, 1, 1]], 3),
    ],
    draw=draw,
    edges=[
        (CORNER, [[300, 299], [300, 256]], 1), (CORNER, [[-300, -299], [-300, -256]], 1),
        (HALF, [[0.25, 0.75, 0.5, 0.25]], 1), (HALF, [[0.0004, 0, 0.0003, 0.0002]], 1),
        (CORNER, [[3]], 1), (CORNER, [[1, 2]], 1), (CORNER, [[1], [2]], 1), (CORNER, [[1, 2], [1, 1]], 2),
        (CORNER, [[1, 2, 2], [2, 1, 1]], 4), (CORNER, [[-1, 1, 2], [-1, 3, -1]], 1), (CORNER, [[-1, -2], [-1, -3]], 1),
        (MIDDLE, [[2.5, 1.5, 2.25], [2.75, 2.125, 1], [2, 3, 1.75]], 1),
        (HALF, [[300, 0, 0, 70000], [0, 500, 1, 2]], 1),
        (HALF, [[0.0012, 0, 0.0034, 0.0011]], 2), (CORNER, [[2, 2], [2, 2]], 1), (CORNER, [[1, -1], [-1, 1]], 1),
        (CORNER, [[0, 0, 0], [0, 0, 0]], 1), (CORNER, [[0, 0, 1], [1, 0, 2], [0, 3, 4]], 1),
    ],
    returns="share",
    right=[counted, with_a_list, less_the_middle, by_indices, by_lists, tiled, one_less_what_changed, single_precision],
    wrong=WRONG,
)
