"""Count the parameters of any network."""

import numpy as np

from ...nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential
from ..exercise import Exercise, Wrong


class Network(Sequential):
    """A network for a case: two that are built alike are equal, and its name fits on a line."""

    def __repr__(self):
        return f"Sequential({', '.join(map(repr, self))})"

    def __eq__(self, other):
        return isinstance(other, Network) and repr(self) == repr(other)

    __hash__ = Sequential.__hash__


def solution(model):
    total = 0
    for p in model.parameters():
        size = 1
        for length in p.shape:      # (8, 3, 5, 5) holds 8 * 3 * 5 * 5 numbers
            size = size * length
        total = total + size
    return total


# --- other right ways -------------------------------------------------------------------------------------------------

def by_product(model):
    return sum(np.prod(p.shape) for p in model.parameters())


def by_size(model):
    return sum(p.size for p in model.parameters())


def by_arrays(model):
    return sum(np.asarray(p.data).size for p in model.parameters())


def in_one_row(model):
    return len(np.concatenate([p.data.ravel() for p in model.parameters()]))


def layer_by_layer(model):
    return sum(sum(int(np.prod(p.shape)) for p in layer.parameters()) for layer in model)


# --- typical mistakes -------------------------------------------------------------------------------------------------

def _shapes(model):
    return [p.shape for p in model.parameters()]


def arrays(model):
    return len(_shapes(model))


def lengths_added(model):
    return sum(map(sum, _shapes(model)))


def no_biases(model):
    return sum(np.prod(s) for s in _shapes(model) if len(s) > 1)


def biases_only(model):
    return sum(np.prod(s) for s in _shapes(model) if len(s) == 1)


def every_other(model):
    return sum(map(np.prod, _shapes(model)[::2]))


def first_axis(model):
    return sum(s[0] for s in _shapes(model))


def last_axis(model):
    return sum(s[-1] for s in _shapes(model))


def two_axes(model):
    return sum(np.prod(s[:2]) for s in _shapes(model))


def without_first_axis(model):
    return sum(np.prod(s[1:]) for s in _shapes(model))


def first_array(model):
    return np.prod(_shapes(model)[0])


def last_array(model):
    return np.prod(_shapes(model)[-1])


def multiplied(model):
    return np.prod([float(np.prod(s)) for s in _shapes(model)])


def axes(model):
    return sum(map(len, _shapes(model)))


def number_of_layers(model):
    return len(model)


def largest(model):
    return max(map(np.prod, _shapes(model)))


def each_one(model):
    return [int(np.prod(s)) for s in _shapes(model)]


def in_bytes(model):
    return sum(p.data.nbytes for p in model.parameters())


def values(model):
    return sum(p.data.sum() for p in model.parameters())


def fully_connected_only(model):
    return sum(p.size for layer in model if isinstance(layer, Linear) for p in layer.parameters())


def convolutions_only(model):
    return sum(p.size for layer in model if isinstance(layer, Conv2d) for p in layer.parameters())


def one_too_many(model):
    return 1 + by_size(model)


def product_from_zero(model):
    return 0


def not_begun_anew(model):
    total, size = 0, 1
    for shape in _shapes(model):
        for length in shape:
            size = size * length
        total = total + size
    return total


def added_at_every_length(model):
    total = 0
    for shape in _shapes(model):
        size = 1
        for length in shape:
            size = size * length
            total = total + size
    return total


def one_bias_a_layer(model):
    return sum(np.prod(s) + 1 for s in _shapes(model) if len(s) > 1)


def draw(rng):
    """A small network of one or two convolutions and one or two FC layers."""
    C, K, F, m = (int(rng.integers(2, high)) for high in (5, 9, 6, 12))
    layers = [Conv2d(C, K, F), ReLU()]
    if rng.random() < 0.5:
        layers += [Conv2d(K, K + 1, 3, bias=False), MaxPool2d(2)]
    return (Network(*layers, Flatten(), Linear(4 * m, m), ReLU(), Linear(m, 3)),)


