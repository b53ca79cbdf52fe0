"""A gradient that is measured, not derived."""

import numpy as np

from ..exercise import Exercise
from ..named import Named
from .e06_slips import WRONG, by_lists, by_steps, one_copy, put_back


def solution(f, x, h):
    g = np.zeros(len(x))
    for i in range(len(x)):
        up, down = x.astype(float), x.astype(float)      # two copies that can hold fractions
        up[i] += h                                       # only the number i moves
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)               # from x - h to x + h it is 2h
    return g


# --- other right ways -------------------------------------------------------------------------------------------------

def recursive(f, x, h):
    def slopes(i):
        step = h * (np.arange(len(x)) == i)
        return [] if i == len(x) else [(f(x + step) - f(x - step)) / (2 * h), *slopes(i + 1)]

    return slopes(0)


def mean_of_both_sides(f, x, h):
    here, steps = f(x), np.eye(len(x)) * h
    return [((f(x + step) - here) / h + (here - f(x - step)) / h) / 2 for step in steps]


def single_precision(f, x, h):
    return np.float32(by_steps(f, x, h))


# --- what is measured -------------------------------------------------------------------------------------------------

SQUARES = Named("the sum of squares", lambda x: np.sum(x**2))
CUBES = Named("the sum of cubes", lambda x: np.sum(x**3))
PRODUCT = Named("the product", np.prod)
LARGEST = Named("the largest", np.max)
SIZES = Named("the sum without signs", lambda x: np.sum(np.abs(x)))
GROWING = Named("1 · x[0]³ + 2 · x[1]³ + ...", lambda x: np.sum(np.arange(1, np.size(x) + 1) * x**3))
ERROR = Named("half of (x[0] · x[1]² - 2)²", lambda x: (np.ravel(x)[0] * np.ravel(x)[-1]**2 - 2)**2 / 2)
FUNCTIONS = (SQUARES, CUBES, PRODUCT, LARGEST, SIZES, GROWING)


def draw(rng):
    x = rng.integers(-8, 9, rng.integers(2, 6)) / rng.choice([1, 2])
    return FUNCTIONS[rng.integers(len(FUNCTIONS))], x, float(rng.choice([0.125, 0.25, 2]))


EXERCISE = Exercise(
    id="07.6",
    title="A gradient, measured",
    statement="""Write `numerical_gradient(f, x, h)`. Here `f` is a function that makes one number from all numbers in
`x`, as a loss does; call it as usual, `f(x)`. Measure how fast it grows with each number of $x$: move only this number,
once up and once down by $h$, and divide the change of `f` by the distance you moved.

$$g[i] = \\frac{f(x \\text{ with } x[i] + h) - f(x \\text{ with } x[i] - h)}{2h}$$

`x` is an array of any length, perhaps of whole numbers, and it must be unchanged afterwards.""",
    signature="numerical_gradient(f, x, h): a function, (N,), a number -> (N,)",
    difficulty=2,
    minutes=6,
    hints=(
        "How often is `f` called for an `x` of five numbers? What does each call get?",
        "For each `i` make two copies of `x`: in one, number `i` is larger by `h`, in the other smaller. The "
        "copies must be able to hold fractions, as `x.astype(float)` does.",
        "In the loop over `i`: `up, down = x.astype(float), x.astype(float)`, then `up[i] += h`, `down[i] -= h`, and "
        "`g[i] = (f(up) - f(down)) / (2 * h)`.",
    ),
    solution=solution,
    errors="""- *To one side only*, `(f(up) - f(x)) / h`: the error shrinks like $h$; to both sides it shrinks like
  $h^2$.
- *`/ 2 * h`* divides by 2 and multiplies by $h$. Write `/ (2 * h)`.
- *`x.copy()` of whole numbers* holds whole numbers: a step of 0.5 disappears without an error.
- *`up = x`* is not a copy: `up[i] += h` moves $x$ itself.
- *Moved and not put back*: the second slope is measured with the wrong $x[0]$.
- *`f(x + h)`* moves all numbers at once, and gives one slope for all of them.""",
    praise="It works for any f you can call.",
    insight="It calls f twice for each number: far too slow for training, but just right to check a gradient you "
            "derived.",
    cases=[
        (SQUARES, [3, -1, 2], 0.5),
        (CUBES, [1, 2, -1], 0.5),
        (PRODUCT, [2, 3, 5], 0.25),
        (CUBES, [2, -3], 1),
        (LARGEST, [1, 4, 3], 2),
        (SIZES, [0, -2, 1, 3], 0.5),
        (GROWING, [0.5, -1.25, 2], 0.25),
        (ERROR, [1, 2], 0.125),
        (ERROR, [1.5, -1], 0.5),
    ],
    draw=draw,
    edges=[
        (CUBES, [3], 0.5), (SQUARES, [0, 0], 0.25), (PRODUCT, [-1, -2, -4], 0.5), (CUBES, [300, -150, -150], 4),
        (GROWING, [2, 2], 0.5), (CUBES, [0.0625, 1, 0.3125], 0.0625), (PRODUCT, [0.5, 0.5], 0.25),
    ],
    returns="g",
    right=[by_steps, by_lists, one_copy, put_back, recursive, mean_of_both_sides, single_precision],
    wrong=WRONG,
)
