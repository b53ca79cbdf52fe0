"""Count the parameters of any network."""

import numpy as np

from ...nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential
from ..exercise import Exercise
from ..slips import slips
from .e02_slips import more


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


def draw(rng):
    """A small network of one or two convolutions and one or two FC layers."""
    C, K, F, m = (int(rng.integers(2, high)) for high in (5, 9, 6, 12))
    layers = [Conv2d(C, K, F), ReLU()]
    if rng.random() < 0.5:
        layers += [Conv2d(K, K + 1, 3, bias=False), MaxPool2d(2)]
    return (Network(*layers, Flatten(), Linear(4 * m, m), ReLU(), Linear(m, 3)),)


def only(axes):
    """The arrays with so many axes: only("> 1")."""
    return f"p in [p for {ALL} if len(p.shape) {axes}]"


ALL, PROD = "p in model.parameters()", "np.prod(p.shape)"

EXERCISE = Exercise(
    id="06.2",
    title="Count them",
    statement="""`model.parameters()` gives all parameter arrays of a network, one after the other. Each has a `.shape`:
`(8, 3, 5, 5)` for eight filters that read 3 channels through windows of 5 × 5, `(8,)` for their biases.

Write `count(model)`: how many numbers do they hold together? (There is at least one array. Try it without
`.size`.)""",
    signature="count(model): a network -> a whole number",
    difficulty=2,
    minutes=3,
    hints=(
        "How many numbers does an array of shape (8, 3, 5, 5) hold? Not 4, and not 21.",
        "Two loops, one inside the other: over the arrays, and over the lengths in a shape. One multiplies, one adds.",
        "`np.prod(p.shape)` is the product of all lengths. Add it up over all `p in model.parameters()`.",
    ),
    solution=solution,
    errors="""- *10 for the network of the table*: that is the number of arrays. Five layers learn, each has two.
- *Far too few*: the lengths in a shape were added. (8, 3, 5, 5) holds $8 \\cdot 3 \\cdot 5 \\cdot 5 = 600$ numbers.
- *Slightly too few*: the biases were left out.
- *Only the first array*: `return` is inside the loop.""",
    praise="Lengths multiplied, arrays added.",
    insight="The lengths of one array multiply, the arrays add. That is why one wide FC layer outweighs all filters.",
    cases=[
        (Network(Linear(4, 3)),),
        (Network(Conv2d(3, 8, 5)),),
        (Network(Conv2d(1, 2, 3), ReLU(), Flatten(), Linear(8, 5)),),
        (Network(Linear(6, 4), ReLU(), Linear(4, 2)),),
        (Network(Conv2d(2, 3, (1, 4), bias=False), Conv2d(3, 4, 3)),),
    ],
    draw=draw,
    edges=[(Network(layer),) for layer in (Linear(200, 180), Linear(5, 1), Conv2d(1, 1, 1), Conv2d(1, 3, 2))] + [
        (Network(*(Linear(n + 1, n) for n in range(25, 0, -1))),)],
    drawn=8,
    returns="count",
    right=[by_product, by_size, by_arrays, in_one_row, layer_by_layer],
    wrong=more(solution, by_product, layer_by_layer) + slips(
        [solution, by_product, by_size, layer_by_layer],
        ("That is the number of arrays: count what is in them.", "total + size", "total + 1"),
        ("The lengths in a shape are multiplied, not added: (8, 5) holds 40 numbers, not 13.", "np.prod", "sum"),
        ("The biases are missing: arrays with one axis count, too.", ALL, only("> 1")),
        ("These are the biases alone: the arrays with several axes hold the weights.", ALL, only("== 1")),
        ("The FC layers are missing, though their biases are there: arrays with two axes count, too.",
         ALL, only("!= 2")),
        ("You take every second array: some layers have no bias, and biases count, too.",
         ALL, "p in list(model.parameters())[::2]"),
        ("You count the first length of each shape, as `len` does: multiply all of them.", PROD, "p.shape[0]"),
        ("You count the last length of each shape only: multiply all of them.", PROD, "p.shape[-1]"),
        ("You multiply the first two lengths only: the arrays of a Conv have four.", PROD, "np.prod(p.shape[:2])"),
        ("The first length of each shape is left out: it counts the filters or outputs.",
         PROD, "np.prod(p.shape[1:])"),
        ("Only the first array is counted: is `return` inside the loop?",
         ALL, "p in list(model.parameters())[:1]"),
        ("Only the last array is counted: does a loop overwrite its result instead of adding to it?",
         ALL, "p in list(model.parameters())[-1:]"),
        ("The first array is left out: counting starts at 0.", ALL, "p in list(model.parameters())[1:]"),
        ("The last array is left out: `range` leaves out its end already.", ALL, "p in list(model.parameters())[:-1]"),
        ("You stop at the first bias: go on to the last array.",
         "total + size", "total + size\n        if len(p.shape) == 1:\n            break"),
        ("You count arrays of the same shape once: each has its own numbers.",
         f"np.prod(p.shape) for {ALL}", "np.prod(s) for s in {p.shape for p in model.parameters()}"),
        ("The sizes of the arrays are added, not multiplied: only the lengths within one shape multiply.",
         "total = 0", "total = 1.0", "total + size", "total * size"),
        ("You count the axes: (8, 3, 5, 5) has four of them, and 600 numbers.", PROD, "len(p.shape)"),
        ("That is the number of layers: count the numbers in their parameters.", lambda count, model: len(model)),
        ("That is the largest array alone: add up all of them.", "sum(p", "max(p"),
        ("These are the sizes of all arrays: return their sum, one number.", "sum(p", "list(p"),
        ("That is the mean of the sizes: add them up.", lambda count, model: count / len(list(model.parameters()))),
        ("You count bytes, four for each number: count the numbers.", "p.size", "p.data.nbytes"),
        ("You add up the weights themselves: count how many there are.", "p.size", "p.data.sum()"),
        ("The convolutions are missing: their filters and biases are learnt, too.",
         "in model)", "in model if isinstance(layer, Linear))"),
        ("The FC layers are missing: they have most of the parameters.",
         "in model)", "in model if isinstance(layer, Conv2d))"),
        ("Does your product start from 0? Then it stays 0: start from 1.", "size = 1", "size = 0"),
        ("Your product carries over from array to array: start from 1 for each.",
         "total = 0", "total, size = 0, 1", "        size = 1\n", ""),
        ("You add after every length: multiply all lengths of a shape first, then add.",
         "        total = total", "            total = total"),
        ("You give each layer one bias: it has one for each filter or output.",
         f"{PROD} for {ALL}", f"{PROD} + 1 for {only('> 1')}"),
        ("You add 1 for each array: the biases are arrays of their own, already counted.", PROD, f"{PROD} + 1"),
        ("Your count is one too many: start from 0.", "total = 0", "total = 1"),
    ),
)