EXERCISE = Exercise(
    id="06.2",
    title="Count them",
    statement="""`model.parameters()` hands out all parameter arrays of a network, one after the other. Each has a
`.shape`: `(8, 3, 5, 5)` for eight filters that read 3 channels through windows of 5 × 5, `(8,)` for their biases.

Write `count(model)`: how many numbers are in all of them together? (Try it without `.size`.)""",
    signature="count(model): a network -> a whole number",
    difficulty=2,
    minutes=3,
    hints=(
        "An array of shape (8, 3, 5, 5): how many numbers are in it? Not 4, and not 21.",
        "Two loops, one inside the other: over the arrays, and over the lengths in a shape. One multiplies, one adds.",
        "`np.prod(p.shape)` is the product of all lengths. Add it up over all `p in model.parameters()`.",
    ),
    solution=solution,
    errors="""- *10 for the network of the table*: that is the number of arrays. Five layers learn, each has two.
- *Far too few*: the lengths in a shape were added. (8, 3, 5, 5) holds $8 \\cdot 3 \\cdot 5 \\cdot 5 = 600$ numbers.
- *Slightly too few*: the biases were left out.
- *Only the first array*: `return` stands inside the loop.""",
    praise="Every length multiplied, every array added.",
    insight="The lengths of one array multiply, the arrays add: that is why one wide FC layer outweighs all filters.",
    cases=[
        (Network(Linear(4, 3)),),
        (Network(Conv2d(3, 8, 5)),),
        (Network(Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(8, 5)),),
        (Network(Linear(6, 4), ReLU(), Linear(4, 2)),),
        (Network(Conv2d(2, 3, (1, 4), bias=False), Conv2d(3, 4, 3)),),
    ],
    draw=draw,
    edges=[(Network(Linear(200, 180)),)],
    drawn=8,
    returns="count",
    right=[by_product, by_size, by_arrays, in_one_row, layer_by_layer],
    wrong=[
        Wrong(arrays, "That is the number of arrays: count what is in them."),
        Wrong(lengths_added, "The lengths in a shape are multiplied, not added: (8, 5) holds 40 numbers, not 13."),
        Wrong(no_biases, "The biases are missing: arrays of one axis count, too."),
        Wrong(biases_only, "These are the biases alone: the arrays with several axes hold the weights."),
        Wrong(every_other, "You take every second array: not every layer has a bias, and those that have one count "
                           "with it."),
        Wrong(first_axis, "You count the first length of each shape, as `len` does: multiply all of them."),
        Wrong(last_axis, "You count the last length of each shape only: multiply all of them."),
        Wrong(two_axes, "You multiply the first two lengths only: the arrays of a Conv have four."),
        Wrong(without_first_axis, "The first length of each shape is left out: it is the number of filters, or of "
                                  "outputs."),
        Wrong(first_array, "Only the first array is counted: does `return` stand inside the loop?"),
        Wrong(last_array, "Only the last array is counted: does a loop overwrite its result instead of adding to it?"),
        Wrong(multiplied, "The sizes of the arrays are added, not multiplied: only the lengths within one shape "
                          "multiply."),
        Wrong(axes, "You count the axes: (8, 3, 5, 5) has four of them, and 600 numbers."),
        Wrong(number_of_layers, "That is the number of layers: count the numbers in their parameters."),
        Wrong(largest, "That is the largest array alone: add up all of them."),
        Wrong(each_one, "These are the sizes of all arrays: return their sum, one number."),
        Wrong(in_bytes, "These are bytes, four for each number: count the numbers."),
        Wrong(values, "You add up the weights themselves: count how many there are."),
        Wrong(fully_connected_only, "The convolutions are missing: their filters and biases are learnt, too."),
        Wrong(convolutions_only, "The FC layers are missing: they have most of the parameters."),
        Wrong(product_from_zero, "Does your product begin with 0? Then it stays 0: begin with 1."),
        Wrong(not_begun_anew, "Your product goes on from one array to the next: begin with 1 again for each of them."),
        Wrong(added_at_every_length, "You add after every length: multiply all lengths of a shape, and only then add."),
        Wrong(one_bias_a_layer, "You give each layer one bias: it has one for each filter or output."),
        Wrong(one_too_many, "There is one too many each time: begin with 0."),
    ],
)
