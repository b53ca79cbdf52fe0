"""How many pixels carry a gradient: the size of an effective receptive field."""

import numpy as np

from ..exercise import Exercise
from .e04_slips import WRONG, one_by_one, searched


def solution(gradient, share):
    sizes = np.sort(np.abs(gradient).ravel())[::-1]      # one list, the largest first
    held = np.cumsum(sizes)                              # what the first 1, 2, 3, ... hold together
    return int(np.sum(held < share * held[-1])) + 1      # so many are too few; one more is enough


# --- other right ways -------------------------------------------------------------------------------------------------

def taken_away(gradient, share):
    left = [abs(float(g)) for row in gradient for g in row]
    total, count = sum(left), 0
    allowed = (1 - share) * total
    while sum(left) > allowed:
        left.remove(max(left))
        count += 1
    return count


def with_argmax(gradient, share):
    g = np.abs(np.asarray(gradient, float)).flatten()
    held = np.cumsum(-np.sort(-g)) / g.sum()
    return np.argmax(held >= share) + 1


def smallest_first(gradient, share):
    g = np.sort(np.abs(gradient), axis=None)
    outside = np.cumsum(g)                               # what can be left out
    return g.size - np.count_nonzero(outside <= (1 - share) * outside[-1])


def recursive(gradient, share):
    def more(sizes, needed):
        return 0 if needed <= 0 else 1 + more(sizes[1:], needed - sizes[0])

    sizes = sorted((abs(float(g)) for g in np.ravel(gradient)), reverse=True)
    return more(sizes, share * sum(sizes))


def single_precision(gradient, share):
    return np.float32(searched(gradient, share))


def fair(gradient, share):
    """Does rounding not decide? No sum of the largest is as much as the share, nor nearly, unless all is exact."""
    held = np.cumsum(np.sort(np.abs(gradient), axis=None)[::-1])
    exact = np.log2(held[-1]) % 1 == 0 and share * 64 % 1 == 0
    return exact or np.abs(held / held[-1] - share).min() > 1e-3


def draw(rng):
    while True:
        gradient = rng.integers(-9, 10, rng.integers(2, 5, 2))
        share = (0.25, 0.3, 0.5, 0.75, 0.8, 0.95)[rng.integers(6)]
        if gradient.any() and fair(gradient, share):
            return gradient, share


EXERCISE = Exercise(
    id="10.4",
    title="How large is the field really?",
    statement="""A receptive field tells which pixels *can* move an output. `gradient`, $(H, W)$, tells how strongly
each of them does. Write `pixels_that_hold(gradient, share)`: the **smallest number of pixels** whose sizes
$|\\text{gradient}|$ add up to **at least** `share` of the sum over all pixels. They may lie anywhere.

`share` is above 0 and at most 1, and at least one number of the gradient is not 0. For example
`pixels_that_hold(np.array([[1, -4], [2, 1]]), 0.75)` is 2: the sizes add up to 8, and 4 + 2 is 0.75 of that.""",
    signature="pixels_that_hold(gradient, share): (H, W), a number from 0 to 1 -> a whole number",
    difficulty=2,
    minutes=6,
    hints=(
        "Which pixels would you take first to need as few as possible?",
        "Sort the sizes, largest first, and add them up one by one: `np.cumsum` lists these sums. Which is the "
        "first that reaches the share?",
        "`sizes = np.sort(np.abs(gradient).ravel())[::-1]`, then `held = np.cumsum(sizes)`. Count how many of "
        "`held` are still below `share * held[-1]`, and add one pixel.",
    ),
    solution=solution,
    errors="""- *`np.sort` alone* puts the smallest first: that counts as many pixels as possible.
- *Without `np.abs`*: a slope of −4 moves the output as much as one of 4.
- *`np.argmax(held >= ...)`* is a place, counted from 0: the number of pixels is one more.
- *`>` instead of `>=`*: "at least" includes equality.
- *`np.sum(sizes > share * sizes.max())`* counts pixels above a threshold. That is a different question.""",
    praise="Largest first, and stop when it is enough.",
    insight="Divide it by the number of pixels in the theoretical field, and you see how much of the field is "
            "really in use.",
    cases=[
        ([[1, -4], [2, 1]], 0.75),
        ([[1, -4], [2, 1]], 0.5),
        ([[3, 0, 1], [0, -2, 2]], 0.5),
        ([[1, 1], [1, 1]], 0.5),
        ([[0, 0, 8], [0, 0, 0]], 1.0),
        ([[5, -1, 2], [-3, 4, 1], [0, 6, -2]], 0.95),
        ([[1, 2, 3], [4, 5, 6], [-7, -8, -9]], 0.9),
        ([[-1, -2], [-3, -10], [0, -4]], 0.8),
        ([[2, -1, 3, 0], [1, 5, -2, 2]], 0.25),
        ([[0.5, -2.25, 1.75], [-0.5, 3.125, 0.25]], 0.68),
        ([[4, 4, 4], [4, 4, 4]], 0.7),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 2]], 1.0),
        ([[9, 1, 1, 1], [1, 1, 1, 1]], 0.5),
        ([[3, 3, 3], [-4, 1, 1]], 0.9),
        ([[0.125, 0.25], [-0.0625, 0.25]], 0.6),
    ],
    draw=draw,
    edges=[
        ([[-70000, 300], [200, -400]], 0.9), ([[70000, 300], [200, -400]], 0.9),
        ([[0.0004, 0.0004, 0.0004, 0.0003]], 0.75),
        ([[3]], 0.5), ([[-4]], 1.0), ([[1, 1, 1, 1]], 1.0), ([[1], [3], [0], [4]], 0.5), ([[2, 2], [2, 2]], 0.26),
        ([[300, -200], [70000, -400]], 0.999), ([[0.0012, 0.0034], [0.0021, 0.0078]], 0.9), ([[1, -1], [2, -2]], 0.5),
        ([[0.25, 0.25], [-0.25, 0.25]], 0.75), ([[1] * 20] * 20, 0.9012), ([[1, -1], [3, -3]], 0.375),
        ([[1, 2, 4], [8, 16, 1]], 0.875),
        ([[1, 5, 5], [5, 0, 0]], 0.01), ([[0.5, 0.25], [0.125, 0.125]], 1.0), ([[255, 300], [256, 200]], 0.4),
    ],
    returns="count",
    right=[searched, one_by_one, taken_away, with_argmax, smallest_first, recursive, single_precision],
    wrong=WRONG,
)
