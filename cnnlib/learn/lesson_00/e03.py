"""Count the parameters of a fully connected network."""

import itertools

import numpy as np

from ..exercise import Exercise
from ..slips import slips


def solution(sizes):
    total = 0
    for i in range(len(sizes) - 1):          # between four sizes lie three layers
        n, m = sizes[i], sizes[i + 1]
        total += n * m + m                   # weights, and biases
    return total


# --- other right ways -------------------------------------------------------------------------------------------------

def in_pairs(sizes):
    return sum(n * m + m for n, m in itertools.pairwise(sizes))


def all_at_once(sizes):
    return sizes[:-1] @ sizes[1:] + sizes[1:].sum()


def recursive(sizes):
    return 0 if len(sizes) < 2 else (sizes[0] + 1) * sizes[1] + recursive(sizes[1:])


def weights_then_biases(sizes):
    weights = [int(n) * int(m) for n, m in itertools.pairwise(sizes)]
    return float(sum(weights) + sum(sizes) - sizes[0])


def single_precision(sizes):
    return np.float32(in_pairs(sizes))


def draw(rng):
    return (rng.integers(1, 40, rng.integers(2, 7)),)


# --- typical mistakes -------------------------------------------------------------------------------------------------

LAYERS = "Only the {} layer is counted: "
REPLACED = LAYERS.format("last") + "do you reset the total inside the loop, or is there `=` where `+=` belongs?"
PRODUCT = "You multiply all sizes: each layer is counted by itself, then they are added."
EVERY = "You wire every size to all that follow: a layer lies only between neighbours."
SQUARE = "You take the same size twice: a layer leads from `sizes[i]` to `sizes[i + 1]`."

