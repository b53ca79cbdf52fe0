"""How many products each output of a transposed convolution is made of: the checkerboard."""

import numpy as np

import cnnlib as cnn

from ..exercise import Exercise, Wrong
from ..slips import slips


def solution(n, kernel_size, stride):
    counts = [0] * ((n - 1) * stride + kernel_size)
    for i in range(n):
        for u in range(kernel_size):
            counts[i * stride + u] += 1          # input i meets weight u here
    return counts


# --- other right ways -------------------------------------------------------------------------------------------------

def stamped(n, kernel_size, stride):
    counts = np.zeros((n - 1) * stride + kernel_size)
    for i in range(n):
        counts[i * stride:i * stride + kernel_size] += 1
    return counts


def by_output(n, kernel_size, stride):
    length = (n - 1) * stride + kernel_size
    return [sum(1 for i in range(n) if i * stride <= o < i * stride + kernel_size) for o in range(length)]


def of_ones(n, kernel_size, stride):
    ones, weights = np.ones((1, 1, 1, n)), np.ones((1, 1, 1, kernel_size))
    return cnn.conv_transpose2d(ones, weights, stride=stride)[0, 0, 0]


def convolved(n, kernel_size, stride):
    inputs = np.zeros((n - 1) * stride + 1)
    inputs[::stride] = 1
    return np.convolve(inputs, np.ones(kernel_size))


