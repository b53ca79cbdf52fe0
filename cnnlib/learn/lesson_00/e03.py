"""Count the parameters of a fully connected network."""

import itertools

import numpy as np

from ..exercise import Exercise, Wrong


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


# --- typical mistakes -------------------------------------------------------------------------------------------------

def of_layers(count):
    """The sum of count(n, m) over all layers."""
    return lambda sizes: sum(count(n, m) for n, m in itertools.pairwise(sizes))


def counted(n, m):
    return n * m + m


def no_last_layer(sizes):
    return solution(sizes[:-1])


def no_first_layer(sizes):
    return solution(sizes[1:])


def returned_too_early(sizes):
    return solution(sizes[:2])


def replaced(sizes):
    return solution(sizes[-2:])


def ends_only(sizes):
    return counted(sizes[0], sizes[-1])


def input_biases(sizes):
    return solution(sizes) + sizes[0]


def one_bias_in_all(sizes):
    return of_layers(lambda n, m: n * m)(sizes) + 1


def last_biases_only(sizes):
    return of_layers(lambda n, m: n * m)(sizes) + sizes[-1]


def round_the_end(sizes):
    return sum(counted(sizes[i - 1], sizes[i]) for i in range(len(sizes)))


def every_pair(sizes):
    return sum(counted(n, m) for n, m in itertools.combinations(sizes, 2))


def of_each_layer(sizes):
    return [counted(n, m) for n, m in itertools.pairwise(sizes)]


def widths_of_the_example(sizes):
    return solution([sizes[0], 16, 16, 10])


def three_layers(sizes):
    return sum(counted(sizes[i], sizes[i + 1]) for i in range(3))


def every_second_layer(sizes):
    return sum(counted(sizes[i], sizes[i + 1]) for i in range(0, len(sizes) - 1, 2))


def first_layer_biases_only(sizes):
    return of_layers(lambda n, m: n * m)(sizes) + sizes[1]


def always_sixteen(sizes):
    return sum(counted(n, 16) for n in sizes)


def number_of_the_example(sizes):
    return 13002


def draw(rng):
    return (rng.integers(1, 40, rng.integers(2, 7)),)


LAYERS = "Only the {} layer is counted: "

EXERCISE = Exercise(
    id="00.3",
    title="Count a whole network",
    statement="""A fully connected network, written as an array of sizes: `[784, 16, 16, 10]` is the one of section 4.
784 numbers go in; its three layers hand on 16, 16 and 10.

Write `network(sizes)`: how many parameters has it in all? For `[784, 16, 16, 10]` that is 13002, but the array may
be of any length from two on.""",
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
- *12560 or 170*: one layer only. Is `return` inside the loop, or is the total set back there?
- *13786*: the 784 inputs got biases, too. They are given, not calculated.""",
    praise="Layer after layer, weights and biases.",
    insight="12,560 of the 13,002 sit in the first layer, and it is this one that grows with the picture.",
    returns="answer",
    cases=[([784, 16, 16, 10],), ([3, 2],), ([4, 3, 2],), ([5, 1, 5],), ([2, 3, 4, 5],), ([1, 1],), ([7, 7, 2],),
           ([426 * 426, 16, 16, 10],), ([1024 * 1024, 16, 16, 10],), ([2, 5, 2, 5, 2],)],
    draw=draw,
    right=[in_pairs, all_at_once, recursive, weights_then_biases, single_precision],
    wrong=[
        Wrong(of_layers(lambda n, m: n * m), "The biases are missing: each output of each layer has one."),
        Wrong(of_layers(lambda n, m: n * m + n), "The biases belong to the outputs: m in each layer, not n."),
        Wrong(of_layers(lambda n, m: n * m + n + m), "In each layer the inputs got biases as well: only its outputs "
                                                     "have one."),
        Wrong(of_layers(lambda n, m: n * m + 1), "Each layer got one bias: it has one for each of its outputs."),
        Wrong(of_layers(lambda n, m: n * m * m), "The biases are added, n · m + m: they do not multiply the weights."),
        Wrong(of_layers(lambda n, m: n + m), "You add n and m: every output is wired to every input, that makes n · m "
                                             "wires. Then come the biases."),
        Wrong(of_layers(lambda n, m: n + 2 * m), "You add n and m: every output is wired to every input, that makes "
                                                 "n · m wires."),
        Wrong(of_layers(lambda n, m: n * n + n), "You take the same size twice: a layer leads from `sizes[i]` to "
                                                 "`sizes[i + 1]`."),
        Wrong(of_layers(lambda n, m: m), "These are the biases alone: the weights are missing."),
        Wrong(sum, "You add up the sizes: a layer from n to m has n · m weights and m biases."),
        Wrong(np.prod, "You multiply all sizes: each layer is counted by itself, then they are added."),
        Wrong(no_last_layer, "The last layer is missing: `range` already leaves out its end."),
        Wrong(no_first_layer, "The first layer is missing: counting starts at 0."),
        Wrong(returned_too_early, LAYERS.format("first") + "`return` belongs behind the loop."),
        Wrong(replaced, LAYERS.format("last") + "is the total set back inside the loop, or does `=` stand in place of "
                                                 "`+=`?"),
        Wrong(ends_only, "You wire the inputs straight to the last outputs: the layers between them count, one by "
                         "one."),
        Wrong(input_biases, "The inputs of the network got biases, too: only what a layer calculates has one."),
        Wrong(one_bias_in_all, "The whole network got one bias: every output of every layer has its own."),
        Wrong(last_biases_only, "Only the last layer got its biases: every layer has them."),
        Wrong(round_the_end, "At i = 0 you count a layer from the last size to the first, for `sizes[-1]` is the last "
                             "one: begin at 1, or use `sizes[i + 1]`."),
        Wrong(every_pair, "You wire every size to all that follow: a layer lies only between neighbours."),
        Wrong(of_each_layer, "These are the layers one by one: add them up."),
        Wrong(three_layers, "Your loop keeps the three layers of the example: there are `len(sizes) - 1`."),
        Wrong(every_second_layer, "You skip every second layer: the end of one is the beginning of the next, so `i` "
                                  "moves on by 1."),
        Wrong(first_layer_biases_only, "Only the first layer got its biases: every layer has them."),
        Wrong(always_sixteen, "You count a layer to 16 for every size: a layer leads to the next size, and the last "
                              "one has none behind it."),
        Wrong(number_of_the_example, "You give 13002 for every network: calculate it from `sizes`."),
        Wrong(widths_of_the_example, "You keep the widths 16, 16 and 10 of the example: take them from `sizes`."),
    ],
)
