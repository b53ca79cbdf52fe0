"""What comes out of a convolutional layer, and what it costs."""

import math

from ... import nn
from ..exercise import Exercise
from ..slips import slips
from .e03_slips import MORE


def solution(C, H, W, K, F, S, P):
    rows = (H + 2 * P - F) // S + 1          # as for one channel
    columns = (W + 2 * P - F) // S + 1
    weights = F * F * C * K                  # every filter has a table of weights for every channel
    biases = K                               # and one bias
    return (K, rows, columns), weights + biases


# --- other right ways -------------------------------------------------------------------------------------------------

def in_two_lines(C, H, W, K, F, S, P):
    rows, columns = (H + 2 * P - F) // S + 1, (W + 2 * P - F) // S + 1
    return (K, rows, columns), (F * F * C + 1) * K


def from_the_layer(C, H, W, K, F, S, P):
    layer = nn.Conv2d(C, K, F, stride=S, padding=P)
    return layer.output_shape((C, H, W)), sum(p.size for p in layer.parameters())


def by_counting(C, H, W, K, F, S, P):
    filters = [[(c, u, v) for c in range(C) for u in range(F) for v in range(F)] + ["bias"] for _ in range(K)]
    sides = [len(range(0, n + 2 * P - F + 1, S)) for n in (H, W)]
    return [K, *sides], sum(map(len, filters))


def per_filter(C, H, W, K, F, S, P):
    return [K] + [math.floor((n - F + 2 * P) / S + 1) for n in (H, W)], K * (F ** 2 * C + 1)


def recursive(C, H, W, K, F, S, P):
    def side(n):
        return 0 if n < F else 1 + side(n - S)

    return (K, side(H + 2 * P), side(W + 2 * P)), sum(F * F * C + 1 for _ in range(K))