EXERCISE = Exercise(
    id="00.3",
    title="Count a whole network",
    statement="""A fully connected network is written as an array of sizes. In `[784, 16, 16, 10]`, 784 numbers go in,
and three layers give 16, 16 and 10.

Write `network(sizes)`: how many parameters does it have in all? For `[784, 16, 16, 10]` that is 13002, but the array
can have any length from two up.""",
    signature="network(sizes): an array of whole numbers -> a whole number",
    difficulty=2,
    minutes=3,
    hints=(
        "A layer lies between a size and the next one. How many layers are there for four sizes?",
        "Begin with a total of 0. A loop over `i` visits the layers: layer `i` leads from `sizes[i]` to "
        "`sizes[i + 1]`.",
        "`for i in range(len(sizes) - 1):` and inside, with `n = sizes[i]` and `m = sizes[i + 1]`, add `n * m + m` to "
        "the total.",
    ),
    solution=solution,
    errors="""- *IndexError*: `range(len(sizes))` goes one layer too far. Four sizes have three layers between them.
- *12960 instead of 13002*: the biases are forgotten, 16 + 16 + 10 of them.
- *12560 or 170*: one layer only. Is `return` inside the loop, or is the total reset there?
- *13786*: the 784 inputs got biases, too. They are given, not calculated.""",
    praise="Layer by layer, weights and biases.",
    insight="12,560 of the 13,002 are in the first layer, and only that layer grows with the picture.",
    returns="answer",
    cases=[([784, 16, 16, 10],), ([3, 2],), ([4, 3, 2],), ([5, 1, 5],), ([2, 3, 4, 5],), ([1, 1],), ([7, 7, 2],),
           ([426 * 426, 16, 16, 10],), ([1024 * 1024, 16, 16, 10],), ([2, 5, 2, 5, 2],)],
    draw=draw,
    right=[in_pairs, all_at_once, recursive, weights_then_biases, single_precision],
    wrong=[*slips(
        [solution],
        ("The biases are missing: each output of each layer has one.", "n * m + m", "n * m"),
        ("The biases belong to the outputs: m in each layer, not n.", "n * m + m", "n * m + n"),
        ("In each layer the inputs got biases as well: only its outputs have one.", "n * m + m", "n * m + n + m"),
        ("Each layer got one bias: it has one for each of its outputs.", "n * m + m", "n * m + 1"),
        ("The biases are added, n · m + m: they do not multiply the weights.", "n * m + m", "n * m * m"),
        ("You add n and m: every output is wired to every input, which makes n · m wires. Then come the biases.",
         "n * m + m", "n + m"),
        ("You add n and m: every output is wired to every input, which makes n · m wires.", "n * m", "n + m"),
        ("You add 1 to both the inputs and the outputs of each layer: add it to the inputs only, (n + 1) · m, because "
         "a bias is one extra weight for each output.", "n * m + m", "(n + 1) * (m + 1)"),
        (SQUARE, "n * m + m", "n * n + n", "len(sizes) - 1", "len(sizes)", "sizes[i + 1]", "sizes[i]"),
        ("You go from each size to the next but one: a layer leads from `sizes[i]` to `sizes[i + 1]`.",
         "len(sizes) - 1", "len(sizes) - 2", "sizes[i + 1]", "sizes[i + 2]"),
        ("You leave out every second size: none is skipped, `i` moves on by 1.",
         lambda y, sizes: solution(np.append(sizes[:1], sizes[1::2]))),
        ("You take the mean of the weights of the layers: add them up.",
         lambda y, sizes: np.mean(sizes[:-1] * sizes[1:]) + sum(sizes[1:])),
        (SQUARE, "n * m + m", "n * n + n"), (SQUARE, "n * m + m", "m * m + m"),
        ("These are the biases alone: the weights are missing.", "n * m + m", "m"),
        ("You add up the sizes: a layer from n to m has n · m weights and m biases.", lambda y, sizes: sum(sizes)),
        (PRODUCT, lambda y, sizes: np.prod(sizes)), (PRODUCT, lambda y, sizes: np.prod(sizes) + sum(sizes[1:])),
        ("The last layer is missing: `range` already leaves out its end.", "len(sizes) - 1", "len(sizes) - 2"),
        ("The first layer is missing: counting starts at 0.", "range(", "range(1, "),
        (LAYERS.format("first") + "`return` belongs after the loop.", "    return", "        return"),
        (REPLACED, "+=", "="), (REPLACED, "        n, m", "        total = 0; n, m"),
        ("You wire the inputs straight to the last outputs: the layers between them count, one by one.",
         lambda y, sizes: (sizes[0] + 1) * sizes[-1]),
        ("The network's inputs got biases, too: only the numbers that a layer calculates have one.",
         "total = 0", "total = sizes[0]"),
        ("The whole network got one bias: every output of every layer has its own.", "total = 0", "total = 1",
         " + m", ""),
        ("Only the last layer got its biases: every layer has them.", " + m", "", "return total", "return total + m"),
        ("The last outputs got no biases: every size but the first is calculated, and has them.",
         "return total", "return total - m"),
        ("The biases are added, not subtracted.", "+ m", "- m"),
        ("Only the first layer got its biases: every layer has them.", " + m", "", "total = 0", "total = sizes[1]"),
        ("At i = 0 you count a layer from the last size to the first, because `sizes[-1]` is the last one: begin at "
         "1, or use `sizes[i + 1]`.", " - 1)", ")", "sizes[i], sizes[i + 1]", "sizes[i - 1], sizes[i]"),
        (EVERY, "+= n * m + m", "+= sum(n * m + m for m in sizes[i + 1:])"),
        (EVERY, "+= n * m + m", "+= m + sum(n * m for n in sizes[:i + 1])"),
        ("You wire the inputs to every layer: each reads the outputs of the one before it.", "sizes[i],", "sizes[0],"),
        ("These are the layers one by one: add them up.", "total = 0", "total = []", "+= n * m + m", "+= [n * m + m]"),
        ("These are the running totals after each layer: only the last one counts the whole network.",
         "total = 0", "total, totals = 0, []", "+= n * m + m", "+= n * m + m; totals += [total]", "return total",
         "return totals"),
        ("You take the mean of the layers: add them up.", "return total", "return total / (len(sizes) - 1)"),
        ("`index` finds the first of equal sizes, so one layer counts twice and another never: loop over the places.",
         "range(len(sizes) - 1)", "map(list(sizes).index, sizes[:-1])"),
        ("Your loop keeps the three layers of the example: there are `len(sizes) - 1`.", "len(sizes) - 1", "3"),
        ("You skip every second layer: the end of one is the beginning of the next, so `i` moves on by 1.",
         "len(sizes) - 1", "0, len(sizes) - 1, 2"),
        ("You count a layer to 16 for every size: a layer leads to the next size, and the last size has none after it.",
         "len(sizes) - 1", "len(sizes)", "sizes[i + 1]", "16"),
        ("You give 13002 for every network: calculate it from `sizes`.", lambda y, sizes: 13002),
        ("You sort the sizes: keep them in the given order.",
         lambda y, sizes: solution(np.sort(sizes)[::-1])),
        ("You sort the sizes: keep them in the given order.",
         lambda y, sizes: solution(np.sort(sizes))),
        ("You keep the widths 16, 16 and 10 of the example: take them from `sizes`.",
         lambda y, sizes: solution([sizes[0], 16, 16, 10])),
    ), *slips(
        [all_at_once],
        ("`*` makes a list of products, and the biases of all layers are added to each: add the products up, with `@` "
         "or `.sum()`.", "@", "*"),
        ("Your biases are a list, and the weights are added to each: add them up, with `.sum()`.", ".sum()", ""),
    )],
)