def in_closed_form(n, kernel_size, stride):
    o = np.arange((n - 1) * stride + kernel_size)
    first = np.maximum(-((kernel_size - 1 - o) // stride), 0)
    last = np.minimum(o // stride, n - 1)
    return last - first + 1


def begun_less_ended(n, kernel_size, stride):
    change = np.zeros((n - 1) * stride + kernel_size + 1, int)
    change[np.arange(n) * stride] += 1
    change[np.arange(n) * stride + kernel_size] -= 1
    return np.cumsum(change)[:-1]


# --- mistakes that are no edits ---------------------------------------------------------------------------------------

def of_a_convolution(n, kernel_size, stride):
    """How often each of n inputs of a convolution is read."""
    counts = np.zeros(n)
    for start in range(0, n - kernel_size + 1, stride):
        counts[start:start + kernel_size] += 1
    return counts


def of_the_same_length(n, kernel_size, stride):
    counts = np.zeros((n - 1) * stride + kernel_size)
    for start in range(0, len(counts) - kernel_size + 1):
        counts[start:start + kernel_size] += 1
    return counts


def draw(rng):
    return int(rng.integers(2, 7)), int(rng.integers(2, 6)), int(rng.integers(1, 4))


LENGTH, RANGE, PLACE, ADD = "(n - 1) * stride + kernel_size", "i * stride:i * stride + kernel_size", "i * stride + u", \
    "+= 1"
SET = "You only note whether an output is reached: if two inputs reach it, there are two products, `+= 1`."
NO_STRIDE = "Your inputs are one place apart: input i begins at i · S."
TOO_LONG = "The length is wrong: the last input begins at (n − 1) · S and reaches F places."
INSIDE = "Your pattern does not change at the borders: fewer inputs reach the outputs there."
SQUARED = "These are counts for an image: here there is a single row."
FEWER = "Your inputs reach one place too few: each meets all F weights."
MORE = "Your inputs reach one place too many: each meets F weights."
CONVOLUTION = "That is how often a convolution reads each of its n inputs: here, count for each output."


def inside(change):
    """What comes out for the outputs far from the borders, in every place."""
    def answer(counts, n, F, S):
        o = np.arange(len(counts))
        return change(o, F, S)

    return answer


EXERCISE = Exercise(
    id="09.4",
    title="Where the checkerboard comes from",
    statement="""A transposed convolution in one dimension has `n` inputs, a kernel of $F$ = `kernel_size` weights,
stride $S$ = `stride` and no padding. Input $i$ times weight $u$ is added to output $i \\cdot S + u$.

Write `visits(n, kernel_size, stride)`: for each of the $(n - 1) \\cdot S + F$ outputs, the number of products it sums.
For example `visits(2, 5, 3)` returns `[1, 1, 1, 2, 2, 1, 1, 1]`. If the stride is larger than the kernel, no input
reaches some outputs: they count 0.""",
    signature="visits(n, kernel_size, stride): three whole numbers -> ((n − 1)·stride + kernel_size,)",
    difficulty=2,
    minutes=5,
    hints=(
        "Write the outputs of the example on paper, 0 to 7. Which does input 0 reach, and which does input 1?",
        "Start with zeros, one for each output. Input i reaches the outputs from i · S up to i · S + F − 1: add 1 "
        "to each of them.",
        "`for i in range(n): counts[i * stride:i * stride + kernel_size] += 1`, on `counts = np.zeros((n - 1) * stride "
        "+ kernel_size, int)`.",
    ),
    solution=solution,
    errors="""- *Nothing but ones*: `= 1` instead of `+= 1`.
- *`F / S` everywhere*: that is the mean, far from the borders.
- *$n \\cdot S$ outputs*: the last input begins at $(n - 1) \\cdot S$ and reaches $F$ of them.
- *How often a convolution reads its inputs*: that is the same pattern, but the opposite question.""",
    praise="Counted, output by output.",
    insight="Uneven counts are the checkerboard: some outputs are sums of more products than their neighbours.",
    cases=[(3, 3, 2), (4, 4, 2), (2, 3, 1), (3, 2, 2), (3, 5, 2), (2, 2, 3), (4, 3, 3), (5, 4, 3)],
    draw=draw,
    edges=[(1, 1, 1), (1, 5, 2), (6, 1, 1), (4, 1, 3), (2, 8, 1), (7, 7, 7), (300, 260, 1), (2, 3, 50), (2, 9, 4)],
    returns="counts",
    right=[stamped, by_output, of_ones, convolved, in_closed_form, begun_less_ended],
    wrong=[*slips(
        [stamped, solution, by_output],
        (SET, ADD, "= 1"),
        ((SET, NO_STRIDE), RANGE, "i:i + kernel_size", ADD, "= 1"),
        (NO_STRIDE, RANGE, "i:i + kernel_size"), (NO_STRIDE, PLACE, "i + u"),
        (NO_STRIDE, "i * stride <= o < i * stride", "i <= o < i"),
        ("The stride is missing, even in the length: input i begins at i · S.", "stride", "1"),
        ("Stride and kernel size are swapped: input i begins at i · S and reaches F places.",
         lambda y, n, F, S: solution(n, S, F)),
        ("Your inputs are F places apart: they begin S places apart.", "i * stride", "i * kernel_size"),
        ("Your inputs begin S + 1 places apart: they begin S apart.", "* stride", "* (stride + 1)"),
        ("Your inputs begin S − 1 places apart: they begin S apart.", "* stride", "* (stride - 1)"),
        ("Your inputs reach S places: each reaches F, one for each weight.",
         RANGE, "i * stride:i * stride + stride"),
        (FEWER, "range(kernel_size)", "range(kernel_size - 1)"), (FEWER, "range(kernel_size)", "range(1, kernel_size)"),
        (FEWER, "i * stride <= o < i * stride + kernel_size", "i * stride < o < i * stride + kernel_size"),
        (MORE, "o < i * stride + kernel_size", "o <= i * stride + kernel_size"),
        (MORE, RANGE, f"{RANGE} + 1"),
        ("The last input is missing: `range(n)` goes through all of them.", "range(n)", "range(n - 1)"),
        ("The first input is missing: i starts at 0.", "range(n)", "range(1, n)"),
        ("There is one input too many: `range(n)` goes through all of them.", "range(n)", "range(n + 1)", RANGE, RANGE),
        (TOO_LONG, LENGTH, "n * stride + kernel_size"), (TOO_LONG, lambda y, *_: [*y, 0]),
        (TOO_LONG, lambda y, *_: y[:-1]),
        (TOO_LONG, lambda y, n, F, S: np.resize([*y, *[0] * n * S], n * S)),
        (TOO_LONG, lambda y, n, F, S: np.resize([*y, *[0] * n * S], n * S + F - 1)),
        ("You cut the outputs to n: there are (n − 1) · S + F.", lambda y, n, F, S: y[:n]),
        ("You cut off the ends, where fewer inputs reach: return all outputs.",
         lambda y, n, F, S: y[F - 1:1 - F]),
        ("Your count starts from 1 everywhere: start from 0.", "np.zeros(", "np.ones("),
        (SET, lambda y, *_: np.minimum(y, 1)),
        ("You count only what comes after the first product: the first counts, too.",
         lambda y, *_: np.maximum(np.array(y) - 1, 0)),
        ("That is the sum of everything: return one number for each output.", lambda y, *_: sum(y)),
        ("That is the number of all products: return one number for each output.", lambda y, n, F, S: [n * F]),
        ("That is the largest count: return one number for each output.", lambda y, *_: max(y)),
        ("These are the different counts: return one number for each output.", lambda y, *_: sorted(set(y))),
        ("That is the number of outputs: count the products of each.", lambda y, *_: len(y)),
        ("You count the outputs that each input reaches: count the inputs that reach each output.",
         lambda y, n, F, S: [F] * n),
        ("Outputs that no input reaches are missing: they count 0.", lambda y, *_: [c for c in y if c]),
        ("Your inputs never end: input i reaches F outputs, from i · S up to i · S + F − 1.",
         lambda y, n, F, S: np.minimum(np.arange(len(y)) // S + 1, n)),
        ("You count too many inputs: there are n of them.",
         lambda y, n, F, S: solution(n + F, F, S)[:len(y)]),
        ("You count two at most: if F is larger than twice S, more inputs reach an output.",
         lambda y, n, F, S: np.minimum(y, 2)),
        ("These are shares: return counts.", lambda y, *_: np.array(y) / sum(y)),
        ("These are shares of the largest: return counts.", lambda y, *_: np.array(y) / max(y)),
        (SQUARED, lambda y, *_: np.outer(y, y)),
        (INSIDE, inside(lambda o, F, S: (F - o % S + S - 1) // S)), (INSIDE, inside(lambda o, F, S: 0 * o + F / S)),
        (INSIDE, inside(lambda o, F, S: 0 * o + F // S)), (INSIDE, inside(lambda o, F, S: 0 * o - -F // S)),
        (INSIDE, inside(lambda o, F, S: F // S + (o % S < F % S))),
        ("Your counts in the middle are always F, as with stride 1: the inputs begin S places apart.",
         lambda y, n, F, S: np.minimum(np.minimum(np.arange(len(y)) + 1, np.arange(len(y))[::-1] + 1), F)),
        ("You add up the indices of the inputs: count the inputs.",
         "sum(1 for i", "sum(i for i"),
        ("You add up the indices of the weights: count the products.", "u] += 1", "u] += u"),
        ("Only the first input is counted: is `return` inside the loop?",
         lambda y, n, F, S: [int(o < F) for o in range(len(y))]),
        ("You have a row of counts for each input: add them up.",
         lambda y, n, F, S: [[int(i * S <= o < i * S + F) for o in range(len(y))] for i in range(n)]),
    ), Wrong(of_a_convolution, CONVOLUTION),
        Wrong(of_the_same_length, "You move the kernel by one place: it begins only where an input is, at i · S.")],
)