def with_floats(C, H, W, K, F, S, P):
    return [float(K), (H + 2 * P - F) / S // 1 + 1, (W + 2 * P - F) / S // 1 + 1], float(K) * (F * F * C + 1)


def draw(rng):
    F, S, P = int(rng.integers(1, 8)), int(rng.integers(1, 4)), int(rng.integers(0, 3))
    C, K = int(rng.integers(1, 65)), int(rng.integers(1, 65))
    return C, F + int(rng.integers(1, 30)), F + int(rng.integers(1, 30)), K, F, S, P


SHAPE, COUNT, ROWS, COLUMNS = "(K, rows, columns)", "(F * F * C + 1) * K", "(H + 2 * P - F) // S + 1", \
    "(W + 2 * P - F) // S + 1"
BOTH = f"{SHAPE}, {COUNT}"
BIAS = "The biases are missing: each filter has one."
CHANNELS = "The channels are missing from the count: a filter has F · F weights for each."
FILTERS = "You counted one filter: there are K."
PLACES = "You counted the filters again at every place: all places share the same weights."
APART = "Return two things, the shape and the count: `return (K, rows, columns), count`."
LAST = "Your order is height, width, channels: here the channels come first, (K, rows, columns)."
NEAREST = "You round to the nearest whole number: round down."

EXERCISE = Exercise(
    id="04.3",
    title="What a layer makes, and what it costs",
    statement="""Write `conv_layer(C, H, W, K, F, S, P)`: an image of `C` channels, `H` rows and `W` columns goes into a
layer of `K` filters of `F` × `F`, with stride `S` and padding `P` per side. Every filter has a bias. Return two things:

- the shape of the output, three numbers, channels first;
- the number of parameters.

For example `conv_layer(3, 32, 32, 10, 5, 1, 2)` returns `(10, 32, 32), 760`.""",
    signature="conv_layer(C, H, W, K, F, S, P): seven whole numbers -> (K, rows, columns), count",
    difficulty=2,
    minutes=5,
    hints=(
        "These are two separate questions. Which of the seven numbers decide the shape, and which the count?",
        "Rows and columns follow from lesson 03, with `//` for rounding down. The first number of the shape is the "
        "number of maps. For the count, write down what one filter holds.",
        "`(H + 2 * P - F) // S + 1` rows, the same with `W` for columns, and `(F * F * C + 1) * K` parameters.",
    ),
    solution=solution,
    errors="""- The number of maps is $K$, whatever $C$ is; the number of weights depends on both.
- $H$, $W$, $S$ and $P$ do not affect the count: the same filters slide over any image.
- Without the biases the count is $K$ too small. One bias for each *filter*, not for each channel or output.
- `/` gives fractions where the jumps do not come out even; `//` rounds down.""",
    praise="Shape and cost of every convolutional layer.",
    insight="Shape and cost have only F and K in common: C does not change the shape, and H and W do not change "
            "the cost.",
    cases=[
        (3, 32, 32, 10, 5, 1, 2), (3, 32, 32, 6, 5, 1, 0), (64, 56, 56, 32, 1, 1, 0), (1, 7, 9, 2, 3, 3, 0),
        (2, 5, 8, 4, 3, 2, 1), (3, 227, 227, 96, 11, 4, 0), (8, 14, 14, 16, 5, 1, 0), (5, 12, 6, 1, 2, 3, 1),
    ],
    draw=draw,
    edges=[(4, 4, 4, 4, 4, 2, 4), (3, 2, 1, 2, 4, 2, 3), (1, 1, 2, 1, 2, 2, 3), (2, 1000, 600, 1, 2, 2, 0),
           (2, 6, 5, 3, 2, 1, 1), (1, 5, 7, 2, 4, 1, 2)],
    returns=("shape", "count"),
    right=[in_two_lines, from_the_layer, by_counting, per_filter, recursive, with_floats],
    wrong=MORE + slips(
        [in_two_lines, by_counting],
        (BIAS, COUNT, "F * F * C * K"),
        ("You counted one bias for the whole layer: each filter has its own.", COUNT, "F * F * C * K + 1"),
        ("You counted as many biases as there are channels: there is one for each filter.", COUNT, "F * F * C * K + C"),
        (CHANNELS, COUNT, "(F * F + 1) * K"), ((CHANNELS, BIAS), COUNT, "F * F * K"),
        (FILTERS, COUNT, "F * F * C + 1"), ((FILTERS, BIAS), COUNT, "F * F * C"),
        ("A filter of F × F has F · F weights for each channel, not F.", COUNT, "(F * C + 1) * K"),
        ("A filter of F × F has F · F weights for each channel, not F + F.", COUNT, "(2 * F * C + 1) * K"),
        ("Your filters are F deep: they are as deep as there are channels, F · F · C.", COUNT, "(F**3 + 1) * K"),
        ("The channels multiply: F · F weights for each of the C channels, not C extra weights.",
         COUNT, "(F * F + C + 1) * K"),
        ("That is a layer of one filter: with K of them there are K maps, and K times as many parameters.",
         SHAPE, "(1, rows, columns)", COUNT, "F * F * C + 1"),
        ("Your filters are as large as the image: they have F · F weights for each channel.",
         COUNT, "(H * W * C + 1) * K"),
        ("Your filters grow with the padding: they have F · F weights for each channel, zeros around x or not.",
         COUNT, "((F + 2 * P)**2 * C + 1) * K"),
        ("You counted a separate filter, with a bias, for each pair of filter and channel: one filter reads all "
         "channels and makes one map.", SHAPE, "(K * C, rows, columns)", COUNT, "(F * F + 1) * K * C"),
        ("You counted a bias for every weight: each filter has one.", COUNT, "2 * F * F * C * K"),
        ("You counted a bias for every output: all places of a map share the filter's bias.",
         COUNT, "F * F * C * K + K * rows * columns"),
        (PLACES, COUNT, "(F * F * C + 1) * K * rows * columns"),
        ((PLACES, BIAS), COUNT, "F * F * C * K * rows * columns"),
        ("C and K are swapped: C channels go in, K maps come out.",
         SHAPE, "(C, rows, columns)", COUNT, "(F * F * K + 1) * C"),
        ("You return the example whatever goes in: calculate with the seven numbers.",
         lambda y, *_: ((10, 32, 32), 760)),
        ("You counted a weight from every input to every output: that would be fully connected.",
         COUNT, "(C * H * W + 1) * K * rows * columns"),
        ("You counted the outputs: count the weights and biases instead.", COUNT, "K * rows * columns"),
        (LAST, SHAPE, "(rows, columns, K)"), ((LAST, BIAS), SHAPE, "(rows, columns, K)", COUNT, "F * F * C * K"),
        ("Your output has as many maps as the input: it has one for each of the K "
         "filters.", SHAPE, "(C, rows, columns)"),
        ("You have a map for each pair of filter and channel: each filter makes one map.",
         SHAPE, "(K * C, rows, columns)"),
        ("The channels of the input are added up: they do not appear in the shape of the output.",
         SHAPE, "(K, C, rows, columns)"),
        ("Your filters slide along the channels, too: they slide along rows and columns only.",
         SHAPE, "(K, max(C - F + 1, 1), rows, columns)"),
        ("Rows and columns are swapped: H gives the rows, W the columns.", SHAPE, "(K, columns, rows)"),
        ("Your columns are calculated from H: they follow from W.", "W + 2 * P", "H + 2 * P"),
        ("Your rows are calculated from W: they follow from H.", "H + 2 * P", "W + 2 * P"),
        ("The shape lacks its first number, the number of maps.", SHAPE, "(rows, columns)"),
        ("That is the number of outputs: the shape is three numbers, (K, rows, columns).",
         SHAPE, "K * rows * columns"),
        ("There is no batch here: the shape has three numbers, (K, rows, columns).", SHAPE, "(1, K, rows, columns)"),
        ("You subtract F + 1, or stop one cell too early: `range` leaves out its end, so it is `n + 2 * P - F + 1`.",
         "F + 1, S", "F, S"),
        (NEAREST, ROWS, "round((H + 2 * P - F) / S + 1)", COLUMNS, "round((W + 2 * P - F) / S + 1)"),
        ("Both are right, but in the wrong order: the shape first, then the count.", BOTH, f"{COUNT}, {SHAPE}"),
        (("The count is missing.", APART), BOTH, SHAPE), (("The shape is missing.", APART), BOTH, COUNT),
        (APART, BOTH, f"K, rows, columns, {COUNT}"),
        ("You return weights and biases separately: return their sum.", COUNT, "(F * F * C * K, K)"),
    ),
)
